package table

import (
	"iter"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/scoring/submission"
)

// long reads a row per answer.
func (t *answers) long(headers []header, rows iter.Seq[sheet.Row]) {
	columns := map[string]int{}
	for _, h := range headers {
		title := known(h.title, longHeaders)
		switch _, twice := columns[title]; {
		case title == "":
			unknown(t.problems, h.place, "table-unknown-column", h.title, longHeaders)
		case twice:
			t.problems.Fault(h.place, "table-column-twice", h.title)
		default:
			columns[title] = h.col
		}
	}
	if !t.hasCode(columns, headers) {
		return
	}
	for row := range rows {
		t.answerRow(record{Row: row, columns: columns, page: t.source.page})
	}
}

// answerRow reads one row of a long table.
func (t *answers) answerRow(row record) {
	value, given := row.cell("value")
	reviewed, judged := row.cell("reviewed")
	if _, named := row.cell("indicator"); !named && !given && !judged {
		return // a heading, or a line of totals
	}
	to, ok := t.target(row, given || judged)
	if !ok {
		return
	}
	a, ok := t.agency(row)
	if !ok {
		return
	}
	sub := t.submission(a.Code, row.Place())
	claimed := t.answer(sub, a.Code, to, value)
	t.evidence(sub, to, row)
	if judged {
		t.reviewed(a.Code, to, row, reviewed, claimed)
	}
}

// target finds the input that a row is about. A row that names a pillar is a heading or a subtotal.
func (t *answers) target(row record, filled bool) (target, bool) {
	c, named := row.cell("indicator")
	if !named {
		t.problems.Fault(row.Place(), "table-no-indicator")
		return target{}, false
	}
	name := text(c.Text)
	input := row.text("input")
	if ind, in, ok := inputNamed(t.Set, name); ok && input == "" {
		return target{key: keyOf(ind, in), ind: ind, in: in}, true
	}
	if name == criteria.FiguresID {
		return t.figure(row, input)
	}
	ind, ok := findIndicator(t.Set, c, t.problems)
	if !ok {
		if !filled && isPillar(t.Set, name) {
			return target{}, false
		}
		return target{}, t.unknownIndicator(c, name)
	}
	return inputOf(row, ind, input, t.problems)
}

func (t *answers) figure(row record, input string) (target, bool) {
	in, ok := t.Set.Figure(input)
	if !ok {
		c, _ := row.cell("input")
		unknown(t.problems, c.Place, "table-unknown-input", input, figureIDs(t.Set))
		return target{}, false
	}
	return target{key: keyOf(nil, in), in: in}, true
}

func figureIDs(set *criteria.Set) []string {
	ids := make([]string, len(set.Figures))
	for i, in := range set.Figures {
		ids[i] = in.ID
	}
	return ids
}

// inputOf finds the input of an indicator that a row names; a row that names none is about the only one.
func inputOf(row record, ind *criteria.Indicator, input string, problems *diag.Problems) (target, bool) {
	c, _ := row.cell("input")
	if input == "" && len(ind.Inputs) == 1 {
		input = ind.Inputs[0].ID
	}
	in, ok := ind.Input(input)
	switch {
	case ok:
		return target{key: keyOf(ind, in), ind: ind, in: in}, true
	case input == "":
		problems.Fault(c.Place, "table-which-input", ind.ID, inputIDs(ind))
	default:
		unknown(problems, c.Place, "table-unknown-input", input, inputIDs(ind))
	}
	return target{}, false
}

// unknownIndicator notes a name that is neither an id nor a number; one that several indicators have is told already.
func (t *answers) unknownIndicator(c sheet.Cell, name string) bool {
	noIndicator(t.Set, c, name, t.problems)
	return false
}

func noIndicator(set *criteria.Set, c sheet.Cell, name string, problems *diag.Problems) {
	if len(numbered(set, c, name)) > 1 {
		return
	}
	var ids []string
	for ind := range set.Root.AllIndicators() {
		ids = append(ids, ind.ID)
	}
	if near := diag.Nearest(name, ids); near != "" {
		problems.Fault(c.Place, "table-unknown-indicator-near", name, near)
		return
	}
	problems.Fault(c.Place, "table-unknown-indicator", name)
}

func isPillar(set *criteria.Set, name string) bool {
	for p := range set.Root.AllPillars() {
		if p.ID == name || p.No != "" && strings.TrimSuffix(name, ".") == p.No {
			return true
		}
	}
	return false
}

// findIndicator finds an indicator by its id, else by its display number. A number that several have is a problem.
func findIndicator(set *criteria.Set, c sheet.Cell, problems *diag.Problems) (*criteria.Indicator, bool) {
	name := text(c.Text)
	if ind, ok := set.Indicator(name); ok {
		return ind, true
	}
	found := numbered(set, c, name)
	switch len(found) {
	case 0:
		return nil, false
	case 1:
		return found[0], true
	}
	ids := make([]string, len(found))
	for i, ind := range found {
		ids[i] = ind.ID
	}
	problems.Fault(c.Place, "table-number-several", name, ids)
	return nil, false
}

// numbered lists the indicators with a display number. Where the cell is a number of the spreadsheet, 4.1 may once have
// been 4.10.
func numbered(set *criteria.Set, c sheet.Cell, name string) []*criteria.Indicator {
	name = strings.TrimSuffix(name, ".")
	var value decimal.Decimal
	loose := false
	if c.Numeric {
		if d, err := decimal.NewFromString(name); err == nil {
			value, loose = d, true
		}
	}
	var found []*criteria.Indicator
	for ind := range set.Root.AllIndicators() {
		same := ind.No != "" && strings.TrimSuffix(ind.No, ".") == name
		if loose && !same && strings.Count(ind.No, ".") <= 1 {
			d, err := decimal.NewFromString(ind.No)
			same = err == nil && d.Equal(value)
		}
		if same {
			found = append(found, ind)
		}
	}
	return found
}

// evidence reads the documents behind an answer, one a line; where the first line has a bullet, one a bullet.
func (t *answers) evidence(sub *submission.Submission, to target, row record) {
	c, ok := row.cell("evidence")
	if !ok || to.ind == nil {
		return
	}
	if sub.Evidence == nil {
		sub.Evidence = map[string][]submission.Evidence{}
	}
	for _, document := range documents(c.Text) {
		sub.Evidence[to.ind.ID] = append(sub.Evidence[to.ind.ID], submission.Evidence{Text: document, Place: c.Place})
	}
}

func documents(cell string) []string {
	const bullets = "*•"
	bulleted := strings.IndexAny(text(cell), bullets) == 0
	var list []string
	for line := range strings.SplitSeq(cell, "\n") {
		line = text(line)
		begins := !bulleted || strings.IndexAny(line, bullets) == 0
		line = text(strings.TrimLeft(line, bullets))
		switch {
		case line == "":
		case begins || len(list) == 0:
			list = append(list, line)
		default:
			list[len(list)-1] += " " + line
		}
	}
	return list
}

// reviewed reads what the reviewers put beside a claim as a decision: accepted where it is the same, set where not.
func (t *answers) reviewed(code string, to target, row record, c sheet.Cell, claimed rule.Value) {
	v, found := t.Reader.Read(c, to.ind, to.in)
	for _, p := range found {
		p.Agency = code
		p.Indicator, p.Input = "", "" // the claim can be read; the department's own column cannot
		t.problems.Add(p)
	}
	if len(found) > 0 || v.IsMissing() {
		return
	}
	d := submission.Decision{
		Agency: code, Indicator: to.key.Indicator, Input: to.key.Input, Stage: submission.Review, Verdict: submission.Set, Value: v,
		Reason: row.text("reason"), Reviewer: row.text("reviewer"), Place: c.Place,
	}
	if v.Equal(claimed) {
		d.Verdict, d.Value = submission.Accept, rule.Value{}
	} else if d.Reason == "" {
		t.problems.Fault(c.Place, "review-no-reason", code, to.key.String())
		return
	}
	t.Decisions = append(t.Decisions, d)
}
