package main

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"

	"github.com/opendti/dti/scoring"
)

func TestShown(t *testing.T) {
	for n, want := range map[int]int{0: 0, 1: 1, 10: 10, 11: 11, 12: 10, 40: 10} {
		assert.Equal(t, want, shown(make([]scoring.Step, n)), "of %d steps", n)
	}
}

func TestPromised(t *testing.T) {
	g := goal{steps: []scoring.Step{{Gain: decimal.NewFromInt(20)}, {Gain: decimal.RequireFromString("0.5")}}}
	assert.Equal(t, "78.5", g.promised(decimal.NewFromInt(58)).String())
	assert.Equal(t, "58", goal{}.promised(decimal.NewFromInt(58)).String())
}
