package reviewbook

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/importers/table"
	"github.com/opendti/dti/scoring/submission"
)

// Read reads the decisions of a workbook that Write wrote and a verifier filled in. A workbook of another round or set is
// not read. A row without a decision says nothing. Decisions on answers that changed since, and on indicators of another
// verifier, do not count and are told. The round's submissions are as claimed.
//
// A rejection, and a decision that gives points, concerns the whole indicator: it names no input where there are several.
func Read(book sheet.Book, round *submission.Round, want table.Want) ([]submission.Decision, diag.Problems) {
	want.Reader.Date1904 = book.Date1904
	r := &reader{book: book, round: round, want: want, file: diag.Place{File: book.Name}}
	if !r.belongs() {
		return nil, r.problems
	}
	r.prepare()
	found := false
	for _, s := range book.Sheets {
		columns := columnsOf(s)
		if columns[markKey] == 0 || columns[markDecision] == 0 {
			continue
		}
		found = true
		for _, row := range s.Rows {
			r.row(s, row, columns)
		}
	}
	if !found {
		r.problems.Fault(r.file, "decisions-damaged")
	}
	return r.settled(), r.problems
}

// A reader reads one workbook.
type reader struct {
	book     sheet.Book
	round    *submission.Round
	want     table.Want
	file     diag.Place
	label    label
	targets  map[string]target // by what rows call them
	words    []verdictWords    // of every language, and those of tables
	own      verdictWords      // of the workbook's language
	said     []said
	problems diag.Problems
}

// A target is what a row decides on.
type target struct {
	key submission.Key
	ind *criteria.Indicator // nil for a figure
	in  criteria.Input
}

// said is a decision as one row says it.
type said struct {
	submission.Decision
	code  string // of the agency, as the row has it: it may be an earlier one
	whole bool   // it concerns all of several inputs of the indicator
}

// belongs checks that the workbook is of the round. What it is first found not to be is told, and nothing else.
func (r *reader) belongs() bool {
	label, schema := labelOf(r.book)
	r.label = label
	own := r.round.Set
	switch {
	case schema == "":
		r.problems.Fault(r.file, "decisions-no-label")
	case schema != labelSchema:
		r.problems.Fault(r.file, "decisions-newer", schema)
	case label.round != r.round.ID:
		r.problems.Fault(r.file, "decisions-other-round", label.round, r.round.ID)
	case label.set != own.ID || label.version != own.Version:
		r.problems.Fault(r.file, "decisions-other-set", label.set+"@"+label.version, own.Address())
	case label.stage == 0:
		r.problems.Fault(r.file, "decisions-damaged")
	case label.hash != own.Hash:
		r.problems.Warn(r.file, "decisions-set-changed", own.Address())
	}
	return r.problems.Stopping() == 0
}

// prepare lists what rows may decide on, and the words of decisions.
func (r *reader) prepare() {
	r.targets = map[string]target{}
	for _, in := range r.round.Set.Figures {
		key := submission.Key{Indicator: criteria.FiguresID, Input: in.ID}
		r.targets[key.String()] = target{key: key, in: in}
	}
	for ind := range r.round.Set.Root.AllIndicators() {
		whole := submission.Key{Indicator: ind.ID}
		r.targets[whole.String()] = target{key: whole, ind: ind}
		for _, in := range ind.Inputs {
			key := submission.Key{Indicator: ind.ID, Input: in.ID}
			r.targets[key.String()] = target{key: key, ind: ind, in: in}
		}
	}
	r.own = verdictsOf(speaker(Book{Set: r.round.Set, Lang: r.label.lang}), r.label.stage)
	var plain, shown verdictWords
	for _, lang := range locale.Langs() {
		l := locale.MustFor(lang)
		r.words = append(r.words, verdictsOf(l, r.label.stage))
		if r.label.stage != submission.Review { // "rejected" may be an appeal there
			continue
		}
		for v := accept; v <= reject; v++ {
			plain[v], shown[v] = v.String(), l.Say("words.verdict-"+v.String())
		}
		r.words = append(r.words, plain, shown)
	}
}

// cells are the cells of a row that a verifier fills in; blank ones have their places.
type cells struct{ decision, value, points, reason, reviewer, date sheet.Cell }

func cellsOf(row sheet.Row, columns map[string]int) cells {
	at := func(mark string) sheet.Cell {
		if columns[mark] == 0 {
			return sheet.Cell{Place: row.Place()}
		}
		c, _ := row.At(columns[mark])
		return c
	}
	return cells{
		decision: at(markDecision), value: at(markValue), points: at(markPoints), reason: at(markReason),
		reviewer: at(markReviewer), date: at(markDate),
	}
}

// covered is a cell, or the one that shows in its place where cells of the column are merged: one reason for several rows.
func covered(s sheet.Sheet, c sheet.Cell, col int) sheet.Cell {
	merge, hidden := s.Merged(c.Place.Row, col)
	if !hidden || merge.FirstCol != col {
		return c
	}
	row, _ := s.Row(merge.FirstRow)
	shows, _ := row.At(col)
	return shows
}

// first is the first of some cells that holds something.
func first(all ...sheet.Cell) (sheet.Cell, bool) {
	for _, c := range all {
		if !c.Blank() {
			return c, true
		}
	}
	return sheet.Cell{}, false
}

// row reads one row.
func (r *reader) row(s sheet.Sheet, row sheet.Row, columns map[string]int) {
	mark, _ := row.At(columns[markKey])
	key := text(mark.Text)
	is := cellsOf(row, columns)
	written, filled := first(is.decision, is.value, is.points, is.reason)
	switch merge, hidden := s.Merged(row.Number, columns[markDecision]); {
	case key == rowTitle || key == markKey:
		return
	case key == "":
		if filled {
			r.problems.Fault(written.Place, "decisions-row-outside", shown(written))
		}
		return
	case hidden && is.decision.Blank():
		r.problems.Fault(is.decision.Place, "decisions-merged", merge.Ref)
		return
	case !filled:
		return
	case is.decision.Blank():
		r.problems.Fault(is.decision.Place, "decisions-undecided", shown(written))
		return
	}
	to, agency, ok := r.target(key, is.decision.Place, row, columns)
	if ok {
		is.reason = covered(s, is.reason, columns[markReason])
		is.reviewer = covered(s, is.reviewer, columns[markReviewer])
		is.date = covered(s, is.date, columns[markDate])
		r.decision(is, to, agency, key[:strings.LastIndexByte(key, '/')])
	}
}

// target finds what a row decides on; ok is false after noting why this workbook does not decide on it.
func (r *reader) target(key string, at diag.Place, row sheet.Row, columns map[string]int) (to target, agency submission.Agency, ok bool) {
	slash := strings.LastIndexByte(key, '/')
	if slash < 0 {
		r.problems.Fault(at, "decisions-row-unknown", key)
		return target{}, agency, false
	}
	agency, known := r.want.Agencies.Find(key[:slash])
	to, there := r.targets[key[slash+1:]]
	_, ours := r.label.claimed[key]
	gone := !there || known && to.ind != nil && !to.ind.Concerns(agency.Group)
	switch {
	case ours && !known:
		r.problems.Fault(at, "decisions-agency-gone", key[:slash])
	case ours && gone:
		indicator, _, _ := strings.Cut(key[slash+1:], ".")
		r.problems.Fault(at, "decisions-indicator-gone", indicator, key[:slash])
	case !known || gone:
		r.problems.Fault(at, "decisions-row-unknown", key)
	case r.mixed(at, row, columns, key, to):
	case verifierOf(to.ind) != r.label.verifier:
		r.notOurs(at, to)
	case !ours:
		r.problems.Fault(at, "decisions-row-unknown", key)
	default:
		return to, agency, true
	}
	return target{}, agency, false
}

// mixed notes a row whose cells are of another row than its hidden key: columns were sorted apart. The numbers of
// indicators tell only while the set is as it was.
func (r *reader) mixed(at diag.Place, row sheet.Row, columns map[string]int, key string, to target) bool {
	code, _ := row.At(columns[markAgency])
	no, _ := row.At(columns[markNo])
	agency := key[:strings.LastIndexByte(key, '/')]
	_, ours := r.label.claimed[key]
	switch {
	case columns[markAgency] > 0 && text(code.Text) != agency:
		r.problems.Fault(at, "decisions-row-mixed", text(code.Text), agency)
	case ours && columns[markNo] > 0 && !no.Numeric && text(no.Text) != numberOf(to.ind) && r.label.hash == r.round.Set.Hash:
		r.problems.Fault(at, "decisions-row-sorted", text(no.Text), numberOf(to.ind))
	default:
		return false
	}
	return true
}

// verifierOf is who appraises an indicator; nobody is named for figures.
func verifierOf(ind *criteria.Indicator) string {
	if ind == nil {
		return ""
	}
	return ind.Verifier
}

// notOurs notes a row on what another verifier appraises.
func (r *reader) notOurs(at diag.Place, to target) {
	whose := verifierOf(to.ind)
	switch {
	case whose == "":
		r.problems.Fault(at, "decisions-not-ours-general", to.key.Indicator)
	case r.label.verifier == "":
		r.problems.Fault(at, "decisions-not-general", to.key.Indicator, whose)
	default:
		r.problems.Fault(at, "decisions-not-ours", to.key.Indicator, whose, r.label.verifier)
	}
}

// decision reads what a row says.
func (r *reader) decision(is cells, to target, agency submission.Agency, code string) {
	d := submission.Decision{
		Agency: agency.Code, Indicator: to.key.Indicator, Input: to.key.Input, Stage: r.label.stage,
		Reason: text(is.reason.Text), Reviewer: text(is.reviewer.Text), Place: is.decision.Place,
	}
	known := r.verdict(is.decision, &d)
	if !is.date.Blank() {
		day, read := r.want.Reader.Day(is.date)
		if !read {
			r.problems.Fault(is.date.Place, "review-date", shown(is.date))
		}
		d.Date, known = day, known && read
	}
	ruling := table.Ruling{Value: is.value, Points: is.points, Reason: is.reason, Row: is.value.Place}
	if c, ok := first(is.value, is.points); ok {
		ruling.Row = c.Place
	}
	if known && d.Verdict > reject {
		known = r.ready(is, keyOf(code, to.key), to.in, &d, &ruling)
	}
	if !known || !r.ruled(ruling, &d, agency) {
		return
	}
	one := said{Decision: d, code: code}
	one.whole = to.ind != nil && len(to.ind.Inputs) > 1 && (d.Verdict == reject || d.Points.Set)
	if !r.changed(one, to) {
		r.said = append(r.said, one)
	}
}

// inWords are the problems of a ruling that name columns of a table, by those that name the headings of a workbook.
var inWords = map[string]string{
	"review-no-reason": "decisions-no-reason", "review-not-set": "decisions-not-set",
	"review-value-or-points": "decisions-value-or-points", "review-points-figure": "decisions-points-figure",
	"review-reject-figure":    "decisions-reject-figure",
	"review-points-unpointed": "decisions-points-unpointed", "table-which-input": "decisions-no-input",
}

// ruled reads the value, the points and the reason of a decision.
func (r *reader) ruled(ruling table.Ruling, d *submission.Decision, agency submission.Agency) bool {
	var found diag.Problems
	ok := r.want.Rule(ruling, d, agency, &found)
	for _, p := range found {
		if kind, there := inWords[p.Kind]; there {
			p.Kind, p.Args = kind, []any{d.Agency, d.Indicator}
		}
		r.problems.Add(p)
	}
	return ok
}

// verdict finds the word of a decision, in any language.
func (r *reader) verdict(c sheet.Cell, d *submission.Decision) bool {
	if c.NoValue {
		r.problems.Fault(c.Place, "decisions-formula", r.own.list())
		return false
	}
	word := folded(c.Text)
	for _, words := range r.words {
		for v := accept; v <= grant; v++ {
			if words.at(v) != "" && folded(words.at(v)) == word {
				d.Verdict = v
				return true
			}
		}
	}
	r.problems.Fault(c.Place, "decisions-word", shown(c), r.own.list())
	return false
}

// ready makes the decision of a word that stands for what the row names itself.
func (r *reader) ready(is cells, key string, in criteria.Input, d *submission.Decision, says *table.Ruling) bool {
	one, there := r.label.ready[offer{key, d.Verdict}]
	switch {
	case !there && d.Verdict == keep:
		r.problems.Fault(is.decision.Place, "decisions-no-earlier")
	case !there:
		r.problems.Fault(is.decision.Place, "decisions-no-request")
	case !is.value.Blank() || !is.points.Blank():
		r.problems.Fault(says.Row, "decisions-not-set")
		there = false
	default:
		d.Verdict, says.Row = one.verdict, is.decision.Place
		says.Value, says.Points = one.cells(is.decision.Place, in)
	}
	return there
}

// changed reports whether an answer is no longer what the decision was made on, after telling both. One that concerns the
// whole indicator was made on all of its inputs.
func (r *reader) changed(s said, to target) bool {
	targets := []target{to}
	if s.whole {
		targets = targets[:0]
		for _, in := range to.ind.Inputs {
			targets = append(targets, target{key: submission.Key{Indicator: to.key.Indicator, Input: in.ID}, ind: to.ind, in: in})
		}
	}
	sub := r.round.Submissions[s.Agency]
	for _, to := range targets {
		was, known := r.label.claimed[keyOf(s.code, to.key)]
		now := claimOf(r.round.Set, sub, to.key)
		if known && fields(was) != fields(now) {
			r.problems.Fault(s.Place, "decisions-changed", s.Agency, to.key.Indicator, r.told(was, to), r.told(now, to))
			return true
		}
	}
	return false
}

// settled are the decisions that count. Of one on a whole indicator and others on its inputs only the first can hold.
func (r *reader) settled() []submission.Decision {
	type of struct{ agency, indicator string }
	wholes := map[of]said{}
	for _, s := range r.said {
		k := of{s.Agency, s.Indicator}
		if _, there := wholes[k]; s.whole && !there {
			wholes[k] = s
		}
	}
	decisions := make([]submission.Decision, 0, len(r.said))
	for _, s := range r.said {
		whole, there := wholes[of{s.Agency, s.Indicator}]
		switch {
		case s.whole:
			s.Input = "" // several rows of the indicator may say so
			decisions = append(decisions, s.Decision)
		case there:
			r.problems.Fault(s.Place, "decisions-whole", s.Agency, s.Indicator, whole.Place.String())
		default:
			decisions = append(decisions, s.Decision)
		}
	}
	return decisions
}

// text is what a cell says: without spaces around it.
func text(s string) string {
	return strings.TrimFunc(s, func(c rune) bool { return unicode.IsSpace(c) || c == '\u200b' || c == '\ufeff' })
}

// folded is a word without case and doubled spaces.
func folded(s string) string { return strings.ToLower(fields(norm.NFC.String(text(s)))) }

// fields is a text with single blanks.
func fields(s string) string { return strings.Join(strings.Fields(s), " ") }

// shown is what a cell holds, for a problem.
func shown(c sheet.Cell) string {
	const longest = 60
	s := []rune(fields(c.Shown()))
	return string(s[:min(len(s), longest)]) + strings.Repeat("…", min(max(len(s)-longest, 0), 1))
}
