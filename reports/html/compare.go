package html

import (
	"html/template"

	"github.com/opendti/dti/reports/view"
)

// What stands on the page that compares agencies, without a template: see markup.

// sides is a table with an agency per column.
func sides(t view.Comparison) template.HTML {
	m := sized(2 * len(t.Rows))
	m.scroll(t.Caption)
	m.raw("\n" + `<table class="sides`)
	if t.Points {
		m.raw(" points")
	}
	m.raw(`">`)
	m.element("caption", "", t.Caption)
	m.raw("\n<thead><tr>")
	m.column("", "", t.Measure)
	for _, agency := range t.Heads {
		m.raw(`<th scope="col">`)
		m.link(agency)
		m.raw("</th>")
	}
	m.raw("</tr></thead>\n<tbody>\n")
	for _, r := range t.Rows {
		m.raw("<tr")
		m.quoted("data-row", r.ID)
		m.raw(">")
		for i, c := range r.Cells {
			m.side(t, i, c)
		}
		m.raw("</tr>\n")
	}
	m.raw("</tbody></table></div>\n")
	return m.html()
}

// side writes what is compared, which heads its row, or what it is of an agency.
func (m *markup) side(t view.Comparison, column int, c view.Cell) {
	if c.Head {
		m.raw(`<th scope="row"`)
		m.attr("lang", c.Lang)
		m.raw(">")
		m.text(c.Text)
		m.raw("</th>")
		return
	}
	m.raw("<td")
	m.quoted("data-label", t.Label(column))
	m.raw(">")
	m.marked(c)
	m.text(c.Text)
	m.span(" ", "note", c.Note)
	m.bar(c.Bar)
	m.raw("</td>")
}
