package view

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
)

// chainOf are the pillars around an indicator, from its own up to the root; none where it is not in the trace.
func chainOf(p scoring.PillarResult, id string) []scoring.PillarResult {
	if slices.ContainsFunc(p.Indicators, func(r scoring.IndicatorResult) bool { return r.Indicator.ID == id }) {
		return []scoring.PillarResult{p}
	}
	for _, child := range p.Pillars {
		if chain := chainOf(child, id); chain != nil {
			return append(chain, p)
		}
	}
	return nil
}

// sums reports whether every pillar of a chain is the sum of what it holds.
func sums(chain []scoring.PillarResult) bool {
	return !slices.ContainsFunc(chain, func(p scoring.PillarResult) bool { return p.Pillar.Combine != criteria.Sum })
}

// combined shows how every pillar of a chain is made of what it holds: weight and share of each part, so that the shares
// can be combined again by hand.
func (e *Edition) combined(chain []scoring.PillarResult, group string) Table {
	t := Table{Caption: e.say("methodology-nodes-caption"), Columns: []Column{
		{Name: e.say("weights-name"), Key: true}, {Name: e.say("methodology-weight"), Num: true, Key: true}, {Name: e.term("share"), Num: true, Key: true},
	}}
	for _, p := range chain {
		parts, weights := e.partsOf(p, group)
		t.Rows = append(t.Rows, Row{Highlight: true, Cells: []Cell{
			{Text: e.pillarName(p.Pillar), Note: e.words.Say("notes.combine-" + p.Pillar.Combine.String()), Head: true},
			{Text: e.say("example-weights", e.weightIn(p.Pillar, weights, weights))},
			{Text: e.shareInFull(p.Share)},
		}})
		t.Rows = append(t.Rows, parts...)
	}
	return t
}

// partsOf are what a pillar holds, and the sum of what counts. Indicators that are not published stand together, without
// their share.
func (e *Edition) partsOf(p scoring.PillarResult, group string) (parts []Row, weights decimal.Decimal) {
	add := func(name, lang string, weight decimal.Decimal, share string, counts bool) {
		if counts {
			weights = weights.Add(weight)
		} else {
			share = e.say("example-left-out")
		}
		parts = append(parts, Row{Cells: []Cell{
			{Text: name, Lang: lang, Head: true, Depth: 1}, {Text: e.weightIn(p.Pillar, weight, weight)}, {Text: share},
		}})
	}
	for _, child := range p.Pillars {
		name, lang := e.name(child.Pillar.Name)
		weight := partOf(p.Pillar, child.Pillar.Weight, child.Pillar.PointsFor(group))
		add(numbered(child.Pillar.No, name), lang, weight, e.shareInFull(child.Share), child.Applies)
	}
	var hidden decimal.Decimal
	for _, r := range p.Indicators {
		weight := partOf(p.Pillar, r.Indicator.Weight, r.Indicator.Points[group])
		switch {
		case r.Indicator.Effect != criteria.Base || !r.Indicator.Concerns(group):
		case r.Indicator.Public == criteria.Nothing:
			hidden = hidden.Add(weight)
		default:
			name, lang := e.name(r.Indicator.Name)
			add(numbered(r.Indicator.No, name), lang, weight, e.shareInFull(r.Share.Decimal(rule.KeptPlaces)), e.counted(r))
		}
	}
	if hidden.IsPositive() {
		add(e.say("ledger-hidden", e.pillarName(p.Pillar)), "", hidden, e.say("example-unpublished"), true)
	}
	return parts, weights
}

// partOf is what a child counts for in its parent: points where it sums, else its weight.
func partOf(parent *criteria.Pillar, weight, points decimal.Decimal) decimal.Decimal {
	if parent.Combine == criteria.Sum {
		return points
	}
	return weight
}

// counted reports whether an indicator counts in its pillar.
func (e *Edition) counted(r scoring.IndicatorResult) bool {
	switch r.Status {
	case rule.NotApplicable:
		return r.Share.Sign() > 0 || e.set.PolicyFor(r.Indicator) != criteria.Rescale
	case rule.Missing, rule.Pending:
		return !e.set.Missing.Skip
	default:
		return true
	}
}

// exampleDigits is how many decimals of a percentage a share has that a reader combines by hand.
const exampleDigits = 6

// shareInFull writes a share as a percentage with the decimals that it takes to go on computing with it.
func (w *wording) shareInFull(share decimal.Decimal) string {
	return w.words.Plain(share.Mul(decimal.NewFromInt(100)).Round(exampleDigits)) + "%"
}

// combinedSay tells how the shares of a chain become the total: what is done in it, each once.
func (e *Edition) combinedSay(chain []scoring.PillarResult, res scoring.Result) string {
	root := chain[len(chain)-1]
	said := []string{e.say("example-combined", e.shareInFull(root.Share), e.plain(res.Of), e.plain(root.Share.Mul(res.Of)))}
	var kinds []criteria.Combine
	for _, p := range chain {
		how := p.Pillar.Combine
		if slices.Contains(kinds, how) || how == criteria.Sum {
			continue
		}
		kinds = append(kinds, how)
		said = append(said, e.say("example-how", capital(e.words.Say("notes.combine-"+how.String())), e.say("view-formula-"+how.String())))
	}
	return strings.Join(said, " ")
}
