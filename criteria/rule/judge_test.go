package rule_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
)

// answers are what an agency entered: a string is a number, a bool yes or no, a []string ticked options.
type answers map[string]any

func (a answers) inputs() rule.Inputs {
	values := make(map[string]rule.Value, len(a))
	for name, entered := range a {
		switch e := entered.(type) {
		case string:
			values[name] = rule.NumberOf(dec(e))
		case int:
			values[name] = rule.NumberOf(decimal.NewFromInt(int64(e)))
		case bool:
			values[name] = rule.YesNoOf(e)
		case []string:
			values[name] = rule.OptionsOf(e...)
		case rule.Date:
			values[name] = rule.DayOf(e)
		case rule.Value:
			values[name] = e
		}
	}
	return func(name string) rule.Value { return values[name] }
}

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func points(s string) *decimal.Decimal {
	d := dec(s)
	return &d
}

func of(names ...string) rule.Operand {
	var o rule.Operand
	for _, n := range names {
		if n[0] == '-' {
			o = append(o, rule.Term{Input: n[1:], Negative: true})
			continue
		}
		o = append(o, rule.Term{Input: n})
	}
	return o
}

func set(s string) rule.Optional { return rule.Optional{Value: dec(s), Set: true} }

func share(s string) rule.Worth { return rule.Worth{Share: set(s)} }

func earns(s string) rule.Worth { return rule.Worth{Points: set(s)} }

func from(bound string, w rule.Worth) rule.Step {
	return rule.Step{Bounding: rule.From, Bound: dec(bound), Worth: w}
}

func above(bound string, w rule.Worth) rule.Step {
	return rule.Step{Bounding: rule.Above, Bound: dec(bound), Worth: w}
}

func upTo(bound string, w rule.Worth) rule.Step {
	return rule.Step{Bounding: rule.UpTo, Bound: dec(bound), Worth: w}
}

func by(day rule.Date, w rule.Worth) rule.Step {
	return rule.Step{Bounding: rule.By, Day: day, Worth: w}
}

// meetings is the national ministries' scale: four committee meetings a year earn everything.
func meetings() *rule.Steps {
	return &rule.Steps{Of: of("value"), Steps: []rule.Step{
		from("4", share("1")), from("3", share("0.75")), from("2", share("0.5")), from("1", share("0.25")),
	}}
}

func published() *rule.Checklist {
	return &rule.Checklist{Of: of("value"), Options: []rule.Option{
		{ID: "plan", Name: rule.Text{"vi": "Kế hoạch", "en": "Plan"}, Worth: share("0.5")},
		{ID: "budget", Worth: share("0.3")},
		{ID: "report", Worth: share("0.4")},
	}}
}

// network is the ministries' WAN index: a ratio for 45 points and one point for each application, 5 at most.
func network() *rule.SumOf {
	return &rule.SumOf{Parts: []rule.Part{
		{ID: "wan", Worth: earns("45"), Score: &rule.Ratio{Of: of("linked"), Over: of("units"), IfZero: "not_applicable"}},
		{ID: "apps", Worth: earns("5"), Score: &rule.PerUnit{Of: of("apps"), Each: dec("1")}},
	}}
}

// centre is the ministries' data centre index: having one, or the alternatives.
func centre() *rule.BestOf {
	return &rule.BestOf{Parts: []rule.Part{
		{ID: "own", Worth: share("1"), Score: &rule.YesNoRule{Of: of("own")}},
		{ID: "hired", Worth: share("0.5"), Score: &rule.YesNoRule{Of: of("hired")}},
		{ID: "shared", Worth: share("0.25"), Score: &rule.Ratio{Of: of("servers"), Over: of("all"), IfZero: "not_applicable"}},
	}}
}

func chair() *rule.ChoiceRule {
	return &rule.ChoiceRule{Of: of("value"), Options: []rule.Option{
		{ID: "chairman", Name: rule.Text{"vi": "Chủ tịch", "en": "Chairman"}, Worth: share("1")},
		{ID: "deputy", Name: rule.Text{"vi": "Phó Chủ tịch", "en": "Deputy"}, Worth: earns("1")},
		{ID: "late", Worth: earns("0")},
		{ID: "none", Worth: earns("-1")},
	}}
}

func reports() *rule.Deduct {
	return &rule.Deduct{Parts: []rule.Deduction{
		{Of: of("late"), Each: dec("0.25")}, {Of: of("unsent"), Each: dec("0.5")},
	}}
}

type judged struct {
	rule   rule.Rule
	points string // "": the parent does not sum
	min    string
	in     answers
	status rule.Status
	share  string // to six decimals; "" unless scored
	note   string // in English
}

func fixedKinds() map[string]judged {
	ratio := &rule.Ratio{Of: of("computers"), Over: of("staff")}
	online := &rule.Ratio{Of: of("online"), Over: of("online", "paper", "-void"), Target: set("0.8"), NothingBelow: set("0.4")}
	life := &rule.Linear{Of: of("value"), Worst: dec("20"), Best: dec("85")}
	days := &rule.Linear{Of: of("value"), Worst: dec("30"), Best: dec("5")}
	income := &rule.Linear{Of: of("value"), Worst: dec("100"), Best: dec("75000"), Scale: "log"}
	plan := &rule.Steps{Of: of("value"), Steps: []rule.Step{by("2025-03-31", share("0.5")), by("2025-01-31", share("1"))}}
	served := &rule.Steps{Of: of("done"), Over: of("all"), Steps: []rule.Step{above("0.8", share("1")), from("0.8", share("0.9")), from("0.5", share("0.5"))}}
	all := published()
	all.Need = "all"
	return map[string]judged{
		"yes":                        {&rule.YesNoRule{Of: of("value")}, "", "", answers{"value": true}, rule.Scored, "1", "Yes: 100%"},
		"no":                         {&rule.YesNoRule{Of: of("value")}, "2", "", answers{"value": false}, rule.Scored, "0", "No: 0%"},
		"yes or no, blank":           {&rule.YesNoRule{Of: of("value")}, "2", "", answers{}, rule.Missing, "", "no answer"},
		"yes or no, a number":        {&rule.YesNoRule{Of: of("value")}, "2", "", answers{"value": 1}, rule.Invalid, "", "the answer cannot be read"},
		"choice":                     {chair(), "2", "-1", answers{"value": []string{"chairman"}}, rule.Scored, "1", "Chairman: 100%"},
		"choice in points":           {chair(), "2", "-1", answers{"value": []string{"deputy"}}, rule.Scored, "0.5", "Deputy: 50%"},
		"choice below 0":             {chair(), "2", "-1", answers{"value": []string{"none"}}, rule.Scored, "-0.5", "none: −50%"},
		"choice unknown":             {chair(), "2", "-1", answers{"value": []string{"king"}}, rule.Invalid, "", "there is no option “king”"},
		"choice of two":              {chair(), "2", "-1", answers{"value": []string{"late", "none"}}, rule.Invalid, "", "there is no option “late;none”"},
		"choice blank":               {chair(), "2", "-1", answers{}, rule.Missing, "", "no answer"},
		"checklist":                  {published(), "3", "", answers{"value": []string{"plan", "budget"}}, rule.Scored, "0.8", "2 of 3 items: 80% (lacking: report)"},
		"checklist beyond all":       {published(), "3", "", answers{"value": []string{"plan", "budget", "report"}}, rule.Scored, "1", "3 of 3 items: 100%"},
		"checklist, nothing ticked":  {published(), "3", "", answers{"value": []string{}}, rule.Scored, "0", "0 of 3 items: 0% (lacking: Plan; budget; report)"},
		"checklist blank":            {published(), "3", "", answers{}, rule.Missing, "", "no answer"},
		"checklist unknown":          {published(), "3", "", answers{"value": []string{"plan", "gold"}}, rule.Invalid, "", "there is no option “gold”"},
		"checklist needs all":        {all, "", "", answers{"value": []string{"plan", "budget"}}, rule.Scored, "0", "2 of 3 items, all are needed: 0% (lacking: report)"},
		"checklist has all":          {all, "", "", answers{"value": []string{"report", "plan", "budget"}}, rule.Scored, "1", "3 of 3 items: 100%"},
		"ratio":                      {ratio, "5", "", answers{"computers": 38, "staff": 40}, rule.Scored, "0.95", "38/40 = 95%"},
		"ratio above 1":              {ratio, "5", "", answers{"computers": 45, "staff": 40}, rule.Scored, "1", "45/40 = 112.5%, counted as 100%"},
		"ratio full":                 {ratio, "5", "", answers{"computers": 40, "staff": 40}, rule.Scored, "1", "40/40 = 100%"},
		"ratio over 0":               {ratio, "5", "", answers{"computers": 0, "staff": 0}, rule.Invalid, "", "0/0: the denominator must be above 0"},
		"ratio over less than 0":     {ratio, "5", "", answers{"computers": 1, "staff": -2}, rule.Invalid, "", "1/−2: the denominator must be above 0"},
		"ratio below 0":              {ratio, "5", "", answers{"computers": -1, "staff": 2}, rule.Scored, "0", "−1/2 = −50%, counted as 0%"},
		"ratio half blank":           {ratio, "5", "", answers{"computers": 3}, rule.Missing, "", "no answer"},
		"ratio not applicable":       {ratio, "5", "", answers{"computers": rule.NotApplicableValue()}, rule.NotApplicable, "", "not applicable"},
		"ratio unreadable":           {ratio, "5", "", answers{"computers": rule.InvalidValue()}, rule.Invalid, "", "the answer cannot be read"},
		"ratio over a sum":           {online, "5", "", answers{"online": 30, "paper": 25, "void": 5}, rule.Scored, "0.75", "30/50 = 60%, target 80%: 75% reached"},
		"ratio at the target":        {online, "5", "", answers{"online": 80, "paper": 20, "void": 0}, rule.Scored, "1", "80/100 = 80%, target 80%: 100% reached"},
		"ratio at nothing below":     {online, "5", "", answers{"online": 40, "paper": 60, "void": 0}, rule.Scored, "0.5", "40/100 = 40%, target 80%: 50% reached"},
		"ratio nothing below":        {online, "5", "", answers{"online": 39, "paper": 61, "void": 0}, rule.Scored, "0", "39/100 = 39%, below 40%: 0%"},
		"ratio, a term blank":        {online, "5", "", answers{"online": 39, "paper": 61}, rule.Missing, "", "no answer"},
		"ratio, 0 is full":           {&rule.Ratio{Of: of("a"), Over: of("b"), IfZero: "full"}, "5", "", answers{"a": 0, "b": 0}, rule.Scored, "1", "0/0, the denominator is 0: 100%"},
		"ratio, 0 is zero":           {&rule.Ratio{Of: of("a"), Over: of("b"), IfZero: "zero"}, "5", "", answers{"a": 0, "b": 0}, rule.Scored, "0", "0/0, the denominator is 0: 0%"},
		"ratio, 0 does not apply":    {&rule.Ratio{Of: of("a"), Over: of("b"), IfZero: "not_applicable"}, "5", "", answers{"a": 0, "b": 0}, rule.NotApplicable, "", "0/0, the denominator is 0: not applicable"},
		"steps at the top":           {meetings(), "20", "", answers{"value": 4}, rule.Scored, "1", "4 ≥ 4: 100%"},
		"steps between":              {meetings(), "20", "", answers{"value": "2.5"}, rule.Scored, "0.5", "2.5 ≥ 2: 50%"},
		"steps, none":                {meetings(), "20", "", answers{"value": 0}, rule.Scored, "0", "0, no step reached: 0%"},
		"steps, a date":              {meetings(), "20", "", answers{"value": rule.Date("2025-01-01")}, rule.Invalid, "", "the answer cannot be read"},
		"steps of a quotient":        {served, "20", "", answers{"done": 80, "all": 100}, rule.Scored, "0.9", "80% ≥ 80%: 90%"},
		"steps above":                {served, "20", "", answers{"done": 801, "all": 1000}, rule.Scored, "1", "80.1% > 80%: 100%"},
		"steps over 0":               {served, "20", "", answers{"done": 0, "all": 0}, rule.Invalid, "", "0/0: the denominator must be above 0"},
		"steps by the day":           {plan, "2", "", answers{"value": rule.Date("2025-01-31")}, rule.Scored, "1", "31 January 2025, by 31 January 2025: 100%"},
		"steps a day late":           {plan, "2", "", answers{"value": rule.Date("2025-02-01")}, rule.Scored, "0.5", "1 February 2025, by 31 March 2025: 50%"},
		"steps too late":             {plan, "2", "", answers{"value": rule.Date("2025-12-01")}, rule.Scored, "0", "1 December 2025, no step reached: 0%"},
		"steps by, blank":            {plan, "2", "", answers{}, rule.Missing, "", "no answer"},
		"steps up to":                {&rule.Steps{Of: of("value"), Steps: []rule.Step{upTo("0", earns("2")), upTo("3", earns("1"))}}, "2", "", answers{"value": 3}, rule.Scored, "0.5", "3 ≤ 3: 50%"},
		"steps below a negative one": {&rule.Steps{Of: of("value"), Steps: []rule.Step{from("0", earns("-1")), from("3", earns("2"))}}, "2", "-1", answers{"value": -2}, rule.Scored, "-0.5", "−2, no step reached: −50%"},
		"per unit":                   {&rule.PerUnit{Of: of("value"), Each: dec("0.4")}, "5", "", answers{"value": 3}, rule.Scored, "0.24", "3 × 0.4 = 1.2 points"},
		"per unit, capped":           {&rule.PerUnit{Of: of("value"), Each: dec("0.4")}, "5", "", answers{"value": 13}, rule.Scored, "1", "13 × 0.4 = 5.2, counted as 5 points"},
		"per unit, below 0":          {&rule.PerUnit{Of: of("a", "-b"), Each: dec("1")}, "5", "", answers{"a": 1, "b": 2}, rule.Scored, "0", "−1 × 1 = −1, counted as 0 points"},
		"per unit, blank":            {&rule.PerUnit{Of: of("value"), Each: dec("0.4")}, "5", "", answers{}, rule.Missing, "", "no answer"},
		"deduct":                     {reports(), "2", "", answers{"late": 1, "unsent": 2}, rule.Scored, "0.375", "2 − (1 × 0.25; 2 × 0.5) = 0.75 points"},
		"deduct nothing":             {reports(), "2", "", answers{"late": 0, "unsent": 0}, rule.Scored, "1", "nothing deducted: 2 points"},
		"deduct all":                 {reports(), "2", "", answers{"late": 0, "unsent": 9}, rule.Scored, "0", "2 − (9 × 0.5) = −2.5, counted as 0 points"},
		"deduct below 0":             {reports(), "2", "-1", answers{"late": 0, "unsent": 9}, rule.Scored, "-0.5", "2 − (9 × 0.5) = −2.5, counted as −1 point"},
		"deduct, more than all":      {reports(), "2", "", answers{"late": -1, "unsent": 0}, rule.Scored, "1", "2 − (−1 × 0.25) = 2.25, counted as 2 points"},
		"deduct, one blank":          {reports(), "2", "", answers{"late": 1}, rule.Missing, "", "no answer"},
		"linear":                     {life, "", "", answers{"value": "52.5"}, rule.Scored, "0.5", "52.5 on the scale from 20 to 85: 50%"},
		"linear below":               {life, "", "", answers{"value": 12}, rule.Scored, "0", "12 on the scale from 20 to 85: 0%"},
		"linear above":               {life, "", "", answers{"value": 90}, rule.Scored, "1", "90 on the scale from 20 to 85: 100%"},
		"linear, less is better":     {days, "", "", answers{"value": 10}, rule.Scored, "0.8", "10 on the scale from 30 to 5: 80%"},
		"linear, worst of less":      {days, "", "", answers{"value": 31}, rule.Scored, "0", "31 on the scale from 30 to 5: 0%"},
		"linear logged":              {income, "", "", answers{"value": 8000}, rule.Scored, "0.661930", "8,000 on the logarithmic scale from 100 to 75,000: 66.19%"},
		"linear logged, 0":           {income, "", "", answers{"value": 0}, rule.Scored, "0", "0 on the logarithmic scale from 100 to 75,000: 0%"},
		"linear, blank":              {income, "", "", answers{}, rule.Missing, "", "no answer"},
		"points":                     {&rule.PointsRule{Of: of("value")}, "10", "", answers{"value": "7.25"}, rule.Scored, "0.725", "7.25 of 10 points"},
		"points, too many":           {&rule.PointsRule{Of: of("value")}, "10", "", answers{"value": 11}, rule.Scored, "1", "11 of 10 points given, counted as 10"},
		"points below 0":             {&rule.PointsRule{Of: of("value")}, "10", "", answers{"value": -3}, rule.Scored, "0", "−3 of 10 points given, counted as 0"},
		"points below min":           {&rule.PointsRule{Of: of("value")}, "10", "-2", answers{"value": -3}, rule.Scored, "-0.2", "−3 of 10 points given, counted as −2"},
		"sum":                        {network(), "50", "", answers{"linked": 19, "units": 20, "apps": 3}, rule.Scored, "0.915", "19/20 = 95% → 42.75 points; 3 × 1 = 3 points"},
		"sum, a part blank":          {network(), "50", "", answers{"linked": 19, "units": 20}, rule.Scored, "0.855", "19/20 = 95% → 42.75 points; no answer → 0 points"},
		"sum, a part does not apply": {network(), "50", "", answers{"linked": 0, "units": 0, "apps": 4}, rule.Scored, "0.8", "0/0, the denominator is 0: not applicable; 4 × 1 = 4 points; out of the 10% that applies: 80%"},
		"sum, blank and no part":     {network(), "50", "", answers{"linked": 0, "units": 0}, rule.Missing, "", "no answer"},
		"sum, all blank":             {network(), "50", "", answers{}, rule.Missing, "", "no answer"},
		"sum, nothing applies":       {network(), "50", "", answers{"linked": rule.NotApplicableValue(), "units": 3, "apps": rule.NotApplicableValue()}, rule.NotApplicable, "", "not applicable"},
		"sum, unreadable":            {network(), "50", "", answers{"linked": 2, "units": 3, "apps": rule.InvalidValue()}, rule.Invalid, "", "a part cannot be read: 2/3 = 66.67% → 30 points; the answer cannot be read → 0 points"},
		"best of":                    {centre(), "", "", answers{"own": false, "hired": true, "servers": 1, "all": 2}, rule.Scored, "0.5", "the highest counts: No: 0% → 0%; Yes: 100% → 50%; 1/2 = 50% → 12.5%"},
		"best of the rest":           {centre(), "", "", answers{"hired": false, "servers": 1, "all": 2}, rule.Scored, "0.125", "the highest counts: no answer → 0%; No: 0% → 0%; 1/2 = 50% → 12.5%"},
		"best of, one applies":       {centre(), "", "", answers{"own": true, "hired": false, "servers": 1, "all": 0}, rule.Scored, "1", "the highest counts: Yes: 100% → 100%; No: 0% → 0%; 1/0, the denominator is 0: not applicable"},
		"best of nothing":            {centre(), "", "", answers{}, rule.Missing, "", "no answer"},
	}
}

func TestJudge(t *testing.T) {
	for name, tc := range fixedKinds() {
		t.Run(name, func(t *testing.T) {
			b := rule.Basis{}
			if tc.points != "" {
				b.Points = points(tc.points)
			}
			if tc.min != "" {
				b.Min = dec(tc.min)
			}
			require.Empty(t, tc.rule.Check(b))
			got := tc.rule.Fit(b).Judge(tc.in.inputs())
			require.Equal(t, tc.status, got.Status)
			if tc.status == rule.Scored {
				assert.Equal(t, dec(tc.share).StringFixed(6), got.Share.Decimal(6).StringFixed(6))
			} else {
				assert.Zero(t, got.Share.Sign())
			}
			assert.Equal(t, tc.note, locale.MustFor("en").Note(got.Note))
			assert.NotContains(t, locale.MustFor("vi").Note(got.Note), "{")
		})
	}
}

// A share is exact: 67 of 300 of 1.5 points is 0.335 and rounds to 0.34; a share cut to 16 digits gives 0.33.
func TestSharesAreExact(t *testing.T) {
	half := &rule.Ratio{Of: of("a"), Over: of("b")}
	got := half.Fit(rule.Basis{}).Judge(answers{"a": 67, "b": 300}.inputs())
	assert.Equal(t, "0.34", got.Share.Of(dec("1.5"), 2).StringFixed(2))

	parts := &rule.SumOf{Parts: []rule.Part{
		{ID: "a", Worth: share("0.5"), Score: &rule.Ratio{Of: of("a"), Over: of("b")}},
		{ID: "c", Worth: share("0.5"), Score: &rule.Ratio{Of: of("c"), Over: of("d")}},
	}}
	got = parts.Fit(rule.Basis{Points: points("3")}).Judge(answers{"a": 67, "b": 300, "c": 67, "d": 300}.inputs())
	assert.Equal(t, "0.67", got.Share.Of(dec("3"), 2).StringFixed(2))
}

// A logged share has 12 significant digits and agrees with the human development index's formula for income.
func TestLogHas12Digits(t *testing.T) {
	income := &rule.Linear{Of: of("value"), Worst: dec("100"), Best: dec("75000"), Scale: "log"}
	got := income.Fit(rule.Basis{}).Judge(answers{"value": "64660"}.inputs())
	assert.Equal(t, "0.977591585982", got.Share.Decimal(18).String())

	huge := &rule.Linear{Of: of("value"), Worst: dec("1e-900"), Best: dec("1e900"), Scale: "log"}
	got = huge.Fit(rule.Basis{}).Judge(answers{"value": "1"}.inputs())
	assert.Equal(t, "0.5", got.Share.Decimal(12).String())
}

// Settings that Check refuses are judged without a panic.
func TestUnfitSettings(t *testing.T) {
	in := answers{"value": 1}.inputs()
	for name, r := range map[string]rule.Rule{
		"yes_no without an input":  &rule.YesNoRule{},
		"ratio without inputs":     &rule.Ratio{},
		"steps without steps":      &rule.Steps{},
		"per unit without points":  &rule.PerUnit{Of: of("value"), Each: dec("1")},
		"deduct without points":    reports(),
		"points without points":    &rule.PointsRule{Of: of("value")},
		"linear from 1 to 1":       &rule.Linear{Of: of("value"), Worst: dec("1"), Best: dec("1")},
		"linear logged from 0":     &rule.Linear{Of: of("value"), Best: dec("1"), Scale: "log"},
		"sum without parts":        &rule.SumOf{},
		"sum of nothing":           &rule.SumOf{Parts: []rule.Part{{Score: &rule.Linear{Of: of("value"), Best: dec("2")}}}},
		"best without parts":       &rule.BestOf{},
		"choice without options":   &rule.ChoiceRule{Of: of("value")},
		"minmax without an input":  &rule.MinMax{},
		"checklist without option": &rule.Checklist{Of: of("value")},
	} {
		t.Run(name, func(t *testing.T) {
			got := r.Fit(rule.Basis{Group: []rule.Inputs{in}}).Judge(in)
			assert.NotEqual(t, rule.Scored, got.Status)
			assert.NotEqual(t, rule.NotApplicable, got.Status)
		})
	}
}
