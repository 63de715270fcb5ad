package workbook

import (
	"strconv"
	"strings"

	"github.com/opendti/dti/importers/internal/sheet"
)

// A carriage counts answers that were carried over from an earlier round, and those that still are as they were.
type carriage struct{ all, untouched int }

// carry counts the answer of a row.
func (r *reader) carry(row sheet.Row, in columns, answer sheet.Cell) {
	before, carried := row.At(in.carried)
	if in.carried == 0 || !carried {
		return
	}
	r.carried.all++
	if before.Numeric == answer.Numeric && strings.TrimSpace(before.Text) == strings.TrimSpace(answer.Text) {
		r.carried.untouched++
	}
}

// tellCarried tells that answers may be those of another year.
func (r *reader) tellCarried(year int) {
	n, from := r.carried, strconv.Itoa(year)
	switch {
	case year == 0 || n.untouched == 0:
	case n.untouched == n.all:
		r.problems.Warn(r.file, "form-carried-all", from, n.all)
	default:
		r.problems.Inform(r.file, "form-carried-some", from, n.untouched, n.all)
	}
}
