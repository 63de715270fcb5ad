package written

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"
	"golang.org/x/text/unicode/norm"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
)

// Content is what a cell holds: a number by its digits, or a text where Digits is empty.
type Content struct{ Digits, Text string }

// exactDigits is the number of significant digits that a spreadsheet's number keeps.
const exactDigits = 15

// Number is a number in a cell: a percentage as the fraction that a cell with a percent format holds. A number with
// more digits than a cell's number keeps becomes text.
func Number(d decimal.Decimal, t rule.Type) Content {
	digits := strings.TrimRight(strings.TrimLeft(d.Abs().Coefficient().String(), "0"), "0")
	long := len(digits) > exactDigits || d.Exponent() > 100 || d.Exponent() < -100
	switch {
	case long && t == rule.Percent:
		return Content{Text: d.String() + "%"}
	case long:
		return Content{Text: d.String()}
	case t == rule.Percent:
		return Content{Digits: d.Shift(-2).String()}
	default:
		return Content{Digits: d.String()}
	}
}

// Day is a date in a cell: its number where spreadsheets agree on it, from March 1900, else day/month/year.
func Day(day rule.Date) Content {
	t, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return Content{Text: string(day)}
	}
	if t.Before(time.Date(1900, time.March, 1, 0, 0, 0, 0, time.UTC)) {
		return Content{Text: t.Format("02/01/2006")}
	}
	const perDay = 24 * 60 * 60 // seconds; a time.Duration ends after 292 years
	days := (t.Unix() - time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC).Unix()) / perDay
	return Content{Digits: decimal.NewFromInt(days).String()}
}

// Value is what was entered, as a cell of an input of a type holds it; the options are those of the input, and first is
// the language of names that have only one. What is missing or cannot be read is blank.
func Value(l *locale.Locale, first string, v rule.Value, t rule.Type, options []rule.Option) Content {
	if v.IsNotApplicable() {
		return Content{Text: l.Say("form.answer-not-applicable")}
	}
	if d, ok := v.Number(); ok {
		return Number(d, t)
	}
	if yes, ok := v.Yes(); ok {
		return Content{Text: YesNo(l, yes)}
	}
	if ids, ok := v.Options(); ok {
		return Content{Text: Ticked(l, first, ids, options)}
	}
	if day, ok := v.Day(); ok {
		return Day(day)
	}
	text, _ := v.Text()
	return Content{Text: text}
}

// YesNo is the word for yes or no.
func YesNo(l *locale.Locale, yes bool) string {
	if yes {
		return l.Say("form.answer-yes")
	}
	return l.Say("form.answer-no")
}

// Ticked are the options ticked, as a cell holds them.
func Ticked(l *locale.Locale, first string, ids []string, options []rule.Option) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = id
		for _, o := range options {
			if o.ID == id {
				names[i] = OptionName(l, first, o, options)
			}
		}
	}
	if len(names) == 0 {
		return ";" // none of the options, which is an answer; a blank would be none
	}
	return strings.Join(names, "; ")
}

// OptionName is what an answer calls an option: its name, or its id where the name would be misread – it holds the
// separator of several options, or another option goes by it.
func OptionName(l *locale.Locale, first string, o rule.Option, among []rule.Option) string {
	name := strings.TrimSpace(Text(l.Text(o.Name, first)))
	if name == "" || strings.ContainsAny(name, ";\n") {
		return o.ID
	}
	for _, other := range among {
		if other.ID != o.ID && goesBy(other, name) {
			return o.ID
		}
	}
	return name
}

// goesBy reports whether an option has the id or, in any language, the name.
func goesBy(o rule.Option, name string) bool {
	if strings.EqualFold(o.ID, name) {
		return true
	}
	for _, n := range o.Name {
		if strings.EqualFold(norm.NFC.String(strings.TrimSpace(n)), name) {
			return true
		}
	}
	return false
}
