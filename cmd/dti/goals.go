package main

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
)

// A goal is something better than what a workbook has now, with the fewest steps that lead there.
type goal struct {
	rating   criteria.Rating // to reach; or, where nothing is better, the one that is reached
	level    history.Level   // to reach; or, where nothing is better, the best one
	ranks    bool            // the goal is the level, not the rating
	best     bool            // nothing is better
	why      rule.Note       // why the scores of the round before say nothing; zero where they do
	steps    []scoring.Step
	possible bool // the agency can reach it by itself
}

// goalsAhead are the next rating, where the set has ratings, and the next rank among the scores of the round before.
func (s *assessment) goalsAhead() []goal {
	var goals []goal
	if len(s.form.Set.Ratings) > 0 {
		goals = append(goals, s.nextRating())
	}
	if s.past != nil {
		goals = append(goals, s.nextRank())
	}
	return goals
}

func (s *assessment) nextRating() goal {
	set := s.form.Set
	now, _ := set.RatingOf(s.result.Score, s.result.Of)
	i := slices.IndexFunc(set.Ratings, func(r criteria.Rating) bool { return r.ID == now.ID })
	if i <= 0 {
		return goal{rating: now, best: true}
	}
	g := goal{rating: set.Ratings[i-1]}
	g.steps, g.possible = s.scale.Steps(s.entrant(), func(st scoring.Standing) bool { return g.rating.Holds(st.Score, st.Of) })
	return g
}

// nextRank aims at the score that stands just above the agency's among those of the round before.
func (s *assessment) nextRank() goal {
	levels, why := s.past.Levels(s.form.Set, s.form.Agency.Group, s.result.Of)
	g := goal{ranks: true, why: why}
	if !why.IsZero() {
		return g
	}
	above := -1
	for i, l := range levels {
		if l.Score.GreaterThan(s.result.Score) {
			above = i
		}
	}
	if above < 0 {
		g.level, g.best = levels[0], true
		return g
	}
	g.level = levels[above]
	g.steps, g.possible = s.scale.Steps(s.entrant(), func(st scoring.Standing) bool {
		return st.Score.GreaterThanOrEqual(g.level.Score)
	})
	return g
}

// peers are other agencies of the group that had full marks in the round before.
func (s *assessment) peers(ind *criteria.Indicator) []history.Peer {
	if s.past == nil {
		return nil
	}
	return s.past.Peers(s.form.Set, ind, s.form.Agency)
}

// promised is the score after the steps.
func (g goal) promised(now decimal.Decimal) decimal.Decimal {
	for _, s := range g.steps {
		now = now.Add(s.Gain)
	}
	return now
}

// sameSteps reports whether two goals are reached by the same indicators.
func sameSteps(a, b goal) bool {
	return len(a.steps) > 0 && slices.EqualFunc(a.steps, b.steps, func(x, y scoring.Step) bool { return x.Indicator == y.Indicator })
}
