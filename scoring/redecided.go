package scoring

import (
	"maps"
	"reflect"
	"slices"

	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// Redecided is what Rank makes of a round that differs from the ranked one only in the decisions on one agency. Others are
// scored again only where one of their rules looks at the cohort and finds another one; a round of thousands can so be
// asked about each of its appeals. The ranking stays as it was.
func (r *Ranking) Redecided(round *submission.Round, code string) *Ranking {
	own, known := r.finals[code]
	if !known {
		return Rank(round)
	}
	adjustments := own.Submission.Adjustments
	own = final(round, own.Agency, round.Decisions)
	own.Submission.Adjustments = adjustments
	next := &Ranking{Round: round, finals: maps.Clone(r.finals)}
	next.finals[code] = own
	next.scale = r.refitted(next, code, r.scale.Score(own).Ranked)
	for _, g := range r.Groups {
		if group, ok := rankGroup(round.Set, g.Group, next.regrouped(g, code, !r.scale.judgesAs(next.scale, g.Group.ID))); ok {
			group.Fitted = next.scale.Fitted(g.Group.ID)
			next.Groups = append(next.Groups, group)
		}
	}
	next.place()
	return next
}

// refitted is the scale of the finals of next, of which one may have joined the ranked agencies or left them. Whether
// the others are ranked does not depend on the cohort.
func (r *Ranking) refitted(next *Ranking, code string, ranked bool) Scale {
	set := next.Round.Set
	if !set.LooksAtCohort() {
		return r.scale
	}
	entrants := make([]Entrant, len(next.Round.Agencies))
	for i, a := range next.Round.Agencies {
		entrants[i] = next.finals[a.Code]
	}
	return Fit(set, cohort(entrants, func(i int) bool {
		if entrants[i].Agency.Code == code {
			return ranked
		}
		return r.places[entrants[i].Agency.Code].Ranked
	}))
}

// regrouped are the standings of a group of another ranking, not numbered yet: that of one agency scored again, or all.
func (r *Ranking) regrouped(g Group, code string, all bool) []Standing {
	standings := slices.Clone(g.Standings)
	var again []int
	var entrants []Entrant
	for i, s := range standings {
		if all || s.Agency.Code == code {
			again = append(again, i)
			entrants = append(entrants, r.finals[s.Agency.Code])
		}
	}
	for i, res := range r.scale.scoreAll(entrants) {
		r.enterClaim(&res, entrants[i])
		standings[again[i]] = res.Standing
	}
	return standings
}

// judgesAs reports whether two scales of a set judge a group alike. That some are alike may be missed.
func (s Scale) judgesAs(other Scale, group string) bool {
	return reflect.DeepEqual(s.judges(group), other.judges(group))
}

func (s Scale) judges(group string) []rule.Judge {
	var all []rule.Judge
	if p := s.plans[group]; p != nil {
		p.root.eachLeaf(func(l *leaf) { all = append(all, l.judge) })
	}
	return all
}
