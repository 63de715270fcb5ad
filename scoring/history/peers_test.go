package history_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

const peersSet = `schema: dti.criteria/v1
id: example
version: "2"
title: {en: Example}
languages: [en]
rounding: {indicator: 2, total: 2}
groups: {a: {en: A}, b: {en: B}}
indicators:
  - {id: NEW-1, no: "1", name: {en: One}, points: 60, score: {kind: yes_no}, from: {id: OLD-1}}
  - {id: X-2, no: "2", name: {en: Two}, points: 40, score: {kind: yes_no}, public: none}
  - {id: X-3, no: "3", name: {en: Three}, points: 5, effect: penalty, score: {kind: yes_no}}
`

const peersPast = `{"schema":"dti.results/v1","round":{"id":"r","year":2018,"title":{"en":"R"}},"criteria":{"id":"example","version":"1"},
"groups":[{"id":"a","agencies":6,"ranked":5}],
"agencies":[
{"code":"first","name":{"en":"First"},"group":"a","status":"ranked","score":100.00,"of":100,"rank":1,"indicators":[
 {"id":"OLD-1","score":60.00,"of":60,"status":"scored"},{"id":"X-2","score":40.00,"of":40,"status":"scored"},{"id":"X-3","score":0.00,"of":5,"status":"scored"}]},
{"code":"me-before","name":{"en":"Me"},"group":"a","status":"ranked","score":90.00,"of":100,"rank":2,"indicators":[
 {"id":"OLD-1","score":60.00,"of":60,"status":"scored"},{"id":"X-2","score":30.00,"of":40,"status":"scored"},{"id":"X-3","score":5.00,"of":5,"status":"scored"}]},
{"code":"tied-1","name":{"en":"Tied 1"},"group":"a","status":"ranked","score":80.00,"of":100,"rank":3,"indicators":[
 {"id":"OLD-1","score":40.00,"of":60,"status":"scored"},{"id":"X-2","score":40.00,"of":40,"status":"scored"},{"id":"X-3","score":0.00,"of":5,"status":"scored"}]},
{"code":"tied-2","name":{"en":"Tied 2"},"group":"a","status":"ranked","score":80.00,"of":100,"rank":3,"indicators":[
 {"id":"OLD-1","score":60.00,"of":60,"status":"scored"},{"id":"X-2","score":20.00,"of":40,"status":"scored"}]},
{"code":"na","name":{"en":"Not concerned"},"group":"a","status":"ranked","score":40.00,"of":100,"rank":5,"indicators":[
 {"id":"OLD-1","score":60.00,"of":60,"status":"not_applicable"}]},
{"code":"aside","name":{"en":"Aside"},"group":"a","status":"unranked","score":99.00,"of":100,"indicators":[
 {"id":"OLD-1","score":60.00,"of":60,"status":"scored"}]},
{"code":"other","name":{"en":"Other"},"group":"b","status":"ranked","score":85.00,"of":100,"rank":1,"indicators":[
 {"id":"OLD-1","score":60.00,"of":60,"status":"scored"}]}
]}`

func peersOf(t *testing.T) (*criteria.Set, *history.Past) {
	t.Helper()
	set, err := criteria.Load("set.yaml", []byte(peersSet))
	require.NoError(t, err)
	past, problems := decode(t, peersPast)
	require.Empty(t, problems)
	return set, past
}

func TestLevels(t *testing.T) {
	set, past := peersOf(t)
	levels, why := past.Levels(set, "a", decimal.NewFromInt(100))
	require.True(t, why.IsZero(), "%v", why)
	said := []string{}
	for _, l := range levels {
		assert.Equal(t, 2018, l.Year)
		said = append(said, l.Score.StringFixed(2)+" rank "+decimal.NewFromInt(int64(l.Rank)).String())
	}
	assert.Equal(t, []string{"100.00 rank 1", "90.00 rank 2", "80.00 rank 3", "40.00 rank 5"}, said, "once each; the unranked one and the other group are no level")
}

func TestLevelsThatMayNotBeCompared(t *testing.T) {
	tests := map[string]struct {
		change func(*history.Past)
		of     int64
		why    string
	}{
		"another set":             {func(p *history.Past) { p.CriteriaID = "another" }, 100, "not-comparable-criteria"},
		"a plain table of no set": {func(p *history.Past) { p.Plain, p.CriteriaID = true, "" }, 100, "not-comparable-table"},
		"another maximum":         {func(*history.Past) {}, 1000, "not-comparable-no-score"},
		"an indicator has gone": {func(p *history.Past) {
			p.Agencies["first"].Indicators["GONE"] = history.PastScore{Of: decimal.NewFromInt(1)}
		}, 100, "not-comparable-indicators"},
		"nobody was ranked": {func(p *history.Past) { clear(p.Agencies); p.CriteriaVersion = "2" }, 100, "not-comparable-no-score"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			set, past := peersOf(t)
			test.change(past)
			levels, why := past.Levels(set, "a", decimal.NewFromInt(test.of))
			assert.Empty(t, levels)
			assert.Equal(t, test.why, why.Kind)
		})
	}
}

// A plain table without groups holds only what it says.
func TestLevelsOfAPlainTable(t *testing.T) {
	set, _ := peersOf(t)
	past, problems := history.FromStandings(2018, "example@2", []submission.PastStanding{
		{Code: "x", Score: rule.Optional{Value: decimal.NewFromInt(70), Set: true}, Rank: 1}, {Code: "y", Rank: 2},
	})
	require.Empty(t, problems)
	_, why := past.Levels(set, "a", decimal.NewFromInt(100))
	assert.Equal(t, "not-comparable-no-score", why.Kind, "of two groups, nobody knows whose")
	set.Groups = set.Groups[:1]
	levels, why := past.Levels(set, "a", decimal.NewFromInt(100))
	require.True(t, why.IsZero())
	require.Len(t, levels, 1)
	assert.Equal(t, 1, levels[0].Rank)
}

func TestPeers(t *testing.T) {
	set, past := peersOf(t)
	me := submission.Agency{Code: "me", Group: "a", Aliases: []string{"me-before"}}
	codes := func(indicator string) []string {
		ind, ok := set.Indicator(indicator)
		require.True(t, ok)
		said := []string{}
		for _, p := range past.Peers(set, ind, me) {
			said = append(said, p.Code)
		}
		return said
	}
	assert.Equal(t, []string{"first", "tied-2", "aside"}, codes("NEW-1"), "through the lineage; by rank; not those it did not concern, nor another group, nor oneself")
	assert.Empty(t, codes("X-2"), "nothing of it is published")
	assert.Equal(t, []string{"first", "tied-1"}, codes("X-3"), "no deduction")
	ind, _ := set.Indicator("NEW-1")
	assert.Equal(t, "First", past.Peers(set, ind, me)[0].Name["en"])
	past.CriteriaID = "another"
	assert.Empty(t, codes("NEW-1"))
}
