package history_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

func TestCompareWithNothing(t *testing.T) {
	c := history.Compare(scoring.Rank(round(t)), nil)
	assert.Zero(t, c.Year)
	assert.Empty(t, c.Agencies)
}

// TestCompareEditions: the earlier edition lacks APP-3, so totals and the pillar application are not compared, and the
// pillar infrastructure is.
func TestCompareEditions(t *testing.T) {
	c := history.Compare(scoring.Rank(round(t)), earlier(t))
	assert.Equal(t, 2018, c.Year)

	a := c.Agencies["so-a"]
	assert.False(t, a.Comparable)
	assert.Equal(t, "not-comparable-indicators", a.Why.Kind)
	assert.Contains(t, locale.MustFor("vi").Note(a.Why), "2018")
	assert.Contains(t, locale.MustFor("vi").Note(a.Why), "2.3")
	assert.Equal(t, 1, a.RankChange, "rank 2, then 1")
	assert.True(t, a.Moved)
	assert.Equal(t, 3, a.OfRanked)
	assert.Contains(t, a.Pillars, "infrastructure")
	assert.NotContains(t, a.Pillars, "application")
	assert.True(t, c.Groups["department"].Pillars["infrastructure"].Comparable)
	assert.False(t, c.Groups["department"].Pillars["application"].Comparable)

	assert.Equal(t, 1, c.Agencies["so-b"].Rank, "found by its earlier code")
	assert.NotContains(t, c.Agencies, "so-c", "new")

	ward := c.Agencies["001"]
	assert.Equal(t, "group-changed", ward.Why.Kind)
	assert.False(t, ward.Moved)
	assert.Equal(t, 3, ward.OfRanked, "of the group then")
	assert.NotContains(t, c.Groups, "ward")
}

func TestCompareSets(t *testing.T) {
	tests := map[string]struct {
		change     func(*history.Past)
		edition    func(string) string
		comparable bool
		why        string
	}{
		"same version":        {change: func(p *history.Past) { p.CriteriaVersion = "2019" }, comparable: true},
		"other set":           {change: func(p *history.Past) { p.CriteriaID = "other" }, why: "not-comparable-criteria"},
		"all have lineage":    {change: withAPP3("5"), comparable: true},
		"other points":        {change: withAPP3("6"), why: "not-comparable-indicators"},
		"not comparable":      {change: withAPP3("5"), edition: replace("comparable: true", "comparable: false"), why: "not-comparable-indicators"},
		"an indicator's gone": {change: func(p *history.Past) { withAPP3("5")(p); withIndicator(p, "OLD-1", "5") }, why: "not-comparable-indicators"},
		"another scale": {
			change: func(p *history.Past) { p.CriteriaVersion = "2019" }, edition: replace("scale: 100", "scale: 1000"), why: "not-comparable-maximum",
		},
		"another scale of another edition": {change: withAPP3("5"), edition: replace("scale: 100", "scale: 1000"), why: "not-comparable-maximum"},
		"informational":                    {change: func(*history.Past) {}, edition: replace("points: 5\n", "points: 5\n        effect: none\n"), comparable: true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			past := earlier(t)
			tt.change(past)
			r := round(t)
			if tt.edition != nil {
				r.Set = loadSet(t, tt.edition(edition))
			}
			a := history.Compare(scoring.Rank(r), past).Agencies["so-a"]
			assert.Equal(t, tt.comparable, a.Comparable)
			assert.Equal(t, tt.why, a.Why.Kind)
			for _, lang := range locale.Langs() {
				assert.NotContains(t, locale.MustFor(lang).Note(a.Why), "notes.")
			}
		})
	}
}

// A total out of 1,000 is not held against one out of 100, in words that name both; pillars are held against those of then
// where their own maximum is the same.
func TestCompareMaxima(t *testing.T) {
	past := earlier(t)
	past.CriteriaVersion = "2019"
	r := round(t)
	r.Set = loadSet(t, strings.NewReplacer("scale: 100", "scale: 1000", "points: 15", "points: 20").Replace(edition))
	c := history.Compare(scoring.Rank(r), past)
	why := c.Agencies["so-a"].Why
	assert.Equal(t, why, c.Groups["department"].Why, "of the group and of the agency")
	assert.Equal(t, "the score cannot be compared with 2018: the maximum was 100 then and is 1,000 now", locale.MustFor("en").Note(why))
	assert.Equal(t, "không so sánh được điểm với năm 2018: khi đó điểm tối đa là 100, nay là 1.000", locale.MustFor("vi").Note(why))
	assert.True(t, c.Agencies["so-a"].Moved, "ranks are compared all the same")
	assert.Contains(t, c.Agencies["so-a"].Pillars, "infrastructure")
	assert.NotContains(t, c.Agencies["so-a"].Pillars, "application", "out of 5 points more")
}

func replace(old, now string) func(string) string {
	return func(s string) string { return strings.Replace(s, old, now, 1) }
}

func withAPP3(of string) func(*history.Past) {
	return func(p *history.Past) { withIndicator(p, "APP-3", of) }
}

func withIndicator(p *history.Past, id, of string) {
	p.Agencies["so-a"].Indicators[id] = history.PastScore{Of: decimal.RequireFromString(of)}
}

func standing(code, group, score string, rank int, rating string) submission.PastStanding {
	s := submission.PastStanding{Code: code, Group: group, Rank: rank, Rating: rating, Place: diag.Place{File: "2018.csv", Row: rank + 1}}
	if score != "" {
		s.Score = rule.Optional{Value: decimal.RequireFromString(score), Set: true}
	}
	return s
}

func TestFromStandings(t *testing.T) {
	rows := []submission.PastStanding{
		standing("so-a", "", "80.5", 2, "Khá"), standing("so-b", "", "90", 1, "good"), standing("so-c", "", "", 0, ""),
		standing("001", "", "50", 3, "Fair"),
	}
	tests := map[string]struct {
		criteria   string
		comparable bool
		why        string
	}{
		"no criteria":       {"", false, "not-comparable-table"},
		"the set's own":     {"example@2019", true, ""},
		"another edition's": {"example@2018", false, "not-comparable-criteria"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			past, problems := history.FromStandings(2018, tt.criteria, rows)
			require.Empty(t, problems)
			c := history.Compare(scoring.Rank(round(t)), past)
			a := c.Agencies["so-a"]
			assert.Equal(t, tt.comparable, a.Comparable)
			assert.Equal(t, tt.why, a.Why.Kind)
			assert.Equal(t, "fair", a.Rating, "a rating's name stands for its id")
			assert.Equal(t, 1, a.RankChange)
			assert.Equal(t, "not-comparable-no-score", c.Agencies["so-c"].Why.Kind)
			g := c.Groups["department"]
			assert.Equal(t, 3, g.Agencies)
			assert.Equal(t, 2, g.Ranked)
			assert.False(t, g.HasMean)
			assert.Equal(t, map[string]int{"fair": 1, "good": 1}, g.Ratings)
			assert.Equal(t, 3, c.Groups["ward"].Ranked, "a rank of 3 means that three were ranked")
		})
	}
}

func TestFromStandingsProblems(t *testing.T) {
	tests := map[string]struct {
		year int
		rows []submission.PastStanding
		want []string
	}{
		"twice":     {2018, []submission.PastStanding{standing("a", "", "1", 1, ""), standing("a", "", "1", 2, "")}, []string{"past-agency-twice @ 2018.csv:3"}},
		"no code":   {2018, []submission.PastStanding{standing("a", "", "1", 1, ""), standing("", "", "1", 2, "")}, []string{"past-no-code @ 2018.csv:3"}},
		"no year":   {0, []submission.PastStanding{standing("a", "", "1", 1, "")}, []string{"past-year @ 2018.csv"}},
		"no rows":   {2018, nil, []string{"past-no-agencies @ "}},
		"all right": {2018, []submission.PastStanding{standing("a", "g", "1", 1, "")}, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, problems := history.FromStandings(tt.year, "", tt.rows)
			var got []string
			for _, p := range problems {
				got = append(got, p.Kind+" @ "+p.Place.String())
			}
			assert.Equal(t, tt.want, got)
		})
	}
}

// TestFromStandingsYears: a table of several years gives its latest, or the one that is asked for.
func TestFromStandingsYears(t *testing.T) {
	older, newer := standing("a", "", "70", 2, ""), standing("a", "", "80", 1, "")
	older.Year, newer.Year = 2017, 2018
	rows := []submission.PastStanding{older, newer}
	for year, want := range map[int]string{0: "80", 2017: "70", 2018: "80"} {
		past, problems := history.FromStandings(year, "", rows)
		require.Empty(t, problems)
		assert.Equal(t, want, past.Agencies["a"].Score.String())
	}
}
