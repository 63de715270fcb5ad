package workbook

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
)

// listsSheet holds the options of dropdowns, a column each. A list in the validation itself would split at commas. The
// name is plain because a validation does not escape it.
const listsSheet = "Lists"

// lists are the columns of the sheet of options.
type lists struct {
	columns [][]string
	known   map[string]string // where a list of options stands, by its options
}

// reference is the range of a list of options, which is kept once.
func (l *lists) reference(options []string) string {
	key := strings.Join(options, "\x00")
	if at, ok := l.known[key]; ok {
		return at
	}
	if l.known == nil {
		l.known = map[string]string{}
	}
	l.columns = append(l.columns, options)
	letter := diag.ColumnName(len(l.columns))
	at := listsSheet + "!$" + letter + "$1:$" + letter + "$" + strconv.Itoa(len(options))
	l.known[key] = at
	return at
}

// writeLists writes the options that dropdowns refer to.
func writeLists(b *book) {
	for i, options := range b.lists.columns {
		for j, o := range options {
			at := diag.ColumnName(i+1) + strconv.Itoa(j+1)
			b.put(listsSheet, at, o)
		}
	}
	b.try(func() error { return b.file.SetSheetVisible(listsSheet, false) })
}

// validate puts the prompt and the rule of an entry on its cell. A rule is a courtesy: pasting passes it, and Read
// looks again.
func (p *page) validate(e entry, at string) {
	v := excelize.NewDataValidation(true)
	v.Sqref = at
	v.SetInput(cut(cell(p.what(e.in)), maxPromptTitle), cut(cell(p.prompt(e)), maxPrompt))
	p.try(func() error { return p.restrict(v, e) })
	if v.Type != "" {
		style := excelize.DataValidationErrorStyleWarning
		if e.in.Type == rule.YesNo || e.in.Type == rule.Choice || e.in.Type == rule.Count && !p.mayWaive(e) {
			style = excelize.DataValidationErrorStyleStop
		}
		v.SetError(style, cut(p.say("refused"), maxPromptTitle), cut(cell(p.how(e)), maxPrompt))
	}
	p.try(func() error { return p.file.AddDataValidation(p.name, v) })
}

// prompt is how an entry is answered, with the options to write where no dropdown gives them.
func (p *page) prompt(e entry) string {
	words := p.how(e)
	if e.in.Type == rule.Choices && e.ind != nil {
		words += "\n" + strings.Join(p.optionList(e, true), "; ")
	}
	if p.mayWaive(e) {
		words += "\n" + p.say("may-waive", p.say("answer-not-applicable"))
	}
	return words
}

// mayWaive reports whether the agency may say that the entry's indicator does not concern it.
func (p *page) mayWaive(e entry) bool { return e.ind != nil && e.ind.NotApplicable.Allowed }

// optionList lists the options of an entry as answers call them; withIDs puts the id in front, which is shorter to type.
func (p *page) optionList(e entry, withIDs bool) []string {
	options := e.ind.Options(e.in.ID)
	names := make([]string, len(options))
	for i, o := range options {
		names[i] = p.optionName(o, options)
		if withIDs && names[i] != o.ID {
			names[i] = o.ID + " = " + names[i]
		}
		if withIDs && names[i] == o.ID {
			names[i] = o.ID + " = " + p.text(o.Name)
		}
	}
	return names
}

// restrict sets the rule of an entry's type.
func (p *page) restrict(v *excelize.DataValidation, e entry) error {
	switch e.in.Type {
	case rule.YesNo:
		p.dropdown(v, e, []string{p.yesNo(true), p.yesNo(false)})
	case rule.Choice:
		if e.ind != nil && len(e.ind.Options(e.in.ID)) > 0 {
			p.dropdown(v, e, p.optionList(e, false))
		}
	case rule.Count:
		lo, hi := bounds(e.in.Min, e.in.Max, decimal.Zero)
		return v.SetRange(lo, hi, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween)
	case rule.Number:
		lo, hi := bounds(e.in.Min, e.in.Max, decimal.New(-1, 15))
		return v.SetRange(lo, hi, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween)
	case rule.Percent: // 45 % may be held as 45 or as 0.45: a lower bound above 0 would refuse the latter
		lo, hi := bounds(e.in.Min, e.in.Max, decimal.New(-1, 15))
		return v.SetRange(min(lo, 0), max(hi, 0), excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween)
	case rule.Points:
		most, ok := p.most(e)
		if !ok {
			return nil
		}
		lo, hi := bounds(rule.Optional{}, rule.Optional{Value: most, Set: true}, e.ind.Min)
		return v.SetRange(lo, hi, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween)
	case rule.Day: // 1900 to 2199 as day numbers
		return v.SetRange(1, 109574, excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween)
	case rule.Choices, rule.Free: // anything may be written
	}
	return nil
}

// dropdown offers options, and "not applicable" where the agency may say so.
func (p *page) dropdown(v *excelize.DataValidation, e entry, options []string) {
	if p.mayWaive(e) {
		options = append(slices.Clone(options), p.say("answer-not-applicable"))
	}
	v.SetSqrefDropList(p.lists.reference(options))
}

// bounds are the limits of a number that a validation can hold. They only guide the hand, so floats are good enough.
func bounds(lo, hi rule.Optional, lowest decimal.Decimal) (from, to float64) {
	return lo.Or(lowest).InexactFloat64(), hi.Or(decimal.New(1, 15)).InexactFloat64()
}
