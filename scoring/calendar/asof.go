package calendar

import (
	"maps"
	"slices"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// asOf is the round as it was known on a day: without what carries a later date. The round stays as it was. What carries
// no date counts as known.
func asOf(round *submission.Round, day rule.Date) *submission.Round {
	known := *round
	known.Decisions = upTo(round.Decisions, day, func(d submission.Decision) rule.Date { return d.Date })
	known.Cycle.Receipts = upTo(round.Cycle.Receipts, day, func(r submission.Receipt) rule.Date { return r.Received })
	known.Cycle.Objections = upTo(round.Cycle.Objections, day, func(o submission.Objection) rule.Date { return o.Filed })
	for i, o := range known.Cycle.Objections {
		if o.Withdrawn > day {
			known.Cycle.Objections[i].Withdrawn = ""
		}
	}
	arrived := map[string]bool{}
	for _, r := range known.Cycle.Receipts {
		arrived[r.Agency] = true
	}
	known.Submissions = maps.Clone(round.Submissions)
	coming := map[string]bool{}
	for _, r := range round.Cycle.Receipts {
		if !arrived[r.Agency] {
			coming[r.Agency] = true
			delete(known.Submissions, r.Agency)
		}
	}
	known.Problems = slices.DeleteFunc(slices.Clone(round.Problems), func(p diag.Problem) bool { return coming[p.Agency] })
	return &known
}

// upTo copies a list without what is dated after a day.
func upTo[T any](list []T, day rule.Date, dated func(T) rule.Date) []T {
	kept := make([]T, 0, len(list))
	for _, x := range list {
		if dated(x) <= day {
			kept = append(kept, x)
		}
	}
	return kept
}
