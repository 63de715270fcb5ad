package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/builtin"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// A parityIndex is a set under which submissions are drawn, with what an earlier round may have left.
type parityIndex struct {
	name     string
	set      *criteria.Set
	bounds   map[string][]rule.Bound // by indicator
	agencies []submission.Agency     // one of each group, with and without the tags of the set
}

// parityIndexes are the shipped sets, the set of the test data and constructed sets in variations. A set that looks at
// the cohort comes twice: without an earlier round, and under the bounds of one.
func parityIndexes(t testing.TB) []parityIndex {
	t.Helper()
	var all []parityIndex
	for _, e := range builtin.List() {
		data, name, ok := builtin.Get(e.Address())
		require.True(t, ok)
		all = append(all, indexesOf(t, e.Address(), name, data)...)
	}
	const danang = "../../testdata/danang-2019/criteria.yaml"
	all = append(all, indexesOf(t, "danang-2019", danang, parityFile(t, danang))...)
	for _, v := range parityVariations {
		name := filepath.Join("testdata", "parity", v.file)
		data := string(parityFile(t, name))
		for _, change := range v.changes {
			require.Equal(t, 1, strings.Count(data, "\n"+change[0]+"\n"), "%s holds %s", v.file, change[0])
			data = strings.Replace(data, "\n"+change[0]+"\n", "\n"+change[1]+"\n", 1)
		}
		all = append(all, indexesOf(t, v.name, name, []byte(data))...)
	}
	return all
}

// asks reports whether a form has something to fill in. Under a set of which only the structure is published it has not,
// and every form of it holds the same.
func (f *parityForm) asks() bool {
	byAgency := func(in criteria.Input) bool { return in.By == criteria.ByAgency }
	for ind := range f.index.set.Root.AllIndicators() {
		if ind.Concerns(f.agency.Group) && slices.ContainsFunc(ind.Inputs, byAgency) {
			return true
		}
	}
	return false
}

func parityFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.FromSlash(name))
	require.NoError(t, err)
	return data
}

// parityVariations are constructed sets under many policies. A change replaces a line.
var parityVariations = []struct {
	name, file string
	changes    [][2]string
}{
	{"points", "points.yaml", nil},
	{"points, nothing rounded", "points.yaml", [][2]string{
		{"rounding: {indicator: 2, total: 2}", "rounding: {indicator: none, total: none}"},
		{"missing: {answer: zero}", "missing: {answer: skip}"},
		{"scale: 100", "scale: points"},
	}},
	{"points, rounded to units", "points.yaml", [][2]string{
		{"rounding: {indicator: 2, total: 2}", "rounding: {indicator: 0, total: 1}"},
		{"not_applicable: rescale", "not_applicable: full"},
		{"scale: 100", "scale: 1000"},
	}},
	{"points, rounded to tenths", "points.yaml", [][2]string{
		{"rounding: {indicator: 2, total: 2}", "rounding: {indicator: 1, total: 0}"},
		{"not_applicable: rescale", "not_applicable: zero"},
		{"caps: {bonus: 2.5, penalty: 3}", "ranking: {ties: dense}"},
	}},
	{"points, rounded to thousandths", "points.yaml", [][2]string{
		{"rounding: {indicator: 2, total: 2}", "rounding: {indicator: 3, total: 3}"},
		{"missing: {answer: zero}", "missing: {answer: skip}"},
		{"scale: 100", "scale: 7.5"},
		{"caps: {bonus: 2.5, penalty: 3}", "caps: {penalty: 0.5}"},
	}},
	{"points, only the total rounded", "points.yaml", [][2]string{
		{"rounding: {indicator: 2, total: 2}", "rounding: {total: 2}"}, {"caps: {bonus: 2.5, penalty: 3}", "caps: {bonus: 0}"},
	}},
	{"mean", "shares.yaml", nil},
	{"geometric", "shares.yaml", [][2]string{
		{"combine: mean", "combine: geometric"},
		{"rounding: {indicator: 2, total: 2}", "rounding: {indicator: none, total: none}"},
		{"missing: {answer: zero}", "missing: {answer: skip}"},
	}},
	{"harmonic", "shares.yaml", [][2]string{
		{"combine: mean", "combine: harmonic"},
		{"rounding: {indicator: 2, total: 2}", "rounding: {indicator: 1, total: 3}"},
		{"missing: {answer: zero}", "missing: {answer: skip}"},
		{"not_applicable: rescale", "not_applicable: zero"},
		{"scale: 100", "scale: 1000"},
	}},
	{"smallest", "shares.yaml", [][2]string{
		{"combine: mean", "combine: min"},
		{"rounding: {indicator: 2, total: 2}", "rounding: {indicator: 3, total: 0}"},
		{"not_applicable: rescale", "not_applicable: full"},
	}},
	{"mean of a scale of 1", "shares.yaml", [][2]string{
		{"rounding: {indicator: 2, total: 2}", "rounding: {total: 4}"}, {"scale: 100", "scale: 1"}, {"missing: {answer: zero}", "missing: {answer: skip}"},
	}},
	{"cohort", "cohort.yaml", nil},
	{"cohort, nothing rounded", "cohort.yaml", [][2]string{
		{"rounding: {indicator: 2, total: 2}", "rounding: {indicator: none, total: none}"},
		{"missing: {answer: zero}", "missing: {answer: skip}"},
		{"scale: points", "scale: 100"},
	}},
}

func indexesOf(t testing.TB, name, file string, data []byte) []parityIndex {
	t.Helper()
	set, err := criteria.Load(file, data)
	require.NoError(t, err)
	index := parityIndex{name: name, set: set, agencies: parityAgencies(set)}
	if !set.LooksAtCohort() {
		return []parityIndex{index}
	}
	with := index
	with.name, with.bounds = name+" with bounds", parityBounds(set)
	return []parityIndex{index, with}
}

// parityAgencies are an agency of each group, with all tags of the set, and one without tags where there are any.
func parityAgencies(set *criteria.Set) []submission.Agency {
	var tags []string
	for ind := range set.Root.AllIndicators() {
		if ind.When != "" {
			tags = append(tags, ind.When)
		}
	}
	var all []submission.Agency
	for _, g := range set.Groups {
		all = append(all, submission.Agency{Code: "a-" + g.ID, Name: g.Name, Group: g.ID, Tags: tags})
		if len(tags) > 0 {
			all = append(all, submission.Agency{Code: "b-" + g.ID, Name: g.Name, Group: g.ID})
		}
	}
	return all
}

// parityBounds are bounds as an earlier round leaves them: a quotient with 18 decimals, and for the constructed set the
// odd ones: all of one value, nothing above 0, none at all.
func parityBounds(set *criteria.Set) map[string][]rule.Bound {
	odd := map[string][]string{
		"BZ": {"0"}, "MS": {"37.5", "37.5"}, "MT": {"0.4", "0.4"}, "UN": nil,
		"BE": {"120"}, "MM": {"-12.5", "87.5"}, "ML": {"0.02", "0.333333333333333333"},
	}
	all := map[string][]rule.Bound{}
	for ind := range set.Root.AllIndicators() {
		texts, known := odd[ind.ID]
		switch r := ind.Rule.(type) {
		case *rule.Best:
			if !known {
				texts = []string{quotientOr(r.Over, "0.666666666666666667", "35")}
			}
			all[ind.ID] = boundsNamed(texts, "best")
		case *rule.MinMax:
			if !known {
				texts = []string{quotientOr(r.Over, "0.125", "3"), quotientOr(r.Over, "0.9", "77")}
			}
			all[ind.ID] = boundsNamed(texts, "min", "max")
		}
	}
	return all
}

func quotientOr(over rule.Operand, quotient, number string) string {
	if len(over) > 0 {
		return quotient
	}
	return number
}

func boundsNamed(texts []string, names ...string) []rule.Bound {
	var bounds []rule.Bound
	for i, text := range texts {
		bounds = append(bounds, rule.Bound{Name: names[i], Value: decimal.RequireFromString(text)})
	}
	return bounds
}

// TestParityIndexes holds that the indexes have every kind of rule and every way to combine.
func TestParityIndexes(t *testing.T) {
	kinds, combined := map[string]bool{}, map[criteria.Combine]bool{}
	for _, index := range parityIndexes(t) {
		for p := range withRoot(index.set.Root) {
			combined[p.Combine] = true
			for _, ind := range p.Indicators {
				kinds[ind.Rule.Kind()] = true
			}
		}
	}
	require.Equal(t, rule.Kinds(), slices.Sorted(maps.Keys(kinds)))
	for how := criteria.Sum; how <= criteria.Min; how++ {
		require.True(t, combined[how], how.String())
	}
}
