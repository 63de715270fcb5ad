package rule_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/rule"
)

func ExampleRatio() {
	five := decimal.NewFromInt(5)
	computers := &rule.Ratio{Of: rule.Operand{{Input: "computers"}}, Over: rule.Operand{{Input: "figures.staff"}}}
	judge := computers.Fit(rule.Basis{Points: &five})

	entered := map[string]int64{"computers": 38, "figures.staff": 40}
	judgement := judge.Judge(func(name string) rule.Value {
		return rule.NumberOf(decimal.NewFromInt(entered[name]))
	})
	fmt.Println(judgement.Status, judgement.Share.Of(five, 2))
	// Output: scored 4.75
}

func ExampleLinear() {
	// Fewer days are better: 30 or more earn nothing, 5 or fewer everything.
	days := &rule.Linear{Of: rule.Operand{{Input: "value"}}, Worst: decimal.NewFromInt(30), Best: decimal.NewFromInt(5)}
	judge := days.Fit(rule.Basis{})
	for _, n := range []int64{40, 10, 5} {
		judgement := judge.Judge(func(string) rule.Value { return rule.NumberOf(decimal.NewFromInt(n)) })
		fmt.Println(n, judgement.Share.Decimal(4))
	}
	// Output:
	// 40 0
	// 10 0.8
	// 5 1
}

// benchmark judges one agency's answers again and again.
func benchmark(b *testing.B, r rule.Rule, in answers) {
	judge := r.Fit(rule.Basis{Points: points("5")})
	inputs := in.inputs()
	b.ReportAllocs()
	for b.Loop() {
		judge.Judge(inputs)
	}
}

func BenchmarkRatio(b *testing.B) {
	benchmark(b, &rule.Ratio{Of: of("computers"), Over: of("staff")}, answers{"computers": 38, "staff": 40})
}

func BenchmarkSteps(b *testing.B) { benchmark(b, meetings(), answers{"value": 2}) }

func BenchmarkLinear(b *testing.B) {
	benchmark(b, &rule.Linear{Of: of("value"), Worst: dec("20"), Best: dec("85")}, answers{"value": "52.5"})
}

func BenchmarkChoice(b *testing.B) { benchmark(b, chair(), answers{"value": []string{"chairman"}}) }

func BenchmarkSumOf(b *testing.B) {
	benchmark(b, network(), answers{"linked": 19, "units": 20, "apps": 3})
}
