package main_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/movement"
)

// TestDanangMovement holds that of all 93 agencies of the real round the parts add up to the change of rank since 2018,
// that all of them are known, and so for the means of the four groups.
func TestDanangMovement(t *testing.T) {
	c := rankDanang(t)
	f, err := os.Open(filepath.Join(danang, "2018", "results.json"))
	require.NoError(t, err)
	defer f.Close()
	past, err := history.DecodeWithAnswers("2018/results.json", f)
	require.NoError(t, err)
	m := movement.Of(c.ranking, past)
	agencies, moved := 0, 0
	for _, g := range c.ranking.Groups {
		for _, s := range g.Standings {
			parts, ok := m.Agency(s.Agency.Code)
			change := c.past.Agencies[s.Agency.Code]
			require.True(t, ok, s.Agency.Code)
			assert.Equal(t, change.RankChange, parts.Sum(), "%s: %+v", s.Agency.Code, parts)
			assert.Zero(t, parts.Unknown, s.Agency.Code)
			agencies++
			if !parts.None() {
				moved++
			}
		}
		mean, ok := m.Mean(g.Group.ID)
		require.True(t, ok, g.Group.ID)
		assert.True(t, mean.Sum().Equal(g.Stats.Mean.Sub(mean.Then)), "%s: %+v", g.Group.ID, mean)
		assert.False(t, mean.Criteria.IsPositive(), "the set of 2018 was milder: %s", g.Group.ID)
	}
	assert.Equal(t, 93, agencies)
	assert.Greater(t, moved, 80)
}
