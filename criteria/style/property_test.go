package style_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/criteria/style"
)

// The judge is the truth: where it is said that nobody fails, every answer earns everything; where it is said that nobody
// gets full marks, no answer does; a step that is said to be out of reach is what no answer stops at.
func TestFindingsAgreeWithTheJudge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := indicatorA + drawnIndicator(t)
		set, err := criteria.Load("set.yaml", []byte(text))
		if err != nil {
			return // a fault of the numbers drawn, such as a step twice
		}
		claims := map[string]bool{}
		for _, p := range style.Check(set) {
			claims[p.Kind] = true
		}
		ind, _ := set.Indicator("A")
		points := decimal.NewFromInt(4)
		cohort := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) rule.Inputs { return drawnAnswer(t, ind) }), 1, 12).Draw(t, "cohort")
		judge := ind.Rule.Fit(rule.Basis{Points: &points, Group: cohort, Round: cohort})
		for _, in := range cohort {
			j := judge.Judge(in)
			if j.Status != rule.Scored {
				continue
			}
			full := j.Share.Cmp(rule.One()) == 0
			assert.False(t, claims["style-nobody-fails"] && !full, "an answer earns less: %v\n%s", j, text)
			assert.False(t, claims["style-nobody-full"] && full, "an answer earns all: %v\n%s", j, text)
		}
	})
}

// The indicators that are drawn meet all findings that are held against the judge. These are always the same ones: of a
// hundred drawn anew, one in a hundred times none has a step out of reach.
func TestDrawnIndicatorsMeetTheFindings(t *testing.T) {
	told := map[string]bool{}
	for seed := range 100 {
		set, err := criteria.Load("set.yaml", []byte(indicatorA+rapid.Custom(drawnIndicator).Example(seed)))
		if err != nil {
			continue
		}
		for _, p := range style.Check(set) {
			told[p.Kind] = true
		}
	}
	for _, kind := range []string{"style-nobody-fails", "style-nobody-full", "style-step-unreachable", "style-step-overtaken"} {
		assert.True(t, told[kind], "%s was never drawn", kind)
	}
}

// A step that is told is one without which every answer earns the same.
func TestStepsThatAreToldChangeNothing(t *testing.T) {
	dropped := 0
	rapid.Check(t, func(t *rapid.T) {
		text := indicatorA + inputs(t, 1) + drawnSteps(t, "n0", "")
		set, err := criteria.Load("set.yaml", []byte(text))
		if err != nil {
			return
		}
		ind, _ := set.Indicator("A")
		steps := ind.Rule.(*rule.Steps)
		points := decimal.NewFromInt(4)
		for _, p := range style.Check(set) {
			if !strings.HasPrefix(p.Kind, "style-step-") {
				continue
			}
			dropped++
			n := p.Args[1].(int) - 1
			fewer := &rule.Steps{Of: steps.Of, Over: steps.Over}
			fewer.Steps = append(append(fewer.Steps, steps.Steps[:n]...), steps.Steps[n+1:]...)
			with, without := steps.Fit(rule.Basis{Points: &points}), fewer.Fit(rule.Basis{Points: &points})
			for range 10 {
				in := drawnAnswer(t, ind)
				assert.Zero(t, with.Judge(in).Share.Cmp(without.Judge(in).Share), "step %d\n%s", n+1, text)
			}
		}
	})
	require.True(t, dropped > 0 || testing.Short(), "no step was told")
}

const head = `schema: dti.criteria/v1
id: drawn
version: "1"
title: {vi: A, en: A}
languages: [vi, en]
groups: {ward: {vi: A, en: A}}
`

// indicatorA begins the only indicator of a set.
const indicatorA = head + "indicators:\n  - id: A\n    name: {vi: A, en: A}\n    points: 4\n"

// small draws a whole number that often meets the others drawn.
func small(t *rapid.T, least int) int { return rapid.IntRange(least, 6).Draw(t, "number") }

// inputs draws n numeric inputs n0, n1, …, some with bounds.
func inputs(t *rapid.T, n int) string {
	var b strings.Builder
	b.WriteString("    inputs:\n")
	for i := range n {
		fmt.Fprintf(&b, "      n%d: {name: {vi: n%d, en: n%d}, type: %s", i, i, i, rapid.SampledFrom([]string{"count", "number", "percent"}).Draw(t, "type"))
		least := small(t, 0)
		if rapid.IntRange(0, 3).Draw(t, "bounded below") > 0 {
			fmt.Fprintf(&b, ", min: %d", least)
		}
		if rapid.IntRange(0, 3).Draw(t, "bounded above") > 0 {
			fmt.Fprintf(&b, ", max: %d", least+small(t, 0))
		}
		b.WriteString("}\n")
	}
	return b.String()
}

// drawnIndicator draws inputs and a score that reads them.
func drawnIndicator(t *rapid.T) string {
	if rapid.Bool().Draw(t, "of parts") {
		kind := rapid.SampledFrom([]string{"sum_of", "best_of"}).Draw(t, "kind")
		return inputs(t, 4) + fmt.Sprintf("    score:\n      kind: %s\n      parts:\n", kind) +
			fmt.Sprintf("        - id: a\n          share: 0.%d\n", 4+small(t, 1)%6) + drawnScore(t, "n0", "n1", "      ") +
			"        - id: b\n          share: 1\n" + drawnScore(t, "n2", "n3", "      ")
	}
	return inputs(t, 2) + drawnScore(t, "n0", "n1", "")
}

func drawnScore(t *rapid.T, of, over, margin string) string {
	score := ""
	switch rapid.IntRange(0, 7).Draw(t, "kind") {
	case 0:
		score = fmt.Sprintf("{kind: ratio, of: %s, over: [%s, %s], target: %d}", of, over, of, small(t, 1))
	case 1:
		zero := rapid.SampledFrom([]string{"full", "zero", "not_applicable"}).Draw(t, "if zero")
		score = fmt.Sprintf("{kind: ratio, of: %s, over: %s, target: %d, nothing_below: 0.5, if_zero: %s}", of, over, small(t, 1), zero)
	case 2:
		score = fmt.Sprintf("{kind: linear, of: [%s, -%s], worst: %d, best: %d}", of, over, small(t, 0), small(t, 0))
	case 3:
		score = fmt.Sprintf("{kind: per_unit, of: [%s, %s], each: %d}", of, over, small(t, 1))
	case 4:
		score = fmt.Sprintf("{kind: deduct, parts: [{of: %s, each: %d}, {of: %s, each: 0.5}]}", of, small(t, 1), over)
	case 5:
		better := rapid.SampledFrom([]string{"higher", "lower"}).Draw(t, "better")
		score = fmt.Sprintf("{kind: minmax, of: %s, lowest: %d, better: %s}", of, small(t, 0)%2, better)
	case 6:
		score = fmt.Sprintf("{kind: best, of: %s, over: %s}", of, over)
	default:
		return drawnSteps(t, of, margin)
	}
	return margin + "    score: " + score + "\n"
}

// drawnSteps draws two steps or three that rise or fall.
func drawnSteps(t *rapid.T, of, margin string) string {
	up := rapid.Bool().Draw(t, "rising")
	bound, at := "up_to", 9
	if up {
		bound, at = "from", -1
	}
	var list strings.Builder
	for _, share := range []string{"0.25", rapid.SampledFrom([]string{"0.25", "0.5"}).Draw(t, "share"), "1"} {
		by := 1 + small(t, 0)%3
		if up {
			at += by
		} else {
			at -= by
		}
		fmt.Fprintf(&list, "{%s: %d, share: %s}, ", bound, at, share)
	}
	return margin + fmt.Sprintf("    score: {kind: steps, of: %s, steps: [%s]}\n", of, strings.TrimSuffix(list.String(), ", "))
}

// drawnAnswer draws numbers within the bounds of the inputs, often at them.
func drawnAnswer(t *rapid.T, ind *criteria.Indicator) rule.Inputs {
	given := map[string]rule.Value{}
	for _, in := range ind.Inputs {
		least := in.Min.Or(decimal.NewFromInt(-20))
		if in.Type == rule.Count {
			least = in.Min.Or(decimal.Zero)
		}
		most := in.Max.Or(least.Add(decimal.NewFromInt(40)))
		d := least.Add(decimal.New(rapid.Int64Range(0, 40).Draw(t, in.ID), -rapid.Int32Range(0, 2).Draw(t, "places")))
		if in.Type == rule.Count {
			d = d.Floor()
		}
		given[in.ID] = rule.NumberOf(decimal.Min(d, most))
	}
	return func(name string) rule.Value { return given[name] }
}
