package view_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// tabled is the file of an indicator's page: its name and its lines, the head first.
func tabled(t *testing.T, e *view.Edition, indicator string) (name string, lines []string) {
	t.Helper()
	p, ok := e.Indicator(indicator)
	require.True(t, ok)
	name, table := p.Tabled()
	var head []string
	for _, c := range table.Columns {
		head = append(head, c.Name)
	}
	lines = append(lines, strings.Join(head, ","))
	for _, row := range table.Rows {
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, c.Text)
		}
		lines = append(lines, strings.Join(cells, ","))
	}
	return name, lines
}

// The file of an indicator has a row for every agency in the order of the ranking: what it earned of what, as exact
// numbers, and why there is none.
func TestIndicatorTableOfAgencies(t *testing.T) {
	set := setOf(t, "- id: INF-1", "- id: INF-1\n        when: computed")
	round := unranked(roundOf(set, 20, 40, -1, 10, 40), "so-d")
	for i := range round.Agencies {
		if round.Agencies[i].Code != "so-e" {
			round.Agencies[i].Tags = []string{"computed"}
		}
	}
	name, lines := tabled(t, editionOf("vi", round, history.Comparison{}), "INF-1")
	assert.Equal(t, "inf-1.csv", name)
	assert.Equal(t, []string{
		"group,code,name,points,of,percent,status",
		"department,so-b,Sở B,30,30,100.00,scored",
		"department,so-e,Sở E,,,,not_applicable",
		"department,so-a,Sở A,15,30,50.00,scored",
		"department,so-c,Sở C,0,30,0.00,missing",
		"department,so-d,Sở D,7.5,30,25.00,scored",
	}, lines)
}

// Agencies that are too many to list are counted by the level they reached, all of them.
func TestIndicatorTableOfLevels(t *testing.T) {
	points := make([]int64, 1001)
	for i := range points {
		points[i] = int64(i % 2 * 10)
	}
	round := filledRound(setOfPillars(t, 1), points...)
	round.Release.Status = submission.Draft
	name, lines := tabled(t, editionOf("en", round, history.Comparison{}), "I0")
	assert.Equal(t, "i0-draft.csv", name, "a draft says so in the names of its files")
	assert.Equal(t, []string{
		"group,level,agencies", "department,Full marks,500", "department,50% to below 100%,0", "department,Above 0% to below 50%,0", "department,0 points,501",
	}, lines)
}
