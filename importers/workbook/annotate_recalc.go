package workbook

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/importers/internal/graft"
	"github.com/opendti/dti/importers/internal/sheet"
)

// recalculated is a file whose visible cells show what its formulas yield after the repairs. Previews and LibreOffice
// show what a file holds and compute nothing; every other program is told to compute all formulas anew. Nothing is
// computed in the agency's file, whose own formulas may take any time and memory: what the form's formulas yield is taken
// from a form of ours with the same answers. A formula that is none of the form's keeps what it held.
func (a *annotator) recalculated(data []byte) ([]byte, error) {
	file, err := graft.Open(data)
	if err != nil {
		return nil, err
	}
	if err := file.Recalculate(); err != nil {
		return nil, err
	}
	if a.label.Hash != a.expect.Set.Hash {
		return file.Bytes() // the formulas are of a set that we do not have
	}
	yields, err := a.yields()
	if err != nil {
		return nil, fmt.Errorf("compute the form: %w", err)
	}
	for _, sheet := range slices.Sorted(maps.Values(a.stored)) {
		grid, err := file.Grid(sheet)
		if err != nil {
			continue // a sheet of another kind has no cells
		}
		for at, formula := range grid.Formulas {
			if value, ours := yields[formula]; ours {
				grid.Cache(at[0], at[1], value)
			}
		}
	}
	return file.Bytes()
}

// yields are what the formulas of the form's visible cells yield, by formula: they refer to fixed cells of the sheet of
// workings, wherever they stand.
func (a *annotator) yields() (map[string]graft.Content, error) {
	var out bytes.Buffer
	err := Write(&out, Form{
		Set: a.expect.Set, Round: Round{ID: a.label.Round}, Agency: a.label.Agency, Lang: a.label.Lang, Filled: a.sub,
		Bounds: a.label.Bounds, BoundsYear: a.label.BoundsYear,
	})
	if err != nil {
		return nil, err
	}
	calculator, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		return nil, err
	}
	defer calculator.Close()
	if err := a.spoil(calculator, out.Bytes()); err != nil {
		return nil, err
	}
	file, err := graft.Open(out.Bytes())
	if err != nil {
		return nil, err
	}
	yields := map[string]graft.Content{}
	for _, sheet := range calculator.GetSheetList() {
		grid, err := file.Grid(sheet)
		if err != nil {
			return nil, err
		}
		for at, formula := range grid.Formulas {
			if !strings.Contains(formula, calcReference) {
				continue
			}
			value, err := calculator.CalcCellValue(sheet, cellName(at[1], at[0]), excelize.Options{RawCellValue: true})
			if err == nil {
				yields[formula] = yielded(value)
			}
		}
	}
	return yields, nil
}

// spoil enters something that cannot be read where the agency's answer cannot be read; a form is never written so.
func (a *annotator) spoil(f *excelize.File, data []byte) error {
	saved, problems := sheet.OpenXLSX(a.sent.Name, data, sheet.FormLimits())
	if len(problems) > 0 {
		return problems
	}
	for _, s := range saved.Sheets {
		columns, ok := columnsOf(s)
		if !ok {
			continue
		}
		for _, row := range s.Rows {
			id, _ := row.At(columns.id)
			for key, answer := range a.sub.Answers.All() {
				if key.String() != id.Text || !answer.Value.IsInvalid() {
					continue
				}
				if err := f.SetCellStr(s.Name, cellName(columns.answer, row.Number), "?"); err != nil {
					return err
				}
			}
		}
	}
	return nil
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
