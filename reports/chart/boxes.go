package chart

import "github.com/opendti/dti/reports/view"

// Places of the numbers of a box among its series.
const (
	boxLowest = iota
	boxLower
	boxMedian
	boxUpper
	boxHighest
	boxNumbers // how many there are
)

// boxed reports whether a row has all five numbers.
func boxed(c view.Chart, row int) bool {
	for i := range boxNumbers {
		if valueOf(c, i, row).Missing {
			return false
		}
	}
	return true
}

// boxes draws for each row the middle half as a box, a line through it at the median, and whiskers to the lowest and the
// highest. The extremes are written at the ends of the whiskers, the median in a column on the right.
func (cv *canvas) boxes() {
	const height = 14.0
	names := make([]string, boxNumbers)
	for i := range names {
		names[i] = cv.Series[i].Name
	}
	cv.legend([]key{
		{names[boxMedian], func(x, y float64) { cv.line(x, y-7, x, y+7, "median") }},
		{names[boxLower] + " – " + names[boxUpper], func(x, y float64) { cv.rect(x-8, y-5, 16, 10, "box") }},
		{names[boxLowest] + " – " + names[boxHighest], func(x, y float64) { cv.whisker(x-8, x+8, y) }},
	})
	lo, hi := extent(cv.Chart, false)
	column, left, right := cv.widest(boxMedian), cv.widest(boxLowest)+6, cv.widest(boxHighest)+6
	s := scale{lo: lo, hi: hi, x0: left, x1: cv.w - right, reversed: cv.Descending}
	rows, gutter := cv.names(cv.w-column-gap, 250)
	if cv.Descending {
		s.x0, s.x1 = right, cv.w-left
	}
	if !cv.narrow {
		s.x0, s.x1 = s.x0+gutter+gap, s.x1-column-gap
	}
	bands := cv.bands(rows, height+8, 32)
	top := cv.y
	cv.y = end(bands)
	cv.axis(s, top, bands)
	cv.writeNames(bands)
	for i, b := range bands {
		if boxed(cv.Chart, i) {
			cv.box(s, i, b.middle, height)
		}
	}
	for i, b := range bands {
		cv.boxNumber(b, i)
	}
}

// box draws one row.
func (cv *canvas) box(s scale, row int, y, height float64) {
	at := func(series int) float64 { return s.at(cv.value(series, row).Number) }
	from, to := min(at(boxLowest), at(boxHighest)), max(at(boxLowest), at(boxHighest))
	cv.whisker(from, to, y)
	left, right := min(at(boxLower), at(boxUpper)), max(at(boxLower), at(boxUpper))
	cv.rect(left, y-height/2, max(right-left, 1), height, "box")
	cv.line(at(boxMedian), y-height/2-3, at(boxMedian), y+height/2+3, "median")
	first, last := boxLowest, boxHighest
	if cv.Descending {
		first, last = last, first
	}
	cv.text(from-5, y+4.5, "end", "small halo", cv.said(cv.value(first, row)))
	cv.text(to+5, y+4.5, "start", "small halo", cv.said(cv.value(last, row)))
}

// whisker is a line with a bar at each end.
func (cv *canvas) whisker(from, to, y float64) {
	d := cv.path("whisker")
	d.point("M", from, y-4)
	d.raw("v8m0-4")
	d.step("H", to)
	d.raw("m0-4v8")
}

// boxNumber writes the median of a row, or what is said where the row has no box.
func (cv *canvas) boxNumber(b band, row int) {
	v := cv.value(boxMedian, row)
	v.Missing = !boxed(cv.Chart, row)
	if v.Missing {
		for i := range boxNumbers {
			if one := cv.value(i, row); one.Missing {
				v = one
				break
			}
		}
	}
	cv.columnValue(v, b, row)
}
