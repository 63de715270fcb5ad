package workbook_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring/submission"
)

const reviewSheet = "Cần xem lại"

// answerOf is the cell of a row's answer.
func answerOf(t testing.TB, f *excelize.File, id string) string {
	t.Helper()
	return fmt.Sprint(col(t, f, answersSheet, "answer"), rowOf(t, f, answersSheet, id))
}

// careless is a form as an agency sent it: answers that cannot be read, answers that can be repaired, and much of its own.
func careless(t testing.TB) (data []byte, form workbook.Form) {
	t.Helper()
	form = exampleForm()
	form.Agency = exampleAgency()
	form.Filled.Evidence = map[string][]submission.Evidence{"INF-1": {{Text: "12/BC"}}}
	form.Filled.Remarks = map[string]string{"INF-1": "Số liệu tháng 12", "APP-1": "Cơ quan không có cổng"}
	data = edited(t, write(t, form), func(f *excelize.File) {
		set := func(id string, v any) {
			require.NoError(t, f.SetCellValue(answersSheet, answerOf(t, f, id), v))
		}
		set("INF-1.computers", "38 máy")
		set("INF-1.connected", "40 ")
		set("INF-2.value", "45,5 %")
		set("SRV-1.value", "part")
		set("SRV-3.value", "5/1/2026")
		set("SRV-4.value", "x")
		set("APP-1.value", "n/a")
		set("APP-2.value", "0,5")
		set("APP-3.value", " 2.5")
		personal(t, f)
	})
	return data, form
}

// personal adds what agencies add.
func personal(t testing.TB, f *excelize.File) {
	t.Helper()
	must := func(err error) { t.Helper(); require.NoError(t, err) }
	answer := answerOf(t, f, "INF-1.computers")
	must(f.AddComment(answersSheet, excelize.Comment{Cell: answer, Author: "Chị Lan", Text: "Hỏi lại phòng CNTT"}))
	must(f.AddComment(answersSheet, excelize.Comment{Cell: "C20", Author: "Chị Lan", Text: "Xem công văn 12"}))
	_, err := f.NewSheet("Bảng riêng")
	must(err)
	must(f.SetCellValue("Bảng riêng", "A1", "Tổng"))
	must(f.SetCellValue("Bảng riêng", "B1", 5))
	must(f.SetCellFormula("Bảng riêng", "B2", "B1*2"))
	must(f.MergeCell("Bảng riêng", "D1", "E2"))
	must(f.SetRowVisible("Bảng riêng", 4, false))
	must(f.SetCellHyperLink("Bảng riêng", "A1", "https://example.com/?a=1&b=2", "External"))
	must(f.SetDefinedName(&excelize.DefinedName{Name: "rieng", RefersTo: "'Bảng riêng'!$B$1", Scope: "Bảng riêng"}))
	must(f.SetDefinedName(&excelize.DefinedName{Name: "chung", RefersTo: "'Bảng riêng'!$B$1"}))
	must(f.SetColWidth(answersSheet, "Z", "Z", 31))
	must(f.SetCellValue(answersSheet, "Z9", "Cột thêm của sở"))
	must(f.AddPictureFromBytes(answersSheet, "AB5", &excelize.Picture{Extension: ".png", File: pixel(t)}))
	must(f.AddChart("Bảng riêng", "G2", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Name: "A", Values: "'Bảng riêng'!$B$1:$B$2"}}}))
	italic, err := f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Italic: true}})
	must(err)
	must(f.SetConditionalFormat(answersSheet, "Z1:Z20", []excelize.ConditionalFormatOptions{{Type: "cell", Criteria: ">", Value: "5", Format: &italic}}))
	number, err := f.GetSheetIndex(answersSheet)
	must(err)
	f.SetActiveSheet(number)
}

func pixel(t testing.TB) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 8, 8))
	m.Set(2, 2, color.RGBA{R: 200, A: 255})
	var buf bytes.Buffer
	require.NoError(t, png.Encode(&buf, m))
	return buf.Bytes()
}

// annotated annotates a file with what reading it tells, and more.
func annotated(t failer, data []byte, form workbook.Form, more ...diag.Problem) workbook.Annotated {
	t.Helper()
	_, problems := read(t, data, expect(form))
	got, err := workbook.Annotate(workbook.Sent{Name: file, Data: data, Expect: expect(form), Problems: append(problems, more...)})
	require.NoError(t, err)
	return got
}

func partsOf(t testing.TB, data []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	parts := map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		require.NoError(t, err)
		text, err := io.ReadAll(r)
		require.NoError(t, err)
		parts[f.Name] = string(text)
	}
	return parts
}

func TestAnnotateShowsAndRepairs(t *testing.T) {
	data, form := careless(t)
	got := annotated(t, data, form)
	assert.Equal(t, 1, got.Problems)
	assert.Equal(t, 8, got.Repairs)
	if dir := os.Getenv("DTI_LOOK"); dir != "" {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "sent.xlsx"), data, 0o600))
		require.NoError(t, os.WriteFile(filepath.Join(dir, "annotated.xlsx"), got.Data, 0o600))
	}

	f := opened(t, got.Data)
	assert.Equal(t, reviewSheet, f.GetSheetList()[0])
	assert.Equal(t, 0, f.GetActiveSheetIndex())
	rows, err := f.GetRows(reviewSheet)
	require.NoError(t, err)
	list := rows[7:]
	require.Len(t, list, 9)
	wrong := answerOf(t, f, "INF-1.computers")
	assert.Equal(t, []string{"", "1", "Cần sửa", answersSheet + "!" + wrong}, list[0][:4])
	assert.Contains(t, list[0][4], "1.1 Tỷ lệ cán bộ")
	assert.Contains(t, list[0][5], "Nhập 38")
	assert.Equal(t, "38 máy", list[0][6])
	ok, target, err := f.GetCellHyperLink(reviewSheet, "D8")
	require.NoError(t, err)
	assert.True(t, ok)
	assert.Equal(t, "'"+answersSheet+"'!"+wrong, target)

	for id, want := range map[string]string{
		"INF-1.computers": "38 máy", "INF-1.connected": "40", "INF-2.value": "0.455", "SRV-1.value": "Một phần", "SRV-3.value": "46027",
		"SRV-4.value": "Có", "APP-1.value": "Không áp dụng", "APP-2.value": "0.5", "APP-3.value": "2.5",
	} {
		text, err := f.GetCellValue(answersSheet, answerOf(t, f, id), excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		assert.Equal(t, want, text, id)
	}
	comments, err := f.GetComments(answersSheet)
	require.NoError(t, err)
	said := map[string]string{}
	for _, c := range comments {
		for _, run := range c.Paragraph {
			said[c.Cell] += run.Text
		}
		said[c.Cell] += c.Text
	}
	assert.Contains(t, said[wrong], "Hỏi lại phòng CNTT", "what the agency said")
	assert.Contains(t, said[wrong], "Cần sửa\n", "and what is told, behind it")
	assert.Equal(t, "Xem công văn 12", strings.TrimPrefix(said["C20"], "Chị Lan:\n"))
	assert.Contains(t, said[answerOf(t, f, "APP-2.value")], "Đã sửa giúp\nĐọc được “0,5”, hiểu là 0,5; ô này nay ghi 0,5.")

	look, before := style(t, f, answersSheet, wrong), style(t, opened(t, data), answersSheet, wrong)
	assert.Equal(t, []string{"FBCFB1"}, look.Fill.Color)
	assert.Equal(t, before.NumFmt, look.NumFmt)
	assert.Equal(t, before.Font, look.Font)
	assert.Equal(t, before.Protection, look.Protection)
	mended := style(t, f, answersSheet, answerOf(t, f, "SRV-4.value"))
	assert.Equal(t, style(t, opened(t, data), answersSheet, answerOf(t, f, "SRV-4.value")).Border, mended.Border)
}

// Every part of the file that an annotation has no business in keeps its bytes, and of a sheet every byte but those of
// the marked cells.
func TestAnnotateKeepsWhatTheAgencySent(t *testing.T) {
	data, form := careless(t)
	got := annotated(t, data, form)
	before, after := partsOf(t, data), partsOf(t, got.Data)
	var changed []string
	for name, text := range before {
		if after[name] != text {
			changed = append(changed, name)
		}
	}
	slices.Sort(changed)
	answers := "xl/worksheets/sheet3.xml"
	assert.Subset(t, []string{
		"[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", "xl/styles.xml", "xl/workbook.xml",
		"xl/worksheets/sheet2.xml", answers, "xl/worksheets/sheet4.xml",
	}, changed)

	f := opened(t, data)
	marked := map[string]bool{}
	for _, id := range []string{"INF-1.computers", "INF-1.connected", "INF-2.value", "SRV-1.value", "SRV-3.value", "SRV-4.value", "APP-1.value", "APP-2.value", "APP-3.value"} {
		marked[answerOf(t, f, id)] = true
	}
	for _, name := range changed {
		if strings.HasPrefix(name, "xl/worksheets/") {
			own := map[string]bool{}
			if name == answers {
				own = marked
			}
			assert.True(t, unmarked(before[name], own) == unmarked(after[name], own), name)
		}
	}

	own := len(f.GetSheetList()) - 1
	assert.Contains(t, before["xl/workbook.xml"], fmt.Sprintf(`localSheetId="%d" name="rieng"`, own))
	assert.Contains(t, after["xl/workbook.xml"], fmt.Sprintf(`localSheetId="%d" name="rieng"`, own+1), "names of a sheet follow it")
	names := opened(t, got.Data).GetDefinedName()
	assert.Len(t, names, len(f.GetDefinedName())+1, "one more: the head of the list on paper")
	assert.Greater(t, strings.Count(after["xl/styles.xml"], "<xf "), strings.Count(before["xl/styles.xml"], "<xf "))
}

var (
	aCell      = regexp.MustCompile(`(?s)<c r="(\w+)"[^>]*?(/>|>.*?</c>)`)
	aCache     = regexp.MustCompile(`(?s) t="\w+"|<v>.*?</v>|<v/>`)
	aSelection = regexp.MustCompile(` tabSelected="\w+"`)
)

// unmarked is a sheet without the marked cells, what the form's formulas yielded, and which sheet is open.
func unmarked(s string, marked map[string]bool) string {
	s = aCell.ReplaceAllStringFunc(s, func(c string) string {
		if marked[aCell.FindStringSubmatch(c)[1]] {
			return ""
		}
		if strings.Contains(c, "Calc!") {
			return aCache.ReplaceAllString(c, "")
		}
		return c
	})
	return aSelection.ReplaceAllString(s, "")
}

// A file that comes back annotated and partly mended is annotated anew: nothing piles up, nothing is lost.
func TestAnnotateReplacesItself(t *testing.T) {
	data, form := careless(t)
	first := annotated(t, data, form)
	again := annotated(t, first.Data, form)
	assert.Equal(t, 1, again.Problems)
	assert.Zero(t, again.Repairs, "they are made")
	f := opened(t, again.Data)
	assert.Len(t, f.GetSheetList(), len(opened(t, data).GetSheetList())+2)
	comments, err := f.GetComments(answersSheet)
	require.NoError(t, err)
	assert.Len(t, comments, 2, "the agency's own; what is told of the first stands behind it")
	was := opened(t, data)
	wrong := answerOf(t, f, "INF-1.computers")
	for _, id := range []string{"INF-1.connected", "SRV-1.value", "SRV-4.value", "APP-1.value", "APP-2.value"} {
		at := answerOf(t, f, id)
		assert.Equal(t, style(t, was, answersSheet, at).Fill, style(t, f, answersSheet, at).Fill, id)
		assert.Equal(t, style(t, was, answersSheet, at).Border, style(t, f, answersSheet, at).Border, id)
	}
	third := annotated(t, again.Data, form)
	assert.Equal(t, partsOf(t, again.Data)["xl/worksheets/dtiReview.xml"], partsOf(t, third.Data)["xl/worksheets/dtiReview.xml"])
	assert.Equal(t, partsOf(t, again.Data)["xl/comments1.xml"], partsOf(t, third.Data)["xl/comments1.xml"])

	mended := edited(t, first.Data, func(f *excelize.File) {
		require.NoError(t, f.SetCellValue(answersSheet, wrong, 38))
		require.NoError(t, f.DuplicateRow(answersSheet, 5))
		require.NoError(t, f.RemoveRow(answersSheet, 6))
	})
	clean := annotated(t, mended, form)
	assert.True(t, clean.Data == nil, "nothing is left to tell")
}

func TestAnnotateIsDeterministic(t *testing.T) {
	data, form := careless(t)
	assert.True(t, bytes.Equal(annotated(t, data, form).Data, annotated(t, data, form).Data))
}

func TestIsUntouched(t *testing.T) {
	data, form := careless(t)
	got := annotated(t, data, form)
	assert.True(t, workbook.IsUntouched(got.Data))
	assert.False(t, workbook.IsUntouched(data))
	assert.False(t, workbook.IsUntouched([]byte("PK")))
	assert.False(t, workbook.IsUntouched(edited(t, got.Data, func(f *excelize.File) {})), "another program saved it")
}

// Annotating never changes what is said, whatever was filled in and however it was typed.
func TestAnnotateKeepsTheSubmission(t *testing.T) {
	w, example := workbook.NewWriter(), exampleForm()
	rapid.Check(t, func(t *rapid.T) {
		form := example
		form.Lang = rapid.SampledFrom([]string{"vi", "en"}).Draw(t, "lang")
		form.Filled = drawn(t, form)
		var buf bytes.Buffer
		require.NoError(t, w.Write(&buf, form))
		typed := rapid.SampledFrom([]any{"0,5", "1.234", "1.234,5", "45%", "Co", "x", "1", true, 0.25, 45, "FULL", "plan;report", "5/1/2026", "KAD", " ", "-", norm.NFD.String("Có"), "=1"})
		data := edited(t, buf.Bytes(), func(f *excelize.File) {
			answers := f.GetSheetList()[2]
			rows, err := f.GetRows(answers)
			require.NoError(t, err)
			for i, row := range rows {
				if len(row) > 0 && strings.Contains(row[0], ".") && rapid.Bool().Draw(t, "retyped") {
					require.NoError(t, f.SetCellValue(answers, fmt.Sprint("F", i+1), typed.Draw(t, "typed")))
				}
			}
		})
		want, problems := read(t, data, expect(form))
		got := annotated(t, data, form, diag.Problem{Place: diag.Place{File: file}, Kind: "form-set-changed", Args: []any{"x"}, Severity: diag.Warning, Agency: form.Agency.Code})
		sub, told := read(t, got.Data, expect(form))
		assertSame(t, want, sub)
		assert.Equal(t, kinds(problems), kinds(told))
		if rapid.IntRange(0, 3).Draw(t, "again") > 0 {
			return
		}
		again := annotated(t, got.Data, form, diag.Problem{Place: diag.Place{File: file}, Kind: "form-set-changed", Args: []any{"x"}, Severity: diag.Warning, Agency: form.Agency.Code})
		assert.Equal(t, got.Problems, again.Problems)
		assert.Zero(t, again.Repairs)
	})
}

// Evidence that is missing is told in the cells where it belongs.
func TestAnnotateEvidence(t *testing.T) {
	form := exampleForm()
	form.Lang, form.Agency = "en", exampleAgency()
	form.Filled = filled(map[submission.Key]rule.Value{key("INF-1.computers"): rule.NumberOf(dec("38")), key("SRV-2.value"): rule.OptionsOf("plan")})
	data := write(t, form)
	got := annotated(t, data, form, diag.Problem{
		Place: diag.Place{File: file, Sheet: "Self-assessment", Row: 7, Col: 6}, Kind: "evidence-missing", Args: []any{"so-tttt", []string{"1.1", "2.1.2"}},
		Severity: diag.Warning, Agency: "so-tttt",
	})
	assert.Equal(t, 2, got.Problems)
	f := opened(t, got.Data)
	rows, err := f.GetRows("To review")
	require.NoError(t, err)
	assert.Equal(t, "Please look", rows[7][2])
	assert.Contains(t, rows[8][4], "2.1.2 Plan")
}

// A workbook of another round is refused in one sentence, and says so itself.
func TestAnnotateARefusedWorkbook(t *testing.T) {
	form := exampleForm()
	want := expect(form)
	want.Round = "dti-2026"
	data := write(t, form)
	_, problems := read(t, data, want)
	got, err := workbook.Annotate(workbook.Sent{Name: file, Data: data, Expect: want, Problems: problems})
	require.NoError(t, err)
	assert.Equal(t, 1, got.Problems)
	rows, err := opened(t, got.Data).GetRows(reviewSheet)
	require.NoError(t, err)
	assert.Equal(t, "Cả tệp", rows[7][3])
	assert.Contains(t, rows[7][5], "dti-2026")
}

func TestAnnotateRefuses(t *testing.T) {
	form := exampleForm()
	_, err := workbook.Annotate(workbook.Sent{Name: file, Data: []byte("not a zip"), Expect: expect(form)})
	assert.Error(t, err)
	f := excelize.NewFile()
	var buf bytes.Buffer
	require.NoError(t, f.Write(&buf))
	_, err = workbook.Annotate(workbook.Sent{Name: file, Data: buf.Bytes(), Expect: expect(form)})
	assert.ErrorIs(t, err, workbook.ErrNotForm)
	got := annotated(t, write(t, form), form)
	assert.True(t, got.Data == nil, "a clean workbook has nothing to tell")
}

// The list takes another name where the agency has a sheet of its name.
func TestAnnotateFindsFreeNames(t *testing.T) {
	data, form := careless(t)
	data = edited(t, data, func(f *excelize.File) {
		_, err := f.NewSheet("CẦN XEM LẠI")
		require.NoError(t, err)
	})
	got := annotated(t, data, form)
	assert.Equal(t, reviewSheet+" 2", opened(t, got.Data).GetSheetList()[0])
}

// What an agency computes in sheets of its own may take any time and memory. None of it is computed here.
func TestAnnotateComputesNothingOfTheAgency(t *testing.T) {
	form := exampleForm()
	form.Agency = exampleAgency()
	const bomb = `REPT(REPT("xxxxxxxxxx",32000),32000)&Calc!A1`
	data := edited(t, write(t, form), func(f *excelize.File) {
		require.NoError(t, f.SetCellValue(answersSheet, answerOf(t, f, "APP-2.value"), "0,5"))
		_, err := f.NewSheet("Của tôi")
		require.NoError(t, err)
		require.NoError(t, f.SetCellFormula("Của tôi", "A1", bomb))
	})
	done, err := workbook.Annotate(workbook.Sent{Name: "a.xlsx", Data: data, Expect: expect(form)})
	require.NoError(t, err)
	require.Equal(t, 1, done.Repairs)
	formula, err := opened(t, done.Data).GetCellFormula("Của tôi", "A1")
	require.NoError(t, err)
	assert.Equal(t, bomb, formula)
}
