package scoring_test

import (
	"fmt"
	"maps"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// levelsSet has an indicator of every kind that has levels, one that has none, and those that nobody can plan.
const levelsSet = `scale: 100
rounding: {indicator: 2, total: 2}
%s
pillars:
  - id: p1
    no: "1"
    name: {en: One}
    %s
    indicators:
      - {id: A, no: "1.1", name: {en: A}, %s6, score: {kind: yes_no}}
      - {id: B, no: "1.2", name: {en: B}, %s3, score: {kind: choice, options: [{id: x, name: {en: X}, share: 0}, {id: y, name: {en: Y}, share: 0.35}, {id: z, name: {en: Z}, share: 1}]}}
      - {id: C, no: "1.3", name: {en: C}, %s5, not_applicable: {allowed: true}, score: {kind: checklist, options: [{id: x, name: {en: X}, share: 0.5}, {id: y, name: {en: Y}, share: 0.3}, {id: z, name: {en: Z}, share: 0.3}]}}
  - id: p2
    no: "2"
    name: {en: Two}
    %s
    indicators:
      - {id: D, no: "2.1", name: {en: D}, %s7, score: {kind: steps, steps: [{from: 10, share: 1}, {from: 3, share: 0.55}, {above: 0, share: 0.15}]}}
      - {id: E, no: "2.2", name: {en: E}, %s4, score: {kind: linear, worst: 0, best: 4}}
      - {id: F, no: "2.3", name: {en: F}, %s2, inputs: {n: {name: {en: N}, type: yes_no, by: survey}}, score: {kind: yes_no, of: n}}
`

// beside are indicators outside the pillars' points.
const beside = `  - id: p3
    no: "3"
    name: {en: Beside}
    indicators:
      - {id: G, no: "3.1", name: {en: G}, points: 2, effect: bonus, score: {kind: yes_no}}
      - {id: H, no: "3.2", name: {en: H}, points: 2, effect: penalty, score: {kind: yes_no}}
`

func levelsOf(t testing.TB, more, combine string) *criteria.Set {
	worth := "points: "
	if combine != "" {
		worth = "weight: "
	}
	return load(t, fmt.Sprintf(levelsSet, more, combine, worth, worth, worth, combine, worth, worth, worth))
}

func gains(levels []scoring.NextLevel) []string {
	said := []string{}
	for _, l := range levels {
		said = append(said, l.Indicator.ID+" "+l.Score.String()+"/"+l.Of.String()+" +"+l.Gain.String())
	}
	return said
}

// level is an answer of this test: the place of an entry, from the worst; -1 is no answer.
var levelAnswers = map[string][]rule.Value{
	"A": {rule.YesNoOf(false), rule.YesNoOf(true)},
	"B": {rule.OptionsOf("x"), rule.OptionsOf("y"), rule.OptionsOf("z")},
	"C": {rule.OptionsOf(), rule.OptionsOf("x"), rule.OptionsOf("x", "y"), rule.OptionsOf("x", "y", "z")},
	"D": {number(0), number(1), number(3), number(10)},
	"E": {number(0), number(3), number(4)},
	"F": {rule.YesNoOf(false), rule.YesNoOf(true)},
	"G": {rule.YesNoOf(false), rule.YesNoOf(true)},
	"H": {rule.YesNoOf(false), rule.YesNoOf(true)},
}

func number(n int64) rule.Value { return rule.NumberOf(decimal.NewFromInt(n)) }

func atLevels(levels map[string]int) scoring.Entrant {
	entered := map[submission.Key]submission.Answer{}
	for id, at := range levels {
		input := "value"
		if id == "F" {
			input = "n"
		}
		switch {
		case at == -2:
			entered[submission.Key{Indicator: id, Input: input}] = submission.Answer{Value: rule.NotApplicableValue()}
		case at >= 0:
			entered[submission.Key{Indicator: id, Input: input}] = submission.Answer{Value: levelAnswers[id][at]}
		}
	}
	return entrant(submission.Submission{Agency: "x", Sent: true, Answers: submission.AnswersOf(nil, entered)})
}

// The points are out of 27 on a scale of 100, worked out by hand beside each case.
func TestNextLevels(t *testing.T) {
	tests := map[string]struct {
		in   map[string]int
		want []string
	}{
		"each by itself": {
			map[string]int{"A": 0, "B": 0, "C": 1, "D": 0, "E": 2, "F": 1},
			// before: 2.5 + 4 + 2 = 8.5 → 31.48; A +6 = 14.5 → 53.70; C +1.5 → 37.04; B +1.05 → 35.37; D +1.05 → 35.37
			[]string{"A 6/6 +22.22", "C 4/5 +5.56", "B 1.05/3 +3.89", "D 1.05/7 +3.89"},
		},
		"what does not apply re-bases": {
			map[string]int{"A": 1, "B": 1, "C": -2, "D": 2, "E": 2, "F": 1},
			// of 22 points: before 6 + 1.05 + 3.85 + 4 + 2 = 16.9 → 76.82; D +3.15 = 20.05 → 91.14; B +1.95 = 18.85 → 85.68
			[]string{"D 7/7 +14.32", "B 3/3 +8.86"},
		},
		"a survey is not the agency's": {
			map[string]int{"A": 1, "B": 2, "C": 3, "D": 3, "E": 0, "F": 0},
			[]string{},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			scale := scoring.Fit(levelsOf(t, "", ""), nil)
			e := atLevels(tt.in)
			assert.Equal(t, tt.want, gains(scale.NextLevels(e, scale.Score(e))))
		})
	}
}

// Whoever answers one level better is given exactly the gain that was said, whatever the set does with shares, missing
// answers, bonuses and rounding; no level that would bring anything is left out.
func TestLevelGainsAreTheEngines(t *testing.T) {
	sets := map[string]*criteria.Set{
		"sum":       load(t, fmt.Sprintf(levelsSet, "caps: {bonus: 1}", "", "points: ", "points: ", "points: ", "", "points: ", "points: ", "points: ")+beside),
		"skip":      levelsOf(t, "missing: {answer: skip}", ""),
		"mean":      levelsOf(t, "combine: mean", "combine: mean"),
		"geometric": levelsOf(t, "combine: geometric", "combine: mean"),
		"min":       levelsOf(t, "combine: mean", "combine: min"),
		"means in a sum": load(t, fmt.Sprintf(levelsSet, "", "points: 13\n    combine: mean", "weight: ", "weight: ", "weight: ",
			"points: 14\n    combine: geometric", "weight: ", "weight: ", "weight: ")+beside),
	}
	for name, set := range sets {
		scale := scoring.Fit(set, nil)
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				now := map[string]int{}
				for _, id := range []string{"A", "B", "C", "D", "E", "F", "G", "H"} {
					now[id] = rapid.IntRange(-1, len(levelAnswers[id])-1).Draw(rt, id)
				}
				if rapid.IntRange(0, 9).Draw(rt, "C applies") == 0 {
					now["C"] = -2
				}
				e := atLevels(now)
				before := scale.Score(e)
				want := map[string]string{}
				for _, id := range []string{"A", "B", "C", "D", "G"} {
					if _, known := set.Indicator(id); !known || now[id] == -2 || now[id] == len(levelAnswers[id])-1 {
						continue
					}
					better := maps.Clone(now)
					if better[id]++; better[id] == 0 { // a missing answer is worth no more than the lowest
						better[id]++
					}
					if gain := scale.Score(atLevels(better)).Score.Sub(before.Score); gain.IsPositive() {
						want[id] = gain.String()
					}
				}
				got := map[string]string{}
				levels := scale.NextLevels(e, before)
				for i, l := range levels {
					got[l.Indicator.ID] = l.Gain.String()
					require.True(rt, i == 0 || !l.Gain.GreaterThan(levels[i-1].Gain), "the largest first")
				}
				require.Equal(rt, want, got)
			})
		})
	}
}

// Nobody is told to answer better what a review fixed or what lacks evidence.
func TestNextLevelsLeavesOut(t *testing.T) {
	set := load(t, `scale: 10
indicators:
  - {id: A, no: "1", name: {en: A}, points: 5, score: {kind: yes_no}, evidence: {required: true, without: zero}}
  - {id: B, no: "2", name: {en: B}, points: 5, score: {kind: yes_no}}
`)
	scale := scoring.Fit(set, nil)
	e := entrant(answers(t, map[string]string{"A": "yes", "B": "no"}))
	assert.Equal(t, []string{"B 5/5 +5"}, gains(scale.NextLevels(e, scale.Score(e))), "A is answered in full but not proven")
	e.Submission.Awards = map[string]submission.Award{"B": {Points: dec(t, "1")}}
	assert.Empty(t, scale.NextLevels(e, scale.Score(e)))
	e.Agency.Group = "nobody"
	assert.Empty(t, scale.NextLevels(e, scale.Score(e)))
}

func BenchmarkNextLevels(b *testing.B) {
	scale := scoring.Fit(levelsOf(b, "", ""), nil)
	e := atLevels(map[string]int{"A": 0, "B": 0, "C": 1, "D": 0, "E": 2, "F": 1})
	res := scale.Score(e)
	b.ReportAllocs()
	for b.Loop() {
		scale.NextLevels(e, res)
	}
}
