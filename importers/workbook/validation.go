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

// validation is the prompt and the rule of an entry on its cell. A rule is a courtesy: pasting passes it, and Read looks
// again.
func (p *plan) validation(e entry, at string) *excelize.DataValidation {
	v := excelize.NewDataValidation(true)
	v.Sqref = at
	v.SetInput(cut(cell(p.what(e.in)), maxPromptTitle), cut(cell(p.prompt(e)), maxPrompt))
	p.restrict(v, e)
	if v.Type != "" {
		style := excelize.DataValidationErrorStyleWarning
		if e.in.Type == rule.YesNo || e.in.Type == rule.Choice || e.in.Type == rule.Count && !p.mayWaive(e) {
			style = excelize.DataValidationErrorStyleStop
		}
		v.SetError(style, cut(p.say("refused"), maxPromptTitle), cut(cell(p.how(e)), maxPrompt))
	}
	return v
}

// prompt is how an entry is answered, with the options to write where no dropdown gives them.
func (v voice) prompt(e entry) string {
	words := v.how(e)
	if e.in.Type == rule.Choices && e.ind != nil {
		words += "\n" + strings.Join(v.optionList(e, true), "; ")
	}
	if v.mayWaive(e) {
		words += "\n" + v.say("may-waive", v.say("answer-not-applicable"))
	}
	return words
}

// mayWaive reports whether the agency may say that the entry's indicator does not concern it.
func (v voice) mayWaive(e entry) bool { return e.ind != nil && e.ind.NotApplicable.Allowed }

// optionList lists the options of an entry as answers call them; withIDs puts the id in front, which is shorter to type.
func (v voice) optionList(e entry, withIDs bool) []string {
	options := e.ind.Options(e.in.ID)
	names := make([]string, len(options))
	for i, o := range options {
		names[i] = v.optionName(o, options)
		if withIDs && names[i] != o.ID {
			names[i] = o.ID + " = " + names[i]
		}
		if withIDs && names[i] == o.ID {
			names[i] = o.ID + " = " + v.text(o.Name)
		}
	}
	return names
}

// restrict sets the rule of an entry's type.
func (p *plan) restrict(v *excelize.DataValidation, e entry) {
	lowest, most := decimal.New(-1, 15), decimal.New(1, 15)
	switch e.in.Type {
	case rule.YesNo:
		p.dropdown(v, e, []string{p.yesNo(true), p.yesNo(false)})
	case rule.Choice:
		if e.ind != nil && len(e.ind.Options(e.in.ID)) > 0 {
			p.dropdown(v, e, p.optionList(e, false))
		}
	case rule.Count:
		within(v, excelize.DataValidationTypeWhole, e.in.Min.Or(decimal.Zero), e.in.Max.Or(most))
	case rule.Number:
		within(v, excelize.DataValidationTypeDecimal, e.in.Min.Or(lowest), e.in.Max.Or(most))
	case rule.Percent: // the cell holds a fraction
		within(v, excelize.DataValidationTypeDecimal, e.in.Min.Or(lowest).Shift(-2), e.in.Max.Or(mostPercent).Shift(-2))
	case rule.Points:
		if most, ok := p.most(e); ok {
			within(v, excelize.DataValidationTypeDecimal, e.ind.Min, most)
		}
	case rule.Day:
		within(v, excelize.DataValidationTypeDate, decimal.NewFromInt(1), lastDay)
	case rule.Choices, rule.Free: // anything may be written
	}
}

// mostPercent is what a percentage without a limit may be before a form asks whether it is meant.
var mostPercent = decimal.NewFromInt(1000)

// lastDay is the end of 2199 as a day number.
var lastDay = decimal.NewFromInt(109574)

// within lets a cell hold what lies between two numbers. They only guide the hand, so floats are good enough, and
// numbers too large for a validation are cut; it refuses no others.
func within(v *excelize.DataValidation, t excelize.DataValidationType, lo, hi decimal.Decimal) {
	most := decimal.New(1, 30)
	from, to := decimal.Max(lo, most.Neg()), decimal.Min(hi, most)
	_ = v.SetRange(from.InexactFloat64(), to.InexactFloat64(), t, excelize.DataValidationOperatorBetween)
}

// dropdown offers options, and "not applicable" where the agency may say so.
func (p *plan) dropdown(v *excelize.DataValidation, e entry, options []string) {
	if p.mayWaive(e) {
		options = append(slices.Clone(options), p.say("answer-not-applicable"))
	}
	v.SetSqrefDropList(p.lists.reference(options))
}
