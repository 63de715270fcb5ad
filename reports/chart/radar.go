package chart

import (
	"math"
	"strings"
)

// radar draws three to eight axes around a centre; the first series filled, the others as dashed outlines. Each axis
// names its row and the numbers in the order of the series.
func (cv *canvas) radar() {
	keys := make([]key, len(cv.Series))
	for i, series := range cv.Series {
		keys[i] = key{series.Name, func(x, y float64) { cv.sample(i, x, y) }}
	}
	cv.legend(keys)
	radius, room := 140.0, 200.0
	if cv.narrow {
		radius, room = 84, 118
	}
	lo, hi := extent(cv.Chart, false)
	s := scale{lo: lo, hi: hi, x1: radius, reversed: cv.Descending}
	web := web{x: cv.w / 2, y: cv.y + radius + 62, n: len(cv.Rows)}
	for _, v := range ticks(lo, hi, cv.Decimals, cv.Descending) {
		if r := s.at(v); r > 0 {
			cv.polygon("ring", web.around(r)...)
		}
	}
	for i := range cv.Rows {
		x, y := web.at(i, radius)
		cv.line(web.x, web.y, x, y, "spoke")
	}
	for series := len(cv.Series) - 1; series >= 0; series-- {
		cv.outline(s, web, series)
	}
	bottom := 0.0
	for i := range cv.Rows {
		bottom = max(bottom, cv.spokeLabel(web, i, radius, room))
	}
	cv.y = bottom + 10
}

func (cv *canvas) sample(series int, x, y float64) {
	if series == 0 {
		cv.rect(x-8, y-5, 16, 10, "area")
		return
	}
	cv.line(x-8, y, x+8, y, "rim")
}

// A web is n axes around a centre, the first one upwards.
type web struct {
	x, y float64
	n    int
}

func (w web) at(axis int, r float64) (x, y float64) {
	angle := 2*math.Pi*float64(axis)/float64(w.n) - math.Pi/2
	return w.x + r*math.Cos(angle), w.y + r*math.Sin(angle)
}

func (w web) around(r float64) []float64 {
	var points []float64
	for i := range w.n {
		x, y := w.at(i, r)
		points = append(points, x, y)
	}
	return points
}

// outline draws a series. One with a missing number is an open line that leaves out the axis, never a line to 0.
func (cv *canvas) outline(s scale, w web, series int) {
	classes := "rim"
	if series == 0 {
		classes = "area"
	}
	whole := true
	var points []float64
	for i := range cv.Rows {
		v := cv.value(series, i)
		if v.Missing {
			whole = false
			continue
		}
		x, y := w.at(i, s.at(v.Number))
		points = append(points, x, y)
	}
	if whole {
		cv.polygon(classes, points...)
	} else {
		cv.broken(s, w, series, classes)
	}
	if series == 0 {
		for i := 0; i+1 < len(points); i += 2 {
			cv.circle(points[i], points[i+1], 3.5, "own")
		}
	}
}

// broken joins the neighbours that both have a number.
func (cv *canvas) broken(s scale, w web, series int, classes string) {
	for i := range cv.Rows {
		next := (i + 1) % len(cv.Rows)
		a, b := cv.value(series, i), cv.value(series, next)
		if a.Missing || b.Missing {
			continue
		}
		x1, y1 := w.at(i, s.at(a.Number))
		x2, y2 := w.at(next, s.at(b.Number))
		cv.line(x1, y1, x2, y2, classes)
	}
}

// spokeLabel names an axis at its end and says how far down the label reaches.
func (cv *canvas) spokeLabel(w web, row int, radius, room float64) float64 {
	x, y := w.at(row, radius+14)
	anchor := "middle"
	switch {
	case x < w.x-8:
		anchor = "end"
		room = min(room, x)
	case x > w.x+8:
		anchor = "start"
		room = min(room, cv.w-x)
	default:
		room = cv.w * 0.7
	}
	name := wrap(cv.Rows[row], nameSize, room, 3)
	own, others := cv.spokeNumbers(row, room)
	height := float64(len(name)+1+len(others)) * leading
	if len(others) > 0 && others[0].beside {
		height -= leading
	}
	first := y - height/2 + 12
	if anchor == "middle" && y < w.y {
		first = y - height + 12
	} else if anchor == "middle" {
		first = y + 10
	}
	cv.lines(x, first, leading, anchor, cv.marked("", row), name)
	below := first + float64(len(name))*leading
	return cv.writeNumbers(x, below, anchor, own, others)
}

// writeNumbers writes the numbers of an axis and says where the last of their lines stands.
func (cv *canvas) writeNumbers(x, y float64, anchor string, own spokeNumber, others []spokeNumber) float64 {
	m := &cv.top
	m.raw("<text")
	m.place("x", x)
	m.place("y", y)
	m.class("", anchor)
	m.raw("><tspan")
	m.attr("class", own.classes)
	m.raw(">")
	m.text(own.words)
	for _, other := range others {
		m.raw("</tspan><tspan")
		m.attr("class", other.classes)
		if !other.beside {
			y += leading
			m.place("x", x)
			m.num("dy", leading)
		}
		m.raw(">")
		m.text(other.words)
	}
	m.raw("</tspan></text>")
	return y
}

// A spokeNumber is a number at the end of an axis, beside the one before it or below it.
type spokeNumber struct {
	words, classes string
	beside         bool
}

// spokeNumbers are the numbers of an axis: the own one and the others, all in one line where they fit into the room.
func (cv *canvas) spokeNumbers(row int, room float64) (own spokeNumber, others []spokeNumber) {
	own = spokeNumber{words: cv.said(cv.value(0, row)), classes: "num"}
	if cv.value(0, row).Missing {
		own.classes = "none"
	}
	line := []string{own.words}
	for i := 1; i < len(cv.Series); i++ {
		words := cv.said(cv.value(i, row))
		line = append(line, words)
		others = append(others, spokeNumber{words, "small", true})
	}
	fits := textWidth(strings.Join(line, " / "), nameSize) <= room
	own.words = cut(own.words, nameSize, room)
	for i := range others {
		if others[i].beside = fits; fits {
			others[i].words = " / " + others[i].words
		} else {
			others[i].words = cut(others[i].words, nameSize, room)
		}
	}
	return own, others
}
