package criteria

import (
	"maps"
	"slices"
)

// PillarsIn finds the earlier self of each pillar, by id: that of the same id, unless its name is another and another
// pillar holds what it held; else the one of which it holds the same, which is more than half of the indicators of both,
// by their lineage. The root is that of the other edition.
func (s *Set) PillarsIn(before *Set) map[string]string {
	older := map[string]string{"": ""}
	for now, was := range pillarLineage(before, s, lineage(before, s)) {
		older[now.ID] = was.ID
	}
	return older
}

// pillarLineage finds the older self of each pillar of the newer edition.
func pillarLineage(before, after *Set, indicators map[*Indicator]*Indicator) map[*Pillar]*Pillar {
	m := pillarMatch{indicators, map[*Pillar]*Pillar{}, map[*Pillar]bool{}}
	m.match(before, after, func(was, now *Pillar) bool {
		return was.ID == now.ID && (maps.Equal(was.Name, now.Name) || m.same(was, now))
	})
	m.match(before, after, func(was, now *Pillar) bool { return m.shared(was.Indicators, now.Indicators) && m.same(was, now) })
	m.match(before, after, m.same)
	m.match(before, after, func(was, now *Pillar) bool { return was.ID == now.ID })
	return m.older
}

// A pillarMatch pairs pillars of two editions.
type pillarMatch struct {
	indicators map[*Indicator]*Indicator // older self, by the newer
	older      map[*Pillar]*Pillar
	taken      map[*Pillar]bool
}

// match pairs those that are free yet and that alike holds for, the first that fits.
func (m pillarMatch) match(before, after *Set, alike func(was, now *Pillar) bool) {
	for now := range after.Root.AllPillars() {
		if now.ID == "" || m.older[now] != nil {
			continue
		}
		for was := range before.Root.AllPillars() {
			if was.ID != "" && !m.taken[was] && alike(was, now) {
				m.older[now], m.taken[was] = was, true
				break
			}
		}
	}
}

// same reports whether two pillars hold the same, at any depth.
func (m pillarMatch) same(was, now *Pillar) bool {
	var older, newer []*Indicator
	for ind := range was.AllIndicators() {
		older = append(older, ind)
	}
	for ind := range now.AllIndicators() {
		newer = append(newer, ind)
	}
	return m.shared(older, newer)
}

// shared reports whether more than half of each list are in the other one.
func (m pillarMatch) shared(was, now []*Indicator) bool {
	held := make(map[*Indicator]bool, len(was))
	for _, ind := range was {
		held[ind] = true
	}
	both := 0
	for _, ind := range now {
		if older := m.indicators[ind]; older != nil && held[older] {
			both++
		}
	}
	return 2*both > len(was) && 2*both > len(now)
}

// RatingsIn finds the earlier self of each rating, by id: that of the same id, else of the same name, else of the same
// bound.
func (s *Set) RatingsIn(before *Set) map[string]string {
	older := map[string]string{}
	for now, was := range matched(before.Ratings, s.Ratings,
		func(was, now Rating) bool { return was.ID == now.ID },
		func(was, now Rating) bool { return sameName(was.Name, now.Name) },
		func(was, now Rating) bool { return was.Bound.Equal(now.Bound) && was.Above == now.Above },
	) {
		older[s.Ratings[now].ID] = before.Ratings[was].ID
	}
	return older
}

// sameName reports whether a thing has a name, and has it in both editions in every language that both give it in.
func sameName(was, now Text) bool {
	shared := false
	for lang, name := range now {
		if then, ok := was[lang]; ok {
			if shared = name == then; !shared {
				return false
			}
		}
	}
	return shared
}

// matched pairs indexes of two lists, of the newer with the older: by the first of the likenesses that finds a partner
// which is still free.
func matched[T any](before, after []T, likenesses ...func(was, now T) bool) map[int]int {
	older, taken := map[int]int{}, map[int]bool{}
	for _, alike := range likenesses {
		for i := range after {
			for j := range before {
				if _, found := older[i]; !found && !taken[j] && alike(before[j], after[i]) {
					older[i], taken[j] = j, true
				}
			}
		}
	}
	return older
}

// visitMatched visits what two lists hold: each of the newer list with its older self, or nil, then what only the older
// list has.
func visitMatched[T any](before, after []T, older map[int]int, visit func(was, now *T)) {
	taken := map[int]bool{}
	for i := range after {
		j, ok := older[i]
		if !ok {
			visit(nil, &after[i])
			continue
		}
		taken[j] = true
		visit(&before[j], &after[i])
	}
	for j := range before {
		if !taken[j] {
			visit(&before[j], nil)
		}
	}
}

// renamedTieBreak are the ids of the older edition's tie break as the newer one writes them.
func (d *differ) renamedTieBreak() []string {
	ids := slices.Clone(d.before.Ranking.TieBreak)
	for i, id := range ids {
		if was, ok := d.before.Pillar(id); ok && d.newerPillars[was] != nil {
			ids[i] = d.newerPillars[was].ID
		}
	}
	return ids
}

// ratings compares ratings, by RatingsIn.
func (d *differ) ratings() {
	older := d.after.RatingsIn(d.before)
	visitMatched(d.before.Ratings, d.after.Ratings, matched(d.before.Ratings, d.after.Ratings, func(was, now Rating) bool {
		id, ok := older[now.ID]
		return ok && id == was.ID
	}), d.rating)
}

// views compares views: those of one id, else those made of the same parts.
func (d *differ) views() {
	visitMatched(d.before.Views, d.after.Views, matched(d.before.Views, d.after.Views,
		func(was, now View) bool {
			return was.ID == now.ID && (sameName(was.Name, now.Name) || d.sameParts(was, now))
		},
		d.sameParts,
		func(was, now View) bool { return was.ID == now.ID },
	), d.view)
}

// sameParts reports whether more than half of the parts of two views are parts of both.
func (d *differ) sameParts(was, now View) bool {
	both := 0
	for _, part := range now.Parts {
		if slices.ContainsFunc(was.Parts, func(p ViewPart) bool { return p.ID == d.partID(part) }) {
			both++
		}
	}
	return 2*both > len(was.Parts) && 2*both > len(now.Parts)
}
