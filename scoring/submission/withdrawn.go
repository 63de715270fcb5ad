package submission

import "github.com/opendti/dti/criteria/diag"

// InForce are the decisions without those of stage appeal about objections that were withdrawn, and what is to be told of
// these. It is the one place where they are set aside: withdrawing an objection gives the scores of a round that never
// heard it. The decisions of a round that is Settled are in force.
func (r *Round) InForce() ([]Decision, diag.Problems) {
	var told diag.Problems
	var left []Decision
	for i, d := range r.Decisions {
		objection, withdrawn := r.withdrawn(d)
		switch {
		case withdrawn:
			if told == nil {
				left = append(left, r.Decisions[:i]...)
			}
			told.Add(diag.Problem{
				Place: d.Place, Kind: "appeal-withdrawn", Args: []any{d.Indicator, objection.Withdrawn}, Severity: diag.Info,
				Agency: d.Agency, Indicator: d.Indicator, Input: d.Input,
			})
		case told != nil:
			left = append(left, d)
		}
	}
	if told == nil {
		return r.Decisions, nil
	}
	return left, told
}

// withdrawn finds the withdrawn objection that a decision of stage appeal is about; ok is false where there is none, or
// where another objection about the same stands.
func (r *Round) withdrawn(d Decision) (found Objection, ok bool) {
	if d.Stage != Appeal {
		return Objection{}, false
	}
	for _, o := range r.Cycle.Objections {
		switch {
		case !o.meets(d):
		case o.Withdrawn == "":
			return Objection{}, false
		default:
			found, ok = o, true
		}
	}
	return found, ok
}

// AnsweredBy reports whether a decision answers the objection: it is of a later stage than the first, and about the same
// answer.
func (o Objection) AnsweredBy(d Decision) bool { return d.Stage > Review && o.meets(d) }

// meets reports whether an objection and a decision are about the same answer; one without an input is about them all.
func (o Objection) meets(d Decision) bool {
	return o.Agency == d.Agency && o.Indicator == d.Indicator && (o.Input == "" || d.Input == "" || o.Input == d.Input)
}
