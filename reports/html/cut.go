package html

import (
	"slices"
	"strings"
)

// A piece of a page is what is bound as it stands, and the attribute behind it that is written anew: it names places, or
// tells the level of a heading. Without one, what is not bound stands behind it.
type piece struct{ text, name, value string }

// drawing is the element that is bound as it is: it names no place of a page and leads to none.
const drawing = "svg"

// levelAttr tells the level of a heading.
const levelAttr = "aria-level"

// A cutter cuts a page into the pieces that are bound, from tag to tag. It reads what templates and markup wrote and nothing
// else: every tag ends, every value stands in double quotes, and what stays behind has an end tag.
type cutter struct {
	page   string
	from   int // where the next piece begins
	begin  int // of the last tag
	at     int // behind it
	in     where
	anew   []attribute // of the last tag
	pieces []piece
}

// cut cuts a page into the pieces that are bound, behind others.
func cut(page string, others []piece) []piece {
	c := cutter{page: page, pieces: others}
	for {
		switch t, ok := c.next(); {
		case !ok:
			c.end(len(page), "", "")
			return c.pieces
		case t.staysBehind(c.in):
			c.end(c.begin, "", "")
			c.at = behind(page, c.at, t.name)
			c.from = c.at
		case t.name == drawing:
			c.at = behind(page, c.at, t.name)
		default:
			c.keep(t)
		}
	}
}

// end ends a piece, with an attribute behind it.
func (c *cutter) end(at int, name, value string) {
	c.pieces = append(c.pieces, piece{c.page[c.from:at], name, value})
}

// keep ends pieces where a tag is not bound as it stands.
func (c *cutter) keep(t tag) {
	for _, a := range c.anew {
		c.end(a.begin, a.name, a.value)
		c.from = a.end
	}
	switch t.name {
	case "h2", "h3", "h4", "h5":
		c.end(c.at-len(">"), levelAttr, t.name[len("h"):])
		c.from = c.at - len(">")
	}
	c.in = c.in.after(t)
}

// A tag is one tag of a page.
type tag struct {
	name  string // "div", "/div"
	class string // as written
	bare  bool   // without attributes
}

// An attribute stands on a page with the blank before it.
type attribute struct {
	begin, end  int
	name, value string // as written
}

// next reads the next tag.
func (c *cutter) next() (t tag, ok bool) {
	text := strings.IndexByte(c.page[c.at:], '<')
	if text < 0 {
		return t, false
	}
	c.begin, c.anew = c.at+text, c.anew[:0]
	c.at = c.begin
	t.name = c.word()
	t.bare = c.page[c.at] == '>'
	for c.page[c.at] != '>' {
		switch a := c.attribute(); a.name {
		case "class":
			t.class = a.value
		case "id", "for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "href":
			c.anew = append(c.anew, a)
		}
	}
	c.at += len(">")
	return t, true
}

// attribute reads an attribute, which has no name here where it has no value.
func (c *cutter) attribute() attribute {
	a := attribute{begin: c.at}
	name := c.word()
	if c.page[c.at] == '=' {
		c.at += len(`="`)
		a.name, a.value = name, c.page[c.at:c.at+strings.IndexByte(c.page[c.at:], '"')]
		c.at += len(a.value) + len(`"`)
	}
	a.end = c.at
	return a
}

// word reads a name behind the letter that it is told by.
func (c *cutter) word() string {
	c.at++
	from := c.at
	for c.page[c.at] != ' ' && c.page[c.at] != '=' && c.page[c.at] != '>' {
		c.at++
	}
	return c.page[from:c.at]
}

// A where says in what a tag stands: how many sections from the account of a scorecard inwards are open, and how many
// figures.
type where struct{ account, figure int }

// after is where what follows a tag stands.
func (w where) after(t tag) where {
	switch t.name {
	case "section":
		if w.account > 0 || slices.Contains(strings.Fields(t.class), "account") {
			w.account++
		}
	case "/section":
		w.account = max(w.account-1, 0)
	case "figure":
		w.figure++
	case "/figure":
		w.figure--
	}
	return w
}

// staysBehind reports whether an element is not bound. A figure's numbers stand in the drawing and in the tables around
// it, so that its own table stays behind too. Within the account of a scorecard only names and points are bound: figures,
// rules and reasons stand on the agency's own page.
func (t tag) staysBehind(w where) bool {
	switch {
	case t.name == "script" || t.name == "form" || t.name == "nav" || t.name == "details" && w.figure > 0:
		return true
	case w.account > 0 && (t.name == "thead" || t.name == "td" && t.bare):
		return true
	}
	for class := range strings.FieldsSeq(t.class) {
		switch class {
		case "chart", "narrow", "live", "finder", "scripted", "save", "ledger":
			return true // only works on the page itself, or is said again beside it
		case "note", "meter", "hint":
			if w.account > 0 {
				return true
			}
		}
	}
	return false
}

// behind is the place behind an element whose first tag ends at a place.
func behind(page string, at int, name string) int {
	first, last := "<"+name, "</"+name+">"
	for depth := 1; depth > 0; {
		text := strings.IndexByte(page[at:], '<')
		if text < 0 {
			return len(page)
		}
		at += text
		switch rest := page[at:]; {
		case strings.HasPrefix(rest, last):
			depth--
			at += len(last)
		case strings.HasPrefix(rest, first) && strings.IndexByte(" />", rest[len(first)]) >= 0:
			at += strings.IndexByte(rest, '>')
			if page[at-1] != '/' {
				depth++
			}
		default:
			at += len("<")
		}
	}
	return at
}
