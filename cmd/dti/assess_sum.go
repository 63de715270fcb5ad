package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
)

// A sumLine is a line of the sum that makes the total.
type sumLine struct {
	name   string
	points decimal.Decimal
}

// pillarRows lists the pillars as a table, those of a pillar below it and indented.
func (t *teller) pillarRows(table *columns, p scoring.PillarResult, margin string) {
	for _, child := range p.Pillars {
		if child.Applies {
			table.row(margin+t.text(child.Pillar.Name), t.number(child.Score), t.number(child.Of))
			t.pillarRows(table, child, margin+"  ")
		}
	}
}

// sum writes what leads from the pillars to the total, where they alone are not the total.
func (t *teller) sum() {
	lines, plain := t.basis()
	for _, line := range t.result.Ledger {
		switch {
		case line.Indicator != nil && line.Indicator.Effect != criteria.Base:
			lines = append(lines, sumLine{numbered(t.l, t.form.Set, line.Indicator), line.Points})
		case line.Indicator == nil && line.Pillar == nil && line.Note.Kind != roundingNote:
			lines = append(lines, sumLine{t.l.Note(line.Note), t.printed(line.Points)})
		default: // in the basis, or in what is left over
		}
	}
	rest := t.result.Score
	for _, line := range lines {
		rest = rest.Sub(line.points)
	}
	lines = append(lines, sumLine{t.l.Note(rule.Say(roundingNote)), rest})
	table, shown := newColumns(head("", false), head("", true)), 0
	for _, line := range lines {
		if !line.points.IsZero() {
			table.row("  "+line.name, t.number(line.points))
			shown++
		}
	}
	if shown == 0 || plain && shown == 1 {
		return
	}
	table.row("  "+t.l.Say("site.ledger-total"), t.number(t.result.Score))
	fmt.Fprintln(t.out, t.l.Say("cli.explain-ledger"))
	table.write(t.out)
}

// roundingNote names the line of the ledger that rounds the total. In a sum of printed numbers it is what is left over.
const roundingNote = "ledger-rounding"

// basis is what the pillars and the indicators beside them bring into a total that is a sum; plain is false where that
// does not stand among the pillars' scores as it is.
func (t *teller) basis() (lines []sumLine, plain bool) {
	root := t.result.Root
	if root.Pillar.Combine != criteria.Sum {
		return nil, false
	}
	brought := t.brought()
	var pillars decimal.Decimal
	plain = true
	for _, p := range root.Pillars {
		points := p.Score
		if !p.InPoints {
			points, plain = t.printed(brought[p.Pillar]), false
		}
		pillars = pillars.Add(points)
		lines = append(lines, sumLine{t.text(p.Pillar.Name), points})
	}
	if plain {
		lines = []sumLine{{t.l.Say("cli.assess-sum-pillars"), pillars}}
	}
	name := t.l.Say("site.scorecard-outside")
	if len(root.Pillars) == 0 {
		name = t.l.Say("cli.assess-sum-indicators")
	}
	return append(lines, sumLine{name, brought[root.Pillar]}), plain
}

// brought is what each pillar of the first level brings into the total by the ledger, and the root's own indicators.
func (t *teller) brought() map[*criteria.Pillar]decimal.Decimal {
	root := t.result.Root
	first := map[*criteria.Pillar]*criteria.Pillar{root.Pillar: root.Pillar}
	for _, p := range root.Pillars {
		first[p.Pillar] = p.Pillar
		for below := range p.Pillar.AllPillars() {
			first[below] = p.Pillar
		}
	}
	points := map[*criteria.Pillar]decimal.Decimal{}
	for _, line := range t.result.Ledger {
		if line.Pillar != nil && (line.Indicator == nil || line.Indicator.Effect == criteria.Base) {
			points[first[line.Pillar]] = points[first[line.Pillar]].Add(line.Points)
		}
	}
	return points
}

// printed are points with no more decimals than those of the set's indicators and total.
func (t *teller) printed(d decimal.Decimal) decimal.Decimal {
	r := t.form.Set.Rounding
	if !r.Total.Round || !r.Indicator.Round {
		return d
	}
	return d.Round(max(r.Total.N, r.Indicator.N))
}

// assessedLine is one line of the ledger. An indicator's names it and its pillar, that of a pillar which is no sum names
// the pillar, and all others say what they do: "rebase", "scale", "combined", "bonus-cap", "penalty-cap", "floor",
// "rounding".
type assessedLine struct {
	Indicator string      `json:"indicator,omitempty"`
	Pillar    string      `json:"pillar,omitempty"`
	Change    string      `json:"change,omitempty"`
	Points    json.Number `json:"points"`
}

// jsonLedger lists every line of the total; their points add up to the score, exactly.
func (s *assessment) jsonLedger() []assessedLine {
	lines := make([]assessedLine, 0, len(s.result.Ledger))
	for _, line := range s.result.Ledger {
		out := assessedLine{Points: exactly(s.form.Set.Rounding.Total, line.Points)}
		if line.Indicator != nil {
			out.Indicator = line.Indicator.ID
		}
		if line.Pillar != nil {
			out.Pillar = line.Pillar.ID
		}
		if line.Indicator == nil && line.Pillar == nil {
			out.Change = strings.TrimPrefix(line.Note.Kind, "ledger-")
		}
		lines = append(lines, out)
	}
	return lines
}
