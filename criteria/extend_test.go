package criteria_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/builtin"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
)

// sameSet holds that two sets are the same but for some fields and for the text that they were read from.
func sameSet(t require.TestingT, want, got *criteria.Set, but ...string) {
	but = append(but, "YAML", "Hash", "Extends")
	a, b := reflect.ValueOf(*want), reflect.ValueOf(*got)
	for i := range a.NumField() {
		if f := a.Type().Field(i); f.IsExported() && !slices.Contains(but, f.Name) {
			require.Equal(t, a.Field(i).Interface(), b.Field(i).Interface(), f.Name)
		}
	}
}

// files are the sets of a case by name; its library finds them.
func files(t *testing.T, text string) (*txtar.Archive, map[string][]byte) {
	t.Helper()
	archive := txtar.Parse([]byte(text))
	byName := map[string][]byte{}
	for _, f := range archive.Files {
		byName[f.Name] = f.Data
	}
	return archive, byName
}

// What a set extends, resolved, is the set written out in full: the files of testdata/extends hold both.
func TestResolvedIsTheSetWrittenOutInFull(t *testing.T) {
	cases, err := filepath.Glob("testdata/extends/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, cases)
	for _, file := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			archive, byName := files(t, string(data))
			got, err := criteria.LoadWith(library(archive), "set.yaml", byName["set.yaml"])
			require.NoError(t, err)
			assert.Equal(t, "base.yaml", got.Extends)
			want, err := criteria.Load("full.yaml", byName["full.yaml"])
			require.NoError(t, err)
			sameSet(t, want, got)
			if *update {
				for i := range archive.Files {
					if archive.Files[i].Name == "resolved.yaml" {
						archive.Files[i].Data = got.YAML
					}
				}
				require.NoError(t, os.WriteFile(file, txtar.Format(archive), 0o644))
			}
			assert.Equal(t, string(byName["resolved.yaml"]), string(got.YAML))
			resolvedHolds(t, got)
		})
	}
}

// resolvedHolds holds that the resolved text and the tree are the set.
func resolvedHolds(t require.TestingT, set *criteria.Set) {
	again, err := criteria.Load("resolved.yaml", set.YAML)
	require.NoError(t, err, string(set.YAML))
	sameSet(t, set, again)
	require.Equal(t, set.Hash, again.Hash)
	require.Empty(t, again.Extends)
	nowhere := func(*yaml.Node) diag.Place { return diag.Place{} }
	tree, err := criteria.LoadTree(set.Tree(), nowhere, set.YAML)
	require.NoError(t, err)
	sameSet(t, set, tree)
}

// Whatever the specification accepts says the same as a text and as a tree.
func TestResolvedTextOfTheSpecification(t *testing.T) {
	for name, archive := range specification(t) {
		if len(archive.Files[1].Data) > 0 {
			continue
		}
		t.Run(name, func(t *testing.T) {
			set, err := criteria.LoadWith(library(archive), "set.yaml", archive.Files[0].Data)
			require.NoError(t, err)
			resolvedHolds(t, set)
		})
	}
}

// A set that changes nothing is the one that it extends, but for its own id, version, title and source; it is structure
// only where that one is.
func TestExtendsNothingChangesNothing(t *testing.T) {
	bases := map[string]*criteria.Set{}
	for _, e := range builtin.List() {
		data, name, ok := builtin.Get(e.Address())
		require.True(t, ok)
		base, err := criteria.LoadWith(builtin.Find, name, data)
		require.NoError(t, err)
		resolvedHolds(t, base)
		bases[e.Address()] = base
	}
	addresses := slices.Sorted(maps.Keys(bases))
	rapid.Check(t, func(t *rapid.T) {
		base := bases[rapid.SampledFrom(addresses).Draw(t, "base")]
		id := rapid.StringMatching(`[A-Za-z][A-Za-z0-9_-]{0,20}`).Draw(t, "id")
		version := rapid.StringMatching(`[0-9]{1,4}(\.[0-9]{1,2})?`).Draw(t, "version")
		title := criteria.Text{}
		for _, lang := range base.Languages {
			title[lang] = rapid.StringMatching(`[A-Za-z][A-Za-zĂÂĐÊÔƠƯ ]{0,20}[a-z]`).Draw(t, lang)
		}
		var own strings.Builder
		fmt.Fprintf(&own, "schema: %s\nextends: %s\nid: %q\nversion: %q\ntitle:\n", criteria.Schema, base.Address(), id, version)
		for lang, s := range title {
			fmt.Fprintf(&own, "  %s: %q\n", lang, s)
		}
		set, err := criteria.LoadWith(builtin.Find, "own.yaml", []byte(own.String()))
		require.NoError(t, err)
		require.Equal(t, []any{id, version, title}, []any{set.ID, set.Version, set.Title})
		require.Equal(t, base.Address(), set.Extends)
		require.Equal(t, criteria.Source{StructureOnly: base.Source.StructureOnly}, set.Source)
		sameSet(t, base, set, "ID", "Version", "Title", "Source")
	})
}

const lineageBase = `schema: dti.criteria/v1
id: city
version: "2025"
title: {en: City}
languages: [en]
groups: {dept: {en: Departments}}
indicators:
  - {id: A, name: {en: Portal}, points: 5, score: {kind: yes_no}, from: {id: OLD, comparable: false}}
  - {id: B, name: {en: Mail}, points: 5, score: {kind: yes_no}}
`

// extending loads a set that extends lineageBase with an id and changes of its own.
func extending(t *testing.T, id, rest string) *criteria.Set {
	t.Helper()
	find := func(string, string) (string, []byte, error) { return "base", []byte(lineageBase), nil }
	own := "schema: dti.criteria/v1\nextends: base\nid: " + id + "\nversion: \"2026\"\ntitle: {en: City}\n" + rest
	set, err := criteria.LoadWith(find, "own.yaml", []byte(own))
	require.NoError(t, err)
	return set
}

func TestLineageOfWhatIsExtended(t *testing.T) {
	none := criteria.Lineage{}
	inherited := criteria.Lineage{ID: "OLD"}
	tests := map[string]struct {
		id, change string
		indicator  string
		want       criteria.Lineage
	}{
		"the lineage of another index stays":         {"town", "", "A", inherited},
		"that of an earlier edition led further":     {"city", "", "A", none},
		"a new id comes from the old one":            {"city", "change: {A: {id: A1}}", "A1", criteria.Lineage{ID: "A", Comparable: true}},
		"also where a set of another id is extended": {"town", "change: {A: {id: A1}}", "A1", criteria.Lineage{ID: "A", Comparable: true}},
		"unless the change says from where":          {"city", "change: {A: {id: A1, from: {id: X}}}", "A1", criteria.Lineage{ID: "X", Comparable: true}},
		"or that it comes from none":                 {"city", "change: {A: {id: A1, from: null}}", "A1", none},
		"or none of the other index":                 {"town", "change: {A: {id: A1, from: null}}", "A1", none},
		"all but the id of the old one":              {"city", "change: {A: {id: A1, from: {comparable: false}}}", "A1", criteria.Lineage{ID: "A"}},
		"without a new id, too":                      {"city", "change: {B: {from: {comparable: false}}}", "B", criteria.Lineage{ID: "B"}},
		"the old one, whatever that came from":       {"town", "change: {A: {id: A1, from: {comparable: false}}}", "A1", criteria.Lineage{ID: "A"}},
		"what is not taken over may be removed":      {"city", "change: {A: {from: null}}", "A", none},
		"the same id written again is none":          {"city", "change: {B: {id: B}}", "B", none},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			set := extending(t, tt.id, tt.change)
			assert.Equal(t, tt.want, indicator(t, set, tt.indicator).From)
			resolvedHolds(t, set)
		})
	}
}

// A set is structure only where what it extends is, over any number of sets, until one says null; the rest of the source
// is its own.
func TestStructureOnlyIsTakenOver(t *testing.T) {
	const head = "schema: dti.criteria/v1\nid: city\ntitle: {en: City}\n"
	base := strings.Replace(lineageBase, "title:", "source: {decision: 1/QD, url: https://example.org, structure_only: {en: Pillars}}\ntitle:", 1)
	pillars := criteria.Text{"en": "Pillars"}
	tests := map[string]struct {
		middle, own string
		want        criteria.Source
	}{
		"silence":                {"", "", criteria.Source{StructureOnly: pillars}},
		"a source of its own":    {"", "source: {decision: 2/QD}\n", criteria.Source{Decision: "2/QD", StructureOnly: pillars}},
		"words of its own":       {"", "source: {structure_only: {en: Names}}\n", criteria.Source{StructureOnly: criteria.Text{"en": "Names"}}},
		"null":                   {"", "source: {decision: 2/QD, structure_only: null}\n", criteria.Source{Decision: "2/QD"}},
		"null for the source":    {"", "source: null\n", criteria.Source{}},
		"null in between":        {"source: {structure_only: null}\n", "", criteria.Source{}},
		"a source in between":    {"source: {decision: 2/QD}\n", "", criteria.Source{StructureOnly: pillars}},
		"null after one between": {"source: {decision: 2/QD}\n", "source: {structure_only: null}\n", criteria.Source{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			sets := map[string]string{"base": base, "middle": head + "version: \"2026\"\nextends: base\n" + tt.middle}
			find := func(_, address string) (string, []byte, error) { return address, []byte(sets[address]), nil }
			set, err := criteria.LoadWith(find, "own.yaml", []byte(head+"version: \"2027\"\nextends: middle\n"+tt.own))
			require.NoError(t, err)
			assert.Equal(t, tt.want, set.Source)
			resolvedHolds(t, set)
		})
	}
}

// The hash of a set that was published is of its resolved text: not a byte of that may change from one version of the
// software to the next. Where this fails, what writes the text is to be mended, not the test.
func TestResolvedTextStaysByteForByte(t *testing.T) {
	set := extending(t, "mine", "change:\n  A: {points: 10, name: {en: 'Site: new'}}\nadd:\n  - pillar:\n      # new in 2026\n      id: P\n"+
		"      name: \n        en: >-\n          Data and\n          people\n      indicators:\n        - id: C # the last one\n          name: {en: \"12\"}\n"+
		"          points: 0.50\n          score: {kind: yes_no}\n")
	assert.Equal(t, `schema: dti.criteria/v1
id: mine
version: "2026"
title: {en: City}
languages: [en]
groups: {dept: {en: Departments}}
pillars:
  - # new in 2026
    id: P
    name:
      en: >-
        Data and people
    indicators:
      - id: C # the last one
        name: {en: "12"}
        points: 0.50
        score: {kind: yes_no}
indicators:
  - {id: A, name: {en: 'Site: new'}, points: 10, score: {kind: yes_no}, from: {id: OLD, comparable: false}}
  - {id: B, name: {en: Mail}, points: 5, score: {kind: yes_no}}
`, string(set.YAML))
	assert.Equal(t, "8ccade33d8e9529930a7e7552bdbd15ec44917c5ae385b692e2ff4d22199507b", set.Hash)
}

// A mapping goes with the last of its keys that null removes.
func TestNullEmptiesAMapping(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/load/ok-extends-emptied.txtar")
	require.NoError(t, err)
	set, err := criteria.LoadWith(library(archive), "set.yaml", archive.Files[0].Data)
	require.NoError(t, err)
	assert.Empty(t, set.Figures)
	assert.Empty(t, set.Terms)
	assert.Zero(t, set.Source)
	ind := indicator(t, set, "P-1")
	assert.Equal(t, []criteria.Input{{ID: "value", Name: ind.Name, Type: rule.YesNo, By: criteria.ByAgency}}, ind.Inputs)
	for _, gone := range []string{"figures", "terms", "source", "inputs"} {
		assert.NotContains(t, string(set.YAML), gone)
	}
}

// What a set extends is not mended there, whoever finds what is odd in it.
func TestMendHere(t *testing.T) {
	set := extending(t, "mine", "change: {B: {points: 6}}\n")
	told := func(set *criteria.Set, owner any) []string {
		var found diag.Problems
		found.Warn(set.Place(owner, ""), "style-no-advice", "X")
		var list []string
		for _, p := range set.MendHere(found) {
			list = append(list, p.String())
		}
		return list
	}
	assert.Equal(t, []string{"base:8:5: warning style-no-advice [X]", "own.yaml:2:10: info extends-mend-here [base]"}, told(set, indicator(t, set, "A")))
	assert.Len(t, told(set, indicator(t, set, "B")), 1)
	alone := load(t, []byte(lineageBase))
	assert.Len(t, told(alone, indicator(t, alone, "A")), 1)
}

// The tree belongs to the caller, and an alias's content stands in it once for each place.
func TestTree(t *testing.T) {
	set := load(t, specified(t, "alias"))
	tree := set.Tree()
	tree.Content = nil
	evidence := func(n *yaml.Node, i int) *yaml.Node {
		for j := 0; j < len(n.Content); j += 2 {
			if n.Content[j].Value == "indicators" {
				ind := n.Content[j+1].Content[i]
				return ind.Content[len(ind.Content)-1]
			}
		}
		return nil
	}
	tree = set.Tree()
	first, second := evidence(tree, 0), evidence(tree, 1)
	assert.NotSame(t, first, second)
	assert.Empty(t, first.Anchor)
	assert.Equal(t, len(first.Content), len(second.Content))
	assert.Nil(t, (&criteria.Set{YAML: []byte("[")}).Tree())
	assert.Nil(t, (&criteria.Set{}).Tree())
}

// problems are what loading a set tells.
func problems(t *testing.T, err error) diag.Problems {
	t.Helper()
	found, ok := errors.AsType[diag.Problems](err)
	require.True(t, ok, "%v", err)
	return found
}

func TestLoadAloneExtendsNothing(t *testing.T) {
	_, err := criteria.Load("own.yaml", []byte("schema: dti.criteria/v1\nextends: city-starter@2026\n"))
	found := problems(t, err)
	require.Len(t, found, 1)
	assert.Equal(t, "own.yaml:2:10: error extends-alone [city-starter@2026]", found[0].String())
}

// A library that always finds another set does not keep the reader for ever.
func TestExtendsIsBounded(t *testing.T) {
	n := 0
	find := func(string, string) (string, []byte, error) {
		n++
		return fmt.Sprint("set-", n), fmt.Appendf(nil, "schema: dti.criteria/v1\nextends: set-%d\n", n+1), nil
	}
	_, err := criteria.LoadWith(find, "set-0", []byte("schema: dti.criteria/v1\nextends: set-1\n"))
	found := problems(t, err)
	require.Len(t, found, 1)
	assert.Equal(t, "extends-too-deep", found[0].Kind)
	assert.Less(t, n, 20)
}

// Two libraries may call two sets alike: a file may have the name of the shipped set that it extends.
func TestExtendsItsNamesake(t *testing.T) {
	find := func(string, string) (string, []byte, error) { return "city.yaml", []byte(lineageBase), nil }
	own := "schema: dti.criteria/v1\nextends: city\nid: my-city\nversion: \"1\"\ntitle: {en: Mine}\n"
	set, err := criteria.LoadWith(find, "city.yaml", []byte(own))
	require.NoError(t, err)
	assert.Equal(t, "my-city@1", set.Address())
}

// What a library says of an address is told at the address.
func TestLibraryTellsWhy(t *testing.T) {
	own := []byte("schema: dti.criteria/v1\nextends: city-startre@2026\n")
	_, err := criteria.LoadWith(builtin.Find, "own.yaml", own)
	found := problems(t, err)
	require.Len(t, found, 1)
	assert.Equal(t, "own.yaml:2:10: error round-unknown-set-near [city-startre@2026 city-starter@2026]", found[0].String())
}

// Comments of both files stay where their keys do; the head of the set that is extended speaks of that one.
func TestCommentsStay(t *testing.T) {
	base := "# Of the base alone.\n\nschema: dti.criteria/v1\n" + strings.Replace(lineageBase[24:], "indicators:", "# all of them\nindicators:", 1)
	find := func(string, string) (string, []byte, error) { return "base", []byte(base), nil }
	own := "# yaml-language-server: $schema=criteria.schema.json\nschema: dti.criteria/v1\nextends: base # not now\nid: mine\nversion: \"1\"\n" +
		"title: {en: Mine}\nchange:\n  A:\n    # twice as much\n    points: 10 # since 2026\n"
	set, err := criteria.LoadWith(find, "own.yaml", []byte(own))
	require.NoError(t, err)
	text := string(set.YAML)
	assert.True(t, strings.HasPrefix(text, "# yaml-language-server: $schema=criteria.schema.json\nschema: dti.criteria/v1\n"), text)
	assert.Contains(t, text, "# all of them\nindicators:")
	assert.NotContains(t, text, "base alone")
	assert.NotContains(t, text, "not now")
	resolvedHolds(t, set)
}

// What yaml.v3 would write otherwise than it was read is written without comments and in quotes.
func TestResolvedTextSurvivesFoldedLines(t *testing.T) {
	find := func(string, string) (string, []byte, error) { return "base", []byte(lineageBase), nil }
	own := "schema: dti.criteria/v1\nextends: base\nid: mine\nversion: \"1\"\ntitle:\n  en: > # folded\n    The\n        city\n\n    and more\n"
	set, err := criteria.LoadWith(find, "own.yaml", []byte(own))
	require.NoError(t, err)
	assert.Equal(t, "The\n    city\n\nand more", set.Title["en"])
	assert.Contains(t, string(set.YAML), `en: "The\n    city\n\nand more\n"`)
	resolvedHolds(t, set)
}

// Comments in odd places change nothing of what the set says.
func TestResolvedTextSurvivesComments(t *testing.T) {
	base := strings.Replace(lineageBase, "title: {en: City}", "title: { # of the city\n  en: City # as it is called\n  # and no more\n  }", 1)
	base = strings.Replace(base, "languages: [en]", "languages: [ # one\n  en # English\n  # others follow\n  ]\n# after", 1)
	base = strings.Replace(base, "score: {kind: yes_no}, from", "score: { # yes\n kind: yes_no # or no\n }, # lineage\n from", 1)
	find := func(string, string) (string, []byte, error) { return "base", []byte(base), nil }
	own := "schema: dti.criteria/v1\nextends: base\nid: mine\nversion: \"1\"\ntitle: {\n  # mine\n  en: Mine}\n" +
		"change: {A: {points: 10, # twice\n  # as much\n  name: {en: Site # new\n }}}\n"
	set, err := criteria.LoadWith(find, "own.yaml", []byte(own))
	require.NoError(t, err)
	resolvedHolds(t, set)
	assert.Equal(t, "10", indicator(t, set, "A").Points["dept"].String())
}

// Every node of a resolved set knows the file that it stands in.
func TestPlacesOfWhatIsExtended(t *testing.T) {
	set := extending(t, "mine", "change: {B: {points: 6}}\nadd:\n  - pillar:\n      id: P\n      name: {en: More}\n      indicators:\n"+
		"        - {id: C, name: {en: Data}, points: 5, score: {kind: yes_no}}\n")
	ind := func(id string) *criteria.Indicator { return indicator(t, set, id) }
	for want, got := range map[string]diag.Place{
		"own.yaml:1:1":   set.Place(set, ""),
		"own.yaml:3:5":   set.Place(set, "id"),
		"base:5:12":      set.Place(set, "languages"),
		"base:8:5":       set.Place(ind("A"), ""),
		"base:8:58":      set.Place(ind("A"), "score.kind.none"),
		"own.yaml:6:22":  set.Place(ind("B"), "points"),
		"base:9:24":      set.Place(ind("B"), "name.en"),
		"own.yaml:12:11": set.Place(ind("C"), "advice"),
		"own.yaml:9:7":   set.Place(set.Root.Pillars[0], ""),
		"own.yaml":       set.Place(new(criteria.Pillar), ""),
		"":               new(criteria.Set).Place(set, ""),
	} {
		assert.Equal(t, want, got.String())
	}
}
