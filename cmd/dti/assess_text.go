package main

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// A teller words one assessment.
type teller struct {
	*app
	*assessment
	job *job
	l   *locale.Locale // with the set's own terms
	out *bytes.Buffer
	// advised are the indicators whose advice was told: those of one goal often lead to the other, too.
	advised map[*criteria.Indicator]bool
}

func (a *app) teller(s *assessment) *teller {
	l := a.say.WithTerms(s.form.Set.Terms)
	return &teller{
		app: a, assessment: s, job: &job{round: &submission.Round{Set: s.form.Set}, words: l}, l: l,
		out: &bytes.Buffer{}, advised: map[*criteria.Indicator]bool{},
	}
}

// assessText writes the score, the receipt, what is wrong and what would be next.
func (a *app) assessText(s *assessment, file string) error {
	t := a.teller(s)
	t.score()
	t.tellReceipt()
	if _, err := t.out.WriteTo(a.out); err != nil {
		return err
	}
	for _, p := range gravestFirst(t.told()) {
		fmt.Fprintln(a.err, a.problemLine(p))
	}
	t.tellGoals()
	t.line("assess-unofficial")
	if _, err := t.out.WriteTo(a.out); err != nil {
		return err
	}
	if n := s.form.Problems.Stopping(); n > 0 {
		a.count("assess-mend", n, file)
		return errProblems
	}
	return nil
}

// told are the problems of the workbook, and the answers that were read as something else than what stands there.
func (t *teller) told() diag.Problems {
	all := slices.Clone(t.form.Problems)
	for _, r := range t.form.Readings {
		ind, ok := t.form.Set.Indicator(r.Key.Indicator)
		in, _ := t.form.Set.Figure(r.Key.Input)
		name := r.Key.String()
		if ok {
			in, _ = ind.Input(r.Key.Input)
			if len(ind.Inputs) == 1 {
				name = ind.ID
			}
		}
		words := view.Answer(t.l, t.form.Set.Languages[0], ind, in, t.form.Submission.Answers.At(r.Key).Value)
		all.Add(diag.Problem{
			Place: r.Place, Kind: "answer-read-as", Args: []any{name, r.Text, words}, Severity: diag.Info,
			Indicator: r.Key.Indicator, Input: r.Key.Input,
		})
	}
	return all
}

// gravestFirst sorts problems by their severity, then by their places.
func gravestFirst(problems diag.Problems) diag.Problems {
	sorted := problems.Sorted()
	slices.SortStableFunc(sorted, func(a, b diag.Problem) int { return cmp.Compare(a.Severity, b.Severity) })
	return sorted
}

// line writes a sentence.
func (t *teller) line(key string, args ...any) { fmt.Fprintln(t.out, t.l.Say("cli."+key, args...)) }

// lineOf writes a sentence about n things; one thing may have a sentence of its own.
func (t *teller) lineOf(key string, n int, args ...any) {
	if n == 1 && t.l.Has("cli."+key+"-one") {
		key += "-one"
	}
	t.line(key, append([]any{n}, args...)...)
}

func (t *teller) text(words criteria.Text) string { return t.l.Text(words, t.form.Set.Languages[0]) }

// number words points, never with fewer decimals than they have.
func (t *teller) number(d decimal.Decimal) string { return t.points(t.job, d) }

// score writes the score by pillar, and what was answered.
func (t *teller) score() {
	res := t.result
	t.line("assess-title", t.text(t.form.Agency.Name), t.number(res.Score), t.number(res.Of), res.Percent)
	if rating, ok := t.form.Set.RatingOf(res.Score, res.Of); ok {
		t.line("assess-rating", t.text(rating.Name))
	}
	table := newColumns(head(t.l.Say("words.pillar"), false), head(t.l.Say("words.score"), true), head(t.l.Say("cli.of"), true))
	t.pillarRows(table, res.Root, "")
	table.write(t.out)
	t.sum()
	answered, all, pending := res.Root.Counts()
	t.line("assess-answered", answered, all)
	if pending > 0 {
		t.line("assess-pending", pending)
	}
	t.estimated()
}

// estimated says what of the score is an estimate.
func (t *teller) estimated() {
	list := t.result.Root.Estimated()
	if len(list) == 0 {
		return
	}
	names := make([]string, len(list))
	for i, r := range list {
		names[i] = cmp.Or(r.Indicator.No, r.Indicator.ID)
	}
	year := strconv.Itoa(t.boundsYear)
	if points, ok := estimatedPoints(list); ok {
		t.line("assess-estimated-points", year, names, t.number(points))
		return
	}
	t.line("assess-estimated", year, names)
}

// tellReceipt writes whether the workbook agrees with the engine, and the cells that do not.
func (t *teller) tellReceipt() {
	r := t.receipt
	switch r.state {
	case noFormulas:
		t.line("assess-receipt-none")
		return
	case otherEdition:
		t.line("assess-receipt-edition", t.form.Label.Address(), t.form.Set.Address())
		return
	case neverOpened:
		t.line("assess-receipt-not-computed")
		return
	default:
	}
	t.line("assess-receipt", t.claimed(r.total.claim), t.number(r.total.engine), r.compared-len(r.differ), r.compared)
	if !r.total.engine.Equal(t.result.Score) {
		t.line("assess-receipt-others", t.number(t.result.Score))
	}
	if r.agree && len(r.differ) == 0 {
		return
	}
	if !r.agree {
		t.difference(r.total)
	}
	for _, d := range r.differ {
		t.difference(d)
	}
	t.remedies(r)
}

// remedies says what makes the workbook agree. A formula that does not read an answer will not by being computed again.
func (t *teller) remedies(r receipt) {
	stale := len(r.differ) == 0
	var odd []string
	for _, d := range r.differ {
		stale = stale || len(d.odd) == 0
		for _, at := range cells(d.odd) {
			if !slices.Contains(odd, at) { // a figure may matter to several indicators
				odd = append(odd, at)
			}
		}
	}
	if len(odd) > 0 {
		t.line("assess-receipt-text", strings.Join(odd, ", "))
	}
	if stale {
		t.line("assess-receipt-differ")
	}
	t.line("assess-receipt-engine")
}

// cells names cells within the workbook: Tự đánh giá!F12.
func cells(places []diag.Place) []string {
	names := make([]string, len(places))
	for i, at := range places {
		names[i] = at.Sheet + "!" + at.Cell()
	}
	return names
}

func (t *teller) difference(d difference) {
	key := "assess-receipt-cell"
	if !d.claim.Formula && (d.claim.Known || d.claim.Text != "") {
		key = "assess-receipt-typed"
	}
	place := d.claim.Place.String()
	if d.indicator != nil {
		place = strings.TrimSpace(place + " (" + cmp.Or(d.indicator.No, d.indicator.ID) + ")")
	}
	line := t.l.Say("cli."+key, place, t.claimed(d.claim), t.number(d.engine))
	if len(d.answers) > 0 {
		line += t.l.Say("cli.assess-receipt-answers", strings.Join(cells(d.answers), ", "))
	}
	fmt.Fprintln(t.out, line)
}

// claimed words what a cell holds.
func (t *teller) claimed(c workbook.Claim) string {
	switch {
	case c.Known:
		return t.number(c.Value.Round(sheetPlaces))
	case c.Text == "":
		return t.l.Say("cli.assess-receipt-blank")
	default:
		return c.Text
	}
}

// shownSteps is how many steps towards a goal are listed; an agency that has answered little has a long way to go.
const shownSteps = 10

// shown is how many of a goal's steps are listed. To say that one more is left out takes as much room as the step.
func shown(steps []scoring.Step) int {
	if len(steps) <= shownSteps+1 {
		return len(steps)
	}
	return shownSteps
}

// tellGoals writes the next steps.
func (t *teller) tellGoals() {
	for i, g := range t.goals {
		if i > 0 && sameSteps(t.goals[i-1], g) {
			t.outcome(g)
			continue
		}
		if !t.heading(g) {
			continue
		}
		for _, step := range g.steps[:shown(g.steps)] {
			t.step(step)
		}
		if more := len(g.steps) - shown(g.steps); more > 0 {
			t.line("assess-steps-more", more)
		}
		t.outcome(g)
	}
}

// heading names a goal; ok is false where there are no steps to it, and then it says why.
func (t *teller) heading(g goal) (ok bool) {
	level := []any{g.level.Rank, strconv.Itoa(g.level.Year), t.number(g.level.Score)}
	switch {
	case !g.why.IsZero():
		t.line("assess-no-level", g.why)
	case g.best && g.ranks:
		t.line("assess-top-level", level[1:]...)
	case g.best:
		t.line("assess-top-rating", t.text(g.rating.Name))
	case !g.possible && g.ranks:
		t.line("assess-far-level", level...)
	case !g.possible:
		t.line("assess-far-rating", t.text(g.rating.Name))
	case g.ranks:
		t.line("assess-next-level", level...)
	default:
		t.line("assess-next-rating", t.text(g.rating.Name))
	}
	return len(g.steps) > 0
}

// step writes one step, with its advice and those who are there already where they were not told yet.
func (t *teller) step(s scoring.Step) {
	fmt.Fprintf(t.out, "  %s: %s  [%s]\n", numbered(t.l, t.form.Set, s.Indicator), t.gain(s), s.Indicator.ID)
	if t.advised[s.Indicator] {
		return
	}
	t.advised[s.Indicator] = true
	if advice := t.text(s.Indicator.Advice); advice != "" {
		fmt.Fprintln(t.out, "      "+advice)
	}
	names, more := t.peerNames(s.Indicator)
	year := ""
	if t.past != nil {
		year = strconv.Itoa(t.past.Year)
	}
	switch {
	case len(names) == 0:
	case more > 0:
		t.line("assess-peers-more", year, strings.Join(names, "; "), more)
	default:
		t.line("assess-peers", year, strings.Join(names, "; "))
	}
}

// gain is what a step adds to the total; nothing is not +0.
func (t *teller) gain(s scoring.Step) string {
	if s.Gain.IsPositive() {
		return "+" + t.number(s.Gain)
	}
	return t.number(s.Gain)
}

// namedPeers is how many agencies with full marks are named.
const namedPeers = 3

// peerNames are the agencies to name, and how many more there are.
func (t *teller) peerNames(ind *criteria.Indicator) (names []string, more int) {
	peers := t.peers(ind)
	for _, p := range peers[:min(namedPeers, len(peers))] {
		names = append(names, cmp.Or(t.text(p.Name), p.Code))
	}
	return names, len(peers) - len(names)
}

// outcome says what the steps of a goal come to.
func (t *teller) outcome(g goal) {
	sum := t.number(g.promised(t.result.Score))
	if g.ranks {
		t.lineOf("assess-steps-level", len(g.steps), sum, g.level.Rank, strconv.Itoa(g.level.Year), t.number(g.level.Score))
		return
	}
	t.lineOf("assess-steps-rating", len(g.steps), sum, t.text(g.rating.Name))
}
