// Package sheet reads spreadsheets and CSV files into plain rows of cells, each with its place. It says what a cell
// holds and never what it means: inputs, agencies and languages are for others. What cannot be read whole is a problem;
// nothing is read partly in silence.
package sheet

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers/internal/preflight"
)

// Limits bound what is read of a spreadsheet.
type Limits = preflight.Limits

// FormLimits suit a self-assessment workbook: 5,000 rows and 256 columns in a sheet.
func FormLimits() Limits { return preflight.Form() }

// TableLimits suit a table of all agencies: 200,000 rows and 2,000 columns in a sheet.
func TableLimits() Limits { return preflight.Table() }

// A Book is a spreadsheet file.
type Book struct {
	Name       string // of the file, as in places
	Sheets     []Sheet
	Properties map[string]string // custom document properties
	Date1904   bool              // dates count from 1904
}

// A Sheet is one sheet of a Book, or a whole CSV file.
type Sheet struct {
	Name   string // "" in a CSV file
	Hidden bool
	Rows   []Row // rows that hold something, in order
	Merges []Merge
}

// Row finds a row by its number.
func (s Sheet) Row(number int) (Row, bool) {
	i, ok := slices.BinarySearchFunc(s.Rows, number, func(r Row, n int) int { return r.Number - n })
	if !ok {
		return Row{}, false
	}
	return s.Rows[i], true
}

// A Merge is a range of cells that shows as one. Only its first cell holds something.
type Merge struct {
	Ref                                  string // "B2:D4"
	FirstRow, FirstCol, LastRow, LastCol int
}

// Merged finds the merge that hides a cell: one that holds it and begins elsewhere.
func (s Sheet) Merged(row, col int) (Merge, bool) {
	for _, m := range s.Merges {
		if row >= m.FirstRow && row <= m.LastRow && col >= m.FirstCol && col <= m.LastCol {
			return m, row != m.FirstRow || col != m.FirstCol
		}
	}
	return Merge{}, false
}

// A Row is one row of a sheet, or one record of a CSV file.
type Row struct {
	Number int    // of the sheet's row, or of the line on which a record begins
	Hidden bool   // the sheet does not show it
	Cells  []Cell // that hold something, in the order of columns
	// A record of a CSV file: Cells are all of its fields, also the blank ones, and their places count characters.
	record bool
}

// At is the cell in a column of the sheet, or the field of a CSV record, from 1. ok is false where it is blank; the
// cell then has its place all the same.
func (r Row) At(col int) (c Cell, ok bool) {
	i := col - 1
	if !r.record {
		i, _ = slices.BinarySearchFunc(r.Cells, col, func(c Cell, col int) int { return c.Place.Col - col })
	}
	if i >= 0 && i < len(r.Cells) && (r.record || r.Cells[i].Place.Col == col) {
		return r.Cells[i], !r.Cells[i].Blank()
	}
	if r.record {
		col = 0
	}
	return Cell{Place: r.place(col)}, false
}

// place is a place in the row; rows have at least one cell.
func (r Row) place(col int) diag.Place {
	if len(r.Cells) == 0 {
		return diag.Place{Row: r.Number, Col: col}
	}
	p := r.Cells[0].Place
	p.Row, p.Col = r.Number, col
	return p
}

// Place is the place of the whole row.
func (r Row) Place() diag.Place { return r.place(0) }

// All walks the cells with their columns from 1; in a CSV record the position of the field.
func (r Row) All(yield func(col int, c Cell) bool) {
	for i, c := range r.Cells {
		col := c.Place.Col
		if r.record {
			col = i + 1
		}
		if !yield(col, c) {
			return
		}
	}
}

// A Cell is what one cell holds.
type Cell struct {
	Place diag.Place
	// Text is what the cell holds, as it is stored: text in Unicode's form NFC; a number as plain digits with a decimal
	// point, rounded to 15 significant digits; "1" or "0" for a boolean; the code of an error, such as "#DIV/0!". Only
	// Date cells are numbers that count days.
	Text    string
	Numeric bool // a number of the spreadsheet, not text
	Percent bool // shown as a percentage: 0.45 is 45 %
	Date    bool // a number shown as a date, a serial of days
	Bool    bool // true or false
	Formula bool // computed by the spreadsheet; Text is what it computed last
	NoValue bool // a formula that the spreadsheet never computed
	Error   bool // an error value, such as #DIV/0!
}

// Shown is what people see in the cell where that is not what is stored: TRUE, and 45% of a number shown as a percentage.
func (c Cell) Shown() string {
	switch {
	case c.Bool && c.Text == "1":
		return "TRUE"
	case c.Bool && c.Text == "0":
		return "FALSE"
	case c.Numeric && c.Percent:
		if d, err := decimal.NewFromString(c.Text); err == nil && d.Exponent() > -100 && d.Exponent() < 100 {
			return d.Shift(2).String() + "%"
		}
	}
	return c.Text
}

// Blank reports whether the cell holds nothing but spaces.
func (c Cell) Blank() bool {
	return !c.NoValue && strings.TrimSpace(c.Text) == ""
}
