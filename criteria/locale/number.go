package locale

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/rule"
)

// Number writes d with so many decimals, rounded half away from zero, and grouped thousands: 1.234,50.
func (l *Locale) Number(d decimal.Decimal, places int) string {
	return l.group(fixedDigits(d, places))
}

// shortDigits is how many digits are written without arithmetic of any length; a large round writes millions of numbers.
const shortDigits = 15

// fixedDigits is d.StringFixed(places) without its allocations, for numbers of a usual size.
func fixedDigits(d decimal.Decimal, places int) string {
	has := int(-d.Exponent())
	if has < 0 || has > shortDigits || places < 0 || places > shortDigits || d.NumDigits()+max(0, places-has) > shortDigits {
		return d.StringFixed(int32(places))
	}
	c := d.CoefficientInt64()
	for ; has < places; has++ {
		c *= 10
	}
	if has > places {
		c = rounded(c, has-places)
	}
	return digitsOf(c, places)
}

// rounded takes the last digits off, half away from zero.
func rounded(c int64, digits int) int64 {
	unit := int64(1)
	for range digits {
		unit *= 10
	}
	whole, rest := c/unit, c%unit
	switch {
	case 2*rest >= unit:
		return whole + 1
	case 2*rest <= -unit:
		return whole - 1
	default:
		return whole
	}
}

// Plain writes d with the decimals it has, without trailing zeros.
func (l *Locale) Plain(d decimal.Decimal) string { return l.group(plainDigits(d)) }

// Told writes d as a sentence does: as Plain, with no more significant digits than WithDigits says. Digits before the
// decimal mark always stand.
func (l *Locale) Told(d decimal.Decimal) string {
	if n := int32(d.NumDigits()); l.digits > 0 && n > l.digits && d.Exponent() < 0 {
		d = d.Round(max(0, l.digits-n-d.Exponent()))
	}
	return l.Plain(d)
}

// plainDigits is d.String() without its allocations, for numbers of a usual size: a large round words millions of them.
func plainDigits(d decimal.Decimal) string {
	places := int(-d.Exponent())
	if places < 0 || places > shortDigits || d.NumDigits() > shortDigits || d.IsZero() {
		return d.String()
	}
	c := d.CoefficientInt64()
	for places > 0 && c%10 == 0 {
		c, places = c/10, places-1
	}
	return digitsOf(c, places)
}

// digitsOf writes c ÷ 10^places.
func digitsOf(c int64, places int) string {
	if places == 0 {
		return strconv.FormatInt(c, 10)
	}
	var room [40]byte
	b := room[:0]
	if c < 0 {
		b, c = append(b, '-'), -c
	}
	var digitRoom [20]byte
	digits := strconv.AppendInt(digitRoom[:0], c, 10)
	whole := len(digits) - places
	if whole <= 0 {
		b = append(b, '0', '.')
		for range -whole {
			b = append(b, '0')
		}
		return string(append(b, digits...))
	}
	b = append(append(b, digits[:whole]...), '.')
	return string(append(b, digits[whole:]...))
}

// Signed writes d as Number does, with + in front of what is above 0.
func (l *Locale) Signed(d decimal.Decimal, places int) string {
	if d.Round(int32(places)).IsPositive() {
		return "+" + l.Number(d, places)
	}
	return l.Number(d, places)
}

var hundred = decimal.NewFromInt(100)

// Percent writes a share as a percentage of at most two decimals: 95%, 33,33%. It is rounded half away from zero.
func (l *Locale) Percent(share rule.Fraction) string {
	return l.Plain(share.Of(hundred, 2)) + "%"
}

// group puts the language's separators into digits such as -1234.50; a minus is written as −.
func (l *Locale) group(digits string) string {
	whole, decimals, _ := strings.Cut(digits, ".")
	if len(whole) <= 3 && !strings.HasPrefix(whole, "-") && decimals == "" {
		return whole
	}
	minus := strings.HasPrefix(whole, "-")
	whole = strings.TrimPrefix(whole, "-")
	var b strings.Builder
	b.Grow(len(digits) + len(digits)/3 + 4)
	if minus {
		b.WriteString("−")
	}
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(l.thousands)
		}
		b.WriteRune(r)
	}
	if decimals != "" {
		b.WriteString(l.decimal)
		b.WriteString(decimals)
	}
	return b.String()
}

// Date writes a day: 29/10/2020 in Vietnamese, with a 0 before days up to 9 and before January and February, 29 October 2020 in English. What is no date stays as it is.
func (l *Locale) Date(d rule.Date) string {
	parts := strings.Split(string(d), "-")
	if len(parts) != 3 {
		return string(d)
	}
	month := l.Say("dates.month-" + parts[1])
	return l.Say("dates.day", strings.TrimPrefix(parts[2], "0"), month, parts[0], parts[2])
}

// LongDate writes a day as a decision does: ngày 05 tháng 02 năm 2025, 5 February 2025. What is no date stays as it is.
func (l *Locale) LongDate(d rule.Date) string {
	parts := strings.Split(string(d), "-")
	if len(parts) != 3 {
		return string(d)
	}
	month := l.Say("dates.month-" + parts[1])
	return l.Say("dates.long", strings.TrimPrefix(parts[2], "0"), month, parts[0], parts[2])
}
