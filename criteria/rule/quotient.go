package rule

import (
	"math"
	"math/bits"

	"github.com/shopspring/decimal"
)

// machineDigits is the number of decimal digits that always fit a machine word.
const machineDigits = 18

// tens are the powers of ten that fit a machine word.
var tens = func() (t [machineDigits + 1]uint64) {
	t[0] = 1
	for i := 1; i < len(t); i++ {
		t[i] = t[i-1] * 10
	}
	return t
}()

// quickQuotient is a × b ÷ c rounded half away from zero to so many decimals, computed in 128 bits. ok is false where the
// numbers are too long for that; the result is exact wherever it is given. Most numbers of a round are short, and this
// is ten times as fast as arbitrary precision.
func quickQuotient(a, b, c decimal.Decimal, places int32) (d decimal.Decimal, ok bool) {
	if a.NumDigits() > machineDigits || b.NumDigits() > machineDigits || c.NumDigits() > machineDigits {
		return decimal.Decimal{}, false
	}
	x, y, z := a.CoefficientInt64(), b.CoefficientInt64(), c.CoefficientInt64()
	negative := (x < 0) != (y < 0)
	hi, lo := bits.Mul64(magnitude(x), magnitude(y))
	over := magnitude(z)
	// a·b/c = x·y/z × 10^shift; the result is counted in 10^−places.
	shift := a.Exponent() + b.Exponent() - c.Exponent() + places
	switch {
	case hi != 0 || shift > machineDigits || shift < -machineDigits:
		return decimal.Decimal{}, false
	case shift >= 0:
		hi, lo = bits.Mul64(lo, tens[shift])
	default:
		var carry uint64
		if carry, over = bits.Mul64(over, tens[-shift]); carry != 0 {
			return decimal.Decimal{}, false
		}
	}
	if hi >= over {
		return decimal.Decimal{}, false
	}
	quotient, rest := bits.Div64(hi, lo, over)
	if rest >= over-rest { // 2·rest ≥ over, without overflow
		quotient++
	}
	if quotient > math.MaxInt64 {
		return decimal.Decimal{}, false
	}
	n := int64(quotient)
	if negative {
		n = -n
	}
	return decimal.New(n, -places), true
}

// magnitude is the absolute value of n.
func magnitude(n int64) uint64 {
	if n < 0 {
		return uint64(-n)
	}
	return uint64(n)
}
