package criteria

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/diag"
)

// Check reports the faults across a set, without places. A Set that Load returned has none.
func (s *Set) Check() diag.Problems {
	c := checker{set: s, reader: newReader(inFile(""))}
	c.run()
	return c.problems
}

// A checker finds what is wrong between the parts of a set. What the reader found faulty it leaves aside.
type checker struct {
	set *Set
	*reader
}

func (c checker) run() {
	c.ids()
	c.numbers()
	c.ratings()
	c.tieBreak()
	c.figures()
	c.codes()
	c.groupsHaveIndicators()
	if c.set.Scale.OfPoints && c.set.Root.Combine != Sum {
		c.at(spot{c.set, "scale"}, "scale-points-without-sum", c.set.Root.Combine.String())
	}
	c.pillar(c.set.Root, Sum)
	c.views()
}

// at notes a fault at a spot, or at the nearest one around it that is in the file.
func (c checker) at(s spot, kind string, args ...any) {
	c.fault(c.near(s), kind, args...)
}

// A named node is a pillar or indicator with its id.
type named struct {
	id    string
	at    spot
	place diag.Place
}

// ids finds ids used twice; pillars, indicators and views share one space, because reviews and tables name them by id
// alone.
func (c checker) ids() {
	var all []named
	add := func(id string, at spot) { all = append(all, named{id, at, c.where(c.node(at))}) }
	for p := range c.set.Root.AllPillars() {
		add(p.ID, spot{p, "id"})
	}
	for ind := range c.set.Root.AllIndicators() {
		add(ind.ID, spot{ind, "id"})
	}
	for i, v := range c.set.Views {
		add(v.ID, spot{c.set, "views"}.item(i).key("id"))
	}
	slices.SortStableFunc(all, func(a, b named) int { return a.place.Compare(b.place) })
	first := make(map[string]diag.Place, len(all))
	for _, n := range all {
		switch earlier, again := first[n.id]; {
		case n.id == "":
		case n.id == FiguresID:
			c.at(n.at, "reserved-id", n.id)
		case again:
			kind := "duplicate-id"
			if n.at.owner == any(c.set) {
				kind = "duplicate-view-id"
			}
			c.usedAgain(n, kind, earlier)
		default:
			first[n.id] = n.place
		}
	}
}

// usedAgain notes an id that is used at an earlier place; in the same text its line says where.
func (c checker) usedAgain(n named, kind string, earlier diag.Place) {
	if earlier.Sheet != "" || earlier.File != n.place.File {
		c.at(n.at, "duplicate-id-elsewhere", n.id, earlier.String())
		return
	}
	c.at(n.at, kind, n.id, earlier.Row)
}

// numbers finds display numbers that two indicators share: long tables look indicators up by them.
func (c checker) numbers() {
	first := map[string]*Indicator{}
	for ind := range c.set.Root.AllIndicators() {
		earlier, again := first[ind.No]
		if again && ind.No != "" {
			c.at(spot{ind, "no"}, "duplicate-no", ind.No, earlier.ID)
			continue
		}
		first[ind.No] = ind
	}
}

func (c checker) tieBreak() {
	if c.faulty[spot{c.set, "ranking.tie_break"}] {
		return
	}
	var known []string
	for p := range c.set.Root.AllPillars() {
		known = append(known, p.ID)
	}
	at := spot{c.set, "ranking.tie_break"}
	for i, id := range c.set.Ranking.TieBreak {
		if !slices.Contains(known, id) {
			c.noNode(c.node(at.item(i)), "unknown-pillar", id, known)
		}
	}
}

func (c checker) groupsHaveIndicators() {
	for _, g := range c.set.Groups {
		if !c.concerned(g.ID) {
			c.at(spot{c.set, "groups." + g.ID}, "group-without-indicators", g.ID)
		}
	}
}

// concerned reports whether an indicator that counts is for a group, or may be once its faults are mended. Of a set
// without any indicator that is said elsewhere.
func (c checker) concerned(group string) bool {
	any := false
	for ind := range c.set.Root.AllIndicators() {
		any = true
		if ind.Effect <= Base && ind.Concerns(group) || c.faulty[spot{ind, "for"}] {
			return true
		}
	}
	return !any
}

// ratings checks that they descend from the best to one that everybody reaches.
func (c checker) ratings() {
	ratings := c.set.Ratings
	if len(ratings) == 0 {
		return
	}
	list := spot{c.set, "ratings"}
	seen := map[string]bool{}
	for i, r := range ratings {
		at := list.item(i)
		if c.faulty[at] || c.faulty[at.key("")] || c.faulty[at.key("from")] || c.faulty[at.key("above")] {
			return
		}
		if r.ID != "" && seen[r.ID] {
			c.at(at.key("id"), "duplicate-rating", r.ID)
		}
		seen[r.ID] = true
		c.bound(i, r)
	}
	if last := ratings[len(ratings)-1]; last.Above || last.Bound.IsPositive() {
		c.at(boundSpot(list, len(ratings)-1, last), "ratings-do-not-reach-0", last.ID)
	}
}

func boundSpot(list spot, i int, r Rating) spot {
	if r.Above {
		return list.item(i).key("above")
	}
	return list.item(i).key("from")
}

// bound checks one rating's bound by itself and against the one before.
func (c checker) bound(i int, r Rating) {
	at := boundSpot(spot{c.set, "ratings"}, i, r)
	switch {
	case r.Bound.IsNegative():
		c.at(at, "rating-below-0", r.ID, r.Bound)
	case r.Bound.GreaterThan(hundred) && !c.hasBonus():
		c.at(at, "rating-above-100", r.ID, r.Bound)
	}
	if i == 0 {
		return
	}
	switch before := c.set.Ratings[i-1]; r.Bound.Cmp(before.Bound) {
	case 0:
		c.at(at, "ratings-at-one-bound", before.ID, r.ID, r.Bound)
	case 1:
		c.at(at, "ratings-not-descending", r.ID, r.Bound, before.ID, before.Bound)
	}
}

func (c checker) hasBonus() bool {
	for ind := range c.set.Root.AllIndicators() {
		if ind.Effect == Bonus {
			return true
		}
	}
	return false
}

// pillar checks a pillar and what is below it. The combination is that of an ancestor which takes no negative share,
// else Sum.
func (c checker) pillar(p *Pillar, strict Combine) {
	if p.Combine == Geometric || p.Combine == Harmonic {
		strict = p.Combine
	}
	c.sums(p)
	for _, child := range p.Pillars {
		if p.Combine == Sum && child.Combine != Sum {
			c.complete(child, child.Points, child.Concerns)
		}
		c.pillar(child, strict)
	}
	for _, ind := range p.Indicators {
		c.indicator(ind, p, strict)
	}
}

// sums checks that the points of a pillar's children add up to its own, for each group by itself.
func (c checker) sums(p *Pillar) {
	if p.Combine != Sum || c.unsure(p) {
		return
	}
	for _, g := range c.set.Groups {
		declared, ok := p.Points[g.ID]
		if !ok {
			continue
		}
		if sum := childPoints(p, g.ID); !sum.Equal(declared) {
			c.at(spot{p, "points." + g.ID}, "points-do-not-add-up", p.ID, g.ID, declared, sum)
		}
	}
}

// childPoints is the sum of the points of a pillar's children for a group.
func childPoints(p *Pillar, group string) decimal.Decimal {
	return (&Pillar{Combine: Sum, Pillars: p.Pillars, Indicators: p.Indicators}).PointsFor(group)
}

// unsure reports whether points below a pillar could not be read, so that their sum says nothing.
func (c checker) unsure(p *Pillar) bool {
	if len(c.faulty) == 0 {
		return false
	}
	keys := []string{"", "points", "for", "effect", "combine"}
	for child := range p.AllPillars() {
		for _, key := range keys {
			if c.faulty[spot{child, key}] {
				return true
			}
		}
	}
	for ind := range p.AllIndicators() {
		for _, key := range keys {
			if c.faulty[spot{ind, key}] {
				return true
			}
		}
	}
	return c.faulty[spot{p, ""}] || c.faulty[spot{p, "points"}] || c.faulty[spot{p, "pillars"}] || c.faulty[spot{p, "indicators"}]
}

// complete checks that points are there, and above 0, for every group that is concerned.
func (c checker) complete(owner any, points PerGroup, concerns func(group string) bool) {
	if c.faulty[spot{owner, "points"}] || c.faulty[spot{owner, "for"}] {
		return
	}
	for _, g := range c.set.Groups {
		if !concerns(g.ID) {
			continue
		}
		d, ok := points[g.ID]
		switch {
		case len(points) == 0:
			c.at(spot{owner, ""}, "missing-key", "points")
			return
		case !ok:
			c.at(spot{owner, "points"}, "points-missing-for-group", g.ID)
		case !d.IsPositive():
			c.at(spot{owner, "points." + g.ID}, "points-not-above-0", d)
		}
	}
}
