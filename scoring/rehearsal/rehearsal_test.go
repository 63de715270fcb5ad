package rehearsal_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/rehearsal"
	"github.com/opendti/dti/scoring/submission"
)

// edition is the set of the old round: 20 points for departments, published out of 20.
const edition = `schema: dti.criteria/v1
id: city
version: "2025"
title: {en: City}
languages: [en]
scale: points
groups: {dept: {en: Departments}, ward: {en: Wards}}
ratings: [{id: good, name: {en: Good}, from: 70}, {id: weak, name: {en: Weak}, from: 0}]
rounding: {indicator: 2, total: 2}
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
      - {id: D, name: {en: Portal}, points: 4, score: {kind: choice, options: [{id: none, name: {en: None}, share: 0}, {id: part, name: {en: Part}, share: 0.5}, {id: full, name: {en: Full}, share: 1}]}}
`

// A tester is a test, be it of rapid's.
type tester interface {
	require.TestingT
	Helper()
}

func load(t tester, text string, replace ...string) *criteria.Set {
	t.Helper()
	for i := 0; i < len(replace); i += 2 {
		require.Contains(t, text, replace[i])
		text = strings.Replace(text, replace[i], replace[i+1], 1)
	}
	set, err := criteria.Load("set.yaml", []byte(text))
	require.NoError(t, err)
	return set
}

func num(s string) rule.Value { return rule.NumberOf(decimal.RequireFromString(s)) }

// oldRound has four departments and a ward: a has 18, b 16, c 12 and d 10.5 of 20 points.
func oldRound(t tester) *submission.Round {
	t.Helper()
	r := &submission.Round{ID: "r", Year: 2025, Set: load(t, edition), Submissions: map[string]submission.Submission{}}
	for _, row := range []struct{ code, group, computers, speed, training, portal string }{
		{"a", "dept", "40", "5", "yes", "part"},
		{"b", "dept", "40", "3", "yes", "part"},
		{"c", "dept", "40", "4", "no", "full"},
		{"d", "dept", "12", "3", "yes", "none"},
		{"w", "ward", "20", "5", "yes", "full"},
	} {
		s := submission.Submission{Agency: row.code, Sent: true, Answers: submission.NewAnswers(r.Set)}
		for key, v := range map[submission.Key]rule.Value{
			{Indicator: "figures", Input: "staff"}: num("40"), {Indicator: "A", Input: "computers"}: num(row.computers),
			{Indicator: "B", Input: "value"}: num(row.speed), {Indicator: "C", Input: "value"}: rule.YesNoOf(row.training == "yes"),
			{Indicator: "D", Input: "value"}: rule.OptionsOf(row.portal),
		} {
			require.True(t, s.Answers.Put(key, submission.Answer{Value: v}), key)
		}
		r.Agencies = append(r.Agencies, submission.Agency{Code: row.code, Name: criteria.Text{"en": row.code}, Group: row.group})
		r.Submissions[row.code] = s
	}
	return r
}

// places are "code old→new" of a group in the newer order, with totals.
func places(g rehearsal.Group) string {
	var all []string
	for _, s := range g.Shifts {
		all = append(all, fmt.Sprintf("%s %d→%d %s→%s", s.Now.Agency.Code, s.Was.Rank, s.Now.Rank, s.Was.Score, s.Now.Score))
	}
	return strings.Join(all, ", ")
}

// why is the parts of an agency's change, each by its kind and node: "kept B -2 (weight 0, judged -2)".
func why(t testing.TB, r *rehearsal.Rehearsal, code string) []string {
	t.Helper()
	all := []string{}
	for _, p := range r.Why(code) {
		words := p.Kind.String()
		switch {
		case p.After != nil:
			words += " " + p.After.ID
		case p.Before != nil:
			words += " " + p.Before.ID
		case p.Pillar != nil:
			words += " " + p.Pillar.ID
		}
		words += " " + p.Points.String()
		if p.Kind == rehearsal.Kept {
			words += fmt.Sprintf(" (weight %s, judged %s)", p.Weight, p.Judged)
		}
		all = append(all, words)
	}
	return all
}

// addsUp holds that the parts of every agency add up to the change of its total, exactly.
func addsUp(t require.TestingT, r *rehearsal.Rehearsal) {
	for _, g := range r.Groups {
		for _, s := range g.Shifts {
			var sum decimal.Decimal
			for _, p := range r.Why(s.Now.Agency.Code) {
				sum = sum.Add(p.Points)
				assert.True(t, p.Kind != rehearsal.Kept || p.Weight.Add(p.Judged).Equal(p.Points))
			}
			assert.True(t, sum.Equal(s.Change), "%s: %s, not %s", s.Now.Agency.Code, sum, s.Change)
		}
	}
}

// TestRehearse holds each kind of change: who stands where, and why b or another one moved.
func TestRehearse(t *testing.T) {
	for name, test := range map[string]struct {
		replace []string
		places  string
		code    string
		why     []string
	}{
		"nothing":               {nil, "a 1→1 18→18, b 2→2 16→16, c 3→3 12→12, d 4→4 10.5→10.5", "a", []string{}},
		"points":                {[]string{"points: 5, inputs", "points: 15, inputs"}, "a 1→1 18→28, b 2→2 16→26, c 3→3 12→22, d 4→4 10.5→13.5", "d", []string{"kept A 2.25 (weight 2.25, judged 0)", "kept D 0 (weight 0, judged 0)", "kept C -3 (weight -3, judged 0)", "kept B -1.5 (weight -1.5, judged 0)"}},
		"a bound moved":         {[]string{"{from: 5, share: 1}", "{from: 8, share: 1}"}, "a 1→1 18→16, b 2→1 16→16, c 3→3 12→12, d 4→4 10.5→10.5", "a", []string{"kept B -2 (weight 0, judged -2)"}},
		"less is worth as much": {[]string{"{from: 3, share: 0.6}", "{from: 3, share: 0.9}"}, "a 1→1 18→18, b 2→2 16→17.5, c 3→3 12→13.5, d 4→4 10.5→12", "a", []string{"kept B 0 (weight 0, judged 0)"}},
		"removed":               {[]string{"\n      - {id: C, name: {en: Training}, points: 6, score: {kind: yes_no}}", ""}, "a 1→1 18→12, c 3→1 12→12, b 2→3 16→10, d 4→4 10.5→4.5", "c", []string{"removed C 0", "kept D 1.2 (weight 1.2, judged 0)", "kept A 1.5 (weight 1.5, judged 0)", "kept B 0.9 (weight 0.9, judged 0)"}},
		"added, unanswered":     {[]string{"      - {id: C,", "      - {id: E, name: {en: New}, points: 5, score: {kind: yes_no}}\n      - {id: C,"}, "a 1→1 18→22.5, b 2→2 16→20, c 3→3 12→15, d 4→4 10.5→13.13", "a", []string{"rebased 4.5", "kept C -1.5 (weight -1.5, judged 0)", "kept B -1.25 (weight -1.25, judged 0)", "kept A -1.25 (weight -1.25, judged 0)", "kept D -0.5 (weight -0.5, judged 0)"}},
		"added, of figures":     {[]string{"      - {id: C,", "      - {id: E, name: {en: New}, points: 5, score: {kind: per_unit, of: figures.staff, each: 0.1}}\n      - {id: C,"}, "a 1→1 18→22, b 2→2 16→20, c 3→3 12→16, d 4→4 10.5→14.5", "a", []string{"kept C -1.5 (weight -1.5, judged 0)", "kept B -1.25 (weight -1.25, judged 0)", "kept A -1.25 (weight -1.25, judged 0)", "added E 4", "kept D -0.5 (weight -0.5, judged 0)"}},
		"renamed":               {[]string{"{id: C,", "{id: C9, from: {id: C},"}, "a 1→1 18→18, b 2→2 16→16, c 3→3 12→12, d 4→4 10.5→10.5", "a", []string{}},
		"not comparable":        {[]string{"{id: C,", "{id: C, from: {id: C, comparable: false},"}, "a 1→1 18→17.14, c 3→1 12→17.14, b 2→3 16→14.29, d 4→4 10.5→6.43", "c", []string{"unasked C 0", "rebased 5.14"}},
		"another type":          {[]string{"{id: C, name: {en: Training}, points: 6, score: {kind: yes_no}}", "{id: C, name: {en: Training}, points: 6, score: {kind: per_unit, each: 6}}"}, "a 1→1 18→17.14, c 3→1 12→17.14, b 2→3 16→14.29, d 4→4 10.5→6.43", "c", []string{"unasked C 0", "rebased 5.14"}},
		"split":                 {[]string{"{id: C, name: {en: Training}, points: 6, score: {kind: yes_no}}", "{id: C1, from: {id: C}, name: {en: One}, points: 4, score: {kind: yes_no}}\n      - {id: C2, from: {id: C}, name: {en: Two}, points: 2, score: {kind: yes_no}}"}, "a 1→1 18→18, b 2→2 16→16, c 3→3 12→12, d 4→4 10.5→10.5", "a", []string{"kept C1 -2 (weight -2, judged 0)", "added C2 2"}},
		"moved":                 {[]string{"  - id: Q\n", "      - {id: D, name: {en: Portal}, points: 4, score: {kind: choice, options: [{id: none, name: {en: None}, share: 0}, {id: part, name: {en: Part}, share: 0.5}, {id: full, name: {en: Full}, share: 1}]}}\n  - id: Q\n", "score: {kind: yes_no}}\n      - {id: D, name: {en: Portal}, points: 4, score: {kind: choice, options: [{id: none, name: {en: None}, share: 0}, {id: part, name: {en: Part}, share: 0.5}, {id: full, name: {en: Full}, share: 1}]}}\n", "score: {kind: yes_no}}\n"}, "a 1→1 18→18, b 2→2 16→16, c 3→3 12→12, d 4→4 10.5→10.5", "a", []string{}},
		"points of a group":     {[]string{"points: 6,", "points: {dept: 2, ward: 6},"}, "a 1→1 18→14, b 2→2 16→12, c 3→2 12→12, d 4→4 10.5→6.5", "c", []string{"kept C 0 (weight 0, judged 0)", "kept D 0.8 (weight 0.8, judged 0)", "kept A 1 (weight 1, judged 0)", "kept B 0.6 (weight 0.6, judged 0)"}},
		"another group only":    {[]string{"{id: C,", "{id: C, for: [ward],"}, "a 1→1 18→12, c 3→1 12→12, b 2→3 16→10, d 4→4 10.5→4.5", "c", []string{"kept C 0 (weight 0, judged 0)", "kept D 1.2 (weight 1.2, judged 0)", "kept A 1.5 (weight 1.5, judged 0)", "kept B 0.9 (weight 0.9, judged 0)"}},
		"ratings":               {[]string{"from: 70", "from: 85"}, "a 1→1 18→18, b 2→2 16→16, c 3→3 12→12, d 4→4 10.5→10.5", "b", []string{}},
		"an option gone":        {[]string{"{id: part, name: {en: Part}, share: 0.5}", "{id: half, name: {en: Half}, share: 0.5}"}, "a 1→1 18→20, b 2→2 16→17.5, c 3→3 12→12, d 4→4 10.5→10.5", "b", []string{"rebased 3.5", "unasked D -2"}},
		"a bonus now":           {[]string{"points: 6,", "points: 6, effect: bonus,", "scale: points", "scale: points\ncaps: {bonus: 4}"}, "a 1→1 18→16, b 2→2 16→14, c 3→3 12→12, d 4→4 10.5→8.5", "a", []string{"capped -2", "kept C 1.8 (weight 1.8, judged 0)", "kept B 1.5 (weight 1.5, judged 0)", "kept A 1.5 (weight 1.5, judged 0)", "kept D 0.6 (weight 0.6, judged 0)"}},
		"a mean now":            {[]string{"    name: {en: People}\n", "    name: {en: People}\n    combine: mean\n    points: 10\n", "points: 6, ", "", "points: 4, ", ""}, "a 1→1 18→17.5, b 2→2 16→15.5, c 3→3 12→13, d 4→4 10.5→9.5", "c", []string{"kept C 0 (weight 0, judged 0)", "kept D 1 (weight 1, judged 0)"}},
		"a product now":         {[]string{"    name: {en: People}\n", "    name: {en: People}\n    combine: geometric\n    points: 10\n", "points: 6, ", "", "points: 4, ", ""}, "a 1→1 18→17.07, b 2→2 16→15.07, c 3→3 12→8, d 4→4 10.5→4.5", "c", []string{"pillar Q -4"}},
		"the scale":             {[]string{"scale: points", "scale: 100"}, "a 1→1 18→90, b 2→2 16→80, c 3→3 12→60, d 4→4 10.5→52.5", "a", []string{}},
		"rounding":              {[]string{"indicator: 2, total: 2", "indicator: 0, total: 0"}, "a 1→1 18→18, b 2→2 16→16, c 3→3 12→12, d 4→4 10.5→11", "d", []string{"kept A 0.5 (weight 0, judged 0.5)"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := rehearsal.Rehearse(oldRound(t), load(t, edition, append([]string{`version: "2025"`, `version: "2026"`}, test.replace...)...))
			require.NotEmpty(t, r.Groups)
			assert.Equal(t, test.places, places(r.Groups[0]))
			assert.Equal(t, test.why, why(t, r, test.code))
			addsUp(t, r)
		})
	}
}

func TestRatingsMoversAndPasses(t *testing.T) {
	r := rehearsal.Rehearse(oldRound(t), load(t, edition, "from: 70", "from: 85"))
	g := r.Groups[0]
	require.Len(t, g.Ratings(), 1)
	assert.Equal(t, "b good weak", g.Ratings()[0].Now.Agency.Code+" "+g.Ratings()[0].Was.Rating+" "+g.Ratings()[0].Now.Rating)
	assert.Empty(t, g.Movers())
	assert.Empty(t, g.Causes)

	r = rehearsal.Rehearse(oldRound(t), load(t, edition, "\n      - {id: C, name: {en: Training}, points: 6, score: {kind: yes_no}}", ""))
	var moves []string
	for _, s := range r.Groups[0].Movers() {
		overtook, overtaken := r.Passed(s.Now.Agency.Code)
		moves = append(moves, fmt.Sprintf("%s %+d past %d behind %d", s.Now.Agency.Code, s.Moved(), overtook, overtaken))
	}
	assert.Equal(t, []string{"c +2 past 1 behind 0", "b -1 past 0 behind 1"}, moves)
	require.NotEmpty(t, r.Groups[0].Causes)
	first := r.Groups[0].Causes[0]
	assert.Equal(t, "removed C -3.15 lost 3 gained 0", fmt.Sprintf("%s %s %s lost %d gained %d", first.Kind, first.Before.ID, first.Mean, first.Lost, first.Gained))
}

// Who answers too little is ranked under the laxer set only.
func TestEntering(t *testing.T) {
	round := oldRound(t)
	sub := round.Submissions["d"]
	sub.Answers.Drop(submission.Key{Indicator: "C", Input: "value"})
	strict := load(t, edition, "scale: points", "scale: points\nmissing: {answer: zero, max_share: 0.2}")
	r := rehearsal.Rehearse(round, strict)
	entering := r.Groups[0].Entering()
	require.Len(t, entering, 1)
	assert.Equal(t, "d", entering[0].Now.Agency.Code)
	assert.Equal(t, 0, entering[0].Moved())
	assert.False(t, entering[0].Rerated())
	assert.Equal(t, 3, r.Groups[0].Now.Ranked)
	overtook, overtaken := r.Passed("d")
	assert.Equal(t, 0, overtook+overtaken)
	addsUp(t, r)
}

func TestReasons(t *testing.T) {
	r := rehearsal.Rehearse(oldRound(t), load(t, edition, "{from: 5, share: 1}", "{from: 8, share: 1}", "name: {en: Speed}, points: 5", "name: {en: Net speed}, points: {dept: 5, ward: 4}"))
	en := locale.MustFor("en")
	for _, p := range r.Why("a") {
		var words []string
		for _, c := range r.Reasons(p, "dept") {
			words = append(words, en.Note(c.Note()))
		}
		assert.Equal(t, []string{"scored by: 5 or more: 100% → 8 or more: 100%"}, words, "neither its name nor the points of wards")
	}
	assert.Empty(t, r.Reasons(rehearsal.Part{Kind: rehearsal.Rounded}, "dept"))
	for kind := rehearsal.Kept; kind <= rehearsal.Rounded; kind++ {
		assert.NotEqual(t, "invalid", kind.String())
	}
	assert.Equal(t, "invalid", rehearsal.PartKind(0).String())
}

func TestExtremes(t *testing.T) {
	told := func(set *criteria.Set) []string {
		var all []string
		for _, x := range rehearsal.Rehearse(oldRound(t), set).Groups[0].Extremes {
			all = append(all, fmt.Sprintf("%s %d full %t before %t new %t", x.Indicator.ID, x.Agencies, x.Full, x.Before, x.New))
		}
		return all
	}
	assert.Empty(t, told(load(t, edition)))
	assert.Equal(t, []string{"B 4 full true before false new false"}, told(load(t, edition, "{from: 3, share: 0.6}, {from: 5", "{from: 2, share: 0.6}, {from: 3")))
	assert.Equal(t, []string{"B 4 full false before false new false"}, told(load(t, edition, "{from: 3, share: 0.6}, {from: 5", "{from: 30, share: 0.6}, {from: 50")))
	easy := "      - {id: E, name: {en: New}, points: 4, score: {kind: per_unit, of: figures.staff, each: 0.1}}\n      - {id: C,"
	assert.Equal(t, []string{"E 4 full true before false new true"}, told(load(t, edition, "      - {id: C,", easy)))

	round := oldRound(t)
	round.Set = load(t, edition, "{from: 3, share: 0.6}, {from: 5", "{from: 2, share: 0.6}, {from: 3")
	x := rehearsal.Rehearse(round, round.Set).Groups[0].Extremes
	require.Len(t, x, 1)
	assert.True(t, x[0].Before && !x[0].New)
}

// The totals of departments are 18, 16, 12 and 10.5: the squares of their distances from the mean add up to 36.1875, and
// for A, whose points are 5, 5, 5 and 1.5, the products of the distances to 12.6875.
func TestWeights(t *testing.T) {
	g := rehearsal.Rehearse(oldRound(t), load(t, edition)).Groups[0]
	require.True(t, g.Spread)
	told := map[string]string{}
	sum := decimal.Decimal{}
	for _, w := range g.Weights {
		require.True(t, w.Known)
		if w.Pillar != nil {
			told[w.Pillar.ID] = w.Nominal.String() + " " + w.Effective.Round(6).String()
			continue
		}
		sum = sum.Add(w.Effective)
		told[w.Indicator.ID] = w.Nominal.String() + " " + w.Effective.Round(6).String()
	}
	assert.Equal(t, map[string]string{
		"P": "0.5 0.564767", "A": "0.25 0.350604", "B": "0.25 0.214162", "Q": "0.5 0.435233", "C": "0.3 0.352332", "D": "0.2 0.082902",
	}, told)
	assert.Equal(t, "1", sum.Round(9).String(), "effective weights of a sum are 1 together")
	var astray []string
	for _, w := range g.Astray() {
		astray = append(astray, w.Indicator.ID)
	}
	assert.Equal(t, []string{"D"}, astray)

	flat := oldRound(t)
	for code := range flat.Submissions {
		flat.Submissions[code] = flat.Submissions["a"]
	}
	g = rehearsal.Rehearse(flat, flat.Set).Groups[0]
	assert.False(t, g.Spread)
	assert.False(t, g.Weights[0].Known)
	assert.False(t, g.Weights[0].Astray())
	times, least := rehearsal.Much()
	assert.Equal(t, "2 0.02", times.String()+" "+least.String())
}

// Where a pillar multiplies, its parts cannot be told apart; what nobody answered has no part in nominal weights.
func TestWeightsOfOtherCombinations(t *testing.T) {
	product := []string{"    name: {en: People}\n", "    name: {en: People}\n    combine: geometric\n    points: 10\n", "points: 6, ", "weight: 3, ", "points: 4, ", ""}
	g := rehearsal.Rehearse(oldRound(t), load(t, edition, product...)).Groups[0]
	told := map[string]string{}
	sum := decimal.Decimal{}
	for _, w := range g.Weights {
		switch {
		case w.Pillar != nil:
			sum = sum.Add(w.Effective)
			told[w.Pillar.ID] = fmt.Sprintf("%s %t", w.Nominal, w.Known)
		default:
			told[w.Indicator.ID] = fmt.Sprintf("%s %t", w.Nominal, w.Known)
		}
	}
	assert.Equal(t, map[string]string{"P": "0.5 true", "A": "0.25 true", "B": "0.25 true", "Q": "0.5 true", "C": "0.375 false", "D": "0.125 false"}, told)
	assert.Equal(t, "1", sum.Round(3).String())

	set := load(t, edition, "      - {id: C,", "      - {id: E, name: {en: New}, points: 5, score: {kind: yes_no}}\n      - {id: C,")
	g = rehearsal.Rehearse(oldRound(t), set).Groups[0]
	assert.Equal(t, "0.2", g.Uncovered.String())
	assert.Equal(t, "0.5", g.Weights[0].Nominal.String())
	all := scoring.NominalOf(set, "dept", nil)
	assert.Equal(t, "0.2 0.6", all.Indicators["E"].Decimal(4).String()+" "+all.Pillars["Q"].Decimal(4).String())
}

// TestPartsOfAnything: whatever two sets say, the parts of the change of a total are the change, rounding leaves next to
// nothing, and a set against itself moves nobody.
func TestPartsOfAnything(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		draw := func(label string) string {
			pick := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(rt, label+name) }
			points := func(name string) string { return fmt.Sprint(rapid.IntRange(1, 9).Draw(rt, label+name)) }
			return strings.NewReplacer(
				"points: 5, inputs", "points: "+points("A")+", inputs", "points: 5, not", "points: "+points("B")+", "+pick("effect", "", "effect: bonus, ")+"not",
				"points: 6, ", pick("C", "points: "+points("C")+", ", "for: [ward], points: 3, "), "points: 4", "points: "+points("D"),
				"scale: points", pick("scale", "scale: points", "scale: 100", "scale: 50")+pick("policy", "", "\nmissing: {answer: skip}", "\ncaps: {bonus: 1}"),
				"{from: 5, share: 1}", pick("step", "{from: 5, share: 1}", "{from: 8, share: 1}"), "over: figures.staff", "over: figures.staff, target: "+pick("target", "1", "0.7"),
				"indicator: 2, total: 2", pick("rounding", "indicator: 2, total: 2", "indicator: 1, total: 2", "indicator: 2, total: 1"),
				"{id: D,", pick("lineage", "{id: D,", "{id: E, from: {id: D},", "{id: E,"),
			).Replace(edition)
		}
		round := oldRound(rt)
		before := load(rt, draw("before"))
		replayed := rehearsal.Rehearse(round, before) // brings the answers into the drawn set
		round.Set = before
		for _, code := range []string{"a", "b", "c", "d", "w"} {
			e, _ := replayed.After.Final(code)
			e.Submission.LeftOut = nil
			round.Submissions[code] = e.Submission
		}
		for _, code := range []string{"a", "b"} {
			hundredths := rapid.Int64Range(-400, 400).Draw(rt, "adjusted "+code)
			round.Cycle.Adjustments = append(round.Cycle.Adjustments, submission.Adjustment{Agency: code, Points: rule.Optional{Value: decimal.New(hundredths, -2), Set: true}})
		}
		r := rehearsal.Rehearse(round, load(rt, draw("after")))
		addsUp(rt, r)
		most := mostRounding(r)
		for _, s := range r.Groups[0].Shifts {
			for _, p := range r.Why(s.Now.Agency.Code) {
				if p.Kind == rehearsal.Rounded {
					require.True(rt, p.Points.Abs().LessThanOrEqual(most), "%s rounding, at most %s", p.Points, most)
				}
			}
		}
		same := rehearsal.Rehearse(round, before)
		for _, g := range same.Groups {
			assert.Empty(rt, g.Movers())
			assert.Empty(rt, g.Ratings())
			assert.Empty(rt, g.Causes)
			for _, s := range g.Shifts {
				assert.Empty(rt, same.Why(s.Now.Agency.Code))
			}
		}
	})
}

// mostRounding is the most that rounding can leave of a change in the first group: half a unit of each total, the earlier
// one on the newer scale, and of each part: of five indicators at most, re-basing, caps and adjustments.
func mostRounding(r *rehearsal.Rehearsal) decimal.Decimal {
	half := func(digits int32) decimal.Decimal { return decimal.New(5, -digits-1) }
	g := r.Groups[0]
	then := half(r.Before.Round.Set.Rounding.Total.N).Mul(g.Of).DivRound(g.WasOf, 6)
	return then.Add(half(r.After.Round.Set.Rounding.Total.N)).Add(half(r.Digits).Mul(decimal.NewFromInt(8))).Add(decimal.New(1, -6))
}

// What was decided beside the answers goes along, on the scale and with the ratings of the other set.
func TestAdjustmentsAreCarried(t *testing.T) {
	points := func(code, p string) submission.Adjustment {
		v, _ := num(p).Number()
		return submission.Adjustment{Agency: code, Points: rule.Optional{Value: v, Set: true}}
	}
	round := oldRound(t)
	round.Cycle.Adjustments = []submission.Adjustment{points("a", "-3"), points("b", "5"), {Agency: "b", RatingCap: "weak"}}
	r := rehearsal.Rehearse(round, load(t, edition, "scale: points", "scale: 100", "{id: weak,", "{id: poor,"))
	assert.Equal(t, "b 1→1 20→100, a 2→2 15→75, c 3→3 12→60, d 4→4 10.5→52.5", places(r.Groups[0]))
	assert.Equal(t, "poor", r.Groups[0].Shifts[0].Now.Rating)
	assert.Empty(t, r.Groups[0].Ratings(), "the cap is that of the rating which took its place")
	assert.Empty(t, r.Why("a"), "on another scale nothing changes")
	assert.Empty(t, r.Why("b"))

	round.Set = load(t, edition, "scale: points", "scale: 100")
	r = rehearsal.Rehearse(round, load(t, edition))
	was, _ := r.Before.Result("a")
	now, _ := r.After.Result("a")
	assert.Equal(t, "87 17.4", was.Score.String()+" "+now.Score.String(), "three of a hundred points are 0.6 of twenty")

	round = oldRound(t)
	round.Cycle.Adjustments = []submission.Adjustment{points("b", "5")}
	r = rehearsal.Rehearse(round, load(t, edition, "from: 3, share: 0.6", "from: 3, share: 0.2"))
	assert.Equal(t, []string{"capped 1", "kept B -2 (weight 0, judged -2)"}, why(t, r, "b"), "the ceiling held 1 of 5 points back")
}

// large is a round of many agencies and indicators, half of whose points change.
func large(b *testing.B, agencies, indicators int) (*submission.Round, *criteria.Set) {
	b.Helper()
	text := func(each string) string {
		var s strings.Builder
		s.WriteString("schema: dti.criteria/v1\nid: big\nversion: \"1\"\ntitle: {en: Big}\nlanguages: [en]\ngroups: {ward: {en: Wards}}\nrounding: {indicator: 2, total: 2}\npillars:\n")
		for i := range indicators {
			if i%10 == 0 {
				fmt.Fprintf(&s, "  - id: P%d\n    name: {en: P}\n    indicators:\n", i)
			}
			fmt.Fprintf(&s, "      - {id: I-%d, name: {en: I}, points: %d, inputs: {n: {name: {en: N}, type: count}, of: {name: {en: Of}, type: count}}, score: {kind: ratio, of: n, over: of, target: %s}}\n", i, i%3+1, each)
		}
		return s.String()
	}
	round := &submission.Round{Set: load(b, text("0.8")), Submissions: map[string]submission.Submission{}}
	for i := range agencies {
		code := fmt.Sprintf("w%05d", i)
		s := submission.Submission{Agency: code, Sent: true, Answers: submission.NewAnswers(round.Set)}
		for j := range indicators {
			id := fmt.Sprintf("I-%d", j)
			s.Answers.Put(submission.Key{Indicator: id, Input: "n"}, submission.Answer{Value: rule.NumberOf(decimal.NewFromInt(int64((i*7 + j*13) % 101)))})
			s.Answers.Put(submission.Key{Indicator: id, Input: "of"}, submission.Answer{Value: rule.NumberOf(decimal.NewFromInt(100))})
		}
		round.Agencies = append(round.Agencies, submission.Agency{Code: code, Group: "ward"})
		round.Submissions[code] = s
	}
	return round, load(b, text("0.9"))
}

func BenchmarkRehearse(b *testing.B) {
	round, after := large(b, 1_000, 120)
	b.ReportAllocs()
	for b.Loop() {
		rehearsal.Rehearse(round, after)
	}
}

func ExampleRehearse() {
	t := &testing.T{}
	r := rehearsal.Rehearse(oldRound(t), load(t, edition, "{from: 5, share: 1}", "{from: 8, share: 1}"))
	for _, s := range r.Groups[0].Movers() {
		fmt.Println(s.Now.Agency.Code, s.Was.Rank, "→", s.Now.Rank)
	}
	for _, p := range r.Why("a") {
		fmt.Println(p.After.ID, p.Points)
	}
	// Output:
	// b 2 → 1
	// B -2
}

// A total that is a product of pillars has one part; what an indicator is worth of the total is known all the same.
func TestTotalsThatAreNoSum(t *testing.T) {
	product := load(t, edition, "scale: points", "scale: 100\ncombine: geometric")
	r := rehearsal.Rehearse(oldRound(t), product)
	addsUp(t, r)
	assert.Equal(t, []string{"pillar  -0.56"}, why(t, r, "a"), "the mean of 20 points, 90, is now √(1 × 0.8), 89.44")
	known := 0
	for _, w := range r.Groups[0].Weights {
		if w.Known {
			known++
		}
	}
	assert.Equal(t, 0, known)

	back := oldRound(t)
	back.Set = product
	addsUp(t, rehearsal.Rehearse(back, load(t, edition, "scale: points", "scale: 100")))

	r = rehearsal.Rehearse(oldRound(t), load(t, edition, "points: 4", "points: 24"))
	for _, p := range r.Why("a") {
		if p.After != nil && p.After.ID == "D" {
			was, now := r.Nominal(p, "dept")
			assert.Equal(t, "0.2 0.6", was.Decimal(6).String()+" "+now.Decimal(6).String())
		}
	}
}

// Who draws level, or loses a shared rank, has passed nobody and been passed by nobody.
func TestLevelled(t *testing.T) {
	r := rehearsal.Rehearse(oldRound(t), load(t, edition, "{from: 5, share: 1}", "{from: 8, share: 1}"))
	told := func(r *rehearsal.Rehearsal, code string) string {
		overtook, overtaken := r.Passed(code)
		reached, left := r.Levelled(code)
		return fmt.Sprintf("past %d behind %d reached %d left %d", overtook, overtaken, reached, left)
	}
	assert.Equal(t, "past 0 behind 0 reached 1 left 0", told(r, "b"), "level with a now")
	assert.Equal(t, "past 0 behind 0 reached 0 left 0", told(r, "a"))

	round := oldRound(t)
	round.Submissions["b"] = round.Submissions["a"]
	r = rehearsal.Rehearse(round, load(t, edition, "rounding:", "ranking: {ties: unique}\nrounding:"))
	assert.Equal(t, "past 0 behind 0 reached 0 left 1", told(r, "b"), "shared the first rank")
	assert.Equal(t, "past 0 behind 0 reached 0 left 0", told(r, "nobody"))
}

// A pillar that is no sum is the same under another id, so that its name moves nothing.
func TestRenamedPillarThatIsNoSum(t *testing.T) {
	mean := load(t, edition, "  - id: Q\n", "  - id: Q\n    combine: min\n    points: 10\n", "points: 6, score: {kind: yes_no}", "score: {kind: yes_no}", "name: {en: Portal}, points: 4,", "name: {en: Portal},")
	round := oldRound(t)
	round.Set = mean
	renamed := load(t, string(mean.YAML), "- id: Q\n", "- id: R\n")
	r := rehearsal.Rehearse(round, renamed)
	assert.Empty(t, r.Groups[0].Causes)
	assert.Empty(t, r.Why("a"))

	r = rehearsal.Rehearse(oldRound(t), mean)
	var whole rehearsal.Part
	for _, p := range r.Why("a") {
		if p.Kind == rehearsal.Whole {
			whole = p
		}
	}
	require.NotNil(t, whole.Pillar)
	assert.Nil(t, whole.PillarBefore)
	reasons := r.Reasons(whole, "dept")
	require.Len(t, reasons, 1)
	assert.Equal(t, "combine", reasons[0].Kind)
	addsUp(t, r)
}

// Ratings of other ids with the same names are the same.
func TestRenamedRatings(t *testing.T) {
	r := rehearsal.Rehearse(oldRound(t), load(t, edition, "{id: good,", "{id: a,", "{id: weak,", "{id: b,"))
	assert.Empty(t, r.Groups[0].Ratings())
	r = rehearsal.Rehearse(oldRound(t), load(t, edition, "{id: good, name: {en: Good}, from: 70}, ", ""))
	assert.Len(t, r.Groups[0].Ratings(), 2)
}

// The mean change is what the means printed beside it differ by, on one scale and with one precision.
func TestMeansAgree(t *testing.T) {
	for name, replace := range map[string][]string{
		"rounding": {"rounding: {indicator: 2, total: 2}", "rounding: {indicator: 0, total: 0}"},
		"scale":    {"scale: points", "scale: 1000"},
	} {
		t.Run(name, func(t *testing.T) {
			r := rehearsal.Rehearse(oldRound(t), load(t, edition, replace...))
			g := r.Groups[0]
			assert.True(t, g.Mean.Sub(g.Then).Equal(g.Change))
			assert.True(t, g.Mean.Equal(g.Mean.Round(r.Digits)))
			assert.Equal(t, 4, g.Both)
			assert.Equal(t, "14.13", g.Published.StringFixed(2))
			for _, s := range g.Shifts {
				assert.True(t, s.Now.Score.Sub(s.Then).Equal(s.Change), s.Now.Agency.Code)
			}
		})
	}
}

// Losers lose by what the indicator is worth, the one to which it does not apply gains by the policy.
func TestWays(t *testing.T) {
	round := oldRound(t)
	round.Submissions["a"].Answers.Put(submission.Key{Indicator: "B", Input: "value"}, submission.Answer{Value: rule.NotApplicableValue()})
	r := rehearsal.Rehearse(round, load(t, edition, "rounding:", "not_applicable: full\nrounding:", "points: 5, inputs", "points: 25, inputs", "scale: points", "scale: 20"))
	for _, c := range r.Groups[0].Causes {
		if c.After == nil || c.After.ID != "B" {
			continue
		}
		assert.Equal(t, rehearsal.Way{Judged: true, Inapplicable: true}, c.Up)
		assert.Equal(t, rehearsal.Way{Weight: true}, c.Down)
		assert.Equal(t, 1, c.Gained)
		require.Len(t, r.General(c.Up), 1)
		assert.Equal(t, "not-applicable", r.General(c.Up)[0].Kind)
		return
	}
	t.Fatal("B moved nobody")
}

// What nobody answered tells nobody apart for want of answers; what applies to nobody has no effective weight.
func TestNobody(t *testing.T) {
	round := oldRound(t)
	round.Submissions = map[string]submission.Submission{}
	r := rehearsal.Rehearse(round, load(t, edition, "{id: C, name", "{id: C, when: island, name"))
	require.NotEmpty(t, r.Groups[0].Extremes)
	for _, x := range r.Groups[0].Extremes {
		assert.True(t, x.Unanswered, x.Indicator.ID)
	}
	r = rehearsal.Rehearse(oldRound(t), load(t, edition, "{id: C, name", "{id: C, when: island, name"))
	for _, w := range r.Groups[0].Weights {
		if w.Nobody {
			assert.Equal(t, "C", w.Indicator.ID)
			assert.False(t, w.Astray())
			return
		}
	}
	t.Fatal("C applies to somebody")
}
