package scoring

import (
	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// Nominal are the nominal weights of a set for an agency group: for each node the product, over itself and the pillars
// above it, of w / Σ w of its siblings (itself among them). W are points where the parent sums, else weights. Indicators
// that stand beside the base points (bonus, penalty, informational) have none.
type Nominal struct {
	Indicators map[string]rule.Fraction // by id
	Pillars    map[string]rule.Fraction // by id; "" is the root, which has 1
}

// NominalOf are the nominal weights of what counts of a set; counts is nil where all of it does.
func NominalOf(set *criteria.Set, group string, counts func(id string) bool) Nominal {
	n := nominals{group: group, counts: counts, Nominal: Nominal{map[string]rule.Fraction{}, map[string]rule.Fraction{"": rule.One()}}}
	n.below(set.Root, rule.One())
	return n.Nominal
}

// Indicator is the weight of an indicator, 0..1, with 18 decimals; 0 where it has none.
func (n Nominal) Indicator(id string) decimal.Decimal {
	return n.Indicators[id].Decimal(rule.KeptPlaces)
}

// Pillar is the weight of a pillar, 0..1, with 18 decimals; 0 where it has none.
func (n Nominal) Pillar(id string) decimal.Decimal { return n.Pillars[id].Decimal(rule.KeptPlaces) }

type nominals struct {
	Nominal
	group  string
	counts func(id string) bool
}

// below gives the children of a pillar their part of its weight.
func (n nominals) below(p *criteria.Pillar, weight rule.Fraction) {
	sums := p.Combine == criteria.Sum
	var all decimal.Decimal
	for _, child := range p.Pillars {
		all = all.Add(n.ofPillar(child, sums))
	}
	for _, ind := range p.Indicators {
		all = all.Add(n.ofIndicator(ind, sums))
	}
	if !all.IsPositive() {
		return
	}
	for _, child := range p.Pillars {
		if w := n.ofPillar(child, sums); w.IsPositive() {
			n.Pillars[child.ID] = weight.Mul(rule.FractionOf(w, all))
			n.below(child, n.Pillars[child.ID])
		}
	}
	for _, ind := range p.Indicators {
		if w := n.ofIndicator(ind, sums); w.IsPositive() {
			n.Indicators[ind.ID] = weight.Mul(rule.FractionOf(w, all))
		}
	}
}

// ofPillar is the w of a pillar; 0 where nothing in it counts. A pillar that sums is worth what counts of its points, as
// the engine re-bases it.
func (n nominals) ofPillar(p *criteria.Pillar, sums bool) decimal.Decimal {
	var points decimal.Decimal
	any := false
	for _, child := range p.Pillars {
		w := n.ofPillar(child, p.Combine == criteria.Sum)
		any, points = any || w.IsPositive(), points.Add(w)
	}
	for _, ind := range p.Indicators {
		w := n.ofIndicator(ind, p.Combine == criteria.Sum)
		any, points = any || w.IsPositive(), points.Add(w)
	}
	switch {
	case !any:
		return decimal.Decimal{}
	case !sums:
		return p.Weight
	case p.Combine == criteria.Sum:
		return points
	default:
		return p.PointsFor(n.group)
	}
}

func (n nominals) ofIndicator(ind *criteria.Indicator, sums bool) decimal.Decimal {
	switch {
	case ind.Effect != criteria.Base || !ind.Concerns(n.group) || n.counts != nil && !n.counts(ind.ID):
		return decimal.Decimal{}
	case sums:
		return ind.Points[n.group]
	default:
		return ind.Weight
	}
}
