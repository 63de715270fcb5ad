package workbook

import (
	"slices"
	"strings"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
)

// A voice says the words of the forms of a group in one language.
type voice struct {
	set   *criteria.Set
	loc   *locale.Locale
	group string
	tags  []string // of the agency's tags those that the set knows, sorted
}

// speaker is the voice of a form: in the wanted language, else in the first of the set's languages that there is.
func speaker(form Form) voice {
	v := voice{set: form.Set, group: form.Agency.Group}
	for ind := range form.Set.Root.AllIndicators() {
		if ind.When != "" && form.Agency.HasTag(ind.When) && !slices.Contains(v.tags, ind.When) {
			v.tags = append(v.tags, ind.When)
		}
	}
	slices.Sort(v.tags)
	for _, lang := range append([]string{form.Lang}, form.Set.Languages...) {
		if l, ok := locale.For(lang); ok {
			v.loc = l.WithTerms(form.Set.Terms)
			return v
		}
	}
	v.loc = locale.MustFor("vi").WithTerms(form.Set.Terms)
	return v
}

// say is a sentence of the form.
func (v voice) say(key string, args ...any) string { return v.loc.Say("form."+key, args...) }

// word is a term of the index, in the set's own words where it has them.
func (v voice) word(key string) string { return v.loc.Say("words." + key) }

// text is a name of the set or round in the form's language.
func (v voice) text(t criteria.Text) string { return v.loc.Text(t, v.set.Languages[0]) }

// spell is a sentence of the form as a formula, its arguments being expressions.
func (v voice) spell(key string, expressions ...string) string {
	const mark = "\x00" // stands in no sentence
	args := make([]any, len(expressions))
	for i := range expressions {
		args[i] = mark + string(rune('A'+i)) + mark
	}
	var parts []string
	for i, piece := range strings.Split(v.say(key, args...), mark) {
		switch {
		case i%2 == 1:
			parts = append(parts, expressions[piece[0]-'A'])
		case piece != "":
			parts = append(parts, quoted(piece))
		}
	}
	return strings.Join(parts, "&")
}

// quoted is a text as a formula holds it.
func quoted(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
