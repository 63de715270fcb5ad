package view_test

import (
	"fmt"
	"strconv"
	"sync"
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

// indicatorOf finds an indicator of a set.
func indicatorOf(t testing.TB, set *criteria.Set, id string) *criteria.Indicator {
	t.Helper()
	for ind := range set.Root.AllIndicators() {
		if ind.ID == id {
			return ind
		}
	}
	require.Fail(t, "no indicator", id)
	return nil
}

// Every mark is what a full result says, whoever asks first.
func TestScoresAreThoseOfTheResults(t *testing.T) {
	set := setOf(t, "- id: INF-2", "- id: INF-2\n        when: networked")
	round := roundOf(set, 40, 13, -1, 0)
	round.Agencies[0].Tags = []string{"networked"}
	ranking := scoring.Rank(round)
	scores := view.NewScores(ranking, 1)
	var asking sync.WaitGroup
	for range 4 {
		asking.Go(func() { scores.Of("department", indicatorOf(t, set, "INF-1")) })
	}
	asking.Wait()
	for i, s := range ranking.Groups[0].Standings {
		res, ok := ranking.Result(s.Agency.Code)
		require.True(t, ok)
		for _, p := range res.Root.Pillars {
			for _, want := range p.Indicators {
				column, ok := scores.Of("department", want.Indicator)
				require.Equal(t, want.Indicator.Public != criteria.Nothing, ok, want.Indicator.ID)
				if !ok {
					continue
				}
				got := column.At(i)
				assert.True(t, want.Score.Equal(got.Score), "%s: %s", want.Indicator.ID, got.Score)
				assert.True(t, want.Of.Equal(got.Of), want.Indicator.ID)
				assert.Equal(t, want.Published(set).Status, got.Status, want.Indicator.ID)
				assert.Equal(t, want.Status != rule.NotApplicable, got.Known, want.Indicator.ID)
			}
		}
	}
	network, _ := scores.Of("department", indicatorOf(t, set, "INF-2"))
	assert.Equal(t, 3, network.Tally.Count(view.NotApplicable))
	assert.Equal(t, 1, network.Tally.Concerned())
	note, _ := network.Notes(1)
	assert.Equal(t, "not-concerned", note.Kind)
	security, _ := scores.Of("department", indicatorOf(t, set, "SEC-1"))
	note, because := security.Notes(0)
	assert.True(t, note.IsZero() && because.IsZero(), "only points are public")
}

func TestTally(t *testing.T) {
	set := setOf(t)
	scores := view.NewScores(scoring.Rank(roundOf(set, 40, 30, 13, 0, -1)), 1)
	inf, ok := scores.Of("department", indicatorOf(t, set, "INF-1"))
	require.True(t, ok)
	assert.Equal(t, 5, inf.Len())
	assert.Equal(t, [...]int{0, 1, 2, 1, 1, 0, 0}, inf.Tally.Counts)
	assert.Equal(t, "41.5", inf.Tally.Mean.String(), "100, 75, 32.5, 0, 0 percent")
	assert.Equal(t, "32.5", inf.Tally.Median.String())
	assert.Equal(t, "100", inf.Tally.Best.String())
	assert.Equal(t, "32.5", inf.At(2).Percent.String())

	bonus, ok := scores.Of("department", indicatorOf(t, set, "BON-1"))
	require.True(t, ok)
	assert.Equal(t, 4, bonus.Tally.Count(view.Zero))
	_, ok = scores.Of("ward", indicatorOf(t, set, "INF-1"))
	assert.False(t, ok, "a group without agencies")
	_, ok = scores.Of("department", indicatorOf(t, set, "SEC-2"))
	assert.False(t, ok, "an indicator that is not public")
}

// A penalty is full where nothing is taken.
func TestTallyOfAPenalty(t *testing.T) {
	set := setOf(t, "effect: bonus", "effect: penalty")
	round := roundOf(set, 40, 40, 40)
	for i, n := range []int64{0, 2, 9} {
		code := round.Agencies[i].Code
		round.Submissions[code].Answers.Put(submission.Key{Indicator: "BON-1", Input: "value"}, submission.Answer{Value: rule.NumberOf(decimal.NewFromInt(n))})
	}
	column, ok := view.NewScores(scoring.Rank(round), 1).Of("department", indicatorOf(t, set, "BON-1"))
	require.True(t, ok)
	assert.Equal(t, [...]int{0, 1, 1, 1, 0, 0, 0}, column.Tally.Counts)
	assert.Equal(t, "0", column.Tally.Best.String())
}

// What a set does not round keeps 18 digits, and full marks are told from almost full ones.
func TestScoresKeepWhatFits(t *testing.T) {
	set := setOf(t, "rounding: {indicator: 2, total: 2}", "rounding: {indicator: none, total: none}")
	round := roundOf(set, 40, 13)
	round.Submissions["so-b"].Answers.Put(submission.Key{Indicator: "INF-1", Input: "computers"}, submission.Answer{Value: rule.NumberOf(decimal.RequireFromString("39.9999999999999999999"))})
	ranking := scoring.Rank(round)
	column, ok := view.NewScores(ranking, 1).Of("department", indicatorOf(t, set, "INF-1"))
	require.True(t, ok)
	for i := range column.Len() {
		got := column.At(i)
		assert.LessOrEqual(t, got.Score.NumDigits(), 19)
		assert.True(t, got.Score.Round(6).Equal(decimal.NewFromInt(30)), got.Score.String())
	}
}

// large is a round of one group with so many agencies, answering as its numbers fall.
func large(t testing.TB, agencies int) *submission.Round {
	set := setOf(t)
	round := roundOf(set, 1)
	first := round.Submissions["so-a"]
	round.Agencies, round.Submissions = nil, map[string]submission.Submission{}
	for i := range agencies {
		code := "x" + strconv.Itoa(i)
		round.Agencies = append(round.Agencies, submission.Agency{
			Code: code, Name: rule.Text{"vi": "Xã " + strconv.Itoa(i)}, Group: "department", Parent: fmt.Sprintf("Huyện %d", i%40),
		})
		answers := first.Answers.Clone()
		answers.Put(submission.Key{Indicator: "INF-1", Input: "computers"}, submission.Answer{Value: rule.NumberOf(decimal.NewFromInt(int64(i % 41)))})
		round.Submissions[code] = submission.Submission{Agency: code, Sent: true, Answers: answers}
	}
	return round
}

// Editions that share a table say what each says alone, in whatever order they ask, and however often.
func TestEditionsShareResults(t *testing.T) {
	ranking := scoring.Rank(roundOf(setOf(t), 40, 30, 13, 0, -1))
	edition := func(lang string) *view.Edition {
		return view.NewEdition(ranking, history.Comparison{}, locale.MustFor(lang), "dti")
	}
	scores := view.NewScores(ranking, 2)
	var asking sync.WaitGroup
	for range 2 {
		for _, lang := range []string{"vi", "en"} {
			e, alone := edition(lang), edition(lang)
			e.Scores = scores
			for _, code := range e.Codes() {
				asking.Go(func() {
					got, ok := e.Agency(code)
					want, known := alone.Agency(code)
					assert.True(t, ok && known)
					assert.Equal(t, want.Levels, got.Levels)
					assert.Equal(t, want.Sections, got.Sections)
				})
			}
		}
	}
	asking.Wait()
}
