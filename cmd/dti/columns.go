package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// columns aligns text in columns. Widths count characters, which Vietnamese names in NFC print one cell each.
type columns struct {
	heads []columnHead
	rows  [][]string
}

type columnHead struct {
	name  string
	right bool
}

func head(name string, right bool) columnHead { return columnHead{name, right} }

func newColumns(heads ...columnHead) *columns { return &columns{heads: heads} }

func (c *columns) row(cells ...string) { c.rows = append(c.rows, cells) }

// write prints the header, where there is one, then the rows; columns without any text are left out.
func (c *columns) write(w io.Writer) {
	widths := make([]int, len(c.heads))
	names := make([]string, len(c.heads))
	for i, h := range c.heads {
		names[i] = h.name
		for _, row := range c.rows {
			widths[i] = max(widths[i], utf8.RuneCountInString(row[i]))
		}
		if widths[i] > 0 {
			widths[i] = max(widths[i], utf8.RuneCountInString(h.name))
		}
	}
	lines := c.rows
	if strings.Join(names, "") != "" {
		lines = append([][]string{names}, c.rows...)
	}
	for _, row := range lines {
		fmt.Fprintln(w, strings.TrimRight(c.line(row, widths), " "))
	}
}

func (c *columns) line(row []string, widths []int) string {
	var b strings.Builder
	for i, cell := range row {
		if widths[i] == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("  ")
		}
		pad := strings.Repeat(" ", max(widths[i]-utf8.RuneCountInString(cell), 0))
		if c.heads[i].right {
			b.WriteString(pad + cell)
		} else {
			b.WriteString(cell + pad)
		}
	}
	return b.String()
}
