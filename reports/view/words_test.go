package view_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

func TestAnswersAreWordedByType(t *testing.T) {
	set := setOf(t)
	plan, ok := set.Indicator("POL-1")
	require.True(t, ok)
	number := func(s string) rule.Value { return rule.NumberOf(decimal.RequireFromString(s)) }
	tests := map[string]struct {
		kind rule.Type
		v    rule.Value
		want string
	}{
		"count":          {rule.Count, number("1234"), "1.234"},
		"number":         {rule.Number, number("0.5"), "0,5"},
		"percent":        {rule.Percent, number("45.5"), "45,5%"},
		"yes":            {rule.YesNo, rule.YesNoOf(true), "Có"},
		"no":             {rule.YesNo, rule.YesNoOf(false), "Không"},
		"choice":         {rule.Choice, rule.OptionsOf("draft"), "Đang soạn"},
		"choices":        {rule.Choices, rule.OptionsOf("draft", "done"), "Đang soạn; Đã ban hành"},
		"unknown option": {rule.Choice, rule.OptionsOf("old"), "old"},
		"none ticked":    {rule.Choices, rule.OptionsOf(), "không chọn mục nào"},
		"day":            {rule.Day, rule.DayOf("2020-10-29"), "29/10/2020"},
		"text":           {rule.Free, rule.TextOf("a < b"), "a < b"},
		"missing":        {rule.Count, rule.Value{}, "không có số liệu"},
		"invalid":        {rule.Count, rule.InvalidValue(), "Số liệu không đọc được"},
		"not applicable": {rule.Count, rule.NotApplicableValue(), "Không áp dụng"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			in := criteria.Input{ID: "value", Type: tt.kind}
			assert.Equal(t, tt.want, view.Answer(locale.MustFor("vi"), "vi", plan, in, tt.v))
		})
	}
}

// A row says what the set makes public, and of a decision its stage and reason.
func TestRowsFollowTheAllowList(t *testing.T) {
	round := roundOf(setOf(t), 20)
	round.Reviewed = true
	round.Decisions = []submission.Decision{
		{Agency: "so-a", Indicator: "INF-1", Stage: submission.Review, Verdict: submission.Reject, Reason: "không có biên bản", Reviewer: "Ông X"},
		{Agency: "so-a", Indicator: "POL-1", Stage: submission.Council, Verdict: submission.Set, Points: rule.Optional{Value: decimal.NewFromInt(20), Set: true}, Reason: "ban hành muộn", Reviewer: "Bà Y"},
		{Agency: "so-a", Indicator: "SEC-1", Stage: submission.Appeal, Verdict: submission.Reject, Reason: "bí mật", Reviewer: "Bà Y"},
	}
	p, ok := editionOf("vi", round, history.Comparison{}).Agency("so-a")
	require.True(t, ok)
	rows := map[string]view.IndicatorRow{}
	for _, s := range p.Sections {
		for _, r := range s.Rows {
			rows[r.ID] = r
		}
	}
	assert.Equal(t, "0,00/30", rows["i-INF-1"].Points)
	assert.Contains(t, rows["i-INF-1"].Reasons, "Thẩm định không công nhận: không có biên bản")
	assert.Equal(t, "Trang bị thêm máy tính", rows["i-INF-1"].Advice)
	assert.Contains(t, rows["i-POL-1"].Reasons, "Hội đồng điều chỉnh: ban hành muộn")
	assert.Equal(t, "0,00/10", rows["i-SEC-1"].Points)
	assert.Empty(t, rows["i-SEC-1"].Answers)
	assert.NotEmpty(t, rows["i-SEC-1"].Hidden)
	assert.NotContains(t, rows["i-SEC-1"].Reasons, "Xem xét kiến nghị: không công nhận: bí mật")
	assert.NotContains(t, rows, "i-SEC-2")
	assert.NotEmpty(t, p.Hidden)
	lines := column(p.Ledger, "Dòng")
	assert.Contains(t, lines, "Các chỉ số không công bố riêng của Chính sách")
	assert.Equal(t, "Tổng điểm", lines[len(lines)-1])
}

func TestDownloads(t *testing.T) {
	round := roundOf(setOf(t), 20)
	round.Release.Licence = "CC BY 4.0"
	e := editionOf("en", round, history.Comparison{})
	e.Files = []view.File{
		{Kind: view.ResultsXLSX, Path: "results.xlsx", Bytes: 999, SHA256: "aa"},
		{Kind: view.ResultsCSV, Path: "results.csv", Bytes: 12_340},
		{Kind: view.DataJSON, Path: "data.json", Bytes: 5_000_000},
		{Kind: view.CriteriaYAML, Path: "../../data/set.yaml"},
		{Kind: view.OtherFile, Path: "x"},
	}
	p := e.Downloads()
	var sizes, names, ways []string
	for _, f := range p.Files {
		sizes, names, ways = append(sizes, f.Size), append(names, f.Text), append(ways, f.Href)
		assert.NotContains(t, f.What, "site.")
	}
	assert.Equal(t, []string{"999 B", "12.3 kB", "5.0 MB", "0 B", "0 B"}, sizes)
	assert.Equal(t, []string{"results.xlsx", "results.csv", "data.json", "set.yaml", "x"}, names)
	assert.Equal(t, "results.xlsx", ways[0])
	assert.Equal(t, "aa", p.Hashes.Rows[0].Cells[1].Text)
	assert.Equal(t, "CC BY 4.0", p.Licence)
}

func TestArchiveAndChoice(t *testing.T) {
	entries := []view.ArchiveEntry{
		{Round: "2024", Year: 2024, Status: submission.Provisional},
		{Round: "2025", Title: rule.Text{"vi": "Năm 2025"}, Year: 2025, Status: submission.Final, Date: "2026-01-20"},
	}
	p := view.NewArchive(locale.MustFor("en"), []string{"vi", "en"}, entries)
	assert.Equal(t, "en/index.html", p.Path)
	assert.Equal(t, "../", p.Root)
	first := p.Table.Rows[0].Cells
	assert.Equal(t, "2025/index.html", first[0].Link)
	assert.Equal(t, "vi", first[0].Lang)
	assert.Equal(t, "Final", first[1].Text)
	assert.Equal(t, "20 January 2026", first[2].Text)
	assert.Equal(t, []string{"Năm 2025", "2024"}, column(p.Table, "Round"))
	assert.Equal(t, "no date given", p.Table.Rows[1].Cells[2].Text)
	assert.Equal(t, "../vi/index.html", p.Languages[0].Href)

	c := view.NewChoice([]string{"xx", "vi", "en"})
	require.Len(t, c.Choices, 2, "a language without words is left out")
	assert.Equal(t, "vi", c.Lang)
	assert.Equal(t, "en/index.html", c.Choices[1].Href)
	assert.Empty(t, c.Root)
}

// Every policy and every effect has its words.
func TestMethodSaysEveryPolicy(t *testing.T) {
	tests := map[string]struct {
		replace   []string
		term, say string
	}{
		"rescale":          {nil, "Not applicable", "re-based on the rest"},
		"full":             {[]string{"figures:\n", "not_applicable: full\nfigures:\n"}, "Not applicable", "full points"},
		"unique":           {[]string{"figures:\n", "ranking: {ties: unique}\nfigures:\n"}, "Ranks", "ordered by the agency's code"},
		"bonus cap":        {nil, "Bonus and penalty", "at most 5"},
		"penalty cap":      {[]string{"caps: {bonus: 5}", "caps: {penalty: 7}"}, "Bonus and penalty", "Penalty points are at most 7"},
		"points":           {[]string{"scale: 100", "scale: points"}, "Total", "sum of the points that apply"},
		"unranked unsent":  {[]string{"figures:\n", "missing: {no_submission: unranked}\nfigures:\n"}, "Missing answers", "sent nothing is not ranked"},
		"zero for missing": {nil, "Missing answers", "earns 0"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			m := editionOf("en", roundOf(setOf(t, tt.replace...), 20), history.Comparison{}).Method()
			for _, f := range m.Policies {
				if f.Term == tt.term {
					assert.Contains(t, f.Words, tt.say)
					return
				}
			}
			t.Errorf("no policy %s", tt.term)
		})
	}
}

// An agency is told by its name which tag an indicator is only for, on its own page and on that of the method; a code is
// no word for a reader.
func TestTagsOnPages(t *testing.T) {
	const when = "        when: has_computers\n"
	set := setOf(t, "        evidence: {required: true}\n", when, "pillars:\n", "tags: {has_computers: {vi: Có máy tính, en: Has computers}}\npillars:\n")
	e := editionOf("en", roundOf(set, 20), history.Comparison{})
	assert.Contains(t, e.Method().Rules[0].Rows[0].Details, "Only for agencies marked “Has computers”; for others it does not apply.")
	page, ok := e.Agency("so-a")
	require.True(t, ok)
	assert.Contains(t, fmt.Sprintf("%+v", page), "oncerns only agencies marked “Has computers”")
	e = editionOf("en", roundOf(setOf(t, "        evidence: {required: true}\n", when), 20), history.Comparison{})
	page, _ = e.Agency("so-a")
	assert.NotContains(t, fmt.Sprintf("%+v", page), "has_computers")
}

func TestMethodDetails(t *testing.T) {
	set := setOf(t,
		"computers: {name: {vi: Số máy tính, en: Computers}, type: count}", "computers: {name: {vi: Số máy tính, en: Computers}, type: count, by: survey}",
		"evidence: {required: true}", "evidence: {required: true, without: zero}\n        not_applicable: {allowed: true, policy: full}\n        from: {id: OLD-1, comparable: false}",
		"effect: bonus", "effect: penalty")
	m := editionOf("en", roundOf(set, 20), history.Comparison{}).Method()
	assert.Equal(t, []string{
		"Taken from a survey.", "Evidence is required.", "Without evidence it earns 0.", "What does not apply earns full points.",
		"Changed since the earlier edition, so not compared.",
	}, m.Rules[0].Rows[0].Details)
	assert.Equal(t, []string{"Only the points are published."}, m.Rules[1].Rows[1].Details)
	assert.Equal(t, []string{"Not published on its own."}, m.Rules[1].Rows[2].Details)
	weights := column(m.Weights, "Departments")
	assert.Equal(t, "penalty of up to 3 points", weights[len(weights)-1])
	assert.Equal(t, "60 points 60%", weights[0])
}

// Groups with the same weights share one column; others have their own.
func TestWeightColumns(t *testing.T) {
	round := roundOf(setOf(t), 20, 30)
	round.Agencies[1].Group = "ward"
	assert.Len(t, editionOf("en", round, history.Comparison{}).Method().Weights.Columns, 3)
	other := roundOf(setOf(t, "        points: 3\n", "        points: 3\n        for: [ward]\n"), 20, 30)
	other.Agencies[1].Group = "ward"
	m := editionOf("en", other, history.Comparison{}).Method()
	require.Len(t, m.Weights.Columns, 4)
	weights := column(m.Weights, "Departments")
	assert.Equal(t, "not for this group", weights[len(weights)-1])
}
