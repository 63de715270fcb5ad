package html

import "github.com/opendti/dti/reports/view"

// What stands on an indicator's page, without a template: see markup.

// indicatorPage writes an indicator over all agencies: what is asked, and group by group who reached what.
func (m *markup) indicatorPage(p *view.IndicatorPage, d document) {
	m.element("p", "lede", p.Finding)
	m.raw("\n")
	m.section("", "about", p.Say("indicator-about"))
	m.facts(p.Facts)
	m.raw("</section>\n")
	for _, g := range p.Groups {
		m.field(p, g, d)
	}
	if p.Order != "" {
		m.element("p", "hint", p.Order)
		m.raw("\n")
	}
	m.neighbours(p)
}

// field writes what the agencies of a group reached: drawn or in a sentence, and each of them or their bodies in a table.
func (m *markup) field(p *view.IndicatorPage, g view.IndicatorGroup, d document) {
	m.part("field", "g-"+g.ID, g.Name)
	if g.Drawn {
		m.figure(d.Figures[g.Index])
	} else {
		m.element("p", "", g.Says)
		m.raw("\n")
	}
	if g.Range != "" {
		m.element("p", "", g.Range)
		m.raw("\n")
	}
	if len(g.Rows) > 0 {
		m.marks(p, g)
	}
	if len(g.Parents.Rows) > 0 {
		m.table(g.Parents)
		m.raw("\n")
	}
	m.raw("</section>\n")
}

// marks writes the agencies of a group.
func (m *markup) marks(p *view.IndicatorPage, g view.IndicatorGroup) {
	class := "marks"
	if g.Head.Judged != "" {
		class = "marks judged"
	}
	m.scroll(g.Caption)
	m.raw("<table")
	m.quoted("class", class)
	m.raw(" data-sortable>")
	m.element("caption", "", g.Caption)
	m.raw("\n<thead><tr>")
	m.column("", "text", g.Head.Agency)
	m.column("", "num", g.Head.Points)
	if g.Head.Judged != "" {
		m.column("", "", g.Head.Judged)
	}
	m.column("", "num", g.Head.Rank)
	m.raw("</tr></thead>\n<tbody>\n")
	for _, r := range g.Rows {
		m.mark(r)
	}
	m.raw("</tbody></table></div>\n" + `<p class="live" aria-live="polite"`)
	m.quoted("data-ascending", p.Say("sorted-up"))
	m.quoted("data-descending", p.Say("sorted-down"))
	m.quoted("data-official", p.Say("indicator-unsorted"))
	m.raw("></p>\n")
}

// mark writes the row of an agency.
func (m *markup) mark(r view.IndicatorMark) {
	m.raw(`<tr><th scope="row"><a href="../agency/`)
	m.address(r.File)
	m.raw(`.html"`)
	m.attr("lang", r.Lang)
	m.raw(">")
	m.text(r.Name)
	m.raw("</a></th><td")
	m.attr("data-value", r.Sort)
	m.raw(">")
	m.text(r.Points)
	if r.Bar != "" {
		m.raw(`<svg aria-hidden="true"><rect`)
		m.attr("width", r.Bar)
		m.raw("/></svg>")
	}
	m.raw("</td>")
	if r.Judged != "" {
		m.raw("<td>")
		m.text(r.Judged)
		m.raw("</td>")
	}
	m.raw("<td")
	m.attr("data-value", r.RankSort)
	m.raw(">")
	m.text(r.Rank)
	m.raw("</td></tr>\n")
}

// neighbours writes the indicators before and after this one, where there are some.
func (m *markup) neighbours(p *view.IndicatorPage) {
	if p.Previous == nil && p.Next == nil {
		return
	}
	m.raw(`<nav class="neighbours"`)
	m.quoted("aria-label", p.Say("indicator-neighbours"))
	m.raw("><ul>")
	m.neighbour(p.Say("indicator-previous"), p.Previous)
	m.neighbour(p.Say("indicator-next"), p.Next)
	m.raw("</ul></nav>\n")
}

func (m *markup) neighbour(says string, l *view.Link) {
	if l != nil {
		m.raw("<li>")
		m.text(says)
		m.raw(" ")
		m.link(*l)
		m.raw("</li>")
	}
}
