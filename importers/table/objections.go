package table

import (
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/scoring/submission"
)

var objectionHeaders = []string{"agency", "indicator", "input", "value", "points", "reason", "filed", "withdrawn"}

// ReadObjections reads a table of appeals as agencies filed them.
func ReadObjections(source Source, want Want, problems *diag.Problems) []submission.Objection {
	type key struct{ agency, indicator, input string }
	first := map[key]diag.Place{}
	r := &reviews{Want: want, problems: problems}
	f := fixed{source: source, known: objectionHeaders, required: []string{"agency", "indicator", "reason"}, problems: problems}
	var list []submission.Objection
	for row := range f.records {
		o, ok := r.objection(row)
		if !ok {
			continue
		}
		k := key{o.Agency, o.Indicator, o.Input}
		if other, twice := first[k]; twice && o.Withdrawn == "" {
			problems.Fault(o.Place, "objection-twice", o.Agency, subject(o), other.String())
			continue
		}
		if o.Withdrawn == "" {
			first[k] = o.Place
		}
		list = append(list, o)
	}
	return list
}

// subject names what an objection is about, as tables do.
func subject(o submission.Objection) string {
	if o.Input == "" || o.Input == "value" {
		return o.Indicator
	}
	return o.Indicator + "." + o.Input
}

// objection reads one row: like a decision that sets, but what is asked for may be left out, and then it is the claim.
func (r *reviews) objection(row record) (submission.Objection, bool) {
	o := submission.Objection{Reason: row.text("reason"), Place: row.Place()}
	agency, known := r.agency(row, r.problems)
	o.Agency = agency.Code
	var d submission.Decision
	to, found := r.target(row, &d)
	o.Indicator, o.Input = d.Indicator, d.Input
	if o.Reason == "" {
		r.problems.Fault(row.Place(), "objection-no-reason")
	}
	var filed, withdrawn bool
	o.Filed, filed = r.day(row, "filed", r.problems)
	o.Withdrawn, withdrawn = r.day(row, "withdrawn", r.problems)
	if withdrawn && o.Withdrawn != "" && o.Withdrawn < o.Filed {
		r.problems.Fault(row.Place(), "objection-withdrawn-early", o.Withdrawn, o.Filed)
		withdrawn = false
	}
	if !known || !found || !filed || !withdrawn || o.Reason == "" {
		return o, false
	}
	ok := r.asked(row, &d, to, agency)
	o.Value, o.Points = d.Value, d.Points
	return o, ok
}

// asked reads the value or the points that an agency asks for.
func (r *reviews) asked(row record, d *submission.Decision, to target, a submission.Agency) bool {
	value, valued := row.cell("value")
	points, pointed := row.cell("points")
	switch {
	case valued && pointed:
		r.problems.Fault(row.Place(), "objection-value-or-points")
		return false
	case pointed:
		return r.points(points, d, to, a)
	case valued:
		return r.value(value, d, to)
	default:
		return true
	}
}
