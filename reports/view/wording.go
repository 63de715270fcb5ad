package view

import (
	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// A wording says the names and numbers of a criteria set in one language.
type wording struct {
	Lang string

	set    *criteria.Set
	words  *locale.Locale
	first  string    // language of names that have only one
	value  rule.Text // what an input without a name is called
	digits digits
}

func wordingOf(set *criteria.Set, l *locale.Locale, d digits) wording {
	w := wording{Lang: l.Lang(), set: set, words: l.WithTerms(set.Terms).WithDigits(maxUnrounded), first: set.Languages[0], digits: d}
	w.value = rule.Text{w.Lang: w.say("the-value")}
	return w
}

// maxUnrounded is the most decimals printed of a total that the set does not round: as many as ranks compare.
const maxUnrounded = 12

// digits are the decimals that an edition prints.
type digits struct {
	total, indicator, pillar int
}

// totalDigits is the decimals of a set's totals: its own, or few where it does not round.
func totalDigits(set *criteria.Set) int {
	if set.Rounding.Total.Round {
		return int(set.Rounding.Total.N)
	}
	return fewDigits(set)
}

// fewDigits is the decimals of what a set does not round.
func fewDigits(set *criteria.Set) int {
	if !set.Scale.OfPoints && set.Scale.Value.LessThanOrEqual(decimal.NewFromInt(10)) {
		return 4
	}
	return 2
}

// digitsFor are the decimals of all numbers of a set whose totals are printed with so many.
func digitsFor(set *criteria.Set, total int) digits {
	d := digits{total: total, indicator: max(total, fewDigits(set))}
	if set.Rounding.Indicator.Round {
		d.indicator = int(set.Rounding.Indicator.N)
		if combines(set) { // what is no sum of points has the decimals of the total
			d.indicator = max(d.indicator, total)
		}
	}
	d.pillar = max(d.total, d.indicator)
	return d
}

// say is a sentence of the section for pages.
func (w *wording) say(key string, args ...any) string { return w.words.SayIn("site", key, args...) }

// count is a sentence about n things; where there is one thing it may have a form of its own, KEY-one.
func (w *wording) count(key string, n int, more ...any) string {
	if n == 1 && w.words.Has("site."+key+"-one") {
		key += "-one"
	}
	return w.say(key, append([]any{n}, more...)...)
}

// term is a word that a set may override.
func (w *wording) term(key string, args ...any) string { return w.words.SayIn("words", key, args...) }

// name is a text in the page's language, and its language where it is another one.
func (w *wording) name(t rule.Text) (text, lang string) {
	text, lang = w.words.TextLang(t, w.first)
	if lang == w.Lang {
		lang = ""
	}
	return text, lang
}

// text is a text in the page's language, or in another where there is none.
func (w *wording) text(t rule.Text) string {
	text, _ := w.name(t)
	return text
}

// agency is an agency's name, or its code where it has none.
func (w *wording) agency(a submission.Agency) (text, lang string) {
	if text, lang = w.name(a.Name); text == "" {
		return a.Code, ""
	}
	return text, lang
}

func (w *wording) agencyName(a submission.Agency) string {
	text, _ := w.agency(a)
	return text
}

// total writes a published total.
func (w *wording) total(d decimal.Decimal) string { return w.words.Number(d, w.digits.total) }

// plus writes a difference of totals with its sign.
func (w *wording) plus(d decimal.Decimal) string { return w.words.Signed(d, w.digits.total) }

// difference is that of two totals as they are printed, so that a reader who subtracts them finds the same.
func (w *wording) difference(a, b decimal.Decimal) decimal.Decimal {
	places := int32(w.digits.total)
	return a.Round(places).Sub(b.Round(places))
}

// points writes an indicator's points.
func (w *wording) points(d decimal.Decimal) string { return w.words.Number(d, w.digits.indicator) }

// whole writes a whole number.
func (w *wording) whole(n int) string { return w.words.Plain(decimal.NewFromInt(int64(n))) }

// plain writes a number with the decimals it has, at most maxUnrounded.
func (w *wording) plain(d decimal.Decimal) string {
	if d.Exponent() < -maxUnrounded {
		d = d.Round(maxUnrounded)
	}
	return w.words.Plain(d)
}

// rating is the name of a rating; an id that the set does not know stays as it is.
func (w *wording) rating(id string) string {
	for _, r := range w.set.Ratings {
		if r.ID == id {
			return w.text(r.Name)
		}
	}
	return id
}

// percentWords writes a percentage with two decimals.
func (w *wording) percentWords(d decimal.Decimal) string {
	return w.words.Number(d, percentPlaces) + "%"
}
