package scoring

import (
	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// namedLines is more than the named lines that a ledger can have, without those for adjustments.
const namedLines = 9

// ledger adds the named lines after the indicators' and returns the published total. All lines add up to it, exactly:
// each named line is the difference between two amounts that are both exact decimals.
func (s *scorer) ledger(root node) decimal.Decimal {
	amount := s.base(root)
	bonus := s.outside(s.bonuses, s.set.Caps.Bonus, "ledger-bonus-cap")
	amount = amount.Add(bonus)
	amount = amount.Add(s.outside(s.penalties, s.set.Caps.Penalty, "ledger-penalty-cap"))
	amount = s.adjusted(amount, s.plan.of.Add(s.set.Caps.Bonus.Or(bonus)))
	if amount.IsNegative() {
		amount = s.named("ledger-floor", amount, decimal.Decimal{})
	}
	return s.named("ledger-rounding", amount, published(s.set.Rounding.Total, amount))
}

// adjusted enters a line for each adjustment that has points, and where together they lift the amount above the most
// that a total may be, which is the scale and the cap of the bonus (the bonus itself, where it has no cap), the line that
// takes the excess back.
func (s *scorer) adjusted(amount, most decimal.Decimal) decimal.Decimal {
	sum := amount
	for i := range s.entrant.Submission.Adjustments {
		a := &s.entrant.Submission.Adjustments[i]
		if a.Points.Set {
			s.enter(Line{Note: a.Grounds(), Points: a.Points.Value, Adjustment: a})
			sum = sum.Add(a.Points.Value)
		}
	}
	if sum.LessThanOrEqual(amount) || sum.LessThanOrEqual(most) {
		return sum
	}
	return s.named("ledger-ceiling", sum, decimal.Max(amount, most), most)
}

// base is the re-based and scaled amount that the pillars make.
func (s *scorer) base(root node) decimal.Decimal {
	if root.Pillar.Combine != criteria.Sum {
		amount := kept(root.share.Mul(s.plan.of))
		return s.named("ledger-combined", decimal.Decimal{}, amount, rule.Say("combine-"+root.Pillar.Combine.String()))
	}
	amount := kept(root.earned.Sub(s.rest)) // the lines, added up
	if !root.Applies {
		return amount
	}
	share := rule.FractionOf(root.earned, root.attainable)
	if !root.attainable.Equal(s.plan.full) {
		rebased := share.Of(s.plan.full, rule.KeptPlaces)
		amount = s.named("ledger-rebase", amount, rebased, root.attainable, s.plan.full)
	}
	if !s.plan.of.Equal(s.plan.full) {
		amount = s.named("ledger-scale", amount, share.Of(s.plan.of, rule.KeptPlaces), s.plan.full, s.plan.of)
	}
	return amount
}

// outside enters bonus or penalty lines and, where they exceed the cap, the line that takes the excess back.
func (s *scorer) outside(lines []Line, limit rule.Optional, capNote string) decimal.Decimal {
	var sum decimal.Decimal
	for _, l := range lines {
		sum = sum.Add(l.Points)
	}
	s.enter(lines...)
	if !limit.Set || sum.Abs().Cmp(limit.Value) <= 0 {
		return sum
	}
	capped := limit.Value
	if sum.IsNegative() {
		capped = capped.Neg()
	}
	return s.named(capNote, sum, capped, limit.Value)
}

// named enters the line that turns one amount into another, unless they are equal, and returns the other.
func (s *scorer) named(kind string, from, to decimal.Decimal, args ...any) decimal.Decimal {
	if !from.Equal(to) {
		s.enter(Line{Note: rule.Say(kind, args...), Points: to.Sub(from)})
	}
	return to
}
