package view_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// assessed is an agency's own assessment by the small set, with these answers.
func assessed(t *testing.T, answers map[submission.Key]rule.Value) view.SelfAssessment {
	t.Helper()
	set := setOf(t)
	sub := submission.Submission{Agency: "so-a", Sent: true, Answers: submission.NewAnswers(set)}
	for key, v := range answers {
		require.True(t, sub.Answers.Put(key, submission.Answer{Value: v}), key)
	}
	agency := submission.Agency{Code: "so-a", Name: criteria.Text{"vi": "Sở A"}, Group: "department"}
	res := scoring.Fit(set, nil).Score(scoring.Entrant{Agency: agency, Submission: sub})
	return view.SelfAssessment{Set: set, Result: res, Answered: 2, Asked: 5, Engine: "dti 1.2.3"}
}

func half() map[submission.Key]rule.Value {
	return map[submission.Key]rule.Value{
		{Indicator: criteria.FiguresID, Input: "staff"}: rule.NumberOf(decimal.NewFromInt(40)),
		{Indicator: "INF-1", Input: "computers"}:        rule.NumberOf(decimal.NewFromInt(10)),
		{Indicator: "INF-2", Input: "value"}:            rule.YesNoOf(true),
		{Indicator: "BON-1", Input: "value"}:            rule.NumberOf(decimal.NewFromInt(2)),
	}
}

func factsOf(facts []view.Fact) map[string]string {
	all := map[string]string{}
	for _, f := range facts {
		all[f.Term] = f.Words
	}
	return all
}

func TestScorecardSaysTheScore(t *testing.T) {
	a := assessed(t, half())
	c := view.NewScorecard(a, locale.MustFor("en"))
	assert.Equal(t, "Sở A", c.Heading)
	assert.Equal(t, "vi", c.HeadingLang)
	assert.Equal(t, map[string]string{"Score": "39.50", "Percent of the maximum": "39.50%", "Rating": "Weak", "Scored": "2 of 5"}, factsOf(c.Numbers))
	assert.Equal(t, map[string]string{"Agency group": "Departments", "Criteria set": "Example index"}, factsOf(c.About), "no round, no file")
	assert.Equal(t, []string{"1. Infrastructure", "2. Policy", "Bonus", "Total"}, column(c.Pillars, "Pillar"))
	assert.Equal(t, []string{"37.50 of 60", "0.00 of 40", "+2.00", "39.50 of 100"}, column(c.Pillars, "Score"))
	assert.Equal(t, []string{"62.50%", "0.00%", "–", "39.50%"}, column(c.Pillars, "Share"))
	assert.Equal(t, "62.5%", c.Pillars.Rows[0].Cells[2].Bar)
	assert.Equal(t, "There is nothing to mend.", c.ProblemsSay)
	assert.Empty(t, c.Problems.Rows)
	assert.Empty(t, c.Notes)
	require.Len(t, c.Losses, 4)
	assert.Equal(t, view.LostPoints{Name: "2.1. Plan", Points: "25.00 of 25 points lost", Reasons: []string{"No answer"}}, c.Losses[0])
	assert.Equal(t, "1.1. Staff with a computer", c.Losses[1].Name)
	assert.Equal(t, []string{"10/40 = 25%"}, c.Losses[1].Reasons)
	assert.Equal(t, "Provide more computers", c.Losses[1].Advice)
}

func TestScorecardWithoutRatings(t *testing.T) {
	a := assessed(t, half())
	set := *a.Set
	set.Ratings = nil
	a.Set = &set
	assert.NotContains(t, factsOf(view.NewScorecard(a, locale.MustFor("vi")).Numbers), "Xếp loại")
}

// What others still decide is told with the count, and is no loss.
func TestScorecardWaitsForOthers(t *testing.T) {
	a := assessed(t, half())
	a.Pending = 1
	a.Result.Root.Pillars[1].Indicators[0].Status = rule.Pending
	c := view.NewScorecard(a, locale.MustFor("en"))
	assert.Equal(t, "applicable indicators; 1 waits for others", c.Numbers[3].Note)
	for _, l := range c.Losses {
		assert.NotEqual(t, "2.1. Plan", l.Name)
	}
}

func TestScorecardLabelsEstimates(t *testing.T) {
	a := assessed(t, half())
	a.Result.Root.Pillars[0].Indicators[0].Estimated = true
	say := func() view.Scorecard { return view.NewScorecard(a, locale.MustFor("vi")) }
	c := say()
	require.Len(t, c.Notes, 1)
	assert.Contains(t, c.Notes[0], "đợt trước (1.1)")
	assert.Equal(t, "(có ước tính)", c.Pillars.Rows[0].Cells[0].Note)
	assert.Empty(t, c.Pillars.Rows[1].Cells[0].Note)
	assert.Contains(t, c.Losses[1].Reasons, "Điểm ước tính.")
	a.BoundsYear = 2024
	a.Result.Root.Pillars[0].Indicators[1].Estimated = true
	assert.Contains(t, say().Notes[0], "2 chỉ số là ước tính theo mức năm 2024 (1.1, 1.2)")
}

func TestScorecardReceipt(t *testing.T) {
	score := decimal.New(3950, -2)
	set := setOf(t)
	computers, _ := set.Indicator("INF-1")
	differ := []view.Difference{{Place: diag.Place{File: "a.xlsx", Sheet: "S", Row: 3, Col: 7}, Indicator: computers, Engine: decimal.New(75, -1)}}
	tests := map[string]struct {
		receipt view.Receipt
		words   string
		tone    string
	}{
		"agrees":  {view.Receipt{Known: true, Total: score, Compared: 5}, "Tệp ghi 39,50 điểm, phần mềm tính 39,50 điểm; khớp 5/5 chỉ số.", "up"},
		"nothing": {view.Receipt{}, "Tệp không có điểm để đối chiếu", ""},
		"total":   {view.Receipt{Known: true, Total: decimal.NewFromInt(40), Compared: 5}, "Tệp ghi 40,00 điểm, phần mềm tính 39,50 điểm; khớp 5/5 chỉ số. Điểm trên phiếu này", "down"},
		"hair":    {view.Receipt{Known: true, Total: decimal.New(39501, -3), Compared: 5}, "Tệp ghi 39,501 điểm, phần mềm tính 39,5 điểm", "down"},
		"text":    {view.Receipt{Text: "#REF!", Compared: 5}, "Ô tổng điểm của tệp ghi “#REF!”, phần mềm tính 39,50 điểm", "down"},
		"blank":   {view.Receipt{Compared: 5}, "Ô tổng điểm của tệp ghi “(trống)”", "down"},
		"cells":   {view.Receipt{Known: true, Total: score, Compared: 5, Differ: differ}, "khớp 4/5 chỉ số.", "down"},
		"others": {
			view.Receipt{Known: true, Total: decimal.NewFromInt(30), Engine: rule.Optional{Value: decimal.NewFromInt(30), Set: true}, Compared: 5},
			"Tệp ghi 30,00 điểm, phần mềm tính 30,00 điểm; khớp 5/5 chỉ số. Điểm trên phiếu tính thêm", "up",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			a := assessed(t, half())
			a.Receipt = tt.receipt
			c := view.NewScorecard(a, locale.MustFor("vi"))
			assert.Contains(t, c.Receipt.Words, tt.words)
			assert.Equal(t, tt.tone, c.Receipt.Tone)
			assert.Len(t, c.Receipt.Differ.Rows, len(tt.receipt.Differ))
		})
	}
	a := assessed(t, half())
	a.Receipt = tests["cells"].receipt
	cells := view.NewScorecard(a, locale.MustFor("vi")).Receipt.Differ.Rows[0].Cells
	assert.Equal(t, []string{"S!G3", "1.1. Tỷ lệ CBCC có máy tính", "(trống)", "7,50"}, []string{cells[0].Text, cells[1].Text, cells[2].Text, cells[3].Text})
}

// Problems stand errors first, each group by place, and name what they are about instead of its id.
func TestScorecardProblems(t *testing.T) {
	a := assessed(t, half())
	at := func(row int) diag.Place { return diag.Place{File: "a.xlsx", Sheet: "S", Row: row, Col: 6} }
	a.Problems.Warn(at(2), "evidence-missing", "Sở A", []string{"INF-1"})
	a.Problems.Inform(at(1), "agency-ranked", "x")
	a.Problems.Add(diag.Problem{Place: at(9), Kind: "answer-number", Args: []any{"figures.staff", "ba"}, Severity: diag.Error, Indicator: criteria.FiguresID, Input: "staff"})
	a.Problems.Add(diag.Problem{Place: at(5), Kind: "answer-number", Args: []any{"INF-1.computers", "38 máy"}, Severity: diag.Error, Indicator: "INF-1", Input: "computers"})
	a.Problems.Add(diag.Problem{Kind: "claims-not-applicable", Args: []any{"INF-2"}, Severity: diag.Warning, Indicator: "INF-2"})
	c := view.NewScorecard(a, locale.MustFor("en"))
	assert.Equal(t, "Errors: 2. To check: 2.", c.ProblemsSay)
	assert.Equal(t, []string{"✗ S!F5 Error", "✗ S!F9 Error", "! – To check", "! S!F2 To check"}, column(c.Problems, "Cell"))
	words := column(c.Problems, "What was read, and the remedy")
	assert.Contains(t, words[0], `1.1. Staff with a computer: read "38 máy"`)
	assert.Contains(t, words[1], `Staff: read "ba"`)
	assert.Contains(t, words[2], `Indicator 1.2. Local`)
	assert.Contains(t, words[3], "indicators: 1.1.", "the number, which a workbook shows, for the id, which it hides")
	for _, row := range c.Problems.Rows {
		assert.Empty(t, row.Cells[1].Note, "the sentence names the indicator itself")
	}
	a.Problems = diag.Problems{{Place: at(5), Kind: "agency-ranked", Args: []any{"x"}, Severity: diag.Error, Indicator: "INF-1"}}
	c = view.NewScorecard(a, locale.MustFor("en"))
	assert.Equal(t, "Errors: 1. To check: 0.", c.ProblemsSay)
	assert.Equal(t, "1.1. Staff with a computer", c.Problems.Rows[0].Cells[1].Note)
}

func TestScorecardSteps(t *testing.T) {
	a := assessed(t, half())
	computers, _ := a.Set.Indicator("INF-1")
	plan, _ := a.Set.Indicator("POL-1")
	a.Goal = "Đạt Khá."
	a.Steps = []view.NextStep{
		{Indicator: plan, Gain: decimal.NewFromInt(25)},
		{Indicator: computers, Gain: decimal.New(225, -1), Peers: []string{"Sở B", "Sở C", "Sở D", "Sở E"}},
	}
	c := view.NewScorecard(a, locale.MustFor("vi"))
	assert.Equal(t, "Đạt Khá.", c.Goal)
	assert.Equal(t, []view.StepLine{
		{Name: "2.1. Kế hoạch", Gain: "+25,00 điểm"},
		{Name: "1.1. Tỷ lệ CBCC có máy tính", Gain: "+22,50 điểm", Advice: "Trang bị thêm máy tính", Peers: "Đã đạt điểm tối đa: Sở B; Sở C; Sở D và 1 cơ quan khác."},
	}, c.Steps)
}
