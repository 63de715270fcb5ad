package xlsx_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/reports/xlsx"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

const edition = `schema: dti.criteria/v1
id: example
version: "2019"
title: {vi: Bộ chỉ số chuyển đổi số ví dụ, en: Example index}
source: {decision: 12/QĐ-UBND, date: 2019-01-15}
languages: [vi, en]
scale: 100
groups:
  department: {vi: "Sở, ban, ngành / cơ quan chuyên môn [thuộc thành phố]", en: Departments}
  ward: {vi: Phường, en: Wards}
ratings:
  - {id: good, name: {vi: Tốt, en: Good}, from: 80}
  - {id: fair, name: {vi: Khá, en: Fair}, from: 50}
  - {id: weak, name: {vi: Yếu, en: Weak}, from: 0}
rounding: {indicator: 2, total: 2}
caps: {bonus: 3}
pillars:
  - id: infrastructure
    no: "1"
    name: {vi: Hạ tầng kỹ thuật, en: Infrastructure}
    indicators:
      - {id: INF-1, no: "1.1", name: {vi: Tỷ lệ cán bộ công chức viên chức được trang bị máy tính, en: Staff with a computer}, points: 60,
         inputs: {computers: {name: {vi: Số máy tính, en: Computers}, type: count}, staff: {name: {vi: Số cán bộ, en: Staff}, type: count}},
         score: {kind: ratio, of: computers, over: staff}}
      - {id: SEC-1, no: "1.2", name: {vi: An toàn thông tin, en: Security}, points: {department: 10, ward: 10}, score: {kind: yes_no}, public: points}
  - id: application
    no: "2"
    name: {vi: Ứng dụng, en: Application}
    indicators:
      - {id: APP-1, no: "2.1", name: {vi: Trang thông tin, en: Website}, points: {department: 30}, for: [department], score: {kind: yes_no}}
      - {id: APP-2, no: "2.2", name: {vi: Cho phường, en: For wards}, points: {ward: 30}, for: [ward], score: {kind: yes_no}}
      - {id: APP-3, no: "2.3", name: {vi: Nội bộ bí mật, en: Internal}, points: 3, effect: bonus, score: {kind: yes_no}, public: none}
`

// round is departments with a tie and an unranked one, and wards.
func round(t testing.TB) *submission.Round {
	t.Helper()
	set, err := criteria.Load("example.yaml", []byte(edition))
	require.NoError(t, err)
	r := &submission.Round{
		ID: "example-2019", Title: criteria.Text{"vi": "Xếp hạng chuyển đổi số năm 2019", "en": "Ranking 2019"}, Year: 2019, Set: set,
		Submissions: map[string]submission.Submission{},
		Release:     submission.Release{Status: submission.Final, Revision: 1, Decision: "4200/QĐ-UBND", Date: "2020-10-29", Contact: "dti@example.vn", Licence: "CC BY 4.0"},
	}
	add := func(code, name, group string, computers int64) {
		r.Agencies = append(r.Agencies, submission.Agency{Code: code, Name: criteria.Text{"vi": name}, Group: group})
		count := func(n int64) submission.Answer {
			return submission.Answer{Value: rule.NumberOf(decimal.NewFromInt(n))}
		}
		yes := submission.Answer{Value: rule.YesNoOf(true)}
		r.Submissions[code] = submission.Submission{Agency: code, Sent: true, Answers: submission.AnswersOf(r.Set, map[submission.Key]submission.Answer{
			{Indicator: "INF-1", Input: "computers"}: count(computers), {Indicator: "INF-1", Input: "staff"}: count(60),
			{Indicator: "SEC-1", Input: "value"}: yes, {Indicator: "APP-1", Input: "value"}: yes,
		})}
	}
	add("so-a", "Sở Thông tin và Truyền thông", "department", 58)
	add("so-b", "Sở Văn hóa, Thể thao và Du lịch thành phố trực thuộc trung ương", "department", 31)
	add("so-c", `=HYPERLINK("x") </script><script>alert(1)</script>`, "department", 31)
	add("so-d", "Ban Quản lý mới", "department", 60)
	r.Agencies[3].Unranked, r.Agencies[3].Reason = true, "mới thành lập tháng 10"
	add("001", "Phường Một", "ward", 20)
	return r
}

func book(t testing.TB, r *submission.Round, lang string) view.Book {
	t.Helper()
	ranking := scoring.Rank(r)
	past, problems := history.FromStandings(2018, "", []submission.PastStanding{
		{Code: "so-a", Group: "department", Rank: 2, Rating: "Khá"}, {Code: "so-b", Group: "department", Rank: 1}, {Code: "x", Group: "department", Rank: 3},
	})
	require.Empty(t, problems)
	return view.NewEdition(ranking, history.Compare(ranking, past), locale.MustFor(lang), "dti test").ResultsBook()
}

func write(t testing.TB, b view.Book) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, xlsx.Write(&out, b))
	return out.Bytes()
}

func open(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	require.NoError(t, err)
	t.Cleanup(func() { f.Close() })
	return f
}

func TestWrite(t *testing.T) {
	data := write(t, book(t, round(t), "vi"))
	if path := os.Getenv("DTI_XLSX"); path != "" {
		require.NoError(t, os.WriteFile(path, data, 0o644)) // to look at
	}
	f := open(t, data)
	names := f.GetSheetList()
	require.Equal(t, []string{"Sở, ban, ngành - cơ quan chuyê…", "Phường", "Biểu đồ", "Điểm từng chỉ số", "Cách tính"}, names)

	rows, err := f.GetRows(names[0], excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	head := rowWith(t, rows, "STT")
	assert.Equal(t, []string{"STT", "Cơ quan", "Điểm (tối đa 100)", "Hạng", "Xếp loại", "Thay đổi so với năm 2018", "Ghi chú"}, rows[head])
	assert.Equal(t, []string{"1", "Sở Thông tin và Truyền thông", "98", "1", "Tốt"}, rows[head+1][:5])
	assert.Equal(t, `=HYPERLINK("x") </script><script>alert(1)</script>`, rows[head+3][1])
	assert.Equal(t, "71", rows[head+2][2])
	assert.Equal(t, []string{"2", "2"}, []string{rows[head+2][3], rows[head+3][3]}, "a tied rank stays a number")
	assert.Equal(t, "Cơ quan không xếp hạng", rows[head+4][0])
	assert.Contains(t, rows[head+5][6], "mới thành lập tháng 10")

	printed, err := f.GetCellValue(names[0], "D"+strconv.Itoa(head+3))
	require.NoError(t, err)
	assert.Equal(t, "2 (đồng hạng)", printed)
	printed, err = f.GetCellValue(names[0], "C"+strconv.Itoa(head+2))
	require.NoError(t, err)
	assert.Equal(t, "98.00", printed)
	kind, err := f.GetCellType(names[0], "C"+strconv.Itoa(head+2))
	require.NoError(t, err)
	assert.NotEqual(t, excelize.CellTypeSharedString, kind)
	formula, err := f.GetCellFormula(names[0], "B"+strconv.Itoa(head+4))
	require.NoError(t, err)
	assert.Empty(t, formula, "a name is never a formula")
}

func rowWith(t *testing.T, rows [][]string, first string) int {
	t.Helper()
	for i, row := range rows {
		if len(row) > 0 && row[0] == first {
			return i
		}
	}
	require.Fail(t, "no row begins with "+first)
	return 0
}

func TestIndicatorSheet(t *testing.T) {
	f := open(t, write(t, book(t, round(t), "vi")))
	rows, err := f.GetRows("Điểm từng chỉ số", excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	head := rowWith(t, rows, "Mã")
	assert.Equal(t, []string{"1.1 Tỷ lệ cán bộ công chức viên chức được trang bị máy tính", "1.2 An toàn thông tin", "2.1 Trang thông tin", "2.2 Cho phường"}, rows[head][4:])
	assert.Equal(t, []string{"58", "10", "30", "–"}, rows[head+1][4:])
	for _, row := range rows {
		assert.NotContains(t, strings.Join(row, " "), "bí mật", "an indicator that is not public")
	}
}

func TestDraftIsStamped(t *testing.T) {
	r := round(t)
	r.Release.Status = submission.Draft
	data := write(t, book(t, r, "vi"))
	f := open(t, data)
	for _, name := range f.GetSheetList() {
		first, err := f.GetCellValue(name, "A1")
		require.NoError(t, err)
		assert.Contains(t, first, "BẢN DỰ THẢO", name)
	}
	assert.Equal(t, 5, strings.Count(parts(t, data, "xl/worksheets/"), "<oddHeader>&amp;C&amp;BBẢN DỰ THẢO"))
}

// parts joins the parts of a workbook under a prefix.
func parts(t *testing.T, data []byte, prefix string) string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	var all strings.Builder
	for _, part := range r.File {
		if !strings.HasPrefix(part.Name, prefix) {
			continue
		}
		in, err := part.Open()
		require.NoError(t, err)
		_, err = io.Copy(&all, in)
		require.NoError(t, err)
		require.NoError(t, in.Close())
	}
	return all.String()
}

func TestSameBytes(t *testing.T) {
	r := round(t)
	assert.True(t, bytes.Equal(write(t, book(t, r, "en")), write(t, book(t, r, "en"))))
}

func TestDimension(t *testing.T) {
	data := write(t, book(t, round(t), "en"))
	sheets := parts(t, data, "xl/worksheets/sheet1")
	assert.Regexp(t, `<dimension ref="A1:G\d+"`, sheets)
	assert.Contains(t, sheets, `paperSize="9"`)
	assert.Contains(t, parts(t, data, "xl/workbook.xml"), "_xlnm.Print_Titles")
}

func sheetOf(name string, cells ...view.SheetCell) view.Sheet {
	return view.Sheet{Name: name, Widths: make([]int, len(cells)), Height: 1, Rows: func(yield func(view.SheetRow) bool) {
		yield(view.SheetRow{Kind: view.BodyRow, Cells: cells})
	}}
}

func TestSheetNames(t *testing.T) {
	long := strings.Repeat("Ủy ban ", 9)
	wanted := []string{"a", "A", "", "'", "History", ":\\/?*[]", long, long, "x\x00\x01y", strings.Repeat("😀", 20)}
	var b view.Book
	for _, name := range wanted {
		b.Sheets = append(b.Sheets, sheetOf(name, view.SheetCell{Text: "x"}))
	}
	assert.Equal(t, []string{
		"a", "A (2)", "-", "- (2)", "History (2)", "-------", "Ủy ban Ủy ban Ủy ban Ủy ban Ủy…", "Ủy ban Ủy ban Ủy ban Ủy ba… (2)", "xy",
		strings.Repeat("😀", 15) + "…",
	}, open(t, write(t, b)).GetSheetList())
}

// TestHeights: programs do not measure the rows of a streamed sheet, so a text of several lines would be cut.
func TestHeights(t *testing.T) {
	tests := map[string]struct {
		text  string
		width int
		want  float64
	}{
		"one line":    {"Phường Một", 20, 15},
		"three lines": {"Sở Văn hóa, Thể thao và Du lịch thành phố", 18, 47},
		"paragraphs":  {"một\nhai\nba", 20, 47},
		"long word":   {strings.Repeat("x", 50), 20, 47},
		"very long":   {strings.Repeat("chữ ", 8000), 22, 409},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := sheetOf("s", view.SheetCell{Text: tt.text}, view.SheetCell{Text: "x"})
			s.Widths = []int{tt.width, 10}
			got, err := open(t, write(t, view.Book{Sheets: []view.Sheet{s}})).GetRowHeight("s", 1)
			require.NoError(t, err)
			assert.InDelta(t, tt.want, got, 0.01)
		})
	}
}

func TestLongAndHostileTexts(t *testing.T) {
	texts := map[string]struct{ in, out string }{
		"too long":      {strings.Repeat("đ", 40000), strings.Repeat("đ", 32766) + "…"},
		"pairs":         {strings.Repeat("😀", 20000), strings.Repeat("😀", 16383) + "…"},
		"formula":       {`=HYPERLINK("http://x")`, `=HYPERLINK("http://x")`},
		"markup":        {`</t><f>1</f>&`, `</t><f>1</f>&`},
		"escape":        {"_x0041_", "_x0041_"},
		"leading space": {"  x ", "  x "},
	}
	for name, tt := range texts {
		t.Run(name, func(t *testing.T) {
			f := open(t, write(t, view.Book{Sheets: []view.Sheet{sheetOf("s", view.SheetCell{Text: tt.in})}}))
			got, err := f.GetCellValue("s", "A1")
			require.NoError(t, err)
			assert.True(t, tt.out == got, "%.60q", got)
		})
	}
}

func TestControlCharactersStayOut(t *testing.T) {
	data := write(t, view.Book{Title: "a\x01&b", Draft: "x", Footer: "Sở & ban", Sheets: []view.Sheet{sheetOf("s", view.SheetCell{Text: "a\x01\xffb"})}})
	assert.NotContains(t, parts(t, data, "xl/"), "\x01")
	assert.Contains(t, parts(t, data, "xl/worksheets/"), "Sở &amp;&amp; ban")
	open(t, data)
}

type broken struct{}

var errFull = errors.New("disk full")

func (broken) Write([]byte) (int, error) { return 0, errFull }

func TestWriterFails(t *testing.T) {
	require.ErrorIs(t, xlsx.Write(broken{}, book(t, round(t), "vi")), errFull)
}

func BenchmarkWrite(b *testing.B) {
	cells := make([]view.SheetCell, 120)
	for i := range cells {
		cells[i] = view.SheetCell{Number: decimal.New(int64(i*37), -2), Numeric: true, Decimals: 2}
	}
	const rows = 1000
	sheet := view.Sheet{Name: "s", Widths: make([]int, len(cells)), Height: rows, Rows: func(yield func(view.SheetRow) bool) {
		for range rows {
			if !yield(view.SheetRow{Kind: view.BodyRow, Cells: cells}) {
				return
			}
		}
	}}
	b.ReportAllocs()
	for b.Loop() {
		if err := xlsx.Write(io.Discard, view.Book{Sheets: []view.Sheet{sheet}}); err != nil {
			b.Fatal(err)
		}
	}
}
