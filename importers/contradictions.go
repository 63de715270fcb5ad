package importers

import (
	"slices"
	"strings"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// A division is an indicator of an agency group whose rule divides one answer by another.
type division struct {
	ind   *criteria.Indicator
	judge rule.Judge // without a cohort
	reads []rule.Read
}

// contradictions tells answers that can be read one by one but not together, such as a ratio over 0 for which the set
// has no rule. What decisions have put right is settled.
func (o *opener) contradictions() {
	decisions := map[string][]submission.Decision{}
	for _, d := range o.round.Decisions {
		decisions[d.Agency] = append(decisions[d.Agency], d)
	}
	groups := map[string][]division{}
	for _, a := range o.round.Agencies {
		divisions, known := groups[a.Group]
		if !known {
			divisions = o.divisions(a.Group)
			groups[a.Group] = divisions
		}
		if len(divisions) == 0 {
			continue
		}
		claim := o.round.Submissions[a.Code]
		final := claim.Reviewed(decisions[a.Code], o.round.Reviewed)
		for _, d := range divisions {
			if d.ind.When == "" || a.HasTag(d.ind.When) {
				o.contradiction(a, d, &claim, &final)
			}
		}
	}
}

// divisions lists the indicators of a group that divide, in the set's order.
func (o *opener) divisions(group string) []division {
	var all []division
	for ind := range o.round.Set.Root.AllIndicators() {
		reads := ind.Rule.Reads()
		divides := slices.ContainsFunc(reads, func(r rule.Read) bool { return strings.Contains(r.At, "over") })
		if !divides || !ind.Concerns(group) {
			continue
		}
		basis := rule.Basis{Min: ind.Min}
		if points, ok := ind.Points[group]; ok {
			basis.Points = &points
		}
		all = append(all, division{ind: ind, judge: ind.Rule.Fit(basis), reads: reads})
	}
	return all
}

// contradiction looks at one indicator of one agency, as claimed and as decided.
func (o *opener) contradiction(a submission.Agency, d division, claim, final *submission.Submission) {
	_, awarded := final.Awards[d.ind.ID]
	after, open := d.fails(final)
	open = open && !awarded
	at, failed := after, open
	if !open {
		at, failed = d.fails(claim)
	}
	if !failed {
		return
	}
	in := claim.Inputs(d.ind.ID)
	if open {
		in = final.Inputs(d.ind.ID)
	}
	o.problems.Add(diag.Problem{
		Place: at, Kind: "answers-contradict", Args: []any{indicatorName(d.ind), d.judge.Judge(in).Note},
		Severity: diag.Error, Agency: a.Code, Indicator: d.ind.ID, Settled: !open,
	})
}

// fails reports whether answers that can all be read contradict each other, and where the last of them stands.
func (d division) fails(sub *submission.Submission) (at diag.Place, failed bool) {
	in := sub.Inputs(d.ind.ID)
	if d.judge.Judge(in).Status != rule.Invalid {
		return at, false
	}
	for _, r := range d.reads {
		key := submission.Key{Indicator: d.ind.ID, Input: r.Input}
		if id, ok := submission.Figure(r.Input); ok {
			key = submission.Key{Indicator: criteria.FiguresID, Input: id}
		}
		answer := sub.Answers.At(key)
		if answer.Value.IsInvalid() {
			return at, false // told where it was read
		}
		if answer.Place.File != "" {
			at = answer.Place
		}
	}
	return at, true
}
