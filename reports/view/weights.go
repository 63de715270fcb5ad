package view

import (
	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// weightsOf is the part of an agency group's total, 0..1, that each indicator decides when everything applies. Bonus,
// penalty and informational indicators have none.
func weightsOf(set *criteria.Set, group string) (indicators map[*criteria.Indicator]decimal.Decimal, pillars map[*criteria.Pillar]decimal.Decimal) {
	w := weighing{group: group, indicators: map[*criteria.Indicator]decimal.Decimal{}, pillars: map[*criteria.Pillar]decimal.Decimal{}}
	w.spread(set.Root, decimal.NewFromInt(1))
	return w.indicators, w.pillars
}

type weighing struct {
	group      string
	indicators map[*criteria.Indicator]decimal.Decimal
	pillars    map[*criteria.Pillar]decimal.Decimal
}

// spread divides a pillar's part among its children: by points where it sums, else by weight.
func (w weighing) spread(p *criteria.Pillar, part decimal.Decimal) {
	w.pillars[p] = part
	var total decimal.Decimal
	for _, child := range p.Pillars {
		total = total.Add(w.ofPillar(p, child))
	}
	for _, ind := range p.Indicators {
		total = total.Add(w.ofIndicator(p, ind))
	}
	if total.IsZero() {
		return
	}
	for _, child := range p.Pillars {
		w.spread(child, part.Mul(w.ofPillar(p, child)).DivRound(total, rule.KeptPlaces))
	}
	for _, ind := range p.Indicators {
		w.indicators[ind] = part.Mul(w.ofIndicator(p, ind)).DivRound(total, rule.KeptPlaces)
	}
}

func (w weighing) ofPillar(parent, child *criteria.Pillar) decimal.Decimal {
	switch {
	case !child.Concerns(w.group):
		return decimal.Decimal{}
	case parent.Combine == criteria.Sum:
		return child.PointsFor(w.group)
	default:
		return child.Weight
	}
}

func (w weighing) ofIndicator(parent *criteria.Pillar, ind *criteria.Indicator) decimal.Decimal {
	switch {
	case ind.Effect != criteria.Base || !ind.Concerns(w.group):
		return decimal.Decimal{}
	case parent.Combine == criteria.Sum:
		return ind.Points[w.group]
	default:
		return ind.Weight
	}
}
