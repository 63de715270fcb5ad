package scoring

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"sort"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// A Step is an indicator that an agency could answer in full.
type Step struct {
	Indicator *criteria.Indicator
	Pillar    *criteria.Pillar // the indicator's parent
	// Gain is what the step adds to the published total after the steps before it.
	Gain decimal.Decimal
}

// Steps finds the smallest set of indicators that, answered in full, brings an agency to a goal; ok is false where all
// of them together do not. It takes what the agency can plan by itself: base and bonus indicators of which it enters an
// input and that have not earned all, and penalties that it can avoid. It leaves out what is pending, what does not
// apply, what a review fixed, and rules that look at the cohort, because there nobody knows what full marks will take.
// Reached must hold for every score above one for which it holds. No steps and ok mean that the goal is reached.
//
// Note: the size is the smallest there is where pillars sum, or are means and a missing answer earns 0: within the
// pillars, the bonuses and the penalties those that weigh most then go first, and how many of each kind is tried out.
// Under a geometric or harmonic mean, min or re-based means the weight of an indicator depends on the others; it is
// taken as what the total loses where that one alone is not answered in full. Such a set is one of which no step can
// be spared, not always the smallest.
func (s Scale) Steps(e Entrant, reached func(Standing) bool) (steps []Step, ok bool) {
	now := s.Score(e)
	if reached(now.Standing) {
		return nil, true
	}
	if s.plans[e.Agency.Group] == nil {
		return nil, false
	}
	p := planner{scale: s, entrant: e, reached: reached, now: now.Score}
	p.gather(now.Root)
	if all := p.all(); !p.reaches(all) {
		return nil, false
	}
	p.weigh()
	chosen := p.smallest()
	return p.told(p.lean(p.exact(p.lean(p.ordered(chosen))))), true
}

// A planner tries out which indicators to answer in full.
type planner struct {
	scale   Scale
	entrant Entrant
	reached func(Standing) bool
	now     decimal.Decimal // published total
	scored  int             // how many sets were scored
	// kinds are the candidates whose effects do not mix: answered, missing where the set skips what is missing, bonuses
	// and penalties. Within each, those that weigh most stand first.
	kinds [4][]candidate
}

const (
	answered = iota
	skipped
	bonus
	penalty
)

// A candidate is an indicator that can be answered in full.
type candidate struct {
	ind    *criteria.Indicator
	pillar *criteria.Pillar
	award  decimal.Decimal // points that stand for the full answer
	weight decimal.Decimal // what it brings, to compare with others of its kind
	gain   decimal.Decimal // of the published total, by itself
	order  int             // in the set
}

// gather lists the candidates of a pillar.
func (p *planner) gather(n PillarResult) {
	for _, child := range n.Pillars {
		p.gather(child)
	}
	for i := range n.Indicators {
		r := &n.Indicators[i]
		if !p.plannable(r) {
			continue
		}
		c := candidate{ind: r.Indicator, pillar: n.Pillar, award: p.full(r), weight: r.Of.Sub(r.Score), order: len(p.all())}
		kind := answered
		switch {
		case r.Indicator.Effect == criteria.Bonus:
			kind = bonus
		case r.Indicator.Effect == criteria.Penalty:
			kind, c.award, c.weight = penalty, decimal.Decimal{}, r.Score
		case r.Status == rule.Missing && p.scale.set.Missing.Skip:
			kind = skipped
		}
		p.kinds[kind] = append(p.kinds[kind], c)
	}
}

// plannable reports whether the agency can earn more by its own answer alone.
func (p *planner) plannable(r *IndicatorResult) bool {
	_, fixed := p.entrant.Submission.Awards[r.Indicator.ID]
	if fixed || rule.Relative(r.Indicator.Rule) || !entered(r.Indicator) {
		return false
	}
	open := r.Status == rule.Missing || r.Status == rule.Invalid
	switch r.Indicator.Effect {
	case criteria.Base, criteria.Bonus:
		return open || r.Status == rule.Scored && r.Share.Cmp(rule.One()) < 0
	case criteria.Penalty:
		return r.Status == rule.Scored && r.Share.Sign() > 0
	default:
		return false
	}
}

// entered reports whether the rule reads an input of the indicator that the agency enters.
func entered(ind *criteria.Indicator) bool {
	return slices.ContainsFunc(ind.Rule.Reads(), func(r rule.Read) bool {
		in, ok := ind.Input(r.Input)
		return ok && in.By == criteria.ByAgency
	})
}

// full is the points of an award that stands for all that the indicator can earn.
func (p *planner) full(r *IndicatorResult) decimal.Decimal {
	plan := p.scale.plans[p.entrant.Agency.Group]
	if points := r.Indicator.Points[plan.group]; points.IsPositive() {
		return points
	}
	return plan.of
}

func (p *planner) all() []candidate { return slices.Concat(p.kinds[:]...) }

// with is the result with some indicators answered in full.
func (p *planner) with(chosen []candidate) Result {
	p.scored++
	e := p.entrant
	e.Submission.Awards = maps.Clone(e.Submission.Awards)
	if e.Submission.Awards == nil {
		e.Submission.Awards = map[string]submission.Award{}
	}
	for _, c := range chosen {
		e.Submission.Awards[c.ind.ID] = submission.Award{Points: c.award}
	}
	return p.scale.Score(e)
}

func (p *planner) reaches(chosen []candidate) bool { return p.reached(p.with(chosen).Standing) }

// weigh measures the candidates and sorts each kind. What stands in the pillars weighs what their common share, which
// no cap and no floor holds, loses without it.
func (p *planner) weigh() {
	all := p.all()
	top := p.with(all).Root.Share
	for kind := range p.kinds {
		for i := range p.kinds[kind] {
			c := &p.kinds[kind][i]
			c.gain = p.with([]candidate{*c}).Score.Sub(p.now)
			if kind == answered || kind == skipped {
				c.weight = top.Sub(p.with(without(all, *c)).Root.Share)
			}
		}
		slices.SortStableFunc(p.kinds[kind], func(a, b candidate) int { return b.weight.Cmp(a.weight) })
	}
}

func without(all []candidate, one candidate) []candidate {
	return slices.DeleteFunc(slices.Clone(all), func(c candidate) bool { return c.ind == one.ind })
}

// patience is how many sets smallest scores. It suffices for some hundred indicators; beyond, the best set so far is told.
const patience = 2000

// smallest tries out how many candidates of each kind are needed, beginning with a set that is enough. Of two sets of one
// size it takes the one with the higher score.
func (p *planner) smallest() []candidate {
	best := p.greedy()
	score := p.with(best).Score
	began := p.scored
	for counts := range p.splits() {
		room := len(best) - counts[skipped] - counts[bonus] - counts[penalty]
		if room < 0 {
			continue
		}
		if p.scored-began > patience {
			break
		}
		counts[answered] = min(room, len(p.kinds[answered]))
		if !p.reaches(p.first(counts)) {
			continue
		}
		counts[answered] = sort.Search(counts[answered], func(n int) bool {
			fewer := counts
			fewer[answered] = n
			return p.reaches(p.first(fewer))
		})
		chosen := p.first(counts)
		if res := p.with(chosen); len(chosen) < len(best) || res.Score.GreaterThan(score) {
			best, score = chosen, res.Score
		}
	}
	return best
}

// greedy is as many of all candidates as are enough, those that gain most by themselves first.
func (p *planner) greedy() []candidate {
	all := p.ordered(p.all())
	return all[:sort.Search(len(all), func(n int) bool { return p.reaches(all[:n]) })]
}

// splits walks how many bonuses, penalties and missing answers there may be, the fewest first.
func (p *planner) splits() iter.Seq[[4]int] {
	return func(yield func([4]int) bool) {
		for b := range len(p.kinds[bonus]) + 1 {
			for q := range len(p.kinds[penalty]) + 1 {
				for k := range len(p.kinds[skipped]) + 1 {
					if !yield([4]int{skipped: k, bonus: b, penalty: q}) {
						return
					}
				}
			}
		}
	}
}

// first are so many of each kind, those that weigh most.
func (p *planner) first(counts [4]int) []candidate {
	var chosen []candidate
	for kind, n := range counts {
		chosen = append(chosen, p.kinds[kind][:n]...)
	}
	return chosen
}

// ordered sorts steps by what each gains by itself, the largest first.
func (p *planner) ordered(chosen []candidate) []candidate {
	slices.SortFunc(chosen, byGain)
	return chosen
}

// byGain puts larger gains first; of equal ones the heavier one, then the one that stands first in the set.
func byGain(a, b candidate) int {
	return cmp.Or(b.gain.Cmp(a.gain), b.weight.Cmp(a.weight), cmp.Compare(a.order, b.order))
}

// lean drops steps that are not needed, from the last to the first.
func (p *planner) lean(chosen []candidate) []candidate {
	for i := len(chosen) - 1; i >= 0 && len(chosen) > 1; i-- {
		if fewer := without(chosen, chosen[i]); p.reaches(fewer) {
			chosen = fewer
		}
	}
	return chosen
}

// exact puts in place of the last step the one with the least gain that is enough: it asks no more than is needed.
func (p *planner) exact(chosen []candidate) []candidate {
	last := len(chosen) - 1
	others := slices.DeleteFunc(p.all(), func(c candidate) bool {
		return slices.ContainsFunc(chosen, func(d candidate) bool { return d.ind == c.ind })
	})
	slices.SortFunc(others, func(a, b candidate) int {
		return cmp.Or(a.gain.Cmp(b.gain), a.weight.Cmp(b.weight), cmp.Compare(a.order, b.order))
	})
	for _, c := range others {
		if c.gain.GreaterThanOrEqual(chosen[last].gain) {
			break
		}
		if instead := append(slices.Clone(chosen[:last]), c); p.reaches(instead) {
			return instead
		}
	}
	return chosen
}

// told is the steps with what each one adds.
func (p *planner) told(chosen []candidate) []Step {
	steps := make([]Step, len(chosen))
	before := p.now
	for i, c := range chosen {
		after := p.with(chosen[:i+1]).Score
		steps[i] = Step{Indicator: c.ind, Pillar: c.pillar, Gain: after.Sub(before)}
		before = after
	}
	return steps
}
