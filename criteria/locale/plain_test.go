package locale_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria/locale"
)

// TestPlainIsExact: Plain writes the digits that the number has, whatever its size.
func TestPlainIsExact(t *testing.T) {
	vi := locale.MustFor("vi")
	back := strings.NewReplacer(".", "", ",", ".", "−", "-")
	rapid.Check(t, func(t *rapid.T) {
		d := decimal.New(rapid.Int64().Draw(t, "coefficient"), rapid.Int32Range(-20, 4).Draw(t, "exponent"))
		if rapid.Bool().Draw(t, "small") {
			d = decimal.New(rapid.Int64Range(-20000, 20000).Draw(t, "small coefficient"), rapid.Int32Range(-6, 1).Draw(t, "small exponent"))
		}
		assert.Equal(t, d.String(), back.Replace(vi.Plain(d)))
		assert.Equal(t, d.String(), locale.Digits(d))
	})
}

// TestNumberIsExact: Number writes what decimal arithmetic of any length rounds, whatever the size of the number.
func TestNumberIsExact(t *testing.T) {
	en := locale.MustFor("en")
	rapid.Check(t, func(t *rapid.T) {
		d := decimal.New(rapid.Int64().Draw(t, "digits")>>rapid.IntRange(0, 62).Draw(t, "shorter"), rapid.Int32Range(-20, 4).Draw(t, "exponent"))
		if rapid.Bool().Draw(t, "half") {
			d = decimal.New(10*rapid.Int64Range(-1e6, 1e6).Draw(t, "whole")+5, -rapid.Int32Range(1, 6).Draw(t, "places"))
		}
		places := rapid.IntRange(0, 17).Draw(t, "decimals")
		got := strings.ReplaceAll(strings.ReplaceAll(en.Number(d, places), ",", ""), "−", "-")
		assert.Equal(t, d.StringFixed(int32(places)), got)
		assert.Equal(t, d.StringFixed(int32(places)), locale.Fixed(d, places))
	})
}
