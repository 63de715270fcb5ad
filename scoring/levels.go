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
	known := res.Root.Leaves()
	ask := planner{scale: s, entrant: e}
	var all []NextLevel
	i := -1
	p.root.eachLeaf(func(l *leaf) {
		i++
		r := known[i]
		judge, levelled := l.judge.(rule.Levelled)
		if !levelled || l.ind.Effect == criteria.Penalty || !ask.plannable(&r) || unprovenNote(r.Because) {
			return
		}
		level, ok := judge.Next(l.inputs(&e.Submission.Answers))
		if !ok || level.Share.Cmp(r.Share) <= 0 {
			return
		}
		known[i].Status, known[i].Share = rule.Scored, level.Share
		total, at := s.recall(p, e, known, i)
		known[i] = r
		if gain := total.Sub(res.Score); gain.IsPositive() {
			all = append(all, NextLevel{Indicator: l.ind, Words: level.Words, Score: at.Score, Of: at.Of, Gain: gain})
		}
	})
	slices.SortStableFunc(all, func(a, b NextLevel) int { return b.Gain.Cmp(a.Gain) })
	return all
}

func unprovenNote(n rule.Note) bool { return n.Kind == withoutEvidence }

// recall is the total of an agency whose indicators, in the order of the plan, have these statuses and shares, and the
// indicator at one place. No rule judges: that is most of the work of Score.
func (s Scale) recall(p *plan, e Entrant, known []IndicatorResult, at int) (decimal.Decimal, IndicatorResult) {
	sc := scorer{set: s.set, plan: p, entrant: e, known: known, asked: at, lines: make([]Line, 0, p.leaves+namedLines)}
	if p.parts > 0 {
		sc.parts = make([]reached, p.parts)
	}
	root := sc.branch(&p.root)
	return sc.ledger(root), sc.answer
}

// NextLevels lists them for an agency's result of this ranking.
func (r *Ranking) NextLevels(res Result) []NextLevel {
	e, ok := r.finals[res.Agency.Code]
	if !ok {
		return nil
	}
	return r.scale.NextLevels(e, res)
}
