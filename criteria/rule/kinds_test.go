package rule_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
)

func TestKinds(t *testing.T) {
	assert.Equal(t, []string{
		"best", "best_of", "checklist", "choice", "deduct", "linear", "minmax", "per_unit",
		"percentile", "points", "ratio", "steps", "sum_of", "yes_no",
	}, rule.Kinds())
	_, ok := rule.New("magic")
	assert.False(t, ok)
}

// Every key of every kind decodes into the rule itself, so that what is decoded is what judges.
func TestKeys(t *testing.T) {
	for _, kind := range rule.Kinds() {
		t.Run(kind, func(t *testing.T) {
			r, ok := rule.New(kind)
			require.True(t, ok)
			assert.Equal(t, kind, r.Kind())
			seen := map[string]bool{}
			for _, k := range r.Keys() {
				assert.False(t, seen[k.Name], "%s twice", k.Name)
				seen[k.Name] = true
				switch k.Into.(type) {
				case *string:
					assert.NotEmpty(t, k.Words)
				case *decimal.Decimal, *rule.Optional, *[]rule.Option, *[]rule.Step, *[]rule.Part:
					assert.False(t, k.OnlyInput)
				case *rule.Operand, *[]rule.Deduction:
				default:
					t.Errorf("%s decodes into %T", k.Name, k.Into)
				}
			}
		})
	}
	r, _ := rule.New("linear")
	for _, k := range r.Keys() {
		if into, ok := k.Into.(*decimal.Decimal); ok && k.Name == "best" {
			*into = dec("85")
		}
	}
	assert.True(t, r.(*rule.Linear).Best.Equal(dec("85")))
}

func TestReads(t *testing.T) {
	paths := func(r rule.Rule) (list []string) {
		for _, read := range r.Reads() {
			list = append(list, read.At+" "+read.Input)
			assert.NotEmpty(t, read.Types)
		}
		return list
	}
	online := &rule.Ratio{Of: of("online"), Over: of("online", "paper", "-void")}
	assert.Equal(t, []string{"of online", "over[0] online", "over[1] paper", "over[2] void"}, paths(online))
	assert.Equal(t, []string{"parts[0].of late", "parts[1].of unsent"}, paths(reports()))
	assert.Equal(t, []string{"parts[0].score.of linked", "parts[0].score.over units", "parts[1].score.of apps"}, paths(network()))
	assert.Equal(t, []string{"parts[0].score.of own", "parts[1].score.of hired", "parts[2].score.of servers", "parts[2].score.over all"}, paths(centre()))
	for _, r := range []rule.Rule{
		&rule.Best{Of: of("a"), Over: of("b")}, &rule.MinMax{Of: of("a"), Over: of("b")}, &rule.Percentile{Of: of("a"), Over: of("b")},
	} {
		assert.Equal(t, []string{"of a", "over b"}, paths(r))
	}
	for _, r := range []rule.Rule{
		&rule.YesNoRule{Of: of("a")}, chair(), published(), meetings(), &rule.PerUnit{Of: of("a")}, &rule.Linear{Of: of("a")}, &rule.PointsRule{Of: of("a")},
	} {
		assert.Len(t, paths(r), 1)
	}

	assert.Empty(t, (&rule.YesNoRule{}).Reads(), "nothing is read before the only input is filled in")
	day := steps(by("2025-01-31", share("1")))
	assert.Equal(t, []rule.Read{{Input: "value", Types: []rule.Type{rule.Day}, At: "of"}}, day.Reads())
	assert.NotContains(t, meetings().Reads()[0].Types, rule.Day)
}

func TestNatural(t *testing.T) {
	want := map[string]rule.Type{
		"best": rule.Number, "checklist": rule.Choices, "choice": rule.Choice,
		"deduct": rule.Count, "linear": rule.Number, "minmax": rule.Number, "per_unit": rule.Count, "percentile": rule.Number,
		"points": rule.Points, "steps": rule.Number, "yes_no": rule.YesNo, "ratio": 0, "sum_of": 0, "best_of": 0,
	}
	for _, kind := range rule.Kinds() {
		r, _ := rule.New(kind)
		assert.Equal(t, want[kind], r.Natural(), kind)
	}
	assert.Equal(t, rule.Day, steps(by("2025-01-31", share("1"))).Natural())
}

func TestOptionsFor(t *testing.T) {
	first := func(c rule.Chooser, input string) string {
		if list := c.OptionsFor(input); len(list) > 0 {
			return list[0].ID
		}
		return ""
	}
	assert.Equal(t, "chairman", first(chair(), "value"))
	assert.Equal(t, "", first(chair(), "other"))
	assert.Equal(t, "plan", first(published(), "value"))
	mixed := []rule.Part{
		part("a", share("0.5"), &rule.YesNoRule{Of: of("portal")}),
		part("b", share("0.5"), &rule.BestOf{Parts: []rule.Part{part("c", share("1"), chair())}}),
	}
	assert.Equal(t, "chairman", first(&rule.SumOf{Parts: mixed}, "value"))
	assert.Equal(t, "", first(&rule.SumOf{Parts: mixed}, "portal"))
	assert.Equal(t, "chairman", first(&rule.BestOf{Parts: mixed}, "value"))
}

func TestWords(t *testing.T) {
	all := published()
	all.Need = "all"
	online := &rule.Ratio{Of: of("online"), Over: of("online", "paper", "-void"), Target: set("0.8"), NothingBelow: set("0.4"), IfZero: "zero"}
	for name, tc := range map[string]struct {
		rule rule.Rule
		en   string
	}{
		"yes or no":         {&rule.YesNoRule{Of: of("value")}, "value: “Yes” – full points, “No” – 0 points"},
		"choice":            {chair(), "value, by the option chosen: Chairman: 100%; Deputy: 1 point; late: 0 points; none: −1 point"},
		"checklist":         {published(), "value, the sum of the items met, 100% at most: Plan: 50%; budget: 30%; report: 40%"},
		"checklist, all":    {all, "value, all items met: full points, else: 0 points. The items: Plan; budget; report"},
		"ratio":             {&rule.Ratio{Of: of("computers"), Over: of("figures.staff")}, "(computers) ÷ (Staff): full points from 100%, in proportion below"},
		"ratio in full":     {online, "(online) ÷ (online + paper − void): full points from the target of 80%, in proportion below; 0 points below 40%; 0 points where online + paper − void is 0"},
		"ratio, full":       {&rule.Ratio{Of: of("a"), Over: of("b"), IfZero: "full"}, "(a) ÷ (b): full points from 100%, in proportion below; full points where b is 0"},
		"ratio, n/a":        {&rule.Ratio{Of: of("a"), Over: of("b"), IfZero: "not_applicable"}, "(a) ÷ (b): full points from 100%, in proportion below; not applicable where b is 0"},
		"steps":             {steps(from("1", share("0.5")), above("4", earns("2"))), "value, by the best step reached: above 4: 2 points; 1 or more: 50%; no step reached: 0 points"},
		"steps down":        {steps(upTo("0", share("1")), upTo("4", share("0.5"))), "value, by the best step reached: 0 or less: 100%; 4 or less: 50%; no step reached: 0 points"},
		"steps by":          {steps(by("2025-03-31", share("0.5")), by("2025-01-31", share("1"))), "value, by the best step reached: by 31 January 2025: 100%; by 31 March 2025: 50%; no step reached: 0 points"},
		"steps of a ratio":  {&rule.Steps{Of: of("a"), Over: of("b"), Steps: []rule.Step{from("0.8", share("1"))}}, "(a) ÷ (b), by the best step reached: 80% or more: 100%; no step reached: 0 points"},
		"per unit":          {&rule.PerUnit{Of: of("-a", "b"), Each: dec("0.5")}, "−a + b: 0.5 points for each, up to full points"},
		"deduct":            {reports(), "full points, not below 0, less: late: 0.25 points for each; unsent: 0.5 points for each"},
		"linear":            {&rule.Linear{Of: of("value"), Worst: dec("20"), Best: dec("85")}, "value: 0 points at 20 or less, full points at 85 or more, in proportion between"},
		"linear, logged":    {&rule.Linear{Worst: dec("100"), Best: dec("75000"), Scale: "log"}, "the value: 0 points at 100 or less, full points at 75,000 or more, logarithmic between"},
		"best":              {&rule.Best{Of: of("a"), Over: of("b")}, "(a) ÷ (b), against the highest among the agencies of the agency group: full points there, in proportion below"},
		"minmax":            {&rule.MinMax{Of: of("a"), Within: "round"}, "a, compared with the agencies of the whole round: the highest – full points, the lowest – 0 points, in proportion between"},
		"minmax, lower":     {&rule.MinMax{Of: of("a"), Better: "lower", Lowest: set("0.1")}, "a, compared with the agencies of the agency group: the lowest – full points, the highest – 10%, in proportion between"},
		"percentile":        {&rule.Percentile{Of: of("a")}, "a, by order among the agencies of the agency group, more is better: the best – full points, the worst – 0 points, between by the agencies that are worse ÷ the other agencies"},
		"percentile, lower": {&rule.Percentile{Of: of("a"), Better: "lower"}, "a, by order among the agencies of the agency group, less is better: the best – full points, the worst – 0 points, between by the agencies that are worse ÷ the other agencies"},
		"points":            {&rule.PointsRule{Of: of("value")}, "value: the points given"},
		"sum":               {network(), "the sum of the parts, up to full points: [45 points] (linked) ÷ (units): full points of the part from 100%, in proportion below; not applicable where units is 0; [5 points] apps: 1 point for each, up to full points of the part"},
		"best of":           {&rule.BestOf{Parts: []rule.Part{part("a", share("1"), &rule.YesNoRule{Of: of("own")})}}, "the highest of the parts: [100%] own: “Yes” – full points of the part, “No” – 0 points"},
	} {
		t.Run(name, func(t *testing.T) {
			named := tc.rule.Words().Named(func(input string) rule.Text {
				if input == "figures.staff" {
					return rule.Text{"vi": "Tổng số CBCC", "en": "Staff"}
				}
				return nil
			})
			assert.Equal(t, tc.en, locale.MustFor("en").Note(named))
			vi := locale.MustFor("vi").Note(named)
			assert.NotContains(t, vi, "{")
			assert.NotContains(t, vi, "notes.")
			assert.False(t, strings.Contains(vi, "rule-"), vi)
		})
	}
}

func TestNamedLeavesTheNoteAsItIs(t *testing.T) {
	words := network().Words()
	words.Named(func(string) rule.Text { return rule.Text{"en": "changed"} })
	assert.NotContains(t, locale.MustFor("en").Note(words), "changed")
	assert.Equal(t, rule.Note{Kind: "missing"}, rule.Say("missing").Named(nil))
}

func TestRelative(t *testing.T) {
	best := &rule.Best{Of: of("value")}
	assert.True(t, rule.Relative(best))
	assert.True(t, rule.Relative(&rule.MinMax{}))
	assert.True(t, rule.Relative(&rule.Percentile{}))
	assert.True(t, rule.Relative(sum(part("a", share("1"), sum(part("b", share("1"), best))))))
	assert.False(t, rule.Relative(network()))
	assert.False(t, rule.Relative(centre()))
}

// A penalty takes what its rule would earn, at any depth, and says nowhere that it earns.
func TestTaking(t *testing.T) {
	three := dec("3")
	for name, tc := range map[string]struct {
		rule   rule.Rule
		points *decimal.Decimal
		en     string
	}{
		"yes or no":          {&rule.YesNoRule{Of: of("value")}, &three, "value: “Yes” – 3 points taken, “No” – nothing is taken"},
		"of differing worth": {&rule.YesNoRule{Of: of("value")}, nil, "value: “Yes” – all is taken, “No” – nothing is taken"},
		"per unit":           {&rule.PerUnit{Of: of("late"), Each: dec("0.5")}, &three, "late: 0.5 points taken for each, up to 3 points taken"},
		"options":            {published(), nil, "value, what the ticked items take is added up, 100% at most: Plan: 50% taken; budget: 30% taken; report: 40% taken"},
		"parts":              {sum(part("a", share("1"), &rule.YesNoRule{Of: of("a")})), &three, "the sum of the parts, up to full points: [100%] a: “Yes” – all of the part is taken, “No” – nothing is taken"},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, tc.en, locale.MustFor("en").Note(tc.rule.Words().Taking(tc.points)))
			assert.NotContains(t, locale.MustFor("vi").Note(tc.rule.Words().Taking(tc.points)), "notes.")
		})
	}
	deduct := locale.MustFor("en").Note(reports().Words().DownTo(dec("-1")))
	assert.Equal(t, "full points, not below −1, less: late: 0.25 points for each; unsent: 0.5 points for each", deduct)
}

// What is entered as a percentage is said as one; a quotient is where no bound of it is above 1.
func TestMeasures(t *testing.T) {
	percent := func(string) rule.Type { return rule.Percent }
	rate := &rule.Linear{Of: of("rate"), Worst: dec("80"), Best: dec("100")}
	mbit := &rule.Steps{Of: of("mbit"), Over: of("staff"), Steps: []rule.Step{from("5", share("1")), from("0.5", share("0.5"))}}
	many := &rule.Ratio{Of: of("visits"), Over: of("staff"), Target: set("2"), NothingBelow: set("1")}
	best := &rule.BestOf{Parts: []rule.Part{part("a", share("1"), steps(from("90", share("1"))))}}
	rule.Tell(rate, percent)
	rule.Tell(best, percent)
	rule.Tell(&rule.SumOf{Parts: []rule.Part{{ID: "a"}}}, percent)
	for words, r := range map[string]rule.Rule{
		"rate: 0 points at 80% or less, full points at 100% or more, in proportion between":                              rate,
		"(mbit) ÷ (staff), by the best step reached: 5 or more: 100%; 0.5 or more: 50%; no step reached: 0 points":       mbit,
		"(visits) ÷ (staff): full points from the target of 2, in proportion below; 0 points below 1":                    many,
		"the highest of the parts: [100%] value, by the best step reached: 90% or more: 100%; no step reached: 0 points": best,
	} {
		assert.Equal(t, words, locale.MustFor("en").Note(r.Words()))
	}
	said := func(r rule.Rule, in answers, b rule.Basis) string {
		return locale.MustFor("en").Note(r.Fit(b).Judge(in.inputs()).Note)
	}
	assert.Equal(t, "92% on the scale from 80% to 100%: 60%", said(rate, answers{"rate": 92}, rule.Basis{}))
	assert.Equal(t, "3.5 ≥ 0.5: 50%", said(mbit, answers{"mbit": 210, "staff": 60}, rule.Basis{}))
	assert.Equal(t, "90/60 = 1.5, target 2: 75% reached", said(many, answers{"visits": 90, "staff": 60}, rule.Basis{}))
	for kind, r := range map[string]rule.Rule{
		"best": &rule.Best{Of: of("rate")}, "minmax": &rule.MinMax{Of: of("rate")}, "percentile": &rule.Percentile{Of: of("rate")},
	} {
		rule.Tell(r, percent)
		group := []rule.Inputs{answers{"rate": 40}.inputs(), answers{"rate": 80}.inputs()}
		assert.Contains(t, said(r, answers{"rate": 40}, rule.Basis{Group: group}), "40%", kind)
	}
}
