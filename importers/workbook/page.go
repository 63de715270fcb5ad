package workbook

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria/diag"
)

// Marks of the hidden row and column: what a column holds, and the rows that hold no answer.
const (
	markID       = "dti:id" // the column with the ids of rows
	markAnswer   = "dti:answer"
	markEvidence = "dti:evidence"
	markRemark   = "dti:remark"
	rowTitle     = "#title" // rows of the form's own words
)

// Ids of the rows of the sheet with the agency's details.
const (
	idFiller   = "@filler"
	idApprover = "@approver"
	idLetter   = "@letter"
)

// A page is a sheet in the making, filled row by row. Column 1 holds the hidden ids, row 1 the hidden marks.
type page struct {
	*book
	name   string
	widths []float64 // of column 2 and those after it
	row    int
	pages  int // pages long on paper; 0: as many as it takes
}

// A slot is a cell in the making: a text, or a number where digits is not empty.
type slot struct {
	text   string
	digits string
	look   look
}

// newPage begins a sheet. Marks name its columns from the second on; "" needs no mark.
func (b *book) newPage(name string, widths []float64, marks ...string) *page {
	p := &page{book: b, name: name, widths: widths}
	off := false
	b.try(func() error {
		return b.file.SetSheetView(name, 0, &excelize.ViewOptions{ShowGridLines: &off})
	})
	for i, w := range widths {
		letter := diag.ColumnName(i + 2)
		b.try(func() error { return b.file.SetColWidth(name, letter, letter, w) })
	}
	if len(marks) > 0 {
		slots := make([]slot, len(marks))
		for i, m := range marks {
			slots[i] = slot{text: m, look: plain}
		}
		p.add(markID, slots...)
		b.try(func() error { return b.file.SetRowVisible(name, 1, false) })
	}
	b.try(func() error { return b.file.SetColVisible(name, "A", false) })
	return p
}

// add writes the next row; id is what its hidden column holds.
func (p *page) add(id string, slots ...slot) {
	p.row++
	p.write(1, slot{text: id, look: plain})
	for i, s := range slots {
		p.write(i+2, s)
	}
	tall := height(slots, p.widths)
	p.try(func() error { return p.file.SetRowHeight(p.name, p.row, tall) })
}

// at is the name of a cell of the row written last; columns count from 1, the hidden one.
func (p *page) at(col int) string { return diag.ColumnName(col) + strconv.Itoa(p.row) }

func (p *page) write(col int, s slot) {
	at := p.at(col)
	switch {
	case s.digits != "":
		p.try(func() error { return p.file.SetCellDefault(p.name, at, s.digits) })
	case s.text != "":
		p.put(p.name, at, s.text)
	}
	if s.look != plain || s.text != "" {
		p.try(func() error { return p.file.SetCellStyle(p.name, at, at, p.style(s.look)) })
	}
}

// points is a number of points for a cell: as many decimals as it has, at most six.
func points(d decimal.Decimal, l look) slot {
	return slot{digits: d.Round(6).String(), look: l}
}

// finish protects the sheet against slips and prepares it for paper. Rows first to last are repeated on every page;
// the rows down to last are frozen; 0 freezes and repeats none.
func (p *page) finish(first, last int) {
	p.print()
	p.try(func() error { return p.file.SetSheetDimension(p.name, "A1:"+p.at(len(p.widths)+1)) })
	p.try(func() error {
		return p.file.ProtectSheet(p.name, &excelize.SheetProtectionOptions{
			SelectLockedCells: true, SelectUnlockedCells: true, FormatCells: true, FormatColumns: true, FormatRows: true,
			InsertRows: true, InsertHyperlinks: true, Sort: true, AutoFilter: true, EditObjects: true, EditScenarios: true,
		})
	})
	if last == 0 {
		return
	}
	below := "A" + strconv.Itoa(last+1)
	p.try(func() error {
		return p.file.SetPanes(p.name, &excelize.Panes{
			Freeze: true, YSplit: last, TopLeftCell: below, ActivePane: "bottomLeft",
			Selection: []excelize.Selection{{SQRef: "B" + strconv.Itoa(last+1), ActiveCell: "B" + strconv.Itoa(last+1), Pane: "bottomLeft"}},
		})
	})
	p.try(func() error {
		rows := "$" + strconv.Itoa(first) + ":$" + strconv.Itoa(last)
		return p.file.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", Scope: p.name, RefersTo: "'" + strings.ReplaceAll(p.name, "'", "''") + "'!" + rows,
		})
	})
}

// print sets A4 landscape, one page wide, with the agency and the round on every page.
func (p *page) print() {
	paper, wide, long, landscape, fit := 9, 1, p.pages, "landscape", true
	p.try(func() error {
		return p.file.SetPageLayout(p.name, &excelize.PageLayoutOptions{
			Size: &paper, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &long,
		})
	})
	p.try(func() error { return p.file.SetSheetProps(p.name, &excelize.SheetPropsOptions{FitToPage: &fit}) })
	side, top, edge := 0.4, 0.75, 0.3
	p.try(func() error {
		return p.file.SetPageMargins(p.name, &excelize.PageLayoutMarginsOptions{
			Left: &side, Right: &side, Top: &top, Bottom: &top, Header: &edge, Footer: &edge,
		})
	})
	p.try(func() error {
		return p.file.SetHeaderFooter(p.name, &excelize.HeaderFooterOptions{
			OddHeader: "&L" + margin(p.agency(), 90) + "&R" + margin(p.round(), 90),
			OddFooter: "&L" + margin(p.form.Set.Address(), 90) + "&C" + margin(p.name, 31) + "&R" + p.say("page", "&P", "&N"),
		})
	})
}

// margin is a text of data for a header or footer, where & begins a code.
func margin(s string, limit int) string {
	s = cut(strings.Join(strings.Fields(cell(s)), " "), limit)
	for utf8.RuneCountInString(s)+strings.Count(s, "&") > limit {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return strings.ReplaceAll(s, "&", "&&")
}

// span lists cells as a validation names them, in rows of one column: "F4:F6 F9".
func span(column string, rows []int) string {
	slices.Sort(rows)
	var parts []string
	for i := 0; i < len(rows); {
		j := i
		for j+1 < len(rows) && rows[j+1] == rows[j]+1 {
			j++
		}
		part := column + strconv.Itoa(rows[i])
		if j > i {
			part += ":" + column + strconv.Itoa(rows[j])
		}
		parts = append(parts, part)
		i = j + 1
	}
	return strings.Join(parts, " ")
}
