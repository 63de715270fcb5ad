package view_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// answered changes one answer of a round; the zero value takes it away.
func answered(round *submission.Round, code, indicator string, v rule.Value) {
	round.Submissions[code].Answers.Put(submission.Key{Indicator: indicator, Input: "value"}, submission.Answer{Value: v})
}

// threeDepartments reach, of 30, 30, 25, 10 and 5 points: A all; B 15, 0, 12.5, 0, 0; C 7.5, 30, none, 10, 5.
func threeDepartments(t *testing.T) *submission.Round {
	round := roundOf(setOf(t), 40, 20, 10)
	answered(round, "so-b", "INF-2", rule.YesNoOf(false))
	answered(round, "so-b", "POL-1", rule.OptionsOf("draft"))
	answered(round, "so-b", "SEC-1", rule.YesNoOf(false))
	answered(round, "so-b", "SEC-2", rule.YesNoOf(false))
	answered(round, "so-c", "POL-1", rule.Value{})
	return round
}

func said(picks []view.Pick) []string {
	all := []string{}
	for _, p := range picks {
		all = append(all, p.No+" "+p.Words)
	}
	return all
}

func levelsSaid(lines []view.LevelLine) []string {
	all := []string{}
	for _, l := range lines {
		var peers []string
		for _, p := range l.Peers {
			peers = append(peers, p.Text)
		}
		all = append(all, strings.Join([]string{l.No, l.Takes, l.Points, l.Gain, strings.Join(peers, ", "), l.More}, " | "))
	}
	return all
}

// Medians by hand: INF-1 50 % of 100, 50, 25; INF-2 100 %; POL-1 50 % of 100, 50, 0; SEC-1 100 %.
func TestPicks(t *testing.T) {
	e := editionOf("en", threeDepartments(t), history.Comparison{})
	tests := map[string]struct {
		losses, strengths         []string
		lossesSay, strengthsWords string
	}{
		"so-a": {
			losses: []string{}, lossesSay: "No published indicator lost points.",
			strengths: []string{"1.1 100.00%, the group's median 50.00%", "2.1 100.00%, the group's median 50.00%"},
		},
		"so-b": {
			losses:    []string{"1.2 30.00 of 30 points lost", "1.1 15.00 of 30 points lost", "2.1 12.50 of 25 points lost"},
			strengths: []string{}, strengthsWords: "No published indicator stands above the group's median.",
		},
		"so-c": {
			losses:    []string{"2.1 25.00 of 25 points lost", "1.1 22.50 of 30 points lost"},
			strengths: []string{}, strengthsWords: "No published indicator stands above the group's median.",
		},
	}
	for code, tt := range tests {
		t.Run(code, func(t *testing.T) {
			p, ok := e.Agency(code)
			require.True(t, ok)
			assert.Equal(t, tt.losses, said(p.Losses))
			assert.Equal(t, tt.lossesSay, p.LossesSay)
			assert.Equal(t, tt.strengths, said(p.Strengths))
			assert.Equal(t, tt.strengthsWords, p.StrengthsSay)
			for _, pick := range append(p.Losses, p.Strengths...) {
				assert.NotEmpty(t, pick.Href)
				assert.True(t, strings.HasPrefix(pick.Row, "i-"))
			}
		})
	}
}

// Totals are 100, 27.5 and 52.5 with everything public; C ranks before B. Of levels only those are told whose answers are
// public: neither SEC-1 (points) nor SEC-2 (nothing).
func TestLevels(t *testing.T) {
	round := threeDepartments(t)
	e := editionOf("en", round, history.Comparison{})
	want := map[string][]string{
		"so-a": {},
		"so-b": {"1.2 | Yes | 0.00 → 30.00 of 30 | +30.00 | Sở A, Sở C | ", "2.1 | Issued | 12.50 → 25.00 of 25 | +12.50 | Sở A | "},
		"so-c": {"2.1 | Being written | 0.00 → 12.50 of 25 | +12.50 | Sở A, Sở B | "},
	}
	for code, lines := range want {
		p, ok := e.Agency(code)
		require.True(t, ok)
		assert.Equal(t, lines, levelsSaid(p.Levels), code)
	}
	round.Agencies[0].Unranked, round.Agencies[0].Reason = true, "mới thành lập"
	p, ok := editionOf("vi", round, history.Comparison{}).Agency("so-b")
	require.True(t, ok)
	assert.Equal(t, []string{"1.2 | Có | 0,00 → 30,00/30 | +30,00 | Sở C | ", "2.1 | Đã ban hành | 12,50 → 25,00/25 | +12,50 |  | chưa cơ quan nào được xếp hạng có mức này"}, levelsSaid(p.Levels),
		"only ranked agencies are peers")
}

// Three peers are named, the best ranked first, and the rest are counted.
func TestPeersAreCounted(t *testing.T) {
	round := roundOf(setOf(t), 10, 20, 30, 40, 15, 5)
	answered(round, "so-a", "POL-1", rule.OptionsOf("draft"))
	p, ok := editionOf("en", round, history.Comparison{}).Agency("so-a")
	require.True(t, ok)
	assert.Equal(t, []string{"2.1 | Issued | 12.50 → 25.00 of 25 | +12.50 | Sở D, Sở C, Sở B | and 2 more"}, levelsSaid(p.Levels))
	assert.Equal(t, "so-d.html", p.Levels[0].Peers[0].Href)
}

// setOfPillars has so many pillars of one yes-or-no indicator each.
func setOfPillars(t *testing.T, n int) *criteria.Set {
	var b strings.Builder
	b.WriteString("schema: dti.criteria/v1\nid: many\nversion: \"1\"\ntitle: {en: Many}\nlanguages: [en]\nscale: 100\nrounding: {indicator: 2, total: 2}\ngroups: {department: {en: Departments}}\npillars:\n")
	for i := range n {
		fmt.Fprintf(&b, "  - {id: p%d, no: \"%d\", name: {en: Pillar %d}, indicators: [{id: I%d, no: \"%d.1\", name: {en: Indicator %d}, points: 10, score: {kind: percent_of}}]}\n", i, i, i, i, i, i)
	}
	set, err := criteria.Load("many.yaml", []byte(strings.ReplaceAll(b.String(), "kind: percent_of", "kind: linear, worst: 0, best: 10")))
	require.NoError(t, err)
	return set
}

// filledRound gives every agency one number for every indicator.
func filledRound(set *criteria.Set, numbers ...int64) *submission.Round {
	round := &submission.Round{ID: "2025", Year: 2025, Set: set, Submissions: map[string]submission.Submission{}, Release: submission.Release{Status: submission.Final}}
	for i, n := range numbers {
		code := fmt.Sprintf("a-%05d", i)
		round.Agencies = append(round.Agencies, submission.Agency{Code: code, Name: rule.Text{"en": "Agency " + code}, Group: "department"})
		sub := submission.Submission{Agency: code, Sent: true, Answers: submission.NewAnswers(set)}
		for ind := range set.Root.AllIndicators() {
			sub.Answers.Put(submission.Key{Indicator: ind.ID, Input: "value"}, submission.Answer{Value: rule.NumberOf(decimal.NewFromInt(n))})
		}
		round.Submissions[code] = sub
	}
	return round
}

// A profile needs three axes and bears eight; its headline is true on every side of the median.
func TestProfile(t *testing.T) {
	for n, want := range map[int]bool{1: false, 2: false, 3: true, 8: true, 9: false} {
		p, ok := editionOf("en", filledRound(setOfPillars(t, n), 5, 6, 7), history.Comparison{}).Agency("a-00001")
		require.True(t, ok)
		var kinds []view.ChartKind
		for _, f := range p.Figures {
			kinds = append(kinds, f.Chart.Kind)
		}
		assert.Equal(t, want, len(kinds) == 2 && kinds[1] == view.Radar, "%d pillars: %v", n, kinds)
	}
	tests := map[string]struct {
		more []int64 // of each pillar of the second agency
		want string
	}{
		"even":  {[]int64{5, 5, 5}, "Every pillar equals the group's median"},
		"above": {[]int64{5, 8, 5}, "Against the group's median: farthest above in Pillar 1 (+30.00 percentage points), below in no pillar"},
		"below": {[]int64{5, 5, 1}, "Against the group's median: farthest below in Pillar 2 (−40.00 percentage points), above in no pillar"},
		"both":  {[]int64{9, 5, 1}, "Against the group's median: farthest above in Pillar 0 (+40.00 percentage points), farthest below in Pillar 2 (−40.00)"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			round := filledRound(setOfPillars(t, 3), 5, 5, 5)
			for i, n := range tt.more {
				answered(round, "a-00001", fmt.Sprintf("I%d", i), rule.NumberOf(decimal.NewFromInt(n)))
			}
			p, ok := editionOf("en", round, history.Comparison{}).Agency("a-00001")
			require.True(t, ok)
			require.Len(t, p.Figures, 2)
			assert.Equal(t, tt.want, p.Figures[1].Headline)
			assert.Equal(t, tt.want+".", p.Figures[1].Narration)
		})
	}
}

// The account on paper adds up: the points of the indicators and the lines beside them are the total.
func TestRestOfTheAccount(t *testing.T) {
	round := threeDepartments(t)
	answered(round, "so-c", "BON-1", rule.NumberOf(decimal.NewFromInt(2)))
	e := editionOf("vi", round, history.Comparison{})
	p, ok := e.Agency("so-c")
	require.True(t, ok)
	assert.Equal(t, "few", p.Lines)
	assert.Equal(t, "Ngoài điểm của các chỉ số trên: Các chỉ số không công bố riêng của Chính sách: +5,00. Cộng lại là tổng điểm 54,50.", p.Rest)
	assert.Contains(t, p.Full, "vi/2025/agency/so-c.html")
	for lines, n := range map[string]int{"few": 36, "some": 37, "many": 55} {
		p, ok := editionOf("en", filledRound(setOfPillars(t, n), 5), history.Comparison{}).Agency("a-00000")
		require.True(t, ok)
		assert.Equal(t, lines, p.Lines)
	}
	mean, ok := editionOf("en", filledRound(setOf(t, "scale: 100", "scale: 100\ncombine: mean", "    points: 60\n", "    weight: 3\n", "    points: 40\n", "    weight: 1\n"), 1), history.Comparison{}).Agency("a-00000")
	require.True(t, ok)
	assert.Empty(t, mean.Rest, "points of indicators do not add up where pillars are no sums")
}
