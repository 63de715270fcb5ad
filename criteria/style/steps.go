package style

import (
	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// steps finds steps that no answer stops at: those beyond what may be entered, those below a step that every answer
// reaches, and those that earn no more than an easier one.
func (c *checker) steps(ind *criteria.Indicator, r *rule.Steps, path string) {
	one := rule.Optional{Value: decimal.NewFromInt(1), Set: true}
	met := make([]reach, len(r.Steps))
	for i, s := range r.Steps {
		s.Worth = rule.Worth{Share: one}
		met[i] = c.judged(ind, &rule.Steps{Of: r.Of, Over: r.Over, Steps: []rule.Step{s}}, rule.Basis{})
	}
	for i, s := range r.Steps {
		at := c.set.Place(ind, item(path+".steps", i))
		switch {
		case met[i].most.Sign() <= 0:
			c.found.Warn(at, "style-step-unreachable", ind.ID, i+1)
		case overtaken(r.Steps, met, i):
			c.found.Warn(at, "style-step-overtaken", ind.ID, i+1)
		case equalled(r, i):
			c.found.Warn(at, "style-step-equal", ind.ID, i+1, said(s.Worth))
		}
	}
}

// overtaken reports whether every answer reaches a step that earns more than this one.
func overtaken(steps []rule.Step, met []reach, i int) bool {
	for j := range steps {
		if met[j].full() && less(steps[i].Worth, steps[j].Worth) {
			return true
		}
	}
	return false
}

// equalled reports whether an easier step earns as much.
func equalled(r *rule.Steps, i int) bool {
	for j, other := range r.Steps {
		if j != i && same(r.Steps[i].Worth, other.Worth) && easier(other, r.Steps[i]) {
			return true
		}
	}
	return false
}

// easier reports whether whatever reaches step t reaches step s too.
func easier(s, t rule.Step) bool {
	switch s.Bounding {
	case rule.By:
		return s.Day > t.Day
	case rule.UpTo:
		return s.Bound.GreaterThan(t.Bound)
	default:
		c := s.Bound.Cmp(t.Bound)
		return c < 0 || c == 0 && s.Bounding == rule.From && t.Bounding == rule.Above
	}
}

// less reports whether one worth is below another. Steps of one rule may mix shares and points; those are not compared.
func less(a, b rule.Worth) bool {
	return a.Share.Set && b.Share.Set && a.Share.Value.LessThan(b.Share.Value) ||
		a.Points.Set && b.Points.Set && a.Points.Value.LessThan(b.Points.Value)
}

// same reports whether two worths are equal, as they are written.
func same(a, b rule.Worth) bool {
	return a.Share.Set && b.Share.Set && a.Share.Value.Equal(b.Share.Value) ||
		a.Points.Set && b.Points.Set && a.Points.Value.Equal(b.Points.Value)
}

// said is a worth for a message: a share as a percentage, points as points.
func said(w rule.Worth) any {
	if w.Points.Set {
		return rule.Say("rule-points", w.Points.Value)
	}
	return rule.Whole(w.Share.Value)
}
