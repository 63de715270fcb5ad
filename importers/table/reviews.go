package table

import (
	"strings"

	"github.com/shopspring/decimal"
	"golang.org/x/text/unicode/norm"

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
	a, known := r.agency(row, r.problems)
	to, found := r.target(row, &d)
	read := r.words(row, &d)
	if !known || !found || !read {
		return d, false
	}
	c, _ := row.cell("agency")
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
		verdict = word(c, "review-unknown-word", r.problems, "accept", "set", "reject")
	}
	d.Verdict = submission.Verdict(verdict + 1)
	d.Stage = submission.Review
	if c, there := row.cell("stage"); there {
		stage := word(c, "review-unknown-word", r.problems, "review", "appeal", "council")
		d.Stage, ok = submission.Stage(stage+1), stage >= 0
	}
	day, read := r.day(row, "date", r.problems)
	d.Date = day
	return ok && read && verdict >= 0
}

// word finds one of some words; −1 after noting another one under a kind of problem.
func word(c sheet.Cell, kind string, problems *diag.Problems, words ...string) int {
	for i, w := range words {
		if strings.EqualFold(text(c.Text), w) {
			return i
		}
	}
	unknown(problems, c.Place, kind, text(c.Text), words)
	return -1
}

// outcome reads the value or points of a `set`, and holds the decision against what it needs.
func (r *reviews) outcome(row record, d *submission.Decision, to target, a submission.Agency) bool {
	says := Ruling{Reason: sheet.Cell{Text: d.Reason, Place: row.Place()}, Row: row.Place()}
	says.Value, _ = row.cell("value")
	says.Points, _ = row.cell("points")
	return r.rule(says, d, to, a)
}

// A Ruling is what somebody wrote beside one answer, cell by cell; blank cells have their places.
type Ruling struct {
	Value, Points, Reason sheet.Cell
	Row                   diag.Place // of the value and the points together
}

// Rule reads a ruling on the answer of an agency that a decision names, whose verdict is known, and holds it against
// what the verdict needs. ok is false after noting what is wrong.
func (w Want) Rule(says Ruling, d *submission.Decision, a submission.Agency, problems *diag.Problems) (ok bool) {
	to := target{key: submission.Key{Indicator: d.Indicator, Input: d.Input}}
	if d.Indicator == criteria.FiguresID {
		to.in, _ = w.Set.Figure(d.Input)
	} else {
		to.ind, _ = w.Set.Indicator(d.Indicator)
		to.in, _ = to.ind.Input(d.Input)
	}
	return (&reviews{Want: w, problems: problems}).rule(says, d, to, a)
}

func (r *reviews) rule(says Ruling, d *submission.Decision, to target, a submission.Agency) bool {
	value, points := says.Value, says.Points
	valued, pointed := !value.Blank(), !points.Blank()
	if d.Verdict == submission.Reject && to.ind == nil { // there are no points to take
		r.problems.Fault(d.Place, "review-reject-figure")
		return false
	}
	if d.Verdict != submission.Accept && d.Reason == "" {
		r.problems.Fault(says.Reason.Place, "review-no-reason", a.Code, to.key.Indicator)
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
			r.problems.Fault(says.Row, "review-not-set", d.Verdict.String())
		}
		return !valued && !pointed
	case valued == pointed:
		r.problems.Fault(says.Row, "review-value-or-points")
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
	switch {
	case c.NoValue:
		r.problems.Fault(c.Place, "review-points-formula")
		return false
	case err != nil || c.Percent || c.Date: // 50% and 7/5 are no points, whatever number is behind them
		r.problems.Fault(c.Place, "review-points", text(c.Shown()))
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

// number reads a number of a department's table.
func (w Want) number(c sheet.Cell) (decimal.Decimal, error) {
	if c.Numeric {
		return numeral.Plain(c.Text)
	}
	n, err := numeral.Read(c.Text, w.Reader.Decimal)
	if err == nil && n.Percent || c.Error || c.Bool || c.NoValue {
		return decimal.Decimal{}, numeral.ErrNotNumber
	}
	return n.Value, err
}

// rating finds a rating by its id or its name in any language.
func (w Want) rating(name string) (id string, ok bool) {
	for _, r := range w.Set.Ratings {
		if strings.EqualFold(r.ID, name) {
			return r.ID, true
		}
		for _, n := range r.Name {
			if strings.EqualFold(norm.NFC.String(n), norm.NFC.String(name)) {
				return r.ID, true
			}
		}
	}
	return "", false
}

func ratingIDs(set *criteria.Set) []string {
	ids := make([]string, len(set.Ratings))
	for i, r := range set.Ratings {
		ids[i] = r.ID
	}
	return ids
}

// Conflicts notes decisions of one stage about one answer that differ, naming both, and leaves the later one out; one
// that only repeats another is left out too. A rejection or points for a whole indicator differ from any decision on one
// of its inputs.
func Conflicts(decisions []submission.Decision, problems *diag.Problems) []submission.Decision {
	first := map[decided]submission.Decision{}
	kept := make([]submission.Decision, 0, len(decisions))
	for _, d := range decisions {
		mine, theirs := sides(d)
		on := decided{d.Agency, d.Indicator, d.Input, d.Stage}
		other, twice := first[on]
		if twice && same(d, other) {
			continue
		}
		if !twice {
			other, twice = first[decided{d.Agency, d.Indicator, theirs, d.Stage}]
		}
		if twice {
			problems.Fault(d.Place, "review-conflict", d.Agency, d.Indicator, other.Place.String())
			continue
		}
		first[on] = d
		if side := (decided{d.Agency, d.Indicator, mine, d.Stage}); first[side].Agency == "" {
			first[side] = d
		}
		kept = append(kept, d)
	}
	return kept
}

// decided is what a decision is on: an input, an indicator, or a side.
type decided struct {
	agency, indicator, input string
	stage                    submission.Stage
}

// sides are the side of a decision – on a whole indicator, or on one of its inputs – and the other one, which it excludes.
// They are no ids of inputs.
func sides(d submission.Decision) (mine, theirs string) {
	const whole, inputs, neither, none = "/whole", "/inputs", "/neither", "/none"
	switch {
	case d.Input != "":
		return inputs, whole
	case d.Verdict == submission.Reject || d.Points.Set:
		return whole, inputs
	default:
		return neither, none
	}
}

// same reports whether two decisions say the same.
func same(d, e submission.Decision) bool {
	return d.Verdict == e.Verdict && d.Value.Equal(e.Value) && d.Points.Set == e.Points.Set && d.Points.Value.Equal(e.Points.Value)
}
