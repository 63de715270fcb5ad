package style

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
)

// ratings finds ratings that no total can reach: 100 percent is the most without bonuses, and with them what they and
// their cap allow.
func (c *checker) ratings() {
	for i, r := range c.set.Ratings {
		reached := false
		for _, g := range c.set.Groups {
			reached = reached || r.Holds(c.most(g.ID), c.set.Of(g.ID))
		}
		if !reached {
			c.found.Warn(c.set.Place(c.set, fmt.Sprintf("ratings[%d]", i)), "style-rating-unreachable", r.ID, r.Bound)
		}
	}
}

// most is the highest total of a group: the scale and, up to their cap, all bonuses.
func (c *checker) most(group string) decimal.Decimal {
	var bonus decimal.Decimal
	for ind := range c.set.Root.AllIndicators() {
		if ind.Effect == criteria.Bonus {
			bonus = bonus.Add(ind.Points[group])
		}
	}
	if limit := c.set.Caps.Bonus; limit.Set && limit.Value.LessThan(bonus) {
		bonus = limit.Value
	}
	return c.set.Of(group).Add(bonus)
}

// caps finds bonuses and penalties that nothing limits, at the first of them.
func (c *checker) caps() {
	var bonus, penalty bool
	for ind := range c.set.Root.AllIndicators() {
		switch {
		case ind.Effect == criteria.Bonus && !c.set.Caps.Bonus.Set && !bonus:
			bonus = true
			c.found.Warn(c.set.Place(ind, "effect"), "style-bonus-uncapped", ind.ID)
		case ind.Effect == criteria.Penalty && !c.set.Caps.Penalty.Set && !penalty:
			penalty = true
			c.found.Warn(c.set.Place(ind, "effect"), "style-penalty-uncapped", ind.ID)
		}
	}
}
