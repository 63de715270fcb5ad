package view_test

import (
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// What is equal is said as equal: no "from 5 to 5", no highest of several that are as high, no distance of nothing.

// groupFigure is a figure of the page of the first group.
func groupFigure(t *testing.T, e *view.Edition, id string) view.Figure {
	t.Helper()
	figures := e.Group(e.Ranking().Groups[0]).Figures
	i := slices.IndexFunc(figures, func(f view.Figure) bool { return f.ID == id })
	require.GreaterOrEqual(t, i, 0, id)
	return figures[i]
}

// Of 10 points each, one agency has 5 and the other 7 in every pillar: means 60 %, ranges 50 to 70 %.
func TestPillarsThatStandAlike(t *testing.T) {
	alone := editionOf("en", filledRound(setOfPillars(t, 1), 5, 7, 6), history.Comparison{})
	assert.Equal(t, "Pillar 0 has a mean of 60.00%", groupFigure(t, alone, "pillars").Headline)
	assert.Equal(t, "0. Pillar 0: from 50.00% to 70.00%", groupFigure(t, alone, "pillar-ranges").Headline)

	alike := editionOf("en", filledRound(setOfPillars(t, 3), 5, 7, 6), history.Comparison{})
	means := groupFigure(t, alike, "pillars")
	assert.Equal(t, "All pillars stand alike: 60.00%", means.Headline)
	assert.Equal(t, "All pillars stand alike: 60.00%.", means.Narration)
	assert.Equal(t, "The widest ranges, 20.00 percentage points, are in: 0. Pillar 0, 1. Pillar 1, 2. Pillar 2", groupFigure(t, alike, "pillar-ranges").Headline)

	round := filledRound(setOfPillars(t, 3), 5, 5)
	answered(round, "a-00001", "I0", rule.NumberOf(decimal.NewFromInt(1))) // mean 3 of 10
	two := groupFigure(t, editionOf("en", round, history.Comparison{}), "pillars")
	assert.Equal(t, "Pillar 1, Pillar 2 stand highest together: 50.00%", two.Headline)
	assert.Equal(t, "Highest is Pillar 1, Pillar 2 with 50.00%, lowest Pillar 0 with 30.00%.", two.Narration)
}

func TestPillarsThatDidNotMove(t *testing.T) {
	cmp := history.Comparison{Year: 2024, Groups: map[string]history.PastGroup{"department": {Year: 2024, Ranked: 1, Pillars: map[string]history.PastPillar{
		"p0": {Mean: decimal.NewFromInt(5), Of: decimal.NewFromInt(10), Comparable: true},
	}}}}
	f := groupFigure(t, editionOf("vi", filledRound(setOfPillars(t, 2), 5), cmp), "pillars")
	assert.Equal(t, "Không nhóm chỉ số so sánh được nào thay đổi so với năm 2024", f.Headline)
}

func TestProfileNamesAllThatAreAsFar(t *testing.T) {
	round := filledRound(setOfPillars(t, 3), 5, 5, 5)
	answered(round, "a-00001", "I0", rule.NumberOf(decimal.NewFromInt(8)))
	answered(round, "a-00001", "I2", rule.NumberOf(decimal.NewFromInt(8)))
	p, ok := editionOf("en", round, history.Comparison{}).Agency("a-00001")
	require.True(t, ok)
	assert.Equal(t, "Against the group's median: farthest above in Pillar 0, Pillar 2 (+30.00 percentage points), below in no pillar", p.Figures[1].Headline)
}

// Equal totals of different ranks are no distance of 0.00.
func TestGapOfEqualTotals(t *testing.T) {
	set := setOf(t, "caps: {bonus: 5}", "caps: {bonus: 5}\nranking: {ties: unique}")
	e := editionOf("en", roundOf(set, 40, 20, 20), history.Comparison{})
	assert.Equal(t, []string{"leads", "15.00", "equal total"}, column(e.Group(e.Ranking().Groups[0]).Ranking, "Behind next rank"))
}

// Where totals are not rounded, distances are those of the printed totals, and the ledger adds up with all its decimals:
// 30 × 1/3 and 30 × 2/3 points beside 70.
func TestUnroundedNumbersAgree(t *testing.T) {
	set := setOf(t, "rounding: {indicator: 2, total: 2}", "rounding: {indicator: none, total: none}")
	round := roundOf(set, 10, 20)
	staff := submission.Key{Indicator: criteria.FiguresID, Input: "staff"}
	of := func(n int64) submission.Answer { return submission.Answer{Value: rule.NumberOf(decimal.NewFromInt(n))} }
	for code, s := range round.Submissions {
		s.Answers.Put(staff, of(30))
		round.Submissions[code] = s
	}
	e := editionOf("en", round, history.Comparison{})
	ranking := e.Group(e.Ranking().Groups[0]).Ranking
	assert.Equal(t, []string{"90.00", "80.00"}, column(ranking, "Score"))
	assert.Equal(t, []string{"leads", "10.00"}, column(ranking, "Behind next rank"))

	round.Submissions["so-a"].Answers.Put(staff, of(29)) // 30 × 10/29 = 10.344827…, printed 80.34
	round.Submissions["so-b"].Answers.Put(staff, of(59)) // 30 × 20/59 = 10.169491…, printed 80.17; exactly 0.175 apart
	e = editionOf("en", round, history.Comparison{})
	ranking = e.Group(e.Ranking().Groups[0]).Ranking
	assert.Equal(t, []string{"80.34", "80.17"}, column(ranking, "Score"))
	assert.Equal(t, []string{"leads", "0.17"}, column(ranking, "Behind next rank"))
	p, ok := e.Agency("so-b")
	require.True(t, ok)
	assert.Equal(t, "0.17", p.Facts[3].Words)
	rows := p.Ledger.Rows
	sum := decimal.Zero
	for _, r := range rows[:len(rows)-1] {
		sum = sum.Add(decimal.RequireFromString(r.Cells[1].Text))
	}
	assert.Equal(t, sum.String(), rows[len(rows)-1].Cells[1].Text)
}

// The earlier quarter of the same year is told apart by its title.
func TestEarlierRoundOfTheSameYear(t *testing.T) {
	cmp := history.Comparison{
		Year:     2025,
		Agencies: map[string]history.Change{"so-b": {Year: 2025, Rank: 1, OfRanked: 2, RankChange: -1, Moved: true}},
		Trend:    history.Trend{Rounds: []history.Earlier{{ID: "q1", Year: 2025, Title: criteria.Text{"en": "First quarter"}}}},
	}
	e := editionOf("en", roundOf(setOf(t), 40, 20), cmp)
	assert.Equal(t, "The one agency whose rank moved from 2025 (First quarter) to 2025; a smaller rank is better", groupFigure(t, e, "moves").Subtitle)
	cmp.Trend.Rounds[0].Title = nil
	e = editionOf("en", roundOf(setOf(t), 40, 20), cmp)
	assert.Equal(t, "The one agency whose rank moved from 2025 to 2025; a smaller rank is better", groupFigure(t, e, "moves").Subtitle)
}

// 85 of 100 points are not 415 less than 500 of 1,000.
func TestTotalsOfAnotherScaleAreNotCompared(t *testing.T) {
	facts := func(of int64) (group, agency []view.Fact) {
		set := setOf(t)
		past := &history.Past{
			Year: 2024, CriteriaID: set.ID, CriteriaVersion: set.Version,
			Groups: map[string]history.PastGroup{"department": {
				Year: 2024, Agencies: 1, Ranked: 1, HasMean: true, Mean: decimal.NewFromInt(70), Median: decimal.NewFromInt(70),
			}},
			Agencies: map[string]history.PastAgency{"so-a": {
				Group: "department", HasScore: true, Score: decimal.NewFromInt(70), Of: decimal.NewFromInt(of), Ranked: true, Rank: 1,
			}},
		}
		round := roundOf(set, 20)
		e := editionOf("en", round, history.Compare(scoring.Rank(round), past))
		p, ok := e.Agency("so-a")
		require.True(t, ok)
		return e.Group(e.Ranking().Groups[0]).Facts, p.Facts
	}
	group, agency := facts(100)
	assert.Equal(t, "out of 100; 2024: 70.00 (+15.00)", group[1].Note)
	assert.Equal(t, "out of 100, 85.00%; 2024: 70.00 (+15.00)", agency[1].Note)
	group, agency = facts(1000)
	assert.Equal(t, "out of 100", group[1].Note)
	assert.Equal(t, "the score cannot be compared with 2024: the maximum was 1,000 then and is 100 now", group[3].Note)
	assert.Equal(t, "out of 100, 85.00%; the score cannot be compared with 2024: the maximum was 1,000 then and is 100 now", agency[1].Note)
	assert.Empty(t, agency[1].Tone)
}
