package locale

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/rule"
)

// numberRoom is the room that a number of a usual size needs.
const numberRoom = 40

// Number writes d with so many decimals, rounded half away from zero, and grouped thousands: 1.234,50.
func (l *Locale) Number(d decimal.Decimal, places int) string {
	var room [numberRoom]byte
	return string(l.appendNumber(room[:0], d, places))
}

func (l *Locale) appendNumber(b []byte, d decimal.Decimal, places int) []byte {
	var room [numberRoom]byte
	return l.group(b, appendFixed(room[:0], d, places))
}

// Fixed is d.StringFixed(places), and Digits is d.String(), for machines to read, with one allocation for numbers of a
// usual size.
func Fixed(d decimal.Decimal, places int) string {
	var room [numberRoom]byte
	return string(appendFixed(room[:0], d, places))
}

// Digits is d.String(), as Fixed.
func Digits(d decimal.Decimal) string {
	var room [numberRoom]byte
	return string(appendDigits(room[:0], d))
}

// shortDigits is how many digits are written without arithmetic of any length; a large round writes millions of numbers.
const shortDigits = 15

func appendFixed(b []byte, d decimal.Decimal, places int) []byte {
	has := int(-d.Exponent())
	if has < 0 || has > shortDigits || places < 0 || places > shortDigits || d.NumDigits()+max(0, places-has) > shortDigits {
		return append(b, d.StringFixed(int32(places))...)
	}
	c := d.CoefficientInt64()
	for ; has < places; has++ {
		c *= 10
	}
	if has > places {
		c = rounded(c, has-places)
	}
	return appendUnits(b, c, places)
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
func (l *Locale) Plain(d decimal.Decimal) string {
	var room [numberRoom]byte
	return string(l.appendPlain(room[:0], d))
}

func (l *Locale) appendPlain(b []byte, d decimal.Decimal) []byte {
	var room [numberRoom]byte
	return l.group(b, appendDigits(room[:0], d))
}

// Told writes d as a sentence does: as Plain, with no more significant digits than WithDigits says. Digits before the
// decimal mark always stand.
func (l *Locale) Told(d decimal.Decimal) string { return l.Plain(l.told(d)) }

func (l *Locale) told(d decimal.Decimal) decimal.Decimal {
	if l.digits <= 0 || d.Exponent() >= 0 {
		return d
	}
	n := int32(d.NumDigits())
	if n <= l.digits {
		return d
	}
	return d.Round(max(0, l.digits-n-d.Exponent()))
}

func appendDigits(b []byte, d decimal.Decimal) []byte {
	places := int(-d.Exponent())
	if places < 0 || places > shortDigits || d.NumDigits() > shortDigits {
		return append(b, d.String()...)
	}
	c := d.CoefficientInt64()
	for places > 0 && c%10 == 0 {
		c, places = c/10, places-1
	}
	return appendUnits(b, c, places)
}

// appendUnits writes c ÷ 10^places.
func appendUnits(b []byte, c int64, places int) []byte {
	if places == 0 {
		return strconv.AppendInt(b, c, 10)
	}
	if c < 0 {
		b, c = append(b, '-'), -c
	}
	var room [20]byte
	digits := strconv.AppendInt(room[:0], c, 10)
	whole := len(digits) - places
	if whole <= 0 {
		b = append(b, '0', '.')
		for range -whole {
			b = append(b, '0')
		}
		return append(b, digits...)
	}
	b = append(append(b, digits[:whole]...), '.')
	return append(b, digits[whole:]...)
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
	var room [numberRoom]byte
	return string(l.appendPercent(room[:0], share))
}

func (l *Locale) appendPercent(b []byte, share rule.Fraction) []byte {
	return append(l.appendPlain(b, share.Of(hundred, 2)), '%')
}

// group puts the language's separators into digits such as -1234.50; a minus is written as −.
func (l *Locale) group(b, digits []byte) []byte {
	whole, decimals, _ := bytes.Cut(digits, []byte("."))
	if rest, minus := bytes.CutPrefix(whole, []byte("-")); minus {
		b, whole = append(b, "−"...), rest
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b = append(b, l.thousands...)
		}
		b = append(b, digit)
	}
	if len(decimals) > 0 {
		b = append(append(b, l.decimal...), decimals...)
	}
	return b
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
