package view_test

import (
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// unranked leaves agencies of a round without a rank.
func unranked(round *submission.Round, codes ...string) *submission.Round {
	for i, a := range round.Agencies {
		for _, code := range codes {
			if a.Code == code {
				round.Agencies[i].Unranked, round.Agencies[i].Reason = true, "mới thành lập"
			}
		}
	}
	return round
}

// The finding is true of any number of agencies.
func TestIndicatorFinding(t *testing.T) {
	set := setOf(t)
	penalty := setOf(t, "effect: bonus", "effect: penalty")
	informational := setOf(t, "effect: bonus", "effect: none")
	tagged := setOf(t, "- id: INF-1", "- id: INF-1\n        when: computed")
	missing := func(round *submission.Round) *submission.Round {
		for code, s := range round.Submissions {
			s.Answers.Drop(submission.Key{Indicator: "INF-1", Input: "computers"})
			round.Submissions[code] = s
		}
		return round
	}
	bonus := func(round *submission.Round, earned ...int64) *submission.Round {
		for i, n := range earned {
			round.Submissions[round.Agencies[i].Code].Answers.Put(
				submission.Key{Indicator: "BON-1", Input: "value"}, submission.Answer{Value: rule.NumberOf(decimal.NewFromInt(n))})
		}
		return round
	}
	tests := map[string]struct {
		round *submission.Round
		id    string
		want  string
	}{
		"some":            {roundOf(set, 40, 20, 40), "INF-1", "2/3 cơ quan đạt đủ điểm. Tỷ lệ đạt trung bình: 83,33%."},
		"all":             {roundOf(set, 40, 40), "INF-1", "Cả 2 cơ quan đạt đủ điểm."},
		"none":            {roundOf(set, 20, 0), "INF-1", "Chưa cơ quan nào trong 2 cơ quan đạt đủ điểm. Tỷ lệ đạt trung bình: 25,00%."},
		"one in full":     {roundOf(set, 40), "INF-1", "Cơ quan duy nhất được áp dụng đạt đủ điểm."},
		"one in part":     {roundOf(set, 20), "INF-1", "Cơ quan duy nhất được áp dụng chưa đạt đủ điểm. Tỷ lệ đạt: 50,00%."},
		"nobody ranked":   {unranked(roundOf(set, 40), "so-a"), "INF-1", "Chưa có cơ quan nào được xếp hạng."},
		"all missing":     {missing(roundOf(set, 40, 40)), "INF-1", "Chưa cơ quan nào trong 2 cơ quan có số liệu."},
		"one, missing":    {missing(roundOf(set, 40)), "INF-1", "Cơ quan duy nhất được áp dụng chưa có số liệu."},
		"concerns nobody": {roundOf(tagged, 40, 20), "INF-1", "Không áp dụng cho cơ quan nào được xếp hạng."},
		"bonus":           {bonus(roundOf(set, 40, 40), 1, 0), "BON-1", "1/2 cơ quan được điểm thưởng. Tỷ lệ đạt trung bình: 16,67%."},
		"no bonus":        {roundOf(set, 40, 40), "BON-1", "Chưa cơ quan nào trong 2 cơ quan được điểm thưởng. Tỷ lệ đạt trung bình: 0,00%."},
		"penalty":         {bonus(roundOf(penalty, 40, 40), 3, 0), "BON-1", "1/2 cơ quan bị trừ điểm."},
		"no penalty":      {roundOf(penalty, 40, 40), "BON-1", "Không cơ quan nào trong 2 cơ quan bị trừ điểm."},
		"informational":   {roundOf(informational, 40, 40), "BON-1", "Chỉ số để tham khảo, không tính điểm."},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p, ok := editionOf("vi", tt.round, history.Comparison{}).Indicator(tt.id)
			require.True(t, ok)
			assert.Equal(t, tt.want, p.Finding)
		})
	}
}

// marks are the rows of an indicator's first group, a line each.
func marks(p *view.IndicatorPage) []string {
	var lines []string
	for _, m := range p.Groups[0].Rows {
		lines = append(lines, strings.Join([]string{m.Name, m.Points, m.Judged, m.Rank}, " | "))
	}
	return lines
}

func TestIndicatorOrder(t *testing.T) {
	set := setOf(t, "- id: INF-1", "- id: INF-1\n        when: computed")
	round := unranked(roundOf(set, 20, 40, 20, 30, -1), "so-b")
	for i := range round.Agencies {
		if round.Agencies[i].Code != "so-d" {
			round.Agencies[i].Tags = []string{"computed"}
		}
	}
	e := editionOf("vi", round, history.Comparison{})
	p, ok := e.Indicator("INF-1")
	require.True(t, ok)
	assert.Equal(t, []string{
		"Sở A | 15,00 | 20/40 = 50% | 2 (đồng hạng)",
		"Sở C | 15,00 | 20/40 = 50% | 2 (đồng hạng)",
		"Sở E | 0,00 | Chưa có số liệu | 4",
		"Sở D | không tính | Không áp dụng; Không thuộc đối tượng chấm | 1",
		"Sở B | 30,00 | 40/40 = 100% | Không xếp hạng",
	}, marks(p))
	assert.Contains(t, p.Order, "không xếp hạng đứng cuối")
	assert.Equal(t, []string{"0", "2", "0", "0", "1", "1"}, column(p.Figures[0].Table, "Số cơ quan"))
	assert.Equal(t, []string{"Đủ điểm", "Từ 50% đến dưới 100%", "Trên 0% đến dưới 50%", "0 điểm", "Chưa có số liệu", "Không áp dụng"}, column(p.Figures[0].Table, "Mức đạt"))
	assert.Equal(t, "Chưa cơ quan nào trong 3 cơ quan đạt đủ điểm.", p.Figures[0].Headline)

	_, ok = e.Indicator("SEC-2")
	assert.False(t, ok, "not public")
	_, ok = e.Indicator("nothing")
	assert.False(t, ok)
	assert.Nil(t, p.Previous)
	assert.Equal(t, "1.2. Mạng </script><b>nội bộ</b>", p.Next.Text)
	security, _ := e.Indicator("SEC-1")
	for _, line := range marks(security) {
		assert.NotContains(t, line, "Có", "only points are public")
	}
	assert.NotContains(t, marks(security)[3], "Chưa có số liệu", "whether there was an answer is more than points")
	_, table := security.Tabled()
	for _, row := range table.Rows {
		assert.Equal(t, "scored", row.Cells[6].Text)
	}
}

// What does not apply keeps the points that a policy gives it.
func TestIndicatorPolicies(t *testing.T) {
	for policy, want := range map[string]string{"full": "30,00", "zero": "0,00", "rescale": "không tính"} {
		set := setOf(t, "- id: INF-2", "- id: INF-2\n        when: networked\n        not_applicable: {policy: "+policy+"}")
		p, ok := editionOf("vi", roundOf(set, 40, 20), history.Comparison{}).Indicator("INF-2")
		require.True(t, ok)
		assert.Equal(t, want, p.Groups[0].Rows[0].Points, policy)
		assert.Equal(t, "Không áp dụng cho cơ quan nào được xếp hạng.", p.Groups[0].Says)
		assert.Empty(t, p.Figures)
	}
}

func TestIndicatorFacts(t *testing.T) {
	set := setOf(t, "points: 60", "points: {department: 60, ward: 50}", "points: 30\n        inputs", "points: {department: 30, ward: 20}\n        inputs")
	round := roundOf(set, 40, 20)
	round.Agencies = append(round.Agencies, submission.Agency{Code: "p-1", Name: rule.Text{"vi": "Phường 1"}, Group: "ward"})
	p, ok := editionOf("en", round, history.Comparison{}).Indicator("INF-1")
	require.True(t, ok)
	facts := map[string]string{}
	for _, f := range p.Facts {
		facts[f.Term] = f.Words
	}
	assert.Equal(t, "1. Infrastructure", facts["Pillar"])
	assert.Equal(t, "Departments: 30 points, 30% of the total; Wards and communes: 20 points, 22.2% of the total", facts["Most points"])
	assert.Equal(t, "Entered by the agency", facts["Source of data"])
	assert.Contains(t, facts["Evidence"], "Evidence is required.")
	assert.Equal(t, "INF-1", facts["Id in the data files"])
	assert.Len(t, p.Groups, 2)
	assert.Equal(t, "vi", p.Groups[0].Rows[0].Lang, "a name in Vietnamese only")
	assert.Equal(t, "The only agency concerned has no data.", p.Groups[1].Says)
}

func TestIndicatorsList(t *testing.T) {
	e := editionOf("vi", roundOf(setOf(t), 40, 20, 0), history.Comparison{})
	p := e.Indicators()
	assert.Equal(t, "5 chỉ số được công bố. Mọi cơ quan đều đạt đủ điểm ở 3/4 chỉ số tính điểm.", p.Lede)
	assert.NotEmpty(t, p.Hidden)
	require.Len(t, p.Costs, 1, "all others are full")
	assert.Equal(t, "mất 15,00% tổng điểm", p.Costs[0].Words, "half of 30 of 100 points")
	assert.Equal(t, "1/3 cơ quan đạt đủ điểm.", p.Costs[0].Note)
	assert.Len(t, p.Sections, 2)
	assert.Equal(t, []string{"1/3", "3/3"}, column(p.Sections[0], "Đạt đủ điểm"))
	assert.Equal(t, []string{"50,00%", "100,00%"}, column(p.Sections[0], "Tỷ lệ đạt trung bình"))
	assert.Equal(t, []string{"3/3", "3/3", "Chưa cơ quan nào trong 3 cơ quan được điểm thưởng."}, column(p.Sections[1], "Đạt đủ điểm"))
	for _, s := range p.Sections {
		assert.NotContains(t, strings.Join(column(s, "Chỉ số thành phần"), " "), "Ứng cứu sự cố")
	}

	nobody := editionOf("vi", unranked(roundOf(setOf(t), 40), "so-a"), history.Comparison{}).Indicators()
	assert.Empty(t, nobody.Costs)
	assert.Equal(t, "5 chỉ số được công bố.", nobody.Lede)
	assert.Equal(t, []string{"chưa xếp hạng", "chưa xếp hạng"}, column(nobody.Sections[0], "Đạt đủ điểm"))
}

// A set of which nothing is public has no pages of indicators.
func TestNoIndicators(t *testing.T) {
	set := setOf(t, "score:", "public: none\n        score:", "\n        public: points", "", "\n        public: none\n      - id: BON-1", "\n      - id: BON-1")
	e := editionOf("vi", roundOf(set, 40), history.Comparison{})
	assert.False(t, e.HasIndicators())
	for path := range e.Documents() {
		assert.NotContains(t, path, "/indicator/")
	}
}

// A round of thousands has counts and means, no rows, and is quick.
func TestIndicatorOfThousands(t *testing.T) {
	began := time.Now()
	e := editionOf("vi", large(t, 1200), history.Comparison{})
	p, ok := e.Indicator("INF-1")
	require.True(t, ok)
	g := p.Groups[0]
	assert.Empty(t, g.Rows)
	assert.Len(t, g.Parents.Rows, 40)
	assert.Equal(t, "Tỷ lệ đạt thấp nhất 0,00%, cao nhất 100,00%.", g.Range)
	assert.Contains(t, p.Order, "hơn 1.000 cơ quan")
	assert.Contains(t, p.Finding, "29/1.200 cơ quan đạt đủ điểm.")
	assert.Less(t, time.Since(began), 20*time.Second)
}

func TestParentPages(t *testing.T) {
	round := unranked(roundOf(setOf(t), 40, 20, 20, 10), "so-d")
	for i := range round.Agencies[1:] {
		round.Agencies[i+1].Parent = "so-a"
	}
	e := editionOf("vi", round, history.Comparison{})
	require.True(t, e.HasParents())
	p, ok := e.Parent("so-a")
	require.True(t, ok)
	assert.Equal(t, "Sở A", p.Heading)
	assert.Equal(t, "../agency/so-a.html", p.Own.Href)
	assert.Equal(t, "3 cơ quan trực thuộc, trong đó 2 được xếp hạng.", p.Finding)
	require.Len(t, p.Groups, 1)
	assert.Equal(t, []string{"2/3 (đồng hạng)", "2/3 (đồng hạng)"}, column(p.Groups[0].Table, "Hạng trong khối"))
	assert.Equal(t, "Điểm trung bình của 2 cơ quan trực thuộc được xếp hạng: 85,00; của cả khối (3 cơ quan): 90,00.", p.Groups[0].Says)
	assert.Equal(t, []string{"mới thành lập"}, column(p.Groups[0].Unranked, "Lý do"))
	assert.Equal(t, []view.Fact{{Term: "Xếp loại Tốt", Words: "2/2"}, {Term: "Xếp loại Khá", Words: "0/2"}, {Term: "Xếp loại Yếu", Words: "0/2"}}, p.Facts)
	_, ok = e.Parent("so-b")
	assert.False(t, ok)

	list := e.Parents()
	assert.Equal(t, []string{"Sở A"}, column(list.Table, "Cơ quan cấp trên"))
	assert.Equal(t, []string{"85,00"}, column(list.Table, "Điểm trung bình – Sở, ban, ngành"))
}

func TestParentsNobodyRanked(t *testing.T) {
	round := unranked(roundOf(setOf(t), 40, 20), "so-a", "so-b")
	round.Agencies[0].Parent, round.Agencies[1].Parent = "Bộ Nội vụ", "Bộ Nội vụ"
	e := editionOf("en", round, history.Comparison{})
	p, ok := e.Parent("Bộ Nội vụ")
	require.True(t, ok)
	assert.Nil(t, p.Own)
	assert.Equal(t, "vi", p.HeadingLang)
	assert.Equal(t, "2 agencies below it, none of them ranked.", p.Finding)
	assert.Empty(t, p.Facts)
	assert.Empty(t, p.Groups[0].Says)
	assert.Len(t, e.Parents().Table.Columns, 3, "no means of nobody")
	assert.False(t, editionOf("vi", roundOf(setOf(t), 40), history.Comparison{}).HasParents())
}
