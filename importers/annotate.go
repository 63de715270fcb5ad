package importers

import (
	"cmp"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers/internal/answer"
	"github.com/opendti/dti/importers/internal/numeral"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/importers/table"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring/submission"
)

// A Sent is a file that an agency sent, and what an annotated copy of it says.
type Sent struct {
	File      string // relative to the round, with slashes
	Kind      SentKind
	Annotated workbook.Annotated // of a Form; without Data where there is nothing to tell
	Problems  int                // of a Table
	Err       error              // why there is no copy of a Form
}

// A SentKind says what a file is. The zero SentKind is invalid on purpose.
type SentKind int

// Kinds of files that agencies send.
const (
	Form    SentKind = iota + 1 // a self-assessment workbook
	Table                       // answers of one or more agencies in a table; it is not annotated
	Damaged                     // a file that cannot be opened
)

// SubmissionFiles are the files that agencies sent and that may be read, relative to the round. There are none where the
// round has no folder for them.
func SubmissionFiles(dir string) (files []string, err error) {
	err = withSettings(dir, func(o *opener) {
		if named := o.orThere(o.settings.submissions, "submissions"); named.name != "" {
			all, _ := o.folder(named)
			files = slices.DeleteFunc(all, func(name string) bool { return kindOf(name) == other })
		}
	})
	return files, err
}

// Folders are the folders in a round that it reads files from, or would if they were there, relative to the round and
// with slashes; sent is the one of them that agencies send to, "" where they send to none. The folder of the round itself
// is not among them.
func Folders(dir string) (sent string, read []string, err error) {
	err = withSettings(dir, func(o *opener) {
		add := func(folder string) string {
			if folder == "." {
				return ""
			}
			if !slices.Contains(read, folder) {
				read = append(read, folder)
			}
			return folder
		}
		sent = add(o.folderOf(cmp.Or(o.settings.submissions.name, "submissions")))
		add(o.folderOf(cmp.Or(o.settings.reviews.name, "reviews")))
		for _, table := range append([]ref{o.settings.agencies}, o.settings.data...) {
			add(path.Dir(table.name))
		}
	})
	return sent, read, err
}

// folderOf is a folder, or that of a table which stands in place of one.
func (o *opener) folderOf(name string) string {
	if info, err := o.root.Stat(filepath.FromSlash(name)); err == nil && !info.IsDir() {
		return path.Dir(name)
	}
	return path.Clean(name)
}

// withSettings reads round.yaml, as far as it can be read, and does something with what it says.
func withSettings(dir string, do func(*opener)) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("open round %s: %w", dir, err)
	}
	defer func() { _ = root.Close() }() // nothing was written
	o := &opener{dir: dir, root: root, sums: sums{}}
	data, err := o.bytes(settingsFile, sheet.FormLimits().Total)
	if err != nil {
		return fmt.Errorf("read %s of round %s: %w", settingsFile, dir, err)
	}
	o.settings, _ = readSettings(settingsFile, data)
	do(o)
	return nil
}

// Annotate makes the annotated copy of a file that an agency sent, from the file as it is now and the problems of the
// round. Whatever goes wrong stays with the file.
func Annotate(dir string, round *submission.Round, file string) (sent Sent) {
	sent = Sent{File: file, Kind: Damaged}
	defer func() {
		if fault := recover(); fault != nil {
			sent = Sent{File: file, Kind: Form, Err: fmt.Errorf("%v", fault)}
		}
	}()
	for _, p := range round.Problems {
		if p.Place.File == file {
			sent.Problems++
		}
	}
	if k := kindOf(file); k == aCSV || k == foreign {
		sent.Kind = map[kind]SentKind{aCSV: Table, foreign: Damaged}[k]
		return sent
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		sent.Err = err
		return sent
	}
	defer func() { _ = root.Close() }() // nothing was written
	o := &opener{dir: dir, root: root, round: round, directory: table.NewDirectory(nil)}
	data, err := o.content(file, sheet.TableLimits().Total)
	if err != nil {
		sent.Err = err
		return sent
	}
	book, problems := openSent(file, data)
	switch {
	case len(problems) > 0:
	case !workbook.Is(book):
		sent.Kind = Table
	default:
		sent.Kind = Form
		sent.Annotated, sent.Err = workbook.Annotate(workbook.Sent{
			Name: file, Data: data, Expect: expectOf(round, book.Date1904), Problems: told(round, file),
		})
	}
	return sent
}

// expectOf is what a form of a round has to fit.
func expectOf(round *submission.Round, date1904 bool) workbook.Expect {
	reader := answer.NewReader(round.Set)
	reader.Decimal = map[string]numeral.Mark{"point": numeral.Point, "comma": numeral.Comma}[round.Decimal]
	reader.Date1904 = date1904
	agencies := slices.Clip(round.Agencies)
	if agencies == nil {
		agencies = []submission.Agency{} // none is known, which is not "any agency"
	}
	return workbook.Expect{Set: round.Set, Round: round.ID, Agencies: agencies, Reader: reader}
}

// told are the problems that the sender of a file is told: those in the file, that there are two of it, and that its
// answers contradict what others say. Problems of reviews and of the department's own tables are not the agency's.
func told(round *submission.Round, file string) diag.Problems {
	agency := ""
	for code, sub := range round.Submissions {
		if slices.Contains(sub.Files, file) {
			agency = code
		}
	}
	var all diag.Problems
	for _, p := range round.Problems {
		ours := p.Place.File == file ||
			p.Kind == "submission-twice" && slices.Contains(p.Args, any(file)) ||
			p.Kind == "answers-contradict" && p.Agency == agency && agency != ""
		if !ours {
			continue
		}
		if round.UnsettledMissing && !decided(round, p) {
			p.Settled = false // the round goes on without the answer; the agency may still mend it
		}
		if p.Kind == "submission-twice" {
			p.Place = diag.Place{File: file} // each of the two says it
		}
		all.Add(p)
	}
	return all
}

// decided reports whether a decision touches the indicator of a problem.
func decided(round *submission.Round, p diag.Problem) bool {
	return slices.ContainsFunc(round.Decisions, func(d submission.Decision) bool {
		return d.Agency == p.Agency && d.Indicator == p.Indicator
	})
}
