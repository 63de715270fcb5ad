package scoring

import (
	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// A ViewScore is the published score of one view: share × scale of scale, with the decimals of the total.
type ViewScore struct {
	View    *criteria.View
	Score   decimal.Decimal
	Of      decimal.Decimal // 0 where nothing in the view applies to the agency
	Applies bool
}

// A ViewResult is a ViewScore with what it is made of.
type ViewResult struct {
	ViewScore
	Share decimal.Decimal // −1..1 of what applies, 18 decimals; 0 where nothing applies
	Parts []PartShare     // all parts of the view, in its order
}

// A PartShare is what an agency reached in one part of a view.
type PartShare struct {
	Part    *criteria.ViewPart
	Share   decimal.Decimal // 18 decimals
	Applies bool            // it counts; else it leaves the view, and the other weights are re-based
}

// ViewStats describe one view over the ranked agencies of a group to which it applies.
type ViewStats struct {
	View     *criteria.View
	Agencies int             // ranked agencies to which it applies
	Of       decimal.Decimal // as the group's total is out of
	Mean     decimal.Decimal // of the published scores, decimals of the total
}

// reached is what a node that views are made of comes to, for the pillar above as for every view.
type reached struct {
	share  decimal.Decimal // working decimals
	counts bool
}

// A viewPlan is a view in a plan.
type viewPlan struct {
	view  *criteria.View
	parts []int // of each part its place among the nodes, from 1; 0: it does not concern the group
}

// viewPlans numbers the nodes that views are made of, so that each is kept once while an agency is scored.
func (p *plan) viewPlans(set *criteria.Set) []viewPlan {
	if len(set.Views) == 0 {
		return nil
	}
	var plans []viewPlan
	places := map[any]*int{}
	p.root.enterParts(places)
	for i := range set.Views {
		v := &set.Views[i]
		if !v.Concerns(p.group) {
			continue
		}
		made := viewPlan{view: v, parts: make([]int, len(v.Parts))}
		for j, part := range v.Parts {
			at := places[nodeOf(part)]
			if at == nil {
				continue
			}
			if *at == 0 {
				p.parts++
				*at = p.parts
			}
			made.parts[j] = *at
		}
		plans = append(plans, made)
	}
	return plans
}

// nodeOf is the pillar or the indicator that a part is.
func nodeOf(p criteria.ViewPart) any {
	if p.Pillar != nil {
		return p.Pillar
	}
	return p.Indicator
}

// enterParts collects where the nodes below a branch keep their places.
func (b *branch) enterParts(places map[any]*int) {
	for i := range b.branches {
		places[b.branches[i].pillar] = &b.branches[i].part
		b.branches[i].enterParts(places)
	}
	for i := range b.leaves {
		places[b.leaves[i].ind] = &b.leaves[i].part
	}
}

// views rolls up what the nodes reached. What does not apply leaves a view as it leaves a pillar that does not sum; so
// does a missing answer where the set skips it.
func (s *scorer) views() []ViewResult {
	results := make([]ViewResult, len(s.plan.views))
	for i, v := range s.plan.views {
		results[i] = s.view(v)
	}
	return results
}

func (s *scorer) view(v viewPlan) ViewResult {
	res := ViewResult{ViewScore: ViewScore{View: v.view}, Parts: make([]PartShare, len(v.parts))}
	var operands []operand
	for i, at := range v.parts {
		part := &v.view.Parts[i]
		res.Parts[i].Part = part
		if at == 0 || !s.parts[at-1].counts {
			continue
		}
		share := s.parts[at-1].share
		operands = append(operands, operand{share, part.Weight})
		res.Parts[i].Share, res.Parts[i].Applies = share.Round(rule.KeptPlaces), true
	}
	share, ok := combine(v.view.Combine, operands)
	if !ok {
		return res
	}
	res.Applies, res.Share, res.Of = true, share.Round(rule.KeptPlaces), s.plan.of
	res.Score = published(s.set.Rounding.Total, kept(share.Mul(s.plan.of)))
	return res
}

func viewScores(results []ViewResult) []ViewScore {
	scores := make([]ViewScore, len(results))
	for i, r := range results {
		scores[i] = r.ViewScore
	}
	return scores
}

// viewStats describes the views that concern a group.
func viewStats(set *criteria.Set, group string, ranked []Standing) []ViewStats {
	var all []ViewStats
	for i := range set.Views {
		v := &set.Views[i]
		if !v.Concerns(group) {
			continue
		}
		st := ViewStats{View: v, Of: set.Of(group)}
		var values []decimal.Decimal
		for _, s := range ranked {
			if score, ok := s.View(v); ok {
				values = append(values, score.Score)
			}
		}
		if st.Agencies = len(values); st.Agencies > 0 {
			st.Mean = published(set.Rounding.Total, average(values))
		}
		all = append(all, st)
	}
	return all
}

// View is the agency's score of a view; ok is false where it does not apply to the agency.
func (s *Standing) View(v *criteria.View) (score ViewScore, ok bool) {
	for _, vs := range s.Views {
		if vs.View == v {
			return vs, vs.Applies
		}
	}
	return ViewScore{View: v}, false
}

// View is what the ranked agencies of the group reached in a view; ok is false where it applies to none of them.
func (s *Stats) View(v *criteria.View) (stats ViewStats, ok bool) {
	for _, vs := range s.Views {
		if vs.View == v {
			return vs, vs.Agencies > 0
		}
	}
	return ViewStats{View: v}, false
}
