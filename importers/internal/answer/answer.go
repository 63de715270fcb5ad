// Package answer reads one cell as the value of one input, in the same way for tables and for workbooks. It knows no
// columns, no agencies and no rules.
package answer

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"
	"golang.org/x/text/unicode/norm"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/numeral"
	"github.com/opendti/dti/importers/internal/sheet"
)

// A Reader reads the cells of a round. Without a set (see NewReader) it reads dates only.
type Reader struct {
	Decimal  numeral.Mark // the decimal mark of the round, if it says one
	Date1904 bool         // dates of the book count from 1904
	language string       // of names in problems
	options  map[inputOf]options
}

// NewReader makes a reader of the answers to a set.
func NewReader(set *criteria.Set) Reader {
	r := Reader{language: set.Languages[0], options: map[inputOf]options{}}
	for ind := range set.Root.AllIndicators() {
		for _, in := range ind.Inputs {
			if in.Type == rule.Choice || in.Type == rule.Choices {
				r.options[inputOf{ind.ID, in.ID}] = optionsOf(ind.Options(in.ID))
			}
		}
	}
	return r
}

// Read reads a cell as the value of an input of an indicator, or of a figure where ind is nil. A blank cell is missing
// and no problem. What cannot be read is rule.InvalidValue with one Error, which names the indicator and the input but
// not the agency.
func (r Reader) Read(c sheet.Cell, ind *criteria.Indicator, in criteria.Input) (rule.Value, diag.Problems) {
	if c.Blank() {
		return rule.Value{}, nil
	}
	e := r.entry(c)
	e.ind, e.in = ind, in
	v, problem := e.value()
	if problem == nil {
		return v, nil
	}
	problem.Place, problem.Severity = c.Place, diag.Error
	problem.Indicator, problem.Input = criteria.FiguresID, in.ID
	if ind != nil {
		problem.Indicator = ind.ID
	}
	return rule.InvalidValue(), diag.Problems{*problem}
}

// An entry is a cell in reading.
type entry struct {
	Reader
	cell sheet.Cell
	ind  *criteria.Indicator
	in   criteria.Input
	text string
}

// entry begins to read a cell. TRUE and FALSE are words.
func (r Reader) entry(c sheet.Cell) entry {
	text := c.Text
	if c.Bool {
		text = c.Shown()
	}
	return entry{Reader: r, cell: c, text: trimmed(text)}
}

// name is the header of a wide table that stands for the input.
func (e entry) name() string {
	switch {
	case e.ind == nil:
		return criteria.FiguresID + "." + e.in.ID
	case len(e.ind.Inputs) == 1:
		return e.ind.ID
	default:
		return e.ind.ID + "." + e.in.ID
	}
}

// bad is the problem of a kind; its first two arguments are the input's name and what was read.
func (e entry) bad(kind string, args ...any) (rule.Value, *diag.Problem) {
	text := e.text
	if e.cell.Percent {
		text = e.cell.Shown()
	}
	args = append([]any{e.name(), shown(text)}, args...)
	return rule.Value{}, &diag.Problem{Kind: kind, Args: args}
}

func shown(s string) string {
	const longest = 60
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > longest {
		return string(r[:longest]) + "…"
	}
	return s
}

func (e entry) value() (rule.Value, *diag.Problem) {
	switch {
	case e.cell.NoValue:
		return e.bad("answer-formula")
	case e.cell.Error:
		return e.bad("answer-error-cell")
	case e.ind != nil && !e.cell.Numeric && claimsNotApplicable(e.text) && !e.names():
		if !e.ind.NotApplicable.Allowed {
			return e.bad("answer-not-applicable")
		}
		return rule.NotApplicableValue(), nil
	}
	switch e.in.Type {
	case rule.Count, rule.Number, rule.Points:
		return e.number()
	case rule.Percent:
		return e.percent()
	case rule.YesNo:
		return e.yesNo()
	case rule.Choice, rule.Choices:
		return e.choice()
	case rule.Day:
		return e.day()
	default:
		return rule.TextOf(e.text), nil
	}
}

// names reports whether the text names an option, which may be called “Không áp dụng”.
func (e entry) names() bool {
	if e.in.Type != rule.Choice && e.in.Type != rule.Choices {
		return false
	}
	_, ok := e.options().find(e.text)
	return ok
}

// claimsNotApplicable reports whether a text says that the indicator does not concern the agency. Most texts are told
// apart by their first letter and their length.
func claimsNotApplicable(s string) bool {
	if len(s) < 3 || len(s) > 40 || !strings.ContainsRune("kKnN", rune(s[0])) || len(s) > 3 && len(s) < len("khong ap dung") {
		return false
	}
	switch fold(s) {
	case "kad", "khong ap dung", "n/a", "not applicable":
		return true
	}
	return false
}

// trimmed cuts spaces of every width off.
func trimmed(s string) string {
	return strings.TrimFunc(s, func(c rune) bool { return unicode.IsSpace(c) || c == '\u200b' || c == '\ufeff' })
}

// fold is a text without case, diacritics and doubled spaces, for comparing words. Đ is D with a stroke, which no
// decomposition takes off.
func fold(s string) string {
	if folded, ok := foldASCII(s); ok {
		return folded
	}
	s = strings.Map(func(c rune) rune {
		switch {
		case unicode.Is(unicode.Mn, c):
			return -1
		case c == 'đ':
			return 'd'
		default:
			return c
		}
	}, norm.NFD.String(strings.ToLower(s)))
	return strings.Join(strings.Fields(s), " ")
}

// foldASCII is fold for texts without diacritics and doubled spaces, which most are.
func foldASCII(s string) (folded string, ok bool) {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || s[i] <= ' ' && (s[i] != ' ' || i == 0 || s[i-1] == ' ' || i == len(s)-1) {
			return "", false
		}
	}
	return strings.ToLower(s), true
}

// same is a text without case and doubled spaces; diacritics count.
func same(s string) string {
	if plain, ok := foldASCII(s); ok {
		return plain
	}
	return strings.Join(strings.Fields(strings.ToLower(norm.NFC.String(s))), " ")
}

// digits reads the cell as a number, whether it is text or a number of the spreadsheet.
func (e entry) digits(whole bool) (numeral.Number, error) {
	switch {
	case e.cell.Bool:
		return numeral.Number{}, numeral.ErrNotNumber
	case e.cell.Numeric:
		d, err := numeral.Plain(e.text)
		if e.cell.Percent {
			d = d.Shift(2)
		}
		return numeral.Number{Value: d, Percent: e.cell.Percent}, err
	case whole:
		return numeral.ReadWhole(e.text, e.Decimal)
	default:
		return numeral.Read(e.text, e.Decimal)
	}
}

// unread is the problem of a text that is no number; the remedy names the number in it, if there is just one.
func (e entry) unread(err error, kind string) (rule.Value, *diag.Problem) {
	var a numeral.Ambiguity
	switch {
	case errors.As(err, &a):
		return e.bad("answer-ambiguous", a.Decimal, a.Grouped.String())
	case errors.Is(err, numeral.ErrTooLong):
		return e.bad("answer-too-long", numeral.MaxWhole, numeral.MaxDecimals)
	}
	if n, ok := within(e.text, e.Decimal, e.in.Type == rule.Count); ok {
		return e.bad(kind+"-near", n.String())
	}
	return e.bad(kind)
}

// within finds the only number in a text such as "38 máy".
func within(text string, mark numeral.Mark, whole bool) (decimal.Decimal, bool) {
	var found []string
	for word := range strings.FieldsSeq(text) {
		if strings.ContainsAny(word, "0123456789") {
			found = append(found, strings.Trim(word, "()[]:;.,"))
		}
	}
	if len(found) != 1 {
		return decimal.Decimal{}, false
	}
	n, err := numeral.Read(found[0], mark)
	if err != nil || whole && (!n.Value.IsInteger() || n.Value.IsNegative()) {
		return decimal.Decimal{}, false
	}
	return n.Value, true
}

// number reads a count, a number or points.
func (e entry) number() (rule.Value, *diag.Problem) {
	kind := "answer-number"
	if e.in.Type == rule.Count {
		kind = "answer-count"
	}
	if e.cell.Date {
		return e.bad("answer-date-for-number")
	}
	n, err := e.digits(e.in.Type == rule.Count)
	if err != nil {
		return e.unread(err, kind)
	}
	if n.Percent {
		return e.bad("answer-percent-for-number")
	}
	if e.in.Type == rule.Count && (!n.Value.IsInteger() || n.Value.IsNegative()) {
		return e.bad("answer-count")
	}
	return e.bounded(n.Value)
}

// percent reads a percentage. Text 45 and 45% are 45 %; a number of the spreadsheet is a fraction only where the cell
// shows it as a percentage. What lies above 0 and below 1 otherwise may be either, so it is asked.
func (e entry) percent() (rule.Value, *diag.Problem) {
	if e.cell.Date {
		return e.bad("answer-date-for-number")
	}
	n, err := e.digits(false)
	if err != nil {
		return e.unread(err, "answer-percent")
	}
	if one := decimal.NewFromInt(1); !n.Percent && n.Value.IsPositive() && n.Value.LessThan(one) {
		return e.bad("answer-percent-or-share", n.Value, n.Value.Shift(2))
	}
	return e.bounded(n.Value)
}

// mostPercent is the percentage above which a cell shows 45 that was pasted for 45 %.
const mostPercent = 1000

// bounded holds a number against the input's bounds.
func (e entry) bounded(d decimal.Decimal) (rule.Value, *diag.Problem) {
	switch {
	case e.in.Min.Set && d.LessThan(e.in.Min.Value):
		return e.bad("answer-below", e.in.Min.Value)
	case e.in.Max.Set && d.GreaterThan(e.in.Max.Value):
		if e.cell.Percent && d.GreaterThan(decimal.NewFromInt(mostPercent)) {
			return e.bad("answer-above-percent", e.in.Max.Value, d.Shift(-2))
		}
		return e.bad("answer-above", e.in.Max.Value)
	default:
		return rule.NumberOf(d), nil
	}
}
