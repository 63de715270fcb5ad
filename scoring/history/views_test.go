package history_test

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
)

const twoViews = `views:
  - {id: government, name: {vi: Chính quyền số, en: Government}, of: [{id: infrastructure, weight: 2}, {id: APP-2, weight: 0.5}]}
  - {id: weakest, name: {vi: Yếu nhất, en: Weakest}, combine: min, of: [{id: APP-1}, {id: SEC-1}]}
`

// encoded are the results of the round under an edition with views, compared with an earlier one.
func encoded(t *testing.T, set string, past *history.Past, public bool) (text string, ranking *scoring.Ranking) {
	t.Helper()
	r := round(t)
	r.Set = loadSet(t, set)
	ranking = scoring.Rank(r)
	var b bytes.Buffer
	cmp := history.Compare(ranking, past)
	if public {
		require.NoError(t, history.EncodePublic(&b, io.Discard, ranking, cmp, "dti test"))
	} else {
		require.NoError(t, history.Encode(&b, ranking, cmp, history.Options{Engine: "dti test"}))
	}
	require.True(t, json.Valid(b.Bytes()))
	return b.String(), ranking
}

func TestEncodeViews(t *testing.T) {
	for _, public := range []bool{false, true} {
		text, _ := encoded(t, edition+twoViews, nil, public)
		assert.Contains(t, text, `"views":{"government":{"mean":78.27,"of":100.00,"combine":"mean","parts":{"infrastructure":2,"APP-2":0.5}},`+
			`"weakest":{"mean":100.00,"of":100.00,"combine":"min","parts":{"APP-1":1,"SEC-1":1}}}`)
		// so-a: (2 × 48/50 + 0.5 × 1/2) ÷ 2.5 under the council's "b"
		assert.Contains(t, text, `"views":[{"id":"government","score":86.80,"of":100.00},{"id":"weakest","score":100.00,"of":100.00}]`)
		without, _ := encoded(t, edition, nil, public)
		assert.NotContains(t, without, `"views"`, "sets without views write none")
	}
}

// Nothing can be published of a view of what is not public: a set with such a view does not load.
func TestNoViewTellsWhatIsHidden(t *testing.T) {
	text, ranking := encoded(t, edition+twoViews, nil, true)
	assert.NotContains(t, text, "APP-3")
	for _, v := range ranking.Round.Set.Views {
		for _, p := range v.Parts {
			assert.NotEqual(t, "APP-3", p.ID)
		}
	}
}

func TestDecodeViews(t *testing.T) {
	text, ranking := encoded(t, edition+twoViews, nil, false)
	past, err := history.Decode("results.json", strings.NewReader(text))
	require.NoError(t, err)
	for _, g := range ranking.Groups {
		require.Len(t, past.Groups[g.Group.ID].Views, 2)
		for _, v := range g.Stats.Views {
			was := past.Groups[g.Group.ID].Views[v.View.ID]
			assert.True(t, was.Mean.Equal(v.Mean) && was.Of.Equal(v.Of))
			assert.Equal(t, v.View.Combine.String(), was.Combine)
			assert.Len(t, was.Parts, len(v.View.Parts))
		}
		for _, s := range g.Standings {
			for _, v := range s.Views {
				assert.True(t, past.Agencies[s.Agency.Code].Views[v.View.ID].Score.Equal(v.Score))
			}
		}
	}
	assert.Nil(t, earlier(t).Agencies["so-a"].Views, "earlier results without views")
	_, err = history.Decode("results.json", strings.NewReader(strings.Replace(text, `"score":86.80`, `"score":1e999`, 1)))
	assert.Error(t, err)
}

// A view is held against the earlier round where it was made of the same.
func TestCompareViews(t *testing.T) {
	before, _ := encoded(t, edition+twoViews, nil, false)
	next := strings.NewReplacer(`version: "2019"`, `version: "2020"`, "        from: {id: HT-1, comparable: true}\n", "").Replace(edition)
	for name, test := range map[string]struct {
		set    string
		views  string
		change func(*history.Past)
		want   []string // views that are compared
	}{
		"same edition":     {edition, twoViews, nil, []string{"government", "weakest"}},
		"next edition":     {next, twoViews, nil, []string{"government", "weakest"}},
		"other set":        {strings.Replace(next, "id: example", "id: other", 1), twoViews, nil, nil},
		"re-weighted":      {next, strings.Replace(twoViews, "weight: 2", "weight: 3", 1), nil, []string{"weakest"}},
		"combined anew":    {next, strings.Replace(twoViews, "combine: min", "combine: geometric", 1), nil, []string{"government"}},
		"a part more":      {next, strings.Replace(twoViews, "[{id: APP-1}", "[{id: INF-1}, {id: APP-1}", 1), nil, []string{"government"}},
		"another part":     {next, strings.Replace(twoViews, "[{id: APP-1}", "[{id: INF-1}", 1), nil, []string{"government"}},
		"another now":      {strings.NewReplacer("id: APP-1", "id: APP-9", "value: {name: {vi: Tỷ lệ, en: Rate}, type: number}}", "value: {name: {vi: Tỷ lệ, en: Rate}, type: number}}\n        from: {id: APP-1, comparable: false}").Replace(next), strings.Replace(twoViews, "{id: APP-1}", "{id: APP-9}", 1), nil, []string{"government"}},
		"a pillar changed": {strings.Replace(next, "points: 10\n", "points: 11\n", 1), twoViews, nil, nil},
		"a new view":       {next, twoViews + "  - {id: new, name: {vi: Mới, en: New}, of: [{id: INF-1}]}\n", nil, []string{"government", "weakest"}},
		"none then":        {next, twoViews, func(p *history.Past) { p.Groups["department"] = history.PastGroup{} }, nil},
		"none of it now":   {next, "", nil, nil},
		"renumbered":       {strings.NewReplacer("id: APP-1", "id: APP-9", "value: {name: {vi: Tỷ lệ, en: Rate}, type: number}}", "value: {name: {vi: Tỷ lệ, en: Rate}, type: number}}\n        from: {id: APP-1, comparable: true}").Replace(next), strings.Replace(twoViews, "{id: APP-1}", "{id: APP-9}", 1), nil, []string{"government", "weakest"}},
	} {
		t.Run(name, func(t *testing.T) {
			past, err := history.Decode("results.json", strings.NewReader(before))
			require.NoError(t, err)
			if test.change != nil {
				test.change(past)
			}
			r := round(t)
			r.Set = loadSet(t, test.set+test.views)
			c := history.Compare(scoring.Rank(r), past)
			var got []string
			for _, id := range []string{"government", "new", "weakest"} {
				if was, ok := c.Agencies["so-a"].Views[id]; ok {
					got = append(got, id)
					assert.True(t, was.Of.Equal(decimal.NewFromInt(100)))
					assert.True(t, c.Groups["department"].Views[id].Comparable)
				} else {
					assert.False(t, c.Groups["department"].Views[id].Comparable)
				}
			}
			assert.Equal(t, test.want, got)
		})
	}
}

// The means of the earlier round are written beside this one's.
func TestEncodeEarlierViews(t *testing.T) {
	before, _ := encoded(t, edition+twoViews, nil, false)
	past, err := history.Decode("results.json", strings.NewReader(before))
	require.NoError(t, err)
	after, _ := encoded(t, edition+strings.Replace(twoViews, "combine: min", "combine: harmonic", 1), past, false)
	assert.Contains(t, after, `"views":{"government":{"mean":78.27,"of":100.00}}}`)
}
