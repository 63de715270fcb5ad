package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

func (a *app) explainCommand() *cobra.Command {
	var moved bool
	c := a.describe(&cobra.Command{Use: "explain ROUND AGENCY [INDICATOR]", Args: a.takes(2, 3)}, "explain", "result")
	c.Flags().BoolVar(&moved, "moved", false, a.say.Say("cli.flag-moved"))
	c.RunE = func(_ *cobra.Command, args []string) error {
		if moved && len(args) > 2 {
			return a.misuse("moved-indicator")
		}
		j, err := a.rank(args[0])
		if err != nil {
			return err
		}
		agency, err := a.agency(j.round, args[1])
		if err != nil {
			return err
		}
		res, _ := j.ranking.Result(agency.Code) // the agency is the round's own
		e := explainer{app: a, job: j, res: res, w: a.out}
		if len(args) == 2 {
			a.moves(args[0], j)
			if !moved {
				e.ledger()
			}
			e.moved(moved)
			return a.stops(j.round)
		}
		ind, err := a.indicator(j.round.Set, args[2])
		if err != nil {
			return err
		}
		e.one(ind)
		return a.stops(j.round)
	}
	return c
}

// stops reports unsettled errors in one line, where another command tells them all.
func (a *app) stops(round *submission.Round) error {
	if n := round.Problems.Stopping(); n > 0 {
		a.count("draft-because", n)
		return errProblems
	}
	return nil
}

// agency finds an agency by its code or an alias.
func (a *app) agency(round *submission.Round, asked string) (submission.Agency, error) {
	var codes []string
	for _, agency := range round.Agencies {
		if strings.EqualFold(agency.Code, asked) {
			return agency, nil
		}
		for _, alias := range agency.Aliases {
			if strings.EqualFold(alias, asked) {
				return agency, nil
			}
		}
		codes = append(codes, agency.Code)
	}
	return submission.Agency{}, a.unknown("unknown-agency", asked, codes)
}

// indicator finds an indicator by its id or display number.
func (a *app) indicator(set *criteria.Set, asked string) (*criteria.Indicator, error) {
	var ids []string
	for ind := range set.Root.AllIndicators() {
		if strings.EqualFold(ind.ID, asked) || ind.No == asked {
			return ind, nil
		}
		ids = append(ids, ind.ID)
	}
	return nil, a.unknown("unknown-indicator", asked, ids)
}

func (a *app) unknown(key, asked string, known []string) error {
	if near := diag.Nearest(asked, known); near != "" {
		return a.misuse(key+"-near", asked, near)
	}
	return a.misuse(key, asked)
}

// An explainer writes the ledger of one agency.
type explainer struct {
	*app
	job *job
	res scoring.Result
	w   io.Writer
}

func (e explainer) text(t criteria.Text) string {
	return e.job.text(t)
}

// ledger writes every line that makes the total, and what each indicator earned and why.
func (e explainer) ledger() {
	l := e.job.words
	fmt.Fprintln(e.w, l.Say("cli.explain-title", e.text(e.res.Agency.Name), e.points(e.job, e.res.Score), e.points(e.job, e.res.Of)))
	fmt.Fprintln(e.w, e.standing())
	e.history()
	e.pillar(e.res.Root, "")
	fmt.Fprintln(e.w)
	fmt.Fprintln(e.w, l.Say("cli.explain-ledger"))
	t := newColumns(head("", false), head("", true))
	if n := e.indicatorLines(); n > 0 {
		t.row(l.Say("cli.explain-indicators", n), e.exact(e.indicatorSum()))
	}
	for _, line := range e.res.Ledger {
		if line.Indicator == nil {
			t.row(e.lineName(line), e.exact(line.Points))
		}
	}
	t.row(l.Say("cli.explain-total"), e.points(e.job, e.res.Score))
	t.write(e.w)
	e.views()
}

// exact words a line's points with all the decimals it has, and at least those of the total.
func (e explainer) exact(d decimal.Decimal) string {
	_, decimals, _ := strings.Cut(strings.TrimRight(d.StringFixed(rule.KeptPlaces), "0"), ".")
	places := len(decimals)
	if p := e.job.round.Set.Rounding.Total; p.Round {
		places = max(places, int(p.N))
	}
	return e.job.words.Number(d, places)
}

func (e explainer) standing() string {
	l := e.job.words
	if !e.res.Ranked {
		return l.Say("cli.explain-unranked", l.Note(e.res.Reason))
	}
	rank := e.job.rank(e.res.Standing)
	if r, ok := e.job.round.Set.Rating(e.res.Rating); ok {
		return l.Say("cli.explain-standing-rated", rank, e.text(r.Name), e.points(e.job, e.res.Claimed)) + e.capped()
	}
	return l.Say("cli.explain-standing", rank, e.points(e.job, e.res.Claimed))
}

// capped says what holds the rating below the one that the total is worth; "" where nothing does.
func (e explainer) capped() string {
	if e.res.RatingCapped == nil {
		return ""
	}
	earned, _ := e.job.round.Set.RatingOf(e.res.Score, e.res.Of)
	return "; " + e.job.words.Say("cli.explain-rating-capped", e.text(earned.Name), e.res.RatingCapped.Grounds())
}

func (e explainer) lineName(line scoring.Line) string {
	if line.Pillar != nil {
		return e.text(line.Pillar.Name)
	}
	return e.job.words.Note(line.Note)
}

func (e explainer) indicatorLines() int {
	n := 0
	for _, line := range e.res.Ledger {
		if line.Indicator != nil {
			n++
		}
	}
	return n
}

func (e explainer) indicatorSum() (sum decimal.Decimal) {
	for _, line := range e.res.Ledger {
		if line.Indicator != nil {
			sum = sum.Add(line.Points)
		}
	}
	return sum
}

// pillar writes a pillar and what is below it, indented.
func (e explainer) pillar(p scoring.PillarResult, margin string) {
	if p.Pillar.ID != "" {
		fmt.Fprintln(e.w, margin+e.job.words.Say("cli.explain-pillar", p.Pillar.No, e.text(p.Pillar.Name), e.points(e.job, p.Score), e.points(e.job, p.Of)))
		margin += "  "
	}
	for _, child := range p.Pillars {
		e.pillar(child, margin)
	}
	for _, ind := range p.Indicators {
		e.indicatorLine(ind, margin)
	}
}

func (e explainer) indicatorLine(ind scoring.IndicatorResult, margin string) {
	l := e.job.words
	head := l.Say("cli.explain-indicator", ind.Indicator.No, e.text(ind.Indicator.Name),
		e.points(e.job, ind.Score), e.points(e.job, ind.Of), ind.Indicator.ID)
	if ind.Indicator.Effect == criteria.None {
		head = l.Say("cli.explain-informational", ind.Indicator.No, e.text(ind.Indicator.Name), ind.Indicator.ID)
	}
	fmt.Fprintln(e.w, margin+head)
	fmt.Fprintln(e.w, margin+"    "+e.because(ind))
}

// because joins the judgement and what changed it.
func (e explainer) because(ind scoring.IndicatorResult) string {
	l := e.job.words
	words := l.Note(e.job.round.Set.Named(ind.Note, ind.Indicator))
	if !ind.Because.IsZero() {
		words += "; " + l.Note(ind.Because)
	}
	if ind.Decision != nil {
		words += "; " + e.job.decision(*ind.Decision)
	}
	return words
}

// one writes everything about one indicator: rule in words, answers with their cells, evidence, review, claim.
func (e explainer) one(ind *criteria.Indicator) {
	found, ok := find(e.res.Root, ind)
	if !ok {
		fmt.Fprintln(e.w, e.job.words.Say("cli.explain-other-group", ind.ID))
		return
	}
	l := e.job.words
	e.indicatorLine(found, "")
	fmt.Fprintln(e.w, "    "+l.Say("cli.explain-rule", l.Note(e.job.round.Set.Named(ind.Words(), ind))))
	for _, in := range found.Inputs {
		fmt.Fprintln(e.w, "    "+l.Say("cli.explain-input", e.text(in.Input.Name), view.Answer(l, e.job.round.Set.Languages[0], ind, in.Input, in.Answer.Value), in.Answer.Place.String()))
	}
	for _, doc := range found.Evidence {
		fmt.Fprintln(e.w, "    "+l.Say("cli.explain-evidence", doc.Text, doc.Place.String()))
	}
	fmt.Fprintln(e.w, "    "+l.Say("cli.explain-claimed", e.points(e.job, found.Claimed), e.points(e.job, found.Score)))
	if advice := e.text(ind.Advice); advice != "" && found.Score.LessThan(found.Of) {
		fmt.Fprintln(e.w, "    "+l.Say("cli.explain-advice", advice))
	}
}

// find looks for an indicator in a trace.
func find(p scoring.PillarResult, ind *criteria.Indicator) (scoring.IndicatorResult, bool) {
	for _, child := range p.Pillars {
		if found, ok := find(child, ind); ok {
			return found, true
		}
	}
	for _, r := range p.Indicators {
		if r.Indicator == ind {
			return r, true
		}
	}
	return scoring.IndicatorResult{}, false
}
