package submission_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

func TestGrounds(t *testing.T) {
	for name, test := range map[string]struct {
		adjustment    submission.Adjustment
		whole, public rule.Note
	}{
		"a decision":      {submission.Adjustment{Reason: "Mr X", Decision: "7"}, rule.Say("ledger-adjustment", "Mr X", "7"), rule.Say("ledger-adjusted-by", "7")},
		"without number":  {submission.Adjustment{Reason: "Mr X"}, rule.Say("ledger-adjustment-reason", "Mr X"), rule.Say("ledger-adjusted")},
		"without reason":  {submission.Adjustment{Decision: "7"}, rule.Say("ledger-adjusted-by", "7"), rule.Say("ledger-adjusted-by", "7")},
		"without either":  {submission.Adjustment{}, rule.Say("ledger-adjusted"), rule.Say("ledger-adjusted")},
		"lateness":        {submission.Adjustment{Late: 9}, rule.Say("ledger-late", 9), rule.Say("ledger-late", 9)},
		"lateness, noted": {submission.Adjustment{Late: 9, Reason: "Mr X"}, rule.Say("ledger-late", 9), rule.Say("ledger-late", 9)},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, test.whole, test.adjustment.Grounds())
			assert.Equal(t, test.public, test.adjustment.PublicGrounds())
		})
	}
}

func TestAdjustmentsOf(t *testing.T) {
	c := submission.Cycle{Adjustments: []submission.Adjustment{{Agency: "x", Late: 1}, {Agency: "y"}, {Agency: "x", Late: 2}}}
	assert.Equal(t, []submission.Adjustment{{Agency: "x", Late: 1}, {Agency: "x", Late: 2}}, c.AdjustmentsOf("x"))
	assert.Empty(t, c.AdjustmentsOf("z"))
}
