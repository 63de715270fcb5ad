package workbook_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring/submission"
)

const answersSheet = "Tự đánh giá"

// opened is a written form as another program sees it.
func opened(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, f.Close()) })
	return f
}

// rowOf finds the row with an id in the hidden column of a sheet.
func rowOf(t testing.TB, f *excelize.File, sheet, id string) int {
	t.Helper()
	ids, err := f.GetCols(sheet)
	require.NoError(t, err)
	for i, cell := range ids[0] {
		if cell == id {
			return i + 1
		}
	}
	require.Failf(t, "no such row", "%s in %s", id, sheet)
	return 0
}

func at(t testing.TB, f *excelize.File, sheet, cell string) string {
	t.Helper()
	s, err := f.GetCellValue(sheet, cell)
	require.NoError(t, err)
	return s
}

func style(t testing.TB, f *excelize.File, sheet, cell string) *excelize.Style {
	t.Helper()
	id, err := f.GetCellStyle(sheet, cell)
	require.NoError(t, err)
	s, err := f.GetStyle(id)
	require.NoError(t, err)
	return s
}

func locked(s *excelize.Style) bool { return s.Protection == nil || s.Protection.Locked }

func TestWriteIsDeterministic(t *testing.T) {
	first := write(t, exampleForm())
	for range 3 {
		assert.True(t, bytes.Equal(first, write(t, exampleForm())), "equal forms give equal bytes")
	}
}

func TestSheets(t *testing.T) {
	tests := map[string]struct {
		lang string
		want []string
	}{
		"Vietnamese":                            {"vi", []string{"Hướng dẫn", "Thông tin", "Tự đánh giá", "Kết quả", "Lists", "Calc", "dti"}},
		"English":                               {"en", []string{"Guide", "Details", "Self-assessment", "Outcome", "Lists", "Calc", "dti"}},
		"a language that there is not":          {"fr", []string{"Hướng dẫn", "Thông tin", "Tự đánh giá", "Kết quả", "Lists", "Calc", "dti"}},
		"no language: the first one of the set": {"", []string{"Hướng dẫn", "Thông tin", "Tự đánh giá", "Kết quả", "Lists", "Calc", "dti"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			form := exampleForm()
			form.Lang = tt.lang
			f := opened(t, write(t, form))
			assert.Equal(t, tt.want, f.GetSheetList())
			for i, sheet := range f.GetSheetList() {
				visible, err := f.GetSheetVisible(sheet)
				require.NoError(t, err)
				assert.Equal(t, i < 4, visible, sheet)
			}
			assert.Zero(t, f.GetActiveSheetIndex())
		})
	}
}

func TestStructureOfTheSheets(t *testing.T) {
	f := opened(t, write(t, exampleForm()))
	for _, sheet := range f.GetSheetList()[:4] {
		merged, err := f.GetMergeCells(sheet)
		require.NoError(t, err)
		assert.Empty(t, merged, "%s: nothing is merged", sheet)
		layout, err := f.GetPageLayout(sheet)
		require.NoError(t, err)
		assert.Equal(t, 9, *layout.Size, "%s: A4", sheet)
		assert.Equal(t, "landscape", *layout.Orientation, sheet)
		assert.Equal(t, 1, *layout.FitToWidth, "%s: one page wide", sheet)
		props, err := f.GetSheetProps(sheet)
		require.NoError(t, err)
		assert.True(t, *props.FitToPage, sheet)
		visible, err := f.GetColVisible(sheet, "A")
		require.NoError(t, err)
		assert.False(t, visible, "%s: the column of ids is hidden", sheet)
		margins, err := f.GetHeaderFooter(sheet)
		require.NoError(t, err)
		assert.Contains(t, margins.OddHeader, "Sở Thông tin và Truyền thông")
		assert.Contains(t, margins.OddHeader, "Đánh giá chuyển đổi số năm 2025")
		assert.Contains(t, margins.OddFooter, "example-city@2025")
		protection, err := f.GetSheetProtection(sheet)
		require.NoError(t, err)
		assert.True(t, protection.FormatCells && protection.FormatColumns && protection.FormatRows, "%s: formats stay free", sheet)
		assert.True(t, protection.SelectLockedCells && protection.SelectUnlockedCells, sheet)
		assert.Empty(t, protection.Password, sheet)
		assert.NoError(t, f.UnprotectSheet(sheet), "%s: no password", sheet)
	}
	panes, err := f.GetPanes(answersSheet)
	require.NoError(t, err)
	assert.True(t, panes.Freeze)
	assert.Equal(t, 4, panes.YSplit, "rows are frozen")
	assert.Zero(t, panes.XSplit, "columns are not")
	visible, err := f.GetRowVisible(answersSheet, 1)
	require.NoError(t, err)
	assert.False(t, visible, "the row of marks is hidden")
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		names[n.Name+" "+n.Scope] = n.RefersTo
	}
	assert.Equal(t, "'Tự đánh giá'!$2:$4", names["_xlnm.Print_Titles Tự đánh giá"], "titles repeat on paper")
}

func TestRowsOfTheAnswers(t *testing.T) {
	f := opened(t, write(t, exampleForm()))
	row := rowOf(t, f, answersSheet, "INF-1.computers")
	cell := func(column string) string { return fmt.Sprint(column, row) }
	for column, want := range map[string]string{
		"B": "1.1", "C": "Tỷ lệ cán bộ, công chức, viên chức được trang bị máy tính để xử lý công việc", "D": "5", "E": "Số máy tính",
		"F": "", "I": "Số nguyên, từ 0 trở lên", "J": "", "K": "",
	} {
		assert.Equal(t, want, at(t, f, answersSheet, cell(column)), column)
	}
	assert.Contains(t, at(t, f, answersSheet, cell("L")), "Tài liệu: Báo cáo kiểm kê tài sản.")
	assert.Contains(t, at(t, f, answersSheet, cell("L")), "Số máy tính", "rules name inputs as people do")
	for _, column := range []string{"F", "J", "K"} {
		s := style(t, f, answersSheet, cell(column))
		assert.False(t, locked(s), "%s can be typed into", column)
		assert.Equal(t, 2, s.Border[0].Style, "%s has a thick border", column)
	}
	for _, column := range []string{"B", "C", "D", "E", "G", "H", "I", "L"} {
		assert.True(t, locked(style(t, f, answersSheet, cell(column))), column)
	}

	given := rowOf(t, f, answersSheet, "INF-1.checked")
	assert.Equal(t, row+1, given)
	assert.True(t, locked(style(t, f, answersSheet, fmt.Sprint("F", given))), "others provide it")
	assert.Equal(t, "Đơn vị chủ trì cung cấp", at(t, f, answersSheet, fmt.Sprint("H", given)))
	assert.Equal(t, "Cơ quan không nhập", at(t, f, answersSheet, fmt.Sprint("I", given)))
	assert.True(t, locked(style(t, f, answersSheet, fmt.Sprint("J", given))), "one evidence cell per indicator")
	survey := rowOf(t, f, answersSheet, "INF-3.value")
	assert.Contains(t, at(t, f, answersSheet, fmt.Sprint("H", survey)), "khảo sát")
	assert.True(t, locked(style(t, f, answersSheet, fmt.Sprint("J", survey))))

	pillar := rowOf(t, f, answersSheet, "INF-1.computers") - 1
	assert.Equal(t, "Hạ tầng và nền tảng số", at(t, f, answersSheet, fmt.Sprint("C", pillar)), "a pillar heads its rows")
	assert.Equal(t, "25", at(t, f, answersSheet, fmt.Sprint("D", pillar)))
}

func TestWhatDoesNotConcernTheAgency(t *testing.T) {
	form := exampleForm()
	form.Agency.Group, form.Agency.Tags = "ward", nil
	form.Filled.Answers = submission.AnswersOf(form.Set, map[submission.Key]submission.Answer{{Indicator: "SRV-1", Input: "value"}: {Value: rule.OptionsOf("full")}})
	f := opened(t, write(t, form))
	row := rowOf(t, f, answersSheet, "SRV-1.value")
	assert.Contains(t, at(t, f, answersSheet, fmt.Sprint("H", row)), "Không áp dụng")
	for _, column := range []string{"F", "J", "K"} {
		assert.True(t, locked(style(t, f, answersSheet, fmt.Sprint(column, row))), "greyed")
		assert.Empty(t, at(t, f, answersSheet, fmt.Sprint(column, row)))
	}
	columns, err := f.GetCols(answersSheet)
	require.NoError(t, err)
	assert.NotContains(t, columns[0], "SRV-4.value", "an indicator of another group is not there")
}

func TestDetails(t *testing.T) {
	form := exampleForm()
	form.Filled.Filler = "Nguyễn Văn A"
	f := opened(t, write(t, form))
	assert.Equal(t, "Nguyễn Văn A", at(t, f, "Thông tin", fmt.Sprint("C", rowOf(t, f, "Thông tin", "@filler"))))
	staff := rowOf(t, f, "Thông tin", "figures.staff")
	assert.Equal(t, "Số nguyên, từ 1 trở lên", at(t, f, "Thông tin", fmt.Sprint("D", staff)))
	assert.False(t, locked(style(t, f, "Thông tin", fmt.Sprint("C", staff))))
	assert.True(t, locked(style(t, f, "Thông tin", fmt.Sprint("C", rowOf(t, f, "Thông tin", "figures.budget")))))
}

func TestFiguresOfOtherGroupsAreLeftOut(t *testing.T) {
	form := exampleForm()
	form.Set.Root.Pillars[0].Indicators[0].For = []string{"department"}
	form.Agency.Group = "ward"
	f := opened(t, write(t, form))
	columns, err := f.GetCols("Thông tin")
	require.NoError(t, err)
	assert.NotContains(t, columns[0], "figures.staff", "only an indicator of departments reads it")
	assert.Contains(t, columns[0], "figures.note")
}

func TestValidations(t *testing.T) {
	f := opened(t, write(t, exampleForm()))
	all, err := f.GetDataValidations(answersSheet)
	require.NoError(t, err)
	of := map[string]*excelize.DataValidation{}
	for _, v := range all {
		of[v.Sqref] = v
		assert.LessOrEqual(t, len(utf16.Encode([]rune(*v.PromptTitle))), 32)
		assert.LessOrEqual(t, len(utf16.Encode([]rune(*v.Prompt))), 255)
	}
	tests := map[string]struct{ kind, formula string }{
		"INF-1.computers": {"whole", "0"},
		"INF-2.value":     {"decimal", "-10000000000000"},
		"SRV-1.value":     {"list", "Lists!$A$1:$A$4"},
		"SRV-2.value":     {"", ""},
		"SRV-3.value":     {"date", "1"},
		"SRV-4.value":     {"list", "Lists!$B$1:$B$2"},
		"APP-1.value":     {"list", "Lists!$C$1:$C$3"},
		"APP-2.value":     {"decimal", "0"},
		"APP-3.value":     {"decimal", "0"},
	}
	for id, tt := range tests {
		v := of[fmt.Sprint("F", rowOf(t, f, answersSheet, id))]
		require.NotNil(t, v, id)
		assert.Equal(t, tt.kind, v.Type, id)
		assert.Equal(t, tt.formula, v.Formula1, id)
	}
	assert.Equal(t, "Toàn trình, có chữ ký số", at(t, f, "Lists", "A1"), "a comma does not split an option")
	assert.Equal(t, "none", at(t, f, "Lists", "A3"), "a name with a semicolon goes by its id")
	assert.Equal(t, "Không áp dụng", at(t, f, "Lists", "A4"), "where it may be said")
	assert.Nil(t, of[fmt.Sprint("F", rowOf(t, f, answersSheet, "INF-1.checked"))], "no prompt on a cell of others")
}

// Long prompts, names that look like formulas or codes, and letters that XML forbids must not spoil the file.
func TestHostileNames(t *testing.T) {
	for name, hostile := range map[string]string{
		"formula":      `=HYPERLINK("http://example.com","x")`,
		"plus":         "+1+1",
		"at":           "@SUM(A1)",
		"markup":       `</script><script>alert(1)</script>`,
		"ampersands":   strings.Repeat("A & B &C&R", 40),
		"quotes":       `"Sở" 'Y tế'`,
		"control":      "Sở\x00\x01\x1f Y tế\ufffe",
		"not UTF-8":    "Sở \xff\xfe",
		"long":         strings.Repeat("Ủy ban nhân dân ", 4000),
		"emoji":        strings.Repeat("📋", 300),
		"line ends":    "Một\r\nhai\rba",
		"decomposed":   norm.NFD.String("Sở Giáo dục và Đào tạo"),
		"escape codes": "_x000D_ and _x0041_",
	} {
		t.Run(name, func(t *testing.T) {
			form := exampleForm()
			form.Agency.Name = say(hostile, hostile)
			form.Round.Title = say(hostile, hostile)
			form.Set.Root.Pillars[0].Indicators[0].Name = say(hostile, hostile)
			form.Set.Root.Pillars[0].Indicators[0].Inputs[0].Name = say(hostile, hostile)
			form.Filled.Remarks = map[string]string{"INF-1": hostile}
			f := opened(t, write(t, form))
			cell := fmt.Sprint("C", rowOf(t, f, answersSheet, "INF-1.computers"))
			got := at(t, f, answersSheet, cell)
			assert.True(t, norm.NFC.IsNormalString(got))
			assert.LessOrEqual(t, len(utf16.Encode([]rune(got))), 32767)
			formula, err := f.GetCellFormula(answersSheet, cell)
			require.NoError(t, err)
			assert.Empty(t, formula, "text stays text")
			kind, err := f.GetCellType(answersSheet, cell)
			require.NoError(t, err)
			assert.Equal(t, excelize.CellTypeInlineString, kind)
			margins, err := f.GetHeaderFooter(answersSheet)
			require.NoError(t, err)
			assert.LessOrEqual(t, len(utf16.Encode([]rune(margins.OddHeader))), 255)
			codes := regexp.MustCompile(`&[^&]`).FindAllString(strings.ReplaceAll(margins.OddHeader, "&&", ""), -1)
			assert.Equal(t, []string{"&L", "&R"}, codes, "names make no codes")
		})
	}
}

func TestOutcome(t *testing.T) {
	f := opened(t, write(t, exampleForm()))
	rows, err := f.GetRows("Kết quả")
	require.NoError(t, err)
	var text strings.Builder
	for _, row := range rows {
		text.WriteString(strings.Join(row, "|") + "\n")
	}
	for _, want := range []string{
		"|1|Hạ tầng và nền tảng số|25||3|2\n", "|2.1|Dịch vụ công trực tuyến|40||5|0\n", "||Tổng cộng|75||11|2\n",
		"Tốt|từ 80%", "Khá|trên 65%", "Tổng điểm cao nhất là 100.", "Điểm thưởng được cộng tối đa 5 điểm.",
	} {
		assert.Contains(t, text.String(), want)
	}
}

func TestPointsAndWeights(t *testing.T) {
	form := exampleForm()
	pillar := form.Set.Root.Pillars[0]
	pillar.Indicators[0].Points, pillar.Indicators[0].Weight = nil, dec("2")
	pillar.Indicators[1].Points, pillar.Indicators[1].Effect = nil, 4 // informational
	f := opened(t, write(t, form))
	assert.Equal(t, "trọng số 2", at(t, f, answersSheet, fmt.Sprint("D", rowOf(t, f, answersSheet, "INF-1.computers"))))
	assert.Empty(t, at(t, f, answersSheet, fmt.Sprint("D", rowOf(t, f, answersSheet, "INF-2.value"))))
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, fmt.Errorf("disk full") }

func TestWriteTellsErrors(t *testing.T) {
	err := workbook.Write(brokenWriter{}, exampleForm())
	assert.ErrorContains(t, err, "write the form of so-tttt")
	assert.ErrorContains(t, err, "disk full")
}

func BenchmarkWrite(b *testing.B) {
	form := exampleForm()
	for i := range 9 { // about a hundred inputs
		copied := *exampleSet().Root.Pillars[1]
		copied.Pillars = nil
		copied.Indicators = nil
		for ind := range exampleSet().Root.AllIndicators() {
			ind.ID = fmt.Sprintf("%s-%d", ind.ID, i)
			copied.Indicators = append(copied.Indicators, ind)
		}
		form.Set.Root.Pillars = append(form.Set.Root.Pillars, &copied)
	}
	w := workbook.NewWriter()
	b.ReportAllocs()
	for b.Loop() {
		require.NoError(b, w.Write(io.Discard, form))
	}
}

// A height that counts as chosen by a person would cut off what an agency adds to a cell.
func TestRowsGrowByThemselves(t *testing.T) {
	data := write(t, exampleForm())
	packed, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	for _, part := range packed.File {
		if !strings.HasPrefix(part.Name, "xl/worksheets/") {
			continue
		}
		r, err := part.Open()
		require.NoError(t, err)
		xml, err := io.ReadAll(r)
		require.NoError(t, err)
		assert.NotContains(t, string(xml), "customHeight", part.Name)
		if strings.HasSuffix(part.Name, "sheet3.xml") {
			assert.Contains(t, string(xml), ` ht="`, "yet a height is given")
		}
	}
}

func TestPointsOfAnIndicatorWithoutPoints(t *testing.T) {
	form := exampleForm()
	bonus := form.Set.Root.Pillars[1].Indicators[2]
	bonus.Points = nil
	f := opened(t, write(t, form))
	assert.Equal(t, "Điểm", at(t, f, answersSheet, fmt.Sprint("I", rowOf(t, f, answersSheet, "APP-3.value"))))
}

func TestOptionsThatShareANameGoByTheirIDs(t *testing.T) {
	form := exampleForm()
	choice := form.Set.Root.Pillars[1].Pillars[0].Indicators[0].Rule.(*rule.ChoiceRule)
	choice.Options[0].Name, choice.Options[1].Name = say("Đạt", "Met"), say("đạt", "Met in part")
	choice.Options[2].Name = say("full", "None")
	form.Filled = filled(map[submission.Key]rule.Value{key("SRV-1.value"): rule.OptionsOf("none")})
	data := write(t, form)
	f := opened(t, data)
	for i, want := range []string{"full", "part", "none"} {
		assert.Equal(t, want, at(t, f, "Lists", fmt.Sprint("A", i+1)))
	}
	got, problems := read(t, data, expect(form))
	assert.Empty(t, problems)
	assert.True(t, rule.OptionsOf("none").Equal(got.Answers.At(key("SRV-1.value")).Value))
}

func TestMethodInWords(t *testing.T) {
	for policy, want := range map[criteria.NotApplicablePolicy]string{
		criteria.Rescale: "quy đổi", criteria.Full: "đủ điểm", criteria.Zero: "0 điểm (trừ khi",
	} {
		form := exampleForm()
		form.Set.NotApplicable, form.Set.Missing.Skip, form.Set.Ratings = policy, true, nil
		form.Set.Source.Date = ""
		f := opened(t, write(t, form))
		rows, err := f.GetRows("Kết quả")
		require.NoError(t, err)
		text := fmt.Sprint(rows)
		assert.Contains(t, text, want)
		assert.Contains(t, text, "chưa trả lời không được tính")
		assert.NotContains(t, text, "Xếp loại", "a set without ratings")
		guide, err := f.GetRows("Hướng dẫn")
		require.NoError(t, err)
		assert.Contains(t, fmt.Sprint(guide), "12/QĐ-UBND.")
	}
}
