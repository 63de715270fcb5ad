package rule

import (
	"slices"

	"github.com/shopspring/decimal"
)

// BestOf is the kind best_of: the part that earns most counts. Parts that do not apply are left aside; a blank part
// earns 0 unless all are blank.
type BestOf struct {
	Parts []Part
}

var (
	_ Rule    = (*BestOf)(nil)
	_ Chooser = (*BestOf)(nil)
)

// Kind is "best_of".
func (r *BestOf) Kind() string { return "best_of" }

// Keys declares the kind's keys.
func (r *BestOf) Keys() []Key { return []Key{{Name: "parts", Into: &r.Parts, Required: true}} }

// Natural is 0: the inputs must be declared.
func (r *BestOf) Natural() Type { return 0 }

// Reads lists the inputs of all parts.
func (r *BestOf) Reads() []Read { return reads(r.Parts) }

// OptionsFor lists the options that a part gives for the input.
func (r *BestOf) OptionsFor(input string) []Option { return partsOptionsFor(r.Parts, input) }

// Check reports the faults of the settings.
func (r *BestOf) Check(b Basis) []Fault {
	faults, sound := checkParts(r.Parts, b)
	if !sound {
		return faults
	}
	most := slices.MaxFunc(r.Parts, func(p, q Part) int { return p.share(b).Cmp(q.share(b)) })
	return append(faults, checkReach("parts", most.share(b), b)...)
}

// Fit makes the judge.
func (r *BestOf) Fit(b Basis) Judge {
	return &bestOfJudge{parts: fitParts(r.Parts, b), points: b.Points, floor: b.floor()}
}

// Words says the rule with its parts.
func (r *BestOf) Words() Note { return Say("rule-best-of", partWords(r.Parts)) }

// Example answers every part.
func (r *BestOf) Example(d *Draft) { examples(d, r.Parts) }

type bestOfJudge struct {
	parts  []fittedPart
	points *decimal.Decimal // nil where the indicator has none
	floor  Fraction
}

func (j *bestOfJudge) Judge(in Inputs) Judgement {
	t, failed, ok := judgeParts(j.parts, in)
	if !ok {
		return failed
	}
	best := slices.MaxFunc(t.earned, Fraction.Cmp)
	return scored(shareOf(best, j.points).Clamp(j.floor, One()), Say("best-of", t.notes))
}

// Formula is the most that a part earns. A part that does not apply stands at the floor, below which nothing counts.
func (j *bestOfJudge) Formula(c Cells, full decimal.Decimal) Formula {
	t := partsFormula(c, j.parts, j.points, full)
	if t.of.IsZero() {
		return Formula{Status: t.status, Points: "0"}
	}
	floor := worth(j.floor, t.of)
	list := []string{floor}
	for _, p := range t.parts {
		list = append(list, "IF("+p.status+"=3,"+floor+",IF("+p.status+"=1,"+p.points+",0))")
	}
	points := "MIN(" + Literal(t.of) + "," + fold(c, "MAX", list) + ")"
	return Formula{Status: t.status, Points: rescaled(points, full, t.of)}
}

// Told tells it to the parts.
func (r *BestOf) Told(types func(input string) Type) { tell(r.Parts, types) }

// Relative reports whether a part looks at the cohort.
func (r *BestOf) Relative() bool { return anyRelative(r.Parts) }
