package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/builtin"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/reports"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

func (a *app) assessCommand() *cobra.Command {
	var opts struct {
		criteria, html string
		json           bool
	}
	c := a.describe(&cobra.Command{Use: "assess FILE [--html FILE]", Args: a.takes(1, 1)}, "assess", "collect")
	c.Flags().StringVar(&opts.criteria, "criteria", "", a.say.Say("cli.flag-criteria"))
	c.Flags().StringVar(&opts.html, "html", "", a.say.Say("cli.flag-html"))
	c.Flags().BoolVar(&opts.json, "json", false, a.say.Say("cli.flag-json"))
	c.RunE = func(cmd *cobra.Command, args []string) error {
		s, err := a.assess(args[0], opts.criteria)
		if err != nil {
			return err
		}
		own := a.inLanguageOf(cmd, s.form)
		if opts.html != "" {
			if err := own.writeCard(s, opts.html); err != nil {
				return err
			}
		}
		if opts.json {
			return own.assessJSON(s)
		}
		return own.assessText(s, args[0])
	}
	return c
}

// inLanguageOf is the app in the language of the workbook, unless another one was asked for.
func (a *app) inLanguageOf(cmd *cobra.Command, form *importers.Workbook) *app {
	if asked := cmd.Flag("lang"); asked != nil && asked.Changed {
		return a
	}
	own := *a
	if l, ok := locale.For(form.Label.Lang); ok {
		own.say = l
	}
	return &own
}

// An assessment is what can be told of one workbook.
type assessment struct {
	form       *importers.Workbook
	round      *submission.Round // nil: the workbook lies in none
	past       *history.Past     // the round before; nil: none is known
	scale      scoring.Scale
	boundsYear int // year of the bounds that estimates are judged under; 0: there are none
	result     scoring.Result
	receipt    receipt
	goals      []goal
}

// assess reads and scores a workbook.
func (a *app) assess(file, asked string) (*assessment, error) {
	s := &assessment{}
	if err := a.openForm(s, file, asked); err != nil {
		return nil, err
	}
	bounds, year := s.form.Label.Bounds, s.form.Label.BoundsYear
	if s.past != nil {
		if known := s.past.Bounds(s.form.Set, s.form.Agency.Group); len(known) > 0 {
			bounds, year = known, s.past.Year
		}
	}
	s.boundsYear = year
	s.scale = estimate(s.form.Set, s.form.Agency.Group, bounds)
	s.result = s.scale.Score(s.entrant())
	s.receipt = receiptOf(s.form)
	s.goals = s.goalsAhead()
	return s, nil
}

// estimate is the scale for an agency of a group under bounds by indicator.
func estimate(set *criteria.Set, group string, bounds map[string][]rule.Bound) scoring.Scale {
	return scoring.Estimate(set, map[string]map[string][]rule.Bound{group: bounds})
}

func (s *assessment) entrant() scoring.Entrant {
	return scoring.Entrant{Agency: s.form.Agency, Submission: s.form.Submission}
}

// openForm reads one workbook. Its criteria set is the one asked for, else that of the round folder around the file,
// else the shipped one that the workbook names.
func (a *app) openForm(s *assessment, file, asked string) (err error) {
	var set *criteria.Set
	dir, inRound := roundAround(file)
	switch {
	case asked != "":
		set, err = a.loadSet(asked)
	case inRound:
		if s.round, err = a.open(dir); err == nil {
			set, s.past = s.round.Set, a.pastOf(dir, s.round)
		}
	default:
		var address string
		if address, err = importers.WorkbookCriteria(file); err == nil {
			set, err = a.shippedSet(file, address)
		}
	}
	if err != nil {
		return err
	}
	s.form, err = importers.OpenWorkbook(file, set, s.round)
	return err
}

// shippedSet is the shipped set that a workbook names. One that does not ship lies with the department, in its round.
func (a *app) shippedSet(file, address string) (*criteria.Set, error) {
	if _, _, ok := builtin.Get(address); !ok {
		return nil, a.misuse("assess-no-set", file, address)
	}
	return a.loadSet(address)
}

// pastOf is the round before. That it cannot be read is told and costs only what would be compared with it.
func (a *app) pastOf(dir string, round *submission.Round) *history.Past {
	told := len(round.Problems)
	past := a.previous(dir, round)
	for _, p := range round.Problems[told:] {
		p.Severity = diag.Warning
		fmt.Fprintln(a.err, a.problemLine(p))
	}
	return past
}

// roundAround finds the round folder that a file lies in: the nearest folder above it with a round.yaml.
func roundAround(file string) (string, bool) {
	abs, err := filepath.Abs(file)
	if err != nil {
		return "", false
	}
	for dir := filepath.Dir(abs); ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, settingsFile)); err == nil {
			return dir, true
		}
		if dir == filepath.Dir(dir) {
			return "", false
		}
	}
}

// writeCard writes the scorecard as a page.
func (a *app) writeCard(s *assessment, out string) error {
	if !replaceable(out, []byte(reports.ScorecardHead)) {
		return a.misuse("file-not-ours", out)
	}
	card := view.NewScorecard(a.card(s), a.say)
	if err := writeFile(out, func(w io.Writer) error { return reports.WriteScorecard(w, card) }); err != nil {
		return a.fileError(out, err)
	}
	a.tell("written", out)
	return nil
}

// estimatedPoints are the points that estimated indicators earn; ok is false where one of them has no points of its own.
func estimatedPoints(list []scoring.IndicatorResult) (points decimal.Decimal, ok bool) {
	for _, ind := range list {
		if len(ind.Indicator.Points) == 0 {
			return decimal.Decimal{}, false
		}
		points = points.Add(ind.Score)
	}
	return points, true
}

// numbered is an indicator's number, or its id where it has none, and its name.
func numbered(l *locale.Locale, set *criteria.Set, ind *criteria.Indicator) string {
	name := l.Text(ind.Name, set.Languages[0])
	if ind.No == "" {
		return strings.TrimSpace(ind.ID + " " + name)
	}
	return ind.No + " " + name
}
