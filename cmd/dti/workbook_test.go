package main

import (
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// fillCommand fills cells of a workbook: `fill FILE SHEET ID VALUE …` writes VALUE into the answer cell of the row
// whose hidden id is ID. It finds rows as the reader does, by their ids.
func fillCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 || len(args)%2 != 0 {
		ts.Fatalf("usage: fill file sheet id value [id value …]")
	}
	file, sheet := ts.MkAbs(args[0]), args[1]
	f, err := excelize.OpenFile(file)
	ts.Check(err)
	defer f.Close()
	rows, err := f.GetRows(sheet)
	ts.Check(err)
	for i := 2; i < len(args); i += 2 {
		cell := answerCell(f, sheet, rows, args[i])
		if cell == "" {
			ts.Fatalf("%s: no row %s in sheet %s", args[0], args[i], sheet)
		}
		ts.Check(f.SetCellValue(sheet, cell, args[i+1]))
	}
	ts.Check(f.Save())
}

// answerCell is the unlocked cell of the row with an id.
func answerCell(f *excelize.File, sheet string, rows [][]string, id string) string {
	for r, row := range rows {
		for c := range row {
			if row[c] != id {
				continue
			}
			for col := 1; col <= 20; col++ {
				name, err := excelize.CoordinatesToCellName(col, r+1)
				if err != nil {
					return ""
				}
				if unlocked(f, sheet, name) {
					return name
				}
			}
		}
	}
	return ""
}

func unlocked(f *excelize.File, sheet, cell string) bool {
	id, err := f.GetCellStyle(sheet, cell)
	if err != nil {
		return false
	}
	style, err := f.GetStyle(id)
	return err == nil && style.Protection != nil && !style.Protection.Locked
}

// unsheetCommand prints a sheet: `unsheet FILE SHEET` writes its cells as tab-separated lines to the output file
// FILE.SHEET.txt.
func unsheetCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: unsheet file sheet out.txt")
	}
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	rows, err := f.GetRows(args[1])
	ts.Check(err)
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(strings.TrimRight(strings.Join(row, "\t"), "\t") + "\n")
	}
	ts.Check(writeText(ts.MkAbs(args[2]), b.String()))
}
