package table

import (
	"runtime"
	"slices"
	"sync"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/scoring/submission"
)

// rowsAtOnce is how many rows are handed over together, so that handing over costs little beside reading.
const rowsAtOnce = 32

// A rowReader reads the cells of the rows of a wide table side by side: what a cell says depends on no other row. What is
// wrong is told in the order of the rows, however many work at it.
type rowReader struct {
	table   answers // as it was before the first row: the rows only look things up in it
	told    *diag.Problems
	targets []target
	next    []*agencyCells // not handed over yet
	todo    chan []*agencyCells
	all     []*agencyCells // those handed over, in order
	workers sync.WaitGroup
}

// agencyCells are the cells of one agency's row.
type agencyCells struct {
	sub      *submission.Submission
	code     string
	row      sheet.Row
	problems diag.Problems
}

func newRowReader(t *answers, targets []target) *rowReader {
	r := &rowReader{table: *t, told: t.problems, targets: targets, todo: make(chan []*agencyCells, runtime.GOMAXPROCS(0))}
	for range runtime.GOMAXPROCS(0) {
		r.workers.Go(func() {
			for batch := range r.todo {
				for _, cells := range batch {
					r.read(cells)
				}
			}
		})
	}
	return r
}

// add hands a row over. Its cells are copied, for the next row overwrites them.
func (r *rowReader) add(sub *submission.Submission, code string, row sheet.Row) {
	row.Cells = slices.Clone(row.Cells)
	r.next = append(r.next, &agencyCells{sub: sub, code: code, row: row})
	if len(r.next) == rowsAtOnce {
		r.hand()
	}
}

func (r *rowReader) hand() {
	r.all = append(r.all, r.next...)
	r.todo <- r.next
	r.next = nil
}

func (r *rowReader) read(cells *agencyCells) {
	own := r.table
	own.problems = &cells.problems
	for _, target := range r.targets {
		c, _ := cells.row.At(target.col)
		own.answer(cells.sub, cells.code, target, c)
	}
	cells.row.Cells = nil // read, and large
}

// finish waits for all rows and tells their problems.
func (r *rowReader) finish() {
	r.hand()
	close(r.todo)
	r.workers.Wait()
	for _, cells := range r.all {
		*r.told = append(*r.told, cells.problems...)
	}
}
