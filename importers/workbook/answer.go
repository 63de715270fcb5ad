package workbook

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"
	"golang.org/x/text/unicode/norm"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// exactDigits is the number of significant digits that a spreadsheet's number keeps.
const exactDigits = 15

// answerSlot is the cell of an entry's answer, filled in where the form has an answer.
func (b *book) answerSlot(e entry) slot {
	if e.state != open {
		return slot{look: closed}
	}
	s := slot{look: inputLook(e.in.Type)}
	v := b.form.Filled.Answers.At(e.key).Value
	if v.IsNotApplicable() {
		s.text = b.say("answer-not-applicable")
	} else if d, ok := v.Number(); ok {
		return numberSlot(d, e.in.Type)
	} else if yes, ok := v.Yes(); ok {
		s.text = b.yesNo(yes)
	} else if ids, ok := v.Options(); ok {
		s.text = b.optionNames(e, ids)
	} else if day, ok := v.Day(); ok {
		s = daySlot(day)
	} else if text, ok := v.Text(); ok {
		s.text = text
	}
	return s
}

// inputLook is the look of a blank answer of a type.
func inputLook(t rule.Type) look {
	switch t {
	case rule.Count:
		return countInput
	case rule.Day:
		return dateInput
	case rule.Percent:
		return percentInput
	case rule.Number, rule.Points:
		return anyInput
	default:
		return textInput
	}
}

// numberSlot is a number in a cell: a percentage as the fraction that a cell with a percent format holds. A number with
// more digits than a cell's number keeps becomes text.
func numberSlot(d decimal.Decimal, t rule.Type) slot {
	digits := strings.TrimRight(strings.TrimLeft(d.Abs().Coefficient().String(), "0"), "0")
	long := len(digits) > exactDigits || d.Exponent() > 100 || d.Exponent() < -100
	switch {
	case long && t == rule.Percent:
		return slot{text: d.String() + "%", look: textInput}
	case long:
		return slot{text: d.String(), look: textInput}
	case t == rule.Percent:
		return slot{digits: d.Shift(-2).String(), look: percentInput}
	default:
		return slot{digits: d.String(), look: inputLook(t)}
	}
}

// daySlot is a date in a cell: its number where spreadsheets agree on it, from March 1900, else day/month/year.
func daySlot(day rule.Date) slot {
	t, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return slot{text: string(day), look: textInput}
	}
	if t.Before(time.Date(1900, time.March, 1, 0, 0, 0, 0, time.UTC)) {
		return slot{text: t.Format("02/01/2006"), look: textInput}
	}
	const perDay = 24 * 60 * 60 // seconds; a time.Duration ends after 292 years
	days := (t.Unix() - time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC).Unix()) / perDay
	return slot{digits: decimal.NewFromInt(days).String(), look: dateInput}
}

func (v voice) yesNo(yes bool) string {
	if yes {
		return v.say("answer-yes")
	}
	return v.say("answer-no")
}

// optionNames are the options ticked, as a cell holds them.
func (v voice) optionNames(e entry, ids []string) string {
	options := e.ind.Options(e.in.ID)
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = id
		for _, o := range options {
			if o.ID == id {
				names[i] = v.optionName(o, options)
			}
		}
	}
	if len(names) == 0 {
		return ";" // none of the options, which is an answer; a blank would be none
	}
	return strings.Join(names, "; ")
}

// optionName is what an answer calls an option: its name, or its id where the name would be misread – it holds the
// separator of several options, or another option goes by it.
func (v voice) optionName(o rule.Option, among []rule.Option) string {
	name := strings.TrimSpace(cell(v.text(o.Name)))
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

// how says how an entry is answered, or who answers it.
func (v voice) how(e entry) string {
	switch {
	case e.state == unconcerned:
		return v.say("how-unconcerned")
	case e.state == given:
		return v.say("how-given")
	}
	if most, ok := v.most(e); ok {
		return v.say("how-points", e.ind.Min, most)
	}
	words := v.say("type-points")
	if e.in.Type != rule.Points {
		words = v.say("how-" + e.in.Type.String())
	}
	lo, hi := e.in.Min, e.in.Max
	if e.in.Type == rule.Count {
		lo = rule.Optional{Value: lo.Or(decimal.Zero), Set: true}
	}
	switch {
	case lo.Set && hi.Set:
		words += v.say("from-to", lo.Value, hi.Value)
	case lo.Set:
		words += v.say("from", lo.Value)
	case hi.Set:
		words += v.say("up-to", hi.Value)
	}
	return words
}

// most is the highest answer to an input of points; ok is false for every other, and where the indicator has no points.
func (v voice) most(e entry) (d decimal.Decimal, ok bool) {
	if e.in.Type != rule.Points || e.ind == nil {
		return decimal.Decimal{}, false
	}
	d, ok = e.ind.Points[v.group]
	return d, ok
}

// what is the name of an entry's input.
func (v voice) what(in criteria.Input) string {
	if name := v.text(in.Name); name != "" {
		return name
	}
	return v.say("value")
}
