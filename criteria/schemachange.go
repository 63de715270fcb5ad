package criteria

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/opendti/dti/criteria/rule"
)

// changeOf is the name of the shape of what changes a mapping.
func changeOf(name string) string { return "change_" + name }

// changes adds to the shapes of mappings those of what changes them in a set that extends another one: any of their
// keys, each merged in its turn, and null for those that may be without.
func (w schemaWriter) changes(defs shape) {
	merged := map[string]bool{}
	for name, def := range defs {
		merged[name] = merges(def.(shape))
	}
	c := changer{merged}
	for name := range merged {
		if merged[name] && name != "score" {
			defs[changeOf(name)] = c.part(defs[name].(shape))
		}
	}
	defs[changeOf("score")] = c.score(defs["score"].(shape))
	withoutLists(defs[changeOf("pillar")].(shape))
	defs["change"] = w.described(either(defs[changeOf("pillar")].(shape), defs[changeOf("indicator")].(shape)), "change")
	defs["add"] = w.mapping(addKeys)
	defs["extending"] = w.extending(c, defs["set"].(shape))
	needed := map[string]bool{}
	reach(defs, refTo("extending"), needed)
	maps.DeleteFunc(defs, func(name string, _ any) bool { return strings.HasPrefix(name, changeOf("")) && !needed[name] })
}

// reach finds the shapes that a value refers to, and those that they refer to.
func reach(defs shape, value any, found map[string]bool) {
	switch value := value.(type) {
	case shape:
		if ref, ok := value["$ref"].(string); ok && !found[refName(ref)] {
			found[refName(ref)] = true
			reach(defs, defs[refName(ref)], found)
		}
		for _, below := range value {
			reach(defs, below, found)
		}
	case []shape:
		for _, below := range value {
			reach(defs, below, found)
		}
	}
}

// refName is the name that a reference is made of.
func refName(ref string) string { return strings.TrimPrefix(ref, refTo("")["$ref"].(string)) }

// merges reports whether a value of a shape may be a mapping, which a change merges into.
func merges(s shape) bool {
	if each, ok := s["anyOf"].([]shape); ok && s["type"] == nil {
		return slices.ContainsFunc(each, merges)
	}
	return s["type"] == "object"
}

// withoutLists takes the lists of nodes out of the keys of a mapping: they change node by node.
func withoutLists(s shape) {
	for _, key := range nodeLists {
		delete(s["properties"].(shape), key)
	}
}

// either is a mapping that may have the keys of both.
func either(a, b shape) shape {
	properties := maps.Clone(a["properties"].(shape))
	maps.Copy(properties, b["properties"].(shape))
	return shape{"type": "object", "properties": properties, "additionalProperties": false}
}

// extending is a set that extends another one.
func (w schemaWriter) extending(c changer, set shape) shape {
	part := c.part(set)
	withoutLists(part)
	properties := part["properties"].(shape)
	for _, key := range ownKeys {
		properties[key] = set["properties"].(shape)[key]
	}
	properties["source"] = c.removable(set["properties"].(shape)["source"].(shape))
	for _, k := range extendingKeys().keys {
		if slices.Contains(extendingOnly, k.name) {
			properties[k.name] = w.described(k.value, "extending-"+k.name)
		}
	}
	s := shape{
		"type": "object", "properties": properties, "additionalProperties": false,
		"required": []string{"schema", "extends", "id", "version", "title"},
	}
	return w.described(s, "extending")
}

// A changer makes the shapes of changes; it knows of which named shapes the values merge.
type changer struct{ merged map[string]bool }

// part is the shape of what is merged into a value: of a mapping some keys, of anything else all of it.
func (c changer) part(s shape) shape {
	if ref, ok := s["$ref"].(string); ok {
		name := refName(ref)
		if !c.merged[name] {
			return s
		}
		s = maps.Clone(s)
		maps.Copy(s, refTo(changeOf(name)))
		return s
	}
	if each, ok := s["anyOf"].([]shape); ok && s["type"] == nil {
		s = maps.Clone(s)
		parts := make([]shape, len(each))
		for i, one := range each {
			parts[i] = c.part(one)
		}
		s["anyOf"] = parts
		return s
	}
	if s["type"] != "object" {
		return s
	}
	return c.partOfMapping(s)
}

func (c changer) partOfMapping(s shape) shape {
	part := shape{"type": "object"}
	for _, key := range []string{"description", "propertyNames", "additionalProperties"} {
		if v, ok := s[key]; ok {
			part[key] = v
		}
	}
	if each, ok := s["additionalProperties"].(shape); ok {
		part["additionalProperties"] = c.removable(each)
	}
	properties, ok := s["properties"].(shape)
	if !ok {
		return part
	}
	needed, _ := s["required"].([]string)
	parts := shape{}
	for key, value := range properties {
		if slices.Contains(needed, key) {
			parts[key] = c.part(value.(shape))
		} else {
			parts[key] = c.removable(value.(shape))
		}
	}
	part["properties"] = parts
	return part
}

// removable is what changes a value that may be without: null removes it.
func (c changer) removable(s shape) shape { return orNull(c.part(s)) }

// orNull is a value of a shape, or null.
func orNull(s shape) shape {
	part := maps.Clone(s)
	words, explained := part["description"]
	delete(part, "description")
	s = eitherOf(part, shape{"type": "null"})
	if explained {
		s["description"] = words
	}
	return s
}

// score is what changes a score, whose kind is not known here: the keys of all kinds.
func (c changer) score(score shape) shape {
	properties := shape{}
	for _, kind := range score["oneOf"].([]shape) {
		for key, value := range kind["properties"].(shape) {
			properties[key] = c.also(properties[key], value.(shape))
		}
	}
	about := properties["kind"].(shape)["description"]
	properties["kind"] = oneWord(rule.Kinds()...)
	if about != nil {
		properties["kind"].(shape)["description"] = about
	}
	return shape{"type": "object", "properties": properties, "additionalProperties": false}
}

// also is what changes a value of one shape or of another one.
func (c changer) also(before any, s shape) shape {
	changed := c.removable(s)
	already, ok := before.(shape)
	if !ok {
		return changed
	}
	for _, one := range changed["anyOf"].([]shape) {
		alike := func(other shape) bool { return reflect.DeepEqual(one, other) }
		if !slices.ContainsFunc(already["anyOf"].([]shape), alike) {
			already["anyOf"] = append(already["anyOf"].([]shape), one)
		}
	}
	return already
}
