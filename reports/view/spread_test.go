package view_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/history"
)

// spaced are the computers of n agencies, from none to 40, spread evenly.
func spaced(n int) []int64 {
	computers := make([]int64, n)
	for i := range computers {
		computers[i] = int64(i) * 40 / int64(max(n-1, 1))
	}
	return computers
}

// How a distribution is drawn depends on how many there are.
func TestSpreadForms(t *testing.T) {
	tests := map[string]struct {
		agencies int
		want     []string // figures of the distribution with their forms
		kinds    []view.ChartKind
	}{
		"one":         {1, nil, nil},
		"two":         {2, []string{"spread"}, []view.ChartKind{view.DotStrip}},
		"three":       {3, []string{"spread", "pillar-ranges"}, []view.ChartKind{view.DotStrip, view.DotRows}},
		"twenty-nine": {29, []string{"spread", "pillar-ranges"}, []view.ChartKind{view.DotStrip, view.DotRows}},
		"thirty":      {30, []string{"spread"}, []view.ChartKind{view.Boxes}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			e := editionOf("en", roundOf(setOf(t), spaced(tt.agencies)...), history.Comparison{})
			var ids []string
			var kinds []view.ChartKind
			for _, f := range e.Group(e.Ranking().Groups[0]).Figures {
				if slices.Contains([]string{"spread", "pillar-ranges"}, f.ID) {
					ids, kinds = append(ids, f.ID), append(kinds, f.Chart.Kind)
				}
			}
			assert.Equal(t, tt.want, ids)
			assert.Equal(t, tt.kinds, kinds)
		})
	}
}

// What is drawn as counts is not called dots.
func TestStripSaysDotsOrCounts(t *testing.T) {
	for agencies, says := range map[int]string{view.MostDots: "one dot per agency", view.MostDots + 1: "a column counts the agencies in one interval"} {
		e := editionOf("en", filledRound(flatSet(t, "", ""), make([]int64, agencies)...), history.Comparison{})
		assert.Contains(t, groupFigure(t, e, "spread").Subtitle, says)
		assert.Contains(t, e.Home().Drawings()[0].Subtitle, says)
	}
}

// Quartiles are those of QUARTILE.INC: of the totals 70, 70.75, … 100 of 41 agencies, each tenth.
func TestBoxes(t *testing.T) {
	e := editionOf("en", roundOf(setOf(t), spaced(41)...), history.Comparison{})
	f := figureOf(t, e.Group(e.Ranking().Groups[0]).Figures, "spread")
	require.Len(t, f.Chart.Series, 5)
	assert.Equal(t, "Total | 70.00% | 77.50% | 85.00% | 92.50% | 100.00%", row(f.Table, 0))
	assert.Equal(t, "1. Infrastructure | 50.00% | 62.50% | 75.00% | 87.50% | 100.00%", row(f.Table, 1))
	assert.Equal(t, "21 of 41 agencies have totals from 77.50% to 92.50%, the middle range", f.Headline)
	assert.Contains(t, f.Note, "QUARTILE.INC")
	assert.Empty(t, f.See.Href, "its own table is short")

	alike := make([]int64, 30)
	e = editionOf("en", roundOf(setOf(t), alike...), history.Comparison{})
	f = figureOf(t, e.Group(e.Ranking().Groups[0]).Figures, "spread")
	assert.Equal(t, "Departments: every agency reached 70.00%", f.Headline)
}

// The table of a strip is the ranking itself; its CSV stays.
func TestStripSeesTheRanking(t *testing.T) {
	e := editionOf("vi", roundOf(setOf(t), 40, 20, 10), history.Comparison{})
	figures := e.Group(e.Ranking().Groups[0]).Figures
	strip := figureOf(t, figures, "spread")
	assert.Equal(t, "#ranking", strip.See.Href)
	assert.Len(t, strip.Table.Rows, 3)
	ranges := figureOf(t, figures, "pillar-ranges")
	assert.Equal(t, "Chênh lệch lớn nhất ở nhóm 1. Hạ tầng: từ 62,50% đến 100,00%", ranges.Headline)
	require.Len(t, ranges.Chart.Each, 2)
	assert.Equal(t, []float64{62.5, 75, 100}, ranges.Chart.Each[0], "every agency, from the lowest")

	e = editionOf("vi", roundOf(setOf(t), 40, 40, 40), history.Comparison{})
	assert.Equal(t, "Các cơ quan đạt như nhau ở mọi nhóm chỉ số", figureOf(t, e.Group(e.Ranking().Groups[0]).Figures, "pillar-ranges").Headline)
}

// Pillars are numbered as the set numbers them; where that is their place, a narrow screen counts them itself.
func TestPillarColumns(t *testing.T) {
	columns := func(e *view.Edition) []view.Column { return e.Group(e.Ranking().Groups[0]).Ranking.Columns[5:] }
	for _, c := range columns(editionOf("en", roundOf(setOf(t), 40), history.Comparison{})) {
		assert.True(t, c.Mute, c.Name)
	}
}
