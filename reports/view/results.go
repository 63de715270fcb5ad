package view

import (
	"iter"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
)

// A Book is a workbook for people: the results as annexes of a decision, the points of every public indicator and the
// method.
type Book struct {
	Title  string
	Lang   string
	Draft  string // stamp of a draft, for the head of every printed page; "" where the release is none
	Footer string // left side of the foot of every printed page
	Page   string // the word before the number of a page, "Trang"
	Sheets []Sheet
}

// A Sheet is one sheet of a Book. Its rows are made while they are written, so that a long sheet needs no memory.
type Sheet struct {
	Name      string // wanted name; the writer makes it legal and unique
	Widths    []int  // of the columns, in characters
	Height    int    // number of rows
	Head      int    // number of the header row, from 1: it is repeated on every printed page; 0: there is none
	KeyCols   int    // columns that stay in sight beside the others; 0: none
	Landscape bool
	Rows      iter.Seq[SheetRow]
	Charts    []SheetChart
	Breaks    []int // rows, from 1, that begin a printed page
}

// A RowKind says what a row of a sheet is, and so how it looks. The zero RowKind is invalid on purpose.
type RowKind int

// Kinds of rows.
const (
	StampRow   RowKind = iota + 1 // the stamp of a draft
	TitleRow                      // the sheet's title, over all columns
	LineRow                       // a line below the title, over all columns
	BlankRow                      // nothing
	HeadRow                       // heads of columns
	BodyRow                       // a row of the table
	SectionRow                    // the name of what follows
	TextRow                       // a term and what it is, without lines
)

// A SheetRow is one row of a Sheet.
type SheetRow struct {
	Kind  RowKind
	Cells []SheetCell
}

// A SheetCell is a text or a number.
type SheetCell struct {
	Text     string
	Number   decimal.Decimal
	Numeric  bool
	Decimals int    // printed decimals of a number; below 0: as many as it has
	Suffix   string // printed after a number: " (đồng hạng)"
}

func textCell(s string) SheetCell { return SheetCell{Text: s} }

func numberCell(d decimal.Decimal, decimals int) SheetCell {
	return SheetCell{Number: d, Numeric: true, Decimals: decimals}
}

func wholeCell(n int) SheetCell { return numberCell(decimal.NewFromInt(int64(n)), 0) }

func lineOf(kind RowKind, text string) SheetRow {
	return SheetRow{Kind: kind, Cells: []SheetCell{textCell(text)}}
}

// ResultsBook is the workbook of the edition: a sheet per agency group, one of charts, one of indicators, one of the
// method.
func (e *Edition) ResultsBook() Book {
	b := Book{Title: e.title(), Lang: e.Lang, Draft: e.draft(), Footer: e.title(), Page: e.say("book-page")}
	for _, g := range e.ranking.Groups {
		b.Sheets = append(b.Sheets, e.annex(g))
	}
	b.Sheets = append(e.withCharts(b.Sheets), e.indicatorSheet(), e.methodSheet())
	return b
}

// opening is the stamp of a draft, a title, lines below it and a blank row.
func (e *Edition) opening(title string, lines ...string) []SheetRow {
	var rows []SheetRow
	if draft := e.draft(); draft != "" {
		rows = append(rows, lineOf(StampRow, draft))
	}
	rows = append(rows, lineOf(TitleRow, title))
	for _, s := range lines {
		if s != "" {
			rows = append(rows, lineOf(LineRow, s))
		}
	}
	return append(rows, SheetRow{Kind: BlankRow})
}

// underDecision says under which decision the results stand; "" where there is none.
func (e *Edition) underDecision() string {
	switch r := e.round.Release; {
	case r.Decision == "":
		return ""
	case r.Date == "":
		return e.say("book-decision", r.Decision)
	default:
		return e.say("book-decision-date", r.Decision, r.Date)
	}
}

// annex is the ranking of an agency group, laid out as the annex of a decision.
func (e *Edition) annex(g scoring.Group) Sheet {
	name := e.text(g.Group.Name)
	rows := e.opening(e.say("book-annex", name), e.title(), e.underDecision())
	head := []SheetCell{
		textCell(e.say("book-no")), textCell(e.term("agency")), textCell(e.say("book-score-of", g.Of)), textCell(e.term("rank")),
		textCell(e.term("rating")),
	}
	widths := []int{6, 38, 13, 17, 15}
	if e.cmp.Year != 0 {
		head, widths = append(head, textCell(e.say("book-change", e.past()))), append(widths, 17)
	}
	head, widths = append(head, textCell(e.say("book-remark"))), append(widths, 30)
	sheet := Sheet{Name: name, Widths: widths, Head: len(rows) + 1, Landscape: true}
	rows = append(rows, SheetRow{Kind: HeadRow, Cells: head})
	section := false
	for i, s := range g.Standings {
		if !s.Ranked && !section {
			section = true
			rows = append(rows, lineOf(SectionRow, e.say("book-unranked")))
		}
		rows = append(rows, e.annexRow(i+1, g, s))
	}
	sheet.Height = len(rows)
	sheet.Rows = each(rows)
	return sheet
}

func each(rows []SheetRow) iter.Seq[SheetRow] {
	return func(yield func(SheetRow) bool) {
		for _, r := range rows {
			if !yield(r) {
				return
			}
		}
	}
}

// annexRow is one agency in its annex.
func (e *Edition) annexRow(no int, g scoring.Group, s scoring.Standing) SheetRow {
	cells := []SheetCell{wholeCell(no), textCell(e.agencyName(s.Agency)), numberCell(s.Score, e.digits.total)}
	remark := e.words.Note(s.Reason)
	if s.Ranked {
		rank := wholeCell(s.Rank)
		if s.Tied {
			rank.Suffix = strings.TrimPrefix(e.rank(s), e.whole(s.Rank))
		}
		cells = append(cells, rank, textCell(e.rating(s.Rating)))
	} else {
		cells = append(cells, textCell(e.say("book-not-ranked")), textCell(""))
	}
	if e.cmp.Year != 0 {
		change := textCell("")
		if s.Ranked {
			m := e.movement(g, s)
			change, remark = textCell(strings.TrimSpace(m.mark+" "+m.text)), m.note
		}
		cells = append(cells, change)
	}
	return SheetRow{Kind: BodyRow, Cells: append(cells, textCell(remark))}
}

// publicIndicators lists the indicators whose points are public, in the set's order.
func (e *Edition) publicIndicators() []*criteria.Indicator {
	var all []*criteria.Indicator
	for ind := range e.set.Root.AllIndicators() {
		if ind.Public == criteria.Answers || ind.Public == criteria.PointsOnly {
			all = append(all, ind)
		}
	}
	return all
}

// indicatorSheet is agencies by indicators, in points.
func (e *Edition) indicatorSheet() Sheet {
	public := e.publicIndicators()
	rows := e.opening(e.say("book-indicators"), e.title(), e.say("book-indicators-note"))
	head := []SheetCell{
		textCell(e.say("book-code")), textCell(e.term("agency")), textCell(e.term("group")), textCell(e.term("score")),
	}
	widths := []int{14, 34, 22, 10}
	for _, cell := range e.viewHeads() {
		head, widths = append(head, cell), append(widths, 14)
	}
	for _, ind := range public {
		head = append(head, textCell(strings.TrimSpace(ind.No+" "+e.text(ind.Name))))
		widths = append(widths, 16)
	}
	sheet := Sheet{Name: e.say("book-indicators"), Widths: widths, Head: len(rows) + 1, KeyCols: 2, Landscape: true}
	rows = append(rows, SheetRow{Kind: HeadRow, Cells: head})
	sheet.Height = len(rows)
	for _, g := range e.ranking.Groups {
		sheet.Height += len(g.Standings)
	}
	sheet.Rows = func(yield func(SheetRow) bool) {
		for _, r := range rows {
			if !yield(r) {
				return
			}
		}
		for _, g := range e.ranking.Groups {
			columns := e.columns(g, public)
			for at := range g.Standings {
				if !yield(e.pointsRow(g, at, columns)) {
					return
				}
			}
		}
	}
	return sheet
}

// columns are the points of a group for indicators; nil for one that does not concern it.
func (e *Edition) columns(g scoring.Group, public []*criteria.Indicator) []*IndicatorScores {
	all := make([]*IndicatorScores, len(public))
	for i, ind := range public {
		if column, ok := e.Scores.Of(g.Group.ID, ind); ok {
			all[i] = &column
		}
	}
	return all
}

// pointsRow is the agency at a place of a group with its points.
func (e *Edition) pointsRow(g scoring.Group, at int, columns []*IndicatorScores) SheetRow {
	s := g.Standings[at]
	cells := make([]SheetCell, 0, 4+len(e.set.Views)+len(columns))
	cells = append(cells, textCell(s.Agency.Code), textCell(e.agencyName(s.Agency)), textCell(e.text(g.Group.Name)),
		numberCell(s.Score, e.digits.total))
	cells = append(cells, e.viewCells(g, s)...)
	for _, column := range columns {
		if column == nil {
			cells = append(cells, textCell(e.say("book-other-group")))
			continue
		}
		cells = append(cells, e.pointsEntry(column.At(at)))
	}
	return SheetRow{Kind: BodyRow, Cells: cells}
}

func (e *Edition) pointsEntry(r IndicatorScore) SheetCell {
	if r.Status == rule.NotApplicable && r.Score.IsZero() {
		return textCell(e.term("status-" + r.Status.String()))
	}
	return numberCell(r.Score, e.digits.indicator)
}
