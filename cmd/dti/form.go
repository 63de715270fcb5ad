package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/spf13/cobra"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

func (a *app) formCommand() *cobra.Command {
	var opts struct {
		out, agency string
		prefill     bool
	}
	c := a.describe(&cobra.Command{Use: "form ROUND [-o DIR] [--agency CODE] [--prefill]", Args: a.takes(1, 1)}, "form", "prepare")
	c.Flags().StringVarP(&opts.out, "out", "o", "", a.say.Say("cli.flag-out-forms"))
	c.Flags().StringVar(&opts.agency, "agency", "", a.say.Say("cli.flag-agency"))
	c.Flags().BoolVar(&opts.prefill, "prefill", false, a.say.Say("cli.flag-prefill"))
	c.RunE = func(cmd *cobra.Command, args []string) error {
		round, err := a.open(args[0])
		if err != nil {
			return err
		}
		agencies := round.Agencies
		if opts.agency != "" {
			agency, err := a.agency(round, opts.agency)
			if err != nil {
				return err
			}
			agencies = []submission.Agency{agency}
		}
		if len(agencies) == 0 {
			return a.misuse("form-no-agencies")
		}
		past, err := a.earlier(args[0], round, opts.prefill)
		if err != nil {
			return err
		}
		if opts.out == "" {
			opts.out = filepath.Join(args[0], "forms")
		}
		return a.forms(cmd.Context(), newMailing(round, past, agencies, opts.out, a.say.Lang()), opts.prefill)
	}
	return c
}

// earlier reads the first results.json among the earlier results of a round, with the answers where forms are to be
// filled in with them. Without answers there may be none, and what cannot be read is told and done without; the Past is
// then an empty one.
func (a *app) earlier(dir string, round *submission.Round, answers bool) (*history.Past, error) {
	i := slices.IndexFunc(round.Previous, isResults)
	switch {
	case i >= 0:
	case !answers:
		return &history.Past{}, nil
	case len(round.Previous) > 0:
		return nil, a.misuse("form-previous-table", round.Previous[0].Path)
	default:
		return nil, a.misuse("form-no-previous")
	}
	file := round.Previous[i]
	if !answers {
		past, err := readResults(dir, file, history.Decode)
		if err != nil {
			a.tell("form-no-estimates", file.Path, a.explainError(err))
			return &history.Past{}, nil
		}
		return past, nil
	}
	past, err := readResults(dir, file, history.DecodeWithAnswers)
	if err != nil {
		return nil, err
	}
	if past.CriteriaID != round.Set.ID {
		return nil, a.misuse("form-previous-other-set", file.Path, past.CriteriaID, round.Set.ID)
	}
	return past, nil
}

// A mailing is the forms of a round on their way into a folder.
type mailing struct {
	round    *submission.Round
	past     *history.Past // an empty one where there is none
	agencies []submission.Agency
	files    []string                           // of the agencies' forms
	bounds   map[string]map[string][]rule.Bound // of past, by group and indicator
	scale    scoring.Scale
	dir      string
	lang     string
}

func newMailing(round *submission.Round, past *history.Past, agencies []submission.Agency, dir, lang string) *mailing {
	m := &mailing{round: round, past: past, agencies: agencies, dir: dir, lang: lang, bounds: map[string]map[string][]rule.Bound{}}
	for _, g := range round.Set.Groups {
		m.bounds[g.ID] = past.Bounds(round.Set, g.ID)
	}
	m.scale = scoring.Estimate(round.Set, m.bounds)
	taken := map[string]bool{}
	for _, agency := range agencies {
		m.files = append(m.files, filepath.Join(dir, view.FileName(agency.Code, taken)+".xlsx"))
	}
	return m
}

// form is the form of the i-th agency, filled in with its answers of the earlier round where they were kept.
func (m *mailing) form(i int) workbook.Form {
	round, agency := m.round, m.agencies[i]
	form := workbook.Form{
		Set: round.Set, Round: workbook.Round{ID: round.ID, Title: round.Title, Year: round.Year}, Agency: agency, Lang: m.lang,
	}
	if answers := m.past.Answers(round.Set, agency); answers.Len() > 0 {
		form.Filled.Answers, form.CarriedFrom = answers, m.past.Year
	}
	if bounds := m.bounds[agency.Group]; len(bounds) > 0 {
		form.Bounds, form.BoundsYear = bounds, m.past.Year
	}
	sent := submission.Submission{Agency: agency.Code, Sent: true, Answers: form.Filled.Answers}
	form.Score = m.scale.Live(scoring.Entrant{Agency: agency, Submission: sent})
	return form
}

// forms writes one workbook per agency into a folder. None is written where one of the files that are there may hold
// an agency's answers.
func (a *app) forms(ctx context.Context, m *mailing, prefill bool) error {
	if err := os.MkdirAll(m.dir, 0o755); err != nil {
		return err
	}
	err := sideBySide(ctx, len(m.files), func() func(int) error {
		return func(i int) error {
			if m.filledIn(i) {
				return a.misuse("form-filled-in", m.files[i])
			}
			return nil
		}
	})
	if err != nil {
		return err
	}
	prefilled, err := a.writeForms(ctx, m)
	switch {
	case err != nil:
		return err
	case prefill:
		a.count("form-done-prefilled", len(m.files), m.dir, prefilled, strconv.Itoa(m.past.Year))
	default:
		a.count("form-done", len(m.files), m.dir)
	}
	return nil
}

// writeForms writes the workbooks and counts those that hold answers of the earlier round.
func (a *app) writeForms(ctx context.Context, m *mailing) (prefilled int, err error) {
	bar := a.progress(len(m.files), "cli.form-progress")
	var carried atomic.Int64
	err = sideBySide(ctx, len(m.files), func() func(int) error {
		forms := workbook.NewWriter()
		return func(i int) error {
			form := m.form(i)
			if err := writeFile(m.files[i], func(w io.Writer) error { return forms.Write(w, form) }); err != nil {
				return a.fileError(m.files[i], err)
			}
			if form.CarriedFrom > 0 {
				carried.Add(1)
			}
			bar.Add(1)
			return nil
		}
	})
	bar.Finish()
	return int(carried.Load()), err
}

// sideBySide does n things, as many at a time as there are processors, until one fails. Each of those who do them is
// made by hand. The error is that of the first thing in their order that failed.
func sideBySide(ctx context.Context, n int, hand func() func(i int) error) error {
	var next atomic.Int64
	var failed atomic.Bool
	errs := make([]error, n)
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		do := hand()
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && !failed.Load(); i = int(next.Add(1)) - 1 {
				if errs[i] = ctx.Err(); errs[i] == nil {
					errs[i] = do(i)
				}
				if errs[i] != nil {
					failed.Store(true)
				}
			}
		})
	}
	workers.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// filledIn reports whether a file stands where the i-th form would go and is anything but a form as it was sent out:
// empty, or with the answers of the earlier round that it would be filled in with again. It may hold the only copy of
// an agency's answers.
func (m *mailing) filledIn(i int) bool {
	if _, err := os.Stat(m.files[i]); errors.Is(err, fs.ErrNotExist) {
		return false
	}
	w, err := importers.OpenWorkbook(m.files[i], m.round.Set, nil)
	if err != nil {
		return true
	}
	if slices.ContainsFunc(w.Problems, func(p diag.Problem) bool { return p.Place.Row > 0 }) {
		return true // something stands in a cell that is no answer
	}
	sub, carried := w.Submission, m.past.Answers(m.round.Set, m.agencies[i])
	for key, answer := range sub.Answers.All() {
		if !answer.Value.IsMissing() && !answer.Value.Equal(carried.At(key).Value) {
			return true
		}
	}
	return len(sub.Evidence) > 0 || len(sub.Remarks) > 0 || sub.Filler+sub.Approver+sub.Letter != ""
}
