package criteria_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
)

// compiled is the schema as a validator sees it.
func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	data, err := criteria.JSONSchema(func(string) string { return "" })
	require.NoError(t, err)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("criteria.schema.json", doc))
	schema, err := c.Compile("criteria.schema.json")
	require.NoError(t, err)
	return schema
}

// parsed is the first document of a file; nil where it has none that a schema could look at.
func parsed(data []byte) *yaml.Node {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil || len(doc.Content) == 0 {
		return nil
	}
	if err := doc.Decode(new(any)); err != nil && strings.Contains(err.Error(), "contains itself") {
		return nil
	}
	return doc.Content[0]
}

// instance is a node as an editor shows it to a validator: days are text.
func instance(t *testing.T, n *yaml.Node) any {
	t.Helper()
	switch n.Kind {
	case yaml.AliasNode:
		return instance(t, n.Alias)
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range n.Content {
			list = append(list, instance(t, item))
		}
		return list
	case yaml.MappingNode:
		object := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			object[n.Content[i].Value] = instance(t, n.Content[i+1])
		}
		return object
	default: // a scalar
	}
	switch n.ShortTag() {
	case "!!int", "!!float":
		if json.Valid([]byte(n.Value)) {
			return json.Number(n.Value)
		}
		return n.Value // a number that JSON cannot write, such as .inf
	case "!!bool":
		return n.Value == "true"
	case "!!null":
		return nil
	default:
		return n.Value
	}
}

// specification lists the cases of testdata/load with their problems.
func specification(t *testing.T) map[string]*txtar.Archive {
	t.Helper()
	files, err := filepath.Glob("testdata/load/*.txtar")
	require.NoError(t, err)
	cases := map[string]*txtar.Archive{}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		cases[strings.TrimSuffix(filepath.Base(file), ".txtar")] = archive
	}
	return cases
}

func TestSchemaAcceptsWhatLoadAccepts(t *testing.T) {
	schema := compiled(t)
	shipped, err := filepath.Glob("builtin/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, shipped)
	rounds, err := filepath.Glob("../testdata/*/criteria*.yaml")
	require.NoError(t, err)
	for _, file := range append(shipped, rounds...) {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.NoError(t, schema.Validate(instance(t, parsed(data))), file)
	}
	valid := 0
	for name, c := range specification(t) {
		if len(c.Files[1].Data) == 0 {
			valid++
			assert.NoError(t, schema.Validate(instance(t, parsed(c.Files[0].Data))), name)
		}
	}
	assert.Greater(t, valid, 5)
}

// unseen are the cases of which no schema sees the faults, each with its reason.
var unseen = map[string]string{
	"alias-in-itself":          "YAML: there is no tree of values",
	"empty":                    "YAML: there is no document",
	"syntax":                   "YAML: there is no document",
	"extends-not-yaml":         "YAML of another file",
	"several-documents":        "YAML: a schema is for one document",
	"duplicate-keys":           "YAML: a mapping of JSON has each key once",
	"duplicate-ids":            "ids are compared across the set",
	"option-names":             "names are compared across a list",
	"ratings-order":            "bounds are compared across a list",
	"ratings-reach":            "bounds are compared across a list",
	"points-per-group":         "points are added up",
	"points-missing-in-pillar": "points depend on the pillar around",
	"score-per-group":          "what can be earned depends on the points of each group",
	"group-without-indicators": "groups are looked for in all indicators",
	"tie-break":                "a reference to a pillar",
	"unknown-input":            "a reference to an input",
	"codes":                    "references to verifiers and tags",
	"extends-codes":            "references to what another file brought in",
	"input-types":              "the type behind a reference",
	"extends-add-ids":          "ids of another file",
	"extends-rename":           "ids of another file",
	"extends-source":           "the source of another file",
	"extends-tie-break":        "a reference from another file",
	"extends-renamed-ids":      "ids of another file",
	"extends-renamed-views":    "ids of another file",
	"extends-empties-pillar":   "what is left of another file",
	"extends-removes-all":      "what is left of another file",
	"extends-kind":             "a kind of score of another file",
	"extends-sums":             "points of another file are added up",
	"extends-faulty":           "faults of another file",
	"extends-missing":          "another file is not there",
	"extends-circle":           "other files extend this one",
}

// What an editor can see, it shows: the schema rejects every case that has faults, but for those that it cannot see.
func TestSchemaRejectsEveryFault(t *testing.T) {
	schema := compiled(t)
	cases := specification(t)
	for name, c := range cases {
		if len(c.Files[1].Data) == 0 {
			continue
		}
		root := parsed(c.Files[0].Data)
		rejected := root != nil && schema.Validate(instance(t, root)) != nil
		if why, listed := unseen[name]; listed {
			assert.False(t, rejected, "%s is rejected, though listed as unseen: %s", name, why)
		} else {
			assert.True(t, rejected, "%s has faults that the schema does not see", name)
		}
	}
	for name := range unseen {
		assert.Contains(t, cases, name)
	}
}

// Both the schema and Load miss the same keys and refuse the same ones: each kind of mapping in the valid sets is
// changed in every way, and both must be of one opinion.
func TestSchemaAndLoadKnowTheSameKeys(t *testing.T) {
	schema := compiled(t)
	met := map[string]bool{}
	cases := specification(t)
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		if !strings.HasPrefix(name, "ok-") {
			continue
		}
		c := cases[name]
		root := parsed(c.Files[0].Data)
		mappings(root, func(n *yaml.Node) {
			alike := keysOf(n)
			if met[alike] {
				return
			}
			met[alike] = true
			whole := n.Content
			n.Content = append(slices.Clone(whole), scalar("no_such_key"), scalar("x"))
			if slices.Contains(problemsOf(t, root), "unknown-key no_such_key") {
				assert.Error(t, schema.Validate(instance(t, root)), "%s:%d: an unknown key", name, n.Line)
			}
			for i := 0; i < len(whole); i += 2 {
				n.Content = slices.Delete(slices.Clone(whole), i, i+2)
				problems := problemsOf(t, root)
				valid := schema.Validate(instance(t, root)) == nil
				// Whether points are needed depends on the parent, which a schema does not see.
				if slices.Contains(problems, "missing-key "+whole[i].Value) && whole[i].Value != "points" {
					assert.False(t, valid, "%s:%d: without %s", name, n.Line, whole[i].Value)
				}
				if len(problems) == 0 {
					assert.True(t, valid, "%s:%d: without %s", name, n.Line, whole[i].Value)
				}
			}
			n.Content = whole
		})
	}
}

// keysOf are the keys of a mapping, with the kind of a score.
func keysOf(n *yaml.Node) string {
	var keys []string
	for i := 0; i < len(n.Content); i += 2 {
		keys = append(keys, n.Content[i].Value)
		if n.Content[i].Value == "kind" {
			keys = append(keys, n.Content[i+1].Value)
		}
	}
	return strings.Join(keys, " ")
}

// mappings visits every mapping below a node, itself included.
func mappings(n *yaml.Node, visit func(*yaml.Node)) {
	if n.Kind == yaml.MappingNode {
		visit(n)
	}
	for _, child := range n.Content {
		mappings(child, visit)
	}
}

func scalar(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: s} }

// problemsOf are the problems that Load finds in a document, each with its first argument.
func problemsOf(t *testing.T, root *yaml.Node) []string {
	t.Helper()
	data, err := yaml.Marshal(root)
	require.NoError(t, err)
	_, err = criteria.Load("set.yaml", data)
	if err == nil {
		return nil
	}
	var problems diag.Problems
	require.ErrorAs(t, err, &problems)
	var list []string
	for _, p := range problems {
		list = append(list, strings.TrimSpace(p.Kind+" "+fmt.Sprint(append(p.Args, "")[0])))
	}
	return list
}

func TestSchemaExplainsEveryKey(t *testing.T) {
	asked := map[string]bool{}
	data, err := criteria.JSONSchema(func(key string) string {
		asked[key] = true
		return "about " + key
	})
	require.NoError(t, err)
	for _, lang := range locale.Langs() {
		l := locale.MustFor(lang)
		for key := range asked {
			assert.True(t, l.Has("schema."+key), "%s lacks schema.%s", lang, key)
		}
		for _, key := range l.Keys() {
			if key, ok := strings.CutPrefix(key, "schema."); ok {
				assert.True(t, asked[key], "nothing asks for schema.%s", key)
			}
		}
	}
	for _, kind := range rule.Kinds() {
		assert.Contains(t, string(data), `"description": "about kind-`+strings.ReplaceAll(kind, "_", "-")+`"`)
	}
	again, err := criteria.JSONSchema(func(key string) string { return "about " + key })
	require.NoError(t, err)
	assert.Equal(t, string(data), string(again), "equal texts, equal bytes")
}

// An editor has something to say of every key, and every reference leads somewhere.
func TestSchemaHasWordsAtEveryKey(t *testing.T) {
	data, err := criteria.JSONSchema(func(key string) string { return "about " + key })
	require.NoError(t, err)
	var schema map[string]any
	require.NoError(t, json.Unmarshal(data, &schema))
	defs := schema["$defs"].(map[string]any)
	keys := 0
	var look func(path string, n any)
	look = func(path string, n any) {
		switch n := n.(type) {
		case []any:
			for _, below := range n {
				look(path, below)
			}
		case map[string]any:
			if ref, ok := n["$ref"].(string); ok {
				assert.Contains(t, defs, strings.TrimPrefix(ref, "#/$defs/"), path)
			}
			properties, _ := n["properties"].(map[string]any)
			for key, value := range properties {
				keys++
				assert.NotEmpty(t, value.(map[string]any)["description"], "%s: %s", path, key)
			}
			for key, below := range n {
				look(path+"/"+key, below)
			}
		}
	}
	look("", schema)
	assert.Greater(t, keys, 200)
}
