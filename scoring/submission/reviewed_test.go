package submission_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

const reviewedSet = `schema: dti.criteria/v1
id: r
version: "1"
title: {en: R}
languages: [en]
groups: {g: {en: G}}
figures: {staff: {name: {en: Staff}, type: count}}
indicators:
  - id: A
    no: "1"
    name: {en: A}
    points: 60
    inputs: {n: {name: {en: N}, type: count}, m: {name: {en: M}, type: count}}
    score: {kind: ratio, of: n, over: m}
    not_applicable: {allowed: true}
  - {id: B, no: "2", name: {en: B}, points: 40, score: {kind: yes_no}}
`

func setOf(t *testing.T) *criteria.Set {
	t.Helper()
	set, err := criteria.Load("set.yaml", []byte(reviewedSet))
	require.NoError(t, err)
	return set
}

func at(indicator, input string) submission.Key {
	return submission.Key{Indicator: indicator, Input: input}
}

func whole(n int64) rule.Value { return rule.NumberOf(decimal.NewFromInt(n)) }

// claim answers A with 3 of 4 and B with yes.
func claim(t *testing.T) submission.Submission {
	t.Helper()
	return submission.Submission{Agency: "x", Sent: true, Answers: submission.AnswersOf(setOf(t), map[submission.Key]submission.Answer{
		at("A", "n"): {Value: whole(3)}, at("A", "m"): {Value: whole(4)}, at("B", "value"): {Value: rule.YesNoOf(true)},
		at("figures", "staff"): {Value: whole(40)},
	})}
}

func set(indicator, input string, stage submission.Stage, v rule.Value) submission.Decision {
	return submission.Decision{Agency: "x", Indicator: indicator, Input: input, Stage: stage, Verdict: submission.Set, Value: v}
}

func verdict(stage submission.Stage, v submission.Verdict) submission.Decision {
	return submission.Decision{Agency: "x", Indicator: "A", Stage: stage, Verdict: v}
}

func TestReviewed(t *testing.T) {
	points := submission.Decision{Agency: "x", Indicator: "A", Stage: submission.Appeal, Verdict: submission.Set, Points: rule.Optional{Set: true, Value: decimal.NewFromInt(7)}}
	tests := map[string]struct {
		decisions []submission.Decision
		n         rule.Value // of A in the end
		award     string     // points of A fixed; "" for none
	}{
		"nothing decided":                {n: whole(3)},
		"another agency's decision":      {decisions: []submission.Decision{{Agency: "y", Indicator: "A", Verdict: submission.Reject}}, n: whole(3)},
		"accepted":                       {decisions: []submission.Decision{verdict(submission.Review, submission.Accept)}, n: whole(3)},
		"another value":                  {decisions: []submission.Decision{set("A", "n", submission.Review, whole(1))}, n: whole(1)},
		"rejected":                       {decisions: []submission.Decision{verdict(submission.Review, submission.Reject)}, n: whole(3), award: "0"},
		"points":                         {decisions: []submission.Decision{points}, n: whole(3), award: "7"},
		"a later stage overrides":        {decisions: []submission.Decision{points, verdict(submission.Review, submission.Reject)}, n: whole(3), award: "7"},
		"the council restores the claim": {decisions: []submission.Decision{set("A", "n", submission.Review, whole(1)), verdict(submission.Council, submission.Accept)}, n: whole(3)},
		"a value set on appeal after a rejection": {decisions: []submission.Decision{verdict(submission.Review, submission.Reject), set("A", "n", submission.Appeal, whole(2))}, n: whole(2)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			before := claim(t)
			final := before.Reviewed(test.decisions, false)
			assert.True(t, test.n.Equal(final.Answers.At(at("A", "n")).Value))
			assert.True(t, whole(4).Equal(final.Answers.At(at("A", "m")).Value), "what nobody decided stays")
			award, fixed := final.Awards["A"]
			assert.Equal(t, test.award != "", fixed)
			if fixed {
				assert.Equal(t, test.award, award.Points.String())
			}
			assert.True(t, whole(3).Equal(before.Answers.At(at("A", "n")).Value), "the claim stays as it was")
			assert.Empty(t, before.Awards)
		})
	}
}

func TestReviewedHoldsBackNotApplicable(t *testing.T) {
	claimed := claim(t)
	for _, input := range []string{"n", "m"} {
		claimed.Answers.Put(at("A", input), submission.Answer{Value: rule.NotApplicableValue()})
	}
	assert.True(t, claimed.Reviewed(nil, false).Answers.At(at("A", "n")).Value.IsNotApplicable(), "without reviews it stands")
	assert.True(t, claimed.Reviewed(nil, true).Answers.At(at("A", "n")).Value.IsMissing(), "with reviews it awaits one")
	accepted := claimed.Reviewed([]submission.Decision{verdict(submission.Review, submission.Accept)}, true)
	assert.True(t, accepted.Answers.At(at("A", "m")).Value.IsNotApplicable())
}

func TestInputsLooksUpFigures(t *testing.T) {
	s := claim(t)
	in := s.Inputs("A")
	assert.True(t, whole(3).Equal(in("n")))
	assert.True(t, whole(40).Equal(in("figures.staff")))
	assert.True(t, in("nothing").IsMissing())
	assert.True(t, in("figures.").IsMissing())
}

func TestAnswers(t *testing.T) {
	var none submission.Answers
	assert.Zero(t, none.Len())
	assert.False(t, none.Put(at("A", "n"), submission.Answer{Value: whole(1)}), "the zero Answers have no room")
	assert.True(t, none.At(at("A", "n")).Value.IsMissing())

	answers := claim(t).Answers
	assert.Equal(t, 4, answers.Len())
	assert.False(t, answers.Put(at("Z", "n"), submission.Answer{Value: whole(1)}), "the set has no such input")
	var order []string
	for k := range answers.All() {
		order = append(order, k.String())
	}
	assert.Equal(t, []string{"figures.staff", "A.n", "A.m", "B.value"}, order, "in the set's order")
	copied := answers.Clone()
	copied.Drop(at("A", "n"))
	assert.False(t, copied.Has(at("A", "n")))
	assert.True(t, answers.Has(at("A", "n")))
}

func TestWords(t *testing.T) {
	assert.Equal(t, []string{"review", "appeal", "council", "invalid"}, []string{submission.Review.String(), submission.Appeal.String(), submission.Council.String(), submission.Stage(0).String()})
	assert.Equal(t, []string{"accept", "set", "reject", "invalid"}, []string{submission.Accept.String(), submission.Set.String(), submission.Reject.String(), submission.Verdict(0).String()})
	assert.Equal(t, []string{"draft", "provisional", "final", "invalid"}, []string{submission.Draft.String(), submission.Provisional.String(), submission.Final.String(), submission.Status(0).String()})
	round := submission.Round{Agencies: []submission.Agency{{Code: "x", Tags: []string{"web"}}}}
	a, ok := round.Agency("x")
	assert.True(t, ok)
	assert.True(t, a.HasTag("web"))
	assert.False(t, a.HasTag("we"))
	_, ok = round.Agency("y")
	assert.False(t, ok)
}
