package chart

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// A markup is SVG being written. Text becomes markup without html/template here and in the markup of package html alone, so
// everything that it is given as a text or as the value of an attribute is escaped here.
type markup []byte

// raw writes what the program itself says.
func (m *markup) raw(s string) { *m = append(*m, s...) }

// add writes what was written elsewhere.
func (m *markup) add(other markup) { *m = append(*m, other...) }

// text writes a text so that it is inert in XML and in HTML, in an element and in an attribute. Characters that XML does
// not allow become U+FFFD.
func (m *markup) text(text string) {
	if inert(text) {
		m.raw(text)
		return
	}
	for _, r := range text {
		switch {
		case r == '&':
			m.raw("&amp;")
		case r == '<':
			m.raw("&lt;")
		case r == '>':
			m.raw("&gt;")
		case r == '"':
			m.raw("&#34;")
		case r == '\'':
			m.raw("&#39;")
		case r == '\t', r == '\n', r == '\r':
			m.raw(" ")
		case r < ' ', r == 0x7f, r == 0xfffe, r == 0xffff:
			m.raw(string(utf8.RuneError))
		default:
			*m = utf8.AppendRune(*m, r)
		}
	}
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

// attr writes an attribute that has a value.
func (m *markup) attr(name, value string) {
	if value != "" {
		m.raw(" ")
		m.raw(name)
		m.raw(`="`)
		m.text(value)
		m.raw(`"`)
	}
}

// num writes an attribute that is a coordinate.
func (m *markup) num(name string, v float64) {
	m.raw(" ")
	m.raw(name)
	m.raw(`="`)
	m.coordinate(v)
	m.raw(`"`)
}

// place writes where a thing is, unless at 0, which is where things are without being told.
func (m *markup) place(name string, v float64) {
	if tenths(v) != 0 {
		m.num(name, v)
	}
}

// tenths is a coordinate in tenths of a unit, to which all are rounded, so that drawings are small and the same on every
// machine. What is no number is 0.
func tenths(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0
	}
	return math.Round(v * 10)
}

func (m *markup) coordinate(v float64) {
	const most = 1e14 // up to here tenths are whole numbers of floating point
	tenths := tenths(v)
	if math.Abs(tenths) > most {
		*m = strconv.AppendFloat(*m, tenths/10, 'f', -1, 64)
		return
	}
	n := int64(tenths) // 0 for -0, too
	if n < 0 {
		m.raw("-")
		n = -n
	}
	*m = strconv.AppendInt(*m, n/10, 10)
	if n%10 != 0 {
		*m = append(*m, '.', byte('0'+n%10))
	}
}

// at writes a place.
func (m *markup) at(x, y float64) {
	m.coordinate(x)
	if tenths(y) >= 0 { // a minus separates as well
		m.raw(" ")
	}
	m.coordinate(y)
}

// point writes a command of a path that takes a place, "M" or "L".
func (m *markup) point(command string, x, y float64) {
	m.raw(command)
	m.at(x, y)
}

// step writes a command of a path that takes one number: "h" or "v", how far, "H" or "V", where to.
func (m *markup) step(command string, v float64) {
	m.raw(command)
	m.coordinate(v)
}
