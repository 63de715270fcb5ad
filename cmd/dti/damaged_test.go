package main

import (
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// damageCommand takes something out of a workbook, as a person may who unprotects it: `damage FILE SHEET` the sheet,
// `damage FILE SHEET A` a column, `damage FILE SHEET 1` a row.
func damageCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		ts.Fatalf("usage: damage file sheet [column|row]")
	}
	file, sheet := ts.MkAbs(args[0]), args[1]
	f, err := excelize.OpenFile(file)
	ts.Check(err)
	defer f.Close()
	if len(args) == 2 {
		ts.Check(f.DeleteSheet(sheet))
	} else if row, err := strconv.Atoi(args[2]); err == nil {
		ts.Check(f.RemoveRow(sheet, row))
	} else {
		ts.Check(f.RemoveCol(sheet, args[2]))
	}
	ts.Check(f.Save())
}
