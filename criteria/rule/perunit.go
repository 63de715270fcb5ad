package rule

import (
	"github.com/shopspring/decimal"
)

// PerUnit is the kind per_unit: every unit earns points, up to the points of the indicator.
type PerUnit struct {
	Of   Operand
	Each decimal.Decimal // points for one unit, above 0
}

var _ Rule = (*PerUnit)(nil)

// Kind is "per_unit".
func (r *PerUnit) Kind() string { return "per_unit" }

// Keys declares the kind's keys.
func (r *PerUnit) Keys() []Key {
	return []Key{
		{Name: "of", Into: &r.Of, OnlyInput: true},
		{Name: "each", Into: &r.Each, Required: true},
	}
}

// Natural is Count.
func (r *PerUnit) Natural() Type { return Count }

// Reads lists the inputs.
func (r *PerUnit) Reads() []Read { return r.Of.reads("of", numeric()...) }

// Check reports the faults of the settings.
func (r *PerUnit) Check(b Basis) []Fault {
	return append(checkPoints(b), checkAboveZero("each", r.Each)...)
}

// Fit makes the judge.
func (r *PerUnit) Fit(b Basis) Judge {
	if b.Points == nil || !b.Points.IsPositive() {
		return unfit{}
	}
	return &perUnitJudge{of: r.Of, each: r.Each, points: *b.Points}
}

// Words says the rule.
func (r *PerUnit) Words() Note { return Say("rule-per-unit", r.Of.words(), r.Each, allPoints) }

// Example has some of the units that earn all.
func (r *PerUnit) Example(d *Draft) {
	n := one
	if d.points != nil && r.Each.IsPositive() {
		n = decimal.Max(one, d.points.Mul(d.middling()).Div(r.Each).Floor())
	}
	d.sum(r.Of, n, nearest)
}

type perUnitJudge struct {
	of           Operand
	each, points decimal.Decimal
}

func (j *perUnitJudge) Judge(in Inputs) Judgement {
	n, status := j.of.sum(in)
	if status != Scored {
		return unjudged(status)
	}
	earned := n.Mul(j.each)
	switch {
	case earned.Sign() < 0:
		return scored(Fraction{}, Say("per-unit-cut", n, j.each, earned, decimal.Decimal{}))
	case earned.GreaterThan(j.points):
		return scored(One(), Say("per-unit-cut", n, j.each, earned, j.points))
	default:
		return scored(Fraction{num: earned, den: j.points}, Say("per-unit", n, j.each, earned))
	}
}

// Formula clamps n × each.
func (j *perUnitJudge) Formula(c Cells, full decimal.Decimal) Formula {
	n := j.of.formula(c)
	points := clamped("0", times(n.Points, j.each), Literal(j.points))
	return Formula{Status: n.Status, Points: rescaled(points, full, j.points)}
}

// unfit judges what settings that Check refuses cannot judge.
type unfit struct{}

func (unfit) Judge(Inputs) Judgement { return unjudged(Invalid) }

func (unfit) Formula(Cells, decimal.Decimal) Formula { return unread(Invalid) }
