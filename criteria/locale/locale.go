// Package locale says problems, notes, numbers and dates in the words of one language. A language is one YAML file
// beside this one; nothing else of the project holds sentences. It knows neither files nor rules.
package locale

import (
	"embed"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"gopkg.in/yaml.v3"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
)

//go:embed *.yaml
var files embed.FS

// A Locale is one language. It is safe for concurrent use.
type Locale struct {
	lang      string
	sentences map[string]sentence            // by section and key: "problems.unknown-key"
	sections  map[string]map[string]sentence // the same by section, then by key: a large round words millions
	decimal   string                         // decimal separator
	thousands string
	terms     map[string]rule.Text        // a set's own words
	digits    int32                       // most significant digits of a number within a sentence; 0: all
	inputs    func(name string) rule.Text // printed names of inputs, within NoteOf; else nil
}

// Langs lists the languages that there are, sorted.
func Langs() []string {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // the files are compiled in
	}
	var langs []string
	for _, e := range entries {
		langs = append(langs, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	return langs
}

// loaded are the languages, each parsed once. With the first that is asked for all are parsed side by side: a set has
// two as a rule, and a file takes longer than all else before a command begins.
var loaded = sync.OnceValue(func() map[string]func() *Locale {
	all := map[string]func() *Locale{}
	for _, lang := range Langs() {
		all[lang] = sync.OnceValue(func() *Locale {
			l, err := load(lang)
			if err != nil {
				panic(fmt.Errorf("locale %s: %w", lang, err)) // a constant of the program, held by the tests
			}
			return l
		})
		go all[lang]()
	}
	return all
})

// For is the locale of a language; ok is false where there is none.
func For(lang string) (l *Locale, ok bool) {
	parsed, ok := loaded()[lang]
	if !ok {
		return nil, false
	}
	return parsed(), true
}

// MustFor is the locale of a language that is known to be there.
func MustFor(lang string) *Locale {
	l, ok := For(lang)
	if !ok {
		panic("locale: no language " + lang)
	}
	return l
}

// WithTerms is the locale with a set's own words, by key ("words.rank" or short "rank").
func (l *Locale) WithTerms(terms map[string]rule.Text) *Locale {
	if len(terms) == 0 {
		return l
	}
	own := *l
	own.terms = terms
	own.sentences, own.sections = maps.Clone(l.sentences), maps.Clone(l.sections)
	own.sections["words"] = maps.Clone(l.sections["words"])
	for key, text := range terms {
		if s, ok := text[l.lang]; ok {
			own.sentences["words."+key], own.sections["words"][key] = parse(s), parse(s)
		}
	}
	return &own
}

// WithDigits is the locale that writes the decimals of a number within a sentence to so many significant digits at most:
// of measurements that were stored as binary numbers more can be read but not worked with.
func (l *Locale) WithDigits(most int32) *Locale {
	own := *l
	own.digits = most
	return &own
}

// Lang is the language's code.
func (l *Locale) Lang() string { return l.lang }

func load(lang string) (*Locale, error) {
	data, err := files.ReadFile(lang + ".yaml")
	if err != nil {
		return nil, err
	}
	var file yaml.Node // a map would have every key compared with all others of its section
	if err := yaml.Unmarshal(data, &file); err != nil {
		return nil, err
	}
	l := &Locale{lang: lang, sentences: map[string]sentence{}, sections: map[string]map[string]sentence{}}
	for section, keys := range members(file.Content[0]) {
		own := make(map[string]sentence, len(keys.Content)/2)
		for key, text := range members(keys) {
			own[key] = parse(text.Value)
			l.sentences[section+"."+key] = own[key]
		}
		l.sections[section] = own
	}
	l.decimal, l.thousands = l.Say("numbers.decimal"), l.Say("numbers.thousands")
	return l, nil
}

// members are the keys of a mapping with their values.
func members(mapping *yaml.Node) iter.Seq2[string, *yaml.Node] {
	return func(yield func(string, *yaml.Node) bool) {
		for pair := range slices.Chunk(mapping.Content, 2) {
			if !yield(pair[0].Value, pair[1]) {
				return
			}
		}
	}
}

// Keys lists all keys, sorted, for the test that every language has the same.
func (l *Locale) Keys() []string { return slices.Sorted(maps.Keys(l.sentences)) }

// Text is a text in the locale's language; without it in first's, then in any other.
func (l *Locale) Text(t rule.Text, first string) string {
	s, _ := l.TextLang(t, first)
	return s
}

// TextLang is Text with the language it is in.
func (l *Locale) TextLang(t rule.Text, first string) (s, lang string) {
	if s := t[l.lang]; s != "" {
		return s, l.lang
	}
	for _, lang := range append([]string{first}, slices.Sorted(maps.Keys(t))...) {
		if s := t[lang]; s != "" {
			return s, lang
		}
	}
	return "", l.lang
}

// Say is a sentence of the section and key "words.rank" with its blanks filled.
func (l *Locale) Say(key string, args ...any) string {
	s, ok := l.sentences[key]
	if !ok {
		return key // a missing sentence is visible, and found by the tests
	}
	return l.fill(s, args)
}

// SayIn is Say with section and key apart.
func (l *Locale) SayIn(section, key string, args ...any) string {
	s, ok := l.sections[section][key]
	if !ok {
		return section + "." + key // as in Say
	}
	return l.fill(s, args)
}

// Has reports whether there is a sentence of that key.
func (l *Locale) Has(key string) bool {
	_, ok := l.sentences[key]
	return ok
}

// Note says a note. The inputs in it are said as they are: "computers", "figures.staff".
func (l *Locale) Note(n rule.Note) string {
	if n.IsZero() {
		return ""
	}
	return l.SayIn("notes", n.Kind, n.Args...)
}

// NoteOf is Note with the printed names of inputs, as far as inputs knows them: nil is a name that it does not know.
func (l *Locale) NoteOf(n rule.Note, inputs func(name string) rule.Text) string {
	own := *l
	own.inputs = inputs
	return own.Note(n)
}

// Problem says a problem with its place in front: "table.csv:2:9: read "many", a whole number is needed."
func (l *Locale) Problem(p diag.Problem) string {
	words := l.Say("problems."+p.Kind, p.Args...)
	if at := p.Place.String(); at != "" {
		return at + ": " + words
	}
	return words
}

// Compare orders names as the language's dictionaries do, and numbers within them by value: Hải Châu 2 before Hải Châu 10.
func (l *Locale) Compare() func(a, b string) int {
	c := collate.New(language.Make(l.lang), collate.Numeric)
	return c.CompareString
}
