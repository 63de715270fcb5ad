package history

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// Compare holds a ranking against an earlier round; nil compares with nothing. Ranks are compared where the agency was
// ranked in the same group then. Scores are compared only where both rounds asked the group the same: one edition of
// one criteria set, or another edition in which every indicator that makes the group's total has its counterpart with
// the same attainable points and none has gone. Nor are they where the maximum of the totals changed: 60 of 100 points are
// no loss against 600 of 1,000. Pillars are compared the same way, each by its own indicators.
//
// Of a past that was re-based (see Rebased) ranks of a group whose bodies changed are compared only with those that were
// made anew, and Change.RankNote says so: a rank of 63 is never held against one of 34.
func Compare(r *scoring.Ranking, past *Past) Comparison {
	if past == nil {
		return Comparison{}
	}
	c := Comparison{Year: past.Year, Groups: map[string]PastGroup{}, Agencies: map[string]Change{}, Gone: past.gone(r.Round.Agencies)}
	only := len(r.Round.Set.Groups) == 1
	for _, g := range r.Groups {
		k := newKinship(r.Round.Set, g, past)
		k.maxima(only)
		was, ok := k.group(only)
		if ok {
			c.Groups[g.Group.ID] = was
		}
		for _, s := range g.Standings {
			if _, a, ok := past.Find(s.Agency); ok {
				c.Agencies[s.Agency.Code] = k.change(s, a, was)
			}
		}
	}
	return c
}

// A kinship says how far an agency group's results then and now may be compared.
type kinship struct {
	set     *criteria.Set
	now     scoring.Group
	past    *Past
	of      decimal.Decimal // what the group's totals were out of then; 0: not known
	why     rule.Note       // why totals may not be compared; zero where they may
	pillars map[string]bool // ids of the pillars that may be compared
	views   map[string]bool // ids of the views that may be compared
}

func newKinship(set *criteria.Set, now scoring.Group, past *Past) *kinship {
	k := &kinship{set: set, now: now, past: past, pillars: map[string]bool{}}
	switch {
	case past.Plain && past.CriteriaID == "":
		k.why = k.past.Say("not-comparable-table")
	case past.Plain && past.CriteriaID+"@"+past.CriteriaVersion != set.Address(),
		past.CriteriaID != set.ID:
		k.why = k.past.Say("not-comparable-criteria", past.CriteriaID+"@"+past.CriteriaVersion)
	case past.CriteriaVersion == set.Version:
		for _, p := range now.Stats.Pillars {
			k.pillars[p.Pillar.ID] = k.sameMaximum(p)
		}
		k.compareViews(nil)
	default:
		k.lineage()
	}
	return k
}

// maxNamed is how many changed indicators a note names.
const maxNamed = 5

// lineage compares two editions indicator by indicator.
func (k *kinship) lineage() {
	then, ancestors := k.thenOf(), k.past.Ancestors(k.set)
	changed := map[string]bool{} // ids of indicators of now
	kept := map[string]bool{}    // ids of indicators of then that go on
	var names []string
	for ind := range k.set.Root.AllIndicators() {
		if !ind.Concerns(k.now.Group.ID) {
			continue
		}
		from := ancestors[ind.ID] // of a new one nothing is known
		kept[from.ID] = true
		if ind.Effect == criteria.Base && (!from.Comparable || !k.same(ind, then[from.ID])) {
			changed[ind.ID] = true
			names = append(names, cmp.Or(ind.No, ind.ID))
		}
	}
	for _, id := range sortedKeys(then) {
		if !kept[id] {
			names = append(names, id)
		}
	}
	if len(names) > 0 {
		count := len(names)
		if count > maxNamed {
			names = append(names[:maxNamed:maxNamed], "…")
		}
		k.why = k.past.Say("not-comparable-indicators", count, names)
	}
	for _, p := range k.now.Stats.Pillars {
		k.pillars[p.Pillar.ID] = k.samePillar(p, changed)
	}
	k.compareViews(changed)
}

// thenOf is what the group's indicators were out of then, by id: the most that any agency could have.
func (k *kinship) thenOf() map[string]*decimal.Decimal {
	then := map[string]*decimal.Decimal{}
	for _, a := range k.past.asPublished().Agencies {
		if a.Group != k.now.Group.ID {
			continue
		}
		for id, s := range a.Indicators {
			if known := then[id]; known == nil || known.LessThan(s.Of) {
				then[id] = &s.Of
			}
		}
	}
	return then
}

// same reports whether an indicator is out of the same points as its ancestor; then is nil where there was none.
func (k *kinship) same(ind *criteria.Indicator, then *decimal.Decimal) bool {
	if then == nil {
		return false
	}
	now, ok := ind.Points[k.now.Group.ID]
	if !ok {
		now = k.set.Of(k.now.Group.ID)
	}
	return now.Equal(*then)
}

// samePillar reports whether a pillar had the same id and maximum then, and only indicators that are the same.
func (k *kinship) samePillar(p scoring.PillarStats, changed map[string]bool) bool {
	for ind := range p.Pillar.AllIndicators() {
		if changed[ind.ID] {
			return false
		}
	}
	then, ok := k.past.Groups[k.now.Group.ID].Pillars[p.Pillar.ID]
	return ok && then.Of.Equal(p.Of)
}

// sameMaximum reports whether a pillar is out of as much as then, as far as that is known.
func (k *kinship) sameMaximum(p scoring.PillarStats) bool {
	then, ok := k.past.Groups[k.now.Group.ID].Pillars[p.Pillar.ID]
	return !ok || !then.Of.IsPositive() || then.Of.Equal(p.Of)
}

// maxima finds what totals were out of then; where that is not what they are out of now, they are not compared.
func (k *kinship) maxima(only bool) {
	k.of = k.maximum(only)
	if k.why.IsZero() && k.of.IsPositive() && !k.of.Equal(k.now.Of) {
		k.why = k.past.Say("not-comparable-maximum", k.of, k.now.Of)
	}
}

// group is the agency group then. A plain table that names no groups is counted by the agencies that are in the group
// now, or whole where the set has only one.
func (k *kinship) group(only bool) (was PastGroup, ok bool) {
	id := k.now.Group.ID
	was, ok = k.past.Groups[id]
	if !ok {
		was, ok = k.ungrouped(only)
	}
	was.Ratings = k.byID(was.Ratings)
	pillars := map[string]PastPillar{}
	for p, mean := range was.Pillars {
		mean.Comparable = k.pillars[p]
		pillars[p] = mean
	}
	was.Pillars = pillars
	was.Views = k.comparableViews(was.Views)
	was.Of, was.Why = k.of, k.why
	if f := k.past.field(id); f != nil {
		made := *f
		made.Published = was.Ranked
		was.Field = &made
	}
	return was, ok
}

// ungrouped counts a plain table that names no groups, as it was published.
func (k *kinship) ungrouped(only bool) (was PastGroup, ok bool) {
	highest := 0
	for _, a := range k.membersThen(only) {
		if a.Group == "" {
			was = was.with(k.past.Year, a)
			highest = max(highest, a.Rank)
		}
	}
	was.Ranked = max(was.Ranked, highest)
	return was, was.Agencies > 0
}

// membersThen are the agencies of then that belong to the group: those that the results say to be in it, and where they
// name no groups those that are in the group now, or all where the set has only one.
func (k *kinship) membersThen(only bool) []PastAgency {
	members := map[string]bool{}
	for _, s := range k.now.Standings {
		members[s.Agency.Code] = true
		for _, alias := range s.Agency.Aliases {
			members[alias] = true
		}
	}
	var list []PastAgency
	for code, a := range k.past.asPublished().Agencies {
		ungrouped := a.Group == "" && (only || slices.ContainsFunc(k.past.heirsOf(code), func(now string) bool { return members[now] }))
		if a.Group == k.now.Group.ID || ungrouped {
			list = append(list, a)
		}
	}
	return list
}

// maximum is what the group's totals were out of then: the most that any agency could have; 0: not known.
func (k *kinship) maximum(only bool) (of decimal.Decimal) {
	for _, a := range k.membersThen(only) {
		of = decimal.Max(of, a.Of)
	}
	return of
}

// byID counts ratings by the set's ids; a plain table may state their names.
func (k *kinship) byID(counts map[string]int) map[string]int {
	out := map[string]int{}
	for rating, n := range counts {
		out[k.rating(rating)] += n
	}
	return out
}

// rating is the id of a rating that is stated by id or by its name in any language; an unknown one stays as it is.
func (k *kinship) rating(stated string) string {
	for _, r := range k.set.Ratings {
		if r.ID == stated {
			return stated
		}
	}
	for _, r := range k.set.Ratings {
		for _, name := range r.Name {
			if name == stated {
				return r.ID
			}
		}
	}
	return stated
}

func (k *kinship) change(s scoring.Standing, a PastAgency, was PastGroup) Change {
	c := Change{
		Year: k.past.Year, HasScore: a.HasScore, Score: a.Score, Of: a.Of, Rank: a.Rank,
		OfRanked: was.Ranked, Rating: k.rating(a.Rating), Pillars: map[string]PastScore{}, Carried: a.Carried,
	}
	if a.Carried != nil && !a.Carried.Why.IsZero() {
		c.OfRanked, c.Why = 0, a.Carried.Why
		return c
	}
	if a.Group != "" && a.Group != k.now.Group.ID {
		c.OfRanked = k.past.Groups[a.Group].Ranked
		c.Why = k.past.Say("group-changed")
		return c
	}
	k.ranks(&c, s, a, was.Field)
	switch {
	case !a.HasScore:
		c.Why = k.past.Say("not-comparable-no-score")
	case !k.why.IsZero():
		c.Why = k.why
	case a.Carried != nil && a.Carried.Carry() == submission.CarrySum && a.Of.IsPositive() && !a.Of.Equal(s.Of):
		c.Why = k.past.Say("lineage-sum-of", a.Of, s.Of)
	default:
		c.Comparable = true
		if a.Rank == 0 && a.PublishedRank == 0 {
			c.Why = k.past.Say("not-ranked-then")
		}
	}
	for id, score := range a.Pillars {
		if k.pillars[id] {
			c.Pillars[id] = score
		}
	}
	c.Views = k.viewScores(a.Views)
	return c
}

// ranks compares the ranks of an agency; f is what became of the group's, nil where they are as published.
func (k *kinship) ranks(c *Change, s scoring.Standing, a PastAgency, f *Field) {
	switch {
	case f == nil:
	case f.Ranked == 0:
		if a.Rank > 0 {
			c.RankNote = k.past.Say("lineage-ranks-kept", a.Rank, f.Published, without(f.Without))
		} else if a.Carried != nil {
			c.RankNote = k.past.Say("lineage-no-rank", f.Published, without(f.Without))
		}
		return
	case !s.Ranked:
		c.Rank = a.PublishedRank
		return
	default:
		c.OfRanked, c.PublishedRank, c.PublishedOf = f.Ranked, a.PublishedRank, f.Published
		c.RankNote = k.past.Say("lineage-ranks-anew", f.Ranked, f.Published)
		if a.PublishedRank > 0 {
			c.RankNote = k.past.Say("lineage-ranks-anew-own", f.Ranked, f.Published, a.PublishedRank)
		}
	}
	if s.Ranked && a.Rank > 0 {
		c.Moved, c.RankChange = true, a.Rank-s.Rank
	}
}

// without names the bodies for want of whose scores ranks are not made anew.
func without(names []criteria.Text) rule.Note {
	var list []rule.Note
	for i, name := range names {
		if i == maxNamed {
			list = append(list, rule.Say("lineage-body", "…"))
			break
		}
		list = append(list, rule.Say("lineage-body", name))
	}
	return listed(list)
}

// asPublished is the past before it was re-based.
func (p *Past) asPublished() *Past {
	if p.rebased != nil {
		return p.rebased.published
	}
	return p
}

// field is what became of a group of today; nil: its ranks are as published.
func (p *Past) field(group string) *Field {
	if p.rebased == nil {
		return nil
	}
	return p.rebased.fields[group]
}

// heirsOf are the codes at the end of what became of an agency of then.
func (p *Past) heirsOf(code string) []string {
	if p.rebased == nil {
		return []string{code}
	}
	return p.rebased.heirs[code].now
}

// GoneFrom are the agencies of a group of a ranking that are no more: those that were in it then, and where the earlier
// results name no groups all, if the ranking has only this one.
func (c Comparison) GoneFrom(r *scoring.Ranking, group string) []Gone {
	var own []Gone
	for _, g := range c.Gone {
		if g.Group == group || g.Group == "" && len(r.Groups) == 1 {
			own = append(own, g)
		}
	}
	return own
}

// gone lists the agencies of then that are no agencies of today.
func (p *Past) gone(agencies []submission.Agency) []Gone {
	if p.rebased != nil {
		return p.rebased.gone()
	}
	today := codesOf(agencies)
	var list []Gone
	for _, code := range sortedKeys(p.Agencies) {
		if _, ok := today[code]; !ok {
			list = append(list, Gone{Code: code, Name: p.Agencies[code].Name, Group: p.Agencies[code].Group})
		}
	}
	return list
}
