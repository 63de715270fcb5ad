package importers

import (
	"path"
	"path/filepath"
	"strings"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/importers/reviewbook"
	"github.com/opendti/dti/importers/table"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring/submission"
)

// readReviews reads what verifiers and the council decided: review workbooks and plain tables.
func (o *opener) readReviews() {
	named := o.orThere(o.settings.reviews, "reviews")
	if named.name == "" {
		return
	}
	o.round.Reviewed = o.round.Reviewed || o.settings.reviews.name != ""
	files, ok := o.folder(named)
	if !ok {
		return
	}
	for _, name := range files {
		switch kindOf(name) {
		case aWorkbook:
			o.reviewBook(name)
		case aCSV:
			if source, _, ok := o.source(name, diag.Place{File: name}); ok {
				o.decide(table.ReadReviews(source, o.want(), &o.problems))
			}
		case foreign:
			o.problems.Fault(diag.Place{File: name}, "file-other-spreadsheet", strings.ToLower(path.Ext(name)))
		default:
			o.problems.Fault(diag.Place{File: name}, "file-not-table", name)
		}
	}
}

// reviewBook reads the decisions of a spreadsheet.
func (o *opener) reviewBook(name string) {
	at := diag.Place{File: name}
	data, err := o.bytes(name, sheet.TableLimits().Total)
	if err != nil {
		unreadable(&o.problems, at, name, err)
		return
	}
	book, problems := sheet.OpenXLSX(name, data, sheet.TableLimits())
	o.problems = append(o.problems, problems...)
	if len(problems) > 0 {
		return
	}
	want := o.want()
	want.Reader.Date1904 = book.Date1904
	if reviewbook.Is(book) {
		decisions, problems := reviewbook.Read(book, o.round, want)
		o.problems = append(o.problems, problems...)
		o.decide(decisions)
		return
	}
	if workbook.Is(book) {
		o.problems.Fault(at, "review-is-form")
		return
	}
	if source, ok := table.Sheet(book, &o.problems); ok {
		o.decide(table.ReadReviews(source, want, &o.problems))
	}
}

// ReviewBook reads a review workbook by itself, for a round that was opened; ok is false where the file is none. The
// problems are those of the workbook.
func ReviewBook(file string, round *submission.Round) (decisions []submission.Decision, problems diag.Problems, ok bool) {
	data, err := readFile(file, sheet.TableLimits().Total)
	if err != nil {
		return nil, nil, false
	}
	book, problems := sheet.OpenXLSX(filepath.ToSlash(file), data, sheet.TableLimits())
	if len(problems) > 0 || !reviewbook.Is(book) {
		return nil, problems, false
	}
	want := table.Want{Set: round.Set, Agencies: table.NewDirectory(round.Agencies), Reader: expectOf(round, book.Date1904).Reader}
	decisions, problems = reviewbook.Read(book, round, want)
	return decisions, problems, true
}
