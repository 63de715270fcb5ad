package scoring_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// A tester is a test, be it of rapid's.
type tester interface {
	require.TestingT
	Helper()
}

// load reads a set of one group "a" from what follows its head.
func load(t tester, body string) *criteria.Set {
	t.Helper()
	head := "schema: dti.criteria/v1\nid: test\nversion: \"1\"\ntitle: {en: Test}\nlanguages: [en]\n"
	if !strings.Contains(body, "\ngroups:") && !strings.HasPrefix(body, "groups:") {
		head += "groups: {a: {en: A}}\n"
	}
	set, err := criteria.Load("test.yaml", []byte(head+body))
	require.NoError(t, err)
	return set
}

// dec reads a number of a test.
func dec(t tester, s string) decimal.Decimal {
	t.Helper()
	d, err := decimal.NewFromString(s)
	require.NoError(t, err)
	return d
}

// answers makes a submission from "IND.input" → number.
func answers(t tester, numbers map[string]string) submission.Submission {
	t.Helper()
	entered := map[submission.Key]submission.Answer{}
	for key, n := range numbers {
		ind, in, ok := strings.Cut(key, ".")
		if !ok {
			in = "value"
		}
		entered[submission.Key{Indicator: ind, Input: in}] = submission.Answer{Value: value(t, n)}
	}
	return submission.Submission{Agency: "x", Sent: true, Answers: submission.AnswersOf(nil, entered)}
}

func value(t tester, s string) rule.Value {
	t.Helper()
	switch s {
	case "yes", "no":
		return rule.YesNoOf(s == "yes")
	case "n/a":
		return rule.NotApplicableValue()
	case "invalid":
		return rule.InvalidValue()
	default:
		return rule.NumberOf(dec(t, s))
	}
}

// entrant is an agency of group a.
func entrant(sub submission.Submission) scoring.Entrant {
	return scoring.Entrant{Agency: submission.Agency{Code: "x", Group: "a"}, Submission: sub}
}

func score(t tester, set *criteria.Set, numbers map[string]string) scoring.Result {
	t.Helper()
	return scoring.Fit(set, nil).Score(entrant(answers(t, numbers)))
}

// ledgerSum adds up all lines.
func ledgerSum(res scoring.Result) decimal.Decimal {
	var sum decimal.Decimal
	for _, line := range res.Ledger {
		sum = sum.Add(line.Points)
	}
	return sum
}

const twoPillars = `scale: 10
rounding: {indicator: 2, total: 2}
pillars:
  - id: one
    no: "1"
    name: {en: One}
    points: 6
    indicators:
      - id: A
        no: "1.1"
        name: {en: A}
        points: 3
        inputs: {n: {name: {en: N}, type: count}, m: {name: {en: M}, type: count}}
        score: {kind: ratio, of: n, over: m}
        not_applicable: {allowed: true}
      - {id: B, no: "1.2", name: {en: B}, points: 3, score: {kind: yes_no}, not_applicable: {allowed: true, policy: full}}
  - id: two
    no: "2"
    name: {en: Two}
    indicators:
      - {id: C, no: "2.1", name: {en: C}, points: 4, score: {kind: linear, worst: 0, best: 8}, not_applicable: {allowed: true, policy: zero}}
`

func TestScore(t *testing.T) {
	tests := map[string]struct {
		head  string // replaces the first line of the set
		in    map[string]string
		score string
		of    string
	}{
		"a perfect answer is the scale":           {in: map[string]string{"A.n": "5", "A.m": "5", "B": "yes", "C": "8"}, score: "10", of: "10"},
		"nothing is 0":                            {in: map[string]string{}, score: "0", of: "10"},
		"67/200 of 3 points is 1.005 and so 1.01": {in: map[string]string{"A.n": "67", "A.m": "200"}, score: "1.01", of: "10"},
		"what does not apply shrinks the maximum": {in: map[string]string{"A.n": "n/a", "A.m": "n/a", "B": "yes", "C": "8"}, score: "10", of: "10"},
		"re-based: 3+2 of 7 is 7.14":              {in: map[string]string{"A.n": "n/a", "A.m": "n/a", "B": "yes", "C": "4"}, score: "7.14", of: "10"},
		"not applicable may earn full points":     {in: map[string]string{"A.n": "0", "A.m": "5", "B": "n/a", "C": "0"}, score: "3", of: "10"},
		"not applicable may earn nothing":         {in: map[string]string{"A.n": "5", "A.m": "5", "B": "yes", "C": "n/a"}, score: "6", of: "10"},
		"an answer that cannot be read is 0":      {in: map[string]string{"A.n": "invalid", "A.m": "5", "B": "yes", "C": "8"}, score: "7", of: "10"},
		"scaled to 1,000":                         {head: "scale: 1000", in: map[string]string{"A.n": "1", "A.m": "3", "C": "8"}, score: "500", of: "1000"},
		"out of the group's own points":           {head: "scale: points", in: map[string]string{"A.n": "1", "A.m": "3", "C": "8"}, score: "5", of: "10"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			body := twoPillars
			if test.head != "" {
				body = strings.Replace(body, "scale: 10", test.head, 1)
			}
			res := score(t, load(t, body), test.in)
			assert.Equal(t, dec(t, test.score).String(), res.Score.String())
			assert.Equal(t, test.of, res.Of.String())
			assert.Equal(t, res.Score.String(), ledgerSum(res).String(), "the ledger adds up: %v", res.Ledger)
		})
	}
}

// What an agency's lack of a tag excuses it from is said by the tag's name, where the set has one.
func TestScoreNamesTheTag(t *testing.T) {
	const set = "scale: 10\nindicators:\n  - {id: A, name: {en: A}, points: 1, score: {kind: yes_no}}\n  - {id: B, name: {en: B}, points: 1, when: owner, score: {kind: yes_no}}\n"
	for words, head := range map[string]string{
		`concerns only agencies with the tag "owner"`: "",
		"concerns only agencies marked “Data owner”":  "tags: {owner: {en: Data owner}}\n",
	} {
		b := score(t, load(t, head+set), map[string]string{"A": "yes"}).Root.Indicators[1]
		assert.Equal(t, rule.NotApplicable, b.Status)
		assert.Equal(t, words, locale.MustFor("en").Note(b.Note))
	}
}

func TestScoreNamesWhatItDidToTheTotal(t *testing.T) {
	body := strings.Replace(twoPillars, "scale: 10", "scale: 1000", 1)
	res := score(t, load(t, body), map[string]string{"A.n": "n/a", "A.m": "n/a", "B": "yes", "C": "4"})
	var kinds []string
	for _, line := range res.Ledger {
		if line.Indicator == nil {
			kinds = append(kinds, line.Note.Kind)
		}
	}
	assert.Equal(t, []string{"ledger-rebase", "ledger-scale", "ledger-rounding"}, kinds)
	assert.Equal(t, "714.29", res.Score.String())
}

func TestScoreMissing(t *testing.T) {
	skip := "missing: {answer: skip}\n" + twoPillars
	res := score(t, load(t, skip), map[string]string{"B": "yes", "C": "4"})
	assert.Equal(t, "7.14", res.Score.String(), "5 of the 7 points that were answered")
	silent := scoring.Fit(load(t, skip), nil).Score(entrant(submission.Submission{}))
	assert.True(t, silent.Score.IsZero(), "an agency that sent nothing has 0, also where answers are skipped")
	assert.True(t, silent.Ranked)

	unranked := scoring.Fit(load(t, "missing: {no_submission: unranked}\n"+twoPillars), nil).Score(entrant(submission.Submission{}))
	assert.False(t, unranked.Ranked)
	assert.Equal(t, "unranked-no-submission", unranked.Reason.Kind)

	third := load(t, "missing: {max_share: 0.333333}\n"+twoPillars)
	assert.False(t, score(t, third, map[string]string{"B": "yes", "C": "4"}).Ranked, "a third is above 0.333333")
	half := load(t, "missing: {max_share: 0.5}\n"+twoPillars)
	assert.True(t, score(t, half, map[string]string{"B": "yes", "C": "4"}).Ranked)
}

func TestScoreBonusAndPenalty(t *testing.T) {
	body := `scale: 10
rounding: {indicator: 2, total: 2}
caps: {bonus: 1, penalty: 2}
indicators:
  - {id: A, no: "1", name: {en: A}, points: 5, score: {kind: linear, worst: 0, best: 5}}
  - {id: P, no: "2", name: {en: P}, points: 3, effect: bonus, score: {kind: per_unit, each: 0.5}}
  - {id: M, no: "3", name: {en: M}, points: 4, effect: penalty, score: {kind: per_unit, each: 1}}
  - {id: I, no: "4", name: {en: I}, effect: none, score: {kind: yes_no}}
`
	tests := map[string]struct {
		in   map[string]string
		want string
	}{
		"a bonus stands outside the scale":   {map[string]string{"A": "5", "P": "1"}, "10.5"},
		"a bonus is capped":                  {map[string]string{"A": "5", "P": "6"}, "11"},
		"a penalty is taken off":             {map[string]string{"A": "5", "M": "1"}, "9"},
		"a penalty is capped":                {map[string]string{"A": "5", "M": "4"}, "8"},
		"the total does not go below 0":      {map[string]string{"A": "0.5", "M": "4"}, "0"},
		"what is informational does nothing": {map[string]string{"A": "1", "I": "yes"}, "2"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			res := score(t, load(t, body), test.in)
			assert.Equal(t, test.want, res.Score.String())
			assert.True(t, ledgerSum(res).Equal(res.Score), "%v", res.Ledger)
		})
	}
}

func TestCombine(t *testing.T) {
	body := `scale: 1
rounding: {indicator: none, total: 6}
combine: HOW
indicators:
  - {id: A, no: "1", name: {en: A}, weight: 1, score: {kind: linear, worst: 0, best: 1}}
  - {id: B, no: "2", name: {en: B}, weight: 3, score: {kind: linear, worst: 0, best: 1}}
`
	tests := map[string]struct{ how, a, b, want string }{
		"mean":                        {"mean", "0.2", "0.8", "0.65"},
		"geometric":                   {"geometric", "0.2", "0.8", "0.565685"},
		"harmonic":                    {"harmonic", "0.2", "0.8", "0.457143"},
		"min":                         {"min", "0.2", "0.8", "0.2"},
		"geometric with a zero is 0":  {"geometric", "0", "0.8", "0"},
		"harmonic with a zero is 0":   {"harmonic", "0", "0.8", "0"},
		"a mean of thirds is a third": {"mean", "0.333333333333", "0.333333333333", "0.333333"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			set := load(t, strings.Replace(body, "HOW", test.how, 1))
			res := score(t, set, map[string]string{"A": test.a, "B": test.b})
			assert.Equal(t, test.want, res.Score.String())
			assert.True(t, ledgerSum(res).Equal(res.Score), "%v", res.Ledger)
		})
	}
}

// A mean of sixths that is exactly a half rounds as a half, which shares cut to 18 decimals would miss.
func TestMeanOfSixthsRoundsAsAHalf(t *testing.T) {
	var b strings.Builder
	b.WriteString("scale: 1\nrounding: {indicator: none, total: 2}\ncombine: mean\nindicators:\n")
	in := map[string]string{}
	for _, id := range []string{"A", "B", "C", "D"} {
		b.WriteString("  - {id: " + id + ", no: \"" + id + "\", name: {en: X}, score: {kind: ratio, of: n, over: m}, inputs: {n: {name: {en: N}, type: count}, m: {name: {en: M}, type: count}}}\n")
		in[id+".m"] = "6"
	}
	in["A.n"], in["B.n"], in["C.n"], in["D.n"] = "1", "1", "1", "0" // 3/6 ÷ 4 = 0.125
	assert.Equal(t, "0.13", score(t, load(t, b.String()), in).Score.String())
}

// So does a total of pillars that are means of sixths, scaled or added up, and its lines keep 18 decimals.
func TestPillarsOfSixthsRoundAsAHalf(t *testing.T) {
	pillar := func(id string, points int) string {
		return fmt.Sprintf("  - {id: p%s, no: %q, name: {en: P}, points: %d, combine: mean, indicators: [{id: %s, no: %q, name: {en: X}, "+
			"inputs: {n: {name: {en: N}, type: count}}, score: {kind: linear, of: n, worst: 0, best: 6}}]}\n", id, id, points, id, id+".1")
	}
	rest := "  - {id: q, no: q, name: {en: Q}, indicators: [{id: Z, no: z, name: {en: Z}, points: 3, score: {kind: yes_no}}]}\n"
	for name, test := range map[string]struct{ scale, pillars, want string }{
		"scaled":   {"750", pillar("A", 7) + rest, "438"},                             // 7 × 5/6 of 10 points is 437.5 of 750
		"added up": {"points", pillar("A", 1) + pillar("B", 1) + pillar("C", 1), "3"}, // 2.5
	} {
		t.Run(name, func(t *testing.T) {
			set := load(t, "scale: "+test.scale+"\nrounding: {indicator: 2, total: 0}\npillars:\n"+test.pillars)
			res := score(t, set, map[string]string{"A.n": "5", "B.n": "5", "C.n": "5"})
			assert.Equal(t, test.want, res.Score.String())
			assert.True(t, ledgerSum(res).Equal(res.Score), "%v", res.Ledger)
			for _, line := range res.Ledger {
				assert.GreaterOrEqual(t, line.Points.Exponent(), int32(-rule.KeptPlaces))
			}
		})
	}
}

// A geometric mean of equal shares is that share: a twelfth of 750 is 62.5.
func TestGeometricMeanOfEqualsRoundsAsAHalf(t *testing.T) {
	set := load(t, `scale: 750
rounding: {indicator: 2, total: 0}
combine: geometric
indicators:
  - {id: A, no: "1", name: {en: A}, weight: 2, score: {kind: linear, worst: 0, best: 12}}
  - {id: B, no: "2", name: {en: B}, score: {kind: linear, worst: 0, best: 24}}
`)
	assert.Equal(t, "63", score(t, set, map[string]string{"A": "1", "B": "2"}).Score.String())
}

func TestRebasedPillarInsideAMean(t *testing.T) {
	body := `scale: 100
rounding: {indicator: 2, total: 2}
combine: mean
pillars:
  - id: one
    no: "1"
    name: {en: One}
    weight: 1
    indicators:
      - {id: A, no: "1.1", name: {en: A}, points: 2, score: {kind: yes_no}, not_applicable: {allowed: true}}
      - {id: B, no: "1.2", name: {en: B}, points: 6, score: {kind: linear, worst: 0, best: 6}}
  - id: two
    no: "2"
    name: {en: Two}
    weight: 3
    combine: min
    indicators:
      - {id: C, no: "2.1", name: {en: C}, score: {kind: yes_no}}
`
	res := score(t, load(t, body), map[string]string{"A": "n/a", "B": "3", "C": "yes"})
	assert.Equal(t, "87.5", res.Score.String(), "½ × 1 + 1 × 3 over 4")
	require.Len(t, res.Pillars, 2)
	assert.Equal(t, "50", res.Pillars[0].Score.String())
	assert.Equal(t, "100", res.Pillars[0].Of.String())
	assert.False(t, res.Pillars[0].InPoints)
}

func TestReviewOverlay(t *testing.T) {
	set := load(t, twoPillars)
	claim := answers(t, map[string]string{"A.n": "5", "A.m": "5", "B": "n/a", "C": "8"})
	round := &submission.Round{
		Set:         set,
		Agencies:    []submission.Agency{{Code: "x", Group: "a"}},
		Submissions: map[string]submission.Submission{"x": claim},
		Reviewed:    true,
		Decisions: []submission.Decision{
			{Agency: "x", Indicator: "A", Stage: submission.Review, Verdict: submission.Reject, Reason: "no inventory"},
			{Agency: "x", Indicator: "C", Stage: submission.Review, Verdict: submission.Set, Input: "value", Value: value(t, "2"), Reason: "counted twice"},
		},
	}
	res, ok := scoring.Rank(round).Result("x")
	require.True(t, ok)
	assert.Equal(t, "10", res.Claimed.String())
	assert.Equal(t, "1", res.Score.String(), "A rejected, B's not applicable awaits acceptance, C at 2 of 8")
	assert.Equal(t, "4", res.Root.Pillars[1].Indicators[0].Claimed.String())
	assert.Equal(t, "1", res.Root.Pillars[1].Indicators[0].Score.String())
	assert.Equal(t, rule.Missing, res.Root.Pillars[0].Indicators[1].Status)

	round.Decisions = append(round.Decisions,
		submission.Decision{Agency: "x", Indicator: "B", Stage: submission.Review, Verdict: submission.Accept},
		submission.Decision{Agency: "x", Indicator: "A", Stage: submission.Appeal, Verdict: submission.Accept},
		submission.Decision{Agency: "x", Indicator: "C", Stage: submission.Council, Verdict: submission.Set, Points: rule.Optional{Set: true, Value: dec(t, "3.5")}},
	)
	res, _ = scoring.Rank(round).Result("x")
	assert.Equal(t, "9.5", res.Score.String(), "3 + 3 (not applicable, full) + 3.5")
	assert.Equal(t, "10", claimedOf(claim, set, t), "the claim stays as it was")
}

func claimedOf(claim submission.Submission, set *criteria.Set, t *testing.T) string {
	t.Helper()
	return scoring.Fit(set, nil).Score(entrant(claim)).Score.String()
}

func TestEvidence(t *testing.T) {
	body := `scale: 1
rounding: {indicator: 2, total: 2}
indicators:
  - {id: A, no: "1", name: {en: A}, points: 1, score: {kind: yes_no}, evidence: {required: true, without: zero}}
`
	set := load(t, body)
	sub := answers(t, map[string]string{"A": "yes"})
	bare := scoring.Fit(set, nil).Score(entrant(sub))
	assert.Equal(t, "0", bare.Score.String())
	assert.Equal(t, "without-evidence", bare.Root.Indicators[0].Because.Kind)
	sub.Evidence = map[string][]submission.Evidence{"A": {{Text: "12/QĐ – 2019"}}}
	assert.Equal(t, "1", scoring.Fit(set, nil).Score(entrant(sub)).Score.String())
}

func TestPending(t *testing.T) {
	body := `scale: 1
rounding: {indicator: 2, total: 2}
indicators:
  - {id: A, no: "1", name: {en: A}, points: 1, score: {kind: yes_no}, inputs: {value: {name: {en: V}, type: yes_no, by: council}}}
`
	res := score(t, load(t, body), nil)
	assert.Equal(t, rule.Pending, res.Root.Indicators[0].Status)
	assert.Equal(t, "0", res.Score.String())
}

func TestSignificant(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "123.456789": "123.457", "0.00012345678": "0.000123457", "999999.5": "1000000", "-1.2345678": "-1.23457",
	} {
		assert.Equal(t, want, scoring.Significant(dec(t, in), 6).String())
	}
}
