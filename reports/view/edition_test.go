package view_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// setOf loads the small set with parts of its text replaced: pairs of old and new.
func setOf(t testing.TB, replaced ...string) *criteria.Set {
	t.Helper()
	data, err := os.ReadFile("testdata/small.yaml")
	require.NoError(t, err)
	set, err := criteria.Load("small.yaml", []byte(strings.NewReplacer(replaced...).Replace(string(data))))
	require.NoError(t, err)
	return set
}

// roundOf is a round of departments; each agency is its code and the number of computers for 40 staff, with everything
// else answered in full. Below 0 computers nothing was sent.
func roundOf(set *criteria.Set, computers ...int64) *submission.Round {
	round := &submission.Round{
		ID: "2025", Year: 2025, Title: rule.Text{"vi": "Xếp hạng năm 2025"}, Set: set, Submissions: map[string]submission.Submission{},
		Release: submission.Release{Status: submission.Final, Revision: 1},
	}
	for i, n := range computers {
		code := "so-" + string(rune('a'+i))
		round.Agencies = append(round.Agencies, submission.Agency{Code: code, Name: rule.Text{"vi": "Sở " + strings.ToUpper(code[3:])}, Group: "department"})
		if n < 0 {
			continue
		}
		answers := submission.NewAnswers(set)
		put := func(indicator, input string, v rule.Value) {
			answers.Put(submission.Key{Indicator: indicator, Input: input}, submission.Answer{Value: v})
		}
		put(criteria.FiguresID, "staff", rule.NumberOf(decimal.NewFromInt(40)))
		put("INF-1", "computers", rule.NumberOf(decimal.NewFromInt(n)))
		put("INF-2", "value", rule.YesNoOf(true))
		put("POL-1", "value", rule.OptionsOf("done"))
		put("SEC-1", "value", rule.YesNoOf(true))
		put("SEC-2", "value", rule.YesNoOf(true))
		put("BON-1", "value", rule.NumberOf(decimal.NewFromInt(0)))
		round.Submissions[code] = submission.Submission{Agency: code, Sent: true, Answers: answers}
	}
	return round
}

func editionOf(lang string, round *submission.Round, cmp history.Comparison) *view.Edition {
	return view.NewEdition(scoring.Rank(round), cmp, locale.MustFor(lang), "dti 1.2.3")
}

// column is the text of one column of a table, with its mark and note.
func column(t view.Table, name string) []string {
	var out []string
	for _, row := range t.Rows {
		for i, c := range row.Cells {
			if t.Columns[i].Name == name {
				out = append(out, strings.Join(strings.Fields(c.Mark+" "+c.Text+" "+c.Note), " "))
			}
		}
	}
	return out
}

func TestRankingSaysRanksTiesAndGaps(t *testing.T) {
	e := editionOf("vi", roundOf(setOf(t), 40, 20, 20, 10), history.Comparison{})
	p := e.Group(e.Ranking().Groups[0])
	assert.Equal(t, []string{"1", "2 (đồng hạng)", "2 (đồng hạng)", "4"}, column(p.Ranking, "Hạng"))
	assert.Equal(t, []string{"100,00", "85,00", "85,00", "77,50"}, column(p.Ranking, "Điểm"))
	assert.Equal(t, []string{"dẫn đầu", "15,00", "15,00", "7,50"}, column(p.Ranking, "Kém hạng trên"))
	assert.Equal(t, []string{"Tốt", "Tốt", "Tốt", "Khá"}, column(p.Ranking, "Xếp loại"))
	assert.Equal(t, "Sở A đứng đầu với 100,00/100 điểm; trung vị của khối là 85,00.", p.Finding)
	assert.Empty(t, p.Unranked.Rows)
	assert.Contains(t, p.TieNote, "1, 2, 2, 4")
	assert.Equal(t, 1, strings.Count(p.Ranking.Rows[0].Cells[2].Bar, "100.0%"))
	levels := []int{}
	for _, row := range p.Ranking.Rows {
		levels = append(levels, row.Cells[5].Level)
	}
	assert.Equal(t, []int{5, 3, 3, 2}, levels, "100 %, 75 %, 75 % and 62.5 % of the infrastructure points")
}

// Totals that are not rounded are ranked by more digits than a table prints: the page does not say that it ranks by those.
func TestRanksOfTotalsThatAreNotRounded(t *testing.T) {
	set := setOf(t, "rounding: {indicator: 2, total: 2}", "rounding: {indicator: 2}")
	p := func(lang string) string {
		e := editionOf(lang, roundOf(set, 40, 20), history.Comparison{})
		return e.Group(e.Ranking().Groups[0]).TieNote
	}
	assert.Contains(t, p("en"), "is not rounded: 12 significant digits are compared")
	assert.NotContains(t, p("en"), "decimals")
	assert.Contains(t, p("vi"), "không làm tròn: so sánh 12 chữ số có nghĩa")
	assert.NotContains(t, p("vi"), "chữ số thập phân")
}

// Points have their own decimals on a page, not those of a total that is rounded further; what is no sum of points has
// those of the total.
func TestDecimalsOfPillars(t *testing.T) {
	tests := map[string]struct{ rounding, total, pillar string }{
		"whole totals":     {"{total: 0}", "83", "42.75"},
		"fine points":      {"{indicator: 3, total: 1}", "82.8", "42.750"},
		"whole indicators": {"{indicator: 0, total: 2}", "83.00", "43.00"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			e := editionOf("en", roundOf(setOf(t, "rounding: {indicator: 2, total: 2}", "rounding: "+tt.rounding), 17), history.Comparison{})
			row := e.Group(e.Ranking().Groups[0]).Ranking.Rows[0]
			assert.Equal(t, tt.total, row.Cells[2].Text)
			assert.Equal(t, tt.pillar, row.Cells[5].Text)
		})
	}
}

func TestLeadersShareTheFinding(t *testing.T) {
	tests := map[string]struct {
		computers []int64
		want      string
	}{
		"two":  {[]int64{20, 20}, "Sở A, Sở B đồng hạng nhất với 85,00/100 điểm; trung vị của khối là 85,00."},
		"four": {[]int64{20, 20, 20, 20}, "4 cơ quan đồng hạng nhất với 85,00/100 điểm; trung vị của khối là 85,00."},
		"one":  {[]int64{20}, "Sở A là cơ quan duy nhất được xếp hạng: 85,00/100 điểm."},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			e := editionOf("vi", roundOf(setOf(t), tt.computers...), history.Comparison{})
			assert.Equal(t, tt.want, e.Home().Findings[0].Sentence)
		})
	}
}

func TestChangeInWords(t *testing.T) {
	because := rule.Say("not-ranked-then", "2024")
	cmp := history.Comparison{Year: 2024, Groups: map[string]history.PastGroup{"department": {Year: 2024, Agencies: 30, Ranked: 22}}, Agencies: map[string]history.Change{
		"so-a": {Year: 2024, Rank: 9, OfRanked: 22, RankChange: 8, Moved: true},
		"so-b": {Year: 2024, Rank: 1, OfRanked: 22, RankChange: -1, Moved: true},
		"so-c": {Year: 2024, Rank: 3, OfRanked: 22, Moved: true},
		"so-d": {Year: 2024, Why: because},
		"so-e": {Year: 2024, Rank: 4, OfRanked: 8, Why: rule.Say("group-changed", "2024")},
	}}
	tests := map[string][]string{
		"vi": {
			"▲ Tăng 8 bậc hạng 1/6, 2024: 9/22", "▼ Giảm 1 bậc hạng 2/6, 2024: 1/22", "Giữ nguyên hạng 3/6, 2024: 3/22",
			"Không so sánh năm 2024 không xếp hạng", "Không so sánh năm 2024 thuộc khối khác nên không so sánh thứ hạng và điểm",
			"Mới không có trong kết quả năm 2024",
		},
		"en": {
			"▲ Up 8 places rank 1 of 6; 2024: 9 of 22", "▼ Down 1 place rank 2 of 6; 2024: 1 of 22", "Unchanged rank 3 of 6; 2024: 3 of 22",
			"Not compared was not ranked in 2024", "", "New not in the results of 2024",
		},
	}
	heads := map[string]string{"vi": "So với 2024", "en": "Since 2024"}
	for lang, want := range tests {
		t.Run(lang, func(t *testing.T) {
			e := editionOf(lang, roundOf(setOf(t), 40, 35, 30, 25, 20, 15), cmp)
			got := column(e.Group(e.Ranking().Groups[0]).Ranking, heads[lang])
			require.Len(t, got, len(want))
			for i := range want {
				if want[i] != "" {
					assert.Equal(t, want[i], got[i])
				}
			}
		})
	}
}

// The dumbbell shows the largest moves first, a rise before an equal fall, and nothing that did not move.
func TestLargestMoves(t *testing.T) {
	cmp := history.Comparison{Year: 2024, Agencies: map[string]history.Change{
		"so-a": {Year: 2024, Rank: 2, OfRanked: 4, RankChange: 1, Moved: true},
		"so-b": {Year: 2024, Rank: 1, OfRanked: 4, RankChange: -1, Moved: true},
		"so-c": {Year: 2024, Rank: 3, OfRanked: 4, Moved: true},
		"so-d": {Year: 2024, Rank: 10, OfRanked: 12, RankChange: 6, Moved: true},
	}}
	e := editionOf("en", roundOf(setOf(t), 40, 35, 30, 25), cmp)
	p := e.Group(e.Ranking().Groups[0])
	moves := p.Figures[len(p.Figures)-1]
	assert.Equal(t, "moves", moves.ID)
	assert.Equal(t, []string{"Sở D", "Sở A", "Sở B"}, moves.Chart.Rows)
	assert.Equal(t, "Up 6 places: Sở D", moves.Headline)
	assert.True(t, moves.Chart.Descending)
	assert.Equal(t, "▲ Up 6 places", e.Home().Numbers[3].Words)
}

// Every number drawn stands in the table of the same figure, in the same words.
func TestChartsEqualTheirTables(t *testing.T) {
	cmp := history.Comparison{
		Year: 2024,
		Groups: map[string]history.PastGroup{"department": {
			Year: 2024, Agencies: 4, Ranked: 4, Ratings: map[string]int{"good": 1, "fair": 3},
			Pillars: map[string]history.PastPillar{"infrastructure": {Mean: decimal.NewFromInt(30), Of: decimal.NewFromInt(50), Comparable: true}, "policy": {Mean: decimal.NewFromInt(1), Of: decimal.NewFromInt(2)}},
		}},
		Agencies: map[string]history.Change{"so-a": {Year: 2024, Rank: 3, OfRanked: 4, RankChange: 2, Moved: true, Comparable: true, Score: decimal.NewFromInt(70)}},
	}
	for _, lang := range []string{"vi", "en"} {
		e := editionOf(lang, roundOf(setOf(t), 40, 20, 20, 10, -1), cmp)
		agency, ok := e.Agency("so-b")
		require.True(t, ok)
		figures := slices.Concat(e.Home().Strips, agency.Figures, e.Group(e.Ranking().Groups[0]).Figures)
		require.Len(t, figures, 7)
		for _, f := range figures {
			rows := f.Table.Rows
			if f.ID == "moves" { // the table is of all agencies
				rows = nil
				for _, name := range f.Chart.Rows {
					i := slices.IndexFunc(f.Table.Rows, func(r view.Row) bool { return r.Cells[1].Text == name })
					require.GreaterOrEqual(t, i, 0, name)
					rows = append(rows, f.Table.Rows[i])
				}
			}
			require.Len(t, rows, len(f.Chart.Rows), f.ID)
			for _, s := range f.Chart.Series {
				require.Len(t, s.Values, len(f.Chart.Rows), f.ID)
				for i, v := range s.Values {
					var cells []string
					for _, c := range rows[i].Cells {
						cells = append(cells, c.Text, strings.Split(strings.Split(c.Text, "/")[0], " of ")[0])
					}
					assert.Contains(t, cells, v.Words, "%s, row %d", f.ID, i)
					assert.True(t, v.Missing || v.Number <= f.Chart.Max, f.ID)
				}
			}
			assert.NotEmpty(t, f.Headline, f.ID)
			assert.NotEmpty(t, f.Narration, f.ID)
		}
	}
}

func TestPillarMeans(t *testing.T) {
	past := func(comparable bool) map[string]history.PastPillar {
		return map[string]history.PastPillar{
			"infrastructure": {Mean: decimal.NewFromInt(30), Of: decimal.NewFromInt(60), Comparable: true},
			"policy":         {Mean: decimal.NewFromInt(40), Of: decimal.NewFromInt(40), Comparable: comparable},
		}
	}
	tests := map[string]struct {
		pillars         map[string]history.PastPillar
		headline, words string
		kind            view.ChartKind
	}{
		"both":          {past(true), "So với năm 2024: 1 nhóm chỉ số tăng, 0 nhóm giảm", "", view.PairedBars},
		"one":           {past(false), "Mọi nhóm chỉ số so sánh được đều tăng so với năm 2024", "Không so sánh với năm 2024 các nhóm sau vì nội dung chỉ số đã thay đổi: Chính sách.", view.PairedBars},
		"none recorded": {nil, "Chính sách đạt cao nhất: 100,00%", "Không có điểm nhóm chỉ số của năm 2024 để so sánh.", view.SortedBars},
		"all changed": {
			map[string]history.PastPillar{"policy": {Mean: decimal.NewFromInt(1), Of: decimal.NewFromInt(2)}},
			"Chính sách đạt cao nhất: 100,00%", "Không so sánh nhóm chỉ số với năm 2024 vì nội dung chỉ số đã thay đổi.", view.SortedBars,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			cmp := history.Comparison{Year: 2024, Groups: map[string]history.PastGroup{"department": {Year: 2024, Ranked: 2, Pillars: tt.pillars}}}
			e := editionOf("vi", roundOf(setOf(t), 40, 20), cmp)
			p := e.Group(e.Ranking().Groups[0])
			assert.Equal(t, "pillars", p.Figures[0].ID)
			assert.Equal(t, tt.headline, p.Figures[0].Headline)
			assert.Equal(t, tt.kind, p.Figures[0].Chart.Kind)
			assert.Equal(t, tt.words, p.NoPillars)
			assert.NotEmpty(t, p.NoRatings, "the earlier round has no rating counts")
		})
	}
}

func TestUnrankedKeepTheirReason(t *testing.T) {
	round := roundOf(setOf(t, "caps: {bonus: 5}", "caps: {bonus: 5}\nmissing: {no_submission: unranked}"), 40, -1, 30)
	round.Agencies[2].Unranked, round.Agencies[2].Reason = true, "cơ quan quốc phòng"
	e := editionOf("vi", round, history.Comparison{})
	p := e.Group(e.Ranking().Groups[0])
	assert.Equal(t, []string{"Sở B", "Sở C"}, column(p.Unranked, "Cơ quan"))
	assert.Equal(t, []string{"không xếp hạng vì chưa gửi bản tự đánh giá", "cơ quan quốc phòng"}, column(p.Unranked, "Lý do"))
	assert.Equal(t, []string{"không có số liệu", "92,50"}, column(p.Unranked, "Điểm (không tính hạng)"))
	assert.Len(t, p.Ranking.Rows, 1)
	a, ok := e.Agency("so-b")
	require.True(t, ok)
	assert.Equal(t, "Không xếp hạng vì chưa gửi bản tự đánh giá.", a.Finding)
	assert.Equal(t, "Không xếp hạng", a.Facts[0].Words)
}

func TestAgencyPage(t *testing.T) {
	round := roundOf(setOf(t), 40, 20, 10)
	cmp := history.Comparison{Year: 2024, Agencies: map[string]history.Change{
		"so-b": {Year: 2024, Rank: 2, OfRanked: 5, Moved: true, Comparable: true, Score: decimal.RequireFromString("80.5"), Of: decimal.NewFromInt(100)},
	}}
	e := editionOf("en", round, cmp)
	p, ok := e.Agency("so-b")
	require.True(t, ok)
	facts := map[string]string{}
	for _, f := range p.Facts {
		facts[f.Term] = f.Words + " | " + f.Note
	}
	assert.Equal(t, map[string]string{
		"Rank": "2 of 3 | Unchanged (rank 2 of 3; 2024: 2 of 5)", "Score": "85.00 | out of 100, 85.00%; 2024: 80.50 (+4.50)",
		"Rating": "Good | ", "Behind the next rank up": "15.00 | rank 1: Sở A, 100.00 points", "Against the group's median": "0.00 | median 85.00: half of the agencies reach it or more",
	}, facts)
	assert.Equal(t, view.Link{Text: "Compare with other agencies", Href: "../compare/department.html#so-b"}, p.Compare)
	assert.Empty(t, p.Parent.Href)
	require.Len(t, p.Losses, 1)
	assert.Equal(t, view.Pick{
		No: "1.1", Row: "i-INF-1", Name: "Staff with a computer", Href: "../indicator/inf-1.html", Words: "15.00 of 30 points lost", Advice: "Provide more computers",
	}, p.Losses[0])
	first, ok := e.Agency("so-a")
	require.True(t, ok)
	assert.Equal(t, "Ahead of the next rank", first.Facts[3].Term)
	assert.Empty(t, first.Losses)
	assert.Equal(t, "No published indicator lost points.", first.LossesSay)
	_, ok = e.Agency("nobody")
	assert.False(t, ok)
}

// Where the set does not round, totals of different ranks are printed with as many decimals as tell them apart.
func TestUnroundedTotalsDiffer(t *testing.T) {
	set := setOf(t, "rounding: {indicator: 2, total: 2}\n", "", "scale: 100", "scale: 1", "caps: {bonus: 5}\n", "")
	round := roundOf(set, 1, 1)
	for i, staff := range []int64{30000, 30001} {
		round.Submissions[round.Agencies[i].Code].Answers.Put(submission.Key{Indicator: criteria.FiguresID, Input: "staff"}, submission.Answer{Value: rule.NumberOf(decimal.NewFromInt(staff))})
	}
	e := editionOf("en", round, history.Comparison{})
	got := column(e.Group(e.Ranking().Groups[0]).Ranking, "Score")
	require.Len(t, got, 2)
	assert.NotEqual(t, got[0], got[1])
	assert.True(t, strings.HasPrefix(got[0], "0.7000"), got[0])
}

func TestMethodOfOtherSets(t *testing.T) {
	set := setOf(t,
		"rounding: {indicator: 2, total: 2}", "rounding: {total: 1}\ncombine: geometric\nranking: {ties: dense, tie_break: [policy]}\nmissing: {answer: skip, max_share: 0.5}\nnot_applicable: zero",
		"    points: 60\n", "    weight: 3\n", "    points: 40\n", "    weight: 1\n", "scale: 100", "scale: 10",
		"from: 80", "above: 80", "effect: bonus", "effect: none")
	e := editionOf("en", roundOf(set, 40, 20), history.Comparison{})
	m := e.Method()
	said := map[string]string{}
	for _, f := range m.Policies {
		said[f.Term] = f.Words
	}
	assert.Contains(t, said["Total"], "geometric mean")
	assert.Contains(t, said["Total"], "out of 10")
	assert.Equal(t, "Indicators, where points are added up: not rounded; total and everything else: 1 decimal. What is not rounded is published with "+
		"12 significant digits. Halves are rounded away from 0; before rounding, geometric means and logarithms keep 12 significant digits, "+
		"everything else at least 18 decimals.", said["Rounding"])
	assert.Contains(t, said["Ranks"], "1, 2, 2, 3")
	assert.Contains(t, said["Ranks"], "Policy")
	assert.Contains(t, said["Missing answers"], "more than 50%")
	assert.Contains(t, said["Not applicable"], "earns 0")
	assert.Equal(t, []string{"above 80%", "from 65% up to 80%", "from 0% to below 65%"}, column(m.Ratings, "Percent of the maximum"))
	assert.Equal(t, "75%", column(m.Weights, "Departments")[0])
	require.NotNil(t, m.Example)
	assert.Contains(t, m.Example.Sentence, "Staff with a computer")
	e.ECharts = true
	assert.Contains(t, e.Method().Licences[0].Term, "ECharts")
}

func TestAddresses(t *testing.T) {
	round := roundOf(setOf(t), 40, 20)
	round.ID = "Đợt 2025/II"
	round.Agencies[0].Code, round.Agencies[1].Code = "CON", "con"
	e := editionOf("vi", round, history.Comparison{})
	assert.Equal(t, "vi/dot-2025-ii/", e.Folder())
	assert.Equal(t, "vi/dot-2025-ii/agency/con-x.html", e.AgencyPath("CON"))
	assert.Equal(t, "vi/dot-2025-ii/agency/con-x-2.html", e.AgencyPath("con"))
	assert.Equal(t, "vi/dot-2025-ii/group/department.html", e.GroupPath("department"))
	p, ok := e.Agency("CON")
	require.True(t, ok)
	assert.Equal(t, "../../../", p.Root)
	assert.Equal(t, "../../../en/dot-2025-ii/agency/con-x.html", p.Languages[1].Href)
	assert.Equal(t, "../index.html", p.Crumbs[0].Href)
}

func TestCorrectionsMarkWhatChanged(t *testing.T) {
	round := roundOf(setOf(t), 40, 20)
	round.Release.Revision = 2
	round.Corrections = []submission.Correction{{Revision: 1, Reason: rule.Text{"vi": "a"}}, {Revision: 2, Date: "2026-02-01", Reason: rule.Text{"vi": "b"}}}
	e := editionOf("vi", round, history.Comparison{})
	e.Revised = []view.Revised{
		{Agency: "so-b", Revision: 2, Before: view.Published{Listed: true, Ranked: true, Score: decimal.NewFromInt(80), Rank: 2, Rating: "good"}, After: view.Published{Listed: true}},
		{Agency: "gone", Revision: 2, After: view.Published{Listed: true, Score: decimal.NewFromInt(1)}},
	}
	p := e.Corrections()
	assert.Equal(t, "Lần công bố 2", p.Revisions[0].Heading, "the newest first")
	assert.Equal(t, []string{"hạng 2, 80,00 điểm, Tốt", "chưa có trong danh sách"}, column(p.Revisions[0].Changes, "Trước"))
	assert.Empty(t, p.Revisions[1].Changes.Rows)
	g := e.Group(e.Ranking().Groups[0])
	cells := g.Ranking.Rows[1].Cells
	assert.Equal(t, []bool{false, false, true, false, false}, []bool{cells[0].Edit, cells[1].Edit, cells[2].Edit, cells[3].Edit, cells[4].Edit})
	assert.Equal(t, "đã đính chính", cells[2].Note)
	assert.NotEmpty(t, g.RevisedSay)
	a, _ := e.Agency("so-b")
	assert.Equal(t, "Đã đính chính ở lần 2. Trước đó: hạng 2, 80,00 điểm, Tốt.", a.RevisedSay)
}

func TestEveryWordIsThereInEveryLanguage(t *testing.T) {
	vi, en := locale.MustFor("vi"), locale.MustFor("en")
	for _, key := range vi.Keys() {
		assert.True(t, en.Has(key), key)
	}
}
