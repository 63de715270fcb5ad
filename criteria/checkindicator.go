package criteria

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/rule"
)

// indicator checks an indicator under its parent.
func (c checker) indicator(ind *Indicator, parent *Pillar, strict Combine) {
	if needsPoints(ind, parent) {
		c.complete(ind, ind.Points, ind.Concerns)
	}
	if ind.Min.IsNegative() {
		switch {
		case strict != Sum:
			c.at(spot{ind, "min"}, "negative-under-mean", strict.String())
		case len(ind.Points) == 0 && !c.faulty[spot{ind, "points"}]:
			c.at(spot{ind, "min"}, "min-without-points")
		}
	}
	c.optionsGiven(ind)
	c.rule(ind, parent)
}

// needsPoints reports whether an indicator must have points: base ones where the parent sums, bonuses and penalties
// always, since they count in points of the total.
func needsPoints(ind *Indicator, parent *Pillar) bool {
	switch ind.Effect {
	case Bonus, Penalty:
		return true
	case None:
		return false
	default:
		return parent.Combine == Sum
	}
}

// optionsGiven checks that a rule says what may be chosen.
func (c checker) optionsGiven(ind *Indicator) {
	if ind.Rule == nil || c.faulty[spot{ind, "score"}] {
		return
	}
	for _, in := range ind.Inputs {
		if (in.Type == rule.Choice || in.Type == rule.Choices) && len(ind.Options(in.ID)) == 0 {
			c.at(spot{ind, "inputs." + in.ID + ".type"}, "options-needed", in.ID, in.Type.String())
		}
	}
}

func (c checker) rule(ind *Indicator, parent *Pillar) {
	if ind.Rule == nil || c.faulty[spot{ind, "score"}] {
		return
	}
	if !c.faulty[spot{ind, "inputs"}] {
		for _, read := range ind.Rule.Reads() {
			c.read(ind, read)
		}
	}
	said := map[string]bool{}
	for _, basis := range bases(ind, parent) {
		for _, fault := range ind.Rule.Check(basis) {
			if line := fmt.Sprint(fault); !said[line] {
				said[line] = true
				c.at(spot{ind, "score"}.below(fault.At), fault.Kind, fault.Args...)
			}
		}
	}
}

// below is the spot at a path below s, as rules write paths.
func (s spot) below(path string) spot {
	if path == "" || strings.HasPrefix(path, "[") {
		return spot{s.owner, s.path + path}
	}
	return s.key(path)
}

// bases are what the rule of an indicator is checked for: each distinct number of points; none where it has none.
func bases(ind *Indicator, parent *Pillar) []rule.Basis {
	var list []rule.Basis
	var seen []decimal.Decimal
	for _, points := range inOrder(ind.Points) {
		if points.IsPositive() && !slices.ContainsFunc(seen, points.Equal) {
			seen = append(seen, points)
			list = append(list, rule.Basis{Points: &points, Min: ind.Min})
		}
	}
	if len(list) == 0 && !needsPoints(ind, parent) {
		list = append(list, rule.Basis{Min: ind.Min})
	}
	return list
}

// inOrder lists points from the lowest.
func inOrder(points PerGroup) []decimal.Decimal {
	list := make([]decimal.Decimal, 0, len(points))
	for _, d := range points {
		list = append(list, d)
	}
	slices.SortFunc(list, decimal.Decimal.Cmp)
	return list
}

// read checks that an input which a rule reads is there and has a type that the rule can read.
func (c checker) read(ind *Indicator, read rule.Read) {
	in, ok := ind.Input(read.Input)
	if id, figure := strings.CutPrefix(read.Input, FiguresID+"."); figure {
		in, ok = c.set.Figure(id)
	}
	at := spot{ind, "score"}.below(read.At)
	if !ok {
		c.unknownInput(ind, at, read.Input)
		return
	}
	if in.Type != 0 && !slices.Contains(read.Types, in.Type) {
		var accepted []string
		for _, t := range read.Types {
			accepted = append(accepted, t.String())
		}
		c.at(at, "input-type", read.Input, in.Type.String(), accepted)
	}
}

func (c checker) unknownInput(ind *Indicator, at spot, name string) {
	known := ids(ind.Inputs, func(in Input) string { return in.ID })
	for _, fig := range c.set.Figures {
		known = append(known, FiguresID+"."+fig.ID)
	}
	c.unknown(c.node(at), "unknown-input", name, known, known)
}

// figures checks that no figure needs the options of a rule.
func (c checker) figures() {
	for _, fig := range c.set.Figures {
		if fig.Type == rule.Choice || fig.Type == rule.Choices {
			c.at(spot{c.set, "figures." + fig.ID + ".type"}, "figure-type", fig.ID, fig.Type.String())
		}
	}
}
