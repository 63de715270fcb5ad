package scoring

import (
	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/rule"
)

// A replay scores one agency again and again, each time with one indicator judged otherwise. No rule judges, which is most
// of the work of Score, and pillars without that indicator stay as they were the first time.
type replay struct {
	scale   Scale
	plan    *plan
	entrant Entrant
	known   []IndicatorResult // what the indicators were judged, in the order in which they are scored

	next     int             // place of the next indicator to be scored
	changed  int             // place of the one that is judged otherwise; -1: none is
	answer   IndicatorResult // of that one
	outcomes []outcome       // of all, the first time
	branches map[*branch]replayed
}

// A replayed is what a pillar brought the first time.
type replayed struct {
	node
	before, after      decimal.Decimal // what rest was before and after it
	bonuses, penalties []Line          // of indicators below it
}

// replay begins with the agency as it is.
func (s Scale) replay(p *plan, e Entrant, known []IndicatorResult) *replay {
	a := &replay{scale: s, plan: p, entrant: e, known: known, branches: map[*branch]replayed{}}
	a.outcomes = make([]outcome, 0, len(known))
	a.total(-1)
	return a
}

// with is the total where the indicator at a place has a share, and what becomes of the indicator.
func (a *replay) with(place int, share rule.Fraction) (decimal.Decimal, IndicatorResult) {
	was := a.known[place]
	a.known[place].Status, a.known[place].Share = rule.Scored, share
	total := a.total(place)
	a.known[place] = was
	return total, a.answer
}

func (a *replay) total(changed int) decimal.Decimal {
	a.changed, a.next = changed, 0
	s := scorer{set: a.scale.set, plan: a.plan, entrant: a.entrant, again: a}
	return s.ledger(s.branch(&a.plan.root))
}

// branch scores a pillar, if it may have changed: an indicator below it, or what the pillars before it left to be added
// to its line.
func (a *replay) branch(s *scorer, b *branch) node {
	was, again := a.branches[b]
	if again && (a.changed < b.from || a.changed >= b.to) && was.before.Equal(s.rest) {
		a.next, s.rest = b.to, was.after
		s.bonuses, s.penalties = append(s.bonuses, was.bonuses...), append(s.penalties, was.penalties...)
		return was.node
	}
	before, bonuses, penalties := s.rest, len(s.bonuses), len(s.penalties)
	n := s.branch(b)
	if !again {
		a.branches[b] = replayed{n, before, s.rest, s.bonuses[bonuses:], s.penalties[penalties:]}
	}
	return n
}

// leaf scores an indicator as it was judged.
func (a *replay) leaf(s *scorer, l *leaf) outcome {
	place := a.next
	a.next++
	if place < len(a.outcomes) && place != a.changed {
		return a.outcomes[place]
	}
	was := &a.known[place]
	r := IndicatorResult{Status: was.Status, Share: was.Share, Estimated: was.Estimated}
	o := s.earn(l, &r)
	if place == a.changed {
		a.answer = r
	} else {
		a.outcomes = append(a.outcomes, o)
	}
	return o
}
