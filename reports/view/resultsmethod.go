package view

import (
	"cmp"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
)

// methodSheet says how the totals are made: what holds for all, then every pillar and indicator with its rule and weight.
func (e *Edition) methodSheet() Sheet {
	rows := e.opening(e.say("book-method"), e.title())
	for _, fact := range e.bookFacts() {
		words := fact.Words
		if fact.Note != "" {
			words += " (" + fact.Note + ")"
		}
		rows = append(rows, SheetRow{Kind: TextRow, Cells: []SheetCell{textCell(""), textCell(fact.Term), textCell(words)}})
	}
	rows = append(rows, SheetRow{Kind: BlankRow})
	head := []SheetCell{textCell(e.say("book-id")), textCell(e.term("indicator")), textCell(e.say("book-rule"))}
	widths := []int{8, 42, 66}
	for _, g := range e.ranking.Groups {
		name := e.text(g.Group.Name)
		head = append(head, textCell(e.say("book-points", name)), textCell(e.say("book-weight", name)))
		widths = append(widths, 13, 13)
	}
	sheet := Sheet{Name: e.say("book-method"), Widths: widths, Head: len(rows) + 1, Landscape: true}
	rows = append(rows, SheetRow{Kind: HeadRow, Cells: head})
	rows = append(e.methodRows(rows, e.set.Root), e.viewRows()...)
	sheet.Height, sheet.Rows = len(rows), each(rows)
	return sheet
}

// bookFacts are what holds for all indicators, and what edition this is.
func (e *Edition) bookFacts() []Fact {
	facts := append(e.setSource(), e.policies()...)
	for _, row := range e.ratingTable().Rows {
		facts = append(facts, Fact{Term: e.term("rating") + ": " + row.Cells[0].Text, Words: row.Cells[1].Text})
	}
	release := e.round.Release
	facts = append(facts, Fact{
		Term:  e.say("book-edition"),
		Words: e.say("book-edition-words", e.round.ID, e.say("book-status-"+release.Status.String()), release.Revision),
	})
	if release.Contact != "" {
		facts = append(facts, Fact{Term: e.say("book-contact"), Words: release.Contact})
	}
	if release.Licence != "" {
		facts = append(facts, Fact{Term: e.say("licence-data"), Words: release.Licence})
	}
	return append(facts, Fact{Term: e.say("book-engine"), Words: e.engine})
}

// methodRows appends the pillars and indicators below a pillar in the set's order.
func (e *Edition) methodRows(rows []SheetRow, p *criteria.Pillar) []SheetRow {
	for _, child := range p.Pillars {
		how := e.words.Say("notes.combine-" + child.Combine.String())
		cells := []SheetCell{textCell(child.No), textCell(e.text(child.Name)), textCell(how)}
		for _, g := range e.ranking.Groups {
			points := decimal.Decimal{}
			if p.Combine == criteria.Sum && child.Concerns(g.Group.ID) {
				points = child.PointsFor(g.Group.ID)
			}
			cells = append(cells, pointsCell(points), shareCell(e.weights[g.Group.ID].Pillar(child.ID)))
		}
		rows = append(rows, SheetRow{Kind: SectionRow, Cells: cells})
		rows = e.methodRows(rows, child)
	}
	for _, ind := range p.Indicators {
		cells := []SheetCell{textCell(cmp.Or(ind.No, ind.ID)), textCell(e.text(ind.Name)), textCell(e.ruleAndEffect(ind))}
		for _, g := range e.ranking.Groups {
			points := decimal.Decimal{}
			if ind.Concerns(g.Group.ID) {
				points = ind.Points[g.Group.ID]
			}
			cells = append(cells, pointsCell(points), shareCell(e.weights[g.Group.ID].Indicator(ind.ID)))
		}
		rows = append(rows, SheetRow{Kind: BodyRow, Cells: cells})
	}
	return rows
}

// ruleAndEffect says how an indicator is scored, and what is special about it, a line each.
func (e *Edition) ruleAndEffect(ind *criteria.Indicator) string {
	said := []string{e.rules[ind]}
	switch ind.Effect {
	case criteria.Bonus:
		said = append(said, e.say("book-effect-bonus"))
	case criteria.Penalty:
		said = append(said, e.say("book-effect-penalty"))
	case criteria.None:
		said = append(said, e.say("book-effect-none"))
	case criteria.Base:
	}
	return strings.TrimSpace(strings.Join(append(said, e.details(ind)...), "\n"))
}

// pointsCell is what may be earned; empty where there are no points.
func pointsCell(d decimal.Decimal) SheetCell {
	if d.IsZero() {
		return textCell("")
	}
	return numberCell(d, -1)
}

// shareCell is a part of the total in percent; empty where there is none.
func shareCell(d decimal.Decimal) SheetCell {
	if d.IsZero() {
		return textCell("")
	}
	return numberCell(d.Mul(decimal.NewFromInt(100)).Round(2), 2)
}
