package chart

import "github.com/opendti/dti/reports/view"

// glyph draws the mark of a series: the first, which is the row's own, a filled dot; the second, the median, a diamond;
// the third, the best, a triangle. Shape and colour both tell them apart.
func (cv *canvas) glyph(series int, x, y, size float64) {
	switch series {
	case 0:
		cv.circle(x, y, 7*size, "own")
	case 1:
		cv.polygon("mid", x, y-5.5*size, x+5*size, y, x, y+5.5*size, x-5*size, y)
	case 2:
		cv.polygon("best", x, y-6.5*size, x+6.5*size, y+5*size, x-6.5*size, y+5*size)
	default:
		cv.rect(x-4.5*size, y-4.5*size, 9*size, 9*size, "mid")
	}
}

// dotRows draws a rail for each row with the mark of each series on it, and the numbers in columns on the right; below
// the rail where the drawing is narrow.
func (cv *canvas) dotRows() {
	keys := make([]key, len(cv.Series))
	for i, series := range cv.Series {
		keys[i] = key{series.Name, func(x, y float64) { cv.glyph(i, x, y, 1) }}
	}
	cv.legend(keys)
	lo, hi := extent(cv.Chart, false)
	s := scale{lo: lo, hi: hi, x0: 8, x1: cv.w - 8, reversed: cv.Descending}
	column := cv.widest(seriesOf(cv)...) + 20
	names, gutter := cv.names(cv.w, 230)
	if !cv.narrow {
		s.x0 = gutter + gap + 8
		s.x1 = cv.w - float64(len(cv.Series))*column - gap
		for i := range cv.Series {
			cv.glyph(i, cv.columnAt(i, column)-16, cv.y+7, 1)
		}
		cv.y += 16
	}
	bands := cv.bands(names, 40, 36)
	if cv.narrow { // the numbers stand below the rail
		for i := range bands {
			bands[i].rail -= 9
		}
	}
	top := cv.y
	cv.y = end(bands)
	cv.axis(s, top, bands)
	cv.writeNames(bands)
	cv.rails(s, bands)
	cv.each(s, bands)
	cv.marks(s, bands)
	for i, b := range bands {
		cv.rowNumbers(i, b, column)
	}
}

// rails are the lines that marks stand on.
func (cv *canvas) rails(s scale, bands []band) {
	for _, b := range bands {
		cv.line(s.x0, b.rail, s.x1, b.rail, "rail")
	}
}

// each draws the numbers that the marks of a row sum up, pale and below them.
func (cv *canvas) each(s scale, bands []band) {
	for row, numbers := range eachOf(cv.Chart) {
		for _, v := range numbers {
			cv.spot(s.at(v), bands[row].rail, 3.5, "each")
		}
	}
}

// eachOf are the numbers behind the marks that can be drawn, by row.
func eachOf(c view.Chart) [][]float64 {
	if form(c) != view.DotRows || len(c.Each) != len(c.Rows) {
		return nil
	}
	out := make([][]float64, len(c.Each))
	for row, numbers := range c.Each {
		for _, v := range numbers {
			if drawable(v) {
				out[row] = append(out[row], v)
			}
		}
	}
	return out
}

// marks draws the marks of all rows: the best below, then the own, and the small open ones on top, so that each is seen
// where they meet.
func (cv *canvas) marks(s scale, bands []band) {
	order := []int{2, 0, 1}
	for series := 3; series < len(cv.Series); series++ {
		order = append(order, series)
	}
	for _, series := range order {
		for row, b := range bands {
			if v := cv.value(series, row); !v.Missing {
				cv.glyph(series, s.at(v.Number), b.rail, 1)
			}
		}
	}
}

func seriesOf(cv *canvas) []int {
	all := make([]int, len(cv.Series))
	for i := range all {
		all[i] = i
	}
	return all
}

// columnAt is the right edge of a series' column of numbers.
func (cv *canvas) columnAt(series int, column float64) float64 {
	return cv.w - float64(len(cv.Series)-1-series)*column
}

// rowNumbers writes a row's numbers: in columns, or in a narrow drawing in thirds under the rail, each after its mark.
func (cv *canvas) rowNumbers(row int, b band, column float64) {
	third := cv.w / float64(len(cv.Series))
	for i := range cv.Series {
		v, classes := cv.value(i, row), "small"
		if i == 0 {
			classes = "num"
		}
		if v.Missing {
			classes = "none"
		}
		if !cv.narrow {
			words := []string{cv.said(v)}
			if v.Missing {
				words = wrap(words[0], smallSize, column-8, 2)
			}
			y := b.middle + 4.5 - float64(len(words)-1)*7
			cv.lines(cv.columnAt(i, column), y, 13, "end", classes, words)
			continue
		}
		x := float64(i) * third
		cv.glyph(i, x+5, b.middle+12, 0.7)
		cv.text(x+14, b.middle+16.5, "start", classes, cut(cv.said(v), smallSize, third-16))
	}
}
