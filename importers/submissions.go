package importers

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/importers/reviewbook"
	"github.com/opendti/dti/importers/table"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring/submission"
)

// A letter is one file of submissions/ as it was read.
type letter struct {
	name     string
	data     []byte // of a CSV table
	form     bool
	sub      submission.Submission // of a form
	book     *sheet.Book           // of a table in a spreadsheet
	problems diag.Problems
	sum      sums
}

// readSubmissions reads the folder that agencies send to. Forms are read side by side; the order of files decides
// everything else.
func (o *opener) readSubmissions() {
	named := o.orThere(o.settings.submissions, "submissions")
	if named.name == "" {
		return
	}
	files, ok := o.folder(named)
	if !ok {
		return
	}
	for _, l := range o.letters(files) {
		maps.Copy(o.sums, l.sum)
		before := len(o.problems)
		o.problems = append(o.problems, l.problems...)
		switch {
		case l.form:
			o.send(l.sub)
		case l.book != nil || l.data != nil:
			o.sentTable(l)
		}
		for _, p := range o.problems[before:] {
			if p.Severity == diag.Error {
				o.refused[p.Agency] = true
			}
		}
	}
}

// letters reads files, as many at a time as there are processors.
func (o *opener) letters(files []string) []letter {
	read := make([]letter, len(files))
	expect := workbook.Expect{
		Set: o.round.Set, Round: o.round.ID, Agencies: slices.Clip(o.directory.Agencies()), Reader: o.want().Reader,
	}
	if expect.Agencies == nil {
		expect.Agencies = []submission.Agency{} // none is known, which is not "any agency"
	}
	todo := make(chan int)
	var workers sync.WaitGroup
	var telling sync.Mutex
	done := 0
	for range min(runtime.GOMAXPROCS(0), len(files)) {
		workers.Go(func() {
			for i := range todo {
				read[i] = o.letter(files[i], expect)
				telling.Lock()
				if done++; o.options.Progress != nil {
					o.options.Progress(done, len(files))
				}
				telling.Unlock()
			}
		})
	}
	for i := range files {
		todo <- i
	}
	close(todo)
	workers.Wait()
	return read
}

// letter reads one file. Whatever goes wrong in it stays with it.
func (o *opener) letter(name string, expect workbook.Expect) (l letter) {
	l = letter{name: name, sum: sums{}}
	at := diag.Place{File: name}
	defer func() {
		if fault := recover(); fault != nil {
			l = letter{name: name}
			l.problems.Fault(at, "file-unreadable", name, fmt.Sprint(fault))
		}
		attribute(l.problems, expect.Agencies, name)
	}()
	switch kindOf(name) {
	case foreign:
		l.problems.Fault(at, "file-other-spreadsheet", strings.ToLower(path.Ext(name)))
	case other:
		l.problems.Inform(at, "file-ignored")
	default:
		o.open(&l, expect)
	}
	return l
}

// attribute gives the problems of a file that says nothing of its agency to the one that the file is named after.
func attribute(problems diag.Problems, agencies []submission.Agency, name string) {
	stem := strings.TrimSuffix(path.Base(name), path.Ext(name))
	for _, a := range agencies {
		if !strings.EqualFold(a.Code, stem) {
			continue
		}
		for i, p := range problems {
			if p.Agency == "" && p.Severity == diag.Error {
				problems[i].Agency = a.Code
			}
		}
	}
}

func (o *opener) open(l *letter, expect workbook.Expect) {
	at := diag.Place{File: l.name}
	data, err := o.content(l.name, sheet.TableLimits().Total)
	if err != nil {
		unreadable(&l.problems, at, l.name, err)
		return
	}
	l.sum.add(l.name, data)
	if kindOf(l.name) == aCSV {
		l.data = data
		return
	}
	book, problems := openSent(l.name, data)
	l.problems = problems
	switch {
	case len(problems) > 0:
	case workbook.Is(book):
		expect.Reader.Date1904 = book.Date1904
		l.form = true
		l.sub, problems = workbook.Read(book, l.name, expect)
		l.problems = append(l.problems, problems...)
	case reviewbook.Is(book):
		l.problems.Fault(at, "submission-is-review")
	default:
		l.book = &book
	}
}

// openSent opens a spreadsheet that an agency sent: by the limits of a form, or of a table where it is larger and none
// of ours. A file that is refused for any other reason is refused once.
func openSent(name string, data []byte) (sheet.Book, diag.Problems) {
	book, problems := sheet.OpenXLSX(name, data, sheet.FormLimits())
	for _, p := range problems {
		if p.Kind == "xlsx-beyond" || p.Kind == "xlsx-cells" {
			larger, more := sheet.OpenXLSX(name, data, sheet.TableLimits())
			if len(more) == 0 && !workbook.Is(larger) {
				return larger, nil
			}
		}
	}
	return book, problems
}

// send adds a form to the round.
func (o *opener) send(sub submission.Submission) {
	if sub.Sent && sub.Agency != "" && o.first(sub.Agency, sub.Files[0]) {
		o.merge(sub)
	}
}

// first reports whether an agency is scored by a file: the one that the register of receipt says, else its first. A
// second one is told, naming both.
func (o *opener) first(code, file string) bool {
	if !o.registered(code, file) {
		return false
	}
	if earlier, twice := o.sender[code]; twice {
		o.problems.Add(diag.Problem{
			Place: diag.Place{File: file}, Kind: "submission-twice", Args: []any{code, earlier, file}, Severity: diag.Error, Agency: code,
		})
		return false
	}
	o.sender[code] = file
	return true
}

// sentTable reads a table that was sent.
func (o *opener) sentTable(l letter) {
	source, ok := table.CSV(l.name, l.data, &o.problems), true
	want := o.want()
	want.Submitted = true
	if l.book != nil {
		source, ok = table.Sheet(*l.book, &o.problems)
		want.Reader.Date1904 = l.book.Date1904
	}
	if !ok {
		return
	}
	before := len(o.problems)
	read := table.ReadAnswers(source, want, &o.problems)
	attribute(o.problems[before:], o.directory.Agencies(), l.name)
	for _, code := range read.Codes {
		if sub := *read.Submissions[code]; sub.Answers.Len() > 0 && o.first(code, l.name) {
			o.merge(sub)
		}
	}
	o.decide(read.Decisions)
}

// merge adds answers to what is known of an agency. An answer that is there already with another value is a problem
// that names both, and cannot be used.
func (o *opener) merge(sub submission.Submission) {
	known, ok := o.round.Submissions[sub.Agency]
	if !ok {
		o.round.Submissions[sub.Agency] = sub
		return
	}
	if known.Answers.Len() == 0 {
		known.Answers = submission.NewAnswers(o.round.Set)
	}
	var twice []submission.Key
	for key, answer := range sub.Answers.All() {
		earlier, there := known.Answers.At(key), known.Answers.Has(key)
		switch {
		case !there || earlier.Value.IsMissing():
			known.Answers.Put(key, answer)
		case !answer.Value.IsMissing() && !answer.Value.Equal(earlier.Value):
			twice = append(twice, key)
		}
	}
	o.contradict(known, sub, twice)
	known.Files = append(slices.Clip(known.Files), sub.Files...)
	known.Sent = known.Sent || sub.Sent
	known.Evidence = joined(known.Evidence, sub.Evidence)
	if len(sub.Remarks) > 0 {
		known.Remarks = sub.Remarks
	}
	known.Filler, known.Approver = cmp.Or(known.Filler, sub.Filler), cmp.Or(known.Approver, sub.Approver)
	known.Letter = cmp.Or(known.Letter, sub.Letter)
	o.round.Submissions[sub.Agency] = known
}

func joined(a, b map[string][]submission.Evidence) map[string][]submission.Evidence {
	if a == nil {
		return b
	}
	for id, list := range b {
		a[id] = append(a[id], list...)
	}
	return a
}

// contradict notes answers that were given twice and makes them invalid.
func (o *opener) contradict(known, sub submission.Submission, keys []submission.Key) {
	slices.SortFunc(keys, func(a, b submission.Key) int { return cmp.Compare(a.String(), b.String()) })
	for _, key := range keys {
		earlier, later := known.Answers.At(key), sub.Answers.At(key)
		o.problems.Add(diag.Problem{
			Place: later.Place, Kind: "answer-two-sources", Args: []any{key.String(), earlier.Place.String()},
			Severity: diag.Error, Agency: sub.Agency, Indicator: key.Indicator, Input: key.Input,
		})
		known.Answers.Put(key, invalid(later))
	}
}
