package chart

import "github.com/opendti/dti/reports/view"

// A band is the place of one row: where its name stands and where the middle of its drawing is.
type band struct {
	top, height float64
	name        []string
	nameY       float64 // baseline of the first line of the name
	middle      float64
	rail        float64 // the line that the marks stand on
}

// bands lays out the rows of these names below y. In a wide drawing the name stands left of its row, in a narrow one above it; drawn is
// the height of what is drawn, pitch the least distance of rows.
func (cv *canvas) bands(names [][]string, drawn, pitch float64) []band {
	out := make([]band, len(cv.Rows))
	y := cv.y
	for i, name := range names {
		b := band{top: y, name: name}
		if cv.narrow {
			height := float64(len(b.name)) * leading
			b.nameY, b.middle = y+13, y+height+4+drawn/2
			b.height = height + drawn + 13
		} else {
			b.height = max(pitch, float64(len(b.name))*leading+6)
			b.middle = y + b.height/2
			b.nameY = b.middle + 4.5 - float64(len(b.name)-1)*leading/2
		}
		b.rail = b.middle
		out[i] = b
		y += b.height
	}
	return out
}

// end is where the last band ends.
func end(bands []band) float64 {
	last := bands[len(bands)-1]
	return last.top + last.height
}

// writeNames writes the names of all rows.
func (cv *canvas) writeNames(bands []band) {
	for i, b := range bands {
		cv.lines(0, b.nameY, leading, "start", cv.marked("", i), b.name)
	}
}

// bar draws one bar from zero.
func (cv *canvas) bar(s scale, v view.Value, middle, height float64, classes string) {
	if v.Missing {
		return
	}
	from, to := s.at(0), s.at(v.Number)
	if to < from {
		from, to = to, from
	}
	cv.across(from, middle, max(to-from, 0.5), height, classes)
}

// sortedBars draws one bar for each row, from 0, with its number in a column on the right: two totals that look alike
// as bars still read apart as numbers.
func (cv *canvas) sortedBars() {
	lo, hi := extent(cv.Chart, true)
	column := cv.widest(0)
	s := scale{lo: lo, hi: hi, x1: cv.w}
	names, gutter := cv.names(cv.w-column-gap, 270)
	height, pitch := 9.0, 0.0
	if !cv.narrow {
		s.x0, s.x1 = gutter+gap, cv.w-column-gap
		height, pitch = 14, 26
		if len(cv.Rows) > 24 {
			height, pitch = 12, 21
		}
	}
	placed, levels := cv.place(cv.markers(s))
	labels := cv.y
	cv.y += float64(levels)*leading + 4
	if levels == 0 {
		cv.y = 4
	}
	top := cv.y
	bands := cv.bands(names, height, pitch)
	for _, b := range bands { // how far bars could reach
		cv.across(s.x0, b.middle, s.x1-s.x0, height, "track")
	}
	cv.y = end(bands)
	if cv.narrow { // names stand between the bars, and tracks show where the axis ends
		top = cv.y - 3
	}
	cv.axis(s, top, nil)
	cv.writeNames(bands)
	cv.barRows(s, bands, height)
	for i, b := range bands {
		cv.columnValue(cv.value(0, i), b, i)
	}
	cv.barMarkers(s, placed, levels, labels, bands, height)
}

// barRows draws the bars, those of one look after one another.
func (cv *canvas) barRows(s scale, bands []band, height float64) {
	for _, hot := range []bool{false, true} {
		for i, b := range bands {
			if hot == (i+1 == cv.Highlight) {
				cv.bar(s, cv.value(0, i), b.middle, height, cv.barClass(i))
			}
		}
	}
}

// barClass greys the bars beside the one to emphasise; without one all are in the accent colour.
func (cv *canvas) barClass(row int) string {
	if cv.Highlight == 0 {
		return "bar all"
	}
	return cv.marked("bar", row)
}

// columnValue writes a row's number at the right edge, or says that there is none: in the place of the bar, where there
// is room for words.
func (cv *canvas) columnValue(v view.Value, b band, row int) {
	y := b.middle + 4.5
	if cv.narrow {
		y = b.nameY
	}
	if v.Missing {
		cv.text(cv.w, y, "end", "none halo", cv.said(v))
		return
	}
	cv.text(cv.w, y, "end", cv.marked("num", row), cv.said(v))
}

// markers are the chart's own labelled places.
func (cv *canvas) markers(s scale) []callout {
	var outs []callout
	for _, m := range cv.Markers {
		outs = append(outs, callout{x: s.at(m.Value), label: m.Label, classes: "marker"})
	}
	return outs
}

// barMarkers draws the marker lines: through all rows of a wide drawing, across each bar of a narrow one, where names
// stand between the bars.
func (cv *canvas) barMarkers(s scale, placed []placedCallout, levels int, labels float64, bands []band, height float64) {
	if levels == 0 {
		return
	}
	bottom, below := cv.y, end(bands)
	if cv.narrow {
		below = labels + float64(levels)*leading + 4
	}
	for i := range placed {
		placed[i].foot = below
	}
	cv.y = labels
	cv.callouts(placed, levels)
	cv.y = bottom
	if !cv.narrow {
		return
	}
	for _, m := range cv.Markers {
		for _, b := range bands {
			cv.line(s.at(m.Value), b.middle-height/2-3, s.at(m.Value), b.middle+height/2+3, "marker")
		}
	}
}

// pairedBars draws two bars for each row: the second series, which is now, large and on top; the first, which was before,
// thin and below. Both have their number at their end.
func (cv *canvas) pairedBars() {
	const before, after = 0, 1
	cv.legend([]key{
		{cv.Series[after].Name, func(x, y float64) { cv.across(x-8, y, 16, 12, "bar all") }},
		{cv.Series[before].Name, func(x, y float64) { cv.across(x-8, y, 16, 8, "bar") }},
	})
	lo, hi := extent(cv.Chart, true)
	s := scale{lo: lo, hi: hi, x1: cv.w - cv.widest(before, after) - 8}
	names, gutter := cv.names(cv.w, 270)
	if !cv.narrow {
		s.x0 = gutter + gap
	}
	const thick, thin = 16.0, 9.0
	bands := cv.bands(names, thick+thin+3, 46)
	top := cv.y
	cv.y = end(bands)
	cv.axis(s, top, bands)
	cv.writeNames(bands)
	const edge = (thick + thin + 3) / 2
	for i, b := range bands {
		cv.pairedBar(s, cv.value(after, i), b.middle-edge+thick/2, thick, "bar all", cv.marked("num", i))
	}
	for i, b := range bands {
		cv.pairedBar(s, cv.value(before, i), b.middle+edge-thin/2, thin, "bar", "small")
	}
}

func (cv *canvas) pairedBar(s scale, v view.Value, middle, height float64, classes, words string) {
	cv.bar(s, v, middle, height, classes)
	if v.Missing {
		cv.text(s.at(0)+6, middle+4, "start", "none halo", cv.said(v))
		return
	}
	cv.text(max(s.at(v.Number), s.at(0))+6, middle+4.5, "start", words+" halo", cv.said(v))
}
