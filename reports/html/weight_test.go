package html_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/html"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// sixPillars is a set of six pillars as they are named in Viet Nam, each with one indicator of entered points.
func sixPillars(t testing.TB) *criteria.Set {
	t.Helper()
	names := []string{"Nhận thức số", "Thể chế số", "Hạ tầng số và nền tảng số", "Nhân lực số", "An toàn, an ninh mạng", "Hoạt động chính quyền số"}
	points := []int{10, 15, 20, 15, 15, 25}
	var b strings.Builder
	b.WriteString(`schema: dti.criteria/v1
id: six
version: "2025"
title: {vi: Chuyển đổi số}
languages: [vi]
scale: 100
groups: {commune: {vi: "Ủy ban nhân dân phường, xã"}}
ratings:
  - {id: good, name: {vi: Tốt}, from: 80}
  - {id: fair, name: {vi: Khá}, from: 65}
  - {id: average, name: {vi: Trung bình}, from: 50}
  - {id: weak, name: {vi: Yếu}, from: 0}
rounding: {indicator: 2, total: 2}
pillars:
`)
	for i, name := range names {
		fmt.Fprintf(&b, "  - id: p%d\n    no: \"%d\"\n    name: {vi: \"%s\"}\n    points: %d\n    indicators:\n", i+1, i+1, name, points[i])
		fmt.Fprintf(&b, "      - {id: I-%d, name: {vi: \"Điểm %s\"}, points: %d, score: {kind: points}}\n", i+1, name, points[i])
	}
	set, err := criteria.Load("six.yaml", []byte(b.String()))
	require.NoError(t, err)
	return set
}

// communes is a round of so many communes, each with a name of its own, whose points spread as those of a real round do.
func communes(t testing.TB, n int) *scoring.Ranking {
	t.Helper()
	first := []string{"Hòa", "Thanh", "Xuân", "Vĩnh", "Phước", "Khuê", "Thuận", "Mỹ", "Tân", "Bình"}
	second := []string{"Hiệp", "Khê", "Trung", "Cường", "Mỹ", "Thọ", "Hải", "Lộc", "An", "Phú"}
	third := []string{"", " Đông", " Tây", " Nam", " Bắc", " Thượng", " Hạ"}
	random := rand.New(rand.NewPCG(60, 6))
	set := sixPillars(t)
	round := &submission.Round{
		ID: "2025", Year: 2025, Title: rule.Text{"vi": "Xếp hạng chuyển đổi số cấp xã năm 2025"}, Set: set,
		Submissions: map[string]submission.Submission{}, Digest: "0123456789abcdef",
		Release: submission.Release{Status: submission.Final, Revision: 1, Decision: "123/QĐ-UBND", Date: "2026-01-20", Contact: "so-khcn@example.gov.vn", URL: "https://dti.example.gov.vn/"},
	}
	for i := range n {
		name := first[i%10] + " " + second[i/10%10] + third[i/100%7]
		code := fmt.Sprintf("%05d", 20197+3*i)
		round.Agencies = append(round.Agencies, submission.Agency{Code: code, Name: rule.Text{"vi": "Phường " + name}, Group: "commune"})
		answers := submission.NewAnswers(set)
		level := 0.45 + 0.5*random.Float64()
		for ind := range set.Root.AllIndicators() {
			share := min(1, max(0, level+0.12*random.NormFloat64()))
			value := ind.Points["commune"].Mul(decimal.NewFromFloat(share)).Round(2)
			answers.Put(submission.Key{Indicator: ind.ID, Input: "value"}, submission.Answer{Value: rule.NumberOf(value)})
		}
		round.Submissions[code] = submission.Submission{Agency: code, Sent: true, Answers: answers}
	}
	return scoring.Rank(round)
}

// since2024 holds a round against an earlier one of other bodies: ranks made anew, why each moved, means and ratings.
func since2024(ranking *scoring.Ranking) history.Comparison {
	random := rand.New(rand.NewPCG(2024, 6))
	g := ranking.Groups[0]
	n := g.Stats.Ranked
	d := decimal.RequireFromString
	cmp := history.Comparison{
		Year: 2024, Agencies: map[string]history.Change{},
		Means: map[string]history.MeanParts{"commune": {Then: d("63.20"), Now: g.Stats.Mean, Answers: g.Stats.Mean.Sub(d("63.20"))}},
	}
	past := history.PastGroup{
		Year: 2024, Agencies: n + 31, Ranked: n + 31, Mean: d("63.20"), Median: d("63.90"), HasMean: true,
		Ratings: map[string]int{"good": 4, "fair": 30, "average": 40, "weak": 17}, Pillars: map[string]history.PastPillar{},
		Field: &history.Field{Ranked: n, Published: n + 31, Mean: d("63.20"), Median: d("63.90")},
	}
	for _, p := range g.Stats.Pillars {
		past.Pillars[p.Pillar.ID] = history.PastPillar{Mean: p.Of.Mul(d("0.63")), Of: p.Of, Comparable: true}
	}
	cmp.Groups = map[string]history.PastGroup{"commune": past}
	for i, then := range random.Perm(n) {
		change := then - i
		own := random.IntN(9) - 4
		cmp.Agencies[g.Standings[i].Agency.Code] = history.Change{
			Year: 2024, HasScore: true, Score: d("61.50"), Of: d("100"), Rank: then + 1, OfRanked: n, RankChange: change, Moved: true, Comparable: true,
			RankNote: rule.Say("lineage-ranks-anew-own", "2024", n, n+31, then+8), PublishedRank: then + 8, PublishedOf: n + 31,
			Parts: &history.Parts{Own: own, Membership: 2, Others: change - own - 2, Reviewed: true},
		}
	}
	for i := range 31 {
		cmp.Gone = append(cmp.Gone, history.Gone{
			Code: fmt.Sprintf("cu-%02d", i), Name: rule.Text{"vi": fmt.Sprintf("Phường Cũ %d", i)}, Group: "commune", Fate: submission.Merged,
			Into: []string{g.Standings[i%n].Agency.Code}, Date: "2025-07-01", Decision: "1659/NQ-UBTVQH15",
		})
	}
	return cmp
}

// groupPage is the page of the only group, drawn by the chart library too.
func groupPage(t testing.TB, ranking *scoring.Ranking, cmp history.Comparison) string {
	t.Helper()
	var b bytes.Buffer
	e := edition(ranking, cmp, "vi")
	require.NoError(t, html.Write(&b, e.Group(ranking.Groups[0])))
	return b.String()
}

func zipped(t testing.TB, page string) int {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	require.NoError(t, err)
	_, err = w.Write([]byte(page))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.Len()
}

// A telephone on a slow line loads the ranking of a district at once: sixty agencies, six pillars, an earlier round of
// other bodies, and every figure.
func TestGroupPageIsLight(t *testing.T) {
	ranking := communes(t, 60)
	page := groupPage(t, ranking, since2024(ranking))
	assert.Equal(t, 4, strings.Count(page, "<figure"), "pillars, ratings, distribution, moves")
	assert.Equal(t, 60, strings.Count(page, `<svg class="meter"`), "rows of the ranking")
	t.Logf("%d bytes, %d as a server sends them", len(page), zipped(t, page))
	assert.Less(t, len(page), 100_000, "bytes of the page")
	assert.Less(t, zipped(t, page), 15_000, "bytes as a server sends them")
}

// All communes of the country stand in one table, which is whole without a script and repeated below no figure.
func TestGroupPageOfAllCommunes(t *testing.T) {
	ranking := communes(t, 3321)
	page := groupPage(t, ranking, since2024(ranking))
	assert.Equal(t, 3321, strings.Count(page, `<th scope="row"><a href="../agency/`))
	assert.NotContains(t, page, `class="meter"`)
	assert.Less(t, len(page), 2_200_000, "bytes of the page")
	assert.Less(t, zipped(t, page), 180_000, "bytes as a server sends them")
}
