package criteria_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
)

// replaced is the edition with texts replaced, old and new in turn.
func replaced(t *testing.T, text string, changes ...string) string {
	t.Helper()
	for i := 0; i < len(changes); i += 2 {
		require.Contains(t, text, changes[i])
		text = strings.Replace(text, changes[i], changes[i+1], 1)
	}
	return text
}

// unjudged leaves out how new indicators are scored.
func unjudged(changes []string) []string {
	for i, c := range changes {
		changes[i], _, _ = strings.Cut(c, ", scored by: ")
	}
	return changes
}

// Pillars, ratings and views under other ids are the same where they hold the same.
func TestDiffOfRenamedIDs(t *testing.T) {
	viewed := replaced(t, edition, "pillars:\n", "views: [{id: V, name: {vi: Nhìn, en: View}, of: [{id: P}, {id: C}]}]\npillars:\n")
	for name, test := range map[string]struct {
		changes []string
		want    []string
	}{
		"a pillar":                 {[]string{"- id: P\n", "- id: P1\n", "tie_break: [P]", "tie_break: [P1]", "{id: P}", "{id: P1}"}, []string{"P1/P1 id: P → P1"}},
		"a pillar and its content": {[]string{"- id: Q\n", "- id: Q1\n", "{id: D,", "{id: D1, from: {id: D},"}, []string{"Q1/Q1 id: Q → Q1", "Q1/D1 id: D → D1"}},
		"an id taken over":         {[]string{"- id: P\n", "- id: R\n", "- id: Q\n", "- id: P\n", "tie_break: [P]", "tie_break: [R]", "{id: P}", "{id: R}"}, []string{"R/R id: P → R", "P/P id: Q → P"}},
		"a rating by its name":     {[]string{"{id: good,", "{id: well,", "from: 80", "from: 85"}, []string{"rating Good, id: good → well", "rating Good: from 80% → from 85%"}},
		"a rating by its bound":    {[]string{"{id: good, name: {vi: Tốt, en: Good}", "{id: a, name: {vi: A, en: A}"}, []string{"rating A, id: good → a", "rating renamed: Good → A"}},
		"a rating by neither":      {[]string{"{id: good, name: {vi: Tốt, en: Good}, from: 80", "{id: a, name: {vi: A, en: A}, from: 85"}, []string{"new rating: A, from 85%", "rating removed: Good, from 80%"}},
		"a view":                   {[]string{"{id: V,", "{id: W,"}, []string{"view View, id: V → W"}},
		"another view":             {[]string{"{id: V,", "{id: W,", "[{id: P}, {id: C}]", "[{id: P}, {id: D}]"}, []string{"new view: View (weighted mean of the shares of Infrastructure (weight 1); Officers (weight 1))", "view removed: View"}},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, test.want, unjudged(told(t, viewed, replaced(t, viewed, test.changes...))))
		})
	}
}

// Of an indicator that is split, the part that keeps id and name keeps its answers too; one of another name is new.
func TestSplitThatKeepsTheID(t *testing.T) {
	half := "      - {id: C2, from: {id: C}, no: \"2.3\", name: {vi: Tự học, en: Self-study}, score: {kind: yes_no}}\n"
	before := load(t, []byte(edition))
	kept := criteria.Lineage{ID: "C", Comparable: true}

	split := replaced(t, edition, training, half+training)
	lineage := load(t, []byte(split)).AncestorsIn(before)
	assert.Equal(t, kept, lineage["C"])
	assert.Equal(t, kept, lineage["C2"])
	assert.Equal(t, []string{"Q/C2 new indicator"}, unjudged(told(t, edition, split)))

	other := replaced(t, split, "{vi: Đào tạo, en: Training}", "{vi: Thi, en: Exams}")
	lineage = load(t, []byte(other)).AncestorsIn(before)
	assert.NotContains(t, lineage, "C")
	assert.Equal(t, kept, lineage["C2"])
}

func TestPillarsIn(t *testing.T) {
	before := load(t, []byte(edition))
	after := load(t, []byte(replaced(t, edition, "- id: P\n", "- id: R\n", "- id: Q\n", "- id: P\n", "tie_break: [P]", "tie_break: [R]")))
	assert.Equal(t, map[string]string{"": "", "R": "P", "P": "Q"}, after.PillarsIn(before))
	assert.Equal(t, map[string]string{"": "", "P": "P", "Q": "Q"}, before.PillarsIn(before))
	assert.Equal(t, map[string]string{"good": "good", "weak": "weak"}, after.RatingsIn(before))
}
