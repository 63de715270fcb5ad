// Package importers opens a round folder: it reads round.yaml, picks a reader for every file that it names, and gathers
// what they hold in a submission.Round, each answer with the cell it came from. A file that cannot be read costs its own
// agency only; whatever is wrong is told with its place. It scores nothing.
package importers

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers/internal/answer"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/importers/table"
	"github.com/opendti/dti/scoring/submission"
)

// Options of opening a round. The zero Options are fine.
type Options struct {
	// Progress is told how many files of the submissions have been read, of how many. It is called from one goroutine at
	// a time.
	Progress func(done, total int)
}

// Open opens a round folder. Everything that is wrong with its files is in the round's Problems, settled where decisions
// or the round's own rule settle it. The error is for I/O, or diag.Problems where round.yaml or the criteria set cannot
// be read, so that there is no round at all.
func Open(dir string) (*submission.Round, error) { return OpenWith(dir, Options{}) }

// OpenWith is Open with options.
func OpenWith(dir string, options Options) (*submission.Round, error) {
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return nil, fmt.Errorf("open round: %w", &fs.PathError{Op: "open", Path: dir, Err: syscall.ENOTDIR})
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open round %s: %w", dir, err)
	}
	defer func() { _ = root.Close() }() // nothing was written
	o := &opener{options: options, dir: dir, root: root, sums: sums{}, refused: map[string]bool{}, sender: map[string]string{}}
	data, err := o.bytes(settingsFile, sheet.FormLimits().Total)
	if err != nil {
		return nil, fmt.Errorf("read %s of round %s: %w", settingsFile, dir, err)
	}
	o.settings, o.problems = readSettings(settingsFile, data)
	if o.settings.round.ID == "" || o.settings.criteria.name == "" {
		return nil, o.problems
	}
	if err := o.loadSet(); err != nil {
		return nil, err
	}
	o.read()
	return o.round.Settled(), nil
}

// An opener opens one round.
type opener struct {
	options   Options
	dir       string
	root      *os.Root
	settings  settings
	round     *submission.Round
	reader    answer.Reader // of the answers to the round's set
	directory *table.Directory
	columns   map[string]string
	problems  diag.Problems
	sums      sums
	refused   map[string]bool   // agencies of which something in submissions/ is in error, by code
	sender    map[string]string // file of submissions/ that an agency sent, by code
	// counting are the lines of the register of receipt that agencies are scored by, by code.
	counting map[string]submission.Receipt
}

// read reads what the round is made of, once its set is known.
func (o *opener) read() {
	o.directory = table.NewDirectory(nil)
	o.mapColumns()
	o.readAgencies()
	o.readData()
	o.readRegister()
	o.readSubmissions()
	o.knownSenders()
	o.round.Agencies = o.directory.Agencies()
	if len(o.round.Agencies) == 0 && o.problems.Stopping() == 0 {
		o.problems.Fault(diag.Place{File: settingsFile}, "round-no-agencies")
	}
	o.readReviews()
	o.round.Decisions = table.Conflicts(o.round.Decisions, &o.problems)
	o.readCycle()
	o.readPublication()
	o.markSent()
	o.contradictions()
	o.warn()
	o.round.Problems = o.problems
	o.round.Files, o.round.Digest = o.files(), o.sums.digest()
}

// bytes reads a file of the round whole. Links out of the folder are not followed.
func (o *opener) bytes(name string, most int64) ([]byte, error) {
	data, err := o.content(name, most)
	if err == nil {
		o.sums.add(name, data)
	}
	return data, err
}

// content reads a file of the round whole; it is safe for concurrent use.
func (o *opener) content(name string, most int64) ([]byte, error) {
	return readIn(o.root, filepath.FromSlash(name), most)
}

// errNotPlain is about a pipe or a device, which might never end.
var errNotPlain = errors.New("neither a file nor a folder")

var errFolder = errors.New("a folder where a file is needed")

// plainFile holds that what is to be read is a file.
func plainFile(info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return errFolder
	case !info.Mode().IsRegular():
		return errNotPlain
	default:
		return nil
	}
}

var errTooLarge = errors.New("larger than a file of a round may be")

// readAll reads a file whole, into room for as much as it says that it holds.
func readAll(f *os.File, most int64) ([]byte, error) {
	var data bytes.Buffer
	if info, err := f.Stat(); err == nil {
		data.Grow(int(min(info.Size(), most)) + bytes.MinRead)
	}
	n, err := data.ReadFrom(io.LimitReader(f, most+1))
	if err == nil && n > most {
		return nil, errTooLarge
	}
	return data.Bytes(), err
}

// leadsOut is what os.Root says of a link that leads out of the folder; package os exports no error for it.
const leadsOut = "path escapes from parent"

// unreadable notes a file that could not be opened or read; the place is where the file is named, or the file.
func unreadable(problems *diag.Problems, at diag.Place, name string, err error) {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		problems.Fault(at, "file-missing", name)
	case errors.Is(err, errNotPlain):
		problems.Fault(at, "file-not-plain", name)
	case errors.Is(err, errFolder):
		problems.Fault(at, "file-is-folder", name)
	case errors.Is(err, fs.ErrPermission):
		problems.Fault(at, "file-not-permitted", name)
	case errors.Is(err, errTooLarge):
		problems.Fault(at, "file-too-large", name)
	default:
		var inner *fs.PathError
		if errors.As(err, &inner) {
			err = inner.Err // without the path of this machine
		}
		if err.Error() == leadsOut {
			problems.Fault(at, "file-leads-out", name)
			return
		}
		problems.Fault(at, "file-unreadable", name, err.Error())
	}
}

// loadSet reads the criteria set and what round.yaml says in its languages.
func (o *opener) loadSet() error {
	set, err := o.set()
	if problems, ok := errors.AsType[diag.Problems](err); ok {
		return append(o.problems, problems...)
	}
	if err != nil {
		return err
	}
	round := o.settings.round
	round.Set = set
	round.Submissions = map[string]submission.Submission{}
	round.Title = inFirst(round.Title, set, round.ID)
	for i := range round.Corrections {
		round.Corrections[i].Reason = inFirst(round.Corrections[i].Reason, set, "")
	}
	o.round = &round
	o.reader = answer.NewReader(set)
	o.reader.Decimal = o.settings.mark
	return nil
}

// inFirst puts a text without a language under the first language of the set.
func inFirst(t criteria.Text, set *criteria.Set, otherwise string) criteria.Text {
	first := set.Languages[0]
	if len(t) == 0 && otherwise != "" {
		return criteria.Text{first: otherwise}
	}
	if s, ok := t[""]; ok {
		return criteria.Text{first: s}
	}
	return t
}

// mapColumns checks that columns map to headers of ours.
func (o *opener) mapColumns() {
	o.columns = map[string]string{}
	for _, c := range o.settings.columns {
		near, ok := table.IsTarget(o.round.Set, c.ours)
		switch {
		case ok:
			o.columns[c.header] = c.ours
		case near != "":
			o.problems.Fault(c.place, "columns-unknown-near", c.ours, near)
		default:
			o.problems.Fault(c.place, "columns-unknown", c.ours)
		}
	}
}

// want says what tables of answers are read for.
func (o *opener) want() table.Want {
	return table.Want{
		Set: o.round.Set, Agencies: o.directory, Lists: o.settings.agencies.name == "", Columns: o.columns, Reader: o.reader,
	}
}

// source opens a table of the round; ok is false after noting why not. at is where the file is named.
func (o *opener) source(name string, at diag.Place) (source table.Source, date1904, ok bool) {
	data, err := o.bytes(name, sheet.TableLimits().Total)
	if err != nil {
		unreadable(&o.problems, at, name, err)
		return table.Source{}, false, false
	}
	switch kindOf(name) {
	case aCSV:
		return table.CSV(name, data, &o.problems), false, true
	case aWorkbook:
		book, problems := sheet.OpenXLSX(name, data, sheet.TableLimits())
		o.problems = append(o.problems, problems...)
		if len(problems) > 0 {
			return table.Source{}, false, false
		}
		source, ok := table.Sheet(book, &o.problems)
		return source, book.Date1904, ok
	default:
		o.problems.Fault(at, "file-not-table", name)
		return table.Source{}, false, false
	}
}

// orThere is a named file, else the first of some names that is there.
func (o *opener) orThere(named ref, names ...string) ref {
	if named.name != "" {
		return named
	}
	for _, name := range names {
		if _, err := o.root.Stat(filepath.FromSlash(name)); err == nil {
			return ref{name: name, place: diag.Place{File: name}}
		}
	}
	return ref{}
}

func (o *opener) readAgencies() {
	o.settings.agencies = o.orThere(o.settings.agencies, "agencies.xlsx", "agencies.csv")
	if o.settings.agencies.name == "" {
		return
	}
	if source, _, ok := o.source(o.settings.agencies.name, o.settings.agencies.place); ok {
		table.ReadAgencies(source, o.round.Set, o.directory, &o.problems)
	}
}

func (o *opener) readData() {
	for _, file := range o.settings.data {
		if file.name == "" {
			continue
		}
		source, date1904, ok := o.source(file.name, file.place)
		if !ok {
			continue
		}
		want := o.want()
		want.Reader.Date1904 = date1904
		o.take(table.ReadAnswers(source, want, &o.problems))
	}
}

// take adds what a table holds to the round.
func (o *opener) take(read table.Answers) {
	for _, code := range read.Codes {
		o.merge(*read.Submissions[code])
	}
	o.decide(read.Decisions)
}

func (o *opener) decide(decisions []submission.Decision) {
	if len(decisions) > 0 {
		o.round.Reviewed = true
	}
	o.round.Decisions = append(o.round.Decisions, decisions...)
}
