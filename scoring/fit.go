package scoring

import (
	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// A Scale scores submissions under one criteria set with every rule fitted to the cohort. It is fixed and safe for
// concurrent use.
type Scale struct {
	set   *criteria.Set
	plans map[string]*plan // by agency group
}

// An Entrant is an agency with its answers.
type Entrant struct {
	Agency     submission.Agency
	Submission submission.Submission
}

// Fit makes the scale from the cohort: the final answers of the ranked agencies. Without a cohort (nil) rules that
// look at it judge as pending.
func Fit(set *criteria.Set, cohort []Entrant) Scale {
	return newScale(set, func(group string) fitter { return fitter{set: set, group: group, cohort: cohort} })
}

// Estimate makes the scale of one agency by itself: without a cohort, but rules that look at it judge under the bounds
// that an earlier round took from its own, by agency group and indicator id. Where there are none, or none that fit the
// rule, they judge as pending.
func Estimate(set *criteria.Set, bounds map[string]map[string][]rule.Bound) Scale {
	return newScale(set, func(group string) fitter { return fitter{set: set, group: group, bounds: bounds[group]} })
}

func newScale(set *criteria.Set, fitterOf func(group string) fitter) Scale {
	s := Scale{set: set, plans: map[string]*plan{}}
	for _, g := range set.Groups {
		of := set.Of(g.ID)
		p := &plan{group: g.ID, of: of, full: set.Root.PointsFor(g.ID)}
		p.root = fitterOf(g.ID).branch(set.Root, false, true)
		p.leaves = p.root.number(0)
		p.pillars = p.root.below()
		p.views = p.viewPlans(set)
		s.plans[g.ID] = p
	}
	return s
}

// Fitted lists what the rules of an agency group took from the cohort, in the set's order.
func (s Scale) Fitted(group string) []Fitted {
	var all []Fitted
	if p := s.plans[group]; p != nil {
		p.root.eachLeaf(func(l *leaf) {
			if f, ok := l.judge.(rule.Fitted); ok {
				if bounds := f.Fitted(); len(bounds) > 0 {
					all = append(all, Fitted{Indicator: l.ind.ID, Bounds: bounds})
				}
			}
		})
	}
	return all
}

// A plan is a set as it applies to one agency group, with fitted judges.
type plan struct {
	group string
	of    decimal.Decimal // what a perfect total is published as
	full  decimal.Decimal // attainable points of a root that sums
	root  branch
	// leaves and pillars are how many there are, so that a score allocates once.
	leaves, pillars int
	views           []viewPlan // of the views that concern the group
	parts           int        // nodes that views are made of
}

// A branch is a pillar in a plan.
type branch struct {
	pillar   *criteria.Pillar
	inSum    bool            // its parent sums
	inLedger bool            // it and all pillars above it sum, so that its children stand in the ledger
	points   decimal.Decimal // of the pillar for the group, where its parent sums
	weight   decimal.Decimal
	branches []branch
	leaves   []leaf
	from, to int // places of the indicators below it, to not among them, in the order of eachLeaf
	part     int // place among the nodes that views are made of, from 1; 0: no view has it
}

// A leaf is an indicator in a plan.
type leaf struct {
	ind      *criteria.Indicator
	pillar   *criteria.Pillar
	inSum    bool            // its parent sums
	inLedger bool            // all pillars above it sum
	points   decimal.Decimal // attainable; 0 where the indicator has none
	weight   decimal.Decimal
	lowest   rule.Fraction // lowest share
	judge    rule.Judge
	estimate bool            // the judge has the bounds of an earlier round
	slots    *criteria.Slots // the set's, of the slots in reads
	policy   criteria.NotApplicablePolicy
	reads    []read
	asks     bool // an input of its own is by the agency, so evidence is the agency's
	part     int  // place among the nodes that views are made of, from 1; 0: no view has it
}

// A read is an input that a leaf's rule reads, or another input of the indicator.
type read struct {
	name  string // input id or "figures.staff"
	slot  int    // in the set's numbering
	input criteria.Input
}

func (b *branch) eachLeaf(visit func(*leaf)) {
	for i := range b.branches {
		b.branches[i].eachLeaf(visit)
	}
	for i := range b.leaves {
		visit(&b.leaves[i])
	}
}

// number gives the indicators below their places from one on, and returns the place after the last.
func (b *branch) number(from int) int {
	b.from, b.to = from, from
	for i := range b.branches {
		b.to = b.branches[i].number(b.to)
	}
	b.to += len(b.leaves)
	return b.to
}

// below counts the pillars below this one.
func (b *branch) below() int {
	n := len(b.branches)
	for i := range b.branches {
		n += b.branches[i].below()
	}
	return n
}

// A fitter builds the plan of one agency group.
type fitter struct {
	set    *criteria.Set
	group  string
	cohort []Entrant               // nil: not known
	bounds map[string][]rule.Bound // of an earlier round, by indicator id; where the cohort is not known
}

func (f fitter) branch(p *criteria.Pillar, inSum, inLedger bool) branch {
	sums := p.Combine == criteria.Sum
	b := branch{pillar: p, inSum: inSum, inLedger: inLedger && sums, weight: p.Weight}
	if inSum {
		b.points = p.PointsFor(f.group)
	}
	for _, child := range p.Pillars {
		if child.Concerns(f.group) {
			b.branches = append(b.branches, f.branch(child, sums, b.inLedger))
		}
	}
	for _, ind := range p.Indicators {
		if ind.Concerns(f.group) {
			b.leaves = append(b.leaves, f.leaf(ind, p, b.inLedger))
		}
	}
	return b
}

func (f fitter) leaf(ind *criteria.Indicator, p *criteria.Pillar, inLedger bool) leaf {
	l := leaf{ind: ind, pillar: p, inSum: p.Combine == criteria.Sum, inLedger: inLedger, weight: ind.Weight}
	l.policy = f.set.PolicyFor(ind)
	basis := rule.Basis{Min: ind.Min}
	if points, ok := ind.Points[f.group]; ok {
		l.points = points
		basis.Points = &points
		if points.IsPositive() {
			l.lowest = rule.FractionOf(ind.Min, points)
		}
	}
	if rule.Relative(ind.Rule) && f.cohort != nil {
		basis.Group, basis.Round = f.cohorts(ind)
	}
	l.judge, l.estimate = f.judge(ind, basis)
	l.slots, l.reads = f.set.Slots(), reads(f.set, ind)
	for _, in := range ind.Inputs {
		l.asks = l.asks || in.By == criteria.ByAgency
	}
	return l
}

// judge fits the indicator's rule, or estimates with the bounds of an earlier round.
func (f fitter) judge(ind *criteria.Indicator, basis rule.Basis) (j rule.Judge, estimate bool) {
	if e, ok := ind.Rule.(rule.Estimator); ok && f.cohort == nil {
		if j, ok := e.Estimate(f.bounds[ind.ID]); ok {
			return j, true
		}
	}
	return ind.Rule.Fit(basis), false
}

// cohorts are the inputs of the agencies that the indicator concerns, of the group and of all groups.
func (f fitter) cohorts(ind *criteria.Indicator) (group, round []rule.Inputs) {
	group, round = []rule.Inputs{}, []rule.Inputs{}
	for i := range f.cohort {
		e := &f.cohort[i]
		if !ind.Concerns(e.Agency.Group) || ind.When != "" && !e.Agency.HasTag(ind.When) {
			continue
		}
		if _, overruled := e.Submission.Awards[ind.ID]; overruled || e.Submission.LeftOut[ind.ID] {
			continue // a review put points in place of the answer, or struck it out: nobody is measured against it
		}
		in := e.Submission.Inputs(ind.ID)
		round = append(round, in)
		if e.Agency.Group == f.group {
			group = append(group, in)
		}
	}
	return group, round
}

// reads lists the indicator's inputs and the figures that its rule reads.
func reads(set *criteria.Set, ind *criteria.Indicator) []read {
	slots := set.Slots()
	var all []read
	for _, in := range ind.Inputs {
		all = append(all, readAt(slots, in.ID, submission.Key{Indicator: ind.ID, Input: in.ID}, in))
	}
	seen := map[string]bool{}
	for _, r := range ind.Rule.Reads() {
		id, ok := submission.Figure(r.Input)
		if !ok || seen[r.Input] {
			continue
		}
		seen[r.Input] = true
		if in, ok := set.Figure(id); ok {
			all = append(all, readAt(slots, r.Input, submission.Key{Indicator: criteria.FiguresID, Input: id}, in))
		}
	}
	return all
}

func readAt(slots *criteria.Slots, name string, key submission.Key, in criteria.Input) read {
	slot, _ := slots.Of(key) // every input of the set has one
	return read{name: name, slot: slot, input: in}
}

// inputs looks up what an agency entered for the leaf, without a search through the names of the whole set.
func (l *leaf) inputs(answers *submission.Answers) rule.Inputs {
	return func(name string) rule.Value {
		for i := range l.reads {
			if l.reads[i].name == name {
				return answers.AtSlot(l.slots, l.reads[i].slot).Value
			}
		}
		return rule.Value{}
	}
}
