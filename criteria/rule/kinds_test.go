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
		"yes or no":         {&rule.YesNoRule{Of: of("value")}, "value: Yes earns full points, No earns 0"},
		"choice":            {chair(), "value, by the option chosen: Chairman: 100%; Deputy: 1 points; late: 0 points; none: −1 points"},
		"checklist":         {published(), "value, the sum of the items met, 100% at most: Plan: 50%; budget: 30%; report: 40%"},
		"checklist, all":    {all, "value, points only where all items are met: Plan; budget; report"},
		"ratio":             {&rule.Ratio{Of: of("computers"), Over: of("figures.staff")}, "(computers) ÷ (Staff), full points from 100%"},
		"ratio in full":     {online, "(online) ÷ (online + paper − void) against a target of 80%, full points from the target; below 40% earns 0; 0 where online + paper − void is 0"},
		"ratio, full":       {&rule.Ratio{Of: of("a"), Over: of("b"), IfZero: "full"}, "(a) ÷ (b), full points from 100%; full points where b is 0"},
		"ratio, n/a":        {&rule.Ratio{Of: of("a"), Over: of("b"), IfZero: "not_applicable"}, "(a) ÷ (b), full points from 100%; not applicable where b is 0"},
		"steps":             {steps(from("1", share("0.5")), above("4", earns("2"))), "value, by the best step reached: above 4: 2 points; 1 or more: 50%"},
		"steps down":        {steps(upTo("0", share("1")), upTo("4", share("0.5"))), "value, by the best step reached: 0 or less: 100%; 4 or less: 50%"},
		"steps by":          {steps(by("2025-03-31", share("0.5")), by("2025-01-31", share("1"))), "value, by the best step reached: by 31 January 2025: 100%; by 31 March 2025: 50%"},
		"steps of a ratio":  {&rule.Steps{Of: of("a"), Over: of("b"), Steps: []rule.Step{from("0.8", share("1"))}}, "(a) ÷ (b), by the best step reached: 80% or more: 100%"},
		"per unit":          {&rule.PerUnit{Of: of("-a", "b"), Each: dec("0.5")}, "−a + b: 0.5 points for each, up to full points"},
		"deduct":            {reports(), "full points, less: late: 0.25 points for each; unsent: 0.5 points for each"},
		"linear":            {&rule.Linear{Of: of("value"), Worst: dec("20"), Best: dec("85")}, "value: 20 earns 0%, 85 earns 100%, straight between"},
		"linear, logged":    {&rule.Linear{Worst: dec("100"), Best: dec("75000"), Scale: "log"}, "the value: 100 earns 0%, 75,000 earns 100%, logarithmic between"},
		"best":              {&rule.Best{Of: of("a"), Over: of("b")}, "(a) ÷ (b), divided by the highest among the agencies of the agency group"},
		"minmax":            {&rule.MinMax{Of: of("a"), Within: "round"}, "a, compared with the agencies of the whole round: the highest earns 100%, the lowest 0%, straight between"},
		"minmax, lower":     {&rule.MinMax{Of: of("a"), Better: "lower", Lowest: set("0.1")}, "a, compared with the agencies of the agency group: the lowest earns 100%, the highest 10%, straight between"},
		"percentile":        {&rule.Percentile{Of: of("a")}, "a, by order among the agencies of the agency group, more is better: the best earns 100%, the worst 0%"},
		"percentile, lower": {&rule.Percentile{Of: of("a"), Better: "lower"}, "a, by order among the agencies of the agency group, less is better: the best earns 100%, the worst 0%"},
		"points":            {&rule.PointsRule{Of: of("value")}, "value: the points given"},
		"sum":               {network(), "the sum of the parts, up to full points: [45 points] (linked) ÷ (units), full points from 100%; not applicable where units is 0; [5 points] apps: 1 points for each, up to full points"},
		"best of":           {&rule.BestOf{Parts: []rule.Part{part("a", share("1"), &rule.YesNoRule{Of: of("own")})}}, "the highest of the parts: [100%] own: Yes earns full points, No earns 0"},
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
