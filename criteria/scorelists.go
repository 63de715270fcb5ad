package criteria

import (
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/opendti/dti/criteria/rule"
)

// each opens the mappings of a list one by one.
func (s scorer) each(n *yaml.Node, at spot, known mapping, read func(fields)) {
	nodes := s.items(n, at)
	for i, node := range nodes {
		if f, ok := s.fields(node, at.item(i), known); ok {
			read(f)
		}
	}
}

// shareOrPoints reads what an option, step or part earns; that it has exactly one of the two is for the rule to say.
func (f fields) shareOrPoints() rule.Worth {
	return rule.Worth{Share: f.number("share"), Points: f.number("points")}
}

// options reads the options of a choice. A cell may hold an option's name, so no two may share one.
func options(s scorer, n *yaml.Node, at spot) []rule.Option {
	list := make([]rule.Option, 0, len(n.Content))
	names := map[[2]string]bool{} // languages and names in them
	s.each(n, at, optionKeys, func(f fields) {
		option := rule.Option{ID: f.id(), Name: f.name("name"), Worth: f.shareOrPoints()}
		for _, lang := range s.languages {
			name := option.Name[lang]
			if key := [2]string{lang, strings.ToLower(name)}; name != "" && names[key] {
				s.fault(s.node(f.at.key("name").key(lang)), "option-name-twice", name)
			} else {
				names[key] = true
			}
		}
		list = append(list, option)
	})
	return list
}

func steps(s scorer, n *yaml.Node, at spot) []rule.Step {
	list := make([]rule.Step, 0, len(n.Content))
	s.each(n, at, stepKeys, func(f fields) {
		list = append(list, f.step())
	})
	return list
}

// step reads one step, which has one bound.
func (f fields) step() rule.Step {
	step := rule.Step{Worth: f.shareOrPoints()}
	bound := f.firstOf(bounds...)
	for _, other := range bounds {
		if other != bound && f.has(other) {
			f.bad(other, "one-of-two", bound, other)
		}
	}
	switch bound {
	case "":
		f.bad("", "step-without-bound")
	case "by":
		step.Bounding, step.Day = rule.By, f.day("by")
	case "from":
		step.Bounding = rule.From
	case "above":
		step.Bounding = rule.Above
	case "up_to":
		step.Bounding = rule.UpTo
	}
	if bound != "" && bound != "by" {
		step.Bound = f.number(bound).Value
	}
	return step
}

func parts(s scorer, n *yaml.Node, at spot) []rule.Part {
	list := make([]rule.Part, 0, len(n.Content))
	s.each(n, at, partKeys, func(f fields) {
		part := rule.Part{ID: f.id(), Worth: f.shareOrPoints()}
		if f.need("score") {
			part.Score = s.score(f.value("score"), f.at.key("score"))
		}
		list = append(list, part)
	})
	return list
}

func deductions(s scorer, n *yaml.Node, at spot) []rule.Deduction {
	list := make([]rule.Deduction, 0, len(n.Content))
	s.each(n, at, deductionKeys, func(f fields) {
		var d rule.Deduction
		if of := f.value("of"); of != nil {
			d.Of = s.operand(of, f.at.key("of"))
		} else {
			s.fillIn(f, &d.Of)
		}
		if f.need("each") {
			d.Each = f.number("each").Value
		}
		list = append(list, d)
	})
	return list
}
