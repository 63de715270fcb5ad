package builtin_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/builtin"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
)

// shipped loads a shipped set as the program does.
func shipped(t testing.TB, address string) *criteria.Set {
	t.Helper()
	data, name, ok := builtin.Get(address)
	require.True(t, ok, address)
	set, err := criteria.LoadWith(builtin.Find, name, data)
	require.NoError(t, err)
	return set
}

func TestShippedSets(t *testing.T) {
	list := builtin.List()
	require.NotEmpty(t, list)
	for _, e := range list {
		t.Run(e.Address(), func(t *testing.T) {
			set := shipped(t, e.Address())
			assert.Equal(t, e.Address(), set.Address(), "a file is named by its set")
			assert.Equal(t, set.Title, e.Title)
			assert.Equal(t, set.Source, e.Source)
			assert.Equal(t, []string{"vi", "en"}, set.Languages)
			for _, lang := range set.Languages {
				_, ok := locale.For(lang)
				assert.True(t, ok, "the tool speaks %s", lang)
			}
			head, _, _ := strings.Cut(string(set.YAML), "\nschema:")
			assert.Greater(t, strings.Count(head, "\n#"), 5, "the head says what is sourced and what is not")
		})
	}
}

// The points of every group add up to what the source says: 1,000 for the national index, 100 for the others, none where
// the source publishes no points.
func TestPointsOfShippedSets(t *testing.T) {
	points := map[string]int64{
		"danang-dt@2025": 0, "hanoi-agencies@2025": 0, "sipas@2023": 0, "egdi@2010": 0, "egdi@2014": 0,
		"dti-province@2020": 0, "dti-province@2022": 1000, "dti-province@2025": 0, "dti-ministry@2022": 1000, "dti-ministry@2025": 1000,
		"commune-starter@2026": 1000,
	}
	scales := map[string]int64{
		"egdi@2010": 1, "egdi@2014": 1, "dti-province@2020": 1, "dti-province@2022": 1, "dti-province@2025": 1,
		"dti-ministry@2022": 1, "dti-ministry@2025": 1, "commune-starter@2026": 1000,
	}
	for _, e := range builtin.List() {
		set := shipped(t, e.Address())
		want := orHundred(points, e.Address())
		scale := orHundred(scales, e.Address())
		for _, g := range set.Groups {
			assert.True(t, set.Root.PointsFor(g.ID).Equal(want), "%s: %s has %s points", e.Address(), g.ID, want)
			assert.True(t, set.Of(g.ID).Equal(scale), "%s: %s is out of %s", e.Address(), g.ID, scale)
		}
	}
}

func orHundred(m map[string]int64, key string) decimal.Decimal {
	if n, ok := m[key]; ok {
		return decimal.NewFromInt(n)
	}
	return decimal.NewFromInt(100)
}

// A set whose source publishes only the structure says so in both languages, names its source, and asks agencies for
// nothing: what is entered has been published, or is found by a department, survey or council.
func TestStructureOnly(t *testing.T) {
	complete := map[string]bool{}
	for _, e := range builtin.List() {
		set := shipped(t, e.Address())
		if e.Complete() {
			complete[e.ID] = true
			continue
		}
		for _, lang := range set.Languages {
			assert.NotEmpty(t, set.Source.StructureOnly[lang], e.Address())
		}
		assert.NotEmpty(t, set.Source.URL, e.Address())
		head, _, _ := strings.Cut(strings.ReplaceAll(string(set.YAML), "\n#", ""), "schema:")
		for _, words := range []string{"Structure only.", "Chỉ có cấu trúc.", "Sourced.", "Có nguồn:"} {
			assert.Contains(t, head, words, e.Address())
		}
		for ind := range set.Root.AllIndicators() {
			for _, in := range ind.Inputs {
				assert.NotEqual(t, criteria.ByAgency, in.By, "%s: %s.%s", e.Address(), ind.ID, in.ID)
			}
		}
	}
	assert.True(t, complete["city-starter"])
	assert.Len(t, builtin.List(), 14+len(complete))
}

// Get and List read names, so that every file must bear the address of its set.
func TestFilesAreNamedByAddress(t *testing.T) {
	files, err := os.ReadDir(".")
	require.NoError(t, err)
	var addresses []string
	for _, e := range builtin.List() {
		addresses = append(addresses, e.Address())
	}
	var names []string
	for _, f := range files {
		if name, ok := strings.CutSuffix(f.Name(), ".yaml"); ok {
			names = append(names, name)
		}
	}
	assert.Equal(t, names, addresses)
}

func TestGet(t *testing.T) {
	tests := map[string]struct {
		address, name string
		ok            bool
	}{
		"by address":           {"city-starter@2026", "city-starter@2026.yaml", true},
		"by id of one edition": {"city-starter", "city-starter@2026.yaml", true},
		"one of two editions":  {"egdi@2010", "egdi@2010.yaml", true},
		"id of two editions":   {"egdi", "", false},
		"another version":      {"city-starter@2019", "", false},
		"unknown":              {"moon", "", false},
		"empty":                {"", "", false},
		"a file name":          {"city-starter@2026.yaml", "", false},
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

// A shipped set is found wherever it is asked from; one that is not there is told with the nearest name.
func TestFind(t *testing.T) {
	name, data, err := builtin.Find("somewhere/own.yaml", "egdi@2014")
	require.NoError(t, err)
	assert.Equal(t, "egdi@2014", name)
	assert.Equal(t, shipped(t, "egdi@2014").YAML, data)

	english, ok := locale.For("en")
	require.True(t, ok)
	for address, word := range map[string]string{"sipas@2024": "sipas@2023", "moon": "city-starter@2026"} {
		_, data, err := builtin.Find("own.yaml", address)
		assert.Nil(t, data)
		problems, ok := errors.AsType[diag.Problems](err)
		require.True(t, ok, address)
		require.Len(t, problems, 1)
		assert.Contains(t, english.Problem(problems[0]), word)
	}
}
