package main_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

const provinces = "../../testdata/dti-provinces"

// rankProvinces ranks a round of the provinces and holds it against earlier ones, as the real pipeline does.
func rankProvinces(t *testing.T, year string, earlier ...string) (*scoring.Ranking, history.Comparison) {
	t.Helper()
	round, err := importers.Open(filepath.Join(provinces, year))
	require.NoError(t, err)
	require.Zero(t, round.Problems.Stopping(), "%v", round.Problems)
	ranking := scoring.Rank(round)
	var pasts []*history.Past
	for _, y := range earlier {
		pasts = append(pasts, resultsOf(t, y))
	}
	require.Empty(t, history.CheckLineage(round, pasts))
	return ranking, history.CompareAll(ranking, history.RebaseAll(ranking, pasts))
}

func resultsOf(t *testing.T, year string) *history.Past {
	t.Helper()
	f, err := os.Open(filepath.Join(provinces, year, "results.json"))
	require.NoError(t, err)
	defer f.Close()
	past, err := history.Decode(year+"/results.json", f)
	require.NoError(t, err)
	return past
}

// TestProvincesOf63 holds ranks and changes of three years against what is published: DTI 2022 with its tie, Hà Nội's
// places, the leaders of 2024.
func TestProvincesOf63(t *testing.T) {
	type place struct{ then, now int }
	tests := map[string]struct {
		earlier []string
		mean    string
		tied    []string
		leaders []string
		moved   map[string]place
	}{
		"2022": {mean: "0.5787", tied: []string{"thanh-hoa", "yen-bai"}, leaders: []string{"tp-da-nang", "tp-ho-chi-minh", "quang-ninh", "tp-hue", "tp-can-tho"}},
		"2023": {
			earlier: []string{"2022"}, mean: "0.6783", tied: []string{"an-giang", "phu-yen"}, leaders: []string{"tp-da-nang", "tp-ho-chi-minh", "tp-hue"},
			moved: map[string]place{"tp-ha-noi": {24, 6}, "thanh-hoa": {15, 11}, "yen-bai": {15, 15}, "hau-giang": {17, 20}, "tp-hai-phong": {14, 8}},
		},
		"2024": {
			earlier: []string{"2023", "2022"}, mean: "0.6961", tied: []string{"bac-giang", "yen-bai"}, leaders: []string{"tp-ho-chi-minh", "tp-da-nang", "tp-hai-phong", "tp-ha-noi", "tp-hue"},
			moved: map[string]place{"tp-ha-noi": {6, 4}, "tp-ho-chi-minh": {2, 1}, "tp-da-nang": {1, 2}, "an-giang": {59, 60}, "quang-binh": {46, 63}, "lang-son": {4, 18}},
		},
	}
	for year, tt := range tests {
		t.Run(year, func(t *testing.T) {
			ranking, c := rankProvinces(t, year, tt.earlier...)
			g := ranking.Groups[0]
			assert.Equal(t, 63, g.Stats.Ranked)
			assert.Equal(t, tt.mean, g.Stats.Mean.StringFixed(4))
			var tied []string
			byCode := map[string]scoring.Standing{}
			for i, s := range g.Standings {
				byCode[s.Agency.Code] = s
				if s.Tied {
					tied = append(tied, s.Agency.Code)
				}
				if i < len(tt.leaders) {
					assert.Equal(t, tt.leaders[i], s.Agency.Code)
				}
			}
			assert.Equal(t, tt.tied, tied)
			for code, p := range tt.moved {
				change := c.Agencies[code]
				assert.Equal(t, p, place{change.Rank, byCode[code].Rank}, code)
				assert.Equal(t, p.then-p.now, change.RankChange, code)
				assert.Equal(t, 63, change.OfRanked)
				assert.True(t, change.RankNote.IsZero(), "nothing happened between these years")
			}
			assert.Nil(t, c.Groups["province"].Field)
			assert.Equal(t, year == "2023", c.Agencies["tp-ha-noi"].Comparable, "the set of 2024 is another one")
		})
	}
}

// TestProvincesResults: the results that lie beside the rounds are those that the rounds give.
func TestProvincesResults(t *testing.T) {
	for _, year := range []string{"2022", "2023", "2024"} {
		ranking, _ := rankProvinces(t, year)
		past := resultsOf(t, year)
		assert.Equal(t, "final", past.Status)
		assert.Len(t, past.Agencies, 63)
		for _, s := range ranking.Groups[0].Standings {
			was := past.Agencies[s.Agency.Code]
			assert.Equal(t, s.Rank, was.Rank, s.Agency.Code)
			assert.True(t, s.Score.Equal(was.Score), s.Agency.Code)
		}
	}
}

// TestResolution202 counts the merger: 63 provinces, of which 11 are unchanged and 52 became 23.
func TestResolution202(t *testing.T) {
	ranking, _ := rankProvinces(t, "2024-34", "2023")
	from, to := map[string]int{}, map[string]int{}
	for _, s := range ranking.Round.Cycle.Lineage {
		assert.Equal(t, submission.Merged, s.Fate)
		assert.Equal(t, submission.CarryMean, s.Carry)
		assert.EqualValues(t, "2025-07-01", s.Date)
		from[s.From]++
		to[s.To]++
	}
	assert.Len(t, to, 23)
	assert.Len(t, from, 52, "each is used once")
	assert.Len(t, ranking.Round.Cycle.Lineage, 52)
	past := resultsOf(t, "2024")
	unchanged := 0
	for _, a := range ranking.Round.Agencies {
		_, known := past.Agencies[a.Code]
		assert.True(t, known, "%s had its code before", a.Code)
		if to[a.Code] == 0 {
			unchanged++
		}
	}
	assert.Equal(t, 11, unchanged)
	assert.Len(t, ranking.Round.Agencies, 34)
	assert.Equal(t, 63, len(from)+unchanged)
}

// TestProvincesMeanCarry: the published 2024, re-based by the mean, gives the totals of 2024-34, digit by digit, and the
// order that the ministry announced.
func TestProvincesMeanCarry(t *testing.T) {
	ranking, c := rankProvinces(t, "2024-34", "2024")
	announced := []struct{ code, score string }{
		{"tp-ha-noi", "0.8241"}, {"tp-hue", "0.7951"}, {"tp-hai-phong", "0.7857"}, {"tp-ho-chi-minh", "0.7769"}, {"thanh-hoa", "0.7742"},
	}
	for i, s := range ranking.Groups[0].Standings {
		change := c.Agencies[s.Agency.Code]
		assert.Equal(t, s.Score.StringFixed(4), change.Score.StringFixed(4), s.Agency.Code)
		assert.Equal(t, s.Rank, change.Rank, s.Agency.Code)
		assert.Equal(t, 34, change.OfRanked)
		assert.Equal(t, 63, change.PublishedOf)
		assert.True(t, change.Comparable)
		if i < len(announced) {
			assert.Equal(t, announced[i].code, s.Agency.Code)
			assert.Equal(t, announced[i].score, change.Score.StringFixed(4))
		}
	}
	assert.Equal(t, "0.7069", c.Agencies["tp-da-nang"].Score.StringFixed(4))
	assert.Len(t, c.Gone, 29)
	field := c.Groups["province"].Field
	assert.Equal(t, ranking.Groups[0].Stats.Mean.StringFixed(4), field.Mean.StringFixed(4))
	assert.Equal(t, ranking.Groups[0].Stats.Median.StringFixed(4), field.Median.StringFixed(4))
	en := locale.MustFor("en")
	step := c.Agencies["tp-ho-chi-minh"].Carried.Steps[0]
	assert.Equal(t, "merged from Bà Rịa - Vũng Tàu, Bình Dương, TP. Hồ Chí Minh by Nghị quyết 202/2025/QH15 of 1 July 2025", en.Note(step.Note()))
	assert.Equal(t, "the score of 2024 is the mean of Bà Rịa - Vũng Tàu (0.7774), Bình Dương (0.7161), TP. Hồ Chí Minh (0.8373)", en.Note(step.CarryNote(2024)))
}

// TestProvincesComputed: every total of 2024-34 is the mean of the published totals of its parts.
func TestProvincesComputed(t *testing.T) {
	published := totalsOf(t, "2024")
	computed := totalsOf(t, "2024-34")
	ranking, _ := rankProvinces(t, "2024-34")
	sums, parts := map[string]decimal.Decimal{}, map[string]int64{}
	for _, s := range ranking.Round.Cycle.Lineage {
		sums[s.To], parts[s.To] = sums[s.To].Add(published[s.From]), parts[s.To]+1
	}
	for code, total := range computed {
		want := published[code]
		if parts[code] > 0 {
			want = sums[code].DivRound(decimal.NewFromInt(parts[code]), 18).Round(4)
		}
		assert.True(t, want.Equal(total), "%s: %s, not %s", code, total, want)
	}
}

func totalsOf(t *testing.T, year string) map[string]decimal.Decimal {
	t.Helper()
	f, err := os.Open(filepath.Join(provinces, year, "table.csv"))
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	totals := map[string]decimal.Decimal{}
	for _, row := range rows[1:] {
		totals[row[0]] = decimal.RequireFromString(row[2])
	}
	return totals
}
