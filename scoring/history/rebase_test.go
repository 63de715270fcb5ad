package history_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// provinces is a set of one figure and two groups.
const provinces = `schema: dti.criteria/v1
id: provinces
version: "1"
title: {vi: Chỉ số, en: Index}
languages: [vi, en]
scale: 1
groups: {province: {vi: Tỉnh, en: Provinces}, ministry: {vi: Bộ, en: Ministries}}
rounding: {indicator: none, total: 4}
pillars:
  - id: all
    name: {vi: Chung, en: All}
    points: 1
    indicators:
      - {id: DTI, name: {vi: DTI, en: DTI}, points: 1, inputs: {value: {name: {vi: Giá trị, en: Value}, type: number}}, score: {kind: linear, of: value, worst: 0, best: 1}}
`

// today ranks provinces of 2025 by their scores; one without a score is not ranked.
func today(t require.TestingT, lineage []submission.Succession, scores map[string]string, change ...func(*submission.Agency)) *scoring.Ranking {
	set, err := criteria.Load("provinces.yaml", []byte(provinces))
	require.NoError(t, err)
	r := &submission.Round{ID: "2025", Year: 2025, Set: set, Submissions: map[string]submission.Submission{}}
	r.Cycle.Lineage = lineage
	for _, code := range slices.Sorted(maps.Keys(scores)) {
		a := submission.Agency{Code: code, Name: criteria.Text{"vi": "Tỉnh " + code}, Group: "province", Unranked: scores[code] == ""}
		for _, f := range change {
			f(&a)
		}
		r.Agencies = append(r.Agencies, a)
		sub := submission.Submission{Agency: code, Sent: true, Answers: submission.NewAnswers(set)}
		if scores[code] != "" {
			sub.Answers.Put(submission.Key{Indicator: "DTI", Input: "value"}, submission.Answer{Value: num(scores[code])})
		}
		r.Submissions[code] = sub
	}
	return scoring.Rank(r)
}

// in2024 is the round before, ranked by its scores; one without a score was not ranked.
func in2024(scores map[string]string) *history.Past {
	p := &history.Past{
		RoundID: "2024", Year: 2024, CriteriaID: "provinces", CriteriaVersion: "1", Status: "final",
		Groups: map[string]history.PastGroup{}, Agencies: map[string]history.PastAgency{},
	}
	var all []decimal.Decimal
	for _, s := range scores {
		if s != "" {
			all = append(all, decimal.RequireFromString(s))
		}
	}
	slices.SortFunc(all, func(a, b decimal.Decimal) int { return b.Cmp(a) })
	sum := decimal.Decimal{}
	for code, s := range scores {
		a := history.PastAgency{Name: criteria.Text{"vi": "Tỉnh " + code}, Group: "province", Of: decimal.NewFromInt(1)}
		if s != "" {
			a.HasScore, a.Score, a.Ranked = true, decimal.RequireFromString(s), true
			a.Rank = 1 + slices.IndexFunc(all, a.Score.Equal)
			a.Pillars = map[string]history.PastScore{"all": {Score: a.Score, Of: a.Of}}
			a.Indicators = map[string]history.PastScore{"DTI": {Score: a.Score, Of: a.Of}}
			sum = sum.Add(a.Score)
		}
		p.Agencies[code] = a
	}
	g := history.PastGroup{Year: 2024, Agencies: len(scores), Ranked: len(all), HasMean: len(all) > 0, Ratings: map[string]int{}}
	if len(all) > 0 {
		g.Mean = sum.DivRound(decimal.NewFromInt(int64(len(all))), 4)
		g.Median = decimal.Avg(all[(len(all)-1)/2], all[len(all)/2]).Round(4)
	}
	g.Pillars = map[string]history.PastPillar{"all": {Mean: g.Mean, Of: decimal.NewFromInt(1)}}
	p.Groups["province"] = g
	return p
}

// became reads lines such as "merged a+b>a mean", "split a>b", "renamed a>b", "new >c", "abolished a", each with a day in
// front where it is not 2025-07-01; a weight stands behind a code: "merged a*2+b*1>a weighted".
func became(t require.TestingT, lines ...string) []submission.Succession {
	fates := []string{"renamed", "merged", "split", "moved", "new", "abolished"}
	carries := []string{"none", "mean", "sum", "weighted"}
	var all []submission.Succession
	for _, line := range lines {
		words := strings.Fields(line)
		day := rule.Date("2025-07-01")
		if strings.HasPrefix(words[0], "20") {
			day, words = rule.Date(words[0]), words[1:]
		}
		from, to, _ := strings.Cut(words[1], ">")
		s := submission.Succession{Date: day, Decision: "202/2025/QH15", Fate: submission.Fate(1 + slices.Index(fates, words[0])), To: to}
		require.NotZero(t, s.Fate, line)
		s.Carry = submission.CarryNone
		if s.Fate == submission.Renamed || s.Fate == submission.Moved {
			s.Carry = submission.CarryMean
		}
		if len(words) > 2 {
			s.Carry = submission.Carry(1 + slices.Index(carries, words[2]))
		}
		for code := range strings.SplitSeq(from, "+") {
			code, weight, weighed := strings.Cut(code, "*")
			s.From = code
			s.Weight = rule.Optional{}
			if weighed {
				s.Weight = rule.Optional{Value: decimal.RequireFromString(weight), Set: true}
			}
			s.Place = diag.Place{File: "lineage.csv", Row: len(all) + 2}
			all = append(all, s)
		}
	}
	return all
}

// points are the earlier scores and ranks of agencies in a line: "a 0.8000 1/3".
func pointsOf(c history.Comparison) string {
	var out []string
	for _, code := range slices.Sorted(maps.Keys(c.Agencies)) {
		a := c.Agencies[code]
		word := code
		if a.HasScore {
			word += " " + a.Score.StringFixed(4)
		}
		if a.Rank > 0 {
			word += fmt.Sprintf(" %d/%d", a.Rank, a.OfRanked)
		}
		if a.Moved {
			word += fmt.Sprintf(" %+d", a.RankChange)
		}
		out = append(out, word)
	}
	return strings.Join(out, ", ")
}

func TestRebased(t *testing.T) {
	then := map[string]string{"a": "0.9000", "b": "0.5000", "c": "0.8000", "d": "0.6001"}
	tests := map[string]struct {
		now     map[string]string
		lineage []string
		want    string
		why     map[string]string // by code: kind of the note
		gone    string
	}{
		"nothing happened": {
			now:  map[string]string{"a": "0.7", "b": "0.8", "c": "0.6", "d": "0.5"},
			want: "a 0.9000 1/4 -1, b 0.5000 4/4 +3, c 0.8000 2/4 -1, d 0.6001 3/4 -1",
		},
		"merged by the mean, ranks anew": {
			now: map[string]string{"a": "0.7", "c": "0.6", "d": "0.5"}, lineage: []string{"merged a+b>a mean"},
			want: "a 0.7000 2/3 +1, c 0.8000 1/3 -1, d 0.6001 3/3 +0", gone: "b merged a",
		},
		"the mean is rounded half away from zero to the published decimals": {
			now: map[string]string{"x": "0.7", "a": "0.1", "c": "0.2"}, lineage: []string{"merged b+d>x mean"},
			want: "a 0.9000 1/3 -2, c 0.8000 2/3 +0, x 0.5501 3/3 +2", gone: "b merged x, d merged x",
		},
		"sum": {
			now: map[string]string{"x": "0.7", "a": "0.1", "c": "0.2"}, lineage: []string{"merged b+d>x sum"},
			want: "a 0.9000 2/3 -1, c 0.8000 3/3 +1, x 1.1001 1/3 +0", why: map[string]string{"x": "lineage-sum-of"}, gone: "b merged x, d merged x",
		},
		"weighted": {
			now: map[string]string{"a": "0.7", "c": "0.6", "d": "0.5"}, lineage: []string{"merged a*1+b*3>a weighted"},
			want: "a 0.6000 3/3 +2, c 0.8000 1/3 -1, d 0.6001 2/3 -1", gone: "b merged a",
		},
		"nothing carried: the others keep their ranks and compare none": {
			now: map[string]string{"a": "0.7", "c": "0.6", "d": "0.5"}, lineage: []string{"merged a+b>a none"},
			want: "a, c 0.8000 2/4, d 0.6001 3/4", why: map[string]string{"a": "lineage-none"}, gone: "b merged a",
		},
		"a part had no score": {
			now: map[string]string{"a": "0.7", "c": "0.6"}, lineage: []string{"merged a+z>a mean"},
			want: "a, c 0.8000 2/4", why: map[string]string{"a": "lineage-no-score"}, gone: "b, d",
		},
		"split, carried and not": {
			now: map[string]string{"a": "0.7", "a2": "0.6", "a3": "0.1"}, lineage: []string{"split a>a mean", "split a>a2 mean", "split a>a3"},
			want: "a 0.9000, a2 0.9000, a3", why: map[string]string{"a3": "lineage-none"}, gone: "b, c, d",
		},
		"renamed: ranks stay as they were published": {
			now: map[string]string{"e": "0.7", "b": "0.8", "c": "0.6", "d": "0.5"}, lineage: []string{"renamed a>e"},
			want: "b 0.5000 4/4 +3, c 0.8000 2/4 -1, d 0.6001 3/4 -1, e 0.9000 1/4 -1",
		},
		"two swap their codes in one day": {
			now: map[string]string{"a": "0.7", "b": "0.8", "c": "0.6", "d": "0.5"}, lineage: []string{"renamed a>b", "renamed b>a"},
			want: "a 0.5000 4/4 +2, b 0.9000 1/4 +0, c 0.8000 2/4 -1, d 0.6001 3/4 -1",
		},
		"new": {
			now: map[string]string{"a": "0.7", "b": "0.8", "c": "0.6", "d": "0.5", "n": "0.9"}, lineage: []string{"new >n"},
			want: "a 0.9000 1/4, b 0.5000 4/4, c 0.8000 2/4, d 0.6001 3/4, n", why: map[string]string{"n": "lineage-new"},
		},
		"abolished: ranks among those that are left": {
			now: map[string]string{"b": "0.8", "c": "0.6", "d": "0.5"}, lineage: []string{"abolished a"},
			want: "b 0.5000 3/3 +2, c 0.8000 1/3 -1, d 0.6001 2/3 -1", gone: "a abolished",
		},
		"a chain over several days": {
			now: map[string]string{"y": "0.7", "d": "0.5"}, lineage: []string{"2025-03-01 merged a+b>x mean", "2025-05-01 renamed x>w", "merged w+c>y mean"},
			want: "d 0.6001 2/2 +0, y 0.7500 1/2 +0", gone: "a merged y, b merged y, c merged y",
		},
		"lines of the same year and before are no news": {
			now:     map[string]string{"a": "0.7", "b": "0.8", "c": "0.6", "d": "0.5"},
			lineage: []string{"2024-12-31 merged a+b>a mean", "2019-01-01 renamed c>d"},
			want:    "a 0.9000 1/4 -1, b 0.5000 4/4 +3, c 0.8000 2/4 -1, d 0.6001 3/4 -1",
		},
		"one that is not ranked now leaves the field": {
			now: map[string]string{"a": "0.7", "c": "", "d": "0.5"}, lineage: []string{"merged a+b>a mean"},
			want: "a 0.7000 1/2 +0, c 0.8000 2/4, d 0.6001 2/2 +0", gone: "b merged a",
		},
		"carries that contradict each other carry nothing": {
			now: map[string]string{"a": "0.7"}, lineage: []string{"merged a>a mean", "merged b>a sum"},
			want: "a", why: map[string]string{"a": "lineage-none"}, gone: "b merged a, c, d",
		},
		"weights are missing": {
			now: map[string]string{"a": "0.7"}, lineage: []string{"merged a+b*2>a weighted"},
			want: "a", why: map[string]string{"a": "lineage-no-weights"}, gone: "b merged a, c, d",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := today(t, became(t, tt.lineage...), tt.now)
			past := in2024(then)
			c := history.Compare(r, past.Rebased(r))
			assert.Equal(t, tt.want, pointsOf(c))
			for code, kind := range tt.why {
				why := c.Agencies[code].Why
				assert.Equal(t, kind, why.Kind, code)
				assert.False(t, c.Agencies[code].Comparable)
			}
			var gone []string
			for _, g := range c.Gone {
				word := g.Code
				if g.Fate != 0 {
					word += " " + g.Fate.String()
				}
				gone = append(gone, strings.TrimSpace(word+" "+strings.Join(g.Into, "+")))
			}
			assert.Equal(t, tt.gone, strings.Join(gone, ", "))
			worded(t, c)
			assert.Equal(t, 4, len(past.Agencies), "the past itself stays as it was")
		})
	}
}

// worded holds that every note of a comparison has its sentence, in every language, with all blanks filled.
func worded(t *testing.T, c history.Comparison) {
	t.Helper()
	var notes []rule.Note
	for _, a := range c.Agencies {
		notes = append(notes, a.Why, a.RankNote)
		if a.Carried != nil {
			for _, s := range a.Carried.Steps {
				notes = append(notes, s.Note(), s.CarryNote(c.Year))
			}
		}
	}
	for _, g := range c.Gone {
		notes = append(notes, g.Note())
	}
	for _, lang := range locale.Langs() {
		for _, n := range notes {
			said := locale.MustFor(lang).Note(n)
			assert.NotContains(t, said, "notes.")
			assert.NotContains(t, said, "{")
		}
	}
}

// TestRebasedSays: every comparison with a rank that was made anew says so.
func TestRebasedSays(t *testing.T) {
	r := today(t, became(t, "merged a+b>a mean"), map[string]string{"a": "0.7", "c": "0.6"})
	c := history.Compare(r, in2024(map[string]string{"a": "0.9000", "b": "0.5000", "c": "0.8000"}).Rebased(r))
	vi := locale.MustFor("vi")
	a := c.Agencies["a"]
	assert.Equal(t, "tính lại trên 2 (công bố 2024: 3)", vi.Note(a.RankNote))
	assert.Equal(t, "tính lại trên 2 (công bố 2024: 2/3)", vi.Note(c.Agencies["c"].RankNote), "with its own rank of then")
	assert.True(t, a.Comparable)
	assert.Equal(t, "0.7000", a.Pillars["all"].Score.StringFixed(4))
	require.Len(t, a.Carried.Steps, 1)
	assert.Equal(t, "hợp nhất từ Tỉnh a, Tỉnh b theo 202/2025/QH15, ngày 01/7/2025", vi.Note(a.Carried.Steps[0].Note()))
	assert.Equal(t, "điểm năm 2024 là trung bình cộng của Tỉnh a (0,9000), Tỉnh b (0,5000)", vi.Note(a.Carried.Steps[0].CarryNote(2024)))
	g := c.Groups["province"]
	assert.Equal(t, 3, g.Ranked, "as published")
	assert.Equal(t, history.Field{Ranked: 2, Published: 3, Mean: decimal.RequireFromString("0.7500"), Median: decimal.RequireFromString("0.7500")}, *g.Field)
}

// TestRebasedFormedFrom: an agency that the table of agencies says to be formed of others is merged from them, and
// nothing is carried over.
func TestRebasedFormedFrom(t *testing.T) {
	formed := func(a *submission.Agency) {
		if a.Code == "x" {
			a.FormedFrom = []string{"a", "b"}
		}
	}
	r := today(t, nil, map[string]string{"x": "0.7", "c": "0.6"}, formed)
	past := in2024(map[string]string{"a": "0.9000", "b": "0.5000", "c": "0.8000"})
	c := history.Compare(r, past.Rebased(r))
	assert.Equal(t, "c 0.8000 2/3, x", pointsOf(c))
	assert.Equal(t, "không so sánh với năm 2024: hợp nhất từ Tỉnh a, Tỉnh b, kết quả trước đây không chuyển sang", locale.MustFor("vi").Note(c.Agencies["x"].Why))
	assert.Equal(t, "a", c.Gone[0].Code)
	assert.Equal(t, []string{"x"}, c.Gone[0].Into)

	r = today(t, became(t, "merged a+b>x mean"), map[string]string{"x": "0.7", "c": "0.6"}, formed)
	assert.Equal(t, "c 0.8000 1/2 -1, x 0.7000 2/2 +1", pointsOf(history.Compare(r, past.Rebased(r))), "a lineage says how")

	r = today(t, nil, map[string]string{"x": "0.7", "c": "0.6"}, formed)
	after := in2024(map[string]string{"x": "0.9000", "c": "0.8000"})
	assert.Same(t, after, after.Rebased(r), "it was formed before")
}

// TestRebasedPeriod: where the period is known, its last day decides, not the year.
func TestRebasedPeriod(t *testing.T) {
	r := today(t, became(t, "2024-10-01 renamed a>x"), map[string]string{"x": "0.7"})
	past := in2024(map[string]string{"a": "0.9000"})
	assert.Same(t, past, past.Rebased(r))
	past.Ended = "2024-09-30"
	assert.Equal(t, "x 0.9000 1/1 +0", pointsOf(history.Compare(r, past.Rebased(r))))
	past.Ended = "2024-10-01"
	assert.Same(t, past, past.Rebased(r), "the day itself belongs to the period")
}

// TestRebasedMoved: a body that came from another group brings its result, which is not compared with those of the group.
func TestRebasedMoved(t *testing.T) {
	past := in2024(map[string]string{"a": "0.9000", "b": "0.5000", "m": "0.7000"})
	m := past.Agencies["m"]
	m.Group = "ministry"
	past.Agencies["m"] = m
	past.Groups["ministry"] = history.PastGroup{Year: 2024, Agencies: 1, Ranked: 1}
	r := today(t, became(t, "moved m>m"), map[string]string{"a": "0.7", "b": "0.6", "m": "0.5"})
	c := history.Compare(r, past.Rebased(r))
	assert.Equal(t, "a 0.9000 1/3, b 0.5000 3/3, m 0.7000 2/1", pointsOf(c))
	assert.Equal(t, "group-changed", c.Agencies["m"].Why.Kind)
	assert.Equal(t, "lineage-ranks-kept", c.Agencies["a"].RankNote.Kind)
	assert.Equal(t, "chuyển khối theo 202/2025/QH15, ngày 01/7/2025", locale.MustFor("vi").Note(c.Agencies["m"].Carried.Steps[0].Note()))
	worded(t, c)

	other := became(t, "merged a+m>a mean")
	r = today(t, other, map[string]string{"a": "0.7", "b": "0.6"})
	assert.Equal(t, "lineage-other-groups", history.Compare(r, past.Rebased(r)).Agencies["a"].Why.Kind)
	m.Group, m.Of = "province", decimal.NewFromInt(2)
	past.Agencies["m"] = m
	assert.Equal(t, "lineage-other-maxima", history.Compare(r, past.Rebased(r)).Agencies["a"].Why.Kind)
}

// TestRebasedTable: a plain table that names no groups, of agencies found by an earlier code.
func TestRebasedTable(t *testing.T) {
	rows := []submission.PastStanding{standing("a", "", "0.9000", 1, ""), standing("b-cu", "", "0.5000", 3, ""), standing("c", "", "0.8000", 2, "")}
	past, problems := history.FromStandings(2024, "provinces@1", rows)
	require.Empty(t, problems)
	alias := func(a *submission.Agency) {
		if a.Code == "b" {
			a.Aliases = []string{"b-cu"}
		}
	}
	r := today(t, became(t, "merged a+c>a mean"), map[string]string{"a": "0.7", "b": "0.9"}, alias)
	c := history.Compare(r, past.Rebased(r))
	assert.Equal(t, "a 0.8500 1/2 -1, b 0.5000 2/2 +1", pointsOf(c))
	assert.Equal(t, 3, c.Groups["province"].Ranked)
	assert.True(t, c.Agencies["a"].Comparable)
}

// TestRebasedAnswers: what agencies had entered goes with those that were only renamed.
func TestRebasedAnswers(t *testing.T) {
	const text = `{"schema":"dti.results/v1","release":{"status":"final"},"round":{"id":"r","year":2024,"period":{"to":"2024-12-31"}},` +
		`"criteria":{"id":"provinces","version":"1"},"agencies":[` +
		`{"code":"a","group":"province","rank":1,"score":0.5,"of":1,"indicators":[{"id":"DTI","score":0.5,"of":1,"inputs":{"value":0.5}}]},` +
		`{"code":"b","group":"province","rank":2,"score":0.4,"of":1,"indicators":[{"id":"DTI","score":0.4,"of":1,"inputs":{"value":0.4}}]}]}`
	past, err := history.DecodeWithAnswers("results.json", strings.NewReader(text))
	require.NoError(t, err)
	assert.Equal(t, rule.Date("2024-12-31"), past.Ended)
	r := today(t, became(t, "renamed a>x", "merged b>y mean"), map[string]string{"x": "0.7", "y": "0.6"})
	rebased := past.Rebased(r)
	assert.Equal(t, 1, rebased.Answers(r.Round.Set, submission.Agency{Code: "x", Group: "province"}).Len())
	assert.Zero(t, rebased.Answers(r.Round.Set, submission.Agency{Code: "y", Group: "province"}).Len())
}

func TestRebasedNothing(t *testing.T) {
	r := today(t, nil, map[string]string{"a": "0.7"})
	assert.Nil(t, (*history.Past)(nil).Rebased(r))
	past := in2024(map[string]string{"a": "0.9000"})
	assert.Same(t, past, past.Rebased(r), "the identity without lineage")
	r = today(t, became(t, "renamed elsewhere>other"), map[string]string{"a": "0.7"})
	assert.Same(t, past, past.Rebased(r), "and where the lineage is about others")
}

// draws of provinces and their scores.
func scoresOf(t *rapid.T, codes []string, label string) map[string]string {
	scores := map[string]string{}
	for _, code := range codes {
		scores[code] = decimal.New(rapid.Int64Range(0, 10000).Draw(t, label+code), -4).StringFixed(4)
	}
	return scores
}

// TestRebasedProperties: the order of the lines does not matter; renaming all codes changes nothing; a mean lies between
// its parts; ranks made anew have gaps exactly at ties.
func TestRebasedProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		codes := []string{"a", "b", "c", "d", "e", "f", "g"}
		then := scoresOf(t, codes, "then ")
		parts := rapid.IntRange(2, 4).Draw(t, "parts")
		lines := became(t, "merged "+strings.Join(codes[:parts], "+")+">a mean", "renamed g>z")
		now := scoresOf(t, append([]string{"a", "z"}, codes[parts:6]...), "now ")
		r := today(t, lines, now)
		c := history.Compare(r, in2024(then).Rebased(r))

		mixed := today(t, rapid.Permutation(lines).Draw(t, "mixed"), now)
		assert.Equal(t, pointsOf(c), pointsOf(history.Compare(mixed, in2024(then).Rebased(mixed))))

		least, most := decimal.NewFromInt(1), decimal.Decimal{}
		for _, code := range codes[:parts] {
			d := decimal.RequireFromString(then[code])
			least, most = decimal.Min(least, d), decimal.Max(most, d)
		}
		a := c.Agencies["a"].Score
		assert.True(t, a.GreaterThanOrEqual(least) && a.LessThanOrEqual(most), "%s not within %s and %s", a, least, most)

		ranks := map[int]int{}
		for _, change := range c.Agencies {
			assert.True(t, change.Moved)
			assert.Equal(t, len(now), change.OfRanked)
			ranks[change.Rank]++
		}
		for rank := 1; rank <= len(now); rank += ranks[rank] {
			require.Positive(t, ranks[rank], "a gap that no tie explains")
		}
	})
}

// TestRenamingAllChangesNothing.
func TestRenamingAllChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		codes := []string{"a", "b", "c", "d"}
		then, now := scoresOf(t, codes, "then "), scoresOf(t, codes, "now ")
		same := today(t, nil, now)
		want := pointsOf(history.Compare(same, in2024(then).Rebased(same)))

		var lines []string
		renamed := map[string]string{}
		for _, code := range codes {
			lines = append(lines, "renamed "+code+">new-"+code)
			renamed["new-"+code] = now[code]
		}
		r := today(t, became(t, lines...), renamed)
		got := pointsOf(history.Compare(r, in2024(then).Rebased(r)))
		assert.Equal(t, want, strings.ReplaceAll(got, "new-", ""))
	})
}

// BenchmarkRebased is the merger of 2025 among communes: 9,999 became 3,333.
func BenchmarkRebased(b *testing.B) {
	then, now := map[string]string{}, map[string]string{}
	var lines []string
	for i := range 3333 {
		x, y, z := fmt.Sprintf("%05d", 3*i), fmt.Sprintf("%05d", 3*i+1), fmt.Sprintf("%05d", 3*i+2)
		then[x], then[y], then[z] = "0.5", decimal.New(int64(i), -4).StringFixed(4), "0.7"
		now[x] = "0.6"
		lines = append(lines, "merged "+x+"+"+y+"+"+z+">"+x+" mean")
	}
	r, past := today(b, became(b, lines...), now), in2024(then)
	require.Empty(b, history.CheckLineage(r.Round, []*history.Past{past}))
	b.ReportAllocs()
	for b.Loop() {
		_ = history.CheckLineage(r.Round, []*history.Past{past})
		history.Compare(r, past.Rebased(r))
	}
}

// TestLineageSays: what happened is said with its decision and its day, as far as they are known.
func TestLineageSays(t *testing.T) {
	part := []history.Part{{Code: "x"}}
	tests := map[string]struct {
		note rule.Note
		want string
	}{
		"decision and day": {history.Step{Date: "2025-07-01", Decision: "5/NQ", Fate: submission.Renamed, Parts: part}.Note(), "đổi tên từ x theo 5/NQ, ngày 01/7/2025"},
		"decision":         {history.Step{Decision: "5/NQ", Fate: submission.Split, Parts: part}.Note(), "tách từ x theo 5/NQ"},
		"day":              {history.Step{Date: "2025-07-01", Fate: submission.Formed}.Note(), "mới thành lập từ ngày 01/7/2025"},
		"neither":          {history.Step{Fate: submission.Moved, Parts: part}.Note(), "chuyển khối"},
		"one of two moved": {history.Step{Fate: submission.Moved, Parts: append(part, history.Part{Code: "y"})}.Note(), "hợp nhất từ x, y"},
		"gone: split":      {history.Gone{Fate: submission.Split, Decision: "5/NQ"}.Note(), "được tách ra theo 5/NQ"},
		"gone: moved":      {history.Gone{Fate: submission.Moved}.Note(), "chuyển đi"},
		"gone: abolished":  {history.Gone{Fate: submission.Abolished}.Note(), "giải thể"},
		"gone: not told":   {history.Gone{}.Note(), ""},
		"as it was":        {history.Step{Fate: submission.Renamed, Parts: part}.CarryNote(2024), ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) { assert.Equal(t, tt.want, locale.MustFor("vi").Note(tt.note)) })
	}
}

// TestRebasedOfMany: where many agencies have no score, a few are named.
func TestRebasedOfMany(t *testing.T) {
	now := map[string]string{"a": "0.7"}
	lines := []string{}
	for _, code := range []string{"n1", "n2", "n3", "n4", "n5", "n6", "n7"} {
		now[code] = "0.5"
		lines = append(lines, "new >"+code)
	}
	nameless := func(a *submission.Agency) {
		if a.Code == "n1" {
			a.Name = nil
		}
	}
	r := today(t, became(t, lines...), now, nameless)
	c := history.Compare(r, in2024(map[string]string{"a": "0.9000"}).Rebased(r))
	said := locale.MustFor("vi").Note(c.Agencies["a"].RankNote)
	assert.Contains(t, said, "n1, Tỉnh n2, Tỉnh n3, Tỉnh n4, Tỉnh n5, …")
	assert.Len(t, c.Groups["province"].Field.Without, 7)
}
