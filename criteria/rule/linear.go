package rule

import (
	"math"
	"strconv"

	"github.com/shopspring/decimal"
)

// Linear is the kind linear: 0 at worst, 1 at best, straight between, cut off outside. Worst above best means that less
// is better. With `scale: log` all three are logged, and the share is a decimal of 12 significant digits.
type Linear struct {
	Of          Operand
	Worst, Best decimal.Decimal
	Scale       string // "linear" (default) or "log"

	percent bool // what it reads is percentages
}

var _ Rule = (*Linear)(nil)

// Kind is "linear".
func (r *Linear) Kind() string { return "linear" }

// Keys declares the kind's keys.
func (r *Linear) Keys() []Key {
	return []Key{
		{Name: "of", Into: &r.Of, OnlyInput: true},
		{Name: "worst", Into: &r.Worst, Required: true},
		{Name: "best", Into: &r.Best, Required: true},
		{Name: "scale", Into: &r.Scale, Words: []string{"linear", "log"}},
	}
}

// Natural is Number.
func (r *Linear) Natural() Type { return Number }

// Reads lists the inputs.
func (r *Linear) Reads() []Read { return r.Of.reads("of", numeric()...) }

func (r *Linear) logged() bool { return r.Scale == "log" }

// Check reports the faults of the settings.
func (r *Linear) Check(Basis) []Fault {
	var faults []Fault
	if r.Worst.Equal(r.Best) {
		faults = append(faults, Fault{At: "best", Kind: "rule-worst-is-best", Args: []any{r.Best}})
	}
	if !r.logged() {
		return faults
	}
	if !r.Worst.IsPositive() {
		faults = append(faults, Fault{At: "worst", Kind: "rule-log-bound", Args: []any{r.Worst}})
	}
	if !r.Best.IsPositive() {
		faults = append(faults, Fault{At: "best", Kind: "rule-log-bound", Args: []any{r.Best}})
	}
	return faults
}

// Fit makes the judge.
func (r *Linear) Fit(Basis) Judge {
	if r.Worst.Equal(r.Best) || r.logged() && !(r.Worst.IsPositive() && r.Best.IsPositive()) {
		return unfit{}
	}
	j := &linearJudge{of: r.Of, ramp: newRamp(Whole(r.Worst), Whole(r.Best)), measure: r.measure()}
	j.worst, j.best = j.measure.said(j.ramp.worst), j.measure.said(j.ramp.best)
	if r.logged() {
		j.log = &logScale{worst: logOf(r.Worst), best: logOf(r.Best)}
	}
	return j
}

// Words says the rule.
func (r *Linear) Words() Note {
	kind, between := "rule-linear", Note{Kind: "rule-between"}
	if r.Worst.GreaterThan(r.Best) {
		kind = "rule-linear-lower"
	}
	if r.logged() {
		between = Note{Kind: "rule-between-log"}
	}
	m := r.measure()
	return Say(kind, r.Of.words(), m.said(Whole(r.Worst)), m.said(Whole(r.Best)), noPoints, allPoints, between)
}

// Told learns whether what it reads is percentages.
func (r *Linear) Told(types func(input string) Type) { r.percent = r.Of.percent(types) }

func (r *Linear) measure() measure { return quantity{of: r.Of}.measure(r.percent) }

// Example stands between the bounds.
func (r *Linear) Example(d *Draft) {
	span := r.Best.Sub(r.Worst)
	x := neat(r.Worst.Add(span.Mul(d.middling())), span)
	if r.logged() && r.Worst.IsPositive() && r.Best.IsPositive() {
		// The middle of a logarithmic scale is far below that of a straight one. Which number is taken is free, so that
		// a float64 decides it; the judge works on its decimals.
		worst, at := logOf(r.Worst), d.middling().InexactFloat64()
		if y := math.Exp(worst + (logOf(r.Best)-worst)*at); y > 0 && !math.IsInf(y, 1) {
			x = decimal.RequireFromString(strconv.FormatFloat(y, 'e', 1, 64))
		}
	}
	d.sum(r.Of, x, nearest)
}

type linearJudge struct {
	of          Operand
	ramp        ramp
	measure     measure
	worst, best any // for the note
	log         *logScale
}

func (j *linearJudge) Judge(in Inputs) Judgement {
	x, status := j.of.sum(in)
	if status != Scored {
		return unjudged(status)
	}
	kind := "linear"
	share, between := j.ramp.at(Whole(x))
	if j.log != nil {
		kind = "linear-log"
		if between {
			share = j.log.at(x)
		}
	}
	return scored(share, Say(kind, j.measure.said(Whole(x)), j.worst, j.best, share))
}

// Formula clamps (x − worst) × full ÷ (best − worst).
func (j *linearJudge) Formula(c Cells, full decimal.Decimal) Formula {
	x := j.of.formula(c)
	q := quantityFormula{of: x.Points}
	if j.log != nil {
		return Formula{Status: x.Status, Points: j.logFormula(c, q, full)}
	}
	return Formula{Status: x.Status, Points: j.ramp.formula(q, full)}
}

// logFormula clamps x before its logarithm is taken, so that 0 and less are never logged.
func (j *linearJudge) logFormula(c Cells, q quantityFormula, full decimal.Decimal) string {
	if j.log.worst == j.log.best { // bounds that floats do not tell apart leave no place between them
		return j.ramp.ends(q, "0", Literal(full))
	}
	worst, best := j.ramp.worst.num, j.ramp.best.num
	x := clamped(Literal(decimal.Min(worst, best)), q.of, Literal(decimal.Max(worst, best)))
	lnX, lnWorst := c.Put("LN("+x+")"), c.Put("LN("+Literal(worst)+")")
	return "(" + lnX + "-" + lnWorst + ")*" + Literal(full) + "/" + c.Put("LN("+Literal(best)+")-"+lnWorst)
}

// A ramp is 0 at worst and before, 1 at best and beyond, straight between. Worst and best may be one point.
type ramp struct {
	worst, best, span Fraction
	falling           bool // worst above best: less is better
}

func newRamp(worst, best Fraction) ramp {
	return ramp{worst: worst, best: best, span: best.Sub(worst), falling: worst.Cmp(best) > 0}
}

// at is the share of x; between is false where it is cut off, or just 0 or 1.
func (r ramp) at(x Fraction) (share Fraction, between bool) {
	worst, best := x.Cmp(r.worst), x.Cmp(r.best)
	if r.falling {
		worst, best = -worst, -best
	}
	switch {
	case best >= 0:
		return One(), false
	case worst <= 0:
		return Fraction{}, false
	default:
		return x.Sub(r.worst).Div(r.span), true
	}
}

// formula is the ramp × full: (of × wd − over × wn) × full × sd ÷ (over × wd × sn), where worst is wn/wd and the span
// from worst to best is sn/sd; the constants are multiplied here, where it is exact.
func (r ramp) formula(q quantityFormula, full decimal.Decimal) string {
	if r.span.Sign() == 0 {
		return r.ends(q, "0", Literal(full))
	}
	x, zero := times(q.of, r.worst.over()), Literal(r.worst.num)
	if q.over != "" {
		zero = times(q.over, r.worst.num)
	}
	rise, by := x+"-"+zero, r.worst.over().Mul(r.span.num)
	if by.IsNegative() {
		rise, by = zero+"-"+x, by.Neg()
	}
	return clamped("0", q.divided("("+rise+")", full.Mul(r.span.over()), by), Literal(full))
}

// ends is the ramp where worst and best are one point: all is earned there and beyond, nothing before.
func (r ramp) ends(q quantityFormula, none, all string) string {
	reached := ">=0"
	if r.falling {
		reached = "<=0"
	}
	return "IF(" + q.against(r.best) + reached + "," + all + "," + none + ")"
}

// A logScale holds the natural logarithms of the two bounds.
type logScale struct{ worst, best float64 }

// at is the share of an x between the bounds.
func (s logScale) at(x decimal.Decimal) Fraction {
	share := (logOf(x) - s.worst) / (s.best - s.worst)
	// Bounds that differ by less than a float64 tells apart leave no place between them.
	if !(share > 0) {
		return Fraction{}
	}
	return Whole(significant(min(share, 1)))
}

// logOf is the natural logarithm of a number above 0 of any size.
func logOf(d decimal.Decimal) float64 {
	exp := int32(d.NumDigits()) + d.Exponent()
	return math.Log(d.Shift(-exp).InexactFloat64()) + float64(exp)*math.Ln10
}

// significant is a finite f with 12 significant digits.
func significant(f float64) decimal.Decimal {
	return decimal.RequireFromString(strconv.FormatFloat(f, 'e', 11, 64))
}
