package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring/submission"
)

// moves are what people do to the sheet of answers without meaning any harm.
var moves = map[string]func(t *testing.T, f *parityForm, data []byte) []byte{
	"rows sorted":      sortedRows,
	"rows put in":      func(t *testing.T, f *parityForm, data []byte) []byte { return changed(t, f, data, putInRows) },
	"columns put in":   func(t *testing.T, f *parityForm, data []byte) []byte { return changed(t, f, data, putInColumns) },
	"remarks all over": func(t *testing.T, f *parityForm, data []byte) []byte { return changed(t, f, data, scribble) },
}

// TestParityOfMovedRows holds that a form whose rows and columns were moved still computes what the engine says.
func TestParityOfMovedRows(t *testing.T) {
	o, dir := <-newOffices(t, 1), t.TempDir()
	held := map[string]*trial{}
	for i, f := range everyNth(askingForms(parityForms(t)), 5) {
		for _, name := range sortedNames(moves) {
			tr := &trial{form: f, seed: paritySeed + uint64(i)}
			tr.drawn = newDrawer(f.index, f.agency, tr.seed).draw()
			data := moves[name](t, f, f.whole.typedInto(t, tr.drawn))
			tr.form = f.surveyed(t, data)
			id := fmt.Sprintf("%03d", len(held))
			file := filepath.Join(dir, id+".xlsx")
			require.NoError(t, os.WriteFile(file, data, 0o600))
			read, err := importers.OpenWorkbook(file, f.index.set, nil)
			require.NoError(t, err, name)
			tr.want, tr.excelize = f.score(read.Submission), tr.form.calculated(t, data)
			held[id] = tr
		}
	}
	done := o.compute(t, dir)
	for _, id := range sortedNames(held) {
		held[id].hold(t, done, id)
	}
	t.Logf("%d forms with rows and columns moved", len(held))
}

func everyNth[T any](list []T, n int) []T {
	var some []T
	for i := 0; i < len(list); i += n {
		some = append(some, list[i])
	}
	return some
}

func sortedNames[T any](m map[string]T) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// surveyed is the form as it stands in a file, where rows and columns may have moved.
func (f *parityForm) surveyed(t testing.TB, data []byte) *parityForm {
	t.Helper()
	moved := &parityForm{index: f.index, agency: f.agency, lang: f.lang, rows: map[string]cellAt{}}
	moved.survey(t, data)
	before, after := f.sheet(f.answersSheet()), moved.sheet(f.answersSheet())
	found := slices.Clone(moved.pillarRows)
	for i, row := range f.pillarRows { // they have no ids: a pillar is known by what is computed there
		for _, candidate := range found {
			if after.texts[after.points+candidate] == before.texts[before.points+row] {
				moved.pillarRows[i] = candidate
			}
		}
	}
	return moved
}

// answersSheet is the name of the sheet of answers.
func (f *parityForm) answersSheet() string { return f.rows["@score"].sheet }

var (
	rowPattern  = regexp.MustCompile(`(?s)<row r="([0-9]+)"([^>]*)>(.*?)</row>`)
	cellAddress = regexp.MustCompile(`<c r="([A-Z]+)[0-9]+"`)
)

// sortedRows puts the rows below the heads in another order, as sorting whole rows does: absolute references stay.
func sortedRows(t *testing.T, f *parityForm, data []byte) []byte {
	t.Helper()
	part := partsOfSheets(t, data)[f.answersSheet()]
	rows := rowPattern.FindAllStringSubmatch(part.text, -1)
	first := slices.IndexFunc(rows, func(row []string) bool { return row[1] == f.rows["@score"].cell }) + 2
	require.Greater(t, len(rows), first+2)
	mixed := slices.Clone(rows[first:])
	rng := rand.New(rand.NewPCG(paritySeed, uint64(len(rows))))
	rng.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	var b strings.Builder
	for i, row := range mixed {
		number := rows[first+i][1]
		b.WriteString(`<row r="` + number + `"` + row[2] + ">" + cellAddress.ReplaceAllString(row[3], `<c r="${1}`+number+`"`) + "</row>")
	}
	begin := strings.Index(part.text, rows[first][0])
	end := strings.Index(part.text, "</sheetData>")
	text := part.text[:begin] + b.String() + part.text[end:]
	return withPart(t, data, part.part, text)
}

// withPart is a package with another text of a part.
func withPart(t testing.TB, data []byte, name, text string) []byte {
	t.Helper()
	packed, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	var buf bytes.Buffer
	out := zip.NewWriter(&buf)
	for _, part := range packed.File {
		if part.Name != name {
			require.NoError(t, out.Copy(part))
			continue
		}
		w, err := out.Create(name)
		require.NoError(t, err)
		_, err = io.WriteString(w, text)
		require.NoError(t, err)
	}
	require.NoError(t, out.Close())
	return buf.Bytes()
}

// changed lets another program open, change and save the workbook.
func changed(t *testing.T, f *parityForm, data []byte, change func(t *testing.T, book *excelize.File, sheet string)) []byte {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(data))
	require.NoError(t, err)
	defer book.Close()
	require.NoError(t, book.UnprotectSheet(f.answersSheet()))
	change(t, book, f.answersSheet())
	var buf bytes.Buffer
	require.NoError(t, book.Write(&buf))
	return buf.Bytes()
}

func putInRows(t *testing.T, book *excelize.File, sheet string) {
	require.NoError(t, book.InsertRows(sheet, 7, 2))
	require.NoError(t, book.SetCellStr(sheet, "C7", "dòng thêm"))
}

func putInColumns(t *testing.T, book *excelize.File, sheet string) {
	require.NoError(t, book.InsertCols(sheet, "F", 1))
	require.NoError(t, book.SetCellInt(sheet, "F8", 12345))
}

// scribble writes beside and below the form.
func scribble(t *testing.T, book *excelize.File, sheet string) {
	for i, at := range []string{"Z6", "AA9", "Z200"} {
		require.NoError(t, book.SetCellInt(sheet, at, int64(1000+i)))
	}
	_, err := book.NewSheet("Ghi chú riêng")
	require.NoError(t, err)
}

// TestCachesOfForms holds that the cells of a form, blank or filled in, hold what a calculator computes, so that previews
// which compute nothing show the right numbers.
func TestCachesOfForms(t *testing.T) {
	if underRace {
		t.Skip("one goroutine computes here: there is no race to find, and the detector slows it down tenfold")
	}
	forms := parityForms(t)
	if testing.Short() {
		forms = everyNth(forms, 6)
	}
	cells := 0
	for i, f := range forms {
		blank := blankForm(f.index, f.agency, f.lang)
		blank.Score = f.score(submission.Submission{Sent: true})
		cells += f.holdCaches(t, "blank", blank)
		d := newDrawer(f.index, f.agency, paritySeed+uint64(i))
		file := filepath.Join(t.TempDir(), "typed.xlsx")
		require.NoError(t, os.WriteFile(file, f.whole.typedInto(t, d.draw()), 0o600))
		read, err := importers.OpenWorkbook(file, f.index.set, nil)
		require.NoError(t, err)
		filled := blankForm(f.index, f.agency, f.lang)
		filled.Filled = readable(read.Submission)
		filled.Score = f.score(filled.Filled)
		cells += f.holdCaches(t, "filled in", filled)
	}
	t.Logf("%d cells of %d forms, blank and filled in", cells, len(forms))
}

// readable is a submission without answers that cannot be read, which no form holds.
func readable(s submission.Submission) submission.Submission {
	s.Answers = s.Answers.Clone()
	for k, answer := range s.Answers.All() {
		if answer.Value.IsInvalid() {
			s.Answers.Drop(k)
		}
	}
	return s
}

// decimalComma is the mark of a number within words, which a spreadsheet in Vietnamese writes as a comma.
var decimalComma = regexp.MustCompile(`([0-9]),([0-9])`)

// cached reports whether a cell holds what is computed. Where a set does not round, the engine keeps 12 digits and a
// formula 9 decimals of a share, which is multiplied by the scale.
func cached(held, computed string, scale decimal.Decimal) bool {
	near := decimal.Max(decimal.New(1, -8), scale.Shift(-9))
	a, errA := decimal.NewFromString(held)
	b, errB := decimal.NewFromString(computed)
	if errA == nil && errB == nil && a.Round(8).Sub(b.Round(8)).Abs().LessThanOrEqual(near) {
		return true
	}
	return shortened(decimalComma.ReplaceAllString(held, "$1.$2"), 8) == shortened(computed, 8)
}

func (f *parityForm) holdCaches(t *testing.T, what string, form workbook.Form) (cells int) {
	t.Helper()
	var buf bytes.Buffer
	require.NoError(t, workbook.Write(&buf, form))
	held := caches(t, buf.Bytes())
	for sheet, computed := range f.calculated(t, buf.Bytes()) {
		for _, cell := range f.sheet(sheet).formulas {
			cells++
			assert.True(t, cached(held[sheet][cell], computed[cell], f.index.set.Scale.Value), "%s, %s (%s), %s: %s!%s holds %q, computes %q",
				f.index.name, f.agency.Code, f.lang, what, sheet, cell, held[sheet][cell], computed[cell])
		}
	}
	return cells
}

// caches are the values that the cells of a file hold.
func caches(t testing.TB, data []byte) map[string]grid {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(data))
	require.NoError(t, err)
	defer book.Close()
	all := map[string]grid{}
	for _, name := range book.GetSheetList() {
		rows, err := book.GetRows(name, excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		all[name] = grid{}
		for i, row := range rows {
			for j, text := range row {
				at, err := excelize.CoordinatesToCellName(j+1, i+1)
				require.NoError(t, err)
				if text != "" {
					all[name][strings.TrimSpace(at)] = text
				}
			}
		}
	}
	return all
}
