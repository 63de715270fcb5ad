package criteria

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"gopkg.in/yaml.v3"

	"github.com/opendti/dti/criteria/rule"
)

// Bounds of numbers: more digits or larger exponents are typing errors, and cost memory when written out.
const (
	mostDigits    = 40
	largeExponent = 30
)

// mostPlaces is the largest number of decimals that points are rounded to.
const mostPlaces = 12

// decimal reads a finite number. The caller says what is faulty, as that of wording does.
func (r *reader) decimal(n *yaml.Node) (decimal.Decimal, bool) {
	tag := n.ShortTag()
	digits, exponent, ok := measured(n.Value)
	switch {
	case n.Kind != yaml.ScalarNode || tag != "!!int" && tag != "!!float" || !ok:
		r.fault(n, "want-number", shown(n))
	case digits > mostDigits || tooLarge(exponent):
		r.fault(n, "number-too-long", shown(n), mostDigits, largeExponent)
	default:
		d, err := decimal.NewFromString(n.Value)
		if err == nil {
			return d, true
		}
		r.fault(n, "want-number", shown(n))
	}
	return decimal.Decimal{}, false
}

// measured counts the digits of a decimal number before its exponent. YAML's 0x10, 1_000, 010, .inf and .nan are none.
func measured(s string) (digits int, exponent string, ok bool) {
	s = unsigned(s)
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		s, exponent = s[:i], s[i+1:]
		if power := unsigned(exponent); power == "" || !isDigits(power) {
			return 0, "", false
		}
	}
	whole, fraction, point := strings.Cut(s, ".")
	switch {
	case !isDigits(whole) || !isDigits(fraction) || whole == "" && !point || fraction == "" && point:
		return 0, "", false
	case len(whole) > 1 && whole[0] == '0':
		return 0, "", false
	default:
		return len(whole) + len(fraction), exponent, true
	}
}

// unsigned is a number without the one sign that it may have.
func unsigned(s string) string {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		return s[1:]
	}
	return s
}

func isDigits(s string) bool {
	return !strings.ContainsFunc(s, func(c rune) bool { return c < '0' || c > '9' })
}

func tooLarge(exponent string) bool {
	if exponent == "" {
		return false
	}
	e, err := strconv.Atoi(exponent)
	return err != nil || e > largeExponent || e < -largeExponent
}

// number reads a key as a number; it is unset where the key is absent or faulty.
func (f fields) number(key string) rule.Optional {
	n := f.value(key)
	if n == nil {
		return rule.Optional{}
	}
	d, ok := f.decimal(n)
	if !ok {
		f.faulty[f.at.key(key)] = true
	}
	return rule.Optional{Value: d, Set: ok}
}

// positive reads a key as a number above 0.
func (f fields) positive(key string) rule.Optional {
	o := f.number(key)
	if o.Set && !o.Value.IsPositive() {
		f.bad(key, "not-above-0", key, o.Value)
		return rule.Optional{}
	}
	return o
}

// within reads a key as a number between two bounds, which belong to it.
func (f fields) within(key string, low, high decimal.Decimal) rule.Optional {
	o := f.number(key)
	if o.Set && (o.Value.LessThan(low) || o.Value.GreaterThan(high)) {
		f.bad(key, "out-of-bounds", key, o.Value, low, high)
		return rule.Optional{}
	}
	return o
}

// places reads a key as a number of decimals, or `none`.
func (f fields) places(key string) Places {
	n := f.value(key)
	if n == nil || n.Value == "none" && n.Kind == yaml.ScalarNode {
		return Places{}
	}
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!int" && len(n.Value) <= 2 {
		if i, err := strconv.Atoi(n.Value); err == nil && i >= 0 && i <= mostPlaces {
			return Places{N: int32(i), Round: true}
		}
	}
	f.bad(key, "want-places", shown(n), mostPlaces)
	return Places{}
}

// perGroup reads points: one number for all of some groups, or a mapping by group. Points are above 0, or, where
// zeroToo, at least 0.
func (f fields) perGroup(key string, groups []string, zeroToo bool) PerGroup {
	n := f.value(key)
	if n == nil {
		return nil
	}
	points, at := PerGroup{}, f.at.key(key)
	if n.Kind != yaml.MappingNode {
		d, ok := f.points(n, zeroToo)
		if !ok {
			f.faulty[at] = true
			return points
		}
		for _, g := range groups {
			points[g] = d
		}
		return points
	}
	list, _ := f.entries(n, at)
	for _, p := range list {
		if !f.knownGroup(p.at, p.key, groups) {
			f.faulty[at] = true
			continue
		}
		if d, ok := f.points(p.node, zeroToo); ok {
			points[p.key] = d
		} else {
			f.faulty[at], f.faulty[at.key(p.key)] = true, true
		}
	}
	return points
}

// points reads one number of points.
func (r *reader) points(n *yaml.Node, zeroToo bool) (decimal.Decimal, bool) {
	d, ok := r.decimal(n)
	if ok && !d.IsPositive() && !(zeroToo && d.IsZero()) {
		r.fault(n, "points-not-above-0", d)
		return d, false
	}
	return d, ok
}

// knownGroup reports whether a group of points is one of those that are concerned.
func (f fields) knownGroup(n *yaml.Node, group string, concerned []string) bool {
	if slices.Contains(concerned, group) {
		return true
	}
	if slices.Contains(f.groups, group) {
		f.fault(n, "points-for-other-group", group, concerned)
		return false
	}
	f.unknown(n, "unknown-group", group, f.groups)
	return false
}
