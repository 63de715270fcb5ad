package rule_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
)

func options(list ...rule.Option) []rule.Option { return list }

func steps(list ...rule.Step) *rule.Steps { return &rule.Steps{Of: of("value"), Steps: list} }

func sum(parts ...rule.Part) *rule.SumOf { return &rule.SumOf{Parts: parts} }

func part(id string, w rule.Worth, r rule.Rule) rule.Part {
	return rule.Part{ID: id, Worth: w, Score: r}
}

type checked struct {
	rule   rule.Rule
	points string
	min    string
	faults []string // path and sentence in English
}

func faultySettings() map[string]checked {
	yes := &rule.YesNoRule{Of: of("a")}
	return map[string]checked{
		"two inputs for yes or no":       {&rule.YesNoRule{Of: of("a", "b")}, "2", "", []string{"of: this kind of score reads exactly one input, without sum or minus; name one input."}},
		"a minus for a choice":           {&rule.ChoiceRule{Of: of("-a"), Options: options(rule.Option{ID: "x", Worth: share("1")})}, "2", "", []string{"of: this kind of score reads exactly one input, without sum or minus; name one input."}},
		"a choice of nothing":            {&rule.ChoiceRule{}, "2", "", []string{"options: there are no options; add at least one."}},
		"a checklist of nothing":         {&rule.Checklist{}, "2", "", []string{"options: there are no options; add at least one."}},
		"options twice":                  {&rule.ChoiceRule{Options: options(rule.Option{ID: "x", Worth: share("1")}, rule.Option{ID: "x", Worth: share("0")})}, "2", "", []string{"options[1].id: the option “x” is there twice; give one of them another id."}},
		"an option without worth":        {&rule.ChoiceRule{Options: options(rule.Option{ID: "x", Worth: share("1")}, rule.Option{ID: "y"})}, "2", "", []string{"options[1]: it does not say what it earns; add share (0 to 1) or points."}},
		"an option with two worths":      {&rule.ChoiceRule{Options: options(rule.Option{ID: "x", Worth: rule.Worth{Share: set("1"), Points: set("2")}})}, "2", "", []string{"options[0].points: give either share or points, not both; remove one of them."}},
		"points under a mean":            {&rule.ChoiceRule{Options: options(rule.Option{ID: "x", Worth: earns("1")})}, "", "", []string{"options[0].points: points cannot be used here: the indicator has no points of its own (its pillar does not sum); use share or another kind of score."}},
		"more points than there are":     {&rule.ChoiceRule{Options: options(rule.Option{ID: "x", Worth: earns("2.5")})}, "2", "", []string{"options[0].points: 2.5 points are more than the 2 that can be earned; give 2 at most."}},
		"a share above 1":                {&rule.ChoiceRule{Options: options(rule.Option{ID: "x", Worth: share("100")})}, "2", "", []string{"options[0].share: share is 100; it must be within 0 and 1 (1 is full points)."}},
		"points below the min":           {&rule.ChoiceRule{Options: options(rule.Option{ID: "x", Worth: share("1")}, rule.Option{ID: "y", Worth: earns("-1")})}, "2", "-0.5", []string{"options[1].points: −1 points are below the lowest, −0.5; raise them, or lower the indicator's min."}},
		"a share below the min":          {&rule.ChoiceRule{Options: options(rule.Option{ID: "x", Worth: share("1")}, rule.Option{ID: "y", Worth: share("-0.5")})}, "2", "-0.5", []string{"options[1].share: −1 points are below the lowest, −0.5; raise them, or lower the indicator's min."}},
		"a share at the min":             {&rule.ChoiceRule{Options: options(rule.Option{ID: "x", Worth: share("1")}, rule.Option{ID: "y", Worth: share("-0.5")})}, "2", "-1", nil},
		"a share below 0 under a mean":   {&rule.ChoiceRule{Options: options(rule.Option{ID: "x", Worth: share("1")}, rule.Option{ID: "y", Worth: share("-0.5")})}, "", "", []string{"options[1].share: share is −0.5; it cannot be below 0 where the indicator has no points of its own."}},
		"a choice that earns less":       {&rule.ChoiceRule{Options: options(rule.Option{ID: "x", Worth: earns("1.5")}, rule.Option{ID: "y", Worth: earns("1")})}, "2", "", []string{"options: at most 1.5 of 2 points can be earned, so nobody reaches the full points; raise the highest to 2."}},
		"a choice that earns less, mean": {&rule.ChoiceRule{Options: options(rule.Option{ID: "x", Worth: share("0.9")})}, "", "", []string{"options: at most 90% of the points can be earned, so nobody reaches all; raise the highest to 100%."}},
		"a checklist that earns less":    {&rule.Checklist{Options: options(rule.Option{ID: "x", Worth: share("0.5")}, rule.Option{ID: "y", Worth: earns("0.8")})}, "2", "", []string{"options: at most 1.8 of 2 points can be earned, so nobody reaches the full points; raise the highest to 2."}},
		"a checklist that needs all":     {&rule.Checklist{Need: "all", Options: options(rule.Option{ID: "x"}, rule.Option{ID: "y"})}, "", "", nil},
		"a checklist with a worth":       {&rule.Checklist{Need: "all", Options: options(rule.Option{ID: "x", Worth: share("2")}, rule.Option{ID: "y"})}, "", "", []string{"options[0].share: share is 2; it must be within 0 and 1 (1 is full points)."}},
		"a target of 0":                  {&rule.Ratio{Target: set("0")}, "2", "", []string{"target: it must be above 0, got 0."}},
		"nothing below more":             {&rule.Ratio{Target: set("0.8"), NothingBelow: set("0.9")}, "2", "", []string{"nothing_below: nothing_below (0.9) is above the target (0.8), so nothing lies between; give 0.8 at most."}},
		"nothing below less than 0":      {&rule.Ratio{NothingBelow: set("-0.1")}, "2", "", []string{"nothing_below: it cannot be below 0, got −0.1."}},
		"no steps":                       {steps(), "2", "", []string{"steps: there are no steps; add at least one."}},
		"steps at one bound":             {steps(from("4", share("1")), from("4.0", share("0.5"))), "2", "", []string{"steps[1]: two steps have the same bound (4 or more); remove one of them."}},
		"steps at and above one bound":   {steps(from("4", share("0.5")), above("4", share("1"))), "2", "", nil},
		"days twice":                     {steps(by("2025-03-31", share("1")), by("2025-03-31", share("0.5"))), "2", "", []string{"steps[1]: two steps have the same bound (by 31 March 2025); remove one of them."}},
		"a better step worth less":       {steps(from("3", share("1")), from("4", earns("1")), from("1", share("0.2"))), "2", "", []string{"steps[1]: the better step (4 or more) earns 1 point, less than the worse one (3 or more), which earns 100%; change one of them."}},
		"a better up to worth less":      {steps(upTo("0", share("0.5")), upTo("5", share("1"))), "2", "", []string{"steps[0]: the better step (0 or less) earns 50%, less than the worse one (5 or less), which earns 100%; change one of them."}},
		"steps that earn less":           {steps(from("3", share("0.5")), from("4", share("0.75"))), "20", "", []string{"steps: at most 15 of 20 points can be earned, so nobody reaches the full points; raise the highest to 20."}},
		"steps up and down":              {steps(from("3", share("1")), upTo("4", share("0.75"))), "20", "", []string{"steps[1]: the steps run in different directions: the first uses from, this one up_to; use from and above, or only up_to, or only by."}},
		"steps by days and numbers":      {steps(by("2025-01-31", share("1")), above("4", share("0.75"))), "20", "", []string{"steps[1]: the steps run in different directions: the first uses by, this one above; use from and above, or only up_to, or only by."}},
		"days over something":            {&rule.Steps{Of: of("a", "b"), Over: of("c"), Steps: []rule.Step{by("2025-01-31", share("1"))}}, "20", "", []string{"of: this kind of score reads exactly one input, without sum or minus; name one input.", "over: steps by a date cannot be divided by over; remove over."}},
		"per unit under a mean":          {&rule.PerUnit{Each: dec("0")}, "", "", []string{": points cannot be used here: the indicator has no points of its own (its pillar does not sum); use share or another kind of score.", "each: it must be above 0, got 0."}},
		"deduct nothing":                 {&rule.Deduct{}, "2", "", []string{"parts: there are no parts; add at least one."}},
		"deduct below 0":                 {&rule.Deduct{Parts: []rule.Deduction{{Each: dec("1")}, {Each: dec("-1")}}}, "2", "", []string{"parts[1].each: it must be above 0, got −1."}},
		"points under mean":              {&rule.PointsRule{}, "", "", []string{": points cannot be used here: the indicator has no points of its own (its pillar does not sum); use share or another kind of score."}},
		"worst is best":                  {&rule.Linear{Worst: dec("1"), Best: dec("1.0")}, "", "", []string{"best: worst and best are both 1; two different values are needed."}},
		"log from 0":                     {&rule.Linear{Best: dec("-1"), Scale: "log"}, "", "", []string{"worst: a log scale needs a value above 0, got 0; change it, or use scale: linear.", "best: a log scale needs a value above 0, got −1; change it, or use scale: linear."}},
		"lowest above 1":                 {&rule.MinMax{Lowest: set("10")}, "", "", []string{"lowest: it must be within 0 and 1, got 10."}},
		"lowest below 0":                 {&rule.Percentile{Lowest: set("-0.1")}, "", "", []string{"lowest: it must be within 0 and 1, got −0.1."}},
		"best":                           {&rule.Best{}, "", "", nil},
		"no parts":                       {sum(), "2", "", []string{"parts: there are no parts; add at least one."}},
		"parts twice":                    {sum(part("a", share("0.5"), yes), part("a", share("0.5"), yes)), "2", "", []string{"parts[1].id: the part “a” is there twice; give one of them another id."}},
		"parts that earn less":           {sum(part("a", earns("1"), yes), part("b", earns("0.5"), yes)), "2", "", []string{"parts: at most 1.5 of 2 points can be earned, so nobody reaches the full points; raise the highest to 2."}},
		"parts that earn more":           {sum(part("a", earns("1.5"), yes), part("b", earns("1"), yes)), "2", "", nil},
		"a part worth nothing":           {sum(part("a", share("1"), yes), part("b", earns("0"), yes)), "2", "", []string{"parts[1]: the part “b” must be worth more than 0."}},
		"faults within parts":            {sum(part("a", share("0.5"), meetings()), part("b", earns("1"), &rule.PerUnit{}), part("c", share("0.1"), steps(from("1", earns("1"))))), "2", "", []string{"parts[1].score.each: it must be above 0, got 0.", "parts[2].score.steps[0].points: 1 points are more than the 0.2 that can be earned; give 0.2 at most."}},
		"a part under a mean":            {sum(part("a", share("1"), &rule.PointsRule{})), "", "", []string{"parts[0].score: points cannot be used here: the indicator has no points of its own (its pillar does not sum); use share or another kind of score."}},
		"the best that earns less":       {&rule.BestOf{Parts: []rule.Part{part("a", share("0.5"), yes), part("b", share("0.6"), yes)}}, "", "", []string{"parts: at most 60% of the points can be earned, so nobody reaches all; raise the highest to 100%."}},
		"the best of a faulty part":      {&rule.BestOf{Parts: []rule.Part{part("a", share("0.5"), yes), part("b", rule.Worth{}, yes)}}, "", "", []string{"parts[1]: it does not say what it earns; add share (0 to 1) or points."}},
	}
}

func TestCheck(t *testing.T) {
	for name, tc := range faultySettings() {
		t.Run(name, func(t *testing.T) {
			b := rule.Basis{}
			if tc.points != "" {
				b.Points = points(tc.points)
			}
			if tc.min != "" {
				b.Min = dec(tc.min)
			}
			var got []string
			for _, f := range tc.rule.Check(b) {
				problem := diag.Problem{Kind: f.Kind, Args: f.Args}
				got = append(got, f.At+": "+locale.MustFor("en").Problem(problem))
				require.True(t, locale.MustFor("vi").Has("problems."+f.Kind))
				assert.NotContains(t, locale.MustFor("vi").Problem(problem), "{")
			}
			assert.Equal(t, tc.faults, got)
		})
	}
}
