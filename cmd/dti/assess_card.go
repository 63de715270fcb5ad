package main

import (
	"cmp"
	"path/filepath"
	"strings"

	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
)

// card is what the scorecard tells of an assessment.
func (a *app) card(s *assessment) view.SelfAssessment {
	t := a.teller(s)
	c := view.SelfAssessment{
		Set: s.form.Set, Result: s.result, Engine: engine, BoundsYear: s.boundsYear, Problems: s.form.Problems, Receipt: s.cardReceipt(t),
	}
	if s.round != nil {
		c.Round, c.Year = s.round.Title, s.round.Year
	}
	if files := s.form.Submission.Files; len(files) > 0 {
		c.File = filepath.Base(filepath.FromSlash(files[0]))
	}
	c.Answered, c.Asked, c.Pending = s.result.Root.Counts()
	c.Goal, c.Steps = t.cardSteps()
	return c
}

func (s *assessment) cardReceipt(t *teller) view.Receipt {
	r := s.receipt
	if r.state != compared {
		return view.Receipt{}
	}
	card := view.Receipt{
		Known: r.total.claim.Known, Total: r.total.claim.Value.Round(sheetPlaces), Text: r.total.claim.Text,
		Engine: rule.Optional{Value: r.total.engine, Set: true}, Compared: r.compared,
	}
	if r.agree {
		card.Total = r.total.engine // to the last printed digit
	}
	if card.Known {
		card.Text = ""
	}
	for _, d := range r.differ {
		card.Differ = append(card.Differ, view.Difference{
			Place: d.claim.Place, Indicator: d.indicator, Workbook: t.claimed(d.claim), Engine: d.engine,
		})
	}
	return card
}

// cardSteps are the steps to the first goal that has some, with the sentences of all goals.
func (t *teller) cardSteps() (said string, steps []view.NextStep) {
	var listed *goal
	for i := range t.goals {
		g := &t.goals[i]
		switch {
		case listed == nil && len(g.steps) > 0:
			listed = g
			t.outcome(*g)
		case listed != nil && sameSteps(*listed, *g):
			t.outcome(*g)
		case len(g.steps) == 0:
			t.heading(*g)
		default: // other steps, which the card has no room for
		}
	}
	said = strings.Join(strings.Split(strings.TrimSpace(t.out.String()), "\n"), " ")
	if listed == nil {
		return said, nil
	}
	for _, s := range listed.steps[:shown(listed.steps)] {
		steps = append(steps, t.cardStep(s))
	}
	return said, steps
}

func (t *teller) cardStep(s scoring.Step) view.NextStep {
	step := view.NextStep{Indicator: s.Indicator, Gain: s.Gain}
	if t.past != nil {
		step.PeersYear = t.past.Year
	}
	for _, p := range t.peers(s.Indicator) {
		step.Peers = append(step.Peers, cmp.Or(t.text(p.Name), p.Code))
	}
	return step
}
