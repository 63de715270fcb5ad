package main

import (
	"archive/zip"
	"bytes"
	"os"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// recacheCommand changes what the formula cells of a workbook hold as computed, as a person or a program might:
// `recache FILE ID VALUE` tampers with the points of the row whose hidden id is ID and leaves the formula;
// `recache FILE` takes all computed values out.
func recacheCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 && len(args) != 3 {
		ts.Fatalf("usage: recache file [id value]")
	}
	file := ts.MkAbs(args[0])
	edit := func(sheet []byte) []byte { return computedCell.ReplaceAll(sheet, []byte("$1")) }
	if len(args) == 3 {
		cell := pointsCell(ts, file, args[1])
		one := regexp.MustCompile(`(<c r="` + cell + `"[^>]*><f>[^<]*</f><v>)[^<]*`)
		edit = func(sheet []byte) []byte { return one.ReplaceAll(sheet, []byte("${1}"+args[2])) }
	}
	ts.Check(os.WriteFile(file, editSheets(ts, file, edit), 0o644))
}

// computedCell is a formula with its computed value.
var computedCell = regexp.MustCompile(`(<f>[^<]*</f>|<f/>)<v>[^<]*</v>`)

// overtypeCommand types a number over the formula of the points of a row: `overtype FILE ID VALUE`.
func overtypeCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: overtype file id value")
	}
	file := ts.MkAbs(args[0])
	sheet, cell := pointsOf(ts, file, args[1])
	f, err := excelize.OpenFile(file)
	ts.Check(err)
	defer f.Close()
	ts.Check(f.SetCellDefault(sheet, cell, args[2]))
	ts.Check(f.Save())
}

func pointsCell(ts *testscript.TestScript, file, id string) string {
	_, cell := pointsOf(ts, file, id)
	return cell
}

// pointsOf finds the cell of points of a row by the hidden marks.
func pointsOf(ts *testscript.TestScript, file, id string) (sheet, cell string) {
	f, err := excelize.OpenFile(file)
	ts.Check(err)
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		ts.Check(err)
		col := 0
		for r, row := range rows {
			for c, text := range row {
				if text == "dti:points" {
					col = c + 1
				}
				if text == id && col > 0 {
					cell, err := excelize.CoordinatesToCellName(col, r+1)
					ts.Check(err)
					return sheet, cell
				}
			}
		}
	}
	ts.Fatalf("%s has no points in a row %s", file, id)
	return "", ""
}

// editSheets is a workbook with all of its sheets edited as text.
func editSheets(ts *testscript.TestScript, file string, edit func([]byte) []byte) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, data := range partsOf(ts, file) {
		if strings.HasPrefix(name, "xl/worksheets/") {
			data = edit(data)
		}
		part, err := w.Create(name)
		ts.Check(err)
		_, err = part.Write(data)
		ts.Check(err)
	}
	ts.Check(w.Close())
	return b.Bytes()
}
