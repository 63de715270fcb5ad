package html

import (
	"html/template"

	"github.com/opendti/dti/reports/view"
)

// What stands on an agency's page, without a template: see markup.

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

// levels are the indicators of which one more level would add something.
func levels(p *view.Page, all []view.LevelLine) template.HTML {
	m := sized(2 * len(all))
	points, gain, peers := p.Say("level-column-points"), p.Say("level-column-gain"), p.Say("level-column-peers")
	m.raw(`<table class="levels">` + "\n" + `<caption class="hidden">`)
	m.text(p.Say("levels-caption"))
	m.raw("</caption>\n<thead><tr>")
	m.column("", p.Say("level-column-indicator"))
	m.column("", p.Say("level-column-takes"))
	m.column("num", points)
	m.column("num", gain)
	m.column("", peers)
	m.raw("</tr></thead>\n<tbody>\n")
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
	m.raw("</tbody></table>")
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

// account are the indicators of an agency, a table for each pillar.
func account(p *view.Page, all []view.Section) template.HTML {
	n := 0
	for _, s := range all {
		n += len(s.Rows)
	}
	m, w := sized(2*(n+len(all))), wordsOf(p)
	for _, s := range all {
		m.raw(`<table class="indicators">` + "\n<caption")
		m.attr("lang", s.Lang)
		m.raw(`><span class="pillar">`)
		m.text(s.Heading)
		m.raw("</span>")
		m.span(" ", "num", s.Score)
		m.raw("</caption>\n<thead><tr>")
		m.column("", w.indicator)
		m.column("num", w.points)
		m.column("", w.answers)
		m.column("", w.reason)
		m.raw("</tr></thead>\n<tbody>\n")
		for _, r := range s.Rows {
			m.indicator(r, w)
		}
		m.raw("</tbody></table>\n")
	}
	return m.html()
}

// column writes the head of a column.
func (m *markup) column(class, name string) {
	m.raw(`<th scope="col"`)
	m.attr("class", class)
	m.raw(">")
	m.text(name)
	m.raw("</th>")
}

// accountWords are what an account says of every pillar and indicator.
type accountWords struct{ indicator, points, answers, reason, none, advice string }

func wordsOf(p *view.Page) accountWords {
	return accountWords{
		indicator: p.Say("column-indicator"), points: p.Say("column-points"), answers: p.Say("column-answers"), reason: p.Say("column-reason"),
		none: p.Say("no-figure"), advice: p.Say("advice") + ": ",
	}
}

// indicator writes the row of an indicator.
func (m *markup) indicator(r view.IndicatorRow, w accountWords) {
	m.raw(`<tr id="`)
	m.text(r.ID)
	m.raw(`"><th scope="row"><span class="no">`)
	m.text(r.No)
	m.raw("</span> ")
	m.name(r.Name, r.Href, r.Lang)
	m.span(" ", "note", r.Rule)
	m.raw("</th>\n<td class=\"num\">")
	m.text(r.Points)
	m.bar(r.Bar)
	m.raw("</td>\n<td>")
	m.answers(r, w.none)
	m.raw(`</td>` + "\n" + `<td><span class="state`)
	if !r.Settled {
		m.raw(" open")
	}
	m.raw(`">`)
	m.text(r.Status)
	m.raw("</span>")
	for _, reason := range r.Reasons {
		m.raw(`<span class="reason">`)
		m.text(reason)
		m.raw("</span>")
	}
	if r.Advice != "" {
		m.span("", "advice", w.advice+r.Advice)
	}
	m.raw("</td></tr>\n")
}

// answers writes what was answered, or why it is not there.
func (m *markup) answers(r view.IndicatorRow, none string) {
	switch {
	case r.Hidden != "":
		m.text(r.Hidden)
	case len(r.Answers) == 0:
		m.text(none)
	default:
		m.raw(`<ul class="answers">`)
		for _, a := range r.Answers {
			m.raw("<li>")
			if a.Term != "" {
				m.raw(`<span class="note">`)
				m.text(a.Term)
				m.raw(":</span> ")
			}
			m.text(a.Words)
			m.raw("</li>")
		}
		m.raw("</ul>")
	}
}
