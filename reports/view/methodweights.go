package view

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
)

// weightTable lists pillars and indicators, indented, with the part of the total that each decides in every group.
// Groups whose weights are alike share a column.
func (e *Edition) weightTable(path string) Table {
	t := Table{
		Caption: e.say("weights-caption"),
		Columns: []Column{{Name: e.say("weights-no"), Key: true}, {Name: e.say("weights-name"), Key: true}},
	}
	w := weigher{Edition: e, path: path, longest: e.longestWeight()}
	w.below(&t, e.set.Root, 0)
	e.shareColumns(&t)
	return t
}

// weightNames is the number of columns before the groups'.
const weightNames = 2

// shareColumns heads the columns of the groups, and makes one of those that say the same in every row.
func (e *Edition) shareColumns(t *Table) {
	var kept []int // column of the first group of each
	var names [][]string
	for i, g := range e.ranking.Groups {
		name := e.text(g.Group.Name)
		at := slices.IndexFunc(kept, func(k int) bool { return alike(t.Rows, weightNames+k, weightNames+i) })
		if at >= 0 {
			names[at] = append(names[at], name)
			continue
		}
		kept, names = append(kept, i), append(names, []string{name})
	}
	for i := range kept {
		name := strings.Join(names[i], "; ")
		if len(kept) == 1 && len(e.ranking.Groups) > 1 {
			name = e.say("weights-all")
		}
		t.Columns = append(t.Columns, Column{Name: name, Num: true})
	}
	for i, r := range t.Rows {
		cells := slices.Clone(r.Cells[:weightNames])
		for _, k := range kept {
			cells = append(cells, r.Cells[weightNames+k])
		}
		t.Rows[i].Cells = cells
	}
}

// alike reports whether two columns say the same in every row.
func alike(rows []Row, a, b int) bool {
	return !slices.ContainsFunc(rows, func(r Row) bool { return r.Cells[a] != r.Cells[b] })
}

// longestWeight is the largest weight below the root in any group, which has the longest bar; 1 where there is none.
func (e *Edition) longestWeight() decimal.Decimal {
	var most decimal.Decimal
	for _, g := range e.ranking.Groups {
		for _, p := range e.set.Root.Pillars {
			most = decimal.Max(most, e.weights[g.Group.ID].Pillar(p.ID))
		}
		for _, ind := range e.set.Root.Indicators {
			most = decimal.Max(most, e.weights[g.Group.ID].Indicator(ind.ID))
		}
	}
	if most.IsZero() {
		return decimal.NewFromInt(1)
	}
	return most
}

// A weigher fills the table of weights.
type weigher struct {
	*Edition
	path    string // of the page
	longest decimal.Decimal
}

// deepest is the most that a name is indented.
const deepest = 3

// below lists what is in a pillar: pillars before indicators, as the set reads.
func (w weigher) below(t *Table, p *criteria.Pillar, depth int) {
	for _, child := range p.Pillars {
		name, lang := w.name(child.Name)
		row := Row{Highlight: depth == 0, Cells: []Cell{
			{Text: cmp.Or(child.No, child.ID)}, {Text: name, Lang: lang, Head: true, Depth: min(depth, deepest)},
		}}
		for _, g := range w.ranking.Groups {
			points, hasPoints := child.PointsFor(g.Group.ID), p.Combine == criteria.Sum
			row.Cells = append(row.Cells, w.cell(child.Concerns(g.Group.ID), w.weights[g.Group.ID].Pillar(child.ID), points, hasPoints))
		}
		t.Rows = append(t.Rows, row)
		w.below(t, child, depth+1)
	}
	for _, ind := range p.Indicators {
		name, lang := w.name(ind.Name)
		head := Cell{Text: name, Lang: lang, Head: true, Depth: min(depth, deepest)}
		if to := w.IndicatorPath(ind.ID); to != "" {
			head.Link = Relative(w.path, to)
		}
		row := Row{Cells: []Cell{{Text: cmp.Or(ind.No, ind.ID)}, head}}
		for _, g := range w.ranking.Groups {
			row.Cells = append(row.Cells, w.indicator(p, ind, g.Group.ID))
		}
		t.Rows = append(t.Rows, row)
	}
}

func (w weigher) indicator(parent *criteria.Pillar, ind *criteria.Indicator, group string) Cell {
	concerns, points := ind.Concerns(group), ind.Points[group]
	if !concerns || ind.Effect == criteria.Base {
		return w.cell(concerns, w.weights[group].Indicator(ind.ID), points, parent.Combine == criteria.Sum)
	}
	switch ind.Effect {
	case criteria.Bonus:
		return Cell{Text: w.say("weight-bonus", w.plain(points))}
	case criteria.Penalty:
		return Cell{Text: w.say("weight-penalty", w.plain(points))}
	default:
		return Cell{Text: w.say("informational")}
	}
}

// cell says a weight with a bar of its length, from 0; the largest weight's fills the cell.
func (w weigher) cell(concerns bool, part, points decimal.Decimal, hasPoints bool) Cell {
	c := w.weightCell(concerns, part, points, hasPoints)
	if c.Bar != "" {
		length, _ := percent(part, w.longest)
		c.Bar = length.StringFixed(1) + "%"
	}
	return c
}

// weightCell says a weight: points and the part of the total, or the part alone where the parent does not sum. Its bar is
// that part of the cell.
func (w *wording) weightCell(concerns bool, part, points decimal.Decimal, hasPoints bool) Cell {
	if !concerns {
		return Cell{Text: w.say("not-for-group")}
	}
	share := w.plain(part.Mul(decimal.NewFromInt(100)).Round(1)) + "%"
	length, _ := percent(part, decimal.NewFromInt(1))
	c := Cell{Text: share, Sort: part.Round(maxUnrounded).String(), Bar: length.StringFixed(1) + "%"}
	if hasPoints {
		c.Text, c.Note = w.say("n-points", w.plain(points)), share
	}
	return c
}
