package rule

import (
	"github.com/shopspring/decimal"
)

// SumOf is the kind sum_of: parts with rules of their own add up, to all at most. A part that does not apply leaves the
// sum, which then counts out of the worth of what is left; a blank part earns 0 unless all are blank.
type SumOf struct {
	Parts []Part
}

var (
	_ Rule    = (*SumOf)(nil)
	_ Chooser = (*SumOf)(nil)
)

// Kind is "sum_of".
func (r *SumOf) Kind() string { return "sum_of" }

// Keys declares the kind's keys.
func (r *SumOf) Keys() []Key { return []Key{{Name: "parts", Into: &r.Parts, Required: true}} }

// Natural is 0: the inputs must be declared.
func (r *SumOf) Natural() Type { return 0 }

// Reads lists the inputs of all parts.
func (r *SumOf) Reads() []Read { return reads(r.Parts) }

// OptionsFor lists the options that a part gives for the input.
func (r *SumOf) OptionsFor(input string) []Option { return partsOptionsFor(r.Parts, input) }

// Check reports the faults of the settings.
func (r *SumOf) Check(b Basis) []Fault {
	faults, sound := checkParts(r.Parts, b)
	if !sound {
		return faults
	}
	var most Fraction
	for _, p := range r.Parts {
		most = most.Add(p.share(b))
	}
	return append(faults, checkReach("parts", most, b)...)
}

// Fit makes the judge.
func (r *SumOf) Fit(b Basis) Judge {
	return &sumJudge{parts: fitParts(r.Parts, b), points: b.Points, floor: b.floor()}
}

// Words says the rule with its parts.
func (r *SumOf) Words() Note { return Say("rule-sum-of", partWords(r.Parts)) }

// Example answers every part.
func (r *SumOf) Example(d *Draft) { examples(d, r.Parts) }

type sumJudge struct {
	parts  []fittedPart
	points *decimal.Decimal // nil where the indicator has none
	floor  Fraction
}

var _ Levelled = (*sumJudge)(nil)

func (j *sumJudge) Judge(in Inputs) Judgement {
	t, failed, ok := judgeParts(j.parts, in)
	if !ok {
		return failed
	}
	var all Fraction
	for _, earned := range t.earned {
		all = all.Add(earned)
	}
	share := j.share(all, t.left)
	if t.left.Cmp(One()) >= 0 {
		return scored(share, Say("sum-of", t.notes))
	}
	return scored(share, Say("sum-of-left", t.notes, t.left, share))
}

// Next is the next level of one part, the one that brings most; of equal ones the first.
func (j *sumJudge) Next(in Inputs) (next Level, ok bool) {
	t, failed, judged := judgeParts(j.parts, in)
	if !judged && failed.Status != Missing {
		return next, false
	}
	now, _ := j.Judge(in).standing()
	var all Fraction
	for _, earned := range t.earned {
		all = all.Add(earned)
	}
	for _, p := range j.parts {
		was := p.judge.Judge(in)
		levelled, few := p.judge.(Levelled)
		if !few || was.Status == NotApplicable {
			continue
		}
		level, more := levelled.Next(in)
		if !more {
			continue
		}
		earned := all.Sub(p.earned(was)).Add(p.earned(Judgement{Share: level.Share}))
		share := j.share(earned, t.left)
		if share.Cmp(next.Share) > 0 || !ok {
			next, ok = Level{Share: share, Words: Say("level-part", p.said, level.Words)}, true
		}
	}
	return next, ok && next.Share.Cmp(now) > 0
}

// share is the share of the indicator's points that parts earned; left is what those are worth that apply.
func (j *sumJudge) share(earned, left Fraction) Fraction {
	share := shareOf(earned, j.points)
	if left.Cmp(One()) < 0 {
		share = share.Div(left)
	}
	return share.Clamp(j.floor, One())
}

// Formula is the sum of the parts × points ÷ what the parts that apply are worth, at most the points.
func (j *sumJudge) Formula(c Cells, full decimal.Decimal) Formula {
	t := partsFormula(c, j.parts, j.points, full)
	if t.of.IsZero() || len(t.parts) == 0 {
		return Formula{Status: t.status, Points: "0"}
	}
	earned, left := make([]string, len(t.parts)), make([]string, len(t.parts))
	for i, p := range t.parts {
		earned[i] = "IF(" + p.status + "=1," + p.points + ",0)"
		left[i] = "IF(" + p.status + "=3,0," + p.worth + ")"
	}
	all := Literal(t.of)
	of := cell(c, fold(c, "SUM", left))
	// Parts that are together worth more than all are not re-based; nothing is divided by 0 where no part applies.
	out := c.Put("IF(" + of + ">0,MIN(" + all + "," + of + ")," + all + ")")
	points := times(fold(c, "SUM", earned), t.of) + "/" + out
	points = clamped(worth(j.floor, t.of), points, all)
	return Formula{Status: t.status, Points: rescaled(points, full, t.of)}
}

// Told tells it to the parts.
func (r *SumOf) Told(types func(input string) Type) { tell(r.Parts, types) }

// Relative reports whether a part looks at the cohort.
func (r *SumOf) Relative() bool { return anyRelative(r.Parts) }
