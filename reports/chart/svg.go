package chart

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// An svg is an SVG being written. It is the only place of the house where text becomes markup without html/template, so
// everything that it is given as a text or as an attribute is escaped here.
//
// Pages hold many drawings, so it writes little: lines, bars and dots of one look that follow one another become one path,
// and all texts of one look one group. Texts stand above all shapes.
type svg struct {
	shapes strings.Builder
	texts  []textGroup
	top    strings.Builder // above the texts
	look   string          // of the path that is being written
	d      strings.Builder // its commands
}

// A textGroup is the texts of one look.
type textGroup struct {
	classes string
	lines   []textLines
}

// textLines are the lines of one text; y is the baseline of the first.
type textLines struct {
	x, y, leading float64
	lines         []string
}

// An attr is an attribute; its value is escaped when it is written.
type attr struct{ name, value string }

// class is the class attribute.
func class(names string) attr { return attr{"class", names} }

// num is a coordinate, to a tenth of a unit, so that drawings are small and the same on every machine.
func num(name string, v float64) attr { return attr{name, coordinate(v)} }

func coordinate(v float64) string {
	const most = 1e14 // up to here tenths are whole numbers of floating point
	tenths := math.Round(v * 10)
	switch {
	case tenths == 0 || math.IsNaN(v) || math.IsInf(v, 0):
		return "0" // also for -0
	case math.Abs(tenths) > most:
		return strconv.FormatFloat(tenths/10, 'f', -1, 64)
	}
	var digits [20]byte
	b := digits[:0]
	if tenths < 0 {
		b, tenths = append(b, '-'), -tenths
	}
	n := int64(tenths)
	b = strconv.AppendInt(b, n/10, 10)
	if n%10 != 0 {
		b = append(b, '.', byte('0'+n%10))
	}
	return string(b)
}

// at is a place in a path.
func at(x, y float64) string {
	second := coordinate(y)
	if strings.HasPrefix(second, "-") {
		return coordinate(x) + second
	}
	return coordinate(x) + " " + second
}

// tag writes a tag. An empty class, and a place of 0, which is where things are without one, are left out.
func tag(b *strings.Builder, name, end string, attrs ...attr) {
	b.WriteByte('<')
	b.WriteString(name)
	for _, a := range attrs {
		if a.value == "" || a.value == "0" && (a.name == "x" || a.name == "y") {
			continue
		}
		b.WriteByte(' ')
		b.WriteString(a.name)
		b.WriteString(`="`)
		b.WriteString(escape(a.value))
		b.WriteByte('"')
	}
	b.WriteString(end)
}

// path adds commands to the path of a look; another look, or another thing, begins a new one.
func (s *svg) path(classes, d string) { s.stroke(classes, 0, d) }

// stroke is a path whose line is so wide that it is itself the shape.
func (s *svg) stroke(classes string, width float64, d string) {
	look := classes
	if width > 0 {
		look += `" stroke-width="` + coordinate(width)
	}
	if look != s.look {
		s.flush()
		s.look = look
	}
	s.d.WriteString(d)
}

// flush ends the path that is being written.
func (s *svg) flush() {
	if s.d.Len() > 0 {
		s.shapes.WriteString(`<path class="` + s.look + `" d="` + s.d.String() + `"/>`)
	}
	s.look = ""
	s.d.Reset()
}

func (s *svg) line(x1, y1, x2, y2 float64, classes string) {
	d := "M" + at(x1, y1)
	switch {
	case coordinate(x1) == coordinate(x2):
		d += "V" + coordinate(y2)
	case coordinate(y1) == coordinate(y2):
		d += "H" + coordinate(x2)
	default:
		d += "L" + at(x2, y2)
	}
	s.path(classes, d)
}

// rect is a rectangle with its own outline.
func (s *svg) rect(x, y, w, h float64, classes string) {
	s.path(classes, "M"+at(x, y)+"h"+coordinate(w)+"v"+coordinate(h)+"H"+coordinate(x)+"z")
}

// across is a lying bar, upright a standing one; y and x are the middle of its thickness.
func (s *svg) across(x, y, length, thick float64, classes string) {
	s.stroke(classes, thick, "M"+at(x, y)+"h"+coordinate(length))
}

func (s *svg) upright(x, y, length, thick float64, classes string) {
	s.stroke(classes, thick, "M"+at(x, y)+"v"+coordinate(-length))
}

// spot is a dot without an outline: a line without length and with round ends.
func (s *svg) spot(x, y, r float64, classes string) { s.stroke(classes, 2*r, "M"+at(x, y)+"h0") }

func (s *svg) circle(x, y, r float64, classes string) {
	s.flush()
	tag(&s.shapes, "circle", "/>", num("cx", x), num("cy", y), num("r", r), class(classes))
}

// polygon is a closed shape of points x1, y1, x2, y2, ….
func (s *svg) polygon(classes string, points ...float64) {
	var b strings.Builder
	for i := 0; i+1 < len(points); i += 2 {
		b.WriteString([]string{"M", "L"}[min(i, 1)] + at(points[i], points[i+1]))
	}
	s.path(classes, b.String()+"z")
}

// text is a line of text whose baseline starts, is centred or ends at x: anchor is "start", "middle" or "end".
func (s *svg) text(x, y float64, anchor, classes, text string) {
	s.lines(x, y, 0, anchor, classes, []string{text})
}

// lines is a text of several lines; y is the baseline of the first.
func (s *svg) lines(x, y, leading float64, anchor, classes string, lines []string) {
	classes = strings.TrimSpace(classes + anchorClass(anchor))
	one := textLines{x, y, leading, lines}
	for i := range s.texts {
		if s.texts[i].classes == classes {
			s.texts[i].lines = append(s.texts[i].lines, one)
			return
		}
	}
	s.texts = append(s.texts, textGroup{classes, []textLines{one}})
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

// writeTo writes what was drawn.
func (s *svg) writeTo(out *strings.Builder) {
	s.flush()
	out.WriteString(s.shapes.String())
	for _, g := range s.texts {
		g.writeTo(out)
	}
	out.WriteString(s.top.String())
}

// writeTo writes the texts of one look; those in one column say their place once.
func (g textGroup) writeTo(out *strings.Builder) {
	if len(g.lines) == 1 {
		g.lines[0].writeTo(out, g.lines[0].x, class(g.classes))
		return
	}
	column := g.lines[0].x
	for _, l := range g.lines {
		if l.x != column {
			column = 0
			break
		}
	}
	move := attr{"transform", ""}
	if coordinate(column) != "0" {
		move.value = "translate(" + coordinate(column) + ")"
	}
	tag(out, "g", ">", class(g.classes), move)
	for _, l := range g.lines {
		l.writeTo(out, l.x-column, class(""))
	}
	out.WriteString("</g>")
}

func (l textLines) writeTo(out *strings.Builder, x float64, classes attr) {
	tag(out, "text", ">", num("x", x), num("y", l.y), classes)
	for i, line := range l.lines {
		if i == 0 {
			out.WriteString(escape(line))
			continue
		}
		out.WriteString(`<tspan x="` + coordinate(x) + `" dy="` + coordinate(l.leading) + `">` + escape(line) + "</tspan>")
	}
	out.WriteString("</text>")
}

// escape writes text so that it is inert in XML and in HTML, in an element and in an attribute. Characters that XML does
// not allow become U+FFFD.
func escape(text string) string {
	if inert(text) {
		return text
	}
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

// inert reports whether a text may stand as it is, which most do.
func inert(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c == '&', c == '<', c == '>', c == '"', c == '\'', c < ' ', c == 0x7f, c == 0xef: // 0xef begins U+FFFE
			return false
		}
	}
	return utf8.ValidString(text)
}
