package html

import (
	"strconv"

	"github.com/opendti/dti/reports/view"
)

// What surrounds the own content of every page, without a template: see markup.

// policy is that of all pages: nothing is run or fetched but the files beside them.
const policy = `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'`

// top writes the document down to the heading of the page.
func (m *markup) top(d document) {
	p := d.Page
	m.raw("<!DOCTYPE html>\n<html")
	m.quoted("lang", p.Lang)
	m.raw(">\n<head>\n")
	m.described(p)
	m.assets(p, d.Drawn)
	m.raw("</head>\n<body")
	m.quoted("class", "page-"+d.Name)
	m.raw(">\n" + `<a class="skip" href="#main">`)
	m.text(p.Say("skip"))
	m.raw("</a>\n" + `<header class="top">` + "\n")
	m.stamps(p)
	m.raw(`<div class="bar">` + "\n")
	m.brand(p)
	m.languages(p)
	m.raw("</div>\n")
	m.list("pages", "ul", p.Say("nav-label"), p.Nav)
	m.raw("</header>\n" + `<main id="main" tabindex="-1">` + "\n")
	m.list("crumbs", "ol", p.Say("crumbs-label"), p.Crumbs)
	m.elementIn("h1", "", p.HeadingLang, p.Heading)
	m.raw("\n")
}

// described writes what others than readers are told: browsers, search engines, those who link to the page.
func (m *markup) described(p *view.Page) {
	meta := func(kind, name, content string) {
		m.raw("<meta")
		m.quoted(kind, name)
		m.quoted("content", content)
		m.raw(">\n")
	}
	m.raw(`<meta charset="utf-8">` + "\n" + `<meta http-equiv="Content-Security-Policy" content="` + policy + "\">\n")
	meta("name", "viewport", "width=device-width, initial-scale=1")
	meta("name", "color-scheme", "light dark")
	m.raw("<title>")
	m.text(p.Title)
	m.raw("</title>\n")
	if p.Description != "" {
		meta("name", "description", p.Description)
	}
	if p.NoIndex {
		meta("name", "robots", "noindex")
	}
	if p.Canonical == "" {
		return
	}
	m.raw(`<link rel="canonical"`)
	m.href(p.Canonical)
	m.raw(">\n")
	meta("property", "og:type", "website")
	meta("property", "og:url", p.Canonical)
	meta("property", "og:title", p.Title)
	if p.Description != "" {
		meta("property", "og:description", p.Description)
	}
	for _, l := range p.Languages {
		m.raw(`<link rel="alternate"`)
		m.quoted("hreflang", l.HrefLang)
		m.href(l.Absolute)
		m.raw(">\n")
	}
}

// assets names the files that draw the page.
func (m *markup) assets(p *view.Page, drawn bool) {
	m.raw(`<link rel="icon" href="data:,">` + "\n" + `<link rel="stylesheet"`)
	m.place("href", p.Root, "assets/site.css")
	m.raw(">\n")
	if p.Theme != "" {
		m.raw(`<link rel="stylesheet"`)
		m.href(p.Theme)
		m.raw(">\n")
	}
	scripts := []string{"assets/echarts.min.js", "assets/site.js"}
	if !drawn {
		scripts = scripts[1:]
	}
	for _, script := range scripts {
		m.raw("<script")
		m.place("src", p.Root, script)
		m.raw(" defer></script>\n")
	}
}

// stamps writes how far the results may be relied on.
func (m *markup) stamps(p *view.Page) {
	if p.Draft != "" {
		m.raw(`<p class="draft" role="note">`)
		m.text(p.Draft)
		m.raw("</p>\n")
	}
	if p.Status != "" {
		m.raw(`<p class="status" role="note">`)
		m.text(p.Status)
		if p.Corrections.Href != "" {
			m.raw(" – ")
			m.name(p.Corrections.Text, p.Corrections.Href, "")
		}
		m.raw("</p>\n")
	}
}

// brand writes who publishes what.
func (m *markup) brand(p *view.Page) {
	m.raw(`<div class="brand">`)
	if p.Logo.Src != "" {
		class := "logo"
		if p.Logo.Wide() {
			class = "logo wide"
		}
		m.raw("<img")
		m.quoted("class", class)
		m.place("src", p.Logo.Src, "")
		m.quoted("width", strconv.Itoa(p.Logo.Width))
		m.quoted("height", strconv.Itoa(p.Logo.Height))
		m.quoted("alt", p.Logo.Alt)
		m.attr("lang", p.Logo.Lang)
		m.raw(">\n")
	}
	m.raw("<div>")
	if p.Publisher != "" {
		m.elementIn("p", "publisher", p.PublisherLang, p.Publisher)
		m.raw("\n")
	}
	m.raw(`<p class="site">`)
	m.text(p.Site)
	m.raw("</p></div></div>\n")
}

// languages writes in which languages the page can be read.
func (m *markup) languages(p *view.Page) {
	if len(p.Languages) == 0 {
		return
	}
	m.raw(`<nav class="languages"`)
	m.quoted("aria-label", p.Say("languages-label"))
	m.raw("><ul>")
	for _, l := range p.Languages {
		begin, end := `<li><span aria-current="true"`, "</span></li>"
		if !l.Current {
			begin, end = "<li><a", "</a></li>"
		}
		m.raw(begin)
		if !l.Current {
			m.href(l.Href)
		}
		m.quoted("lang", l.Lang)
		if !l.Current && l.Absolute != "" {
			m.quoted("hreflang", l.HrefLang)
		}
		m.raw(">")
		m.text(l.Text)
		m.raw(end)
	}
	m.raw("</ul></nav>\n")
}

// list writes links that lead through the site, under a name of their own; nothing where there are none.
func (m *markup) list(class, kind, label string, all []view.Link) {
	if len(all) == 0 {
		return
	}
	m.raw("<nav")
	m.quoted("class", class)
	m.quoted("aria-label", label)
	m.raw("><" + kind + ">")
	m.items(all)
	m.raw("</" + kind + "></nav>\n")
}

// bottom writes what follows the page's own content.
func (m *markup) bottom(p *view.Page) {
	m.raw("\n</main>\n")
	if len(p.More)+len(p.Footer) > 0 {
		m.raw(`<footer class="foot"`)
		m.quoted("aria-label", p.Say("footer-heading"))
		m.raw(">\n")
		m.list("more-pages", "ul", p.Say("more-label"), p.More)
		if len(p.Footer) > 0 {
			m.facts(p.Footer)
			m.raw("\n")
		}
		m.raw("</footer>\n")
	}
	m.raw("</body>\n</html>\n")
}
