package scoring_test

import (
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
)

// atLeast is the goal of a published total.
func atLeast(d decimal.Decimal) func(scoring.Standing) bool {
	return func(s scoring.Standing) bool { return s.Score.GreaterThanOrEqual(d) }
}

// ids and gains of steps, as "A +3".
func stepsOf(steps []scoring.Step) []string {
	said := []string{}
	for _, s := range steps {
		said = append(said, s.Indicator.ID+" +"+s.Gain.String())
	}
	return said
}

const stepsSet = `scale: 20
rounding: {indicator: 2, total: 2}
caps: {bonus: 3}
ratings:
  - {id: good, name: {en: Good}, from: 80}
  - {id: weak, name: {en: Weak}, from: 0}
indicators:
  - {id: A, no: "1", name: {en: A}, points: 6, score: {kind: linear, worst: 0, best: 6}}
  - {id: B, no: "2", name: {en: B}, points: 5, score: {kind: yes_no}}
  - {id: C, no: "3", name: {en: C}, points: 4, score: {kind: linear, worst: 0, best: 4}, not_applicable: {allowed: true}}
  - {id: D, no: "4", name: {en: D}, points: 3, inputs: {n: {name: {en: N}, type: number, by: survey}}, score: {kind: linear, worst: 0, best: 3}}
  - {id: E, no: "5", name: {en: E}, points: 2, score: {kind: best}}
  - {id: F, no: "6", name: {en: F}, points: 2, effect: bonus, score: {kind: linear, worst: 0, best: 2}}
  - {id: G, no: "7", name: {en: G}, points: 2, effect: bonus, score: {kind: yes_no}}
  - {id: H, no: "8", name: {en: H}, points: 5, effect: penalty, score: {kind: yes_no}}
  - {id: I, no: "9", name: {en: I}, points: 5, effect: none, score: {kind: yes_no}}
`

func TestSteps(t *testing.T) {
	tests := map[string]struct {
		in   map[string]string
		goal string
		want []string
		ok   bool
	}{
		"the goal is reached already":                   {in: map[string]string{"A": "6"}, goal: "6", want: []string{}, ok: true},
		"one is enough":                                 {in: map[string]string{"B": "no"}, goal: "6", want: []string{"A +6"}, ok: true},
		"the last step asks no more than is needed":     {in: map[string]string{"B": "no"}, goal: "10", want: []string{"A +6", "C +4"}, ok: true},
		"one step asks no more than is needed":          {in: map[string]string{"B": "invalid"}, goal: "3.5", want: []string{"C +4"}, ok: true},
		"bonuses count up to the cap":                   {in: map[string]string{"A": "6", "B": "yes", "C": "4"}, goal: "18", want: []string{"F +2", "G +1"}, ok: true},
		"a penalty can be avoided":                      {in: map[string]string{"A": "6", "B": "yes", "C": "3", "H": "yes"}, goal: "15", want: []string{"H +5", "C +1"}, ok: true},
		"what does not apply stays so, and re-bases":    {in: map[string]string{"C": "n/a"}, goal: "13.75", want: []string{"A +7.5", "B +6.25"}, ok: true},
		"nobody plans the cohort or a survey":           {in: map[string]string{"A": "6", "B": "yes", "C": "4", "F": "2", "G": "yes", "D": "1", "E": "1"}, goal: "20"},
		"an indicator with some points brings the rest": {in: map[string]string{"A": "1", "B": "yes", "C": "4", "F": "2"}, goal: "14", want: []string{"A +5"}, ok: true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			scale := scoring.Fit(load(t, stepsSet), nil)
			steps, ok := scale.Steps(entrant(answers(t, test.in)), atLeast(dec(t, test.goal)))
			assert.Equal(t, test.ok, ok)
			if test.ok {
				assert.Equal(t, test.want, stepsOf(steps))
			} else {
				assert.Empty(t, steps)
			}
		})
	}
}

func TestStepsOfWhomTheSetDoesNotKnow(t *testing.T) {
	e := entrant(answers(t, map[string]string{"A": "1"}))
	e.Agency.Group = "nobody"
	_, ok := scoring.Fit(load(t, stepsSet), nil).Steps(e, atLeast(dec(t, "1")))
	assert.False(t, ok)
}

func TestStepsUnderMeansThatDoNotAddUp(t *testing.T) {
	body := `scale: 1
combine: %s
rounding: {indicator: 3, total: 3}
indicators:
  - {id: A, no: "1", name: {en: A}, score: {kind: linear, worst: 0, best: 100}}
  - {id: B, no: "2", name: {en: B}, score: {kind: linear, worst: 0, best: 100}}
  - {id: C, no: "3", name: {en: C}, score: {kind: linear, worst: 0, best: 100}}
  - {id: D, no: "4", name: {en: D}, score: {kind: linear, worst: 0, best: 100}}
`
	in := map[string]string{"A": "90", "B": "0", "C": "50"} // D is missing
	for combine, want := range map[string][]string{
		"geometric": {"B +0", "D +0.819"}, // two zeros: neither gains by itself
		"harmonic":  {"B +0", "D +0.783"},
		"min":       {"B +0", "D +0.5"},
		"mean":      {"B +0.25"},
	} {
		scale := scoring.Fit(load(t, fmt.Sprintf(body, combine)), nil)
		steps, ok := scale.Steps(entrant(answers(t, in)), atLeast(dec(t, "0.5")))
		require.True(t, ok, combine)
		assert.Equal(t, want, stepsOf(steps), combine)
	}
}

// A trial is a set of linear indicators, 0 to 100, with answers that may be anything.
type trial struct {
	set   *criteria.Set
	in    map[string]string
	plans []string          // indicators that the agency can plan
	best  map[string]string // the answer that earns all
}

// draw draws a trial; sums says that all pillars sum.
func draw(t *rapid.T, sums bool) trial {
	tr := trial{in: map[string]string{}, best: map[string]string{}}
	var b strings.Builder
	fmt.Fprintf(&b, "scale: %d\n", rapid.SampledFrom([]int{10, 100, 1000}).Draw(t, "scale"))
	fmt.Fprintf(&b, "rounding: {indicator: %d, total: %d}\n", rapid.IntRange(0, 3).Draw(t, "places"), rapid.IntRange(1, 3).Draw(t, "total"))
	if sums && rapid.Bool().Draw(t, "skip") {
		b.WriteString("missing: {answer: skip}\n")
	}
	if rapid.Bool().Draw(t, "capped") {
		b.WriteString("caps: {bonus: 3, penalty: 4}\n")
	}
	if !sums {
		fmt.Fprintf(&b, "combine: %s\n", rapid.SampledFrom([]string{"mean", "geometric", "harmonic", "min"}).Draw(t, "root"))
	}
	b.WriteString("pillars:\n")
	for pillar := range rapid.IntRange(1, 3).Draw(t, "pillars") {
		fmt.Fprintf(&b, "  - id: P%d\n    no: \"%d\"\n    name: {en: P}\n    indicators:\n", pillar, pillar)
		for i := range rapid.IntRange(1, 4).Draw(t, "indicators") {
			id := fmt.Sprintf("I%d%d", pillar, i)
			effect := "base"
			if i > 0 {
				effect = rapid.SampledFrom([]string{"base", "base", "base", "bonus", "penalty", "none"}).Draw(t, "effect")
			}
			points := rapid.IntRange(1, 9).Draw(t, "points")
			fmt.Fprintf(&b, "      - {id: %s, no: %q, name: {en: X}, points: %d, effect: %s, score: {kind: linear, worst: 0, best: 100}, not_applicable: {allowed: true}}\n",
				id, id, points, effect)
			tr.answer(t, id, effect)
		}
	}
	tr.set = load(t, b.String())
	return tr
}

func (tr *trial) answer(t *rapid.T, id, effect string) {
	answer := rapid.SampledFrom([]string{"", "", "0", "17", "33", "50", "99", "100", "n/a", "invalid"}).Draw(t, id)
	if answer != "" {
		tr.in[id] = answer
	}
	tr.best[id] = "100"
	switch effect {
	case "none":
		return
	case "penalty":
		tr.best[id] = "0"
		if slices.Contains([]string{"", "invalid", "0", "n/a"}, answer) {
			return
		}
	default:
		if answer == "n/a" || answer == "100" {
			return
		}
	}
	tr.plans = append(tr.plans, id)
}

// with is the score where some indicators are answered in full, by what is entered.
func (tr *trial) with(t tester, full []string) scoring.Result {
	in := maps.Clone(tr.in)
	for _, id := range full {
		in[id] = tr.best[id]
	}
	return score(t, tr.set, in)
}

// fewest is the size of the smallest set that reaches a goal, found among all sets.
func (tr *trial) fewest(t tester, reached func(scoring.Standing) bool) (size int, ok bool) {
	size = len(tr.plans) + 1
	for mask := range 1 << len(tr.plans) {
		n := bits.OnesCount(uint(mask))
		if n >= size {
			continue
		}
		var full []string
		for i, id := range tr.plans {
			if mask&(1<<i) != 0 {
				full = append(full, id)
			}
		}
		if reached(tr.with(t, full).Standing) {
			size = n
		}
	}
	return size, size <= len(tr.plans)
}

// goal draws a total between what is there and a little more than all that can be reached.
func (tr *trial) goal(t *rapid.T) func(scoring.Standing) bool {
	now, top := tr.with(t, nil).Score, tr.with(t, tr.plans).Score
	part := decimal.New(int64(rapid.IntRange(1, 105).Draw(t, "part")), -2)
	return atLeast(now.Add(top.Sub(now).Mul(part)))
}

// checkSteps holds that steps are the agency's own, reach the goal, that none can be spared, and that the gains are what
// is said.
func checkSteps(t *rapid.T, tr trial, steps []scoring.Step, reached func(scoring.Standing) bool) {
	ids := make([]string, len(steps))
	before := tr.with(t, nil).Score
	for i, s := range steps {
		ids[i] = s.Indicator.ID
		assert.Contains(t, tr.plans, ids[i])
		assert.True(t, strings.HasPrefix(ids[i][1:], s.Pillar.ID[1:]), "the parent")
		after := tr.with(t, ids[:i+1]).Score
		assert.True(t, after.Sub(before).Equal(s.Gain), "step %d gains %s, said %s", i+1, after.Sub(before), s.Gain)
		before = after
	}
	assert.True(t, reached(tr.with(t, ids).Standing), "the steps reach the goal")
	for i := range ids {
		assert.False(t, reached(tr.with(t, slices.Delete(slices.Clone(ids), i, i+1)).Standing), "%s cannot be spared", ids[i])
	}
}

func TestStepsAreTheFewestWherePillarsSum(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		tr := draw(rt, true)
		reached := tr.goal(rt)
		steps, ok := scoring.Fit(tr.set, nil).Steps(entrant(answers(rt, tr.in)), reached)
		size, possible := tr.fewest(rt, reached)
		require.Equal(rt, possible, ok)
		if ok {
			require.Len(rt, steps, size)
			checkSteps(rt, tr, steps, reached)
		}
	})
}

func TestNoStepCanBeSparedUnderMeans(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		tr := draw(rt, false)
		reached := tr.goal(rt)
		steps, ok := scoring.Fit(tr.set, nil).Steps(entrant(answers(rt, tr.in)), reached)
		require.Equal(rt, reached(tr.with(rt, tr.plans).Standing), ok)
		if ok {
			checkSteps(rt, tr, steps, reached)
		}
		if tr.set.Root.Combine == criteria.Mean && ok {
			size, _ := tr.fewest(rt, reached)
			require.Len(rt, steps, size, "a mean is linear")
		}
	})
}

func TestEstimate(t *testing.T) {
	set := load(t, `scale: 10
rounding: {indicator: 2, total: 2}
indicators:
  - {id: A, no: "1", name: {en: A}, points: 4, score: {kind: best}}
  - {id: B, no: "2", name: {en: B}, points: 3, score: {kind: minmax}}
  - {id: C, no: "3", name: {en: C}, points: 3, score: {kind: percentile}}
`)
	bounds := map[string]map[string][]rule.Bound{"a": {
		"A": {{Name: "best", Value: dec(t, "20")}},
		"B": {{Name: "min", Value: dec(t, "0")}, {Name: "max", Value: dec(t, "10")}},
		"C": {{Name: "median", Value: dec(t, "10")}},
	}}
	sub := answers(t, map[string]string{"A": "5", "B": "5", "C": "5"})
	res := scoring.Estimate(set, bounds).Score(entrant(sub))
	assert.Equal(t, "2.5", res.Score.String(), "a quarter of 4, half of 3")
	got := []string{}
	for _, r := range res.Root.Indicators {
		got = append(got, r.Status.String()+" "+strconv.FormatBool(r.Estimated))
	}
	assert.Equal(t, []string{"scored true", "scored true", "pending false"}, got)

	without := scoring.Estimate(set, nil).Score(entrant(sub))
	assert.Equal(t, scoring.Fit(set, nil).Score(entrant(sub)), without, "without bounds nothing is guessed")
	fitted := scoring.Fit(set, []scoring.Entrant{entrant(sub)}).Score(entrant(sub))
	assert.False(t, fitted.Root.Indicators[0].Estimated, "the round's own cohort is no estimate")
	_, ok := scoring.Estimate(set, bounds).Steps(entrant(sub), atLeast(dec(t, "3")))
	assert.False(t, ok, "full marks of an estimate are the cohort's to give")
}

// large is a scale and an agency with so many indicators, and bonuses and penalties besides. One answer in nine is missing.
func large(t testing.TB, head string, base, extra int) (scoring.Scale, scoring.Entrant) {
	t.Helper()
	var body strings.Builder
	body.WriteString(head + "scale: 100\nrounding: {indicator: 2, total: 2}\nindicators:\n")
	in := map[string]string{}
	add := func(id, effect string, i int) {
		fmt.Fprintf(&body, "  - {id: %s, no: %q, name: {en: X}, points: %d, effect: %s, score: {kind: linear, worst: 0, best: 100}}\n", id, id, 1+i%7, effect)
		if i%9 > 0 {
			in[id] = strconv.Itoa(i * 7 % 60)
		}
	}
	for i := range base {
		add("I"+strconv.Itoa(i), "base", i)
	}
	for i := range extra {
		add("B"+strconv.Itoa(i), "bonus", i)
		add("P"+strconv.Itoa(i), "penalty", i)
	}
	return scoring.Fit(load(t, body.String()), nil), entrant(answers(t, in))
}

// Where there are too many sets to try, the one that is told still reaches the goal, and soon.
func TestStepsOfALargeSet(t *testing.T) {
	scale, e := large(t, "missing: {answer: skip}\n", 150, 20)
	reached := atLeast(dec(t, "80"))
	steps, ok := scale.Steps(e, reached)
	require.True(t, ok)
	sum := scale.Score(e).Score
	for _, s := range steps {
		sum = sum.Add(s.Gain)
	}
	assert.True(t, sum.GreaterThanOrEqual(dec(t, "80")), sum.String())
	assert.Less(t, len(steps), 150)
}

func BenchmarkSteps(b *testing.B) {
	for name, size := range map[string][2]int{"100": {100, 0}, "500 with 60 outside": {500, 30}} {
		b.Run(name, func(b *testing.B) {
			scale, e := large(b, "", size[0], size[1])
			goal := dec(b, "80")
			b.ReportAllocs()
			for b.Loop() {
				_, ok := scale.Steps(e, atLeast(goal))
				require.True(b, ok)
			}
		})
	}
}
