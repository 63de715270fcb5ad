package scoring

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// madeUpAgencies is how many agencies are made up for a group: the one that is shown and those it is compared with.
const madeUpAgencies = 5

// MadeUp makes up agencies of a group with answers, for the worked examples of a methodology document: the first has an
// answer to every indicator, so that most of them earn part of their points; the others have what the first is compared
// with, where rules look at the cohort. Their scale is Fit(set, the entrants). They have no names. It is nil where the
// set has no such group.
func MadeUp(set *criteria.Set, group string) []Entrant {
	if _, ok := set.Group(group); !ok {
		return nil
	}
	m := &madeUp{set: set, group: group, turns: map[string]int{}}
	agency := submission.Agency{Group: group, Tags: m.tags()}
	for i := range madeUpAgencies {
		agency.Code = string(rune('A' + i))
		sub := submission.Submission{Agency: agency.Code, Sent: true, Answers: submission.NewAnswers(set)}
		sub.Evidence = map[string][]submission.Evidence{}
		m.entrants = append(m.entrants, Entrant{Agency: agency, Submission: sub})
	}
	for ind := range set.Root.AllIndicators() {
		if ind.Concerns(group) {
			m.answer(ind)
		}
	}
	return m.entrants
}

// WorkedExample scores the agencies that MadeUp makes up for a group: the first with the whole trace, inputs included,
// and the others that it is compared with. ok is false where the set has no such group.
func WorkedExample(set *criteria.Set, group string) (res Result, others []Entrant, ok bool) {
	entrants := MadeUp(set, group)
	if len(entrants) == 0 {
		return Result{}, nil, false
	}
	scale := Fit(set, entrants)
	res = scale.Score(entrants[0])
	res.Root = withInputs(res.Root, &scale.plans[group].root, entrants[0].Submission)
	return res, entrants[1:], true
}

// sizes are how many a usual agency of a city has of what figures and inputs count, by their ids, so that the examples of
// one agency fit together: it settles no more filings than it received. Other ids are sized by the rules that read them.
var sizes = map[string]int64{
	"adults": 12_000, "beneficiaries": 300, "businesses": 400, "databases": 5, "documents": 4_000, "eligible": 80,
	"files": 500, "filings": 3_000, "granted": 800, "incoming": 5_000, "installed": 60, "markets": 5, "members": 120,
	"neighbourhoods": 20, "overdue": 50, "payments": 1_800, "planned": 20, "processes": 20, "products": 10,
	"received": 60, "reports": 40, "residents": 16_000, "settled": 2_900, "signatories": 10, "staff": 60, "systems": 5,
}

// largeness is how large the agencies are, in tenths of a usual one, the one that is shown first.
var largeness = [madeUpAgencies]int64{10, 12, 8, 14, 9}

type madeUp struct {
	set      *criteria.Set
	group    string
	entrants []Entrant
	turns    map[string]int // how many indicators of a kind have their example
}

// tags are all tags that indicators ask for, so that each of them applies.
func (m *madeUp) tags() []string {
	var tags []string
	for ind := range m.set.Root.AllIndicators() {
		if ind.When != "" && !slices.Contains(tags, ind.When) {
			tags = append(tags, ind.When)
		}
	}
	return tags
}

// answer enters the example of one indicator.
func (m *madeUp) answer(ind *criteria.Indicator) {
	basis := rule.Basis{Min: ind.Min}
	if points, ok := ind.Points[m.group]; ok {
		basis.Points = &points
	}
	asked := make([]rule.Questions, len(m.entrants))
	for i := range m.entrants {
		asked[i] = m.questions(ind, i)
	}
	turn := m.turns[ind.Rule.Kind()]
	m.turns[ind.Rule.Kind()]++
	for i, answers := range rule.Work(ind.Rule, basis, asked, turn).Answers {
		sub := &m.entrants[i].Submission
		for name, v := range answers {
			sub.Answers.Put(key(ind, name), submission.Answer{Value: v})
		}
		sub.Evidence[ind.ID] = []submission.Evidence{{Text: ind.ID}}
	}
}

// key is the input of an indicator, or the figure, by its name in the indicator.
func key(ind *criteria.Indicator, name string) submission.Key {
	if id, ok := submission.Figure(name); ok {
		return submission.Key{Indicator: criteria.FiguresID, Input: id}
	}
	return submission.Key{Indicator: ind.ID, Input: name}
}

// questions are the inputs of an indicator and the set's figures, as one agency has answered them so far.
func (m *madeUp) questions(ind *criteria.Indicator, agency int) rule.Questions {
	answered := m.entrants[agency].Submission.Inputs(ind.ID)
	return func(name string) rule.Question {
		in, _ := ind.Input(name)
		id, figure := submission.Figure(name)
		if figure {
			in, _ = m.set.Figure(id)
		}
		q := rule.Question{Type: in.Type, Min: in.Min, Max: in.Max, Answered: answered(name), Shared: figure}
		q.Size = decimal.NewFromInt(sizes[in.ID] * largeness[agency] / 10)
		return q
	}
}
