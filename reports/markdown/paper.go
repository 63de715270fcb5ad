package markdown

import (
	"fmt"
	"io"
	"strings"

	"github.com/opendti/dti/reports/view"
)

// PaperHead is how every administrative document begins, and no other file.
const PaperHead = "<!-- dti: paper -->\n"

// WritePaper writes an announcement, its annex or a letter as Markdown, for people to edit. Recipients and the room for a
// signature are left out: they belong to the sheet that is signed.
func WritePaper(w io.Writer, p view.Paper) error {
	d := &document{}
	d.WriteString(PaperHead)
	if p.Stamp != "" {
		d.block("> **" + text(p.Stamp) + "**")
	}
	if p.Issuer != "" {
		d.block("**" + text(p.Issuer) + "**")
	}
	heading := p.Subject
	if p.Kind != "" {
		heading = p.Kind + " – " + p.Subject
	}
	if heading != "" {
		d.block("# " + text(heading))
	}
	for _, line := range []string{p.About, p.Attached, p.To} {
		if line != "" {
			d.block("*" + text(line) + "*")
		}
	}
	d.lines(p.Lead)
	for _, s := range p.Sections {
		d.block(strings.Repeat("#", s.Level+1) + " " + text(s.Heading))
		for _, t := range s.Tables {
			d.paperTable(t)
		}
		d.lines(s.Lines)
	}
	d.lines(p.Small)
	if _, err := d.WriteTo(w); err != nil {
		return fmt.Errorf("write paper: %w", err)
	}
	return nil
}

// lines are paragraphs and lists; the items of a list stand below each other.
func (d *document) lines(lines []view.PaperLine) {
	for i, l := range lines {
		switch {
		case !l.Item:
			d.block(opened(text(l.Text)))
		case i > 0 && lines[i-1].Item:
			d.WriteString("- " + text(l.Text) + "\n")
		default:
			d.block("- " + text(l.Text))
		}
	}
}

// opened keeps a paragraph from being read as a list, which a name that begins it could open.
func opened(s string) string {
	if s == "" {
		return s
	}
	digits := strings.TrimLeft(s, "0123456789")
	switch {
	case strings.ContainsRune("-+=", rune(s[0])):
		return `\` + s
	case len(digits) < len(s) && digits != "" && strings.ContainsRune(".)", rune(digits[0])):
		return s[:len(s)-len(digits)] + `\` + digits
	default:
		return s
	}
}

func (d *document) paperTable(t view.PaperTable) {
	if t.Caption != "" {
		d.block("*" + text(t.Caption) + "*")
	}
	head, rule := make([]string, len(t.Columns)), make([]string, len(t.Columns))
	for i, c := range t.Columns {
		head[i], rule[i] = text(c.Name), "---"
		if c.Num {
			rule[i] = "---:"
		}
	}
	d.rows(head, rule)
	for i, row := range t.Rows {
		cells := make([]string, len(row))
		for j, c := range row {
			cells[j] = text(c)
			if t.Sum && i == len(t.Rows)-1 && c != "" {
				cells[j] = "**" + cells[j] + "**"
			}
		}
		d.row(cells)
	}
}
