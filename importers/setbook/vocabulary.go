package setbook

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
)

// vocabularies are the closed words of the format, by their names in the locales; the words of kinds of score and their
// keys are asked of package rule.
var vocabularies = map[string][]string{
	"combine": {"sum", "mean", "geometric", "harmonic", "min"},
	"policy":  {"rescale", "full", "zero"},
	"ties":    {"competition", "dense", "unique"},
	"effect":  {"base", "bonus", "penalty", "none"},
	"public":  {"answers", "points", "none"},
	"by":      {"agency", "department", "survey", "council"},
	"answer":  {"zero", "skip"},
	"absent":  {"zero", "unranked"},
	"without": {"flag", "zero"},
	"bound":   {"from", "above", "up_to", "by"},
	"total":   {"points"},
	"places":  {"none"},
	"flag":    {"true", "false"},
}

// wordsOf lists the words of a vocabulary as a set writes them; nil where there is none of that name.
func wordsOf(name string) []string {
	switch name {
	case "score-kind":
		return rule.Kinds()
	case "type":
		return rule.TypeNames()
	}
	if words, ok := vocabularies[name]; ok {
		return words
	}
	for _, kind := range rule.Kinds() {
		r, _ := rule.New(kind) // a kind of the table
		for _, k := range r.Keys() {
			if k.Words != nil && strings.ReplaceAll(k.Name, "_", "-") == name {
				return k.Words
			}
		}
	}
	return nil
}

func dashed(s string) string { return strings.NewReplacer("_", "-", ".", "-").Replace(s) }

// word says a word of a vocabulary.
func word(say *locale.Locale, vocabulary, token string) string {
	return say.Say("form.book-word-" + vocabulary + "-" + dashed(token))
}

// rowWord says a kind of row.
func rowWord(say *locale.Locale, kind string) string { return say.Say("form.book-row-" + dashed(kind)) }

// heading says a column; the suffix is a language or an agency group.
func heading(say *locale.Locale, column, suffix string) string {
	words := say.Say("form.book-column-" + dashed(column))
	if suffix != "" {
		words += " (" + suffix + ")"
	}
	return words
}

// same is what two spellings of a word have in common.
func same(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(norm.NFC.String(strings.ReplaceAll(s, "–", "-"))), " "))
}

// token finds what a word means: a token itself, or what a language calls it. The first language is that of the
// workbook.
func token(tokens []string, typed string, languages []*locale.Locale, called func(say *locale.Locale, token string) string) (string, bool) {
	key := same(typed)
	for _, say := range languages {
		for _, t := range tokens {
			if same(called(say, t)) == key {
				return t, true
			}
		}
	}
	i := slices.IndexFunc(tokens, func(t string) bool { return same(t) == key })
	if i < 0 {
		return "", false
	}
	return tokens[i], true
}

// locales are all languages, that of the workbook first.
func locales(first string) []*locale.Locale {
	var all []*locale.Locale
	for _, lang := range locale.Langs() {
		say := locale.MustFor(lang)
		if lang == first {
			all = append([]*locale.Locale{say}, all...)
		} else {
			all = append(all, say)
		}
	}
	return all
}
