package rule_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria/rule"
)

// A rising rule never scores a greater "value" less, in any of these.
func rising() map[string]rule.Rule {
	return map[string]rule.Rule{
		"ratio":      &rule.Ratio{Of: of("value"), Over: of("all"), Target: set("0.8"), NothingBelow: set("0.3")},
		"steps":      meetings(),
		"quotient":   &rule.Steps{Of: of("value"), Over: of("all"), Steps: []rule.Step{above("0.8", share("1")), from("0.8", share("0.9")), from("0.1", share("-0.1"))}},
		"up to":      &rule.Steps{Of: of("-value"), Steps: []rule.Step{upTo("-10", share("1")), upTo("3", share("0.5"))}},
		"per unit":   &rule.PerUnit{Of: of("value"), Each: dec("0.3")},
		"deduct":     &rule.Deduct{Parts: []rule.Deduction{{Of: of("all", "-value"), Each: dec("0.4")}}},
		"linear":     &rule.Linear{Of: of("value"), Worst: dec("-3"), Best: dec("21")},
		"less":       &rule.Linear{Of: of("-value"), Worst: dec("3"), Best: dec("-21")},
		"logarithm":  &rule.Linear{Of: of("value"), Worst: dec("0.01"), Best: dec("30"), Scale: "log"},
		"points":     &rule.PointsRule{Of: of("value")},
		"sum of":     sum(part("a", share("0.7"), meetings()), part("b", earns("8"), &rule.PerUnit{Of: of("value"), Each: dec("0.3")})),
		"best of":    &rule.BestOf{Parts: []rule.Part{part("a", share("0.7"), meetings()), part("b", share("1"), &rule.PointsRule{Of: of("value")})}},
		"sum, floor": sum(part("a", share("1"), &rule.Steps{Of: of("value"), Steps: []rule.Step{from("0", share("-0.1")), from("5", share("1"))}})),
	}
}

func TestMoreNeverScoresLess(t *testing.T) {
	tenths := rapid.Custom(func(t *rapid.T) decimal.Decimal {
		return decimal.New(int64(rapid.IntRange(-300, 400).Draw(t, "tenths")), -1)
	})
	b := rule.Basis{Points: points("20"), Min: dec("-2")}
	for name, r := range rising() {
		t.Run(name, func(t *testing.T) {
			require.Empty(t, r.Check(b))
			judge := r.Fit(b)
			rapid.Check(t, func(t *rapid.T) {
				x, y := tenths.Draw(t, "x"), tenths.Draw(t, "y")
				if x.GreaterThan(y) {
					x, y = y, x
				}
				all := rapid.IntRange(1, 40).Draw(t, "all")
				less := judge.Judge(answers{"value": rule.NumberOf(x), "all": all}.inputs())
				more := judge.Judge(answers{"value": rule.NumberOf(y), "all": all}.inputs())
				require.Equal(t, rule.Scored, less.Status)
				require.Equal(t, rule.Scored, more.Status)
				require.LessOrEqual(t, less.Share.Cmp(more.Share), 0, "%s earns more than %s", x, y)
				require.GreaterOrEqual(t, less.Share.Cmp(rule.Whole(dec("-0.1"))), 0)
				require.LessOrEqual(t, more.Share.Cmp(rule.One()), 0)
			})
		})
	}
}

// An earlier day never scores less.
func TestEarlierNeverScoresLess(t *testing.T) {
	judge := steps(by("2025-03-31", share("0.5")), by("2025-01-31", share("1"))).Fit(rule.Basis{})
	days := rapid.SampledFrom([]rule.Date{"2024-12-31", "2025-01-30", "2025-01-31", "2025-02-01", "2025-03-31", "2025-04-01", "2026-01-01"})
	rapid.Check(t, func(t *rapid.T) {
		x, y := days.Draw(t, "x"), days.Draw(t, "y")
		early := judge.Judge(answers{"value": min(x, y)}.inputs())
		late := judge.Judge(answers{"value": max(x, y)}.inputs())
		require.GreaterOrEqual(t, early.Share.Cmp(late.Share), 0)
	})
}

// One option more never scores less, and shares stay within the min and all.
func TestOptionsStayWithinBounds(t *testing.T) {
	ids := []string{"plan", "budget", "report"}
	judge := published().Fit(rule.Basis{})
	rapid.Check(t, func(t *rapid.T) {
		mixed := rapid.Permutation(ids).Draw(t, "order")
		n := rapid.IntRange(0, 2).Draw(t, "ticked")
		fewer := judge.Judge(answers{"value": mixed[:n]}.inputs())
		more := judge.Judge(answers{"value": mixed[:n+1]}.inputs())
		require.LessOrEqual(t, fewer.Share.Cmp(more.Share), 0)
		require.LessOrEqual(t, more.Share.Cmp(rule.One()), 0)
	})
}

// Fractions keep the laws of arithmetic, whole or not.
func TestFractionLaws(t *testing.T) {
	fractions := rapid.Custom(func(t *rapid.T) rule.Fraction {
		num := decimal.New(int64(rapid.IntRange(-99, 99).Draw(t, "num")), -1)
		den := rapid.SampledFrom([]string{"", "1", "3", "-7", "0.25"}).Draw(t, "den")
		if den == "" {
			return rule.Whole(num)
		}
		return rule.FractionOf(num, dec(den))
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := fractions.Draw(t, "a"), fractions.Draw(t, "b"), fractions.Draw(t, "c")
		require.Zero(t, a.Add(b).Cmp(b.Add(a)))
		require.Zero(t, a.Add(b).Sub(b).Cmp(a))
		require.Zero(t, a.Mul(b.Add(c)).Cmp(a.Mul(b).Add(a.Mul(c))))
		require.Equal(t, a.Cmp(b), -b.Cmp(a))
		require.Equal(t, a.Sub(b).Sign(), a.Cmp(b))
		if b.Sign() != 0 {
			require.Zero(t, a.Div(b).Mul(b).Cmp(a))
		}
		require.Zero(t, a.Add(rule.Fraction{}).Cmp(a))
		require.Zero(t, a.Mul(rule.One()).Cmp(a))
		require.True(t, a.Of(dec("2"), 6).Equal(a.Add(a).Decimal(6)))
	})
	require.Panics(t, func() { rule.FractionOf(dec("1"), dec("0")) })
}
