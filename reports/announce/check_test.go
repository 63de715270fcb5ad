package announce_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/announce"
	"github.com/opendti/dti/reports/markdown"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

const small = `schema: dti.criteria/v1
id: small
version: "2026"
title: {vi: Bộ chỉ số nhỏ, en: Small index}
languages: [vi, en]
scale: 10
groups: {department: {vi: "Sở, ngành", en: Departments}, ward: {vi: Phường, en: Wards}}
ratings:
  - {id: good, name: {vi: Tốt, en: Good}, from: 80}
  - {id: fair, name: {vi: Khá, en: Fair}, from: 50}
  - {id: weak, name: {vi: Yếu, en: Weak}, from: 0}
rounding: {indicator: 2, total: 2}
missing: {no_submission: unranked}
pillars:
  - {id: p, no: "1", name: {vi: Hạ tầng, en: Infrastructure}, indicators: [{id: A, no: "1.1", name: {vi: Máy tính, en: Computers}, points: 6, score: {kind: linear, worst: 0, best: 6}}]}
  - id: q
    no: "2"
    name: {vi: Ứng dụng, en: Application}
    indicators:
      - {id: B, no: "2.1", name: {vi: Trang web, en: Website}, points: 2, score: {kind: linear, worst: 0, best: 2}}
      - {id: C, no: "2.2", name: {vi: Thư điện tử, en: Mail}, points: 2, score: {kind: linear, worst: 0, best: 2}}
`

// tester is a test or one draw of a property.
type tester interface {
	Errorf(format string, args ...any)
	FailNow()
}

func load(t tester, data string) *criteria.Set {
	set, err := criteria.Load("small.yaml", []byte(data))
	require.NoError(t, err)
	return set
}

// ranked is a round of departments d0, d1, … with so many points each of p, B and C; nil sent nothing.
func ranked(set *criteria.Set, rows ...[]int64) *scoring.Ranking {
	r := &submission.Round{
		ID: "r", Year: 2026, Set: set, Title: criteria.Text{"vi": "Đợt 2026", "en": "Round 2026"}, Submissions: map[string]submission.Submission{},
		Release: submission.Release{Status: submission.Final, Revision: 1},
	}
	for i, row := range rows {
		code := fmt.Sprintf("d%d", i)
		name := fmt.Sprintf("Sở %d", i+1)
		r.Agencies = append(r.Agencies, submission.Agency{Code: code, Group: "department", Name: criteria.Text{"vi": name, "en": "Department " + name}, Parent: fmt.Sprintf("parent-%d", i%2)})
		if row == nil {
			continue
		}
		sub := submission.Submission{Agency: code, Sent: true, Answers: submission.NewAnswers(set)}
		for k, id := range []string{"A", "B", "C"} {
			sub.Answers.Put(submission.Key{Indicator: id, Input: "value"}, submission.Answer{Value: rule.NumberOf(decimal.NewFromInt(row[k]))})
		}
		r.Submissions[code] = sub
	}
	return scoring.Rank(r)
}

// since makes a ranking the earlier round of 2025 for another.
func since(then *scoring.Ranking) *history.Past {
	const year = 2025
	set := then.Round.Set
	past := &history.Past{
		Year: year, CriteriaID: set.ID, CriteriaVersion: set.Version, Status: "final",
		Groups: map[string]history.PastGroup{}, Agencies: map[string]history.PastAgency{},
	}
	for _, g := range then.Groups {
		group := history.PastGroup{
			Year: year, Agencies: g.Stats.Agencies, Ranked: g.Stats.Ranked, Mean: g.Stats.Mean, Median: g.Stats.Median, HasMean: g.Stats.Ranked > 0,
			Ratings: map[string]int{}, Pillars: map[string]history.PastPillar{},
		}
		for _, r := range g.Stats.Ratings {
			group.Ratings[r.Rating.ID] = r.Count
		}
		for _, p := range g.Stats.Pillars {
			group.Pillars[p.Pillar.ID] = history.PastPillar{Mean: p.Mean, Of: p.Of}
		}
		past.Groups[g.Group.ID] = group
		for _, s := range g.Standings {
			a := history.PastAgency{Group: g.Group.ID, HasScore: true, Score: s.Score, Of: s.Of, Ranked: s.Ranked, Rank: s.Rank, Rating: s.Rating, Pillars: map[string]history.PastScore{}}
			for _, p := range s.Pillars {
				a.Pillars[p.Pillar.ID] = history.PastScore{Score: p.Score, Of: p.Of}
			}
			past.Agencies[s.Agency.Code] = a
		}
	}
	return past
}

func kind(facts []announce.Fact, k announce.Kind) []announce.Fact {
	return slices.DeleteFunc(slices.Clone(facts), func(f announce.Fact) bool { return f.Kind != k })
}

func refused(t tester, f announce.Fact, ranking *scoring.Ranking, comparison history.Comparison) {
	err := announce.Check([]announce.Fact{f}, ranking, comparison)
	_, ok := errors.AsType[*announce.FalseFact](err)
	assert.True(t, ok, "kind %d passes: %+v", f.Kind, f)
}

// A superlative that is true only inside a tie is refused, and the words are others.
func TestSuperlativesInATie(t *testing.T) {
	set := load(t, small)
	then := ranked(set, []int64{1, 0, 0}, []int64{2, 0, 0}, []int64{5, 0, 0}, []int64{6, 0, 0})
	now := ranked(set, []int64{6, 2, 0}, []int64{6, 2, 0}, []int64{5, 0, 0}, []int64{1, 0, 0})
	comparison := history.Compare(now, since(then))
	facts := announce.Tell(now, comparison)
	require.NoError(t, announce.Check(facts, now, comparison))
	assert.Empty(t, kind(facts, announce.First))
	require.Len(t, kind(facts, announce.FirstTied), 1)
	first := kind(facts, announce.FirstTied)[0]
	assert.Equal(t, []string{"d0", "d1"}, first.Agencies)
	for _, code := range first.Agencies {
		refused(t, announce.Fact{Kind: announce.First, Group: "department", Agencies: []string{code}, Numbers: first.Numbers}, now, comparison)
		refused(t, announce.Fact{Kind: announce.FirstTied, Group: "department", Agencies: []string{code}, Numbers: first.Numbers}, now, comparison)
	}
	written := text(t, clerk(t, now, comparison, "vi").Announcement())
	assert.Contains(t, written, "Sở 1 và Sở 2 cùng dẫn đầu khối (đồng hạng), mỗi cơ quan 8,00 điểm.")
	assert.NotContains(t, written, "Sở 1 dẫn đầu")
	assert.Contains(t, written, "Sở 1 tăng nhiều bậc nhất", "3 places, the other 2")

	swap := ranked(set, []int64{5, 0, 0}, []int64{6, 0, 0}, []int64{1, 0, 0}, []int64{2, 0, 0})
	comparison = history.Compare(swap, since(then))
	facts = announce.Tell(swap, comparison)
	require.NoError(t, announce.Check(facts, swap, comparison))
	most := kind(facts, announce.MostClimbedTied)
	require.Len(t, most, 1)
	refused(t, announce.Fact{Kind: announce.MostClimbed, Group: "department", Agencies: []string{"d0"}, Numbers: most[0].Numbers, Year: 2025}, swap, comparison)
	assert.Contains(t, text(t, clerk(t, swap, comparison, "vi").Announcement()), "Sở 2 và Sở 1 cùng tăng nhiều bậc nhất trong khối so với năm 2025, mỗi cơ quan 2 bậc.")
}

// Where a pillar decides between equal totals, nobody has the highest one.
func TestNoFirstBetweenEqualTotals(t *testing.T) {
	set := load(t, small+"ranking: {tie_break: [p]}\n")
	now := ranked(set, []int64{6, 0, 1}, []int64{5, 1, 1}, []int64{1, 0, 0}, []int64{0, 0, 0})
	facts := announce.Tell(now, history.Comparison{})
	require.NoError(t, announce.Check(facts, now, history.Comparison{}))
	assert.Empty(t, kind(facts, announce.First))
	refused(t, announce.Fact{Kind: announce.First, Group: "department", Agencies: []string{"d0"}, Numbers: []decimal.Decimal{decimal.NewFromInt(7)}}, now, history.Comparison{})
	written := text(t, clerk(t, now, history.Comparison{}, "vi").Announcement())
	assert.Contains(t, written, "Các cơ quan đứng đầu khối: Sở 1 (7,00 điểm, hạng 1); Sở 2 (7,00 điểm, hạng 2).")
}

func TestCommendation(t *testing.T) {
	set := load(t, small)
	for name, test := range map[string]struct {
		by   submission.Commendation
		want []string
	}{
		"tie at the cut": {submission.Commendation{Top: map[string]int{"department": 2}}, []string{
			"số tập thể được đề nghị khen thưởng là 3", "(các cơ quan trong 2 hạng đầu): Sở 1; Sở 2; Sở 3.", "Có 2 cơ quan đồng hạng 2 nên đều được đề nghị: Sở 2 và Sở 3.",
		}},
		"a rating is needed": {submission.Commendation{Rating: "good", Top: map[string]int{"department": 2, "ward": 1}}, []string{
			"số tập thể được đề nghị khen thưởng là 1", "(các cơ quan trong 2 hạng đầu và xếp loại Tốt trở lên): Sở 1.",
		}},
		"nobody reaches it": {submission.Commendation{Rating: "good", Top: map[string]int{"department": 0}}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			now := ranked(set, []int64{6, 2, 2}, []int64{5, 2, 0}, []int64{6, 1, 0}, []int64{1, 1, 1}, nil)
			now.Round.Cycle.Commendation = test.by
			facts := announce.Tell(now, history.Comparison{})
			require.NoError(t, announce.Check(facts, now, history.Comparison{}))
			written := text(t, clerk(t, now, history.Comparison{}, "vi").Announcement())
			for _, said := range test.want {
				assert.Contains(t, written, said)
			}
			assert.Equal(t, len(test.want) > 0, len(kind(facts, announce.CommendedAll)) > 0)
			assert.Contains(t, written, "Sở 5: không xếp hạng")
		})
	}
}

// Rounds that cannot be compared say so and compare nothing.
func TestNotComparable(t *testing.T) {
	set := load(t, small)
	past := since(ranked(set, []int64{1, 0, 0}, []int64{2, 0, 0}, []int64{5, 0, 0}))
	past.CriteriaID = "other"
	now := ranked(set, []int64{6, 2, 2}, []int64{5, 2, 0}, []int64{6, 1, 0})
	comparison := history.Compare(now, past)
	facts := announce.Tell(now, comparison)
	require.NoError(t, announce.Check(facts, now, comparison))
	assert.Empty(t, kind(facts, announce.RatedThen))
	assert.Empty(t, kind(facts, announce.PillarMean))
	assert.Empty(t, kind(facts, announce.MeanThen))
	written := text(t, clerk(t, now, comparison, "vi").Announcement())
	assert.Contains(t, written, "Không so sánh được điểm với năm 2025: khi đó dùng bộ chỉ số khác (other\\@2026).")
	assert.Contains(t, written, "Hạ tầng: trung bình 5,67/6 điểm; không so sánh với năm 2025.")
	assert.Contains(t, written, "2 bậc, từ hạng 3/3 lên hạng 1/3.", "ranks of one group still are")
	refused(t, announce.Fact{Kind: announce.PillarMean, Group: "department", ID: "p", Numbers: make([]decimal.Decimal, 3), Year: 2025}, now, comparison)
	refused(t, announce.Fact{Kind: announce.ScoreChange, Group: "department", Agencies: []string{"d0"}, Numbers: make([]decimal.Decimal, 2), Year: 2025}, now, comparison)
}

// Means of pillars are told, and checked, with the decimals of the points, however totals are rounded.
func TestMeansOfPillarsWhereTotalsAreWhole(t *testing.T) {
	for rounding, want := range map[string]string{
		"{indicator: 2, total: 0}": "mean 3.43 of 6 points", "{total: 0}": "mean 3.4286 of 6 points", "{indicator: 0, total: 1}": "mean 3.5 of 6 points",
	} {
		set := load(t, strings.NewReplacer("{indicator: 2, total: 2}", rounding, "best: 6", "best: 7").Replace(small))
		now := ranked(set, []int64{5, 2, 2}, []int64{3, 2, 0})
		comparison := history.Compare(now, since(ranked(set, []int64{1, 0, 0}, []int64{2, 0, 0})))
		facts := announce.Tell(now, comparison)
		require.NoError(t, announce.Check(facts, now, comparison), rounding)
		assert.Contains(t, text(t, clerk(t, now, comparison, "en").Announcement()), want)
	}
}

// Whatever the results: what is told is true, its facts account for every number, a reader of the text finds nothing,
// and no number of any fact can be changed, no agency left out.
func TestWhateverTheResults(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := load(t, small+rapid.SampledFrom([]string{"", "ranking: {tie_break: [p]}\n", "ranking: {ties: dense}\n", "ranking: {ties: unique}\n"}).Draw(t, "ties"))
		row := rapid.OneOf(rapid.Just([]int64(nil)), rapid.SliceOfN(rapid.Int64Range(0, 2), 3, 3))
		rows := rapid.SliceOfN(row, 1, 12)
		now := ranked(set, rows.Draw(t, "now")...)
		var comparison history.Comparison
		if rapid.Bool().Draw(t, "compared") {
			comparison = history.Compare(now, since(ranked(set, rows.Draw(t, "then")...)))
		}
		now.Round.Cycle.Commendation = submission.Commendation{
			Rating: rapid.SampledFrom([]string{"", "good", "fair"}).Draw(t, "rating"), Top: map[string]int{"department": rapid.IntRange(0, 4).Draw(t, "top")},
		}
		all := announce.Tell(now, comparison)
		for _, lang := range locale.Langs() {
			c, err := announce.NewClerk(now, comparison, locale.MustFor(lang))
			require.NoError(t, err)
			letter, ok, err := c.Letter("d0")
			require.NoError(t, err)
			require.True(t, ok)
			for i, d := range []announce.Document{c.Announcement(), c.Annex(), letter} {
				require.NoError(t, announce.Check(d.Facts, now, comparison))
				require.Empty(t, announce.Loose(d))
				if i < 2 {
					require.Empty(t, announce.Read("x.md", plain(t, d), now, comparison, locale.MustFor(lang)), plain(t, d))
				}
				all = append(all, d.Facts...)
			}
		}
		for range 12 {
			changed(t, rapid.SampledFrom(all).Draw(t, "fact"), now, comparison)
		}
	})
}

// changed holds that a fact is refused with any number changed or its last agency left out.
func changed(t tester, f announce.Fact, now *scoring.Ranking, comparison history.Comparison) {
	for i := range f.Numbers {
		if f.Kind == announce.Climbs && i == 0 {
			continue // as true of one place more, where nobody climbed just so many
		}
		other := f
		other.Numbers = slices.Clone(f.Numbers)
		other.Numbers[i] = other.Numbers[i].Add(decimal.New(1, other.Numbers[i].Exponent()))
		refused(t, other, now, comparison)
	}
	if len(f.Agencies) > 0 {
		other := f
		other.Agencies = f.Agencies[:len(f.Agencies)-1]
		refused(t, other, now, comparison)
		other.Agencies = append(slices.Clone(f.Agencies[1:]), "nobody")
		refused(t, other, now, comparison)
	}
}

func plain(t tester, d announce.Document) string {
	var b bytes.Buffer
	require.NoError(t, markdown.WritePaper(&b, d.Paper))
	return b.String()
}

func nums(all ...string) []decimal.Decimal {
	numbers := make([]decimal.Decimal, len(all))
	for i, s := range all {
		numbers[i] = decimal.RequireFromString(s)
	}
	return numbers
}

// A crowd is counted, not named; its numbers are accounted for.
func TestCrowdIsNotNamed(t *testing.T) {
	rows := make([][]int64, 90)
	then := make([][]int64, 90)
	for i := range rows {
		rows[i], then[i] = []int64{1, 0, 0}, []int64{int64(i % 3), 0, 0}
	}
	set := load(t, small)
	now := ranked(set, rows...)
	comparison := history.Compare(now, since(ranked(set, then...)))
	for lang, want := range map[string][]string{
		"vi": {"90 cơ quan (nêu trong Phụ lục) cùng dẫn đầu khối", "Xếp loại Yếu: 90 cơ quan (nêu trong Phụ lục)", "Đề nghị các cơ quan này"},
		"en": {"90 agencies (listed in the annex) lead the group together", "These agencies are asked"},
	} {
		c := clerk(t, now, comparison, lang)
		d := c.Announcement()
		assert.Empty(t, announce.Loose(d))
		written := text(t, d)
		for _, said := range want {
			assert.Contains(t, written, said)
		}
		assert.NotContains(t, written, "Sở 17")
		assert.NotContains(t, written, "nêu trên", "nobody is named above")
		assert.Empty(t, announce.Read("x.md", written, now, comparison, locale.MustFor(lang)))
		assert.Empty(t, announce.Read("x.md", text(t, c.Annex()), now, comparison, locale.MustFor(lang)))
	}
}
