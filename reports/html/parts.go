package html

import (
	"html/template"

	"github.com/opendti/dti/reports/view"
)

// What stands on every page, without a template: see markup.

// link is a text, as a link where it has an address.
func link(l view.Link) template.HTML {
	m := &markup{}
	m.link(l)
	return m.html()
}

// items are links in a list, the page that they stand on marked.
func (m *markup) items(all []view.Link) {
	for _, l := range all {
		m.raw("<li><a")
		m.href(l.Href)
		m.attr("lang", l.Lang)
		if l.Current {
			m.raw(` aria-current="page"`)
		}
		m.raw(">")
		m.text(l.Text)
		m.raw("</a></li>")
	}
}

// facts are terms with what is said of them.
func facts(all []view.Fact) template.HTML {
	m := sized(len(all))
	m.facts(all)
	return m.html()
}

func (m *markup) facts(all []view.Fact) {
	m.raw(`<dl class="facts">`)
	for _, f := range all {
		m.raw("<div><dt>")
		m.text(f.Term)
		m.raw("</dt><dd")
		m.attr("lang", f.Lang)
		m.raw(">")
		m.name(f.Words, f.Href, "")
		m.span(" ", "note", f.Note)
		m.raw("</dd></div>")
	}
	m.raw("</dl>")
}

// numbers are the large numbers of a page.
func numbers(all []view.Fact) template.HTML {
	m := sized(len(all))
	m.numbers(all)
	return m.html()
}

func (m *markup) numbers(all []view.Fact) {
	m.raw(`<dl class="numbers">`)
	for _, f := range all {
		m.raw("<div")
		m.attr("class", f.Tone)
		m.raw("><dt>")
		m.text(f.Term)
		m.raw(`</dt><dd class="figure-number">`)
		m.text(f.Words)
		m.raw("</dd>")
		if f.Note != "" {
			m.raw(`<dd class="note">`)
			m.name(f.Note, f.Href, "")
			m.raw("</dd>")
		}
		m.raw("</div>")
	}
	m.raw("</dl>")
}

// entries are agencies in a list, with what the finder matches and what they reached.
func entries(all []view.Entry) template.HTML {
	m := sized(len(all))
	m.raw("<ul>")
	for _, e := range all {
		m.raw("<li")
		m.attr("data-find", e.Find)
		m.raw(">")
		m.link(e.Link)
		m.raw(` <span class="note">`)
		if e.Parent != "" {
			m.elementIn("span", "in", e.ParentLang, e.Parent)
			m.raw(", ")
		}
		m.text(e.Words)
		m.raw("</span></li>\n")
	}
	m.raw("</ul>")
	return m.html()
}
