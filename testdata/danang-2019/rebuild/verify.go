package main

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/scoring"
)

// verify scores the round that was written and compares every total with the one wanted.
func verify(dir string) error {
	round, err := importers.Open(dir)
	if err != nil {
		return err
	}
	if err := round.Problems.Err(); err != nil {
		return err
	}
	ranking := scoring.Rank(round)
	for _, g := range groups {
		for i, a := range g.agencies {
			result, ok := ranking.Result(a.code)
			if !ok {
				return fmt.Errorf("%s is not in the ranking", a.code)
			}
			want := decimal.RequireFromString(a.total)
			if !result.Score.Equal(want) && !a.rebased() {
				return fmt.Errorf("%s: total %s, wanted %s", a.code, result.Score, want)
			}
			if result.Rank != i+1 && !result.Tied {
				return fmt.Errorf("%s: rank %d, wanted %d", a.code, result.Rank, i+1)
			}
		}
	}
	fmt.Printf("%s: %d agencies, every total as wanted\n", dir, len(round.Agencies))
	return nil
}
