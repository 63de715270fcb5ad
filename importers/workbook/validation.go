package workbook

import (
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/written"
)

// validation is the prompt and the rule of an entry on its cell. A rule is a courtesy: pasting passes it, and Read looks
// again.
func (p *plan) validation(e entry, at string) *excelize.DataValidation {
	v := excelize.NewDataValidation(true)
	v.Sqref = at
	v.SetInput(written.Cut(written.Text(p.what(e.in)), written.MaxPromptTitle), written.Cut(written.Text(p.prompt(e)), written.MaxPrompt))
	p.restrict(v, e)
	if v.Type != "" {
		style := excelize.DataValidationErrorStyleWarning
		if e.in.Type == rule.YesNo || e.in.Type == rule.Choice || e.in.Type == rule.Count && !p.mayWaive(e) {
			style = excelize.DataValidationErrorStyleStop
		}
		v.SetError(style, written.Cut(p.say("refused"), written.MaxPromptTitle), written.Cut(written.Text(p.how(e)), written.MaxPrompt))
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
	var offers []string
	switch {
	case e.in.Type == rule.YesNo:
		offers = []string{p.yesNo(true), p.yesNo(false)}
	case e.in.Type == rule.Choice && e.ind != nil:
		offers = p.optionList(e, false)
	}
	if p.mayWaive(e) && len(offers) > 0 {
		offers = append(slices.Clone(offers), p.say("answer-not-applicable"))
	}
	p.lists.Restrict(v, e.in, offers)
	if most, ok := p.most(e); ok {
		written.Within(v, excelize.DataValidationTypeDecimal, e.ind.Min, most)
	}
}
