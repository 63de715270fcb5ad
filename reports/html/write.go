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
	"slices"
	"sync"

	"github.com/opendti/dti/reports/chart"
	"github.com/opendti/dti/reports/view"
)

// Assets say what stands beside the pages.
type Assets struct {
	ECharts bool        // assets/echarts.min.js is there: figures carry their options
	Files   []view.File // data files of the edition, in the order in which they are offered
	Earlier []view.File // data files of earlier revisions
}

//go:embed templates/*.html
var templates embed.FS

//go:embed colours.css
var coloursCSS []byte

//go:embed site.css
var siteCSS []byte

//go:embed site.js
var siteJS []byte

// JS is the site's script, assets/site.js.
func JS() []byte { return siteJS }

// CSS is the site's stylesheet, assets/site.css.
func CSS() []byte { return slices.Concat(coloursCSS, siteCSS, []byte(chart.CSS)) }

// parsed are the page templates by name; each page's "main" fills the common frame.
var parsed = sync.OnceValue(func() map[string]*template.Template {
	pages := map[string]*template.Template{}
	for _, name := range []string{"home", "group", "agency", "method", "downloads", "corrections", "archive", "choice"} {
		pages[name] = template.Must(template.ParseFS(templates, "templates/layout.html", "templates/parts.html", "templates/"+name+".html"))
	}
	return pages
})

// A document is what a template places: the frame, the page's own content and its figures, drawn.
type document struct {
	Name    string // of the template
	Page    view.Page
	Content any
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

// Write writes one page: any page type of package view.
func Write(w io.Writer, page any, assets Assets) error {
	switch p := page.(type) {
	case *view.HomePage:
		return write(w, "home", p.Page, p, p.Strips, assets)
	case *view.GroupPage:
		return write(w, "group", p.Page, p, p.Figures, assets)
	case *view.AgencyPage:
		return write(w, "agency", p.Page, p, p.Figures, assets)
	case *view.MethodPage:
		return write(w, "method", p.Page, p, nil, assets)
	case *view.DownloadsPage:
		return write(w, "downloads", p.Page, p, nil, assets)
	case *view.CorrectionsPage:
		return write(w, "corrections", p.Page, p, nil, assets)
	case *view.ArchivePage:
		return write(w, "archive", p.Page, p, nil, assets)
	case *view.ChoicePage:
		return write(w, "choice", p.Page, p, nil, assets)
	default:
		return fmt.Errorf("write page: no template for %T", page)
	}
}

// write makes the page in memory first, so that a template that fails leaves no half of one.
func write(w io.Writer, name string, frame view.Page, content any, figures []view.Figure, assets Assets) error {
	doc := document{Name: name, Page: frame, Content: content}
	for _, f := range figures {
		d, err := draw(frame, f, assets.ECharts)
		if err != nil {
			return fmt.Errorf("write page %s: %w", frame.Path, err)
		}
		doc.Drawn = doc.Drawn || d.Option != nil
		doc.Figures = append(doc.Figures, d)
	}
	var b bytes.Buffer
	if err := parsed()[name].ExecuteTemplate(&b, "page", doc); err != nil {
		return fmt.Errorf("write page %s: %w", frame.Path, err)
	}
	if _, err := b.WriteTo(w); err != nil {
		return fmt.Errorf("write page %s: %w", frame.Path, err)
	}
	return nil
}

func draw(frame view.Page, f view.Figure, echarts bool) (figure, error) {
	f.Table.Caption = f.Headline + ". " + f.Subtitle
	d := figure{
		Figure: f, SVG: chart.Static(f.Chart, f.Headline, f.Narration),
		TableOf: frame.Say("table-of"),
	}
	if !echarts {
		return d, nil
	}
	var err error
	if d.Option, err = chart.Option(f.Chart); err != nil {
		return figure{}, fmt.Errorf("figure %s: %w", f.ID, err)
	}
	return d, nil
}

// Pages yields the pages of an edition and the CSV files of their figures: a path from the site's root and what writes
// the file. A page is made when its writer runs and forgotten after; nothing is kept between them.
func Pages(e *view.Edition, assets Assets) iter.Seq2[string, func(io.Writer) error] {
	return func(yield func(string, func(io.Writer) error) bool) {
		home := e.Home()
		if !pages(yield, home.Path, home, home.Strips, assets) {
			return
		}
		for _, g := range e.Ranking().Groups {
			p := e.Group(g)
			if !pages(yield, p.Path, p, p.Figures, assets) {
				return
			}
		}
		if !plain(e, assets, yield) {
			return
		}
		for _, code := range e.Codes() {
			if !yield(e.AgencyPath(code), agency(e, code, assets)) {
				return
			}
		}
	}
}

// pages yields a page and the tables of its figures.
func pages(yield func(string, func(io.Writer) error) bool, path string, page any, figures []view.Figure, assets Assets) bool {
	if !yield(path, func(w io.Writer) error { return Write(w, page, assets) }) {
		return false
	}
	for _, f := range figures {
		if f.CSV != "" && !yield(beside(path, f.CSV), func(w io.Writer) error { return WriteCSV(w, f.Table) }) {
			return false
		}
	}
	return true
}

// plain yields the pages without figures.
func plain(e *view.Edition, assets Assets, yield func(string, func(io.Writer) error) bool) bool {
	method, downloads := e.Method(), e.Downloads(assets.Files)
	if !pages(yield, method.Path, method, nil, assets) || !pages(yield, downloads.Path, downloads, nil, assets) {
		return false
	}
	if !e.HasCorrections() {
		return true
	}
	corrections := e.Corrections(assets.Earlier)
	return pages(yield, corrections.Path, corrections, nil, assets)
}

// agency makes an agency's page only when it is written.
func agency(e *view.Edition, code string, assets Assets) func(io.Writer) error {
	return func(w io.Writer) error {
		p, ok := e.Agency(code)
		if !ok {
			return fmt.Errorf("write page of agency %s: not in the ranking", code)
		}
		return Write(w, p, assets)
	}
}
