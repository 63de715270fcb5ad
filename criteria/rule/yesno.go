package rule

import (
	"github.com/shopspring/decimal"
)

// YesNoRule is the kind yes_no: yes earns all, no earns nothing.
type YesNoRule struct {
	Of Operand // one yes_no input
}

var _ Rule = (*YesNoRule)(nil)

// Kind is "yes_no".
func (r *YesNoRule) Kind() string { return "yes_no" }

// Keys declares the kind's keys.
func (r *YesNoRule) Keys() []Key { return []Key{{Name: "of", Into: &r.Of, OnlyInput: true}} }

// Natural is YesNo.
func (r *YesNoRule) Natural() Type { return YesNo }

// Reads lists the input.
func (r *YesNoRule) Reads() []Read { return r.Of.reads("of", YesNo) }

// Check reports the faults of the settings.
func (r *YesNoRule) Check(Basis) []Fault { return r.Of.checkOnly() }

// Fit makes the judge.
func (r *YesNoRule) Fit(Basis) Judge { return yesNoJudge{r.Of} }

// Words says the rule.
func (r *YesNoRule) Words() Note { return Say("rule-yes-no", r.Of.words(), allPoints, noPoints) }

// Example says yes, every other turn no.
func (r *YesNoRule) Example(d *Draft) { d.only(r.Of, YesNoOf(d.turn%2 == 0)) }

type yesNoJudge struct{ of Operand }

var _ Levelled = yesNoJudge{}

func (j yesNoJudge) Judge(in Inputs) Judgement {
	v := j.of.only(in)
	yes, ok := v.Yes()
	switch {
	case !ok:
		return unjudged(v.status(yesNo))
	case yes:
		return scored(One(), Note{Kind: "yes-no-yes"})
	default:
		return scored(Fraction{}, Note{Kind: "yes-no-no"})
	}
}

// Next is yes.
func (j yesNoJudge) Next(in Inputs) (Level, bool) {
	now, ok := j.Judge(in).standing()
	return Level{Share: One(), Words: Note{Kind: "level-yes"}}, ok && now.Cmp(One()) < 0
}

// Formula multiplies the points by 1 or 0.
func (j yesNoJudge) Formula(c Cells, full decimal.Decimal) Formula {
	if len(j.of) == 0 {
		return unread(Missing)
	}
	return Formula{Status: c.State(j.of[0].Input), Points: times(c.Number(j.of[0].Input), full)}
}
