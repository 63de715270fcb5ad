package main

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// A receipt compares what a workbook says that it computed with what the engine makes of the same answers.
type receipt struct {
	state    receiptState
	total    difference
	agree    bool         // on the total
	compared int          // indicators whose points were compared
	differ   []difference // of compared
}

// A receiptState says whether there was something to compare.
type receiptState int

const (
	noFormulas   receiptState = iota + 1 // the workbook has no cells of points
	otherEdition                         // they were computed by the rules of another edition
	neverOpened                          // no spreadsheet has computed them
	compared
)

// A difference is a cell of points with what the engine says; of the total, Indicator is nil.
type difference struct {
	indicator *criteria.Indicator
	claim     workbook.Claim
	engine    decimal.Decimal
	places    criteria.Places // how the engine's points are rounded
	// answers are the cells that the agency answered the indicator in, and the figures that its rule reads; odd are those
	// of them that dti understands and a spreadsheet perhaps does not.
	answers, odd []diag.Place
}

// receiptOf compares a workbook with the engine. Both know the same: what the agency entered, what the workbook says of
// the agency, and the bounds that the workbook estimates with.
func receiptOf(form *importers.Workbook) receipt {
	if form.Label.Address() != form.Set.Address() {
		return receipt{state: otherEdition}
	}
	agency := form.Label.Agency
	scale := estimate(form.Set, agency.Group, form.Label.Bounds)
	res := scale.Score(scoring.Entrant{Agency: agency, Submission: ownAnswers(form)})
	c := comparison{form: form}
	c.state, c.total = compared, difference{claim: form.Total, engine: res.Score, places: form.Set.Rounding.Total}
	c.agree = form.Total.Known && agree(form.Set.Rounding.Total, form.Total.Value, res.Score)
	c.pillar(res.Root)
	switch {
	case form.Total == (workbook.Claim{}) && len(form.Claims) == 0:
		return receipt{state: noFormulas}
	case !form.Total.Known && form.Total.Text == "" && !c.known:
		return receipt{state: neverOpened}
	default:
		return c.receipt
	}
}

// ownAnswers is the submission with what the agency entered, without what a round knows from others.
func ownAnswers(form *importers.Workbook) submission.Submission {
	sub := form.Submission
	sub.Answers = sub.Answers.Clone()
	for key := range form.Submission.Answers.All() {
		in, ok := form.Set.Figure(key.Input)
		if ind, of := form.Set.Indicator(key.Indicator); of {
			in, ok = ind.Input(key.Input)
		}
		if ok && in.By != criteria.ByAgency {
			sub.Answers.Drop(key)
		}
	}
	return sub
}

// A comparison is a receipt in the making.
type comparison struct {
	receipt
	form  *importers.Workbook
	known bool // some cell of points holds a number
}

// pillar compares the indicators below a pillar.
func (c *comparison) pillar(p scoring.PillarResult) {
	for _, child := range p.Pillars {
		c.pillar(child)
	}
	for i := range p.Indicators {
		c.indicator(&p.Indicators[i], placesOf(c.form.Set, p.Pillar, p.Indicators[i].Indicator))
	}
}

// indicator compares one indicator. A blank cell agrees with what has not scored and is not counted.
func (c *comparison) indicator(r *scoring.IndicatorResult, places criteria.Places) {
	claim, stands := c.form.Claims[r.Indicator.ID]
	c.known = c.known || claim.Known
	if !stands || !claim.Known && claim.Text == "" && r.Status != rule.Scored {
		return
	}
	c.compared++
	if !claim.Known || !agree(places, claim.Value, r.Score) {
		d := difference{indicator: r.Indicator, claim: claim, engine: r.Score, places: places}
		d.answers, d.odd = c.answered(r.Indicator)
		c.differ = append(c.differ, d)
	}
}

// answered lists the cells that the agency answered an indicator in, and the figures that its rule reads.
func (c *comparison) answered(ind *criteria.Indicator) (all, odd []diag.Place) {
	for _, read := range ind.Rule.Reads() {
		key := submission.Key{Indicator: ind.ID, Input: read.Input}
		in, _ := ind.Input(read.Input)
		if id, ok := strings.CutPrefix(read.Input, criteria.FiguresID+"."); ok {
			key = submission.Key{Indicator: criteria.FiguresID, Input: id}
			in, _ = c.form.Set.Figure(id)
		}
		given := c.form.Submission.Answers.At(key)
		if in.By != criteria.ByAgency || given.Value.IsMissing() || given.Place.Row == 0 {
			continue
		}
		all = append(all, given.Place)
		if slices.ContainsFunc(c.form.Readings, func(r workbook.Reading) bool { return r.Place == given.Place }) {
			odd = append(odd, given.Place)
		}
	}
	return all, odd
}

// placesOf says how the points of an indicator are rounded.
func placesOf(set *criteria.Set, parent *criteria.Pillar, ind *criteria.Indicator) criteria.Places {
	if parent.Combine == criteria.Sum || ind.Effect == criteria.Bonus || ind.Effect == criteria.Penalty {
		return set.Rounding.Indicator
	}
	return set.Rounding.Total
}

// sheetPlaces is how many decimals a spreadsheet and the engine agree on where the set does not round.
const sheetPlaces = 9

// agree compares to the last digit that is printed.
func agree(p criteria.Places, claimed, engine decimal.Decimal) bool {
	places := int32(sheetPlaces)
	if p.Round {
		places = p.N
	}
	return claimed.Round(places).Equal(engine.Round(places))
}
