package rule

import (
	"github.com/shopspring/decimal"
)

// A cohort is what the kinds that look at others have in common: a quantity, and among whom it is compared.
type cohort struct {
	quantity quantity
	round    bool // among all groups of the round, not the agency's own
}

// values are the quantities of the cohort; nil where the cohort is not known yet.
func (c cohort) values(b Basis) []Fraction {
	agencies := b.Group
	if c.round {
		agencies = b.Round
	}
	if agencies == nil {
		return nil
	}
	return c.quantity.values(agencies)
}

// cohortKeys are the keys that the kinds share; each has its own words for better and lowest.
func cohortKeys(of, over *Operand, within *string) []Key {
	return []Key{
		{Name: "of", Into: of, OnlyInput: true},
		{Name: "over", Into: over},
		{Name: "within", Into: within, Words: []string{"group", "round"}},
	}
}

// words names the cohort.
func (c cohort) words() Note {
	if c.round {
		return Note{Kind: "rule-within-round"}
	}
	return Note{Kind: "rule-within-group"}
}

// pendingJudge judges while the cohort is not known, or nobody in it has a value: what can be told without it, it tells.
type pendingJudge struct{ quantity quantity }

func (j pendingJudge) Judge(in Inputs) Judgement {
	if _, failed, ok := j.quantity.read(in); !ok {
		return failed
	}
	return Judgement{Status: Pending, Note: Note{Kind: "pending-cohort"}}
}

// Formula tells what can be told without the cohort.
func (j pendingJudge) Formula(c Cells, _ decimal.Decimal) Formula {
	status := cell(c, j.quantity.formula(c).status)
	return Formula{Status: "IF(" + status + "=1,5," + status + ")", Points: "0"}
}

// A lift raises shares so that the worst earns lowest: lowest + (1 − lowest) × share.
type lift struct{ lowest, rest Fraction }

func newLift(lowest Optional) lift {
	low := Whole(lowest.Value)
	return lift{lowest: low, rest: One().Sub(low)}
}

func (l lift) of(share Fraction) Fraction {
	if l.lowest.Sign() == 0 {
		return share
	}
	return l.lowest.Add(l.rest.Mul(share))
}

// lowestPoints says what the worst earns.
func lowestPoints(lowest Optional) any {
	if lowest.Value.IsZero() {
		return noPoints
	}
	return Whole(lowest.Value)
}

// checkLowest finds fault with a lowest share outside 0..1.
func checkLowest(lowest Optional) []Fault {
	if lowest.Value.IsNegative() || lowest.Value.GreaterThan(one) {
		return []Fault{{At: "lowest", Kind: "rule-outside-0-1", Args: []any{lowest.Value}}}
	}
	return nil
}
