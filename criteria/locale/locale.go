// Package locale says problems, notes, numbers and dates in the words of one language. A language is one YAML file
// beside this one; nothing else of the project holds sentences. It knows neither files nor rules.
package locale

import (
	"embed"
	"maps"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
)

//go:embed *.yaml
var files embed.FS

// A Locale is one language. It is safe for concurrent use.
type Locale struct {
	lang      string
	sections  map[string]section
	decimal   string // decimal separator
	thousands string
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

// languages are those that there are, each read when it is first asked for.
var languages = sync.OnceValue(func() map[string]func() *Locale {
	all := map[string]func() *Locale{}
	for _, lang := range Langs() {
		all[lang] = sync.OnceValue(func() *Locale { return load(lang) })
	}
	return all
})

// For is the locale of a language; ok is false where there is none.
func For(lang string) (l *Locale, ok bool) {
	read, ok := languages()[lang]
	if !ok {
		return nil, false
	}
	return read(), true
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
	words := maps.Clone(l.sections["words"]())
	for key, text := range terms {
		if s, ok := text[l.lang]; ok {
			words[key] = parse(s)
		}
	}
	own := *l
	own.sections = maps.Clone(l.sections)
	own.sections["words"] = func() map[string]sentence { return words }
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

func load(lang string) *Locale {
	file, err := files.ReadFile(lang + ".yaml")
	if err != nil {
		panic(err) // as in Langs
	}
	l := &Locale{lang: lang, sections: sectionsOf(file)}
	l.decimal, l.thousands = l.Say("numbers.decimal"), l.Say("numbers.thousands")
	return l
}

// Keys lists all keys, sorted, for the test that every language has the same.
func (l *Locale) Keys() []string {
	var all []string
	for name, sentences := range l.sections {
		for key := range sentences() {
			all = append(all, name+"."+key)
		}
	}
	slices.Sort(all)
	return all
}

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
	section, own, _ := strings.Cut(key, ".")
	s, ok := l.sentence(section, own)
	if !ok {
		return key // a missing sentence is visible, and found by the tests
	}
	return l.fill(s, args)
}

// SayIn is Say with section and key apart.
func (l *Locale) SayIn(section, key string, args ...any) string {
	s, ok := l.sentence(section, key)
	if !ok {
		return section + "." + key // as in Say
	}
	return l.fill(s, args)
}

// Has reports whether there is a sentence of that key.
func (l *Locale) Has(key string) bool {
	section, own, _ := strings.Cut(key, ".")
	_, ok := l.sentence(section, own)
	return ok
}

func (l *Locale) sentence(section, key string) (sentence, bool) {
	sentences, ok := l.sections[section]
	if !ok {
		return nil, false
	}
	s, ok := sentences()[key]
	return s, ok
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
