package scoring

import "github.com/shopspring/decimal"

// A tally adds up decimals, exactly. Points of one round have one number of decimals, and those are added as machine
// words; whatever is longer is added beside them. The zero tally is 0.
type tally struct {
	units    int64 // of 10^exponent
	exponent int32
	any      bool // exponent is set
	others   decimal.Decimal
}

// Bounds within which machine words cannot overflow.
const (
	shortDigits = 15
	fullUnits   = 1e18
)

func (t *tally) add(d decimal.Decimal) {
	if d.NumDigits() > shortDigits || t.any && d.Exponent() != t.exponent || t.units > fullUnits || t.units < -fullUnits {
		t.others = t.others.Add(d)
		return
	}
	t.exponent, t.any = d.Exponent(), true
	t.units += d.CoefficientInt64()
}

func (t *tally) sum() decimal.Decimal {
	own := decimal.New(t.units, t.exponent)
	if t.others.IsZero() {
		return own
	}
	return own.Add(t.others)
}
