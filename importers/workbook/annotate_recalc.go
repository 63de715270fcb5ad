package workbook

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers/internal/graft"
)

// recalculated is a file whose visible cells show what its formulas yield after the repairs. Previews and LibreOffice
// show what a file holds and compute nothing; every other program is told to compute all formulas anew. A formula that
// cannot be computed here keeps what it held.
func recalculated(data []byte, sheets []string) ([]byte, error) {
	file, err := graft.Open(data)
	if err != nil {
		return nil, err
	}
	if err := file.Recalculate(); err != nil {
		return nil, err
	}
	calculator, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		return file.Bytes() // the programs that open the file compute it
	}
	defer calculator.Close()
	for _, sheet := range sheets {
		grid, err := file.Grid(sheet)
		if err != nil {
			continue // a sheet of another kind has no cells
		}
		for at, formula := range grid.Formulas {
			if !strings.Contains(formula, calcReference) {
				continue
			}
			value, err := calculator.CalcCellValue(sheet, diag.ColumnName(at[1])+strconv.Itoa(at[0]), excelize.Options{RawCellValue: true})
			if err == nil {
				grid.Cache(at[0], at[1], yielded(value))
			}
		}
	}
	return file.Bytes()
}

// calcReference is in every formula of the form's visible cells: they show cells of the sheet of workings.
const calcReference = "Calc!"

// yielded is what a formula yielded: a number where it is one.
func yielded(value string) graft.Content {
	if f, err := strconv.ParseFloat(value, 64); err == nil && strings.Trim(value, "0123456789.+-eE") == "" {
		return graft.Content{Digits: decimal.NewFromFloat(f).String()}
	}
	return graft.Content{Text: value}
}
