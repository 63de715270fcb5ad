package table

import (
	"strings"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/scoring/submission"
)

var adjustmentHeaders = []string{"agency", "kind", "value", "points", "rating_cap", "reason", "decision"}

// ReadAdjustments reads a table of decisions that change a total or bound a rating: in the columns points and rating_cap,
// or with `kind`, which is one of the two, and `value`. A row that repeats another one counts too, and is told.
func ReadAdjustments(source Source, want Want, problems *diag.Problems) []submission.Adjustment {
	f := fixed{source: source, known: adjustmentHeaders, required: []string{"agency", "reason"}, problems: problems}
	var list []submission.Adjustment
	first := map[string]diag.Place{}
	for row := range f.records {
		a, ok := want.adjustment(row, problems)
		if !ok {
			continue
		}
		key := strings.Join([]string{a.Agency, a.Points.Value.String(), a.RatingCap, a.Reason, a.Decision}, "\x00")
		if other, twice := first[key]; twice {
			problems.Add(diag.Problem{
				Place: a.Place, Kind: "adjustment-twice", Args: []any{other.String()}, Severity: diag.Warning, Agency: a.Agency,
			})
		} else {
			first[key] = a.Place
		}
		list = append(list, a)
	}
	return list
}

func (w Want) adjustment(row record, problems *diag.Problems) (submission.Adjustment, bool) {
	a := submission.Adjustment{Reason: row.text("reason"), Decision: row.text("decision"), Place: row.Place()}
	agency, known := w.agency(row, problems)
	a.Agency = agency.Code
	if a.Reason == "" {
		problems.Fault(row.Place(), "adjustment-no-reason")
	}
	value, valued := row.cell("value")
	kind, kinded := row.cell("kind")
	points, pointed := row.cell("points")
	limit, limited := row.cell("rating_cap")
	switch {
	case valued && kinded && !pointed && !limited:
		switch word(kind, "adjustment-kind", problems, "points", "rating_cap") {
		case 0:
			points, pointed = value, true
		case 1:
			limit, limited = value, true
		default:
			return a, false
		}
	case valued || kinded || !pointed && !limited:
		problems.Fault(row.Place(), "adjustment-incomplete")
		return a, false
	}
	read := (!pointed || w.adjusts(points, &a, problems)) && (!limited || w.limits(limit, &a, problems))
	return a, known && read && a.Reason != ""
}

// adjusts reads the points of an adjustment.
func (w Want) adjusts(c sheet.Cell, a *submission.Adjustment, problems *diag.Problems) bool {
	points, err := w.number(c)
	if err != nil || points.IsZero() {
		problems.Fault(c.Place, "adjustment-points", text(c.Text))
		return false
	}
	a.Place, a.Points = c.Place, rule.Optional{Value: points, Set: true}
	return true
}

// limits reads the best rating that an adjustment leaves.
func (w Want) limits(c sheet.Cell, a *submission.Adjustment, problems *diag.Problems) (ok bool) {
	if a.RatingCap, ok = w.rating(text(c.Text)); !ok {
		unknown(problems, c.Place, "unknown-rating", text(c.Text), ratingIDs(w.Set))
		return false
	}
	if !a.Points.Set {
		a.Place = c.Place
	}
	return true
}
