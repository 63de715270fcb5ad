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
	// overs are the inputs that are divided by, where each stands alone; none where some are added up.
	overs []string
}

// contradictions tells answers that can be read one by one but not together, such as a ratio over 0 for which the set
// has no rule. What decisions have put right is settled.
func (o *opener) contradictions() {
	decisions := map[string][]submission.Decision{}
	inForce, _ := o.round.InForce()
	for _, d := range inForce {
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
		final := claim.Reviewed(decisions[a.Code], o.round.NeedsAcceptance(a.Code))
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
		divides, overs := divisors(reads)
		if !divides || !ind.Concerns(group) {
			continue
		}
		basis := rule.Basis{Min: ind.Min}
		if points, ok := ind.Points[group]; ok {
			basis.Points = &points
		}
		all = append(all, division{ind: ind, judge: ind.Rule.Fit(basis), reads: reads, overs: overs})
	}
	return all
}

// divisors finds the inputs that a rule divides by; alone is empty where some of them are added up.
func divisors(reads []rule.Read) (divides bool, alone []string) {
	summed := false
	for _, r := range reads {
		if strings.Contains(r.At, "over") {
			divides, summed = true, summed || strings.Contains(r.At, "over[")
			alone = append(alone, r.Input)
		}
	}
	if summed {
		alone = nil
	}
	return divides, alone
}

// suspect reports whether a submission needs a closer look: what it divides by may be 0 or below. Most never are, and
// this costs a fraction of a judgement.
func (d division) suspect(sub *submission.Submission) bool {
	in := sub.Inputs(d.ind.ID)
	return len(d.overs) == 0 || slices.ContainsFunc(d.overs, func(name string) bool {
		n, ok := in(name).Number()
		return ok && !n.IsPositive()
	})
}

// contradiction looks at one indicator of one agency, as decided and as claimed.
func (o *opener) contradiction(a submission.Agency, d division, claim, final *submission.Submission) {
	if !d.suspect(final) && (len(final.Applied) == 0 || !d.suspect(claim)) {
		return
	}
	at, note, open := d.fails(final)
	if _, awarded := final.Awards[d.ind.ID]; awarded {
		open = false
	}
	failed := open
	if !open {
		at, note, failed = d.fails(claim)
	}
	if failed {
		o.problems.Add(diag.Problem{
			Place: at, Kind: "answers-contradict", Args: []any{indicatorName(d.ind), note},
			Severity: diag.Error, Agency: a.Code, Indicator: d.ind.ID, Settled: !open,
		})
	}
}

// fails reports whether answers contradict each other, how, and where the last of them stands. Answers that cannot be
// read were told where they stand and are left aside.
func (d division) fails(sub *submission.Submission) (at diag.Place, note rule.Note, failed bool) {
	in := sub.Inputs(d.ind.ID)
	judged := d.judge.Judge(func(name string) rule.Value {
		if v := in(name); !v.IsInvalid() {
			return v
		}
		return rule.Value{}
	})
	if judged.Status != rule.Invalid {
		return at, note, false
	}
	for _, r := range d.reads {
		key := submission.Key{Indicator: d.ind.ID, Input: r.Input}
		if id, ok := submission.Figure(r.Input); ok {
			key = submission.Key{Indicator: criteria.FiguresID, Input: id}
		}
		if answer := sub.Answers.At(key); answer.Place.File != "" {
			at = answer.Place
		}
	}
	return at, judged.Note, true
}
