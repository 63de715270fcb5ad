package html_test

import (
	"cmp"
	"html/template"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/opendti/dti/reports/chart"
	"github.com/opendti/dti/reports/html"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// asTemplates is what markup.go writes, as templates. They are the specification: html/template escapes what they place.
const asTemplates = `{{define "bar"}}<svg class="meter" aria-hidden="true"><rect width="{{.}}"/></svg>{{end}}

{{define "rows"}}{{$t := .}}<caption>{{.Caption}}</caption>
<thead><tr>{{range .Columns}}<th scope="col"{{with .Class}} class="{{.}}"{{end}}>{{if .Sort}}<button type="button" data-sort="{{.Sort}}">{{.Name}}</button>{{else}}{{.Name}}{{end}}</th>{{end}}</tr></thead>
<tbody>
{{range .Rows}}<tr{{if .ID}} id="{{.ID}}"{{end}}{{if .Highlight}} class="strong"{{end}}>{{range $i, $c := .Cells}}{{with index $t.Columns $i}}{{if $c.Head}}<th scope="row"{{else}}<td{{end}}{{with $c.Class .}} class="{{.}}"{{end}}{{with $c.Value .}} data-value="{{.}}"{{end}}{{with .Narrow}} data-label="{{.}}"{{end}}>{{end}}{{if $c.Mark}}<span class="mark {{$c.Tone}}" aria-hidden="true">{{$c.Mark}}</span> {{end}}{{if $c.Link}}<a href="{{$c.Link}}"{{if $c.Lang}} lang="{{$c.Lang}}"{{end}}>{{$c.Text}}</a>{{else if $c.Lang}}<span lang="{{$c.Lang}}">{{$c.Text}}</span>{{else}}{{$c.Text}}{{end}}{{if $c.Note}} <span class="note">{{$c.Note}}</span>{{end}}{{if $c.Bar}}{{template "bar" $c.Bar}}{{end}}{{if $c.Head}}</th>{{else}}</td>{{end}}{{end}}</tr>
{{end}}</tbody>{{end}}

{{define "table"}}<div class="scroll" role="region" tabindex="0" aria-label="{{.Caption}}"><table>{{template "rows" .}}</table></div>{{end}}

{{define "number-rows"}}{{$t := .}}<caption>{{.Caption}}</caption>
<thead><tr>{{range .Columns}}<th scope="col"{{if .Num}} class="num"{{end}}>{{if .Sort}}<button type="button" data-sort="{{.Sort}}">{{.Name}}</button>{{else}}{{.Name}}{{end}}</th>{{end}}</tr></thead>
<tbody>
{{range .Rows}}<tr>{{range $i, $c := .Cells}}{{with index $t.Columns $i}}{{if $c.Head}}<th scope="row"{{else}}<td{{end}}{{with $c.Value .}} data-value="{{.}}"{{end}}>{{end}}{{if $c.Mark}}<span class="mark {{$c.Tone}}" aria-hidden="true">{{$c.Mark}}</span> {{end}}{{if $c.Link}}<a href="{{$c.Link}}"{{if $c.Lang}} lang="{{$c.Lang}}"{{end}}>{{$c.Text}}</a>{{else if $c.Lang}}<span lang="{{$c.Lang}}">{{$c.Text}}</span>{{else}}{{$c.Text}}{{end}}{{if $c.Note}} <span class="note">{{$c.Note}}</span>{{end}}{{if $c.Head}}</th>{{else}}</td>{{end}}{{end}}</tr>
{{end}}</tbody>{{end}}

{{define "link"}}{{if .Href}}<a href="{{.Href}}"{{if .Lang}} lang="{{.Lang}}"{{end}}>{{.Text}}</a>{{else if .Lang}}<span lang="{{.Lang}}">{{.Text}}</span>{{else}}{{.Text}}{{end}}{{end}}

{{define "items"}}{{range .}}<li><a href="{{.Href}}"{{if .Lang}} lang="{{.Lang}}"{{end}}{{if .Current}} aria-current="page"{{end}}>{{.Text}}</a></li>{{end}}{{end}}

{{define "facts"}}<dl class="facts">{{range .}}<div><dt>{{.Term}}</dt><dd{{if .Lang}} lang="{{.Lang}}"{{end}}>{{if .Href}}<a href="{{.Href}}">{{.Words}}</a>{{else}}{{.Words}}{{end}}{{with .Note}} <span class="note">{{.}}</span>{{end}}</dd></div>{{end}}</dl>{{end}}

{{define "numbers"}}<dl class="numbers">{{range .}}<div{{if .Tone}} class="{{.Tone}}"{{end}}><dt>{{.Term}}</dt><dd class="figure-number">{{.Words}}</dd>{{if .Note}}<dd class="note">{{if .Href}}<a href="{{.Href}}">{{.Note}}</a>{{else}}{{.Note}}{{end}}</dd>{{end}}</div>{{end}}</dl>{{end}}

{{define "entries"}}<ul>{{range $e := .}}<li{{with .Find}} data-find="{{.}}"{{end}}>{{template "link" .Link}} <span class="note">{{with .Parent}}<span class="in"{{with $e.ParentLang}} lang="{{.}}"{{end}}>{{.}}</span>, {{end}}{{.Words}}</span></li>
{{end}}</ul>{{end}}

{{define "sides"}}{{$t := .}}<div class="scroll" role="region" tabindex="0" aria-label="{{.Caption}}">
<table class="sides{{if .Points}} points{{end}}"><caption>{{.Caption}}</caption>
<thead><tr><th scope="col">{{.Measure}}</th>{{range .Heads}}<th scope="col">{{template "link" .}}</th>{{end}}</tr></thead>
<tbody>
{{range .Rows}}<tr data-row="{{.ID}}">{{range $i, $cell := .Cells}}{{if .Head}}<th scope="row"{{if .Lang}} lang="{{.Lang}}"{{end}}>{{.Text}}</th>{{else}}<td data-label="{{$t.Label $i}}">{{with .Mark}}<span class="mark {{$cell.Tone}}" aria-hidden="true">{{.}}</span> {{end}}{{.Text}}{{with .Note}} <span class="note">{{.}}</span>{{end}}{{with .Bar}}{{template "bar" .}}{{end}}</td>{{end}}{{end}}</tr>
{{end}}</tbody></table></div>
{{end}}

{{define "chapter"}}<article class="chapter page-{{.Name}}" aria-labelledby="{{.ID}}">
<h2 id="{{.ID}}"{{if .Lang}} lang="{{.Lang}}"{{end}}>{{.Title}}</h2>
{{end}}

{{define "top" -}}
{{$p := .Page -}}
<!DOCTYPE html>
<html lang="{{$p.Lang}}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{$p.Title}}</title>
{{with $p.Description}}<meta name="description" content="{{.}}">
{{end}}{{if $p.NoIndex}}<meta name="robots" content="noindex">
{{end}}{{with $p.Canonical}}<link rel="canonical" href="{{.}}">
<meta property="og:type" content="website">
<meta property="og:url" content="{{.}}">
<meta property="og:title" content="{{$p.Title}}">
{{with $p.Description}}<meta property="og:description" content="{{.}}">
{{end}}{{range $p.Languages}}<link rel="alternate" hreflang="{{.HrefLang}}" href="{{.Absolute}}">
{{end}}{{end -}}
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{{$p.Root}}assets/site.css">
{{with $p.Theme}}<link rel="stylesheet" href="{{.}}">
{{end -}}
{{if .Drawn}}<script src="{{$p.Root}}assets/echarts.min.js" defer></script>
{{end}}<script src="{{$p.Root}}assets/site.js" defer></script>
</head>
<body class="page-{{.Name}}">
<a class="skip" href="#main">{{$p.Say "skip"}}</a>
<header class="top">
{{with $p.Draft}}<p class="draft" role="note">{{.}}</p>
{{end}}{{with $p.Status}}<p class="status" role="note">{{.}}{{with $p.Corrections.Href}} – <a href="{{.}}">{{$p.Corrections.Text}}</a>{{end}}</p>
{{end}}<div class="bar">
<div class="brand">{{with $p.Logo}}{{if .Src}}<img class="logo{{if .Wide}} wide{{end}}" src="{{.Src}}" width="{{.Width}}" height="{{.Height}}" alt="{{.Alt}}"{{if .Lang}} lang="{{.Lang}}"{{end}}>
{{end}}{{end}}<div>{{with $p.Publisher}}<p class="publisher"{{if $p.PublisherLang}} lang="{{$p.PublisherLang}}"{{end}}>{{.}}</p>
{{end}}<p class="site">{{$p.Site}}</p></div></div>
{{with $p.Languages}}<nav class="languages" aria-label="{{$p.Say "languages-label"}}"><ul>{{range .}}<li>{{if .Current}}<span aria-current="true" lang="{{.Lang}}">{{.Text}}</span>{{else}}<a href="{{.Href}}" lang="{{.Lang}}"{{if .Absolute}} hreflang="{{.HrefLang}}"{{end}}>{{.Text}}</a>{{end}}</li>{{end}}</ul></nav>
{{end}}</div>
{{with $p.Nav}}<nav class="pages" aria-label="{{$p.Say "nav-label"}}"><ul>{{template "items" .}}</ul></nav>
{{end}}</header>
<main id="main" tabindex="-1">
{{with $p.Crumbs}}<nav class="crumbs" aria-label="{{$p.Say "crumbs-label"}}"><ol>{{template "items" .}}</ol></nav>
{{end}}<h1{{if $p.HeadingLang}} lang="{{$p.HeadingLang}}"{{end}}>{{$p.Heading}}</h1>
{{end}}
{{define "bottom"}}{{$p := .Page}}
</main>
{{if or $p.More $p.Footer}}<footer class="foot" aria-label="{{$p.Say "footer-heading"}}">
{{with $p.More}}<nav class="more-pages" aria-label="{{$p.Say "more-label"}}"><ul>{{template "items" .}}</ul></nav>
{{end}}{{with $p.Footer}}{{template "facts" .}}
{{end}}</footer>
{{end}}</body>
</html>
{{end}}

{{define "figure"}}<figure class="figure" id="{{.ID}}" data-save="{{.Save}}">
<figcaption><h3 id="{{.ID}}-t">{{.Headline}}</h3><p>{{.Subtitle}}</p></figcaption>
<div class="static">{{.SVG}}</div>{{if .Option}}<div class="chart" data-chart="{{.ID}}" hidden></div>
<script type="application/json" id="{{.ID}}-o">{{.Option}}</script>{{end}}
{{if .See.Href}}<p class="csv"><a href="{{.See.Href}}">{{.See.Text}}</a>{{if .CSV}} · <a href="{{.CSV}}">{{.CSVLink}}</a>{{end}}</p>{{else}}<details><summary>{{.TableOf}}</summary>
<div class="scroll" role="region" tabindex="0" aria-labelledby="{{.ID}}-t"><table data-sortable>{{template "number-rows" .Table}}</table></div>
{{with .Note}}<p class="hint">{{.}}</p>
{{end}}{{if .CSV}}<p class="csv"><a href="{{.CSV}}">{{.CSVLink}}</a></p>{{end}}</details>{{end}}
<p class="source">{{.Source}}</p>
</figure>
{{end}}`

var specification = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Parse(asTemplates + agencyAsTemplates + indicatorAsTemplates))
})

// specified is what a template of the specification writes.
func specified(t assert.TestingT, name string, of any) string {
	var b strings.Builder
	assert.NoError(t, specification().ExecuteTemplate(&b, name, of))
	return b.String()
}

// A drawn is a figure as its template places it.
type drawn struct {
	view.Figure
	SVG           template.HTML
	Option        template.JS
	TableOf, Save string
}

func drawnOn(t assert.TestingT, p view.Page, f view.Figure) drawn {
	f.Table.Caption = cmp.Or(f.Table.Caption, f.Subtitle)
	d := drawn{Figure: f, SVG: chart.Static(f.Chart, f.Headline, f.Narration), TableOf: p.Say("table-of"), Save: p.Say("save-svg")}
	if p.Drawn {
		option, err := chart.Option(f.Chart)
		assert.NoError(t, err)
		assert.NotEmpty(t, option)
		d.Option = option
	}
	return d
}

// A placed is what the templates of a page place.
type placed struct {
	Name    string
	Page    *view.Page
	Content view.Document
	Figures []drawn
	Drawn   bool
}

// Figure is the figure with an id.
func (p placed) Figure(id string) []drawn {
	return slices.DeleteFunc(slices.Clone(p.Figures), func(d drawn) bool { return d.ID != id })
}

// specifiedPage is what the templates of a page write: of what surrounds it, and of its kind.
func specifiedPage(t assert.TestingT, page view.Document) string {
	frame := page.Frame()
	p := placed{Name: page.Kind(), Page: &frame, Content: page}
	for _, f := range page.Drawings() {
		p.Figures = append(p.Figures, drawnOn(t, frame, f))
		p.Drawn = frame.Drawn
	}
	return specified(t, "top", p) + specified(t, p.Name, p) + specified(t, "bottom", p)
}

// hostileText is any text, mostly one that would run, end what it stands in, or read as something else.
func hostileText() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{
			"", "", "</script><script>alert(1)</script>", `" onclick="alert(1)`, "' x='", "a & b &amp; &#34;", "+ADw-script+AD4-", "\x00\xff", "<!--",
			"Ủy ban nhân dân", "95,5", "95.5", "−1,25", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "http://a.vn/?q=1&r=%41%zz#h",
			"HTTPS://a.vn", "mailto:a@b.vn", "../agency/so-a.html#i-1", "a b\tc\n(d)'e", "//evil.vn/ü", "x/y:z", "\u2028", "`${x}{{.}}",
		}),
		rapid.String(),
	)
}

func links() *rapid.Generator[view.Link] {
	return rapid.Custom(func(t *rapid.T) view.Link {
		text := func(name string) string { return hostileText().Draw(t, name) }
		return view.Link{
			Text: text("text"), Lang: text("lang"), Href: text("href"), Absolute: text("absolute"), HrefLang: text("hreflang"),
			Current: rapid.Bool().Draw(t, "current"),
		}
	})
}

func facts() *rapid.Generator[view.Fact] {
	return rapid.Custom(func(t *rapid.T) view.Fact {
		text := func(name string) string { return hostileText().Draw(t, name) }
		return view.Fact{Term: text("term"), Words: text("words"), Href: text("href"), Lang: text("lang"), Note: text("note"), Tone: text("tone")}
	})
}

func cells() *rapid.Generator[view.Cell] {
	return rapid.Custom(func(t *rapid.T) view.Cell {
		text := func(name string) string { return hostileText().Draw(t, name) }
		return view.Cell{
			Text: text("text"), Link: text("link"), Lang: text("lang"), Sort: text("sort"), Head: rapid.Bool().Draw(t, "head"),
			Level: rapid.IntRange(0, 5).Draw(t, "level"), Bar: text("bar"), Mark: text("mark"), Note: text("note"), Tone: text("tone"),
			Depth: rapid.IntRange(0, 2).Draw(t, "depth"), Edit: rapid.Bool().Draw(t, "edit"),
		}
	})
}

func tables() *rapid.Generator[view.Table] {
	return rapid.Custom(func(t *rapid.T) view.Table {
		table := view.Table{Caption: hostileText().Draw(t, "caption")}
		n := rapid.IntRange(1, 3).Draw(t, "columns")
		for range n {
			table.Columns = append(table.Columns, view.Column{
				Name: hostileText().Draw(t, "column"), Sort: rapid.SampledFrom([]string{"", "num", "text", `"><b>`}).Draw(t, "kind"), Label: hostileText().Draw(t, "label"),
				Num: rapid.Bool().Draw(t, "num"), Key: rapid.Bool().Draw(t, "key"), Mute: rapid.Bool().Draw(t, "mute"),
			})
		}
		for range rapid.IntRange(1, 2).Draw(t, "rows") {
			table.Rows = append(table.Rows, view.Row{
				ID: hostileText().Draw(t, "id"), Highlight: rapid.Bool().Draw(t, "highlight"), Cells: rapid.SliceOfN(cells(), n, n).Draw(t, "cells"),
			})
		}
		return table
	})
}

// written is a page as html writes it.
func written(t assert.TestingT, page view.Document) string {
	var b strings.Builder
	assert.NoError(t, html.Write(&b, page))
	return b.String()
}

// What is written without a template is what html/template writes, to the byte, whatever stands in it.
func TestMarkupIsWhatTemplatesWrite(t *testing.T) {
	ranking, _ := small(t, submission.Final)
	e := edition(ranking, history.Comparison{}, "vi")
	t.Run("rows and numbers", rapid.MakeCheck(func(t *rapid.T) {
		group := e.Group(ranking.Groups[0])
		group.Ranking, group.Figures = tables().Draw(t, "ranking"), group.Figures[:1]
		group.Figures[0].See, group.Figures[0].Table = view.Link{}, tables().Draw(t, "numbers")
		page := written(t, group)
		assert.Contains(t, page, specified(t, "rows", group.Ranking))
		numbers := group.Figures[0].Table
		if numbers.Caption != "" {
			assert.Contains(t, page, specified(t, "number-rows", numbers))
		}
	}))
	t.Run("figure", rapid.MakeCheck(func(t *rapid.T) {
		text := func(name string) string { return hostileText().Draw(t, name) }
		group := e.Group(ranking.Groups[0])
		f := group.Figures[0]
		f.ID, f.Headline, f.Subtitle, f.Narration, f.Source = text("id"), text("headline"), text("subtitle"), text("narration"), text("source")
		f.CSV, f.CSVLink, f.Note, f.See = text("csv"), text("link"), text("note"), view.Link{Text: text("see"), Href: text("where")}
		f.Table = tables().Draw(t, "table")
		f.Table.Caption += "caption"
		group.Drawn = rapid.Bool().Draw(t, "drawn")
		group.Figures = []view.Figure{f}
		assert.Contains(t, written(t, group), specified(t, "figure", drawnOn(t, group.Page, f)))
	}))
	t.Run("frame", rapid.MakeCheck(func(t *rapid.T) {
		agency, ok := e.Agency("so-a")
		assert.True(t, ok)
		text := func(name string) string { return hostileText().Draw(t, name) }
		p := &agency.Page
		p.Root, p.Lang, p.Site, p.Title, p.Heading, p.HeadingLang = text("root"), text("lang"), text("site"), text("title"), text("heading"), text("in")
		p.Description, p.Draft, p.Status, p.Canonical, p.Theme = text("description"), text("draft"), text("status"), text("canonical"), text("theme")
		p.Corrections = view.Link{Text: text("corrections"), Href: text("corrected")}
		p.NoIndex = rapid.Bool().Draw(t, "no index")
		several := func(name string) []view.Link { return rapid.SliceOfN(links(), 0, 2).Draw(t, name) }
		p.Crumbs, p.Nav, p.More, p.Languages = several("crumbs"), several("nav"), several("more"), several("languages")
		p.Footer = rapid.SliceOfN(facts(), 0, 2).Draw(t, "footer")
		p.Publisher, p.PublisherLang = text("publisher"), text("publisher's")
		size := rapid.IntRange(0, 900)
		p.Logo = view.Picture{Src: text("logo"), Width: size.Draw(t, "width"), Height: size.Draw(t, "height"), Alt: text("alt"), Lang: text("alt's")}
		p.Drawn = rapid.Bool().Draw(t, "drawn")
		assert.Equal(t, specifiedPage(t, agency), written(t, agency))
	}))
	t.Run("entries", rapid.MakeCheck(func(t *rapid.T) {
		home := e.Home()
		text := func(name string) string { return hostileText().Draw(t, name) }
		home.Directory[0].Entries = []view.Entry{{
			Link: links().Draw(t, "link"), Parent: text("parent"), ParentLang: text("its"), Find: text("find"), Words: text("words"),
		}}
		assert.Contains(t, written(t, home), specified(t, "entries", home.Directory[0].Entries))
	}))
	t.Run("sides", rapid.MakeCheck(func(t *rapid.T) {
		page := e.Compare(ranking.Groups[0])
		table := tables().Draw(t, "rows")
		for i := range table.Rows {
			table.Rows[i].Cells[0].Head = true
		}
		page.Tables = []view.Comparison{{
			Caption: table.Caption, Points: rapid.Bool().Draw(t, "points"), Measure: hostileText().Draw(t, "measure"),
			Heads: rapid.SliceOfN(links(), len(table.Columns)-1, -1).Draw(t, "heads"), Rows: table.Rows,
		}}
		assert.Contains(t, written(t, page), specified(t, "sides", page.Tables[0]))
	}))
	t.Run("chapters", func(t *testing.T) {
		page := site(t, submission.Final)["vi/2025/print.html"]
		for _, c := range e.Chapters() {
			kind := strings.Split(strings.TrimSuffix(strings.TrimPrefix(c.Path, "vi/2025/"), ".html"), "/")[0]
			assert.Contains(t, page, specified(t, "chapter", struct {
				view.Chapter
				Name string
			}{c, kind}))
		}
	})
}
