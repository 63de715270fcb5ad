package rule

import (
	"github.com/shopspring/decimal"
)

// A Fraction is an exact ratio of two decimals. Shares are fractions, so that 67/300 of 1.5 points is 0.335 and not a
// hair less. The zero Fraction is 0. It is not reduced: the few operations inside one indicator keep it short, and
// comparing, adding and rounding need no common divisor.
type Fraction struct {
	num, den decimal.Decimal // den is 0 only in the zero Fraction, where it stands for 1; else above 0
}

// KeptPlaces is the number of decimals that points and shares keep where a set does not round.
const KeptPlaces = 18

// FractionOf is num/den; den must not be 0.
func FractionOf(num, den decimal.Decimal) Fraction {
	switch den.Sign() {
	case 0:
		panic("rule: fraction over 0")
	case -1:
		return Fraction{num: num.Neg(), den: den.Neg()}
	default:
		return Fraction{num: num, den: den}
	}
}

// Whole is d as a Fraction.
func Whole(d decimal.Decimal) Fraction { return Fraction{num: d, den: decimal.NewFromInt(1)} }

// One is the full share.
func One() Fraction { return Whole(decimal.NewFromInt(1)) }

func (f Fraction) over() decimal.Decimal {
	if f.den.IsZero() {
		return decimal.NewFromInt(1)
	}
	return f.den
}

// Add is f + g.
func (f Fraction) Add(g Fraction) Fraction {
	if f.over().Equal(g.over()) {
		return Fraction{num: f.num.Add(g.num), den: f.over()}
	}
	return Fraction{num: f.num.Mul(g.over()).Add(g.num.Mul(f.over())), den: f.over().Mul(g.over())}
}

// Sub is f − g.
func (f Fraction) Sub(g Fraction) Fraction { return f.Add(Fraction{num: g.num.Neg(), den: g.over()}) }

// Mul is f × g.
func (f Fraction) Mul(g Fraction) Fraction {
	return Fraction{num: f.num.Mul(g.num), den: f.over().Mul(g.over())}
}

// Div is f ÷ g; g must not be 0.
func (f Fraction) Div(g Fraction) Fraction {
	return FractionOf(f.num.Mul(g.over()), f.over().Mul(g.num))
}

// Cmp compares f with g: −1, 0 or 1.
func (f Fraction) Cmp(g Fraction) int {
	return f.num.Mul(g.over()).Cmp(g.num.Mul(f.over()))
}

// Sign is −1, 0 or 1.
func (f Fraction) Sign() int { return f.num.Sign() }

// Clamp keeps f within lo and hi.
func (f Fraction) Clamp(lo, hi Fraction) Fraction {
	switch {
	case f.Cmp(lo) < 0:
		return lo
	case f.Cmp(hi) > 0:
		return hi
	default:
		return f
	}
}

// Of is f × points, rounded once, half away from zero, to so many decimals.
func (f Fraction) Of(points decimal.Decimal, places int32) decimal.Decimal {
	return points.Mul(f.num).DivRound(f.over(), places)
}

// Decimal is f rounded half away from zero to so many decimals.
func (f Fraction) Decimal(places int32) decimal.Decimal { return f.num.DivRound(f.over(), places) }

// Float64 is f for a chart; never for points.
func (f Fraction) Float64() float64 { return f.Decimal(KeptPlaces).InexactFloat64() }
