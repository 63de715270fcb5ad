package workbook

import (
	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/written"
)

// answerSlot is the cell of an entry's answer, filled in where the form has an answer.
func (b *book) answerSlot(e entry) slot {
	if e.state != open {
		return slot{look: closed}
	}
	var options []rule.Option
	if e.ind != nil {
		options = e.ind.Options(e.in.ID)
	}
	c := written.Value(b.loc, b.set.Languages[0], b.form.Filled.Answers.At(e.key).Value, e.in.Type, options)
	l := inputLook(e.in.Type)
	if c.Digits == "" && c.Text != "" && c.Text != b.say("answer-not-applicable") {
		l = textInput
	}
	return slot{digits: c.Digits, text: c.Text, look: l}
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

// numberSlot is a number in a cell to type into.
func numberSlot(d decimal.Decimal, t rule.Type) slot {
	return contentSlot(written.Number(d, t), inputLook(t))
}

// contentSlot is what a cell holds, with the look of its numbers.
func contentSlot(c written.Content, l look) slot {
	if c.Digits == "" {
		return slot{text: c.Text, look: textInput}
	}
	return slot{digits: c.Digits, look: l}
}

func (v voice) yesNo(yes bool) string { return written.YesNo(v.loc, yes) }

// optionName is what an answer calls an option.
func (v voice) optionName(o rule.Option, among []rule.Option) string {
	return written.OptionName(v.loc, v.set.Languages[0], o, among)
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
