package rule_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria/rule"
)

// Fraction.Of takes a short way for short numbers; it must say the same as arbitrary precision.
func TestFractionOfIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := func(name string) decimal.Decimal {
			return decimal.New(rapid.Int64().Draw(t, name), rapid.Int32Range(-12, 6).Draw(t, name+" exponent"))
		}
		if rapid.Bool().Draw(t, "short") {
			number = func(name string) decimal.Decimal {
				return decimal.New(rapid.Int64Range(-400, 400).Draw(t, name), rapid.Int32Range(-3, 1).Draw(t, name+" exponent"))
			}
		}
		points, num, den := number("points"), number("num"), number("den")
		if den.IsZero() {
			t.Skip("over 0")
		}
		places := rapid.Int32Range(0, 18).Draw(t, "places")
		got := rule.FractionOf(num, den).Of(points, places)
		if want := points.Mul(num).DivRound(den, places); !got.Equal(want) {
			t.Fatalf("%s × %s / %s to %d: %s, want %s", points, num, den, places, got, want)
		}
	})
}
