package workings

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// put writes a cell. Columns are letters.
func (b *builder) put(column string, row int, c Cell) {
	i := int(column[0] - 'A')
	b.w.rows[row-1] = wider(b.w.rows[row-1], i+1)
	b.w.rows[row-1][i] = c
}

// wider is a row with so many cells at least.
func wider(row []Cell, n int) []Cell {
	const room = 12 // for most rows
	if row == nil {
		row = make([]Cell, 0, max(n, room))
	}
	if len(row) < n {
		row = append(row, make([]Cell, n-len(row))...)
	}
	return row
}

// formula writes a formula, in which # stands for the number of the row: E#&"".
func (b *builder) formula(column string, row int, formula string) {
	b.put(column, row, Cell{Formula: here(formula, row)})
}

func (b *builder) number(column string, row int, d decimal.Decimal) {
	b.put(column, row, Cell{Number: d.String()})
}

func (b *builder) write(column string, row int, text string) {
	b.put(column, row, Cell{Text: text})
}

// heads writes a row of heads from column A on, by their keys.
func (b *builder) heads(row int, keys ...string) {
	cells := make([]Cell, len(keys))
	for i, key := range keys {
		if key != "" {
			cells[i].Text = b.say("calc-" + key)
		}
	}
	b.w.rows[row-1] = cells
}

func (b *builder) say(key string) string { return b.loc.Say("form." + key) }

// text is a name of the set in the form's language.
func (b *builder) text(t criteria.Text) string { return b.loc.Text(t, b.Set.Languages[0]) }

// what is the name of an input.
func (b *builder) what(in criteria.Input) string {
	if name := b.text(in.Name); name != "" {
		return name
	}
	return b.say("value")
}

// nameOf is the display number and the name of an indicator or pillar.
func (b *builder) nameOf(no, id string, name criteria.Text) string {
	if no == "" {
		no = id
	}
	return strings.TrimSpace(no + " " + b.text(name))
}

// here puts the number of a row in place of #.
func here(formula string, row int) string {
	return strings.ReplaceAll(formula, "#", strconv.Itoa(row))
}

func ref(column string, row int) string { return column + strconv.Itoa(row) }

// out refers to a cell from another sheet.
func out(column string, row int) string { return name + "!$" + column + "$" + strconv.Itoa(row) }

// rounded rounds twice: first to 9 decimals, which takes away what binary numbers add or lose, then as the set says.
func rounded(expression string, p criteria.Places) string {
	snapped := "ROUND(" + expression + ",9)"
	if !p.Round {
		return snapped
	}
	return "ROUND(" + snapped + "," + strconv.Itoa(int(p.N)) + ")"
}

// A span is rows that follow one another; the zero span has none.
type span struct{ first, last int }

func (s span) with(row int) span {
	if s.first == 0 {
		s.first = row
	}
	s.last = row
	return s
}

// of is the cells of the span in a column; ok is false where it has none.
func (s span) of(column string) (cells string, ok bool) {
	return column + strconv.Itoa(s.first) + ":" + column + strconv.Itoa(s.last), s.first > 0
}

// sum adds up a column of one span and a column of another.
func sum(s span, column string, t span, other string) string {
	one, ok := s.of(column)
	two, too := t.of(other)
	switch {
	case ok && too:
		return "(SUM(" + one + ")+SUM(" + two + "))"
	case ok:
		return "SUM(" + one + ")"
	case too:
		return "SUM(" + two + ")"
	default:
		return "0"
	}
}

// column is the cells of a column of a source, to be looked up from another sheet.
func (s Source) column(letters string) string {
	sheet := "'" + strings.ReplaceAll(s.Sheet, "'", "''") + "'!$"
	return sheet + letters + "$" + strconv.Itoa(s.First) + ":$" + letters + "$" + strconv.Itoa(s.Last)
}

// cells are what the rule of one indicator sees of the sheet. Intermediate results stand in the indicator's row.
type cells struct {
	b     *builder
	l     *leaf
	next  int // column of the next intermediate result
	known map[string]string
}

var _ rule.Cells = (*cells)(nil)

func (c *cells) input(name string) (in *input, ok bool) {
	key := submission.Key{Indicator: c.l.ID, Input: name}
	if id, figure := submission.Figure(name); figure {
		key = submission.Key{Indicator: criteria.FiguresID, Input: id}
	}
	in, ok = c.b.at[key]
	return in, ok && in.state == ""
}

// State refers to the state of an input; what others give is missing.
func (c *cells) State(name string) string {
	if in, ok := c.input(name); ok {
		return ref(inState, in.row)
	}
	return "2"
}

// Number refers to the number of an input.
func (c *cells) Number(name string) string {
	if in, ok := c.input(name); ok {
		return ref(inNumber, in.row)
	}
	return "0"
}

// Ticked refers to the cell of an option.
func (c *cells) Ticked(name, option string) string {
	if in, ok := c.input(name); ok {
		for i, o := range in.options {
			if o.ID == option {
				return ref(optTicked, in.option+i)
			}
		}
	}
	return "0"
}

// Put writes an expression into the next free column of the indicator's row. Equal expressions share a cell.
func (c *cells) Put(expression string) string {
	if at, ok := c.known[expression]; ok {
		return at
	}
	if c.known == nil {
		c.known = map[string]string{}
	}
	c.next++
	row := &c.b.w.rows[c.l.row-1]
	*row = wider(*row, c.next)
	(*row)[c.next-1] = Cell{Formula: expression}
	at := ref(diag.ColumnName(c.next), c.l.row)
	c.known[expression] = at
	return at
}
