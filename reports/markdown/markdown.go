// Package markdown writes view pages as Markdown (CommonMark with tables). Every text from a view is escaped, so that no
// name from data is markup, a tag or a link. The package opens no file.
package markdown

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/opendti/dti/reports/view"
)

// MethodologyHead is how every methodology document begins, and no other file.
const MethodologyHead = "<!-- dti: methodology -->\n"

// WriteMethodology writes a criteria set as one Markdown file: what the annex of a decision says.
func WriteMethodology(w io.Writer, m view.Methodology) error {
	d := &document{}
	d.WriteString(MethodologyHead)
	d.block("# " + text(m.Annex) + ": " + text(m.Heading))
	if m.Issued != "" {
		d.block("*" + text(m.Issued) + "*")
	}
	for _, notice := range m.Notices {
		d.block("> **" + text(notice.Term) + ".** " + text(notice.Words))
	}
	d.facts(m.About)
	for _, section := range m.Sections {
		d.section(section)
	}
	if _, err := d.WriteTo(w); err != nil {
		return fmt.Errorf("write methodology: %w", err)
	}
	return nil
}

// A document is Markdown while it is written: blocks with an empty line before each.
type document struct{ bytes.Buffer }

func (d *document) block(s string) { d.WriteString("\n" + s + "\n") }

func (d *document) section(s view.MethodSection) {
	d.block("## " + text(s.Heading))
	if s.Lede != "" {
		d.block(text(s.Lede))
	}
	d.facts(s.Facts)
	for _, t := range s.Tables {
		d.table(t)
	}
	for _, t := range s.Annexes {
		d.annex(t)
	}
	for _, note := range s.Notes {
		d.block("**" + text(note) + "**")
	}
}

// facts are a list: term, what it is, a remark.
func (d *document) facts(facts []view.Fact) {
	if len(facts) == 0 {
		return
	}
	lines := make([]string, len(facts))
	for i, f := range facts {
		lines[i] = "- **" + text(f.Term) + ":** " + address(f.Words)
		if f.Note != "" {
			lines[i] += " (" + text(f.Note) + ")"
		}
	}
	d.block(strings.Join(lines, "\n"))
}

func (d *document) table(t view.Table) {
	d.block("*" + text(t.Caption) + "*")
	head, rule := make([]string, len(t.Columns)), make([]string, len(t.Columns))
	for i, c := range t.Columns {
		head[i], rule[i] = text(c.Name), "---"
		if c.Num {
			rule[i] = "---:"
		}
	}
	d.rows(head, rule)
	for _, row := range t.Rows {
		cells := make([]string, len(row.Cells))
		for i, c := range row.Cells {
			cells[i] = strings.Repeat("– ", c.Depth) + text(c.Text)
			if row.Highlight {
				cells[i] = "**" + cells[i] + "**"
			}
			if c.Note != "" {
				cells[i] += " (" + text(c.Note) + ")"
			}
		}
		d.row(cells)
	}
}

// annex is the table of a decision. A table of Markdown has no row across all columns, so that the example of an
// indicator stands below its rule.
func (d *document) annex(t view.AnnexTable) {
	d.block("### " + text(t.Heading))
	if t.Note != "" {
		d.block(text(t.Note))
	}
	head, rule := make([]string, len(t.Columns)), make([]string, len(t.Columns))
	for i, c := range t.Columns {
		head[i], rule[i] = text(c.Name), "---"
	}
	d.rows(head, rule)
	for _, row := range t.Rows {
		cells := make([]string, len(row.Cells))
		for i, c := range row.Cells {
			lines := []string{text(c.Text)}
			if c.Head {
				lines[0] = "**" + lines[0] + "**"
			}
			for _, item := range c.Items {
				lines = append(lines, "• "+text(item))
			}
			for _, note := range c.Notes {
				lines = append(lines, text(note))
			}
			if t.Columns[i].Role == "rule" && row.Example != nil {
				lines = append(lines, example(row.Example))
			}
			cells[i] = strings.Join(lines, lineBreak)
		}
		d.row(cells)
	}
}

// lineBreak breaks a line within a cell, for which Markdown has no sign of its own.
const lineBreak = "<br>"

func example(e *view.WorkedExample) string {
	said := "*" + text(e.Label) + ":* "
	if e.Answers != "" {
		said += text(e.Answers) + ". "
	}
	if e.Others != "" {
		said += text(e.OthersLabel) + ": " + text(e.Others) + ". "
	}
	return said + "**" + text(e.Words) + ".**"
}

// rows opens a table.
func (d *document) rows(head, rule []string) {
	d.WriteString("\n")
	d.row(head)
	d.row(rule)
}

func (d *document) row(cells []string) { d.WriteString("| " + strings.Join(cells, " | ") + " |\n") }

// escapes take away the meaning of every sign that Markdown or HTML reads as markup: emphasis, code, links, tags,
// entities, cells, footnotes, formulas. An address in running text would become a link by itself; one does not that is
// broken by an escape.
var escapes = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "|", `\|`,
	"~", `\~`, "#", `\#`, "!", `\!`, "$", `\$`, "^", `\^`, "://", `:\/\/`, "www.", `www\.`, "WWW.", `WWW\.`, "@", `\@`,
)

// address is a web address as code, so that it is no link and can be copied as it is; any other text is text.
func address(s string) string {
	web := strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
	if !web || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == '`' || r > '~' }) {
		return text(s)
	}
	return "`" + s + "`"
}

// text is a text from data as Markdown, on one line. It never begins one: a heading, list, cell or word of ours stands
// before it, so that it opens no list and no rule.
func text(s string) string { return escapes.Replace(strings.Join(strings.Fields(s), " ")) }
