package submission

import (
	"slices"

	"github.com/opendti/dti/criteria"
)

// An Item is what a verifier appraises: an indicator of an agency.
type Item struct {
	Agency    string // code
	Indicator *criteria.Indicator
}

// ReviewItems are what verifiers appraise: every indicator that concerns an agency and of which the agency entered
// something, be it that the indicator does not apply. They stand in the order of the agencies, then of the set.
func (r *Round) ReviewItems() []Item {
	var items []Item
	for _, a := range r.Agencies {
		for ind := range r.Set.Root.AllIndicators() {
			if a.concernedBy(ind) && r.entered(a.Code, ind) {
				items = append(items, Item{Agency: a.Code, Indicator: ind})
			}
		}
	}
	return items
}

// Unreviewed are the items of ranked agencies about which nobody decided anything, in the order of ReviewItems.
func (r *Round) Unreviewed() []Item {
	reviewed := map[answerOf]bool{}
	for _, d := range r.Decisions {
		reviewed[answerOf{d.Agency, Key{Indicator: d.Indicator}}] = true
	}
	unranked := map[string]bool{}
	for _, a := range r.Agencies {
		unranked[a.Code] = a.Unranked
	}
	var items []Item
	for _, item := range r.ReviewItems() {
		if !unranked[item.Agency] && !reviewed[answerOf{item.Agency, Key{Indicator: item.Indicator.ID}}] {
			items = append(items, item)
		}
	}
	return items
}

// AwaitingReview are the unreviewed items that keep the release a draft: none where the round does not require its
// review, and none of an agency whose silence-accepted review is over.
func (r *Round) AwaitingReview() []Item {
	if !r.Cycle.ReviewRequired {
		return nil
	}
	var items []Item
	for _, item := range r.Unreviewed() {
		if !r.SilenceAccepts(item.Agency) {
			items = append(items, item)
		}
	}
	return items
}

// SilenceAccepts reports whether what nobody reviewed of an agency counts as accepted: the calendar says so, and the
// release is of the last day of the agency's review or later.
func (r *Round) SilenceAccepts(agency string) bool {
	review, ok := r.Cycle.Calendar.Milestone(Reviewing)
	last := review.Last(agency)
	return ok && review.SilenceAccepts && last != "" && r.Release.Date >= last
}

// NeedsAcceptance reports whether an agency's own "not applicable" counts as missing until a decision accepts it: the
// round has reviews, and silence does not accept it.
func (r *Round) NeedsAcceptance(agency string) bool { return r.Reviewed && !r.SilenceAccepts(agency) }

// ReleaseStatus is what the results may be released as: what the round says, but a draft while Errors are not settled
// or a required review is not done.
func (r *Round) ReleaseStatus() Status {
	if r.Problems.Stopping() > 0 || len(r.AwaitingReview()) > 0 {
		return Draft
	}
	return r.Release.Status
}

// VerifierName is the printed name of a verifier: the set's, else that of the agency of this code; nil where neither has
// one.
func (r *Round) VerifierName(code string) criteria.Text {
	if name := r.Set.VerifierName(code); name != nil {
		return name
	}
	agency, _ := r.Agency(code)
	return agency.Name
}

// concernedBy reports whether an indicator concerns an agency: its group, and its tags.
func (a Agency) concernedBy(ind *criteria.Indicator) bool {
	return ind.Concerns(a.Group) && (ind.When == "" || a.HasTag(ind.When))
}

// entered reports whether an agency entered something for an indicator: for one of its inputs, or, where its rule reads
// none of them, for one of the figures that it reads. What others enter is not the agency's.
func (r *Round) entered(agency string, ind *criteria.Indicator) bool {
	answers := r.Submissions[agency].Answers
	has := func(in criteria.Input, owner string) bool {
		return in.By == criteria.ByAgency && !answers.At(Key{Indicator: owner, Input: in.ID}).Value.IsMissing()
	}
	if slices.ContainsFunc(ind.Inputs, func(in criteria.Input) bool { return has(in, ind.ID) }) {
		return true
	}
	figures := false
	for _, read := range ind.Rule.Reads() {
		id, is := Figure(read.Input)
		if !is {
			return false
		}
		in, known := r.Set.Figure(id)
		figures = figures || known && has(in, criteria.FiguresID)
	}
	return figures
}
