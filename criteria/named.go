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
