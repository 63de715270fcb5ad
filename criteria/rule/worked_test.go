package rule_test

import (
	"maps"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
)

// asked are five agencies that are asked the inputs of a rule, each of the type that it reads first or of another.
func asked(r rule.Rule, other map[string]rule.Question) []rule.Questions {
	questions := map[string]rule.Question{}
	for _, read := range r.Reads() {
		questions[read.Input] = rule.Question{Type: read.Types[0]}
	}
	maps.Copy(questions, other)
	ask := func(name string) rule.Question { return questions[name] }
	return []rule.Questions{ask, ask, ask, ask, ask}
}

// A worked example earns part of the points wherever that is possible, and the judge says why.
func TestWork(t *testing.T) {
	number, percent := rule.Question{Type: rule.Number}, rule.Question{Type: rule.Percent}
	staff := rule.Question{Type: rule.Count, Answered: rule.NumberOf(dec("60"))}
	all := published()
	all.Need = "all"
	for name, tc := range map[string]struct {
		rule   rule.Rule
		points string
		other  map[string]rule.Question
		turn   int
		note   string
	}{
		"yes or no":         {rule: &rule.YesNoRule{Of: of("value")}, note: "Yes: 100%"},
		"choice":            {rule: chair(), points: "2", note: "Deputy: 50%"},
		"checklist":         {rule: published(), note: "2 of 3 items: 80% (lacking: report)"},
		"checklist, all":    {rule: all, note: "3 of 3 items: 100%"},
		"ratio":             {rule: &rule.Ratio{Of: of("computers"), Over: of("staff")}, note: "38/40 = 95%"},
		"ratio, next":       {rule: &rule.Ratio{Of: of("computers"), Over: of("staff")}, turn: 1, note: "54/60 = 90%"},
		"ratio of a figure": {rule: &rule.Ratio{Of: of("computers"), Over: of("staff")}, other: map[string]rule.Question{"staff": staff}, note: "57/60 = 95%"},
		"ratio with itself": {rule: &rule.Ratio{Of: of("online"), Over: of("online", "paper", "-void")}, note: "38/40 = 95%"},
		"ratio, target":     {rule: &rule.Ratio{Of: of("a"), Over: of("b"), Target: set("0.8"), NothingBelow: set("0.79")}, turn: 4, note: "159/200 = 79.5%, target 80%: 99.38% reached"},
		"ratio, differs":    {rule: &rule.Ratio{Of: of("late", "-excused"), Over: of("all")}, note: "38/40 = 95%"},
		"steps":             {rule: meetings(), note: "3 ≥ 3: 75%", other: map[string]rule.Question{"value": {Type: rule.Count}}},
		"steps of numbers":  {rule: meetings(), note: "3.5 ≥ 3: 75%", other: map[string]rule.Question{"value": number}},
		"steps, above":      {rule: steps(above("0", share("0.5")), above("3", share("1"))), note: "2 > 0: 50%"},
		"steps, one":        {rule: steps(above("90", share("1"))), note: "99 > 90: 100%"},
		"steps, down":       {rule: steps(upTo("0", share("1")), upTo("4", share("0.5"))), note: "2 ≤ 4: 50%"},
		"steps, days":       {rule: steps(by("2025-03-31", share("0.5")), by("2025-01-31", share("1"))), note: "26 March 2025, by 31 March 2025: 50%"},
		"steps, near days":  {rule: steps(by("2025-02-04", share("0.5")), by("2025-01-31", share("1"))), note: "2 February 2025, by 4 February 2025: 50%"},
		"steps, quotient":   {rule: &rule.Steps{Of: of("a"), Over: of("b"), Steps: []rule.Step{from("0.8", share("0.5")), from("1", share("1"))}}, note: "90% ≥ 80%: 50%"},
		"per unit":          {rule: &rule.PerUnit{Of: of("value"), Each: dec("0.5")}, points: "2", note: "3 × 0.5 = 1.5 points"},
		"per unit, one":     {rule: &rule.PerUnit{Of: of("value"), Each: dec("5")}, points: "2", note: "1 × 5 = 5, counted as 2 points"},
		"deduct":            {rule: reports(), points: "2", note: "2 − (1 × 0.25) = 1.75 points"},
		"linear":            {rule: &rule.Linear{Of: of("value"), Worst: dec("20"), Best: dec("85")}, other: map[string]rule.Question{"value": percent}, note: "69 on the scale from 20 to 85: 75.38%"},
		"linear, less":      {rule: &rule.Linear{Of: of("value"), Worst: dec("0.9"), Best: dec("0.1")}, other: map[string]rule.Question{"value": number}, note: "0.3 on the scale from 0.9 to 0.1: 75%"},
		"linear, log":       {rule: &rule.Linear{Of: of("value"), Worst: dec("100"), Best: dec("75000"), Scale: "log"}, note: "14,000 on the logarithmic scale from 100 to 75,000: 74.65%"},
		"best":              {rule: &rule.Best{Of: of("value")}, note: "45 against the highest, 60: 75%"},
		"best, quotient":    {rule: &rule.Best{Of: of("a"), Over: of("b")}, note: "75% against the highest, 100%: 75%"},
		"minmax":            {rule: &rule.MinMax{Of: of("value"), Better: "lower"}, other: map[string]rule.Question{"value": percent}, note: "75 within 50 and 100: 50%"},
		"percentile":        {rule: &rule.Percentile{Of: of("value"), Within: "round"}, note: "45, better than 2 of the 4 others: 50%"},
		"points":            {rule: &rule.PointsRule{Of: of("value")}, points: "5", other: map[string]rule.Question{"value": {Type: rule.Points}}, note: "3.75 of 5 points"},
		"points, few":       {rule: &rule.PointsRule{Of: of("value")}, points: "0.5", other: map[string]rule.Question{"value": {Type: rule.Points}}, note: "0.38 of 0.5 points"},
		"sum":               {rule: network(), points: "50", note: "38/40 = 95% → 42.75 points; 4 × 1 = 4 points"},
		"best of":           {rule: centre(), note: "the highest counts: No: 0% → 0%; Yes: 100% → 50%; 90/120 = 75% → 18.75%"},
		"bounds":            {rule: &rule.Best{Of: of("value")}, other: map[string]rule.Question{"value": {Type: rule.Count, Min: set("1000.5"), Max: set("1100.5")}}, note: "1,075 against the highest, 1,100: 97.73%"},
		"nothing above 0":   {rule: &rule.MinMax{Of: of("value")}, other: map[string]rule.Question{"value": {Type: rule.Number, Max: set("-10")}}, note: "−25 within −40 and −10: 50%"},
		"no bound below":    {rule: &rule.Best{Of: of("value")}, other: map[string]rule.Question{"value": {Type: rule.Number, Max: set("10")}}, note: "7.5 against the highest, 10: 75%"},
	} {
		t.Run(name, func(t *testing.T) {
			b := rule.Basis{}
			if tc.points != "" {
				b.Points, b.Min = points(tc.points), dec("-1")
			}
			e := rule.Work(tc.rule, b, asked(tc.rule, tc.other), tc.turn)
			assert.Equal(t, rule.Scored, e.Judgement.Status)
			assert.Equal(t, tc.note, locale.MustFor("en").Note(e.Judgement.Note))
			if rule.Relative(tc.rule) {
				assert.Len(t, e.Answers, 5)
			} else {
				assert.Len(t, e.Answers, 1)
			}
		})
	}
}

// Of whatever rule, the answers are of the types that are asked for and within their bounds, what is answered stays, and
// the judgement is the one that the rule gives of them.
func TestWorkAnswersWhatIsAsked(t *testing.T) {
	for _, kind := range rule.Kinds() {
		t.Run(kind, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				d := drawn{rt}
				b := d.basis(kind)
				r := d.rule(kind, b, 0)
				other := map[string]rule.Question{}
				for _, read := range r.Reads() {
					q := rule.Question{Type: rapid.SampledFrom(read.Types).Draw(rt, "type")}
					if q.Type.Numeric() && d.chance("bounds") {
						q.Min, q.Max = set("1"), set("90")
					}
					other[read.Input] = q
				}
				e := rule.Work(r, b, asked(r, other), rapid.IntRange(0, 99).Draw(rt, "turn"))
				for _, answers := range e.Answers {
					for name, v := range answers {
						require.True(rt, fits(other[name], v), name)
					}
				}
				if !rule.Relative(r) {
					again := r.Fit(b).Judge(func(name string) rule.Value { return e.Answers[0][name] })
					require.Equal(rt, again, e.Judgement)
				}
			})
		})
	}
}

// fits reports whether a value may be entered.
func fits(q rule.Question, v rule.Value) bool {
	if !q.Type.Numeric() {
		_, yes := v.Yes()
		_, ticked := v.Options()
		_, day := v.Day()
		return q.Type == rule.YesNo && yes || q.Type == rule.Day && day || (q.Type == rule.Choice || q.Type == rule.Choices) && ticked
	}
	n, ok := v.Number()
	switch {
	case !ok:
		return false
	case q.Type == rule.Count && (!n.IsInteger() || n.IsNegative()):
		return false
	case q.Type == rule.Percent && (n.IsNegative() || n.GreaterThan(decimal.NewFromInt(100))):
		return false
	default:
		return !q.Min.Set || n.GreaterThanOrEqual(q.Min.Value) && n.LessThanOrEqual(q.Max.Value)
	}
}

// What Check refuses is worked without a panic, and earns nothing.
func TestWorkOfNothing(t *testing.T) {
	for _, kind := range rule.Kinds() {
		r, _ := rule.New(kind)
		assert.NotPanics(t, func() { rule.Work(r, rule.Basis{}, asked(r, nil), 0) }, kind)
	}
	wide := &rule.Linear{Of: of("value"), Worst: dec("1e-900"), Best: dec("1e900"), Scale: "log"}
	assert.NotPanics(t, func() { rule.Work(wide, rule.Basis{}, asked(wide, nil), 0) })
	odd := steps(by("no day", share("1")))
	assert.NotPanics(t, func() { rule.Work(odd, rule.Basis{}, asked(odd, nil), 0) })
}

// What has a size is answered by it, so that the examples of one agency fit together.
func TestWorkOfSizes(t *testing.T) {
	staff := rule.Question{Type: rule.Count, Size: dec("60")}
	late := rule.Question{Type: rule.Count, Size: dec("10")}
	r := &rule.Ratio{Of: of("trained"), Over: of("staff", "late")}
	e := rule.Work(r, rule.Basis{}, asked(r, map[string]rule.Question{"staff": staff, "late": late}), 0)
	assert.Equal(t, "67/70 = 95.71%", locale.MustFor("en").Note(e.Judgement.Note))
	e = rule.Work(r, rule.Basis{}, asked(r, map[string]rule.Question{"staff": staff}), 0)
	assert.Equal(t, "38/40 = 95%", locale.MustFor("en").Note(e.Judgement.Note), "a sum of which one is not known")
}
