// Package rehearsal scores an old round under a new criteria set before anybody signs it: who would move and why, what
// tells nobody apart, and which weights are not what they seem. It opens no file.
//
// Answers are carried through the lineage of indicators (Carriage). What no old answer gives is left out of the new
// totals, which are re-based without it, because zeros for all would say nothing about anybody; the old results are
// those of the round.
package rehearsal

import (
	"cmp"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// A Rehearsal is a round ranked under its own set and under another one.
type Rehearsal struct {
	Before, After *scoring.Ranking
	Changes       []criteria.Change // from the round's set to the other
	Carriage      *Carriage
	Unfit         []Unfit // in the set's order
	Groups        []Group // in the set's order; groups without agencies are left out
	Gone          []Gone  // agency groups that the newer set does not have
	Digits        int32   // decimals of the parts of changes

	accounts map[string]*account
	means    map[string][]decimal.Decimal // of parts, by group
	shifts   map[string]*Shift            // by agency code
}

// An Unfit is an indicator to which some agencies' own answers do not fit any more.
type Unfit struct {
	Indicator *criteria.Indicator
	Agencies  []string // codes, in the round's order
}

// A Gone is an agency group whose agencies the newer set cannot score.
type Gone struct {
	Group    criteria.AgencyGroup
	Agencies int
}

// A Group is one agency group under both sets.
type Group struct {
	Group    criteria.AgencyGroup
	Of       decimal.Decimal // attainable maximum of the newer total
	WasOf    decimal.Decimal
	Was, Now scoring.Stats
	// Both is the number of agencies that are ranked under both sets, which the means are of; Then and Mean are the means of
	// their totals under the earlier and the newer set, both on the newer scale and with the decimals of the parts, and Change
	// is Mean − Then. Published is Then on the earlier scale.
	Both                          int
	Then, Mean, Change, Published decimal.Decimal
	// Uncovered is the nominal weight of what no old answer gives, 0..1.
	Uncovered decimal.Decimal
	Shifts    []Shift // in the newer order
	Causes    []Cause // what moved points, those first that moved most
	Extremes  []Extreme
	Weights   []Weight // pillars, each before what is below it, then indicators at the root, in the set's order
	// Spread reports whether the newer totals differ, without which nothing is known of effective weights.
	Spread bool
}

// A Shift is an agency's place under both sets.
type Shift struct {
	Was, Now scoring.Standing
	Then     decimal.Decimal // the earlier total on the newer scale
	Change   decimal.Decimal // of the total, on the newer scale

	rerated bool
}

// Ranked reports whether the agency is ranked under both sets, so that its ranks can be compared.
func (s Shift) Ranked() bool { return s.Was.Ranked && s.Now.Ranked }

// Moved is the earlier rank − the newer one: positive moved up; 0 where they cannot be compared.
func (s Shift) Moved() int {
	if !s.Ranked() {
		return 0
	}
	return s.Was.Rank - s.Now.Rank
}

// Rerated reports whether an agency that is ranked under both sets has another rating, by criteria.Set.RatingsIn.
func (s Shift) Rerated() bool { return s.Ranked() && s.rerated }

// Rehearse ranks a round under its own set and under another one.
func Rehearse(round *submission.Round, after *criteria.Set) *Rehearsal {
	r := &Rehearsal{
		Before: scoring.Rank(round), Changes: criteria.Diff(round.Set, after), Carriage: NewCarriage(round.Set, after), Digits: digits(round.Set, after),
		accounts: map[string]*account{}, means: map[string][]decimal.Decimal{}, shifts: map[string]*Shift{},
	}
	r.After = scoring.Rank(r.replayed(round, after))
	for _, g := range r.Before.Groups {
		if _, stays := after.Group(g.Group.ID); !stays {
			r.Gone = append(r.Gone, Gone{g.Group, len(g.Standings)})
		}
	}
	was := map[string]scoring.Standing{}
	for _, g := range r.Before.Groups {
		for _, s := range g.Standings {
			was[s.Agency.Code] = s
		}
	}
	for _, g := range r.After.Groups {
		r.Groups = append(r.Groups, r.group(g, was))
	}
	for i := range r.Groups {
		for j := range r.Groups[i].Shifts {
			s := &r.Groups[i].Shifts[j]
			r.shifts[s.Now.Agency.Code] = s
		}
	}
	return r
}

// replayed is the round with its final answers as answers to another set.
func (r *Rehearsal) replayed(round *submission.Round, after *criteria.Set) *submission.Round {
	replayed := *round
	replayed.Set, replayed.Decisions, replayed.Reviewed = after, nil, false
	replayed.Submissions = make(map[string]submission.Submission, len(round.Agencies))
	replayed.Cycle.Adjustments = adjustments(round, after)
	unfit := map[string][]string{}
	for _, agency := range round.Agencies {
		final, ok := r.Before.Final(agency.Code)
		if !ok {
			continue
		}
		carried, ids := r.Carriage.Submission(final.Submission, agency.Group)
		replayed.Submissions[agency.Code] = carried
		for _, id := range ids {
			unfit[id] = append(unfit[id], agency.Code)
		}
	}
	for ind := range after.Root.AllIndicators() {
		if codes := unfit[ind.ID]; len(codes) > 0 {
			r.Unfit = append(r.Unfit, Unfit{ind, codes})
		}
	}
	return &replayed
}

// adjustments are those of a round, brought onto the scale and the ratings of another set. A cap that is no rating there
// holds nothing.
func adjustments(round *submission.Round, after *criteria.Set) []submission.Adjustment {
	group := map[string]string{}
	for _, a := range round.Agencies {
		group[a.Code] = a.Group
	}
	ratings := map[string]string{}
	for now, was := range after.RatingsIn(round.Set) {
		ratings[was] = now
	}
	carried := slices.Clone(round.Cycle.Adjustments)
	for i := range carried {
		a := &carried[i]
		a.RatingCap = ratings[a.RatingCap]
		was, now := round.Set.Of(group[a.Agency]), after.Of(group[a.Agency])
		if was.IsPositive() && !was.Equal(now) {
			a.Points.Value = rule.FractionOf(now, was).Of(a.Points.Value, rule.KeptPlaces)
		}
	}
	return carried
}

// group holds a group's ranking against what it was, and looks at every trace once.
func (r *Rehearsal) group(now scoring.Group, was map[string]scoring.Standing) Group {
	g := Group{Group: now.Group, Of: now.Of, WasOf: r.Before.Round.Set.Of(now.Group.ID), Now: now.Stats}
	for _, before := range r.Before.Groups {
		if before.Group.ID == now.Group.ID {
			g.Was = before.Stats
		}
	}
	a := newAccount(r.Carriage, now.Group.ID)
	r.accounts[now.Group.ID] = a
	look := newSurvey(r.Carriage, a, now.Group.ID)
	ratings := r.After.Round.Set.RatingsIn(r.Before.Round.Set)
	for _, s := range now.Standings {
		shift := Shift{Was: was[s.Agency.Code], Now: s}
		shift.Then, shift.Change = a.then(shift.Was.Score), a.change(shift.Was, s)
		rating, known := ratings[s.Rating]
		shift.rerated = shift.Was.Rating != rating || s.Rating != "" && !known
		g.Shifts = append(g.Shifts, shift)
	}
	look.agencies(r, g.Shifts)
	g.Extremes = look.extremes()
	g.Uncovered = look.uncovered()
	g.Weights, g.Spread = look.weights()
	g.Then, g.Mean, r.means[now.Group.ID] = look.means()
	g.Both, g.Change, g.Published = look.both, g.Mean.Sub(g.Then), publishedMean(g.Shifts, r.Digits)
	g.Causes = look.moving(r.means[now.Group.ID])
	return g
}

// publishedMean is the mean of the earlier totals of the agencies that are ranked under both sets, on their own scale.
func publishedMean(shifts []Shift, digits int32) decimal.Decimal {
	var sum decimal.Decimal
	n := int64(0)
	for _, s := range shifts {
		if s.Ranked() {
			sum, n = sum.Add(s.Was.Score), n+1
		}
	}
	if n == 0 {
		return sum
	}
	return sum.DivRound(decimal.NewFromInt(n), digits)
}

// Shift finds an agency's places by its code.
func (r *Rehearsal) Shift(code string) (s Shift, ok bool) {
	found, ok := r.shifts[code]
	if !ok {
		return Shift{}, false
	}
	return *found, true
}

// Why takes the change of an agency's total apart: the parts add up to it, exactly. First come those that moved the
// agency: which lost it most, or gained it least, against the mean of its group where it fell, and the other way round
// where it rose; where it kept its rank, those furthest from the mean. Parts that are 0, and were 0 for the others, are
// left out. There are none for an agency that the newer set does not score.
func (r *Rehearsal) Why(code string) []Part {
	s, ok := r.Shift(code)
	if !ok {
		return nil
	}
	group := s.Now.Agency.Group
	was, _ := r.Before.Trace(code)
	now, _ := r.After.Trace(code)
	a := r.accounts[group]
	parts := a.parts(&was, &now, a.before.lines(&was), a.after.lines(&now))
	for i := range parts {
		parts[i].Mean = r.means[group][i]
	}
	parts = slices.DeleteFunc(parts, func(p Part) bool { return p.Points.IsZero() && p.Mean.IsZero() })
	slices.SortStableFunc(parts, func(a, b Part) int {
		return cmp.Or(b.toward(s.Moved()).Cmp(a.toward(s.Moved())), b.Points.Abs().Cmp(a.Points.Abs()))
	})
	return parts
}

// Passed counts the agencies of the group, ranked under both sets, that an agency overtook, and those that overtook it:
// who stood ahead stands behind, or the other way round.
func (r *Rehearsal) Passed(code string) (overtook, overtaken int) {
	overtook = r.among(code, func(own, s Shift) bool { return s.Was.Rank < own.Was.Rank && s.Now.Rank > own.Now.Rank })
	overtaken = r.among(code, func(own, s Shift) bool { return s.Was.Rank > own.Was.Rank && s.Now.Rank < own.Now.Rank })
	return overtook, overtaken
}

// Levelled counts, of the same agencies, those that stood ahead and now share an agency's rank, and those that shared it
// and now stand ahead.
func (r *Rehearsal) Levelled(code string) (reached, left int) {
	reached = r.among(code, func(own, s Shift) bool { return s.Was.Rank < own.Was.Rank && s.Now.Rank == own.Now.Rank })
	left = r.among(code, func(own, s Shift) bool { return s.Was.Rank == own.Was.Rank && s.Now.Rank < own.Now.Rank })
	return reached, left
}

// among counts the other agencies of an agency's group, ranked under both sets as it is, that something holds for.
func (r *Rehearsal) among(code string, holds func(own, other Shift) bool) (n int) {
	own, ok := r.Shift(code)
	if !ok || !own.Ranked() {
		return 0
	}
	for _, g := range r.Groups {
		if g.Group.ID != own.Now.Agency.Group {
			continue
		}
		for _, s := range g.Shifts {
			if s.Ranked() && s.Now.Agency.Code != code && holds(own, s) {
				n++
			}
		}
	}
	return n
}

// Movers are the agencies of a group whose rank or rating changes, furthest first; of equals, those whose total changes
// most apart from the others'.
func (g Group) Movers() []Shift {
	movers := slices.DeleteFunc(slices.Clone(g.Shifts), func(s Shift) bool { return s.Moved() == 0 })
	apart := func(s Shift) decimal.Decimal { return s.Change.Sub(g.Change).Abs() }
	slices.SortStableFunc(movers, func(a, b Shift) int {
		return cmp.Or(cmp.Compare(max(b.Moved(), -b.Moved()), max(a.Moved(), -a.Moved())), apart(b).Cmp(apart(a)))
	})
	return movers
}

// Entering are the agencies that are ranked under one of the sets only.
func (g Group) Entering() []Shift {
	return slices.DeleteFunc(slices.Clone(g.Shifts), func(s Shift) bool { return s.Was.Ranked == s.Now.Ranked })
}

// Ratings are the agencies whose rating changes, in the newer order.
func (g Group) Ratings() []Shift {
	return slices.DeleteFunc(slices.Clone(g.Shifts), func(s Shift) bool { return !s.Rerated() })
}

// Astray are the weights that are not what they seem, furthest first.
func (g Group) Astray() []Weight {
	all := slices.DeleteFunc(slices.Clone(g.Weights), func(w Weight) bool { return !w.Astray() })
	apart := func(w Weight) decimal.Decimal { return w.Effective.Sub(w.Nominal).Abs() }
	slices.SortStableFunc(all, func(a, b Weight) int { return apart(b).Cmp(apart(a)) })
	return all
}

// Reasons are the changes of the sets that bear on a part, as far as they can change points: of an indicator its own, of a
// pillar that is no sum its own, else those of the indicators in it.
func (r *Rehearsal) Reasons(p Part, group string) []criteria.Change {
	g, _ := r.After.Round.Set.Group(group)
	bearing := func(concerns func(criteria.Change) bool) []criteria.Change {
		return slices.DeleteFunc(slices.Clone(r.Changes), func(c criteria.Change) bool { return !concerns(c) || !bears(c, g.Name) })
	}
	ind := p.After
	switch {
	case p.Pillar != nil:
		ofPillar := func(c criteria.Change) bool { return c.Pillar == p.Pillar.ID && c.Subject == p.Pillar.ID }
		own := bearing(ofPillar)
		combined := slices.DeleteFunc(slices.Clone(own), func(c criteria.Change) bool { return c.Kind != "combine" })
		switch {
		case len(combined) > 0:
			return combined // points and weights change with it
		case len(own) > 0:
			return own
		}
		in := map[string]bool{}
		for ind := range p.Pillar.AllIndicators() {
			in[ind.ID] = true
		}
		return bearing(func(c criteria.Change) bool { return in[c.Subject] && c.Subject != c.Pillar })
	case ind == nil:
		ind = p.Before
	}
	if ind == nil {
		return nil
	}
	return bearing(func(c criteria.Change) bool { return c.Subject == ind.ID && c.Subject != c.Pillar })
}

// General are the changes of the set's own rules by which an indicator was judged otherwise for those who moved one way.
func (r *Rehearsal) General(way Way) []criteria.Change {
	acts := map[string]bool{"rounding-indicator": way.Own, "missing-answer": way.Unanswered, "not-applicable": way.Inapplicable}
	return slices.DeleteFunc(slices.Clone(r.Changes), func(c criteria.Change) bool { return c.Subject != "" || !acts[c.Kind] })
}

// Weighs reports whether a change of an indicator can change what it is worth, or whether it counts.
func Weighs(c criteria.Change) bool {
	switch c.Kind {
	case "points", "points-group", "weight", "effect", "for", "moved":
		return true
	default:
		return false
	}
}

// Judges reports whether a change of an indicator can change how it is judged.
func Judges(c criteria.Change) bool { return !Weighs(c) || c.Kind == "effect" || c.Kind == "for" }

// bears reports whether a change of an indicator or a pillar can change what an agency of a group earns.
func bears(c criteria.Change, group criteria.Text) bool {
	switch c.Kind {
	case "points-group":
		name, _ := c.Args[0].(criteria.Text)
		return maps.Equal(name, group)
	case "rule", "rule-more", "rule-less", "options", "points", "weight", "min", "when", "for", "effect", "evidence-without", "evidence-required", "not-applicable-policy", "combine", "moved":
		return true
	default:
		return false
	}
}

// Nominal is what the indicator of a Kept part is worth of the full total, then and now.
func (r *Rehearsal) Nominal(p Part, group string) (was, now rule.Fraction) {
	a := r.accounts[group]
	of := a.after.of
	if !of.IsPositive() {
		return was, now
	}
	whole := rule.Whole(of)
	return a.before.worth[p.Before.ID].Div(whole), a.after.worth[p.After.ID].Div(whole)
}
