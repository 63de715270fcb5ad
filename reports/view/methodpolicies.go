package view

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// policies are the set's rules beyond the indicators, a sentence each.
func (e *Edition) policies() []Fact {
	review := Fact{Term: e.say("policy-review"), Words: e.say("review-none")}
	if e.round.Reviewed {
		review.Words = e.say("review-words")
		if m, ok := e.round.Cycle.Calendar.Milestone(submission.Reviewing); ok && m.SilenceAccepts && m.Until != "" {
			review.Words += " " + e.say("review-silence", m.Until)
		}
	}
	facts := append(e.setPolicies(), review)
	if words := e.adjustmentWords(); words != "" {
		facts = append(facts, Fact{Term: e.say("policy-adjustments"), Words: words})
	}
	if words := e.lineageWords(); words != "" {
		facts = append(facts, Fact{Term: e.say("policy-lineage"), Words: words})
	}
	return facts
}

// adjustmentWords say what changes totals and ratings beside the answers; "" where nothing does.
func (e *Edition) adjustmentWords() string {
	cycle := &e.round.Cycle
	if len(cycle.Adjustments) == 0 && len(cycle.Calendar.Late) == 0 {
		return ""
	}
	said := e.say("adjustments-words")
	capped := slices.ContainsFunc(cycle.Adjustments, func(a submission.Adjustment) bool { return a.RatingCap != "" })
	var late []string
	for _, l := range cycle.Calendar.Late {
		capped = capped || l.RatingCap != ""
		late = append(late, e.lateWords(l))
	}
	if len(late) > 0 {
		said += " " + e.say("adjustments-late", strings.Join(late, "; "))
	}
	if capped {
		said += " " + e.say("adjustments-rating")
	}
	return said
}

// lateWords say what it costs to be so many days late.
func (e *Edition) lateWords(l submission.LatePenalty) string {
	switch {
	case l.RatingCap == "":
		return e.say("late-points", l.Days, l.Points.Value)
	case !l.Points.Set:
		return e.say("late-rating", l.Days, e.rating(l.RatingCap))
	default:
		return e.say("late-both", l.Days, l.Points.Value, e.rating(l.RatingCap))
	}
}

// setPolicies are those that hold for every round of the set.
func (w *wording) setPolicies() []Fact {
	facts := []Fact{{Term: w.say("policy-total"), Words: w.totalWords()}}
	add := func(key, words string) { facts = append(facts, Fact{Term: w.say(key), Words: words}) }
	add("policy-rounding", w.roundingWords())
	add("policy-ranks", w.tieNote())
	add("policy-missing", w.missingWords())
	add("policy-na", w.say("na-"+w.set.NotApplicable.String()))
	if w.set.Caps.Bonus.Set || w.set.Caps.Penalty.Set {
		add("policy-caps", w.capsWords())
	}
	add("policy-rules", w.scoringWords())
	return facts
}

// scoringWords are what holds for the rules of all indicators, which their own sentences do not repeat.
func (w *wording) scoringWords() string {
	said := w.say("scoring-bounds")
	var relative, parts bool
	for ind := range w.set.Root.AllIndicators() {
		relative = relative || rule.Relative(ind.Rule)
		parts = parts || ind.Rule.Kind() == "sum_of" || ind.Rule.Kind() == "best_of"
	}
	if parts {
		said += " " + w.say("scoring-parts")
	}
	if relative {
		said += " " + w.say("scoring-compared")
	}
	return said
}

// outside tells whether the set has bonus or penalty, and whether points may go below 0.
func (w *wording) outside() (bonus, penalty, below bool) {
	for ind := range w.set.Root.AllIndicators() {
		bonus = bonus || ind.Effect == criteria.Bonus
		penalty = penalty || ind.Effect == criteria.Penalty
		below = below || ind.Min.IsNegative()
	}
	return bonus, penalty, below || penalty
}

func (w *wording) totalWords() string {
	said := []string{w.say("combine-" + w.set.Root.Combine.String())}
	if w.set.Scale.OfPoints {
		said = append(said, w.say("scale-points"))
	} else {
		said = append(said, w.say("scale-value", w.plain(w.set.Scale.Value)))
	}
	bonus, penalty, below := w.outside()
	if bonus {
		said = append(said, w.say("total-bonus"))
	}
	if penalty {
		said = append(said, w.say("total-penalty"))
	}
	if below {
		said = append(said, w.say("total-floor"))
	}
	return strings.Join(said, " ")
}

func (w *wording) roundingWords() string {
	places := func(p criteria.Places) string {
		if !p.Round {
			return w.say("not-rounded")
		}
		return w.count("rounded-to", int(p.N))
	}
	r := w.set.Rounding
	words := "rounding-words"
	if combines(w.set) {
		words = "rounding-sums"
	}
	said := []string{w.say(words, places(r.Indicator), places(r.Total))}
	if !r.Indicator.Round || !r.Total.Round {
		said = append(said, w.say("rounding-significant"))
	}
	kept := "rounding-kept"
	if w.approximates() {
		kept = "rounding-kept-but"
	}
	return strings.Join(append(said, w.say(kept)), " ")
}

// approximates reports whether the set has a mean or a rule that is not made of exact fractions.
func (w *wording) approximates() bool {
	for p := range w.set.Root.AllPillars() {
		if p.Combine == criteria.Geometric {
			return true
		}
	}
	for ind := range w.set.Root.AllIndicators() {
		if r, ok := ind.Rule.(*rule.Linear); ok && r.Scale == "log" {
			return true
		}
	}
	return w.set.Root.Combine == criteria.Geometric
}

func (w *wording) missingWords() string {
	said := w.say("missing-zero")
	if w.set.Missing.Skip {
		said = w.say("missing-skip")
	}
	if w.set.Missing.NoSubmissionUnrank {
		said += " " + w.say("missing-unranked")
	} else {
		said += " " + w.say("missing-ranked")
	}
	if limit := w.set.Missing.MaxShare; limit.LessThan(decimal.NewFromInt(1)) {
		said += " " + w.say("missing-limit", rule.Whole(limit))
	}
	return said
}

func (w *wording) capsWords() string {
	var said []string
	if c := w.set.Caps.Bonus; c.Set {
		said = append(said, w.say("cap-bonus", w.plain(c.Value)))
	}
	if c := w.set.Caps.Penalty; c.Set {
		said = append(said, w.say("cap-penalty", w.plain(c.Value)))
	}
	return strings.Join(said, " ")
}

// ratingTable says the bounds of the ratings.
func (w *wording) ratingTable() Table {
	t := Table{
		Caption: w.say("ratings-caption"),
		Columns: []Column{{Name: w.term("rating"), Key: true}, {Name: w.say("ratings-bound"), Key: true}},
	}
	for i, r := range w.set.Ratings {
		name, lang := w.name(r.Name)
		bound := w.say("rating-from", w.plain(r.Bound))
		if r.Above {
			bound = w.say("rating-above", w.plain(r.Bound))
		}
		if i > 0 {
			key := "rating-below"
			if w.set.Ratings[i-1].Above {
				key = "rating-up-to"
			}
			bound += " " + w.say(key, w.plain(w.set.Ratings[i-1].Bound))
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: name, Lang: lang, Head: true}, {Text: bound}}})
	}
	return t
}
