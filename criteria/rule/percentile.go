package rule

import (
	"slices"
	"sort"

	"github.com/shopspring/decimal"
)

// Percentile is the kind percentile: the share of the other agencies of the cohort that are strictly worse. Where all of
// the cohort have one value, it earns all.
type Percentile struct {
	Of, Over Operand
	Within   string   // "group" (default) or "round"
	Better   string   // "higher" (default) or "lower"
	Lowest   Optional // share of the worst, 0..1; default 0

	percent bool // what it reads is percentages
}

var _ Rule = (*Percentile)(nil)

// Kind is "percentile".
func (r *Percentile) Kind() string { return "percentile" }

// Keys declares the kind's keys.
func (r *Percentile) Keys() []Key {
	return append(cohortKeys(&r.Of, &r.Over, &r.Within),
		Key{Name: "better", Into: &r.Better, Words: []string{"higher", "lower"}},
		Key{Name: "lowest", Into: &r.Lowest})
}

// Natural is Number.
func (r *Percentile) Natural() Type { return Number }

// Reads lists the inputs.
func (r *Percentile) Reads() []Read { return r.cohort().quantity.reads() }

func (r *Percentile) cohort() cohort {
	return cohort{quantity: quantity{of: r.Of, over: r.Over}, round: r.Within == "round"}
}

// Check reports the faults of the settings.
func (r *Percentile) Check(Basis) []Fault { return checkLowest(r.Lowest) }

// Fit makes the judge; without a cohort it judges as Pending.
func (r *Percentile) Fit(b Basis) Judge {
	c := r.cohort()
	values := c.values(b)
	if len(values) == 0 {
		return pendingJudge{c.quantity}
	}
	j := &percentileJudge{quantity: c.quantity, lower: r.Better == "lower", lift: newLift(r.Lowest)}
	slices.SortFunc(values, j.compare)
	j.worstFirst = values
	j.measure = j.quantity.measure(r.percent, values[0], values[len(values)-1])
	return j
}

// Words says the rule.
func (r *Percentile) Words() Note {
	kind := "rule-percentile"
	if r.Better == "lower" {
		kind = "rule-percentile-lower"
	}
	return Say(kind, r.cohort().quantity.words(), r.cohort().words(), lowestPoints(r.Lowest), allPoints)
}

// Told learns whether what it reads is percentages.
func (r *Percentile) Told(types func(input string) Type) { r.percent = r.Of.percent(types) }

// Example stands at one level after the other, so that agencies that take their turns differ.
func (r *Percentile) Example(d *Draft) { d.compared(r.cohort().quantity) }

type percentileJudge struct {
	quantity   quantity
	measure    measure
	worstFirst []Fraction // values of the cohort; at least one
	lower      bool       // less is better
	lift       lift
}

// compare orders two values, the worse one first.
func (j *percentileJudge) compare(a, b Fraction) int {
	if j.lower {
		return b.Cmp(a)
	}
	return a.Cmp(b)
}

func (j *percentileJudge) Judge(in Inputs) Judgement {
	x, failed, ok := j.quantity.read(in)
	if !ok {
		return failed
	}
	n := len(j.worstFirst)
	worse := sort.Search(n, func(i int) bool { return j.compare(j.worstFirst[i], x) >= 0 })
	if j.compare(j.worstFirst[0], j.worstFirst[n-1]) == 0 {
		return j.same(x)
	}
	worse = min(worse, n-1) // an agency outside the cohort may be better than all of it
	share := j.lift.of(FractionOf(decimal.NewFromInt(int64(worse)), decimal.NewFromInt(int64(n-1))))
	return scored(share, Say("percentile", j.measure.said(x), worse, n-1, share))
}

// same judges where all of the cohort have one value. An agency outside the cohort may have a worse one.
func (j *percentileJudge) same(x Fraction) Judgement {
	share := Fraction{}
	if j.compare(x, j.worstFirst[0]) >= 0 {
		share = One()
	}
	share = j.lift.of(share)
	return scored(share, Say("percentile-same", j.measure.said(x), j.measure.said(j.worstFirst[0]), share))
}

// Formula is pending: an agency's workbook does not hold what the others answered.
func (j *percentileJudge) Formula(c Cells, full decimal.Decimal) Formula {
	return pendingJudge{j.quantity}.Formula(c, full)
}

// Relative is true: the rule looks at the cohort.
func (r *Percentile) Relative() bool { return true }
