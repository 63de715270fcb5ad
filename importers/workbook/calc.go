package workbook

import (
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/importers/internal/workings"
	"github.com/opendti/dti/importers/internal/written"
)

// Where the sheets stand in the file, from 0, that are the same in every form of a plan.
const (
	listsIndex = 4
	calcIndex  = 5
)

// writeLists writes the options that dropdowns refer to.
func writeLists(b *book) {
	if b.keeps(listsIndex) {
		return
	}
	tall := 0
	for _, options := range b.lists.Columns {
		tall = max(tall, len(options))
	}
	rows := make([][]any, tall)
	for i, options := range b.lists.Columns {
		for j, o := range options {
			if rows[j] == nil {
				rows[j] = make([]any, len(b.lists.Columns))
			}
			rows[j][i] = excelize.Cell{Value: written.Text(o)}
		}
	}
	b.stream(written.ListsSheet, len(b.lists.Columns), rows)
}

// writeCalc writes the sheet on which the form computes its score. Its formulas hold no results: nobody looks at them
// before a spreadsheet has computed them.
func writeCalc(b *book) {
	name := b.workings.Name()
	b.try(func() error {
		return b.file.ProtectSheet(name, &excelize.SheetProtectionOptions{
			SelectLockedCells: true, SelectUnlockedCells: true, FormatCells: true, FormatColumns: true, FormatRows: true,
		})
	})
	if b.keeps(calcIndex) {
		return
	}
	wide := 0
	rows := make([][]any, len(b.workings.Rows()))
	for i, cells := range b.workings.Rows() {
		wide = max(wide, len(cells))
		rows[i] = b.calcRow(cells)
	}
	b.stream(name, wide, rows)
}

// calcRow is a row of the workings; one of words only is a head.
func (b *book) calcRow(cells []workings.Cell) []any {
	row := make([]any, len(cells))
	look := b.looks[noted]
	if !slices.ContainsFunc(cells, func(c workings.Cell) bool { return c.Formula+c.Number != "" }) {
		look = b.looks[noteHead]
	}
	for i, c := range cells {
		switch {
		case c.Formula != "":
			row[i] = excelize.Cell{StyleID: look, Formula: c.Formula}
		case c.Number != "":
			n, err := strconv.ParseFloat(c.Number, 64)
			b.try(func() error { return err })
			row[i] = excelize.Cell{StyleID: look, Value: n}
		case c.Text != "":
			row[i] = excelize.Cell{StyleID: look, Value: written.Text(c.Text)}
		}
	}
	return row
}

// keeps reports whether an earlier form of the plan has written a sheet that is the same in all.
func (b *book) keeps(sheet int) bool {
	_, ok := b.kept[b.part(sheet)]
	return ok
}

// stream writes the rows of a hidden sheet.
func (b *book) stream(name string, wide int, rows [][]any) {
	if len(rows) == 0 {
		return
	}
	b.try(func() error {
		return b.file.SetSheetDimension(name, "A1:"+cellName(max(1, wide), len(rows)))
	})
	b.try(func() error {
		w, err := b.file.NewStreamWriter(name)
		if err != nil {
			return err
		}
		if err := w.SetColWidth(1, max(1, wide), hiddenWidth); err != nil {
			return err
		}
		for i, row := range rows {
			if err := w.SetRow(cellName(1, i+1), row); err != nil {
				return err
			}
		}
		return w.Flush()
	})
}

// hiddenWidth is the width of columns of a hidden sheet.
const hiddenWidth = 18.0
