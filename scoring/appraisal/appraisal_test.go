package appraisal_test

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
	"github.com/opendti/dti/scoring/appraisal"
	"github.com/opendti/dti/scoring/submission"
)

const setYAML = `schema: dti.criteria/v1
id: city
version: "2026"
title: {en: City}
languages: [en]
scale: points
groups: {dept: {en: Departments}, ward: {en: Wards}}
ratings: [{id: good, name: {en: Good}, from: 70}, {id: weak, name: {en: Weak}, from: 0}]
rounding: {indicator: 2, total: 2}
figures: {staff: {name: {en: Staff}, type: count, min: 1}}
pillars:
  - id: P
    name: {en: Infrastructure}
    indicators:
      - {id: A, name: {en: Speed}, points: 10, score: {kind: linear, worst: 0, best: 10}, evidence: {required: true}}
      - {id: B, name: {en: Portal}, points: 10, score: {kind: yes_no}}
      - {id: C, name: {en: Machines}, points: 5, inputs: {n: {type: count, name: {en: N}}}, score: {kind: ratio, of: n, over: figures.staff}}
`

func load(t require.TestingT) *criteria.Set {
	set, err := criteria.Load("set.yaml", []byte(setYAML))
	require.NoError(t, err)
	return set
}

func number(n int64) rule.Value { return rule.NumberOf(decimal.NewFromInt(n)) }

// round has four departments and a ward. Their answers are a speed of 0 to 10, a portal and machines of 10 staff.
func round(t require.TestingT, rows ...string) *submission.Round {
	r := &submission.Round{ID: "r", Year: 2026, Set: load(t), Submissions: map[string]submission.Submission{}, From: "2025-01-01", To: "2025-12-31"}
	if rows == nil {
		rows = []string{"a dept 9 yes 10", "b dept 8 yes 10", "c dept 8 no 10", "d dept 5 no 5", "w ward 9 yes 9"}
	}
	for _, row := range rows {
		var code, group, portal string
		var speed, machines int64
		_, err := fmt.Sscan(row, &code, &group, &speed, &portal, &machines)
		require.NoError(t, err)
		s := submission.Submission{Agency: code, Sent: true, Answers: submission.NewAnswers(r.Set), Evidence: map[string][]submission.Evidence{"A": {{Text: "12/BC-" + code + " – 05/06/2025 – Báo cáo"}}}}
		s.Answers.Put(submission.Key{Indicator: "figures", Input: "staff"}, submission.Answer{Value: number(10)})
		s.Answers.Put(submission.Key{Indicator: "A", Input: "value"}, submission.Answer{Value: number(speed)})
		s.Answers.Put(submission.Key{Indicator: "B", Input: "value"}, submission.Answer{Value: rule.YesNoOf(portal == "yes")})
		s.Answers.Put(submission.Key{Indicator: "C", Input: "n"}, submission.Answer{Value: number(machines)})
		r.Agencies = append(r.Agencies, submission.Agency{Code: code, Group: group})
		r.Submissions[code] = s
	}
	return r
}

func set(agency, indicator, input string, value rule.Value, reviewer string) submission.Decision {
	return submission.Decision{Agency: agency, Indicator: indicator, Input: input, Stage: submission.Review, Verdict: submission.Set, Value: value, Reason: "x", Reviewer: reviewer}
}

func accept(agency, indicator, reviewer string) submission.Decision {
	return submission.Decision{Agency: agency, Indicator: indicator, Stage: submission.Review, Verdict: submission.Accept, Reviewer: reviewer}
}

func TestClaims(t *testing.T) {
	r := round(t)
	r.Reviewed = true
	r.Decisions = []submission.Decision{
		set("a", "A", "value", number(4), "x"), set("d", "B", "value", rule.YesNoOf(true), "y"), accept("b", "A", "x"),
		set("b", "C", "n", number(8), "x"),
	}
	r.Cycle.Adjustments = []submission.Adjustment{{Agency: "c", Points: rule.Optional{Value: decimal.NewFromInt(-2), Set: true}, Reason: "late report"}}
	told := []string{}
	for _, c := range appraisal.Judge(scoring.Rank(r)).Claims {
		told = append(told, fmt.Sprintf("%s %s lowered %d raised %d of %d", c.Standing.Agency.Code, c.Gap, c.Lowered, c.Raised, c.Decided))
	}
	assert.Equal(t, []string{
		"a 5 lowered 1 raised 0 of 1", "b 1 lowered 1 raised 0 of 2", "c 0 lowered 0 raised 0 of 0", "w 0 lowered 0 raised 0 of 0",
		"d -10 lowered 0 raised 1 of 1",
	}, told, "what an adjustment takes off was not claimed")
}

func TestReviewers(t *testing.T) {
	r := round(t)
	r.Reviewed = true
	r.Decisions = []submission.Decision{
		set("a", "A", "value", number(4), "strict"), set("b", "A", "value", number(5), "strict"), // −0.5, −0.3
		accept("c", "A", "mild"), set("d", "A", "value", number(4), "mild"), // 0, −0.1
		set("a", "B", "value", rule.YesNoOf(false), "strict"), // nobody else decided on B
		set("d", "C", "n", number(10), "mild"),
		{Agency: "a", Indicator: "A", Stage: submission.Council, Verdict: submission.Accept, Reviewer: "council"},
	}
	told := []string{}
	for _, v := range appraisal.Judge(scoring.Rank(r)).Reviewers {
		told = append(told, fmt.Sprintf("%s %d lowered %d raised %d cut %s; compared %d: %s against %s", v.Name, v.Decided, v.Lowered, v.Raised, v.Cut, v.Compared, v.OwnCut, v.OthersCut))
	}
	assert.Equal(t, []string{
		"strict 3 lowered 3 raised 0 cut 0.6; compared 2: 0.4 against 0.05",
		"mild 3 lowered 1 raised 1 cut -0.133333; compared 2: 0.05 against 0.4",
	}, told, "the council overturned a decision; that of the reviewer stays his")
}

func TestEvidence(t *testing.T) {
	r := round(t)
	documents := func(code string, texts ...string) {
		s := r.Submissions[code]
		s.Evidence = map[string][]submission.Evidence{}
		for _, text := range texts {
			s.Evidence["B"] = append(s.Evidence["B"], submission.Evidence{Text: text})
		}
		r.Submissions[code] = s
	}
	documents("a", "12/BC-UBND – 05/06/2025 – Báo cáo năm", "n/a", "x – 1/2/2024 – cũ")
	documents("b", "12/BC–UBND - 05/06/2025: BÁO CÁO năm.", "Xem https://a.vn/tai-lieu/7.")
	documents("c", "số 7 tại https://a.vn/tai-lieu/7", "n/a")
	documents("w", "Kế hoạch 2026-01-02 https://a.vn/2020-01-01")
	q := appraisal.Judge(scoring.Rank(r))

	shared := []string{}
	for _, s := range q.Shared {
		codes := []string{}
		for _, u := range s.Uses {
			codes = append(codes, u.Agency.Code+" "+u.Indicator.ID)
		}
		shared = append(shared, s.Text+": "+strings.Join(codes, ", "))
	}
	assert.Equal(t, []string{"12/BC-UBND – 05/06/2025 – Báo cáo năm: a B, b B", "Xem https://a.vn/tai-lieu/7.: b B, c B"}, shared)
	astray := []string{}
	for _, a := range q.Astray {
		astray = append(astray, a.Agency.Code+" "+string(a.Day))
	}
	assert.Equal(t, []string{"a 2024-02-01", "w 2026-01-02"}, astray)
	bare := []string{}
	for _, b := range q.Bare {
		bare = append(bare, b.Agency.Code+" "+b.Indicator.ID+" "+b.Score.String())
	}
	assert.Equal(t, []string{"a A 9", "b A 8", "c A 8", "w A 9"}, bare, "d named its evidence")
	assert.Len(t, q.Missed, 15)
}

func TestDayOf(t *testing.T) {
	for text, want := range map[string]string{
		"466/PVHXH - 15/03/2026: trích yếu": "2026-03-15", "12.3.2019": "2019-03-12", "KH 2025-01-15": "2025-01-15",
		"5/QĐ ngày 31-12-2024 thay 1/1/2023": "2024-12-31", "2025-02-03, sau 4/5/2025": "2025-02-03",
		"123/TB-UBND": "", "31/02/2025": "", "https://a.vn/2025-01-15": "", "1234/56/7890123": "", "": "",
	} {
		day, ok := appraisal.DayOf(text)
		assert.Equal(t, want, string(day), text)
		assert.Equal(t, want != "", ok, text)
	}
}

func objection(agency, indicator string, asks rule.Value) submission.Objection {
	return submission.Objection{Agency: agency, Indicator: indicator, Input: "value", Value: asks, Reason: "x"}
}

// told says a stake in a line.
func told(s appraisal.Stake) string {
	var others []string
	for _, d := range s.Displaced {
		others = append(others, fmt.Sprintf("%s %d→%d", d.Before.Agency.Code, d.Before.Rank, d.After.Rank))
	}
	return fmt.Sprintf("%s %s state %d: %s→%s points, %s→%s, rank %d→%d %+d, %s→%s [%s] %t", s.Objection.Agency, s.Objection.Indicator, s.State,
		s.PointsBefore, s.PointsAfter, s.Before.Score, s.After.Score, s.Before.Rank, s.After.Rank, s.Climb(), s.Before.Rating, s.After.Rating, strings.Join(others, ", "), s.Moves())
}

func TestAppeals(t *testing.T) {
	r := round(t)
	r.Reviewed = true
	r.Decisions = []submission.Decision{
		set("a", "A", "value", number(2), "x"), // 17, behind b with 23 and c with 13
		set("d", "A", "value", number(4), "x"), set("b", "C", "n", number(9), "x"),
		{Agency: "b", Indicator: "C", Input: "n", Stage: submission.Appeal, Verdict: submission.Accept},
	}
	r.Cycle.Objections = []submission.Objection{
		objection("d", "A", number(5)), objection("a", "A", rule.Value{}),
		{Agency: "b", Indicator: "C", Reason: "x"},
		{Agency: "c", Indicator: "B", Reason: "x", Withdrawn: "2026-03-01"},
		objection("c", "B", rule.YesNoOf(true)),
		{Agency: "d", Indicator: "figures", Input: "staff", Value: number(20), Reason: "x"},
	}
	var lines []string
	for _, s := range appraisal.Appeals(scoring.Rank(r)) {
		lines = append(lines, told(s))
	}
	assert.Equal(t, []string{
		"c B state 1: 0→10 points, 13→23, rank 3→1 +2, weak→good [a 2→3] true",
		"a A state 1: 2→9 points, 17→24, rank 2→1 +1, weak→good [b 1→2] true",
		"d figures state 1: 0→0 points, 6.5→5.25, rank 4→4 +0, weak→weak [] false",
		"d A state 1: 4→5 points, 6.5→7.5, rank 4→4 +0, weak→weak [] false",
		"b C state 2: 4.5→5 points, 22.5→23, rank 1→1 +0, good→good [] false",
		"c B state 3: 0→0 points, 13→13, rank 3→3 +0, weak→weak [] false",
	}, lines)
	var together []string
	for _, d := range appraisal.Together(scoring.Rank(r)) {
		together = append(together, fmt.Sprintf("%s %d→%d %s", d.After.Agency.Code, d.Before.Rank, d.After.Rank, d.After.Score))
	}
	assert.Equal(t, []string{"a 2→1 24", "b 1→2 23", "c 3→2 23"}, together)
}

func TestStateWords(t *testing.T) {
	for state, want := range map[appraisal.State]string{
		0: "invalid", appraisal.Open: "open", appraisal.Decided: "decided", appraisal.Withdrawn: "withdrawn",
	} {
		assert.Equal(t, want, state.String())
	}
}

// The stakes of an appeal are what comes about when it is upheld.
func TestStakesComeTrue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) int64 { return int64(rapid.IntRange(0, 10).Draw(t, label)) }
		var rows []string
		for _, code := range []string{"a", "b", "c", "d"} {
			rows = append(rows, fmt.Sprintf("%s dept %d %s %d", code, draw("speed"), rapid.SampledFrom([]string{"yes", "no"}).Draw(t, "portal"), draw("machines")))
		}
		r := round(t, rows...)
		r.Reviewed = true
		r.Decisions = []submission.Decision{set("a", "A", "value", number(draw("reviewed")), "x"), set("b", "A", "value", number(draw("reviewed")), "x")}
		r.Cycle.Objections = []submission.Objection{objection("a", "A", number(draw("asked"))), objection("b", "A", rule.Value{})}
		for _, s := range appraisal.Appeals(scoring.Rank(r)) {
			upheld := *r
			d := submission.Decision{Agency: s.Objection.Agency, Indicator: "A", Input: "value", Stage: submission.Appeal, Verdict: submission.Set, Value: s.Objection.Value, Reason: "x"}
			if d.Value.IsMissing() {
				d.Verdict = submission.Accept
			}
			upheld.Decisions = append(append([]submission.Decision{}, r.Decisions...), d)
			res, ok := scoring.Rank(&upheld).Trace(s.Objection.Agency)
			require.True(t, ok)
			require.Equal(t, res.Rank, s.After.Rank)
			require.True(t, res.Score.Equal(s.After.Score))
			for _, decided := range appraisal.Appeals(scoring.Rank(&upheld)) {
				if decided.Objection.Agency == s.Objection.Agency {
					require.Equal(t, appraisal.Decided, decided.State)
					require.Equal(t, s.Before.Rank, decided.Before.Rank)
					require.Equal(t, s.Moves(), decided.Moves())
				}
			}
		}
	})
}

func TestSample(t *testing.T) {
	r := round(t)
	r.Decisions = []submission.Decision{accept("a", "A", "x"), accept("b", "A", "x"), accept("c", "B", "x"), accept("d", "C", "x"), accept("w", "B", "x")}
	names := func(items []submission.Item) (list []string) {
		for _, i := range items {
			list = append(list, i.Agency+" "+i.Indicator.ID)
		}
		return list
	}
	assert.Equal(t, []string{"a A", "b A", "c B", "d C", "w B"}, names(appraisal.Sample(r, 9, 1)))
	assert.Empty(t, appraisal.Sample(r, 0, 1))
	assert.Empty(t, appraisal.Sample(r, -1, 1))
	drawn := map[string]bool{}
	for seed := range uint64(40) {
		first := names(appraisal.Sample(r, 2, seed))
		assert.Len(t, first, 2)
		assert.Equal(t, first, names(appraisal.Sample(r, 2, seed)))
		drawn[strings.Join(first, ", ")] = true
	}
	assert.Greater(t, len(drawn), 5, "other seeds draw others")
}

func BenchmarkAppeals(b *testing.B) {
	var rows []string
	for i := range 93 {
		rows = append(rows, fmt.Sprintf("a%d dept %d yes %d", i, i%11, i%7))
	}
	r := round(b, rows...)
	for i := range 30 {
		r.Cycle.Objections = append(r.Cycle.Objections, objection(fmt.Sprintf("a%d", i), "A", number(10)))
	}
	b.ReportAllocs()
	for b.Loop() {
		appraisal.Appeals(scoring.Rank(r))
	}
}
