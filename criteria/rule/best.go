package rule

import (
	"github.com/shopspring/decimal"
)

// Best is the kind best: the own value ÷ the best of the cohort; 0 where the best is 0 or less.
type Best struct {
	Of, Over Operand
	Within   string // "group" (default) or "round"

	percent bool // what it reads is percentages
}

var (
	_ Rule      = (*Best)(nil)
	_ Estimator = (*Best)(nil)
)

// Kind is "best".
func (r *Best) Kind() string { return "best" }

// Keys declares the kind's keys.
func (r *Best) Keys() []Key { return cohortKeys(&r.Of, &r.Over, &r.Within) }

// Natural is Number.
func (r *Best) Natural() Type { return Number }

// Reads lists the inputs.
func (r *Best) Reads() []Read { return r.cohort().quantity.reads() }

func (r *Best) cohort() cohort {
	return cohort{quantity: quantity{of: r.Of, over: r.Over}, round: r.Within == "round"}
}

// Check finds no fault: any cohort can be compared.
func (r *Best) Check(Basis) []Fault { return nil }

// Fit makes the judge; without a cohort it judges as Pending.
func (r *Best) Fit(b Basis) Judge {
	c := r.cohort()
	values := c.values(b)
	if len(values) == 0 {
		return pendingJudge{c.quantity}
	}
	best := values[0]
	for _, x := range values[1:] {
		if x.Cmp(best) > 0 {
			best = x
		}
	}
	return r.judge(best)
}

func (r *Best) judge(best Fraction) Judge {
	q := r.cohort().quantity
	m := q.measure(r.percent, best)
	return &bestJudge{quantity: q, best: best, measure: m, saidBest: m.said(best)}
}

// Estimate makes the judge of the bound "best".
func (r *Best) Estimate(bounds []Bound) (j Judge, ok bool) {
	if len(bounds) != 1 || bounds[0].Name != "best" {
		return nil, false
	}
	return r.judge(Whole(bounds[0].Value)), true
}

// Words says the rule.
func (r *Best) Words() Note {
	return Say("rule-best", r.cohort().quantity.words(), r.cohort().words(), allPoints)
}

// Told learns whether what it reads is percentages.
func (r *Best) Told(types func(input string) Type) { r.percent = r.Of.percent(types) }

// Example stands at one level after the other, so that agencies that take their turns differ.
func (r *Best) Example(d *Draft) { d.compared(r.cohort().quantity) }

type bestJudge struct {
	quantity quantity
	best     Fraction
	measure  measure
	saidBest any
}

var _ Fitted = (*bestJudge)(nil)

func (j *bestJudge) Fitted() []Bound { return []Bound{{Name: "best", Value: exact(j.best)}} }

func (j *bestJudge) Judge(in Inputs) Judgement {
	x, failed, ok := j.quantity.read(in)
	if !ok {
		return failed
	}
	if j.best.Sign() <= 0 {
		return scored(Fraction{}, Say("best-zero", j.measure.said(x), j.saidBest))
	}
	share := x.Div(j.best).Clamp(Whole(decimal.Zero), One())
	return scored(share, Say("best", j.measure.said(x), j.saidBest, share))
}

// Formula clamps of × full ÷ (over × best).
func (j *bestJudge) Formula(c Cells, full decimal.Decimal) Formula {
	q := j.quantity.formula(c)
	points := "0"
	if j.best.Sign() > 0 {
		points = clamped("0", q.divided(q.of, full.Mul(j.best.over()), j.best.num), Literal(full))
	}
	return Formula{Status: q.status, Points: points}
}

// Relative is true: the rule looks at the cohort.
func (r *Best) Relative() bool { return true }
