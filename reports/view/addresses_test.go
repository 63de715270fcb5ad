package view_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

const alikeEdition = `schema: dti.criteria/v1
id: alike
version: "1"
title: {en: Index}
languages: [en]
groups: {main: {en: A}, a: {en: B}, a-t: {en: C}, a-o: {en: D}, g-a: {en: E}, b-main: {en: F}, index: {en: G}}
indicators:
  - {id: a, name: {en: One}, points: 50, score: {kind: linear, worst: 0, best: 100}}
  - {id: a-b, name: {en: Two}, points: 30, score: {kind: linear, worst: 0, best: 100}}
  - {id: index, name: {en: Three}, points: 20, score: {kind: linear, worst: 0, best: 100}}
`

// Ids from data that are like the page's own, or like one another with an ending, give no two parts of a page one id, and
// no two files of the site one name.
func TestAddressesDiffer(t *testing.T) {
	set, err := criteria.Load("alike.yaml", []byte(alikeEdition))
	require.NoError(t, err)
	r := &submission.Round{ID: "r", Year: 2025, Set: set, Submissions: map[string]submission.Submission{}, Release: submission.Release{Status: submission.Final}}
	for i, g := range set.Groups {
		for n, code := range []string{fmt.Sprintf("x%d", i), fmt.Sprintf("x%d-pillar", i)} {
			r.Agencies = append(r.Agencies, submission.Agency{Code: code, Name: criteria.Text{"en": code}, Group: g.ID, Parent: "index"})
			answers := map[submission.Key]submission.Answer{}
			for _, ind := range []string{"a", "a-b", "index"} {
				answers[submission.Key{Indicator: ind, Input: "value"}] = submission.Answer{Value: rule.NumberOf(decimal.NewFromInt(int64(10 * n)))}
			}
			r.Submissions[code] = submission.Submission{Agency: code, Sent: true, Answers: submission.AnswersOf(set, answers)}
		}
	}
	e := view.NewEdition(scoring.Rank(r), history.Comparison{}, locale.MustFor("en"), "dti 1.0.0")
	files := map[string]bool{}
	taken := func(name string) {
		assert.False(t, files[name], "file %s", name)
		files[name] = true
	}
	for path, document := range e.Documents() {
		taken(path)
		page, ids, tables := document(), map[string]bool{"main": true}, map[string]bool{} // figures of a page may share a table
		if x, ok := page.(*view.IndicatorPage); ok {
			for _, g := range x.Groups {
				ids["g-"+g.ID] = true
			}
		}
		for _, f := range page.Drawings() {
			for _, id := range []string{f.ID, f.ID + "-t", f.ID + "-o"} {
				assert.False(t, ids[id], "id %s on %s", id, path)
				ids[id] = true
			}
			if f.CSV != "" && !tables[f.CSV] {
				tables[f.CSV] = true
				taken(e.Folder() + page.Kind() + "/" + f.CSV)
			}
		}
	}
}
