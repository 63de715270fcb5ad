package criteria

import (
	"slices"

	"github.com/opendti/dti/criteria/rule"
)

// A Change is one difference between two editions of an index, as data.
type Change struct {
	Kind    string // "points", "indicator-added", …: "diff-" and Kind is a sentence of package locale under "notes"
	Pillar  string // id of the pillar that holds the subject, or is the subject; "" is the set itself
	Subject string // id of the pillar or indicator that changed, in the newer edition if it is there; "": the set
	Name    Text   // the subject's, in the same edition; nil: the set
	Args    []any  // as those of a rule.Note; what was and what is come last
}

// Note says the change, without its subject.
func (c Change) Note() rule.Note { return rule.Note{Kind: "diff-" + c.Kind, Args: c.Args} }

// Diff tells what changed from one edition to the next, in the order of the newer one: first the set's own settings,
// then pillar by pillar; what is gone stands last in the pillar that held it. Indicators are
// the same by their ids or, where they say `from`, by their lineage; pillars as PillarsIn finds them, and views and
// ratings likewise. The order within lists is not compared, nor are
// id and version of the set. A set does not differ from itself.
func Diff(before, after *Set) []Change {
	d := differ{before: before, after: after, older: lineage(before, after), newer: map[*Indicator]*Indicator{}}
	for now, was := range d.older {
		d.newer[was] = now
	}
	d.olderPillars, d.newerPillars = pillarLineage(before, after, d.older), map[*Pillar]*Pillar{before.Root: after.Root}
	d.olderPillars[after.Root] = before.Root
	for now, was := range d.olderPillars {
		d.newerPillars[was] = now
	}
	for _, g := range after.Groups {
		if _, ok := before.Group(g.ID); ok {
			d.groups = append(d.groups, g)
		}
	}
	for _, lang := range after.Languages {
		if slices.Contains(before.Languages, lang) {
			d.languages = append(d.languages, lang)
		}
	}
	d.set()
	d.pillar(before.Root, after.Root)
	return d.changes
}

// lineage finds the older self of each indicator of the newer edition. One edition may have been renumbered so that an
// id now means another indicator, which is why `from` goes before equal ids of other names; but a `from` that the older
// edition has too speaks of an edition before both.
func lineage(before, after *Set) map[*Indicator]*Indicator {
	older := map[*Indicator]*Indicator{}
	taken := map[*Indicator]bool{}
	match := func(id func(*Indicator) string) {
		for now := range after.Root.AllIndicators() {
			was, ok := before.Indicator(id(now))
			if ok && older[now] == nil && !taken[was] {
				older[now], taken[was] = was, true
			}
		}
	}
	match(func(now *Indicator) string { // it kept id and name, whoever else comes from it
		if was, ok := before.Indicator(now.ID); ok && now.From.ID == "" && sameName(was.Name, now.Name) {
			return now.ID
		}
		return ""
	})
	stated := func(now *Indicator) string { return now.statedIn(before) }
	match(func(now *Indicator) string { // of two with one origin, the one that kept the id
		if stated(now) == now.ID {
			return now.ID
		}
		return ""
	})
	match(stated)
	match(func(now *Indicator) string { return now.ID })
	return older
}

// A differ collects changes.
type differ struct {
	before, after *Set
	older, newer  map[*Indicator]*Indicator // the same indicator in the other edition
	olderPillars  map[*Pillar]*Pillar       // the earlier self
	newerPillars  map[*Pillar]*Pillar
	groups        []AgencyGroup // in both editions
	languages     []string      // in both editions
	at            Change        // subject of the changes that are noted now
	changes       []Change
}

func (d *differ) say(kind string, args ...any) {
	c := d.at
	c.Kind, c.Args = kind, args
	d.changes = append(d.changes, c)
}

// set compares what belongs to no pillar.
func (d *differ) set() {
	d.text("title", d.before.Title, d.after.Title)
	d.settings(setSettings(d.before, d.renamedTieBreak()), setSettings(d.after, d.after.Ranking.TieBreak))
	d.text("source-structure-only", d.before.Source.StructureOnly, d.after.Source.StructureOnly)
	paired(d.before.Groups, d.after.Groups, func(g AgencyGroup) string { return g.ID }, d.group)
	d.ratings()
	d.inputs(d.before.Figures, d.after.Figures, FiguresID+".")
	d.codes(d.before.Verifiers, d.after.Verifiers, "verifier")
	d.codes(d.before.Tags, d.after.Tags, "tag")
	d.views()
	for _, key := range unitedKeys(d.before.Terms, d.after.Terms) {
		d.text("term", d.before.Terms[key], d.after.Terms[key], key)
	}
}

func (d *differ) group(was, now *AgencyGroup) {
	switch {
	case was == nil:
		d.say("group-added", now.Name, now.ID)
	case now == nil:
		d.say("group-removed", was.Name, was.ID)
	default:
		d.text("group-renamed", was.Name, now.Name)
	}
}

func (d *differ) rating(was, now *Rating) {
	switch {
	case was == nil:
		d.say("rating-added", now.Name, now.bound())
	case now == nil:
		d.say("rating-removed", was.Name, was.bound())
	default:
		if was.ID != now.ID {
			d.say("rating-id", now.Name, was.ID, now.ID)
		}
		d.text("rating-renamed", was.Name, now.Name)
		d.settings([]setting{{"rating-bound", was.bound()}}, []setting{{"rating-bound", now.bound()}}, now.Name)
	}
}

// bound is where the rating starts, in words.
func (r Rating) bound() rule.Note {
	if r.Above {
		return rule.Say("diff-bound-above", r.Bound)
	}
	return rule.Say("diff-bound-from", r.Bound)
}

// pillar compares a pillar and what is below it; one of the two is nil where it was added or removed.
func (d *differ) pillar(was, now *Pillar) {
	p := now
	if p == nil {
		p = was
	}
	d.at = Change{Pillar: p.ID, Subject: p.ID, Name: p.Name}
	switch {
	case was == nil:
		d.say("pillar-added")
	case now == nil:
		d.say("pillar-removed")
	default:
		d.samePillar(was, now)
	}
	d.children(orEmpty(was), orEmpty(now))
}

func orEmpty(p *Pillar) *Pillar {
	if p == nil {
		return &Pillar{}
	}
	return p
}

func (d *differ) samePillar(was, now *Pillar) {
	if was.ID != now.ID {
		d.say("renumbered", was.ID, now.ID)
	}
	d.moved(d.before.parentOf(was.ID), d.after.parentOf(now.ID))
	d.text("renamed", was.Name, now.Name)
	d.settings(pillarSettings(was), pillarSettings(now))
	d.points(was.attainable, now.attainable)
}

// attainable is the points of a pillar that has some for the group.
func (p *Pillar) attainable(group string) rule.Optional {
	_, said := p.Points[group]
	return rule.Optional{Value: p.PointsFor(group), Set: said || p.Combine == Sum && p.Concerns(group)}
}

func (d *differ) children(was, now *Pillar) {
	for _, child := range now.Pillars {
		d.pillar(d.olderPillars[child], child)
	}
	for _, child := range was.Pillars {
		if d.newerPillars[child] == nil {
			d.pillar(child, nil)
		}
	}
	for _, ind := range now.Indicators {
		d.at = Change{Pillar: now.ID, Subject: ind.ID, Name: ind.Name}
		d.indicator(d.older[ind], ind)
	}
	for _, ind := range was.Indicators {
		if d.newer[ind] == nil {
			d.at = Change{Pillar: was.ID, Subject: ind.ID, Name: ind.Name}
			d.say("indicator-removed")
		}
	}
}

func (d *differ) indicator(was, now *Indicator) {
	if was == nil {
		d.say("indicator-added", d.after.Named(now.Words(), now))
		return
	}
	if was.ID != now.ID {
		d.say("renumbered", was.ID, now.ID)
	}
	d.moved(d.before.parentOf(was.ID), d.after.parentOf(now.ID))
	d.text("renamed", was.Name, now.Name)
	d.settings(indicatorSettings(d.before, was), indicatorSettings(d.after, now))
	d.concerns(was, now)
	d.points(was.pointsFor, now.pointsFor)
	d.inputs(was.Inputs, now.Inputs, "")
	d.rule(was, now)
	d.text("evidence-hint", was.Evidence.Hint, now.Evidence.Hint)
	d.text("advice", was.Advice, now.Advice)
	if now.From.ID == was.ID && !now.From.Comparable && now.From != was.From {
		d.say("not-comparable")
	}
}

func (ind *Indicator) pointsFor(group string) rule.Optional {
	points, ok := ind.Points[group]
	return rule.Optional{Value: points, Set: ok}
}

// concerns compares the groups that an indicator is for.
func (d *differ) concerns(was, now *Indicator) {
	list := func(ind *Indicator) any {
		var names []rule.Note
		for _, g := range d.groups {
			if ind.Concerns(g.ID) {
				names = append(names, rule.Say("diff-name", g.Name))
			}
		}
		return names
	}
	d.settings([]setting{{"for", list(was)}}, []setting{{"for", list(now)}})
}

// points compares the points of each group that had them and has them; they are said once where all changed alike.
func (d *differ) points(was, now func(group string) rule.Optional) {
	type change struct {
		group    Text
		was, now any
	}
	var changes []change
	concerned := 0
	for _, g := range d.groups {
		old, current := was(g.ID), now(g.ID)
		if !old.Set && !current.Set {
			continue
		}
		concerned++
		if c := (change{g.Name, optional(old), optional(current)}); spelled(c.was) != spelled(c.now) {
			changes = append(changes, c)
		}
	}
	alike := len(changes) == concerned
	for _, c := range changes {
		alike = alike && spelled(c.was) == spelled(changes[0].was) && spelled(c.now) == spelled(changes[0].now)
	}
	if alike && concerned > 0 {
		d.say("points", changes[0].was, changes[0].now)
		return
	}
	for _, c := range changes {
		d.say("points-group", c.group, c.was, c.now)
	}
}

// moved compares what holds a node.
func (d *differ) moved(was, now *Pillar) {
	if was != nil && now != nil && d.olderPillars[now] != was {
		d.say("moved", was.called(), now.called())
	}
}

// called is the name of a pillar in a change.
func (p *Pillar) called() rule.Note {
	if p.ID == "" {
		return rule.Note{Kind: "diff-top"}
	}
	return rule.Say("diff-name", p.Name)
}

// inputs compares the inputs of an indicator, or the figures, whose ids have a prefix.
func (d *differ) inputs(before, after []Input, prefix string) {
	paired(before, after, func(in Input) string { return in.ID }, func(was, now *Input) {
		switch {
		case was == nil:
			d.say("input-added", prefix+now.ID, now.Name, now.Type.String())
		case now == nil:
			d.say("input-removed", prefix+was.ID, was.Name)
		default:
			d.settings(inputSettings(was), inputSettings(now), prefix+now.ID)
			if prefix != "" || len(before) > 1 || len(after) > 1 {
				d.text("input-renamed", was.Name, now.Name, prefix+now.ID)
			}
		}
	})
}

// rule compares how two editions of an indicator are scored. The names of inputs in it are no change of the rule; the
// inputs that it reads are.
func (d *differ) rule(was, now *Indicator) {
	if spelled(was.Rule.Words()) != spelled(now.Rule.Words()) {
		d.ruleChanged(was, now, was.Words(), now.Words())
	}
	d.settings([]setting{{"options", was.optionIDs()}}, []setting{{"options", now.optionIDs()}})
}

// ruleChanged says two rules with the names of inputs; those say it also where nothing else differs. Of rules that differ
// in one list only (steps, options, parts), it says what the other does not have in it.
func (d *differ) ruleChanged(was, now *Indicator, before, after rule.Note) {
	gone, fresh, ok := listwise(before, after)
	older := d.before.Named(rule.Note{Args: []any{gone}}, was).Args[0]
	newer := d.after.Named(rule.Note{Args: []any{fresh}}, now).Args[0]
	named, renamed := d.before.Named(before, was), d.after.Named(after, now)
	switch {
	case ok && len(gone) == 0:
		d.say("rule-more", newer)
	case ok && len(fresh) == 0:
		d.say("rule-less", older)
	case ok:
		d.say("rule", older, newer)
	case spelled(named) == spelled(renamed):
		d.say("rule", before, after)
	default:
		d.say("rule", named, renamed)
	}
}

func (ind *Indicator) optionIDs() []string {
	var list []string
	for _, in := range ind.Inputs {
		for _, o := range ind.Options(in.ID) {
			list = append(list, o.ID)
		}
	}
	return list
}
