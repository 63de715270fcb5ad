package rule_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
)

// cohort is agencies that entered these for the input "value"; nil did not answer.
func cohort(values ...any) []rule.Inputs {
	list := []rule.Inputs{}
	for _, v := range values {
		list = append(list, answers{"value": v}.inputs())
	}
	return list
}

func TestCohortKinds(t *testing.T) {
	five := rule.Basis{Group: cohort(10, 40, nil, 20, 20, 40), Round: cohort(10, 80)}
	perHead := rule.Basis{Group: []rule.Inputs{
		answers{"mbps": 100, "staff": 30}.inputs(), answers{"mbps": 50, "staff": 10}.inputs(), answers{"mbps": 900, "staff": 0}.inputs(),
	}}
	for name, tc := range map[string]struct {
		rule   rule.Rule
		basis  rule.Basis
		in     answers
		status rule.Status
		share  string
		note   string
	}{
		"best":                        {&rule.Best{Of: of("value")}, five, answers{"value": 20}, rule.Scored, "0.5", "20 against the highest, 40: 50%"},
		"best, beyond the cohort":     {&rule.Best{Of: of("value")}, five, answers{"value": 50}, rule.Scored, "1", "50 against the highest, 40: 100%"},
		"best, below 0":               {&rule.Best{Of: of("value")}, five, answers{"value": -5}, rule.Scored, "0", "−5 against the highest, 40: 0%"},
		"best of the round":           {&rule.Best{Of: of("value"), Within: "round"}, five, answers{"value": 20}, rule.Scored, "0.25", "20 against the highest, 80: 25%"},
		"best per head":               {&rule.Best{Of: of("mbps"), Over: of("staff")}, perHead, answers{"mbps": 100, "staff": 30}, rule.Scored, "0.666667", "3.33333 against the highest, 5: 66.67%"},
		"best over 0":                 {&rule.Best{Of: of("mbps"), Over: of("staff")}, perHead, answers{"mbps": 100, "staff": 0}, rule.Invalid, "", "100/0: the denominator must be above 0"},
		"best of zeros":               {&rule.Best{Of: of("value")}, rule.Basis{Group: cohort(0, 0, -1)}, answers{"value": 0}, rule.Scored, "0", "0, the highest is 0: 0%"},
		"best, blank":                 {&rule.Best{Of: of("value")}, five, answers{}, rule.Missing, "", "no answer"},
		"best, cohort unknown":        {&rule.Best{Of: of("value")}, rule.Basis{}, answers{"value": 20}, rule.Pending, "", "waiting for the agencies that it is compared with"},
		"best, blank and unknown":     {&rule.Best{Of: of("value")}, rule.Basis{}, answers{}, rule.Missing, "", "no answer"},
		"best, nobody answered":       {&rule.Best{Of: of("value")}, rule.Basis{Group: cohort(nil, nil)}, answers{"value": 20}, rule.Pending, "", "waiting for the agencies that it is compared with"},
		"minmax":                      {&rule.MinMax{Of: of("value")}, five, answers{"value": 20}, rule.Scored, "0.333333", "20 within 10 and 40: 33.33%"},
		"minmax, lower is better":     {&rule.MinMax{Of: of("value"), Better: "lower"}, five, answers{"value": 20}, rule.Scored, "0.666667", "20 within 10 and 40: 66.67%"},
		"minmax, lowest":              {&rule.MinMax{Of: of("value"), Lowest: set("0.1")}, five, answers{"value": 10}, rule.Scored, "0.1", "10 within 10 and 40: 10%"},
		"minmax between, lowest":      {&rule.MinMax{Of: of("value"), Lowest: set("0.1")}, five, answers{"value": 25}, rule.Scored, "0.55", "25 within 10 and 40: 55%"},
		"minmax outside":              {&rule.MinMax{Of: of("value"), Within: "round"}, five, answers{"value": 90}, rule.Scored, "1", "90 within 10 and 80: 100%"},
		"minmax of one value":         {&rule.MinMax{Of: of("value")}, rule.Basis{Group: cohort(7, 7)}, answers{"value": "7.0"}, rule.Scored, "1", "7 within 7 and 7: 100%"},
		"minmax of one value, lower":  {&rule.MinMax{Of: of("value"), Better: "lower"}, rule.Basis{Group: cohort(7)}, answers{"value": 7}, rule.Scored, "1", "7 within 7 and 7: 100%"},
		"minmax worse than the one":   {&rule.MinMax{Of: of("value"), Better: "lower"}, rule.Basis{Group: cohort(7)}, answers{"value": 8}, rule.Scored, "0", "8 within 7 and 7: 0%"},
		"minmax, cohort unknown":      {&rule.MinMax{Of: of("value")}, rule.Basis{}, answers{"value": 7}, rule.Pending, "", "waiting for the agencies that it is compared with"},
		"percentile, worst":           {&rule.Percentile{Of: of("value")}, five, answers{"value": 10}, rule.Scored, "0", "10, better than 0 of the 4 others: 0%"},
		"percentile, tied":            {&rule.Percentile{Of: of("value")}, five, answers{"value": 20}, rule.Scored, "0.25", "20, better than 1 of the 4 others: 25%"},
		"percentile, tied best":       {&rule.Percentile{Of: of("value")}, five, answers{"value": 40}, rule.Scored, "0.75", "40, better than 3 of the 4 others: 75%"},
		"percentile, beyond":          {&rule.Percentile{Of: of("value")}, five, answers{"value": 41}, rule.Scored, "1", "41, better than 4 of the 4 others: 100%"},
		"percentile, lower, lowest":   {&rule.Percentile{Of: of("value"), Better: "lower", Lowest: set("0.2")}, five, answers{"value": 10}, rule.Scored, "1", "10, better than 4 of the 4 others: 100%"},
		"percentile, lower, worst":    {&rule.Percentile{Of: of("value"), Better: "lower", Lowest: set("0.2")}, five, answers{"value": 40}, rule.Scored, "0.2", "40, better than 0 of the 4 others: 20%"},
		"percentile of one value":     {&rule.Percentile{Of: of("value")}, rule.Basis{Group: cohort(7, 7)}, answers{"value": 7}, rule.Scored, "1", "7, all agencies have 7: 100%"},
		"percentile of one agency":    {&rule.Percentile{Of: of("value")}, rule.Basis{Group: cohort(7)}, answers{"value": 7}, rule.Scored, "1", "7, all agencies have 7: 100%"},
		"percentile worse than one":   {&rule.Percentile{Of: of("value")}, rule.Basis{Group: cohort(7, 7)}, answers{"value": 6}, rule.Scored, "0", "6, all agencies have 7: 0%"},
		"percentile, round unknown":   {&rule.Percentile{Of: of("value"), Within: "round"}, rule.Basis{Group: cohort(7, 8)}, answers{"value": 7}, rule.Pending, "", "waiting for the agencies that it is compared with"},
		"percentile, does not apply":  {&rule.Percentile{Of: of("value")}, five, answers{"value": rule.NotApplicableValue()}, rule.NotApplicable, "", "not applicable"},
		"sum of a pending part":       {sum(part("a", share("1"), &rule.Best{Of: of("value")})), rule.Basis{}, answers{"value": 3}, rule.Pending, "", "waiting for the agencies that it is compared with"},
		"sum of a part of the cohort": {sum(part("a", share("1"), &rule.Best{Of: of("value")})), five, answers{"value": 30}, rule.Scored, "0.75", "30 against the highest, 40: 75% → 75%"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Empty(t, tc.rule.Check(tc.basis))
			got := tc.rule.Fit(tc.basis).Judge(tc.in.inputs())
			require.Equal(t, tc.status, got.Status)
			if tc.status == rule.Scored {
				assert.Equal(t, dec(tc.share).StringFixed(6), got.Share.Decimal(6).StringFixed(6))
			}
			assert.Equal(t, tc.note, locale.MustFor("en").Note(got.Note))
			assert.NotContains(t, locale.MustFor("vi").Note(got.Note), "{")
		})
	}
}

func TestFitted(t *testing.T) {
	b := rule.Basis{Group: cohort(10, 120, nil, 60)}
	best, ok := (&rule.Best{Of: of("value")}).Fit(b).(rule.Fitted)
	require.True(t, ok)
	require.Len(t, best.Fitted(), 1)
	assert.Equal(t, "best", best.Fitted()[0].Name)
	assert.Equal(t, "120", best.Fitted()[0].Value.String())

	bounds := (&rule.MinMax{Of: of("value")}).Fit(b).(rule.Fitted).Fitted()
	require.Len(t, bounds, 2)
	assert.Equal(t, "min 10 max 120", bounds[0].Name+" "+bounds[0].Value.String()+" "+bounds[1].Name+" "+bounds[1].Value.String())

	third := rule.Basis{Group: []rule.Inputs{answers{"a": 1, "b": 3}.inputs()}}
	best = (&rule.Best{Of: of("a"), Over: of("b")}).Fit(third).(rule.Fitted)
	assert.Equal(t, "0.333333333333333333", best.Fitted()[0].Value.String())

	_, ok = (&rule.Best{Of: of("value")}).Fit(rule.Basis{}).(rule.Fitted)
	assert.False(t, ok, "nothing is fitted to an unknown cohort")
}

// In any cohort shares stay within lowest..1, the best value earns all, and a better value never earns less.
func TestCohortProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.IntRange(-20, 20), 1, 12).Draw(t, "values")
		entered := make([]any, len(values))
		for i, v := range values {
			entered[i] = v
		}
		lowest := rapid.SampledFrom([]string{"0", "0.25", "1"}).Draw(t, "lowest")
		better := rapid.SampledFrom([]string{"", "higher", "lower"}).Draw(t, "better")
		rules := []rule.Rule{
			&rule.MinMax{Of: of("value"), Better: better, Lowest: set(lowest)},
			&rule.Percentile{Of: of("value"), Better: better, Lowest: set(lowest)},
		}
		if lowest == "0" && better != "lower" {
			rules = append(rules, &rule.Best{Of: of("value")})
		}
		x, y := rapid.IntRange(-30, 30).Draw(t, "x"), rapid.IntRange(-30, 30).Draw(t, "y")
		worse, good := min(x, y), max(x, y)
		if better == "lower" {
			worse, good = good, worse
		}
		for _, r := range rules {
			judge := r.Fit(rule.Basis{Group: cohort(entered...)})
			a, b := judge.Judge(answers{"value": worse}.inputs()), judge.Judge(answers{"value": good}.inputs())
			require.Equal(t, rule.Scored, a.Status)
			require.LessOrEqual(t, a.Share.Cmp(b.Share), 0, "%s: %v earns more than %v", r.Kind(), worse, good)
			require.GreaterOrEqual(t, a.Share.Cmp(rule.Whole(dec(lowest))), 0)
			require.LessOrEqual(t, b.Share.Cmp(rule.One()), 0)
		}
	})
}
