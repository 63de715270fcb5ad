package rule

import (
	"slices"
	"strconv"

	"github.com/shopspring/decimal"
)

// numeric are the types that rules compute with.
func numeric() []Type { return []Type{Count, Number, Percent, Points} }

// status of one value where a number is needed.
func (v Value) status(want state) Status {
	switch v.state {
	case want:
		return Scored
	case missing:
		return Missing
	case notApplicable:
		return NotApplicable
	default:
		return Invalid
	}
}

// graver is the status of a computation on two values: one that cannot be read makes the whole invalid, then one that
// does not apply decides, then one that is missing.
func graver(a, b Status) Status {
	for _, s := range []Status{Invalid, NotApplicable, Missing} {
		if a == s || b == s {
			return s
		}
	}
	return Scored
}

// unjudged is the judgement of an answer whose inputs have a status other than Scored.
func unjudged(s Status) Judgement {
	switch s {
	case Missing:
		return Judgement{Status: s, Note: Note{Kind: "missing"}}
	case NotApplicable:
		return Judgement{Status: s, Note: Note{Kind: "not-applicable"}}
	default:
		return Judgement{Status: Invalid, Note: Note{Kind: "invalid"}}
	}
}

// sum adds up the terms; the number counts only where the status is Scored.
func (o Operand) sum(in Inputs) (decimal.Decimal, Status) {
	if len(o) == 1 && !o[0].Negative {
		v := in(o[0].Input)
		return v.number, v.status(number)
	}
	if len(o) == 0 {
		return decimal.Decimal{}, Invalid // Check refuses it
	}
	var total decimal.Decimal
	status := Scored
	for _, term := range o {
		v := in(term.Input)
		status = graver(status, v.status(number))
		if term.Negative {
			total = total.Sub(v.number)
			continue
		}
		total = total.Add(v.number)
	}
	return total, status
}

// only is the value of an operand that names one input; a missing one where it names none.
func (o Operand) only(in Inputs) Value {
	if len(o) == 0 {
		return Value{}
	}
	return in(o[0].Input)
}

// reads lists the operand's inputs as they stand at a key.
func (o Operand) reads(at string, types ...Type) []Read {
	list := make([]Read, len(o))
	for i, term := range o {
		list[i] = Read{Input: term.Input, Types: types, At: at}
		if len(o) > 1 {
			list[i].At = item(at, i)
		}
	}
	return list
}

// checkOnly finds fault with an operand that must name exactly one input.
func (o Operand) checkOnly() []Fault {
	if len(o) > 1 || len(o) == 1 && o[0].Negative {
		return []Fault{{At: "of", Kind: "rule-one-input"}}
	}
	return nil
}

// words says the operand with the names of its inputs: a + b − c.
func (o Operand) words() any {
	if len(o) == 0 {
		return Note{Kind: "rule-value"}
	}
	var said any = InputName(o[0].Input)
	if o[0].Negative {
		said = Say("rule-minus", said)
	}
	for _, term := range o[1:] {
		kind := "rule-sum"
		if term.Negative {
			kind = "rule-difference"
		}
		said = Say(kind, said, InputName(term.Input))
	}
	return said
}

// percent reports whether all inputs of the operand are percentages.
func (o Operand) percent(types func(input string) Type) bool {
	return len(o) > 0 && !slices.ContainsFunc(o, func(term Term) bool { return types(term.Input) != Percent })
}

// item is the path of one item of a list: steps[2].
func item(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

// A quantity is what several kinds compare: of, or of ÷ over.
type quantity struct {
	of, over Operand
}

// read computes the quantity; ok is false where it cannot be computed, and failed says why.
func (q quantity) read(in Inputs) (x Fraction, failed Judgement, ok bool) {
	of, status := q.of.sum(in)
	if len(q.over) == 0 {
		if status != Scored {
			return x, unjudged(status), false
		}
		return Whole(of), failed, true
	}
	over, overStatus := q.over.sum(in)
	if status = graver(status, overStatus); status != Scored {
		return x, unjudged(status), false
	}
	if over.Sign() <= 0 {
		return x, Judgement{Status: Invalid, Note: Say("over-zero", of, over)}, false
	}
	return FractionOf(of, over), failed, true
}

// values are the quantities of the agencies of a cohort for which it can be computed, in the cohort's order.
func (q quantity) values(cohort []Inputs) []Fraction {
	values := make([]Fraction, 0, len(cohort))
	for _, in := range cohort {
		if x, _, ok := q.read(in); ok {
			values = append(values, x)
		}
	}
	return values
}

// reads lists the inputs of the quantity.
func (q quantity) reads() []Read {
	return slices.Concat(q.of.reads("of", numeric()...), q.over.reads("over", numeric()...))
}

// words says the quantity with the names of its inputs.
func (q quantity) words() any {
	if len(q.over) == 0 {
		return q.of.words()
	}
	return Say("rule-quotient", q.of.words(), q.over.words())
}

// A measure is how notes say a quantity and the bounds that it is held against.
type measure uint8

const (
	asNumber  measure = iota
	asPercent         // it was entered as a percentage: 45 is said as 45%
	asShare           // it is a fraction of a whole: 0.45 is said as 45%
)

// measure is how the quantity is said. A quotient is a share of a whole where no bound that it is held against is above
// 1; 5 Mbit/s a head are none. Percent says that what is entered is percentages.
func (q quantity) measure(percent bool, bounds ...Fraction) measure {
	switch {
	case len(q.over) == 0 && percent:
		return asPercent
	case len(q.over) == 0 || slices.ContainsFunc(bounds, func(b Fraction) bool { return b.Cmp(One()) > 0 }):
		return asNumber
	default:
		return asShare
	}
}

// said is a number as an argument of a note.
func (m measure) said(x Fraction) any {
	switch {
	case m == asShare:
		return x
	case m == asPercent:
		return x.Div(Whole(hundred))
	case x.whole():
		return x.num
	default:
		return Amount(x)
	}
}

// exact is a quantity for results.json: a whole number as it is, a quotient with 18 decimals.
func exact(x Fraction) decimal.Decimal {
	if x.whole() {
		return x.num
	}
	return x.Decimal(KeptPlaces)
}
