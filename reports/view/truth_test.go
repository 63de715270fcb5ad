package view_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/history"
)

// What a sentence claims must hold for every round; these are the rounds for which a first wording did not.

func TestMiddleRangeIsCounted(t *testing.T) {
	tests := map[string]struct {
		computers []int64
		want      string
	}{
		"seven agencies": {[]int64{40, 36, 32, 28, 24, 20, 16}, "3 of 7 agencies lie between 86.50 and 95.50 points, the middle range"},
		"three agencies": {[]int64{40, 20, 10}, "Departments: from 77.50 to 100.00"},
		"middle alike":   {[]int64{40, 20, 20, 20, 20, 20, 0}, "5 of 7 agencies are at 85.00, the middle range"},
		"three alike":    {[]int64{20, 20, 20}, "Departments: every agency reached 85.00"},
		"all alike":      {[]int64{20, 20, 20, 20}, "Departments: every agency reached 85.00"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			e := editionOf("en", roundOf(setOf(t), tt.computers...), history.Comparison{})
			figures := e.Group(e.Ranking().Groups[0]).Figures
			i := slices.IndexFunc(figures, func(f view.Figure) bool { return f.ID == "spread" })
			require.GreaterOrEqual(t, i, 0)
			assert.Equal(t, tt.want, figures[i].Headline)
		})
	}
}

// Median and best of a pillar are those of the percentages that the pages print, however coarsely the set rounds.
func TestPillarMarksAreOfThePrintedPercentages(t *testing.T) {
	set := setOf(t, "rounding: {indicator: 2, total: 2}", "rounding: {indicator: 2, total: 0}")
	e := editionOf("en", roundOf(set, 37, 31, 22, 9), history.Comparison{})
	want := []string{"96.25%", "88.75%", "77.50%", "61.25%"}
	for i, code := range e.Codes() {
		page, ok := e.Agency(code)
		require.True(t, ok)
		row := page.Figures[0].Table.Rows[0]
		assert.Equal(t, want[i], row.Cells[2].Text, code)
		assert.Equal(t, "83.13%", row.Cells[3].Text, "the median of 88.75 and 77.50")
		assert.Equal(t, "96.25%", row.Cells[4].Text)
	}
}

func TestReviewIsClaimedOnlyWhereThereWasOne(t *testing.T) {
	words := func(reviewed bool) string {
		round := roundOf(setOf(t), 40)
		round.Reviewed = reviewed
		for _, f := range editionOf("vi", round, history.Comparison{}).Method().Policies {
			if f.Term == "Thẩm định" {
				return f.Words
			}
		}
		return ""
	}
	assert.Contains(t, words(true), "Điểm công bố là điểm sau thẩm định")
	assert.Equal(t, "Đợt này không có thẩm định: điểm công bố là điểm tự chấm.", words(false))
}

func TestEqualRisesAreCounted(t *testing.T) {
	cmp := history.Comparison{Year: 2024, Agencies: map[string]history.Change{
		"so-a": {Year: 2024, Rank: 3, OfRanked: 9, RankChange: 2, Moved: true}, "so-b": {Year: 2024, Rank: 6, OfRanked: 9, RankChange: 4, Moved: true},
		"so-c": {Year: 2024, Rank: 7, OfRanked: 9, RankChange: 4, Moved: true}, "so-d": {Year: 2024, Rank: 8, OfRanked: 9, RankChange: 4, Moved: true},
	}}
	numbers := editionOf("en", roundOf(setOf(t), 40, 35, 30, 25), cmp).Home().Numbers
	rise := numbers[len(numbers)-1]
	assert.Equal(t, "▲ Up 4 places", rise.Words)
	assert.Equal(t, "Sở B: rank 2 of 4; 2024: 6 of 9; 2 more agencies rose as much", rise.Note)
}

// What does not concern an agency is not "0 of 30 points", and the tag that decides is not a word for its readers.
func TestWhatDoesNotConcernAnAgencyIsNotCounted(t *testing.T) {
	const rule = "        score: {kind: ratio, of: computers, over: figures.staff}\n"
	row := func(policy string) view.IndicatorRow {
		set := setOf(t, rule, rule+"        when: has_office\n", "caps: {bonus: 5}", "not_applicable: "+policy+"\ncaps: {bonus: 5}")
		round := roundOf(set, 40)
		page, ok := editionOf("en", round, history.Comparison{}).Agency("so-a")
		require.True(t, ok)
		return page.Sections[0].Rows[0]
	}
	rescaled := row("rescale")
	assert.Equal(t, "not counted", rescaled.Points)
	assert.Empty(t, rescaled.Bar)
	assert.Equal(t, []string{"Does not concern this agency"}, rescaled.Reasons)
	assert.Equal(t, "0.00 of 30", row("zero").Points, "a policy that counts it says so")
	assert.Equal(t, "30.00 of 30", row("full").Points)
}

func TestEarlierFilesSayTheirRevision(t *testing.T) {
	e := editionOf("vi", roundOf(setOf(t), 40), history.Comparison{})
	e.Earlier = []view.File{
		{Kind: view.DataJSON, Path: "../../data/2025/r1/data.json", Revision: 1}, {Kind: view.DataJSON, Path: "../../data/2025/r2/data.json", Revision: 2},
	}
	p := e.Corrections()
	require.Len(t, p.Earlier, 2)
	assert.Equal(t, "Lần công bố 1. Tệp JSON cho phần mềm: toàn bộ kết quả công khai", p.Earlier[0].What)
	assert.NotEqual(t, p.Earlier[0].What, p.Earlier[1].What)
}
