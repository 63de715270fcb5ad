package criteria_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
)

// Whatever Load is given, it either tells problems with places or gives a set that holds its promises.
func FuzzLoad(f *testing.F) {
	files, err := filepath.Glob("testdata/load/*.txtar")
	require.NoError(f, err)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(f, err)
		f.Add(txtar.Parse(data).Files[0].Data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		set, err := criteria.Load("fuzz.yaml", data)
		if err != nil {
			var problems diag.Problems
			require.ErrorAs(t, err, &problems)
			require.Nil(t, set)
			for _, p := range problems {
				require.NotEmpty(t, p.Kind)
				require.Equal(t, "fuzz.yaml", p.Place.File)
			}
			return
		}
		assert.Empty(t, set.Check())
		promises(t, set)
	})
}

// Whatever a set and the one that it extends hold, LoadWith tells problems in one of the two files, or gives a set that
// holds its promises and says the same when it is written out in full.
func FuzzLoadWith(f *testing.F) {
	for _, dir := range []string{"load", "extends"} {
		files, err := filepath.Glob("testdata/" + dir + "/*.txtar")
		require.NoError(f, err)
		for _, file := range files {
			data, err := os.ReadFile(file)
			require.NoError(f, err)
			archive := txtar.Parse(data).Files
			f.Add(archive[0].Data, archive[len(archive)-1].Data)
		}
	}
	f.Fuzz(func(t *testing.T, own, base []byte) {
		find := func(from, _ string) (string, []byte, error) {
			if from != "own.yaml" {
				return "own.yaml", own, nil
			}
			return "base.yaml", base, nil
		}
		set, err := criteria.LoadWith(find, "own.yaml", own)
		if err != nil {
			var problems diag.Problems
			require.ErrorAs(t, err, &problems)
			require.Nil(t, set)
			for _, p := range problems {
				require.NotEmpty(t, p.Kind)
				require.Contains(t, []string{"own.yaml", "base.yaml"}, p.Place.File)
			}
			return
		}
		assert.Empty(t, set.Check())
		promises(t, set)
		if set.Extends != "" {
			resolvedHolds(t, set)
		}
	})
}

// promises holds what other packages rely on without asking.
func promises(t *testing.T, set *criteria.Set) {
	t.Helper()
	require.NotEmpty(t, set.Languages)
	require.NotEmpty(t, set.Groups)
	named := func(text criteria.Text) {
		for _, lang := range set.Languages {
			require.NotEmpty(t, text[lang])
		}
	}
	named(set.Title)
	for _, g := range set.Groups {
		named(g.Name)
		require.True(t, set.Root.Combine != criteria.Sum || set.Of(g.ID).IsPositive())
	}
	seen := map[string]bool{criteria.FiguresID: true}
	for p := range set.Root.AllPillars() {
		named(p.Name)
		require.False(t, seen[p.ID])
		seen[p.ID] = true
		require.True(t, p.Weight.IsPositive())
		require.NotZero(t, len(p.Pillars)+len(p.Indicators))
	}
	for ind := range set.Root.AllIndicators() {
		named(ind.Name)
		require.False(t, seen[ind.ID])
		seen[ind.ID] = true
		require.NotNil(t, ind.Rule)
		require.NotEmpty(t, ind.Inputs)
		for _, in := range ind.Inputs {
			named(in.Name)
			require.NotZero(t, in.Type)
		}
		judged(t, set, ind)
	}
}

// judged asks the rule of an indicator about an agency that entered nothing.
func judged(t *testing.T, set *criteria.Set, ind *criteria.Indicator) {
	t.Helper()
	for _, g := range set.Groups {
		basis := rule.Basis{Min: ind.Min}
		if d, ok := ind.Points[g.ID]; ok {
			basis.Points = &d
		}
		judgement := ind.Rule.Fit(basis).Judge(func(string) rule.Value { return rule.Value{} })
		require.NotZero(t, judgement.Status)
	}
}
