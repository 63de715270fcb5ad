package scoring_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// adjusted is a set of scale 10 with a bonus of at most 1, a penalty of at most 2 and three ratings.
const adjusted = `scale: 10
rounding: {indicator: 2, total: 2}
ratings: [{id: good, name: {en: Good}, from: 80}, {id: fair, name: {en: Fair}, from: 50}, {id: weak, name: {en: Weak}, from: 0}]
caps: {bonus: 1, penalty: 2}
indicators:
  - {id: A, no: "1", name: {en: A}, points: 5, score: {kind: linear, worst: 0, best: 5}}
  - {id: P, no: "2", name: {en: P}, points: 3, effect: bonus, score: {kind: per_unit, each: 0.5}}
  - {id: M, no: "3", name: {en: M}, points: 4, effect: penalty, score: {kind: per_unit, each: 1}}
`

// points is an adjustment of agency a0 by a decision.
func points(t tester, p string) submission.Adjustment {
	t.Helper()
	return submission.Adjustment{Agency: "a0", Points: rule.Optional{Value: dec(t, p), Set: true}, Reason: "thanks to Mr X", Decision: "12/QĐ"}
}

func capped(rating string) submission.Adjustment {
	return submission.Adjustment{Agency: "a0", RatingCap: rating, Late: 15}
}

// kinds are the kinds of the named lines of a ledger with their points.
func kinds(res scoring.Result) string {
	var all []string
	for _, line := range res.Ledger {
		if line.Indicator == nil {
			all = append(all, strings.TrimPrefix(line.Note.Kind, "ledger-")+" "+line.Points.String())
		}
	}
	return strings.Join(all, ", ")
}

func TestAdjustments(t *testing.T) {
	late := submission.Adjustment{Agency: "a0", Points: rule.Optional{Value: dec(t, "-3"), Set: true}, Late: 9, RatingCap: "fair"}
	for name, test := range map[string]struct {
		in          map[string]string
		adjustments []submission.Adjustment
		uncapped    bool // the set has no cap of the bonus
		total       string
		rating      string
		lines       string // named ones, without the scale's
	}{
		"nothing":                      {in: map[string]string{"A": "4"}, total: "8", rating: "good"},
		"a decision":                   {in: map[string]string{"A": "4"}, adjustments: []submission.Adjustment{points(t, "-0.5")}, total: "7.5", rating: "fair", lines: "adjustment -0.5"},
		"lateness":                     {in: map[string]string{"A": "5"}, adjustments: []submission.Adjustment{late}, total: "7", rating: "fair", lines: "late -3"},
		"two":                          {in: map[string]string{"A": "3"}, adjustments: []submission.Adjustment{points(t, "1"), late}, total: "4", rating: "weak", lines: "adjustment 1, late -3"},
		"after the caps":               {in: map[string]string{"A": "4", "P": "6", "M": "4"}, adjustments: []submission.Adjustment{points(t, "0.25")}, total: "7.25", rating: "fair", lines: "bonus-cap -2, penalty-cap 2, adjustment 0.25"},
		"not below 0":                  {in: map[string]string{"A": "1"}, adjustments: []submission.Adjustment{late}, total: "0", rating: "weak", lines: "late -3, floor 1"},
		"not above scale and bonus":    {in: map[string]string{"A": "5"}, adjustments: []submission.Adjustment{points(t, "4")}, total: "11", rating: "good", lines: "adjustment 4, ceiling -3"},
		"the bonus without a cap":      {in: map[string]string{"A": "5", "P": "4"}, adjustments: []submission.Adjustment{points(t, "1")}, uncapped: true, total: "12", rating: "good", lines: "adjustment 1, ceiling -1"},
		"no bonus and no cap":          {in: map[string]string{"A": "5"}, adjustments: []submission.Adjustment{points(t, "1")}, uncapped: true, total: "10", rating: "good", lines: "adjustment 1, ceiling -1"},
		"a fraction is rounded":        {in: map[string]string{"A": "4"}, adjustments: []submission.Adjustment{points(t, "-0.125")}, total: "7.88", rating: "fair", lines: "adjustment -0.125, rounding 0.005"},
		"a cap below the rating":       {in: map[string]string{"A": "5"}, adjustments: []submission.Adjustment{capped("fair")}, total: "10", rating: "fair"},
		"a cap above the rating":       {in: map[string]string{"A": "1"}, adjustments: []submission.Adjustment{capped("fair")}, total: "2", rating: "weak"},
		"the lowest of two caps":       {in: map[string]string{"A": "5"}, adjustments: []submission.Adjustment{capped("weak"), capped("fair")}, total: "10", rating: "weak"},
		"a cap that is no rating":      {in: map[string]string{"A": "5"}, adjustments: []submission.Adjustment{capped("splendid")}, total: "10", rating: "good"},
		"another agency's adjustments": {in: map[string]string{"A": "4"}, adjustments: []submission.Adjustment{{Agency: "a1", RatingCap: "weak"}}, total: "8", rating: "good"},
	} {
		t.Run(name, func(t *testing.T) {
			body := adjusted
			if test.uncapped {
				body = strings.Replace(body, "caps: {bonus: 1, penalty: 2}", "caps: {penalty: 2}", 1)
			}
			r := round(t, load(t, body), test.in, map[string]string{"A": "5"})
			r.Cycle.Adjustments = test.adjustments
			ranking := scoring.Rank(r)
			res, _ := ranking.Result("a0")
			assert.Equal(t, test.total, res.Score.String())
			assert.Equal(t, test.rating, res.Rating)
			assert.True(t, ledgerSum(res).Equal(res.Score), "%v", res.Ledger)
			_, lines, _ := strings.Cut(kinds(res)+", ", ", ") // the first one brings 5 points onto the scale of 10
			assert.Equal(t, test.lines, strings.TrimSuffix(lines, ", "))
			earned, _ := r.Set.RatingOf(res.Score, res.Of)
			assert.Equal(t, earned.ID != test.rating, res.RatingCapped != nil)
		})
	}
}

// What an agency claims is never adjusted, and a cap changes no rank.
func TestAdjustmentsLeaveClaimsAndRanks(t *testing.T) {
	r := round(t, load(t, adjusted), map[string]string{"A": "5"}, map[string]string{"A": "4"})
	r.Cycle.Adjustments = []submission.Adjustment{capped("weak"), points(t, "-0.5")}
	got := scoring.Rank(r)
	assert.Equal(t, "a0:1 a1:2", ranks(got))
	first := got.Groups[0].Standings[0]
	assert.Equal(t, "9.5", first.Score.String())
	assert.Equal(t, "10", first.Claimed.String())
	require.NotNil(t, first.RatingCapped)
	assert.Equal(t, 15, first.RatingCapped.Late)
	assert.Equal(t, 1, got.Groups[0].Stats.Ratings[0].Count, "the capped one is not counted as good")

	r.Agencies[0].Unranked = true
	out, _ := scoring.Rank(r).Result("a0")
	assert.Empty(t, out.Rating)
	assert.Nil(t, out.RatingCapped)
	assert.Equal(t, "9.5", out.Score.String(), "who is not ranked is adjusted all the same")
}

// A line names a person only where everybody does not read it.
func TestPublicLines(t *testing.T) {
	byDecision := points(t, "1")
	own := byDecision
	own.Decision = ""
	late := capped("")
	late.Points = byDecision.Points
	r := round(t, load(t, adjusted), map[string]string{"A": "3"})
	r.Cycle.Adjustments = []submission.Adjustment{byDecision, own, {Agency: "a0", Points: own.Points}, late}
	res, _ := scoring.Rank(r).Result("a0")
	var whole, public []rule.Note
	for _, line := range res.Ledger {
		if line.Adjustment != nil {
			whole, public = append(whole, line.Note), append(public, line.Public())
		} else {
			assert.Equal(t, line.Note, line.Public())
		}
	}
	assert.Equal(t, []rule.Note{
		rule.Say("ledger-adjustment", "thanks to Mr X", "12/QĐ"), rule.Say("ledger-adjustment-reason", "thanks to Mr X"),
		rule.Say("ledger-adjusted"), rule.Say("ledger-late", 15),
	}, whole)
	assert.Equal(t, []rule.Note{rule.Say("ledger-adjusted-by", "12/QĐ"), rule.Say("ledger-adjusted"), rule.Say("ledger-adjusted"), rule.Say("ledger-late", 15)}, public)
}

// The form of an agency shows a rating that is held down as such.
func TestLiveRatingIsCapped(t *testing.T) {
	set := load(t, adjusted)
	sub := answers(t, map[string]string{"A": "5"})
	assert.Equal(t, "good", scoring.Fit(set, nil).Live(entrant(sub)).Rating)
	sub.Adjustments = []submission.Adjustment{capped("fair")}
	assert.Equal(t, "fair", scoring.Fit(set, nil).Live(entrant(sub)).Rating)
}

// drawnAdjustments are up to four of one agency.
func drawnAdjustments(t *rapid.T, agency string) []submission.Adjustment {
	var all []submission.Adjustment
	for i := range rapid.IntRange(0, 4).Draw(t, "adjustments of "+agency) {
		a := submission.Adjustment{Agency: agency, Reason: fmt.Sprint(i), RatingCap: rapid.SampledFrom([]string{"", "fair", "weak"}).Draw(t, "cap")}
		if rapid.Bool().Draw(t, "has points") {
			thousandths := rapid.Int64Range(-60_000, 60_000).Draw(t, "points")
			a.Points = rule.Optional{Value: decimal.New(thousandths, -3), Set: true}
		}
		if rapid.Bool().Draw(t, "is late") {
			a.Late = 1 + i
		}
		all = append(all, a)
	}
	return all
}

// Whatever is adjusted: the ledger is the total, which stays within 0 and the scale with the cap of the bonus; the order
// of adjustments changes nothing but the order of lines; and an agency without adjustments keeps everything but its rank.
func TestAdjustmentsOfAnything(t *testing.T) {
	ratings := "ratings: [{id: good, name: {en: Good}, from: 80}, {id: fair, name: {en: Fair}, from: 50}, {id: weak, name: {en: Weak}, from: 0}]\n"
	set := load(t, ratings+everyKind)
	rapid.Check(t, func(rt *rapid.T) {
		r := &submission.Round{Set: set, Submissions: map[string]submission.Submission{}}
		for _, code := range []string{"a0", "a1", "a2"} {
			r.Agencies = append(r.Agencies, submission.Agency{Code: code, Group: "a"})
			r.Submissions[code] = drawn(rt)
		}
		plain := scoring.Rank(r)
		r.Cycle.Adjustments = append(drawnAdjustments(rt, "a0"), drawnAdjustments(rt, "a1")...)
		got := scoring.Rank(r)
		mixed := *r
		mixed.Cycle.Adjustments = rapid.Permutation(r.Cycle.Adjustments).Draw(rt, "mixed")
		again := scoring.Rank(&mixed)
		for _, code := range []string{"a0", "a1", "a2"} {
			res, _ := got.Result(code)
			before, _ := plain.Result(code)
			other, _ := again.Result(code)
			require.True(rt, ledgerSum(res).Equal(res.Score), "ledger %s, total %s", ledgerSum(res), res.Score)
			require.False(rt, res.Score.IsNegative() || res.Score.GreaterThan(dec(rt, "103")), "total %s", res.Score)
			require.True(rt, res.Claimed.Equal(before.Claimed), "claims are not adjusted")
			require.True(rt, res.Score.Equal(other.Score), "in another order")
			require.Equal(rt, res.Rating, other.Rating)
			require.GreaterOrEqual(rt, ratingRank(set, res), ratingRank(set, before, res))
		}
		untouched, _ := got.Result("a2")
		before, _ := plain.Result("a2")
		before.Rank, before.Tied = untouched.Rank, untouched.Tied
		require.Equal(rt, before, untouched)
	})
}

// ratingRank is the place of a rating among the set's, best first; of two results that of the second one's total.
func ratingRank(set *criteria.Set, results ...scoring.Result) int {
	id := results[0].Rating
	if len(results) > 1 && results[1].Ranked {
		earned, _ := set.RatingOf(results[1].Score, results[1].Of)
		id = earned.ID
	}
	for i, r := range set.Ratings {
		if r.ID == id {
			return i
		}
	}
	return -1
}
