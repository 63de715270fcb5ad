package criteria

import (
	"slices"
	"strings"

	"github.com/opendti/dti/criteria/rule"
)

// A mapping is one kind of mapping of the format with the keys that it may have. Load refuses every other key by these
// tables, and JSONSchema is written from them.
type mapping struct {
	name    string // in the JSON Schema, and at the front of the keys of its descriptions
	keys    []declared
	oneOf   [][]string // of each list, exactly one key must be there
	anyOf   []string   // at least one of these keys must be there
	notBoth []string   // of these two keys at most one may be there
}

// A declared key of a mapping: whether it must be there, and what its value looks like.
type declared struct {
	name   string
	needed bool
	value  shape
}

func (m mapping) has(key string) bool {
	return slices.ContainsFunc(m.keys, func(k declared) bool { return k.name == key })
}

func (m mapping) names() []string { return ids(m.keys, func(k declared) string { return k.name }) }

// dashed is a name in the keys of descriptions: not_applicable is not-applicable.
func dashed(name string) string { return strings.ReplaceAll(name, "_", "-") }

// Words of the format, each list in the order of its constants, with the default first.
var (
	combineWords = []string{"sum", "mean", "geometric", "harmonic", "min"}
	policyWords  = []string{"rescale", "full", "zero"}
	tiesWords    = []string{"competition", "dense", "unique"}
	effectWords  = []string{"base", "bonus", "penalty", "none"}
	publicWords  = []string{"answers", "points", "none"}
	byWords      = []string{"agency", "department", "survey", "council"}
	answerWords  = []string{"zero", "skip"}
	absentWords  = []string{"zero", "unranked"}
	withoutWords = []string{"flag", "zero"}
)

// bounds are the keys of a step's bound, of which it has one.
var bounds = []string{"from", "above", "up_to", "by"}

var setKeys = mapping{
	name: "set",
	keys: []declared{
		{"schema", true, shape{"const": Schema}},
		{"id", true, refTo("id")},
		{"version", true, versionShape()},
		{"title", true, refTo("name")},
		{"source", false, refTo("source")},
		{"languages", true, setOf(languageShape())},
		{"scale", false, eitherOf(above0(), oneWord("points"))},
		{"groups", true, groupsShape()},
		{"ratings", false, listOf(refTo("rating"))},
		{"rounding", false, refTo("rounding")},
		{"ranking", false, refTo("ranking")},
		{"missing", false, refTo("missing")},
		{"not_applicable", false, oneWord(policyWords...)},
		{"caps", false, refTo("caps")},
		{"combine", false, oneWord(combineWords...)},
		{"figures", false, byID(refTo("figure"))},
		{"verifiers", false, codesShape()},
		{"tags", false, codesShape()},
		{"pillars", false, listOf(refTo("pillar"))},
		{"indicators", false, listOf(refTo("indicator"))},
		{"views", false, listOf(refTo("view"))},
		{"terms", false, termsShape()},
	},
	anyOf: []string{"pillars", "indicators"},
}

var sourceKeys = mapping{name: "source", keys: []declared{
	{"decision", false, refTo("text")},
	{"date", false, dayShape()},
	{"url", false, refTo("text")},
	{"structure_only", false, refTo("name")},
}}

var ratingKeys = mapping{
	name: "rating",
	keys: []declared{
		{"id", true, refTo("id")},
		{"name", true, refTo("name")},
		{"from", false, atLeast0()},
		{"above", false, atLeast0()},
	},
	oneOf: [][]string{{"from", "above"}},
}

var roundingKeys = mapping{name: "rounding", keys: []declared{
	{"indicator", false, placesShape()},
	{"total", false, placesShape()},
}}

var rankingKeys = mapping{name: "ranking", keys: []declared{
	{"ties", false, oneWord(tiesWords...)},
	{"tie_break", false, listOf(refTo("id"))},
}}

var missingKeys = mapping{name: "missing", keys: []declared{
	{"answer", false, oneWord(answerWords...)},
	{"no_submission", false, oneWord(absentWords...)},
	{"max_share", false, shape{"type": "number", "minimum": 0, "maximum": 1}},
}}

var capsKeys = mapping{name: "caps", keys: []declared{
	{"bonus", false, atLeast0()},
	{"penalty", false, atLeast0()},
}}

var pillarKeys = mapping{
	name: "pillar",
	keys: []declared{
		{"id", true, refTo("id")},
		{"no", false, refTo("text")},
		{"name", true, refTo("name")},
		{"points", false, refTo("points")},
		{"weight", false, above0()},
		{"combine", false, oneWord(combineWords...)},
		{"pillars", false, listOf(refTo("pillar"))},
		{"indicators", false, listOf(refTo("indicator"))},
	},
	anyOf: []string{"pillars", "indicators"},
}

var indicatorKeys = mapping{name: "indicator", keys: []declared{
	{"id", true, refTo("id")},
	{"no", false, refTo("text")},
	{"name", true, refTo("name")},
	{"points", false, refTo("points")},
	{"weight", false, above0()},
	{"min", false, shape{"type": "number", "maximum": 0}},
	{"for", false, setOf(refTo("id"))},
	{"when", false, refTo("text")},
	{"inputs", false, inputsShape()},
	{"score", true, refTo("score")},
	{"evidence", false, refTo("evidence")},
	{"not_applicable", false, refTo("not_applicable")},
	{"verifier", false, refTo("text")},
	{"public", false, oneWord(publicWords...)},
	{"advice", false, refTo("name")},
	{"from", false, refTo("from")},
	{"effect", false, oneWord(effectWords...)},
}}

// inputKeys are those of an indicator's input, whose name may go without; a figure must have one.
var inputKeys = mapping{name: "input", keys: []declared{
	{"name", false, refTo("name")},
	{"type", true, oneWord(rule.TypeNames()...)},
	{"by", false, oneWord(byWords...)},
	{"min", false, numberShape()},
	{"max", false, numberShape()},
}}

var evidenceKeys = mapping{name: "evidence", keys: []declared{
	{"required", false, flagShape()},
	{"without", false, oneWord(withoutWords...)},
	{"hint", false, refTo("name")},
}}

var notApplicableKeys = mapping{name: "not_applicable", keys: []declared{
	{"allowed", false, flagShape()},
	{"policy", false, oneWord(policyWords...)},
}}

var lineageKeys = mapping{name: "from", keys: []declared{
	{"id", true, refTo("id")},
	{"comparable", false, flagShape()},
}}

var optionKeys = mapping{name: "option", keys: []declared{
	{"id", true, refTo("id")},
	{"name", true, refTo("name")},
	{"share", false, numberShape()},
	{"points", false, numberShape()},
}}

var stepKeys = mapping{
	name: "step",
	keys: []declared{
		{"from", false, numberShape()},
		{"above", false, numberShape()},
		{"up_to", false, numberShape()},
		{"by", false, dayShape()},
		{"share", false, numberShape()},
		{"points", false, numberShape()},
	},
	oneOf: [][]string{bounds, {"share", "points"}},
}

var partKeys = mapping{
	name: "part",
	keys: []declared{
		{"id", true, refTo("id")},
		{"share", false, numberShape()},
		{"points", false, numberShape()},
		{"score", true, refTo("score")},
	},
	oneOf: [][]string{{"share", "points"}},
}

var deductionKeys = mapping{name: "deduction", keys: []declared{
	{"of", false, refTo("operand")},
	{"each", true, numberShape()},
}}

// scoreKeys are the keys of a kind of score, as the kind declares them; their shapes are added for the JSON Schema only.
func scoreKeys(keys []rule.Key) mapping {
	m := mapping{name: "score", keys: make([]declared, 0, len(keys)+1)}
	m.keys = append(m.keys, declared{name: "kind", needed: true})
	for _, k := range keys {
		m.keys = append(m.keys, declared{name: k.Name, needed: k.Required})
	}
	return m
}
