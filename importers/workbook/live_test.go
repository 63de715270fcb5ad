package workbook_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// scored gives a form what the engine says of its answers, as the command does.
func scored(form workbook.Form) workbook.Form {
	bounds := map[string]map[string][]rule.Bound{form.Agency.Group: form.Bounds}
	form.Score = scoring.Estimate(form.Set, bounds).Live(scoring.Entrant{Agency: form.Agency, Submission: form.Filled})
	return form
}

func starterSet(t testing.TB) *criteria.Set {
	t.Helper()
	const name = "../../criteria/builtin/city-starter@2026.yaml"
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	set, err := criteria.Load(name, data)
	require.NoError(t, err)
	return set
}

// anyForm fills in some of a form at random: answers, claims of not applying, evidence and remarks.
func anyForm(form workbook.Form, r *rand.Rand) workbook.Form {
	sub := submission.Submission{
		Agency: form.Agency.Code, Answers: submission.NewAnswers(form.Set),
		Evidence: map[string][]submission.Evidence{}, Remarks: map[string]string{},
	}
	put := func(id string, ind *criteria.Indicator, in criteria.Input) {
		if v := anyValue(ind, in, r); in.By == criteria.ByAgency && !v.IsMissing() {
			sub.Answers.Put(submission.Key{Indicator: id, Input: in.ID}, submission.Answer{Value: v})
		}
	}
	for _, in := range form.Set.Figures {
		put(criteria.FiguresID, nil, in)
	}
	for ind := range form.Set.Root.AllIndicators() {
		if !ind.Concerns(form.Agency.Group) || ind.When != "" && !form.Agency.HasTag(ind.When) {
			continue
		}
		for _, in := range ind.Inputs {
			put(ind.ID, ind, in)
		}
		own := slices.ContainsFunc(ind.Inputs, func(in criteria.Input) bool { return in.By == criteria.ByAgency })
		if own && r.IntN(2) == 0 {
			sub.Evidence[ind.ID] = []submission.Evidence{{Text: "12/BC – Báo cáo"}}
		}
		if own && r.IntN(2) == 0 {
			sub.Remarks[ind.ID] = "Đã đối chiếu"
		}
	}
	form.Filled = sub
	return form
}

func anyValue(ind *criteria.Indicator, in criteria.Input, r *rand.Rand) rule.Value {
	switch {
	case r.IntN(6) == 0:
		return rule.Value{}
	case ind != nil && ind.NotApplicable.Allowed && r.IntN(5) == 0:
		return rule.NotApplicableValue()
	}
	number := func(most int64) rule.Value {
		lowest := in.Min.Or(decimal.Zero).IntPart()
		return rule.NumberOf(decimal.NewFromInt(lowest + r.Int64N(in.Max.Or(decimal.NewFromInt(most)).IntPart()-lowest+1)))
	}
	switch in.Type {
	case rule.Count, rule.Number:
		return number(300)
	case rule.Percent:
		return number(100)
	case rule.Points:
		return number(1)
	case rule.YesNo:
		return rule.YesNoOf(r.IntN(2) == 0)
	case rule.Choice:
		options := ind.Options(in.ID)
		return rule.OptionsOf(options[r.IntN(len(options))].ID)
	case rule.Choices:
		var ids []string
		for _, o := range ind.Options(in.ID) {
			if r.IntN(2) == 0 {
				ids = append(ids, o.ID)
			}
		}
		return rule.OptionsOf(ids...)
	case rule.Day:
		return rule.DayOf([]rule.Date{"2025-03-31", "2025-04-01", "2026-01-05"}[r.IntN(3)])
	default:
		return rule.TextOf("Ghi bằng chữ")
	}
}

// A stored cell is a cell as it stands in the file.
type stored struct {
	At      string  `xml:"r,attr"`
	Type    string  `xml:"t,attr"`
	Formula string  `xml:"f"`
	Value   *string `xml:"v"`
}

func storedCells(t testing.TB, data []byte, part string) []stored {
	t.Helper()
	var sheet struct {
		Rows []struct {
			Cells []stored `xml:"c"`
		} `xml:"sheetData>row"`
	}
	require.NoError(t, xml.Unmarshal(partOf(t, data, part), &sheet))
	var cells []stored
	for _, row := range sheet.Rows {
		cells = append(cells, row.Cells...)
	}
	return cells
}

func partOf(t testing.TB, data []byte, name string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	f, err := z.Open(name)
	require.NoError(t, err)
	part, err := io.ReadAll(f)
	require.NoError(t, err)
	return part
}

// visible are the parts of the sheets with formulas that people see, with the sheets' places.
var visible = map[string]int{"xl/worksheets/sheet2.xml": 1, "xl/worksheets/sheet3.xml": 2, "xl/worksheets/sheet4.xml": 3}

// assertCaches recomputes every formula that people see and holds it against what its cell holds.
func assertCaches(t testing.TB, data []byte, msg string) {
	t.Helper()
	f := opened(t, data)
	for part, index := range visible {
		sheet := f.GetSheetName(index)
		for _, c := range storedCells(t, data, part) {
			if c.Formula == "" {
				continue
			}
			want, err := f.CalcCellValue(sheet, c.At, excelize.Options{RawCellValue: true})
			require.NoError(t, err, "%s: %s!%s = %s", msg, sheet, c.At, c.Formula)
			require.NotNil(t, c.Value, "%s: %s!%s holds a result", msg, sheet, c.At)
			if c.Type == "str" {
				require.Equal(t, plainNumbers(want), plainNumbers(*c.Value), "%s: %s!%s = %s", msg, sheet, c.At, c.Formula)
				continue
			}
			require.Empty(t, c.Type, "%s: %s!%s holds a number or a text", msg, sheet, c.At)
			require.True(t, dec(want).Round(9).Equal(dec(*c.Value).Round(9)), "%s: %s!%s = %s: computed %s, holds %s", msg, sheet, c.At, c.Formula, want, *c.Value)
		}
	}
}

// plainNumbers writes the numbers within a text alike: with a point, without what binary numbers add.
func plainNumbers(s string) string {
	return regexp.MustCompile(`[0-9]+[.,][0-9]+`).ReplaceAllStringFunc(s, func(n string) string {
		return dec(strings.Replace(n, ",", ".", 1)).Round(6).String()
	})
}

// Protected View and previews do not compute: what a cell holds is what people see there.
func TestCellsHoldWhatTheirFormulasYield(t *testing.T) {
	blank := exampleForm()
	starter := exampleForm()
	starter.Set = starterSet(t)
	ward := starter
	ward.Agency.Group, ward.Agency.Tags, ward.Lang = "ward", nil, "en"
	carried := starter
	carried.CarriedFrom, carried.BoundsYear, carried.Bounds = 2025, 2025, bestBounds(starter.Set)
	earlier := carried
	earlier.BoundsYear = 0
	w := workbook.NewWriter()
	for name, form := range map[string]workbook.Form{"example": blank, "starter": starter, "ward": ward, "carried": carried, "earlier": earlier} {
		var buf bytes.Buffer
		require.NoError(t, w.Write(&buf, scored(form)))
		assertCaches(t, buf.Bytes(), name+", blank")
		r := rand.New(rand.NewPCG(7, 11))
		for i := range 6 {
			buf.Reset()
			require.NoError(t, w.Write(&buf, scored(anyForm(form, r))))
			assertCaches(t, buf.Bytes(), fmt.Sprint(name, ", ", i))
		}
	}
}

// bestBounds are bounds for all rules of a set that take the best of a cohort.
func bestBounds(set *criteria.Set) map[string][]rule.Bound {
	bounds := map[string][]rule.Bound{}
	for ind := range set.Root.AllIndicators() {
		if _, ok := ind.Rule.(*rule.Best); ok {
			bounds[ind.ID] = []rule.Bound{{Name: "best", Value: dec("120")}}
		}
	}
	return bounds
}

// A form whose score nobody told holds no results rather than wrong ones.
func TestUnknownScoreIsNotHeld(t *testing.T) {
	data := write(t, exampleForm())
	formulas := 0
	for part := range visible {
		for _, c := range storedCells(t, data, part) {
			if c.Formula != "" {
				formulas++
				assert.Nil(t, c.Value, "%s %s", part, c.At)
			}
		}
	}
	assert.Greater(t, formulas, 40)
}

func TestScoreLine(t *testing.T) {
	form := exampleForm()
	form.Filled = filled(map[submission.Key]rule.Value{
		key("INF-1.computers"): rule.NumberOf(dec("38")), key("figures.staff"): rule.NumberOf(dec("40")),
		key("INF-2.value"): rule.NumberOf(dec("45")), key("APP-1.value"): rule.NotApplicableValue(),
	})
	f := opened(t, write(t, scored(form)))
	require.Equal(t, 3, rowOf(t, f, answersSheet, "@score"))
	for cell, want := range map[string]string{
		"C3": "Tổng điểm tự chấm (tạm tính) – xếp loại: Yếu", "D3": "100", "F3": "Đã trả lời 2/9",
		"H3": "Chưa trả lời: 6 chỉ số. Thiếu tài liệu hoặc lý do: 2 chỉ số. Chờ nơi khác: 1 chỉ số.",
	} {
		assert.Equal(t, want, at(t, f, answersSheet, cell), cell)
	}
	total, err := f.GetCellValue(answersSheet, "G3", excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	assert.Equal(t, scored(form).Score.Total.String(), total)
	assert.True(t, strings.HasPrefix(at(t, f, answersSheet, "E3"), "Đạt "), at(t, f, answersSheet, "E3"))
	for _, column := range []string{"C", "D", "E", "F", "G", "H"} {
		formula, err := f.GetCellFormula(answersSheet, column+"3")
		require.NoError(t, err)
		assert.Contains(t, formula, "Calc!$C$", column)
	}
}

func TestCheckColumn(t *testing.T) {
	form := exampleForm()
	form.Filled = filled(map[submission.Key]rule.Value{
		key("INF-1.computers"): rule.NumberOf(dec("38")), key("figures.staff"): rule.NumberOf(dec("40")),
		key("INF-2.value"): rule.NumberOf(dec("45")), key("APP-1.value"): rule.NotApplicableValue(),
	})
	form.CarriedFrom = 2024
	f := opened(t, write(t, scored(form)))
	for id, want := range map[string]string{
		"INF-1.computers": "Thiếu tài liệu kiểm chứng", "INF-1.checked": "Đơn vị chủ trì cung cấp", "INF-2.value": "Như năm 2024 – xin kiểm tra",
		"INF-3.value": "Lấy từ kết quả khảo sát", "APP-1.value": "Cần nêu lý do ở cột ghi chú", "APP-2.value": "Chưa trả lời",
	} {
		row := rowOf(t, f, answersSheet, id)
		assert.Equal(t, want, at(t, f, answersSheet, fmt.Sprint("H", row)), id)
	}
	assert.Equal(t, "Chưa trả lời", at(t, f, "Thông tin", fmt.Sprint("E", rowOf(t, f, "Thông tin", "figures.note"))))
	assert.Empty(t, at(t, f, "Thông tin", fmt.Sprint("E", rowOf(t, f, "Thông tin", "figures.staff"))))
	row := rowOf(t, f, answersSheet, "INF-2.value")
	require.NoError(t, f.SetCellValue(answersSheet, fmt.Sprint("F", row), 0.5))
	got, err := f.CalcCellValue(answersSheet, fmt.Sprint("H", row))
	require.NoError(t, err)
	assert.Empty(t, got, "an answer that was changed is the agency's own")
	require.NoError(t, f.SetCellValue(answersSheet, fmt.Sprint("F", row), "khoảng 45"))
	got, err = f.CalcCellValue(answersSheet, fmt.Sprint("H", row))
	require.NoError(t, err)
	assert.Equal(t, "Không đọc được – xem cách ghi", got)
}

// What waits for all agencies says so; under the bounds of an earlier round it is an estimate, and called one.
func TestEstimates(t *testing.T) {
	form := exampleForm()
	form.Set = starterSet(t)
	var best *criteria.Indicator
	for ind := range form.Set.Root.AllIndicators() {
		if _, ok := ind.Rule.(*rule.Best); ok && best == nil && ind.Concerns("department") && ind.Inputs[0].By == criteria.ByAgency {
			best = ind
		}
	}
	require.NotNil(t, best, "the starter set compares agencies")
	sub := submission.Submission{Answers: submission.NewAnswers(form.Set)}
	for _, in := range best.Inputs {
		sub.Answers.Put(submission.Key{Indicator: best.ID, Input: in.ID}, submission.Answer{Value: rule.NumberOf(dec("60"))})
	}
	form.Filled = sub
	look := func(form workbook.Form) (points, check, line string) {
		f := opened(t, write(t, scored(form)))
		row := rowOf(t, f, answersSheet, best.ID+"."+best.Inputs[0].ID)
		return at(t, f, answersSheet, fmt.Sprint("G", row)), at(t, f, answersSheet, fmt.Sprint("H", row)), at(t, f, answersSheet, "H3")
	}
	points, check, line := look(form)
	if !best.Evidence.Required {
		assert.Contains(t, check, "sau khi có số liệu của mọi cơ quan")
	}
	assert.Empty(t, points, "nobody guesses")
	assert.NotContains(t, line, "ước tính")
	form.Bounds, form.BoundsYear = bestBounds(form.Set), 2025
	form.Filled.Evidence = map[string][]submission.Evidence{best.ID: {{Text: "12/BC"}}}
	points, check, line = look(form)
	assert.NotEmpty(t, points)
	assert.Equal(t, "Ước tính theo số liệu năm 2025", check)
	assert.Regexp(t, `Trong đó ước tính [0-9,]+ điểm\.`, line)
}

func TestConditionalFormats(t *testing.T) {
	form := exampleForm()
	form.CarriedFrom = 2024
	f := opened(t, write(t, form))
	formats, err := f.GetConditionalFormats(answersSheet)
	require.NoError(t, err)
	last := rowOf(t, f, answersSheet, "APP-3.value")
	byColumn := map[string]int{}
	for area, rules := range formats {
		first, end, ok := strings.Cut(area, ":")
		require.True(t, ok)
		assert.True(t, strings.HasSuffix(first, "5") && strings.HasSuffix(end, fmt.Sprint(last)), area)
		byColumn[first[:1]] += len(rules)
	}
	assert.Equal(t, map[string]int{"F": 3, "H": 4, "J": 1, "K": 1}, byColumn)
	_, tints, _ := strings.Cut(string(partOf(t, write(t, form), "xl/styles.xml")), "<dxfs")
	assert.Contains(t, tints, "<b ", "what cannot be read stands out without colour")
}

// A percentage is a fraction in a cell that shows it as a percentage, so that what is typed is what is held.
func TestPercentagesAreFractions(t *testing.T) {
	for answer, held := range map[string]string{"45": "0.45", "0.5": "0.005", "100": "1", "0": "0", "33.333": "0.33333", "250": "2.5"} {
		form := exampleForm()
		form.Filled = filled(map[submission.Key]rule.Value{key("INF-2.value"): rule.NumberOf(dec(answer))})
		data := write(t, form)
		f := opened(t, data)
		cell := fmt.Sprint("F", rowOf(t, f, answersSheet, "INF-2.value"))
		got, err := f.GetCellValue(answersSheet, cell, excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		assert.Equal(t, held, got)
		assert.Equal(t, 10, style(t, f, answersSheet, cell).NumFmt, "0.00%")
		sub, problems := read(t, data, expect(form))
		assert.Empty(t, problems)
		assertSame(t, form.Filled, sub)
	}
}

// Copies of what was carried over are kept beside the answers, out of sight and out of what is read.
func TestCarriedAnswers(t *testing.T) {
	form := exampleForm()
	form.CarriedFrom = 2024
	form.Filled = filled(map[submission.Key]rule.Value{key("INF-2.value"): rule.NumberOf(dec("45")), key("SRV-1.value"): rule.OptionsOf("full")})
	data := write(t, form)
	f := opened(t, data)
	shown, err := f.GetColVisible(answersSheet, "M")
	require.NoError(t, err)
	assert.False(t, shown)
	copied, err := f.GetCellValue(answersSheet, fmt.Sprint("M", rowOf(t, f, answersSheet, "SRV-1.value")), excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	assert.Equal(t, "Toàn trình, có chữ ký số", copied)
	guide, err := f.GetRows("Hướng dẫn")
	require.NoError(t, err)
	assert.Contains(t, fmt.Sprint(guide), "Các câu trả lời năm 2024 đã được ghi sẵn")
	sub, problems := read(t, data, expect(form))
	assert.Equal(t, []string{"form-carried-all"}, kinds(problems))
	assertSame(t, form.Filled, sub)
}

func TestCalcSheet(t *testing.T) {
	f := opened(t, write(t, exampleForm()))
	shown, err := f.GetSheetVisible("Calc")
	require.NoError(t, err)
	assert.False(t, shown)
	book := string(partOf(t, write(t, exampleForm()), "xl/workbook.xml"))
	assert.Regexp(t, `name="Calc"[^>]*state="hidden"`, book, "whoever wants to look can unhide it")
	assert.Contains(t, book, `fullCalcOnLoad="true"`)
	protection, err := f.GetSheetProtection("Calc")
	require.NoError(t, err)
	assert.Empty(t, protection.Password)
	assert.NoError(t, f.UnprotectSheet("Calc"))
	formula := regexp.MustCompile(`INDIRECT|OFFSET|LET\(|FILTER|_xlfn`)
	for _, c := range storedCells(t, write(t, exampleForm()), "xl/worksheets/sheet6.xml") {
		assert.NotRegexp(t, formula, c.Formula)
		if c.Formula != "" {
			assert.Nil(t, c.Value)
		}
	}
}

// A Writer gives the bytes that Write gives, whatever it wrote before.
func TestWriterGivesEqualBytes(t *testing.T) {
	w := workbook.NewWriter()
	one := scored(exampleForm())
	other := one
	other.Agency = submission.Agency{Code: "p-an-khe", Name: say("Phường An Khê", "An Khe"), Group: "ward"}
	other = scored(other)
	english := one
	english.Lang = "en"
	carried := one
	carried.CarriedFrom, carried.Bounds, carried.BoundsYear = 2024, map[string][]rule.Bound{"INF-2": {{Name: "best", Value: dec("3")}}}, 2024
	forms := []workbook.Form{one, other, english, carried, one, carried, other}
	assert.Error(t, w.Write(brokenWriter{}, one))
	for i, form := range forms {
		var buf bytes.Buffer
		require.NoError(t, w.Write(&buf, form))
		assert.True(t, bytes.Equal(write(t, form), buf.Bytes()), i)
	}
}

// The columns of a sheet stand in order, as Excel wants them.
func TestColumnsAreInOrder(t *testing.T) {
	data := write(t, exampleForm())
	for part := range visible {
		var numbers []string
		for _, m := range regexp.MustCompile(`<col min="(\d+)"`).FindAllStringSubmatch(string(partOf(t, data, part)), -1) {
			numbers = append(numbers, fmt.Sprintf("%2s", m[1]))
		}
		assert.True(t, slices.IsSorted(numbers), numbers)
		assert.NotEmpty(t, numbers)
	}
}

// wideSet has as many indicators as asked for, of all kinds of the example set.
func wideSet(indicators int) *criteria.Set {
	set := exampleSet()
	pillar := &criteria.Pillar{ID: "wide", No: "3", Name: say("Nhóm rộng", "Wide"), Combine: criteria.Sum}
	for n := 0; ; n++ {
		for ind := range exampleSet().Root.AllIndicators() {
			if len(pillar.Indicators) == indicators {
				set.Root.Pillars = append(set.Root.Pillars, pillar)
				return set
			}
			ind.ID, ind.No = fmt.Sprintf("%s-%d", ind.ID, n), fmt.Sprintf("3.%d", len(pillar.Indicators)+1)
			pillar.Indicators = append(pillar.Indicators, ind)
		}
	}
}

func TestFiveHundredIndicators(t *testing.T) {
	form := exampleForm()
	form.Set = wideSet(500)
	form = scored(anyForm(form, rand.New(rand.NewPCG(1, 2))))
	data := write(t, form)
	sub, problems := read(t, data, expect(form))
	for _, p := range problems {
		assert.Contains(t, []string{"na-without-reason"}, p.Kind)
	}
	assertSame(t, form.Filled, sub)
	f := opened(t, data)
	for _, cell := range []string{"G3", "F3", "H3"} {
		got, err := f.CalcCellValue(answersSheet, cell, excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		held, err := f.GetCellValue(answersSheet, cell, excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		assert.Equal(t, held, got, cell)
	}
}
