package view

import (
	"cmp"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/scoring"
)

// A part is a column of the ranking: a pillar of the first level, or an indicator that stands beside them.
type part struct {
	no, head string
	cell     func(place int, s scoring.Standing) Cell // place is that in the group's Standings
}

// parts are the columns that say what the totals of a group are made of, in the set's order: pillars, then indicators
// directly at the root.
func (e *Edition) parts(g scoring.Group) []part {
	var parts []part
	for i, p := range e.topPillars(g.Group.ID) {
		of, known := groupMaximum(g, p)
		no := pillarNo(p, i)
		parts = append(parts, part{no, e.partHead(no, e.text(p.Name), of, known), func(_ int, s scoring.Standing) Cell { return e.pillarCell(g, s, p) }})
	}
	for _, ind := range e.rootIndicators(g.Group.ID) {
		column, ok := e.Scores.Of(g.Group.ID, ind)
		if !ok {
			continue
		}
		of, known := column.maximum()
		no := cmp.Or(ind.No, strconv.Itoa(len(parts)+1))
		parts = append(parts, part{no, e.partHead(no, e.text(ind.Name), of, known), func(place int, _ scoring.Standing) Cell { return e.pointsCell(column.At(place)) }})
	}
	return parts
}

// mostRoot is how many indicators at the root have a column each: more would push the ranking off the screen, and their
// own pages tell them.
const mostRoot = 12

// rootIndicators are the indicators outside every pillar that count for a group. None where the only one is the total
// once more, or where there are too many.
func (e *Edition) rootIndicators(group string) []*criteria.Indicator {
	var list []*criteria.Indicator
	for _, ind := range e.set.Root.Indicators {
		if ind.Effect == criteria.Base && ind.Public != criteria.Nothing && ind.Concerns(group) {
			list = append(list, ind)
		}
	}
	if len(list) > mostRoot || len(list) == 1 && len(e.topPillars(group)) == 0 {
		return nil
	}
	return list
}

// maximum is what a group's agencies can earn most with an indicator; ok is false where none has a share.
func (c IndicatorScores) maximum() (of decimal.Decimal, ok bool) {
	for i := range c.marks {
		if s := c.At(i); s.Known {
			of, ok = decimal.Max(of, s.Of), true
		}
	}
	return of, ok
}

// pointsCell is an agency's points for an indicator, shaded by the share of its maximum, or why there are none.
func (e *Edition) pointsCell(s IndicatorScore) Cell {
	switch {
	case s.Reach == NotApplicable, s.Reach == Open:
		return Cell{Text: e.term("status-" + s.Status.String())}
	case !s.Known:
		return Cell{Text: e.points(s.Score), Sort: s.Score.String()}
	}
	c := Cell{Text: e.points(s.Score), Sort: s.Score.String(), Level: level(s.Percent)}
	if s.Reach == NotAnswered {
		c.Note = e.term("status-missing")
	}
	return c
}
