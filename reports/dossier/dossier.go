// Package dossier makes the documents of a round that are not public: an agency's own draft, with nothing of any other
// agency, and the council's dossier, with everything by name. Nothing that the public reads is made here, and nothing made
// here is published. It knows no HTML, no spreadsheet and no files.
package dossier

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/appraisal"
	"github.com/opendti/dti/scoring/submission"
)

// Findings are what the documents of a ranking tell, whatever their language. They are safe for concurrent use.
type Findings struct {
	ranking *scoring.Ranking
	quality appraisal.Quality
	stakes  []appraisal.Stake
	places  map[string]place
}

// A place says where an agency stands.
type place struct {
	group    *scoring.Group
	standing scoring.Standing
}

// Find looks at the review and the appeals of a ranking.
func Find(ranking *scoring.Ranking) *Findings {
	f := &Findings{ranking: ranking, quality: appraisal.Judge(ranking), stakes: appraisal.Appeals(ranking), places: map[string]place{}}
	for i := range ranking.Groups {
		g := &ranking.Groups[i]
		for _, s := range g.Standings {
			f.places[s.Agency.Code] = place{g, s}
		}
	}
	return f
}

// Codes lists the agencies that have a draft: all that are in a group, in the order of the ranking.
func (f *Findings) Codes() []string {
	return slices.DeleteFunc(f.ranking.Codes(), func(code string) bool {
		_, placed := f.places[code]
		return !placed
	})
}

// A Desk words the documents of a ranking in one language. It is safe for concurrent use.
type Desk struct {
	*Findings
	round  *submission.Round
	set    *criteria.Set
	words  *locale.Locale
	first  string // language of names that have only one
	engine string
	total  int // decimals of totals
	points int // decimals of indicators' points
}

// In words the findings in the language of l. The engine is named with its version, as printed: "dti 1.2.0".
func (f *Findings) In(l *locale.Locale, engine string) *Desk {
	round := f.ranking.Round
	d := &Desk{
		Findings: f, round: round, set: round.Set, words: l.WithTerms(round.Set.Terms), first: round.Set.Languages[0], engine: engine,
	}
	d.total, _ = view.Digits(f.ranking)
	d.points = d.total
	if p := d.set.Rounding.Indicator; p.Round {
		d.points = int(p.N)
	}
	return d
}

func (d *Desk) say(key string, args ...any) string { return d.words.Say("site."+key, args...) }

func (d *Desk) term(key string, args ...any) string { return d.words.Say("words."+key, args...) }

func (d *Desk) text(t rule.Text) string { return d.words.Text(t, d.first) }

// agency is an agency's name, or its code where it has none, and the language of the name where it is another one.
func (d *Desk) agency(a submission.Agency) (name, lang string) {
	name, lang = d.words.TextLang(a.Name, d.first)
	switch {
	case name == "":
		return a.Code, ""
	case lang == d.words.Lang():
		return name, ""
	default:
		return name, lang
	}
}

// indicator is an indicator's number and name.
func (d *Desk) indicator(ind *criteria.Indicator) string {
	return strings.TrimSpace(ind.No + " " + d.text(ind.Name))
}

// subject names what a decision or an appeal is about; an id that the set does not know stays as it is.
func (d *Desk) subject(indicator, input string) string {
	if ind, ok := d.set.Indicator(indicator); ok {
		return d.indicator(ind)
	}
	if in, ok := d.set.Figure(input); ok && indicator == criteria.FiguresID {
		return d.say("confidential-figure", d.text(in.Name))
	}
	return strings.TrimSpace(indicator + " " + input)
}

func (d *Desk) totalWords(n decimal.Decimal) string { return d.words.Number(n, d.total) }

func (d *Desk) pointsWords(n decimal.Decimal) string { return d.words.Number(n, d.points) }

// exactWords writes points with all decimals they have, at least those of indicators.
func (d *Desk) exactWords(n decimal.Decimal) string {
	if n.Round(int32(d.points)).Equal(n) {
		return d.pointsWords(n)
	}
	return d.words.Plain(n)
}

// rating is the name of a rating.
func (d *Desk) rating(id string) string {
	if r, ok := d.set.Rating(id); ok {
		return d.text(r.Name)
	}
	return d.say("no-rating")
}

// rank writes a rank, with its tie.
func (d *Desk) rank(rank int, tied bool) string {
	if tied {
		return d.term("tied", rank)
	}
	return d.words.Plain(decimal.NewFromInt(int64(rank)))
}

// rankOf is the rank of a standing, or that it has none.
func (d *Desk) rankOf(s scoring.Standing) string {
	if !s.Ranked {
		return d.say("unranked")
	}
	return d.rank(s.Rank, s.Tied)
}

// day writes a date, or that there is none.
func (d *Desk) day(day rule.Date) string {
	if day == "" {
		return none
	}
	return d.words.Date(day)
}

// none stands where there is nothing to say.
const none = "–"

// orNone is a text, or that there is none.
func orNone(s string) string {
	if s == "" {
		return none
	}
	return s
}

// decision says stage and verdict: "Hội đồng điều chỉnh".
func (d *Desk) decision(x submission.Decision) string {
	return d.say("decision-" + x.Stage.String() + "-" + x.Verdict.String())
}

// answers are what was entered for an indicator's input, or for all of them where input is empty.
func (d *Desk) answers(answers submission.Answers, indicator, input string) string {
	ind, known := d.set.Indicator(indicator)
	if !known {
		if in, ok := d.set.Figure(input); ok {
			return view.Answer(d.words, d.first, &criteria.Indicator{}, in, answers.At(submission.Key{Indicator: indicator, Input: input}).Value)
		}
		return none
	}
	var said []string
	for _, in := range ind.Inputs {
		if input != "" && in.ID != input {
			continue
		}
		words := view.Answer(d.words, d.first, ind, in, answers.At(submission.Key{Indicator: indicator, Input: in.ID}).Value)
		if name := d.text(in.Name); name != "" && len(ind.Inputs) > 1 {
			words = d.say("confidential-input", name, words)
		}
		said = append(said, words)
	}
	return orNone(strings.Join(said, "; "))
}

// value is one value of an indicator's input, or of a figure.
func (d *Desk) value(indicator, input string, v rule.Value) string {
	one := submission.NewAnswers(d.set)
	if ind, ok := d.set.Indicator(indicator); ok && input == "" && len(ind.Inputs) == 1 {
		input = ind.Inputs[0].ID
	}
	one.Put(submission.Key{Indicator: indicator, Input: input}, submission.Answer{Value: v})
	return d.answers(one, indicator, input)
}

// title is the round's title, or what it assesses and when.
func (d *Desk) title() string {
	if t := d.text(d.round.Title); t != "" {
		return t
	}
	return d.text(d.set.Title) + " " + decimal.NewFromInt(int64(d.round.Year)).String()
}

// shortHash is how much of a hash the footer prints.
const shortHash = 12

// footer says what the document was computed from.
func (d *Desk) footer() []view.Fact {
	r := d.round.Release
	facts := []view.Fact{{Term: d.say("footer-status"), Words: d.say("status-"+r.Status.String(), max(r.Revision, 1))}}
	add := func(key, words string) {
		if words != "" {
			facts = append(facts, view.Fact{Term: d.say(key), Words: words})
		}
	}
	set := d.set.Address()
	if d.set.Hash != "" {
		set += " (SHA-256 " + d.set.Hash[:min(len(d.set.Hash), shortHash)] + ")"
	}
	add("footer-contact", r.Contact)
	add("footer-set", set)
	if d.round.Digest != "" {
		add("footer-data", "SHA-256 "+d.round.Digest[:min(len(d.round.Digest), shortHash)])
	}
	add("footer-engine", d.engine)
	return facts
}

// capital begins a sentence with a capital letter.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}
