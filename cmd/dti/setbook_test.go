package main

import (
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// setCellCommand edits the workbook of a set as people do, who look for a row by its id and a column by its heading:
// `setcell FILE SHEET ID HEADING VALUE`. A number becomes a number.
func setCellCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 5 {
		ts.Fatalf("usage: setcell file sheet id heading value")
	}
	file := ts.MkAbs(args[0])
	f, err := excelize.OpenFile(file)
	ts.Check(err)
	defer f.Close()
	rows, err := f.GetRows(args[1])
	ts.Check(err)
	row, col := 0, 0
	for i, cells := range rows {
		for j, text := range cells {
			switch {
			case text == args[3] && col == 0:
				col = j + 1
			case text == args[2] && row == 0 && i > 1:
				row = i + 1
			}
		}
	}
	if row == 0 || col == 0 {
		ts.Fatalf("%s, sheet %s: no row %s or no column %s", args[0], args[1], args[2], args[3])
	}
	at, err := excelize.CoordinatesToCellName(col, row)
	ts.Check(err)
	var value any = args[4]
	if n, err := strconv.ParseFloat(args[4], 64); err == nil {
		value = n
	}
	ts.Check(f.SetCellValue(args[1], at, value))
	ts.Check(f.Save())
}
