package view_test

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// The method page says what changed in the criteria from the very set of the earlier round, or that it is not known.
func TestChangesOfCriteria(t *testing.T) {
	was := setOf(t, "points: 25", "points: 22", `"1.1"`, `"1.0"`, "points: 10", "points: 13", `version: "2025"`, `version: "2024"`)
	round := roundOf(setOf(t), 20, 30)
	past := history.Comparison{Year: 2024}
	assert.Nil(t, editionOf("en", round, history.Comparison{}).Method().Changes, "no earlier round")

	e := editionOf("en", round, past)
	e.Before = was
	c := e.Method().Changes
	require.NotNil(t, c)
	assert.Equal(t, "Compared with example-small@2024 of 2024: 0 indicators added, 0 removed, 3 changed. Each change says what was → what is.", c.Sentence)
	require.Len(t, c.Sections, 2)
	assert.Equal(t, "2. Policy", c.Sections[1].Heading)
	plan := c.Sections[1].Rows[0]
	assert.Equal(t, "2.1. Plan", plan.Subject.Text)
	assert.Equal(t, "indicator/pol-1.html", plan.Subject.Href)
	require.Len(t, plan.Changes, 1)
	assert.Contains(t, plan.Changes[0], "22 → 25")

	e = editionOf("en", round, past)
	e.Before = round.Set
	c = e.Method().Changes
	assert.Equal(t, "The criteria set is that of 2024 (example-small@2025), unchanged.", c.Sentence)
	assert.Empty(t, c.Sections)
}

// Indicators that came or went are told; one that went has no page.
func TestIndicatorsThatCameAndWent(t *testing.T) {
	e := editionOf("en", roundOf(setOf(t), 20), history.Comparison{Year: 2024})
	e.Before = setOf(t, "- id: BON-1", "- id: BON-9", "Sáng kiến, en: Initiatives", "Khác, en: Other")
	c := e.Method().Changes
	assert.Contains(t, c.Sentence, "1 indicator added, 1 removed, 0 changed")
	said := fmt.Sprint(c.Sections)
	assert.Contains(t, said, "BON-9. Other")
	assert.NotContains(t, said, "bon-9.html")
}

// Where the earlier set is not at hand, the set's own word on what is not comparable is all that is told.
func TestChangesThatAreNotKnown(t *testing.T) {
	past := history.Comparison{Year: 2024}
	c := editionOf("vi", roundOf(setOf(t), 20), past).Method().Changes
	assert.Equal(t, "Bộ chỉ số của năm 2024 không được lưu kèm kết quả năm đó, nên trang này không kê được từng thay đổi.", c.Sentence)
	assert.Empty(t, c.Apart)
	set := setOf(t, "        evidence: {required: true}\n", "        from: {id: OLD-1, comparable: false}\n")
	c = editionOf("vi", roundOf(set, 20), past).Method().Changes
	require.Len(t, c.Apart, 1)
	assert.Equal(t, view.Link{Text: "1.1. Tỷ lệ CBCC có máy tính", Href: "r-INF-1"}, c.Apart[0])
	assert.Contains(t, c.Sentence, "Chỉ số sau được ghi là đã thay đổi")
}

// The worked example goes from the answer to the rank, and its lines add up to the total.
func TestExampleFromAnswerToRank(t *testing.T) {
	x := editionOf("en", roundOf(setOf(t), 40, 13, 13, 7), history.Comparison{}).Method().Example
	require.NotNil(t, x)
	steps := map[string]string{}
	for _, s := range x.Steps {
		steps[s.Term] = s.Words
	}
	assert.Len(t, x.Steps, 8)
	assert.Equal(t, "Computers = 13; Staff = 40", steps["1. Answers"])
	assert.Contains(t, steps["4. Points"], "9.75")
	assert.Contains(t, steps["7. Rank"], "4 ranked agencies, 1 of them with more than")
	assert.Contains(t, steps["7. Rank"], "the rank is 1 + 1: 2 (tied).")
	sum := decimal.Decimal{}
	marked := 0
	for _, r := range x.Ledger.Rows[:len(x.Ledger.Rows)-1] {
		n, err := decimal.NewFromString(strings.ReplaceAll(r.Cells[1].Sort, ",", ""))
		require.NoError(t, err)
		sum = sum.Add(n)
		if r.Highlight {
			marked++
		}
	}
	assert.Equal(t, 1, marked, "the example's own line")
	total := x.Ledger.Rows[len(x.Ledger.Rows)-1].Cells[1].Text
	assert.Equal(t, total, sum.StringFixed(2))
	assert.Contains(t, steps["6. Sum"], total)
}

// Where a review decided the points of all indicators, the example shows one of them and what was decided.
func TestExampleOfWhatWasDecided(t *testing.T) {
	round := roundOf(setOf(t), 13)
	for _, id := range []string{"INF-1", "INF-2", "POL-1"} {
		round.Decisions = append(round.Decisions, submission.Decision{
			Agency: "so-a", Indicator: id, Stage: submission.Review, Verdict: submission.Set,
			Points: rule.Optional{Value: decimal.NewFromInt(7), Set: true}, Reason: "chưa rõ", Reviewer: "ông X",
		})
	}
	x := editionOf("en", round, history.Comparison{}).Method().Example
	require.NotNil(t, x)
	var said strings.Builder
	for _, s := range x.Steps {
		said.WriteString(s.Term + ": " + s.Words + "\n")
	}
	assert.Contains(t, said.String(), "4. What changed the result of the rule: 7 points")
	assert.Contains(t, said.String(), "× 30 points = 7 points")
	assert.NotContains(t, said.String(), "ông X")
	assert.NotContains(t, said.String(), "chưa rõ")
}

// Where shares are combined, the example shows weight and share of each part, by which the total is made again.
func TestExampleOfCombinedShares(t *testing.T) {
	set := setOf(t, "rounding: {indicator: 2, total: 2}\n", "combine: geometric\n", "    points: 60\n", "    weight: 3\n", "    points: 40\n", "    weight: 1\n", "effect: bonus", "effect: none")
	x := editionOf("en", roundOf(set, 40, 13, 13, 7), history.Comparison{}).Method().Example
	require.NotNil(t, x)
	rows := x.Combined.Rows[len(x.Combined.Rows)-2:]
	product, weights := 1.0, 0.0
	for _, r := range rows {
		weight, err := strconv.ParseFloat(r.Cells[1].Text, 64)
		require.NoError(t, err)
		share, err := strconv.ParseFloat(strings.TrimSuffix(r.Cells[2].Text, "%"), 64)
		require.NoError(t, err)
		product, weights = product*math.Pow(share/100, weight), weights+weight
	}
	assert.Equal(t, "sum: 4", x.Combined.Rows[len(x.Combined.Rows)-3].Cells[1].Text)
	total, err := strconv.ParseFloat(x.Ledger.Rows[len(x.Ledger.Rows)-1].Cells[1].Text, 64)
	require.NoError(t, err)
	assert.InDelta(t, total, 100*math.Pow(product, 1/weights), 1e-5)
	assert.Contains(t, x.Steps[len(x.Steps)-4].Words, "Weighted geometric mean: Raise each share to its weight")
}

func TestExampleOfRanksByRule(t *testing.T) {
	dense := setOf(t, "rounding: {indicator: 2, total: 2}", "rounding: {indicator: 2, total: 2}\nranking: {ties: dense}")
	x := editionOf("en", roundOf(dense, 40, 40, 13), history.Comparison{}).Method().Example
	require.NotNil(t, x)
	assert.Contains(t, fmt.Sprint(x.Steps), "by the rule for ranks above, the rank is 2.")
}

// A table of contents lists the sections that there are.
func TestContentsOfTheMethod(t *testing.T) {
	m := editionOf("en", roundOf(setOf(t), 20), history.Comparison{}).Method()
	var ids []string
	for _, a := range m.Contents {
		ids = append(ids, a.ID)
		assert.NotContains(t, a.Name, "site.")
	}
	assert.Equal(t, []string{"source", "weights", "policies", "ratings", "example", "rules", "reading", "licences"}, ids)
	for _, f := range m.Reading {
		assert.NotContains(t, f.Term+f.Words, "site.")
	}
}

// What is not published is counted or named as the set allows.
func TestHidden(t *testing.T) {
	round := roundOf(setOf(t), 20)
	e := editionOf("en", round, history.Comparison{})
	said := strings.Join(e.Downloads().Hidden, "\n")
	assert.Contains(t, said, "The answers to 1 indicator of which only points are published, because the criteria set says so: 2.2. Security.")
	assert.Contains(t, said, "Points and answers of 1 indicator that")
	assert.NotContains(t, said, "Incident response", "what is not public has no name")
}

func TestCitation(t *testing.T) {
	round := roundOf(setOf(t), 20)
	round.Publish.Name = rule.Text{"en": "Office", "vi": "Sở"}
	round.Release = submission.Release{Status: submission.Final, Revision: 2, Decision: "9/QĐ", Date: "2026-01-20", URL: "https://dti.example.vn/"}
	e := editionOf("en", round, history.Comparison{})
	assert.Equal(t, "Office (2026). "+e.Title()+". 9/QĐ. Revision 2, 20 January 2026. https://dti.example.vn/en/2025/index.html.", e.Downloads().Cite[0])
	assert.NotEmpty(t, e.Downloads().Licence)
	round.Release.Status = submission.Draft
	assert.Equal(t, []string{"A draft is not to be cited."}, editionOf("en", round, history.Comparison{}).Downloads().Cite)
}

// An announcement has a page only where its document is published, and never in a draft.
func TestAnnouncement(t *testing.T) {
	round := roundOf(setOf(t), 20, 30)
	round.Release = submission.Release{Status: submission.Final, Revision: 1, Decision: "9/QĐ", Date: "2026-01-20"}
	round.Publish.Name = rule.Text{"vi": "Sở"}
	e := editionOf("en", round, history.Comparison{})
	assert.False(t, e.HasAnnouncement())
	e.Files = []view.File{{Kind: view.ResultsCSV, Path: "../x/results.csv"}, {Kind: view.Announcement, Path: "../x/qd.pdf", Bytes: 1200}}
	require.True(t, e.HasAnnouncement())
	p := e.Announcement()
	assert.Equal(t, "announcement", p.Kind())
	require.Len(t, p.Files, 1)
	assert.Equal(t, "qd.pdf", p.Files[0].Text)
	assert.Contains(t, p.Lede, "the signed document below")
	assert.Equal(t, "9/QĐ", p.Facts[0].Words)
	assert.Equal(t, view.Fact{Term: "Publisher", Words: "Sở", Lang: "vi"}, p.Facts[2])
	require.Len(t, p.Findings, 1)
	round.Release.Status = submission.Draft
	draft := editionOf("en", round, history.Comparison{})
	draft.Files = e.Files
	assert.False(t, draft.HasAnnouncement())
}

// A correction names what changed, and the changed cell leads to it.
func TestCorrectionsSayWhat(t *testing.T) {
	round := roundOf(setOf(t), 40, 20)
	round.Release.Revision = 2
	round.Corrections = []submission.Correction{{Revision: 2, Reason: rule.Text{"vi": "b"}}}
	e := editionOf("en", round, history.Comparison{})
	listed := func(score int64, rank int, rating string) view.Published {
		return view.Published{Listed: true, Ranked: true, Score: decimal.NewFromInt(score), Rank: rank, Rating: rating}
	}
	e.Revised = []view.Revised{
		{Agency: "so-b", Revision: 2, Before: listed(80, 2, "good"), After: listed(70, 3, "")},
		{Agency: "gone", Revision: 2, Before: listed(70, 3, "")},
		{Agency: "so-a", Revision: 2, After: listed(70, 3, "")},
	}
	changes := e.Corrections().Revisions[0].Changes
	assert.Equal(t, []string{"whether it is ranked", "rank 2 → 3; total −10.00; rating Good → not rated", "whether it is ranked"}, column(changes, "Change"), "as the ranking lists them, what is gone last")
	assert.Equal(t, "revision-2-so-b", changes.Rows[1].ID)
	for _, r := range e.Group(e.Ranking().Groups[0]).Ranking.Rows {
		for _, c := range r.Cells {
			if c.Edit && r.ID == "a-so-b" {
				assert.Equal(t, "../corrections.html#revision-2-so-b", c.Link)
			}
		}
	}
}
