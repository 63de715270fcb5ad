package graft

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/opendti/dti/criteria/diag"
)

// A Grid is the cells of a sheet.
type Grid struct {
	part *part
	root *node
	data *node // sheetData; nil where there is none
	rows []gridRow
	puts map[[2]int]put
}

type gridRow struct {
	number int
	node   *node
	cols   []int // of the node's children
}

type put struct {
	look    int
	content *Content
}

// A Content is what a cell holds: digits of a number, or a text.
type Content struct{ Digits, Text string }

// Grid is the cells of a sheet, by its name as it is stored.
func (f *File) Grid(name string) (*Grid, error) {
	if g, ok := f.grids[name]; ok {
		return g, nil
	}
	p, err := f.sheet(name)
	if err != nil {
		return nil, err
	}
	root, err := p.parsed()
	if err != nil {
		return nil, err
	}
	g := &Grid{part: p, root: root, data: root.child("sheetData"), puts: map[[2]int]put{}}
	if g.data != nil {
		g.number()
	}
	f.grids[name] = g
	return g, nil
}

// number finds where rows and cells stand. Those without an address follow the ones before them.
func (g *Grid) number() {
	row := 0
	for _, n := range g.data.all("row") {
		row++
		if r, err := strconv.Atoi(n.attr("r")); err == nil {
			row = r
		}
		gr, col := gridRow{number: row, node: n}, 0
		for _, c := range n.children {
			col++
			if _, at, ok := Address(c.attr("r")); ok {
				col = at
			}
			gr.cols = append(gr.cols, col)
		}
		g.rows = append(g.rows, gr)
	}
}

// Address reads the name of a cell, such as F12.
func Address(ref string) (row, col int, ok bool) {
	i := 0
	for i < len(ref) && i < 4 && ref[i] >= 'A' && ref[i] <= 'Z' {
		col = col*26 + int(ref[i]-'A') + 1
		i++
	}
	row, err := strconv.Atoi(ref[i:])
	return row, col, i > 0 && err == nil && row > 0
}

func (g *Grid) find(row, col int) (r *gridRow, cell *node) {
	i, ok := slices.BinarySearchFunc(g.rows, row, func(r gridRow, n int) int { return cmp.Compare(r.number, n) })
	if !ok {
		return nil, nil
	}
	r = &g.rows[i]
	if j, ok := slices.BinarySearch(r.cols, col); ok {
		return r, r.node.children[j]
	}
	return r, nil
}

// Look is the look of a cell; of one that is not there, that of its row or column.
func (g *Grid) Look(row, col int) int {
	r, c := g.find(row, col)
	raw := ""
	switch {
	case c != nil:
		raw = c.attr("s")
	case r != nil && r.node.attr("customFormat") != "":
		raw = r.node.attr("s")
	default:
		raw = g.column(col).attr("style")
	}
	look, _ := strconv.Atoi(raw)
	return look
}

// column is the line of a column; an empty node where there is none.
func (g *Grid) column(col int) *node {
	if list := g.root.child("cols"); list != nil {
		for _, n := range list.children {
			from, _ := strconv.Atoi(n.attr("min"))
			to, _ := strconv.Atoi(n.attr("max"))
			if from <= col && col <= to {
				return n
			}
		}
	}
	return &node{}
}

// Cells walks the cells that are written, blank ones with a look among them, by row and column.
func (g *Grid) Cells(yield func(at [2]int, look int) bool) {
	for _, r := range g.rows {
		for i, c := range r.node.children {
			look, _ := strconv.Atoi(c.attr("s"))
			if !yield([2]int{r.number, r.cols[i]}, look) {
				return
			}
		}
	}
}

// Put gives a cell a look and, where it is not nil, a content.
func (g *Grid) Put(row, col, look int, content *Content) {
	g.puts[[2]int{row, col}] = put{look, content}
}

// flush writes what was put.
func (g *Grid) flush() error {
	if len(g.puts) == 0 {
		return nil
	}
	if g.data == nil {
		return fmt.Errorf("%s: no cells", g.part.name)
	}
	missing := map[int][][2]int{} // cells of rows that are not there
	widened := map[*node]bool{}
	for _, at := range slices.SortedFunc(maps.Keys(g.puts), func(a, b [2]int) int { return slices.Compare(a[:], b[:]) }) {
		r, c := g.find(at[0], at[1])
		p := g.puts[at]
		switch {
		case r == nil:
			missing[at[0]] = append(missing[at[0]], at)
		case c == nil:
			g.insert(r, at, p, widened)
		case p.content == nil:
			g.part.change(c, attr{"s", strconv.Itoa(p.look)})
		default:
			g.part.splice(c.from, c.to, p.xml(c.tag(), at))
		}
	}
	g.insertRows(missing)
	return nil
}

func (p put) xml(tag string, at [2]int) string {
	ref := diag.ColumnName(at[1]) + strconv.Itoa(at[0])
	switch {
	case p.content == nil:
		return fmt.Sprintf(`<%s r="%s" s="%d"/>`, tag, ref, p.look)
	case p.content.Digits != "":
		prefix := strings.TrimSuffix(tag, "c")
		return fmt.Sprintf(`<%s r="%s" s="%d"><%sv>%s</%sv></%s>`, tag, ref, p.look, prefix, p.content.Digits, prefix, tag)
	default:
		prefix := strings.TrimSuffix(tag, "c")
		return fmt.Sprintf(`<%s r="%s" s="%d" t="inlineStr"><%sis><%st xml:space="preserve">%s</%st></%sis></%s>`,
			tag, ref, p.look, prefix, prefix, escapeText(p.content.Text), prefix, prefix, tag)
	}
}

// insert puts a cell into a row that is there.
func (g *Grid) insert(r *gridRow, at [2]int, p put, widened map[*node]bool) {
	text := p.xml(joined(g.root.prefix, "c"), at)
	if r.node.empty() {
		if widened[r.node] { // its tag has been opened already
			g.part.edits[len(g.part.edits)-1].text = strings.TrimSuffix(g.part.edits[len(g.part.edits)-1].text, "</"+r.node.tag()+">") +
				text + "</" + r.node.tag() + ">"
			return
		}
		widened[r.node] = true
		g.part.extend(r.node, text, attr{"spans", ""})
		return
	}
	if !widened[r.node] && r.node.attr("spans") != "" {
		widened[r.node] = true
		g.part.change(r.node, attr{"spans", ""})
	}
	i, _ := slices.BinarySearch(r.cols, at[1])
	place := r.node.end
	if i < len(r.node.children) {
		place = r.node.children[i].from
	}
	g.part.splice(place, place, text)
}

// insertRows puts rows in that are not there.
func (g *Grid) insertRows(missing map[int][][2]int) {
	var behind strings.Builder
	tag := joined(g.root.prefix, "row")
	for _, number := range slices.Sorted(maps.Keys(missing)) {
		var b strings.Builder
		fmt.Fprintf(&b, `<%s r="%d">`, tag, number)
		for _, at := range missing[number] {
			b.WriteString(g.puts[at].xml(joined(g.root.prefix, "c"), at))
		}
		b.WriteString("</" + tag + ">")
		i := slices.IndexFunc(g.rows, func(r gridRow) bool { return r.number > number })
		if i < 0 {
			behind.WriteString(b.String())
			continue
		}
		g.part.splice(g.rows[i].node.from, g.rows[i].node.from, b.String())
	}
	if behind.Len() > 0 {
		g.part.extend(g.data, behind.String())
	}
}

// Formulas walks the cells that hold a formula of their own.
func (g *Grid) Formulas(yield func(at [2]int, formula string) bool) {
	for _, r := range g.rows {
		for i, c := range r.node.children {
			f := c.child("f")
			if f == nil || f.empty() {
				continue
			}
			if !yield([2]int{r.number, r.cols[i]}, string(g.part.data[f.inner:f.end])) {
				return
			}
		}
	}
}

// Cache sets what a formula yielded last: digits of a number, or a text. Formula and look stay.
func (g *Grid) Cache(row, col int, yielded Content) {
	_, c := g.find(row, col)
	if c == nil || c.child("f") == nil {
		return
	}
	prefix := strings.TrimSuffix(c.tag(), "c")
	kind, value := "str", escapeText(yielded.Text)
	if yielded.Digits != "" {
		kind, value = "", yielded.Digits
	}
	f := c.child("f")
	if v := c.child("v"); v != nil && c.attr("t") == kind && string(g.part.data[v.inner:v.end]) == value {
		return // it is there already
	}
	g.part.splice(c.from, c.to, c.start(">", attr{"t", kind})+string(g.part.data[f.from:f.to])+
		"<"+prefix+"v>"+value+"</"+prefix+"v></"+c.tag()+">")
}
