package main

import (
	"encoding/csv"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// retypeCommand edits the workbook of a criteria set as a person would: `retype FILE ID COLUMN VALUE …` types each VALUE
// into the COLUMN of the row with an id. Columns are named by the marks of the hidden first row.
func retypeCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 || len(args)%2 != 0 {
		ts.Fatalf("usage: retype file id column value [column value …]")
	}
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	sheet, row, marks := rowWithID(ts, f, args[1])
	for i := 2; i < len(args); i += 2 {
		col := slices.Index(marks, args[i])
		if col < 0 {
			ts.Fatalf("%s: no column %s in sheet %s: %s", args[0], args[i], sheet, strings.Join(marks, ", "))
		}
		cell, err := excelize.CoordinatesToCellName(col+1, row)
		ts.Check(err)
		var value any = args[i+1]
		if number, err := strconv.ParseFloat(args[i+1], 64); err == nil {
			value = number
		}
		ts.Check(f.SetCellValue(sheet, cell, value))
	}
	ts.Check(f.Save())
}

// rowWithID finds the row of an id by the marks of the first rows of the sheets.
func rowWithID(ts *testscript.TestScript, f *excelize.File, id string) (sheet string, row int, marks []string) {
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		ts.Check(err)
		if len(rows) == 0 {
			continue
		}
		col := slices.Index(rows[0], "id")
		for r, cells := range rows {
			if col >= 0 && col < len(cells) && cells[col] == id {
				return sheet, r + 1, rows[0]
			}
		}
	}
	ts.Fatalf("no row %s", id)
	return "", 0, nil
}

// addRowsCommand types the rows of a CSV file below the last row of the first sheet: `addrows FILE.xlsx ROWS.csv`.
func addRowsCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: addrows file rows")
	}
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	sheet := f.GetSheetList()[0]
	there, err := f.GetRows(sheet)
	ts.Check(err)
	rows, err := csv.NewReader(strings.NewReader(ts.ReadFile(args[1]))).ReadAll()
	ts.Check(err)
	for i, row := range rows {
		for j, text := range row {
			cell, err := excelize.CoordinatesToCellName(j+1, len(there)+i+1)
			ts.Check(err)
			ts.Check(f.SetCellStr(sheet, cell, text))
		}
	}
	ts.Check(f.Save())
}
