package graft

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/opendti/dti/criteria/diag"
)

// A Sheet is a sheet to add.
type Sheet struct {
	Name   string
	Part   string    // name of its part in the zip, if it is free
	Stamp  time.Time // time of its part in the zip; zero: none
	Hidden bool      // deeply: no menu shows it
	Widths []float64 // of the columns from A, in widths of a digit; 0 hides the column
	Rows   []Row     // from row 1
	Head   int       // row that heads the table: it stays in view and is repeated on paper; 0: none
	Footer string    // in the code of footers
}

// A Row is a row of a sheet to add.
type Row struct {
	Height float64 // in points; 0: as the spreadsheet finds
	Slots  []Slot  // from column A
}

// A Slot is a cell of a sheet to add.
type Slot struct {
	Text  string
	Look  int
	Link  string // place within the file that the cell leads to, such as 'A'!F12
	Count int    // a number instead of a text, where it is above 0
}

// xml writes the sheet. The first sheet of a file is the one that opens.
func (s *Sheet) xml(space string, opens bool) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<worksheet xmlns="` + space + `"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView showGridLines="0"`)
	if opens {
		b.WriteString(` tabSelected="1"`)
	}
	b.WriteString(` workbookViewId="0">`)
	if s.Head > 0 {
		below := strconv.Itoa(s.Head + 1)
		fmt.Fprintf(&b, `<pane ySplit="%d" topLeftCell="A%s" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="B%s" sqref="B%s"/>`,
			s.Head, below, below, below)
	}
	b.WriteString(`</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>`)
	s.columns(&b)
	links := s.rows(&b)
	b.WriteString(`<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0" formatColumns="0" formatRows="0" sort="0" autoFilter="0"/>`)
	if links != "" {
		b.WriteString("<hyperlinks>" + links + "</hyperlinks>")
	}
	b.WriteString(`<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>`)
	b.WriteString(`<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>`)
	if s.Footer != "" {
		b.WriteString("<headerFooter><oddFooter>" + escape(s.Footer) + "</oddFooter></headerFooter>")
	}
	b.WriteString("</worksheet>")
	return b.String()
}

func (s *Sheet) columns(b *strings.Builder) {
	if len(s.Widths) == 0 {
		return
	}
	b.WriteString("<cols>")
	for i, w := range s.Widths {
		hidden := ""
		if w == 0 {
			hidden = ` hidden="1"`
		}
		fmt.Fprintf(b, `<col min="%d" max="%d" width="%s" customWidth="1"%s/>`, i+1, i+1, strconv.FormatFloat(w, 'f', -1, 64), hidden)
	}
	b.WriteString("</cols>")
}

// rows writes the cells and returns the links from them.
func (s *Sheet) rows(b *strings.Builder) string {
	var links strings.Builder
	b.WriteString("<sheetData>")
	for i, row := range s.Rows {
		fmt.Fprintf(b, `<row r="%d"`, i+1)
		if row.Height > 0 {
			fmt.Fprintf(b, ` ht="%s"`, strconv.FormatFloat(row.Height, 'f', -1, 64))
		}
		b.WriteString(">")
		for j, slot := range row.Slots {
			at := diag.ColumnName(j+1) + strconv.Itoa(i+1)
			switch {
			case slot.Count > 0:
				fmt.Fprintf(b, `<c r="%s" s="%d"><v>%d</v></c>`, at, slot.Look, slot.Count)
			case slot.Text != "":
				b.WriteString(textCell("c", at, slot.Look, slot.Text))
			case slot.Look > 0:
				fmt.Fprintf(b, `<c r="%s" s="%d"/>`, at, slot.Look)
			}
			if slot.Link != "" {
				fmt.Fprintf(&links, `<hyperlink ref="%s" location="%s"/>`, at, escape(slot.Link))
			}
		}
		b.WriteString("</row>")
	}
	b.WriteString("</sheetData>")
	return links.String()
}

// printTitles is the defined name that repeats the head of the nth sheet added on every page.
func (s *Sheet) printTitles(nth int) string {
	if s.Head == 0 || nth > 0 {
		return ""
	}
	return fmt.Sprintf(`<definedName name="_xlnm.Print_Titles" localSheetId="0">%s!$%d:$%d</definedName>`, escape(Quoted(s.Name)), s.Head, s.Head)
}

// Quoted is a sheet's name as references write it.
func Quoted(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

// textCell is a cell that holds its text by itself; it stays text, whatever it begins with.
func textCell(tag, at string, look int, text string) string {
	return fmt.Sprintf(`<%s r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></%s>`, tag, at, look, escapeText(text), tag)
}

// escapeText is a text for a cell: a spreadsheet takes _x000D_ for a carriage return.
func escapeText(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if isCode(s[i:]) {
			b.WriteString("_x005F_")
			continue
		}
		b.WriteByte(s[i])
	}
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(b.String())
}

// isCode reports whether a text begins with the file format's way of writing a character.
func isCode(s string) bool {
	if len(s) < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(s[2:6], 16, 16)
	return err == nil
}
