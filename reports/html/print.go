package html

import (
	"bytes"
	"fmt"
	"html"
	"html/template"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/opendti/dti/reports/view"
)

// A collection is a page that holds other pages of the edition.
type collection interface {
	view.Document
	Bound() []view.Chapter
}

// A book binds pages of an edition into one. Each page is made once, by whoever asks first: its own file or the book.
type book struct {
	chapters []view.Chapter
	made     map[string]func() (document, error) // by path
}

// A chapter is a page within another one, with ids and addresses of its own.
type chapter struct {
	view.Chapter
	Name string // of its template
	Main template.HTML
}

func newBook(e *view.Edition) *book {
	return &book{chapters: e.Chapters(), made: map[string]func() (document, error){}}
}

// keep is how a page is made: once, and kept, where the book needs it too.
func (b *book) keep(path string, made func() (document, error)) func() (document, error) {
	if !slices.ContainsFunc(b.chapters, func(c view.Chapter) bool { return c.Path == path }) {
		return made
	}
	b.made[path] = sync.OnceValues(made)
	return b.made[path]
}

// bind makes a page of the chapters that it holds.
func (b *book) bind(page collection) (document, error) {
	own := page.Frame().Path
	pages := make([]document, len(page.Bound()))
	places, mains := map[string]string{}, map[string]string{}
	for i, c := range page.Bound() {
		made, ok := b.made[c.Path]
		if !ok {
			return document{}, fmt.Errorf("write page %s: it holds %s, which is no page", own, c.Path)
		}
		var err error
		if pages[i], err = made(); err != nil {
			return document{}, err
		}
		places[c.Path], mains[c.Path] = c.ID, string(pages[i].Main)
	}
	r := &rebinder{own: own, places: places, mains: mains, ids: map[string]map[string]bool{}, leads: map[departure]string{}}
	var chapters []chapter
	for i, c := range page.Bound() {
		r.page, r.prefix, r.level = c.Path, c.ID, chapterLevel
		chapters = append(chapters, chapter{Chapter: c, Name: pages[i].Name, Main: template.HTML(r.rebound())})
	}
	return execute(page, chapters)
}

// chapterLevel is the level of a chapter's own heading.
const chapterLevel = 2

// A rebinder moves what a template wrote for one page into another: ids get a prefix, links lead to the same place from
// there, headings step down, and what only works on the page itself stays behind. The template has escaped all texts, so
// that "<" and ">" are those of tags, and has quoted all attributes.
type rebinder struct {
	own    string // path of the page that binds
	page   string // path of the page that is bound
	prefix string
	places map[string]string          // id of every bound page, by path
	mains  map[string]string          // what the template wrote for every bound page, by path
	ids    map[string]map[string]bool // ids that are left of a bound page, by path; of those that were asked for

	pieces []piece              // of the page that is bound, in the room of those before
	leads  map[departure]string // where links lead that were asked for; pages name the same ones over and over
	b      bytes.Buffer         // what is written of it, in the same way
	level  int                  // of the last heading
}

// A piece of a page is a text and the tag behind it.
type piece struct {
	text string
	tag
}

// A tag is one tag of a page; text runs before it.
type tag struct {
	name  string // "div", "/div"
	attrs string // as written, escaped, with the space before it
	end   string // what closes it: ">" or "/>"
}

// next cuts a page before and after its next tag.
func next(s string) (text string, t tag, rest string, ok bool) {
	if text, s, ok = strings.Cut(s, "<"); !ok {
		return text, tag{}, "", false
	}
	end := strings.IndexByte(s, '>')
	inner, rest := s[:end], s[end+1:]
	t.end = ">"
	if strings.HasSuffix(inner, "/") {
		inner, t.end = inner[:end-1], "/>"
	}
	t.name = inner
	if i := blank(inner); i < len(inner) {
		t.name, t.attrs = inner[:i], inner[i:]
	}
	return text, t, rest, true
}

// blank is the place of the first blank, or of the end.
func blank(s string) int {
	for i := range len(s) {
		if s[i] == ' ' || s[i] == '\n' {
			return i
		}
	}
	return len(s)
}

// nextAttribute cuts the attributes of a tag behind the first. An attribute without a value is bare.
func nextAttribute(s string) (name, value string, bare bool, rest string) {
	for s != "" && blank(s) == 0 {
		s = s[1:]
	}
	i := blank(s)
	if equal := strings.IndexByte(s[:i], '='); equal >= 0 {
		value, rest, _ = strings.Cut(s[equal+len(`="`):], `"`)
		return s[:equal], value, false, rest
	}
	return s[:i], "", true, s[i:]
}

// Attributes that a tag is asked for, as the templates write them: within quotes no quote stands unescaped.
const (
	classAttr = ` class="`
	idAttr    = ` id="`
)

// attr is the value of an attribute as written; "" where the tag does not have it.
func (t tag) attr(begin string) string {
	_, value, _ := strings.Cut(t.attrs, begin)
	value, _, _ = strings.Cut(value, `"`)
	return value
}

// Classes of what only works on the page itself, or is said again beside it: the place of a live chart, the drawing for a
// telephone, what waits for a reader's hand, the ledger.
var behindClasses = []string{"chart", "narrow", "live", "finder", "scripted", "save", "ledger"}

// Within the account of a scorecard only names and points are bound: figures, rules and reasons stand on the agency's
// own page.
const accountClass = "account"

var behindInAccount = []string{"note", "meter", "hint"}

// A where says in what a tag stands: how many sections from the account inwards are open, and how many figures.
type where struct{ account, figure int }

// after is where what follows a tag stands.
func (w where) after(t tag) where {
	switch t.name {
	case "section":
		if w.account > 0 || slices.Contains(strings.Fields(t.attr(classAttr)), accountClass) {
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
// it, so that its own table stays behind too.
func (t tag) staysBehind(w where) bool {
	switch {
	case t.name == "script" || t.name == "form" || t.name == "nav" || t.name == "details" && w.figure > 0:
		return true
	case w.account > 0 && (t.name == "thead" || t.name == "td" && t.attrs == ""):
		return true
	}
	for class := range strings.FieldsSeq(t.attr(classAttr)) {
		if slices.Contains(behindClasses, class) || w.account > 0 && slices.Contains(behindInAccount, class) {
			return true
		}
	}
	return false
}

// behind is what follows an element.
func behind(t tag, rest string) string {
	for depth := 1; depth > 0; {
		_, inside, ok := strings.Cut(rest, "<")
		if !ok {
			return ""
		}
		if !strings.HasPrefix(strings.TrimPrefix(inside, "/"), t.name) {
			rest = inside
			continue
		}
		var inner tag
		_, inner, rest, _ = next(rest)
		switch {
		case inner.name == t.name && inner.end != "/>":
			depth++
		case inner.name == "/"+t.name:
			depth--
		}
	}
	return rest
}

// drawing is the element that is bound as it is: it names no place of a page and leads to none.
const drawing = "svg"

// tags visits every tag of what is bound, with the text before it; the last text comes with the zero tag. Drawings are
// text.
func tags(s string, visit func(text string, t tag)) {
	var at where
	for {
		text, t, rest, ok := next(s)
		if ok && t.staysBehind(at) {
			visit(text, tag{})
			s = behind(t, rest)
			continue
		}
		if t.name == drawing {
			rest = behind(t, rest)
			visit(s[:len(s)-len(rest)], tag{})
			s = rest
			continue
		}
		visit(text, t)
		if !ok {
			return
		}
		at, s = at.after(t), rest
	}
}

// cut cuts a page into the pieces that are bound, and notes the ids that it keeps.
func (r *rebinder) cut(page string) []piece {
	pieces, ids := r.pieces[:0], map[string]bool{}
	tags(r.mains[page], func(text string, t tag) {
		pieces = append(pieces, piece{text, t})
		if id := t.attr(idAttr); id != "" {
			ids[html.UnescapeString(id)] = true
		}
	})
	r.ids[page] = ids
	return pieces
}

// has reports whether a bound page keeps an id.
func (r *rebinder) has(page, id string) bool {
	if _, known := r.ids[page]; !known {
		other := &rebinder{mains: r.mains, ids: r.ids}
		other.cut(page)
	}
	return r.ids[page][id]
}

// rebound is a page as it stands in the one that binds it.
func (r *rebinder) rebound() string {
	r.pieces = r.cut(r.page)
	r.b.Reset()
	for _, p := range r.pieces {
		r.b.WriteString(p.text)
		if p.name == "" {
			continue
		}
		r.b.WriteByte('<')
		r.b.WriteString(p.name)
		r.attributes(p.attrs)
		if level, ok := strings.CutPrefix(p.name, "h"); ok && len(level) == 1 && level[0] >= '2' && level[0] <= '5' {
			r.level = min(int(level[0]-'0')+1, r.level+1)
			r.b.WriteString(` aria-level="` + strconv.Itoa(r.level) + `"`)
		}
		r.b.WriteString(p.end)
	}
	return r.b.String()
}

// attributes writes the attributes of a tag, those with a prefix or a new address that name something on a page.
func (r *rebinder) attributes(s string) {
	for s != "" {
		name, value, bare, rest := nextAttribute(s)
		written := s[:len(s)-len(rest)]
		s = rest
		switch name {
		case "id", "for", "aria-labelledby", "aria-describedby", "aria-controls", "headers":
			names := strings.Fields(value)
			for i := range names {
				names[i] = r.prefix + "-" + names[i]
			}
			value = strings.Join(names, " ")
			if name == "aria-labelledby" { // chapters have parts of the same name
				value = r.prefix + " " + value
			}
		case "href":
			value = r.link(value)
		default:
			bare = true
		}
		if bare {
			r.b.WriteString(written)
			continue
		}
		r.b.WriteString(" " + name + `="` + value + `"`)
	}
}

// A departure is an address and where it stands: in a folder, or where that matters on a page of it.
type departure struct{ folder, page, href string }

// link is where a link leads from the page that binds, both as an attribute has them.
func (r *rebinder) link(written string) string {
	from := departure{folder: path.Dir(r.page), href: written}
	if written == "" || written[0] == '#' || written[0] == '?' {
		from.page = path.Base(r.page) // without a path it leads to a place on the page itself
	}
	to, known := r.leads[from]
	if !known {
		to = html.EscapeString(r.lead(html.UnescapeString(written)))
		r.leads[from] = to
	}
	return to
}

// lead is where an address leads from the page that binds.
func (r *rebinder) lead(href string) string {
	u, err := url.Parse(href)
	if err != nil || u.IsAbs() || u.Host != "" {
		return href
	}
	target := r.page
	if u.Path != "" {
		target = path.Join(path.Dir(r.page), u.Path)
	}
	place, bound := r.places[target]
	switch {
	case bound && u.Fragment != "" && r.has(target, u.Fragment):
		return "#" + place + "-" + u.EscapedFragment()
	case bound:
		return "#" + place
	}
	u.Path = view.Relative(r.own, target)
	return u.String()
}
