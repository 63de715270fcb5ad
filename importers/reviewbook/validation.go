package reviewbook

import (
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/written"
)

// validations guide the hand in the cells to fill in. Pasting passes them, and Read looks again.
func (f *file) validations(sheet string) {
	add := func(v *excelize.DataValidation, title, words string, style excelize.DataValidationErrorStyle) {
		v.SetInput(written.Cut(written.Text(title), written.MaxPromptTitle), written.Cut(written.Text(words), written.MaxPrompt))
		if v.Type != "" {
			v.SetError(style, written.Cut(f.say("refused"), written.MaxPromptTitle), written.Cut(written.Text(words), written.MaxPrompt))
		}
		f.try(func() error { return f.file.AddDataValidation(sheet, v) })
	}
	every := f.rowsBy(func(Row) string { return "" })
	words := f.rowsBy(func(r Row) string { return f.offers.Reference(f.words.offered(r)) })
	for _, reference := range words.order {
		decision := f.validationOf("decision", words.rows[reference])
		decision.SetSqrefDropList(reference)
		add(decision, f.say("decide-decision"), f.say("decide-how-decision"), excelize.DataValidationErrorStyleStop)
	}
	day := f.validationOf("date", every.rows[""])
	f.offers.Restrict(day, criteria.Input{Type: rule.Day}, nil)
	add(day, f.say("decide-date"), f.say("how-date"), excelize.DataValidationErrorStyleWarning)
	values := f.rowsBy(func(r Row) string { return r.Key.String() })
	for _, name := range values.order {
		r := values.first[name]
		ind, in := f.input(r.Key)
		v := f.validationOf("value", values.rows[name])
		offers := f.options(ind, in)
		f.offers.Restrict(v, in, offers)
		add(v, f.inputName(ind, in), f.how(in, offers), excelize.DataValidationErrorStyleWarning)
	}
	points := f.rowsBy(func(r Row) string { return r.Key.Indicator + "/" + r.Agency.Group })
	for _, name := range points.order {
		r := points.first[name]
		ind := f.indicator(r)
		if ind == nil || !r.Of.Set {
			continue
		}
		v := f.validationOf("points", points.rows[name])
		written.Within(v, excelize.DataValidationTypeDecimal, ind.Min, r.Of.Value)
		add(v, f.say("decide-points"), f.say("how-points", ind.Min, r.Of.Value), excelize.DataValidationErrorStyleWarning)
	}
}

// A sorting is the rows of the sheet by what they have in common.
type sorting struct {
	order []string // in the order of their first rows
	first map[string]Row
	rows  map[string][]int
}

func (f *file) rowsBy(what func(Row) string) sorting {
	s := sorting{first: map[string]Row{}, rows: map[string][]int{}}
	for i, r := range f.book.Rows {
		name := what(r)
		if _, ok := s.first[name]; !ok {
			s.first[name] = r
			s.order = append(s.order, name)
		}
		s.rows[name] = append(s.rows[name], firstRow+i)
	}
	if len(f.book.Rows) == 0 {
		s.rows[""] = []int{firstRow}
	}
	return s
}

func (f *file) validationOf(column string, rows []int) *excelize.DataValidation {
	v := excelize.NewDataValidation(true)
	v.Sqref = written.Span(f.col(column), slices.Clone(rows))
	return v
}

// options are what a new value may be, where a list has it.
func (f *file) options(ind *criteria.Indicator, in criteria.Input) []string {
	var offers []string
	switch {
	case in.Type == rule.YesNo:
		offers = []string{written.YesNo(f.loc, true), written.YesNo(f.loc, false)}
	case ind != nil && (in.Type == rule.Choice || in.Type == rule.Choices):
		among := ind.Options(in.ID)
		for _, o := range among {
			offers = append(offers, written.OptionName(f.loc, f.book.Set.Languages[0], o, among))
		}
	}
	if len(offers) > 0 && ind != nil && ind.NotApplicable.Allowed {
		offers = append(offers, f.say("answer-not-applicable"))
	}
	return offers
}

// how says how a new value is written.
func (f *file) how(in criteria.Input, offers []string) string {
	switch in.Type {
	case 0:
		return f.say("decide-how-whole")
	case rule.Points:
		return f.say("type-points")
	case rule.Choices:
		return f.say("how-choices") + "\n" + strings.Join(offers, "; ")
	default:
		return f.say("how-" + in.Type.String())
	}
}

// inputName is the name of an input, else of its indicator.
func (f *file) inputName(ind *criteria.Indicator, in criteria.Input) string {
	if name := f.text(in.Name); name != "" {
		return name
	}
	if ind != nil {
		return f.text(ind.Name)
	}
	return in.ID
}
