package workings_test

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/workings"
	"github.com/opendti/dti/scoring/submission"
)

func key(name string) criteria.Key {
	indicator, in, ok := strings.Cut(name, ".")
	if !ok {
		in = "value"
	}
	return criteria.Key{Indicator: indicator, Input: in}
}

// department is a blank form of the set with every kind, with the answers given by input.
func department(t testing.TB, cells map[string]any) form {
	f := form{
		set: everyKind(t, "zero", "rescale"), agency: submission.Agency{Group: "department", Tags: []string{"online"}},
		answers: map[criteria.Key]entry{}, evidence: map[string]string{}, remarks: map[string]string{},
	}
	for name, cell := range cells {
		f.answers[key(name)] = entry{cell: cell}
	}
	return f
}

// A readCase is what the sheet makes of one cell.
type readCase struct {
	input  string
	cell   any
	state  string
	number string // "": 0
}

func readCases() map[string]readCase {
	return map[string]readCase{
		"count":                      {"RATIO.n", 38, "1", "38"},
		"count of 0":                 {"RATIO.n", 0, "1", "0"},
		"count, nearly whole":        {"RATIO.n", 38.00000000000001, "1", "38"},
		"count with decimals":        {"RATIO.n", 38.5, "4", ""},
		"count below 0":              {"RATIO.n", -1, "4", ""},
		"count below its minimum":    {"figures.staff", 0, "4", ""},
		"count in words":             {"RATIO.n", "38 máy", "4", ""},
		"count as a text":            {"RATIO.n", "38", "4", ""},
		"count, large":               {"RATIO.n", 123456789012, "1", "123456789012"},
		"count, blank":               {"RATIO.n", nil, "2", ""},
		"count of spaces":            {"RATIO.n", " \u00a0\n ", "2", ""},
		"count, not applicable":      {"RATIO.n", " Không  áp dụng ", "3", ""},
		"number":                     {"STEPS", 12.5, "1", "12.5"},
		"number of a formula":        {"STEPS", formula("5/2"), "1", "2.5"},
		"number below 0":             {"STEPS", -0.25, "1", "-0.25"},
		"number as a text":           {"STEPS", "12,5", "4", ""},
		"number, not applicable":     {"STEPS", "KAD", "4", ""},
		"number of a broken formula": {"STEPS", "#DIV/0!", "4", ""},
		"figure, not applicable":     {"figures.staff", "KAD", "4", ""},
		"text":                       {"figures.note", "KAD", "1", ""},
		"text that looks so":         {"figures.note", "=1+1", "1", ""},
		"percent":                    {"SHARE.p", 0.285, "1", "28.5"},
		"percent of 100":             {"SHARE.p", 1, "1", "100"},
		"percent pasted over":        {"SHARE.p", 45, "4", ""},
		"percent above its maximum":  {"SHARE.p", 1.01, "4", ""},
		"percent as a text":          {"SHARE.p", "45%", "4", ""},
		"yes":                        {"YES", "ĐẠT", "1", "1"},
		"yes as a number":            {"YES", 1, "1", "1"},
		"yes as a cross":             {"YES", "X", "1", "1"},
		"no":                         {"YES", "không  đạt", "1", ""},
		"no as a value":              {"YES", false, "1", ""},
		"yes, in doubt":              {"YES", "có lẽ", "4", ""},
		"yes or no":                  {"YES", 2, "4", ""},
		"any characters":             {"YES", "*", "4", ""},
		"yes, not applicable":        {"YES", "n/A", "3", ""},
		"choice by id":               {"CHOICE", "A", "1", ""},
		"choice by a name":           {"CHOICE", "có,  một phần (*)", "1", ""},
		"choice by another name":     {"CHOICE", `Yes, "in part"? ~`, "1", ""},
		"choice by a number":         {"CHOICE", 1.5, "1", ""},
		"choice by a long name":      {"CHOICE", strings.Repeat("Rất dài, ", 40), "1", ""},
		"choice, an option's name":   {"CHOICE", "Không áp dụng", "1", ""},
		"choice, not applicable":     {"CHOICE", "KAD", "3", ""},
		"choice, wildcard":           {"CHOICE", "*", "4", ""},
		"choices":                    {"LIST", "x; Ba", "1", ""},
		"choices, a semicolon in it": {"LIST", "một;hai ; BA", "1", ""},
		"choices, none":              {"LIST", " ; ", "1", ""},
		"choices, doubled":           {"LIST", "x;x;;y, z;", "1", ""},
		"choices, one unknown":       {"LIST", "x;w", "4", ""},
		"choices, part of a name":    {"LIST", "Một", "4", ""},
		"choices, not applicable":    {"LIST", "N/A", "3", ""},
		"date":                       {"DATE", 46112, "1", "46112"},
		"date with a time":           {"DATE", 46112.5, "1", "46112"},
		"date as a text":             {"DATE", "31/3/2026", "1", "46112"},
		"date with points":           {"DATE", "31.03.2026", "1", "46112"},
		"date, year first":           {"DATE", "2026-03-31", "1", "46112"},
		"leap day":                   {"DATE", "29/02/2024", "1", "45351"},
		"leap day of a century":      {"DATE", "29/2/2000", "1", "36585"},
		"no leap day":                {"DATE", "29/02/2100", "4", ""},
		"no such day":                {"DATE", "31/4/2026", "4", ""},
		"no such month":              {"DATE", "1/13/2026", "4", ""},
		"a short year":               {"DATE", "1/1/26", "4", ""},
		"date in words":              {"DATE", "hôm nay", "4", ""},
		"date, part of it":           {"DATE", "3/2026", "4", ""},
		"date too early":             {"DATE", 45, "4", ""},
		"given by others":            {"COUNCIL.given", 1, "5", ""},
		"points":                     {"POINTS", 4.25, "1", "4.25"},
	}
}

func Test_StatesOfAnswers(t *testing.T) {
	for name, c := range readCases() {
		t.Run(name, func(t *testing.T) {
			f := department(t, map[string]any{c.input: c.cell})
			w := workings.New(f.request())
			file := f.write(t, w)
			defer func() { _ = file.Close() }()
			r := reading{t, file}
			state := w.State(key(c.input))
			assert.Equal(t, c.state, r.text(state), "state")
			assert.Equal(t, cmp.Or(c.number, "0"), r.text(strings.Replace(state, "$F$", "$G$", 1)), "number")
		})
	}
}

func Test_WhatDoesNotConcernTheAgency(t *testing.T) {
	f := department(t, map[string]any{"LOG": 50})
	f.agency.Tags = nil
	w := workings.New(f.request())
	file := f.write(t, w)
	defer func() { _ = file.Close() }()
	r := reading{t, file}
	assert.Equal(t, "3", r.text(w.State(key("LOG"))), "an input of an indicator without its tag")
	assert.Equal(t, "3", r.text(w.Status("LOG")))
	assert.Equal(t, "0", r.text(w.Lacks("LOG")))
	assert.Empty(t, w.State(key("LESS")), "an indicator of another group")
	assert.Empty(t, w.Status("LESS"))
	assert.Empty(t, w.OpenItem(0))
	assert.Empty(t, w.OpenItem(w.OpenItems()+1))
}

func Test_RowsThatSomebodyDeletedAreBlank(t *testing.T) {
	f := department(t, map[string]any{"STEPS": 4, "YES": "x"})
	f.absent = map[criteria.Key]bool{key("STEPS"): true}
	w := workings.New(f.request())
	file := f.write(t, w)
	defer func() { _ = file.Close() }()
	r := reading{t, file}
	assert.Equal(t, "2", r.text(w.State(key("STEPS"))))
	assert.Equal(t, "1", r.text(w.State(key("YES"))))
}

func Test_SheetsThatAreNotThereLeaveEverythingBlank(t *testing.T) {
	f := department(t, nil)
	request := f.request()
	request.Details, request.Answers = workings.Source{}, workings.Source{}
	w := workings.New(request)
	file := f.write(t, w)
	defer func() { _ = file.Close() }()
	r := reading{t, file}
	assert.Equal(t, "2", r.text(w.State(key("figures.staff"))))
	assert.Equal(t, "0", r.text(w.Total().Answered))
	assert.Equal(t, "0", r.text(w.Total().Score))
	assert.Equal(t, "Weak", r.text(w.Total().Rating))
}

func Test_WhatAnswersLack(t *testing.T) {
	for name, c := range map[string]struct {
		cell             any
		evidence, remark string
		want             string
	}{
		"a claim":              {"Có", "", "", "1"},
		"a claim with it":      {"Có", "12/BC", "", "0"},
		"a plain no":           {"Không", "", "", "0"},
		"what cannot be read":  {"có lẽ", " \n", "", "1"},
		"a blank":              {nil, "", "", "0"},
		"not applicable":       {"KAD", "", "", "2"},
		"not applicable, with": {"KAD", "", "Không có bộ phận một cửa", "0"},
	} {
		t.Run(name, func(t *testing.T) {
			f := department(t, map[string]any{"YES": c.cell})
			f.evidence["YES"], f.remarks["YES"] = c.evidence, c.remark
			w := workings.New(f.request())
			file := f.write(t, w)
			defer func() { _ = file.Close() }()
			r := reading{t, file}
			assert.Equal(t, c.want, r.text(w.Lacks("YES")))
			assert.Equal(t, c.want != "0", r.text(w.Total().Lacking) == "1")
		})
	}
}

func Test_OpenItemsAreNamedInOrder(t *testing.T) {
	f := department(t, map[string]any{"figures.staff": 5, "figures.note": "x", "YES": "có", "CHOICE": "b", "LIST": "sai"})
	w := workings.New(f.request())
	file := f.write(t, w)
	defer func() { _ = file.Close() }()
	r := reading{t, file}
	assert.Equal(t, "LIST C", r.text(w.OpenItem(1)), "cannot be read")
	assert.Equal(t, "ALL D", r.text(w.OpenItem(2)), "blank")
	assert.Equal(t, "RATIO E – Numerator", r.text(w.OpenItem(3)))
	open := r.whole(w.Total().Open)
	assert.NotEmpty(t, r.text(w.OpenItem(open)))
	assert.Empty(t, r.text(w.OpenItem(open+1)))
	assert.Equal(t, 25, w.OpenItems())
}

func Test_EstimatesUnderEarlierBounds(t *testing.T) {
	f := department(t, map[string]any{"BEST": 30, "MINMAX": 20, "RANKED": 5})
	f.bounds = map[string][]rule.Bound{
		"BEST":   {{Name: "best", Value: decimal.NewFromInt(120)}},
		"MINMAX": {{Name: "min", Value: decimal.NewFromInt(10)}, {Name: "max", Value: decimal.NewFromInt(50)}},
		"RANKED": {{Name: "other", Value: decimal.NewFromInt(1)}},
	}
	w := workings.New(f.request())
	file := f.write(t, w)
	defer func() { _ = file.Close() }()
	r := reading{t, file}
	assert.Equal(t, "0.75", r.text(w.Points("BEST")), "a quarter of 3 points")
	assert.Equal(t, "1.6", r.text(w.Points("MINMAX")), "less is better: 0.2 + 0.8 × 30/40, of 2 points")
	assert.Equal(t, "2.35", r.text(w.Total().Estimated))
	assert.Equal(t, "5", r.text(w.Status("RANKED")), "no estimate: pending")
	assert.True(t, w.Estimated("BEST"))
	assert.False(t, w.Estimated("RANKED"))
	assert.False(t, w.Estimated("STEPS"))
}

// Test_TotalsAtABoundReachTheRating holds totals against bounds that binary numbers miss by a hair.
func Test_TotalsAtABoundReachTheRating(t *testing.T) {
	for _, bound := range []string{"28.5", "57", "58", "70", "81.15"} {
		for _, how := range []string{"from", "above"} {
			set := load(t, fmt.Sprintf(`
schema: dti.criteria/v1
id: rated
version: "1"
title: {vi: Xếp loại, en: Rated}
languages: [vi, en]
groups: {department: {vi: Sở, en: Departments}}
ratings: [{id: good, name: {vi: Tốt, en: Good}, %s: %s}, {id: weak, name: {vi: Yếu, en: Weak}, from: 0}]
indicators: [{id: P, name: {vi: Điểm, en: Points}, points: 3, score: {kind: points}}]
`, how, bound))
			answer := decimal.RequireFromString(bound).Mul(decimal.RequireFromString("0.03"))
			f := form{set: set, agency: submission.Agency{Group: "department"}}
			f.answers = map[criteria.Key]entry{key("P"): {answer, rule.NumberOf(answer)}}
			w := workings.New(f.request())
			f.compare(t, w)
			file := f.write(t, w)
			assert.Equal(t, map[string]string{"from": "Good", "above": "Weak"}[how], reading{t, file}.text(w.Total().Rating), bound)
			_ = file.Close()
		}
	}
}

// safe are the functions that Excel, LibreOffice and excelize's calculator compute alike.
var safe = []string{
	"ABS", "AND", "CHAR", "CHOOSE", "COUNTIF", "EXP", "FIND", "IF", "IFERROR", "INDEX", "INT", "ISERROR", "ISLOGICAL", "ISNUMBER", "LEFT", "LEN", "LN",
	"LOWER", "MATCH", "MAX", "MID", "MIN", "OR", "ROUND", "SUBSTITUTE", "SUM", "TRIM", "VALUE",
}

var (
	quoted    = regexp.MustCompile(`"(?:[^"]|"")*"`)
	sheetName = regexp.MustCompile(`'(?:[^']|'')*'`)
	called    = regexp.MustCompile(`([A-Z_.a-z][A-Z_.a-z0-9]*)\(`)
)

// wide is a set of so many indicators, of several kinds in turn, with so many options or steps.
func wide(t testing.TB, n, options int) *criteria.Set {
	var b strings.Builder
	b.WriteString(`
schema: dti.criteria/v1
id: wide
version: "1"
title: {vi: Rộng, en: Wide}
languages: [vi, en]
groups: {department: {vi: Sở, en: Departments}}
indicators:
`)
	list, steps := make([]string, options), make([]string, options)
	for i := range list {
		list[i] = fmt.Sprintf("{id: o%d, name: {vi: 'Phương án %d', en: 'Option %d'}, share: %v}", i, i, i, 1/float64(options))
		steps[i] = fmt.Sprintf("{from: %d, share: %v}", i, float64(i+1)/float64(options))
	}
	for i := range n {
		score := []string{
			"{kind: yes_no}", "{kind: per_unit, each: 0.1}", "{kind: checklist, options: [" + strings.Join(list, ", ") + "]}",
			"{kind: linear, worst: 0, best: 10}", "{kind: steps, steps: [" + strings.Join(steps, ", ") + "]}", "{kind: points}",
		}[i%6]
		fmt.Fprintf(&b, "  - {id: I-%d, no: '%d', name: {vi: Chỉ số, en: Indicator}, points: 1, score: %s, evidence: {required: true, without: zero}, not_applicable: {allowed: true}}\n", i, i, score)
	}
	return load(t, b.String())
}

func Test_FormulasKeepToWhatSpreadsheetsShare(t *testing.T) {
	forms := []form{
		{set: wide(t, 500, 25), agency: submission.Agency{Group: "department"}},
		department(t, nil),
		{set: load(t, tree("mean", "geometric", "harmonic", "")), agency: submission.Agency{Group: "department"}},
	}
	for _, f := range forms {
		for i, row := range workings.New(f.request()).Rows() {
			require.LessOrEqual(t, len(row), 16384)
			for _, c := range row {
				require.LessOrEqual(t, filled(c.Formula)+filled(c.Text)+filled(c.Number), 1, "row %d: %v", i+1, c)
				checkFormula(t, c.Formula)
				require.LessOrEqual(t, len(utf16.Encode([]rune(c.Text))), 32767)
			}
		}
	}
}

// filled is 1 where a text is not blank.
func filled(s string) int { return min(1, len(s)) }

func checkFormula(t *testing.T, f string) {
	t.Helper()
	require.LessOrEqual(t, len(utf16.Encode([]rune(f))), 8192)
	require.NotContains(t, f, "#")
	for _, text := range quoted.FindAllString(f, -1) {
		require.LessOrEqual(t, len(text), 257, f)
	}
	bare := sheetName.ReplaceAllString(quoted.ReplaceAllString(f, `""`), "S")
	for _, call := range called.FindAllStringSubmatch(bare, -1) {
		require.True(t, slices.Contains(safe, call[1]), "%s in %s", call[1], f)
	}
	depth, deepest := 0, 0
	for _, c := range bare {
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		}
		deepest = max(deepest, depth)
	}
	require.Zero(t, depth, f)
	require.LessOrEqual(t, deepest, 64, f)
}

func Test_EqualRequestsGiveEqualRows(t *testing.T) {
	f := department(t, nil)
	one := workings.New(f.request())
	f.agency.Code, f.agency.Name = "other", criteria.Text{"vi": "Khác"}
	assert.Equal(t, one.Rows(), workings.New(f.request()).Rows(), "nothing names the agency")
	assert.Equal(t, "Calc", one.Name())
}

func Test_LanguageOfTheSheet(t *testing.T) {
	f := department(t, nil)
	request := f.request()
	for lang, want := range map[string]string{"vi": "Phần tính điểm", "en": "Workings of", "fr": "Phần tính điểm"} {
		request.Lang = lang
		assert.Contains(t, workings.New(request).Rows()[0][0].Text, want, lang)
	}
}

func Benchmark_New(b *testing.B) {
	f := form{set: wide(b, 120, 5), agency: submission.Agency{Group: "department"}}
	request := f.request()
	for b.Loop() {
		if len(workings.New(request).Rows()) == math.MaxInt {
			b.Fatal("unreachable")
		}
	}
}
