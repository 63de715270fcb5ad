package movement

import (
	"cmp"
	"slices"
	"sort"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
)

// A rung is an agency with what ranks compare.
type rung struct {
	code    string
	score   decimal.Decimal // total as published
	decides []rule.Fraction // shares of the pillars that break ties, in their order
}

// better is below 0 where a stands above b, 0 where they are equal.
func better(a, b rung) int {
	if c := b.score.Cmp(a.score); c != 0 {
		return c
	}
	for i := range min(len(a.decides), len(b.decides)) {
		if c := b.decides[i].Cmp(a.decides[i]); c != 0 {
			return c
		}
	}
	return 0
}

// ahead is better, with the code where they are equal.
func ahead(a, b rung) int { return cmp.Or(better(a, b), cmp.Compare(a.code, b.code)) }

// A ladder is a field of agencies in which a place is found without ranking it anew.
type ladder struct {
	ties  criteria.Ties
	rungs []rung // the best first, equal ones by code
	at    map[string]int
	// levels are how many different totals there are up to a rung, itself included.
	levels []int
}

func newLadder(ties criteria.Ties, rungs []rung) *ladder {
	l := &ladder{ties: ties, rungs: rungs, at: make(map[string]int, len(rungs)), levels: make([]int, len(rungs))}
	slices.SortFunc(rungs, ahead)
	for i, r := range rungs {
		l.at[r.code] = i
		switch {
		case i == 0:
			l.levels[i] = 1
		case better(rungs[i-1], r) < 0:
			l.levels[i] = l.levels[i-1] + 1
		default:
			l.levels[i] = l.levels[i-1]
		}
	}
	return l
}

// place is the rank that a rung has in the field; where the agency is in the field, with the rung in place of its own.
func (l *ladder) place(x rung) int {
	compare := better
	if l.ties == criteria.Unique {
		compare = ahead
	}
	above := sort.Search(len(l.rungs), func(i int) bool { return compare(l.rungs[i], x) >= 0 })
	at, in := l.at[x.code]
	in = in && at < above // its own rung stands above
	if l.ties != criteria.Dense {
		if in {
			above--
		}
		return above + 1
	}
	if above == 0 {
		return 1
	}
	levels := l.levels[above-1]
	if in && l.alone(at) {
		levels--
	}
	return levels + 1
}

// alone reports whether no other rung is equal to one.
func (l *ladder) alone(at int) bool {
	return (at == 0 || better(l.rungs[at-1], l.rungs[at]) != 0) && (at == len(l.rungs)-1 || better(l.rungs[at], l.rungs[at+1]) != 0)
}

// deciding are the shares of the pillars that break ties.
func deciding(set *criteria.Set, s scoring.Standing) []rule.Fraction {
	var shares []rule.Fraction
	for _, id := range set.Ranking.TieBreak {
		var share rule.Fraction
		for _, p := range s.Pillars {
			if p.Pillar.ID == id && p.Applies {
				share = scoring.TieShare(set.Rounding, p.Score, p.Of)
			}
		}
		shares = append(shares, share)
	}
	return shares
}

// decided are the same of an earlier result, as far as it has pillars of those ids.
func decided(set *criteria.Set, was history.PastAgency) []rule.Fraction {
	var shares []rule.Fraction
	for _, id := range set.Ranking.TieBreak {
		var share rule.Fraction
		if p, ok := was.Pillars[id]; ok && p.Of.IsPositive() {
			share = scoring.TieShare(set.Rounding, p.Score, p.Of)
		}
		shares = append(shares, share)
	}
	return shares
}
