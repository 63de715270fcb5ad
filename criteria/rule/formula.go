package rule

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// A Formula is a judgement written as two expressions of a spreadsheet, without the leading "=". They hold to what Excel,
// LibreOffice and excelize's calculator compute alike: the functions IF, CHOOSE, MAX, MIN, SUM, ROUND and LN, and no
// function behind an operator, as in a-MAX(b,c), where excelize 2.11 mixes up the operands of nested functions
// (github.com/qax-os/excelize/issues/2406). So an expression may stand alone, be an argument, or have a function around it
// and operators behind that; as any other operand it needs a cell of its own.
type Formula struct {
	// Status yields a Status as a number: 1 scored, 2 missing, 3 not applicable, 4 invalid, 5 pending.
	Status string
	// Points yields share × full, where Status yields 1. It multiplies before it divides and does not round. What it
	// yields elsewhere is a number that nobody reads.
	Points string
}

// Cells is the spreadsheet in which a judge writes itself. What it returns are expressions that may be repeated in a
// formula: a reference to one cell, or a number.
type Cells interface {
	// State is the state of an input by its name in the indicator ("computers") or "figures.staff": 1 where something
	// was entered that can be read, 2 missing, 3 not applicable, 4 what cannot be read. The largest state of several
	// inputs decides, as the numbers of Status do.
	State(input string) string
	// Number is the number entered for an input: of a percentage 45 for 45 %, of yes and no 1 and 0, of a date its
	// serial number of days. It is 0 where State is not 1 or the input holds no number.
	Number(input string) string
	// Ticked is 1 where an option of a choice or choices input is chosen, else 0.
	Ticked(input, option string) string
	// Put gives an expression a cell of its own and returns a reference to it, so that what is used twice is computed
	// once and a formula stays short.
	Put(expression string) string
}

// An Estimator is a rule that looks at the cohort and can be judged under the bounds that an earlier round took from
// its own cohort, which gives an estimate.
type Estimator interface {
	Rule
	// Estimate makes the judge of the bounds; ok is false where they are not those that the rule fits to.
	Estimate(bounds []Bound) (j Judge, ok bool)
}

// Literal is a decimal as a formula holds it: plain digits, in parentheses where it is below 0.
func Literal(d decimal.Decimal) string {
	if d.IsNegative() {
		return "(" + d.String() + ")"
	}
	return d.String()
}

// times is expression × d.
func times(expression string, d decimal.Decimal) string {
	if d.Equal(one) {
		return expression
	}
	return expression + "*" + Literal(d)
}

// worth is share × full: a number, or a quotient where its decimals have no end.
func worth(share Fraction, full decimal.Decimal) string {
	num, den := full.Mul(share.num), share.over()
	if d := num.DivRound(den, KeptPlaces); d.Mul(den).Equal(num) {
		return Literal(d)
	}
	return "(" + Literal(num) + "/" + Literal(den) + ")"
}

// rescaled is points × full ÷ of: points out of so many, as points out of full. Points is a number or a function; of is
// not 0.
func rescaled(points string, full, of decimal.Decimal) string {
	if full.Equal(of) {
		return points
	}
	return points + "*" + Literal(full) + "/" + Literal(of)
}

// clamped keeps an expression within two others. The clamp also covers what binary floats add or lose at the ends.
func clamped(lo, expression, hi string) string {
	return "MAX(" + lo + ",MIN(" + hi + "," + expression + "))"
}

// bare reports whether an expression is a number or a reference, which may be repeated as it is.
func bare(expression string) bool { return !strings.ContainsAny(expression, "()+-*/,<>=") }

// cell is an expression that may be repeated: itself, or a reference to a cell of its own.
func cell(c Cells, expression string) string {
	if bare(expression) {
		return expression
	}
	return c.Put(expression)
}

// foldLength bounds what one call of fold holds, in bytes, and foldItems its arguments: Excel takes 8,192 and 255.
const (
	foldLength = 3000
	foldItems  = 100
)

// fold is SUM, MAX or MIN of any number of expressions. Long lists are folded piece by piece in cells of their own.
func fold(c Cells, function string, items []string) string {
	switch len(items) {
	case 0:
		return "0"
	case 1:
		return items[0]
	}
	var pieces []string
	start, length := 0, 0
	for i, item := range items {
		if i > start && (length+len(item) > foldLength || i-start == foldItems) {
			pieces = append(pieces, c.Put(call(function, items[start:i])))
			start, length = i, 0
		}
		length += len(item) + 1
	}
	last := call(function, items[start:])
	if len(pieces) == 0 {
		return last
	}
	return fold(c, function, append(pieces, c.Put(last)))
}

func call(function string, items []string) string {
	return function + "(" + strings.Join(items, ",") + ")"
}

// formula writes the sum of an operand: its status, and the number in an expression that may be repeated. The largest
// of the states is the graver status, for the numbers of Status are in that order.
func (o Operand) formula(c Cells) Formula {
	if len(o) == 0 {
		return unread(Invalid)
	}
	states, numbers := make([]string, 0, len(o)), make([]string, len(o))
	for i, term := range o {
		if state := c.State(term.Input); !slices.Contains(states, state) {
			states = append(states, state)
		}
		numbers[i] = c.Number(term.Input)
		if term.Negative {
			numbers[i] = "0-" + numbers[i]
		}
	}
	return Formula{Status: fold(c, "MAX", states), Points: cell(c, fold(c, "SUM", numbers))}
}

// unread is the formula of a judge that has nothing to read.
func unread(s Status) Formula { return Formula{Status: strconv.Itoa(int(s)), Points: "0"} }

// A quantityFormula is a quantity in a spreadsheet: of, or of ÷ over.
type quantityFormula struct {
	status   string // 1 where the quantity can be computed
	of, over string // expressions that may be repeated; over is empty where nothing is divided, and never 0
}

func (q quantity) formula(c Cells) quantityFormula {
	of := q.of.formula(c)
	if len(q.over) == 0 {
		return quantityFormula{status: of.Status, of: of.Points}
	}
	over := q.over.formula(c)
	positive := q.over.positive(over.Points)
	state := cell(c, call("MAX", []string{of.Status, over.Status}))
	return quantityFormula{
		status: "IF(" + state + ">1," + state + ",IF(" + positive + ",1,4))",
		of:     of.Points,
		over:   divisor(c, positive, over.Points),
	}
}

// sign is an expression that has the sign of the operand's sum. A sum of several terms may miss 0 by what binary floats
// cannot hold.
func (o Operand) sign(sum string) string {
	if len(o) > 1 {
		return "ROUND(" + sum + ",9)"
	}
	return sum
}

func (o Operand) positive(sum string) string { return o.sign(sum) + ">0" }

func (o Operand) negative(sum string) string { return o.sign(sum) + "<0" }

// divisor is a number to divide by: 1 where it is not above 0. A division by 0 must not happen even in the branch of an
// IF that is not taken, because excelize's calculator computes both.
func divisor(c Cells, positive, over string) string {
	return c.Put("IF(" + positive + "," + over + ",1)")
}

// against is an expression that has the sign of the quantity − bound. It compares of × den with num × over, whole
// numbers where the inputs are, because a quotient in binary floats may fall on the wrong side of the bound.
func (q quantityFormula) against(bound Fraction) string {
	num, den := bound.num, bound.over()
	if q.over == "" && den.Equal(one) {
		return "ROUND(" + q.of + "-" + Literal(num) + ",9)"
	}
	places := max(0, -num.Exponent(), -den.Exponent())
	num, den = num.Shift(places), den.Shift(places)
	bar := Literal(num)
	if q.over != "" {
		bar = times(q.over, num)
	}
	return "ROUND(" + times(q.of, den) + "-" + bar + ",9)"
}

// divided is numerator × factor ÷ (over × by), or ÷ by where nothing is divided: multiplied first, divided once.
func (q quantityFormula) divided(numerator string, factor, by decimal.Decimal) string {
	divisors := make([]string, 0, 2)
	if q.over != "" {
		divisors = append(divisors, q.over)
	}
	if !by.Equal(one) {
		divisors = append(divisors, Literal(by))
	}
	expression := times(numerator, factor)
	switch len(divisors) {
	case 0:
		return expression
	case 1:
		return expression + "/" + divisors[0]
	default:
		return expression + "/(" + divisors[0] + "*" + divisors[1] + ")"
	}
}

// serial is the number by which spreadsheets know the day: days since 30 December 1899. It is 0 for what is no day.
func (d Date) serial() int {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return 0
	}
	return int(t.Sub(time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)) / (24 * time.Hour))
}

// between is a day before d, some days or half of the time after an earlier one; d itself where it is no day.
func (d Date) between(earlier Date) Date {
	const days = 5
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	back := days
	if gap := d.serial() - earlier.serial(); earlier != d && gap > 0 {
		back = min(days, gap/2)
	}
	return Date(t.AddDate(0, 0, -back).Format(time.DateOnly))
}
