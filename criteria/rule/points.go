package rule

import (
	"github.com/shopspring/decimal"
)

// PointsRule is the kind points: points given by a council or a survey, within the indicator's min and its points.
type PointsRule struct {
	Of Operand
}

var _ Rule = (*PointsRule)(nil)

// Kind is "points".
func (r *PointsRule) Kind() string { return "points" }

// Keys declares the kind's keys.
func (r *PointsRule) Keys() []Key { return []Key{{Name: "of", Into: &r.Of, OnlyInput: true}} }

// Natural is Points.
func (r *PointsRule) Natural() Type { return Points }

// Reads lists the inputs. A percentage is no number of points.
func (r *PointsRule) Reads() []Read { return r.Of.reads("of", Points, Number, Count) }

// Check reports the faults of the settings.
func (r *PointsRule) Check(b Basis) []Fault { return checkPoints(b) }

// Fit makes the judge.
func (r *PointsRule) Fit(b Basis) Judge {
	if b.Points == nil || !b.Points.IsPositive() {
		return unfit{}
	}
	return &pointsJudge{of: r.Of, points: *b.Points, least: decimal.Min(b.Min, decimal.Zero)}
}

// Words says the rule.
func (r *PointsRule) Words() Note { return Say("rule-given-points", r.Of.words()) }

// Example gives some of the points, in quarters where they are many enough.
func (r *PointsRule) Example(d *Draft) {
	if d.points == nil {
		return
	}
	given := neat(d.points.Mul(d.middling()), *d.points)
	if four := decimal.NewFromInt(4); d.points.GreaterThan(one) {
		given = given.Mul(four).Round(0).Div(four)
	}
	d.sum(r.Of, given, decimal.Decimal.Floor)
}

type pointsJudge struct {
	of            Operand
	points, least decimal.Decimal
}

func (j *pointsJudge) Judge(in Inputs) Judgement {
	given, status := j.of.sum(in)
	switch {
	case status != Scored:
		return unjudged(status)
	case given.LessThan(j.least):
		return scored(Fraction{num: j.least, den: j.points}, Say("points-cut", given, j.points, j.least))
	case given.GreaterThan(j.points):
		return scored(One(), Say("points-cut", given, j.points, j.points))
	default:
		return scored(Fraction{num: given, den: j.points}, Say("points", given, j.points))
	}
}

// Formula clamps the points given.
func (j *pointsJudge) Formula(c Cells, full decimal.Decimal) Formula {
	given := j.of.formula(c)
	points := clamped(Literal(j.least), given.Points, Literal(j.points))
	return Formula{Status: given.Status, Points: rescaled(points, full, j.points)}
}
