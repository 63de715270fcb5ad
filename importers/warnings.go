package importers

import (
	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

func invalid(a submission.Answer) submission.Answer {
	a.Value = rule.InvalidValue()
	return a
}

// markSent says which agencies sent something: a form, or an answer that is the agency's to give. Where a set asks
// agencies for nothing, any answer counts.
func (o *opener) markSent() {
	own := map[submission.Key]bool{}
	add := func(indicator string, inputs []criteria.Input) {
		for _, in := range inputs {
			if in.By == criteria.ByAgency {
				own[submission.Key{Indicator: indicator, Input: in.ID}] = true
			}
		}
	}
	add(criteria.FiguresID, o.round.Set.Figures)
	for ind := range o.round.Set.Root.AllIndicators() {
		add(ind.ID, ind.Inputs)
	}
	for code, sub := range o.round.Submissions {
		for key, answer := range sub.Answers.All() {
			if (own[key] || len(own) == 0) && !answer.Value.IsMissing() {
				sub.Sent = true
				break
			}
		}
		o.round.Submissions[code] = sub
	}
}

// warn tells what stops nothing: agencies that sent nothing, evidence that is missing, indicators said not to apply.
func (o *opener) warn() {
	told := o.unreasoned()
	for _, a := range o.round.Agencies {
		sub := o.round.Submissions[a.Code]
		if !sub.Sent {
			if !o.refused[a.Code] { // else it is told what is wrong with what it sent
				o.warning(a, a.Place, "nothing-sent", a.Code, a.Name)
			}
			continue
		}
		var bare []string
		var first diag.Place // of the first answer without evidence
		for ind := range o.round.Set.Root.AllIndicators() {
			at, answered := o.answered(a, sub, ind, told)
			if !answered || !ind.Evidence.Required || !ind.Concerns(a.Group) || len(sub.Evidence[ind.ID]) > 0 {
				continue
			}
			if len(bare) == 0 {
				first = at
			}
			bare = append(bare, indicatorName(ind))
		}
		if len(bare) > 0 {
			o.warning(a, first, "evidence-missing", a.Code, bare)
		}
	}
}

// A waiver is an agency's claim that an indicator does not apply.
type waiver struct{ agency, indicator string }

// unreasoned are the claims that a workbook was asked the reason of, which says that they are there.
func (o *opener) unreasoned() map[waiver]bool {
	told := map[waiver]bool{}
	for _, p := range o.problems {
		if p.Kind == "na-without-reason" {
			told[waiver{p.Agency, p.Indicator}] = true
		}
	}
	return told
}

// answered finds the first answer of an agency's own to an indicator that claims something. One that says that the
// indicator does not apply is told instead, unless it was already.
func (o *opener) answered(a submission.Agency, sub submission.Submission, ind *criteria.Indicator, told map[waiver]bool) (at diag.Place, ok bool) {
	for _, in := range ind.Inputs {
		answer := sub.Answers.At(submission.Key{Indicator: ind.ID, Input: in.ID})
		if answer.Value.IsNotApplicable() {
			if told[waiver{a.Code, ind.ID}] {
				return at, false
			}
			o.warning(a, answer.Place, "claims-not-applicable", indicatorName(ind))
			return at, false
		}
		if !ok && in.By == criteria.ByAgency && claimsSomething(answer.Value) {
			at, ok = answer.Place, true
		}
	}
	return at, ok
}

// claimsSomething reports whether an answer asks for evidence: a plain no does not.
func claimsSomething(v rule.Value) bool {
	if yes, ok := v.Yes(); ok {
		return yes
	}
	return !v.IsMissing()
}

// indicatorName is an indicator's display number, else its id.
func indicatorName(ind *criteria.Indicator) string {
	if ind.No != "" {
		return ind.No
	}
	return ind.ID
}

func (o *opener) warning(a submission.Agency, at diag.Place, kind string, args ...any) {
	o.problems.Add(diag.Problem{Place: at, Kind: kind, Args: args, Severity: diag.Warning, Agency: a.Code})
}
