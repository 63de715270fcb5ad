package history

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

// Rebased turns the results of the earlier round into those of the agencies of a ranking, by the lineage of its round.
//
// A line of the lineage is applied where it came after the round: its day is after the last day of the round's period,
// or, where the results do not say the period, its year is after the round's. Days are taken in their order, the lines of
// one day all at once. What was renamed or moved has its result as it was. What merged, or was split off, has one by the
// line's carry (mean, sum, mean by weight, none), made of the published scores and rounded to their decimals, where every
// part has a score, of one group and of the same maximum; else nothing is carried over, and Carried.Why says why. Pillars
// and views are carried like totals; ratings are not.
//
// Ranks of a group whose bodies changed are made anew among the bodies that are ranked now, by the scores so published,
// as a competition (1, 2, 2, 4), where all of them have one; else bodies that go on keep the rank that was published, and
// Compare does not compare it. Renaming changes no ranks.
//
// The past itself is not changed. Without a line that concerns it, it is returned as it is; nil stays nil.
func (p *Past) Rebased(r *scoring.Ranking) *Past {
	if p == nil {
		return nil
	}
	b := &rebasing{published: p, today: codesOf(r.Round.Agencies), days: days(p.successions(r.Round)), bodies: maps.Clone(p.Agencies)}
	if !b.concerns() {
		return p
	}
	for _, lines := range b.days {
		b.day(lines)
	}
	b.paths()
	b.round()
	out := *p
	out.rebased = b
	b.fields = map[string]*Field{}
	for _, g := range r.Groups {
		if b.touches(g, len(r.Round.Set.Groups) == 1) {
			b.fields[g.Group.ID] = b.rank(g)
		}
	}
	out.Agencies = b.bodies
	out.answers = b.answers()
	return &out
}

// A rebasing is what became of the agencies of an earlier round.
type rebasing struct {
	published *Past
	today     map[string]string // code of an agency of today by each of its codes
	days      [][]submission.Succession
	bodies    map[string]PastAgency // by the code that they have on the day that was reached
	heirs     map[string]path       // by code of then
	fields    map[string]*Field     // by id of a group of today whose bodies changed
}

// A path is what became of an agency of then.
type path struct {
	now []string               // codes at the end
	by  *submission.Succession // the first line that is no renaming; nil: it went on
}

// concerns reports whether a line is about an agency of then or of today.
func (b *rebasing) concerns() bool {
	for _, lines := range b.days {
		for _, s := range lines {
			_, then := b.bodies[s.From]
			_, now := b.today[s.To]
			if then || now {
				return true
			}
		}
	}
	return false
}

// day applies the lines of one day, all at once.
func (b *rebasing) day(lines []submission.Succession) {
	next := maps.Clone(b.bodies)
	for _, s := range lines {
		delete(next, s.From)
	}
	for len(lines) > 0 {
		to := lines[0].To
		n := 1
		for n < len(lines) && lines[n].To == to {
			n++
		}
		if to != "" && b.matters(lines[:n]) {
			next[to] = b.successor(lines[:n])
		}
		lines = lines[n:]
	}
	b.bodies = next
}

// matters reports whether the lines to one body are about one of then or of today.
func (b *rebasing) matters(lines []submission.Succession) bool {
	_, now := b.today[lines[0].To]
	return now || slices.ContainsFunc(lines, func(s submission.Succession) bool {
		_, then := b.bodies[s.From]
		return then
	})
}

// successor makes the result of the body that the lines lead to.
func (b *rebasing) successor(lines []submission.Succession) PastAgency {
	first := lines[0]
	step := Step{Date: first.Date, Decision: first.Decision, Fate: first.Fate, Carry: first.Carry}
	var parts []PastAgency
	var before []Step
	for _, s := range lines {
		if s.From == "" {
			continue
		}
		was := b.bodies[s.From]
		part := Part{Code: s.From, Name: was.Name, Weight: s.Weight}
		if was.HasScore {
			part.Score = rule.Optional{Value: was.Score, Set: true}
		}
		step.Parts = append(step.Parts, part)
		parts = append(parts, was)
		if was.Carried != nil {
			before = append(before, was.Carried.Steps...)
		}
	}
	if len(parts) == 1 && first.Carry != submission.CarryNone && (first.Fate == submission.Renamed || first.Fate == submission.Moved) {
		return b.goesOn(parts[0], step)
	}
	out, why := b.combined(lines, parts, step)
	out.Carried = &Carried{Steps: append(before, step), Why: why}
	return out
}

// goesOn is the result of a body that was renamed or moved: as it was.
func (b *rebasing) goesOn(was PastAgency, step Step) PastAgency {
	step.Carry = 0
	carried := &Carried{Steps: []Step{step}}
	if was.Carried != nil {
		carried.Steps, carried.Why = append(slices.Clone(was.Carried.Steps), step), was.Carried.Why
	}
	if _, known := b.bodies[step.Parts[0].Code]; !known {
		carried.Why = b.published.Say("lineage-no-score", step.Note(), listed([]rule.Note{step.Parts[0].name()}))
	}
	was.Carried = carried
	return was
}

// combined makes one result of several, exact; why says why it cannot.
func (b *rebasing) combined(lines []submission.Succession, parts []PastAgency, step Step) (out PastAgency, why rule.Note) {
	if why := b.notCarried(lines, parts, step); !why.IsZero() {
		return PastAgency{Group: commonGroup(parts)}, why
	}
	weights := make([]decimal.Decimal, len(parts))
	for i, s := range lines {
		weights[i] = decimal.NewFromInt(1)
		if step.Carry == submission.CarryWeighted {
			weights[i] = s.Weight.Value
		}
	}
	m := mixture{weights: weights, sum: step.Carry == submission.CarrySum}
	out = PastAgency{Group: parts[0].Group, HasScore: true, Ranked: true}
	scores := make([]decimal.Decimal, len(parts))
	maxima := make([]decimal.Decimal, len(parts))
	for i, p := range parts {
		scores[i], maxima[i] = p.Score, p.Of
		out.Ranked = out.Ranked && p.Ranked
	}
	out.Score, out.Of = m.of(scores), m.maximum(maxima)
	out.Pillars = m.scores(parts, func(p PastAgency) map[string]PastScore { return p.Pillars })
	out.Views = m.scores(parts, func(p PastAgency) map[string]PastScore { return p.Views })
	out.Indicators = m.scores(parts, func(p PastAgency) map[string]PastScore { return p.Indicators })
	return out, rule.Note{}
}

// notCarried says why nothing is carried over; zero where it can be.
func (b *rebasing) notCarried(lines []submission.Succession, parts []PastAgency, step Step) rule.Note {
	var missing []rule.Note
	for i, p := range step.Parts {
		if !parts[i].HasScore {
			missing = append(missing, p.name())
		}
	}
	same := func(differ func(a, b int) bool) bool {
		for i := 1; i < len(lines); i++ {
			if differ(0, i) {
				return false
			}
		}
		return true
	}
	switch {
	case len(parts) == 0:
		return b.published.Say("lineage-new", step.Note())
	case step.Carry == submission.CarryNone || step.Carry == 0 || len(parts) < len(lines) ||
		!same(func(i, j int) bool { return lines[i].Carry != lines[j].Carry }):
		return b.published.Say("lineage-none", step.Note())
	case len(missing) > 0:
		return b.published.Say("lineage-no-score", step.Note(), listed(missing))
	case !same(func(i, j int) bool { return parts[i].Group != parts[j].Group }):
		return b.published.Say("lineage-other-groups", step.Note())
	case step.Carry != submission.CarrySum && !same(func(i, j int) bool { return !parts[i].Of.Equal(parts[j].Of) }):
		return b.published.Say("lineage-other-maxima", step.Note())
	case step.Carry == submission.CarryWeighted && slices.ContainsFunc(lines, func(s submission.Succession) bool { return !s.Weight.Value.IsPositive() }):
		return b.published.Say("lineage-no-weights", step.Note())
	default:
		return rule.Note{}
	}
}

func commonGroup(parts []PastAgency) string {
	for _, p := range parts {
		if p.Group != parts[0].Group {
			return ""
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return parts[0].Group
}

// A mixture makes one number of the numbers of several parts.
type mixture struct {
	weights []decimal.Decimal
	sum     bool
}

func (m mixture) of(numbers []decimal.Decimal) decimal.Decimal {
	var sum, weight decimal.Decimal
	for i, d := range numbers {
		sum, weight = sum.Add(d.Mul(m.weights[i])), weight.Add(m.weights[i])
	}
	if m.sum {
		return sum
	}
	return sum.DivRound(weight, rule.KeptPlaces)
}

// maximum is what the number is out of: the sum of all, or what each of them is.
func (m mixture) maximum(all []decimal.Decimal) decimal.Decimal {
	if m.sum {
		return m.of(all)
	}
	return all[0]
}

// scores are those that all parts have, out of the same, rounded to their decimals.
func (m mixture) scores(parts []PastAgency, of func(PastAgency) map[string]PastScore) map[string]PastScore {
	out := map[string]PastScore{}
	for _, id := range sortedKeys(of(parts[0])) {
		scores, maxima, places := []decimal.Decimal{}, []decimal.Decimal{}, int32(0)
		for _, p := range parts {
			s, ok := of(p)[id]
			if !ok || s.NotApplicable || !s.Of.Equal(of(parts[0])[id].Of) {
				break
			}
			scores, maxima, places = append(scores, s.Score), append(maxima, s.Of), max(places, -s.Score.Exponent())
		}
		if len(scores) == len(parts) {
			out[id] = PastScore{Score: m.of(scores).Round(min(places, mostPlaces)), Of: m.maximum(maxima)}
		}
	}
	return out
}

// mostPlaces is the most decimals that totals are compared with, where a set does not round.
const mostPlaces = 12

// round cuts the totals that were made of several to the decimals of those that were published.
func (b *rebasing) round() {
	places := map[string]int32{}
	for _, a := range b.published.Agencies {
		places[a.Group] = max(places[a.Group], min(-a.Score.Exponent(), mostPlaces))
	}
	for code, a := range b.bodies {
		if a.Carried != nil && a.HasScore {
			a.Score = a.Score.Round(places[a.Group])
			if n := places[a.Group]; -a.Score.Exponent() < n {
				a.Score = a.Score.Add(decimal.New(0, -n)) // 0.824 is printed as 0.8240, like the others
			}
			b.bodies[code] = a
		}
	}
}

// paths follows every agency of then to what it is now.
func (b *rebasing) paths() {
	var from []map[string][]submission.Succession
	for _, lines := range b.days {
		by := map[string][]submission.Succession{}
		for _, s := range lines {
			by[s.From] = append(by[s.From], s)
		}
		from = append(from, by)
	}
	b.heirs = map[string]path{}
	for code := range b.published.Agencies {
		p := path{now: []string{code}}
		for _, by := range from {
			p = p.onward(by)
		}
		b.heirs[code] = p
	}
}

// onward follows a path over one day.
func (p path) onward(by map[string][]submission.Succession) path {
	out := path{by: p.by}
	for _, code := range p.now {
		lines, leaves := by[code]
		if !leaves {
			out.now = append(out.now, code)
		}
		for _, s := range lines {
			if s.Fate != submission.Renamed && out.by == nil {
				out.by = &s
			}
			if s.To != "" {
				out.now = append(out.now, s.To)
			}
		}
	}
	slices.Sort(out.now)
	out.now = slices.Compact(out.now)
	return out
}

// touches reports whether the bodies of a group changed: one merged, was split, moved in or out, came or went. Only says
// that the set has no other group.
func (b *rebasing) touches(g scoring.Group, only bool) bool {
	members := map[string]bool{}
	for _, s := range g.Standings {
		members[s.Agency.Code] = true
		if _, was, ok := find(b.bodies, s.Agency); ok && was.Carried != nil && slices.ContainsFunc(was.Carried.Steps, func(s Step) bool { return s.Fate != submission.Renamed }) {
			return true
		}
	}
	for code, p := range b.heirs {
		if p.by == nil {
			continue
		}
		group := b.published.Agencies[code].Group
		into := slices.ContainsFunc(p.now, func(code string) bool { return members[b.today[code]] })
		if group == g.Group.ID || group == "" && (only || into) {
			return true
		}
	}
	return false
}

// rank makes the earlier ranks of a group anew, where every body ranked now has an earlier score of the group.
func (b *rebasing) rank(g scoring.Group) *Field {
	f := &Field{}
	var codes []string // of the bodies ranked now
	for _, s := range g.Standings {
		code, was, ok := find(b.bodies, s.Agency)
		switch {
		case s.Ranked && (!ok || !was.HasScore || !was.Ranked || was.Group != "" && was.Group != g.Group.ID):
			f.Without = append(f.Without, nameOf(s.Agency))
		case s.Ranked:
			codes = append(codes, code)
		case ok:
			was.PublishedRank, was.Rank, was.Ranked = was.Rank, 0, false
			b.bodies[code] = was
		}
	}
	if len(f.Without) > 0 || len(codes) == 0 {
		return f
	}
	slices.SortFunc(codes, func(x, y string) int {
		return cmp.Or(b.bodies[y].Score.Cmp(b.bodies[x].Score), cmp.Compare(x, y))
	})
	b.number(codes)
	f.Ranked = len(codes)
	f.Mean, f.Median = b.averages(codes)
	return f
}

// number ranks bodies, the best first, as a competition: equal scores share a rank.
func (b *rebasing) number(codes []string) {
	rank := 1
	for i, code := range codes {
		was := b.bodies[code]
		if i > 0 && !was.Score.Equal(b.bodies[codes[i-1]].Score) {
			rank = i + 1
		}
		was.PublishedRank, was.Rank = was.Rank, rank
		b.bodies[code] = was
	}
}

// averages are the mean and the median of the scores of bodies, the best first, with their decimals.
func (b *rebasing) averages(codes []string) (mean, median decimal.Decimal) {
	n, places := len(codes), int32(0)
	var sum decimal.Decimal
	for _, code := range codes {
		d := b.bodies[code].Score
		sum, places = sum.Add(d), max(places, min(-d.Exponent(), mostPlaces))
	}
	middle := b.bodies[codes[(n-1)/2]].Score.Add(b.bodies[codes[n/2]].Score)
	mean = sum.DivRound(decimal.NewFromInt(int64(n)), rule.KeptPlaces).Round(places)
	return mean, middle.DivRound(decimal.NewFromInt(2), rule.KeptPlaces).Round(places)
}

func nameOf(a submission.Agency) criteria.Text {
	if len(a.Name) == 0 {
		return criteria.Text{"": a.Code}
	}
	return a.Name
}

// answers are what agencies had entered, for bodies that were only renamed or moved since.
func (b *rebasing) answers() map[string]string {
	if b.published.answers == nil {
		return nil
	}
	kept := map[string]string{}
	for code, answers := range b.published.answers {
		p := b.heirs[code]
		if len(p.now) == 1 && (p.by == nil || p.by.Fate == submission.Moved) {
			kept[p.now[0]] = answers
		}
	}
	return kept
}

// gone lists the agencies of then that are no agencies of today, by their codes.
func (b *rebasing) gone() []Gone {
	var list []Gone
	for _, code := range sortedKeys(b.published.Agencies) {
		a, p := b.published.Agencies[code], b.heirs[code]
		var into []string
		stays := false
		for _, now := range p.now {
			if own, ok := b.today[now]; ok {
				stays = stays || now == code || p.by == nil
				into = append(into, own)
			}
		}
		if stays {
			continue
		}
		g := Gone{Code: code, Name: a.Name, Group: a.Group, Into: into}
		if p.by != nil {
			g.Fate, g.Date, g.Decision = p.by.Fate, p.by.Date, p.by.Decision
		}
		list = append(list, g)
	}
	return list
}
