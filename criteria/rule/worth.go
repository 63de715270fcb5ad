package rule

import (
	"github.com/shopspring/decimal"
)

// floor is the lowest share that the indicator may earn: 0, or below 0 where the set says `min`.
func (b Basis) floor() Fraction {
	if b.Points == nil || !b.Points.IsPositive() || !b.Min.IsNegative() {
		return Fraction{}
	}
	return FractionOf(b.Min, *b.Points)
}

// check finds fault with what an option, step or part earns. At is the path of its mapping.
func (w Worth) check(at string, b Basis) []Fault {
	switch {
	case w.Share.Set && w.Points.Set:
		return []Fault{{At: at + ".points", Kind: "rule-two-worths"}}
	case w.Share.Set:
		return w.checkShare(at+".share", b)
	case !w.Points.Set:
		return []Fault{{At: at, Kind: "rule-no-worth"}}
	case b.Points == nil:
		return []Fault{{At: at + ".points", Kind: "rule-points-under-mean"}}
	case w.Points.Value.GreaterThan(*b.Points):
		return []Fault{{At: at + ".points", Kind: "rule-points-above", Args: []any{w.Points.Value, *b.Points}}}
	case w.Points.Value.LessThan(b.Min):
		return []Fault{{At: at + ".points", Kind: "rule-below-min", Args: []any{w.Points.Value, b.Min}}}
	default:
		return nil
	}
}

func (w Worth) checkShare(at string, b Basis) []Fault {
	share := w.Share.Value
	switch {
	case share.GreaterThan(one):
		return []Fault{{At: at, Kind: "rule-share-above-1", Args: []any{share}}}
	case !share.IsNegative():
		return nil
	case b.Points == nil:
		return []Fault{{At: at, Kind: "rule-share-below-0", Args: []any{share}}}
	case share.Mul(*b.Points).LessThan(b.Min):
		return []Fault{{At: at, Kind: "rule-below-min", Args: []any{share.Mul(*b.Points), b.Min}}}
	default:
		return nil
	}
}

// share is the worth as a share; 0 where Check refuses it.
func (w Worth) share(b Basis) Fraction {
	share, _ := w.Of(b.Points)
	return share
}

// words says the worth as it was given: points, or a percentage.
func (w Worth) words() any {
	if w.Points.Set {
		return Say("rule-points", w.Points.Value)
	}
	return Whole(w.Share.Value)
}

// checkReach finds fault where the most that can be earned is less than all.
func checkReach(at string, most Fraction, b Basis) []Fault {
	if most.Cmp(One()) >= 0 {
		return nil
	}
	if b.Points == nil {
		return []Fault{{At: at, Kind: "rule-unreachable-share", Args: []any{most}}}
	}
	return []Fault{{At: at, Kind: "rule-unreachable-points", Args: []any{most.Of(*b.Points, 6), *b.Points}}}
}

// checkAboveZero finds fault with a number that must be above 0.
func checkAboveZero(at string, d decimal.Decimal) []Fault {
	if d.IsPositive() {
		return nil
	}
	return []Fault{{At: at, Kind: "rule-not-above-0", Args: []any{d}}}
}

// checkPoints finds fault with a kind that counts in points under a parent that does not sum.
func checkPoints(b Basis) []Fault {
	if b.Points == nil {
		return []Fault{{Kind: "rule-points-under-mean"}}
	}
	return nil
}

// scored is the judgement of a share.
func scored(share Fraction, note Note) Judgement {
	return Judgement{Status: Scored, Share: share, Note: note}
}
