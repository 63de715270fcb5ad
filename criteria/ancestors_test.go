package criteria_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// A was renumbered from B, and B from C; C is new under an id that B had taken over; D is as it was; E and F come from G.
func TestAncestors(t *testing.T) {
	set := &criteria.Set{Root: &criteria.Pillar{
		Pillars: []*criteria.Pillar{{ID: "p", Indicators: []*criteria.Indicator{
			{ID: "A", From: criteria.Lineage{ID: "B", Comparable: true}},
			{ID: "B", From: criteria.Lineage{ID: "C"}},
			{ID: "C"},
		}}},
		Indicators: []*criteria.Indicator{
			{ID: "D"},
			{ID: "E", From: criteria.Lineage{ID: "G", Comparable: true}},
			{ID: "F", From: criteria.Lineage{ID: "G"}},
		},
	}}
	assert.Equal(t, map[string]criteria.Lineage{
		"A": {ID: "B", Comparable: true},
		"B": {ID: "C"},
		"D": {ID: "D", Comparable: true},
		"E": {ID: "G", Comparable: true},
		"F": {ID: "G"},
	}, set.Ancestors())
}

// With the earlier edition at hand, a `from` that both have speaks of an edition before both, and what is not there is
// nobody's ancestor.
func TestAncestorsIn(t *testing.T) {
	set := func(indicators ...*criteria.Indicator) *criteria.Set {
		return &criteria.Set{Root: &criteria.Pillar{Indicators: indicators}}
	}
	from := func(id string, comparable bool) criteria.Lineage {
		return criteria.Lineage{ID: id, Comparable: comparable}
	}
	before := set(
		&criteria.Indicator{ID: "A", From: from("B", true)}, &criteria.Indicator{ID: "B", From: from("A", false)}, &criteria.Indicator{ID: "C"},
		&criteria.Indicator{ID: "D"}, &criteria.Indicator{ID: "E", From: from("E", true)},
	)
	after := set(
		&criteria.Indicator{ID: "A", From: from("B", true)}, &criteria.Indicator{ID: "B", From: from("A", false)}, // unchanged copies
		&criteria.Indicator{ID: "C1", From: from("C", true)}, &criteria.Indicator{ID: "C2", From: from("C", false)}, // a split
		&criteria.Indicator{ID: "D2", From: from("D", false)}, &criteria.Indicator{ID: "D"}, // D is another one now
		&criteria.Indicator{ID: "E", From: from("E", false)},
		&criteria.Indicator{ID: "F", From: from("Z", true)}, &criteria.Indicator{ID: "G"},
	)
	assert.Equal(t, map[string]criteria.Lineage{
		"A": from("A", true), "B": from("B", true), "C1": from("C", true), "C2": from("C", false), "D2": from("D", false), "E": from("E", false),
	}, after.AncestorsIn(before))
	assert.Len(t, before.AncestorsIn(before), 5)
}

func TestEarlierInput(t *testing.T) {
	one := &criteria.Indicator{Inputs: []criteria.Input{{ID: "n"}}}
	assert.Equal(t, "m", one.Earlier("n", []string{"m"}), "an only input, whatever its id")
	assert.Equal(t, "n", one.Earlier("n", []string{"m", "k"}))
	two := &criteria.Indicator{Inputs: []criteria.Input{{ID: "n"}, {ID: "k"}}}
	assert.Equal(t, "n", two.Earlier("n", []string{"m"}))
}

func TestInputTakes(t *testing.T) {
	number := func(s string) rule.Value { return rule.NumberOf(decimal.RequireFromString(s)) }
	bound := rule.Optional{Value: decimal.NewFromInt(10), Set: true}
	options := []rule.Option{{ID: "a"}, {ID: "b"}}
	for name, test := range map[string]struct {
		input criteria.Input
		value rule.Value
		want  bool
	}{
		"count":             {criteria.Input{Type: rule.Count}, number("3"), true},
		"half a count":      {criteria.Input{Type: rule.Count}, number("3.5"), false},
		"negative count":    {criteria.Input{Type: rule.Count}, number("-3"), false},
		"number":            {criteria.Input{Type: rule.Number}, number("-3.5"), true},
		"too high":          {criteria.Input{Type: rule.Percent, Max: bound}, number("10.01"), false},
		"too low":           {criteria.Input{Type: rule.Points, Min: bound}, number("9.99"), false},
		"number as text":    {criteria.Input{Type: rule.Free}, number("1"), false},
		"yes":               {criteria.Input{Type: rule.YesNo}, rule.YesNoOf(true), true},
		"yes as a number":   {criteria.Input{Type: rule.Count}, rule.YesNoOf(true), false},
		"option":            {criteria.Input{Type: rule.Choice}, rule.OptionsOf("a"), true},
		"two for one":       {criteria.Input{Type: rule.Choice}, rule.OptionsOf("a", "b"), false},
		"options":           {criteria.Input{Type: rule.Choices}, rule.OptionsOf("a", "b"), true},
		"no options":        {criteria.Input{Type: rule.Choices}, rule.OptionsOf(), true},
		"unknown option":    {criteria.Input{Type: rule.Choices}, rule.OptionsOf("a", "c"), false},
		"options as yes":    {criteria.Input{Type: rule.YesNo}, rule.OptionsOf("a"), false},
		"day":               {criteria.Input{Type: rule.Day}, rule.DayOf("2025-03-01"), true},
		"day as text":       {criteria.Input{Type: rule.Free}, rule.DayOf("2025-03-01"), false},
		"text":              {criteria.Input{Type: rule.Free}, rule.TextOf("x"), true},
		"nothing":           {criteria.Input{Type: rule.Free}, rule.Value{}, false},
		"not applicable":    {criteria.Input{Type: rule.Count}, rule.NotApplicableValue(), false},
		"what was not read": {criteria.Input{Type: rule.YesNo}, rule.InvalidValue(), false},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, test.want, test.input.Takes(test.value, options))
		})
	}
}
