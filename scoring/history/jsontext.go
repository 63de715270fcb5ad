package history

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// A jsonText is JSON in the making. A round of a size of a country has more than a million objects; written by hand
// they cost a tenth of what reflection costs. Commas are set by looking at the byte before.
type jsonText struct {
	b []byte
}

// comma separates a value from the one before it.
func (j *jsonText) comma() {
	if len(j.b) == 0 {
		return
	}
	switch j.b[len(j.b)-1] {
	case '{', '[', ':', '\n':
	default:
		j.b = append(j.b, ',')
	}
}

// open begins an object that is a value of an array, or the document.
func (j *jsonText) open() {
	j.comma()
	j.b = append(j.b, '{')
}

// close ends an object or array.
func (j *jsonText) close(bracket byte) { j.b = append(j.b, bracket) }

// key begins a member of an object.
func (j *jsonText) key(name string) {
	j.comma()
	j.b = append(appendString(j.b, name), ':')
}

// openKey begins a member that is an object or array.
func (j *jsonText) openKey(name string, bracket byte) {
	j.key(name)
	j.b = append(j.b, bracket)
}

func (j *jsonText) str(s string) {
	j.comma()
	j.b = appendString(j.b, s)
}

func (j *jsonText) strKey(name, s string) {
	j.key(name)
	j.b = appendString(j.b, s)
}

func (j *jsonText) intKey(name string, n int) {
	j.key(name)
	j.b = strconv.AppendInt(j.b, int64(n), 10)
}

func (j *jsonText) boolKey(name string, yes bool) {
	j.key(name)
	j.b = strconv.AppendBool(j.b, yes)
}

// fixedKey is a number with exactly so many decimals, rounded half away from zero.
func (j *jsonText) fixedKey(name string, d decimal.Decimal, places int32) {
	j.key(name)
	j.b = appendFixed(j.b, d, places)
}

// scoreKey is a published score: with the set's decimals, or, where the set does not round, with those that the engine
// kept (12 significant digits).
func (j *jsonText) scoreKey(name string, d decimal.Decimal, p criteria.Places) {
	j.key(name)
	if p.Round {
		j.b = appendFixed(j.b, d, p.N)
		return
	}
	j.b = appendExact(j.b, d)
}

// ofKey is a maximum: never rounded, with the set's decimals at least.
func (j *jsonText) ofKey(d decimal.Decimal, p criteria.Places) { j.wholeKey("of", d, p) }

// wholeKey is a number that is never rounded, with the set's decimals at least.
func (j *jsonText) wholeKey(name string, d decimal.Decimal, p criteria.Places) {
	j.key(name)
	if own := decimals(d); p.Round && own < p.N {
		j.b = appendFixed(j.b, d, p.N)
		return
	}
	j.b = appendExact(j.b, d)
}

// exactKey is a number with the decimals that it was read with.
func (j *jsonText) exactKey(name string, d decimal.Decimal) {
	j.key(name)
	j.b = appendFixed(j.b, d, max(-d.Exponent(), 0))
}

// textKey is a text by language: first those asked for, in their order, then any others by code.
func (j *jsonText) textKey(name string, t rule.Text, languages []string) {
	j.openKey(name, '{')
	written := 0
	for _, lang := range languages {
		if s, ok := t[lang]; ok {
			j.strKey(lang, s)
			written++
		}
	}
	if written < len(t) {
		j.otherLanguages(t, languages)
	}
	j.close('}')
}

func (j *jsonText) otherLanguages(t rule.Text, written []string) {
	for _, lang := range sortedKeys(t) {
		if !slices.Contains(written, lang) {
			j.strKey(lang, t[lang])
		}
	}
}

// decimals is the number of decimals of d without trailing zeros.
func decimals(d decimal.Decimal) int32 {
	places := max(-d.Exponent(), 0)
	if d.NumDigits() <= 18 {
		for c := d.CoefficientInt64(); places > 0 && c%10 == 0; c /= 10 {
			places--
		}
		return places
	}
	for places > 0 && d.Truncate(places-1).Equal(d) {
		places--
	}
	return places
}

// appendExact writes d with the decimals it needs.
func appendExact(b []byte, d decimal.Decimal) []byte {
	start := len(b)
	b = appendFixed(b, d, max(-d.Exponent(), 0))
	if d.Exponent() >= 0 {
		return b
	}
	for b[len(b)-1] == '0' {
		b = b[:len(b)-1]
	}
	if b[len(b)-1] == '.' {
		b = b[:len(b)-1]
	}
	if len(b) == start {
		b = append(b, '0')
	}
	return b
}

// appendFixed writes d with exactly so many decimals, as d.StringFixed does, without its allocations.
func appendFixed(b []byte, d decimal.Decimal, places int32) []byte {
	if -d.Exponent() > places {
		d = d.Round(places)
	}
	if d.IsZero() {
		return appendDigits(b, nil, 0, places)
	}
	if d.Exponent() > 0 || d.NumDigits() > 18 {
		return append(b, d.StringFixed(places)...)
	}
	c := d.CoefficientInt64()
	if c < 0 {
		b, c = append(b, '-'), -c
	}
	var room [20]byte
	return appendDigits(b, strconv.AppendInt(room[:0], c, 10), -d.Exponent(), places)
}

// appendDigits writes digits of which the last `scale` stand behind the point, filled up to so many decimals.
func appendDigits(b, digits []byte, scale, places int32) []byte {
	whole := int32(len(digits)) - scale
	if whole > 0 {
		b = append(b, digits[:whole]...)
		digits = digits[whole:]
	} else {
		b = append(b, '0')
	}
	if places == 0 {
		return b
	}
	b = append(b, '.')
	for range max(-whole, 0) {
		b = append(b, '0')
	}
	b = append(b, digits...)
	for range places - scale {
		b = append(b, '0')
	}
	return b
}

const hexDigits = "0123456789abcdef"

// appendString writes a JSON string. What is no UTF-8 becomes U+FFFD; U+2028 and U+2029 are escaped, since old
// JavaScript takes them for line ends.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 || r == '\u2028' || r == '\u2029' {
				b = appendRune(append(b, s[start:i]...), r)
				start = i + size
			}
			i += size
			continue
		}
		if c < ' ' || c == '"' || c == '\\' {
			b = appendEscape(append(b, s[start:i]...), c)
			start = i + 1
		}
		i++
	}
	return append(append(b, s[start:]...), '"')
}

func appendRune(b []byte, r rune) []byte {
	return append(b, '\\', 'u', hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
}

func appendEscape(b []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\n':
		return append(b, '\\', 'n')
	case '\t':
		return append(b, '\\', 't')
	default:
		return appendRune(b, rune(c))
	}
}
