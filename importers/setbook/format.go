package setbook

import (
	"slices"
	"strings"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/rule"
)

// A form is how cells hold the value of a key. The zero form is invalid on purpose.
type form int

const (
	asText     form = iota + 1
	asNumber        // or a word of the vocabulary, where there is one
	asShare         // a number that may be typed as a percentage
	asWord          // a word of the vocabulary
	asFlag          // yes or no
	asDay           // a date
	asList          // words with ";" between them
	asOperand       // the same, and one word alone stands without a list
	asNames         // a column for each language
	asPoints        // one number, or a column for each agency group
	asBound         // two columns: which bound, and its value
	asRows          // rows of their own below, as a list
	asRowsByID      // rows of their own below, as a mapping by id
	asScore         // the keys of a kind of score
)

// A field is one key of a row's mapping and how the workbook holds it.
type field struct {
	path   string // keys from the mapping, with dots between them; "": the mapping itself
	form   form
	words  string // the vocabulary
	column string // the column, where it is not the path
	kind   string // kind of the rows
}

// in is the column of the field; those of languages and groups have a suffix.
func (f field) in() string {
	if f.column != "" {
		return f.column
	}
	return f.path
}

// columns are the columns that the field takes, without suffixes.
func (f field) columns() []string {
	switch f.form {
	case asRows, asRowsByID, asScore:
		return nil
	case asBound:
		return []string{"bound", "value"}
	default:
		return []string{f.in()}
	}
}

// Kinds of rows.
const (
	ofSet       = "set"
	ofGroup     = "group"
	ofTerm      = "term"
	ofRating    = "rating"
	ofFigure    = "figure"
	ofVerifier  = "verifier"
	ofTag       = "tag"
	ofView      = "view"
	ofViewPart  = "view_part"
	ofPillar    = "pillar"
	ofIndicator = "indicator"
	ofInput     = "input"
	ofOption    = "option"
	ofStep      = "step"
	ofPart      = "part"
	ofDeduction = "deduction"
)

// formats is the format of a set as rows: the keys of each kind of row, in the order of a written set. A key of the
// format that is not here fails a test.
var formats = map[string][]field{
	ofSet: {
		{path: "id", form: asText},
		{path: "version", form: asText},
		{path: "title", form: asNames},
		{path: "source.decision", form: asText},
		{path: "source.date", form: asDay},
		{path: "source.url", form: asText},
		{path: "source.structure_only", form: asNames},
		{path: "languages", form: asList},
		{path: "scale", form: asNumber, words: "total"},
		{path: "groups", form: asRowsByID, kind: ofGroup},
		{path: "ratings", form: asRows, kind: ofRating},
		{path: "rounding.indicator", form: asNumber, words: "places"},
		{path: "rounding.total", form: asNumber, words: "places"},
		{path: "ranking.ties", form: asWord, words: "ties"},
		{path: "ranking.tie_break", form: asList},
		{path: "missing.answer", form: asWord, words: "answer"},
		{path: "missing.no_submission", form: asWord, words: "absent"},
		{path: "missing.max_share", form: asShare},
		{path: "not_applicable", form: asWord, words: "policy"},
		{path: "caps.bonus", form: asNumber},
		{path: "caps.penalty", form: asNumber},
		{path: "combine", form: asWord, words: "combine"},
		{path: "figures", form: asRowsByID, kind: ofFigure},
		{path: "verifiers", form: asRowsByID, kind: ofVerifier},
		{path: "tags", form: asRowsByID, kind: ofTag},
		{path: "pillars", form: asRows, kind: ofPillar},
		{path: "indicators", form: asRows, kind: ofIndicator},
		{path: "views", form: asRows, kind: ofView},
		{path: "terms", form: asRowsByID, kind: ofTerm},
	},
	ofGroup:    {{form: asNames, column: "name"}},
	ofTerm:     {{form: asNames, column: "name"}},
	ofVerifier: {{form: asNames, column: "name"}},
	ofTag:      {{form: asNames, column: "name"}},
	ofRating: {
		{path: "id", form: asText},
		{path: "name", form: asNames},
		{form: asBound, words: "bound"},
	},
	ofFigure: inputFields,
	ofInput:  inputFields,
	ofView: {
		{path: "id", form: asText},
		{path: "no", form: asText},
		{path: "name", form: asNames},
		{path: "combine", form: asWord, words: "combine"},
		{path: "of", form: asRows, kind: ofViewPart},
	},
	ofViewPart: {
		{path: "id", form: asText},
		{path: "weight", form: asNumber},
	},
	ofPillar: {
		{path: "id", form: asText},
		{path: "no", form: asText},
		{path: "name", form: asNames},
		{path: "points", form: asPoints},
		{path: "weight", form: asNumber},
		{path: "combine", form: asWord, words: "combine"},
		{path: "pillars", form: asRows, kind: ofPillar},
		{path: "indicators", form: asRows, kind: ofIndicator},
	},
	ofIndicator: {
		{path: "id", form: asText},
		{path: "no", form: asText},
		{path: "name", form: asNames},
		{path: "points", form: asPoints},
		{path: "weight", form: asNumber},
		{path: "min", form: asNumber},
		{path: "for", form: asList},
		{path: "when", form: asText},
		{path: "inputs", form: asRowsByID, kind: ofInput},
		{path: "score", form: asScore},
		{path: "evidence.required", form: asFlag},
		{path: "evidence.without", form: asWord, words: "without"},
		{path: "evidence.hint", form: asNames},
		{path: "not_applicable.allowed", form: asFlag},
		{path: "not_applicable.policy", form: asWord, words: "policy"},
		{path: "verifier", form: asText},
		{path: "public", form: asWord, words: "public"},
		{path: "advice", form: asNames},
		{path: "from.id", form: asText},
		{path: "from.comparable", form: asFlag},
		{path: "effect", form: asWord, words: "effect"},
	},
	ofOption: {
		{path: "id", form: asText},
		{path: "name", form: asNames},
		{path: "share", form: asShare},
		{path: "points", form: asNumber},
	},
	ofStep: {
		{form: asBound, words: "bound"},
		{path: "share", form: asShare},
		{path: "points", form: asNumber},
	},
	ofPart: {
		{path: "id", form: asText},
		{path: "share", form: asShare},
		{path: "points", form: asNumber},
		{path: "score", form: asScore},
	},
	ofDeduction: {
		{path: "of", form: asOperand, column: "score.of"},
		{path: "each", form: asNumber, column: "score.each"},
	},
}

// inputFields are the keys of an input and of a figure.
var inputFields = []field{
	{path: "name", form: asNames},
	{path: "type", form: asWord, words: "type"},
	{path: "by", form: asWord, words: "by"},
	{path: "min", form: asNumber},
	{path: "max", form: asNumber},
}

// fieldsOf are the fields of a kind of row, with those of its score in the place of asScore. Of a kind of score that is
// not known, or "", these are the keys of every kind.
func fieldsOf(kind, score string) []field {
	if f, ok := fieldTable()[[2]string{kind, score}]; ok {
		return f
	}
	return fieldTable()[[2]string{kind, ""}]
}

// fieldTable holds the fields of every kind of row with every kind of score.
var fieldTable = sync.OnceValue(func() map[[2]string][]field {
	table := map[[2]string][]field{}
	for _, score := range append(rule.Kinds(), "") {
		fields := scoreFields(score)
		for kind, own := range formats {
			var all []field
			for _, f := range own {
				if f.form == asScore {
					all = append(all, fields...)
				} else {
					all = append(all, f)
				}
			}
			table[[2]string{kind, score}] = all
		}
	}
	return table
})

// scoreFields are the keys of a kind of score: its own first, then those of the other kinds, which cells may hold by
// mistake.
func scoreFields(kind string) []field {
	fields := []field{{path: "score.kind", form: asWord, words: "score-kind"}}
	kinds := slices.Clone(rule.Kinds())
	slices.SortStableFunc(kinds, func(a, b string) int {
		switch {
		case a == kind && b != kind:
			return -1
		case b == kind && a != kind:
			return 1
		default:
			return 0
		}
	})
	seen := map[string]bool{}
	for _, name := range kinds {
		r, _ := rule.New(name) // a kind of the table
		for _, k := range r.Keys() {
			f := settingField(k)
			if !seen[f.path+" "+f.kind] {
				seen[f.path+" "+f.kind] = true
				fields = append(fields, f)
			}
		}
	}
	return fields
}

// settingField is a key of a kind of score.
func settingField(k rule.Key) field {
	f := field{path: "score." + k.Name}
	switch k.Into.(type) {
	case *decimal.Decimal, *rule.Optional:
		f.form = asNumber
	case *rule.Operand:
		f.form = asOperand
	case *string:
		f.form, f.words = asWord, strings.ReplaceAll(k.Name, "_", "-")
	case *[]rule.Option:
		f.form, f.kind = asRows, ofOption
	case *[]rule.Step:
		f.form, f.kind = asRows, ofStep
	case *[]rule.Part:
		f.form, f.kind = asRows, ofPart
	case *[]rule.Deduction:
		f.form, f.kind = asRows, ofDeduction
	default:
		panic("setbook: no form for the key " + k.Name) // held by the test that writes every kind
	}
	return f
}

// A page is a sheet of a certain layout.
type page struct {
	name  string   // of the mark in its first cell
	kinds []string // of rows that it holds, the most important first
	// columns in the order of the sheet; those of every kind of score are put in at "score.*".
	columns []string
}

// Names of the layouts.
const (
	pageSettings  = "settings"
	pageGroups    = "groups"
	pageRatings   = "ratings"
	pageFigures   = "figures"
	pageVerifiers = "verifiers"
	pageTags      = "tags"
	pageViews     = "views"
	pageTerms     = "terms"
	pagePart      = "part"
)

// pages are the layouts, in the order of the workbook; the settings, which have a row per key, have their own.
var pages = []page{
	{name: pageGroups, kinds: []string{ofGroup}, columns: []string{"id", "name"}},
	{name: pageRatings, kinds: []string{ofRating}, columns: []string{"id", "name", "bound", "value"}},
	{name: pageFigures, kinds: []string{ofFigure}, columns: []string{"id", "name", "type", "by", "min", "max"}},
	{name: pageVerifiers, kinds: []string{ofVerifier}, columns: []string{"id", "name"}},
	{name: pageTags, kinds: []string{ofTag}, columns: []string{"id", "name"}},
	{name: pagePart, kinds: []string{ofPillar, ofIndicator, ofInput, ofOption, ofStep, ofPart, ofDeduction}, columns: []string{
		columnKind, "id", "no", "name", columnParent, "points", "share", "weight", "score.*", "bound", "value",
		"type", "by", "min", "max", "combine", "for", "when", "effect",
		"evidence.required", "evidence.without", "evidence.hint", "not_applicable.allowed", "not_applicable.policy",
		"verifier", "public", "advice", "from.id", "from.comparable",
	}},
	{name: pageViews, kinds: []string{ofView, ofViewPart}, columns: []string{columnKind, "id", "no", "name", "weight", "combine"}},
	{name: pageTerms, kinds: []string{ofTerm}, columns: []string{"id", "name"}},
}

// Columns that are no keys.
const (
	columnKind   = "kind"   // the kind of row, in words
	columnParent = "parent" // what the row belongs to, where its place does not say so
	columnHidden = "hidden" // the kind of row for the program; in it stands the mark of the sheet
	columnKey    = "key"    // words for a setting
	columnValue  = "setting"
	columnHelp   = "help"
	// columnComment is the setting that holds the comment at the head of the file.
	columnComment = "comment"
)

// pageNamed finds a layout.
func pageNamed(name string) (page, bool) {
	i := slices.IndexFunc(pages, func(p page) bool { return p.name == name })
	if i < 0 {
		return page{}, false
	}
	return pages[i], true
}

// all lists the columns of a layout, without suffixes.
func (p page) all() []string { return columnTable()[p.name] }

// columnTable holds the columns of every layout.
var columnTable = sync.OnceValue(func() map[string][]string {
	table := map[string][]string{}
	for _, p := range pages {
		table[p.name] = p.resolved()
	}
	return table
})

// resolved are the columns with those of the scores put in.
func (p page) resolved() []string {
	var list []string
	for _, c := range p.columns {
		if c != "score.*" {
			list = append(list, c)
			continue
		}
		for _, f := range scoreFields("") {
			list = append(list, f.columns()...)
		}
	}
	return list
}

// fieldIn finds the field of a column, by its name without a suffix, among the rows of a layout.
func (p page) fieldIn(column string) (field, bool) {
	for _, kind := range p.kinds {
		if f, ok := fieldAt(fieldsOf(kind, ""), column); ok {
			return f, ok
		}
	}
	return field{}, false
}

// fieldAt finds the field of a column, by its name without a suffix.
func fieldAt(fields []field, column string) (field, bool) {
	i := slices.IndexFunc(fields, func(f field) bool { return slices.Contains(f.columns(), column) })
	if i < 0 {
		return field{}, false
	}
	return fields[i], true
}

// split cuts the suffix off a column: name.vi, points.ward. Columns of keys have dots of their own.
func split(column string, known func(string) bool) (base, suffix string) {
	if known(column) {
		return column, ""
	}
	i := strings.LastIndexByte(column, '.')
	if i < 0 || !known(column[:i]) {
		return "", ""
	}
	return column[:i], column[i+1:]
}
