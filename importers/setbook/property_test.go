package setbook_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria"
)

// drawText draws words that are hard on cells and on YAML.
func drawText(t *rapid.T, label string) string {
	pieces := []string{
		"Sở, ban", "ngành", "=A1", "-x", "\"q\"", "'", "a: b", " #", "{", "]", "12", "4.10", "true", "0,5", "1.234", "2025-01-15", "x\ny", "tab\tx",
		"_x000D_", "<&>", "🙂", "ữ", "no", "~", "%", "@", "*", "|", "no;yes", "…",
	}
	n := rapid.IntRange(1, 3).Draw(t, label)
	var words []string
	for range n {
		words = append(words, rapid.SampledFrom(pieces).Draw(t, label))
	}
	return "N " + strings.TrimSpace(strings.Join(words, " "))
}

// quoted is a text as YAML has it.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`).Replace(s) + `"`
}

// drawNumber draws a number as people write it in a set.
func drawNumber(t *rapid.T, label string) string {
	return rapid.SampledFrom([]string{"1", "0.5", "12.25", "0.10", "1e1", "+3", "3.0", "0.333333333333333333", "100", "1.234", "2.5E-1"}).Draw(t, label)
}

// drawScore draws the score of an indicator with the inputs n and m, both numbers.
func drawScore(t *rapid.T, depth int) string {
	kinds := []string{"ratio", "steps", "per_unit", "linear", "best", "minmax", "percentile", "deduct"}
	if depth < 2 {
		kinds = append(kinds, "sum_of", "best_of")
	}
	of := rapid.SampledFrom([]string{"n", "m", "[n, m]", "[n, -m]"}).Draw(t, "of")
	switch kind := rapid.SampledFrom(kinds).Draw(t, "kind"); kind {
	case "ratio":
		return fmt.Sprintf("{kind: ratio, of: %s, over: figures.staff, target: %s, if_zero: %s}", of, drawNumber(t, "target"),
			rapid.SampledFrom([]string{"not_applicable", "full", "zero"}).Draw(t, "zero"))
	case "steps":
		return fmt.Sprintf("{kind: steps, of: %s, steps: [{from: 200, share: 1}, {above: %s, share: 0.5}]}", of, drawNumber(t, "step"))
	case "per_unit":
		return fmt.Sprintf("{kind: per_unit, of: %s, each: 0.1}", of)
	case "linear":
		return fmt.Sprintf("{kind: linear, of: %s, worst: 2000, best: %s, scale: linear}", of, drawNumber(t, "best"))
	case "deduct":
		return fmt.Sprintf("{kind: deduct, parts: [{of: n, each: %s}, {of: m, each: 0.5}]}", drawNumber(t, "each"))
	case "sum_of", "best_of":
		return fmt.Sprintf("{kind: %s, parts: [{id: a, share: 1, score: %s}, {id: b, share: 0.5, score: %s}]}", kind, drawScore(t, depth+1), drawScore(t, depth+1))
	default:
		return fmt.Sprintf("{kind: %s, of: %s, within: round}", kind, of)
	}
}

// drawSet draws a set: pillars of any depth, scores of most kinds, texts and numbers of all sorts. What Load finds
// faulty is left out by its caller.
func drawSet(t *rapid.T) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\nschema: dti.criteria/v1\nid: s\nversion: %s\ntitle: {vi: %s}\nlanguages: [vi]\n",
		strings.ReplaceAll(drawText(t, "comment"), "\n", " "), quoted(rapid.SampledFrom([]string{"1", "2.10", "true", "2025-01"}).Draw(t, "version")), quoted(drawText(t, "title")))
	fmt.Fprintf(&b, "groups: {a: {vi: %s}, \"1\": {vi: B}}\nfigures: {staff: {name: {vi: S}, type: count}}\n", quoted(drawText(t, "group")))
	ids := 0
	indicator := func(margin string) {
		ids++
		fmt.Fprintf(&b, "%s- {id: I%d, name: {vi: %s}, points: %s, inputs: {n: {name: {vi: N}, type: number, min: -1.50}, m: {name: {vi: M}, type: number}}, score: %s, advice: {vi: %s}}\n",
			margin, ids, quoted(drawText(t, "name")), drawNumber(t, "points"), drawScore(t, 0), quoted(drawText(t, "advice")))
	}
	var inside func(margin string, depth int)
	inside = func(margin string, depth int) {
		if depth < 2 && rapid.Bool().Draw(t, "deeper") {
			fmt.Fprintf(&b, "%spillars:\n", margin)
			for range rapid.IntRange(1, 2).Draw(t, "pillars") {
				ids++
				fmt.Fprintf(&b, "%s- id: P%d\n%s  no: %s\n%s  name: {vi: %s}\n", margin, ids, margin, quoted(drawText(t, "no")), margin, quoted(drawText(t, "pillar")))
				inside(margin+"  ", depth+1)
			}
			if !rapid.Bool().Draw(t, "both") {
				return
			}
		}
		fmt.Fprintf(&b, "%sindicators:\n", margin)
		for range rapid.IntRange(1, 2).Draw(t, "indicators") {
			indicator(margin)
		}
	}
	inside("", 0)
	return b.String()
}

// Any set survives the trip, and a second one changes no byte.
func TestAnySetSurvives(t *testing.T) {
	if testing.Short() {
		t.Skip("writes and reads hundreds of workbooks, which no other goroutine sees")
	}
	tried, sound := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		tried++
		set, err := criteria.Load("drawn.yaml", []byte(drawSet(rt)))
		if err != nil {
			return // a set that Load refuses
		}
		sound++
		got := read(rt, written(rt, set, "vi"))
		require.Empty(rt, criteria.Diff(set, got), string(set.YAML))
		require.Empty(rt, criteria.Diff(got, set))
		for want := range set.Root.AllIndicators() {
			have, ok := got.Indicator(want.ID)
			require.True(rt, ok)
			require.Equal(rt, want.Name, have.Name)
			require.Equal(rt, want.Advice, have.Advice)
			require.Equal(rt, want.Rule.Words(), have.Rule.Words())
			require.Equal(rt, len(want.Points), len(have.Points))
			for g, p := range want.Points {
				require.True(rt, p.Equal(have.Points[g]))
			}
		}
		again := read(rt, written(rt, got, "en"))
		require.Equal(rt, string(got.YAML), string(again.YAML))
	})
	require.Greater(t, sound, tried/4, "sets that Load takes")
}
