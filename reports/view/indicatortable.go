package view

import (
	"strconv"
	"strings"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
)

// A Tabled page offers one file with the table of all that its figures count, in place of a file for each figure.
type Tabled interface {
	Document
	// Tabled is the file's name, beside the page, and its table; "" where there is none.
	Tabled() (name string, t Table)
}

// Tabled is the table of the indicator: a row per agency with its points, or, where agencies are not listed, one per
// group and level reached.
func (p *IndicatorPage) Tabled() (name string, t Table) {
	if len(p.Figures) == 0 {
		return "", Table{}
	}
	return p.csv, p.table()
}

// csvOfPage is the name of the one file of a page.
func (e *Edition) csvOfPage(page string) string {
	name := strings.TrimSuffix(page[strings.LastIndexByte(page, '/')+1:], ".html")
	if e.draft() != "" {
		name += "-draft"
	}
	return name + ".csv"
}

// columnsOf are columns for machines, named as in results.csv.
func columnsOf(names ...string) []Column {
	columns := make([]Column, len(names))
	for i, name := range names {
		columns[i].Name = name
	}
	return columns
}

// indicatorTable has a row per agency in the order of the ranking; points and percent are empty where it does not apply,
// which the status says. Of an indicator whose points alone are public neither says more than the points: percent is
// points of the maximum, and status as scoring.IndicatorResult.Published.
func (e *Edition) indicatorTable(x *entered) Table {
	t := Table{Columns: columnsOf("group", "code", "name", "points", "of", "percent", "status")}
	for _, g := range e.ranking.Groups {
		column, ok := e.Scores.Of(g.Group.ID, x.ind)
		if !ok {
			continue
		}
		for i, s := range g.Standings {
			score := column.At(i)
			name, _ := e.agency(s.Agency)
			points, of, percent := locale.Digits(score.Score), locale.Digits(score.Of), ""
			if score.Status == rule.NotApplicable && !score.Known {
				points, of = "", ""
			}
			if score.Known {
				percent = locale.Fixed(score.Percent, percentPlaces)
			}
			t.Rows = append(t.Rows, textRow(g.Group.ID, s.Agency.Code, name, points, of, percent, score.Status.String()))
		}
	}
	return t
}

// reachTable has a row per group and level reached.
func (e *Edition) reachTable(x *entered) Table {
	t := Table{Columns: columnsOf("group", "level", "agencies")}
	for _, g := range e.ranking.Groups {
		column, ok := e.Scores.Of(g.Group.ID, x.ind)
		if !ok {
			continue
		}
		for _, c := range e.reachClasses(x.ind, column.Tally) {
			t.Rows = append(t.Rows, textRow(g.Group.ID, e.words.Say(c.key), strconv.Itoa(c.count)))
		}
	}
	return t
}

// textRow is a row of texts.
func textRow(texts ...string) Row {
	cells := make([]Cell, len(texts))
	for i, text := range texts {
		cells[i].Text = text
	}
	return Row{Cells: cells}
}
