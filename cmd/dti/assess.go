package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

func (a *app) assessCommand() *cobra.Command {
	var opts struct {
		criteria string
		json     bool
	}
	c := a.describe(&cobra.Command{Use: "assess FILE", Args: a.takes(1, 1)}, "assess", "collect")
	c.Flags().StringVar(&opts.criteria, "criteria", "", a.say.Say("cli.flag-criteria"))
	c.Flags().BoolVar(&opts.json, "json", false, a.say.Say("cli.flag-json"))
	c.RunE = func(_ *cobra.Command, args []string) error {
		form, err := a.openForm(args[0], opts.criteria)
		if err != nil {
			return err
		}
		res := scoring.Fit(form.Set, nil).Score(scoring.Entrant{Agency: form.Agency, Submission: form.Submission})
		if opts.json {
			return a.assessJSON(form, res)
		}
		a.assessText(form, res)
		for _, p := range form.Problems {
			fmt.Fprintln(a.err, a.problemLine(p))
		}
		if n := form.Problems.Stopping(); n > 0 {
			a.count("assess-mend", n, args[0])
			return errProblems
		}
		return nil
	}
	return c
}

// openForm reads one workbook. Its criteria set is the one asked for, else that of the round folder around the file,
// else the shipped one that the workbook names.
func (a *app) openForm(file, asked string) (*importers.Workbook, error) {
	if asked != "" {
		set, err := a.loadSet(asked)
		if err != nil {
			return nil, err
		}
		return importers.OpenWorkbook(file, set, nil)
	}
	if dir, ok := roundAround(file); ok {
		round, err := a.open(dir)
		if err != nil {
			return nil, err
		}
		return importers.OpenWorkbook(file, round.Set, round)
	}
	address, err := importers.WorkbookCriteria(file)
	if err != nil {
		return nil, err
	}
	set, err := a.loadSet(address)
	if err != nil {
		return nil, err
	}
	return importers.OpenWorkbook(file, set, nil)
}

// roundAround finds the round folder that a file lies in: the nearest folder above it with a round.yaml.
func roundAround(file string) (string, bool) {
	abs, err := filepath.Abs(file)
	if err != nil {
		return "", false
	}
	for dir := filepath.Dir(abs); ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "round.yaml")); err == nil {
			return dir, true
		}
		if dir == filepath.Dir(dir) {
			return "", false
		}
	}
}

// assessText writes the score by pillar, and what is open.
func (a *app) assessText(form *importers.Workbook, res scoring.Result) {
	l, set := a.say.WithTerms(form.Set.Terms), form.Set
	j := &job{round: &submission.Round{Set: set}, words: l}
	text := func(t criteria.Text) string { return l.Text(t, set.Languages[0]) }
	fmt.Fprintln(a.out, l.Say("cli.assess-title", text(form.Agency.Name), a.points(j, res.Score), a.points(j, res.Of), res.Percent))
	if rating, ok := set.RatingOf(res.Score, res.Of); ok {
		fmt.Fprintln(a.out, l.Say("cli.assess-rating", text(rating.Name)))
	}
	t := newColumns(head(l.Say("words.pillar"), false), head(l.Say("words.score"), true), head(l.Say("cli.of"), true))
	for _, p := range res.Pillars {
		if p.Applies {
			t.row(text(p.Pillar.Name), a.points(j, p.Score), a.points(j, p.Of))
		}
	}
	t.write(a.out)
	answered, all, pending := counts(res.Root)
	fmt.Fprintln(a.out, l.Say("cli.assess-answered", answered, all))
	if pending > 0 {
		fmt.Fprintln(a.out, l.Say("cli.assess-pending", pending))
	}
	fmt.Fprintln(a.out, l.Say("cli.assess-unofficial"))
}

// assessed is what `dti assess --json` writes.
type assessed struct {
	Schema   string            `json:"schema"`
	Agency   string            `json:"agency"`
	Criteria string            `json:"criteria"`
	Score    json.Number       `json:"score"`
	Of       json.Number       `json:"of"`
	Percent  json.Number       `json:"percent"`
	Rating   string            `json:"rating"`
	Pillars  []assessedPillar  `json:"pillars"`
	Problems []assessedProblem `json:"problems"`
}

type assessedPillar struct {
	ID    string      `json:"id"`
	Score json.Number `json:"score"`
	Of    json.Number `json:"of"`
}

type assessedProblem struct {
	Place    string `json:"place"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
}

func (a *app) assessJSON(form *importers.Workbook, res scoring.Result) error {
	out := assessed{
		Schema: "dti.assessment/v1", Agency: form.Agency.Code, Criteria: form.Set.Address(), Rating: "",
		Score: total(form.Set, res.Score), Of: total(form.Set, res.Of), Percent: json.Number(res.Percent.StringFixed(2)),
		Pillars: []assessedPillar{}, Problems: []assessedProblem{},
	}
	if rating, ok := form.Set.RatingOf(res.Score, res.Of); ok {
		out.Rating = rating.ID
	}
	for _, p := range res.Pillars {
		out.Pillars = append(out.Pillars, assessedPillar{p.Pillar.ID, total(form.Set, p.Score), total(form.Set, p.Of)})
	}
	for _, p := range form.Problems {
		out.Problems = append(out.Problems, assessedProblem{p.Place.String(), p.Severity.String(), a.say.Say("problems."+p.Kind, p.Args...)})
	}
	enc := json.NewEncoder(a.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(out); err != nil {
		return err
	}
	return stopped(form.Problems)
}

// total is a number with the decimals of the set's totals.
func total(set *criteria.Set, d decimal.Decimal) json.Number {
	if p := set.Rounding.Total; p.Round {
		return json.Number(d.StringFixed(p.N))
	}
	return json.Number(d.String())
}

func stopped(problems diag.Problems) error {
	if problems.Stopping() > 0 {
		return errProblems
	}
	return nil
}

// counts says how many base indicators are answered, how many concern the agency, and how many others decide.
func counts(p scoring.PillarResult) (answered, all, pending int) {
	for _, child := range p.Pillars {
		c, n, w := counts(child)
		answered, all, pending = answered+c, all+n, pending+w
	}
	for _, ind := range p.Indicators {
		switch ind.Status {
		case rule.NotApplicable:
			continue
		case rule.Pending:
			pending++
		case rule.Scored:
			answered++
		default:
		}
		all++
	}
	return answered, all, pending
}
