package scoring_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// viewed is twoPillars (A 3 and B 3 points in one, C 4 points in two, a scale of 10) with a view.
func viewed(t testing.TB, view string) *criteria.Set {
	t.Helper()
	return load(t, twoPillars+"views: [{id: V, name: {en: V}, "+view+"}]\n")
}

func TestViews(t *testing.T) {
	const three = "of: [{id: A, weight: 2}, {id: B}, {id: two}]"
	all := map[string]string{"A.n": "1", "A.m": "2", "B": "yes", "C": "2"} // shares 1/2, 1, 1/4
	for name, test := range map[string]struct {
		view    string
		answers map[string]string
		want    string // score/of; "" where nothing applies
	}{
		"mean":                  {three, all, "5.63/10"}, // (2×0.5 + 1 + 0.25) ÷ 4 = 0.5625
		"geometric":             {"combine: geometric, " + three, all, "5/10"},
		"harmonic":              {"combine: harmonic, " + three, all, "4.44/10"}, // 4 ÷ (4 + 1 + 4)
		"min":                   {"combine: min, " + three, all, "2.5/10"},
		"a pillar":              {"of: [{id: one}]", all, "7.5/10"}, // 4.5 of 6 points
		"missing is 0":          {three, map[string]string{"B": "yes", "C": "2"}, "3.13/10"},
		"nothing is 0":          {"combine: geometric, " + three, map[string]string{"B": "yes", "C": "2"}, "0/10"},
		"invalid is 0":          {three, map[string]string{"A.n": "invalid", "A.m": "2", "B": "yes", "C": "2"}, "3.13/10"},
		"does not apply":        {three, map[string]string{"A.n": "n/a", "A.m": "n/a", "B": "yes", "C": "2"}, "6.25/10"}, // A leaves: (1 + 0.25) ÷ 2
		"does not apply: full":  {three, map[string]string{"A.n": "1", "A.m": "2", "B": "n/a", "C": "2"}, "5.63/10"},
		"does not apply: zero":  {three, map[string]string{"A.n": "1", "A.m": "2", "B": "yes", "C": "n/a"}, "5/10"},
		"none of it applies":    {"of: [{id: A}]", map[string]string{"A.n": "n/a", "A.m": "n/a", "B": "yes", "C": "2"}, ""},
		"a pillar of the other": {"of: [{id: two, weight: 3}, {id: one}]", all, "3.75/10"},
	} {
		t.Run(name, func(t *testing.T) {
			set := viewed(t, test.view)
			res := score(t, set, test.answers)
			require.Len(t, res.Views, 1)
			require.Len(t, res.ViewResults, 1)
			v := res.Views[0]
			assert.Same(t, &set.Views[0], v.View)
			assert.Equal(t, test.want != "", v.Applies)
			if test.want == "" {
				assert.True(t, v.Score.IsZero() && v.Of.IsZero())
				return
			}
			assert.Equal(t, test.want, v.Score.String()+"/"+v.Of.String())
			assert.Len(t, res.ViewResults[0].Parts, len(set.Views[0].Parts))
			assert.Equal(t, v, res.ViewResults[0].ViewScore)
		})
	}
}

// Where the set does not round, a score keeps 12 significant digits, as a total does.
func TestViewsThatAreNotRounded(t *testing.T) {
	set := load(t, "combine: mean\nindicators: [{id: A, name: {en: A}, score: {kind: linear, worst: 0, best: 3}}]\nviews: [{id: V, name: {en: V}, of: [{id: A}]}]\n")
	v := score(t, set, map[string]string{"A": "1"})
	assert.Equal(t, "33.3333333333", v.Views[0].Score.String())
	assert.Equal(t, v.Score.String(), v.Views[0].Score.String())
	assert.Equal(t, "0.333333333333333333", v.ViewResults[0].Share.String())
}

func TestViewPartsAreTold(t *testing.T) {
	set := viewed(t, "of: [{id: two}, {id: A, weight: 2}]")
	res := score(t, set, map[string]string{"A.n": "n/a", "A.m": "n/a", "C": "2"}).ViewResults[0]
	assert.Equal(t, "two", res.Parts[0].Part.ID, "in the order of the view")
	assert.True(t, res.Parts[0].Applies && res.Parts[0].Share.Equal(dec(t, "0.25")))
	assert.False(t, res.Parts[1].Applies)
	assert.True(t, res.Share.Equal(dec(t, "0.25")))
}

func TestViewsSkipWhatIsMissing(t *testing.T) {
	set := viewed(t, "of: [{id: A, weight: 2}, {id: B}]")
	skipping := load(t, strings.Replace(twoPillars, "pillars:", "missing: {answer: skip}\npillars:", 1)+"views: [{id: V, name: {en: V}, of: [{id: A, weight: 2}, {id: B}]}]\n")
	in := map[string]string{"B": "yes", "C": "2"}
	assert.Equal(t, "3.33", score(t, set, in).Views[0].Score.String())
	assert.Equal(t, "10", score(t, skipping, in).Views[0].Score.String())
}

// A view that concerns no agency of a group is not among its scores; a part that does not leaves.
func TestViewsOfGroups(t *testing.T) {
	set := load(t, `groups: {a: {en: A}, b: {en: B}}
scale: points
indicators:
  - {id: X, name: {en: X}, points: 3, score: {kind: yes_no}}
  - {id: Y, name: {en: Y}, points: {a: 4}, for: [a], score: {kind: yes_no}}
views:
  - {id: both, name: {en: Both}, of: [{id: X}, {id: Y}]}
  - {id: one, name: {en: One}, of: [{id: Y}]}
`)
	sub := answers(t, map[string]string{"X": "yes"})
	scale := scoring.Fit(set, nil)
	first := scale.Score(scoring.Entrant{Agency: submission.Agency{Group: "a"}, Submission: sub})
	require.Len(t, first.Views, 2)
	assert.Equal(t, "3.5 7", first.Views[0].Score.String()+" "+first.Views[0].Of.String(), "out of the group's own points")
	other := scale.Score(scoring.Entrant{Agency: submission.Agency{Group: "b"}, Submission: sub})
	require.Len(t, other.Views, 1)
	assert.Equal(t, "3 3", other.Views[0].Score.String()+" "+other.Views[0].Of.String())
	_, ok := other.View(&set.Views[1])
	assert.False(t, ok)
	assert.Empty(t, scale.Score(scoring.Entrant{Agency: submission.Agency{Group: "c"}, Submission: sub}).Views, "an unknown group")
}

func TestViewStats(t *testing.T) {
	set := viewed(t, "of: [{id: A}]")
	r := round(t, set,
		map[string]string{"A.n": "1", "A.m": "2", "C": "8"}, map[string]string{"A.n": "1", "A.m": "3", "C": "8"},
		map[string]string{"A.n": "n/a", "A.m": "n/a", "C": "8"}, map[string]string{"A.n": "1", "A.m": "1"},
	)
	r.Agencies[3].Unranked = true
	group := scoring.Rank(r).Groups[0]
	stats, ok := group.Stats.View(&set.Views[0])
	require.True(t, ok)
	assert.Equal(t, 2, stats.Agencies, "neither the one that is not ranked nor the one without it")
	assert.Equal(t, "4.17", stats.Mean.String(), "of 5 and 3.33, published ones")
	assert.Equal(t, "10", stats.Of.String())
	nobody := round(t, set, map[string]string{"A.n": "n/a", "A.m": "n/a"})
	stats, ok = scoring.Rank(nobody).Groups[0].Stats.View(&set.Views[0])
	assert.False(t, ok)
	assert.True(t, stats.Mean.IsZero())
}

// A view of all children of a root that does not sum, with the same weights, is the root; so it is in any order, and
// rounding comes last.
func TestAViewOfTheRootsChildrenIsTheRoot(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		how := rapid.SampledFrom([]string{"mean", "geometric", "harmonic", "min"}).Draw(rt, "how")
		n := rapid.IntRange(1, 5).Draw(rt, "children")
		nodes, parts, in := "", make([]string, n), map[string]string{}
		for i := range n {
			weight := rapid.IntRange(1, 40).Draw(rt, "weight")
			nodes += fmt.Sprintf("  - {id: I%d, name: {en: I}, weight: 0.%02d, score: {kind: linear, worst: 0, best: 7}}\n", i, weight)
			parts[i] = fmt.Sprintf("{id: I%d, weight: 0.%02d}", i, weight)
			if given := rapid.IntRange(-1, 8).Draw(rt, "answer"); given >= 0 {
				in[fmt.Sprintf("I%d", i)] = fmt.Sprint(given)
			}
		}
		mixed := rapid.Permutation(slices.Clone(parts)).Draw(rt, "mixed")
		view := func(id string, of []string) string {
			return "  - {id: " + id + ", name: {en: V}, combine: " + how + ", of: [" + strings.Join(of, ", ") + "]}\n"
		}
		set := load(rt, "combine: "+how+"\nrounding: {total: 4}\nindicators:\n"+nodes+"views:\n"+view("same", parts)+view("mixed", mixed))
		res := score(rt, set, in)
		same, other := res.ViewResults[0], res.ViewResults[1]
		assert.True(rt, same.Share.Equal(res.Root.Share), "%s of %s", same.Share, res.Root.Share)
		assert.True(rt, same.Score.Equal(res.Score))
		assert.True(rt, same.Share.Sub(other.Share).Abs().LessThan(decimal.New(1, -11)), "%s, mixed %s", same.Share, other.Share)
	})
}
