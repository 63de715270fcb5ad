package setbook_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/importers/setbook"
)

// A schema is what the test reads of the JSON Schema of the format.
type schema struct {
	Properties map[string]schema `json:"properties"`
	Defs       map[string]schema `json:"$defs"`
	OneOf      []schema          `json:"oneOf"`
	AnyOf      []schema          `json:"anyOf"`
	Ref        string            `json:"$ref"`
	Enum       []string          `json:"enum"`
}

func format(t *testing.T) schema {
	t.Helper()
	text, err := criteria.JSONSchema(func(string) string { return "" })
	require.NoError(t, err)
	var s schema
	require.NoError(t, json.Unmarshal(text, &s))
	return s
}

// Every key of the format has a column, a setting or rows: who adds a key to the format adds it to the workbook.
func TestEveryKeyHasItsCell(t *testing.T) {
	s := format(t)
	if _, ok := s.Defs["set"]; !ok {
		s.Defs["set"] = schema{Properties: s.Properties}
	}
	require.NotEmpty(t, s.Defs["set"].Properties)
	rows := map[string]string{
		"set": "set", "figure": "figure", "pillar": "pillar", "indicator": "indicator", "input": "input",
		"option": "option", "step": "step", "part": "part", "deduction": "deduction", "rating": "rating", "view": "view", "view_part": "view_part",
	}
	inner := map[string]string{
		"source": "set", "rounding": "set", "ranking": "set", "missing": "set", "caps": "set",
		"evidence": "indicator", "not_applicable": "indicator", "from": "indicator",
	}
	for name, def := range s.Defs {
		if name == "extending" || name == "add" || strings.HasPrefix(name, "change") {
			continue // a set that extends another one is written out in full
		}
		kind, prefix := rows[name], ""
		if in, ok := inner[name]; ok {
			kind, prefix = in, name+"."
		}
		if name == "score" {
			kind, prefix = "indicator", "score."
			def.Properties = map[string]schema{}
			for _, one := range def.OneOf {
				maps.Copy(def.Properties, one.Properties)
			}
		}
		if kind == "" {
			assert.Empty(t, def.Properties, "the workbook knows no rows for %s", name)
			continue
		}
		paths := setbook.Paths(kind)
		for key, value := range def.Properties {
			switch {
			case name == "set" && (key == "schema" || key == "extends" || key == "remove" || key == "change" || key == "add"):
			case inner[strings.TrimPrefix(value.Ref, "#/$defs/")] != "":
			default:
				assert.True(t, slices.Contains(paths, prefix+key) || key == "score" && slices.Contains(paths, "score.kind"), "%s%s of %s has no cell", prefix, key, name)
			}
			words := value.Enum
			for _, either := range value.AnyOf {
				words = append(words, either.Enum...)
			}
			if have := setbook.Words(kind, prefix+key); words != nil && name != "view" {
				assert.Equal(t, words, have, "words of %s%s", prefix, key)
			}
		}
	}
}

// Every heading and word is there in every language, and no two words of a list are the same in one.
func TestEveryWordIsThere(t *testing.T) {
	for _, lang := range locale.Langs() {
		say := locale.MustFor(lang)
		for _, key := range setbook.Sentences() {
			assert.True(t, say.Has(key), "%s lacks %s", lang, key)
		}
		for _, name := range setbook.Vocabularies() {
			seen := map[string]string{}
			for _, w := range setbook.WordsOf(name) {
				words := say.Say("form.book-word-" + name + "-" + strings.ReplaceAll(w, "_", "-"))
				assert.Empty(t, seen[words], "%s: %s means two things in %s", lang, words, name)
				seen[words] = w
			}
		}
	}
}
