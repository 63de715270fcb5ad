package view_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// pastOf is an earlier round as a later one reads it.
func pastOf(t *testing.T, year int, round *submission.Round) *history.Past {
	t.Helper()
	round.Year, round.ID = year, "round-"+strings.Repeat("x", year%10)
	var b bytes.Buffer
	require.NoError(t, history.Encode(&b, scoring.Rank(round), history.Comparison{}, history.Options{}))
	past, err := history.Decode("results.json", &b)
	require.NoError(t, err)
	return past
}

// successionOf is a line of a lineage of 1 July 2025.
func successionOf(fate submission.Fate, from, to string, carry submission.Carry) submission.Succession {
	return submission.Succession{Date: "2025-07-01", Decision: "5/NQ", Fate: fate, From: from, To: to, Carry: carry}
}

// since2024 is a round of two departments after those of 2023 and 2024, of which so-c went into so-a.
func since2024(t *testing.T, set *criteria.Set, lang string, lines ...submission.Succession) *view.Edition {
	t.Helper()
	round := roundOf(set, 40, 20)
	round.Cycle.Lineage = lines
	ranking := scoring.Rank(round)
	pasts := history.RebaseAll(ranking, []*history.Past{
		pastOf(t, 2023, roundOf(set, 10, 20, 30)), pastOf(t, 2024, roundOf(set, 20, 30, 0)),
	})
	return editionOf(lang, round, history.CompareAll(ranking, pasts))
}

// row is a row of a table in one line.
func row(t view.Table, i int) string {
	var words []string
	for _, c := range t.Rows[i].Cells {
		words = append(words, strings.TrimSpace(c.Text+" "+c.Note))
	}
	return strings.Join(words, " | ")
}

func figureOf(t *testing.T, figures []view.Figure, id string) view.Figure {
	t.Helper()
	for _, f := range figures {
		if f.ID == id {
			return f
		}
	}
	require.Fail(t, "no figure "+id)
	return view.Figure{}
}

func TestAgencyTrend(t *testing.T) {
	merged := []submission.Succession{
		successionOf(submission.Merged, "so-a", "so-a", submission.CarryMean), successionOf(submission.Merged, "so-c", "so-a", submission.CarryMean),
	}
	e := since2024(t, setOf(t), "vi", merged...)
	p, ok := e.Agency("so-a")
	require.True(t, ok)
	f := figureOf(t, p.Figures, "trend")
	assert.Equal(t, view.DotRows, f.Chart.Kind)
	assert.Equal(t, "Hạng qua các đợt đánh giá: 1/2 (2023), 2/2 (2024), 1/2 (2025)", f.Headline)
	assert.Contains(t, f.Subtitle, "hạng và trung bình các đợt trước tính lại trên các cơ quan hiện nay")
	assert.Equal(t, []string{"2023", "2024", "2025"}, f.Chart.Rows)
	assert.Equal(t, "2024 | 77,50 điểm năm 2024 là trung bình cộng của Sở A (85,00), Sở C (70,00) | 77,50% | 2/2 tính lại trên 2 (công bố 2024: 3) | 85,00%", row(f.Table, 1))
	assert.Equal(t, []string{
		"Hợp nhất từ Sở A, Sở C theo 5/NQ, ngày 01/7/2025; điểm năm 2024 là trung bình cộng của Sở A (85,00), Sở C (70,00).",
		"Thứ hạng năm 2024: tính lại trên 2 (công bố 2024: 3).",
	}, p.Lineage)
	assert.Equal(t, "▲ Tăng 1 bậc (hạng 1/2, 2024: 2/2, tính lại trên 2 (công bố 2024: 3))", p.Facts[0].Note)

	said := func(e *view.Edition) bool {
		return slices.ContainsFunc(e.Method().Policies, func(f view.Fact) bool { return f.Term == "Đợt trước, khi cơ quan đã thay đổi" })
	}
	assert.True(t, said(e), "the method page states the rule")
	assert.False(t, said(since2024(t, setOf(t), "vi")))

	b, _ := e.Agency("so-b")
	assert.Empty(t, b.Lineage, "it goes on")
	assert.Contains(t, b.Facts[0].Note, "tính lại trên 2 (công bố 2024: 1/3)")
}

func TestGroupTrend(t *testing.T) {
	e := since2024(t, setOf(t), "en", successionOf(submission.Merged, "so-a", "so-a", submission.CarryMean), successionOf(submission.Merged, "so-c", "so-a", submission.CarryMean))
	p := e.Group(e.Ranking().Groups[0])
	f := figureOf(t, p.Figures, "trend")
	assert.Equal(t, "Mean of the group over the rounds: 85.00% (2023), 85.00% (2024), 92.50% (2025)", f.Headline)
	assert.Equal(t, "2024 | 85.00 | 85.00% | 2 made anew among 2 (published 2024: 3)", row(f.Table, 1))
	assert.Contains(t, f.Subtitle, "; earlier means made anew among the agencies of today")
	assert.Contains(t, figureOf(t, p.Figures, "moves").Subtitle, "; earlier ranks made anew among the agencies of today")
	pillars := figureOf(t, p.Figures, "pillar-trend")
	assert.Equal(t, []string{"2025", "2024", "2023"}, []string{pillars.Chart.Series[0].Name, pillars.Chart.Series[1].Name, pillars.Chart.Series[2].Name})
	assert.Equal(t, "Infrastructure | 87.50% | 70.83% | 75.00%", row(pillars.Table, 0), "as published")
	require.Len(t, p.Field, 3)
	assert.Equal(t, "Ranks and mean of 2024 are made anew among the 2 agencies of today; 3 were ranked when they were published. A rank out of 3 is not compared with one out of 2.", p.Field[0])
	assert.Equal(t, "1 agency of 2024 is no longer listed; see the table below.", p.Field[2])
	assert.Equal(t, "Sở C | merged by 5/NQ of 1 July 2025 | Sở A", row(p.Gone, 0))
	assert.Equal(t, "../agency/so-a.html", p.Gone.Rows[0].Cells[2].Link)
}

// TestNothingCarried: an agency says why it is not compared, the others keep their ranks of then, which are not compared.
func TestNothingCarried(t *testing.T) {
	e := since2024(t, setOf(t), "vi", successionOf(submission.Merged, "so-a", "so-a", submission.CarryNone), successionOf(submission.Merged, "so-c", "so-a", submission.CarryNone))
	p, _ := e.Agency("so-a")
	why := "không so sánh với năm 2024: hợp nhất từ Sở A, Sở C theo 5/NQ, ngày 01/7/2025, kết quả trước đây không chuyển sang"
	assert.Equal(t, "Không so sánh ("+why+")", p.Facts[0].Note)
	assert.Contains(t, p.Lineage, "K"+why[1:]+".")
	assert.Equal(t, "2024 "+why+" | không có | không có | không có | 82,50%", row(figureOf(t, p.Figures, "trend").Table, 1))
	assert.True(t, figureOf(t, p.Figures, "trend").Chart.Series[0].Values[1].Missing)

	b, _ := e.Agency("so-b")
	kept := "hạng 1/3 năm 2024 là của danh sách cơ quan khi đó, không so sánh với hạng hiện nay: không tính lại được vì thiếu điểm chuyển sang của Sở A"
	assert.Equal(t, "Không so sánh ("+kept+")", b.Facts[0].Note)
	g := e.Group(e.Ranking().Groups[0])
	assert.Equal(t, "Thứ hạng năm 2024 là của 3 cơ quan khi đó và không so với hạng hiện nay: không tính lại được vì thiếu điểm chuyển sang của Sở A.", g.Field[0])
	assert.Equal(t, "1 cơ quan mới so với năm 2024: Sở A.", g.Field[2])
	assert.Equal(t, []string{"Không so sánh " + why, "Không so sánh " + kept}, column(g.Ranking, "So với 2024"))
	for _, fact := range g.Facts {
		assert.NotContains(t, fact.Note, "so với", "a mean of 3 is not held against one of 2")
	}
}

// TestGoneWithoutLineage: who is no longer listed is said, also where no lineage says why.
func TestGoneWithoutLineage(t *testing.T) {
	e := since2024(t, setOf(t), "vi")
	g := e.Group(e.Ranking().Groups[0])
	assert.Equal(t, "Sở C | không có trong danh sách của đợt này | không có cơ quan kế tiếp", row(g.Gone, 0))
	assert.Equal(t, []string{"1 cơ quan của năm 2024 không còn trong danh sách; xem bảng dưới đây."}, g.Field)

	e = since2024(t, setOf(t), "en", successionOf(submission.Abolished, "so-c", "", submission.CarryNone))
	g = e.Group(e.Ranking().Groups[0])
	assert.Equal(t, "Sở C | abolished by 5/NQ of 1 July 2025 | no successor", row(g.Gone, 0))
}

// TestTrendOfOtherCriteria: a round that asked something else is shown and said not to be comparable.
func TestTrendOfOtherCriteria(t *testing.T) {
	set := setOf(t)
	round := roundOf(set, 40, 20)
	ranking := scoring.Rank(round)
	other := pastOf(t, 2023, roundOf(set, 10, 20))
	other.CriteriaID = "other"
	same := pastOf(t, 2023, roundOf(set, 20, 30))
	same.Title = criteria.Text{"vi": "Đợt cuối năm 2023"}
	e := editionOf("vi", round, history.CompareAll(ranking, history.RebaseAll(ranking, []*history.Past{same, other})))
	p, _ := e.Agency("so-a")
	f := figureOf(t, p.Figures, "trend")
	assert.Equal(t, "Xếp hạng năm 2025 (không so sánh điểm)", f.Chart.Rows[0], "two rounds of one year are told apart by their titles")
	assert.Equal(t, "Đợt cuối năm 2023", f.Chart.Rows[1])
	assert.Contains(t, row(f.Table, 0), "khi đó dùng bộ chỉ số khác")

	one := editionOf("vi", round, history.CompareAll(ranking, history.RebaseAll(ranking, []*history.Past{same})))
	p, _ = one.Agency("so-a")
	for _, f := range p.Figures {
		assert.NotEqual(t, "trend", f.ID, "one earlier round is told beside the numbers")
	}
}
