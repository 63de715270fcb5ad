package dossier

import (
	"iter"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
)

// A list is a table that is printed on a page and written into a workbook alike.
type list struct {
	id      string
	name    string // of its sheet
	heading string
	lines   []string
	columns []column
	rows    [][]cell
	empty   string // said where there are no rows
}

type column struct {
	name  string
	num   bool
	width int // in a workbook, in characters
}

// A cell is a text or a number with its words.
type cell struct {
	words   string
	lang    string
	note    string
	tone    string
	number  decimal.Decimal
	numeric bool
	places  int
	suffix  string // behind a number: " (đồng hạng)"
}

func said(words string) cell { return cell{words: orNone(words)} }

// amount is a number as it is printed.
func amount(words string, n decimal.Decimal, places int) cell {
	return cell{words: words, number: n, numeric: true, places: places}
}

func (d *Desk) totalCell(n decimal.Decimal) cell { return amount(d.totalWords(n), n, d.total) }

func (d *Desk) pointsCell(n decimal.Decimal) cell { return amount(d.pointsWords(n), n, d.points) }

func (d *Desk) countCell(n int) cell {
	number := decimal.NewFromInt(int64(n))
	return amount(d.words.Plain(number), number, 0)
}

// rankCell is a rank with its tie.
func (d *Desk) rankCell(rank int, tied bool) cell {
	c := d.countCell(rank)
	c.words, c.suffix = d.rank(rank, tied), strings.TrimPrefix(d.rank(rank, tied), c.words)
	return c
}

// standingCell is the rank of a standing, or that it has none.
func (d *Desk) standingCell(s scoring.Standing) cell {
	if !s.Ranked {
		return said(d.say("unranked"))
	}
	return d.rankCell(s.Rank, s.Tied)
}

// differenceCell is a difference of totals with its sign and tone.
func (d *Desk) differenceCell(n decimal.Decimal) cell {
	c := amount(d.words.Signed(n, d.total), n, d.total)
	c.tone = toneOf(n)
	return c
}

// toneOf is the tone of a difference, for colour beside words.
func toneOf(n decimal.Decimal) string {
	switch n.Sign() {
	case 1:
		return "up"
	case -1:
		return "down"
	default:
		return ""
	}
}

// part is the list on a page, with no more than most rows; below 0: all.
func (l list) part(most int, more func(left int) string) view.ConfidentialPart {
	p := view.ConfidentialPart{ID: l.id, Heading: l.heading, Lines: l.lines}
	if len(l.rows) == 0 {
		if l.empty != "" {
			p.Lines = append(p.Lines[:len(p.Lines):len(p.Lines)], l.empty)
		}
		return p
	}
	p.Table.Caption = l.heading
	for _, c := range l.columns {
		p.Table.Columns = append(p.Table.Columns, view.Column{Name: c.name, Num: c.num, Key: true})
	}
	shown := l.rows
	if most >= 0 && len(shown) > most {
		shown = shown[:most]
		p.More = more(len(l.rows) - most)
	}
	for _, row := range shown {
		cells := make([]view.Cell, len(row))
		for i, c := range row {
			cells[i] = view.Cell{Text: c.words, Lang: c.lang, Note: c.note, Head: i == 0}
			if c.tone != "" {
				cells[i].Mark, cells[i].Tone = map[string]string{"up": "▲", "down": "▼"}[c.tone], c.tone
			}
		}
		p.Table.Rows = append(p.Table.Rows, view.Row{Cells: cells})
	}
	return p
}

// sheet is the list in a workbook, whole, under a stamp and the title of the round.
func (l list) sheet(stamp, round string) view.Sheet {
	rows := []view.SheetRow{lineOf(view.StampRow, stamp), lineOf(view.TitleRow, l.heading), lineOf(view.LineRow, round)}
	for _, line := range l.lines {
		rows = append(rows, lineOf(view.TextRow, line))
	}
	rows = append(rows, view.SheetRow{Kind: view.BlankRow})
	s := view.Sheet{Name: l.name, Head: len(rows) + 1, KeyCols: 1, Landscape: true}
	head := view.SheetRow{Kind: view.HeadRow}
	for _, c := range l.columns {
		head.Cells = append(head.Cells, view.SheetCell{Text: c.name})
		s.Widths = append(s.Widths, c.width)
	}
	rows = append(rows, head)
	if len(l.rows) == 0 {
		rows = append(rows, lineOf(view.TextRow, l.empty))
	}
	for _, row := range l.rows {
		rows = append(rows, sheetRow(row))
	}
	s.Height, s.Rows = len(rows), each(rows)
	return s
}

func sheetRow(row []cell) view.SheetRow {
	r := view.SheetRow{Kind: view.BodyRow}
	for _, c := range row {
		switch {
		case c.numeric:
			r.Cells = append(r.Cells, view.SheetCell{Number: c.number, Numeric: true, Decimals: c.places, Suffix: c.suffix})
		case c.note != "":
			r.Cells = append(r.Cells, view.SheetCell{Text: c.words + "\n" + c.note})
		default:
			r.Cells = append(r.Cells, view.SheetCell{Text: c.words})
		}
	}
	return r
}

func lineOf(kind view.RowKind, text string) view.SheetRow {
	return view.SheetRow{Kind: kind, Cells: []view.SheetCell{{Text: text}}}
}

func each(rows []view.SheetRow) iter.Seq[view.SheetRow] {
	return func(yield func(view.SheetRow) bool) {
		for _, r := range rows {
			if !yield(r) {
				return
			}
		}
	}
}
