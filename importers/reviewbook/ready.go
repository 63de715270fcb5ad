package reviewbook

import (
	"cmp"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/scoring/submission"
)

// An offer is a word by which a row decides what it names itself: keep or grant.
type offer struct {
	key  string // of the row
	word submission.Verdict
}

// ready is a decision that a row names itself. It is the one that the verifier saw, whatever is decided since.
type ready struct {
	verdict       submission.Verdict
	value, points string // as spelled; "": none
}

// readyOf is what a row decides by keep or grant; ok is false where it names nothing of the kind.
func readyOf(r Row, word submission.Verdict) (one ready, ok bool) {
	switch {
	case word == keep && len(r.Earlier) > 0:
		d := r.Earlier[len(r.Earlier)-1]
		return readied(d.Verdict, d.Value, d.Points), true
	case word == grant && r.Objection != nil && r.Objection.Value.IsMissing() && !r.Objection.Points.Set:
		return ready{verdict: accept}, true
	case word == grant && r.Objection != nil:
		return readied(set, r.Objection.Value, r.Objection.Points), true
	default:
		return ready{}, false
	}
}

func readied(verdict submission.Verdict, value rule.Value, points rule.Optional) ready {
	one := ready{verdict: verdict}
	switch {
	case verdict != set:
	case points.Set:
		one.points = plain(points.Value)
	default:
		one.value = spelled(value)
	}
	return one
}

// readied reads what a row of the hidden sheet has ready, behind its key and its claim.
func (l *label) readied(row sheet.Row, key string) {
	col := 4
	for _, word := range []submission.Verdict{keep, grant} {
		is, _ := row.At(col)
		value, _ := row.At(col + 1)
		points, _ := row.At(col + 2)
		for v := accept; v <= reject; v++ {
			if is.Text == v.String() {
				l.ready[offer{key, word}] = ready{verdict: v, value: value.Text, points: points.Text}
			}
		}
		col += 3
	}
}

// cells are the value and the points as if a verifier had typed them; blank ones have the place.
func (r ready) cells(at diag.Place, in criteria.Input) (value, points sheet.Cell) {
	points = sheet.Cell{Place: at, Text: r.points, Numeric: r.points != ""}
	value.Place = at
	kind, rest, _ := strings.Cut(r.value, " ")
	switch kind {
	case isNotApplicable, isYes, isNo:
		value.Text = kind
	case isNumber:
		value.Text, value.Numeric = rest, true
		if d, err := decimal.NewFromString(rest); err == nil && in.Type == rule.Percent {
			value.Text, value.Percent = d.Shift(-2).String(), true
		}
	case isOptions:
		value.Text = cmp.Or(rest, ";") // none of the options, which is an answer
	default:
		value.Text = rest
	}
	return value, points
}
