// Package table reads tables in CSV and XLSX: the agencies of a round, their answers (a row per agency, or a row per
// answer), reviewers' decisions and the standings of an earlier round. It opens no file and knows no workbook of ours.
package table

import (
	"iter"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/answer"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/scoring/submission"
)

// A Want says what a table of answers is read for.
type Want struct {
	Set      *criteria.Set
	Agencies *Directory
	Lists    bool              // the table may list agencies that are not in the directory, and adds them to it
	Columns  map[string]string // headers of a foreign sheet, as they are compared (see HeaderKey), to ours
	Reader   answer.Reader
	// Submitted says that agencies sent the table in: it may give only what agencies enter.
	Submitted bool
}

// Answers are what a table of answers holds.
type Answers struct {
	Codes       []string // of agencies with a row, in the order of the table
	Submissions map[string]*submission.Submission
	Places      map[string]diag.Place // of an agency's first row
	Decisions   []submission.Decision
}

// HeaderKey is a header as headers of a foreign sheet are compared: without case and doubled spaces.
func HeaderKey(title string) string {
	return strings.ToLower(norm.NFC.String(strings.Join(strings.Fields(title), " ")))
}

// Headers of a long table. A row is one answer.
var longHeaders = []string{"code", "indicator", "input", "value", "evidence", "reviewed", "reason", "reviewer"}

// IsTarget reports whether columns may map a foreign header to this one of ours; if not, near is the nearest that is.
func IsTarget(set *criteria.Set, title string) (near string, ok bool) {
	if slices.Contains(longHeaders, title) || slices.Contains(agencyHeaders, title) || isNameHeader(set)(title) {
		return "", true
	}
	if _, _, ok := inputNamed(set, title); ok {
		return "", true
	}
	return diag.Nearest(title, append(slices.Concat(longHeaders, agencyHeaders), inputHeaders(set)...)), false
}

// ReadAnswers reads a wide or a long table of answers.
func ReadAnswers(source Source, want Want, problems *diag.Problems) Answers {
	t := &answers{Want: want, source: source, problems: problems, Answers: Answers{
		Submissions: map[string]*submission.Submission{}, Places: map[string]diag.Place{},
	}}
	before, seen := len(*problems), false
	source.split(t.isHeader, func(headers []header, rows iter.Seq[sheet.Row]) {
		seen = true
		headers = t.mapped(headers)
		if titled(headers, "indicator") && (titled(headers, "value") || titled(headers, "reviewed")) {
			t.long(headers, rows)
			return
		}
		t.wide(headers, rows)
	})
	if !seen && len(*problems) == before {
		problems.Fault(diag.Place{File: source.File}, "table-empty")
	}
	return t.Answers
}

// answers is a table of answers in reading.
type answers struct {
	Want
	Answers
	source   Source
	problems *diag.Problems
}

// isHeader reports whether a row has a header that columns maps; without columns the first row has the headers.
func (t *answers) isHeader(headers []header) bool {
	return len(t.Columns) == 0 || slices.ContainsFunc(headers, t.isMapped)
}

func (t *answers) isMapped(h header) bool {
	_, ok := t.Columns[HeaderKey(h.title)]
	return ok
}

// mapped puts our headers in the place of foreign ones. Headers that columns does not name are left aside; a table
// that has none of the headers in columns is taken to have ours.
func (t *answers) mapped(headers []header) []header {
	if !slices.ContainsFunc(headers, t.isMapped) {
		return headers
	}
	var kept []header
	for _, h := range headers {
		if ours, ok := t.Columns[HeaderKey(h.title)]; ok {
			h.title = ours
			kept = append(kept, h)
		}
	}
	return kept
}

func titled(headers []header, title string) bool {
	return slices.ContainsFunc(headers, func(h header) bool { return strings.EqualFold(h.title, title) })
}

// A target is an input that a column or a row gives.
type target struct {
	col int
	key submission.Key
	ind *criteria.Indicator // nil for a figure
	in  criteria.Input
}

// wide reads a row per agency.
func (t *answers) wide(headers []header, rows iter.Seq[sheet.Row]) {
	columns, targets := map[string]int{}, []target{}
	taken := map[string]bool{}
	for _, h := range headers {
		title := known(h.title, agencyHeaders)
		if lower := strings.ToLower(h.title); title == "" && isNameHeader(t.Set)(lower) {
			title = lower
		}
		if title == "" {
			ind, in, ok := inputNamed(t.Set, h.title)
			if !ok {
				t.unknownHeader(h)
				continue
			}
			target := target{col: h.col, key: keyOf(ind, in), ind: ind, in: in}
			if title = target.key.String(); !taken[title] {
				targets = append(targets, target)
			}
		} else if !taken[title] {
			columns[title] = h.col
		}
		if taken[title] {
			t.problems.Fault(h.place, "table-column-twice", h.title)
		}
		taken[title] = true
	}
	if !t.hasCode(columns, headers) {
		return
	}
	cells := newRowReader(t, targets)
	defer cells.finish()
	for row := range rows {
		t.agencyRow(record{Row: row, columns: columns, page: t.source.page}, cells)
	}
}

// hasCode reports whether the rows say whose they are: by a code, or because the round has one agency.
func (t *answers) hasCode(columns map[string]int, headers []header) bool {
	_, ok := columns["code"]
	if _, only := t.Agencies.Only(); ok || only {
		return true
	}
	at := diag.Place{File: t.source.File}
	if len(headers) > 0 {
		at = headers[0].place
		at.Col = 0
	}
	t.problems.Fault(at, "table-needs-column", "code")
	return false
}

// unknownHeader notes a header that is neither ours nor an input.
func (t *answers) unknownHeader(h header) {
	if ind, ok := t.Set.Indicator(h.title); ok {
		t.problems.Fault(h.place, "table-which-input", ind.ID, inputIDs(ind))
		return
	}
	if near := diag.Nearest(h.title, inputHeaders(t.Set)); near != "" {
		t.problems.Fault(h.place, "table-unknown-indicator-near", h.title, near)
		return
	}
	unknown(t.problems, h.place, "table-unknown-column", h.title, agencyHeaders)
}

func inputIDs(ind *criteria.Indicator) []string {
	ids := make([]string, len(ind.Inputs))
	for i, in := range ind.Inputs {
		ids[i] = in.ID
	}
	return ids
}

// inputHeaders lists the headers that stand for inputs.
func inputHeaders(set *criteria.Set) []string {
	var list []string
	for _, in := range set.Figures {
		list = append(list, criteria.FiguresID+"."+in.ID)
	}
	for ind := range set.Root.AllIndicators() {
		if len(ind.Inputs) == 1 {
			list = append(list, ind.ID)
			continue
		}
		for _, in := range ind.Inputs {
			list = append(list, ind.ID+"."+in.ID)
		}
	}
	return list
}

// inputNamed finds an input by INDICATOR, where it has one input, INDICATOR.input or figures.staff.
func inputNamed(set *criteria.Set, title string) (*criteria.Indicator, criteria.Input, bool) {
	id, input, dotted := strings.Cut(title, ".")
	if id == criteria.FiguresID && dotted {
		in, ok := set.Figure(input)
		return nil, in, ok
	}
	ind, ok := set.Indicator(id)
	switch {
	case !ok:
		return nil, criteria.Input{}, false
	case dotted:
		in, ok := ind.Input(input)
		return ind, in, ok
	case len(ind.Inputs) == 1:
		return ind, ind.Inputs[0], true
	default:
		return nil, criteria.Input{}, false
	}
}

func keyOf(ind *criteria.Indicator, in criteria.Input) submission.Key {
	if ind == nil {
		return submission.Key{Indicator: criteria.FiguresID, Input: in.ID}
	}
	return submission.Key{Indicator: ind.ID, Input: in.ID}
}

// agencyRow reads one row of a wide table.
func (t *answers) agencyRow(row record, cells *rowReader) {
	a, ok := t.agency(row)
	if !ok {
		return
	}
	if first, twice := t.Places[a.Code]; twice {
		t.fault(a.Code, row.Place(), "table-agency-twice", a.Code, first.String())
		return
	}
	cells.add(t.submission(a.Code, row.Place()), a.Code, row.Row)
}

// agency finds whose row it is.
func (t *answers) agency(row record) (submission.Agency, bool) {
	c, there := row.cell("code")
	if !row.has("code") {
		return t.Agencies.Only()
	}
	if !there {
		t.problems.Fault(row.Place(), "agency-no-code")
		return submission.Agency{}, false
	}
	if a, ok := t.Agencies.Find(text(c.Text)); ok {
		t.agree(row, a)
		return a, true
	}
	if t.Lists {
		a, ok := agencyOf(row, t.Set, t.problems)
		if ok {
			enlist(t.Agencies, a, t.problems)
		}
		return a, ok
	}
	unknownAgency(t.problems, c, t.Agencies)
	return submission.Agency{}, false
}

func unknownAgency(problems *diag.Problems, c sheet.Cell, agencies *Directory) {
	code := text(c.Text)
	if near := agencies.Nearest(code); near != "" {
		problems.Fault(c.Place, "unknown-agency-near", code, near)
		return
	}
	problems.Fault(c.Place, "unknown-agency", code)
}

// agree holds the group of a row against the agency's own.
func (t *answers) agree(row record, a submission.Agency) {
	c, ok := row.cell("group")
	if !ok {
		return
	}
	if id, ok := groupNamed(t.Set, text(c.Text)); !ok || id != a.Group {
		t.problems.Fault(c.Place, "table-group-differs", text(c.Text), a.Code, a.Group, a.Place.String())
	}
}

// submission is an agency's answers, made at its first row.
func (t *answers) submission(code string, at diag.Place) *submission.Submission {
	if sub, ok := t.Submissions[code]; ok {
		return sub
	}
	sub := &submission.Submission{
		Agency: code, Files: []string{t.source.File}, Answers: submission.NewAnswers(t.Set),
	}
	t.Submissions[code], t.Places[code] = sub, at
	t.Codes = append(t.Codes, code)
	return sub
}

// fault notes an Error that concerns an agency.
func (t *answers) fault(code string, at diag.Place, kind string, args ...any) {
	t.problems.Add(diag.Problem{Place: at, Kind: kind, Args: args, Severity: diag.Error, Agency: code})
}

// answer reads one cell into a submission. The value is missing where it is blank or not the agency's to give.
func (t *answers) answer(sub *submission.Submission, code string, to target, c sheet.Cell) rule.Value {
	if c.Blank() {
		t.merged(code, to, c)
		return rule.Value{}
	}
	if t.Submitted && to.in.By != criteria.ByAgency {
		t.problems.Add(diag.Problem{
			Place: c.Place, Kind: "answer-not-agency", Args: []any{to.key.String(), text(c.Text)}, Severity: diag.Error,
			Agency: code, Indicator: to.key.Indicator, Input: to.key.Input,
		})
		return rule.Value{}
	}
	v, found := t.Reader.Read(c, to.ind, to.in)
	for _, p := range found {
		p.Agency = code
		t.problems.Add(p)
	}
	if earlier := sub.Answers.At(to.key); sub.Answers.Has(to.key) {
		t.twice(code, to, c, earlier)
		v = rule.InvalidValue()
	}
	if !v.IsMissing() {
		sub.Answers.Put(to.key, submission.Answer{Value: v, Place: c.Place})
	}
	return v
}

func (t *answers) twice(code string, to target, c sheet.Cell, earlier submission.Answer) {
	t.problems.Add(diag.Problem{
		Place: c.Place, Kind: "answer-twice", Args: []any{to.key.String(), text(c.Text), earlier.Place.String()},
		Severity: diag.Error, Agency: code, Indicator: to.key.Indicator, Input: to.key.Input,
	})
}

// merged notes a blank cell that a merged range hides, where the range holds something: it is not clear whose it is.
func (t *answers) merged(code string, to target, c sheet.Cell) {
	if len(t.source.page.Merges) == 0 || c.Place.Row == 0 {
		return
	}
	m, hidden := t.source.page.Merged(c.Place.Row, c.Place.Col)
	if !hidden {
		return
	}
	row, ok := t.source.page.Row(m.FirstRow)
	if !ok {
		return
	}
	if first, ok := row.At(m.FirstCol); ok {
		t.problems.Add(diag.Problem{
			Place: c.Place, Kind: "answer-merged", Args: []any{to.key.String(), m.Ref, first.Place.Cell()},
			Severity: diag.Error, Agency: code, Indicator: to.key.Indicator, Input: to.key.Input,
		})
	}
}
