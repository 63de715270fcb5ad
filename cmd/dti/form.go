package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/submission"
)

func (a *app) formCommand() *cobra.Command {
	var opts struct{ out, agency string }
	c := a.describe(&cobra.Command{Use: "form ROUND [-o DIR] [--agency CODE]", Args: a.takes(1, 1)}, "form", "prepare")
	c.Flags().StringVarP(&opts.out, "out", "o", "", a.say.Say("cli.flag-out-forms"))
	c.Flags().StringVar(&opts.agency, "agency", "", a.say.Say("cli.flag-agency"))
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
		if opts.out == "" {
			opts.out = filepath.Join(args[0], "forms")
		}
		return a.forms(cmd, round, agencies, opts.out)
	}
	return c
}

// filledIn reports whether a file stands where a form would go and is anything but an empty form: it may hold the only
// copy of an agency's answers.
func (a *app) filledIn(name string, round *submission.Round) bool {
	if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
		return false
	}
	w, err := importers.OpenWorkbook(name, round.Set, nil)
	if err != nil {
		return true
	}
	for _, answer := range w.Submission.Answers.All() {
		if !answer.Value.IsMissing() {
			return true
		}
	}
	return len(w.Submission.Evidence) > 0 || len(w.Submission.Remarks) > 0
}

// forms writes one workbook per agency into a folder.
func (a *app) forms(cmd *cobra.Command, round *submission.Round, agencies []submission.Agency, dir string) error {
	if len(agencies) == 0 {
		return a.misuse("form-no-agencies")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	lang := a.say.Lang()
	bar := a.progress(len(agencies), "cli.form-progress")
	taken := map[string]bool{}
	for _, agency := range agencies {
		if err := cmd.Context().Err(); err != nil {
			return err
		}
		name := filepath.Join(dir, view.FileName(agency.Code, taken)+".xlsx")
		if a.filledIn(name, round) {
			return a.misuse("form-filled-in", name)
		}
		form := workbook.Form{Set: round.Set, Round: workbook.Round{ID: round.ID, Title: round.Title, Year: round.Year}, Agency: agency, Lang: lang}
		if err := writeFile(name, func(w io.Writer) error { return workbook.Write(w, form) }); err != nil {
			return a.fileError(name, err)
		}
		bar.Add(1)
	}
	bar.Finish()
	a.tell("form-done", len(agencies), dir)
	return nil
}
