package rule_test

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria/rule"
)

// A workings is a spreadsheet in which a judge writes itself: a column of cells.
type workings struct {
	in          rule.Inputs
	cells       []any // a string is a formula
	known       map[string]string
	expressions []string
}

var _ rule.Cells = (*workings)(nil)

func newWorkings(in rule.Inputs) *workings { return &workings{in: in, known: map[string]string{}} }

func (w *workings) add(v any) string {
	w.cells = append(w.cells, v)
	return fmt.Sprintf("Calc!$A$%d", len(w.cells))
}

// once adds a cell the first time that it is asked for.
func (w *workings) once(key string, v any) string {
	if _, ok := w.known[key]; !ok {
		w.known[key] = w.add(v)
	}
	return w.known[key]
}

func (w *workings) State(input string) string {
	v, state := w.in(input), 1
	switch {
	case v.IsInvalid():
		state = 4
	case v.IsNotApplicable():
		state = 3
	case v.IsMissing():
		state = 2
	}
	return w.once("state "+input, state)
}

func (w *workings) Number(input string) string {
	v, number := w.in(input), 0.0
	if d, ok := v.Number(); ok {
		number = d.InexactFloat64()
	}
	if yes, ok := v.Yes(); ok && yes {
		number = 1
	}
	if day, ok := v.Day(); ok {
		number = float64(serial(day))
	}
	return w.once("number "+input, number)
}

// serial counts days as spreadsheets do.
func serial(day rule.Date) int {
	t, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		panic(err)
	}
	return int(t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24)
}

func (w *workings) Ticked(input, option string) string {
	ids, _ := w.in(input).Options()
	ticked := 0
	if slices.Contains(ids, option) {
		ticked = 1
	}
	return w.once("option "+input+" "+option, ticked)
}

func (w *workings) Put(expression string) string {
	w.expressions = append(w.expressions, expression)
	return w.add(expression)
}

// computed are the status and the points, rounded to 9 decimals, that the spreadsheet computes.
func (w *workings) computed(t require.TestingT, f rule.Formula) (rule.Status, decimal.Decimal) {
	status, earned := w.add(f.Status), w.add("ROUND("+f.Points+",9)")
	book := excelize.NewFile()
	defer func() { require.NoError(t, book.Close()) }()
	require.NoError(t, book.SetSheetName("Sheet1", "Calc"))
	for i, v := range w.cells {
		ref := fmt.Sprintf("A%d", i+1)
		if formula, ok := v.(string); ok {
			require.NoError(t, book.SetCellFormula("Calc", ref, formula))
			continue
		}
		require.NoError(t, book.SetCellValue("Calc", ref, v))
	}
	value := func(ref string) decimal.Decimal {
		ref = strings.ReplaceAll(strings.TrimPrefix(ref, "Calc!"), "$", "")
		text, err := book.CalcCellValue("Calc", ref, excelize.Options{RawCellValue: true})
		require.NoError(t, err, "status %s, points %s, cells %v", f.Status, f.Points, w.cells)
		d, err := decimal.NewFromString(text)
		require.NoError(t, err, "status %s, points %s, cells %v", f.Status, f.Points, w.cells)
		return d
	}
	return rule.Status(value(status).IntPart()), value(earned).Round(9)
}

// sameAs asserts that the spreadsheet judges as the judge does.
func sameAs(t require.TestingT, judge rule.Judge, in rule.Inputs, full, within decimal.Decimal) {
	want := judge.Judge(in)
	w := newWorkings(in)
	f := judge.Formula(w, full)
	status, earned := w.computed(t, f)
	said := fmt.Sprintf("%v\nstatus %s\npoints %s\ncells %v", want.Note, f.Status, f.Points, w.cells)
	require.Equal(t, want.Status, status, said)
	if want.Status == rule.Scored {
		exact := want.Share.Of(full, 15)
		off := exact.Sub(earned).Abs()
		require.True(t, off.LessThanOrEqual(within), "%s, want %s of %s: %s", earned, exact, full, said)
	}
}

// drawn makes random rules and answers. Bounds, targets and answers come from few numbers, so that they often meet.
type drawn struct{ *rapid.T }

func (t drawn) pick(name string, list ...string) string {
	return rapid.SampledFrom(list).Draw(t.T, name)
}

func (t drawn) chance(name string) bool { return rapid.Bool().Draw(t.T, name) }

func (t drawn) bound() decimal.Decimal {
	return dec(t.pick("bound", "0.1", "0.3", "0.35", "0.5", "0.7", "0.80", "1", "0.999"))
}

func (t drawn) number() decimal.Decimal {
	switch t.pick("kind of number", "whole", "tenths", "some") {
	case "whole":
		return decimal.NewFromInt(int64(rapid.IntRange(-3, 300).Draw(t.T, "whole")))
	case "tenths":
		return decimal.New(int64(rapid.IntRange(-30, 400).Draw(t.T, "tenths")), -1)
	default:
		return dec(t.pick("some", "0", "1", "2", "3", "10", "100", "0.1", "0.2", "0.3", "0.7", "-0.1", "33.33"))
	}
}

func (t drawn) operand(most int) rule.Operand {
	var o rule.Operand
	for range rapid.IntRange(1, most).Draw(t.T, "terms") {
		o = append(o, rule.Term{Input: t.pick("input", "a", "b", "c", "d"), Negative: rapid.IntRange(0, 3).Draw(t.T, "minus") == 0})
	}
	return o
}

// over is an operand that is mostly above 0.
func (t drawn) over() rule.Operand {
	if t.chance("plain over") {
		return of("d")
	}
	return t.operand(3)
}

func (t drawn) maybeOver() rule.Operand {
	if t.chance("over") {
		return t.over()
	}
	return nil
}

func (t drawn) optional(name string) rule.Optional {
	if t.chance(name) {
		return rule.Optional{}
	}
	return rule.Optional{Value: t.bound(), Set: true}
}

func (t drawn) worth(b rule.Basis) rule.Worth {
	if b.Points != nil && t.chance("in points") {
		return earns(t.pick("points", "0.25", "0.5", "1", "1.2", "-0.4"))
	}
	return share(t.pick("share", "1", "0.75", "0.5", "0.33", "0", "-0.1"))
}

// options are up to five; in parts they are always five, because parts that read one input have the same options.
func (t drawn) options(b rule.Basis, depth int) []rule.Option {
	var list []rule.Option
	n := 5
	if depth == 0 {
		n = rapid.IntRange(1, 5).Draw(t.T, "options")
	}
	for i := range n {
		list = append(list, rule.Option{ID: fmt.Sprintf("o%d", i), Worth: t.worth(b)})
	}
	return list
}

func (t drawn) steps(b rule.Basis) []rule.Step {
	boundings := [][]rule.Bounding{{rule.From, rule.Above}, {rule.UpTo}, {rule.By}}
	allowed := rapid.SampledFrom(boundings).Draw(t.T, "direction")
	var list []rule.Step
	for range rapid.IntRange(1, 5).Draw(t.T, "steps") {
		s := rule.Step{Bounding: rapid.SampledFrom(allowed).Draw(t.T, "bounding"), Bound: t.bound(), Worth: t.worth(b)}
		if s.Bounding == rule.By {
			s.Bound, s.Day = decimal.Decimal{}, t.day()
		} else if t.chance("whole bound") {
			s.Bound = t.number()
		}
		list = append(list, s)
	}
	return list
}

func (t drawn) day() rule.Date {
	return rule.Date(t.pick("day", "2024-02-29", "2025-01-30", "2025-01-31", "2025-02-01", "2025-12-31"))
}

func (t drawn) parts(b rule.Basis, depth int) []rule.Part {
	kinds := slices.DeleteFunc(rule.Kinds(), func(kind string) bool {
		needsPoints := kind == "per_unit" || kind == "deduct" || kind == "points"
		return needsPoints && b.Points == nil || depth > 1 && strings.HasSuffix(kind, "_of")
	})
	var list []rule.Part
	for i := range rapid.IntRange(1, 4).Draw(t.T, "parts") {
		p := rule.Part{ID: fmt.Sprintf("p%d", i), Worth: share(t.pick("part", "1", "0.75", "0.5", "0.3"))}
		own := b
		if b.Points != nil {
			if t.chance("part in points") {
				p.Worth = earns(t.pick("part points", "0.3", "0.7", "1"))
			}
			worth, _ := p.Of(b.Points)
			full := worth.Of(*b.Points, 9)
			own.Points = &full
		}
		p.Score = t.rule(t.pick("kind", kinds...), own, depth+1)
		list = append(list, p)
	}
	return list
}

// rule makes a rule of a kind with settings that can be judged.
func (t drawn) rule(kind string, b rule.Basis, depth int) rule.Rule {
	better := func() string { return t.pick("better", "higher", "lower") }
	switch kind {
	case "yes_no":
		return &rule.YesNoRule{Of: of("yes")}
	case "choice":
		return &rule.ChoiceRule{Of: of("choice"), Options: t.options(b, depth)}
	case "checklist":
		return &rule.Checklist{Of: of("choices"), Options: t.options(b, depth), Need: t.pick("need", "", "all")}
	case "ratio":
		r := &rule.Ratio{Of: t.operand(3), Over: t.over(), Target: t.optional("target"), NothingBelow: t.optional("below")}
		r.IfZero = t.pick("if zero", "", "full", "zero", "not_applicable")
		return r
	case "steps":
		r := &rule.Steps{Of: t.operand(2), Steps: t.steps(b)}
		if r.Steps[0].Bounding == rule.By {
			r.Of = of("day")
		} else {
			r.Over = t.maybeOver()
		}
		return r
	case "per_unit":
		return &rule.PerUnit{Of: t.operand(2), Each: t.bound()}
	case "deduct":
		return &rule.Deduct{Parts: []rule.Deduction{{Of: t.operand(2), Each: t.bound()}, {Of: t.operand(1), Each: t.bound()}}}
	case "linear":
		r := &rule.Linear{Of: t.operand(2), Worst: t.number(), Best: t.number(), Scale: t.pick("scale", "linear", "log")}
		if r.Scale == "log" {
			r.Worst, r.Best = r.Worst.Abs().Add(t.bound()), r.Best.Abs().Add(t.bound())
		}
		return r
	case "best":
		return &rule.Best{Of: t.operand(2), Over: t.maybeOver()}
	case "minmax":
		return &rule.MinMax{Of: t.operand(2), Over: t.maybeOver(), Better: better(), Lowest: t.optional("lowest")}
	case "percentile":
		// Its round is never known here: with it the judge says more than a form can.
		return &rule.Percentile{Of: t.operand(2), Over: t.maybeOver(), Better: better(), Within: "round"}
	case "points":
		return &rule.PointsRule{Of: t.operand(2)}
	case "sum_of":
		return &rule.SumOf{Parts: t.parts(b, depth)}
	case "best_of":
		return &rule.BestOf{Parts: t.parts(b, depth)}
	}
	panic("a kind without settings to draw: " + kind)
}

// answers draws what an agency entered for all inputs of the rules above. Mostly everything can be read. Kinds that
// compare quantities meet sums of money too; nobody deducts points for each of a trillion.
func (t drawn) answers(kind string) answers {
	number := t.number
	if slices.Contains([]string{"ratio", "steps", "best", "minmax"}, kind) && t.chance("money") {
		number = func() decimal.Decimal { return decimal.New(int64(rapid.IntRange(1, 90000).Draw(t.T, "money")), 8) }
	}
	numbers := map[string]decimal.Decimal{"a": number(), "b": number(), "c": number(), "d": number()}
	if t.chance("tie") {
		numbers["a"] = numbers["d"].Mul(t.bound())
	}
	if t.chance("at bound") {
		numbers = map[string]decimal.Decimal{"a": t.bound(), "b": t.bound(), "c": t.bound(), "d": t.bound()}
	}
	a := answers{"yes": t.chance("yes"), "day": t.day(), "choice": []string{t.pick("choice", "o0", "o1", "o2", "o3", "o4")}}
	for name, d := range numbers {
		a[name] = rule.NumberOf(d)
	}
	a["choices"] = rapid.SliceOfDistinct(rapid.SampledFrom([]string{"o0", "o1", "o2", "o3", "o4"}), rapid.ID).Draw(t.T, "choices")
	clean := t.chance("all can be read")
	for _, name := range slices.Sorted(maps.Keys(a)) {
		if clean {
			break
		}
		switch rapid.IntRange(0, 7).Draw(t.T, "state of "+name) {
		case 0:
			a[name] = rule.InvalidValue()
		case 1, 2:
			a[name] = rule.NotApplicableValue()
		case 3, 4:
			a[name] = rule.Value{}
		}
	}
	return a
}

// known leaves out ticked options that the rule does not have: a spreadsheet never sees those, their state is 4.
func known(r rule.Rule, a answers) rule.Inputs {
	for _, input := range []string{"choice", "choices"} {
		ids, ok := a[input].([]string)
		var options []rule.Option
		if c, is := r.(rule.Chooser); is {
			options = c.OptionsFor(input)
		}
		unknown := func(id string) bool {
			return !slices.ContainsFunc(options, func(o rule.Option) bool { return o.ID == id })
		}
		if ok && slices.ContainsFunc(ids, unknown) {
			a[input] = rule.InvalidValue()
		}
	}
	return a.inputs()
}

func (t drawn) basis(kind string) rule.Basis {
	var b rule.Basis
	if kind == "per_unit" || kind == "deduct" || kind == "points" || t.chance("has points") {
		b.Points = points(t.pick("points", "1", "1.5", "2", "3", "12.5", "45"))
		b.Min = dec(t.pick("min", "0", "-0.4", "-1"))
	}
	if !t.chance("no cohort") {
		b.Group = []rule.Inputs{}
		for range rapid.IntRange(0, 3).Draw(t.T, "cohort") {
			b.Group = append(b.Group, t.answers(kind).inputs())
		}
	}
	return b
}

// A spreadsheet that holds the formula of any rule says what the judge says: the same status, and the same points to
// nine decimals, but for what logarithms leave open.
func TestFormulaJudgesAsTheJudge(t *testing.T) {
	for _, kind := range rule.Kinds() {
		t.Run(kind, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				d := drawn{rt}
				b := d.basis(kind)
				r := d.rule(kind, b, 0)
				full := decimal.NewFromInt(1)
				if b.Points != nil {
					full = *b.Points
				}
				if rapid.IntRange(0, 9).Draw(rt, "other points") == 0 {
					full = dec("7.3")
				}
				within := nineDigits().Add(full.Mul(decimal.NewFromFloat(offByLogarithms(r))))
				sameAs(rt, r.Fit(b), known(r, d.answers(kind)), full, within)
			})
		})
	}
}

// nineDigits is how far off a number rounded to nine decimals may be: a half of the last, and a trace more because floats
// do not hold every such half.
func nineDigits() decimal.Decimal { return dec("0.0000000005001") }

// offByLogarithms is how far off the share of a rule may be because it takes logarithms: the judge keeps 12 significant
// digits of such a share, and both sides take differences of floats, which are far off where the bounds are near. Parts
// are worth no more than all.
func offByLogarithms(r rule.Rule) float64 {
	var parts []rule.Part
	switch r := r.(type) {
	case *rule.Linear:
		if r.Scale != "log" || r.Worst.Equal(r.Best) {
			return 0
		}
		return 5e-13 + 1e-14/math.Abs(math.Log(r.Best.InexactFloat64())-math.Log(r.Worst.InexactFloat64()))
	case *rule.SumOf:
		parts = r.Parts
	case *rule.BestOf:
		parts = r.Parts
	}
	off := 0.0
	for _, p := range parts {
		off += offByLogarithms(p.Score)
	}
	return off
}

// function names and brackets, from which the depth of a formula is counted.
var functionOrBracket = regexp.MustCompile(`[A-Z]*\(|\)`)

// withinLimits asserts what every spreadsheet program can take.
func withinLimits(t *testing.T, expression string) {
	t.Helper()
	require.Less(t, len(expression), 4000, "Excel takes 8,192 characters, and the form adds some of its own")
	depth := 0
	for _, found := range functionOrBracket.FindAllString(expression, -1) {
		if found == ")" {
			depth--
			continue
		}
		depth++
		require.Less(t, depth, 16, "Excel takes 64 levels: %s", expression)
		allowed := []string{"(", "IF(", "CHOOSE(", "MAX(", "MIN(", "SUM(", "ROUND(", "LN("}
		require.Contains(t, allowed, found, expression)
	}
	require.Zero(t, depth, expression)
	require.NotRegexp(t, `[-+*/<>=][A-Z]+\(`, expression, "a function behind an operator, which excelize gets wrong")
	require.NotRegexp(t, `\d[eE]`, expression, "a number in scientific notation")
}

// Rules of any kind and size stay within the functions and the limits of spreadsheets, and still judge right.
func TestFormulaOfBigSettings(t *testing.T) {
	var list []rule.Option
	var rising, days []rule.Step
	var everything, nested []rule.Part
	var manyTerms []string
	first := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	const n = 120
	for i := range n {
		worth := rule.Worth{Share: rule.Optional{Value: decimal.NewFromInt(int64(i+1)).DivRound(decimal.NewFromInt(n), 12), Set: true}}
		list = append(list, rule.Option{ID: fmt.Sprintf("o%d", i), Worth: worth})
		rising = append(rising, rule.Step{Bounding: rule.From, Bound: decimal.New(int64(i), -3), Worth: worth})
		days = append(days, rule.Step{Bounding: rule.By, Day: rule.Date(first.AddDate(0, 0, -i).Format(time.DateOnly)), Worth: worth})
		manyTerms = append(manyTerms, fmt.Sprintf("n%d", i%50))
	}
	small := rule.Worth{Share: set("0.01")}
	rules := map[string]rule.Rule{
		"choice":     &rule.ChoiceRule{Of: of("choice"), Options: list},
		"checklist":  &rule.Checklist{Of: of("choices"), Options: list},
		"all needed": &rule.Checklist{Of: of("choices"), Options: list, Need: "all"},
		"steps":      &rule.Steps{Of: of("a"), Over: of("b"), Steps: rising},
		"days":       &rule.Steps{Of: of("day"), Steps: days},
		"many terms": &rule.Ratio{Of: of(manyTerms...), Over: of(manyTerms[:70]...), NothingBelow: set("0.1")},
	}
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		for range 4 {
			everything = append(everything, rule.Part{Worth: small, Score: rules[name]})
		}
	}
	for range 20 {
		nested = append(nested, rule.Part{Worth: small, Score: &rule.BestOf{Parts: everything}})
	}
	rules["sum of"] = &rule.SumOf{Parts: everything}
	rules["nested"] = &rule.SumOf{Parts: nested}

	in := answers{"choice": []string{"o77"}, "choices": []string{"o3", "o50"}, "a": 2, "b": 100, "day": rule.Date("2024-12-20")}
	for i := range 50 {
		in[fmt.Sprintf("n%d", i)] = i
	}
	for name, r := range rules {
		t.Run(name, func(t *testing.T) {
			w := newWorkings(in.inputs())
			f := r.Fit(rule.Basis{Points: points("10")}).Formula(w, dec("10"))
			for _, expression := range append(w.expressions, f.Status, f.Points) {
				withinLimits(t, expression)
			}
			if name != "nested" {
				sameAs(t, r.Fit(rule.Basis{Points: points("10")}), in.inputs(), dec("10"), nineDigits())
			}
		})
	}
}

// Every kind stays within the functions and limits with usual settings too.
func TestFormulaFunctions(t *testing.T) {
	for name, r := range rising() {
		w := newWorkings(answers{}.inputs())
		f := r.Fit(rule.Basis{Points: points("20"), Min: dec("-2")}).Formula(w, dec("20"))
		for _, expression := range append(w.expressions, f.Status, f.Points) {
			t.Run(name, func(t *testing.T) { withinLimits(t, expression) })
		}
	}
}

func TestFormulaAtTheEdges(t *testing.T) {
	pair := func(a, b any) answers { return answers{"a": a, "b": b} }
	over := func(bound string) *rule.Ratio {
		return &rule.Ratio{Of: of("a"), Over: of("b"), NothingBelow: set(bound)}
	}
	ownCohort := []rule.Inputs{pair(4, 6).inputs()}
	worst := []rule.Part{
		part("a", share("1"), &rule.Steps{Of: of("a"), Steps: []rule.Step{from("0", share("-0.3")), from("5", share("1"))}}),
		part("b", share("1"), &rule.PointsRule{Of: of("b")}),
	}
	lowest := &rule.MinMax{Of: of("a"), Over: of("b"), Lowest: set("0.1")}
	for name, tc := range map[string]struct {
		judge rule.Judge
		in    answers
		full  string
	}{
		"a half of a hundredth":       {over("0").Fit(rule.Basis{}), pair(67, 300), "1.5"},
		"at a bound in floats":        {over("0.7").Fit(rule.Basis{}), pair("33.6", 48), "2"},
		"just below a bound":          {over("0.7").Fit(rule.Basis{}), pair("33.5999", 48), "2"},
		"billions at a bound":         {over("0.07").Fit(rule.Basis{}), pair("70000000000", "1000000000000"), "2"},
		"billions below a bound":      {over("0.07").Fit(rule.Basis{}), pair("69999999999", "1000000000000"), "2"},
		"a sum that floats miss":      {(&rule.Steps{Of: of("a", "b"), Steps: []rule.Step{from("0.3", share("1"))}}).Fit(rule.Basis{}), pair("0.1", "0.2"), "2"},
		"an over that floats miss":    {(&rule.Ratio{Of: of("a"), Over: of("a", "b", "-c"), IfZero: "zero"}).Fit(rule.Basis{}), answers{"a": "0.1", "b": "0.2", "c": "0.3"}, "2"},
		"above a bound, at it":        {(&rule.Steps{Of: of("a"), Over: of("b"), Steps: []rule.Step{above("0.7", share("1"))}}).Fit(rule.Basis{}), pair("33.6", 48), "2"},
		"above a bound in floats":     {(&rule.Steps{Of: of("a", "b"), Steps: []rule.Step{above("0.3", share("1"))}}).Fit(rule.Basis{}), pair("0.1", "0.2"), "2"},
		"one value, less is better":   {(&rule.MinMax{Of: of("a"), Better: "lower"}).Fit(rule.Basis{Group: ownCohort}), pair(4, 6), "2"},
		"the best is below 0":         {(&rule.BestOf{Parts: worst}).Fit(rule.Basis{Points: points("2"), Min: dec("-1")}), answers{"a": 0, "b": rule.NotApplicableValue()}, "2"},
		"over below 0":                {over("0").Fit(rule.Basis{}), pair(1, -1), "2"},
		"logarithm of 0":              {(&rule.Linear{Of: of("a"), Worst: dec("10"), Best: dec("1000"), Scale: "log"}).Fit(rule.Basis{}), pair(0, 0), "2"},
		"logarithm of less":           {(&rule.Linear{Of: of("a"), Worst: dec("1000"), Best: dec("10"), Scale: "log"}).Fit(rule.Basis{}), pair(-5, 0), "2"},
		"logarithms floats join":      {(&rule.Linear{Of: of("a"), Worst: dec("1"), Best: dec("1.00000000000000000001"), Scale: "log"}).Fit(rule.Basis{}), pair(2, 0), "2"},
		"one value, at it":            {lowest.Fit(rule.Basis{Group: []rule.Inputs{pair(2, 3).inputs()}}), pair(4, 6), "2"},
		"one value, below it":         {lowest.Fit(rule.Basis{Group: []rule.Inputs{pair(2, 3).inputs()}}), pair(1, 6), "2"},
		"a day late":                  {steps(by("2025-01-31", share("1"))).Fit(rule.Basis{}), answers{"value": rule.Date("2025-02-01")}, "2"},
		"on the day":                  {steps(by("2025-01-31", share("1"))).Fit(rule.Basis{}), answers{"value": rule.Date("2025-01-31")}, "2"},
		"a third of the points":       {chair().Fit(rule.Basis{Points: points("3")}), answers{"value": []string{"deputy"}}, "3"},
		"no option chosen":            {chair().Fit(rule.Basis{Points: points("3")}), answers{"value": []string{}}, "3"},
		"two options chosen":          {chair().Fit(rule.Basis{Points: points("3")}), answers{"value": []string{"deputy", "late"}}, "3"},
		"nothing to choose from":      {(&rule.ChoiceRule{Of: of("value")}).Fit(rule.Basis{}), answers{"value": []string{}}, "3"},
		"nothing needed":              {(&rule.Checklist{Of: of("value"), Need: "all"}).Fit(rule.Basis{}), answers{"value": []string{}}, "3"},
		"nothing ticked of nothing":   {(&rule.Checklist{Of: of("value")}).Fit(rule.Basis{}), answers{"value": []string{}}, "3"},
		"no parts":                    {sum().Fit(rule.Basis{}), answers{}, "3"},
		"the best of no parts":        {(&rule.BestOf{}).Fit(rule.Basis{}), answers{}, "3"},
		"no points":                   {sum(part("a", share("1"), &rule.YesNoRule{Of: of("a")})).Fit(rule.Basis{Points: points("0")}), answers{"a": true}, "0"},
		"the best of no points":       {centre().Fit(rule.Basis{Points: points("0")}), answers{"own": true}, "0"},
		"nothing deducted":            {(&rule.Deduct{}).Fit(rule.Basis{Points: points("3")}), answers{}, "3"},
		"units without points":        {(&rule.PerUnit{Of: of("a"), Each: dec("1")}).Fit(rule.Basis{}), pair(1, 1), "1"},
		"nothing to read: yes or no":  {(&rule.YesNoRule{}).Fit(rule.Basis{}), answers{}, "1"},
		"nothing to read: choice":     {(&rule.ChoiceRule{}).Fit(rule.Basis{}), answers{}, "1"},
		"nothing to read: checklist":  {(&rule.Checklist{}).Fit(rule.Basis{}), answers{}, "1"},
		"nothing to read: number":     {(&rule.Linear{Best: dec("1")}).Fit(rule.Basis{}), answers{}, "1"},
		"nothing to read: day":        {(&rule.Steps{Steps: []rule.Step{by("2025-01-31", share("1"))}}).Fit(rule.Basis{}), answers{}, "1"},
		"a part over 0 leaves":        {network().Fit(rule.Basis{Points: points("50")}), answers{"linked": 0, "units": 0, "apps": 3}, "50"},
		"a part over 0, others blank": {network().Fit(rule.Basis{Points: points("50")}), answers{"linked": 0, "units": 0}, "50"},
	} {
		t.Run(name, func(t *testing.T) { sameAs(t, tc.judge, tc.in.inputs(), dec(tc.full), nineDigits()) })
	}
}

// A fitted percentile stays pending in a form: the answers of the others are not in it.
func TestFormulaOfPercentileIsPending(t *testing.T) {
	r := &rule.Percentile{Of: of("value")}
	for name, tc := range map[string]struct {
		in     any
		status rule.Status
	}{
		"answered": {20, rule.Pending}, "blank": {nil, rule.Missing}, "unreadable": {rule.InvalidValue(), rule.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorkings(answers{"value": tc.in}.inputs())
			status, _ := w.computed(t, r.Fit(rule.Basis{Group: cohort(10, 40)}).Formula(w, dec("3")))
			assert.Equal(t, tc.status, status)
		})
	}
}

func TestEstimate(t *testing.T) {
	bound := func(name, value string) rule.Bound { return rule.Bound{Name: name, Value: dec(value)} }
	for name, tc := range map[string]struct {
		rule   rule.Estimator
		bounds []rule.Bound
		ok     bool
		share  string
	}{
		"best":                 {&rule.Best{Of: of("value")}, []rule.Bound{bound("best", "120")}, true, "0.25"},
		"best, none":           {&rule.Best{Of: of("value")}, nil, false, ""},
		"best, of another":     {&rule.Best{Of: of("value")}, []rule.Bound{bound("max", "120")}, false, ""},
		"minmax":               {&rule.MinMax{Of: of("value")}, []rule.Bound{bound("min", "20"), bound("max", "120")}, true, "0.1"},
		"minmax, lower":        {&rule.MinMax{Of: of("value"), Better: "lower"}, []rule.Bound{bound("min", "20"), bound("max", "120")}, true, "0.9"},
		"minmax, lowest":       {&rule.MinMax{Of: of("value"), Lowest: set("0.5")}, []rule.Bound{bound("min", "20"), bound("max", "120")}, true, "0.55"},
		"minmax, one value":    {&rule.MinMax{Of: of("value"), Better: "lower"}, []rule.Bound{bound("min", "30"), bound("max", "30")}, true, "1"},
		"minmax, one bound":    {&rule.MinMax{Of: of("value")}, []rule.Bound{bound("min", "20")}, false, ""},
		"minmax, wrong way":    {&rule.MinMax{Of: of("value")}, []rule.Bound{bound("min", "20"), bound("max", "10")}, false, ""},
		"minmax, other bounds": {&rule.MinMax{Of: of("value")}, []rule.Bound{bound("best", "20"), bound("max", "10")}, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			judge, ok := tc.rule.Estimate(tc.bounds)
			require.Equal(t, tc.ok, ok)
			if !ok {
				return
			}
			in := answers{"value": 30}.inputs()
			got := judge.Judge(in)
			assert.Equal(t, rule.Scored, got.Status)
			assert.Equal(t, tc.share, got.Share.Decimal(6).String())
			assert.Equal(t, tc.bounds, judge.(rule.Fitted).Fitted(), "as results.json will hold them again")
			sameAs(t, judge, in, dec("3"), nineDigits())
		})
	}
}
