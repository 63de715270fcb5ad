package scoring

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// A NextLevel is an indicator that an agency could answer one level better.
type NextLevel struct {
	Indicator *criteria.Indicator
	Words     rule.Note       // what the level takes
	Score, Of decimal.Decimal // of the indicator on that level, as IndicatorResult
	Gain      decimal.Decimal // what the level alone adds to the published total; above 0
}

// NextLevels lists the indicators of which the next level would raise an agency's total, those that raise it most first,
// in the set's order among equals. Which indicators of an agency could rise are those of Steps without the penalties, if
// their rule has levels (rule.Levelled); one that lost its points for want of evidence stays out, because no better
// answer brings them back. A level counts as proven. The result is that of the agency under this scale; each gain is what
// the engine adds, with weights, re-basing, caps and rounding.
func (s Scale) NextLevels(e Entrant, res Result) []NextLevel {
	p := s.plans[e.Agency.Group]
	if p == nil {
		return nil
	}
	ask := planner{scale: s, entrant: e}
	again := s.replay(p, e, res.Root.Leaves())
	var all []NextLevel
	i := -1
	p.root.eachLeaf(func(l *leaf) {
		i++
		r := &again.known[i]
		judge, levelled := l.judge.(rule.Levelled)
		if !levelled || l.ind.Effect == criteria.Penalty || !ask.plannable(r) || unprovenNote(r.Because) {
			return
		}
		level, ok := judge.Next(l.inputs(&e.Submission.Answers))
		if !ok || level.Share.Cmp(r.Share) <= 0 {
			return
		}
		total, at := again.with(i, level.Share)
		if gain := total.Sub(res.Score); gain.IsPositive() {
			all = append(all, NextLevel{Indicator: l.ind, Words: level.Words, Score: at.Score, Of: at.Of, Gain: gain})
		}
	})
	slices.SortStableFunc(all, func(a, b NextLevel) int { return b.Gain.Cmp(a.Gain) })
	return all
}

func unprovenNote(n rule.Note) bool { return n.Kind == withoutEvidence }

// NextLevels lists them for an agency's result of this ranking.
func (r *Ranking) NextLevels(res Result) []NextLevel {
	e, ok := r.finals[res.Agency.Code]
	if !ok {
		return nil
	}
	return r.scale.NextLevels(e, res)
}
