package rule

import (
	"slices"

	"github.com/shopspring/decimal"
)

// An Example is made-up answers to one indicator, judged by its own judge: what a methodology document shows beside the
// rule in words. Its figures are nobody's.
type Example struct {
	// Answers are by input name, agency by agency: the one that is shown first, then those it is compared with. A rule
	// that looks at no cohort has the first only.
	Answers   []map[string]Value
	Judgement Judgement
}

// A Question is one input for which an answer is made up.
type Question struct {
	Type     Type
	Min, Max Optional // bounds of numeric types
	Answered Value    // what stands already, such as a figure that another indicator reads too; missing: free
	Shared   bool     // other indicators read it too
	// Size is how many of it a usual agency has, such as 60 of staff; 0: not known.
	Size decimal.Decimal
}

// Questions look a question up by the input's name in the indicator ("computers") or "figures.staff".
type Questions func(input string) Question

// turns is how many different answers of one rule are tried.
const turns = 60

// Work makes up an example that earns part of the points, neither nothing nor all, where that is possible; else one that
// earns all, where that is. Agencies are the questions to each agency, the one that is shown first; only rules that look
// at the cohort need the others. Examples of different turns, 0 or more, differ where there are several.
func Work(r Rule, b Basis, agencies []Questions, turn int) Example {
	if !Relative(r) {
		agencies = agencies[:1]
	}
	best := work(r, b, agencies, turn)
	for i := 1; i < turns && best.telling() < earnsPart; i++ {
		if next := work(r, b, agencies, turn+i); next.telling() > best.telling() {
			best = next
		}
	}
	return best
}

// work makes up one answer of each agency. They take their turns one after the other, so that they differ.
func work(r Rule, b Basis, agencies []Questions, turn int) Example {
	e := Example{Answers: make([]map[string]Value, len(agencies))}
	b.Group = make([]Inputs, len(agencies))
	for i, ask := range agencies {
		d := &Draft{ask: ask, answers: map[string]Value{}, points: b.Points, turn: turn + i}
		r.Example(d)
		e.Answers[i], b.Group[i] = d.answers, d.inputs
	}
	b.Round = b.Group
	e.Judgement = r.Fit(b).Judge(b.Group[0])
	return e
}

// How much an example tells, from 0.
const (
	earnsNothing = iota + 1 // or below
	earnsAll
	earnsPart
)

func (e Example) telling() int {
	share := e.Judgement.Share
	switch {
	case e.Judgement.Status != Scored:
		return 0
	case share.Sign() <= 0:
		return earnsNothing
	case share.Cmp(One()) >= 0:
		return earnsAll
	default:
		return earnsPart
	}
}

// A Draft is one agency's answers while rules make them up. An input that is answered keeps its answer.
type Draft struct {
	ask     Questions
	answers map[string]Value
	points  *decimal.Decimal // of the indicator or part; nil where it has none
	turn    int              // which of a rule's answers
}

// part is the draft for the i-th part of a rule.
func (d *Draft) part(i int, p Part) *Draft {
	own := *d
	own.points, own.turn = p.basis(Basis{Points: d.points}).Points, d.turn+i
	return &own
}

// inputs is what stands so far.
func (d *Draft) inputs(name string) Value {
	if v, ok := d.answers[name]; ok {
		return v
	}
	return d.ask(name).Answered
}

func (d *Draft) free(name string) bool { return d.inputs(name).IsMissing() }

// put answers an input, unless it is answered.
func (d *Draft) put(name string, v Value) {
	if d.free(name) {
		d.answers[name] = v
	}
}

// only answers the one input of an operand.
func (d *Draft) only(o Operand, v Value) {
	if len(o) > 0 {
		d.put(o[0].Input, v)
	}
}

// rounding makes a number whole.
type rounding func(decimal.Decimal) decimal.Decimal

func nearest(x decimal.Decimal) decimal.Decimal { return x.Round(0) }

// allowed is the number nearest to x that may be entered for an input.
func (d *Draft) allowed(name string, x decimal.Decimal, whole rounding) decimal.Decimal {
	q := d.ask(name)
	if q.Type == Count {
		x = whole(x)
	}
	lo, hi := q.bounds()
	if lo.Set {
		x = decimal.Max(x, lo.Value)
	}
	if hi.Set {
		x = decimal.Min(x, hi.Value)
	}
	return x
}

// bounds are what may be entered; a percentage without bounds is one of a whole, and nothing is counted below 0.
func (q Question) bounds() (lo, hi Optional) {
	lo, hi = q.Min, q.Max
	if q.Type == Count {
		lo.Value, hi.Value = lo.Value.Ceil(), hi.Value.Floor()
	}
	if !lo.Set && q.Type != Number {
		lo.Set = true
	}
	if !hi.Set && q.Type == Percent {
		hi = Optional{Value: hundred, Set: true}
	}
	return lo, hi
}

// sum answers the free inputs of an operand so that it comes near to x, and returns what it comes to. Whole is how a
// count is made of a number with decimals.
func (d *Draft) sum(o Operand, x decimal.Decimal, whole rounding) decimal.Decimal {
	rest := x.Sub(d.standing(o))
	var plus, minus []string
	for _, t := range o {
		switch {
		case !d.free(t.Input):
		case t.Negative:
			minus = append(minus, t.Input)
		default:
			plus = append(plus, t.Input)
		}
	}
	if rest.IsNegative() && len(minus) > 0 {
		d.share(plus, decimal.Decimal{}, whole)
		d.share(minus, d.standing(o).Sub(x), whole)
		return d.standing(o)
	}
	d.share(minus, rest.Mul(subtracted).Round(0), whole)
	d.share(plus, x.Sub(d.standing(o)), whole)
	return d.standing(o)
}

// standing is what the answered inputs of an operand come to.
func (d *Draft) standing(o Operand) decimal.Decimal {
	var total decimal.Decimal
	for _, t := range o {
		n, _ := d.inputs(t.Input).Number()
		if t.Negative {
			n = n.Neg()
		}
		total = total.Add(n)
	}
	return total
}

// share answers inputs with parts of x, the first the largest.
func (d *Draft) share(names []string, x decimal.Decimal, whole rounding) {
	for i, name := range names {
		own := x
		if i < len(names)-1 {
			own = neat(x.Mul(largest), x)
		}
		own = d.allowed(name, own, whole)
		d.put(name, NumberOf(own))
		x = x.Sub(own)
	}
}

// quotient answers a quantity so that it comes near to x. Where it divides, an input that stands on both sides is
// answered above the line first.
func (d *Draft) quotient(q quantity, x decimal.Decimal, whole rounding) {
	if len(q.over) == 0 {
		d.sum(q.of, x, whole)
		return
	}
	if d.sized(q.over) {
		d.sum(q.of, x.Mul(d.standing(q.over)), whole)
		return
	}
	over := d.whole(q.over)
	for x.IsPositive() && over.Mul(x).LessThan(one) {
		over = over.Mul(ten)
	}
	if q.shared() {
		d.sum(q.of, x.Mul(over), whole)
		d.sum(q.over, over, nearest)
		return
	}
	over = d.sum(q.over, over, nearest)
	d.sum(q.of, x.Mul(over), whole)
}

// sized answers the inputs of an operand by their sizes; false where one of them has none, and nothing is answered.
func (d *Draft) sized(o Operand) bool {
	var total decimal.Decimal
	for _, t := range o {
		size := d.ask(t.Input).Size
		if t.Negative || d.free(t.Input) && !size.IsPositive() {
			return false
		}
		total = total.Add(size)
	}
	if !total.IsPositive() {
		return false
	}
	for _, t := range o {
		d.put(t.Input, NumberOf(d.allowed(t.Input, d.ask(t.Input).Size, nearest)))
	}
	return d.standing(o).IsPositive()
}

// shared reports whether an input stands on both sides of the line, and another one below it.
func (q quantity) shared() bool {
	above := func(t Term) bool {
		return slices.ContainsFunc(q.of, func(u Term) bool { return u.Input == t.Input })
	}
	return slices.ContainsFunc(q.over, above) && slices.ContainsFunc(q.over, func(t Term) bool { return !above(t) })
}

// Numbers that examples are made of.
var (
	hundred    = decimal.NewFromInt(100)
	ten        = decimal.NewFromInt(10)
	subtracted = decimal.New(1, -1) // of a sum, what is taken away
	largest    = decimal.New(6, -1) // of a sum, its first part
	// shares are how much of what can be reached is reached, turn by turn, and wholes what it is reached of: 38 of 40,
	// 54 of 60.
	shares       = percents(95, 90, 80, 75, 85, 60, 50, 70, 40, 30, 20, 10)
	wholes       = []int64{40, 60, 20, 120, 80, 200, 50, 100, 300, 400}
	sharedWholes = []int64{200, 120, 400, 300, 600, 240, 800, 500, 1000}
	// levels are where agencies that are compared stand; five in a row differ.
	levels = percents(75, 100, 90, 50, 60, 80, 45, 70, 30, 65)
)

func percents(list ...int64) []decimal.Decimal {
	out := make([]decimal.Decimal, len(list))
	for i, n := range list {
		out[i] = decimal.New(n, -2)
	}
	return out
}

// reach is how much of what can be reached this turn reaches, above 0 and below 1.
func (d *Draft) reach() decimal.Decimal { return shares[d.turn%len(shares)] }

// middling is reach for what looks better in the middle of a scale.
func (d *Draft) middling() decimal.Decimal { return shares[(d.turn+3)%len(shares)] }

// whole is what a part is taken of. What is shared is larger, so that others find a part of it too.
func (d *Draft) whole(over Operand) decimal.Decimal {
	list := wholes
	if slices.ContainsFunc(over, func(t Term) bool { return d.ask(t.Input).Shared }) {
		list = sharedWholes
	}
	return decimal.NewFromInt(list[d.turn%len(list)])
}

// level is a value to be compared with others', within what may be entered for the quantity's first input.
func (d *Draft) level(q quantity) decimal.Decimal {
	level := levels[d.turn%len(levels)]
	if len(q.over) > 0 || len(q.of) == 0 {
		return level
	}
	const usual = 60
	lo, hi := d.ask(q.of[0].Input).bounds()
	if len(q.of) > 1 {
		lo, hi = Optional{}, Optional{}
	}
	switch {
	case !hi.Set:
		hi.Value = lo.Value.Add(decimal.NewFromInt(usual))
	case !lo.Set && !hi.Value.IsPositive():
		lo.Value = hi.Value.Sub(decimal.NewFromInt(usual))
	}
	span := hi.Value.Sub(lo.Value)
	return neat(lo.Value.Add(span.Mul(level)), span)
}

// compared answers a quantity that others' are compared with.
func (d *Draft) compared(q quantity) { d.quotient(q, d.level(q), nearest) }

// neat is x with as few decimals as tell it from its neighbours on a scale of some length.
func neat(x, length decimal.Decimal) decimal.Decimal {
	const steps = 50 // at least so many on the scale
	length = length.Abs().Div(decimal.NewFromInt(steps))
	if length.IsZero() {
		return x
	}
	return x.Round(max(0, 1-int32(length.NumDigits())-length.Exponent()))
}

// examples makes up answers to the parts of a rule.
func examples(d *Draft, parts []Part) {
	for i, p := range parts {
		p.Score.Example(d.part(i, p))
	}
}
