package chart

import "math"

// dumbbell draws how each row moved: a hollow dot before, an arrowhead after that points to the right where the row became
// better, and both numbers at their outer sides, where they never meet.
func (cv *canvas) dumbbell() {
	const before, after = 0, 1
	cv.legend([]key{
		{cv.Series[before].Name, func(x, y float64) { cv.circle(x, y, 4.5, "was") }},
		{cv.Series[after].Name, func(x, y float64) {
			cv.arrow(x-3, y, -1, "worse")
			cv.arrow(x+3, y, 1, "better")
		}},
	})
	lo, hi := extent(cv.Chart, false)
	room := cv.widest(before, after) + 12
	s := scale{lo: lo, hi: hi, x0: room, x1: cv.w - room, reversed: cv.Descending}
	names, gutter := cv.names(cv.w, 270)
	if !cv.narrow {
		s.x0 += gutter + gap
	}
	bands := cv.bands(names, 16, 30)
	top := cv.y
	cv.y = end(bands)
	cv.axis(s, top, bands)
	cv.writeNames(bands)
	cv.rails(s, bands)
	for i, b := range bands {
		cv.move(s, i, b.middle)
	}
}

// move draws one row of a dumbbell.
func (cv *canvas) move(s scale, row int, y float64) {
	was, is := cv.value(0, row), cv.value(1, row)
	switch {
	case was.Missing && is.Missing:
		cv.text((s.x0+s.x1)/2, y+4, "middle", "none halo", cv.said(is))
	case was.Missing:
		cv.circle(s.at(is.Number), y, 5, "same")
		cv.text(s.at(is.Number)+10, y+4.5, "start", cv.marked("num halo", row), cv.said(is))
	case is.Missing:
		cv.circle(s.at(was.Number), y, 4.5, "was")
		cv.text(s.at(was.Number)+10, y+4.5, "start", "small halo", cv.said(was))
		cv.text(s.at(was.Number)-10, y+4.5, "end", "none halo", cut(cv.said(is), smallSize, s.at(was.Number)-10))
	case was.Number == is.Number:
		cv.circle(s.at(is.Number), y, 5, "same")
		cv.text(s.at(is.Number)+10, y+4.5, "start", cv.marked("num halo", row), cv.said(is))
	default:
		cv.moved(s.at(was.Number), s.at(is.Number), y, row)
	}
}

func (cv *canvas) moved(from, to, y float64, row int) {
	side, classes, beforeEnd, afterEnd := 1.0, "better", "end", "start"
	if to < from {
		side, classes, beforeEnd, afterEnd = -1, "worse", "start", "end"
	}
	if math.Abs(to-from) > 12 {
		cv.line(from+side*4.5, y, to-side*6, y, "shaft "+classes)
	}
	cv.circle(from, y, 4.5, "was")
	cv.arrow(to, y, side, classes)
	cv.text(from-side*9, y+4.5, beforeEnd, "small halo", cv.said(cv.value(0, row)))
	cv.text(to+side*6, y+4.5, afterEnd, cv.marked("num halo", row), cv.said(cv.value(1, row)))
}

// arrow is a head whose tip is at x; side 1 points to the right, -1 to the left.
func (cv *canvas) arrow(x, y, side float64, classes string) {
	cv.polygon("head "+classes, x, y, x-side*11, y-6.5, x-side*11, y+6.5)
}
