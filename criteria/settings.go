package criteria

import (
	"slices"

	"github.com/shopspring/decimal"
	"gopkg.in/yaml.v3"

	"github.com/opendti/dti/criteria/rule"
)

// plainWeight is that of what says none; numbers are never changed in place, so all may share it.
var plainWeight = decimal.NewFromInt(1)

// hundred is what a perfect total is published as where a set does not say, and the highest percentage.
var hundred = decimal.NewFromInt(100)

// set reads the whole file. Languages and groups come first, because names and points are read by them.
func (r *reader) set(root *yaml.Node) *Set {
	s := &Set{Root: &Pillar{Weight: plainWeight}}
	f, ok := r.fields(root, spot{s, ""}, setKeys)
	if !ok {
		return s
	}
	if f.need("schema") {
		if schema, ok := f.plain("schema"); ok && schema != Schema {
			f.bad("schema", "other-schema", schema, Schema)
		}
	}
	s.ID, s.Version = f.id(), f.version()
	s.Languages = f.declaredLanguages()
	r.languages = s.Languages
	s.Title = f.name("title")
	s.Groups = f.agencyGroups()
	r.groups = ids(s.Groups, func(g AgencyGroup) string { return g.ID })
	s.Source = f.source()
	s.Scale = f.scale()
	s.Ratings = f.ratings()
	s.Rounding, s.Ranking = f.rounding(), f.ranking()
	s.Missing, s.Caps = f.missing(), f.caps()
	s.NotApplicable = NotApplicablePolicy(f.word("not_applicable", policyWords...) + 1)
	s.Figures = f.inputs("figures")
	s.Verifiers, s.Tags = f.codes("verifiers"), f.codes("tags")
	s.Terms = f.terms()
	s.Root.Combine = Combine(f.word("combine", combineWords...) + 1)
	f.children(s.Root)
	s.Views = f.views(s.Root)
	return s
}

func ids[T any](list []T, id func(T) string) []string {
	names := make([]string, len(list))
	for i, x := range list {
		names[i] = id(x)
	}
	return names
}

func (f fields) version() string {
	if !f.need("version") {
		return ""
	}
	s, ok := f.plain("version")
	if ok && (len(s) > longestID || !versionPattern.MatchString(s)) {
		f.bad("version", "bad-version", s)
	}
	return s
}

func (f fields) declaredLanguages() []string {
	if !f.need("languages") {
		return nil
	}
	var languages []string
	for _, lang := range f.list("languages") {
		switch {
		case !langPattern.MatchString(lang.text):
			f.fault(lang.node, "bad-language", lang.text)
		case slices.Contains(languages, lang.text):
			f.fault(lang.node, "twice-in-list", lang.text)
		default:
			languages = append(languages, lang.text)
		}
	}
	return languages
}

// A listed word is one item of a list of words.
type listed struct {
	text string
	node *yaml.Node
}

// list reads a key as a list of words.
func (f fields) list(key string) []listed {
	n := f.value(key)
	if n == nil {
		return nil
	}
	at := f.at.key(key)
	nodes := f.items(n, at)
	list := make([]listed, 0, len(nodes))
	for i, node := range nodes {
		if s, ok := f.words(node, at.item(i)); ok {
			list = append(list, listed{s, node})
		} else {
			f.faulty[at] = true
		}
	}
	return list
}

// below opens the mapping under a key; ok is false where the key is absent or no mapping.
func (f fields) below(key string, known mapping) (fields, bool) {
	n := f.value(key)
	if n == nil {
		return fields{reader: f.reader}, false
	}
	return f.fields(n, f.at.key(key), known)
}

func (f fields) source() Source {
	f, ok := f.below("source", sourceKeys)
	if !ok {
		return Source{}
	}
	return Source{
		Decision: f.optional("decision"), Date: f.day("date"), URL: f.optional("url"),
		StructureOnly: f.texts("structure_only"),
	}
}

func (f fields) scale() Scale {
	n := f.value("scale")
	switch {
	case n == nil:
		return Scale{Value: hundred}
	case n.Kind == yaml.ScalarNode && n.Value == "points":
		return Scale{OfPoints: true}
	case n.Kind != yaml.ScalarNode || n.ShortTag() == "!!str":
		f.bad("scale", "want-scale", shown(n))
		return Scale{Value: hundred}
	default:
		return Scale{Value: f.positive("scale").Value}
	}
}

func (f fields) agencyGroups() []AgencyGroup {
	if !f.need("groups") {
		return nil
	}
	at := f.at.key("groups")
	list, ok := f.entries(f.value("groups"), at)
	if ok && len(list) == 0 {
		f.bad("groups", "empty-mapping", "groups")
	}
	var groups []AgencyGroup
	for _, p := range list {
		if !isID(p.key) {
			f.fault(p.at, "bad-id", p.key)
			continue
		}
		name := fields{f.reader, at, f.node, []pair{p}}.texts(p.key)
		groups = append(groups, AgencyGroup{ID: p.key, Name: name})
	}
	return groups
}

func (f fields) ratings() []Rating {
	n := f.value("ratings")
	if n == nil {
		return nil
	}
	at := f.at.key("ratings")
	nodes := f.items(n, at)
	ratings := make([]Rating, 0, len(nodes))
	for i, node := range nodes {
		ratings = append(ratings, f.rating(node, at.item(i)))
	}
	return ratings
}

func (r *reader) rating(n *yaml.Node, at spot) Rating {
	f, ok := r.fields(n, at, ratingKeys)
	if !ok {
		return Rating{}
	}
	rating := Rating{ID: f.id(), Name: f.name("name"), Above: f.has("above")}
	switch from := f.has("from"); {
	case from && rating.Above:
		f.bad("above", "one-of-two", "from", "above")
	case from:
		rating.Bound = f.number("from").Value
	case rating.Above:
		rating.Bound = f.number("above").Value
	default:
		f.bad("", "rating-without-bound")
	}
	return rating
}

func (f fields) rounding() Rounding {
	f, _ = f.below("rounding", roundingKeys)
	return Rounding{Indicator: f.places("indicator"), Total: f.places("total")}
}

func (f fields) ranking() Ranking {
	f, _ = f.below("ranking", rankingKeys)
	ranking := Ranking{Ties: Ties(f.word("ties", tiesWords...) + 1)}
	for _, pillar := range f.list("tie_break") {
		ranking.TieBreak = append(ranking.TieBreak, pillar.text)
	}
	return ranking
}

func (f fields) missing() MissingPolicy {
	f, _ = f.below("missing", missingKeys)
	one := decimal.NewFromInt(1)
	return MissingPolicy{
		Skip:               f.word("answer", answerWords...) == 1,
		NoSubmissionUnrank: f.word("no_submission", absentWords...) == 1,
		MaxShare:           f.within("max_share", decimal.Decimal{}, one).Or(one),
	}
}

func (f fields) caps() Caps {
	f, _ = f.below("caps", capsKeys)
	return Caps{Bonus: f.notNegative("bonus"), Penalty: f.notNegative("penalty")}
}

// notNegative reads a key as a number of at least 0.
func (f fields) notNegative(key string) rule.Optional {
	o := f.number(key)
	if o.Set && o.Value.IsNegative() {
		f.bad(key, "below-0", key, o.Value)
		return rule.Optional{}
	}
	return o
}

// terms are the set's own words; a term may be in some of the set's languages only.
func (f fields) terms() map[string]Text {
	n := f.value("terms")
	if n == nil {
		return nil
	}
	at := f.at.key("terms")
	list, _ := f.entries(n, at)
	terms := make(map[string]Text, len(list))
	for _, p := range list {
		if !slices.Contains(TermNames(), p.key) {
			f.unknown(p.at, "unknown-key", p.key, TermNames())
		}
		if text, ok := f.text(p.node, at.key(p.key)); ok {
			terms[p.key] = text
		}
	}
	return terms
}
