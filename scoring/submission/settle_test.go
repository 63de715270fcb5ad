package submission_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

func TestSettled(t *testing.T) {
	key := submission.Key{Indicator: "I", Input: "a"}
	answerError := diag.Problem{Kind: "answer-count", Severity: diag.Error, Agency: "x", Indicator: "I", Input: "a"}
	fileError := diag.Problem{Kind: "xlsx-damaged", Severity: diag.Error, Agency: "x"}
	roundError := diag.Problem{Kind: "unknown-agency", Severity: diag.Error}
	points := rule.Optional{Value: decimal.NewFromInt(3), Set: true}
	for name, test := range map[string]struct {
		problem   diag.Problem
		decisions []submission.Decision
		missing   bool
		silent    bool // the agency sent nothing that could be read
		excused   bool
		settled   bool
		severity  diag.Severity
		dropped   bool // the answer counts as missing
	}{
		"nothing settles it":          {problem: answerError, severity: diag.Error},
		"accept does not":             {problem: answerError, decisions: []submission.Decision{{Agency: "x", Indicator: "I", Input: "a", Verdict: submission.Accept}}, severity: diag.Error},
		"a value does":                {problem: answerError, decisions: []submission.Decision{{Agency: "x", Indicator: "I", Input: "a", Verdict: submission.Set, Value: rule.NumberOf(decimal.NewFromInt(3))}}, settled: true, severity: diag.Error},
		"a value of another input":    {problem: answerError, decisions: []submission.Decision{{Agency: "x", Indicator: "I", Input: "b", Verdict: submission.Set, Value: rule.NumberOf(decimal.NewFromInt(3))}}, severity: diag.Error},
		"points of another input do":  {problem: answerError, decisions: []submission.Decision{{Agency: "x", Indicator: "I", Input: "b", Verdict: submission.Set, Points: points}}, settled: true, severity: diag.Error},
		"rejecting the indicator":     {problem: answerError, decisions: []submission.Decision{{Agency: "x", Indicator: "I", Verdict: submission.Reject}}, settled: true, severity: diag.Error},
		"of another agency":           {problem: answerError, decisions: []submission.Decision{{Agency: "y", Indicator: "I", Verdict: submission.Reject}}, severity: diag.Error},
		"unsettled: missing":          {problem: answerError, missing: true, settled: true, severity: diag.Error, dropped: true},
		"a file, agency unread":       {problem: fileError, missing: true, silent: true, settled: true, severity: diag.Error},
		"a file, another one is read": {problem: fileError, missing: true, severity: diag.Error},
		"a file without the rule":     {problem: fileError, silent: true, severity: diag.Error},
		"the round's own":             {problem: roundError, missing: true, severity: diag.Error},
		"unranked for a reason":       {problem: answerError, excused: true, severity: diag.Warning},
		"unranked, the round's own":   {problem: roundError, excused: true, severity: diag.Error},
	} {
		t.Run(name, func(t *testing.T) {
			round := &submission.Round{
				Agencies: []submission.Agency{{Code: "x", Unranked: test.excused, Reason: map[bool]string{true: "dissolved"}[test.excused]}},
				Submissions: map[string]submission.Submission{"x": {
					Agency: "x", Sent: !test.silent, Answers: submission.AnswersOf(nil, map[submission.Key]submission.Answer{key: {Value: rule.InvalidValue()}}),
				}},
				Decisions: test.decisions, UnsettledMissing: test.missing, Problems: diag.Problems{test.problem},
			}
			got := round.Settled()
			assert.Equal(t, test.settled, got.Problems[0].Settled)
			assert.Equal(t, test.severity, got.Problems[0].Severity)
			assert.Equal(t, test.dropped, got.Submissions["x"].Answers.At(key).Value.IsMissing())
			assert.True(t, round.Submissions["x"].Answers.At(key).Value.IsInvalid(), "the round stays as it was")
			assert.False(t, round.Problems[0].Settled)
		})
	}
}
