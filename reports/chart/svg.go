package chart

import "slices"

// An svg is a drawing being written. Pages hold many, so it writes little: lines, bars and dots of one look that follow one
// another become one path, and all texts of one look one group. Texts stand above all shapes.
type svg struct {
	shapes markup // in the end a path that is being written, where open
	open   bool
	look   look
	groups []textGroup
	top    markup // above the texts
}

// A look is what the shapes of one path have in common.
type look struct {
	classes string
	tenths  float64 // how wide its line is, where that is the shape; else 0
}

// A textGroup is the texts of one look.
type textGroup struct {
	classes, anchor string
	texts           []textLines
}

// textLines are the lines of one text; y is the baseline of the first.
type textLines struct {
	x, y, leading float64
	first         string
	more          []string
}

// clear forgets what was drawn, and keeps the room that it took.
func (s *svg) clear() {
	*s = svg{shapes: s.shapes[:0], groups: s.groups[:0], top: s.top[:0]}
}

// path is where the commands of a path of a look are written; another look, or another thing, begins a new one.
func (s *svg) path(classes string) *markup { return s.stroke(classes, 0) }

// stroke is a path whose line is so wide that it is itself the shape.
func (s *svg) stroke(classes string, width float64) *markup {
	if look := (look{classes, tenths(width)}); !s.open || look != s.look {
		s.flush()
		s.open, s.look = true, look
		s.shapes.raw("<path")
		s.shapes.attr("class", classes)
		if width > 0 {
			s.shapes.num("stroke-width", width)
		}
		s.shapes.raw(` d="`)
	}
	return &s.shapes
}

// flush ends the path that is being written.
func (s *svg) flush() {
	if s.open {
		s.shapes.raw(`"/>`)
	}
	s.open = false
}

func (s *svg) line(x1, y1, x2, y2 float64, classes string) {
	d := s.path(classes)
	d.point("M", x1, y1)
	switch {
	case tenths(x1) == tenths(x2):
		d.step("V", y2)
	case tenths(y1) == tenths(y2):
		d.step("H", x2)
	default:
		d.point("L", x2, y2)
	}
}

// rect is a rectangle with its own outline.
func (s *svg) rect(x, y, w, h float64, classes string) {
	d := s.path(classes)
	d.point("M", x, y)
	d.step("h", w)
	d.step("v", h)
	d.step("H", x)
	d.raw("z")
}

// across is a lying bar, upright a standing one; y and x are the middle of its thickness.
func (s *svg) across(x, y, length, thick float64, classes string) {
	d := s.stroke(classes, thick)
	d.point("M", x, y)
	d.step("h", length)
}

func (s *svg) upright(x, y, length, thick float64, classes string) {
	d := s.stroke(classes, thick)
	d.point("M", x, y)
	d.step("v", -length)
}

// spot is a dot without an outline: a line without length and with round ends.
func (s *svg) spot(x, y, r float64, classes string) { s.across(x, y, 0, 2*r, classes) }

func (s *svg) circle(x, y, r float64, classes string) {
	s.flush()
	s.shapes.raw("<circle")
	s.shapes.num("cx", x)
	s.shapes.num("cy", y)
	s.shapes.num("r", r)
	s.shapes.attr("class", classes)
	s.shapes.raw("/>")
}

// polygon is a closed shape of points x1, y1, x2, y2, ….
func (s *svg) polygon(classes string, points ...float64) {
	d, command := s.path(classes), "M"
	for i := 0; i+1 < len(points); i += 2 {
		d.point(command, points[i], points[i+1])
		command = "L"
	}
	d.raw("z")
}

// text is a line of text whose baseline starts, is centred or ends at x: anchor is "start", "middle" or "end".
func (s *svg) text(x, y float64, anchor, classes, text string) {
	s.write(anchor, classes, textLines{x: x, y: y, first: text})
}

// lines is a text of several lines; y is the baseline of the first.
func (s *svg) lines(x, y, leading float64, anchor, classes string, lines []string) {
	s.write(anchor, classes, textLines{x, y, leading, lines[0], lines[1:]})
}

func (s *svg) write(anchor, classes string, text textLines) {
	for i := range s.groups {
		if g := &s.groups[i]; g.classes == classes && g.anchor == anchor {
			g.texts = append(g.texts, text)
			return
		}
	}
	s.groups = slices.Grow(s.groups, 1)[:len(s.groups)+1]
	g := &s.groups[len(s.groups)-1] // with the room that a group of the drawing before took
	*g = textGroup{classes, anchor, append(g.texts[:0], text)}
}

// class writes the class of texts with the one that anchors them, which is shorter than the attribute.
func (m *markup) class(classes, anchor string) {
	short := ""
	switch anchor {
	case "middle":
		short = "m"
	case "end":
		short = "e"
	}
	if classes == "" || short == "" {
		m.attr("class", classes+short)
		return
	}
	m.raw(` class="`)
	m.text(classes)
	m.raw(" ")
	m.raw(short)
	m.raw(`"`)
}

// writeTo writes what was drawn.
func (s *svg) writeTo(out *markup) {
	s.flush()
	out.add(s.shapes)
	for _, g := range s.groups {
		g.writeTo(out)
	}
	out.add(s.top)
}

// writeTo writes the texts of one look; those in one column say their place once.
func (g textGroup) writeTo(out *markup) {
	if len(g.texts) == 1 {
		g.texts[0].writeTo(out, g.texts[0].x, g.classes, g.anchor)
		return
	}
	column := g.texts[0].x
	for _, t := range g.texts {
		if t.x != column {
			column = 0
			break
		}
	}
	out.raw("<g")
	out.class(g.classes, g.anchor)
	if tenths(column) != 0 {
		out.raw(` transform="translate(`)
		out.coordinate(column)
		out.raw(`)"`)
	}
	out.raw(">")
	for _, t := range g.texts {
		t.writeTo(out, t.x-column, "", "")
	}
	out.raw("</g>")
}

func (t textLines) writeTo(out *markup, x float64, classes, anchor string) {
	out.raw("<text")
	out.place("x", x)
	out.place("y", t.y)
	out.class(classes, anchor)
	out.raw(">")
	out.text(t.first)
	for _, line := range t.more {
		out.raw("<tspan")
		out.num("x", x)
		out.num("dy", t.leading)
		out.raw(">")
		out.text(line)
		out.raw("</tspan>")
	}
	out.raw("</text>")
}
