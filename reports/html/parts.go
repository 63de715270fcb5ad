package html

import (
	"html/template"

	"github.com/opendti/dti/reports/view"
)

// What stands on every page, without a template: see markup.

// link is a text, as a link where it has an address.
func link(l view.Link) template.HTML {
	m := &markup{}
	m.name(l.Text, l.Href, l.Lang)
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
	return m.html()
}

// pick writes an indicator with its number, which leads to its row on the page.
func (m *markup) pick(p view.Pick) {
	m.raw(`<a class="no" href="#`)
	m.fragment(p.Row)
	m.raw(`">`)
	m.text(p.No)
	m.raw("</a> ")
	m.name(p.Name, p.Href, p.Lang)
}

// picks are indicators in a list, each with what is said of it.
func picks(p *view.Page, all []view.Pick) template.HTML {
	m := sized(len(all))
	advice := p.Say("advice") + ": "
	for _, one := range all {
		m.raw("<li>")
		m.pick(one)
		m.raw(`: <span class="said">`)
		m.text(one.Words)
		m.raw("</span>")
		if one.Advice != "" {
			m.span(" ", "advice", advice+one.Advice)
		}
		m.raw("</li>\n")
	}
	return m.html()
}

// levelRows are the indicators of which one more level would add something.
func levelRows(p *view.Page, all []view.LevelLine) template.HTML {
	m := sized(2 * len(all))
	points, gain, peers := p.Say("level-column-points"), p.Say("level-column-gain"), p.Say("level-column-peers")
	cell := func(class, label string) {
		m.raw(`</td><td class="` + class + `"`)
		m.attr("data-label", label)
		m.raw(">")
	}
	for _, l := range all {
		m.raw(`<tr><th scope="row">`)
		m.pick(l.Pick)
		m.raw(`</th><td><span class="clip">`)
		m.text(l.Takes)
		m.raw("</span>")
		cell("num points", points)
		m.text(l.Points)
		cell("num gain", gain)
		m.text(l.Gain)
		cell("peers", peers)
		m.peers(l)
		m.raw("</td></tr>\n")
	}
	return m.html()
}

// peers writes those who have a level, and how many more there are.
func (m *markup) peers(l view.LevelLine) {
	m.raw(`<span class="clip">`)
	for i, peer := range l.Peers {
		if i > 0 {
			m.raw("; ")
		}
		m.name(peer.Text, peer.Href, peer.Lang)
	}
	if l.More != "" && len(l.Peers) > 0 {
		m.raw(" ")
	}
	m.text(l.More)
	m.raw("</span>")
}
