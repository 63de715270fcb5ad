package rule

import (
	"slices"

	"github.com/shopspring/decimal"
)

// Ratio is the kind ratio: of ÷ over ÷ target, at most 1. A ratio of counts is a fraction of 1: 38 of 40 is 0.95.
type Ratio struct {
	Of, Over     Operand
	Target       Optional // default 1
	NothingBelow Optional // a ratio below it earns 0
	IfZero       string   // what an over of 0 means: "not_applicable", "full", "zero", or "": invalid
}

var _ Rule = (*Ratio)(nil)

// Kind is "ratio".
func (r *Ratio) Kind() string { return "ratio" }

// Keys declares the kind's keys.
func (r *Ratio) Keys() []Key {
	return []Key{
		{Name: "of", Into: &r.Of, OnlyInput: true},
		{Name: "over", Into: &r.Over, Required: true},
		{Name: "target", Into: &r.Target},
		{Name: "nothing_below", Into: &r.NothingBelow},
		{Name: "if_zero", Into: &r.IfZero, Words: []string{"not_applicable", "full", "zero"}},
	}
}

// Natural is 0: what is divided must be declared.
func (r *Ratio) Natural() Type { return 0 }

// Reads lists the inputs.
func (r *Ratio) Reads() []Read {
	return slices.Concat(r.Of.reads("of", numeric()...), r.Over.reads("over", numeric()...))
}

func (r *Ratio) target() decimal.Decimal { return r.Target.Or(one) }

func (r *Ratio) measure() measure {
	return quantity{of: r.Of, over: r.Over}.measure(false, Whole(r.target()))
}

// Check reports the faults of the settings.
func (r *Ratio) Check(Basis) []Fault {
	faults := checkAboveZero("target", r.target())
	switch below := r.NothingBelow.Value; {
	case !r.NothingBelow.Set:
	case below.IsNegative():
		faults = append(faults, Fault{At: "nothing_below", Kind: "rule-below-0", Args: []any{below}})
	case below.GreaterThan(r.target()):
		faults = append(faults, Fault{At: "nothing_below", Kind: "rule-below-above-target", Args: []any{below, r.target()}})
	}
	return faults
}

// Fit makes the judge.
func (r *Ratio) Fit(Basis) Judge {
	j := &ratioJudge{of: r.Of, over: r.Over, target: r.target(), measure: r.measure(), ifZero: r.IfZero}
	j.plain = j.target.Equal(one)
	if r.NothingBelow.Set {
		below := Whole(r.NothingBelow.Value)
		j.below = &below
	}
	return j
}

// Words says the rule.
func (r *Ratio) Words() Note {
	said, m := Say("rule-ratio", r.Of.words(), r.Over.words(), allPoints), r.measure()
	if t := r.target(); !t.Equal(one) {
		said = Say("rule-ratio-target", r.Of.words(), r.Over.words(), m.said(Whole(t)), allPoints)
	}
	var more []Note
	if r.NothingBelow.Set {
		more = append(more, Say("rule-ratio-below", m.said(Whole(r.NothingBelow.Value)), noPoints))
	}
	switch r.IfZero {
	case "full":
		more = append(more, Say("rule-ratio-zero", r.Over.words(), allPoints))
	case "zero":
		more = append(more, Say("rule-ratio-zero", r.Over.words(), noPoints))
	case "not_applicable":
		more = append(more, Say("rule-ratio-zero-na", r.Over.words()))
	}
	if len(more) == 0 {
		return said
	}
	return Say("rule-and", said, more)
}

// Example reaches part of the target, and what earns anything at all.
func (r *Ratio) Example(d *Draft) {
	least := r.NothingBelow.Value
	x := r.target().Mul(d.reach())
	if x.LessThan(least) {
		x = neat(least.Add(r.target().Sub(least).Mul(d.reach())), r.target().Sub(least))
	}
	d.quotient(quantity{of: r.Of, over: r.Over}, x, nearest)
}

type ratioJudge struct {
	of, over Operand
	target   decimal.Decimal
	measure  measure
	plain    bool // the target is 1
	below    *Fraction
	ifZero   string
}

func (j *ratioJudge) Judge(in Inputs) Judgement {
	of, status := j.of.sum(in)
	over, overStatus := j.over.sum(in)
	if status = graver(status, overStatus); status != Scored {
		return unjudged(status)
	}
	switch over.Sign() {
	case 0:
		return j.zero(of)
	case -1:
		return Judgement{Status: Invalid, Note: Say("over-zero", of, over)}
	}
	reached := Fraction{num: of, den: over}
	if j.below != nil && reached.Cmp(*j.below) < 0 {
		return scored(Fraction{}, Say("ratio-below", of, over, j.measure.said(reached), j.measure.said(*j.below)))
	}
	return j.judged(of, over, reached)
}

func (j *ratioJudge) judged(of, over decimal.Decimal, reached Fraction) Judgement {
	needed := over
	if !j.plain {
		needed = over.Mul(j.target)
	}
	share := Fraction{num: of, den: needed}
	c := of.Cmp(needed)
	switch {
	case of.Sign() < 0:
		share = Fraction{}
	case c >= 0:
		share = One()
	}
	switch {
	case !j.plain:
		return scored(share, Say("ratio-target", of, over, j.measure.said(reached), j.measure.said(Whole(j.target)), share))
	case c > 0 || of.Sign() < 0:
		return scored(share, Say("ratio-cut", of, over, reached, share))
	default:
		return scored(share, Say("ratio", of, over, reached))
	}
}

// Formula clamps of × full ÷ (over × target). Whether an over is 0 decides before.
func (j *ratioJudge) Formula(c Cells, full decimal.Decimal) Formula {
	of, over := j.of.formula(c), j.over.formula(c)
	state := cell(c, call("MAX", []string{of.Status, over.Status}))
	positive := j.over.positive(over.Points)
	q := quantityFormula{of: of.Points, over: divisor(c, positive, over.Points)}

	points := clamped("0", q.divided(q.of, full, j.target), Literal(full))
	if j.below != nil {
		points = "IF(" + q.against(*j.below) + "<0,0," + points + ")"
	}
	status, zero := "4", "0"
	switch j.ifZero {
	case "full":
		status, zero = "1", Literal(full)
	case "zero":
		status = "1"
	case "not_applicable":
		status = "3"
	}
	return Formula{
		Status: "IF(" + state + ">1," + state + ",IF(" + positive + ",1,IF(" + j.over.negative(over.Points) + ",4," + status + ")))",
		Points: "IF(" + positive + "," + points + "," + zero + ")",
	}
}

// zero judges a ratio over 0.
func (j *ratioJudge) zero(of decimal.Decimal) Judgement {
	switch j.ifZero {
	case "full":
		return scored(One(), Say("ratio-zero-full", of))
	case "zero":
		return scored(Fraction{}, Say("ratio-zero-zero", of))
	case "not_applicable":
		return Judgement{Status: NotApplicable, Note: Say("ratio-zero-na", of)}
	default:
		return Judgement{Status: Invalid, Note: Say("over-zero", of, decimal.Decimal{})}
	}
}
