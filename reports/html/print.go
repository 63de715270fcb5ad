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
	Name string // of its page's kind
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

// A rebinder moves what was written for one page into another: ids get a prefix, links lead to the same place from there,
// headings step down, and what only works on the page itself stays behind. Templates and markup have escaped all texts, so
// that "<" and ">" are those of tags, and have quoted all attributes.
type rebinder struct {
	own    string // path of the page that binds
	page   string // path of the page that is bound
	prefix string
	places map[string]string          // id of every bound page, by path
	mains  map[string]string          // what was written for every bound page, by path
	ids    map[string]map[string]bool // ids that are left of a bound page, by path; of those that were asked for

	pieces []piece              // of the page that is bound, in the room of those before
	leads  map[departure]string // where links lead that were asked for; pages name the same ones over and over
	b      bytes.Buffer         // what is written of it, in the same way
	level  int                  // of the last heading
}

// idsOf are the ids that are bound of a page.
func idsOf(pieces []piece) map[string]bool {
	ids := map[string]bool{}
	for _, p := range pieces {
		if p.name == "id" {
			ids[html.UnescapeString(p.value)] = true
		}
	}
	return ids
}

// has reports whether a bound page keeps an id.
func (r *rebinder) has(page, id string) bool {
	ids, known := r.ids[page]
	if !known {
		ids = idsOf(cut(r.mains[page], nil))
		r.ids[page] = ids
	}
	return ids[id]
}

// rebound is a page as it stands in the one that binds it.
func (r *rebinder) rebound() string {
	r.pieces = cut(r.mains[r.page], r.pieces[:0])
	r.ids[r.page] = idsOf(r.pieces)
	r.b.Reset()
	for _, p := range r.pieces {
		r.b.WriteString(p.text)
		if p.name == "" {
			continue
		}
		r.b.WriteByte(' ')
		r.b.WriteString(p.name)
		r.b.WriteString(`="`)
		r.attribute(p.name, p.value)
		r.b.WriteByte('"')
	}
	return r.b.String()
}

// attribute writes what an attribute says in the page that binds.
func (r *rebinder) attribute(name, value string) {
	switch name {
	case "href":
		r.b.WriteString(r.link(value))
	case levelAttr:
		r.level = min(int(value[0]-'0')+1, r.level+1)
		r.b.WriteString(strconv.Itoa(r.level))
	case "aria-labelledby": // chapters have parts of the same name
		r.b.WriteString(r.prefix)
		r.b.WriteByte(' ')
		r.names(value)
	default:
		r.names(value)
	}
}

// names writes the ids of places as the page that binds has them.
func (r *rebinder) names(value string) {
	between := ""
	for name := range strings.FieldsSeq(value) {
		r.b.WriteString(between)
		r.b.WriteString(r.prefix)
		r.b.WriteByte('-')
		r.b.WriteString(name)
		between = " "
	}
}

// A departure is an address and the folder of the page where it stands.
type departure struct{ folder, href string }

// link is where a link leads from the page that binds, both as an attribute has them.
func (r *rebinder) link(written string) string {
	if written == "" || written[0] == '#' || written[0] == '?' { // to a place on the page itself
		return r.led(written)
	}
	from := departure{path.Dir(r.page), written}
	to, known := r.leads[from]
	if !known {
		to = r.led(written)
		r.leads[from] = to
	}
	return to
}

func (r *rebinder) led(written string) string {
	return html.EscapeString(r.lead(html.UnescapeString(written)))
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
