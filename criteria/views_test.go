package criteria_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
)

func TestViews(t *testing.T) {
	set := load(t, specified(t, "ok-views"))
	require.Len(t, set.Views, 4)
	government, ok := set.View("government")
	require.True(t, ok)
	assert.Equal(t, "A", government.No)
	assert.Equal(t, criteria.Mean, government.Combine, "the default")
	require.Len(t, government.Parts, 2)
	assert.Equal(t, "services", government.Parts[0].Pillar.ID)
	assert.True(t, government.Parts[0].Weight.Equal(dec("2")))
	assert.Equal(t, "T", government.Parts[1].Indicator.ID)
	assert.True(t, government.Parts[1].Weight.Equal(dec("1")), "the default")
	assert.Equal(t, "Officers", government.Parts[1].Name()["en"])
	society, _ := set.View("society")
	assert.Equal(t, criteria.Geometric, society.Combine)
	departments, _ := set.View("departments")
	assert.True(t, departments.Concerns("dept") && !departments.Concerns("ward"))
	assert.True(t, government.Concerns("ward"), "a part of it does")
	_, ok = set.View("services")
	assert.False(t, ok)
}

func TestViewInWords(t *testing.T) {
	set := load(t, specified(t, "ok-views"))
	for id, want := range map[string][2]string{
		"government":  {"weighted mean of the shares of Services (weight 2); Officers (weight 1)", "trung bình cộng có trọng số của tỷ lệ đạt: Services (trọng số 2); Officers (trọng số 1)"},
		"society":     {"weighted geometric mean of the shares of Portal (weight 0.5); Training (weight 0.25)", "trung bình nhân có trọng số của tỷ lệ đạt: Portal (trọng số 0,5); Training (trọng số 0,25)"},
		"departments": {"weighted harmonic mean of the shares of Officers (weight 1)", "trung bình điều hòa có trọng số của tỷ lệ đạt: Officers (trọng số 1)"},
		"weakest":     {"the lowest of the shares of Services; People", "tỷ lệ đạt thấp nhất trong số: Services; People"},
	} {
		v, ok := set.View(id)
		require.True(t, ok, id)
		assert.Equal(t, want[0], locale.MustFor("en").Note(v.Words()))
		assert.Equal(t, want[1], locale.MustFor("vi").Note(v.Words()))
	}
}

// diffOfViews compares editions by their views and notes the kinds of changes that were said.
func diffOfViews(t *testing.T, said map[string]bool) {
	t.Helper()
	with := func(views string) string {
		return strings.Replace(edition, "pillars:\n", "views:\n"+views+"pillars:\n", 1)
	}
	view := `  - {id: V, no: "A", name: {vi: Số hóa, en: Digital}, of: [{id: A, weight: 2}, {id: Q}]}` + "\n"
	renumbered := strings.NewReplacer("- id: A\n", "- id: A1\n        from: {id: A}\n", "{id: A, weight", "{id: A1, weight").Replace(with(view))
	for name, test := range map[string]struct {
		before, after string
		want          []string
	}{
		"same":       {with(view), with(view), []string{}},
		"added":      {edition, with(view), []string{"new view: Digital (weighted mean of the shares of Computers (weight 2); People (weight 1))"}},
		"removed":    {with(view), edition, []string{"view removed: Digital"}},
		"another id": {with(view), with(strings.Replace(view, "id: V,", "id: W,", 1)), []string{"view Digital, id: V → W"}},
		"renumbered": {with(view), renumbered, []string{"P/A1 id: A → A1"}},
		"changed": {
			with(view),
			with(`  - {id: V, no: "B", name: {vi: Số, en: Digits}, combine: min, of: [{id: C}, {id: A, weight: 3}]}` + "\n"),
			[]string{
				"view renamed: Digital → Digits", "view Digits, number: A → B", "view Digits, combination: weighted mean → the lowest value",
				"view Digits: Training added, weight 1", "view Digits, weight of Computers: 2 → 3", "view Digits: People removed",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, test.want, told(t, test.before, test.after))
			for _, c := range criteria.Diff(load(t, []byte(test.before)), load(t, []byte(test.after))) {
				kindsIn(c.Note(), said)
			}
		})
	}
}
