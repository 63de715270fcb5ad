package workbook

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers/internal/written"
)

// Marks of the hidden row and column: what a column holds, and the rows that hold no answer.
const (
	markID       = "dti:id" // the column with the ids of rows
	markAnswer   = "dti:answer"
	markEvidence = "dti:evidence"
	markRemark   = "dti:remark"
	markPoints   = "dti:points"  // points as the workbook computes them
	markState    = "dti:state"   // what an answer still lacks, in words
	markCarried  = "dti:carried" // answers as they were carried over
	rowTitle     = "#title"      // rows of the form's own words
)

// Ids of the rows of the sheet with the agency's details.
const (
	idFiller   = "@filler"
	idApprover = "@approver"
	idLetter   = "@letter"
	idScore    = "@score" // the total
)

// A page is a sheet in the making: its rows are collected, then written at once. Column 1 holds the hidden ids, row 1 the
// hidden marks.
type page struct {
	*book
	name   string
	widths []float64 // of column 2 and those after it; 0 hides a column
	lines  []line
	row    int // of the line added last
	pages  int // pages long on paper; 0: as many as it takes
}

// A line is a row in the making. Its slots stand from column 2 on.
type line struct {
	row    int
	id     string // what the hidden column holds
	slots  []slot
	height float64 // points
	hidden bool
}

// A slot is a cell in the making: a text, or a number where digits is not empty. Where there is a formula, they are what
// it yields.
type slot struct {
	text    string
	digits  string
	formula string
	look    look
	clean   bool // text is one that a cell holds as it is
}

// newPage begins a sheet. Marks name its columns from the second on; "" needs no mark.
func (b *book) newPage(name string, widths []float64, marks ...string) *page {
	p := &page{book: b, name: name, widths: widths}
	if len(marks) > 0 {
		slots := make([]slot, len(marks))
		for i, m := range marks {
			slots[i] = slot{text: m, look: plain}
		}
		p.add(markID, slots...)
		p.lines[0].hidden = true
	}
	return p
}

// add adds the next row; id is what its hidden column holds.
func (p *page) add(id string, slots ...slot) {
	p.row++
	p.lines = append(p.lines, line{row: p.row, id: id, slots: slots, height: height(slots, p.widths)})
}

// at is the name of a cell of the row added last; columns count from 1, the hidden one.
func (p *page) at(col int) string { return cellName(col, p.row) }

func cellName(col, row int) string { return columnName(col) + strconv.Itoa(row) }

// columnName is the letter of a column, counted from 1.
func columnName(col int) string { return diag.ColumnName(col) }

// points is a number of points for a cell: as many decimals as it has, at most six.
func points(d decimal.Decimal, l look) slot {
	return slot{digits: d.Round(6).String(), look: l}
}

// finish protects the sheet against slips, prepares it for paper and writes its rows. Rows first to last are repeated on
// every page; the rows down to last are frozen; 0 freezes and repeats none.
func (p *page) finish(first, last int) {
	off := false
	p.try(func() error { return p.file.SetSheetView(p.name, 0, &excelize.ViewOptions{ShowGridLines: &off}) })
	p.print()
	p.try(func() error { return p.file.SetSheetDimension(p.name, "A1:"+p.at(len(p.widths)+1)) })
	p.try(func() error { return written.Protect(p.file, p.name) })
	if last > 0 {
		p.freeze(first, last)
	}
	p.try(p.stream)
}

func (p *page) freeze(first, last int) {
	below := strconv.Itoa(last + 1)
	p.try(func() error {
		return p.file.SetPanes(p.name, &excelize.Panes{
			Freeze: true, YSplit: last, TopLeftCell: "A" + below, ActivePane: "bottomLeft",
			Selection: []excelize.Selection{{SQRef: "B" + below, ActiveCell: "B" + below, Pane: "bottomLeft"}},
		})
	})
	p.try(func() error {
		rows := "$" + strconv.Itoa(first) + ":$" + strconv.Itoa(last)
		return p.file.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", Scope: p.name, RefersTo: "'" + strings.ReplaceAll(p.name, "'", "''") + "'!" + rows,
		})
	})
}

// stream writes the columns and the rows of the sheet. Everything else of it must be set before.
func (p *page) stream() error {
	w, err := p.file.NewStreamWriter(p.name)
	if err != nil {
		return err
	}
	// Note: excelize writes the column set last first, and a file has them in order.
	for i := len(p.widths) - 1; i >= 0; i-- {
		if p.widths[i] > 0 {
			err = w.SetColWidth(i+2, i+2, p.widths[i])
		} else {
			err = w.SetColVisible(i+2, i+2, false)
		}
		if err != nil {
			return err
		}
	}
	if err := w.SetColVisible(1, 1, false); err != nil {
		return err
	}
	cells, values := make([]excelize.Cell, len(p.widths)+1), make([]any, len(p.widths)+1)
	for _, l := range p.lines {
		clear(values)
		if l.id != "" {
			values[0] = l.id
		}
		for i, s := range l.slots {
			cells[i] = p.cell(s)
			values[i+1] = &cells[i]
		}
		if err := w.SetRow("A"+strconv.Itoa(l.row), values, excelize.RowOpts{Height: l.height, Hidden: l.hidden}); err != nil {
			return err
		}
	}
	return w.Flush()
}

// cell is a slot as excelize writes it. A formula of a form whose score is not known holds no result.
func (p *page) cell(s slot) excelize.Cell {
	c := excelize.Cell{Formula: s.formula}
	if s.look != plain || s.text != "" {
		c.StyleID = p.looks[s.look]
	}
	switch {
	case s.formula != "" && !p.form.Score.Known():
	case s.digits != "":
		c.Value, _ = strconv.ParseFloat(s.digits, 64) // decimals hold nothing else
	case s.text != "" && s.clean:
		c.Value = s.text
	case s.text != "":
		c.Value = written.Text(s.text)
	}
	return c
}

// print sets A4 landscape, one page wide, with the agency and the round on every page.
func (p *page) print() {
	p.try(func() error {
		return written.Landscape(p.file, p.name, 1, p.pages, excelize.HeaderFooterOptions{
			OddHeader: "&L" + written.Margin(p.agency(), 90) + "&R" + written.Margin(p.round(), 90),
			OddFooter: "&L" + written.Margin(p.form.Set.Address(), 90) + "&C" + written.Margin(p.name, 31) + "&R" + p.say("page", "&P", "&N"),
		})
	})
}
