package workbook

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers/internal/graft"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/scoring/submission"
)

// Sent is a workbook as an agency sent it.
type Sent struct {
	Name     string // of the file, as in places
	Data     []byte
	Expect   Expect
	Problems diag.Problems // what the agency is told of it; those without a place in the file are listed without a link
}

// Annotated is a workbook with what is told of it.
type Annotated struct {
	Data     []byte // nil where there is nothing to tell
	Problems int    // that are listed
	Repairs  int    // that were made
}

// Errors of workbooks that cannot be annotated.
var (
	ErrNotForm = errors.New("not a self-assessment workbook")
	errChanged = errors.New("the answers would not be read as before")
)

// Annotate returns an agency's own workbook with its problems shown: cells coloured, comments in the language of the
// form, and a first sheet that lists everything with links. Answers that are read without doubt but are not written as
// the form would write them are repaired, and that is told. All else in the file stays as it is, byte for byte; what an
// earlier annotation added is replaced. The result is read again, and must say what the file said.
//
// The error is ErrNotForm, diag.Problems where the file cannot be opened or has no label, or says what is odd about it.
func Annotate(s Sent) (Annotated, error) {
	sent, problems := sheet.OpenXLSX(s.Name, s.Data, sheet.FormLimits())
	if len(problems) > 0 {
		return Annotated{}, problems
	}
	if !Is(sent) {
		return Annotated{}, ErrNotForm
	}
	label, problems := Identify(sent, s.Name)
	if len(problems) > 0 {
		return Annotated{}, problems
	}
	sub, faults := Read(sent, s.Name, s.Expect)
	a := newAnnotator(s, sent, label, sub)
	if sub.Sent && label.Address() == s.Expect.Set.Address() {
		a.repairs = repairs(a.book, sent, sub)
	}
	data, err := a.write()
	if data == nil || err != nil {
		return Annotated{}, err
	}
	if !a.same(data, sub, faults) {
		return Annotated{}, errChanged
	}
	return Annotated{Data: data, Problems: len(a.findings) - len(a.repairs), Repairs: len(a.repairs)}, nil
}

// same reports whether a file is read as before.
func (a *annotator) same(data []byte, sub submission.Submission, faults diag.Problems) bool {
	again, problems := sheet.OpenXLSX(a.sent.Name, data, sheet.FormLimits())
	if len(problems) > 0 {
		return false
	}
	got, now := Read(again, a.sent.Name, a.expect)
	if len(now) != len(faults) || got.Answers.Len() != sub.Answers.Len() {
		return false
	}
	for i, p := range faults {
		if now[i].Place != p.Place || now[i].Kind != p.Kind {
			return false
		}
	}
	for key, answer := range sub.Answers.All() {
		if other := got.Answers.At(key); !other.Value.Equal(answer.Value) || other.Place != answer.Place {
			return false
		}
	}
	return maps.Equal(got.Remarks, sub.Remarks) && maps.EqualFunc(got.Evidence, sub.Evidence, slices.Equal[[]submission.Evidence]) &&
		got.Filler == sub.Filler && got.Approver == sub.Approver && got.Letter == sub.Letter
}

// A grade is how grave a finding is. It has a colour and a word.
type grade int

const (
	toMend grade = iota + 1
	toLook
	settled // an error that a decision has answered
	repaired
	toKnow
)

var gradeKeys = map[grade]string{
	toMend: "review-error", toLook: "review-warning", settled: "review-settled", repaired: "review-repaired", toKnow: "review-info",
}

// A finding is a line of the list.
type finding struct {
	grade grade
	at    diag.Place // a cell, or less
	about string     // the indicator
	words string
	read  string // what the cell held
}

// An annotator annotates one workbook.
type annotator struct {
	*book
	sent     sheet.Book
	data     []byte
	expect   Expect
	label    Label
	sub      submission.Submission
	file     *graft.File
	stored   map[string]string // names of sheets as they are stored, by the name in places
	findings []finding
	repairs  []repair
	problems diag.Problems
	memory   memory // of an earlier annotation
}

func newAnnotator(s Sent, sent sheet.Book, label Label, sub submission.Submission) *annotator {
	return &annotator{
		book: bookOf(label, sub, s.Expect), sent: sent, data: s.Data, expect: s.Expect, label: label, sub: sub,
		problems: s.Problems,
	}
}

// write makes the annotated file; nil where there is nothing to tell.
func (a *annotator) write() ([]byte, error) {
	a.find()
	if !slices.ContainsFunc(a.findings, func(f finding) bool { return f.grade != toKnow }) {
		return nil, nil
	}
	var err error
	if a.file, err = graft.Open(a.data); err != nil {
		return nil, err
	}
	if err := a.names(); err != nil {
		return nil, err
	}
	if err := a.forget(); err != nil {
		return nil, fmt.Errorf("take the earlier annotation away: %w", err)
	}
	marked, err := a.mark()
	if err != nil {
		return nil, fmt.Errorf("mark cells: %w", err)
	}
	if err := a.comment(marked); err != nil {
		return nil, fmt.Errorf("add comments: %w", err)
	}
	list, err := a.list()
	if err != nil {
		return nil, err
	}
	if err := a.file.Rearrange(a.memory.sheets, []*graft.Sheet{list, a.remember(marked)}); err != nil {
		return nil, fmt.Errorf("add the list: %w", err)
	}
	data, err := a.file.Bytes()
	if err != nil || len(a.repairs) == 0 {
		return data, err
	}
	return a.recalculated(data)
}

// names maps the names of sheets in places to those in the file.
func (a *annotator) names() error {
	names, err := a.file.Sheets()
	if err != nil {
		return err
	}
	a.stored = map[string]string{}
	for _, name := range names {
		a.stored[norm.NFC.String(name)] = name
	}
	return nil
}

// find gathers what is told: problems, gravest first, then repairs, each in the order of the sheets.
func (a *annotator) find() {
	for _, p := range a.problems {
		if p.Kind == "evidence-missing" {
			a.findings = append(a.findings, a.lacking(p)...)
			continue
		}
		words := a.loc.Say("problems."+p.Kind, p.Args...)
		if len(p.Args) > 0 { // the list names the indicator, so its id need not lead the sentence
			if name, ok := p.Args[0].(string); ok {
				words = strings.TrimPrefix(words, name+": ")
			}
		}
		a.findings = append(a.findings, finding{
			grade: gradeOf(p), at: p.Place, about: a.about(p), words: sentence(words), read: a.held(p.Place),
		})
	}
	for _, r := range a.repairs {
		words := a.say("review-read-as", r.read, r.words)
		if r.blanks {
			words = a.say("review-blanks", r.words)
		}
		a.findings = append(a.findings, finding{grade: repaired, at: r.at, about: a.called(r.key.Indicator, r.key.Input), words: words, read: r.read})
	}
	order := map[string]int{}
	for i, s := range a.sent.Sheets {
		order[s.Name] = i
	}
	slices.SortStableFunc(a.findings, func(x, y finding) int {
		return cmp.Or(cmp.Compare(x.grade, y.grade), cmp.Compare(order[x.at.Sheet], order[y.at.Sheet]),
			cmp.Compare(x.at.Row, y.at.Row), cmp.Compare(x.at.Col, y.at.Col))
	})
}

func gradeOf(p diag.Problem) grade {
	switch {
	case p.Settled:
		return settled
	case p.Severity == diag.Error:
		return toMend
	case p.Severity == diag.Warning:
		return toLook
	default:
		return toKnow
	}
}

// lacking tells evidence that is missing where it is to be written, an indicator a line.
func (a *annotator) lacking(p diag.Problem) []finding {
	var names []string
	if len(p.Args) == 2 {
		names, _ = p.Args[1].([]string)
	}
	var all []finding
	for _, name := range names {
		for ind := range a.form.Set.Root.AllIndicators() {
			if cmp.Or(ind.No, ind.ID) != name {
				continue
			}
			f := finding{grade: gradeOf(p), at: p.Place, about: a.called(ind.ID, ""), words: a.say("review-evidence")}
			if at, ok := a.evidenceCell(ind); ok {
				f.at = at
			}
			all = append(all, f)
			break
		}
	}
	return all
}

// evidenceCell is the cell for the evidence of an indicator.
func (a *annotator) evidenceCell(ind *criteria.Indicator) (diag.Place, bool) {
	ids := map[string]bool{}
	for _, e := range indicatorEntries(ind, a.form.Agency) {
		if e.state == open {
			ids[e.id()] = true
		}
	}
	for _, s := range a.sent.Sheets {
		cols, ok := columnsOf(s)
		if !ok || cols.evidence == 0 {
			continue
		}
		for _, row := range s.Rows {
			if mark, _ := row.At(cols.id); ids[strings.TrimSpace(mark.Text)] {
				c, _ := row.At(cols.evidence)
				return c.Place, true
			}
		}
	}
	return diag.Place{}, false
}

// about names the indicator of a problem: the one it says, else that of the row it stands in.
func (a *annotator) about(p diag.Problem) string {
	if p.Indicator != "" {
		return a.called(p.Indicator, p.Input)
	}
	if id := a.rowID(p.Place); id != "" {
		indicator, input, _ := strings.Cut(id, ".")
		return a.called(indicator, input)
	}
	return ""
}

// called is what an indicator or figure is called: "1.2 Local network".
func (a *annotator) called(indicator, input string) string {
	if indicator == criteria.FiguresID {
		figure, _ := a.form.Set.Figure(input)
		return a.book.text(figure.Name)
	}
	ind, ok := a.form.Set.Indicator(indicator)
	if !ok {
		return ""
	}
	return strings.TrimSpace(ind.No + " " + a.book.text(ind.Name))
}

// rowID is the hidden id of the row of a place; "" where there is none.
func (a *annotator) rowID(at diag.Place) string {
	for _, s := range a.sent.Sheets {
		if s.Name != at.Sheet || at.File != a.sent.Name {
			continue
		}
		if cols, ok := columnsOf(s); ok {
			if row, ok := s.Row(at.Row); ok {
				mark, _ := row.At(cols.id)
				return strings.TrimSpace(mark.Text)
			}
		}
	}
	return ""
}

// text is what the cell of a place held.
func (a *annotator) held(at diag.Place) string {
	if at.File != a.sent.Name || at.Col == 0 {
		return ""
	}
	for _, s := range a.sent.Sheets {
		if s.Name != at.Sheet {
			continue
		}
		if row, ok := s.Row(at.Row); ok {
			c, _ := row.At(at.Col)
			return c.Shown()
		}
	}
	return ""
}

// cell reports whether a place is a cell of the file, in a sheet that stays.
func (a *annotator) cell(at diag.Place) bool {
	_, ok := a.stored[at.Sheet]
	return ok && at.File == a.sent.Name && at.Row > 0 && at.Col > 0
}
