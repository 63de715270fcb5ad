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
	})
}
