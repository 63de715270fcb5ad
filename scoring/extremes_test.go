package scoring_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/builtin"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// An extreme makes the best or the worst answers to a rule, from its settings alone.
type extreme struct {
	best    bool
	points  *decimal.Decimal // of the indicator
	answers map[string]rule.Value
}

// whole is what counts are parts of, large enough for every bound of the sets.
var whole = decimal.NewFromInt(100_000)

// enter makes an operand worth x: its first input that adds is x, the others nothing. A figure keeps its value.
func (e extreme) enter(o rule.Operand, x decimal.Decimal) {
	for i, term := range o {
		v := decimal.Decimal{}
		if i == 0 {
			v = x
		}
		e.answers[term.Input] = rule.NumberOf(v)
	}
}

// over makes a denominator worth whole, whatever of its inputs the numerator has entered already. A figure is whole.
func (e extreme) over(o rule.Operand) {
	left := whole
	for i, term := range o {
		if _, figure := submission.Figure(term.Input); figure {
			e.answers[term.Input] = rule.NumberOf(whole)
		}
		if v, entered := e.answers[term.Input].Number(); entered && len(o) > 1 {
			left = left.Sub(v)
			continue
		}
		if i < len(o)-1 {
			e.answers[term.Input] = rule.NumberOf(decimal.Decimal{})
			continue
		}
		e.answers[term.Input] = rule.NumberOf(left)
	}
}

func (e extreme) of(r rule.Rule) {
	switch r := r.(type) {
	case *rule.YesNoRule:
		e.answers[r.Of[0].Input] = rule.YesNoOf(e.best)
	case *rule.ChoiceRule:
		e.answers[r.Of[0].Input] = rule.OptionsOf(e.option(r.Options))
	case *rule.Checklist:
		e.answers[r.Of[0].Input] = rule.OptionsOf(e.ticked(r.Options)...)
	case *rule.Linear:
		e.enter(r.Of, e.either(r.Best, r.Worst))
	case *rule.PerUnit:
		e.enter(r.Of, e.either(whole, decimal.Decimal{}))
	case *rule.Deduct:
		for _, d := range r.Parts {
			e.enter(d.Of, e.either(decimal.Decimal{}, whole))
		}
	case *rule.PointsRule:
		e.enter(r.Of, e.either(*e.points, decimal.Decimal{}))
	case *rule.Ratio:
		e.enter(r.Of, e.either(whole.Mul(r.Target.Or(decimal.NewFromInt(1))), decimal.Decimal{}))
		e.over(r.Over)
	case *rule.Steps:
		e.steps(r)
	case *rule.SumOf:
		e.parts(r.Parts)
	case *rule.BestOf:
		e.parts(r.Parts)
	}
}

func (e extreme) either(best, worst decimal.Decimal) decimal.Decimal {
	if e.best {
		return best
	}
	return worst
}

// parts answers each part for the points that it is worth.
func (e extreme) parts(parts []rule.Part) {
	for _, p := range parts {
		share, _ := p.Of(e.points)
		own := e
		if e.points != nil {
			points := share.Of(*e.points, 18)
			own.points = &points
		}
		own.of(p.Score)
	}
}

func (e extreme) option(options []rule.Option) string {
	chosen := options[0]
	for _, o := range options[1:] {
		a, _ := o.Of(e.points)
		b, _ := chosen.Of(e.points)
		if c := a.Cmp(b); e.best && c > 0 || !e.best && c < 0 {
			chosen = o
		}
	}
	return chosen.ID
}

func (e extreme) ticked(options []rule.Option) []string {
	var ids []string
	for _, o := range options {
		if e.best {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

// steps answers at the bound of the step worth most, or beyond every step.
func (e extreme) steps(r *rule.Steps) {
	top := r.Steps[0]
	for _, s := range r.Steps[1:] {
		a, _ := s.Of(e.points)
		b, _ := top.Of(e.points)
		if a.Cmp(b) > 0 {
			top = s
		}
	}
	if top.Bounding == rule.By {
		day := rule.Date("2999-12-31")
		if e.best {
			day = top.Day
		}
		e.answers[r.Of[0].Input] = rule.DayOf(day)
		return
	}
	x := top.Bound
	if top.Bounding == rule.Above {
		x = x.Add(decimal.NewFromInt(1))
	}
	if !e.best {
		x = decimal.Decimal{}
		if top.Bounding == rule.UpTo {
			x = whole
		}
	}
	if len(r.Over) > 0 {
		x = x.Mul(whole)
	}
	e.enter(r.Of, x)
	e.over(r.Over)
}

// TestBestAndWorstOfEverySet holds, for the shipped sets and the city's of the test data, that the best answers earn full
// points at every indicator of every group and the worst none; and that the totals are the scale and 0 where no rule of
// the group looks at the cohort.
func TestBestAndWorstOfEverySet(t *testing.T) {
	for name, set := range setsToTry(t) {
		for _, g := range set.Groups {
			for _, best := range []bool{true, false} {
				t.Run(name+" "+g.ID, func(t *testing.T) { checkExtreme(t, set, g.ID, best) })
			}
		}
	}
}

func setsToTry(t *testing.T) map[string]*criteria.Set {
	t.Helper()
	files := map[string][]byte{}
	for _, entry := range builtin.List() {
		files[entry.Address()], _, _ = builtin.Get(entry.Address())
	}
	for _, name := range []string{"criteria.yaml", "2018/criteria.yaml"} {
		data, err := os.ReadFile(filepath.Join("..", "testdata", "danang-2019", name))
		require.NoError(t, err)
		files[name] = data
	}
	sets := map[string]*criteria.Set{}
	for name, data := range files {
		set, err := criteria.Load(name, data)
		require.NoError(t, err)
		sets[name] = set
	}
	require.GreaterOrEqual(t, len(sets), 3)
	return sets
}

func checkExtreme(t *testing.T, set *criteria.Set, group string, best bool) {
	sub := submission.Submission{Sent: true, Answers: submission.NewAnswers(set), Evidence: map[string][]submission.Evidence{}}
	agency := submission.Agency{Code: "x", Group: group}
	relative := false
	for ind := range set.Root.AllIndicators() {
		e := extreme{best: best == (ind.Effect != criteria.Penalty), answers: map[string]rule.Value{}}
		if points, ok := ind.Points[group]; ok {
			e.points = &points
		}
		e.of(ind.Rule)
		for input, v := range e.answers {
			key := submission.Key{Indicator: ind.ID, Input: input}
			if id, figure := submission.Figure(input); figure {
				key, v = submission.Key{Indicator: criteria.FiguresID, Input: id}, rule.NumberOf(whole)
			}
			sub.Answers.Put(key, submission.Answer{Value: v})
		}
		sub.Evidence[ind.ID] = []submission.Evidence{{Text: "1/BC"}}
		agency.Tags = append(agency.Tags, ind.When)
		relative = relative || ind.Concerns(group) && rule.Relative(ind.Rule)
	}
	res := scoring.Fit(set, nil).Score(scoring.Entrant{Agency: agency, Submission: sub})
	checkLeaves(t, res.Root, best)
	if !relative {
		want := decimal.Decimal{}
		if best {
			want = res.Of.Add(bonusOf(res.Root))
			if limit := set.Caps.Bonus; limit.Set {
				want = decimal.Min(want, res.Of.Add(limit.Value))
			}
		}
		assert.Equal(t, want.String(), res.Score.String())
	}
}

func checkLeaves(t *testing.T, p scoring.PillarResult, best bool) {
	for _, child := range p.Pillars {
		checkLeaves(t, child, best)
	}
	for _, r := range p.Indicators {
		if rule.Relative(r.Indicator.Rule) || r.Indicator.Effect == criteria.Penalty || r.Indicator.Effect == criteria.None {
			continue
		}
		want := r.Indicator.Min
		if best {
			want = r.Of
		}
		assert.True(t, want.Equal(r.Score), "%s: %s of %s", r.Indicator.ID, r.Score, r.Of)
	}
}

// bonusOf is what the bonus indicators earned.
func bonusOf(p scoring.PillarResult) (sum decimal.Decimal) {
	for _, child := range p.Pillars {
		sum = sum.Add(bonusOf(child))
	}
	for _, r := range p.Indicators {
		if r.Indicator.Effect == criteria.Bonus {
			sum = sum.Add(r.Score)
		}
	}
	return sum
}
