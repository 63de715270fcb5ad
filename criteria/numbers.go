package criteria

import (
	"regexp"
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

// numberPattern is a decimal number; YAML's 0x10, 1_000, 010, .inf and .nan are none.
var numberPattern = regexp.MustCompile(`^[-+]?(0|[1-9][0-9]*)?(\.[0-9]+)?([eE]([-+]?[0-9]+))?$`)

// decimal reads a finite number.
func (r *reader) decimal(n *yaml.Node, at spot) (decimal.Decimal, bool) {
	tag := n.ShortTag()
	match := numberPattern.FindStringSubmatch(n.Value)
	switch {
	case n.Kind != yaml.ScalarNode || tag != "!!int" && tag != "!!float" || match == nil || match[1]+match[2] == "":
		r.fault(n, "want-number", shown(n))
	case len(match[1])+len(strings.TrimPrefix(match[2], ".")) > mostDigits || tooLarge(match[4]):
		r.fault(n, "number-too-long", shown(n), mostDigits, largeExponent)
	default:
		d, err := decimal.NewFromString(n.Value)
		if err == nil {
			return d, true
		}
		r.fault(n, "want-number", shown(n))
	}
	r.faulty[at] = true
	return decimal.Decimal{}, false
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
	d, ok := f.decimal(n, f.at.key(key))
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
	points := PerGroup{}
	if n.Kind != yaml.MappingNode {
		if d, ok := f.points(n, f.at.key(key), zeroToo); ok {
			for _, g := range groups {
				points[g] = d
			}
		}
		return points
	}
	list, _ := f.entries(n, f.at.key(key))
	for _, p := range list {
		if !f.knownGroup(p.at, p.key, groups) {
			f.faulty[f.at.key(key)] = true
			continue
		}
		if d, ok := f.points(p.node, f.at.key(key).key(p.key), zeroToo); ok {
			points[p.key] = d
		} else {
			f.faulty[f.at.key(key)] = true
		}
	}
	return points
}

// points reads one number of points.
func (r *reader) points(n *yaml.Node, at spot, zeroToo bool) (decimal.Decimal, bool) {
	d, ok := r.decimal(n, at)
	if ok && !d.IsPositive() && !(zeroToo && d.IsZero()) {
		r.fault(n, "points-not-above-0", d)
		r.faulty[at] = true
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
