package calendar_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/calendar"
	"github.com/opendti/dti/scoring/submission"
)

const wards = `schema: dti.criteria/v1
id: wards
version: "1"
title: {en: W}
languages: [en]
groups: {ward: {en: Wards}, office: {en: Offices}}
verifiers: {treasury: {en: Treasury}, interior: {en: Interior}}
indicators:
  - {id: A, no: "1", name: {en: A}, points: 50, for: [ward], score: {kind: yes_no}, verifier: interior}
  - {id: B, no: "2", name: {en: B}, points: 30, for: [ward], score: {kind: yes_no}, verifier: treasury}
  - {id: C, no: "3", name: {en: C}, points: 20, for: [ward], score: {kind: yes_no}}
  - id: D
    no: "4"
    name: {en: D}
    points: 100
    for: [office]
    inputs: {value: {name: {en: D}, type: yes_no, by: survey}}
    score: {kind: yes_no}
`

func points(n int64) rule.Optional {
	return rule.Optional{Value: decimal.NewFromInt(n), Set: true}
}

// year is a calendar of a round: half a month to send, a week for each other step.
func year() submission.Calendar {
	return submission.Calendar{
		Milestones: []submission.Milestone{
			{Step: submission.Submitting, From: "2026-01-05", Until: "2026-01-20", Extended: map[string]rule.Date{"b": "2026-01-25"}},
			{Step: submission.Reviewing, Until: "2026-01-31"},
			{Step: submission.Deciding, From: "2026-02-05", Until: "2026-02-10"},
			{Step: submission.Publishing, Until: "2026-02-20"},
		},
		Late: []submission.LatePenalty{{Days: 1, Points: points(-1)}, {Days: 8, Points: points(-3), RatingCap: "fair"}},
	}
}

// TestStages: each step's state on the days where it changes.
func TestStages(t *testing.T) {
	type step struct {
		state       calendar.State
		left, ahead int
	}
	over := func(days int) step { return step{calendar.Over, -days, 0} }
	for day, want := range map[rule.Date][]step{
		"2026-01-04": {{calendar.NotBegun, 16, 1}, {calendar.NotBegun, 27, 17}, {calendar.NotBegun, 37, 32}, {calendar.NotBegun, 47, 38}},
		"2026-01-05": {{calendar.Running, 15, 0}, {calendar.NotBegun, 26, 16}, {calendar.NotBegun, 36, 31}, {calendar.NotBegun, 46, 37}},
		"2026-01-14": {{calendar.Running, 6, 0}, {calendar.NotBegun, 17, 7}, {calendar.NotBegun, 27, 22}, {calendar.NotBegun, 37, 28}},
		"2026-01-15": {{calendar.Ending, 5, 0}, {calendar.NotBegun, 16, 6}, {calendar.NotBegun, 26, 21}, {calendar.NotBegun, 36, 27}},
		"2026-01-20": {{calendar.Ending, 0, 0}, {calendar.NotBegun, 11, 1}, {calendar.NotBegun, 21, 16}, {calendar.NotBegun, 31, 22}},
		"2026-01-21": {over(1), {calendar.Running, 10, 0}, {calendar.NotBegun, 20, 15}, {calendar.NotBegun, 30, 21}},
		"2026-02-03": {over(14), over(3), {calendar.NotBegun, 7, 2}, {calendar.NotBegun, 17, 8}},
		"2026-03-01": {over(40), over(29), over(19), over(9)},
	} {
		t.Run(string(day), func(t *testing.T) {
			var got []step
			for _, s := range calendar.Stages(year(), day) {
				got = append(got, step{s.State, s.Left, s.Ahead})
			}
			assert.Equal(t, want, got)
		})
	}
	stages := calendar.Stages(year(), "2026-01-05")
	assert.Equal(t, rule.Date("2026-01-21"), stages[1].From, "the day after the step before")
	assert.Empty(t, year().Milestones[1].From, "the calendar stays as it was")
	assert.Empty(t, calendar.Stages(submission.Calendar{}, "2026-01-05"))
	open := calendar.Stages(submission.Calendar{Milestones: []submission.Milestone{{Step: submission.Submitting, Until: "2026-01-20"}}}, "2025-01-01")
	assert.Equal(t, calendar.Running, open[0].State, "a first step without a first day runs")
}

func ExampleStages() {
	c := submission.Calendar{Milestones: []submission.Milestone{
		{Step: submission.Submitting, From: "2026-01-05", Until: "2026-01-31"},
		{Step: submission.Reviewing, Until: "2026-02-28"},
	}}
	for _, s := range calendar.Stages(c, "2026-01-28") {
		fmt.Println(s.Step, s.From, s.Until, s.State, s.Left)
	}
	// Output:
	// submission 2026-01-05 2026-01-31 last_days 3
	// review 2026-02-01 2026-02-28 not_begun 31
}

func TestNext(t *testing.T) {
	for day, want := range map[rule.Date]submission.Step{
		"2025-12-01": submission.Submitting, "2026-01-20": submission.Submitting, "2026-01-21": submission.Reviewing,
		"2026-02-01": submission.Deciding, "2026-02-20": submission.Publishing, "2026-02-21": 0,
	} {
		next, ok := calendar.Next(calendar.Stages(year(), day))
		assert.Equal(t, want != 0, ok, day)
		assert.Equal(t, want, next.Step, day)
	}
}

func TestStateWords(t *testing.T) {
	for state, want := range map[calendar.State]string{
		0: "invalid", calendar.NotBegun: "not_begun", calendar.Running: "running", calendar.Ending: "last_days", calendar.Over: "over",
	} {
		assert.Equal(t, want, state.String())
	}
}

// round has wards a to d: a is in time, b has a later last day, c came late, d is not ranked; the office is asked nothing.
func round(t *testing.T) *submission.Round {
	t.Helper()
	set, err := criteria.Load("wards.yaml", []byte(wards))
	require.NoError(t, err)
	r := &submission.Round{Set: set, Submissions: map[string]submission.Submission{}, Release: submission.Release{Status: submission.Draft}}
	for _, code := range []string{"a", "b", "c", "d"} {
		r.Agencies = append(r.Agencies, submission.Agency{Code: code, Group: "ward", Unranked: code == "d"})
	}
	r.Agencies = append(r.Agencies, submission.Agency{Code: "o", Group: "office"})
	r.Cycle.Calendar = year()
	send(r, "a", "2026-01-18")
	send(r, "c", "2026-01-28")
	return r
}

func send(r *submission.Round, code string, day rule.Date) {
	answers := map[submission.Key]submission.Answer{}
	for _, id := range []string{"A", "B", "C"} {
		answers[submission.Key{Indicator: id, Input: "value"}] = submission.Answer{Value: rule.YesNoOf(true)}
	}
	r.Submissions[code] = submission.Submission{Agency: code, Sent: true, Answers: submission.AnswersOf(r.Set, answers)}
	if day != "" {
		r.Cycle.Receipts = append(r.Cycle.Receipts, submission.Receipt{Agency: code, File: code + ".xlsx", Received: day, Counts: true})
	}
}

// sender is what a test expects of an agency that owes.
type sender struct {
	code     string
	until    rule.Date
	left     int
	extended bool
	penalty  string
}

func cost(p *submission.LatePenalty) string {
	if p == nil {
		return ""
	}
	return p.Points.Value.String() + " " + p.RatingCap
}

func TestWhoOwesASelfAssessment(t *testing.T) {
	for day, want := range map[rule.Date]struct{ owe, late []sender }{
		"2026-01-04": {},
		"2026-01-10": {owe: []sender{{"a", "2026-01-20", 10, false, ""}, {"b", "2026-01-25", 15, true, ""}, {"c", "2026-01-20", 10, false, ""}}},
		"2026-01-18": {owe: []sender{{"b", "2026-01-25", 7, true, ""}, {"c", "2026-01-20", 2, false, ""}}},
		"2026-01-25": {owe: []sender{{"b", "2026-01-25", 0, true, ""}, {"c", "2026-01-20", -5, false, "-1 "}}},
		"2026-01-28": {
			owe:  []sender{{"b", "2026-01-25", -3, true, "-1 "}},
			late: []sender{{"c", "2026-01-20", -8, false, "-3 fair"}},
		},
		"2026-02-28": {
			owe:  []sender{{"b", "2026-01-25", -34, true, "-3 fair"}},
			late: []sender{{"c", "2026-01-20", -8, false, "-3 fair"}},
		},
	} {
		t.Run(string(day), func(t *testing.T) {
			s := calendar.On(round(t), day)
			var owe, late []sender
			for _, a := range s.Agencies {
				owe = append(owe, sender{a.Agency.Code, a.Until, a.Left, a.Extended, cost(a.Penalty)})
			}
			for _, a := range s.Late {
				late = append(late, sender{a.Agency.Code, a.Until, a.Left, false, cost(a.Penalty)})
				assert.Equal(t, rule.Date("2026-01-28"), a.Received)
				assert.Equal(t, 8, a.Late())
			}
			assert.Equal(t, want.owe, owe)
			assert.Equal(t, want.late, late)
			assert.Equal(t, len(owe) > 0, s.Owed())
		})
	}
}

// TestTheLastFileCounts: an agency that sent twice is as late as its last file.
func TestTheLastFileCounts(t *testing.T) {
	r := round(t)
	send(r, "a", "2026-01-22")
	assert.Empty(t, calendar.On(r, "2026-01-21").Late, "the second one has not come")
	late := calendar.On(r, "2026-01-22").Late
	require.Len(t, late, 1)
	assert.Equal(t, 2, late[0].Late())
	send(r, "b", "")
	assert.Empty(t, calendar.On(r, "2026-02-28").Agencies, "what the register does not know came in time")
}

// TestWhatCannotBeReadIsOwedAgain: a file that cannot be read is no self-assessment, and nobody is told it never came.
func TestWhatCannotBeReadIsOwedAgain(t *testing.T) {
	r := round(t)
	r.Problems.Add(diag.Problem{Kind: "xlsx-damaged", Severity: diag.Error, Agency: "b"})
	owe := calendar.On(r, "2026-01-20").Agencies
	assert.True(t, owe[0].Unreadable)
	assert.False(t, owe[1].Unreadable)
	r.Cycle.Receipts = append(r.Cycle.Receipts, submission.Receipt{Agency: "b", Received: "2026-01-22"})
	assert.False(t, calendar.On(r, "2026-01-20").Agencies[0].Unreadable, "it has not come yet")
}

func TestWithoutACalendar(t *testing.T) {
	r := round(t)
	r.Cycle.Calendar = submission.Calendar{}
	s := calendar.On(r, "2026-02-28")
	assert.Empty(t, s.Stages)
	assert.Empty(t, s.Late)
	assert.Empty(t, s.Verifiers)
	assert.False(t, s.Unpublished)
	require.Len(t, s.Agencies, 1, "who sent nothing is known all the same")
	assert.Equal(t, calendar.Due{}, s.Agencies[0].Due)
	r.Cycle.ReviewRequired = true
	assert.Len(t, calendar.On(r, "2026-02-28").Verifiers, 3, "reviews that are required are owed without a last day")
}

func TestWhoOwesAReview(t *testing.T) {
	count := func(s calendar.Status) map[string]int {
		n := map[string]int{}
		for _, v := range s.Verifiers {
			n[v.Verifier] = len(v.Items)
		}
		return n
	}
	r := round(t)
	r.Decisions = []submission.Decision{
		{Agency: "a", Indicator: "A", Stage: submission.Review, Verdict: submission.Accept, Date: "2026-01-22"},
		{Agency: "a", Indicator: "C", Stage: submission.Review, Verdict: submission.Accept},
	}
	assert.Empty(t, calendar.On(r, "2026-01-20").Verifiers, "the step has not begun")
	assert.Equal(t, map[string]int{"treasury": 1, "interior": 1}, count(calendar.On(r, "2026-01-21")))
	assert.Equal(t, map[string]int{"treasury": 1}, count(calendar.On(r, "2026-01-22")), "what came later is not there yet")
	s := calendar.On(r, "2026-02-01")
	assert.Equal(t, map[string]int{"treasury": 2, "interior": 1, "": 1}, count(s))
	assert.Equal(t, "treasury", s.Verifiers[0].Verifier, "in the order of the set's verifiers")
	assert.Equal(t, calendar.Due{Until: "2026-01-31", Left: -1}, s.Verifiers[0].Due)
	assert.Equal(t, 1, s.Verifiers[0].Late())
	r.Cycle.Calendar.Milestones[1].SilenceAccepts = true
	assert.Len(t, calendar.On(r, "2026-01-31").Verifiers, 3, "to the last day it is owed")
	s = calendar.On(r, "2026-02-01")
	assert.Empty(t, s.Verifiers)
	assert.Equal(t, 4, s.Accepted)
}

func TestWhatTheCouncilOwes(t *testing.T) {
	objection := submission.Objection{Agency: "a", Indicator: "A", Filed: "2026-01-30"}
	decision := submission.Decision{Agency: "a", Indicator: "A", Stage: submission.Council, Verdict: submission.Accept}
	for name, tt := range map[string]struct {
		change func(*submission.Objection, *submission.Decision)
		day    rule.Date
		open   bool
	}{
		"decided":                  {func(*submission.Objection, *submission.Decision) {}, "2026-02-01", false},
		"decided at appeal":        {func(_ *submission.Objection, d *submission.Decision) { d.Stage = submission.Appeal }, "2026-02-01", false},
		"a review decides nothing": {func(_ *submission.Objection, d *submission.Decision) { d.Stage = submission.Review }, "2026-02-01", true},
		"another indicator":        {func(_ *submission.Objection, d *submission.Decision) { d.Indicator = "B" }, "2026-02-01", true},
		"another agency":           {func(_ *submission.Objection, d *submission.Decision) { d.Agency = "b" }, "2026-02-01", true},
		"another input":            {func(o *submission.Objection, d *submission.Decision) { o.Input, d.Input = "x", "y" }, "2026-02-01", true},
		"the whole indicator":      {func(o *submission.Objection, _ *submission.Decision) { o.Input = "x" }, "2026-02-01", false},
		"decided later":            {func(_ *submission.Objection, d *submission.Decision) { d.Date = "2026-02-02" }, "2026-02-01", true},
		"filed later":              {func(_ *submission.Objection, d *submission.Decision) { d.Indicator = "B" }, "2026-01-29", false},
		"withdrawn":                {func(o *submission.Objection, d *submission.Decision) { o.Withdrawn, d.Agency = "2026-01-31", "b" }, "2026-02-01", false},
		"withdrawn later":          {func(o *submission.Objection, d *submission.Decision) { o.Withdrawn, d.Agency = "2026-02-02", "b" }, "2026-02-01", true},
	} {
		t.Run(name, func(t *testing.T) {
			r, o, d := round(t), objection, decision
			tt.change(&o, &d)
			r.Cycle.Objections, r.Decisions = []submission.Objection{o}, []submission.Decision{d}
			s := calendar.On(r, tt.day)
			assert.Equal(t, tt.open, len(s.Appeals) == 1)
			assert.Equal(t, rule.Date("2026-02-10"), s.AppealsDue.Until)
			assert.Equal(t, []submission.Objection{o}, r.Cycle.Objections, "the round stays as it was")
		})
	}
}

func TestWhoPublishes(t *testing.T) {
	r := round(t)
	assert.False(t, calendar.On(r, "2026-02-10").Unpublished, "the step has not begun")
	s := calendar.On(r, "2026-02-11")
	assert.True(t, s.Unpublished)
	assert.Equal(t, 9, s.UnpublishedDue.Left)
	s = calendar.On(r, "2026-02-22")
	assert.Equal(t, 2, s.UnpublishedDue.Late())
	r.Release.Status = submission.Final
	assert.False(t, calendar.On(r, "2026-02-22").Unpublished)
}

// TestOwesOrSent: on any day every ranked agency that is asked owes its self-assessment or has sent it, and the round
// stays as it was.
func TestOwesOrSent(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := round(t)
		day := func(label string) rule.Date {
			return rapid.SampledFrom([]rule.Date{"2026-01-05", "2026-01-20", "2026-01-25", "2026-01-26", "2026-02-10", "2026-03-01"}).Draw(rt, label)
		}
		r.Cycle.Receipts = nil
		for _, code := range []string{"a", "b", "c"} {
			delete(r.Submissions, code)
			for range rapid.IntRange(0, 2).Draw(rt, "files") {
				send(r, code, day("received"))
			}
		}
		on := day("day")
		s := calendar.On(r, on)
		owes := map[string]bool{}
		for _, a := range s.Agencies {
			owes[a.Agency.Code] = true
		}
		came := map[string]bool{}
		for _, receipt := range r.Cycle.Receipts {
			came[receipt.Agency] = came[receipt.Agency] || receipt.Received <= on
		}
		for _, code := range []string{"a", "b", "c"} {
			assert.NotEqual(rt, owes[code], came[code], code)
		}
		for _, late := range s.Late {
			assert.True(rt, late.Late() > 0 && !owes[late.Agency.Code] && late.Received <= on)
		}
	})
}
