// Package html writes view pages as HTML files: one template per page, one stylesheet, no script but site.js. Every text
// is escaped by html/template; the only markup that enters a page ready-made is the drawing that package chart wrote.
// The package opens no file and chooses no folder: it yields paths and writers.
package html

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"iter"
	"strings"
	"sync"

	"github.com/opendti/dti/reports/chart"
	"github.com/opendti/dti/reports/view"
)

//go:embed templates
var templates embed.FS

// parsed are the page templates by kind; each page's "main" fills the common frame.
var parsed = sync.OnceValue(func() map[string]*template.Template {
	pages := map[string]*template.Template{}
	files, err := templates.ReadDir("templates/pages")
	if err != nil {
		panic(err) // embedded
	}
	for _, f := range files {
		kind := strings.TrimSuffix(f.Name(), ".html")
		pages[kind] = template.Must(template.ParseFS(templates, "templates/layout.html", "templates/parts.html", "templates/pages/"+f.Name()))
	}
	return pages
})

// A document is what a template places: the frame, the page's own content and its figures, drawn.
type document struct {
	Name    string // of the template
	Page    view.Page
	Content view.Document
	Figures []figure
	Drawn   bool // the chart library will draw the figures
}

// A figure is a view figure with its drawing.
type figure struct {
	view.Figure
	SVG     template.HTML
	Option  map[string]any // nil where the chart library is not there
	TableOf string
}

// Write writes one page. It is made in memory first, so that a template that fails leaves no half of one.
func Write(w io.Writer, page view.Document) error {
	var b bytes.Buffer
	if err := execute(&b, "page", page); err != nil {
		return err
	}
	if _, err := b.WriteTo(w); err != nil {
		return fmt.Errorf("write page %s: %w", page.Frame().Path, err)
	}
	return nil
}

// execute places a page in a part of the template of its kind: "page" is the whole, "main" what stands in the frame.
func execute(b *bytes.Buffer, part string, page view.Document) error {
	frame := page.Frame()
	t, ok := parsed()[page.Kind()]
	if !ok {
		return fmt.Errorf("write page %s: no template for %s", frame.Path, page.Kind())
	}
	doc := document{Name: page.Kind(), Page: frame, Content: page}
	for _, f := range page.Drawings() {
		d, err := draw(frame, f)
		if err != nil {
			return fmt.Errorf("write page %s: %w", frame.Path, err)
		}
		doc.Drawn = doc.Drawn || d.Option != nil
		doc.Figures = append(doc.Figures, d)
	}
	if err := t.ExecuteTemplate(b, part, doc); err != nil {
		return fmt.Errorf("write page %s: %w", frame.Path, err)
	}
	return nil
}

func draw(frame view.Page, f view.Figure) (figure, error) {
	f.Table.Caption = f.Headline + ". " + f.Subtitle
	f.ID = frame.ID(f.ID)
	d := figure{
		Figure: f, SVG: chart.Static(f.Chart, f.Headline, f.Narration),
		TableOf: frame.Say("table-of"),
	}
	if !frame.Drawn {
		return d, nil
	}
	var err error
	if d.Option, err = chart.Option(f.Chart); err != nil {
		return figure{}, fmt.Errorf("figure %s: %w", f.ID, err)
	}
	return d, nil
}

// Put writes a file of the site at a path from its root.
type Put func(path string, content func(io.Writer) error) error

// Pages yields the pages of an edition by their paths from the site's root, each with what writes it and the CSV files of
// its figures. A page is made when its writer runs and forgotten after; nothing is kept between them, and they may run
// side by side.
func Pages(e *view.Edition) iter.Seq2[string, func(Put) error] {
	return func(yield func(string, func(Put) error) bool) {
		for path, page := range e.Documents() {
			if !yield(path, func(put Put) error { return publish(put, page()) }) {
				return
			}
		}
	}
}

// publish puts a page and the tables of its figures.
func publish(put Put, page view.Document) error {
	path := page.Frame().Path
	if err := put(path, func(w io.Writer) error { return Write(w, page) }); err != nil {
		return err
	}
	for _, f := range page.Drawings() {
		if f.CSV == "" || strings.Contains(f.CSV, "/") {
			continue // the figure's numbers stand in a file of the edition
		}
		if err := put(beside(path, f.CSV), func(w io.Writer) error { return WriteCSV(w, f.Table) }); err != nil {
			return err
		}
	}
	return nil
}
