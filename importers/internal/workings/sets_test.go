package workings_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/workings"
)

// kinds is a set with every kind of rule and every type of input.
const kinds = `
schema: dti.criteria/v1
id: kinds
version: "1"
title: {vi: Mọi quy tắc, en: Every rule}
languages: [vi, en]
scale: 100
groups: {department: {vi: Sở, en: Departments}, ward: {vi: Xã, en: Wards}}
ratings:
  - {id: good, name: {vi: Tốt, en: Good}, above: 80}
  - {id: fair, name: {vi: Khá, en: Fair}, from: 50}
  - {id: weak, name: {vi: Yếu, en: Weak}, from: 0}
rounding: {indicator: 2, total: 2}
missing: {answer: MISSING}
not_applicable: RESCALE
caps: {bonus: 1.5, penalty: 1}
figures:
  staff: {name: {vi: Biên chế, en: Staff}, type: count, min: 1}
  people: {name: {vi: Dân số, en: People}, type: number, by: department}
  note: {name: {vi: Ghi chú chung, en: General note}, type: text}
pillars:
  - id: first
    no: "1"
    name: {vi: Một, en: First}
    indicators:
      - {id: YES, no: "1.1", name: {vi: A, en: A}, points: 1.5, score: {kind: yes_no}, evidence: {required: true, without: zero}, not_applicable: {allowed: true}}
      - id: CHOICE
        name: {vi: B, en: B}
        points: {department: 4, ward: 3}
        min: -1
        score:
          kind: choice
          options:
            - {id: a, name: {vi: "Có, một phần (*)", en: "Yes, \"in part\"? ~"}, share: 0.335}
            - {id: b, name: {vi: "LONG LONG", en: "1.5"}, share: 1}
            - {id: c, name: {vi: Không áp dụng, en: None}, points: -1}
        not_applicable: {allowed: true, policy: full}
      - id: LIST
        name: {vi: C, en: C}
        points: 3
        score:
          kind: checklist
          options:
            - {id: x, name: {vi: "Một; hai", en: X}, share: 0.4}
            - {id: y, name: {vi: Hai, en: "Y, z"}, share: 0.35}
            - {id: z, name: {vi: Ba, en: Three}, share: 0.25}
        not_applicable: {allowed: true, policy: zero}
      - id: ALL
        name: {vi: D, en: D}
        points: 2
        score: {kind: checklist, need: all, options: [{id: x, name: {vi: Một, en: One}}, {id: y, name: {vi: Hai, en: Two}}]}
        evidence: {required: true}
      - id: RATIO
        name: {vi: E, en: E}
        points: 1.5
        inputs:
          n: {name: {vi: Tử số, en: Numerator}, type: count}
          d: {name: {vi: Mẫu số, en: Denominator}, type: count}
        score: {kind: ratio, of: n, over: [d, figures.staff], target: 0.9, nothing_below: 0.1}
        not_applicable: {allowed: true}
      - {id: SHARE, name: {vi: F, en: F}, points: 3, inputs: {p: {name: {vi: Tỷ lệ, en: Share}, type: percent, min: 0, max: 100}}, score: {kind: linear, of: p, worst: 20, best: 90}}
      - {id: HEAD, name: {vi: G, en: G}, points: 2, inputs: {m: {name: {vi: Mức, en: Amount}, type: number}}, score: {kind: steps, of: m, over: figures.people, steps: [{from: 5, share: 1}, {above: 2, share: 0.5}]}}
      - {id: STEPS, name: {vi: H, en: H}, points: 2, score: {kind: steps, steps: [{up_to: 5, share: 1}, {up_to: 12.5, points: 0.5}]}}
      - {id: DATE, name: {vi: I, en: I}, points: 2, score: {kind: steps, steps: [{by: 2026-03-31, share: 1}, {by: 2026-06-30, share: 0.5}]}}
  - id: second
    name: {vi: Hai, en: Second}
    indicators:
      - {id: UNIT, name: {vi: K, en: K}, points: 3, score: {kind: per_unit, each: 0.35}}
      - {id: DEDUCT, name: {vi: L, en: L}, points: 2, min: -1, score: {kind: deduct, parts: [{each: 0.25}]}}
      - {id: LOG, name: {vi: M, en: M}, points: 2, when: online, score: {kind: linear, worst: 1, best: 100, scale: log}}
      - {id: LESS, name: {vi: N, en: N}, points: 1, for: [ward], score: {kind: linear, worst: 10, best: 2}}
      - {id: BEST, name: {vi: O, en: O}, points: 3, score: {kind: best}}
      - {id: MINMAX, name: {vi: P, en: P}, points: 2, score: {kind: minmax, better: lower, lowest: 0.2}}
      - {id: RANKED, name: {vi: Q, en: Q}, points: 2, score: {kind: percentile}}
      - {id: POINTS, name: {vi: R, en: R}, points: 5, score: {kind: points}, evidence: {required: true}}
      - {id: COUNCIL, name: {vi: S, en: S}, points: 2, inputs: {given: {name: {vi: Điểm, en: Points}, type: points, by: council}}, score: {kind: points}}
      - id: PARTS
        name: {vi: T, en: T}
        points: 4
        inputs:
          yes: {name: {vi: Có, en: Has}, type: yes_no}
          n: {name: {vi: Số, en: Number}, type: count}
          d: {name: {vi: Tổng, en: Whole}, type: count}
          others: {name: {vi: Khảo sát, en: Survey}, type: number, by: survey}
        score:
          kind: sum_of
          parts:
            - {id: one, share: 0.3, score: {kind: yes_no, of: yes}}
            - {id: two, points: 1.5, score: {kind: ratio, of: n, over: d, if_zero: not_applicable}}
            - {id: three, share: 0.4, score: {kind: linear, of: others, worst: 0, best: 5}}
      - id: EITHER
        name: {vi: U, en: U}
        points: 3
        inputs:
          yes: {name: {vi: Có, en: Has}, type: yes_no}
          n: {name: {vi: Số, en: Number}, type: count}
        score: {kind: best_of, parts: [{id: one, share: 1, score: {kind: per_unit, of: n, each: 0.7}}, {id: two, points: 2, score: {kind: yes_no, of: yes}}]}
      - {id: BONUS, name: {vi: V, en: V}, points: 2, effect: bonus, score: {kind: per_unit, each: 0.45}}
      - {id: PENALTY, name: {vi: X, en: X}, points: 2, effect: penalty, score: {kind: per_unit, each: 0.45}}
      - {id: NOTE, name: {vi: Y, en: Y}, effect: none, score: {kind: yes_no}}
`

func everyKind(t tester, missing, notApplicable string) *criteria.Set {
	long := strings.Repeat("rất dài, ", 40)
	return load(t, strings.NewReplacer("MISSING", missing, "RESCALE", notApplicable, "LONG LONG", long).Replace(kinds))
}

func Test_EveryKindOfRuleAgreesWithTheEngine(t *testing.T) {
	var sets []*criteria.Set
	for _, missing := range []string{"zero", "skip"} {
		for _, notApplicable := range []string{"rescale", "full", "zero"} {
			sets = append(sets, everyKind(t, missing, notApplicable))
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		tags := rapid.SampledFrom([][]string{nil, {"online"}}).Draw(r, "tags")
		f := draw(r, sets[rapid.IntRange(0, len(sets)-1).Draw(r, "policies")], tags)
		if rapid.Bool().Draw(r, "bounds") {
			f.bounds = map[string][]rule.Bound{
				"BEST":   {{Name: "best", Value: decimal.NewFromInt(12)}},
				"MINMAX": {{Name: "min", Value: decimal.New(15, -1)}, {Name: "max", Value: decimal.NewFromInt(11)}},
			}
		}
		f.compare(r, workings.New(f.request()))
	})
}

// tree is a set of nested pillars, each combined in its own way.
func tree(root, child, inner, settings string) string {
	worth := func(parent string, n int) string {
		if parent == "sum" {
			return fmt.Sprintf("points: %d", n)
		}
		return fmt.Sprintf("weight: %d", n)
	}
	pillar := func(parent, own string, n int) string {
		if parent != "sum" {
			return fmt.Sprintf("weight: %d, combine: %s", n, own)
		}
		if own == "sum" {
			return "combine: sum"
		}
		return fmt.Sprintf("points: %d, combine: %s", n, own)
	}
	const name = "name: {vi: Tên, en: Name}"
	leaf := func(id, parent string, n int, more string) string {
		return fmt.Sprintf("{id: %s, %s, %s, %s}", id, name, worth(parent, n), more)
	}
	shares := "inputs: {p: {name: {vi: P, en: P}, type: percent, min: 0, max: 100}}, score: {kind: linear, of: p, worst: 0, best: 100}"
	waived := ", not_applicable: {allowed: true}"
	return fmt.Sprintf(`
schema: dti.criteria/v1
id: tree
version: "1"
title: {vi: Cây, en: Tree}
languages: [vi, en]
groups: {department: {vi: Sở, en: Departments}}
combine: %s
%s
pillars:
  - {id: a, %s, %s, pillars: [{id: b, %s, %s, indicators: [%s, %s]}], indicators: [%s, %s, %s]}
  - {id: c, %s, %s, indicators: [%s, %s]}
`, root, settings,
		name, pillar(root, child, 7), name, pillar(child, inner, 5),
		leaf("B-1", inner, 2, shares+waived), leaf("B-2", inner, 3, "score: {kind: yes_no}"+waived),
		leaf("A-1", child, 1, shares+waived), leaf("A-2", child, 3, "score: {kind: yes_no}"+waived),
		"{id: A-3, "+name+", points: 2, effect: bonus, score: {kind: yes_no}}",
		name, pillar(root, "sum", 4), leaf("C-1", "sum", 3, shares+waived), leaf("C-2", "sum", 3, "score: {kind: yes_no}"+waived))
}

func Test_EveryCombinationAgreesWithTheEngine(t *testing.T) {
	ways := rapid.SampledFrom([]string{"sum", "mean", "geometric", "harmonic", "min"})
	rapid.Check(t, func(r *rapid.T) {
		root, child, inner := ways.Draw(r, "root"), ways.Draw(r, "child"), ways.Draw(r, "inner")
		settings := []string{
			"missing: {answer: " + rapid.SampledFrom([]string{"zero", "skip"}).Draw(r, "missing") + "}",
			"not_applicable: " + rapid.SampledFrom([]string{"rescale", "full", "zero"}).Draw(r, "n/a"),
			rapid.SampledFrom([]string{"rounding: {indicator: 2, total: 2}", "rounding: {indicator: none, total: none}", "rounding: {indicator: 1, total: 0}"}).Draw(r, "rounding"),
		}
		scales := []string{"scale: 100", "scale: 750"}
		if root == "sum" {
			scales = append(scales, "scale: points")
		}
		settings = append(settings, rapid.SampledFrom(scales).Draw(r, "scale"))
		f := draw(r, load(r, tree(root, child, inner, strings.Join(settings, "\n"))), nil)
		f.compare(r, workings.New(f.request()))
	})
}
