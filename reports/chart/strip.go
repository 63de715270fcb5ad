package chart

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"github.com/opendti/dti/reports/view"
)

// A dot is a row of a strip at its place.
type dot struct {
	row   int
	x     float64
	level int // above the axis, from 0
}

// stack puts dots at their exact place along the axis and lifts those that would overlap. Equal charts stack equally:
// dots go by number, then by row.
func (cv *canvas) stack(s scale, series int, apart float64) (dots []dot, levels int) {
	for row := range cv.Rows {
		if v := cv.value(series, row); !v.Missing {
			dots = append(dots, dot{row: row, x: s.at(v.Number)})
		}
	}
	slices.SortStableFunc(dots, func(a, b dot) int { return cmp.Compare(a.x, b.x) })
	var ends []float64
	for i, d := range dots {
		level := 0
		for level < len(ends) && d.x-ends[level] < apart {
			level++
		}
		if level == len(ends) {
			ends = append(ends, 0)
		}
		ends[level], dots[i].level = d.x, level
	}
	return dots, len(ends)
}

// dotStrip draws every row as a dot on one axis; with several series a strip for each. The lowest, the highest and the
// emphasised row of the first series are named, and the chart's markers.
func (cv *canvas) dotStrip() {
	s := cv.stripScale()
	for i := range cv.Series {
		if len(cv.Series) > 1 {
			cv.text(0, cv.y+14, "start", "", cv.Series[i].Name)
			cv.y += 22
		}
		cv.strip(s, i)
		cv.absent(i)
		cv.y += 6
	}
}

func (cv *canvas) stripScale() scale {
	lo, hi := extent(cv.Chart, false)
	left, right := cv.ends(lo, hi)
	return scale{lo: lo, hi: hi, x0: max(left, 8), x1: cv.w - max(right, 8), reversed: cv.Descending}
}

func (cv *canvas) strip(s scale, series int) {
	radius := 5.5
	if cv.narrow {
		radius = 4.5
	}
	dots, levels := cv.stack(s, series, radius*2+0.6)
	for levels > 12 && radius > 2 {
		radius -= 0.5
		dots, levels = cv.stack(s, series, radius*2+0.6)
	}
	step := radius*2 + 0.8
	outs := cv.stripCallouts(s, dots)
	placed, lines := cv.place(outs)
	top := cv.y + float64(lines)*leading + 8
	base := top + max(float64(levels)*step, 14) + 4
	for i, p := range placed {
		placed[i].foot = base
		if p.classes != "marker" {
			placed[i].foot = base - (p.foot+0.5)*step // foot was the level of the dot
		}
	}
	cv.callouts(placed, lines)
	cv.y = base
	cv.line(s.x0-8, base+2, s.x1+8, base+2, "zero")
	cv.axis(s, base-4, nil)
	classes := "spot"
	if cv.Highlight == 0 {
		classes = "spot all"
	}
	for _, d := range dots {
		if d.row+1 != cv.Highlight {
			cv.spot(d.x, base-(float64(d.level)+0.5)*step, radius, classes)
		}
	}
	for _, d := range dots {
		if d.row+1 == cv.Highlight {
			cv.circle(d.x, base-(float64(d.level)+0.5)*step, radius+1, "dot hot")
		}
	}
}

// mostCalled is how wide a callout may be: two that are longer would hide the strip's middle.
const mostCalled = 460

// bold is the size at which the estimate for common letters holds for callouts, which are drawn bolder.
const bold = smallSize * 1.06

// stripCallouts name the emphasised, the lowest and the highest dot, and the markers. The foot of a dot's callout is its
// level, until the height of the drawing is known.
func (cv *canvas) stripCallouts(s scale, dots []dot) []callout {
	outs := cv.markers(s)
	level := make([]int, len(cv.Rows))
	for _, d := range dots {
		level[d.row] = d.level
	}
	for i, row := range namedRows(cv.Chart) {
		v := cv.value(0, row)
		words := " " + cv.said(v)
		name := cut(cv.Rows[row], bold, min(cv.w-16, mostCalled)-textWidth(words, bold))
		classes := "leader"
		if i == 0 && row+1 == cv.Highlight {
			classes = "leader hot"
		}
		outs = append(outs, callout{x: s.at(v.Number), row: row, foot: float64(level[row]), label: name + words, classes: classes})
	}
	return outs
}

// namedRows are the rows that a strip names, each once: the emphasised one, the lowest and the highest; the first of
// equals.
func namedRows(c view.Chart) []int {
	lowest, highest := -1, -1
	for row := range c.Rows {
		v := valueOf(c, 0, row)
		if v.Missing {
			continue
		}
		if lowest < 0 || v.Number < valueOf(c, 0, lowest).Number {
			lowest = row
		}
		if highest < 0 || v.Number > valueOf(c, 0, highest).Number {
			highest = row
		}
	}
	var rows []int
	for _, row := range []int{c.Highlight - 1, lowest, highest} {
		if row >= 0 && row < len(c.Rows) && !valueOf(c, 0, row).Missing && !slices.Contains(rows, row) {
			rows = append(rows, row)
		}
	}
	return rows
}

// absent names the rows that are not drawn because they have no number.
func (cv *canvas) absent(series int) {
	const most = 3
	var lines []string
	count := 0
	for row, name := range cv.Rows {
		v := cv.value(series, row)
		if !v.Missing {
			continue
		}
		if count++; count <= most {
			lines = append(lines, wrap(name+": "+cv.said(v), smallSize, cv.w, 2)...)
		}
	}
	if count > most {
		lines = append(lines, "+ "+strconv.Itoa(count-most))
	}
	for _, line := range lines {
		cv.text(0, cv.y+12, "start", "none", line)
		cv.y += leading
	}
}

// histogram draws how many rows lie in each of about twenty equal intervals of the axis.
func (cv *canvas) histogram() {
	s := cv.stripScale()
	bins, lo, width := bins(cv.Chart, cv.narrow)
	most := 1
	for _, b := range bins {
		most = max(most, len(b))
	}
	dots, _ := cv.stack(s, 0, 0)
	placed, lines := cv.place(cv.stripCallouts(s, dots))
	const height = 120.0
	base := cv.y + float64(lines)*leading + 24 + height
	for i, p := range placed {
		placed[i].foot = base
		if p.classes != "marker" { // ends above the count of its interval
			bin := bins[binOf(cv.value(0, p.row).Number, lo, width, len(bins))]
			placed[i].foot = base - height*float64(len(bin))/float64(most) - 17
		}
	}
	cv.callouts(placed, lines)
	cv.y = base
	cv.line(s.x0, base, s.x1, base, "zero")
	cv.axis(s, base-4, nil)
	for i, b := range bins {
		if len(b) > 0 {
			cv.binBar(s, lo+float64(i)*width, width, base, height*float64(len(b))/float64(most), b)
		}
	}
	cv.text(0, cv.y+12, "start", "tick", cv.words.Say("site.chart-bins"))
	cv.y += leading + 4
	cv.absent(0)
}

// bins are the rows in each interval of a width. Wide intervals are for narrow drawings, where the counts would not fit.
func bins(c view.Chart, wide bool) (bins [][]int, lo, width float64) {
	const most = 20
	lo, hi := extent(c, false)
	marks := ticks(lo, hi, c.Decimals, false)
	width = (hi - lo) / most
	if len(marks) > 1 {
		width = (marks[1] - marks[0]) / 5
	}
	if wide {
		width *= 2
	}
	bins = make([][]int, int(math.Ceil((hi-lo)/width-1e-9)))
	for row := range c.Rows {
		if v := valueOf(c, 0, row); !v.Missing {
			i := binOf(v.Number, lo, width, len(bins))
			bins[i] = append(bins[i], row)
		}
	}
	return bins, lo, width
}

// binOf is the interval of a number; the last one includes its upper bound.
func binOf(v, lo, width float64, n int) int { return min(int((v-lo)/width+1e-9), n-1) }

func (cv *canvas) binBar(s scale, from, width, base, height float64, rows []int) {
	left, right := s.at(from), s.at(from+width)
	if left > right {
		left, right = right, left
	}
	classes := "bar"
	if cv.Highlight == 0 {
		classes = "bar all"
	} else if slices.Contains(rows, cv.Highlight-1) {
		classes = "bar hot"
	}
	cv.upright((left+right)/2, base, height, max(right-left-1.5, 1), classes)
	cv.text((left+right)/2, base-height-4, "middle", "tick halo", strconv.Itoa(len(rows)))
}
