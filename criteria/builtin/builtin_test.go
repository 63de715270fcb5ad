package builtin_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/builtin"
	"github.com/opendti/dti/criteria/locale"
)

func TestShippedSets(t *testing.T) {
	list := builtin.List()
	require.NotEmpty(t, list)
	for _, e := range list {
		t.Run(e.Address(), func(t *testing.T) {
			data, name, ok := builtin.Get(e.Address())
			require.True(t, ok)
			set, err := criteria.Load(name, data)
			require.NoError(t, err)
			assert.Equal(t, e.Address(), set.Address())
			assert.Equal(t, set.Title, e.Title)
			for _, lang := range set.Languages {
				_, ok := locale.For(lang)
				assert.True(t, ok, "the tool speaks %s", lang)
			}
			for _, g := range set.Groups {
				assert.True(t, set.Of(g.ID).Equal(decimal.NewFromInt(100)), "%s is out of 100 points", g.ID)
				assert.True(t, set.Root.PointsFor(g.ID).Equal(decimal.NewFromInt(100)), "%s has 100 points", g.ID)
			}
		})
	}
}

func TestGet(t *testing.T) {
	tests := map[string]struct {
		address, name string
		ok            bool
	}{
		"by address":           {"city-starter@2026", "city-starter@2026.yaml", true},
		"by id of one edition": {"city-starter", "city-starter@2026.yaml", true},
		"another version":      {"city-starter@2019", "", false},
		"unknown":              {"moon", "", false},
		"empty":                {"", "", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			data, file, ok := builtin.Get(tt.address)
			assert.Equal(t, tt.ok, ok)
			assert.Equal(t, tt.name, file)
			assert.Equal(t, tt.ok, len(data) > 0)
		})
	}
}

// Answers about information security are not published: they would tell attackers where to begin.
func TestStarterHidesSecurityAnswers(t *testing.T) {
	data, name, ok := builtin.Get("city-starter")
	require.True(t, ok)
	set, err := criteria.Load(name, data)
	require.NoError(t, err)
	n := 0
	for ind := range set.Root.AllIndicators() {
		if ind.Verifier == "security-team" {
			assert.Equal(t, criteria.PointsOnly, ind.Public, ind.ID)
			n++
		}
	}
	assert.GreaterOrEqual(t, n, 5)
}

// The starter shows every kind of score, so that a city finds each one in use.
func TestStarterUsesManyKinds(t *testing.T) {
	data, name, _ := builtin.Get("city-starter@2026")
	set, err := criteria.Load(name, data)
	require.NoError(t, err)
	kinds := map[string]bool{}
	for ind := range set.Root.AllIndicators() {
		kinds[ind.Rule.Kind()] = true
	}
	assert.Len(t, kinds, 14)
}
