package workbook

import (
	"cmp"
	"slices"
	"strings"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/answer"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/scoring/submission"
)

// Expect is what a workbook has to fit.
type Expect struct {
	Set      *criteria.Set
	Round    string              // id of the round; empty: of any round
	Agencies []submission.Agency // of the round; nil: of any agency, as the workbook describes it
	Reader   answer.Reader
}

// Read reads a filled-in workbook; name is the file's name in places. A workbook of another agency, round or set is not
// read: the submission then names only its agency and file, and was not sent. One of another edition of the set is read
// through the lineage of its indicators, with warnings of what that leaves to be looked at.
//
// An answer whose row stands twice with different values is invalid. Problems about the agency carry its code, problems
// about an answer its indicator and input.
func Read(book sheet.Book, name string, want Expect) (submission.Submission, diag.Problems) {
	want.Reader.Date1904 = book.Date1904
	r := &reader{want: want, file: diag.Place{File: name}}
	label, faults := Identify(book, name)
	if len(faults) > 0 {
		return submission.Submission{Files: []string{name}}, faults
	}
	r.sub = submission.Submission{Agency: label.Agency.Code, Files: []string{name}}
	if !r.belongs(label) {
		return r.sub, r.problems
	}
	r.shown = allEntries(want.Set, r.agency)
	if faults := r.unfit(book, label); len(faults) > 0 {
		r.problems = faults // and nothing else: another file mends it all
		r.attribute()
		return r.sub, r.problems
	}
	r.sub.Sent = true
	r.sub.Answers = submission.NewAnswers(want.Set)
	r.sub.Evidence = map[string][]submission.Evidence{}
	r.sub.Remarks = map[string]string{}
	r.collect(book)
	r.settle()
	r.tellCarried(label.CarriedFrom)
	r.attribute()
	return r.sub, r.problems
}

// A reader reads one workbook.
type reader struct {
	want     Expect
	file     diag.Place
	agency   submission.Agency
	shown    []entry                         // by the agency's form, in its order
	earlier  bool                            // the workbook is of another edition of the set
	entries  map[string][]entry              // by the id of their rows; several where one indicator became several
	answers  map[submission.Key][]sheet.Cell // cells of answers; more than one where a row was copied
	details  map[string]sheet.Cell           // of "@filler" and the like
	carried  carriage
	sub      submission.Submission
	problems diag.Problems
}

// belongs checks that the workbook is of the set, of the round and of an agency of the round. What it is first found
// not to be is told, and nothing else: another workbook mends it all.
func (r *reader) belongs(label Label) bool {
	set := r.want.Set
	var known bool
	r.agency, known = r.find(label.Agency)
	r.sub.Agency = r.agency.Code
	switch {
	case label.Set != set.ID:
		r.problems.Fault(r.file, "form-other-set", label.Address(), set.Address())
	case r.want.Round != "" && label.Round != r.want.Round:
		r.problems.Fault(r.file, "form-other-round", label.Round, r.want.Round)
	case !known:
		r.problems.Fault(r.file, "form-agency-unknown", label.Agency.Code, label.Agency.Name)
	case label.Version != set.Version:
		r.earlier = true
		r.problems.Warn(r.file, "form-other-edition", label.Address(), set.Address())
	case label.Hash != set.Hash:
		r.problems.Warn(r.file, "form-set-changed", set.Address())
	}
	if known {
		r.attribute()
	}
	return r.problems.Stopping() == 0
}

// unfit says why the workbook cannot be read although it belongs here: what it was known by is gone, or of its edition
// it is not clear which indicator is which.
func (r *reader) unfit(book sheet.Book, label Label) diag.Problems {
	problems := r.damage(book, label)
	if len(problems) > 0 || !r.earlier {
		return problems
	}
	inherits, clear := r.inherits(book, label)
	if !clear {
		problems.Fault(r.file, "form-other-edition-unclear", label.Address(), r.want.Set.Address())
	}
	r.earlier = inherits
	return problems
}

// attribute gives the problems to the agency.
func (r *reader) attribute() {
	for i := range r.problems {
		r.problems[i].Agency = r.agency.Code
	}
}

// find finds the agency of a label in the round, by its code or an earlier code among its aliases.
func (r *reader) find(of submission.Agency) (submission.Agency, bool) {
	if r.want.Agencies == nil {
		return of, true
	}
	for _, a := range r.want.Agencies {
		if a.Code == of.Code {
			return a, true
		}
	}
	for _, a := range r.want.Agencies {
		if slices.Contains(a.Aliases, of.Code) {
			return a, true
		}
	}
	return of, false
}

// columns are the columns of a sheet, found by the marks of its hidden row; 0 where there is none.
type columns struct{ id, answer, evidence, remark, points, carried int }

// columnsOf finds the columns; ok is false for a sheet without answers.
func columnsOf(s sheet.Sheet) (found columns, ok bool) {
	for _, row := range s.Rows {
		for col, c := range row.All {
			switch c.Text {
			case markID:
				found.id = col
			case markAnswer:
				found.answer = col
			case markEvidence:
				found.evidence = col
			case markRemark:
				found.remark = col
			case markPoints:
				found.points = col
			case markCarried:
				found.carried = col
			}
		}
		if found.id > 0 {
			return found, found.answer > 0
		}
	}
	return columns{}, false
}

// collect walks the rows of the workbook and sorts their cells by the rows' ids.
func (r *reader) collect(book sheet.Book) {
	r.answers, r.details = map[submission.Key][]sheet.Cell{}, map[string]sheet.Cell{}
	r.known(book)
	for _, s := range book.Sheets {
		columns, ok := columnsOf(s)
		if !ok {
			continue
		}
		for _, row := range s.Rows {
			r.row(s, row, columns)
		}
	}
}

// row reads one row. A row without an id was inserted, or is none of the form's.
func (r *reader) row(s sheet.Sheet, row sheet.Row, in columns) {
	mark, _ := row.At(in.id)
	id := strings.TrimSpace(mark.Text)
	entries, known := r.entries[id]
	c, filled := row.At(in.answer)
	switch {
	case id == markID || id == rowTitle || id == idScore:
	case id == idFiller || id == idApprover || id == idLetter:
		r.detail(id, c)
	case id == "":
		for _, col := range []int{in.answer, in.evidence, in.remark} {
			if c, ok := row.At(col); ok && col > 0 {
				r.problems.Warn(c.Place, "form-row-outside", c.Shown())
			}
		}
	case r.earlier && !known:
		r.left(row, id, in)
	case !known:
		if filled {
			r.problems.Warn(c.Place, "form-row-unknown", id, c.Shown())
		}
	default:
		r.carry(row, in, c)
		if m, hidden := s.Merged(row.Number, in.answer); hidden && !filled && entries[0].state == open {
			r.problems.Warn(c.Place, "form-merged", m.Ref)
		}
		for _, e := range entries {
			r.answers[e.key] = append(r.answers[e.key], c)
			r.besides(e, row, in)
		}
	}
}

// detail keeps who filled in or approved the form, or its letter.
func (r *reader) detail(id string, c sheet.Cell) {
	if c.Blank() {
		return
	}
	first, twice := r.details[id]
	if !twice {
		r.details[id] = c
		return
	}
	if first.Text != c.Text {
		r.problems.Warn(c.Place, "form-row-twice", id, c.Text, cellOf(first.Place), first.Text)
	}
}

// besides reads the evidence and the remark of a row.
func (r *reader) besides(e entry, row sheet.Row, in columns) {
	if e.ind == nil {
		return
	}
	id := e.ind.ID
	if c, ok := row.At(in.evidence); ok && in.evidence > 0 {
		for _, d := range documents(r.text(c, e), c.Place) {
			same := func(other submission.Evidence) bool { return other.Text == d.Text }
			if !slices.ContainsFunc(r.sub.Evidence[id], same) { // a copied row repeats it
				r.sub.Evidence[id] = append(r.sub.Evidence[id], d)
			}
		}
	}
	if c, ok := row.At(in.remark); ok && in.remark > 0 {
		remark := strings.TrimSpace(r.text(c, e))
		if before := r.sub.Remarks[id]; before != "" && before != remark {
			remark = before + "\n" + remark
		}
		if remark != "" {
			r.sub.Remarks[id] = remark
		}
	}
}

// text is what a cell of words holds; a formula is told. Words decide nothing, so their lack stops nothing.
func (r *reader) text(c sheet.Cell, e entry) string {
	if !r.formula(c, e, diag.Warning) {
		return ""
	}
	return c.Text
}

// formula tells a formula and reports whether there is something to read; empty is how grave it is that there is not.
// The stored result of a formula may be stale, so it is never taken in silence.
func (r *reader) formula(c sheet.Cell, e entry, empty diag.Severity) bool {
	if !c.Formula {
		return true
	}
	p := diag.Problem{
		Place: c.Place, Kind: "form-formula", Args: []any{c.Shown()}, Severity: diag.Warning,
		Indicator: e.key.Indicator, Input: e.key.Input,
	}
	if c.NoValue {
		p.Kind, p.Args, p.Severity = "form-formula-empty", nil, empty
	}
	r.problems.Add(p)
	return !c.NoValue
}

// settle makes answers of the cells, in the form's order.
func (r *reader) settle() {
	for _, e := range r.shown {
		r.entry(e)
	}
	r.reasons()
	r.sub.Filler = strings.TrimSpace(r.text(r.details[idFiller], entry{}))
	r.sub.Approver = strings.TrimSpace(r.text(r.details[idApprover], entry{}))
	r.sub.Letter = strings.TrimSpace(r.text(r.details[idLetter], entry{}))
}

func (r *reader) entry(e entry) {
	cells, found := r.answers[e.key]
	if !found && e.state == open && !r.earlier { // of an earlier edition tellEdition tells it
		r.tell(e, diag.Warning, r.file, "form-row-missing", e.id(), e.name())
		return
	}
	cells = slices.DeleteFunc(cells, sheet.Cell.Blank)
	for _, c := range cells {
		switch e.state {
		case given:
			r.tell(e, diag.Error, c.Place, "form-not-by-agency", e.name(), c.Shown())
		case unconcerned:
			r.tell(e, diag.Warning, c.Place, "form-not-concerned", e.key.Indicator, c.Shown())
		case open:
			r.answer(e, c)
		}
	}
}

// answer reads the cell of an answer. A second cell of one row must say the same.
func (r *reader) answer(e entry, c sheet.Cell) {
	value := rule.InvalidValue()
	if r.formula(c, e, diag.Error) {
		var problems diag.Problems
		value, problems = r.want.Reader.Read(c, e.ind, e.in)
		for _, p := range problems {
			p.Indicator, p.Input = e.key.Indicator, e.key.Input
			r.problems.Add(p)
		}
	}
	if value.IsMissing() {
		return
	}
	first, twice := r.sub.Answers.At(e.key), r.sub.Answers.Has(e.key)
	switch {
	case !twice:
		r.sub.Answers.Put(e.key, submission.Answer{Value: value, Place: c.Place})
	case first.Value.Equal(value):
		r.tell(e, diag.Warning, c.Place, "form-row-twice-equal", e.id(), cellOf(first.Place))
	default:
		r.tell(e, diag.Error, c.Place, "form-row-twice", e.id(), c.Shown(), cellOf(first.Place), r.read(e.key, first.Place))
		r.sub.Answers.Put(e.key, submission.Answer{Value: rule.InvalidValue(), Place: first.Place})
	}
}

// reasons asks for the reason of each indicator that is said not to apply; it belongs into the remark.
func (r *reader) reasons() {
	told := ""
	for key, a := range r.sub.Answers.All() {
		if a.Value.IsNotApplicable() && r.sub.Remarks[key.Indicator] == "" && key.Indicator != told {
			told = key.Indicator
			ind, _ := r.want.Set.Indicator(told)
			r.problems.Add(diag.Problem{
				Place: a.Place, Kind: "na-without-reason", Args: []any{cmp.Or(ind.No, ind.ID), r.read(key, a.Place)},
				Severity: diag.Warning, Indicator: key.Indicator, Input: key.Input,
			})
		}
	}
}

// read is the text of an input's cell at a place.
func (r *reader) read(key submission.Key, at diag.Place) string {
	for _, c := range r.answers[key] {
		if c.Place == at {
			return c.Shown()
		}
	}
	return ""
}

// tell adds a problem about an entry.
func (r *reader) tell(e entry, severity diag.Severity, at diag.Place, kind string, args ...any) {
	r.problems.Add(diag.Problem{
		Place: at, Kind: kind, Args: args, Severity: severity, Indicator: e.key.Indicator, Input: e.key.Input,
	})
}

// name is what people call an entry.
func (e entry) name() criteria.Text {
	switch {
	case e.ind != nil && len(e.ind.Inputs) == 1:
		return e.ind.Name
	case len(e.in.Name) > 0:
		return e.in.Name
	default:
		return criteria.Text{"": e.id()}
	}
}

// cellOf names a cell within its file: Tự đánh giá!F12.
func cellOf(at diag.Place) string { return at.Sheet + "!" + at.Cell() }
