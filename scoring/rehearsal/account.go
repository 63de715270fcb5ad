package rehearsal

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
)

// A PartKind says what a part of a change of a total comes from.
type PartKind int

// Kinds of parts.
const (
	Kept     PartKind = iota + 1 // an indicator of both sets
	Added                        // an indicator of the newer set only, given by earlier answers
	Removed                      // an indicator of the earlier set only
	Unasked                      // an indicator of both sets to which the earlier answer does not fit
	Whole                        // a pillar that is no sum of its parts
	Rebased                      // bringing what applies to the full scale
	Capped                       // caps of bonus and penalty, and totals below 0 or above the most
	Adjusted                     // what was decided beside the answers, and for lateness
	Rounded                      // rounding, and what the other parts leave
)

// String is the word of a rehearsal as JSON.
func (k PartKind) String() string {
	names := [...]string{Kept: "kept", Added: "added", Removed: "removed", Unasked: "unasked", Whole: "pillar", Rebased: "rebased", Capped: "capped", Adjusted: "adjusted", Rounded: "rounding"}
	if k < Kept || k > Rounded {
		return "invalid"
	}
	return names[k]
}

// A Part is one part of the change of an agency's total. Points are in those of the newer set's total.
type Part struct {
	Kind           PartKind
	Before, After  *criteria.Indicator // as far as the kind has them
	Pillar         *criteria.Pillar    // of a Whole: the newer set's, else the earlier one's
	PillarBefore   *criteria.Pillar    // of a Whole that was one under the earlier set
	Points         decimal.Decimal     // what the total gained by it; below 0: lost
	Weight, Judged decimal.Decimal     // of a Kept one: by its points or weight, and by how it is judged; together Points
	Mean           decimal.Decimal     // of Points, over the agencies of the group that are ranked under both sets
	Was, Now       Mark                // of an indicator: what it earned
}

// A Mark is what an indicator earned; zero where the set does not have it.
type Mark struct {
	Score, Of decimal.Decimal
	Status    rule.Status
	Note      rule.Note
}

// Apart is the part against its mean: what moves ranks, up where it is above 0.
func (p Part) Apart() decimal.Decimal { return p.Points.Sub(p.Mean) }

// toward is how far a part moved an agency the way that its rank moved; 0 is any way.
func (p Part) toward(moved int) decimal.Decimal {
	switch {
	case moved > 0:
		return p.Apart()
	case moved < 0:
		return p.Apart().Neg()
	default:
		return p.Apart().Abs()
	}
}

// An account compares totals of one agency group under two sets, part by part.
type account struct {
	before, after frame
	pairs         []pair
	digits        int32 // decimals of the parts
}

// A pair is one line of the account: the same indicator in both sets, or the same pillar.
type pair struct {
	kind     PartKind
	was, now *criteria.Indicator
	wholeWas *criteria.Pillar // of a Whole, as far as it is one in the sets
	wholeNow *criteria.Pillar
	// Ids of indicators that stood for themselves in the set before, or do so now, and are in the pillar in the other set.
	stoodWas, standNow []string
}

// A frame is a set as it makes the totals of an agency group.
type frame struct {
	of      decimal.Decimal          // attainable maximum
	worth   map[string]rule.Fraction // published points of a full indicator, by id
	each    map[string]rule.Fraction // the same for one of its points, where its parent sums
	pillars map[string]rule.Fraction // the same of pillars
	scale   rule.Fraction            // onto the newer set's scale
	same    bool                     // the scale is 1
}

func newFrame(set *criteria.Set, group string, of decimal.Decimal) frame {
	f := frame{of: set.Of(group), worth: map[string]rule.Fraction{}, each: map[string]rule.Fraction{}, pillars: map[string]rule.Fraction{}, scale: rule.One(), same: true}
	if f.of.IsPositive() && !f.of.Equal(of) {
		f.scale, f.same = rule.FractionOf(of, f.of), false
	}
	n := scoring.NominalOf(set, group, nil)
	whole := rule.Whole(f.of).Mul(f.scale)
	for id, w := range n.Indicators {
		f.worth[id] = plain(w.Mul(whole))
	}
	for id, w := range n.Pillars {
		f.pillars[id] = plain(w.Mul(whole))
	}
	for ind := range set.Root.AllIndicators() {
		points := ind.Points[group]
		if ind.Effect == criteria.Bonus || ind.Effect == criteria.Penalty {
			f.worth[ind.ID] = plain(rule.Whole(points).Mul(f.scale))
		}
		if points.IsPositive() {
			f.each[ind.ID] = plain(f.worth[ind.ID].Div(rule.Whole(points)))
		}
	}
	return f
}

// plain is a fraction as a whole number where a short decimal is exactly it, so that it is computed with fast.
func plain(f rule.Fraction) rule.Fraction {
	const short = 6
	if d := rule.Whole(f.Decimal(short)); d.Cmp(f) == 0 {
		return d
	}
	return f
}

// newAccount pairs the indicators of two sets, in the order of the newer one; what is gone comes last.
func newAccount(c *Carriage, group string) *account {
	of := c.after.Of(group)
	a := &account{before: newFrame(c.before, group, of), after: newFrame(c.after, group, of), digits: digits(c.before, c.after)}
	lineage := c.after.AncestorsIn(c.before)
	paired := map[string]bool{}
	in := foldings(c.before, c.after)
	for now := range c.after.Root.AllIndicators() {
		was, ok := c.before.Indicator(lineage[now.ID].ID)
		p := pair{kind: Added, now: now}
		if ok && !paired[was.ID] && heirOf(lineage, was.ID, now.ID) {
			paired[was.ID] = true
			p.kind, p.was = Kept, was
		}
		switch {
		case p.was != nil && in.fold(p):
			continue
		case c.Covers(now.ID):
		case p.was == nil:
			continue // nobody answered it, so that it brings nothing
		default:
			p.kind = Unasked
		}
		a.pairs = append(a.pairs, p)
	}
	for was := range c.before.Root.AllIndicators() {
		if !paired[was.ID] {
			a.pairs = append(a.pairs, pair{kind: Removed, was: was})
		}
	}
	a.pairs = append(a.pairs, in.wholes...)
	return a
}

// A folding is the pillars that are no sum of their parts, with the indicators that they take in.
type folding struct {
	wholes   []pair
	was, now map[string]string // the pillar of an indicator in it, by id
}

func foldings(before, after *criteria.Set) *folding {
	f := &folding{was: map[string]string{}, now: map[string]string{}}
	older := after.PillarsIn(before)
	gone, stays := wholes(before.Root, nil), []pair{}
	for _, now := range wholes(after.Root, nil) {
		p := pair{kind: Whole, wholeNow: now}
		was, known := older[now.ID]
		if i := slices.IndexFunc(gone, func(o *criteria.Pillar) bool { return known && o.ID == was }); i >= 0 {
			p.wholeWas = gone[i]
			gone = slices.Delete(gone, i, i+1)
		}
		stays = append(stays, p)
	}
	for _, was := range gone {
		f.wholes = append(f.wholes, pair{kind: Whole, wholeWas: was})
	}
	f.wholes = append(f.wholes, stays...)
	enter := func(set *criteria.Set, into map[string]string) {
		for _, p := range wholes(set.Root, nil) {
			for ind := range p.AllIndicators() {
				if ind.Effect == criteria.Base {
					into[ind.ID] = p.ID
				}
			}
		}
	}
	enter(before, f.was)
	enter(after, f.now)
	return f
}

// fold takes an indicator into the pillar that it is in under one set only, so that what it moved is told once.
func (f *folding) fold(p pair) bool {
	was, inWas := f.was[p.was.ID]
	now, inNow := f.now[p.now.ID]
	if inWas == inNow {
		return false
	}
	for i := range f.wholes {
		switch w := &f.wholes[i]; {
		case inNow && w.wholeNow != nil && w.wholeNow.ID == now:
			w.stoodWas = append(w.stoodWas, p.was.ID)
		case inWas && w.wholeWas != nil && w.wholeWas.ID == was:
			w.standNow = append(w.standNow, p.now.ID)
		}
	}
	return true
}

// heirOf reports whether an indicator goes on as another: of several that come from one, the one of its id.
func heirOf(lineage map[string]criteria.Lineage, was, now string) bool {
	return now == was || lineage[was].ID != was
}

// wholes lists the topmost pillars that are no sum of their parts, after those of a list.
func wholes(p *criteria.Pillar, list []*criteria.Pillar) []*criteria.Pillar {
	if !linear(p) {
		return append(list, p)
	}
	for _, child := range p.Pillars {
		list = wholes(child, list)
	}
	return list
}

// linear reports whether what a pillar's children earn adds up to what it earns.
func linear(p *criteria.Pillar) bool { return p.Combine == criteria.Sum || p.Combine == criteria.Mean }

// digits are the decimals of parts: those of the sets' points, or enough to tell them apart.
func digits(sets ...*criteria.Set) int32 {
	const enough = 4
	var most int32
	for _, s := range sets {
		for _, p := range []criteria.Places{s.Rounding.Indicator, s.Rounding.Total} {
			if !p.Round {
				return enough
			}
			most = max(most, p.N)
		}
	}
	return most
}

// lines are what makes a total, on the newer set's scale.
type lines struct {
	indicators map[string]line
	pillars    map[string]decimal.Decimal
	capped     decimal.Decimal
	adjusted   decimal.Decimal
	rebased    decimal.Decimal
	base       decimal.Decimal // sum of the lines before re-basing
}

type line struct {
	points decimal.Decimal
	result *scoring.IndicatorResult
}

// lines takes the total of an agency apart.
func (f frame) lines(res *scoring.Result) lines {
	l := lines{indicators: make(map[string]line, len(f.worth)), pillars: map[string]decimal.Decimal{}}
	f.walk(&res.Root, true, &l)
	total := f.scaled(res.Score)
	for _, entry := range res.Ledger {
		switch {
		case entry.Indicator != nil && entry.Indicator.Effect != criteria.Base:
			points := f.scaled(entry.Points)
			l.indicators[entry.Indicator.ID] = line{points, l.indicators[entry.Indicator.ID].result}
			total = total.Sub(points)
		case entry.Adjustment != nil:
			l.adjusted = l.adjusted.Add(f.scaled(entry.Points))
		case entry.Note.Kind == "ledger-rounding":
			total = total.Sub(f.scaled(entry.Points))
		case caps(entry.Note.Kind):
			l.capped = l.capped.Add(f.scaled(entry.Points))
		}
	}
	l.rebased = total.Sub(l.capped).Sub(l.adjusted).Sub(l.base)
	return l
}

// caps reports whether a line of a ledger holds the total within its bounds.
func caps(kind string) bool {
	switch kind {
	case "ledger-bonus-cap", "ledger-penalty-cap", "ledger-floor", "ledger-ceiling":
		return true
	default:
		return false
	}
}

func (f frame) scaled(d decimal.Decimal) decimal.Decimal {
	if f.same {
		return d
	}
	return f.scale.Of(d, rule.KeptPlaces)
}

// walk enters what a pillar's children earn; apart says that no pillar above is more or less than its parts.
func (f frame) walk(p *scoring.PillarResult, apart bool, l *lines) {
	if apart && !linear(p.Pillar) {
		points := f.pillars[p.Pillar.ID].Of(p.Share, rule.KeptPlaces)
		l.pillars[p.Pillar.ID], l.base, apart = points, l.base.Add(points), false
	}
	for i := range p.Pillars {
		f.walk(&p.Pillars[i], apart, l)
	}
	for i := range p.Indicators {
		r := &p.Indicators[i]
		entry := line{result: r}
		if r.Indicator.Effect == criteria.Base && apart {
			entry.points = f.earned(p.Pillar, r)
			l.base = l.base.Add(entry.points)
		}
		l.indicators[r.Indicator.ID] = entry
	}
}

// earned is what an indicator brings into the total before re-basing. Where its parent sums, its points are rounded.
func (f frame) earned(parent *criteria.Pillar, r *scoring.IndicatorResult) decimal.Decimal {
	if parent.Combine != criteria.Sum {
		return f.worth[r.Indicator.ID].Of(r.Share.Decimal(rule.KeptPlaces), rule.KeptPlaces)
	}
	return f.each[r.Indicator.ID].Of(r.Score, rule.KeptPlaces)
}

// named is how many parts follow those of the pairs.
const named = 4

// parts are those of the change of an agency's total, one for each pair, then the named ones: they add up to the change,
// exactly.
func (a *account) parts(was, now *scoring.Result, then, current lines) []Part {
	parts := make([]Part, 0, len(a.pairs)+named)
	rest := a.change(was.Standing, now.Standing)
	add := func(p Part) {
		rest = rest.Sub(p.Points)
		parts = append(parts, p)
	}
	for _, p := range a.pairs {
		add(a.part(p, then, current))
	}
	add(Part{Kind: Rebased, Points: current.rebased.Sub(then.rebased).Round(a.digits)})
	add(Part{Kind: Capped, Points: current.capped.Sub(then.capped).Round(a.digits)})
	add(Part{Kind: Adjusted, Points: current.adjusted.Sub(then.adjusted).Round(a.digits)})
	return append(parts, Part{Kind: Rounded, Points: rest})
}

// change is how the total changed, on the newer set's scale.
func (a *account) change(was, now scoring.Standing) decimal.Decimal {
	return now.Score.Sub(a.then(was.Score))
}

// then is an earlier total on the newer set's scale.
func (a *account) then(total decimal.Decimal) decimal.Decimal {
	if a.before.same {
		return total
	}
	return a.before.scaled(total).Round(a.digits)
}

func (a *account) part(p pair, then, current lines) Part {
	if p.kind == Whole {
		return a.whole(p, then, current)
	}
	part := Part{Kind: p.kind, Before: p.was, After: p.now}
	var was, now line
	if p.was != nil {
		was = then.indicators[p.was.ID]
		part.Was = markOf(was)
	}
	if p.now != nil {
		now = current.indicators[p.now.ID]
		part.Now = markOf(now)
	}
	part.Points = now.points.Sub(was.points).Round(a.digits)
	if p.kind == Kept && now.result != nil && now.result.Note.Kind == "left-out" {
		part.Kind = Unasked // the agency's own answer does not fit
	}
	if part.Kind == Kept {
		part.Weight = a.weight(p, was, now).Round(a.digits)
		part.Judged = part.Points.Sub(part.Weight)
	}
	return part
}

// whole is the part of a pillar that is no sum of its parts.
func (a *account) whole(p pair, then, current lines) Part {
	part := Part{Kind: Whole, Pillar: p.wholeNow, PillarBefore: p.wholeWas}
	points := decimal.Decimal{}
	if p.wholeWas != nil {
		points = points.Sub(then.pillars[p.wholeWas.ID])
	}
	if p.wholeNow != nil {
		points = points.Add(current.pillars[p.wholeNow.ID])
	} else {
		part.Pillar = p.wholeWas
	}
	for _, id := range p.stoodWas {
		points = points.Sub(then.indicators[id].points)
	}
	for _, id := range p.standNow {
		points = points.Add(current.indicators[id].points)
	}
	part.Points = points.Round(a.digits)
	return part
}

// weight is what a kept indicator would gain if it were judged as before and only worth as much as now.
func (a *account) weight(p pair, was, now line) decimal.Decimal {
	then, current := a.before.worth[p.was.ID], a.after.worth[p.now.ID]
	switch {
	case then.Cmp(current) == 0:
		return decimal.Decimal{}
	case was.result == nil || then.Sign() == 0 || now.result == nil || current.Sign() == 0:
		return now.points.Sub(was.points) // it counts under one of the sets only
	default:
		return rule.Whole(was.points).Mul(current).Div(then).Decimal(rule.KeptPlaces).Sub(was.points)
	}
}

func markOf(l line) Mark {
	if l.result == nil {
		return Mark{}
	}
	return Mark{Score: l.result.Score, Of: l.result.Of, Status: l.result.Status, Note: l.result.Note}
}
