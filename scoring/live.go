package scoring

import (
	"slices"

	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// Live is the score that an agency's form shows: of its answers as they stand, sent or not. Unlike in a ranking, a
// rating does not wait for enough answers.
func (s Scale) Live(e Entrant) submission.Score {
	e.Submission.Sent = true
	res := s.Score(e)
	live := submission.Score{
		Indicators: map[string]submission.Earned{}, Pillars: map[string]submission.Earned{},
		Total: res.Score, Of: res.Of, Percent: res.Percent,
	}
	live.Rating, _ = rated(s.set, res.Score, res.Of, e.Submission.Adjustments)
	live.Answered, live.Asked, _ = res.Root.Counts()
	enter(live, res.Root)
	return live
}

// enter enters what a pillar and all below it earned, and reports whether some of it is an estimate.
func enter(s submission.Score, p PillarResult) (estimated bool) {
	for _, child := range p.Pillars {
		estimated = enter(s, child) || estimated
	}
	for _, ind := range p.Indicators {
		s.Indicators[ind.Indicator.ID] = submission.Earned{
			Status: ind.Status, Score: ind.Score, Of: ind.Of, Applies: ind.Status != rule.NotApplicable, Estimated: ind.Estimated,
		}
		estimated = estimated || ind.Estimated
	}
	s.Pillars[p.Pillar.ID] = submission.Earned{Score: p.Score, Of: p.Of, Applies: p.Applies, Estimated: estimated}
	return estimated
}

// Leaves lists the indicators below a pillar, in the set's order.
func (p PillarResult) Leaves() []IndicatorResult {
	return p.appendLeaves(make([]IndicatorResult, 0, p.leaves()))
}

func (p PillarResult) appendLeaves(all []IndicatorResult) []IndicatorResult {
	for _, child := range p.Pillars {
		all = child.appendLeaves(all)
	}
	return append(all, p.Indicators...)
}

// leaves counts the indicators below a pillar.
func (p PillarResult) leaves() int {
	n := len(p.Indicators)
	for _, child := range p.Pillars {
		n += child.leaves()
	}
	return n
}

// Estimated lists the indicators below a pillar that are judged under an earlier round's bounds.
func (p PillarResult) Estimated() []IndicatorResult {
	return slices.DeleteFunc(p.Leaves(), func(r IndicatorResult) bool { return !r.Estimated })
}

// Counts says how many indicators below a pillar are scored, how many concern the agency, and how many others decide.
func (p PillarResult) Counts() (answered, asked, pending int) {
	for _, ind := range p.Leaves() {
		switch ind.Status {
		case rule.NotApplicable:
			continue
		case rule.Pending:
			pending++
		case rule.Scored:
			answered++
		default:
		}
		asked++
	}
	return answered, asked, pending
}
