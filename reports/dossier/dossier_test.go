package dossier_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/dossier"
	"github.com/opendti/dti/reports/html"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/reports/xlsx"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

const setYAML = `schema: dti.criteria/v1
id: city
version: "2026"
title: {vi: Bộ chỉ số, en: Index}
languages: [vi, en]
groups: {dept: {vi: Sở, en: Departments}, ward: {vi: Phường, en: Wards}}
ratings: [{id: good, name: {vi: Tốt, en: Good}, from: 80}, {id: fair, name: {vi: Khá, en: Fair}, from: 50}, {id: weak, name: {vi: Yếu, en: Weak}, from: 0}]
rounding: {indicator: 2, total: 2}
figures: {staff: {name: {vi: Biên chế, en: Staff}, type: count, min: 1}}
verifiers: {tax: {vi: Cục Thuế, en: Tax office}}
pillars:
  - id: P
    no: "1"
    name: {vi: Hạ tầng, en: Infrastructure}
    indicators:
      - {id: A, no: "1.1", name: {vi: Tốc độ, en: Speed}, points: 40, verifier: tax, score: {kind: linear, worst: 0, best: 10}, evidence: {required: true}}
      - {id: B, no: "1.2", name: {vi: Cổng, en: Portal}, points: 20, public: none, score: {kind: yes_no}}
      - {id: C, no: "1.3", name: {vi: Máy, en: Machines}, points: 20, inputs: {n: {type: count, name: {vi: Số máy, en: Number}}}, score: {kind: ratio, of: n, over: figures.staff}}
      - {id: D, no: "1.4", name: {vi: Nhiều nhất, en: Most}, points: 20, inputs: {m: {type: number, name: {vi: Số, en: N}}, note: {type: text, name: {vi: Ghi, en: Note}}}, score: {kind: best, of: m}}
      - {id: E, no: "1.5", name: {vi: Tham khảo, en: For information}, points: 1, effect: none, score: {kind: yes_no}}
`

func number(n int64) rule.Value { return rule.NumberOf(decimal.NewFromInt(n)) }

func optional(n int64) rule.Optional {
	return rule.Optional{Value: decimal.NewFromInt(n), Set: true}
}

func put(s submission.Submission, indicator, input string, v rule.Value) {
	s.Answers.Put(submission.Key{Indicator: indicator, Input: input}, submission.Answer{Value: v})
}

// roundOf has departments c1, c2, … with the given speeds, and a ward.
func roundOf(t require.TestingT, status submission.Status, speeds ...int64) *submission.Round {
	set, err := criteria.Load("set.yaml", []byte(setYAML))
	require.NoError(t, err)
	r := &submission.Round{
		ID: "r", Year: 2026, Title: rule.Text{"vi": "Năm 2026", "en": "Year 2026"}, Set: set, Submissions: map[string]submission.Submission{},
		From: "2025-01-01", To: "2025-12-31", Digest: strings.Repeat("d", 64), Release: submission.Release{Status: status, Revision: 1, Contact: "Sở TT&TT"},
	}
	add := func(code, group string, speed int64) {
		s := submission.Submission{Agency: code, Sent: true, Answers: submission.NewAnswers(set), Filler: "FILLER", Remarks: map[string]string{"A": "REMARK"}}
		s.Evidence = map[string][]submission.Evidence{"B": {{Text: "12/QĐ – 05/06/2025 – Quyết định chung"}}}
		put(s, criteria.FiguresID, "staff", number(10))
		put(s, "A", "value", number(speed))
		put(s, "B", "value", rule.YesNoOf(true))
		put(s, "C", "n", number(10))
		put(s, "D", "m", number(speed))
		put(s, "D", "note", rule.TextOf("ghi của "+code))
		put(s, "E", "value", rule.YesNoOf(true))
		r.Agencies = append(r.Agencies, submission.Agency{Code: code, Group: group, Name: rule.Text{"vi": "Sở " + code}})
		r.Submissions[code] = s
	}
	for i, speed := range speeds {
		add(fmt.Sprintf("c%d", i+1), "dept", speed)
	}
	add("w1", "ward", 9)
	return r
}

// disputed is a round of nine departments with every kind of decision about c2.
func disputed(t require.TestingT, status submission.Status) *submission.Round {
	r := roundOf(t, status, 10, 9, 8, 7, 6, 5, 4, 3, 2)
	r.Reviewed = true
	decide := func(agency, indicator, input string, stage submission.Stage, v submission.Verdict, value rule.Value, reason string) {
		r.Decisions = append(r.Decisions, submission.Decision{
			Agency: agency, Indicator: indicator, Input: input, Stage: stage, Verdict: v, Value: value, Reason: reason, Reviewer: "REVIEWER-" + agency, Date: "2026-02-10",
		})
	}
	decide("c2", "C", "n", submission.Council, submission.Accept, rule.Value{}, "council says")
	decide("c2", "A", "value", submission.Review, submission.Set, number(5), "measured again")
	decide("c2", "B", "", submission.Review, submission.Reject, rule.Value{}, "no portal")
	decide("c2", criteria.FiguresID, "staff", submission.Review, submission.Set, number(20), "payroll")
	decide("c2", "C", "n", submission.Review, submission.Set, number(8), "counted")
	decide("c3", "A", "value", submission.Review, submission.Set, number(7), "OTHERS-REASON")
	r.Decisions = append(r.Decisions, submission.Decision{Agency: "c2", Indicator: "D", Stage: submission.Review, Verdict: submission.Set, Points: optional(12), Reason: "points"})
	r.Cycle = submission.Cycle{
		Adjustments: []submission.Adjustment{
			{Agency: "c2", Points: optional(-2), Reason: "leak", Decision: "7/QD"},
			{Agency: "c2", RatingCap: "weak", Reason: "leak"},
			{Agency: "c3", Points: optional(-1), Late: 3},
		},
		Objections: []submission.Objection{
			{Agency: "c2", Indicator: "A", Input: "value", Value: number(8), Reason: "our meter", Filed: "2026-03-01"},
			{Agency: "c2", Indicator: "C", Input: "n", Reason: "recount", Filed: "2026-03-02"},
			{Agency: "c2", Indicator: "D", Points: optional(15), Reason: "more", Withdrawn: "2026-03-04"},
			{Agency: "c3", Indicator: "A", Reason: "OTHERS-APPEAL"},
		},
		Receipts: []submission.Receipt{
			{Agency: "c2", File: "c2-old.xlsx", Received: "2026-01-01"},
			{Agency: "c2", File: "c2.xlsx", Received: "2026-01-31", Letter: "9/CV", SignedBy: "SIGNED", Counts: true},
			{Agency: "c3", File: "c3.xlsx", Received: "2026-02-03", Counts: true},
			{Agency: "c4", File: "c4.xlsx", Received: "2026-02-01", Counts: true},
		},
		Calendar: submission.Calendar{
			Milestones: []submission.Milestone{
				{Step: submission.Submitting, Until: "2026-01-31"}, {Step: submission.Reviewing, Until: "2026-02-28", SilenceAccepts: true}, {Step: submission.Appealing, Until: "2026-03-15"},
			},
			Late: []submission.LatePenalty{{Days: 3, Points: optional(-1), RatingCap: "fair"}},
		},
	}
	return r
}

func desk(r *submission.Round, lang string) *dossier.Desk {
	return dossier.Find(scoring.Rank(r)).In(locale.MustFor(lang), "dti 1.2.3")
}

func draftOf(t *testing.T, r *submission.Round, code string) view.Confidential {
	t.Helper()
	page, ok := desk(r, "en").Draft(code)
	require.True(t, ok)
	return page
}

// part is a table as lines, cell by cell.
func part(page view.Confidential, id string) (lines []string) {
	for _, p := range page.Parts {
		if p.ID != id {
			continue
		}
		lines = append(lines, p.Lines...)
		for _, item := range p.Items {
			lines = append(lines, "- "+item)
		}
		for _, row := range p.Table.Rows {
			var cells []string
			for _, c := range row.Cells {
				cells = append(cells, strings.TrimSpace(c.Text+" "+bracketed(c.Note)))
			}
			lines = append(lines, strings.Join(cells, " | "))
		}
		if p.More != "" {
			lines = append(lines, p.More)
		}
	}
	return lines
}

func bracketed(s string) string {
	if s == "" {
		return ""
	}
	return "[" + s + "]"
}

func fact(facts []view.Fact, term string) string {
	for _, f := range facts {
		if f.Term == term {
			return strings.TrimSpace(f.Words + " " + bracketed(f.Note))
		}
	}
	return "absent"
}

// written is a page as its reader gets it.
func written(t require.TestingT, page view.Confidential) string {
	var b bytes.Buffer
	require.NoError(t, html.WriteConfidential(&b, page))
	return b.String()
}

func TestDraft(t *testing.T) {
	page := draftOf(t, disputed(t, submission.Draft), "c2")
	assert.Equal(t, "Sở c2", page.Heading)
	assert.Equal(t, "vi", page.HeadingLang)
	assert.Contains(t, page.Stamp, "CONFIDENTIAL DRAFT")
	assert.Equal(t, "c2.xlsx, received on 31 January 2026 [with letter 9/CV]", fact(page.About, "Self-assessment"))
	assert.Equal(t, "94.00 [out of 100]", fact(page.Numbers, "Claimed points"))
	assert.Equal(t, "40.00 [out of 100, 40.00%]", fact(page.Numbers, "Final points"))
	assert.Equal(t, "−54.00 [of it −2.00 by adjustments beside the answers]", fact(page.Numbers, "Difference"))
	assert.Contains(t, fact(page.Numbers, "Place in the group"), "th quarter")
	assert.Equal(t, "absent", fact(page.Numbers, "Rank"))
	assert.Equal(t, "Weak", fact(page.Numbers, "Rating"))
	assert.Equal(t, []string{
		"Common figure: Staff | 10 | The review changed the answer [20] | payroll [10 February 2026] | – | –",
		"1.1 Speed | 9 | The review changed the answer [5] | measured again [10 February 2026] | 36.00 | 20.00",
		"1.2 Portal | Yes | The review did not accept the answer | no portal [10 February 2026] | 20.00 | 0.00",
		"1.3 Machines | 10 | The review changed the answer [8] | counted [10 February 2026] | 20.00 | 10.00",
		"1.3 Machines | 10 | The council accepted the answer | council says [10 February 2026] | 20.00 | 10.00",
		"1.4 Most | N: 9; Note: ghi của c2 | The review changed the answer [12.00 points] | points | 18.00 | 12.00",
	}, part(page, "decisions"))
	assert.Equal(t, []string{"Adjustment by decision 7/QD: leak | −2.00 | –", "Adjustment: leak | – | Weak"}, part(page, "adjustments"))
	assert.Equal(t, []string{
		"The agency may appeal until 15 March 2026, that day included.", "Answers that nobody has reviewed by 28 February 2026 count as accepted as claimed.",
		"Indicators that lost points, against which the agency may appeal:", "- 1.2 Portal: 20.00 → 0.00 points", "- 1.4 Most: 18.00 → 12.00 points",
	}, part(page, "may-appeal"))
	assert.Equal(t, []string{
		"1.1 Speed | 8 | our meter | 1 March 2026 | not decided | –",
		"1.3 Machines | what was claimed | recount | 2 March 2026 | decided [The council accepted the answer: council says] | 8.00 → 10.00",
		"1.4 Most | 15.00 points | more | – | withdrawn [4 March 2026] | –",
	}, part(page, "appeals"))
	assert.Equal(t, []string{"4 indicators in the table above | 42.00", "Adjustment by decision 7/QD: leak | −2.00", "Total | 40.00"}, part(page, "ledger"))
	assert.Equal(t, []string{"1.1 Speed | none named, though it is required", "1.2 Portal | 12/QĐ – 05/06/2025 – Quyết định chung"}, part(page, "evidence"))
	rows := part(page, "indicators")
	assert.Len(t, rows, 5)
	assert.Contains(t, rows[0], "| 5 | 40.00 | 36.00 | 20.00")
	assert.Contains(t, rows[4], "For information")
	assert.Contains(t, rows[4], "| – | – |")
}

// Points of a penalty are taken off: the review that found one took points from the agency, which may appeal; what does
// not apply where the rest is re-based has no points.
func TestDraftCountsAsTheTotalDoes(t *testing.T) {
	r := roundOf(t, submission.Final, 10, 5)
	set, err := criteria.Load("set.yaml", []byte(strings.Replace(setYAML, "points: 20, public: none, score", "points: 20, effect: penalty, score", 1)))
	require.NoError(t, err)
	machines, ok := set.Indicator("C")
	require.True(t, ok)
	machines.When = "has_machines"
	r.Set, r.Reviewed = set, true
	put(r.Submissions["c2"], "B", "value", rule.YesNoOf(false))
	r.Decisions = []submission.Decision{{Agency: "c2", Indicator: "B", Input: "value", Stage: submission.Review, Verdict: submission.Set, Value: rule.YesNoOf(true), Reason: "found"}}
	page := draftOf(t, r, "c2")
	rows := part(page, "indicators")
	assert.Contains(t, rows[1], "| Yes | −20.00 | 0.00 | −20.00")
	assert.Contains(t, rows[2], "| – | – | not counted")
	assert.Contains(t, part(page, "decisions")[0], "| 0.00 | −20.00")
	assert.Contains(t, part(page, "may-appeal"), "- 1.2 Portal: 0.00 → −20.00 points")
}

// What a draft says of nobody else: not their names, answers, decisions, appeals; not who decided, filled in or signed.
func TestDraftIsOfOneAgency(t *testing.T) {
	for _, status := range []submission.Status{submission.Draft, submission.Provisional, submission.Final} {
		r := disputed(t, status)
		for _, lang := range []string{"vi", "en"} {
			page, ok := desk(r, lang).Draft("c2")
			require.True(t, ok)
			text := written(t, page)
			for _, hidden := range []string{"Sở c1", "Sở c3", "ghi của c1", "OTHERS-", "REVIEWER", "FILLER", "REMARK", "SIGNED", "c3.xlsx", "site.", "words.", "notes."} {
				assert.NotContains(t, text, hidden)
			}
		}
	}
}

// A bound that a rule took from the answers of all belongs to another agency: while the release is a draft, and where
// answers are not published, it is not told.
func TestDraftTellsNoBoundOfOthers(t *testing.T) {
	r := disputed(t, submission.Draft)
	of := func(status submission.Status) string {
		r.Release.Status = status
		return part(draftOf(t, r, "c4"), "indicators")[3]
	}
	assert.Equal(t, "1.4 Most [Judged by the figures of the whole group or round; those of other agencies are not told here] | N: 7; Note: ghi của c4 | 20.00 | 14.00 | 14.00", of(submission.Draft))
	assert.Contains(t, of(submission.Final), "10")
	ind, _ := r.Set.Indicator("D")
	ind.Public = criteria.PointsOnly
	assert.NotContains(t, of(submission.Final), "/10")
	assert.Contains(t, of(submission.Final), "Judged by the figures")
}

func TestDraftTellsItsPlace(t *testing.T) {
	nine := []int64{10, 9, 8, 8, 6, 5, 4, 3, 2}
	for name, test := range map[string]struct {
		status submission.Status
		speeds []int64
		code   string
		want   string
	}{
		"the first of a draft":       {submission.Draft, nine, "c1", "1st quarter"},
		"shared places":              {submission.Draft, nine, "c4", "1st quarter"},
		"the middle":                 {submission.Draft, nine, "c5", "2nd quarter"},
		"the last":                   {submission.Draft, nine, "c9", "4th quarter"},
		"a group of eight":           {submission.Draft, nine[:8], "c8", "4th quarter"},
		"a quarter would be a rank":  {submission.Draft, nine[:7], "c1", "not told yet"},
		"provisional":                {submission.Provisional, nine, "c4", "3 (tied) of 9"},
		"final, in a group of three": {submission.Final, nine[:3], "c3", "3 of 3"},
	} {
		t.Run(name, func(t *testing.T) {
			page := draftOf(t, roundOf(t, test.status, test.speeds...), test.code)
			term := "Rank"
			if test.status == submission.Draft {
				term = "Place in the group"
				assert.Equal(t, "absent", fact(page.Numbers, "Rank"))
			}
			words, _, _ := strings.Cut(fact(page.Numbers, term), " [")
			assert.Equal(t, test.want, words)
		})
	}
	r := roundOf(t, submission.Final, nine...)
	r.Agencies[1].Unranked, r.Agencies[1].Reason = true, "formed this year"
	assert.Contains(t, fact(draftOf(t, r, "c2").Numbers, "Place in the group"), "formed this year")
}

func TestDraftOfWhoSentNothing(t *testing.T) {
	r := roundOf(t, submission.Draft, 10, 5)
	r.Submissions["c2"] = submission.Submission{}
	r.Cycle.ReviewRequired = true
	r.Cycle.Calendar.Milestones = []submission.Milestone{{Step: submission.Reviewing, Until: "2026-02-28"}}
	page := draftOf(t, r, "c2")
	assert.Equal(t, "Nothing has been received from the agency.", page.Lede[0])
	assert.Equal(t, []string{"Nothing has been decided about the agency's answers."}, part(page, "decisions"))
	assert.Equal(t, []string{
		"The body in charge has not set days for appeals.", "The review ends on 28 February 2026; the results stay a draft until every answer is reviewed.",
		"No indicator lost points on which neither an appeal nor a decision of the council stands.",
	}, part(page, "may-appeal"))
	r.Cycle.ReviewRequired = false
	assert.Contains(t, part(draftOf(t, r, "c2"), "may-appeal")[1], "keep the points claimed")
	_, ok := desk(r, "en").Draft("nobody")
	assert.False(t, ok)
	assert.Equal(t, []string{"c1", "c2", "w1"}, dossier.Find(scoring.Rank(r)).Codes())
}

func TestCouncil(t *testing.T) {
	r := disputed(t, submission.Draft)
	portal, _ := r.Set.Indicator("B")
	portal.Verifier = "c1"
	page := desk(r, "en").Council([]view.Link{{Text: "book", Href: "hoi-dong.xlsx"}})
	assert.Contains(t, page.Stamp, "CONFIDENTIAL DRAFT – for the council")
	assert.Equal(t, "10 of 10", fact(page.Numbers, "Have sent a self-assessment"))
	assert.Equal(t, "2 of 10", fact(page.Numbers, "Claimed more than they have"))
	assert.Equal(t, "2 of 4", fact(page.Numbers, "Appeals not decided"))
	group := part(page, "group-1")
	assert.Equal(t, "Sở c1 | 100.00 | 100.00 | 0.00 | 1 | 1 | Good", group[1])
	assert.Equal(t, "Sở c2 | 94.00 | 40.00 | −54.00 | 2 | 9 | Weak", group[len(group)-1])
	assert.Equal(t, "Sở c2 | Departments | 52.00 | 4 | 0 | 4", part(page, "overclaims")[1])
	assert.Equal(t, []string{
		"Sở c2 | 1.1 Speed | 8 [our meter] | not decided | 40.00 → 52.00 | 9 → 8 (tied) | –",
	}, part(page, "appeals")[1:2])
	assert.Equal(t, []string{
		"Sở c2 | Adjustment by decision 7/QD: leak | −2.00 | –", "Sở c2 | Adjustment: leak | – | Weak", "Sở c3 | Late: 3 days | −1.00 | –",
	}, part(page, "adjustments"))
	assert.Equal(t, []string{
		"Sở c3 | 3 February 2026 | 31 January 2026 | 3 | −1 point; best rating Fair", "Sở c4 | 1 February 2026 | 31 January 2026 | 1 | none",
	}, part(page, "late"))
	unreviewed := part(page, "unreviewed")
	assert.Contains(t, unreviewed, "Tax office | 8 | 10 | 8")
	assert.Contains(t, unreviewed, "Sở c1 | 9 | 10 | 9", "a verifier that is an agency")
	assert.Contains(t, unreviewed, "no verifier named | 28 | 30 | 10")
	assert.Contains(t, strings.Join(part(page, "reviewers"), "\n"), "REVIEWER-c2")
	bare := part(page, "bare")
	assert.Equal(t, "Sở c1 | 1.1 Speed | 40.00 | nobody decided", bare[0])
	assert.Equal(t, "Sở c2 | 1.1 Speed | 20.00 | The review changed the answer", bare[1])
	assert.Contains(t, part(page, "shared")[1], "Sở c1 (1.2 Portal); Sở c2 (1.2 Portal)")
	assert.Equal(t, []string{"No document is dated outside the period."}, part(page, "astray"))
	assert.NotContains(t, written(t, page), "site.")
	r.Release.Status = submission.Final
	assert.NotContains(t, desk(r, "vi").Council(nil).Stamp, "DỰ THẢO")
}

// Totals half a percent of the maximum from a bound, on either side and on it.
func TestCouncilLooksAtBounds(t *testing.T) {
	r := roundOf(t, submission.Final, 10)
	for i, points := range []int64{-19, -20, -21, -50, -51} {
		code := fmt.Sprintf("n%d", i)
		own := r.Submissions["c1"]
		own.Agency = code
		r.Submissions[code] = own
		r.Agencies = append(r.Agencies, submission.Agency{Code: code, Group: "dept"})
		r.Cycle.Adjustments = append(r.Cycle.Adjustments, submission.Adjustment{Agency: code, Points: optional(points)})
	}
	half := decimal.New(5, -1)
	r.Cycle.Adjustments[0].Points.Value = r.Cycle.Adjustments[0].Points.Value.Sub(half) // 80.5
	r.Cycle.Adjustments[2].Points.Value = r.Cycle.Adjustments[2].Points.Value.Add(half) // 79.5
	r.Cycle.Adjustments[4].Points.Value = decimal.New(-5051, -2)                        // 49.49
	assert.Equal(t, []string{
		"n0 | Departments | 80.50 | 80.00 | +0.50 | Good | Good", "n1 | Departments | 80.00 | 80.00 | 0.00 | Good | Good",
		"n2 | Departments | 79.50 | 80.00 | −0.50 | Good | Fair", "n3 | Departments | 50.00 | 50.00 | 0.00 | Fair | Fair",
	}, part(desk(r, "en").Council(nil), "bounds")[1:])
}

func TestCouncilOfAQuietRound(t *testing.T) {
	r := roundOf(t, submission.Final, 10, 10, 3)
	r.Submissions["c3"] = submission.Submission{}
	for code, s := range r.Submissions {
		s.Evidence = map[string][]submission.Evidence{"A": {{Text: "KH " + code + " 1/1/2024"}}}
		r.Submissions[code] = s
	}
	page := desk(r, "en").Council(nil)
	assert.Equal(t, []string{
		"Sở c1 | 100.00 | 100.00 | 0.00 | 1 (tied) | 1 (tied) | Good", "Sở c2 | 100.00 | 100.00 | 0.00 | 1 (tied) | 1 (tied) | Good",
		"Sở c3 [has sent nothing] | 0.00 | 0.00 | 0.00 | 3 | 3 | Weak",
	}, part(page, "group-1")[1:])
	for id, want := range map[string]string{
		"overclaims": "No agency claimed more than it has.", "appeals": "There are no appeals.", "adjustments": "There are no adjustments.",
		"late": "No submission is registered as late.", "reviewers": "Nobody has reviewed an answer.", "bare": "No points lack the evidence that they need.",
		"shared": "No document is named by several agencies.",
	} {
		lines := part(page, id)
		assert.Equal(t, want, lines[len(lines)-1], id)
	}
	assert.Contains(t, part(page, "astray")[0], "1 January 2024")
}

func TestCouncilRanksClaims(t *testing.T) {
	r := roundOf(t, submission.Final, 10, 9, 9, 8)
	r.Set.Ranking.Ties = criteria.Dense
	rows := part(desk(r, "en").Council(nil), "group-1")[1:]
	assert.Contains(t, rows[1], "| 2 (tied) | 2 (tied) |")
	assert.Contains(t, rows[3], "| 3 | 3 |")
	r.Agencies[0].Unranked, r.Agencies[0].Reason = true, "of the army"
	rows = part(desk(r, "en").Council(nil), "group-1")[1:]
	assert.Contains(t, rows[3], "of the army")
	assert.Contains(t, rows[3], "| Not ranked | Not ranked | –")
}

// The page cuts long lists and says so; the workbook has all.
func TestCouncilBookHasEveryRow(t *testing.T) {
	speeds := make([]int64, 30)
	for i := range speeds {
		speeds[i] = 9
	}
	r := roundOf(t, submission.Final, speeds...)
	d := desk(r, "en")
	bare := part(d.Council(nil), "bare")
	assert.Len(t, bare, 21)
	assert.Equal(t, "… 11 more rows in the workbook.", bare[20])
	book := d.Book()
	assert.Contains(t, book.Draft, "CONFIDENTIAL")
	rows := map[string]int{}
	for _, s := range book.Sheets {
		n := 0
		for row := range s.Rows {
			n++
			if row.Kind == view.BodyRow {
				rows[s.Name]++
			}
			assert.LessOrEqual(t, len(row.Cells), len(s.Widths), s.Name)
		}
		assert.Equal(t, s.Height, n, s.Name)
	}
	assert.Equal(t, 31, rows["Points without the evidence that they need"])
	assert.Equal(t, 30, rows["Departments"])
	var first, second bytes.Buffer
	require.NoError(t, xlsx.Write(&first, book))
	require.NoError(t, xlsx.Write(&second, desk(r, "en").Book()))
	assert.Equal(t, first.Bytes(), second.Bytes())
}

// The ledger of every agency's draft adds up to its total, whatever was decided.
func TestDraftLedgerAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := roundOf(t, submission.Final, rapid.SliceOfN(rapid.Int64Range(0, 10), 1, 9).Draw(t, "speeds")...)
		r.Cycle.Adjustments = []submission.Adjustment{{Agency: "c1", Points: optional(rapid.Int64Range(-150, 50).Draw(t, "adjusted")), Reason: "x"}}
		r.Decisions = []submission.Decision{{Agency: "c1", Indicator: "A", Input: "value", Stage: submission.Review, Verdict: submission.Set, Value: number(rapid.Int64Range(0, 10).Draw(t, "set")), Reason: "x"}}
		page, ok := desk(r, "en").Draft("c1")
		require.True(t, ok)
		lines := part(page, "ledger")
		var sum decimal.Decimal
		for i, line := range lines {
			_, words, _ := strings.Cut(line, " | ")
			n, err := decimal.NewFromString(strings.NewReplacer("−", "-", ",", "").Replace(words))
			require.NoError(t, err, line)
			if i < len(lines)-1 {
				sum = sum.Add(n)
			} else {
				require.True(t, n.Equal(sum), "%s: the lines make %s", line, sum)
			}
		}
	})
}

func BenchmarkDrafts(b *testing.B) {
	speeds := make([]int64, 93)
	for i := range speeds {
		speeds[i] = int64(i % 11)
	}
	ranking := scoring.Rank(roundOf(b, submission.Draft, speeds...))
	b.ReportAllocs()
	for b.Loop() {
		d := dossier.Find(ranking).In(locale.MustFor("vi"), "dti")
		for _, code := range d.Codes() {
			d.Draft(code)
		}
		d.Council(nil)
	}
}
