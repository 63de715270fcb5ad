package criteria_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/opendti/dti/criteria"
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
