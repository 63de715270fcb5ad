package view

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/scoring"
)

// A SheetChart is a chart of horizontal bars over cells of a book, drawn by the program that opens it: the first row on
// top, bars from 0, each with its number.
type SheetChart struct {
	Title         string
	Row, Rows     int // the row on which it begins, from 1, and how many it covers
	Sheet         int // index in Book.Sheets of the cells
	Names, Values int // columns, from 1
	First, Last   int // rows, from 1
	Min, Max      decimal.Decimal
	Decimals      int
}

// Charts of a book.
const (
	mostCharted  = 100 // agencies of a group that charts are drawn for
	barsOnAChart = 34  // which fit on an A4 page with their names
	chartFrame   = 5   // rows of a chart that hold no bar: its title and axis
	roomyChart   = 38  // rows up to which bars stand apart
	rowsOnAPage  = 44  // of the usual height, on A4
)

// withCharts adds a sheet of charts after the rankings; nothing where no group has something to draw.
func (e *Edition) withCharts(annexes []Sheet) []Sheet {
	c := &chartist{Edition: e, annexes: annexes}
	c.rows = e.opening(e.say("book-charts"), e.title(), e.say("book-charts-note"))
	opened := len(c.rows)
	for i, g := range e.ranking.Groups {
		if g.Stats.Ranked > 1 && g.Stats.Ranked <= mostCharted && g.Of.IsPositive() {
			c.group(i, g, len(c.rows) > opened)
		}
	}
	if len(c.charts) == 0 {
		return annexes
	}
	return append(slices.Clone(annexes), Sheet{
		Name: e.say("book-charts"), Widths: []int{50, 10, 10, 10}, Height: len(c.rows), Rows: each(c.rows), Charts: c.charts, Breaks: c.breaks,
	})
}

// A chartist lays out the sheet of charts.
type chartist struct {
	*Edition
	annexes []Sheet
	rows    []SheetRow
	charts  []SheetChart
	breaks  []int
	begun   int // rows before the page
}

// turn begins a page.
func (c *chartist) turn() {
	c.breaks, c.begun = append(c.breaks, len(c.rows)+1), len(c.rows)
}

// group draws the totals of a group in rank order, as many to a chart as can be read, and the means of its pillars.
func (c *chartist) group(sheet int, g scoring.Group, turn bool) {
	if turn {
		c.turn()
	}
	c.rows = append(c.rows, lineOf(TitleRow, c.text(g.Group.Name)))
	least, most := decimal.Min(decimal.Decimal{}, g.Stats.Lowest), decimal.Max(g.Of, g.Stats.Highest)
	charts := (g.Stats.Ranked + barsOnAChart - 1) / barsOnAChart
	for i := range charts {
		from, to := i*g.Stats.Ranked/charts, (i+1)*g.Stats.Ranked/charts
		if i > 0 {
			c.turn()
			c.rows = append(c.rows, SheetRow{Kind: BlankRow})
		}
		c.draw(SheetChart{
			Title: c.totalsTitle(g, from, to), Sheet: sheet, Names: 2, Values: 3, First: c.annexes[sheet].Head + 1 + from, Last: c.annexes[sheet].Head + to,
			Min: least, Max: most, Decimals: c.digits.total,
		})
	}
	c.pillars(g)
}

func (c *chartist) totalsTitle(g scoring.Group, from, to int) string {
	name := c.text(g.Group.Name)
	if g.Stats.Ranked > barsOnAChart {
		return c.say("book-chart-part", name, g.Of, c.whole(from+1), c.whole(to))
	}
	return c.say("book-chart-totals", name, to, g.Of)
}

// pillars lists and draws the means of the pillars of the first level, in percent of their points.
func (c *chartist) pillars(g scoring.Group) {
	var rows []SheetRow
	for _, st := range g.Stats.Pillars {
		mean, ok := percent(st.Mean, st.Of)
		if !ok || st.Agencies == 0 || !slices.Contains(c.topPillars(g.Group.ID), st.Pillar) {
			continue
		}
		rows = append(rows, SheetRow{Kind: BodyRow, Cells: []SheetCell{
			textCell(numbered(st.Pillar.No, c.text(st.Pillar.Name))), numberCell(st.Mean, c.digits.pillar), numberCell(st.Of, -1), numberCell(mean, percentPlaces),
		}})
	}
	if len(rows) < 2 {
		return
	}
	if len(c.rows)-c.begun+len(rows)+chartRows(len(rows))+3 > rowsOnAPage { // with the head, which is taller, and a blank row
		c.turn()
	}
	c.rows = append(c.rows, SheetRow{Kind: HeadRow, Cells: []SheetCell{
		textCell(c.term("pillar")), textCell(c.say("book-mean")), textCell(c.say("book-most")), textCell(c.say("book-reached")),
	}})
	first := len(c.rows) + 1
	c.rows = append(append(c.rows, rows...), SheetRow{Kind: BlankRow})
	c.draw(SheetChart{
		Title: c.say("book-chart-pillars", c.text(g.Group.Name)), Sheet: len(c.annexes), Names: 1, Values: 4, First: first, Last: first + len(rows) - 1,
		Max: decimal.NewFromInt(100), Decimals: percentPlaces,
	})
}

// chartRows is how many rows a chart covers.
func chartRows(bars int) int { return min(bars*3/2+chartFrame, max(bars+chartFrame, roomyChart)) }

// draw places a chart below the rows so far, and leaves it room.
func (c *chartist) draw(chart SheetChart) {
	chart.Row, chart.Rows = len(c.rows)+1, chartRows(chart.Last-chart.First+1)
	c.charts = append(c.charts, chart)
	for range chart.Rows + 1 {
		c.rows = append(c.rows, SheetRow{Kind: BlankRow})
	}
}
