package view_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/opendti/dti/scoring/history"
)

// Above 300 agencies the print edition leaves their scorecards out and says so; up to there it has them all.
func TestPrintLeavesScorecardsOut(t *testing.T) {
	set := setOfPillars(t, 1)
	for name, tt := range map[string]struct {
		agencies, chapters int
		leftOut            string
	}{
		"as many as are bound": {300, 302, ""},
		"one more":             {301, 2, "The scorecards of the 301 agencies are left out, because they would make this file too long to be read; each stands on a page of its own."},
	} {
		t.Run(name, func(t *testing.T) {
			p := editionOf("en", filledRound(set, slices.Repeat([]int64{5}, tt.agencies)...), history.Comparison{}).Print()
			assert.Len(t, p.Bound(), tt.chapters, "the group, its agencies and the method")
			assert.Equal(t, tt.leftOut, p.LeftOut)
			cards := 0
			for _, c := range p.Bound() {
				if c.Under {
					cards++
				}
			}
			assert.Equal(t, tt.chapters-2, cards)
		})
	}
}
