package criteria

import (
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/opendti/dti/criteria/rule"
)

func (r *reader) indicator(n *yaml.Node, parent *Pillar) *Indicator {
	ind := &Indicator{}
	f, ok := r.fields(n, spot{ind, ""}, indicatorKeys)
	if !ok {
		r.faulty[spot{ind, "points"}] = true
		return ind
	}
	ind.ID, ind.No, ind.Name = f.id(), f.optional("no"), f.name("name")
	ind.Effect = Effect(f.word("effect", effectWords...) + 1)
	ind.For = f.concerned()
	ind.When = f.optional("when")
	f.worth(ind, parent)
	ind.Inputs = f.inputs("inputs")
	f.rule(ind)
	ind.Evidence, ind.NotApplicable, ind.From = f.evidence(), f.notApplicable(), f.lineage()
	ind.Verifier = f.optional("verifier")
	ind.Public = Public(f.word("public", publicWords...) + 1)
	ind.Advice = f.texts("advice")
	return ind
}

// worth reads what an indicator may earn: points where its parent sums or it stands outside the pillars' points, else
// a weight.
func (f fields) worth(ind *Indicator, parent *Pillar) {
	ind.Weight = f.weight(parent)
	if f.has("weight") && parent.Combine != Sum && ind.Effect != Base {
		f.bad("weight", "weight-outside")
	}
	if f.has("points") && parent.Combine != Sum && ind.Effect == Base {
		f.bad("points", "points-under-mean", parent.Combine.String())
	} else {
		groups := ind.For
		if len(groups) == 0 {
			groups = f.groups
		}
		ind.Points = f.perGroup("points", groups, ind.Effect == None)
	}
	lowest := f.number("min")
	ind.Min = lowest.Value
	if lowest.Set && lowest.Value.IsPositive() {
		f.bad("min", "min-above-0", lowest.Value)
	}
}

// concerned reads `for`; a list of faulty names only counts as faulty, so that nothing follows from it.
func (f fields) concerned() []string {
	var groups []string
	for _, g := range f.list("for") {
		switch {
		case len(f.groups) > 0 && !slices.Contains(f.groups, g.text):
			f.faulty[f.at.key("for")] = true
			f.unknown(g.node, "unknown-group", g.text, f.groups)
		case slices.Contains(groups, g.text):
			f.fault(g.node, "twice-in-list", g.text)
		default:
			groups = append(groups, g.text)
		}
	}
	return groups
}

func (f fields) evidence() Evidence {
	f, _ = f.below("evidence", evidenceKeys)
	return Evidence{
		Required:    f.flag("required", false),
		WithoutZero: f.word("without", withoutWords...) == 1,
		Hint:        f.texts("hint"),
	}
}

func (f fields) notApplicable() NotApplicable {
	f, _ = f.below("not_applicable", notApplicableKeys)
	na := NotApplicable{Allowed: f.flag("allowed", false)}
	if f.has("policy") {
		na.Policy = NotApplicablePolicy(f.word("policy", policyWords...) + 1)
	}
	return na
}

func (f fields) lineage() Lineage {
	f, ok := f.below("from", lineageKeys)
	if !ok {
		return Lineage{}
	}
	return Lineage{ID: f.id(), Comparable: f.flag("comparable", true)}
}

// inputs reads a mapping of inputs by id.
func (f fields) inputs(key string) []Input {
	n := f.value(key)
	if n == nil {
		return nil
	}
	at := f.at.key(key)
	list, ok := f.entries(n, at)
	if ok && len(list) == 0 {
		f.bad(key, "empty-mapping", key)
	}
	inputs := make([]Input, 0, len(list))
	for _, p := range list {
		if !isID(p.key) {
			f.fault(p.at, "bad-id", p.key)
		}
		alone := len(list) == 1 && key == "inputs"
		inputs = append(inputs, f.input(p, at.key(p.key), alone))
	}
	return inputs
}

// input reads one input. The only input of an indicator may go without a name: it is shown under the indicator's.
func (r *reader) input(p pair, at spot, alone bool) Input {
	in := Input{ID: p.key, By: ByAgency}
	f, ok := r.fields(p.node, at, inputKeys)
	if !ok {
		return in
	}
	if alone {
		in.Name = f.texts("name")
	} else {
		in.Name = f.name("name")
	}
	in.Type = f.inputType()
	in.By = By(f.word("by", byWords...) + 1)
	in.Min, in.Max = f.number("min"), f.number("max")
	if bound := f.firstOf("min", "max"); bound != "" && in.Type != 0 && !in.Type.Numeric() {
		f.bad(bound, "bounds-of-text", in.Type.String())
	}
	if in.Min.Set && in.Max.Set && in.Min.Value.GreaterThan(in.Max.Value) {
		f.bad("max", "min-above-max", in.Min.Value, in.Max.Value)
	}
	return in
}

// firstOf is the first of some keys that is there.
func (f fields) firstOf(keys ...string) string {
	for _, key := range keys {
		if f.has(key) {
			return key
		}
	}
	return ""
}

// inputType reads the type of an input; 0 where it is faulty.
func (f fields) inputType() rule.Type {
	if !f.need("type") {
		return 0
	}
	name, ok := f.plain("type")
	if !ok {
		return 0
	}
	t, ok := rule.TypeNamed(name)
	if !ok {
		f.faulty[f.at.key("type")] = true
		f.unknown(f.value("type"), "unknown-word", name, rule.TypeNames(), rule.TypeNames())
	}
	return t
}
