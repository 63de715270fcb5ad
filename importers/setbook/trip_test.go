package setbook_test

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/builtin"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/importers/setbook"
)

// sets are all sets that there are: the shipped ones, that of the sample round, and every one of the specification.
func sets(t testing.TB) map[string]*criteria.Set {
	t.Helper()
	all := map[string]*criteria.Set{}
	for _, entry := range builtin.List() {
		name, data, err := builtin.Find("", entry.Address())
		require.NoError(t, err)
		all[name] = loaded(t, builtin.Find, name, data)
	}
	sample := filepath.Join("..", "..", "testdata", "danang-2019", "criteria.yaml")
	data, err := os.ReadFile(sample)
	require.NoError(t, err)
	all["danang-2019"] = loaded(t, builtin.Find, "danang-2019", data)
	files, err := filepath.Glob(filepath.Join("..", "..", "criteria", "testdata", "load", "ok-*.txtar"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		all[name] = loaded(t, library(archive), "set.yaml", archive.Files[0].Data)
	}
	return all
}

func loaded(t testing.TB, find criteria.Library, name string, data []byte) *criteria.Set {
	t.Helper()
	set, err := criteria.LoadWith(find, name, data)
	require.NoError(t, err, name)
	return set
}

// library finds the sets of an archive, which its set may extend.
func library(archive *txtar.Archive) criteria.Library {
	return func(from, address string) (string, []byte, error) {
		name := path.Join(path.Dir(from), address)
		for _, f := range archive.Files {
			if f.Name == name {
				return name, f.Data, nil
			}
		}
		return "", nil, fmt.Errorf("there is no %s", name)
	}
}

// A tester is a test, be it of rapid's.
type tester interface {
	require.TestingT
	Helper()
}

func written(t tester, set *criteria.Set, lang string) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, setbook.Write(&out, set, locale.MustFor(lang)))
	return out.Bytes()
}

func read(t tester, data []byte) *criteria.Set {
	t.Helper()
	set, notes, err := setbook.Read("set.xlsx", data)
	require.NoError(t, err)
	require.Empty(t, notes)
	return set
}

// assertSame holds that two sets say the same: every exported field save the text itself.
func assertSame(t testing.TB, want, got *criteria.Set) {
	t.Helper()
	a, b := reflect.ValueOf(*want), reflect.ValueOf(*got)
	for i := range a.NumField() {
		field := a.Type().Field(i)
		switch field.Name {
		case "YAML", "Hash", "Extends":
		default:
			if field.IsExported() {
				assert.True(t, reflect.DeepEqual(a.Field(i).Interface(), b.Field(i).Interface()), field.Name)
			}
		}
	}
	assert.Empty(t, criteria.Diff(want, got))
	assert.Empty(t, criteria.Diff(got, want))
}

// A set that went through a workbook is the same set, in every language, and goes through it again byte by byte.
func TestTheTripIsTheIdentity(t *testing.T) {
	for name, set := range sets(t) {
		t.Run(name, func(t *testing.T) {
			got := read(t, written(t, set, "vi"))
			assertSame(t, set, got)
			text, err := criteria.Load("written.yaml", got.YAML)
			require.NoError(t, err)
			assertSame(t, set, text)
			again := read(t, written(t, got, "en"))
			assert.Equal(t, string(got.YAML), string(again.YAML), "a second trip, in the other language")
		})
	}
}

// A set of one agency group may give points by group; a part may have the id of its indicator.
func TestTripsOfSmallSets(t *testing.T) {
	const head = `schema: dti.criteria/v1
id: one
version: "2026"
title: {vi: Bộ một}
languages: [vi]
groups:
  so: {vi: Sở}
`
	for name, text := range map[string]string{
		"points of a pillar by its only group": head + `pillars:
  - id: Q
    name: {vi: Q}
    points: {so: 2}
    indicators:
      - {id: D, name: {vi: D}, points: 1, score: {kind: yes_no}}
      - {id: E, name: {vi: E}, points: 1, score: {kind: yes_no}}
`,
		"points of an indicator by its only group": head + `indicators:
  - {id: R, name: {vi: R}, points: {so: 1}, score: {kind: yes_no}}
`,
		"a part with the id of its indicator": head + `indicators:
  - id: A
    name: {vi: A}
    points: 10
    inputs:
      q: {name: {vi: q}, type: choice}
      n: {name: {vi: n}, type: count}
    score:
      kind: sum_of
      parts:
        - {id: A, share: 0.5, score: {kind: choice, of: q, options: [{id: x, name: {vi: X}, share: 1}, {id: y, name: {vi: Y}, share: 0}]}}
        - {id: B, share: 0.5, score: {kind: steps, of: n, steps: [{from: 1, share: 1}]}}
`,
	} {
		t.Run(name, func(t *testing.T) {
			set := loaded(t, nil, "set.yaml", []byte(text))
			assertSame(t, set, read(t, written(t, set, "vi")))
		})
	}
}
