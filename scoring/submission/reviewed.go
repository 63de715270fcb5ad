package submission

import (
	"slices"

	"github.com/opendti/dti/criteria/rule"
)

// Reviewed lays decisions over a claim and returns the final submission; the claim stays as it was. Decisions of other
// agencies are passed over; a later stage overrides an earlier one; within a stage they apply in their order. Where the
// round has reviews, the agency's own "not applicable" is missing until a decision accepts it. Without decisions and
// reviews the result is the claim.
func (s Submission) Reviewed(decisions []Decision, roundReviewed bool) Submission {
	final := s
	copied := false
	own := func() {
		if !copied {
			final.Answers = s.Answers.Clone()
			final.Awards = map[string]Award{}
			final.Applied = map[string]Decision{}
			copied = true
		}
	}
	for _, d := range inStages(decisions, s.Agency) {
		own()
		final.decide(s, d)
	}
	if !roundReviewed {
		return final
	}
	for key, answer := range s.Answers.All() {
		if answer.Value.IsNotApplicable() && !final.decided(key.Indicator) {
			own()
			answer.Value = rule.Value{}
			final.Answers.Put(key, answer)
		}
	}
	return final
}

// inStages picks an agency's decisions, earlier stages first.
func inStages(decisions []Decision, agency string) []Decision {
	var own []Decision
	for _, d := range decisions {
		if d.Agency == agency {
			own = append(own, d)
		}
	}
	slices.SortStableFunc(own, func(a, b Decision) int { return int(a.Stage) - int(b.Stage) })
	return own
}

// decide applies one decision to a submission that owns its maps.
func (s *Submission) decide(claim Submission, d Decision) {
	s.Applied[d.Indicator] = d
	delete(s.Awards, d.Indicator)
	switch {
	case d.Verdict == Reject:
		s.Awards[d.Indicator] = Award{Decision: d}
	case d.Verdict == Set && d.Points.Set:
		s.Awards[d.Indicator] = Award{Points: d.Points.Value, Decision: d}
	case d.Verdict == Set:
		s.Answers.Put(Key{Indicator: d.Indicator, Input: d.Input}, Answer{Value: d.Value, Place: d.Place})
	default:
		s.restore(claim, d)
	}
}

// restore puts back what was claimed, where an earlier stage had set something else.
func (s *Submission) restore(claim Submission, d Decision) {
	for key := range s.Answers.All() {
		if key.Indicator == d.Indicator && (d.Input == "" || key.Input == d.Input) {
			s.Answers.Put(key, claim.Answers.At(key))
		}
	}
}

func (s *Submission) decided(indicator string) bool {
	_, ok := s.Applied[indicator]
	return ok
}
