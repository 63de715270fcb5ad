package preflight

import (
	"bytes"
	"strconv"
	"strings"
)

// Bounds of the format itself.
const (
	lastRow = 1_048_576
	lastCol = 16_384
)

// cells reads a sheet.
type cells struct {
	book  *book
	sheet *Sheet

	row, col int // where the reading stands; 0: before the first
	hidden   bool
	inCell   bool
	count    int

	kind     []byte // the cell's t
	style    int
	value    []byte
	rich     richText
	inValue  bool
	hasValue bool
	formula  bool
}

func (h *cells) start(name, parent string, a attrs) error {
	switch {
	case name == "row" && parent == "sheetData":
		return h.startRow(a)
	case name == "c" && parent == "row":
		return h.startCell(a)
	case name == "col" && parent == "cols":
		return h.column(a)
	case name == "mergeCell":
		return h.merge(a)
	case !h.inCell:
		return nil
	case name == "v" && parent == "c":
		h.inValue, h.hasValue = true, true
	case name == "f" && parent == "c":
		h.formula = true
	case name == "is" && parent == "c":
		h.hasValue = true
	default:
		return h.rich.start(name, parent, a)
	}
	return nil
}

func (h *cells) text(s []byte) error {
	if !h.inCell {
		return nil
	}
	if h.inValue {
		h.value = append(h.value, s...)
		return nil
	}
	return h.rich.text(s)
}

func (h *cells) end(name, parent string) error {
	switch {
	case !h.inCell:
		return nil
	case name == "v" && parent == "c":
		h.inValue = false
	case name == "c" && parent == "row":
		h.inCell = false
		return h.endCell()
	default:
		return h.rich.end(name, parent)
	}
	return nil
}

// whole reads an attribute that must be a whole number in bounds; otherwise is for one that is not there.
func (a attrs) whole(name string, otherwise, least, most int) (n int, raw []byte, ok bool) {
	raw, there := a.plain(name)
	if !there {
		return otherwise, nil, otherwise >= least && otherwise <= most
	}
	n, err := strconv.Atoi(string(raw))
	return n, raw, err == nil && n >= least && n <= most
}

func (h *cells) startRow(a attrs) error {
	number, raw, ok := a.whole("r", h.row+1, 1, lastRow)
	if !ok {
		return refuse(0, 0, "xlsx-row-number", shown(raw), lastRow)
	}
	if number <= h.row {
		return refuse(number, 0, "xlsx-row-order", number, h.row)
	}
	h.row, h.col = number, 0
	h.hidden = a.says("hidden")
	return nil
}

func (h *cells) startCell(a attrs) error {
	col := h.col + 1
	if ref, ok := a.plain("r"); ok {
		var row int
		if row, col, ok = address(ref); !ok || row != h.row {
			return refuse(h.row, 0, "xlsx-cell-address", shown(ref), h.row)
		}
	}
	if col > lastCol {
		return refuse(h.row, 0, "xlsx-cell-address", strconv.Itoa(col), h.row)
	}
	if col <= h.col {
		return refuse(h.row, col, "xlsx-cell-order")
	}
	h.col, h.inCell = col, true
	most := max(len(h.book.file.Formats)-1, 0)
	style, raw, ok := a.whole("s", 0, 0, most)
	if !ok {
		return refuse(h.row, col, "xlsx-style-index", shown(raw), most)
	}
	h.style = style
	kind, _ := a.plain("t")
	h.kind, h.value = append(h.kind[:0], kind...), h.value[:0]
	h.rich.clear()
	h.inValue, h.hasValue, h.formula = false, false, false
	return nil
}

// shown is a value as a problem shows it.
func shown(value []byte) string {
	const longest = 40
	if r := []rune(string(value)); len(r) > longest {
		return string(r[:longest]) + "…"
	}
	return string(value)
}

func (h *cells) endCell() error {
	c := Cell{Col: h.col, Style: h.style, Formula: h.formula}
	c.NoValue = h.formula && (!h.hasValue || len(h.value) == 0 && string(h.kind) != "str")
	if err := h.content(&c); err != nil {
		return err
	}
	if c.Text == "" && !c.NoValue {
		return nil // blank, perhaps styled
	}
	limits := h.book.limits
	if h.row > limits.Rows || h.col > limits.Cols {
		return refuse(h.row, h.col, "xlsx-beyond", limits.Rows, limits.Cols)
	}
	if h.count++; h.count > limits.Cells {
		return refuse(h.row, h.col, "xlsx-cells", limits.Cells)
	}
	h.keep(c)
	return nil
}

// content reads what the cell holds by its type.
func (h *cells) content(c *Cell) error {
	value := bytes.TrimSpace(h.value)
	switch string(h.kind) {
	case "s":
		return h.shared(c, value)
	case "", "n":
		c.Kind, c.Text = Number, string(value)
		if len(value) > 0 && !numeric(c.Text) {
			return refuse(h.row, h.col, "xlsx-bad-number", shown(value))
		}
	case "b":
		c.Kind, c.Text = Boolean, string(value)
		if len(value) > 0 && c.Text != "0" && c.Text != "1" {
			return refuse(h.row, h.col, "xlsx-bad-number", shown(value))
		}
	case "e":
		c.Kind, c.Text = Failure, string(value)
	case "str", "d":
		c.Kind, c.Text = Text, unescaped(string(h.value))
	case "inlineStr":
		c.Kind, c.Text = Text, h.rich.string()
	default:
		return refuse(h.row, h.col, "xlsx-cell-type", shown(h.kind))
	}
	return nil
}

// numeric reports whether s is a number, written with digits: ParseFloat reads Inf, NaN, 0x1p-2 and 1_000 besides.
func numeric(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil && strings.Trim(s, "0123456789.+-eE") == ""
}

func (h *cells) shared(c *Cell, value []byte) error {
	c.Kind = Text
	if len(value) == 0 {
		return nil
	}
	i, err := strconv.Atoi(string(value))
	if err != nil || i < 0 || i >= len(h.book.strings) {
		return refuse(h.row, h.col, "xlsx-string-index", shown(value), len(h.book.strings))
	}
	c.Text = h.book.strings[i]
	return nil
}

func (h *cells) keep(c Cell) {
	rows := h.sheet.Rows
	if len(rows) == 0 || rows[len(rows)-1].Number != h.row {
		width := 8
		if len(rows) > 0 {
			width = len(rows[len(rows)-1].Cells)
		}
		h.sheet.Rows = append(h.sheet.Rows, Row{Number: h.row, Hidden: h.hidden, Cells: make([]Cell, 0, width)})
	}
	last := &h.sheet.Rows[len(h.sheet.Rows)-1]
	last.Cells = append(last.Cells, c)
}

func (h *cells) column(a attrs) error {
	least, rawMin, ok := a.whole("min", 0, 1, lastCol)
	if !ok {
		return refuse(0, 0, "xlsx-column-range", shown(rawMin), lastCol)
	}
	if _, raw, ok := a.whole("max", 0, least, lastCol); !ok {
		return refuse(0, 0, "xlsx-column-range", shown(raw), lastCol)
	}
	return nil
}

func (h *cells) merge(a attrs) error {
	ref, _ := a.plain("ref")
	first, last, ranged := bytes.Cut(ref, []byte(":"))
	if !ranged {
		last = first
	}
	m := Merge{Ref: string(ref)}
	var ok1, ok2 bool
	m.FirstRow, m.FirstCol, ok1 = address(first)
	m.LastRow, m.LastCol, ok2 = address(last)
	if !ok1 || !ok2 || m.LastRow < m.FirstRow || m.LastCol < m.FirstCol {
		return refuse(0, 0, "xlsx-merge", shown(ref))
	}
	if h.count++; h.count > h.book.limits.Cells {
		return refuse(0, 0, "xlsx-cells", h.book.limits.Cells)
	}
	h.sheet.Merges = append(h.sheet.Merges, m)
	return nil
}

// address reads the name of a cell, such as F12.
func address(ref []byte) (row, col int, ok bool) {
	i := 0
	for i < len(ref) && i < 4 && (ref[i]|0x20) >= 'a' && (ref[i]|0x20) <= 'z' {
		col = col*26 + int(ref[i]|0x20-'a') + 1
		i++
	}
	if i == 0 || i > 3 || col > lastCol || i == len(ref) || ref[i] == '0' || len(ref)-i > 7 {
		return 0, 0, false
	}
	for _, d := range ref[i:] {
		if d < '0' || d > '9' {
			return 0, 0, false
		}
		row = row*10 + int(d-'0')
	}
	return row, col, row <= lastRow
}
