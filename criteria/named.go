package criteria

import (
	"strings"

	"github.com/opendti/dti/criteria/rule"
)

// Named puts the names of inputs and figures into a note of one of the set's indicators, where the rule knows only
// their ids. The note given stays as it was. An input without a name of its own is named as the indicator.
func (s *Set) Named(n rule.Note, ind *Indicator) rule.Note {
	return n.Named(func(input string) Text { return s.inputName(input, ind) })
}

// Words is how the indicator is scored: what its rule earns, or takes where the indicator is a penalty, and how low it may
// go. Named puts the names of inputs into it.
func (ind *Indicator) Words() rule.Note {
	said := ind.Rule.Words().DownTo(ind.Min)
	if ind.Effect != Penalty {
		return said
	}
	if list := inOrder(ind.Points); len(list) > 0 && list[0].Equal(list[len(list)-1]) {
		return said.Taking(&list[0])
	}
	return said.Taking(nil)
}

// tellTypes tells every rule the types of what it reads.
func (s *Set) tellTypes() {
	for ind := range s.Root.AllIndicators() {
		rule.Tell(ind.Rule, func(input string) rule.Type {
			if id, figure := strings.CutPrefix(input, FiguresID+"."); figure {
				in, _ := s.Figure(id)
				return in.Type
			}
			in, _ := ind.Input(input)
			return in.Type
		})
	}
}

func (s *Set) inputName(id string, ind *Indicator) Text {
	if figure, ok := strings.CutPrefix(id, FiguresID+"."); ok {
		if in, ok := s.Figure(figure); ok && len(in.Name) > 0 {
			return in.Name
		}
		return nil
	}
	if in, ok := ind.Input(id); ok && len(in.Name) > 0 {
		return in.Name
	}
	return ind.Name
}
