package criteria

import (
	"strings"

	"github.com/shopspring/decimal"
	"gopkg.in/yaml.v3"

	"github.com/opendti/dti/criteria/rule"
)

// natural is the id of the one input of an indicator that declares none.
const natural = "value"

// rule reads the score of an indicator. An indicator without inputs has one, of the rule's natural type.
func (f fields) rule(ind *Indicator) {
	if !f.need("score") {
		return
	}
	s := scorer{reader: f.reader}
	switch {
	case !f.has("inputs"):
		s.only = natural
	case len(ind.Inputs) == 1:
		s.only = ind.Inputs[0].ID
	}
	before := len(f.problems)
	ind.Rule = s.score(f.value("score"), f.at.key("score"))
	if ind.Rule == nil || len(f.problems) > before {
		f.faulty[f.at.key("score")] = true
		return
	}
	if !f.has("inputs") {
		ind.Inputs = []Input{{ID: natural, Type: ind.Rule.Natural(), By: ByAgency}}
		if ind.Inputs[0].Type == 0 {
			f.bad("inputs", "inputs-needed", ind.Rule.Kind())
		}
	}
	for i := range ind.Inputs {
		if ind.Inputs[i].Name == nil && len(ind.Inputs) == 1 {
			ind.Inputs[i].Name = ind.Name
		}
	}
}

// A scorer decodes score mappings through the keys that their kinds declare.
type scorer struct {
	*reader
	only string // the only input of the indicator; empty: there are several
}

// score reads one mapping; nil where its kind is not known.
func (s scorer) score(n *yaml.Node, at spot) rule.Rule {
	kind, ok := s.kind(n, at)
	if !ok {
		return nil
	}
	r, ok := rule.New(kind)
	if !ok {
		s.unknown(n, "unknown-rule", kind, rule.Kinds(), rule.Kinds())
		return nil
	}
	keys := r.Keys()
	f, ok := s.fields(n, at, scoreKeys(keys))
	if !ok {
		return nil
	}
	for _, k := range keys {
		s.key(f, k)
	}
	return r
}

// kind finds the kind of a score mapping before its other keys can be known.
func (s scorer) kind(n *yaml.Node, at spot) (string, bool) {
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == "kind" {
				kind, ok := s.wording(n.Content[i+1])
				if !ok {
					s.faulty[at.key("kind")] = true
				}
				return kind, ok
			}
		}
	}
	if n.Kind == yaml.MappingNode {
		s.fault(n, "missing-key", "kind")
	} else {
		s.fault(n, "want-mapping", shown(n))
	}
	return "", false
}

// key decodes one key of a kind into its place, by the place's type.
func (s scorer) key(f fields, k rule.Key) {
	n := f.value(k.Name)
	if into, ok := k.Into.(*rule.Operand); ok && n == nil && (k.OnlyInput || k.Name == "of") {
		s.fillIn(f, into)
		return
	}
	if n == nil {
		if k.Required {
			f.need(k.Name)
		}
		return
	}
	at := f.at.key(k.Name)
	switch into := k.Into.(type) {
	case *rule.Operand:
		*into = s.operand(n, at)
	case *[]rule.Option:
		*into = options(s, n, at)
	case *[]rule.Step:
		*into = steps(s, n, at)
	case *[]rule.Part:
		*into = parts(s, n, at)
	case *[]rule.Deduction:
		*into = deductions(s, n, at)
	default:
		f.setting(k)
	}
}

// setting decodes a number or a word.
func (f fields) setting(k rule.Key) {
	switch into := k.Into.(type) {
	case *rule.Optional:
		*into = f.number(k.Name)
	case *decimal.Decimal:
		if o := f.number(k.Name); o.Set {
			*into = o.Value
		}
	case *string:
		*into = k.Words[f.word(k.Name, k.Words...)]
	default:
		panic("criteria: no decoder for the key " + k.Name) // held by the test that decodes every kind
	}
}

// fillIn names the only input of the indicator where an operand was left out.
func (s scorer) fillIn(f fields, into *rule.Operand) {
	if s.only == "" {
		f.bad("of", "of-needed")
		return
	}
	*into = rule.Operand{{Input: s.only}}
}

// operand reads the name of an input or a list of names; "-" in front subtracts.
func (s scorer) operand(n *yaml.Node, at spot) rule.Operand {
	if n.Kind == yaml.ScalarNode {
		name, ok := s.words(n, at)
		if !ok {
			return nil
		}
		return rule.Operand{term(name)}
	}
	nodes := s.items(n, at)
	operand := make(rule.Operand, 0, len(nodes))
	for i, node := range nodes {
		if name, ok := s.words(node, at.item(i)); ok {
			operand = append(operand, term(name))
		}
	}
	return operand
}

func term(name string) rule.Term {
	input, negative := strings.CutPrefix(name, "-")
	return rule.Term{Input: input, Negative: negative}
}
