package view_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// many is a round of so many departments with scores in a few steps.
func many(t testing.TB, n int) *submission.Round {
	t.Helper()
	round := roundOf(setOf(t), 40)
	first := round.Submissions["so-a"]
	round.Agencies, round.Submissions = nil, map[string]submission.Submission{}
	for i := range n {
		code := fmt.Sprintf("xa-%04d", i)
		round.Agencies = append(round.Agencies, submission.Agency{Code: code, Name: rule.Text{"vi": fmt.Sprintf("Xã %c%d", 'A'+rune(i%20), i)}, Group: "department"})
		s := first
		s.Agency = code
		round.Submissions[code] = s
	}
	return round
}

func TestHomeFindings(t *testing.T) {
	tests := map[string]struct {
		computers []int64
		want      string
		strips    int
		headline  string
	}{
		"one leads":       {[]int64{40, 20, 10}, "Sở A leads with 100.00 of 100 points; the group's median is 85.00.", 1, "Departments: from 77.50% to 100.00%"},
		"two lead":        {[]int64{40, 40, 10}, "Sở A, Sở B share first place with 100.00 of 100 points; the group's median is 100.00.", 1, "Departments: from 77.50% to 100.00%"},
		"all alike":       {[]int64{40, 40, 40, 40}, "4 agencies share first place with 100.00 of 100 points; the group's median is 100.00.", 1, "Departments: every agency reached 100.00%"},
		"one agency":      {[]int64{40}, "Sở A is the only agency ranked: 100.00 of 100 points.", 0, ""},
		"nobody is there": {[]int64{-1}, "Sở A is the only agency ranked: 0.00 of 100 points.", 0, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			h := editionOf("en", roundOf(setOf(t), tt.computers...), history.Comparison{}).Home()
			require.NotEmpty(t, h.Findings)
			assert.Equal(t, tt.want, h.Findings[0].Sentence)
			require.Len(t, h.Strips, tt.strips)
			require.Len(t, h.Sums, tt.strips)
			if tt.strips > 0 {
				assert.Equal(t, tt.headline, h.Strips[0].Headline)
			}
		})
	}
}

// The few numbers of a strip's table are among those that it draws.
func TestStripTableIsOfTheDrawnNumbers(t *testing.T) {
	h := editionOf("en", roundOf(setOf(t), 37, 31, 22, 9, 3), history.Comparison{}).Home()
	var drawn []string
	for _, v := range h.Strips[0].Chart.Series[0].Values {
		drawn = append(drawn, v.Words)
	}
	require.Len(t, h.Sums[0].Table.Rows, 3)
	for i, name := range []string{"Highest", "Median", "Lowest"} {
		cells := h.Sums[0].Table.Rows[i].Cells
		assert.Equal(t, name, cells[0].Text)
		assert.Equal(t, drawn[[]int{0, 2, 4}[i]], cells[1].Text)
	}
	assert.Equal(t, "group/department.html", h.Sums[0].Full.Href)
}

func TestHomeSaysHowFarTheRoundHasCome(t *testing.T) {
	round := roundOf(setOf(t), 40)
	round.Release = submission.Release{Status: submission.Provisional, Revision: 2, Date: "2026-01-20", Decision: "12/QĐ-UBND"}
	round.From, round.To = "2025-01-01", "2025-12-31"
	h := editionOf("vi", round, history.Comparison{}).Home()
	var words []string
	for _, f := range h.About {
		words = append(words, f.Words)
	}
	assert.Equal(t, []string{"Kết quả tạm thời, lần 2", "01/01/2025 – 31/12/2025", "20/01/2026", "12/QĐ-UBND"}, words)
}

// A small edition lists its agencies on the front page; a large one leads to the page that does.
func TestDirectoryPageIsForLargeEditions(t *testing.T) {
	small := editionOf("vi", many(t, 300), history.Comparison{})
	assert.False(t, small.HasDirectory())
	assert.Len(t, small.Home().Directory[0].Entries, 300)
	assert.Empty(t, small.Home().All.Href)

	large := editionOf("vi", many(t, 301), history.Comparison{})
	require.True(t, large.HasDirectory())
	h := large.Home()
	assert.Empty(t, h.Directory)
	assert.Equal(t, "agencies.html", h.All.Href)
	assert.Equal(t, "Danh sách A–Z của 301 cơ quan", h.All.Text)
	d := large.Agencies()
	listed := 0
	for i, s := range d.Sections {
		assert.Regexp(t, "^Xã [A-T]$", s.Group.Text, "a crowded letter is parted")
		assert.Equal(t, "#"+s.ID, d.Letters[i].Href)
		for _, entry := range s.Entries {
			assert.True(t, strings.HasPrefix(entry.Text, s.Group.Text), entry.Text)
			assert.NotContains(t, entry.Find, "Xã", "the name is not said twice")
		}
		listed += len(s.Entries)
	}
	assert.Equal(t, 301, listed)
	assert.True(t, slices.ContainsFunc(h.More, func(l view.Link) bool { return l.Href == "agencies.html" }))
}

// Letters are those of the Vietnamese alphabet: tones do not make another one.
func TestDirectoryLetters(t *testing.T) {
	round := many(t, 301)
	for i, name := range []string{"Ấp Mới", "Ánh Sáng", "Đà Nẵng", "Dĩ An", "ứng Hòa", "2 tháng 9", "E\u0301cole", "Ơ"} {
		round.Agencies[i].Name["vi"] = name
	}
	var letters []string
	for _, s := range editionOf("vi", round, history.Comparison{}).Agencies().Sections {
		if !strings.HasPrefix(s.Group.Text, "Xã") {
			letters = append(letters, s.Group.Text)
		}
	}
	assert.Equal(t, []string{"0–9", "A", "Â", "D", "Đ", "E", "Ơ", "Ư"}, letters)
}

func TestFinderKnowsEveryName(t *testing.T) {
	round := roundOf(setOf(t), 40, 30, 20)
	round.Agencies[0].Name, round.Agencies[0].Aliases = rule.Text{"vi": "Sở Kế hoạch và Đầu tư", "en": "Department of Planning"}, []string{"KHĐT", "so ke hoach va dau tu", "a|b"}
	round.Agencies[1].Parent = "so-a"
	round.Agencies[2].Parent = "Bộ Nội vụ"
	entries := editionOf("vi", round, history.Comparison{}).Home().Directory[0].Entries
	byName := map[string]view.Entry{}
	for _, entry := range entries {
		byName[entry.Text] = entry
	}
	assert.Equal(t, "so-a|Department of Planning|KHĐT|a b", byName["Sở Kế hoạch và Đầu tư"].Find)
	assert.Empty(t, byName["Sở B"].Find, "the code says what the name says")
	assert.Equal(t, "Sở Kế hoạch và Đầu tư", byName["Sở B"].Parent, "an agency of the round is named")
	assert.Equal(t, "Bộ Nội vụ", byName["Sở C"].Parent)
	english := editionOf("en", round, history.Comparison{}).Home().Directory[0].Entries
	i := slices.IndexFunc(english, func(e view.Entry) bool { return e.Parent == "Bộ Nội vụ" })
	require.GreaterOrEqual(t, i, 0)
	assert.Equal(t, "vi", english[i].ParentLang)
	assert.Equal(t, "vi", english[i].Lang, "a Vietnamese name on an English page")
}

func hrefs(links []view.Link) []string {
	var all []string
	for _, l := range links {
		all = append(all, l.Href)
	}
	return all
}

// The pages that everybody looks for stand in the head, the others at the foot, and none that is not there.
func TestNavigation(t *testing.T) {
	e := editionOf("vi", roundOf(setOf(t), 40, 20), history.Comparison{})
	there := map[string]bool{"../index.html": true}
	for path := range e.Documents() {
		there[strings.TrimPrefix(path, "vi/2025/")] = true
	}
	h := e.Home()
	assert.Equal(t, "index.html", h.Nav[0].Href)
	assert.True(t, h.Nav[0].Current)
	assert.Equal(t, "../index.html", h.Nav[len(h.Nav)-1].Href)
	assert.LessOrEqual(t, len(h.Nav), 8)
	for _, to := range append(hrefs(h.Nav), hrefs(h.More)...) {
		assert.True(t, there[to], to)
	}
	assert.Contains(t, hrefs(h.More), "compare/department.html")
	assert.NotContains(t, hrefs(h.More), "agencies.html")
	assert.NotContains(t, hrefs(h.More), "corrections.html")
}

// Where the groups' names would fill a telephone's screen, one link leads to all rankings.
func TestNavigationStaysShort(t *testing.T) {
	long := strings.Repeat("Cơ quan chuyên môn ", 4)
	round := roundOf(setOf(t, "Sở, ban, ngành", long), 40, 20)
	round.Agencies[1].Group = "ward"
	h := editionOf("vi", round, history.Comparison{}).Home()
	require.Len(t, h.Cards, 2)
	assert.Contains(t, hrefs(h.Nav), "index.html#cards")
	assert.NotContains(t, hrefs(h.Nav), "group/department.html")
}

// All numbers of large and of negative totals reach the script whole.
func TestCompareData(t *testing.T) {
	cmp := history.Comparison{Year: 2024, Agencies: map[string]history.Change{
		"so-a": {Year: 2024, Rank: 3, OfRanked: 4, RankChange: 2, Moved: true, Comparable: true, Score: decimal.NewFromInt(70)},
		"so-b": {Year: 2023, Rank: 3, OfRanked: 9, RankChange: 1, Moved: true},
	}}
	round := roundOf(setOf(t), 40, 20, 20, -1)
	round.Agencies[0].Parent, round.Agencies[1].Code = "Ủy ban", "so-b"
	e := editionOf("en", round, cmp)
	p := e.Compare(e.Ranking().Groups[0])
	d := p.Data
	require.Len(t, d.Agencies, 4)
	assert.Equal(t, 2, d.Places)
	assert.Equal(t, "100", d.Of)
	first := d.Agencies[0]
	assert.Equal(t, []any{"so-a", []string{"Sở A", "vi"}, 1, int64(10000), 0, []int{2, 3, 4}, 0}, first[:7])
	assert.Equal(t, []string{"Ủy ban"}, d.Parents)
	assert.Equal(t, -2, d.Agencies[1][2], "a rank that is shared")
	said, ok := d.Agencies[1][5].(int)
	require.True(t, ok, "another year is said in words")
	assert.Contains(t, d.Changes[said], "2023")
	assert.Equal(t, -1, d.Agencies[1][6])
	assert.Equal(t, len(d.Fixed[0])-1, len(first)-7, "a percentage per pillar")
	assert.Equal(t, int64(10000), d.Fixed[1][0])

	require.Len(t, p.Tables, 2)
	for _, table := range p.Tables {
		for _, row := range table.Rows {
			assert.Len(t, row.Cells, len(table.Heads)+1)
			for _, c := range row.Cells {
				assert.NotEmpty(t, c.Text)
			}
		}
	}
	assert.Equal(t, "Sở A", p.Tables[0].Label(1))
	assert.Contains(t, p.How, "#so-a,so-b")
}

func TestCompareIsThereForSeveralAgencies(t *testing.T) {
	one := editionOf("vi", roundOf(setOf(t), 40), history.Comparison{})
	assert.Empty(t, one.CompareLink(one.AgencyPath("so-a"), "so-a"))
	assert.Empty(t, one.Home().Cards[0].Compare.Href)
	for path := range one.Documents() {
		assert.NotContains(t, path, "/compare/")
	}
	round := roundOf(setOf(t), 40, 30)
	round.Agencies[0].Code = "a,b/c"
	two := editionOf("vi", round, history.Comparison{})
	assert.Equal(t, "../compare/department.html#a%2Cb%2Fc", two.CompareLink(two.AgencyPath("a,b/c"), "a,b/c"))
	assert.Equal(t, "compare/department.html", two.Home().Cards[0].Compare.Href)
	data := two.Compare(two.Ranking().Groups[0]).Data.Agencies
	i := slices.IndexFunc(data, func(line []any) bool { _, named := line[0].([]string); return named })
	require.GreaterOrEqual(t, i, 0, "a file name that is not the code")
	assert.Equal(t, []string{"a,b/c", "a-b-c"}, data[i][0])
}

// A card says in one line what the page of the group says under a large number.
func TestCardsSayOnceWhatIsNotCompared(t *testing.T) {
	cmp := history.Comparison{Year: 2024, Agencies: map[string]history.Change{
		"so-a": {Year: 2024, Why: rule.Say("not-comparable-indicators", "2024", 1, "1.1")},
	}}
	e := editionOf("vi", roundOf(setOf(t), 40, 30), cmp)
	const why = "hông so sánh được điểm với năm 2024: 1 chỉ số đã thay đổi (1.1)"
	facts := e.Home().Cards[0].Facts
	assert.Equal(t, view.Fact{Term: "So với năm 2024", Words: "K" + why}, facts[len(facts)-1])
	facts = e.Group(e.Ranking().Groups[0]).Facts
	assert.Equal(t, view.Fact{Term: "So với năm 2024", Words: "Không so sánh", Note: "k" + why}, facts[len(facts)-1])
}
