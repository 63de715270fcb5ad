package html

import (
	"html/template"
	"strings"

	"github.com/opendti/dti/reports/chart"
	"github.com/opendti/dti/reports/view"
)

// A markup is HTML written without a template. It is for what a site has by the hundred or the hundred thousand: pages of
// agencies and indicators, frames, figures and the rows of tables, which are most of the work where templates write them.
// Everything given to it as a text, an attribute or an address is escaped here, to the byte as html/template escapes it.
type markup struct {
	b   strings.Builder
	pen chart.Pen // for all figures of a page
}

// perRow is the room that a row of most tables needs, in bytes; more makes it grow.
const perRow = 384

// sized is a markup with room for so many rows.
func sized(rows int) *markup {
	const around = 1024 // bytes
	m := &markup{}
	m.b.Grow(perRow*rows + around)
	return m
}

// html is what was written.
func (m *markup) html() template.HTML {
	return template.HTML(m.b.String()) // #nosec G203 -- text, attr and href escape everything that is not the program's own
}

// raw writes what the program itself says.
func (m *markup) raw(s string) { m.b.WriteString(s) }

// text writes a text, escaped for an element and for a quoted attribute alike.
func (m *markup) text(s string) {
	from := 0
	for i := range len(s) {
		e := escapes[s[i]]
		if e == "" {
			continue
		}
		m.raw(s[from:i])
		m.raw(e)
		from = i + 1
	}
	m.raw(s[from:])
}

// escapes are how characters are written that mean something to HTML, "" for all others; "+" means something to old
// browsers that guess at UTF-7.
var escapes = [256]string{
	0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;",
}

// attr writes an attribute that has a value; none where there is none.
func (m *markup) attr(name, value string) {
	if value != "" {
		m.quoted(name, value)
	}
}

// quoted writes an attribute, whatever its value.
func (m *markup) quoted(name, value string) {
	m.raw(" ")
	m.raw(name)
	m.raw(`="`)
	m.text(value)
	m.raw(`"`)
}

// refused stands in place of an address that is none of a page, as html/template writes it.
const refused = "#ZgotmplZ"

// href writes where a link leads.
func (m *markup) href(address string) { m.place("href", address, "") }

// place writes an attribute that is an address: within the site, of the web, or of a mailbox. The program's own way on
// from there follows it.
func (m *markup) place(name, address, on string) {
	if scheme, _, ok := strings.Cut(address, ":"); ok && !strings.Contains(scheme, "/") && !web(scheme) {
		address = refused
	}
	m.raw(" ")
	m.raw(name)
	m.raw(`="`)
	m.address(address)
	m.raw(on)
	m.raw(`"`)
}

func web(scheme string) bool {
	return strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "mailto")
}

// address writes the letters of an address. Those that no address has are written by their numbers.
func (m *markup) address(s string) {
	from := 0
	for i := range len(s) {
		c := s[i]
		if ofAddress(c) || c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			continue
		}
		m.raw(s[from:i])
		switch c {
		case '&', '+':
			m.raw(escapes[c])
		default:
			m.coded(c)
		}
		from = i + 1
	}
	m.raw(s[from:])
}

// coded writes a byte by its number.
func (m *markup) coded(c byte) {
	const hex = "0123456789abcdef"
	m.b.WriteByte('%')
	m.b.WriteByte(hex[c>>4])
	m.b.WriteByte(hex[c&15])
}

// fragment writes the name of a place on a page, behind the "#" of an address.
func (m *markup) fragment(s string) {
	for i := range len(s) {
		if c := s[i]; alphanumeric(c) || strings.IndexByte("-._~", c) >= 0 {
			m.b.WriteByte(c)
		} else {
			m.coded(c)
		}
	}
}

func alphanumeric(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

func ofAddress(c byte) bool {
	switch c {
	case '/', '.', '-', '_', '~', '!', '#', '$', '*', ',', ':', ';', '=', '?', '@', '[', ']':
		return true
	}
	return alphanumeric(c)
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// element writes a text in an element, which need not have a class.
func (m *markup) element(name, class, text string) { m.elementIn(name, class, "", text) }

// elementIn is element for a text that need not be in the language of the page.
func (m *markup) elementIn(name, class, lang, text string) {
	m.raw("<")
	m.raw(name)
	m.attr("class", class)
	m.attr("lang", lang)
	m.raw(">")
	m.text(text)
	m.raw("</")
	m.raw(name)
	m.raw(">")
}

// section begins a part of a page under its heading.
func (m *markup) section(class, id, heading string) { m.part(class, id, view.Link{Text: heading}) }

// part begins a part of a page under a heading that may lead elsewhere.
func (m *markup) part(class, id string, heading view.Link) {
	m.raw("<section")
	m.attr("class", class)
	m.quoted("aria-labelledby", id)
	m.raw("><h2")
	m.quoted("id", id)
	m.raw(">")
	m.link(heading)
	m.raw("</h2>\n")
}

// link writes a text, as a link where it has an address.
func (m *markup) link(l view.Link) { m.name(l.Text, l.Href, l.Lang) }

// name writes a text with the language that it is in, as a link where it has an address.
func (m *markup) name(text, address, lang string) {
	switch {
	case address != "":
		m.raw("<a")
		m.href(address)
		m.attr("lang", lang)
		m.raw(">")
		m.text(text)
		m.raw("</a>")
	case lang != "":
		m.raw("<span")
		m.attr("lang", lang)
		m.raw(">")
		m.text(text)
		m.raw("</span>")
	default:
		m.text(text)
	}
}

// span writes a text in a span of a class; nothing where there is no text.
func (m *markup) span(before, class, text string) {
	if text != "" {
		m.raw(before)
		m.raw(`<span class="`)
		m.raw(class)
		m.raw(`">`)
		m.text(text)
		m.raw("</span>")
	}
}

// bar writes a bar of a length such as "93.8%"; nothing where there is none.
func (m *markup) bar(length string) {
	if length != "" {
		m.raw(`<svg class="meter" aria-hidden="true"><rect width="`)
		m.text(length)
		m.raw(`"/></svg>`)
	}
}

// builders are what templates call for markup.
var builders = template.FuncMap{
	"link": link, "facts": facts, "numbers": numbers, "figure": placed, "rows": rows, "table": table,
	"entries": entries, "sides": sides,
}

// table is a table within what scrolls where the page is too narrow for it.
func table(t view.Table) template.HTML {
	m := sized(len(t.Rows))
	m.table(t)
	return m.html()
}

func (m *markup) table(t view.Table) {
	m.scroll(t.Caption)
	m.raw("<table>")
	m.rows(t)
	m.raw("</table></div>")
}

// scroll begins what scrolls, by its name.
func (m *markup) scroll(name string) {
	m.raw(`<div class="scroll" role="region" tabindex="0"`)
	m.quoted("aria-label", name)
	m.raw(">")
}

// rows is a table without its element: caption, one header row, rows.
func rows(t view.Table) template.HTML {
	m := sized(len(t.Rows))
	m.rows(t)
	return m.html()
}

func (m *markup) rows(t view.Table) {
	m.head(t, view.Column.Class)
	for _, r := range t.Rows {
		m.raw("<tr")
		m.attr("id", r.ID)
		if r.Highlight {
			m.raw(` class="strong"`)
		}
		m.raw(">")
		for i, c := range r.Cells {
			m.cell(t.Columns[i], c, c.Class(t.Columns[i]), t.Columns[i].Narrow(), c.Bar)
		}
		m.raw("</tr>\n")
	}
	m.raw("</tbody>")
}

// numberRows writes a table of which all but the names are numbers: as rows, with no class nor label on each cell.
func (m *markup) numberRows(t view.Table) {
	m.head(t, func(c view.Column) string {
		if c.Num {
			return "num"
		}
		return ""
	})
	for _, r := range t.Rows {
		m.raw("<tr>")
		for i, c := range r.Cells {
			m.cell(t.Columns[i], c, "", "", "")
		}
		m.raw("</tr>\n")
	}
	m.raw("</tbody>")
}

// head writes a table's caption and header row, and begins its rows.
func (m *markup) head(t view.Table, class func(view.Column) string) {
	m.raw("<caption>")
	m.text(t.Caption)
	m.raw("</caption>\n<thead><tr>")
	for _, c := range t.Columns {
		m.column(class(c), c.Sort, c.Name)
	}
	m.raw("</tr></thead>\n<tbody>\n")
}

// column writes the head of a column, as a button where the rows sort by it.
func (m *markup) column(class, sort, name string) {
	m.raw(`<th scope="col"`)
	m.attr("class", class)
	m.raw(">")
	if sort == "" {
		m.text(name)
	} else {
		m.raw(`<button type="button"`)
		m.quoted("data-sort", sort)
		m.raw(">")
		m.text(name)
		m.raw("</button>")
	}
	m.raw("</th>")
}

func (m *markup) cell(col view.Column, c view.Cell, class, label, bar string) {
	begin, end := "<td", "</td>"
	if c.Head {
		begin, end = `<th scope="row"`, "</th>"
	}
	m.raw(begin)
	m.attr("class", class)
	m.attr("data-value", c.Value(col))
	m.attr("data-label", label)
	m.raw(">")
	m.marked(c)
	m.name(c.Text, c.Link, c.Lang)
	m.span(" ", "note", c.Note)
	m.bar(bar)
	m.raw(end)
}

// marked writes the mark of a cell, such as "▲2"; nothing where it has none.
func (m *markup) marked(c view.Cell) {
	if c.Mark != "" {
		m.raw(`<span class="mark `)
		m.text(c.Tone)
		m.raw(`" aria-hidden="true">`)
		m.text(c.Mark)
		m.raw("</span> ")
	}
}
