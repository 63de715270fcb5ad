package main_test

import (
	"encoding/csv"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

const danang = "../../testdata/danang-2019"

// A city is the round of 2019 as the real pipeline ranks it, held against 2018.
type city struct {
	round   *submission.Round
	ranking *scoring.Ranking
	past    history.Comparison
}

func rankDanang(t *testing.T) city {
	t.Helper()
	round, err := importers.Open(danang)
	require.NoError(t, err)
	ranking := scoring.Rank(round)
	f, err := os.Open(filepath.Join(danang, "2018", "results.json"))
	require.NoError(t, err)
	defer f.Close()
	past, err := history.Decode("2018/results.json", f)
	require.NoError(t, err)
	return city{round, ranking, history.Compare(ranking, past)}
}

// A fact is one row of published.csv.
type fact struct{ kind, group, subject, value string }

func publishedFacts(t *testing.T) []fact {
	t.Helper()
	f, err := os.Open(filepath.Join(danang, "published.csv"))
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	var facts []fact
	for _, row := range rows[1:] {
		facts = append(facts, fact{row[0], row[1], row[2], row[3]})
	}
	return facts
}

// TestDanangPublishedFacts holds every published fact of 2019 against the ranking.
func TestDanangPublishedFacts(t *testing.T) {
	c := rankDanang(t)
	checks := map[string]func(*testing.T, fact){
		"agencies":              c.agencies,
		"rating_count":          c.ratingCount,
		"previous_rating_count": c.previousRatingCount,
		"total":                 c.total,
		"rank":                  c.rank,
		"previous_rank":         c.previousRank,
		"rating":                c.rating,
		"parent":                c.parent,
		"pillar_mean":           c.pillarMean,
		"pillar_means":          c.pillarMeans,
		"announced":             c.announced,
	}
	facts := publishedFacts(t)
	require.Greater(t, len(facts), 80)
	for _, f := range facts {
		t.Run(f.kind+" "+f.group+" "+f.subject, func(t *testing.T) {
			check, ok := checks[f.kind]
			require.True(t, ok, "no check for this kind of fact")
			check(t, f)
		})
	}
}

func (c city) group(t *testing.T, id string) scoring.Group {
	t.Helper()
	i := slices.IndexFunc(c.ranking.Groups, func(g scoring.Group) bool { return g.Group.ID == id })
	require.GreaterOrEqual(t, i, 0, id)
	return c.ranking.Groups[i]
}

func (c city) result(t *testing.T, f fact) scoring.Result {
	t.Helper()
	r, ok := c.ranking.Result(f.subject)
	require.True(t, ok)
	require.Equal(t, f.group, r.Agency.Group)
	require.True(t, r.Ranked)
	return r
}

func whole(t *testing.T, f fact) int {
	t.Helper()
	n, err := strconv.Atoi(f.value)
	require.NoError(t, err)
	return n
}

func (c city) agencies(t *testing.T, f fact) {
	stats := c.group(t, f.group).Stats
	assert.Equal(t, whole(t, f), stats.Agencies)
	assert.Equal(t, whole(t, f), stats.Ranked)
}

func (c city) ratingCount(t *testing.T, f fact) {
	counts := c.group(t, f.group).Stats.Ratings
	i := slices.IndexFunc(counts, func(r scoring.RatingCount) bool { return r.Rating.ID == f.subject })
	require.GreaterOrEqual(t, i, 0)
	assert.Equal(t, whole(t, f), counts[i].Count)
}

func (c city) previousRatingCount(t *testing.T, f fact) {
	assert.Equal(t, whole(t, f), c.past.Groups[f.group].Ratings[f.subject])
}

func (c city) total(t *testing.T, f fact) {
	r := c.result(t, f)
	assert.Equal(t, f.value, r.Score.StringFixed(2))
	sum := decimal.Decimal{}
	for _, line := range r.Ledger {
		sum = sum.Add(line.Points)
	}
	assert.True(t, sum.Equal(r.Score), "the ledger adds up to %s", sum)
}

func (c city) rank(t *testing.T, f fact) {
	r := c.result(t, f)
	assert.Equal(t, whole(t, f), r.Rank)
	assert.False(t, r.Tied)
	change := c.past.Agencies[f.subject]
	require.True(t, change.Moved)
	assert.Equal(t, change.Rank-r.Rank, change.RankChange)
}

func (c city) previousRank(t *testing.T, f fact) {
	assert.Equal(t, whole(t, f), c.past.Agencies[f.subject].Rank)
}

func (c city) rating(t *testing.T, f fact) { assert.Equal(t, f.value, c.result(t, f).Rating) }

func (c city) parent(t *testing.T, f fact) {
	assert.Equal(t, f.value, c.result(t, f).Agency.Parent)
}

// gains are the changes of the pillar means of a group since 2018, as shares of what each pillar is out of.
func (c city) gains(t *testing.T, group string) map[string]float64 {
	t.Helper()
	gains := map[string]float64{}
	for _, p := range c.group(t, group).Stats.Pillars {
		then, ok := c.past.Groups[group].Pillars[p.Pillar.ID]
		require.True(t, ok, p.Pillar.ID)
		require.True(t, then.Comparable, "pillar %s is comparable", p.Pillar.ID)
		require.True(t, p.Of.Equal(then.Of))
		gains[p.Pillar.ID] = p.Mean.Sub(then.Mean).Div(p.Of).InexactFloat64()
	}
	require.Len(t, gains, 4)
	return gains
}

func (c city) pillarMean(t *testing.T, f fact) {
	gains := c.gains(t, f.group)
	gain := gains[f.subject]
	switch f.value {
	case "up":
		assert.Greater(t, gain, 0.0)
	case "slightly down":
		assert.Less(t, gain, 0.0)
		assert.Greater(t, gain, -0.03)
	case "much better":
		assert.Greater(t, gain, 0.1)
		assert.InDelta(t, slices.Max(slices.Collect(maps.Values(gains))), gain, 0, "the largest gain")
	default:
		t.Errorf("no check for %q", f.value)
	}
}

func (c city) pillarMeans(t *testing.T, f fact) {
	up, down := 0, 0
	for _, gain := range c.gains(t, f.group) {
		switch {
		case gain > 0:
			up++
		case gain < 0:
			down++
		}
	}
	switch f.subject + " " + f.value {
	case "nearly every up":
		assert.GreaterOrEqual(t, up, 3)
	case "most down":
		assert.GreaterOrEqual(t, down, 3)
	default:
		t.Errorf("no check for %q %q", f.subject, f.value)
	}
}

func (c city) announced(t *testing.T, f fact) {
	assert.Equal(t, f.value, string(c.round.Release.Date))
	assert.Equal(t, submission.Final, c.round.Release.Status)
}

// TestDanangLeaders: the named leaders lead in the published order, and the four departments led in 2018 too.
func TestDanangLeaders(t *testing.T) {
	c := rankDanang(t)
	leaders := map[string][]string{
		"department": {"so-tttt", "so-gtvt", "so-noi-vu", "so-khcn"},
		"central":    {"bhxh", "cuc-thue"},
		"district":   {"quan-thanh-khe", "huyen-hoa-vang", "quan-lien-chieu"},
		"ward":       {"p-hoa-hiep-bac", "p-hoa-an", "p-thac-gian"},
	}
	for group, codes := range leaders {
		for i, code := range codes {
			assert.Equal(t, code, c.group(t, group).Standings[i].Agency.Code)
		}
	}
	for _, code := range leaders["department"] {
		assert.LessOrEqual(t, c.past.Agencies[code].Rank, 4, code)
	}
}

// TestDanangWeakWards: three wards are weak, all in one district, and no other.
func TestDanangWeakWards(t *testing.T) {
	c := rankDanang(t)
	parents := map[string]string{}
	for _, s := range c.group(t, "ward").Standings {
		if s.Rating == "weak" {
			parents[s.Agency.Code] = s.Agency.Parent
		}
	}
	assert.Equal(t, map[string]string{
		"p-my-an": "quan-ngu-hanh-son", "p-khue-my": "quan-ngu-hanh-son", "p-hoa-quy": "quan-ngu-hanh-son",
	}, parents)
}

// TestDanangSettled: the round can be published, and reviews changed something on the way.
func TestDanangSettled(t *testing.T) {
	c := rankDanang(t)
	require.NoError(t, c.round.Problems.Err())
	settled := 0
	for _, p := range c.round.Problems {
		if p.Severity == diag.Error && p.Settled {
			settled++
		}
	}
	assert.Equal(t, 1, settled, "one answer that cannot be read is settled by a decision")
	higher, lower := 0, 0
	for r := range c.ranking.Results() {
		assert.True(t, r.Sent, r.Agency.Code)
		switch r.Claimed.Cmp(r.Score) {
		case 1:
			lower++
		case -1:
			higher++
		}
	}
	assert.Greater(t, lower, 10, "claims that reviewers lowered")
	assert.Positive(t, higher, "claims that reviewers raised")
}

// TestDanangFolder: workbooks of all bodies but the wards, which share one table; small enough to ship.
func TestDanangFolder(t *testing.T) {
	workbooks, err := filepath.Glob(filepath.Join(danang, "submissions", "*.xlsx"))
	require.NoError(t, err)
	assert.Len(t, workbooks, 24+6+7)
	var size int64
	require.NoError(t, filepath.WalkDir(danang, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		size += info.Size()
		return err
	}))
	assert.Less(t, size, int64(3<<20))
}
