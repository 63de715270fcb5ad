package xlsx

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/reports/view"
)

// A format is how a cell looks.
type format struct {
	kind    view.RowKind
	alone   bool // the only text of its row, which may run over the cells beside it
	numeric bool
	number  string // number format
}

func formatOf(row view.SheetRow, c view.SheetCell) format {
	f := format{kind: row.Kind, alone: len(row.Cells) == 1, numeric: c.Numeric}
	if c.Numeric {
		f.number = numberFormat(c)
	}
	return f
}

// numberFormat prints a number with its decimals and suffix; the language of the reader's program decides separators.
func numberFormat(c view.SheetCell) string {
	pattern := "#,##0"
	switch decimals := c.Decimals; {
	case decimals < 0:
		if places := max(-c.Number.Exponent(), 0); !c.Number.IsInteger() {
			pattern += "." + strings.Repeat("0", min(int(places), maxDecimals))
		}
	case decimals > 0:
		pattern += "." + strings.Repeat("0", min(decimals, maxDecimals))
	}
	if c.Suffix != "" {
		pattern += `"` + strings.ReplaceAll(c.Suffix, `"`, "") + `"`
	}
	return pattern
}

// maxDecimals is the most decimals that a spreadsheet prints exactly.
const maxDecimals = 15

const (
	fontName   = "Times New Roman" // the type of Vietnamese administrative documents
	headFill   = "#DCE6F1"
	lineColour = "#7F7F7F"
	stampRed   = "#B00020"
)

// style finds or makes the style of a format.
func (b *builder) style(f format) (int, error) {
	if id, ok := b.formats[f]; ok {
		return id, nil
	}
	style := &excelize.Style{
		Font:      &excelize.Font{Family: fontName, Size: 11},
		Alignment: &excelize.Alignment{Horizontal: "left", Indent: 1, Vertical: "center", WrapText: !f.alone},
	}
	switch f.kind {
	case view.StampRow:
		style.Font.Bold, style.Font.Color = true, stampRed
		style.Alignment = across()
	case view.TitleRow:
		style.Font.Bold, style.Font.Size = true, 14
		style.Alignment = across()
	case view.LineRow:
		style.Font.Italic = true
		style.Alignment = across()
	case view.HeadRow:
		style.Font.Bold = true
		style.Alignment.Horizontal, style.Alignment.Indent = "center", 0
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{headFill}}
		style.Border = borders()
	case view.SectionRow:
		style.Font.Bold = true
		style.Border = borders()
	case view.BodyRow:
		style.Border = borders()
	case view.BlankRow, view.TextRow:
	}
	if f.numeric {
		style.CustomNumFmt = &f.number
		style.Alignment = &excelize.Alignment{Horizontal: "right", Vertical: "center"}
	}
	id, err := b.file.NewStyle(style)
	if err == nil {
		b.formats[f] = id
	}
	return id, err
}

// across centres a text over the row without merging cells.
func across() *excelize.Alignment {
	return &excelize.Alignment{Horizontal: "centerContinuous", Vertical: "center"}
}

func borders() []excelize.Border {
	var lines []excelize.Border
	for _, side := range []string{"left", "top", "right", "bottom"} {
		lines = append(lines, excelize.Border{Type: side, Color: lineColour, Style: 1})
	}
	return lines
}
