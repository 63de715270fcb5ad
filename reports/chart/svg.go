package chart

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// An svg is an SVG being written. It is the only place of the house where text becomes markup without html/template, so
// everything that it is given as a text or as an attribute is escaped here.
type svg struct{ b strings.Builder }

// An attr is an attribute; its value is escaped when it is written.
type attr struct{ name, value string }

// class is the class attribute.
func class(names string) attr { return attr{"class", names} }

// num is a coordinate, to a tenth of a unit, so that drawings are small and the same on every machine.
func num(name string, v float64) attr { return attr{name, coordinate(v)} }

func coordinate(v float64) string {
	v = math.Round(v*10) / 10
	if v == 0 || math.IsNaN(v) || math.IsInf(v, 0) {
		return "0" // also for -0
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

func (s *svg) tag(name, end string, attrs []attr) {
	s.b.WriteByte('<')
	s.b.WriteString(name)
	for _, a := range attrs {
		s.b.WriteByte(' ')
		s.b.WriteString(a.name)
		s.b.WriteString(`="`)
		s.b.WriteString(escape(a.value))
		s.b.WriteByte('"')
	}
	s.b.WriteString(end)
}

func (s *svg) open(name string, attrs ...attr)  { s.tag(name, ">", attrs) }
func (s *svg) empty(name string, attrs ...attr) { s.tag(name, "/>", attrs) }

func (s *svg) close(name string) {
	s.b.WriteString("</")
	s.b.WriteString(name)
	s.b.WriteByte('>')
}

// leaf is an element that holds a text.
func (s *svg) leaf(name, text string, attrs ...attr) {
	s.open(name, attrs...)
	s.b.WriteString(escape(text))
	s.close(name)
}

// text is a line of text whose baseline starts, is centred or ends at x: anchor is "start", "middle" or "end".
func (s *svg) text(x, y float64, anchor, classes, text string) {
	s.leaf("text", text, num("x", x), num("y", y), class(classes+anchorClass(anchor)))
}

// anchorClass is the class that anchors a text; it is shorter than the attribute, and there are many texts.
func anchorClass(anchor string) string {
	switch anchor {
	case "middle":
		return " m"
	case "end":
		return " e"
	default:
		return ""
	}
}

// lines is a text of several lines; y is the baseline of the first.
func (s *svg) lines(x, y, leading float64, anchor, classes string, lines []string) {
	if len(lines) == 1 {
		s.text(x, y, anchor, classes, lines[0])
		return
	}
	s.open("text", class(classes+anchorClass(anchor)))
	for i, line := range lines {
		s.leaf("tspan", line, num("x", x), num("y", y+float64(i)*leading))
	}
	s.close("text")
}

func (s *svg) line(x1, y1, x2, y2 float64, classes string) {
	s.empty("line", num("x1", x1), num("y1", y1), num("x2", x2), num("y2", y2), class(classes))
}

func (s *svg) rect(x, y, w, h float64, classes string) {
	s.empty("rect", num("x", x), num("y", y), num("width", w), num("height", h), class(classes))
}

func (s *svg) circle(x, y, r float64, classes string) {
	s.empty("circle", num("cx", x), num("cy", y), num("r", r), class(classes))
}

// polygon is a closed shape of points x1, y1, x2, y2, ….
func (s *svg) polygon(classes string, points ...float64) {
	var b strings.Builder
	for i, p := range points {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(coordinate(p))
	}
	s.empty("polygon", attr{"points", b.String()}, class(classes))
}

// escape writes text so that it is inert in XML and in HTML, in an element and in an attribute. Characters that XML does
// not allow become U+FFFD.
func escape(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&#34;")
		case r == '\'':
			b.WriteString("&#39;")
		case r == '\t', r == '\n', r == '\r':
			b.WriteByte(' ')
		case r < ' ', r == 0x7f, r == 0xfffe, r == 0xffff:
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
