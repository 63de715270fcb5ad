package sheet_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers/internal/sheet"
)

// A tester is a test, be it of rapid's.
type tester interface {
	require.TestingT
	Helper()
}

// written is a workbook as excelize writes it.
func written(t tester, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	fill(f)
	var out bytes.Buffer
	require.NoError(t, f.Write(&out))
	require.NoError(t, f.Close())
	return out.Bytes()
}

func TestOpenXLSXKnowsWhatCellsAre(t *testing.T) {
	raw := written(t, func(f *excelize.File) {
		set := func(cell string, v any, format int, custom string) {
			style := &excelize.Style{NumFmt: format}
			if custom != "" {
				style.CustomNumFmt = &custom
			}
			id, err := f.NewStyle(style)
			require.NoError(t, err)
			require.NoError(t, f.SetCellValue("Sheet1", cell, v))
			require.NoError(t, f.SetCellStyle("Sheet1", cell, cell, id))
		}
		set("A1", "  Co\u0301 ", 0, "")
		set("B1", 0.45, 9, "")
		set("C1", 0.1+0.2, 0, "")
		set("D1", 44133, 14, "")
		set("E1", 44133, 0, "dd/mm/yyyy;@")
		set("F1", 0.5, 0, `0.0\%"giây"`)
		set("G1", 1234, 0, `#,##0\ "đ"`)
		set("H1", 0.125, 0, "0.0%")
		set("I1", true, 0, "")
		set("J1", 44133.5, 0, "[$-42A]dd mmmm yyyy")
		set("K1", 12, 0, `[Red]0;_-* #,##0\ _đ_-`)
		require.NoError(t, f.SetCellFormula("Sheet1", "A2", "1+1"))
		require.NoError(t, f.MergeCell("Sheet1", "B3", "D4"))
		require.NoError(t, f.SetCellValue("Sheet1", "B3", "x"))
		require.NoError(t, f.SetCellRichText("Sheet1", "A3", []excelize.RichTextRun{{Text: "38 "}, {Text: "máy", Font: &excelize.Font{Bold: true}}}))
		_, err := f.NewSheet("Ẩn")
		require.NoError(t, err)
		require.NoError(t, f.SetSheetVisible("Ẩn", false))
	})
	book, problems := sheet.OpenXLSX("a.xlsx", raw, sheet.FormLimits())
	require.Empty(t, problems)
	s, ok := named(book, "Sheet1")
	require.True(t, ok)
	row, ok := s.Row(1)
	require.True(t, ok)
	for col, want := range map[int]sheet.Cell{
		1: {Text: "  Có "}, 2: {Text: "0.45", Numeric: true, Percent: true}, 3: {Text: "0.3", Numeric: true},
		4: {Text: "44133", Numeric: true, Date: true}, 5: {Text: "44133", Numeric: true, Date: true}, 6: {Text: "0.5", Numeric: true},
		7: {Text: "1234", Numeric: true}, 8: {Text: "0.125", Numeric: true, Percent: true}, 9: {Text: "1", Bool: true},
		10: {Text: "44133.5", Numeric: true, Date: true}, 11: {Text: "12", Numeric: true},
	} {
		got, ok := row.At(col)
		assert.True(t, ok)
		want.Place = diag.Place{File: "a.xlsx", Sheet: "Sheet1", Row: 1, Col: col}
		assert.Equal(t, want, got)
	}
	blank, ok := row.At(99)
	assert.False(t, ok)
	assert.Equal(t, "a.xlsx!Sheet1!CU1", blank.Place.String(), "a blank cell has its place")
	second, _ := s.Row(2)
	formula, ok := second.At(1)
	assert.True(t, ok, "a formula without a value is not blank")
	assert.True(t, formula.Formula && formula.NoValue)
	third, _ := s.Row(3)
	rich, _ := third.At(1)
	assert.Equal(t, "38 máy", rich.Text)
	merge, hidden := s.Merged(4, 3)
	assert.True(t, hidden)
	assert.Equal(t, "B3:D4", merge.Ref)
	_, hidden = s.Merged(3, 2)
	assert.False(t, hidden, "the first cell of a merge is its own")
	_, hidden = s.Merged(9, 9)
	assert.False(t, hidden)
	assert.True(t, book.Sheets[1].Hidden)
	_, ok = s.Row(77)
	assert.False(t, ok)
	_, ok = named(book, "none")
	assert.False(t, ok)
}

// The cells of a book are those that excelize reads.
func TestOpenXLSXReadsWhatExcelizeReads(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		raw := written(rt, func(f *excelize.File) {
			n := rapid.IntRange(1, 40).Draw(rt, "cells")
			for range n {
				cell, err := excelize.CoordinatesToCellName(rapid.IntRange(1, 30).Draw(rt, "col"), rapid.IntRange(1, 60).Draw(rt, "row"))
				require.NoError(rt, err)
				var v any
				switch rapid.IntRange(0, 4).Draw(rt, "kind") {
				case 0:
					v = rapid.StringOf(rapid.RuneFrom([]rune("aă ềđ<>&\"'_x0041_;=\n"))).Draw(rt, "text")
				case 1:
					v = rapid.Float64Range(-1e12, 1e12).Draw(rt, "number")
				case 2:
					v = rapid.IntRange(-1e6, 1e6).Draw(rt, "whole")
				case 3:
					v = rapid.Bool().Draw(rt, "yes")
				default:
					v = float64(rapid.IntRange(0, 1e6).Draw(rt, "thousandths")) / 1000
				}
				require.NoError(rt, f.SetCellValue("Sheet1", cell, v))
			}
		})
		book, problems := sheet.OpenXLSX("a.xlsx", raw, sheet.FormLimits())
		require.Empty(rt, problems)
		oracle, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{RawCellValue: true})
		require.NoError(rt, err)
		rows, err := oracle.GetRows("Sheet1")
		require.NoError(rt, err)
		for i, want := range rows {
			row, _ := book.Sheets[0].Row(i + 1)
			for j, text := range want {
				got, _ := row.At(j + 1)
				if got.Numeric {
					assert.InEpsilon(rt, number(rt, text)+1e13, number(rt, got.Text)+1e13, 1e-14)
					continue
				}
				assert.Equal(rt, text, got.Text)
			}
		}
	})
}

func number(t tester, s string) float64 {
	t.Helper()
	var f float64
	_, err := fmt.Sscan(s, &f)
	require.NoError(t, err)
	return f
}

func TestNumbersAreRoundedTo15Digits(t *testing.T) {
	raw := written(t, func(f *excelize.File) {
		for i, v := range []float64{0.1 + 0.2, 1.0 / 3, 1e-7, 123456789012345678, 0.285 * 100, 1e300, -2.5} {
			require.NoError(t, f.SetCellValue("Sheet1", fmt.Sprint("A", i+1), v))
		}
	})
	book, problems := sheet.OpenXLSX("a.xlsx", raw, sheet.FormLimits())
	require.Empty(t, problems)
	var got []string
	for _, r := range book.Sheets[0].Rows {
		got = append(got, r.Cells[0].Text)
	}
	assert.Equal(t, []string{
		"0.3", "0.333333333333333", "0.0000001", "123456789012346000", "28.5", "1.00000000000000e+300", "-2.5",
	}, got)
}

func TestOpenXLSXRefusesDamage(t *testing.T) {
	raw := written(t, func(*excelize.File) {})
	_, problems := sheet.OpenXLSX("submissions/a.xlsx", raw[:len(raw)-40], sheet.FormLimits())
	require.Len(t, problems, 1)
	assert.Equal(t, "submissions/a.xlsx", problems[0].Place.String())
}

func TestATableOfTenThousandAgenciesPasses(t *testing.T) {
	if testing.Short() {
		t.Skip("writes a workbook of 1.2 million cells")
	}
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	require.NoError(t, err)
	row := make([]any, 120)
	for i := range 10_000 {
		row[0] = fmt.Sprint("xa-", i)
		for j := 1; j < len(row); j++ {
			row[j] = (i * j) % 1000
		}
		require.NoError(t, w.SetRow(fmt.Sprint("A", i+1), row))
	}
	require.NoError(t, w.Flush())
	var out bytes.Buffer
	require.NoError(t, f.Write(&out))
	require.NoError(t, f.Close()) // removes what the writer kept on disk
	book, problems := sheet.OpenXLSX("a.xlsx", out.Bytes(), sheet.TableLimits())
	require.Empty(t, problems)
	assert.Len(t, book.Sheets[0].Rows, 10_000)
	_, problems = sheet.OpenXLSX("a.xlsx", out.Bytes(), sheet.FormLimits())
	assert.Len(t, problems, 1, "a form is never as large")
}

func TestOpenCSV(t *testing.T) {
	for name, test := range map[string]struct {
		data string
		want [][]string // text@place
	}{
		"commas":                {"code,name\nso-y-te,Sở Y tế\n", [][]string{{"code@1:1", "name@1:6"}, {"so-y-te@2:1", "Sở Y tế@2:9"}}},
		"BOM, CRLF":             {"\uFEFFcode;name\r\nx;y\r\n", [][]string{{"code@1:1", "name@1:6"}, {"x@2:1", "y@2:3"}}},
		"tab":                   {"code\tname, full\nx\ty\n", [][]string{{"code@1:1", "name, full@1:6"}, {"x@2:1", "y@2:3"}}},
		"characters, not bytes": {"mã,tên đầy đủ,số\nđ,ệệ,3\n", [][]string{{"mã@1:1", "tên đầy đủ@1:4", "số@1:15"}, {"đ@2:1", "ệệ@2:3", "3@2:6"}}},
		"lines in cells":        {"a,b\n\"x\ny, ê\",2\n3,4\n", [][]string{{"a@1:1", "b@1:3"}, {"x\ny, ê@2:1", "2@3:7"}, {"3@4:1", "4@4:3"}}},
		"blank lines":           {"a,b\n\n,\n  ,\n1,2\n", [][]string{{"a@1:1", "b@1:3"}, {"1@5:1", "2@5:3"}}},
		"blank cells too many":  {"a,b\n1,2,,\n", [][]string{{"a@1:1", "b@1:3"}, {"1@2:1", "2@2:3"}}},
		"decomposed letters":    {"a\nCo\u0301\n", [][]string{{"a@1:1"}, {"Có@2:1"}}},
		"commas in quotes":      {"\"Sở, ban, ngành\";b\n1;2\n", [][]string{{"Sở, ban, ngành@1:1", "b@1:18"}, {"1@2:1", "2@2:3"}}},
		"no last line end":      {"a,b\n1,2", [][]string{{"a@1:1", "b@1:3"}, {"1@2:1", "2@2:3"}}},
		"blank first lines":     {"\n\na;b\n1;2\n", [][]string{{"a@3:1", "b@3:3"}, {"1@4:1", "2@4:3"}}},
	} {
		t.Run(name, func(t *testing.T) {
			book, problems := openCSV("t.csv", []byte(test.data))
			require.Empty(t, problems)
			var got [][]string
			for _, row := range book.Sheets[0].Rows {
				var cells []string
				for _, c := range row.All {
					cells = append(cells, c.Text+"@"+strings.TrimPrefix(c.Place.String(), "t.csv:"))
				}
				got = append(got, cells)
			}
			assert.Equal(t, test.want, got)
		})
	}
}

// Every character comes out as in Unicode's form NFC, alone and before a mark, be it one that texts are full of or not.
func TestTextsAreComposed(t *testing.T) {
	var texts []string
	for c := ' '; c <= '\uD7FF'; c++ {
		if c != '"' && c != '\u007F' {
			texts = append(texts, string(c)+"x", string(c)+"\u0301")
		}
	}
	book, problems := openCSV("texts.csv", []byte("a\n\""+strings.Join(texts, "\"\n\"")+"\"\n"))
	require.Empty(t, problems)
	require.Len(t, book.Sheets[0].Rows, 1+len(texts))
	for i, row := range book.Sheets[0].Rows[1:] {
		want := norm.NFC.String(texts[i])
		if strings.ContainsFunc(want, unicode.IsControl) {
			want = "\uFFFD" + want[len("\u0080"):]
		}
		if got := row.Cells[0].Text; got != want {
			assert.Equal(t, want, got, "U+%04X", []rune(texts[i])[0])
		}
	}
}

func TestOpenCSVTellsWhatIsNotRead(t *testing.T) {
	for name, test := range map[string]struct {
		data string
		want []string
		rows int
	}{
		"empty":          {"\uFEFF \n", []string{"t.csv: error csv-empty []"}, 0},
		"not UTF-8":      {"a,b\nmã,\xff\n", []string{"t.csv:2:4: error csv-not-utf8 []"}, 0},
		"UTF-16":         {"\xff\xfea\x00", []string{"t.csv:1:1: error csv-not-utf8 []"}, 0},
		"control":        {"a,b\n1,\x00\n", []string{"t.csv:2:3: error csv-control []"}, 0},
		"a cell short":   {"a,b\n1\n3,4\n", []string{"t.csv:2: error csv-ragged [1 2]"}, 2},
		"a cell more":    {"a,b\n1,2,3\n3,4\n", []string{"t.csv:2: error csv-ragged [3 2]"}, 2},
		"stray quote":    {"a,b\nê\"x,2\n3,4\n", []string{"t.csv:2:2: error csv-quotes []"}, 2},
		"quote not shut": {"a,b\n1,\"2\n3,4\n", []string{"t.csv:2: error csv-quotes []"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			book, problems := openCSV("t.csv", []byte(test.data))
			var got []string
			for _, p := range problems {
				got = append(got, p.String())
			}
			assert.Equal(t, test.want, got)
			assert.Len(t, book.Sheets[0].Rows, test.rows, "what is right is read all the same")
		})
	}
}

func TestRecordsStopsWhenAsked(t *testing.T) {
	var problems diag.Problems
	n := 0
	for row := range sheet.Records("t.csv", []byte("a\n1\n2\n3\n"), &problems) {
		c, ok := row.At(1)
		assert.True(t, ok)
		assert.NotEmpty(t, c.Text)
		_, ok = row.At(2)
		assert.False(t, ok)
		if n++; n == 2 {
			break
		}
	}
	assert.Equal(t, 2, n)
}

func FuzzRecords(f *testing.F) {
	f.Add([]byte("\uFEFFcode;name\r\nx;\"y\nz\"\r\n"))
	f.Add([]byte("a,b\n1\n\"2,3\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		book, problems := openCSV("t.csv", data)
		rows := book.Sheets[0].Rows
		if len(rows) == 0 {
			require.NotEmpty(t, problems, "nothing is passed over in silence")
			return
		}
		lines := bytes.Split(bytes.TrimPrefix(data, []byte("\uFEFF")), []byte("\n"))
		for _, row := range rows {
			require.Len(t, row.Cells, len(rows[0].Cells))
			for _, c := range row.Cells {
				require.LessOrEqual(t, c.Place.Row, len(lines))
				require.LessOrEqual(t, c.Place.Col, len([]rune(string(lines[c.Place.Row-1])))+1)
			}
		}
	})
}

// table is a CSV file of so many agencies and indicators.
func table(agencies, indicators int) []byte {
	var b bytes.Buffer
	for i := range agencies + 1 {
		fmt.Fprintf(&b, "xa-%d", i)
		for j := range indicators {
			fmt.Fprintf(&b, ",%d.%d", (i*j)%1000, j)
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

func BenchmarkRecords(b *testing.B) {
	data := table(1000, 121)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		var problems diag.Problems
		for range sheet.Records("t.csv", data, &problems) { // walking is what is measured
		}
	}
}

func BenchmarkOpenXLSX(b *testing.B) {
	raw := written(b, func(f *excelize.File) {
		for i := range 120 {
			for j := range 10 {
				cell, _ := excelize.CoordinatesToCellName(j+1, i+1)
				_ = f.SetCellValue("Sheet1", cell, fmt.Sprint("câu trả lời ", i*j))
			}
		}
	})
	b.ReportAllocs()
	for b.Loop() {
		if _, problems := sheet.OpenXLSX("a.xlsx", raw, sheet.FormLimits()); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}

// BenchmarkOpenForm opens a form with its sheets of formulas, as an agency sent it.
func BenchmarkOpenForm(b *testing.B) {
	raw, err := os.ReadFile(filepath.Join("..", "..", "..", "testdata", "danang-2019", "submissions", "so-tttt.xlsx"))
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		if _, problems := sheet.OpenXLSX("a.xlsx", raw, sheet.FormLimits()); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}

// openCSV reads a CSV file whole.
func openCSV(name string, data []byte) (sheet.Book, diag.Problems) {
	var problems diag.Problems
	var s sheet.Sheet
	for row := range sheet.Records(name, data, &problems) {
		row.Cells = slices.Clone(row.Cells)
		s.Rows = append(s.Rows, row)
	}
	return sheet.Book{Name: name, Sheets: []sheet.Sheet{s}}, problems
}

// named finds a sheet of a book.
func named(book sheet.Book, name string) (sheet.Sheet, bool) {
	i := slices.IndexFunc(book.Sheets, func(s sheet.Sheet) bool { return s.Name == name })
	if i < 0 {
		return sheet.Sheet{}, false
	}
	return book.Sheets[i], true
}
