package history_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// replayed is a round as its results.json gives it with answers.
func replayed(t *testing.T, r *submission.Round) *history.Past {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, history.Encode(&b, scoring.Rank(r), history.Comparison{}, history.Options{Engine: "dti test"}))
	past, err := history.DecodeWithAnswers("results.json", &b)
	require.NoError(t, err)
	return past
}

// changed is the small set as another edition, with parts of its text replaced: pairs of old and new.
func changed(t *testing.T, replace ...string) *criteria.Set {
	t.Helper()
	text := strings.Replace(edition, `"2019"`, `"2020"`, 1)
	for i := 0; i < len(replace); i += 2 {
		require.Contains(t, text, replace[i])
		text = strings.Replace(text, replace[i], replace[i+1], 1)
	}
	return loadSet(t, text)
}

// Under the edition of then, entrants score what was published; the claim what was claimed.
func TestReplayScoresAsPublished(t *testing.T) {
	points := func(agency, indicator string, n int64) submission.Decision {
		return submission.Decision{
			Agency: agency, Indicator: indicator, Stage: submission.Review, Verdict: submission.Set, Reason: "seen",
			Points: rule.Optional{Value: decimal.NewFromInt(n), Set: true},
		}
	}
	r := round(t)
	r.Decisions = append(r.Decisions, points("so-b", "INF-1", 7), submission.Decision{
		Agency: "so-c", Indicator: "SEC-1", Stage: submission.Review, Verdict: submission.Reject, Reason: "no",
	})
	past, ranking := replayed(t, r), scoring.Rank(r)
	for name, set := range map[string]*criteria.Set{"the same": r.Set, "another edition that says the same": changed(t)} {
		t.Run(name, func(t *testing.T) {
			replay := past.Replay(set)
			cohort := replay.Cohort(r.Agencies)
			require.Len(t, cohort, 4, "those that were ranked")
			scale := scoring.Fit(set, cohort)
			for _, a := range r.Agencies {
				final, claimed, ok := replay.Entrants(a.Code, a)
				require.True(t, ok)
				was := past.Agencies[a.Code]
				assert.Equal(t, was.Score.StringFixed(2), scale.Score(final).Score.StringFixed(2), a.Code)
				assert.Equal(t, was.Claimed.Value.StringFixed(2), scale.Score(claimed).Score.StringFixed(2), a.Code)
				standing, _ := ranking.Result(a.Code)
				assert.Equal(t, standing.Claimed.StringFixed(2), was.Claimed.Value.StringFixed(2))
			}
		})
	}
}

// What no answer gives is left out: indicators that are new, not comparable, or whose answer does not fit any more.
func TestReplayLeavesOut(t *testing.T) {
	r := round(t)
	past := replayed(t, r)
	tests := map[string]struct {
		replace []string
		want    []string // left out
	}{
		"nothing":                {nil, nil},
		"a new one":              {[]string{"      - id: APP-1\n", "      - {id: NEW, name: {vi: M, en: N}, points: 5, score: {kind: yes_no}}\n      - id: APP-1\n"}, []string{"NEW"}},
		"not comparable":         {[]string{`from: {id: HT-1, comparable: true}`, `from: {id: INF-1, comparable: false}`}, []string{"INF-1"}},
		"an option gone":         {[]string{"{id: b, name: {vi: Mức B, en: Level B}, share: 0.5}", "{id: c, name: {vi: Mức C, en: Level C}, share: 0.5}"}, []string{"APP-2"}},
		"a new input":            {[]string{"computers: {name: {vi: Số máy tính, en: Computers}, type: count}", "laptops: {name: {vi: Số máy, en: Laptops}, type: count}, phones: {name: {vi: Số máy, en: Phones}, type: count}", "of: computers", "of: [laptops, phones]"}, []string{"INF-1"}},
		"a new figure":           {[]string{"  staff: {name", "  people: {name: {vi: Người, en: People}, type: count}\n  staff: {name", "over: figures.staff", "over: figures.people"}, []string{"INF-1"}},
		"a figure out of bounds": {[]string{"en: Staff}, type: count}", "en: Staff}, type: count, max: 39}"}, []string{"INF-1"}},
		"figures alone":          {[]string{"      - id: APP-1\n", "      - {id: NEW, name: {vi: M, en: N}, points: 5, score: {kind: linear, of: figures.staff, worst: 0, best: 80}}\n      - id: APP-1\n"}, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			set := changed(t, tt.replace...)
			final, _, ok := past.Replay(set).Entrants("so-b", r.Agencies[1])
			require.True(t, ok)
			var left []string
			for ind := range set.Root.AllIndicators() {
				if final.Submission.LeftOut[ind.ID] {
					left = append(left, ind.ID)
				}
			}
			assert.Equal(t, tt.want, left)
		})
	}
}

func TestReplayOfWhomNothingIsKept(t *testing.T) {
	r := round(t)
	past := replayed(t, r)
	assert.True(t, past.HasAnswers())
	_, _, ok := past.Replay(r.Set).Entrants("nobody", submission.Agency{Code: "nobody", Group: "ward"})
	assert.False(t, ok)
	assert.False(t, earlier(t).HasAnswers())
	code, _, ok := past.Find(submission.Agency{Code: "x", Aliases: []string{"y", "so-c"}})
	assert.True(t, ok)
	assert.Equal(t, "so-c", code)
	_, _, ok = past.Find(submission.Agency{Code: "x"})
	assert.False(t, ok)

	r.Agencies = r.Agencies[:3] // a department and the ward are gone
	cohort := past.Replay(r.Set).Cohort(r.Agencies)
	require.Len(t, cohort, 4)
	assert.Equal(t, "001", cohort[0].Agency.Code)
	assert.Equal(t, "ward", cohort[0].Agency.Group)
}

// What did not apply to an agency still does not, by its tags or its own word.
func TestReplayOfWhatDoesNotApply(t *testing.T) {
	r := round(t)
	r.Set = loadSet(t, strings.NewReplacer("public: points", "when: online", "score: {kind: best, of: value}", "not_applicable: {allowed: true}\n        score: {kind: best, of: value}").Replace(edition))
	r.Agencies[0].Tags = []string{"online"}
	r.Submissions["so-b"].Answers.Put(submission.Key{Indicator: "APP-1", Input: "value"}, submission.Answer{Value: rule.NotApplicableValue()})
	r.Submissions["so-b"].Answers.Drop(submission.Key{Indicator: "SEC-1", Input: "value"})
	r.Decisions = append(r.Decisions, submission.Decision{Agency: "so-b", Indicator: "APP-1", Stage: submission.Review, Verdict: submission.Accept})
	past := replayed(t, r)
	replay := past.Replay(r.Set)
	scale := scoring.Fit(r.Set, replay.Cohort(nil))
	for i, code := range []string{"so-a", "so-b", "so-c"} {
		final, _, ok := replay.Entrants(code, r.Agencies[i])
		require.True(t, ok)
		assert.Equal(t, past.Agencies[code].Score.StringFixed(2), scale.Score(final).Score.StringFixed(2), code)
	}
	cohort := replay.Cohort(nil)
	assert.Equal(t, []string{"online"}, cohort[1].Agency.Tags, "an agency that is gone keeps what concerned it")
	assert.Empty(t, cohort[2].Agency.Tags)

	strict := loadSet(t, strings.Replace(edition, `"2019"`, `"2020"`, 1))
	final, _, _ := past.Replay(strict).Entrants("so-b", r.Agencies[1])
	assert.True(t, final.Submission.LeftOut["APP-1"], "it may not be said any more")
	assert.True(t, final.Submission.LeftOut["SEC-1"], "it did not concern the agency then")
}

func TestEncodeMovement(t *testing.T) {
	ranking := scoring.Rank(round(t))
	d := decimal.RequireFromString
	cmp := history.Comparison{
		Year:     2018,
		Agencies: map[string]history.Change{"so-a": {Year: 2018, Parts: &history.Parts{Own: 2, Others: -1, Unknown: 3}}},
		Means:    map[string]history.MeanParts{"department": {Answers: d("1.5"), Rounding: d("-0.01")}},
	}
	var internal, public bytes.Buffer
	require.NoError(t, history.Encode(&internal, ranking, cmp, history.Options{Engine: "dti test"}))
	assert.Contains(t, internal.String(), `"movement":{"own":2,"criteria":0,"others":-1,"membership":0,"review":0,"ties":0,"unknown":3}`)
	assert.Contains(t, internal.String(), `"movement":{"membership":0.00,"criteria":0.00,"answers":1.50,"review":0.00,"unknown":0.00,"rounding":-0.01}`)
	require.NoError(t, history.EncodePublic(&public, io.Discard, ranking, cmp, "dti test"))
	assert.NotContains(t, public.String(), "movement", "it is not in the list of what is published")

	parts := history.Parts{Own: 1, Ties: -1, Why: rule.Say("movement-table", "2018")}
	assert.Zero(t, parts.Sum())
	assert.False(t, parts.None())
	assert.True(t, history.Parts{Why: parts.Why}.None())
	assert.Equal(t, "1.49", history.MeanParts{Answers: d("1.5"), Rounding: d("-0.01")}.Sum().String())
}
