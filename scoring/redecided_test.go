package scoring_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

const aloneAndCompared = `scale: 100
rounding: {indicator: 2, total: 1}
missing: {max_share: 0.5}
ratings: [{id: good, name: {en: Good}, from: 60}, {id: weak, name: {en: Weak}, from: 0}]
indicators:
  - {id: A, no: "1", name: {en: A}, points: 40, score: {kind: linear, worst: 0, best: 4}}
  - {id: B, no: "2", name: {en: B}, points: 30, score: {kind: %s}}
  - {id: C, no: "3", name: {en: C}, points: 30, score: {kind: best}}
`

// TestRedecidedIsRank: ranking again after another decision on one agency gives what ranking from the start gives. Rank
// keeps the traces of so few agencies and Redecided scores them anew when they are asked for: what is kept is held too.
func TestRedecidedIsRank(t *testing.T) {
	for _, kind := range []string{"linear, worst: 0, best: 4", "percentile", "minmax"} {
		set := load(t, fmt.Sprintf(aloneAndCompared, kind))
		rapid.Check(t, func(rt *rapid.T) {
			n := rapid.IntRange(1, 6).Draw(rt, "agencies")
			rows := make([]map[string]string, n)
			for i := range rows {
				rows[i] = map[string]string{}
				for _, id := range []string{"A", "B", "C"} {
					if v := rapid.SampledFrom([]string{"", "0", "1", "3", "4"}).Draw(rt, id); v != "" {
						rows[i][id] = v
					}
				}
			}
			r := round(rt, set, rows...)
			r.Agencies[0].Unranked = rapid.Bool().Draw(rt, "unranked")
			r.Cycle.Adjustments = []submission.Adjustment{{
				Agency: "a0", RatingCap: "weak", Points: rule.Optional{Value: decimal.NewFromInt(-3), Set: true}, Reason: "x",
			}}
			before := scoring.Rank(r)
			code := fmt.Sprintf("a%d", rapid.IntRange(0, n-1).Draw(rt, "agency"))
			other := *r
			for _, id := range []string{"A", "B", "C"} {
				d := submission.Decision{
					Agency: code, Indicator: id, Input: "value", Stage: submission.Appeal,
					Verdict: rapid.SampledFrom([]submission.Verdict{submission.Set, submission.Accept}).Draw(rt, "verdict"),
				}
				if d.Verdict == submission.Set {
					d.Value = rule.NumberOf(decimal.NewFromInt(int64(rapid.IntRange(0, 5).Draw(rt, "value"))))
				}
				if rapid.Bool().Draw(rt, "decide") {
					other.Decisions = append(other.Decisions, d)
				}
			}
			want, got := scoring.Rank(&other), before.Redecided(&other, code)
			assert.Equal(rt, want.Groups, got.Groups)
			for _, a := range r.Agencies {
				wanted, _ := want.Result(a.Code)
				result, _ := got.Result(a.Code)
				assert.Equal(rt, wanted, result)
			}
			assert.Equal(rt, before.Groups, scoring.Rank(r).Groups, "the ranking stays as it was")
			assert.Equal(rt, want.Groups, before.Redecided(&other, "nobody").Groups)
		})
	}
}

// TestLargeRoundsAreTracedAlike: a round too large for its traces to be kept tells of an agency what a small one does.
func TestLargeRoundsAreTracedAlike(t *testing.T) {
	set := load(t, fmt.Sprintf(aloneAndCompared, "linear, worst: 0, best: 4"))
	rows := []map[string]string{{"A": "3", "B": "4", "C": "4"}, {"A": "1", "C": "2"}, {}}
	decided := []submission.Decision{{
		Agency: "a1", Indicator: "A", Input: "value", Stage: submission.Review, Verdict: submission.Set, Value: rule.NumberOf(decimal.NewFromInt(4)),
	}}
	small, large := round(t, set, rows...), round(t, set, slices.Concat(rows, slices.Repeat(rows[:1], 500))...)
	small.Decisions, large.Decisions = decided, decided
	kept, anew := scoring.Rank(small), scoring.Rank(large)
	for _, a := range small.Agencies {
		want, _ := kept.Result(a.Code)
		got, _ := anew.Result(a.Code)
		got.Standing = want.Standing // there are others beside it
		assert.Equal(t, want, got)
		was, _ := kept.Standing(a.Code)
		is, _ := anew.Standing(a.Code)
		assert.Equal(t, []decimal.Decimal{was.Score, was.Claimed}, []decimal.Decimal{is.Score, is.Claimed})
	}
	reviewed, _ := kept.Standing("a1")
	assert.False(t, reviewed.Score.Equal(reviewed.Claimed), "the review took effect")
}
