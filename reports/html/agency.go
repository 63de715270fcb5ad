package html

import "github.com/opendti/dti/reports/view"

// What stands on an agency's page, without a template: see markup.

// agencyPage writes an agency's result: first the card, then the reason of every point.
func (m *markup) agencyPage(p *view.AgencyPage, d document) {
	m.kicker(p)
	m.element("p", "lede", p.Finding)
	m.raw("\n")
	m.revised(p)
	m.numbers(p.Facts)
	m.raw("\n")
	m.element("h2", "hidden", p.Say("figures-heading"))
	m.raw("\n")
	m.columns(p, d)
	m.levels(p)
	m.moved(p)
	m.apart(d, "profile", p.Say("to-median"))
	m.lineage(p)
	m.account(p)
	m.views(p)
	m.ledger(p)
}

// kicker writes where the agency belongs, and where it is held against others.
func (m *markup) kicker(p *view.AgencyPage) {
	m.raw(`<p class="kicker">`)
	m.link(p.Group)
	for _, beside := range []view.Link{p.Parent, p.Compare} {
		if beside.Href != "" {
			m.raw(` <span class="beside">`)
			m.link(beside)
			m.raw("</span>")
		}
	}
	m.raw("</p>\n")
}

// revised writes that an earlier revision had another result.
func (m *markup) revised(p *view.AgencyPage) {
	if p.RevisedSay != "" {
		m.raw(`<p class="hint revised">`)
		m.text(p.RevisedSay)
		if p.Corrections.Href != "" {
			m.raw(" ")
			m.name(p.Corrections.Text, p.Corrections.Href, "")
		}
		m.raw("</p>")
	}
	m.raw("\n")
}

// columns writes what a wide screen shows side by side: the pillars, what was lost, what stands out, and the trend.
func (m *markup) columns(p *view.AgencyPage, d document) {
	m.raw(`<div class="columns">` + "\n" + `<div class="pillars">`)
	if f, ok := d.figure("pillars"); ok {
		m.figure(f)
	}
	m.raw("</div>\n")
	m.picks(p, "losses", "losses", p.Losses, p.LossesSay)
	m.picks(p, "losses strengths", "strengths", p.Strengths, p.StrengthsSay)
	m.apart(d, "trend", p.Say("trend-heading"))
	m.raw("</div>\n")
}

// apart writes a figure in a place of its own, under a heading for those who listen; nothing where the page has none.
func (m *markup) apart(d document, id, heading string) {
	f, ok := d.figure(id)
	if !ok {
		return
	}
	m.raw("<div")
	m.quoted("class", id)
	m.raw(">")
	m.element("h2", "hidden", heading)
	m.figure(f)
	m.raw("</div>\n")
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

// picks writes indicators in a list, each with what is said of it, or that there are none.
func (m *markup) picks(p *view.AgencyPage, class, id string, all []view.Pick, none string) {
	if len(all) > 0 || none != "" {
		m.section(class, id, p.Say(id+"-heading"))
		if none != "" {
			m.element("p", "", none)
		}
		if len(all) > 0 {
			m.raw("<ol>")
			m.picked(all, p.Say("advice")+": ")
			m.raw("</ol>")
		}
		m.raw("</section>")
	}
	m.raw("\n")
}

func (m *markup) picked(all []view.Pick, advice string) {
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
}

// levels writes the indicators of which one more level would add something; nothing where none would.
func (m *markup) levels(p *view.AgencyPage) {
	if len(p.Levels) == 0 {
		return
	}
	m.section("levels-said", "levels", p.Say("levels-heading"))
	m.element("p", "hint", p.Say("levels-say"))
	m.raw("\n" + `<table class="levels">` + "\n")
	m.element("caption", "hidden", p.Say("levels-caption"))
	m.raw("\n<thead><tr>")
	points, gain, peers := p.Say("level-column-points"), p.Say("level-column-gain"), p.Say("level-column-peers")
	m.column("", "", p.Say("level-column-indicator"))
	m.column("", "", p.Say("level-column-takes"))
	m.column("num", "", points)
	m.column("num", "", gain)
	m.column("", "", peers)
	m.raw("</tr></thead>\n<tbody>\n")
	for _, l := range p.Levels {
		m.level(l, points, gain, peers)
	}
	m.raw("</tbody></table></section>\n")
}

// level writes the row of an indicator, with the names of its last columns.
func (m *markup) level(l view.LevelLine, points, gain, peers string) {
	cell := func(class, label string) {
		m.raw(`</td><td class="` + class + `"`)
		m.quoted("data-label", label)
		m.raw(">")
	}
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

// peers writes those who have a level, and how many more there are.
func (m *markup) peers(l view.LevelLine) {
	m.raw(`<span class="clip">`)
	for i, peer := range l.Peers {
		if i > 0 {
			m.raw("; ")
		}
		m.link(peer)
	}
	if l.More != "" && len(l.Peers) > 0 {
		m.raw(" ")
	}
	m.text(l.More)
	m.raw("</span>")
}

// moved writes why the rank moved, in a sentence and as a table; nothing where that is not known.
func (m *markup) moved(p *view.AgencyPage) {
	if p.Moved == "" {
		return
	}
	m.section("moved", "moved", p.Say("moved-heading"))
	m.element("p", "", p.Moved)
	m.raw("\n")
	if len(p.Moves.Rows) > 0 {
		m.table(p.Moves)
		m.raw("\n")
		m.element("p", "hint", p.Say("moved-order"))
	}
	m.raw("</section>\n")
}

// lineage writes what became of the agency's predecessors; nothing where it goes on.
func (m *markup) lineage(p *view.AgencyPage) {
	if len(p.Lineage) == 0 {
		return
	}
	m.section("lineage", "lineage", p.Say("lineage-heading"))
	for _, said := range p.Lineage {
		m.element("p", "", said)
	}
	m.raw("</section>\n")
}

// account writes the indicators of an agency, and what else its total is made of.
func (m *markup) account(p *view.AgencyPage) {
	if len(p.Sections) > 0 {
		m.section("account "+p.Lines, "indicators", p.Say("sections-heading"))
		if p.Hidden != "" {
			m.element("p", "hint", p.Hidden)
		}
		m.raw("\n" + `<div class="sections">` + "\n")
		m.sections(p)
		m.raw("</div>\n" + `<p class="paper">`)
		if p.Rest != "" {
			m.text(p.Rest)
			m.raw(" ")
		}
		m.text(p.Full)
		m.raw("</p></section>\n")
	}
	m.raw("\n")
}

// sections writes the indicators of an agency, a table for each pillar.
func (m *markup) sections(p *view.AgencyPage) {
	w := wordsOf(p)
	for _, s := range p.Sections {
		m.raw(`<table class="indicators">` + "\n<caption")
		m.attr("lang", s.Lang)
		m.raw(`><span class="pillar">`)
		m.text(s.Heading)
		m.raw("</span>")
		m.span(" ", "num", s.Score)
		m.raw("</caption>\n<thead><tr>")
		m.column("", "", w.indicator)
		m.column("num", "", w.points)
		m.column("", "", w.answers)
		m.column("", "", w.reason)
		m.raw("</tr></thead>\n<tbody>\n")
		for _, r := range s.Rows {
			m.indicator(r, w)
		}
		m.raw("</tbody></table>\n")
	}
}

// accountWords are what an account says of every pillar and indicator.
type accountWords struct{ indicator, points, answers, reason, none, advice string }

func wordsOf(p *view.AgencyPage) accountWords {
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

// views writes what the agency would have by other weights; nothing where its group has no such views.
func (m *markup) views(p *view.AgencyPage) {
	if len(p.Views.Rows) == 0 {
		return
	}
	m.section("views", "views", p.Say("views-heading"))
	m.element("p", "hint", p.Say("views-say"))
	m.raw("\n")
	m.table(p.Views)
	m.raw("</section>\n")
}

// ledger writes the lines that the total is the sum of.
func (m *markup) ledger(p *view.AgencyPage) {
	if len(p.Ledger.Rows) > 0 {
		m.raw(`<details class="ledger">`)
		m.element("summary", "", p.Say("ledger-heading"))
		m.raw("\n")
		m.table(p.Ledger)
		m.raw("</details>")
	}
	m.raw("\n")
}
