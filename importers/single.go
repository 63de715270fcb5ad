package importers

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers/internal/answer"
	"github.com/opendti/dti/importers/internal/numeral"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/importers/table"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring/submission"
)

// A Workbook is one self-assessment workbook, read by itself.
type Workbook struct {
	Set        *criteria.Set
	Agency     submission.Agency
	Submission submission.Submission
	Problems   diag.Problems
	Label      workbook.Label // what the workbook says of itself
	// Total is the total that the workbook shows, and Claims the points of its indicators, by id. A workbook of another
	// edition than Set was computed by other rules; of it there are none.
	Total  workbook.Claim
	Claims map[string]workbook.Claim
	// Readings are answers that were read without doubt, though the form would have written them otherwise.
	Readings []workbook.Reading
}

// OpenWorkbook reads one self-assessment workbook by a criteria set. With a round, the workbook must be of the round and
// of one of its agencies, and figures that others provide are taken from the round; without one (nil), the agency is
// what the workbook says. The error is for I/O, or diag.Problems where the file is no such workbook.
func OpenWorkbook(file string, set *criteria.Set, round *submission.Round) (*Workbook, error) {
	book, err := openForm(file)
	if err != nil {
		return nil, err
	}
	expect := workbook.Expect{Set: set, Reader: answer.NewReader(set)}
	label, problems := workbook.Identify(book, filepath.ToSlash(file))
	if len(problems) > 0 {
		return nil, problems
	}
	w := &Workbook{Set: set, Agency: label.Agency, Label: label}
	if round != nil {
		expect.Round, expect.Agencies = round.ID, round.Agencies
		expect.Reader.Decimal = map[string]numeral.Mark{"point": numeral.Point, "comma": numeral.Comma}[round.Decimal]
	}
	w.Submission, w.Problems = workbook.Read(book, filepath.ToSlash(file), expect)
	if !w.Submission.Sent {
		return nil, w.Problems
	}
	w.Readings = workbook.Readings(book, w.Submission, expect)
	if label.Address() == set.Address() {
		w.Total, w.Claims = workbook.ClaimsOf(book, set)
	}
	if round != nil {
		if a, ok := round.Agency(w.Submission.Agency); ok {
			w.Agency = a
		}
		w.fromOthers(round.Submissions[w.Submission.Agency])
	}
	return w, nil
}

// fromOthers adds the answers that others than the agency give.
func (w *Workbook) fromOthers(known submission.Submission) {
	for key, answer := range known.Answers.All() {
		in, ok := w.Set.Figure(key.Input)
		if ind, of := w.Set.Indicator(key.Indicator); of {
			in, ok = ind.Input(key.Input)
		}
		if ok && in.By != criteria.ByAgency {
			w.Submission.Answers.Put(key, answer)
		}
	}
}

// WorkbookCriteria is the ID@VERSION of the criteria set that a self-assessment workbook was written with. The error is
// for I/O, or diag.Problems where the file is no such workbook.
func WorkbookCriteria(file string) (string, error) {
	book, err := openForm(file)
	if err != nil {
		return "", err
	}
	label, problems := workbook.Identify(book, filepath.ToSlash(file))
	if len(problems) > 0 {
		return "", problems
	}
	return label.Address(), nil
}

func openForm(file string) (sheet.Book, error) {
	name := filepath.ToSlash(file)
	data, err := readFile(file, sheet.FormLimits().Total)
	if errors.Is(err, errFolder) || errors.Is(err, errNotPlain) || errors.Is(err, errTooLarge) {
		var problems diag.Problems
		unreadable(&problems, diag.Place{File: name}, name, err)
		return sheet.Book{}, problems
	}
	if err != nil {
		return sheet.Book{}, fmt.Errorf("read workbook %s: %w", name, err)
	}
	book, problems := sheet.OpenXLSX(name, data, sheet.FormLimits())
	if len(problems) > 0 {
		return sheet.Book{}, problems
	}
	if !workbook.Is(book) {
		problems.Fault(diag.Place{File: name}, "not-a-form")
		return sheet.Book{}, problems
	}
	return book, nil
}

func readFile(file string, most int64) ([]byte, error) {
	if info, err := os.Stat(file); err == nil {
		if err := plainFile(info); err != nil {
			return nil, err
		}
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAll(f, most)
}

// ReadStandings reads an earlier round's result table, CSV or XLSX, with the columns code, score, rank, rating and
// optionally name, group, year and of.
func ReadStandings(file string) ([]submission.PastStanding, diag.Problems) {
	name := filepath.ToSlash(file)
	var problems diag.Problems
	data, err := readFile(file, sheet.TableLimits().Total)
	if err != nil {
		unreadable(&problems, diag.Place{File: name}, name, err)
		return nil, problems
	}
	source, ok := table.Source{}, false
	switch kindOf(name) {
	case aCSV:
		source, ok = table.CSV(name, data, &problems), true
	case aWorkbook:
		var book sheet.Book
		if book, problems = sheet.OpenXLSX(name, data, sheet.TableLimits()); len(problems) == 0 {
			source, ok = table.Sheet(book, &problems)
		}
	default:
		problems.Fault(diag.Place{File: name}, "file-not-table", name)
	}
	if !ok {
		return nil, problems
	}
	return table.ReadStandings(source, &problems), problems
}
