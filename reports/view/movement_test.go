package view_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/history"
)

func TestMoved(t *testing.T) {
	tests := map[string]struct {
		parts  *history.Parts
		vi, en string
	}{
		"up": {
			&history.Parts{Own: 5, Others: -2, Criteria: 1},
			"Tăng 4 bậc: +5 do kết quả của cơ quan, −2 do cơ quan khác tăng, +1 do bộ chỉ số thay đổi.",
			"Up 4 places: +5 from its own results, −2 because others rose, +1 because the criteria changed.",
		},
		"down one": {
			&history.Parts{Membership: -2, Others: 1},
			"Giảm 1 bậc: +1 do cơ quan khác giảm, −2 do có cơ quan vào hoặc ra khỏi khối.",
			"Down 1 place: +1 because others fell, −2 because agencies joined or left the group.",
		},
		"parts that cancel": {
			&history.Parts{Review: 1, Ties: -1},
			"Giữ nguyên: +1 do thẩm định và điều chỉnh, −1 do cách xếp các cơ quan bằng điểm.",
			"Unchanged: +1 from review and adjustments, −1 from the way equal totals are ranked.",
		},
		"nothing": {
			&history.Parts{},
			"Giữ nguyên thứ hạng; không yếu tố nào làm thứ hạng thay đổi.",
			"Rank unchanged; nothing moved it.",
		},
		"unknown": {
			&history.Parts{Unknown: 3, Why: rule.Say("movement-table", "2024")},
			"Tăng 3 bậc: +3 do những nguyên nhân chưa tách được. Kết quả năm 2024 là bảng tổng hợp, không có câu trả lời để tách các nguyên nhân.",
			"Up 3 places: +3 for reasons that cannot be told apart. The results of 2024 are a table without the answers that would tell them apart.",
		},
		"new": {nil, "", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			change := history.Change{Parts: tt.parts}
			if tt.parts != nil {
				change.RankChange = tt.parts.Sum()
			}
			assert.Equal(t, tt.vi, view.Moved(locale.MustFor("vi"), change))
			assert.Equal(t, tt.en, view.Moved(locale.MustFor("en"), change))
			sum := 0
			for _, p := range view.MovedParts(locale.MustFor("en"), change) {
				assert.NotZero(t, p.Places)
				sum += p.Places
			}
			assert.Equal(t, change.RankChange, sum)
		})
	}
	for _, why := range []string{"movement-criteria", "movement-no-answers", "movement-no-own-answers", "movement-no-score"} {
		for _, lang := range []string{"vi", "en"} {
			assert.Contains(t, locale.MustFor(lang).Note(rule.Say(why, "2024", "x@1")), "2024")
		}
	}
}

// moved is a comparison in which so-a rose by one and so-b fell.
func moved() history.Comparison {
	d := decimal.RequireFromString
	return history.Comparison{
		Year: 2024,
		Agencies: map[string]history.Change{
			"so-a": {Year: 2024, Rank: 2, RankChange: 1, Moved: true, Parts: &history.Parts{Own: 2, Review: -1}},
			"so-b": {Year: 2024, Rank: 1, RankChange: -1, Moved: true, Parts: &history.Parts{Others: -1}},
			"so-d": {Year: 2024, Rank: 3, Moved: true, Parts: &history.Parts{}},
		},
		Means: map[string]history.MeanParts{"department": {
			Then: d("70.00"), Now: d("71.50"), Answers: d("2.20"), Review: d("-0.20"), Criteria: d("-0.49"), Rounding: d("-0.01"),
		}},
	}
}

func TestMovedPages(t *testing.T) {
	e := editionOf("en", roundOf(setOf(t), 40, 30, 20, 10), moved())
	page, ok := e.Agency("so-a")
	require.True(t, ok)
	assert.Equal(t, "Up 1 place: +1 from its own results after review and adjustments.", page.Moved, "what it claimed is not public")
	assert.Empty(t, page.Moves.Rows, "one cause: the sentence says it")
	mixed := moved()
	mixed.Agencies["so-a"] = history.Change{Year: 2024, Rank: 2, RankChange: 1, Moved: true, Parts: &history.Parts{Own: 2, Others: -1}}
	page, _ = editionOf("en", roundOf(setOf(t), 40, 30, 20, 10), mixed).Agency("so-a")
	assert.Equal(t, []string{"Own results after review", "Others", "Change of rank"}, column(page.Moves, "Reason"))
	assert.Equal(t, []string{"+2", "−1", "+1"}, column(page.Moves, "Places"))
	change := history.Change{RankChange: 1, Parts: &history.Parts{Own: 1, Reviewed: true}}
	assert.Equal(t, "Up 1 place: +1 from its own results after review and adjustments.", view.Moved(locale.MustFor("en"), change))
	page, _ = e.Agency("so-c")
	assert.Empty(t, page.Moved, "it is new")
	assert.Empty(t, page.Moves.Rows)

	group := e.Group(e.Ranking().Groups[0])
	assert.Equal(t, "The mean was 70.00 in 2024 and is 71.50 in 2025 (+1.50): +2.00 from the agencies' results after review and adjustments, −0.49 because the criteria changed, −0.01 from rounding.", group.MeanMoved)
	moves := figureOf(t, group.Figures, "moves").Table
	var heads []string
	for _, c := range moves.Columns {
		heads = append(heads, c.Name)
	}
	assert.Equal(t, []string{"Rank 2025", "Agency", "Rank 2024 (of 0)", "Change", "Own results after review", "Others"}, heads, "only reasons that moved somebody")
	assert.Equal(t, []string{"Sở A", "Sở B", "Sở C", "Sở D"}, column(moves, "Agency"), "every agency, in the order of the ranking")
	assert.Equal(t, []string{"2", "1", "no data", "3"}, column(moves, "Rank 2024 (of 0)"))
	assert.Equal(t, []string{"+1", "−1", "New", "0"}, column(moves, "Change"))
	assert.Equal(t, []string{"0", "−1", "no data", "0"}, column(moves, "Others"))
	assert.Empty(t, group.Moves.Rows, "told by the figure")

	method := e.Method()
	assert.Len(t, method.Moved, 6)
	assert.Contains(t, method.MovedSay, "from 2024 to 2025")
	for _, step := range method.Moved {
		assert.False(t, strings.Contains(step, "{"), step)
	}
	assert.Empty(t, editionOf("en", roundOf(setOf(t), 40), history.Comparison{}).Method().Moved)
}

func TestMovedMean(t *testing.T) {
	cmp := moved()
	m := cmp.Means["department"]
	cmp.Means = map[string]history.MeanParts{"department": {Then: m.Then, Now: m.Then}}
	unlike := cmp.Agencies["so-a"]
	alike := unlike
	alike.Comparable = true
	cmp.Agencies["so-a"] = alike
	e := editionOf("vi", roundOf(setOf(t), 40, 30, 20, 10), cmp)
	assert.Equal(t, "Điểm trung bình năm 2024 là 70,00, năm 2025 là 70,00 (0,00).", e.Group(e.Ranking().Groups[0]).MeanMoved)

	cmp.Means["department"] = history.MeanParts{Then: m.Then, Now: m.Now, Unknown: m.Now.Sub(m.Then), Why: rule.Say("movement-no-answers", "2024")}
	e = editionOf("vi", roundOf(setOf(t), 40, 30, 20, 10), cmp)
	assert.Equal(t, "Điểm trung bình năm 2024 là 70,00, năm 2025 là 71,50 (+1,50): +1,50 do những nguyên nhân chưa tách được. Kết quả năm 2024 không lưu câu trả lời để tách các nguyên nhân.",
		e.Group(e.Ranking().Groups[0]).MeanMoved)

	cmp.Agencies["so-a"] = unlike
	e = editionOf("vi", roundOf(setOf(t), 40, 30, 20, 10), cmp)
	assert.Empty(t, e.Group(e.Ranking().Groups[0]).MeanMoved, "totals that are not compared, and no reason: no difference is said")

	cmp.Means = nil
	cmp.Agencies["so-b"] = history.Change{Year: 2024, Rank: 1, RankChange: -1, Moved: true, Parts: &history.Parts{Unknown: -1, Why: rule.Say("movement-table", "2024")}}
	e = editionOf("en", roundOf(setOf(t), 40, 30), cmp)
	assert.Equal(t, "The results of 2024 are a table without the answers that would tell them apart.", e.Group(e.Ranking().Groups[0]).MeanMoved)
}

// TestMovedTellsNoClaim: what reviews did to an agency, or to the mean of a group of two, would tell what was claimed.
func TestMovedTellsNoClaim(t *testing.T) {
	cmp := moved()
	cmp.Agencies["so-a"] = history.Change{Year: 2024, Rank: 2, RankChange: 1, Moved: true, Parts: &history.Parts{Unknown: 3, Review: -2, Why: rule.Say("movement-table", "2024")}}
	e := editionOf("en", roundOf(setOf(t), 40, 30), cmp)
	page, _ := e.Agency("so-a")
	assert.Equal(t, "Up 1 place: +1 for reasons that cannot be told apart. The results of 2024 are a table without the answers that would tell them apart.", page.Moved)
	group := e.Group(e.Ranking().Groups[0])
	assert.Equal(t, "The results of 2024 are a table without the answers that would tell them apart.", group.MeanMoved)

	cmp.Agencies["so-b"] = history.Change{Year: 2024, Rank: 1, RankChange: -1, Moved: true, Parts: &history.Parts{Unknown: -1}}
	e = editionOf("en", roundOf(setOf(t), 40, 30), cmp)
	assert.Len(t, figureOf(t, e.Group(e.Ranking().Groups[0]).Figures, "moves").Table.Columns, 4, "no reason can be told apart")
}
