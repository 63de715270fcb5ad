package history

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/par"
	"github.com/opendti/dti/scoring/submission"
)

// A Replay brings the answers of an earlier round into a set, so that they can be scored under it. It keeps none of them,
// for those of a large round take more memory than the rest of it, and is safe for concurrent use.
type Replay struct {
	past    *Past
	set     *criteria.Set
	steps   []replayStep
	figures []criteria.Input // figures of the set that anybody had entered
}

// A replayStep is an indicator of the set that comes from one of the earlier round, or from none.
type replayStep struct {
	ind     *criteria.Indicator
	from    string        // id of its ancestor
	left    bool          // no earlier answer gives it
	inputs  []replayInput // that its rule reads
	figures []string      // ids of those that its rule reads
}

type replayInput struct {
	input   criteria.Input
	was     string // id then
	options []rule.Option
}

// HasAnswers reports whether anything that agencies had entered is kept.
func (p *Past) HasAnswers() bool { return len(p.inputs) > 0 }

// Replay finds what of a set the answers of the earlier round give: indicators that are comparable with what they come
// from (Ancestors), where somebody had entered each input and figure that the rule reads. All others are left out of the
// totals, which are re-based without them.
func (p *Past) Replay(set *criteria.Set) *Replay {
	r := &Replay{past: p, set: set}
	known := map[string]bool{}
	for _, id := range p.inputs[criteria.FiguresID] {
		if in, ok := set.Figure(id); ok {
			r.figures, known[id] = append(r.figures, in), true
		}
	}
	ancestors, asked := p.Ancestors(set), p.asked()
	for ind := range set.Root.AllIndicators() {
		from, ok := ancestors[ind.ID]
		if ok && !asked[from.ID] && asked[ind.ID] {
			from = criteria.Lineage{ID: ind.ID, Comparable: true} // its `from` speaks of an edition before both
		}
		step := replayStep{ind: ind, from: from.ID, left: !ok || !from.Comparable}
		step.read(p.inputs[from.ID], known)
		r.steps = append(r.steps, step)
	}
	return r
}

// asked are the ids of the indicators of the earlier round: all agencies of a group list the same.
func (p *Past) asked() map[string]bool {
	ids, groups := map[string]bool{}, map[string]bool{}
	for _, code := range sortedKeys(p.Agencies) {
		a := p.Agencies[code]
		if groups[a.Group] || len(a.Indicators) == 0 {
			continue
		}
		groups[a.Group] = true
		for id := range a.Indicators {
			ids[id] = true
		}
	}
	return ids
}

// read notes what the rule reads; had are the inputs that anybody had entered then, known the figures.
func (s *replayStep) read(had []string, known map[string]bool) {
	unknown := false
	for _, read := range s.ind.Rule.Reads() {
		if id, ok := submission.Figure(read.Input); ok {
			unknown = unknown || !known[id]
			s.figures = append(s.figures, id)
			continue
		}
		in, ok := s.ind.Input(read.Input)
		was := s.ind.Earlier(in.ID, had)
		if ok && !slices.ContainsFunc(s.inputs, func(i replayInput) bool { return i.input.ID == in.ID }) {
			s.inputs = append(s.inputs, replayInput{in, was, s.ind.Options(in.ID)})
		}
		unknown = unknown || !slices.Contains(had, was)
	}
	if s.onFigures() && !unknown {
		s.left = false // figures alone give it, be it new
		return
	}
	s.left = s.left || unknown && len(had) > 0
}

// Find finds the earlier result of an agency, by its code or an earlier code among its aliases; code is the one that it
// has in the earlier results.
func (p *Past) Find(agency submission.Agency) (code string, was PastAgency, ok bool) {
	return find(p.Agencies, agency)
}

func find(earlier map[string]PastAgency, agency submission.Agency) (code string, was PastAgency, ok bool) {
	if was, ok = earlier[agency.Code]; ok {
		return agency.Code, was, true
	}
	for _, alias := range agency.Aliases {
		if was, ok = earlier[alias]; ok {
			return alias, was, true
		}
	}
	return "", PastAgency{}, false
}

// Entrants are an agency of now with the final answers that it had in the earlier round under a code, for the set, and
// with what it had claimed. What a review fixed in points keeps its share of the points, and so does what was claimed
// where a review put another answer in its place; evidence is there where something was earned. An answer that does not
// fit the set leaves its indicator out. ok is false where nothing of the agency is kept.
func (r *Replay) Entrants(code string, agency submission.Agency) (final, claimed scoring.Entrant, ok bool) {
	was := maps.Collect(members(r.past.answers[code]))
	if len(was) == 0 {
		return final, claimed, false
	}
	reviews, scores := reviewsOf(was), r.past.Agencies[code].Indicators
	final = scoring.Entrant{Agency: agency, Submission: submission.Submission{
		Agency: agency.Code, Sent: true, Answers: submission.NewAnswers(r.set), LeftOut: map[string]bool{},
		Awards: map[string]submission.Award{}, Evidence: map[string][]submission.Evidence{},
	}}
	claimed = final
	if len(reviews) > 0 {
		claimed.Submission.Awards, claimed.Submission.LeftOut = map[string]submission.Award{}, map[string]bool{}
	}
	unfit := r.enterFigures(&final.Submission, was)
	for _, step := range r.steps {
		if !step.ind.Concerns(agency.Group) {
			continue
		}
		score, asked := scores[step.from]
		if step.ind.Evidence.Required && score.Score.IsPositive() {
			final.Submission.Evidence[step.ind.ID] = []submission.Evidence{{}}
		}
		known := !step.left && (asked || step.onFigures()) && enter(&final.Submission, step, was[step.from], score)
		known = known && !slices.ContainsFunc(step.figures, func(id string) bool { return slices.Contains(unfit, id) })
		review, touched := reviews[step.from]
		touched = touched && !step.left
		r.stand(&final, step, known, touched && review.fixed, score.Score, score.Of)
		r.stand(&claimed, step, known, touched && !review.fixed, review.claimed, score.Of)
	}
	return final, claimed, true
}

// stand lets points stand for an indicator where they are fixed; else its answer, where it is known, or nothing.
func (r *Replay) stand(e *scoring.Entrant, step replayStep, known, fixed bool, points, of decimal.Decimal) {
	switch {
	case fixed:
		e.Submission.Awards[step.ind.ID] = submission.Award{Points: r.worth(step.ind, e.Agency.Group, points, of)}
	case !known:
		e.Submission.LeftOut[step.ind.ID] = true
	}
}

// Cohort are the agencies that were ranked in the earlier round, as they were, with their final answers for the set: what
// its rules were measured against. Those that are in the round now have the tags that they have now.
func (r *Replay) Cohort(now []submission.Agency) []scoring.Entrant {
	was := r
	if r.past.rebased != nil {
		was = r.past.rebased.published.Replay(r.set)
	}
	today := map[string]submission.Agency{}
	for _, a := range now {
		if code, _, ok := was.past.Find(a); ok {
			today[code] = a
		}
	}
	codes := sortedKeys(was.past.Agencies)
	codes = slices.DeleteFunc(codes, func(code string) bool { return !was.past.Agencies[code].Ranked })
	made := make([]scoring.Entrant, len(codes))
	par.Each(len(codes), func(i int) { made[i] = was.member(codes[i], today) })
	return slices.DeleteFunc(made, func(e scoring.Entrant) bool { return !e.Submission.Sent }) // of these nothing is kept
}

// member is an agency of the earlier round with its final answers; today are those that are in the round now, by their
// codes then.
func (r *Replay) member(code string, today map[string]submission.Agency) scoring.Entrant {
	agency, stays := today[code]
	if !stays {
		agency = r.gone(code)
	}
	agency.Group = cmp.Or(r.past.Agencies[code].Group, agency.Group)
	final, _, _ := r.Entrants(code, agency)
	return final
}

// gone is an agency of the earlier round that is not in the round now: with the tags without which what concerned it then
// would not.
func (r *Replay) gone(code string) submission.Agency {
	a := submission.Agency{Code: code}
	for _, step := range r.steps {
		score, ok := r.past.Agencies[code].Indicators[step.from]
		if ok && step.ind.When != "" && !score.NotApplicable && !a.HasTag(step.ind.When) {
			a.Tags = append(a.Tags, step.ind.When)
		}
	}
	return a
}

// onFigures reports whether the rule reads figures and nothing else.
func (s *replayStep) onFigures() bool { return len(s.inputs) == 0 && len(s.figures) > 0 }

// enterFigures enters the figures, which stand with every indicator that used them; unfit are those that do not fit the
// set.
func (r *Replay) enterFigures(s *submission.Submission, was map[string]string) (unfit []string) {
	if len(r.figures) == 0 {
		return nil
	}
	found := map[string]any{}
	for _, indicator := range sortedKeys(was) {
		for name, entered := range members(was[indicator]) {
			if id, ok := submission.Figure(name); ok && found[id] == nil {
				found[id] = plainValue(entered)
			}
		}
	}
	for _, in := range r.figures {
		entered := found[in.ID]
		v, ok := fitting(in, nil, entered)
		switch {
		case ok:
			s.Answers.Put(submission.Key{Indicator: criteria.FiguresID, Input: in.ID}, submission.Answer{Value: v})
		case entered != nil:
			unfit = append(unfit, in.ID)
		}
	}
	return unfit
}

// enter enters the inputs of an indicator; known is false where one does not fit, or it is not known what stood there.
func enter(s *submission.Submission, step replayStep, was string, score PastScore) (known bool) {
	found := false
	for _, in := range step.inputs {
		entered, there := member(was, in.was)
		if !there {
			continue
		}
		found = true
		v := rule.InvalidValue()
		switch fit, ok := fitting(in.input, in.options, entered); {
		case ok:
			v = fit
		case entered != nil:
			return false
		case score.NotApplicable && step.ind.NotApplicable.Allowed:
			v = rule.NotApplicableValue()
		case score.NotApplicable:
			return false
		}
		s.Answers.Put(submission.Key{Indicator: step.ind.ID, Input: in.input.ID}, submission.Answer{Value: v})
	}
	return found || len(step.inputs) == 0 || !score.NotApplicable
}

// worth brings earlier points to those of an indicator, or to the scale where it has none.
func (r *Replay) worth(ind *criteria.Indicator, group string, points, of decimal.Decimal) decimal.Decimal {
	now := ind.Points[group]
	if !now.IsPositive() {
		now = r.set.Of(group)
	}
	if !of.IsPositive() || of.Equal(now) {
		return points
	}
	return rule.FractionOf(points, of).Of(now, rule.KeptPlaces)
}

// reviewed is where the kept answers of an agency say what reviews did, by indicator; no indicator has this id.
const reviewed = ""

// A pastReview is what reviews did to an indicator of an agency.
type pastReview struct {
	claimed decimal.Decimal // points
	fixed   bool            // a review fixed the points, whatever was answered
}

// reviewsOf are what reviews did to an agency's indicators, by id.
func reviewsOf(was map[string]string) map[string]pastReview {
	reviews := map[string]pastReview{}
	for id, kept := range members(was[reviewed]) {
		pair, _ := plainValue(kept).([]any)
		if len(pair) != 2 {
			continue
		}
		points, _ := pair[0].(json.Number)
		claimed, ok := moderate(string(points))
		if fixed, is := pair[1].(bool); ok && is {
			reviews[id] = pastReview{claimed, fixed}
		}
	}
	return reviews
}

// A wireReview is a decision, as far as it says whether the answer counts.
type wireReview struct {
	Decision string      `json:"decision"`
	Points   json.Number `json:"points"`
}

// review keeps the points that an agency claimed for an indicator, and whether a review fixed the final ones; nothing
// where it left them as they were claimed.
func (d *decoder) review(code string, w wireEntered, kept map[string]map[string]json.RawMessage) {
	fixed := w.Review != nil && (w.Review.Decision == submission.Reject.String() || w.Review.Points != "")
	if w.Claimed == "" || !fixed && w.Claimed == w.Score {
		return
	}
	d.number(code+" "+w.ID+" claimed", w.Claimed) // tells one that cannot be read
	if kept[reviewed] == nil {
		kept[reviewed] = map[string]json.RawMessage{}
	}
	kept[reviewed][w.ID] = fmt.Appendf(nil, "[%s,%t]", w.Claimed, fixed)
}
