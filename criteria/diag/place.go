// Package diag holds the vocabulary of places and faults: where something stands in a file and what is wrong with it.
// Every reader of the project reports through it. It knows no words: a Problem is data, and package locale says it in a
// reader's language.
package diag

import (
	"cmp"
	"strconv"
	"strings"
)

// A Place is a position in a file of the round: a line and column of a text file, or a cell of a sheet.
// The zero Place is nowhere in particular.
type Place struct {
	File  string // slash-separated, relative to the round folder
	Sheet string // name of the sheet; empty in text files
	Row   int    // line of a text file or row of a sheet, from 1; 0: the whole file
	Col   int    // column counted in characters (text) or cells (sheet), from 1; 0: the whole row
}

// String writes file:line:column for a text file and file!sheet!cell for a sheet.
func (p Place) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Sheet != "" {
		b.WriteByte('!')
		b.WriteString(p.Sheet)
		if cell := p.Cell(); cell != "" {
			b.WriteByte('!')
			b.WriteString(cell)
		}
		return b.String()
	}
	for _, n := range []int{p.Row, p.Col} {
		if n == 0 {
			break
		}
		b.WriteByte(':')
		b.WriteString(strconv.Itoa(n))
	}
	return b.String()
}

// Cell names the cell of a sheet, such as F12; a whole row is its number, a whole sheet is "".
func (p Place) Cell() string {
	if p.Sheet == "" || p.Row == 0 {
		return ""
	}
	return ColumnName(p.Col) + strconv.Itoa(p.Row)
}

// Compare orders places by file, sheet, row and column.
func (p Place) Compare(q Place) int {
	return cmp.Or(
		cmp.Compare(p.File, q.File),
		cmp.Compare(p.Sheet, q.Sheet),
		cmp.Compare(p.Row, q.Row),
		cmp.Compare(p.Col, q.Col),
	)
}

// ColumnName is the letter name of a sheet's column: 1 is A, 27 is AA; below 1 it is "".
func ColumnName(col int) string {
	var name []byte
	for col > 0 {
		col--
		name = append([]byte{byte('A' + col%26)}, name...)
		col /= 26
	}
	return string(name)
}
