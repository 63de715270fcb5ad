package criteria

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/rule"
)

// A shape is what a value of the format looks like, in the words of JSON Schema.
type shape map[string]any

// JSONSchema is the format dti.criteria/v1 as a JSON Schema (draft 2020-12), for editors that check and complete while
// one types: of a set written out in full, and of one that extends another. Load stays the judge: a schema sees neither
// ids used twice nor points that do not add up, and of a set that extends nothing of what that brings.
//
// The texts that explain a key come from describe, which is asked for "set" and "set-not-applicable" (a mapping, one of
// its keys), "kind-ratio" and "score-target" (a kind of score, a key of kinds); where it has none, "", nothing is
// explained. Equal texts give equal bytes. The error is that of the encoder.
func JSONSchema(describe func(key string) string) ([]byte, error) {
	w := schemaWriter{describe: describe}
	defs := shape{
		"set":    w.set(),
		"figure": w.mapping(figureKeys()), "score": w.score(),
		"id": idShape(), "name": nameShape(), "operand": operandShape(), "points": perGroupShape(), "text": textShape(),
	}
	for _, m := range []mapping{
		sourceKeys, ratingKeys, roundingKeys, rankingKeys, missingKeys, capsKeys, pillarKeys, indicatorKeys, inputKeys,
		evidenceKeys, notApplicableKeys, lineageKeys, optionKeys, stepKeys, partKeys, deductionKeys,
		viewKeys, viewPartKeys,
	} {
		defs[m.name] = w.mapping(m)
	}
	w.changes(defs)
	root := shape{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "title": Schema, "$defs": defs,
		"if": shape{"required": []string{"extends"}}, "then": refTo("extending"), "else": refTo("set"),
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(root); err != nil {
		return nil, fmt.Errorf("write the JSON Schema: %w", err)
	}
	return out.Bytes(), nil
}

// figureKeys are an input's; a figure stands under no indicator's name and needs its own.
func figureKeys() mapping {
	m := mapping{name: inputKeys.name}
	for _, k := range inputKeys.keys {
		k.needed = k.needed || k.name == "name"
		m.keys = append(m.keys, k)
	}
	return m
}

type schemaWriter struct{ describe func(key string) string }

// described is a shape with its explanation. The shape given stays as it was, because tables share it.
func (w schemaWriter) described(s shape, key string) shape {
	words := w.describe(dashed(key))
	if words == "" {
		return s
	}
	s = maps.Clone(s)
	s["description"] = words
	return s
}

// mapping is a mapping that has no other keys than its own.
func (w schemaWriter) mapping(m mapping) shape {
	properties := shape{}
	var needed []string
	for _, k := range m.keys {
		properties[k.name] = w.described(k.value, m.name+"-"+k.name)
		if k.needed {
			needed = append(needed, k.name)
		}
	}
	s := shape{"type": "object", "properties": properties, "additionalProperties": false}
	if needed != nil {
		s["required"] = needed
	}
	var rules []shape
	for _, keys := range m.oneOf {
		rules = append(rules, shape{"oneOf": requiredEach(keys)})
	}
	if m.anyOf != nil {
		rules = append(rules, shape{"anyOf": requiredEach(m.anyOf)})
	}
	if m.notBoth != nil {
		rules = append(rules, shape{"not": shape{"required": m.notBoth}})
	}
	if rules != nil {
		s["allOf"] = rules
	}
	return w.described(s, m.name)
}

// set is a set written out in full; its own words are explained, each by the same text.
func (w schemaWriter) set() shape {
	s := w.mapping(setKeys)
	terms := s["properties"].(shape)["terms"].(shape)["properties"].(shape)
	for name, value := range terms {
		terms[name] = w.described(value.(shape), "term")
	}
	return s
}

func requiredEach(keys []string) []shape {
	list := make([]shape, len(keys))
	for i, key := range keys {
		list[i] = shape{"required": []string{key}}
	}
	return list
}

// score is one mapping for each kind of score, told apart by `kind`.
func (w schemaWriter) score() shape {
	var each []shape
	for _, kind := range rule.Kinds() {
		r, _ := rule.New(kind) // a kind of the table
		s := w.mapping(shapedScore(r))
		s["title"] = kind
		delete(s, "description")
		each = append(each, w.described(s, "kind-"+kind))
	}
	return w.described(shape{"type": "object", "required": []string{"kind"}, "oneOf": each}, "score")
}

// shapedScore are the keys of a kind of score with their shapes.
func shapedScore(r rule.Rule) mapping {
	keys := r.Keys()
	m := scoreKeys(keys)
	m.keys[0].value = shape{"const": r.Kind()}
	for i, k := range keys {
		m.keys[i+1].value = settingShape(k)
	}
	return m
}

// settingShape is what a kind's key holds, by what it is decoded into.
func settingShape(k rule.Key) shape {
	switch k.Into.(type) {
	case *decimal.Decimal, *rule.Optional:
		return numberShape()
	case *rule.Operand:
		return refTo("operand")
	case *string:
		return oneWord(k.Words...)
	case *[]rule.Option:
		return listOf(refTo(optionKeys.name))
	case *[]rule.Step:
		return listOf(refTo(stepKeys.name))
	case *[]rule.Part:
		return listOf(refTo(partKeys.name))
	case *[]rule.Deduction:
		return listOf(refTo(deductionKeys.name))
	default:
		panic("criteria: no shape for the key " + k.Name) // held by the test that describes every kind
	}
}

func refTo(name string) shape { return shape{"$ref": "#/$defs/" + name} }

func listOf(item shape) shape { return shape{"type": "array", "minItems": 1, "items": item} }

// setOf is a list in which nothing stands twice.
func setOf(item shape) shape {
	list := listOf(item)
	list["uniqueItems"] = true
	return list
}

func eitherOf(shapes ...shape) shape { return shape{"anyOf": shapes} }

func oneWord(words ...string) shape { return shape{"enum": words} }

func flagShape() shape { return shape{"type": "boolean"} }

func numberShape() shape { return shape{"type": "number"} }

func above0() shape { return shape{"type": "number", "exclusiveMinimum": 0} }

func atLeast0() shape { return shape{"type": "number", "minimum": 0} }

// textPattern is a text that is not blank and has no control characters, save line breaks and tabs; in the words that
// the regular expressions of Go and of editors share.
const textPattern = `^[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]*[^\x00-\x20\x7F-\x9F][^\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]*$`

// textShape is a scalar, because numbers stay as they are written where text is read: no: 4.10.
func textShape() shape {
	return shape{"type": []string{"string", "number", "boolean"}, "pattern": textPattern}
}

func idShape() shape {
	return shape{"type": []string{"string", "integer", "boolean"}, "pattern": idPattern.String(), "maxLength": longestID}
}

func versionShape() shape {
	return shape{"type": []string{"string", "number", "boolean"}, "pattern": versionPattern.String(), "maxLength": longestID}
}

func languageShape() shape { return shape{"type": "string", "pattern": langPattern.String()} }

func dayShape() shape {
	return shape{"type": "string", "format": "date", "pattern": `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`}
}

// nameShape is a text by language.
func nameShape() shape {
	s := partlyNamed()
	s["minProperties"] = 1
	return s
}

// partlyNamed is a text by language, of which none need be there.
func partlyNamed() shape {
	return shape{"type": "object", "propertyNames": languageShape(), "additionalProperties": refTo("text")}
}

// byID is a mapping of what has the ids that the set chooses.
func byID(each shape) shape {
	names := shape{"pattern": idPattern.String(), "maxLength": longestID}
	return shape{"type": "object", "minProperties": 1, "propertyNames": names, "additionalProperties": each}
}

// changesShape is what is changed of nodes, by their ids.
func changesShape() shape { return byID(refTo("change")) }

func groupsShape() shape { return byID(refTo("name")) }

// codesShape is names by codes, which may be any text: the codes of agencies have dots.
func codesShape() shape {
	return shape{
		"type": "object", "minProperties": 1, "propertyNames": shape{"pattern": textPattern}, "additionalProperties": refTo("name"),
	}
}

func termsShape() shape {
	properties := shape{}
	for _, name := range TermNames() {
		properties[name] = partlyNamed()
	}
	return shape{"type": "object", "properties": properties, "additionalProperties": false}
}

// inputsShape is inputs by id, which need names where there are several.
func inputsShape() shape {
	s := byID(refTo(inputKeys.name))
	named := shape{"additionalProperties": shape{"required": []string{"name"}}}
	s["anyOf"] = []shape{{"maxProperties": 1}, named}
	return s
}

// perGroupShape is points for all groups or by group. Those of informational indicators may be 0.
func perGroupShape() shape {
	s := byID(atLeast0())
	delete(s, "minProperties") // that points are lacking is for Load to say, group by group
	return eitherOf(atLeast0(), s)
}

// placesShape is a number of decimals.
func placesShape() shape {
	return eitherOf(shape{"type": "integer", "minimum": 0, "maximum": mostPlaces}, oneWord("none"))
}

// operandShape is the name of an input or a list of names; "-" in front subtracts.
func operandShape() shape {
	name := strings.TrimPrefix(idPattern.String(), "^")
	input := shape{"type": []string{"string", "integer", "boolean"}, "pattern": `^-?(` + FiguresID + `\.)?` + name}
	return eitherOf(input, listOf(input))
}
