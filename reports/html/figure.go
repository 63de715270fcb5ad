package html

import (
	"cmp"
	"fmt"
	"html/template"

	"github.com/opendti/dti/reports/chart"
	"github.com/opendti/dti/reports/view"
)

// A figure is a view figure with what the chart library draws it from.
type figure struct {
	view.Figure
	Option  template.JS // "" where the chart library is not there
	TableOf string
	Save    string // what the button says that saves the drawing as a file
}

// figureOn is a figure of a page.
func figureOn(frame *view.Page, f view.Figure) (figure, error) {
	f.Table.Caption = cmp.Or(f.Table.Caption, f.Subtitle)
	own := figure{Figure: f, TableOf: frame.Say("table-of"), Save: frame.Say("save-svg")}
	if !frame.Drawn {
		return own, nil
	}
	var err error
	if own.Option, err = chart.Option(f.Chart); err != nil {
		return figure{}, fmt.Errorf("figure %s: %w", f.ID, err)
	}
	return own, nil
}

// SVG is the drawing, for templates that place it themselves.
func (f figure) SVG() template.HTML { return chart.Static(f.Chart, f.Headline, f.Narration) }

// roomOfDrawing is the room that most drawings need, in bytes; more makes it grow.
const roomOfDrawing = 5 << 10

// placed is a figure as it stands on its page.
func placed(f figure) template.HTML {
	m := sized(len(f.Table.Rows) + (roomOfDrawing+len(f.Option))/perRow)
	m.figure(f)
	return m.html()
}

// figure writes the finding, the drawing, what the library draws it from, and the numbers.
func (m *markup) figure(f figure) {
	m.raw(`<figure class="figure"`)
	m.quoted("id", f.ID)
	m.quoted("data-save", f.Save)
	m.raw(">\n<figcaption><h3")
	m.quoted("id", f.ID+"-t")
	m.raw(">")
	m.text(f.Headline)
	m.raw("</h3><p>")
	m.text(f.Subtitle)
	m.raw("</p></figcaption>\n" + `<div class="static">`)
	m.b.Write(m.pen.Draw(f.Chart, f.Headline, f.Narration))
	m.raw("</div>")
	m.live(f)
	m.raw("\n")
	m.numbersOf(f)
	m.raw("\n" + `<p class="source">`)
	m.text(f.Source)
	m.raw("</p>\n</figure>\n")
}

// live writes the place of the chart that the library draws, and its option object; nothing where it is not there.
func (m *markup) live(f figure) {
	if f.Option == "" {
		return
	}
	m.raw(`<div class="chart"`)
	m.quoted("data-chart", f.ID)
	m.raw(" hidden></div>\n" + `<script type="application/json"`)
	m.quoted("id", f.ID+"-o")
	m.raw(">")
	m.raw(string(f.Option))
	m.raw("</script>")
}

// numbersOf writes the table of a figure, or where the page has its numbers.
func (m *markup) numbersOf(f figure) {
	if f.See.Href != "" {
		m.raw(`<p class="csv">`)
		m.name(f.See.Text, f.See.Href, "")
		if f.CSV != "" {
			m.raw(" · ")
			m.name(f.CSVLink, f.CSV, "")
		}
		m.raw("</p>")
		return
	}
	m.raw("<details><summary>")
	m.text(f.TableOf)
	m.raw("</summary>\n" + `<div class="scroll" role="region" tabindex="0"`)
	m.quoted("aria-labelledby", f.ID+"-t")
	m.raw("><table data-sortable>")
	m.numberRows(f.Table)
	m.raw("</table></div>\n")
	if f.Note != "" {
		m.raw(`<p class="hint">`)
		m.text(f.Note)
		m.raw("</p>\n")
	}
	if f.CSV != "" {
		m.raw(`<p class="csv">`)
		m.name(f.CSVLink, f.CSV, "")
		m.raw("</p>")
	}
	m.raw("</details>")
}
