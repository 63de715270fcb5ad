// Package numeral reads a number that a person typed, as text, into an exact decimal: "1.234,5", "45 %", "1 234.5",
// "−3". It never guesses: what could be two numbers is an error that names both, until the round says which mark is the
// decimal mark. It knows nothing of cells, inputs or languages.
package numeral

import (
	"errors"
	"strconv"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"
)

// A Mark is the decimal mark of a round. It only decides what could be read in two ways. The zero Mark is not known.
type Mark int

// Decimal marks.
const (
	Unknown Mark = iota
	Point
	Comma
)

// Bounds of what is read: digits in front of the decimal mark and behind it.
const (
	MaxWhole    = 21
	MaxDecimals = 60
)

// Errors of text that is no number. An Ambiguity is the third one.
var (
	ErrNotNumber = errors.New("not a number")
	ErrTooLong   = errors.New("a number with too many digits")
)

// An Ambiguity is the error of text that could be either of two numbers: "62.659".
type Ambiguity struct {
	Decimal, Grouped decimal.Decimal
}

// Error names both readings.
func (a Ambiguity) Error() string {
	return "either " + a.Decimal.String() + " or " + a.Grouped.String()
}

// A Number is what was read. 45 % has Value 45 and is Percent.
type Number struct {
	Value   decimal.Decimal
	Percent bool
}

// Read reads a number. What could be a decimal or a grouped number is an Ambiguity unless the mark decides.
func Read(text string, mark Mark) (Number, error) { return read(text, mark, false) }

// ReadWhole reads a number where only a whole one makes sense, so that 2.154 is 2154 unless the mark says that the point
// is the decimal mark. Whether the result is whole is for the caller to look at.
func ReadWhole(text string, mark Mark) (Number, error) { return read(text, mark, true) }

// Plain reads digits with a decimal point and perhaps an exponent, as a spreadsheet stores a number.
func Plain(text string) (decimal.Decimal, error) {
	body, negative := strings.CutPrefix(text, "-")
	whole, decimals, exponent, err := split(body, ".")
	if err != nil {
		return decimal.Decimal{}, err
	}
	return build(whole, decimals, exponent, negative)
}

func read(text string, mark Mark, wants bool) (Number, error) {
	body := strings.TrimFunc(text, blank)
	var n Number
	if cut, ok := strings.CutSuffix(body, "%"); ok {
		body, n.Percent = strings.TrimRightFunc(cut, blank), true
	}
	body, negative := signed(body)
	value, err := unsigned(body, mark, wants)
	if err != nil {
		var a Ambiguity
		if negative && errors.As(err, &a) {
			err = Ambiguity{Decimal: a.Decimal.Neg(), Grouped: a.Grouped.Neg()}
		}
		return Number{}, err
	}
	if negative {
		value = value.Neg()
	}
	n.Value = value
	return n, nil
}

// blank finds spaces of every width, and marks that programs leave around numbers without a width.
func blank(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\u2060' || r == '\ufeff'
}

// signed cuts one sign off.
func signed(s string) (rest string, negative bool) {
	for _, minus := range []string{"-", "−"} {
		if rest, ok := strings.CutPrefix(s, minus); ok {
			return strings.TrimLeftFunc(rest, blank), true
		}
	}
	if rest, ok := strings.CutPrefix(s, "+"); ok {
		return strings.TrimLeftFunc(rest, blank), false
	}
	return s, false
}

// unsigned reads digits with marks between them.
func unsigned(s string, mark Mark, wants bool) (decimal.Decimal, error) {
	if strings.ContainsAny(s, "eE") {
		return scientific(s)
	}
	s, spaced, err := joined(s)
	if err != nil {
		return decimal.Decimal{}, err
	}
	points, commas := strings.Count(s, "."), strings.Count(s, ",")
	switch {
	case points+commas == 0:
		return integer(s)
	case spaced:
		return withDecimals(s, points+commas)
	case points > 0 && commas > 0:
		return bothMarks(s, points, commas)
	case points+commas > 1:
		return grouped(s, marksOf(points))
	default:
		return oneMark(s, marksOf(points), mark, wants)
	}
}

func marksOf(points int) string {
	if points > 0 {
		return "."
	}
	return ","
}

// scientific reads 1.5E-05: no groups, either mark.
func scientific(s string) (decimal.Decimal, error) {
	mark := "."
	if strings.Contains(s, ",") {
		mark = ","
	}
	whole, decimals, exponent, err := split(s, mark)
	if err != nil {
		return decimal.Decimal{}, err
	}
	return build(whole, decimals, exponent, false)
}

// joined takes the spaces between groups of thousands out.
func joined(s string) (rest string, spaced bool, err error) {
	if !strings.ContainsFunc(s, blank) {
		return s, false, nil
	}
	head, tail := s, ""
	if i := strings.IndexAny(s, ".,"); i >= 0 {
		head, tail = s[:i], s[i:]
	}
	if strings.ContainsFunc(tail, blank) {
		return "", false, ErrNotNumber
	}
	groups := strings.FieldsFunc(head, blank)
	singles := 0
	for _, r := range head {
		if blank(r) {
			singles++
		}
	}
	if singles != len(groups)-1 || !areGroups(groups) {
		return "", false, ErrNotNumber
	}
	return strings.Join(groups, "") + tail, true, nil
}

// areGroups reports whether digits are grouped by thousands. A number that begins with 0 is never grouped.
func areGroups(groups []string) bool {
	for i, g := range groups {
		if !digits(g) || len(g) > 3 || i > 0 && len(g) != 3 {
			return false
		}
	}
	return len(groups) > 1 && groups[0] != "" && groups[0][0] != '0'
}

// withDecimals reads a number whose groups are known already: its one mark is the decimal mark.
func withDecimals(s string, marks int) (decimal.Decimal, error) {
	if marks != 1 {
		return decimal.Decimal{}, ErrNotNumber
	}
	i := strings.IndexAny(s, ".,")
	return fraction(s[:i], s[i+1:])
}

// bothMarks reads 1.234,5 and 1,234.5: the last mark is the decimal mark and stands once.
func bothMarks(s string, points, commas int) (decimal.Decimal, error) {
	last, first, count := ".", ",", points
	if strings.LastIndex(s, ",") > strings.LastIndex(s, ".") {
		last, first, count = ",", ".", commas
	}
	whole, decimals, _ := strings.Cut(s, last)
	if count != 1 || !areGroups(strings.Split(whole, first)) {
		return decimal.Decimal{}, ErrNotNumber
	}
	return fraction(strings.ReplaceAll(whole, first, ""), decimals)
}

// grouped reads 1.234.567.
func grouped(s, mark string) (decimal.Decimal, error) {
	if !areGroups(strings.Split(s, mark)) {
		return decimal.Decimal{}, ErrNotNumber
	}
	return integer(strings.ReplaceAll(s, mark, ""))
}

// oneMark reads a number with one mark, which may group thousands or begin the decimals.
func oneMark(s, found string, mark Mark, wants bool) (decimal.Decimal, error) {
	whole, decimals, _ := strings.Cut(s, found)
	asDecimal, err := fraction(whole, decimals)
	if err != nil || !areGroups([]string{whole, decimals}) {
		return asDecimal, err
	}
	asGrouped, err := integer(whole + decimals)
	switch {
	case err != nil:
		return decimal.Decimal{}, err
	case mark == Point && found == "." || mark == Comma && found == ",":
		return asDecimal, nil
	case mark != Unknown || wants:
		return asGrouped, nil
	default:
		return decimal.Decimal{}, Ambiguity{Decimal: asDecimal, Grouped: asGrouped}
	}
}

// integer makes a number of digits.
func integer(s string) (decimal.Decimal, error) {
	if !digits(s) {
		return decimal.Decimal{}, ErrNotNumber
	}
	return build(s, "", 0, false)
}

// fraction makes a number of the digits in front of the decimal mark, which may be left out, and behind it.
func fraction(whole, decimals string) (decimal.Decimal, error) {
	if whole != "" && !digits(whole) || !digits(decimals) {
		return decimal.Decimal{}, ErrNotNumber
	}
	return build(whole, decimals, 0, false)
}

// split takes whole[mark decimals][e exponent] apart.
func split(s, mark string) (whole, decimals string, exponent int, err error) {
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		digitsOnly := strings.TrimPrefix(strings.TrimPrefix(s[i+1:], "+"), "-")
		if len(s[i+1:])-len(digitsOnly) > 1 || !digits(digitsOnly) {
			return "", "", 0, ErrNotNumber
		}
		if exponent, err = strconv.Atoi(strings.TrimPrefix(s[i+1:], "+")); err != nil {
			return "", "", 0, ErrTooLong
		}
		s = s[:i]
	}
	whole, decimals, marked := strings.Cut(s, mark)
	if !digits(whole) || marked && !digits(decimals) {
		return "", "", 0, ErrNotNumber
	}
	return whole, decimals, exponent, nil
}

// build makes the decimal; the digits have been looked at.
func build(whole, decimals string, exponent int, negative bool) (decimal.Decimal, error) {
	all := strings.TrimLeft(whole+decimals, "0")
	if all == "" {
		return decimal.Decimal{}, nil
	}
	scale := len(decimals) - exponent // decimals of the number, if above 0
	if exponent > 400 || exponent < -400 || len(all)-scale > MaxWhole || scale > MaxDecimals {
		return decimal.Decimal{}, ErrTooLong
	}
	var d decimal.Decimal
	if len(all) <= 18 {
		n, err := strconv.ParseInt(all, 10, 64)
		if err != nil {
			return decimal.Decimal{}, ErrNotNumber
		}
		d = decimal.New(n, int32(-scale))
	} else {
		var err error
		if d, err = decimal.NewFromString(all); err != nil {
			return decimal.Decimal{}, ErrNotNumber
		}
		d = d.Shift(int32(-scale))
	}
	if negative {
		d = d.Neg()
	}
	return d, nil
}

// digits reports whether s is one or more of 0 to 9.
func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
