package criteria

import (
	"github.com/shopspring/decimal"
	"gopkg.in/yaml.v3"
)

// children reads the pillars and indicators of a pillar from the mapping that holds them.
func (f fields) children(parent *Pillar) {
	if n := f.value("pillars"); n != nil {
		nodes := f.items(n, f.at.key("pillars"))
		for _, node := range nodes {
			parent.Pillars = append(parent.Pillars, f.pillar(node, parent))
		}
	}
	if n := f.value("indicators"); n != nil {
		nodes := f.items(n, f.at.key("indicators"))
		for _, node := range nodes {
			parent.Indicators = append(parent.Indicators, f.indicator(node, parent))
		}
	}
	if !f.has("pillars") && !f.has("indicators") {
		f.bad("", "no-children")
	}
}

func (r *reader) pillar(n *yaml.Node, parent *Pillar) *Pillar {
	p := &Pillar{Weight: plainWeight, Combine: Sum}
	f, ok := r.fields(n, spot{p, ""}, pillarKeys)
	if !ok {
		return p
	}
	p.ID, p.No, p.Name = f.id(), f.optional("no"), f.name("name")
	p.Combine = Combine(f.word("combine", combineWords...) + 1)
	p.Weight = f.weight(parent)
	f.children(p)
	if f.has("points") && parent.Combine != Sum {
		f.bad("points", "points-under-mean", parent.Combine.String())
		return p
	}
	var concerned []string
	for _, g := range r.groups {
		if p.Concerns(g) {
			concerned = append(concerned, g)
		}
	}
	if len(concerned) == 0 {
		concerned = r.groups // it holds nothing yet, which is said elsewhere
	}
	p.Points = f.perGroup("points", concerned, false)
	return p
}

// weight reads the weight of a child in a parent that does not sum.
func (f fields) weight(parent *Pillar) decimal.Decimal {
	if f.has("weight") && parent.Combine == Sum {
		f.bad("weight", "weight-under-sum")
		return plainWeight
	}
	return f.positive("weight").Or(plainWeight)
}
