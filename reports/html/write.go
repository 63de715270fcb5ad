// Package html writes view pages as HTML files: most kinds with a template each, one stylesheet, no script but site.js.
// Every text is escaped by html/template, save in what a site has by the hundred: pages of agencies and indicators, and on
// all pages the frame, figures, tables and lists. Those markup.go and the files that use it write and escape alike, to the
// byte. The only other markup that enters a page ready-made is the drawing that package chart wrote, and in the print
// edition what was written for other pages.
// The package opens no file and chooses no folder: it yields paths and writers.
package html

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/opendti/dti/reports/view"
)

//go:embed templates
var templates embed.FS

// parsed are the page templates by kind: each page's "main", which the common frame surrounds.
var parsed = sync.OnceValue(func() map[string]*template.Template {
	pages := map[string]*template.Template{}
	files, err := templates.ReadDir("templates/pages")
	if err != nil {
		panic(err) // embedded
	}
	for _, f := range files {
		kind := strings.TrimSuffix(f.Name(), ".html")
		pages[kind] = parse("templates/parts.html", "templates/pages/"+f.Name())
	}
	return pages
})

// parse reads templates that are called by the names of their definitions or files.
func parse(files ...string) *template.Template {
	return template.Must(template.New("").Funcs(builders).ParseFS(templates, files...))
}

// A document is what a template places: the frame, the page's own content and its figures.
type document struct {
	Name     string // of the page's kind, and of its template where it has one
	Page     *view.Page
	Content  view.Document
	Figures  []figure
	Drawn    bool // the chart library will draw the figures
	Chapters []chapter
	Whole    string        // the page as it is written
	Main     template.HTML // its own content, a part of the whole
}

// figure is the figure with an id; ok is false where the page has none.
func (d document) figure(id string) (f figure, ok bool) {
	i := slices.IndexFunc(d.Figures, func(f figure) bool { return f.ID == id })
	if i < 0 {
		return figure{}, false
	}
	return d.Figures[i], true
}

// Write writes one page. It is made in memory first, so that a template that fails leaves no half of one.
func Write(w io.Writer, page view.Document) error {
	doc, err := execute(page, nil)
	if err != nil {
		return err
	}
	return doc.write(w)
}

// roomOfPage is the room that most pages need, in bytes; more makes it grow.
const roomOfPage = 56 << 10

// execute makes a page, of chapters where it has some.
func execute(page view.Document, chapters []chapter) (document, error) {
	frame := page.Frame()
	doc := document{Name: page.Kind(), Page: &frame, Content: page, Chapters: chapters}
	for _, f := range page.Drawings() {
		own, err := figureOn(doc.Page, f)
		if err != nil {
			return doc, fmt.Errorf("write page %s: %w", doc.Page.Path, err)
		}
		doc.Drawn = doc.Drawn || own.Option != ""
		doc.Figures = append(doc.Figures, own)
	}
	room := roomOfPage
	for _, c := range chapters {
		room += len(c.Main)
	}
	m := &markup{}
	m.b.Grow(room)
	m.top(doc)
	from := m.b.Len()
	if err := m.main(doc); err != nil {
		return doc, fmt.Errorf("write page %s: %w", doc.Page.Path, err)
	}
	to := m.b.Len()
	m.bottom(doc.Page)
	doc.Whole = m.b.String()
	doc.Main = template.HTML(doc.Whole[from:to]) // #nosec G203 -- templates and markup escape every text
	return doc, nil
}

// main writes a page's own content, most kinds with the template of that name, and behind it the chapters.
func (m *markup) main(d document) error {
	switch page := d.Content.(type) {
	case *view.AgencyPage:
		m.agencyPage(page, d)
		return nil
	case *view.IndicatorPage:
		m.indicatorPage(page, d)
		return nil
	}
	t, ok := parsed()[d.Name]
	if !ok {
		return fmt.Errorf("no template for %s", d.Name)
	}
	if err := t.ExecuteTemplate(&m.b, "main", d); err != nil {
		return err
	}
	for _, c := range d.Chapters {
		m.chapter(c)
	}
	return nil
}

// chapter writes a bound page under its title.
func (m *markup) chapter(c chapter) {
	m.raw("<article")
	m.quoted("class", "chapter page-"+c.Name)
	m.quoted("aria-labelledby", c.ID)
	m.raw(">\n<h2")
	m.quoted("id", c.ID)
	m.attr("lang", c.Lang)
	m.raw(">")
	m.text(c.Title)
	m.raw("</h2>\n")
	m.raw(string(c.Main))
	m.raw("\n</article>\n")
}

// write writes a page that was made.
func (d document) write(w io.Writer) error {
	if _, err := io.WriteString(w, d.Whole); err != nil {
		return fmt.Errorf("write page %s: %w", d.Page.Path, err)
	}
	return nil
}

// Put writes a file of the site at a path from its root.
type Put func(path string, content func(io.Writer) error) error

// Pages yields the files of an edition's pages by their paths from the site's root, each with what writes it, a page with
// the CSV files of its figures. A page is made when its writer runs; what it wrote is kept only where the print edition
// needs it too, which comes last. Writers may run side by side.
func Pages(e *view.Edition) iter.Seq2[string, func(Put) error] {
	return func(yield func(string, func(Put) error) bool) {
		for path, content := range identity(e) {
			if !yield(path, func(put Put) error { return put(path, content) }) {
				return
			}
		}
		b := newBook(e)
		for path, page := range e.Documents() {
			made := b.keep(path, func() (document, error) {
				doc := page()
				if c, ok := doc.(collection); ok {
					return b.bind(c)
				}
				return execute(doc, nil)
			})
			if !yield(path, func(put Put) error { return publish(put, made) }) {
				return
			}
		}
	}
}

// putTable puts the one table of a page.
func putTable(put Put, path string, page view.Tabled) error {
	name, table := page.Tabled()
	if name == "" {
		return nil
	}
	return put(beside(path, name), func(w io.Writer) error { return WriteCSV(w, table) })
}

// publish puts a page and the tables of its figures.
func publish(put Put, made func() (document, error)) error {
	doc, err := made()
	if err != nil {
		return err
	}
	path := doc.Page.Path
	if err := put(path, doc.write); err != nil {
		return err
	}
	if tabled, ok := doc.Content.(view.Tabled); ok {
		return putTable(put, path, tabled)
	}
	for _, f := range doc.Figures {
		if f.CSV == "" || strings.Contains(f.CSV, "/") {
			continue // the figure's numbers stand in a file of the edition
		}
		table := f.Figure.Table
		if err := put(beside(path, f.CSV), func(w io.Writer) error { return WriteCSV(w, table) }); err != nil {
			return err
		}
	}
	return nil
}
