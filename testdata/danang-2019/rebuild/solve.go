package main

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// fine is the indicator of 2019 whose answer takes up what is left: one document more is at most a hundredth of a point.
const fine = "UD-1"

// leanings are how far the mean of a pillar leans from the group's mean share in a year, so that the pillar means move
// between the years as the announcement says.
var leanings = map[string]map[int]map[string]float64{
	"department": {
		2018: {"infrastructure": -0.05, "application": 0, "human-resources": 0.035, "policy": -0.04},
		2019: {"infrastructure": 0.03, "application": 0, "human-resources": -0.03, "policy": 0.02},
	},
	"central": {
		2018: {"infrastructure": -0.06, "application": -0.01, "human-resources": 0.05, "policy": 0.04},
		2019: {"infrastructure": 0.05, "application": 0.01, "human-resources": -0.04, "policy": -0.03},
	},
	"district": {
		2018: {"infrastructure": -0.10, "application": 0.05, "human-resources": -0.04, "policy": -0.03},
		2019: {"infrastructure": 0.06, "application": -0.04, "human-resources": 0.02, "policy": 0.02},
	},
	"ward": {
		2018: {"infrastructure": -0.10, "application": 0.04, "human-resources": 0, "policy": 0.02},
		2019: {"infrastructure": 0.06, "application": -0.03, "human-resources": 0, "policy": 0},
	},
}

// A candidate is one possible answer with its points in hundredths.
type candidate struct {
	values values
	points int
}

// A question is one indicator put to one agency.
type question struct {
	id     string // id of 2019
	ind    *criteria.Indicator
	points int // attainable, in hundredths
	judge  func(values) int
	pool   []candidate
	chosen candidate
}

// A sheet is one agency's answers in the making.
type sheet struct {
	rng       *rand.Rand
	size      size
	questions [][]*question // by pillar
	target    int           // hundredths of the points that apply
}

// choose picks an answer to every question so that the points add up to the target exactly.
func (s *sheet) choose(lean map[string]float64, pillars []*criteria.Pillar) error {
	for range 400 {
		goals := s.goals(lean, pillars)
		for p, questions := range s.questions {
			s.approach(questions, goals[p])
		}
		if s.settle() {
			return nil
		}
	}
	return fmt.Errorf("no answers give %d", s.target)
}

// goals shares the target out to the pillars: each leans a little, none exceeds what it holds.
func (s *sheet) goals(lean map[string]float64, pillars []*criteria.Pillar) []float64 {
	of, goals, sum := make([]float64, len(pillars)), make([]float64, len(pillars)), 0.0
	for p, questions := range s.questions {
		for _, q := range questions {
			of[p] += float64(q.points)
		}
		sum += of[p]
	}
	quality := float64(s.target) / sum
	for p, pillar := range pillars {
		goals[p] = of[p] * (quality + (lean[pillar.ID]+s.rng.NormFloat64()*0.03)*min(1, 3*(1-quality)))
	}
	for range 40 {
		rest, room := float64(s.target), 0.0
		for p := range goals {
			goals[p] = min(max(goals[p], 0), of[p])
			rest -= goals[p]
			if goals[p] < of[p] {
				room += of[p]
			}
		}
		for p := range goals {
			if room > 0 && goals[p] < of[p] {
				goals[p] += rest * of[p] / room
			}
		}
	}
	return goals
}

// approach picks answers whose points come near a pillar's goal.
func (s *sheet) approach(questions []*question, goal float64) {
	of, sum := 0, 0
	for _, q := range questions {
		of += q.points
	}
	for _, q := range questions {
		share := goal/float64(of) + s.rng.NormFloat64()*0.22
		q.chosen = nearest(q.pool, s.rng, share*float64(q.points))
		sum += q.chosen.points
	}
	for range 500 {
		q := questions[s.rng.IntN(len(questions))]
		other := q.pool[s.rng.IntN(len(q.pool))]
		next := sum - q.chosen.points + other.points
		if math.Abs(float64(next)-goal) < math.Abs(float64(sum)-goal) {
			q.chosen, sum = other, next
		}
	}
}

// nearest is a candidate with points near those wanted; the first of equals from a random start.
func nearest(pool []candidate, rng *rand.Rand, points float64) candidate {
	start := rng.IntN(len(pool))
	best := pool[start]
	for i := range pool {
		c := pool[(start+i)%len(pool)]
		if math.Abs(float64(c.points)-points) < math.Abs(float64(best.points)-points) {
			best = c
		}
	}
	return best
}

// settle answers the fine indicator with what is left of the target; false where it cannot.
func (s *sheet) settle() bool {
	rest, q := s.target, (*question)(nil)
	for _, questions := range s.questions {
		for _, o := range questions {
			if o.id == fine {
				q = o
				continue
			}
			rest -= o.chosen.points
		}
	}
	if rest < q.points/5 || rest > q.points {
		return false
	}
	if rest == q.points {
		q.chosen = q.pool[len(q.pool)-1]
		return q.chosen.points == rest
	}
	for n := range s.size.documents + 1 {
		v := values{"signed": count(n)}
		if q.judge(v) == rest {
			q.chosen = candidate{values: v, points: rest}
			return true
		}
	}
	return false
}

// ask makes the questions of a set that concern an agency.
func ask(set *criteria.Set, idOf2019 map[string]string, a agency, group string, z size) [][]*question {
	var out [][]*question
	for _, pillar := range set.Root.Pillars {
		var questions []*question
		for _, ind := range pillar.Indicators {
			if id := idOf2019[ind.ID]; ind.Effect == criteria.Base && ind.Concerns(group) && a.concernedBy(id, ind) {
				questions = append(questions, newQuestion(ind, id, a, group, z))
			}
		}
		out = append(out, questions)
	}
	return out
}

func newQuestion(ind *criteria.Indicator, id string, a agency, group string, z size) *question {
	points, figures := ind.Points[group], z.figures(!a.noProcedures)
	judge := ind.Rule.Fit(rule.Basis{Points: &points, Min: ind.Min})
	q := &question{id: id, ind: ind, points: hundredths(points)}
	q.judge = func(v values) int {
		j := judge.Judge(func(name string) rule.Value {
			if len(name) > 8 && name[:8] == "figures." {
				return figures[name[8:]]
			}
			return v[name]
		})
		return hundredths(j.Share.Of(points, 2))
	}
	for _, v := range possible(id, ind, z) {
		q.pool = append(q.pool, candidate{values: v, points: q.judge(v)})
	}
	return q
}

func hundredths(d decimal.Decimal) int { return int(d.Mul(decimal.NewFromInt(100)).IntPart()) }
