package criteria

import (
	"slices"

	"github.com/shopspring/decimal"
	"gopkg.in/yaml.v3"

	"github.com/opendti/dti/criteria/rule"
)

// The keys of a view and of one of its parts.
var (
	viewKeys = mapping{name: "view", keys: []declared{
		{"id", true, refTo("id")},
		{"no", false, refTo("text")},
		{"name", true, refTo("name")},
		{"combine", false, oneWord(viewWords...)},
		{"of", true, listOf(refTo("view_part"))},
	}}
	viewPartKeys = mapping{name: "view_part", keys: []declared{
		{"id", true, refTo("id")},
		{"weight", false, above0()},
	}}
)

// viewWords are the ways to combine the parts of a view: those of a pillar save the sum, because a part may count in the
// total with other points than here. The default stands first.
var viewWords = combineWords[Mean-1:]

// views reads the other roll-ups of the set, and finds their parts below the root. A part that is not there has neither
// pillar nor indicator.
func (f fields) views(root *Pillar) []View {
	n := f.value("views")
	if n == nil {
		return nil
	}
	at := f.at.key("views")
	nodes := f.items(n, at)
	views := make([]View, 0, len(nodes))
	for i, node := range nodes {
		views = append(views, f.view(node, at.item(i)))
	}
	known := nodesOf(root)
	for _, v := range views {
		for i := range v.Parts {
			node := known.byID[v.Parts[i].ID]
			v.Parts[i].Pillar, v.Parts[i].Indicator = node.pillar, node.indicator
		}
	}
	return views
}

func (r *reader) view(n *yaml.Node, at spot) View {
	v := View{Combine: Mean}
	f, ok := r.fields(n, at, viewKeys)
	if !ok {
		return v
	}
	v.ID, v.No, v.Name = f.id(), f.optional("no"), f.name("name")
	if s, _ := f.plain("combine"); s == Sum.String() {
		f.bad("combine", "view-sum")
	} else {
		v.Combine = Combine(f.word("combine", viewWords...)) + Mean
	}
	if !f.need("of") {
		return v
	}
	list := f.at.key("of")
	for i, node := range f.items(f.value("of"), list) {
		v.Parts = append(v.Parts, r.viewPart(node, list.item(i)))
	}
	return v
}

func (r *reader) viewPart(n *yaml.Node, at spot) ViewPart {
	one := decimal.NewFromInt(1)
	f, ok := r.fields(n, at, viewPartKeys)
	if !ok {
		return ViewPart{Weight: one}
	}
	return ViewPart{ID: f.id(), Weight: f.positive("weight").Or(one)}
}

// Concerns reports whether a part of the view concerns an agency group; a view that does not is not there for it.
func (v *View) Concerns(group string) bool {
	return slices.ContainsFunc(v.Parts, func(p ViewPart) bool { return p.Concerns(group) })
}

// Concerns reports whether the pillar or indicator concerns an agency group.
func (p ViewPart) Concerns(group string) bool {
	if p.Pillar != nil {
		return p.Pillar.Concerns(group)
	}
	return p.Indicator != nil && p.Indicator.Concerns(group)
}

// Name is that of the pillar or indicator.
func (p ViewPart) Name() Text {
	if p.Pillar != nil {
		return p.Pillar.Name
	}
	return p.Indicator.Name
}

// No is the display number of the pillar or indicator; it may be "".
func (p ViewPart) No() string {
	if p.Pillar != nil {
		return p.Pillar.No
	}
	return p.Indicator.No
}

// Words says how the view is made: how it combines, and its parts with their weights, in the set's order. Under min,
// where weights say nothing, they are left out.
func (v *View) Words() rule.Note {
	parts := make([]rule.Note, len(v.Parts))
	for i, p := range v.Parts {
		if v.Combine == Min {
			parts[i] = rule.Say("view-part", p.Name())
		} else {
			parts[i] = rule.Say("view-part-weight", p.Name(), p.Weight)
		}
	}
	return rule.Say("view-"+v.Combine.String(), parts)
}

// View finds a view by its id.
func (s *Set) View(id string) (*View, bool) {
	for i := range s.Views {
		if s.Views[i].ID == id {
			return &s.Views[i], true
		}
	}
	return nil, false
}

// views checks the parts of every view.
func (c checker) views() {
	if len(c.set.Views) == 0 {
		return
	}
	nodes := nodesOf(c.set.Root)
	list := spot{c.set, "views"}
	for i := range c.set.Views {
		v, at := &c.set.Views[i], list.item(i).key("of")
		named := map[string]bool{}
		for j, p := range v.Parts {
			if p.ID == "" {
				continue // said where it was read
			}
			c.viewPart(v, p, nodes.ids, at.item(j).key("id"))
			if named[p.ID] {
				c.at(at.item(j).key("id"), "view-part-twice", p.ID)
			}
			named[p.ID] = true
		}
		c.nested(v, nodes, at)
	}
}

// viewPart says what may not be a part of a view.
func (c checker) viewPart(v *View, p ViewPart, known []string, at spot) {
	if p.Pillar == nil && p.Indicator == nil {
		c.noNode(c.node(at), "unknown-node", p.ID, known)
		return
	}
	if ind := p.Indicator; ind != nil {
		switch {
		case ind.Effect > Base:
			c.at(at, "view-part-outside", ind.ID, effectWords[ind.Effect-1])
		case ind.Public == Nothing:
			// Note: points that nobody may see would be published by a view of this one alone, or worked out from a view
			// of this one and others. Its pillar is published anyway.
			c.at(at, "view-part-hidden", ind.ID)
		}
	}
	if (v.Combine == Geometric || v.Combine == Harmonic) && p.negative() {
		c.at(at, "view-part-negative", p.ID, v.Combine.String())
	}
}

// negative reports whether the share of the part may fall below 0.
func (p ViewPart) negative() bool {
	if p.Indicator != nil {
		return p.Indicator.Min.IsNegative()
	}
	for ind := range p.Pillar.AllIndicators() {
		if ind.Effect <= Base && ind.Min.IsNegative() {
			return true
		}
	}
	return false
}

// nested finds parts that stand below another part of the same view, which would count them twice.
func (c checker) nested(v *View, nodes viewNodes, at spot) {
	for j, p := range v.Parts {
		for above := nodes.byID[p.ID].above; above != nil; above = nodes.byID[above.ID].above {
			if slices.ContainsFunc(v.Parts, func(other ViewPart) bool { return other.ID == above.ID }) {
				c.at(at.item(j).key("id"), "view-part-nested", p.ID, above.ID)
				break
			}
		}
	}
}

// viewNodes are the pillars and indicators that a view may be made of.
type viewNodes struct {
	ids  []string // in the set's order
	byID map[string]viewNode
}

// A viewNode is a pillar or an indicator; above is the pillar that holds it, nil at the top.
type viewNode struct {
	pillar, above *Pillar
	indicator     *Indicator
}

func nodesOf(root *Pillar) viewNodes {
	n := viewNodes{byID: map[string]viewNode{}}
	n.below(root, nil)
	return n
}

func (n *viewNodes) below(p, self *Pillar) {
	for _, child := range p.Pillars {
		n.enter(child.ID, viewNode{pillar: child, above: self})
		n.below(child, child)
	}
	for _, ind := range p.Indicators {
		n.enter(ind.ID, viewNode{indicator: ind, above: self})
	}
}

// enter keeps the first node of an id; that there is another is said elsewhere.
func (n *viewNodes) enter(id string, node viewNode) {
	if _, again := n.byID[id]; again || id == "" {
		return
	}
	n.byID[id] = node
	n.ids = append(n.ids, id)
}

// view compares two editions of a view, by its id; one of the two is nil where it was added or removed. Parts are the
// same by their ids, or, of indicators, by their lineage.
func (d *differ) view(was, now *View) {
	switch {
	case was == nil:
		d.say("view-added", now.Name, now.Words())
	case now == nil:
		d.say("view-removed", was.Name)
	default:
		if was.ID != now.ID {
			d.say("view-id", now.Name, was.ID, now.ID)
		}
		d.text("view-renamed", was.Name, now.Name)
		d.settings(viewSettings(was), viewSettings(now), now.Name)
		paired(was.Parts, now.Parts, d.partID, func(before, after *ViewPart) { d.viewPart(now, before, after) })
	}
}

func viewSettings(v *View) []setting {
	return []setting{{"view-no", v.No}, {"view-combine", rule.Note{Kind: "combine-" + v.Combine.String()}}}
}

// partID is the id of a part in the older edition, where it has one there.
func (d *differ) partID(p ViewPart) string {
	if was := d.older[p.Indicator]; was != nil {
		return was.ID
	}
	if was := d.olderPillars[p.Pillar]; was != nil {
		return was.ID
	}
	return p.ID
}

func (d *differ) viewPart(v *View, was, now *ViewPart) {
	switch {
	case was == nil:
		d.say("view-part-added", v.Name, now.Name(), now.Weight)
	case now == nil:
		d.say("view-part-removed", v.Name, was.Name())
	default:
		d.settings([]setting{{"view-part-weight", was.Weight}}, []setting{{"view-part-weight", now.Weight}}, v.Name, now.Name())
	}
}
