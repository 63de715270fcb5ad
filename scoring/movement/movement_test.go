package movement_test

import (
	"bytes"
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
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/movement"
	"github.com/opendti/dti/scoring/submission"
)

// edition is the set of both rounds, as far as a test does not change it: 20 points, published out of 20.
const edition = `schema: dti.criteria/v1
id: city
version: "2024"
title: {en: City}
languages: [en]
scale: points
groups: {dept: {en: Departments}, ward: {en: Wards}}
rounding: {indicator: 2, total: 2}
ranking: {ties: competition}
figures: {staff: {name: {en: Staff}, type: count, min: 1}}
pillars:
  - id: P
    name: {en: Infrastructure}
    indicators:
      - {id: A, name: {en: Computers}, points: 5, inputs: {computers: {type: count}}, score: {kind: ratio, of: computers, over: figures.staff}}
      - {id: B, name: {en: Speed}, points: 5, not_applicable: {allowed: true}, score: {kind: steps, steps: [{from: 3, share: 0.6}, {from: 5, share: 1}]}}
  - id: Q
    name: {en: People}
    indicators:
      - {id: C, name: {en: Training}, points: 6, score: {kind: yes_no}}
      - {id: D, name: {en: Portal}, points: 4, inputs: {value: {type: number}}, score: {kind: linear, worst: 0, best: 10}}
`

// A tester is a test, be it of rapid's.
type tester interface {
	require.TestingT
	Helper()
}

func load(t tester, replace ...string) *criteria.Set {
	t.Helper()
	text := edition
	for i := 0; i < len(replace); i += 2 {
		require.Contains(t, text, replace[i])
		text = strings.Replace(text, replace[i], replace[i+1], 1)
	}
	set, err := criteria.Load("set.yaml", []byte(text))
	require.NoError(t, err)
	return set
}

// newer is the set of a later edition.
func newer(t tester, replace ...string) *criteria.Set {
	t.Helper()
	return load(t, append([]string{`"2024"`, `"2025"`}, replace...)...)
}

func num(n int) rule.Value { return rule.NumberOf(decimal.NewFromInt(int64(n))) }

// values are an agency's answers: computers of 40 staff, speed, training and portal; below 0 is missing.
type values [4]int

func (v values) submission(set *criteria.Set, code string) submission.Submission {
	s := submission.Submission{Agency: code, Sent: true, Answers: submission.NewAnswers(set)}
	put := func(ind, in string, value rule.Value) {
		s.Answers.Put(submission.Key{Indicator: ind, Input: in}, submission.Answer{Value: value})
	}
	put("figures", "staff", num(40))
	for i, key := range [...]submission.Key{{Indicator: "A", Input: "computers"}, {Indicator: "B", Input: "value"}, {Indicator: "C", Input: "value"}, {Indicator: "D", Input: "value"}} {
		switch {
		case v[i] < 0:
		case key.Indicator == "C":
			put("C", "value", rule.YesNoOf(v[i] > 0))
		default:
			put(key.Indicator, key.Input, num(v[i]))
		}
	}
	return s
}

// roundOf is a round of departments with such answers; a code that begins with "w" is a ward.
func roundOf(set *criteria.Set, year int, all map[string]values) *submission.Round {
	r := &submission.Round{
		ID: fmt.Sprint(year), Year: year, Set: set, Submissions: map[string]submission.Submission{},
		Release: submission.Release{Status: submission.Final, Revision: 1},
	}
	for _, code := range slices.Sorted(maps.Keys(all)) {
		group := "dept"
		if strings.HasPrefix(code, "w") {
			group = "ward"
		}
		r.Agencies = append(r.Agencies, submission.Agency{Code: code, Name: criteria.Text{"en": code}, Group: group})
		r.Submissions[code] = all[code].submission(set, code)
	}
	return r
}

// earlier is a round as its results.json gives it.
func earlier(t tester, r *submission.Round) *history.Past {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, history.Encode(&b, scoring.Rank(r), history.Comparison{}, history.Options{Engine: "dti test"}))
	past, err := history.DecodeWithAnswers("results.json", &b)
	require.NoError(t, err)
	return past
}

// told are the parts that are not 0, of every agency that has some.
func told(m movement.Movement, r *submission.Round) map[string]string {
	all := map[string]string{}
	for _, a := range r.Agencies {
		p, ok := m.Agency(a.Code)
		if !ok {
			all[a.Code] = "new"
			continue
		}
		var words []string
		for _, part := range []struct {
			name   string
			places int
		}{{"own", p.Own}, {"criteria", p.Criteria}, {"others", p.Others}, {"membership", p.Membership}, {"review", p.Review}, {"ties", p.Ties}, {"unknown", p.Unknown}} {
			if part.places != 0 {
				words = append(words, fmt.Sprintf("%s %+d", part.name, part.places))
			}
		}
		if len(words) > 0 {
			all[a.Code] = strings.Join(words, ", ")
		}
	}
	return all
}

// addsUp holds that all parts add up, of agencies and of means, and that no agency is left out.
func addsUp(t tester, m movement.Movement, r *scoring.Ranking, past *history.Past) {
	t.Helper()
	cmp := m.In(history.Compare(r, past))
	for _, g := range r.Groups {
		for _, s := range g.Standings {
			change := cmp.Agencies[s.Agency.Code]
			parts, ok := m.Agency(s.Agency.Code)
			require.Equal(t, change.Moved, ok, s.Agency.Code)
			require.Equal(t, change.RankChange, parts.Sum(), "%s: %+v", s.Agency.Code, parts)
			require.Equal(t, ok, change.Parts != nil)
			require.Equal(t, parts.Unknown == 0 && parts.Why.IsZero(), parts.Why.IsZero(), "an unknown part has a reason")
		}
		if mean, ok := m.Mean(g.Group.ID); ok {
			require.True(t, mean.Now.Sub(mean.Then).Equal(mean.Sum()), "%s: %+v", g.Group.ID, mean)
			require.True(t, mean.Now.Equal(g.Stats.Mean))
		}
	}
}

// four are a with 18.4 points, b with 16.4, c with 12.4 and d with 10.5.
func four() map[string]values {
	return map[string]values{"a": {40, 5, 1, 6}, "b": {40, 3, 1, 6}, "c": {40, 5, 0, 6}, "d": {12, 3, 1, 0}}
}

func with(all map[string]values, code string, v values) map[string]values {
	all[code] = v
	return all
}

func without(all map[string]values, code string) map[string]values {
	delete(all, code)
	return all
}

func decided(code, indicator string, points int) submission.Decision {
	return submission.Decision{
		Agency: code, Indicator: indicator, Stage: submission.Review, Verdict: submission.Set, Reason: "seen",
		Points: rule.Optional{Value: decimal.NewFromInt(int64(points)), Set: true},
	}
}

// Each cause by itself is all in its part.
func TestOneCause(t *testing.T) {
	reviewed := func(r *submission.Round, decisions ...submission.Decision) *submission.Round {
		r.Reviewed, r.Decisions = true, decisions
		return r
	}
	relative := []string{"kind: linear, worst: 0, best: 10", "kind: minmax, of: value"}
	tests := map[string]struct {
		then, now *submission.Round
		want      map[string]string
	}{
		"nothing": {
			then: roundOf(load(t), 2024, four()), now: roundOf(load(t), 2025, four()), want: map[string]string{},
		},
		"nothing in a new edition": {
			then: roundOf(load(t), 2024, four()), now: roundOf(newer(t), 2025, four()), want: map[string]string{},
		},
		"nothing, with a review": {
			then: reviewed(roundOf(load(t), 2024, four()), decided("a", "C", 1)),
			now:  reviewed(roundOf(load(t), 2025, four()), decided("a", "C", 1)), want: map[string]string{},
		},
		"nothing, with a review in a new edition": {
			then: reviewed(roundOf(load(t), 2024, four()), decided("a", "C", 1)),
			now:  reviewed(roundOf(newer(t), 2025, four()), decided("a", "C", 1)), want: map[string]string{},
		},
		"own answers": {
			then: roundOf(load(t), 2024, four()), now: roundOf(load(t), 2025, with(four(), "d", values{40, 5, 1, 10})),
			want: map[string]string{"a": "others -1", "b": "others -1", "c": "others -1", "d": "own +3"},
		},
		"own answers that end a tie": {
			then: roundOf(load(t), 2024, with(four(), "d", values{40, 5, 0, 6})),
			now:  roundOf(load(t), 2025, with(four(), "d", values{40, 5, 0, 7})),
			want: map[string]string{"c": "others -1"},
		},
		"own answers in a new edition": {
			then: roundOf(load(t), 2024, four()), now: roundOf(newer(t), 2025, with(four(), "d", values{40, 5, 1, 10})),
			want: map[string]string{"a": "others -1", "b": "others -1", "c": "others -1", "d": "own +3"},
		},
		"weights": {
			then: roundOf(load(t), 2024, four()),
			now:  roundOf(newer(t, "name: {en: Training}, points: 6", "name: {en: Training}, points: 2", "name: {en: Portal}, points: 4", "name: {en: Portal}, points: 8"), 2025, four()),
			want: map[string]string{"c": "criteria +1"},
		},
		"weights and a rule that looks at the cohort": {
			then: roundOf(load(t, relative...), 2024, four()),
			now:  roundOf(newer(t, append(relative, "name: {en: Training}, points: 6", "name: {en: Training}, points: 1")...), 2025, four()),
			want: map[string]string{"b": "criteria -1", "c": "criteria +1"},
		},
		"an indicator that is new": {
			then: roundOf(load(t, "      - {id: C, name: {en: Training}, points: 6, score: {kind: yes_no}}\n", ""), 2024, four()),
			now:  roundOf(newer(t), 2025, four()),
			want: map[string]string{"b": "others +1", "c": "own -2"},
		},
		"a review": {
			then: roundOf(load(t), 2024, four()), now: reviewed(roundOf(load(t), 2025, four()), decided("a", "C", 1)),
			want: map[string]string{"a": "review -1", "b": "review +1"},
		},
		"a review of then": {
			then: reviewed(roundOf(load(t), 2024, four()), decided("a", "C", 1)), now: roundOf(load(t), 2025, four()),
			want: map[string]string{"a": "review +1", "b": "review -1"},
		},
		"who left": {
			then: roundOf(load(t), 2024, four()), now: roundOf(load(t), 2025, without(four(), "b")),
			want: map[string]string{"c": "membership +1", "d": "membership +1"},
		},
		"who joined": {
			then: roundOf(load(t), 2024, without(four(), "b")), now: roundOf(load(t), 2025, four()),
			want: map[string]string{"b": "new", "c": "membership -1", "d": "membership -1"},
		},
		"how ties are numbered": {
			then: roundOf(load(t, "ties: competition", "ties: dense"), 2024, with(four(), "b", values{40, 5, 1, 6})),
			now:  roundOf(newer(t), 2025, with(four(), "b", values{40, 5, 1, 6})),
			want: map[string]string{"c": "ties -1", "d": "ties -1"},
		},
		"a bound that another agency sets": {
			then: roundOf(load(t, relative...), 2024, map[string]values{"a": {0, 0, 0, 10}, "b": {16, 0, 0, 5}, "c": {0, 0, 0, 0}}),
			now:  roundOf(load(t, relative...), 2025, map[string]values{"a": {0, 0, 0, 40}, "b": {16, 0, 0, 5}, "c": {10, 0, 0, 10}}),
			want: map[string]string{"b": "others -1", "c": "own +2, others -2"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			past, r := earlier(t, tt.then), scoring.Rank(tt.now)
			m := movement.Of(r, past)
			addsUp(t, m, r, past)
			assert.Equal(t, tt.want, told(m, tt.now))
		})
	}
}

// Where the earlier results do not say enough, what cannot be told apart is one part, with the reason.
func TestUnknown(t *testing.T) {
	cohort := []string{"kind: linear, worst: 0, best: 10", "kind: minmax, of: value"}
	full := earlier(t, roundOf(load(t), 2024, four()))
	other := *full
	other.CriteriaID = "province"
	unknown := map[string]string{"a": "unknown -1", "b": "unknown -1", "c": "unknown -1", "d": "unknown +3"}
	tests := map[string]struct {
		past *history.Past
		now  *criteria.Set
		want map[string]string
		why  string
	}{
		"a table without its criteria": {table(t, full, "", true, false), load(t), unknown, "movement-table"},
		"a table of ranks":             {table(t, full, "city@2024", false, false), load(t), unknown, "movement-no-score"},
		"a table of the same edition":  {table(t, full, "city@2024", true, false), load(t), map[string]string{"a": "others -1", "b": "others -1", "c": "others -1", "d": "own +3"}, ""},
		"that looks at the cohort":     {table(t, full, "city@2024", true, false), load(t, cohort...), unknown, "movement-table"},
		"half a table":                 {table(t, full, "city@2024", true, true), load(t), map[string]string{"a": "membership -1", "b": "new", "c": "membership -1", "d": "new"}, ""},
		"another index":                {&other, load(t), unknown, "movement-criteria"},
		"no answers":                   {plainly(t, full), newer(t), unknown, "movement-no-answers"},
		"nothing that is asked again": {
			full, newer(t, "{id: A, ", "{id: A2, from: {id: A, comparable: false}, ", "{id: B, ", "{id: B2, from: {id: B, comparable: false}, ", "{id: C, ", "{id: C2, from: {id: C, comparable: false}, ", "{id: D, ", "{id: D2, from: {id: D, comparable: false}, "),
			unknown, "movement-no-own-answers",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			now := roundOf(tt.now, 2025, with(four(), "d", values{40, 5, 1, 10}))
			if name == "nothing that is asked again" {
				anew(now, with(four(), "d", values{40, 5, 1, 10}))
			}
			r := scoring.Rank(now)
			m := movement.Of(r, tt.past)
			addsUp(t, m, r, tt.past)
			assert.Equal(t, tt.want, told(m, now))
			parts, ok := m.Agency("a")
			require.True(t, ok)
			assert.Equal(t, tt.why, parts.Why.Kind)
			if mean, ok := m.Mean("dept"); ok {
				assert.Equal(t, tt.why, mean.Why.Kind)
			}
		})
	}
	r := scoring.Rank(roundOf(load(t), 2025, four()))
	none := movement.Of(r, nil)
	_, ok := none.Agency("a")
	assert.False(t, ok)
	assert.False(t, movement.Answers(r.Round.Set, nil))
	assert.False(t, movement.Answers(r.Round.Set, full), "totals of one edition are enough")
	assert.True(t, movement.Answers(newer(t), full))
	assert.True(t, movement.Answers(load(t, cohort...), full))
	assert.False(t, movement.Answers(r.Round.Set, &other))
}

// anew answers the indicators of a set that has them under new ids.
func anew(r *submission.Round, all map[string]values) {
	for code, v := range all {
		s := r.Submissions[code]
		for i, id := range []string{"A2", "B2", "C2", "D2"} {
			value, input := num(v[i]), "value"
			switch id {
			case "A2":
				input = "computers"
			case "C2":
				value = rule.YesNoOf(v[i] > 0)
			}
			s.Answers.Put(submission.Key{Indicator: id, Input: input}, submission.Answer{Value: value})
		}
	}
}

// plainly is a past without answers.
func plainly(t *testing.T, past *history.Past) *history.Past {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, history.Encode(&b, scoring.Rank(roundOf(load(t), past.Year, four())), history.Comparison{}, history.Options{}))
	plain, err := history.Decode("results.json", &b)
	require.NoError(t, err)
	return plain
}

// Where bodies merged, the start is the rank among the bodies of today, and so is the mean.
func TestMerged(t *testing.T) {
	for name, set := range map[string]*criteria.Set{"one edition": load(t), "another": newer(t)} {
		t.Run(name, func(t *testing.T) {
			published := earlier(t, roundOf(load(t), 2024, four()))
			now := roundOf(set, 2025, without(without(with(four(), "e", values{40, 5, 1, 10}), "c"), "d"))
			for _, from := range []string{"c", "d"} {
				now.Cycle.Lineage = append(now.Cycle.Lineage, submission.Succession{Date: "2025-07-01", Fate: submission.Merged, From: from, To: "e", Carry: submission.CarryMean})
			}
			r := scoring.Rank(now)
			past := published.Rebased(r)
			m := movement.Of(r, past)
			addsUp(t, m, r, past)
			parts, ok := m.Agency("e")
			require.True(t, ok)
			assert.Equal(t, 2, parts.Sum())
			mean, ok := m.Mean("dept")
			require.True(t, ok)
			assert.Equal(t, "15.42", mean.Then.StringFixed(2), "of 18.4, 16.4 and the mean of 12.4 and 10.5, as ranks are")
			if name == "another" {
				assert.Equal(t, 2, parts.Unknown, "nobody answered as the new body")
				assert.Equal(t, "movement-no-own-answers", parts.Why.Kind)
			} else {
				assert.Equal(t, 2, parts.Own)
			}
		})
	}
}

// drawSet draws what an edition says otherwise.
func drawSet(t *rapid.T, label string) []string {
	pick := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label+name) }
	points := func(name string) string { return fmt.Sprint(rapid.IntRange(1, 6).Draw(t, label+name)) }
	return []string{
		"points: 5, inputs", "points: " + points("A") + ", inputs",
		"points: 6, ", "points: " + points("C") + ", ",
		"ties: competition", pick("ties", "ties: competition", "ties: dense", "ties: unique", "ties: competition, tie_break: [Q]", "ties: dense, tie_break: [P]"),
		"kind: linear, worst: 0, best: 10", pick("rule", "kind: linear, worst: 0, best: 10", "kind: minmax, of: value", "kind: percentile, of: value, within: round"),
		"rounding: {indicator: 2, total: 2}", pick("rounding", "rounding: {indicator: 2, total: 2}", "rounding: {indicator: 1, total: 0}", "rounding: {}"),
		"scale: points", pick("scale", "scale: points", "scale: 100", "scale: points\nmissing: {answer: skip}"),
		"{id: B,", pick("lineage", "{id: B,", "{id: B, from: {id: X},"),
	}
}

// drawRound draws who takes part and what they answer; answers repeat, so that there are ties.
func drawRound(t *rapid.T, label string, set *criteria.Set, year int) *submission.Round {
	all := map[string]values{}
	for _, code := range []string{"a", "b", "c", "d", "e", "f", "w1", "w2", "w3"} {
		if rapid.IntRange(0, 5).Draw(t, label+code) > 0 {
			all[code] = values{
				rapid.SampledFrom([]int{-1, 10, 40}).Draw(t, label+code+"A"), rapid.SampledFrom([]int{-1, 2, 3, 5}).Draw(t, label+code+"B"),
				rapid.IntRange(-1, 1).Draw(t, label+code+"C"), rapid.IntRange(0, 3).Draw(t, label+code+"D"),
			}
		}
	}
	all["a"] = values{40, 5, 1, rapid.IntRange(0, 9).Draw(t, label+"a")}
	r := roundOf(set, year, all)
	for i := range r.Agencies {
		a := &r.Agencies[i]
		a.Unranked = rapid.IntRange(0, 9).Draw(t, label+a.Code+"unranked") == 0
		if rapid.IntRange(0, 9).Draw(t, label+a.Code+"group") == 0 {
			a.Group = "ward"
		}
		if rapid.IntRange(0, 3).Draw(t, label+a.Code+"reviewed") == 0 {
			r.Reviewed = true
			r.Decisions = append(r.Decisions, decided(a.Code, rapid.SampledFrom([]string{"A", "C"}).Draw(t, label+a.Code+"of"), rapid.IntRange(0, 1).Draw(t, label+a.Code+"points")))
		}
		if rapid.IntRange(0, 5).Draw(t, label+a.Code+"adjusted") == 0 {
			r.Cycle.Adjustments = append(r.Cycle.Adjustments, submission.Adjustment{Agency: a.Code, Points: rule.Optional{Value: decimal.NewFromInt(-1), Set: true}})
		}
	}
	return r
}

// TestPartsAddUp: whatever two rounds say, and however much of the earlier one is known, the parts add up to the
// movement, of every agency and of the means.
func TestPartsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := load(t, drawSet(t, "then")...)
		then := drawRound(t, "then", set, 2024)
		if rapid.Bool().Draw(t, "other edition") {
			set = newer(t, drawSet(t, "now")...)
		}
		now := drawRound(t, "now", set, 2025)
		if rapid.Bool().Draw(t, "renamed") {
			now.Agencies[0].Aliases = []string{"b", "w1"}
		}
		past, r := earlier(t, then), scoring.Rank(now)
		switch rapid.IntRange(0, 3).Draw(t, "known") {
		case 0:
			var b bytes.Buffer
			require.NoError(t, history.Encode(&b, scoring.Rank(then), history.Comparison{}, history.Options{}))
			var err error
			past, err = history.Decode("results.json", &b)
			require.NoError(t, err)
		case 1:
			past = table(t, past, rapid.SampledFrom([]string{"", "city@2024"}).Draw(t, "criteria"), rapid.Bool().Draw(t, "scores"), rapid.Bool().Draw(t, "part"))
		}
		addsUp(t, movement.Of(r, past), r, past)
		final := movement.OfFinal(r, past)
		addsUp(t, final, r, past)
		for _, a := range now.Agencies {
			parts, ok := final.Agency(a.Code)
			require.Equal(t, ok, parts.Reviewed)
			require.Zero(t, parts.Review, a.Code)
		}
		for _, g := range r.Groups {
			mean, _ := final.Mean(g.Group.ID)
			require.True(t, mean.Review.IsZero(), "%s: %s", g.Group.ID, mean.Review)
		}
	})
}

// TestAnotherTieBreak: where another pillar decides between equal totals, that is a matter of ties, not of the review.
func TestAnotherTieBreak(t *testing.T) {
	all := map[string]values{"a": {40, 5, 0, 10}, "b": {40, 3, 1, 0}}
	past := earlier(t, roundOf(load(t, "ties: competition", "ties: competition, tie_break: [P]"), 2024, all))
	now := roundOf(newer(t, "ties: competition", "ties: competition, tie_break: [Q]"), 2025, all)
	r := scoring.Rank(now)
	want := map[string]string{"a": "ties -1", "b": "ties +1"}
	assert.Equal(t, want, told(movement.Of(r, past), now))
	assert.Equal(t, want, told(movement.OfFinal(r, past), now))
}

// TestOfFinal: what everybody may read is the same whatever was claimed, then and now.
func TestOfFinal(t *testing.T) {
	of := func(claims ...int) (movement.Movement, *scoring.Ranking) {
		set, rounds := load(t, "kind: linear, worst: 0, best: 10", "kind: minmax, of: value"), []*submission.Round{}
		for i, all := range []map[string]values{four(), with(four(), "e", values{40, 5, 1, 9})} {
			r := roundOf(set, 2024+i, all)
			r.Reviewed = true
			for j, a := range r.Agencies {
				r.Submissions[a.Code].Answers.Put(submission.Key{Indicator: "C", Input: "value"}, submission.Answer{Value: rule.YesNoOf(claims[(i+j)%len(claims)] > 0)})
				r.Decisions = append(r.Decisions, decided(a.Code, "C", (i*j)%3))
			}
			rounds = append(rounds, r)
		}
		ranking := scoring.Rank(rounds[1])
		return movement.OfFinal(ranking, earlier(t, rounds[0])), ranking
	}
	want, ranking := of(1)
	for _, claims := range [][]int{{0}, {0, 1}, {1, 0, 0}} {
		got, _ := of(claims...)
		for _, g := range ranking.Groups {
			for _, s := range g.Standings {
				a, _ := want.Agency(s.Agency.Code)
				b, _ := got.Agency(s.Agency.Code)
				assert.Equal(t, a, b, s.Agency.Code)
			}
			a, ok := want.Mean(g.Group.ID)
			b, _ := got.Mean(g.Group.ID)
			assert.Equal(t, a, b)
			assert.Equal(t, g.Group.ID == "dept", ok)
		}
	}
}

// table is an earlier round as a plain table gives it; part leaves every other agency out.
func table(t tester, past *history.Past, set string, scores, part bool) *history.Past {
	var rows []submission.PastStanding
	for i, code := range slices.Sorted(maps.Keys(past.Agencies)) {
		a := past.Agencies[code]
		if part && i%2 == 1 {
			continue
		}
		rows = append(rows, submission.PastStanding{Code: code, Group: a.Group, Year: past.Year, Rank: a.Rank, Score: rule.Optional{Value: a.Score, Set: scores}})
	}
	plain, problems := history.FromStandings(0, set, rows)
	require.NoError(t, problems.Err())
	return plain
}

// TestNothingMoved: a round compared with itself moves nobody, whatever its set; nor does a new edition that says the same.
func TestNothingMoved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drawn := drawSet(t, "set")
		set := load(t, drawn...)
		then := drawRound(t, "round", set, 2024)
		if then.Reviewed && len(set.Ranking.TieBreak) > 0 {
			t.Skip("what was claimed in a pillar is not known")
		}
		past := earlier(t, then)
		now := *then
		if rapid.Bool().Draw(t, "new edition") {
			now.Set = newer(t, drawn...)
		}
		r := scoring.Rank(&now)
		for _, m := range []movement.Movement{movement.Of(r, past), movement.OfFinal(r, past)} {
			addsUp(t, m, r, past)
			for code, parts := range told(m, then) {
				require.Equal(t, "new", parts, code)
			}
		}
	})
}

func ExampleOf() {
	t := &testing.T{}
	past := earlier(t, roundOf(load(t), 2024, four()))
	now := roundOf(load(t), 2025, with(without(four(), "b"), "d", values{40, 5, 1, 6}))
	parts, _ := movement.Of(scoring.Rank(now), past).Agency("d")
	fmt.Printf("up %d: %d by its own answers, %d because another left\n", parts.Sum(), parts.Own, parts.Membership)
	// Output: up 3: 2 by its own answers, 1 because another left
}
