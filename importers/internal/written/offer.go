package written

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
)

// ListsSheet holds the options of dropdowns, a column each. A list in the validation itself would split at commas. The
// name is plain because a validation does not escape it.
const ListsSheet = "Lists"

// Lists are the columns of the sheet of options. The zero Lists are empty.
type Lists struct {
	Columns [][]string
	known   map[string]string // where a list of options stands, by its options
}

// Reference is the range of a list of options, which is kept once.
func (l *Lists) Reference(options []string) string {
	key := strings.Join(options, "\x00")
	if at, ok := l.known[key]; ok {
		return at
	}
	if l.known == nil {
		l.known = map[string]string{}
	}
	l.Columns = append(l.Columns, options)
	letter := diag.ColumnName(len(l.Columns))
	at := ListsSheet + "!$" + letter + "$1:$" + letter + "$" + strconv.Itoa(len(options))
	l.known[key] = at
	return at
}

// mostPercent is what a percentage without a limit may be before a cell asks whether it is meant.
var mostPercent = decimal.NewFromInt(1000)

// lastDay is the end of 2199 as a day number.
var lastDay = decimal.NewFromInt(109574)

// Restrict sets the rule of a cell for an input of a type; offers are what a dropdown of yes, no or options has. A rule is
// a courtesy: pasting passes it. What points may be is for others to say.
func (l *Lists) Restrict(v *excelize.DataValidation, in criteria.Input, offers []string) {
	lowest, most := decimal.New(-1, 15), decimal.New(1, 15)
	switch in.Type {
	case rule.YesNo, rule.Choice:
		if len(offers) > 0 {
			v.SetSqrefDropList(l.Reference(offers))
		}
	case rule.Count:
		Within(v, excelize.DataValidationTypeWhole, in.Min.Or(decimal.Zero), in.Max.Or(most))
	case rule.Number:
		Within(v, excelize.DataValidationTypeDecimal, in.Min.Or(lowest), in.Max.Or(most))
	case rule.Percent: // the cell holds a fraction
		Within(v, excelize.DataValidationTypeDecimal, in.Min.Or(lowest).Shift(-2), in.Max.Or(mostPercent).Shift(-2))
	case rule.Day:
		Within(v, excelize.DataValidationTypeDate, decimal.NewFromInt(1), lastDay)
	case rule.Choices, rule.Free, rule.Points: // anything may be written
	}
}

// Within lets a cell hold what lies between two numbers. They only guide the hand, so floats are good enough, and
// numbers too large for a validation are cut; it refuses no others.
func Within(v *excelize.DataValidation, t excelize.DataValidationType, lo, hi decimal.Decimal) {
	most := decimal.New(1, 30)
	from, to := decimal.Max(lo, most.Neg()), decimal.Min(hi, most)
	_ = v.SetRange(from.InexactFloat64(), to.InexactFloat64(), t, excelize.DataValidationOperatorBetween)
}

// Span lists cells as a validation names them, in rows of one column: "F4:F6 F9".
func Span(column string, rows []int) string {
	slices.Sort(rows)
	var parts []string
	for i := 0; i < len(rows); {
		j := i
		for j+1 < len(rows) && rows[j+1] == rows[j]+1 {
			j++
		}
		part := column + strconv.Itoa(rows[i])
		if j > i {
			part += ":" + column + strconv.Itoa(rows[j])
		}
		parts = append(parts, part)
		i = j + 1
	}
	return strings.Join(parts, " ")
}
