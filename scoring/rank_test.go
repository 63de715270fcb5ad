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

const oneNumber = `scale: 100
rounding: {indicator: none, total: 2}
ratings:
  - {id: good, name: {en: Good}, from: 80}
  - {id: weak, name: {en: Weak}, from: 0}
pillars:
  - {id: p, no: "1", name: {en: P}, indicators: [{id: A, no: "1.1", name: {en: A}, points: 50, score: {kind: linear, worst: 0, best: 1}}]}
  - {id: q, no: "2", name: {en: Q}, indicators: [{id: B, no: "2.1", name: {en: B}, points: 50, score: {kind: linear, worst: 0, best: 1}}]}
`

// round makes a round of agencies a0, a1, … of group a with the answers given.
func round(t tester, set *criteria.Set, rows ...map[string]string) *submission.Round {
	t.Helper()
	r := &submission.Round{Set: set, Submissions: map[string]submission.Submission{}}
	for i, row := range rows {
		code := fmt.Sprintf("a%d", i)
		r.Agencies = append(r.Agencies, submission.Agency{Code: code, Group: "a"})
		if row != nil {
			r.Submissions[code] = answers(t, row)
		}
	}
	return r
}

func ranks(r *scoring.Ranking) string {
	var b strings.Builder
	for _, s := range r.Groups[0].Standings {
		fmt.Fprintf(&b, "%s:%d", s.Agency.Code, s.Rank)
		if s.Tied {
			b.WriteByte('=')
		}
		b.WriteByte(' ')
	}
	return strings.TrimSpace(b.String())
}

func TestRankTies(t *testing.T) {
	rows := []map[string]string{
		{"A": "0.5", "B": "0.5"}, {"A": "1", "B": "1"}, {"A": "0.4", "B": "0.6"}, {"A": "0", "B": "0"}, {"A": "0.50004", "B": "0.5"},
	}
	for ranking, want := range map[string]string{
		"":                          "a1:1 a0:2= a2:2= a4:2= a3:5",
		"ranking: {ties: dense}":    "a1:1 a0:2= a2:2= a4:2= a3:3",
		"ranking: {ties: unique}":   "a1:1 a0:2 a2:3 a4:4 a3:5",
		"ranking: {tie_break: [p]}": "a1:1 a0:2= a4:2= a2:4 a3:5",
		"ranking: {tie_break: [q]}": "a1:1 a2:2 a0:3= a4:3= a3:5",
	} {
		t.Run(ranking, func(t *testing.T) {
			got := ranks(scoring.Rank(round(t, load(t, ranking+"\n"+oneNumber), rows...)))
			assert.Equal(t, want, got, "50.002 prints as 50.00 and so ties")
		})
	}
}

func TestRankLeavesOutTheUnranked(t *testing.T) {
	r := round(t, load(t, oneNumber), map[string]string{"A": "1", "B": "1"}, map[string]string{"A": "0", "B": "1"}, nil)
	r.Agencies[0].Unranked, r.Agencies[0].Reason = true, "military"
	got := scoring.Rank(r)
	assert.Equal(t, "a1:1 a2:2 a0:0", ranks(got))
	st := got.Groups[0].Stats
	assert.Equal(t, 3, st.Agencies)
	assert.Equal(t, 2, st.Ranked)
	assert.Equal(t, "25", st.Mean.String())
	last := got.Groups[0].Standings[2]
	assert.Equal(t, rule.Say("unranked-reason", "military"), last.Reason)
	assert.Equal(t, "100", last.Score.String(), "it is scored all the same")
	assert.Empty(t, last.Rating)
}

func TestStats(t *testing.T) {
	r := round(t, load(t, oneNumber),
		map[string]string{"A": "0.9", "B": "0.9"}, map[string]string{"A": "0.8", "B": "0.8"},
		map[string]string{"A": "0.2", "B": "0.5"}, map[string]string{"A": "0.1", "B": "0.1"})
	st := scoring.Rank(r).Groups[0].Stats
	assert.Equal(t, "53.75", st.Mean.String())
	assert.Equal(t, "57.5", st.Median.String())
	assert.Equal(t, "28.75", st.Q1.String(), "10 + 0.75 × 25")
	assert.Equal(t, "82.5", st.Q3.String())
	assert.Equal(t, "90", st.Highest.String())
	assert.Equal(t, "10", st.Lowest.String())
	require.Len(t, st.Ratings, 2)
	assert.Equal(t, 2, st.Ratings[0].Count)
	require.Len(t, st.Pillars, 2)
	assert.Equal(t, "25", st.Pillars[0].Mean.String())
	assert.Equal(t, "45", st.Pillars[0].Best.String())
	assert.Equal(t, "50", st.Pillars[0].Of.String())
}

// The best of a pillar is what the best agency has, and a median what the middle one has, however totals are rounded.
func TestStatsOfPillarsAreAsFineAsTheirScores(t *testing.T) {
	for rounding, want := range map[string]string{
		"{indicator: 2, total: 0}":    "6.17 6.17 12.35",
		"{total: 0}":                  "6.17284 6.17284 12.34568",
		"{indicator: 0, total: 2}":    "6 6 12",
		"{indicator: 3, total: none}": "6.173 6.173 12.346",
	} {
		body := strings.Replace(oneNumber, "rounding: {indicator: none, total: 2}", "rounding: "+rounding, 1)
		require.Contains(t, body, rounding)
		got := scoring.Rank(round(t, load(t, body),
			map[string]string{"A": "0.2469136", "B": "0"}, map[string]string{"A": "0.1234568", "B": "0"}, map[string]string{"A": "0", "B": "0"}))
		p := got.Groups[0].Stats.Pillars[0]
		assert.Equal(t, want, strings.Join([]string{p.Mean.String(), p.Median.String(), p.Best.String()}, " "), rounding)
	}
}

// An agency that leaves the ranking for want of answers leaves the cohort of `best` too.
func TestRankFitsToTheRankedOnly(t *testing.T) {
	body := `scale: 10
rounding: {indicator: 2, total: 2}
missing: {max_share: 0.4}
indicators:
  - {id: A, no: "1", name: {en: A}, points: 5, score: {kind: best}}
  - {id: B, no: "2", name: {en: B}, points: 5, score: {kind: yes_no}}
`
	r := round(t, load(t, body), map[string]string{"A": "100"}, map[string]string{"A": "40", "B": "yes"}, map[string]string{"A": "20", "B": "yes"})
	got := scoring.Rank(r)
	assert.Equal(t, "a1:1 a2:2 a0:0", ranks(got))
	assert.Equal(t, "10", got.Groups[0].Standings[0].Score.String(), "the best of the ranked is 40")
	assert.Equal(t, "7.5", got.Groups[0].Standings[1].Score.String())
	require.Len(t, got.Groups[0].Fitted, 1)
	assert.Equal(t, "40", got.Groups[0].Fitted[0].Bounds[0].Value.String())
}

// everyKind uses all rule kinds with fixed bounds, bonus and penalty, and every policy on what does not apply.
const everyKind = `scale: 100
rounding: {indicator: 2, total: 2}
caps: {bonus: 3, penalty: 4}
figures: {staff: {name: {en: Staff}, type: count}}
pillars:
  - id: p
    no: "1"
    name: {en: P}
    indicators:
      - {id: R, no: "1.1", name: {en: R}, points: 7.5, score: {kind: ratio, of: n, over: figures.staff, if_zero: not_applicable}, inputs: {n: {name: {en: N}, type: count}}, not_applicable: {allowed: true}}
      - {id: S, no: "1.2", name: {en: S}, points: 5, score: {kind: steps, steps: [{from: 10, points: 1}, {from: 20, points: 3.33}, {above: 30, points: 5}]}, not_applicable: {allowed: true, policy: full}}
      - {id: L, no: "1.3", name: {en: L}, points: 9, score: {kind: linear, worst: 3, best: 17}, not_applicable: {allowed: true, policy: zero}}
      - {id: G, no: "1.4", name: {en: G}, points: 2, score: {kind: linear, worst: 1, best: 1000, scale: log}}
  - id: q
    no: "2"
    name: {en: Q}
    points: 8
    combine: geometric
    indicators:
      - {id: X, no: "2.1", name: {en: X}, weight: 2, score: {kind: linear, worst: 0, best: 7}}
      - {id: Y, no: "2.2", name: {en: Y}, score: {kind: yes_no}}
  - id: r
    no: "3"
    name: {en: R}
    indicators:
      - {id: U, no: "3.1", name: {en: U}, points: 3, score: {kind: per_unit, each: 0.7}}
      - {id: D, no: "3.2", name: {en: D}, points: 2, min: -1, score: {kind: deduct, parts: [{of: late, each: 0.25}]}, inputs: {late: {name: {en: Late}, type: count}}}
      - {id: B, no: "3.3", name: {en: B}, points: 3, effect: bonus, score: {kind: per_unit, each: 0.5}}
      - {id: M, no: "3.4", name: {en: M}, points: 9, effect: penalty, score: {kind: per_unit, each: 1.3}}
`

var everyInput = []string{"figures.staff", "R.n", "S.value", "L.value", "G.value", "X.value", "Y.value", "U.value", "D.late", "B.value", "M.value"}

// drawn draws answers: numbers about the bounds, and missing, not applicable and unreadable ones.
func drawn(t *rapid.T) submission.Submission {
	in := map[string]string{}
	for _, key := range everyInput {
		switch rapid.IntRange(0, 9).Draw(t, key+" state") {
		case 0:
			continue
		case 1:
			in[key] = "invalid"
		case 2:
			in[key] = "n/a"
		default:
			in[key] = fmt.Sprint(rapid.IntRange(0, 40).Draw(t, key))
			if strings.HasPrefix(key, "Y.") {
				in[key] = rapid.SampledFrom([]string{"yes", "no"}).Draw(t, key)
			}
		}
	}
	return answers(t, in)
}

// TestLedgerIsTheTotal draws 1,000 submissions.
func TestLedgerIsTheTotal(t *testing.T) {
	set := load(t, everyKind)
	scale := scoring.Fit(set, nil)
	rapid.Check(t, func(rt *rapid.T) { // 100 times
		for range 10 {
			res := scale.Score(entrant(drawn(rt)))
			if sum := ledgerSum(res); !sum.Equal(res.Score) {
				rt.Fatalf("ledger %s, total %s", sum, res.Score)
			}
			if res.Score.IsNegative() || res.Score.GreaterThan(dec(rt, "103")) {
				rt.Fatalf("total %s outside 0..scale+bonus cap", res.Score)
			}
			checkPillar(rt, res.Root)
		}
	})
}

// checkPillar holds that a pillar that sums is the sum of its parts.
func checkPillar(t *rapid.T, p scoring.PillarResult) {
	for _, child := range p.Pillars {
		checkPillar(t, child)
	}
	if p.Pillar.Combine != criteria.Sum || !p.InPoints {
		return
	}
	sum := p.Score.Sub(p.Score)
	for _, ind := range p.Indicators {
		if ind.Indicator.Effect == criteria.Base {
			sum = sum.Add(ind.Score)
		}
	}
	if !sum.Equal(p.Score) {
		t.Fatalf("pillar %s: %s, its indicators %s", p.Pillar.ID, p.Score, sum)
	}
}

func TestRaisingAnAnswerNeverLowersTheScore(t *testing.T) {
	set := load(t, everyKind)
	scale := scoring.Fit(set, nil)
	better := map[string]int{"R.n": 1, "S.value": 1, "L.value": 1, "G.value": 1, "X.value": 1, "U.value": 1, "D.late": -1, "B.value": 1, "M.value": -1}
	rapid.Check(t, func(rt *rapid.T) {
		sub := drawn(rt)
		before := scale.Score(entrant(sub)).Score
		key := rapid.SampledFrom(everyInput[1:]).Draw(rt, "raised")
		ind, in, _ := strings.Cut(key, ".")
		k := submission.Key{Indicator: ind, Input: in}
		old, ok := sub.Answers.At(k).Value.Number()
		if !ok {
			rt.Skip("no number to raise")
		}
		step := int64(better[key] * rapid.IntRange(0, 20).Draw(rt, "by"))
		sub.Answers.Put(k, submission.Answer{Value: rule.NumberOf(old.Add(dec(rt, fmt.Sprint(step))))})
		if after := scale.Score(entrant(sub)).Score; after.LessThan(before) {
			rt.Fatalf("%s from %s by %d: %s became %s", key, old, step, before, after)
		}
	})
}

func TestOrderOfSubmissionsNeverMatters(t *testing.T) {
	set := load(t, oneNumber)
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(rt, "agencies")
		rows := make([]map[string]string, n)
		for i := range rows {
			rows[i] = map[string]string{
				"A": fmt.Sprintf("0.%d", rapid.IntRange(0, 3).Draw(rt, "a")), "B": fmt.Sprintf("0.%d", rapid.IntRange(0, 3).Draw(rt, "b")),
			}
		}
		r := round(rt, set, rows...)
		before := ranks(scoring.Rank(r))
		r.Agencies = rapid.Permutation(r.Agencies).Draw(rt, "mixed")
		if after := ranks(scoring.Rank(r)); after != before {
			rt.Fatalf("%s became %s", before, after)
		}
	})
}

// Points k times as large rank alike where nothing is rounded but the total.
func TestScalingAllPointsKeepsRanks(t *testing.T) {
	large := strings.ReplaceAll(oneNumber, "points: 50", "points: 350")
	rapid.Check(t, func(rt *rapid.T) {
		rows := make([]map[string]string, 6)
		for i := range rows {
			rows[i] = map[string]string{"A": fmt.Sprintf("0.%02d", rapid.IntRange(0, 99).Draw(rt, "a")), "B": fmt.Sprintf("0.%02d", rapid.IntRange(0, 99).Draw(rt, "b"))}
		}
		small := ranks(scoring.Rank(round(rt, load(rt, oneNumber), rows...)))
		if got := ranks(scoring.Rank(round(rt, load(rt, large), rows...))); got != small {
			rt.Fatalf("%s became %s", small, got)
		}
	})
}

func TestBestIsTheScaleAndWorstIsZero(t *testing.T) {
	set := load(t, everyKind)
	best := map[string]string{"figures.staff": "10", "R.n": "10", "S": "31", "L": "17", "G": "1000", "X": "7", "Y": "yes", "U": "5", "D.late": "0", "B": "0", "M": "0"}
	assert.Equal(t, "100", score(t, set, best).Score.String())
	worst := map[string]string{"figures.staff": "10", "R.n": "0", "S": "0", "L": "3", "G": "1", "X": "0", "Y": "no", "U": "0", "D.late": "99", "B": "0", "M": "0"}
	assert.Equal(t, "0", score(t, set, worst).Score.String(), "−1 of D does not take the total below 0")
}

func TestReviewedWithoutDecisionsIsTheIdentity(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		sub := drawn(rt)
		final := sub.Reviewed(nil, false)
		if final.Answers.Len() != sub.Answers.Len() || final.Applied != nil || final.Awards != nil {
			rt.Fatal("the claim changed")
		}
		for k, a := range sub.Answers.All() {
			if !final.Answers.At(k).Value.Equal(a.Value) {
				rt.Fatalf("%s changed", k)
			}
		}
	})
}

func BenchmarkScore(b *testing.B) {
	var body strings.Builder
	body.WriteString("scale: points\nrounding: {indicator: 2, total: 2}\nindicators:\n")
	in := map[string]string{}
	for i := range 100 {
		fmt.Fprintf(&body, "  - {id: I%d, no: \"%d\", name: {en: X}, points: 3, score: {kind: linear, worst: 0, best: 300}}\n", i, i)
		in[fmt.Sprintf("I%d", i)] = fmt.Sprint(i * 3)
	}
	set := load(b, body.String())
	scale, e := scoring.Fit(set, nil), entrant(answers(b, in))
	b.ReportAllocs()
	for b.Loop() {
		scale.Score(e)
	}
}

func BenchmarkRank(b *testing.B) {
	set := load(b, oneNumber)
	rows := make([]map[string]string, 1000)
	for i := range rows {
		rows[i] = map[string]string{"A": fmt.Sprintf("0.%03d", i), "B": "0.5"}
	}
	r := round(b, set, rows...)
	b.ReportAllocs()
	for b.Loop() {
		scoring.Rank(r)
	}
}

func ExampleRank() {
	set, err := criteria.Load("example.yaml", []byte(`schema: dti.criteria/v1
id: example
version: "1"
title: {en: Example}
languages: [en]
scale: 10
rounding: {total: 1}
groups: {ward: {en: Wards}}
indicators:
  - {id: PC, no: "1", name: {en: Computers}, points: 10, score: {kind: linear, worst: 0, best: 40}}
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	r := &submission.Round{Set: set, Submissions: map[string]submission.Submission{}}
	for _, ward := range []struct {
		code string
		pcs  int64
	}{{"hoa-an", 30}, {"my-an", 38}} {
		r.Agencies = append(r.Agencies, submission.Agency{Code: ward.code, Group: "ward"})
		key := submission.Key{Indicator: "PC", Input: "value"}
		r.Submissions[ward.code] = submission.Submission{Sent: true, Answers: submission.AnswersOf(set, map[submission.Key]submission.Answer{
			key: {Value: rule.NumberOf(decimal.NewFromInt(ward.pcs))},
		})}
	}
	for _, s := range scoring.Rank(r).Groups[0].Standings {
		fmt.Println(s.Rank, s.Agency.Code, s.Score, "of", s.Of)
	}
	// Output:
	// 1 my-an 9.5 of 10
	// 2 hoa-an 7.5 of 10
}

// A decision counts although the agency sent nothing that could hold it.
func TestDecisionWithoutSubmission(t *testing.T) {
	set := load(t, oneNumber)
	r := round(t, set, nil, map[string]string{"A": "0.5", "B": "0.5"})
	r.Decisions = []submission.Decision{{
		Agency: "a0", Indicator: "A", Input: "value", Stage: submission.Appeal, Verdict: submission.Set, Value: value(t, "0.5"),
	}}
	res, ok := scoring.Rank(r).Result("a0")
	require.True(t, ok)
	assert.Equal(t, "25", res.Score.String())
}

// Nobody is measured against an answer that the review struck out.
func TestCohortWithoutRejectedAnswers(t *testing.T) {
	set := load(t, `scale: 100
rounding: {total: 2}
indicators: [{id: A, no: "1", name: {en: A}, points: 100, inputs: {n: {name: {en: N}, type: number}}, score: {kind: best, of: n}}]
`)
	r := round(t, set, map[string]string{"A.n": "1000000"}, map[string]string{"A.n": "50"}, map[string]string{"A.n": "25"})
	r.Decisions = []submission.Decision{{Agency: "a0", Indicator: "A", Stage: submission.Review, Verdict: submission.Reject, Reason: "no proof"}}
	ranking := scoring.Rank(r)
	for code, want := range map[string]string{"a0": "0", "a1": "100", "a2": "50"} {
		res, ok := ranking.Result(code)
		require.True(t, ok)
		assert.Equal(t, want, res.Score.String(), code)
	}
}
