// Package reviewbook writes the workbook in which a verifier appraises claimed answers, and reads the decisions back. A
// row is known by a hidden key and a column by a hidden mark, never by position, so sorting, filtering, added columns and
// another file name do no harm. A hidden sheet keeps what each answer was when the workbook was written, so that a
// decision on an answer that changed since is found. The package does not know how an answer is scored.
package reviewbook

import (
	"cmp"
	"errors"
	"fmt"
	"io"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/written"
	"github.com/opendti/dti/scoring/submission"
)

// A Book is the work of one verifier in one stage of a round.
type Book struct {
	Set      *criteria.Set
	Round    Round
	Stage    submission.Stage
	Verifier string        // code; empty: what the set names no verifier for
	Name     criteria.Text // of the verifier, where the set has none
	Lang     string        // language of the workbook; empty or unknown: the set's first language that there is
	Rows     []Row
	// Answer words an answer for people; ind is nil for a figure.
	Answer func(ind *criteria.Indicator, in criteria.Input, v rule.Value) string
}

// A Round is what a workbook says of its round.
type Round struct {
	ID    string
	Title criteria.Text
	Year  int
}

// A Row is one answer to decide on.
type Row struct {
	Agency submission.Agency
	// Key names the input; without an input it is an indicator that is judged by figures alone. Its Indicator is
	// criteria.FiguresID for a figure.
	Key       submission.Key
	Claim     submission.Submission // as the agency claimed
	Points    rule.Optional         // claimed points of the indicator; unset: it has none
	Of        rule.Optional         // attainable points of the indicator
	Judged    rule.Note             // how the claimed points come about; zero: not said
	Peers     Peers                 // the indicator at the agencies of the group
	Last      string                // answer or points of last year, in words
	Earlier   []submission.Decision // of earlier stages, earliest first
	Objection *submission.Objection // what the agency asks for; nil: nothing
	Decided   *submission.Decision  // the decision of this stage that is known already; nil: none
}

// Peers are what the agencies of a group have for an indicator. The zero Peers say nothing.
type Peers struct {
	Agencies int             // agencies that the indicator concerns
	Full     int             // of them those with full points
	Mean     decimal.Decimal // of their points
}

// ErrTooLong says that a workbook would have more rows than it may.
var ErrTooLong = errors.New("too many answers for one workbook")

// MostRows is how many answers a workbook may hold.
const MostRows = 100_000

// Write writes the workbook as XLSX. Equal books give equal bytes. The error is ErrTooLong, or the writer's.
func Write(w io.Writer, book Book) error {
	if len(book.Rows) > MostRows {
		return fmt.Errorf("write the review workbook of %s: %w", cmp.Or(book.Verifier, "-"), ErrTooLong)
	}
	f := newFile(book)
	defer f.close()
	for _, write := range []func(){f.guide, f.decisions, f.label, f.lists} {
		write()
	}
	f.finish()
	if f.err == nil {
		f.err = written.Save(w, f.file)
	}
	if f.err != nil {
		return fmt.Errorf("write the review workbook of %s: %w", cmp.Or(book.Verifier, "-"), f.err)
	}
	return nil
}
