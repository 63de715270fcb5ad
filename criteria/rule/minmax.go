package rule

import (
	"github.com/shopspring/decimal"
)

// MinMax is the kind minmax: the worst of the cohort earns lowest, the best earns all, the others straight between.
// Where all of the cohort have one value, it earns all.
type MinMax struct {
	Of, Over Operand
	Within   string   // "group" (default) or "round"
	Better   string   // "higher" (default) or "lower"
	Lowest   Optional // share of the worst, 0..1; default 0

	percent bool // what it reads is percentages
}

var (
	_ Rule      = (*MinMax)(nil)
	_ Estimator = (*MinMax)(nil)
)

// Kind is "minmax".
func (r *MinMax) Kind() string { return "minmax" }

// Keys declares the kind's keys.
func (r *MinMax) Keys() []Key {
	return append(cohortKeys(&r.Of, &r.Over, &r.Within),
		Key{Name: "better", Into: &r.Better, Words: []string{"higher", "lower"}},
		Key{Name: "lowest", Into: &r.Lowest})
}

// Natural is Number.
func (r *MinMax) Natural() Type { return Number }

// Reads lists the inputs.
func (r *MinMax) Reads() []Read { return r.cohort().quantity.reads() }

func (r *MinMax) cohort() cohort {
	return cohort{quantity: quantity{of: r.Of, over: r.Over}, round: r.Within == "round"}
}

// Check reports the faults of the settings.
func (r *MinMax) Check(Basis) []Fault { return checkLowest(r.Lowest) }

// Fit makes the judge; without a cohort it judges as Pending.
func (r *MinMax) Fit(b Basis) Judge {
	c := r.cohort()
	values := c.values(b)
	if len(values) == 0 {
		return pendingJudge{c.quantity}
	}
	low, high := values[0], values[0]
	for _, x := range values[1:] {
		if x.Cmp(low) < 0 {
			low = x
		}
		if x.Cmp(high) > 0 {
			high = x
		}
	}
	return r.judge(low, high)
}

func (r *MinMax) judge(low, high Fraction) Judge {
	j := &minMaxJudge{quantity: r.cohort().quantity, ramp: newRamp(low, high), lift: newLift(r.Lowest), low: low, high: high}
	j.measure = j.quantity.measure(r.percent, low, high)
	j.saidLow, j.saidHigh = j.measure.said(low), j.measure.said(high)
	if r.Better == "lower" {
		j.ramp = newRamp(high, low)
		j.ramp.falling = true // also where all have one value
	}
	return j
}

// Estimate makes the judge of the bounds "min" and "max".
func (r *MinMax) Estimate(bounds []Bound) (j Judge, ok bool) {
	if len(bounds) != 2 || bounds[0].Name != "min" || bounds[1].Name != "max" {
		return nil, false
	}
	low, high := bounds[0].Value, bounds[1].Value
	if low.GreaterThan(high) {
		return nil, false
	}
	return r.judge(Whole(low), Whole(high)), true
}

// Words says the rule.
func (r *MinMax) Words() Note {
	kind := "rule-minmax"
	if r.Better == "lower" {
		kind = "rule-minmax-lower"
	}
	return Say(kind, r.cohort().quantity.words(), r.cohort().words(), lowestPoints(r.Lowest), allPoints)
}

// Told learns whether what it reads is percentages.
func (r *MinMax) Told(types func(input string) Type) { r.percent = r.Of.percent(types) }

// Example stands at one level after the other, so that agencies that take their turns differ.
func (r *MinMax) Example(d *Draft) { d.compared(r.cohort().quantity) }

type minMaxJudge struct {
	quantity          quantity
	ramp              ramp
	lift              lift
	low, high         Fraction
	measure           measure
	saidLow, saidHigh any
}

var _ Fitted = (*minMaxJudge)(nil)

func (j *minMaxJudge) Fitted() []Bound {
	return []Bound{{Name: "min", Value: exact(j.low)}, {Name: "max", Value: exact(j.high)}}
}

func (j *minMaxJudge) Judge(in Inputs) Judgement {
	x, failed, ok := j.quantity.read(in)
	if !ok {
		return failed
	}
	share, _ := j.ramp.at(x)
	share = j.lift.of(share)
	return scored(share, Say("minmax", j.measure.said(x), j.saidLow, j.saidHigh, share))
}

// Formula is what the ramp says of the rest, and what the worst earns.
func (j *minMaxJudge) Formula(c Cells, full decimal.Decimal) Formula {
	q := j.quantity.formula(c)
	lowest := j.lift.lowest.num.Mul(full)
	points := j.ramp.formula(q, full.Sub(lowest))
	if !lowest.IsZero() {
		points += "+" + Literal(lowest)
	}
	return Formula{Status: q.status, Points: points}
}

// Relative is true: the rule looks at the cohort.
func (r *MinMax) Relative() bool { return true }
