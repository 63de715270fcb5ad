package view_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/history"
)

// flatSet has indicators at the root, each worth 10 points from 0 to 10; pillars, if any, follow them.
func flatSet(t *testing.T, pillars string, indicators ...string) *criteria.Set {
	t.Helper()
	var b strings.Builder
	b.WriteString("schema: dti.criteria/v1\nid: flat\nversion: \"1\"\ntitle: {en: Flat}\nlanguages: [en]\nscale: points\nrounding: {indicator: 2, total: 2}\ncaps: {bonus: 5}\n" +
		"groups: {department: {en: Departments}, ward: {en: Wards}}\nindicators:\n")
	for i, more := range indicators {
		fmt.Fprintf(&b, "  - {id: R%d, name: {en: Root %d}, points: 10, score: {kind: linear, worst: 0, best: 10}%s}\n", i, i, more)
	}
	set, err := criteria.Load("flat.yaml", []byte(b.String()+pillars))
	require.NoError(t, err)
	return set
}

// groupPageOf is the page of the first group.
func groupPageOf(e *view.Edition) *view.GroupPage { return e.Group(e.Ranking().Groups[0]) }

// What a total is made of stands beside it: pillars, and indicators that are in none.
func TestRankingShowsIndicatorsAtTheRoot(t *testing.T) {
	pillar := "pillars:\n  - {id: p, no: A, name: {en: Pillar}, indicators: [{id: I, name: {en: Inside}, points: 10, score: {kind: linear, worst: 0, best: 10}}]}\n"
	for name, c := range map[string]struct {
		set     *criteria.Set
		columns []string
	}{
		"indicators alone":              {flatSet(t, "", "", "", ""), []string{"1.\u00a0Root 0 (10)", "2.\u00a0Root 1 (10)", "3.\u00a0Root 2 (10)"}},
		"own numbers":                   {flatSet(t, "", ", no: 1a", ", no: 1b"), []string{"1a.\u00a0Root 0 (10)", "1b.\u00a0Root 1 (10)"}},
		"beside a pillar":               {flatSet(t, pillar, ""), []string{"A.\u00a0Pillar (10)", "2.\u00a0Root 0 (10)"}},
		"one is the total again":        {flatSet(t, "", ""), nil},
		"not public":                    {flatSet(t, "", "", "", ", public: none"), []string{"1.\u00a0Root 0 (10)", "2.\u00a0Root 1 (10)"}},
		"points are public":             {flatSet(t, "", ", public: points", ""), []string{"1.\u00a0Root 0 (10)", "2.\u00a0Root 1 (10)"}},
		"a bonus, and of another group": {flatSet(t, "", "", "", ", effect: bonus", ", for: [ward]"), []string{"1.\u00a0Root 0 (10)", "2.\u00a0Root 1 (10)"}},
		"too many":                      {flatSet(t, "", make([]string, 13)...), nil},
	} {
		t.Run(name, func(t *testing.T) {
			page := groupPageOf(editionOf("en", filledRound(c.set, 5, 7), history.Comparison{}))
			var heads []string
			for _, column := range page.Ranking.Columns[4:] {
				heads = append(heads, column.Name)
			}
			assert.Equal(t, c.columns, heads)
			assert.Equal(t, c.columns, page.Parts)
			assert.Equal(t, len(c.columns) > 0, len(page.Legend) > 0)
			for _, row := range page.Ranking.Rows {
				assert.Len(t, row.Cells, len(page.Ranking.Columns))
			}
		})
	}
}

func TestRankingSaysTheStateOfAnIndicator(t *testing.T) {
	set := flatSet(t, "", "", ", not_applicable: {allowed: true}", ", inputs: {value: {name: {en: Result}, type: number, by: council}}")
	round := filledRound(set, 9, 5)
	answered(round, "a-00001", "R1", rule.Value{})
	for _, code := range []string{"a-00000", "a-00001"} {
		answered(round, code, "R2", rule.Value{})
	}
	ranking := groupPageOf(editionOf("en", round, history.Comparison{})).Ranking
	assert.Equal(t, []string{"9.00", "5.00"}, column(ranking, "1.\u00a0Root 0 (10)"))
	assert.Equal(t, 5, ranking.Rows[0].Cells[4].Level)
	assert.Equal(t, 2, ranking.Rows[1].Cells[4].Level)
	assert.Equal(t, []string{"9.00", "0.00 No answer"}, column(ranking, "2.\u00a0Root 1 (10)"))
	assert.Equal(t, []string{"Not known yet", "Not known yet"}, column(ranking, "3.\u00a0Root 2 (10)"))
}
