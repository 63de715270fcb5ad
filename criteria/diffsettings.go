package criteria

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/rule"
)

// A setting is one thing that a set, pillar, indicator or input says, with the kind of change that tells of it.
type setting struct {
	kind  string
	value any // an argument of a note
}

// settings notes those that differ between two lists of the same kinds; args go before what was and what is.
func (d *differ) settings(before, after []setting, args ...any) {
	for i, now := range after {
		if was := before[i]; spelled(was.value) != spelled(now.value) {
			d.say(now.kind, append(slices.Clone(args), orNone(was.value), orNone(now.value))...)
		}
	}
}

// text notes a text that differs in the languages which both editions have; where only some of these differ, it names
// each. Args go before what was and what is.
func (d *differ) text(kind string, was, now Text, args ...any) {
	var differing []string
	for _, lang := range d.languages {
		if was[lang] != now[lang] {
			differing = append(differing, lang)
		}
	}
	if len(differing) == len(d.languages) && len(differing) > 0 {
		d.say(kind, append(slices.Clone(args), orNone(was), orNone(now))...)
		return
	}
	for _, lang := range differing {
		d.say(kind, append(slices.Clone(args), inLanguage(was, lang), inLanguage(now, lang))...)
	}
}

func inLanguage(t Text, lang string) any {
	if t[lang] == "" {
		return orNone("")
	}
	return rule.Say("diff-in-language", lang, t[lang])
}

func setSettings(s *Set, tieBreak []string) []setting {
	return []setting{
		{"languages", s.Languages},
		{"source-decision", s.Source.Decision},
		{"source-date", s.Source.Date},
		{"source-url", s.Source.URL},
		{"scale", s.Scale.said()},
		{"rounding-indicator", s.Rounding.Indicator.said()},
		{"rounding-total", s.Rounding.Total.said()},
		{"ties", tiesWords[s.Ranking.Ties-1]},
		{"tie-break", tieBreak},
		{"missing-answer", second(s.Missing.Skip, answerWords)},
		{"missing-no-submission", second(s.Missing.NoSubmissionUnrank, absentWords)},
		{"missing-max-share", rule.Whole(s.Missing.MaxShare)},
		{"not-applicable", s.NotApplicable.String()},
		{"cap-bonus", optional(s.Caps.Bonus)},
		{"cap-penalty", optional(s.Caps.Penalty)},
	}
}

func pillarSettings(p *Pillar) []setting {
	return []setting{{"no", p.No}, {"combine", rule.Note{Kind: "combine-" + p.Combine.String()}}, {"weight", p.Weight}}
}

func indicatorSettings(s *Set, ind *Indicator) []setting {
	return []setting{
		{"no", ind.No},
		{"weight", ind.Weight},
		{"min", ind.Min},
		{"when", code{ind.When, s.TagName(ind.When)}},
		{"effect", effectWords[ind.Effect-1]},
		{"public", publicWords[ind.Public-1]},
		{"verifier", code{ind.Verifier, s.VerifierName(ind.Verifier)}},
		{"evidence-required", yesOrNo(ind.Evidence.Required)},
		{"evidence-without", second(ind.Evidence.WithoutZero, withoutWords)},
		{"not-applicable-allowed", yesOrNo(ind.NotApplicable.Allowed)},
		{"not-applicable-policy", ind.NotApplicable.Policy.String()},
	}
}

func inputSettings(in *Input) []setting {
	return []setting{
		{"input-type", in.Type.String()},
		{"input-by", in.By.String()},
		{"input-min", optional(in.Min)},
		{"input-max", optional(in.Max)},
	}
}

func (s Scale) said() any {
	if s.OfPoints {
		return rule.Note{Kind: "diff-scale-points"}
	}
	return s.Value
}

func (p Places) said() any {
	if p.Round {
		return int(p.N)
	}
	return rule.Note{Kind: "diff-not-rounded"}
}

// second is the second of two words where it holds, else the first.
func second(holds bool, words []string) string {
	if holds {
		return words[1]
	}
	return words[0]
}

func yesOrNo(yes bool) rule.Note {
	if yes {
		return rule.Note{Kind: "diff-yes"}
	}
	return rule.Note{Kind: "diff-no-flag"}
}

func optional(o rule.Optional) any {
	if o.Set {
		return o.Value
	}
	return orNone("")
}

// orNone is a value that can be said also where there is none.
func orNone(value any) any {
	none := false
	switch v := value.(type) {
	case code:
		return v.said()
	case string:
		none = v == ""
	case rule.Date:
		none = v == ""
	case []string:
		none = len(v) == 0
	case rule.Text:
		none = len(v) == 0
	case []rule.Note:
		none = len(v) == 0
	}
	if none {
		return rule.Note{Kind: "diff-none"}
	}
	return value
}

// spelled is an argument of a note with all that it says, so that two can be compared: numbers by their value, texts
// in every language.
func spelled(arg any) string {
	switch a := arg.(type) {
	case decimal.Decimal:
		return a.String()
	case rule.Fraction:
		return a.Decimal(rule.KeptPlaces).String() + " of 1"
	case rule.Text:
		var b strings.Builder
		for _, lang := range slices.Sorted(maps.Keys(a)) {
			fmt.Fprintf(&b, "%s %q ", lang, a[lang])
		}
		return b.String()
	case code:
		return a.id
	case rule.Note:
		return a.Kind + spelledAll(a.Args)
	case []rule.Note:
		return spelledAll(a)
	default:
		return fmt.Sprintf("%q", fmt.Sprint(a))
	}
}

func spelledAll[T any](args []T) string {
	parts := make([]string, len(args))
	for i, arg := range args {
		parts[i] = spelled(arg)
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

// listwise is what only one of two notes has in a list; ok is false where they differ in anything else, or in order only.
func listwise(was, now rule.Note) (gone, fresh []rule.Note, ok bool) {
	if was.Kind != now.Kind || len(was.Args) != len(now.Args) {
		return nil, nil, false
	}
	for i := range now.Args {
		if spelled(was.Args[i]) == spelled(now.Args[i]) {
			continue
		}
		older, isList := was.Args[i].([]rule.Note)
		newer, areLists := now.Args[i].([]rule.Note)
		if !isList || !areLists || ok {
			return nil, nil, false
		}
		gone, fresh = lacking(older, newer), lacking(newer, older)
		ok = true
	}
	return gone, fresh, len(gone)+len(fresh) > 0
}

// lacking are the notes of a list that another one does not have.
func lacking(list, other []rule.Note) []rule.Note {
	return slices.DeleteFunc(slices.Clone(list), func(n rule.Note) bool {
		return slices.ContainsFunc(other, func(o rule.Note) bool { return spelled(o) == spelled(n) })
	})
}

// paired visits what two lists hold, by id: each of the newer list with its older self, or nil, then what only the
// older list has.
func paired[T any](before, after []T, id func(T) string, visit func(was, now *T)) {
	at := func(list []T, wanted string) *T {
		if i := slices.IndexFunc(list, func(x T) bool { return id(x) == wanted }); i >= 0 {
			return &list[i]
		}
		return nil
	}
	for i := range after {
		visit(at(before, id(after[i])), &after[i])
	}
	for i := range before {
		if at(after, id(before[i])) == nil {
			visit(&before[i], nil)
		}
	}
}

// unitedKeys are the keys of two maps, sorted.
func unitedKeys(a, b map[string]Text) []string {
	all := maps.Clone(a)
	if all == nil {
		all = map[string]Text{}
	}
	maps.Copy(all, b)
	return slices.Sorted(maps.Keys(all))
}
