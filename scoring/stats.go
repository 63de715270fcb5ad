package scoring

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
)

// stats describes the ranked agencies of a group; standings are sorted, ranked ones first.
func stats(set *criteria.Set, group string, standings []Standing) Stats {
	ranked := standings
	if i := slices.IndexFunc(standings, func(s Standing) bool { return !s.Ranked }); i >= 0 {
		ranked = standings[:i]
	}
	st := Stats{Agencies: len(standings), Ranked: len(ranked), Ratings: countRatings(set, ranked)}
	scores := make([]decimal.Decimal, len(ranked))
	for i, s := range ranked {
		scores[len(ranked)-1-i] = s.Score // ascending
	}
	if len(scores) > 0 {
		round := func(d decimal.Decimal) decimal.Decimal { return published(set.Rounding.Total, d) }
		st.Mean = round(average(scores))
		st.Q1, st.Median, st.Q3 = round(quantile(scores, 1)), round(quantile(scores, 2)), round(quantile(scores, 3))
		st.Lowest, st.Highest = scores[0], scores[len(scores)-1]
	}
	for p := range set.Root.AllPillars() {
		if p.Concerns(group) {
			st.Pillars = append(st.Pillars, pillarStats(set, group, p, ranked))
		}
	}
	st.Views = viewStats(set, group, ranked)
	return st
}

func countRatings(set *criteria.Set, ranked []Standing) []RatingCount {
	counts := make([]RatingCount, len(set.Ratings))
	for i, r := range set.Ratings {
		counts[i].Rating = r
		for _, s := range ranked {
			if s.Rating == r.ID {
				counts[i].Count++
			}
		}
	}
	return counts
}

// average is the arithmetic mean; values is not empty.
func average(values []decimal.Decimal) decimal.Decimal {
	return decimal.Sum(values[0], values[1:]...).DivRound(decimal.NewFromInt(int64(len(values))), working)
}

// quantile is the q-th quartile of ascending values by linear interpolation between order statistics (Hyndman and Fan
// 1996, definition 7, the default of R and Excel's QUARTILE.INC).
func quantile(values []decimal.Decimal, q int) decimal.Decimal {
	at := (len(values) - 1) * q
	i, quarters := at/4, at%4
	if quarters == 0 {
		return values[i]
	}
	step := values[i+1].Sub(values[i]).Mul(decimal.New(25, -2)).Mul(decimal.NewFromInt(int64(quarters)))
	return values[i].Add(step)
}

// pillarStats describes one pillar over the ranked agencies to which it applies. Scores out of different maxima (where
// something does not apply to an agency) are brought to the group's own maximum first.
func pillarStats(set *criteria.Set, group string, p *criteria.Pillar, ranked []Standing) PillarStats {
	st := PillarStats{Pillar: p}
	var values []decimal.Decimal
	for _, s := range ranked {
		for _, score := range s.Pillars {
			if score.Pillar != p {
				continue
			}
			if st.Of.IsZero() {
				st.Of, st.Places = ownMaximum(set, group, p, score), set.Rounding.Total.Finer(score.Places(set.Rounding))
			}
			if score.Applies {
				values = append(values, brought(score, st.Of))
			}
		}
	}
	st.Agencies = len(values)
	if len(values) == 0 {
		return st
	}
	slices.SortFunc(values, decimal.Decimal.Cmp)
	round := func(d decimal.Decimal) decimal.Decimal { return published(st.Places, d) }
	st.Mean, st.Median, st.Best = round(average(values)), round(quantile(values, 2)), round(values[len(values)-1])
	return st
}

// ownMaximum is what the pillar is out of for the group: its points where it is published in points, else the scale.
func ownMaximum(set *criteria.Set, group string, p *criteria.Pillar, score PillarScore) decimal.Decimal {
	if score.InPoints {
		return p.PointsFor(group)
	}
	return set.Of(group)
}

func brought(score PillarScore, of decimal.Decimal) decimal.Decimal {
	if score.Of.Equal(of) {
		return score.Score
	}
	return score.Score.Mul(of).DivRound(score.Of, working)
}
