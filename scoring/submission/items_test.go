package submission_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

const itemSet = `schema: dti.criteria/v1
id: r
version: "1"
title: {en: R}
languages: [en]
groups: {g: {en: G}, h: {en: H}}
figures: {staff: {name: {en: Staff}, type: count}, wired: {name: {en: Wired}, type: number}}
indicators:
  - {id: A, no: "1", name: {en: A}, points: {g: 30, h: 70}, inputs: {n: {name: {en: N}, type: count}}, score: {kind: ratio, of: n, over: figures.staff}}
  - {id: F, no: "2", name: {en: F}, points: 30, score: {kind: linear, of: "figures.wired", worst: 0, best: 4}}
  - {id: S, no: "3", name: {en: S}, points: {g: 20}, for: [g], inputs: {value: {name: {en: S}, type: number, by: survey}}, score: {kind: linear, worst: 0, best: 5}}
  - {id: T, no: "4", name: {en: T}, points: {g: 20}, for: [g], when: has_wards, score: {kind: yes_no}}
`

// reviewRound has two agencies of group g, of which y has a tag, and z of group h, all with answers to everything.
func reviewRound(t *testing.T) *submission.Round {
	t.Helper()
	s, err := criteria.Load("set.yaml", []byte(itemSet))
	require.NoError(t, err)
	r := &submission.Round{Set: s, Submissions: map[string]submission.Submission{}, Release: submission.Release{Status: submission.Final, Date: "2026-03-01"}}
	for _, a := range []submission.Agency{{Code: "x", Group: "g"}, {Code: "y", Group: "g", Tags: []string{"has_wards"}}, {Code: "z", Group: "h"}} {
		r.Agencies = append(r.Agencies, a)
		r.Submissions[a.Code] = submission.Submission{Agency: a.Code, Sent: true, Answers: submission.AnswersOf(s, map[submission.Key]submission.Answer{
			at("A", "n"): {Value: whole(3)}, at("figures", "staff"): {Value: whole(4)}, at("figures", "wired"): {Value: whole(2)},
			at("S", "value"): {Value: whole(2)}, at("T", "value"): {Value: rule.YesNoOf(true)},
		})}
	}
	return r
}

// names are items as "agency indicator".
func names(items []submission.Item) []string {
	all := []string{}
	for _, i := range items {
		all = append(all, i.Agency+" "+i.Indicator.ID)
	}
	return all
}

func TestReviewItems(t *testing.T) {
	r := reviewRound(t)
	assert.Equal(t, []string{"x A", "x F", "y A", "y F", "y T", "z A", "z F"}, names(r.ReviewItems()), "a survey and what concerns others is left out")
	r.Submissions["x"].Answers.Drop(at("A", "n"))
	r.Submissions["y"].Answers.Put(at("A", "n"), submission.Answer{Value: rule.NotApplicableValue()})
	r.Submissions["y"].Answers.Put(at("T", "value"), submission.Answer{Value: rule.InvalidValue()})
	r.Submissions["z"].Answers.Drop(at("A", "n"))
	r.Submissions["z"].Answers.Put(at("figures", "wired"), submission.Answer{Place: diag.Place{File: "z.csv", Row: 2}})
	assert.Equal(t, []string{"x F", "y A", "y F", "y T"}, names(r.ReviewItems()), "what does not apply or cannot be read was entered")
}

func TestReviewGate(t *testing.T) {
	all := []string{"x A", "x F", "y A", "y F", "y T", "z A", "z F"}
	decided := []submission.Decision{
		{Agency: "x", Indicator: "A", Verdict: submission.Accept, Stage: submission.Review}, {Agency: "x", Indicator: "F", Input: "n", Verdict: submission.Reject, Stage: submission.Council},
	}
	silence := func(until rule.Date) submission.Calendar {
		return submission.Calendar{Milestones: []submission.Milestone{{
			Step: submission.Reviewing, Until: until, SilenceAccepts: true, Extended: map[string]rule.Date{"z": "2026-03-02"},
		}}}
	}
	for name, test := range map[string]struct {
		change   func(*submission.Round)
		required bool
		awaiting []string
		status   submission.Status
	}{
		"not required":            {change: func(*submission.Round) {}, status: submission.Final},
		"nothing reviewed":        {change: func(*submission.Round) {}, required: true, awaiting: all, status: submission.Draft},
		"some reviewed":           {change: func(r *submission.Round) { r.Decisions = decided }, required: true, awaiting: all[2:], status: submission.Draft},
		"an error":                {change: func(r *submission.Round) { r.Problems.Fault(diag.Place{}, "unknown-agency") }, status: submission.Draft},
		"a settled error":         {change: func(r *submission.Round) { r.Problems = diag.Problems{{Severity: diag.Error, Settled: true}} }, status: submission.Final},
		"an unranked agency":      {change: func(r *submission.Round) { r.Agencies[1].Unranked = true }, required: true, awaiting: []string{"x A", "x F", "z A", "z F"}, status: submission.Draft},
		"silence accepts":         {change: func(r *submission.Round) { r.Cycle.Calendar = silence("2026-03-01") }, required: true, awaiting: []string{"z A", "z F"}, status: submission.Draft},
		"silence does not yet":    {change: func(r *submission.Round) { r.Cycle.Calendar = silence("2026-03-02") }, required: true, awaiting: all, status: submission.Draft},
		"silence without a day":   {change: func(r *submission.Round) { r.Cycle.Calendar = silence("") }, required: true, awaiting: all, status: submission.Draft},
		"a release without a day": {change: func(r *submission.Round) { r.Cycle.Calendar, r.Release.Date = silence("2026-03-01"), "" }, required: true, awaiting: all, status: submission.Draft},
		"silence of everybody": {change: func(r *submission.Round) {
			r.Cycle.Calendar, r.Release.Date, r.Release.Status = silence("2026-03-01"), "2026-03-02", submission.Provisional
		}, required: true, status: submission.Provisional},
		"a draft stays one": {change: func(r *submission.Round) { r.Release.Status = submission.Draft }, status: submission.Draft},
	} {
		t.Run(name, func(t *testing.T) {
			r := reviewRound(t)
			r.Cycle.ReviewRequired = test.required
			test.change(r)
			assert.ElementsMatch(t, test.awaiting, names(r.AwaitingReview()))
			assert.Equal(t, test.status, r.ReleaseStatus())
		})
	}
}

// A decision on an objection that was withdrawn is set aside, once, and told.
func TestWithdrawnObjections(t *testing.T) {
	appeal := func(input string, stage submission.Stage) submission.Decision {
		return submission.Decision{Agency: "x", Indicator: "A", Input: input, Stage: stage, Verdict: submission.Reject, Place: diag.Place{File: "reviews/b.csv", Row: 2}}
	}
	other := submission.Decision{Agency: "y", Indicator: "A", Stage: submission.Appeal, Verdict: submission.Reject}
	objection := func(input string, withdrawn rule.Date) submission.Objection {
		return submission.Objection{Agency: "x", Indicator: "A", Input: input, Withdrawn: withdrawn}
	}
	for name, test := range map[string]struct {
		decision   submission.Decision
		objections []submission.Objection
		aside      bool
	}{
		"nobody objects":            {decision: appeal("", submission.Appeal)},
		"it stands":                 {decision: appeal("", submission.Appeal), objections: []submission.Objection{objection("", "")}},
		"withdrawn":                 {decision: appeal("", submission.Appeal), objections: []submission.Objection{objection("", "2026-03-02")}, aside: true},
		"of one input":              {decision: appeal("n", submission.Appeal), objections: []submission.Objection{objection("", "2026-03-02")}, aside: true},
		"the whole indicator":       {decision: appeal("", submission.Appeal), objections: []submission.Objection{objection("n", "2026-03-02")}, aside: true},
		"of another input":          {decision: appeal("n", submission.Appeal), objections: []submission.Objection{objection("m", "2026-03-02")}},
		"the council's own":         {decision: appeal("", submission.Council), objections: []submission.Objection{objection("", "2026-03-02")}},
		"the verifier's":            {decision: appeal("", submission.Review), objections: []submission.Objection{objection("", "2026-03-02")}},
		"withdrawn and filed again": {decision: appeal("", submission.Appeal), objections: []submission.Objection{objection("", "2026-03-02"), objection("", "")}},
	} {
		t.Run(name, func(t *testing.T) {
			r := reviewRound(t)
			r.Decisions = []submission.Decision{other, test.decision, other}
			r.Cycle.Objections = test.objections
			got := r.Settled()
			assert.Len(t, r.Decisions, 3, "the round stays as it was")
			if !test.aside {
				assert.Equal(t, r.Decisions, got.Decisions)
				assert.Empty(t, got.Problems)
				return
			}
			assert.Equal(t, []submission.Decision{other, other}, got.Decisions)
			require.Len(t, got.Problems, 1)
			told := got.Problems[0]
			assert.Equal(t, "appeal-withdrawn", told.Kind)
			assert.Equal(t, diag.Info, told.Severity)
			assert.Equal(t, []any{"A", rule.Date("2026-03-02")}, told.Args)
			assert.Equal(t, "reviews/b.csv:2 x", told.Place.String()+" "+told.Agency)
			assert.Len(t, got.Settled().Problems, 1, "and not again")
		})
	}
}

// What a withdrawn appeal would have settled is not settled by it.
func TestWithdrawnAppealSettlesNothing(t *testing.T) {
	r := reviewRound(t)
	r.Decisions = []submission.Decision{{Agency: "x", Indicator: "A", Stage: submission.Appeal, Verdict: submission.Reject}}
	r.Problems = diag.Problems{{Kind: "answer-count", Severity: diag.Error, Agency: "x", Indicator: "A", Input: "n"}}
	assert.True(t, r.Settled().Problems[0].Settled)
	r.Cycle.Objections = []submission.Objection{{Agency: "x", Indicator: "A", Withdrawn: "2026-03-02"}}
	assert.False(t, r.Settled().Problems[0].Settled)
}
