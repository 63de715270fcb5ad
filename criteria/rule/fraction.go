package rule

import (
	"github.com/shopspring/decimal"
)

// A Fraction is an exact ratio of two decimals. Shares are fractions, so that 67/300 of 1.5 points is 0.335 and not a
// hair less. The zero Fraction is 0. It is not reduced: the few operations inside one indicator keep it short, and
// comparing, adding and rounding need no common divisor.
type Fraction struct {
	num, den decimal.Decimal // den is 0 in whole numbers, where it stands for 1; else above 0
}

// one is the number 1, made once because judging makes it often.
var one = decimal.NewFromInt(1)

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
func Whole(d decimal.Decimal) Fraction { return Fraction{num: d} }

// One is the full share.
func One() Fraction { return Whole(one) }

func (f Fraction) whole() bool { return f.den.IsZero() }

func (f Fraction) over() decimal.Decimal {
	if f.whole() {
		return one
	}
	return f.den
}

// alike reports whether f and g have one denominator.
func (f Fraction) alike(g Fraction) bool { return f.den.Equal(g.den) || f.over().Equal(g.over()) }

// by is d × the denominator of f. Most denominators are 1, and most bounds are One.
func (f Fraction) by(d decimal.Decimal) decimal.Decimal {
	switch {
	case f.whole():
		return d
	case d == one: // the very same: equal ones may have other exponents, which cost as much to compare as to multiply
		return f.den
	default:
		return d.Mul(f.den)
	}
}

// Add is f + g.
func (f Fraction) Add(g Fraction) Fraction {
	switch {
	case f.Sign() == 0:
		return g
	case g.Sign() == 0:
		return f
	case f.alike(g):
		return Fraction{num: f.num.Add(g.num), den: f.den}
	default:
		return Fraction{num: g.by(f.num).Add(f.by(g.num)), den: g.by(f.over())}
	}
}

// Sub is f − g.
func (f Fraction) Sub(g Fraction) Fraction { return f.Add(Fraction{num: g.num.Neg(), den: g.den}) }

// Mul is f × g.
func (f Fraction) Mul(g Fraction) Fraction {
	if f.whole() {
		return Fraction{num: f.num.Mul(g.num), den: g.den}
	}
	return Fraction{num: f.num.Mul(g.num), den: g.by(f.den)}
}

// Div is f ÷ g; g must not be 0.
func (f Fraction) Div(g Fraction) Fraction {
	if f.alike(g) {
		return FractionOf(f.num, g.num)
	}
	return FractionOf(g.by(f.num), f.by(g.num))
}

// Cmp compares f with g: −1, 0 or 1.
func (f Fraction) Cmp(g Fraction) int {
	switch {
	case g.Sign() == 0:
		return f.Sign()
	case f.alike(g):
		return f.num.Cmp(g.num)
	default:
		return g.by(f.num).Cmp(f.by(g.num))
	}
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
	if d, ok := quickQuotient(points, f.num, f.over(), places); ok {
		return d
	}
	return points.Mul(f.num).DivRound(f.over(), places)
}

// Decimal is f rounded half away from zero to so many decimals.
func (f Fraction) Decimal(places int32) decimal.Decimal {
	if d, ok := quickQuotient(one, f.num, f.over(), places); ok {
		return d
	}
	return f.num.DivRound(f.over(), places)
}
