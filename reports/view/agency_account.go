package view

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// A Section holds the indicators of one pillar.
type Section struct {
	Heading string // with the names of the pillars above
	Lang    string
	Score   string
	Rows    []IndicatorRow
}

// An IndicatorRow is one indicator of an agency. Only what the set makes public is in it.
type IndicatorRow struct {
	ID      string // of the row
	No      string
	Name    string
	Href    string // its own page
	Lang    string
	Rule    string // in words
	Points  string // "4,75/5"; in words where it does not apply
	Bar     string // length of the bar, "95.0%"; "" for none
	Status  string
	Settled bool // Status is the ordinary one: scored
	Answers []Fact
	Hidden  string // why answers are not shown; "" where they are
	Reasons []string
	Advice  string
}

// What fits on paper with names: few lines of short names in full, some lines with names cut, many without, as
// AgencyPage.Lines.
const (
	fewLines  = 36
	someLines = 54
	shortName = 45 // letters of a name, on average
)

// account fills in every public indicator with its points, and the ledger.
func (e *Edition) account(p *AgencyPage, res scoring.Result) {
	e.sections(p, res.Root, nil)
	p.Ledger = e.ledger(res)
	n, letters := 0, 0
	for _, s := range p.Sections {
		n += len(s.Rows)
		for _, r := range s.Rows {
			letters += utf8.RuneCountInString(r.Name)
		}
	}
	switch {
	case n <= fewLines && letters <= n*shortName:
		p.Lines = "few"
	case n <= someLines:
		p.Lines = "some"
	default:
		p.Lines = "many"
	}
	p.Rest = e.restOf(res)
	p.Full = e.say("account-full", cmp.Or(e.absolute(p.Path), p.Path))
}

// restOf says the lines of the ledger that are no public indicator, with the total; "" where pillars are not sums, so that
// points of indicators do not add up.
func (e *Edition) restOf(res scoring.Result) string {
	sums := map[string]decimal.Decimal{}
	var names []string
	add := func(name string, points decimal.Decimal) {
		if _, known := sums[name]; !known {
			names = append(names, name)
		}
		sums[name] = sums[name].Add(points)
	}
	for _, line := range res.Ledger {
		switch {
		case line.Indicator != nil && line.Indicator.Public == criteria.Nothing:
			add(e.say("ledger-hidden", e.pillarName(line.Pillar)), line.Points)
		case line.Indicator != nil:
		case line.Note.IsZero(), line.Note.Kind == "ledger-combined":
			return ""
		default:
			add(e.lineName(line), line.Points)
		}
	}
	if len(names) == 0 {
		return ""
	}
	said := make([]string, len(names))
	for i, name := range names {
		said[i] = e.say("account-line", name, e.signedPoints(sums[name]))
	}
	return e.say("account-rest", strings.Join(said, "; "), e.total(res.Score))
}

// signedPoints writes points of the ledger with their sign and all their decimals.
func (w *wording) signedPoints(d decimal.Decimal) string {
	if d.IsNegative() {
		return "−" + w.ledgerPoints(d.Neg())
	}
	return "+" + w.ledgerPoints(d)
}

// sections lists the indicators pillar by pillar, in the set's order.
func (e *Edition) sections(p *AgencyPage, node scoring.PillarResult, above []string) {
	trail := above
	var lang string
	if node.Pillar != nil && node.Pillar.ID != "" {
		var name string
		name, lang = e.name(node.Pillar.Name)
		trail = append(slices.Clone(above), numbered(node.Pillar.No, name))
	}
	for _, child := range node.Pillars {
		e.sections(p, child, trail)
	}
	section := Section{Heading: strings.Join(trail, " › "), Lang: lang}
	if section.Heading == "" {
		section.Heading = e.say("indicators-root")
	}
	if node.Applies {
		section.Score = e.say("of-points", e.words.Number(node.Score, e.digits.pillar), e.plain(node.Of))
	}
	section.Rows = make([]IndicatorRow, 0, len(node.Indicators))
	for _, r := range node.Indicators {
		if r.Indicator.Public == criteria.Nothing {
			p.Hidden = e.say("some-hidden")
			continue
		}
		section.Rows = append(section.Rows, e.indicatorRow(r))
	}
	if len(section.Rows) > 0 {
		p.Sections = append(p.Sections, section)
	}
}

func numbered(no, name string) string {
	if no == "" {
		return name
	}
	return no + ". " + name
}

// indicatorRow takes from a result what the set makes public: answers, the judgement in words and a review's reason only
// where answers are public.
func (e *Edition) indicatorRow(r scoring.IndicatorResult) IndicatorRow {
	r = r.Published(e.set)
	ind := r.Indicator
	named := e.named[ind]
	row := IndicatorRow{
		ID: named.Row, No: named.No, Name: named.Name, Lang: named.Lang, Href: named.Href, Rule: e.rules[ind],
		Points: e.say("of-points", e.points(r.Score), e.plain(r.Of)), Bar: bar(r.Score, r.Of),
		Status: e.term("status-" + r.Status.String()), Settled: r.Status == rule.Scored,
	}
	if ind.Effect == criteria.Penalty {
		row.Points, row.Bar = e.say("penalty-points", e.points(r.Score)), ""
	}
	if ind.Effect == criteria.None {
		row.Points, row.Bar = e.say("informational"), ""
	}
	if r.Status == rule.NotApplicable && e.set.PolicyFor(ind) == criteria.Rescale {
		row.Points, row.Bar = e.say("not-counted"), ""
	}
	if ind.Public != criteria.Answers {
		row.Hidden = e.say("answers-hidden")
	} else {
		row.Answers = e.answers(r)
		if len(row.Answers) == 1 && row.Answers[0].Term == row.Name {
			row.Answers[0].Term = "" // the only input has the indicator's own name, which stands beside it
		}
		row.reason(e.note(ind, r.Note))
		row.reason(e.note(ind, r.Because))
		if r.Decision != nil {
			row.reason(e.decision(*r.Decision))
		}
	}
	if lost(r).IsPositive() && ind.Effect != criteria.None {
		row.Advice = e.text(ind.Advice)
	}
	return row
}

// reason keeps a reason that says something.
func (r *IndicatorRow) reason(words string) {
	if words = capital(words); words != "" && !slices.Contains(r.Reasons, words) {
		r.Reasons = append(r.Reasons, words)
	}
}

// decision says what a review decided and why; never who.
func (e *Edition) decision(d submission.Decision) string {
	said := e.say("decision-" + d.Stage.String() + "-" + d.Verdict.String())
	if d.Reason != "" {
		said = e.say("decision-because", said, d.Reason)
	}
	return said
}

// answers are the inputs as judged; none where nothing was entered for what does not apply.
func (w *wording) answers(r scoring.IndicatorResult) []Fact {
	if r.Status == rule.NotApplicable && !slices.ContainsFunc(r.Inputs, func(in scoring.InputResult) bool { return !in.Answer.Value.IsMissing() }) {
		return nil
	}
	facts := make([]Fact, 0, len(r.Inputs))
	for _, in := range r.Inputs {
		term := w.inputName(r.Indicator, in.Name)
		facts = append(facts, Fact{Term: term, Words: Answer(w.words, w.first, r.Indicator, in.Input, in.Answer.Value)})
	}
	return facts
}

// ledger lists every line that makes the total. Indicators that are not published stand in one line of their pillar.
func (e *Edition) ledger(res scoring.Result) Table {
	t := Table{
		Caption: e.say("ledger-caption"),
		Columns: []Column{{Name: e.say("ledger-line"), Key: true}, {Name: e.say("ledger-points"), Num: true, Key: true}},
		Rows:    make([]Row, 0, len(res.Ledger)+1),
	}
	hidden := map[*criteria.Pillar]int{} // row of the pillar's hidden points, from 1
	sums := map[*criteria.Pillar]decimal.Decimal{}
	for _, line := range res.Ledger {
		if line.Indicator == nil || line.Indicator.Public != criteria.Nothing {
			t.Rows = append(t.Rows, e.ledgerRow(e.lineName(line), line.Points))
			continue
		}
		sums[line.Pillar] = sums[line.Pillar].Add(line.Points)
		row := e.ledgerRow(e.say("ledger-hidden", e.pillarName(line.Pillar)), sums[line.Pillar])
		if at := hidden[line.Pillar]; at > 0 {
			t.Rows[at-1] = row
			continue
		}
		t.Rows = append(t.Rows, row)
		hidden[line.Pillar] = len(t.Rows)
	}
	total := e.ledgerRow(e.say("ledger-total"), res.Score)
	total.Highlight = true
	if e.set.Rounding.Total.Round && res.Score.Round(int32(e.digits.total)).Equal(res.Score) { // else the lines would not add up to it
		total.Cells[1].Text = e.total(res.Score)
	}
	t.Rows = append(t.Rows, total)
	return t
}

func (w *wording) ledgerRow(name string, points decimal.Decimal) Row {
	return Row{Cells: []Cell{{Text: name, Head: true}, {Text: w.ledgerPoints(points), Sort: locale.Digits(points)}}}
}

// ledgerPoints writes points with all decimals they have, at least the indicators': the column adds up, exactly.
func (w *wording) ledgerPoints(d decimal.Decimal) string {
	if places := int32(w.digits.indicator); d.Exponent() >= -places || d.Round(places).Equal(d) {
		return w.points(d)
	}
	return w.words.Plain(d)
}

func (w *wording) pillarName(p *criteria.Pillar) string {
	if p == nil || p.ID == "" {
		return w.text(w.set.Title)
	}
	return w.text(p.Name)
}

// lineName is what a line of the ledger is for.
func (w *wording) lineName(line scoring.Line) string {
	switch {
	case line.Indicator != nil:
		return numbered(line.Indicator.No, w.text(line.Indicator.Name))
	case !line.Note.IsZero():
		return w.words.Note(line.Public())
	default:
		return w.pillarName(line.Pillar)
	}
}
