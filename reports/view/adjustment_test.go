package view_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

func points(n int64) rule.Optional { return rule.Optional{Value: decimal.NewFromInt(n), Set: true} }

// An agency's page says what was decided beside its answers, by the decision's number and never by its reason.
func TestAdjustmentsOnTheAgencyPage(t *testing.T) {
	round := roundOf(setOf(t), 40, 20)
	round.Cycle.Adjustments = []submission.Adjustment{
		{Agency: "so-a", Points: points(-2), Reason: "do ông X báo cáo sai", Decision: "12/QĐ-UBND"},
		{Agency: "so-a", Points: points(-1), Late: 9, RatingCap: "fair"},
	}
	for lang, want := range map[string]struct{ lines, rating string }{
		"vi": {"Điều chỉnh theo quyết định 12/QĐ-UBND, Gửi chậm 9 ngày", "Theo điểm thì đạt mức “Tốt”; xếp loại bị giới hạn vì: Gửi chậm 9 ngày"},
		"en": {"Adjustment by decision 12/QĐ-UBND, Late: 9 days", "The total is worth “Good”; what holds the rating down: Late: 9 days"},
	} {
		p, ok := editionOf(lang, round, history.Comparison{}).Agency("so-a")
		require.True(t, ok)
		rows := p.Ledger.Rows
		n := len(rows)
		assert.Equal(t, want.lines, rows[n-3].Cells[0].Text+", "+rows[n-2].Cells[0].Text)
		assert.Contains(t, []string{"97,00", "97.00"}, rows[n-1].Cells[1].Text)
		said := ""
		for _, f := range p.Facts {
			if f.Note == want.rating {
				said = f.Words
			}
		}
		assert.Contains(t, []string{"Khá", "Fair"}, said, "beside the rating: %v", p.Facts)
		for _, row := range rows {
			assert.NotContains(t, row.Cells[0].Text, "ông X")
		}
		other, _ := editionOf(lang, round, history.Comparison{}).Agency("so-b")
		for _, f := range other.Facts {
			assert.NotEqual(t, want.rating, f.Note)
		}
	}
}

// The method says where silence accepts.
func TestSilenceInTheMethod(t *testing.T) {
	round := roundOf(setOf(t), 40)
	round.Reviewed = true
	said := func() string {
		for _, f := range editionOf("en", round, history.Comparison{}).Method().Policies {
			if f.Term == "Review" {
				return f.Words
			}
		}
		return ""
	}
	assert.NotContains(t, said(), "counts as accepted")
	round.Cycle.Calendar.Milestones = []submission.Milestone{{Step: submission.Reviewing, Until: "2026-02-28", SilenceAccepts: true}}
	assert.Contains(t, said(), "What nobody decided on by 28 February 2026 counts as accepted.")
}

// The method says what may change totals beside the answers, where anything may.
func TestAdjustmentsInTheMethod(t *testing.T) {
	policy := func(round *submission.Round) string {
		for _, f := range editionOf("en", round, history.Comparison{}).Method().Policies {
			if f.Term == "Adjustments and lateness" {
				return f.Words
			}
		}
		return ""
	}
	round := roundOf(setOf(t), 40)
	assert.Empty(t, policy(round))
	const words = "What is decided beside the answers enters the total after bonus and penalty, as a line of the agency's ledger; the total stays between 0 and the scale with the most of its bonus."
	round.Cycle.Adjustments = []submission.Adjustment{{Agency: "so-a", Points: points(-2)}}
	assert.Equal(t, words, policy(round))
	round.Cycle.Adjustments[0].RatingCap = "fair"
	const ranks = " A cap on the rating lowers no points and changes no rank."
	assert.Equal(t, words+ranks, policy(round))
	round.Cycle = submission.Cycle{Calendar: submission.Calendar{Late: []submission.LatePenalty{
		{Days: 1, Points: points(-1)}, {Days: 8, RatingCap: "good"}, {Days: 15, Points: points(-3), RatingCap: "fair"},
	}}}
	assert.Equal(t, words+" A self-assessment that comes late loses points or is rated lower: from 1 day: −1 point; from 8 days: rated “Good” at best; from 15 days: −3 points and rated “Fair” at best."+ranks, policy(round))
}
