package rule

import (
	"github.com/shopspring/decimal"
)

// Deduct is the kind deduct: all points, less so many for each late report and the like, not below the indicator's min.
type Deduct struct {
	Parts []Deduction
}

var _ Rule = (*Deduct)(nil)

// Kind is "deduct".
func (r *Deduct) Kind() string { return "deduct" }

// Keys declares the kind's keys.
func (r *Deduct) Keys() []Key {
	return []Key{{Name: "parts", Into: &r.Parts, Required: true, OnlyInput: true}}
}

// Natural is Count.
func (r *Deduct) Natural() Type { return Count }

// Reads lists the inputs.
func (r *Deduct) Reads() []Read {
	var reads []Read
	for i, d := range r.Parts {
		reads = append(reads, d.Of.reads(item("parts", i)+".of", numeric()...)...)
	}
	return reads
}

// Check reports the faults of the settings.
func (r *Deduct) Check(b Basis) []Fault {
	faults := checkPoints(b)
	if len(r.Parts) == 0 {
		faults = append(faults, Fault{At: "parts", Kind: "rule-no-parts"})
	}
	for i, d := range r.Parts {
		faults = append(faults, checkAboveZero(item("parts", i)+".each", d.Each)...)
	}
	return faults
}

// Fit makes the judge.
func (r *Deduct) Fit(b Basis) Judge {
	if b.Points == nil || !b.Points.IsPositive() {
		return unfit{}
	}
	return &deductJudge{parts: r.Parts, points: *b.Points, least: decimal.Min(b.Min, decimal.Zero)}
}

// Words says the rule with its deductions. Note.DownTo puts the lowest points of the indicator into it.
func (r *Deduct) Words() Note {
	notes := make([]Note, len(r.Parts))
	for i, d := range r.Parts {
		notes[i] = Say("rule-deduct-part", d.Of.words(), d.Each)
	}
	return Say("rule-deduct", allPoints, decimal.Zero, notes)
}

// Example has one of the first deduction, none of the next, two of the third.
func (r *Deduct) Example(d *Draft) {
	for i, part := range r.Parts {
		d.sum(part.Of, decimal.NewFromInt([...]int64{1, 0, 2}[(i+d.turn)%3]), nearest)
	}
}

type deductJudge struct {
	parts         []Deduction
	points, least decimal.Decimal
}

func (j *deductJudge) Judge(in Inputs) Judgement {
	left, status := j.points, Scored
	notes := make([]Note, 0, len(j.parts))
	for _, d := range j.parts {
		n, s := d.Of.sum(in)
		status = graver(status, s)
		left = left.Sub(n.Mul(d.Each))
		if !n.IsZero() {
			notes = append(notes, Say("deduct-part", n, d.Each))
		}
	}
	switch {
	case status != Scored:
		return unjudged(status)
	case len(notes) == 0:
		return scored(One(), Say("deduct-nothing", j.points))
	case left.LessThan(j.least):
		return scored(Fraction{num: j.least, den: j.points}, Say("deduct-cut", j.points, notes, left, j.least))
	case left.GreaterThan(j.points):
		return scored(One(), Say("deduct-cut", j.points, notes, left, j.points))
	default:
		return scored(Fraction{num: left, den: j.points}, Say("deduct", j.points, notes, left))
	}
}

// Formula clamps points − n × each − …
func (j *deductJudge) Formula(c Cells, full decimal.Decimal) Formula {
	var states []string
	left := []string{Literal(j.points)}
	for _, d := range j.parts {
		n := d.Of.formula(c)
		states = append(states, n.Status)
		left = append(left, "0-"+times(n.Points, d.Each))
	}
	points := clamped(Literal(j.least), fold(c, "SUM", left), Literal(j.points))
	if len(states) == 0 {
		return Formula{Status: "1", Points: Literal(full)}
	}
	return Formula{Status: fold(c, "MAX", states), Points: rescaled(points, full, j.points)}
}
