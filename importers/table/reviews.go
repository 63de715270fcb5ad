package table

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/numeral"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/scoring/submission"
)

var reviewHeaders = []string{
	"agency", "indicator", "input", "stage", "decision", "value", "points", "reason", "reviewer", "date",
}

// ReadReviews reads a table of decisions. Its problems are the department's own: they name no answer.
func ReadReviews(source Source, want Want, problems *diag.Problems) []submission.Decision {
	r := &reviews{Want: want, problems: problems}
	f := fixed{source: source, known: reviewHeaders, required: []string{"agency", "indicator", "decision"}, problems: problems}
	var decisions []submission.Decision
	for row := range f.records {
		if d, ok := r.decision(row); ok {
			decisions = append(decisions, d)
		}
	}
	return decisions
}

type reviews struct {
	Want
	problems *diag.Problems
}

func (r *reviews) decision(row record) (submission.Decision, bool) {
	d := submission.Decision{Reason: row.text("reason"), Reviewer: row.text("reviewer"), Place: row.Place()}
	c, there := row.cell("agency")
	a, known := r.Agencies.Find(text(c.Text))
	switch {
	case !there:
		r.problems.Fault(row.Place(), "agency-no-code")
	case !known:
		unknownAgency(r.problems, c, r.Agencies)
	}
	to, found := r.target(row, &d)
	read := r.words(row, &d)
	if !there || !known || !found || !read {
		return d, false
	}
	d.Agency, d.Place = a.Code, c.Place
	return d, r.outcome(row, &d, to, a)
}

// target finds what is decided: an input, or a whole indicator.
func (r *reviews) target(row record, d *submission.Decision) (target, bool) {
	c, named := row.cell("indicator")
	if !named {
		r.problems.Fault(row.Place(), "table-no-indicator")
		return target{}, false
	}
	name, input := text(c.Text), row.text("input")
	if name == criteria.FiguresID {
		to, ok := (&answers{Want: r.Want, problems: r.problems}).figure(row, input)
		d.Indicator, d.Input = to.key.Indicator, to.key.Input
		return to, ok
	}
	to := target{}
	if ind, in, ok := inputNamed(r.Set, name); ok && input == "" && (ind == nil || name != ind.ID) {
		to = target{key: keyOf(ind, in), ind: ind, in: in}
	} else {
		ind, ok := findIndicator(r.Set, c, r.problems)
		if !ok {
			noIndicator(r.Set, c, name, r.problems)
			return target{}, false
		}
		to = target{key: submission.Key{Indicator: ind.ID}, ind: ind}
		if input != "" || len(ind.Inputs) == 1 {
			if to, ok = inputOf(row, ind, input, r.problems); !ok {
				return target{}, false
			}
		}
	}
	d.Indicator, d.Input = to.key.Indicator, to.key.Input
	return to, true
}

// words reads the stage, the decision and the day.
func (r *reviews) words(row record, d *submission.Decision) bool {
	ok := true
	verdict := -1
	if c, there := row.cell("decision"); !there {
		r.problems.Fault(row.Place(), "review-no-decision")
	} else {
		verdict = r.word(c, "accept", "set", "reject")
	}
	d.Verdict = submission.Verdict(verdict + 1)
	d.Stage = submission.Review
	if c, there := row.cell("stage"); there {
		stage := r.word(c, "review", "appeal", "council")
		d.Stage, ok = submission.Stage(stage+1), stage >= 0
	}
	if c, there := row.cell("date"); there {
		day, read := r.Reader.Day(c)
		if !read {
			r.problems.Fault(c.Place, "review-date", text(c.Text))
			return false
		}
		d.Date = day
	}
	return ok && verdict >= 0
}

// word finds one of some words; −1 after noting another one.
func (r *reviews) word(c sheet.Cell, words ...string) int {
	for i, w := range words {
		if strings.EqualFold(text(c.Text), w) {
			return i
		}
	}
	unknown(r.problems, c.Place, "review-unknown-word", text(c.Text), words)
	return -1
}

// outcome reads the value or points of a `set`, and holds the decision against what it needs.
func (r *reviews) outcome(row record, d *submission.Decision, to target, a submission.Agency) bool {
	value, valued := row.cell("value")
	points, pointed := row.cell("points")
	if d.Verdict != submission.Accept && d.Reason == "" {
		r.problems.Fault(row.Place(), "review-no-reason", a.Code, to.key.Indicator)
		return false
	}
	switch {
	case d.Verdict != submission.Set:
		if pointed && d.Verdict == submission.Reject {
			if p, err := r.number(points); err == nil && p.IsZero() {
				pointed = false
			}
		}
		if valued || pointed {
			r.problems.Fault(row.Place(), "review-not-set", d.Verdict.String())
		}
		return !valued && !pointed
	case valued == pointed:
		r.problems.Fault(row.Place(), "review-value-or-points")
		return false
	case pointed:
		return r.points(points, d, to, a)
	default:
		return r.value(value, d, to)
	}
}

func (r *reviews) value(c sheet.Cell, d *submission.Decision, to target) bool {
	if to.key.Input == "" {
		r.problems.Fault(c.Place, "table-which-input", to.ind.ID, inputIDs(to.ind))
		return false
	}
	v, found := r.Reader.Read(c, to.ind, to.in)
	for _, p := range found {
		p.Indicator, p.Input = "", ""
		r.problems.Add(p)
	}
	d.Value = v
	return len(found) == 0
}

// points reads the points of a decision, which must be within what the indicator may earn.
func (r *reviews) points(c sheet.Cell, d *submission.Decision, to target, a submission.Agency) bool {
	if to.ind == nil {
		r.problems.Fault(c.Place, "review-points-figure")
		return false
	}
	p, err := r.number(c)
	if err != nil {
		r.problems.Fault(c.Place, "review-points", text(c.Text))
		return false
	}
	most, summed := to.ind.Points[a.Group]
	switch {
	case !summed:
		r.problems.Fault(c.Place, "review-points-unpointed", to.ind.ID)
		return false
	case p.GreaterThan(most) || p.LessThan(to.ind.Min):
		r.problems.Fault(c.Place, "review-points-range", p, to.ind.Min, most)
		return false
	}
	d.Points = rule.Optional{Value: p, Set: true}
	return true
}

func (r *reviews) number(c sheet.Cell) (decimal.Decimal, error) {
	if c.Numeric {
		return numeral.Plain(c.Text)
	}
	n, err := numeral.Read(c.Text, r.Reader.Decimal)
	if err == nil && n.Percent || c.Error || c.Bool || c.NoValue {
		return decimal.Decimal{}, numeral.ErrNotNumber
	}
	return n.Value, err
}

// Conflicts notes decisions of one stage about one answer that differ, naming both, and leaves the later one out;
// one that only repeats another is left out too.
func Conflicts(decisions []submission.Decision, problems *diag.Problems) []submission.Decision {
	type key struct {
		agency, indicator, input string
		stage                    submission.Stage
	}
	first := map[key]submission.Decision{}
	kept := make([]submission.Decision, 0, len(decisions))
	for _, d := range decisions {
		k := key{d.Agency, d.Indicator, d.Input, d.Stage}
		other, twice := first[k]
		if !twice {
			first[k] = d
			kept = append(kept, d)
			continue
		}
		if d.Verdict != other.Verdict || !d.Value.Equal(other.Value) || d.Points.Set != other.Points.Set || !d.Points.Value.Equal(other.Points.Value) {
			problems.Fault(d.Place, "review-conflict", d.Agency, d.Indicator, other.Place.String())
		}
	}
	return kept
}
