package answer_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/answer"
	"github.com/opendti/dti/importers/internal/numeral"
	"github.com/opendti/dti/importers/internal/sheet"
)

const setYAML = `
schema: dti.criteria/v1
id: example
version: "1"
title: {vi: Ví dụ, en: Example}
languages: [vi, en]
scale: points
groups: {department: {vi: Sở, en: Departments}}
figures:
  staff: {name: {vi: Biên chế, en: Staff}, type: count, min: 1}
indicators:
  - id: R
    name: {vi: Máy tính, en: Computers}
    points: 5
    inputs:
      computers: {name: {vi: Số máy, en: Computers}, type: count, max: 5000}
      share: {name: {vi: Tỷ lệ, en: Share}, type: percent}
      used: {name: {vi: Đang dùng, en: Used}, type: percent, max: 100}
    score: {kind: ratio, of: computers, over: figures.staff}
    not_applicable: {allowed: true}
  - {id: Y, name: {vi: Có trang, en: Has a site}, points: 1, score: {kind: yes_no}}
  - id: C
    name: {vi: Mức, en: Level}
    points: 2
    score: {kind: choice, options: [{id: full, name: {vi: Đầy đủ, en: Full}, share: 1}, {id: part, name: {vi: Một phần, en: Partial}, share: 0.5}, {id: none, name: {vi: Không áp dụng, en: Not used}, share: 0}]}
  - id: L
    name: {vi: Việc, en: Tasks}
    points: 2
    score: {kind: checklist, options: [{id: a, name: {vi: Kế hoạch, en: Plan}, share: 0.5}, {id: b, name: {vi: Báo cáo; sơ kết, en: Report}, share: 0.5}]}
  - id: D
    name: {vi: Ngày, en: Day}
    points: 1
    inputs: {value: {name: {vi: Ngày, en: Day}, type: date}}
    score: {kind: steps, steps: [{by: 2020-12-31, share: 1}]}
  - {id: P, name: {vi: Điểm, en: Points}, points: 10, score: {kind: points}}
`

func reader(t testing.TB) answer.Reader {
	t.Helper()
	return answer.NewReader(set(t))
}

func set(t testing.TB) *criteria.Set {
	t.Helper()
	set, err := criteria.Load("set.yaml", []byte(setYAML))
	require.NoError(t, err)
	return set
}

func input(t testing.TB, id, name string) (*criteria.Indicator, criteria.Input) {
	t.Helper()
	set := set(t)
	if id == criteria.FiguresID {
		in, ok := set.Figure(name)
		require.True(t, ok)
		return nil, in
	}
	ind, ok := set.Indicator(id)
	require.True(t, ok)
	if name == "" {
		name = ind.Inputs[0].ID
	}
	in, ok := ind.Input(name)
	require.True(t, ok)
	return ind, in
}

func text(s string) sheet.Cell { return sheet.Cell{Text: s} }

func number(s string) sheet.Cell { return sheet.Cell{Text: s, Numeric: true} }

func of(s string) rule.Value { return rule.NumberOf(decimal.RequireFromString(s)) }

func TestRead(t *testing.T) {
	r := reader(t)
	percent := number("0.45")
	percent.Percent = true
	day := number("44133")
	day.Date = true
	for name, test := range map[string]struct {
		id, input string
		cell      sheet.Cell
		want      rule.Value
	}{
		"count as text":              {"R", "computers", text("2.154"), of("2154")},
		"count as a number":          {"R", "computers", number("38"), of("38")},
		"count with decimals of 0":   {"R", "computers", text("38,0"), of("38")},
		"figure":                     {"figures", "staff", text(" 40 "), of("40")},
		"blank":                      {"R", "computers", text(" \u00a0"), rule.Value{}},
		"percent as text":            {"R", "share", text("45"), of("45")},
		"percent with its sign":      {"R", "share", text("45 %"), of("45")},
		"percent below 1, signed":    {"R", "share", text("0,45%"), of("0.45")},
		"percent cell":               {"R", "share", percent, of("45")},
		"percent as plain number":    {"R", "share", number("45"), of("45")},
		"percent 0":                  {"R", "share", number("0"), of("0")},
		"percent 1":                  {"R", "share", number("1"), of("1")},
		"yes":                        {"Y", "", text("Có"), rule.YesNoOf(true)},
		"yes, decomposed":            {"Y", "", text("Co\u0301"), rule.YesNoOf(true)},
		"yes, plain":                 {"Y", "", text("CO"), rule.YesNoOf(true)},
		"ticked":                     {"Y", "", text("x"), rule.YesNoOf(true)},
		"passed":                     {"Y", "", text("Đạt"), rule.YesNoOf(true)},
		"not passed":                 {"Y", "", text("không  đạt"), rule.YesNoOf(false)},
		"yes in capitals":            {"Y", "", text("CÓ"), rule.YesNoOf(true)},
		"right, without diacritics":  {"Y", "", text("dung"), rule.YesNoOf(true)},
		"not passed, plain":          {"Y", "", text("Khong  Dat"), rule.YesNoOf(false)},
		"no":                         {"Y", "", text("Khong"), rule.YesNoOf(false)},
		"1":                          {"Y", "", number("1"), rule.YesNoOf(true)},
		"0 as text":                  {"Y", "", text("0"), rule.YesNoOf(false)},
		"a boolean":                  {"Y", "", sheet.Cell{Text: "1", Bool: true}, rule.YesNoOf(true)},
		"a boolean, false":           {"Y", "", sheet.Cell{Text: "0", Bool: true}, rule.YesNoOf(false)},
		"option by id":               {"C", "", text("part"), rule.OptionsOf("part")},
		"option by name":             {"C", "", text("đầy  đủ"), rule.OptionsOf("full")},
		"option in another language": {"C", "", text("PARTIAL"), rule.OptionsOf("part")},
		"option called so":           {"C", "", text("Không áp dụng"), rule.OptionsOf("none")},
		"several options":            {"L", "", text("Kế hoạch; b;a"), rule.OptionsOf("a", "b")},
		"a name with a semicolon":    {"L", "", text("Kế hoạch;Báo cáo; sơ kết;"), rule.OptionsOf("a", "b")},
		"one of several":             {"L", "", text("Report"), rule.OptionsOf("b")},
		"day":                        {"D", "", text("29/10/2020"), rule.DayOf("2020-10-29")},
		"day with dashes":            {"D", "", text("29-10-2020"), rule.DayOf("2020-10-29")},
		"day with points":            {"D", "", text("12.3.2019"), rule.DayOf("2019-03-12")},
		"day of ISO":                 {"D", "", text("2020-10-29"), rule.DayOf("2020-10-29")},
		"day of a sheet":             {"D", "", day, rule.DayOf("2020-10-29")},
		"points":                     {"P", "", text("7,04"), of("7.04")},
		"not applicable":             {"R", "computers", text("KAD"), rule.NotApplicableValue()},
		"not applicable in words":    {"R", "computers", text("không áp dụng"), rule.NotApplicableValue()},
		"not applicable, English":    {"R", "share", text("N/A"), rule.NotApplicableValue()},
	} {
		t.Run(name, func(t *testing.T) {
			ind, in := input(t, test.id, test.input)
			got, problems := r.Read(test.cell, ind, in)
			require.Empty(t, problems)
			assert.Equal(t, test.want.IsMissing(), got.IsMissing())
			assert.True(t, test.want.Equal(got), "%v", got)
		})
	}
}

func TestReadProblems(t *testing.T) {
	r := reader(t)
	day := number("44133")
	day.Date = true
	percent := number("0.45")
	percent.Percent = true
	pasted, much := number("90"), number("1.5")
	pasted.Percent, much.Percent = true, true
	long := number("99999999999")
	long.Date = true
	for name, test := range map[string]struct {
		id, input string
		cell      sheet.Cell
		want      string // in English
	}{
		"words with a number":   {"R", "computers", text("38 máy"), `R.computers: read "38 máy", a whole number is needed. Enter 38.`},
		"words":                 {"R", "computers", text("many"), `R.computers: read "many", a whole number is needed.`},
		"not whole":             {"R", "computers", number("2.154"), `R.computers: read "2.154", a whole number is needed.`},
		"below 0":               {"R", "computers", text("-3"), `R.computers: read "-3", a whole number is needed.`},
		"a boolean":             {"R", "computers", sheet.Cell{Text: "1", Bool: true}, `R.computers: read "TRUE", a whole number is needed.`},
		"percent for a count":   {"R", "computers", percent, `R.computers: read the percentage "45%", a number is needed. Enter it without %.`},
		"date for a count":      {"R", "computers", day, `R.computers: the cell is formatted as a date ("44133"), a number is needed. Format it as a number and enter it again.`},
		"date for a percentage": {"R", "share", day, `R.share: the cell is formatted as a date ("44133"), a number is needed. Format it as a number and enter it again.`},
		"above the bound":       {"R", "computers", text("5.001"), `R.computers: read "5.001", must be 5,000 or less. Check the figure.`},
		"below the bound":       {"figures", "staff", text("0"), `figures.staff: read "0", must be 1 or more. Check the figure.`},
		"either number":         {"P", "", text("62.659"), `P: read "62.659", which may be 62.659 or 62659. Enter 62.6590 or 62659, or say decimal: point or comma in round.yaml.`},
		"endless":               {"P", "", text("1e999"), `P: read "1e999", which is too large or too long (at most 21 digits before and 60 after the decimal mark).`},
		"no number at all":      {"P", "", text("NaN"), `P: read "NaN", a number is needed.`},
		"share or percentage":   {"R", "share", number("0.45"), `R.share: read "0.45", which may be 0.45% or 45%. Enter 0.45% or 45%, with the % sign.`},
		"share in text":         {"R", "share", text("0,5"), `R.share: read "0,5", which may be 0.5% or 50%. Enter 0.5% or 50%, with the % sign.`},
		"percentage in words":   {"R", "share", text("khoảng 45%"), `R.share: read "khoảng 45%", a percentage is needed. Enter 45%.`},
		"90 in a percent cell":  {"R", "used", pasted, `R.used: read "9000%", must be 100% or less. If 90% is meant, type 90% into the cell.`},
		"150 % in a cell":       {"R", "used", much, `R.used: read "150%", must be 100 or less. Check the figure.`},
		"other words: cò":       {"Y", "", text("Cò"), `Y: read "Cò", need yes or no.`},
		"other words: cố":       {"Y", "", text("Cố"), `Y: read "Cố", need yes or no.`},
		"other words: đất":      {"Y", "", text("đất"), `Y: read "đất", need yes or no.`},
		"half a word: khôngdat": {"Y", "", text("không dat"), `Y: read "không dat", need yes or no.`},
		"maybe":                 {"Y", "", text("có lẽ"), `Y: read "có lẽ", need yes or no.`},
		"option with a slip":    {"C", "", text("ful"), `C: read "ful"; nearest: full (of: full (Đầy đủ), part (Một phần), none (Không áp dụng)).`},
		"no option":             {"L", "", text("a; Quyết định thành lập"), `L: read "Quyết định thành lập", need one of: a (Kế hoạch), b (Báo cáo; sơ kết).`},
		"no day":                {"D", "", text("30/02/2020"), `D: read "30/02/2020", need a date such as 29/10/2020 (day first).`},
		"month first":           {"D", "", text("10/29/2020"), `D: read "10/29/2020", need a date such as 29/10/2020 (day first).`},
		"a number for a day":    {"D", "", number("44133"), `D: read "44133", need a date such as 29/10/2020 (day first).`},
		"a day without end":     {"D", "", long, `D: read "99999999999", need a date such as 29/10/2020 (day first).`},
		"formula":               {"P", "", sheet.Cell{Formula: true, NoValue: true}, `P: the cell holds a formula that was never computed. Open the file, let it compute and save it, or type the value.`},
		"error":                 {"P", "", sheet.Cell{Error: true, Text: "#DIV/0!"}, `P: the cell shows the error #DIV/0!. Mend the formula or type the value.`},
		"applies to all":        {"P", "", text("KAD"), `P: read "KAD", but this indicator applies to every agency. Enter an answer, or leave the cell blank.`},
	} {
		t.Run(name, func(t *testing.T) {
			ind, in := input(t, test.id, test.input)
			test.cell.Place = diag.Place{File: "a.csv", Row: 2, Col: 9}
			got, problems := r.Read(test.cell, ind, in)
			require.Len(t, problems, 1)
			assert.True(t, got.IsInvalid())
			assert.Equal(t, "a.csv:2:9: "+test.want, locale.MustFor("en").Problem(problems[0]))
			assert.Equal(t, test.id, problems[0].Indicator)
			assert.Equal(t, in.ID, problems[0].Input)
			assert.Equal(t, diag.Error, problems[0].Severity)
			assert.NotContains(t, locale.MustFor("vi").Problem(problems[0]), "{")
		})
	}
}

func TestMarkOfTheRound(t *testing.T) {
	r := reader(t)
	r.Decimal = numeral.Comma
	ind, in := input(t, "P", "")
	got, problems := r.Read(text("6,659"), ind, in)
	require.Empty(t, problems)
	assert.True(t, of("6.659").Equal(got))
}

func TestDaysOf1904(t *testing.T) {
	r := reader(t)
	r.Date1904 = true
	c := number("42671")
	c.Date = true
	d, ok := r.Day(c)
	assert.True(t, ok)
	assert.Equal(t, rule.Date("2020-10-29"), d)
	_, ok = r.Day(text("tomorrow"))
	assert.False(t, ok)
}

func TestYesNo(t *testing.T) {
	yes, ok := answer.YesNo(text("không"))
	assert.True(t, ok)
	assert.False(t, yes)
	_, ok = answer.YesNo(text("?"))
	assert.False(t, ok)
}
