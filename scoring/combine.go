package scoring

import (
	"math"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// working is the number of decimals kept while shares are combined. What leaves the engine keeps rule.KeptPlaces; the
// rest is guard, so that a mean of thirds that is exactly a half is rounded as a half.
const working = 30

// An operand is one child of a pillar that does not sum.
type operand struct {
	share, weight decimal.Decimal
}

// combine is the share of a pillar whose children are combined by mean, geometric, harmonic or min. ok is false where
// there is no child to combine.
func combine(how criteria.Combine, children []operand) (share decimal.Decimal, ok bool) {
	if len(children) == 0 {
		return decimal.Decimal{}, false
	}
	switch how {
	case criteria.Geometric:
		return geometric(children), true
	case criteria.Harmonic:
		return harmonic(children), true
	case criteria.Min:
		return smallest(children), true
	default:
		return mean(children), true
	}
}

// mean is Σ w·s / Σ w.
func mean(children []operand) decimal.Decimal {
	var sum, weights decimal.Decimal
	for _, c := range children {
		sum = sum.Add(c.weight.Mul(c.share))
		weights = weights.Add(c.weight)
	}
	return sum.DivRound(weights, working)
}

// geometric is exp(Σ w·ln s / Σ w), to 12 significant digits; 0 where a share is 0 or below. The mean of equal shares is
// that share, exactly: with 12 digits of a twelfth, what is exactly a half of it would be rounded as less.
func geometric(children []operand) decimal.Decimal {
	var sum, weights float64
	alike := true
	for _, c := range children {
		if !c.share.IsPositive() {
			return decimal.Decimal{}
		}
		alike = alike && c.share.Equal(children[0].share)
		w := c.weight.InexactFloat64()
		sum += w * math.Log(c.share.InexactFloat64())
		weights += w
	}
	if alike {
		return children[0].share
	}
	return Significant(decimal.NewFromFloat(math.Exp(sum/weights)), significantDigits)
}

// harmonic is Σ w / Σ (w/s); 0 where a share is 0 or below.
func harmonic(children []operand) decimal.Decimal {
	var sum, weights decimal.Decimal
	for _, c := range children {
		if !c.share.IsPositive() {
			return decimal.Decimal{}
		}
		sum = sum.Add(c.weight.DivRound(c.share, working))
		weights = weights.Add(c.weight)
	}
	return weights.DivRound(sum, working)
}

func smallest(children []operand) decimal.Decimal {
	least := children[0].share
	for _, c := range children[1:] {
		least = decimal.Min(least, c.share)
	}
	return least
}

// significantDigits is what a number keeps where a set does not round.
const significantDigits = 12

// kept rounds d to rule.KeptPlaces, if it has more decimals: most points have two, and stay as short as they are.
func kept(d decimal.Decimal) decimal.Decimal {
	if d.Exponent() >= -rule.KeptPlaces {
		return d
	}
	return d.Round(rule.KeptPlaces)
}

// Significant rounds d half away from zero to so many significant digits.
func Significant(d decimal.Decimal, digits int32) decimal.Decimal {
	if d.IsZero() {
		return d
	}
	return d.Round(digits - int32(d.NumDigits()) - d.Exponent())
}

// published rounds a number of points as the set's totals are rounded.
func published(p criteria.Places, d decimal.Decimal) decimal.Decimal {
	if p.Round {
		return d.Round(p.N)
	}
	return Significant(d, significantDigits)
}
