package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// A job is a round that was opened, ranked and compared with the earlier ones.
type job struct {
	round   *submission.Round
	ranking *scoring.Ranking
	// pasts are all earlier rounds, re-based on the agencies of today, the latest first.
	pasts []*history.Past
	// comparison is with the latest of them, and holds the trend over all.
	comparison history.Comparison
	before     *criteria.Set // that the latest of them was scored by; nil: not known, or not asked for
	// words are the app's language with the set's own terms.
	words *locale.Locale
}

// open opens a round, with a progress bar where it has many files, and tells what changed since it was closed.
func (a *app) open(dir string) (*submission.Round, error) {
	var bar progress
	round, err := importers.OpenWith(dir, importers.Options{Progress: func(done, total int) {
		if done == 1 {
			bar = a.progress(total, "cli.open-progress")
		}
		bar.Add(1)
	}})
	bar.Finish()
	if err != nil {
		return nil, err
	}
	for _, p := range sinceClosed(dir, round) {
		fmt.Fprintln(a.err, a.problemLine(p)) // whatever the command tells besides
		round.Problems.Add(p)
	}
	if n := len(round.AwaitingReview()); n > 0 {
		round.Problems.Warn(diag.Place{File: settingsFile}, "review-unfinished", n)
	}
	return round, nil
}

// rank opens and ranks a round and compares it with the earlier ones. Unsettled errors make it a draft, and so does
// a required review that is not done.
func (a *app) rank(dir string) (*job, error) {
	return a.rankAfter(dir, readPast)
}

// rankToReplay is rank where it will be told why ranks moved: an earlier round is read with what that takes at once.
func (a *app) rankToReplay(dir string) (*job, error) {
	return a.rankAfter(dir, readToReplay)
}

// rankAfter ranks a round while what the earlier ones were is read: neither asks the other.
func (a *app) rankAfter(dir string, read pastReader) (*job, error) {
	round, err := a.open(dir)
	if err != nil {
		return nil, err
	}
	j := &job{round: round, words: a.say.WithTerms(round.Set.Terms)}
	var ranked sync.WaitGroup
	ranked.Go(func() { j.ranking = scoring.Rank(round) })
	pasts := a.earlierRounds(dir, round, read)
	ranked.Wait()
	a.released(round)
	j.pasts = history.RebaseAll(j.ranking, pasts)
	j.comparison = history.CompareAll(j.ranking, j.pasts)
	return j, nil
}

// released makes the round a draft where it is not fit for more, and says so where errors, which are told anyway, are not
// the reason.
func (a *app) released(round *submission.Round) {
	status := round.ReleaseStatus()
	if status != round.Release.Status && round.Problems.Stopping() == 0 {
		for _, p := range round.Problems {
			if p.Kind == "review-unfinished" {
				fmt.Fprintln(a.err, a.problemLine(p))
			}
		}
	}
	round.Release.Status = status
}

// previous reads the earlier results that round.yaml names and returns the latest; nil where there are none.
func (a *app) previous(dir string, round *submission.Round) *history.Past {
	return history.Latest(a.earlierRounds(dir, round, readPast))
}

// earlierRounds reads the earlier results that round.yaml names, as they were published. What cannot be read, and a
// lineage that does not fit them, is a problem of the round.
func (a *app) earlierRounds(dir string, round *submission.Round, read pastReader) []*history.Past {
	var pasts []*history.Past
	for _, file := range round.Previous {
		past, err := read(dir, file, round)
		if problems, ok := asProblems(err); ok {
			round.Problems = append(round.Problems, problems...)
			continue
		}
		if err != nil {
			round.Problems.Fault(file.Place, "previous-unreadable", file.Path, strings.TrimRight(a.explainError(err), "."))
			continue
		}
		if past.RoundID != "" && slices.ContainsFunc(pasts, func(p *history.Past) bool { return p.RoundID == past.RoundID && p.Year == past.Year }) {
			round.Problems.Warn(file.Place, "previous-twice", file.Path, past.RoundID)
			continue
		}
		pasts = append(pasts, past)
	}
	round.Problems = append(round.Problems, history.CheckLineage(round, pasts)...)
	return pasts
}

func asProblems(err error) (diag.Problems, bool) {
	problems, ok := err.(diag.Problems) //nolint:errorlint // readers return their problems unwrapped
	return problems, ok
}

// A pastReader reads earlier results that the round.yaml in dir names.
type pastReader func(dir string, file submission.PreviousFile, round *submission.Round) (*history.Past, error)

func readPast(dir string, file submission.PreviousFile, round *submission.Round) (*history.Past, error) {
	if !isResults(file) {
		return pastTable(filepath.Join(dir, filepath.FromSlash(file.Path)), file, round)
	}
	return readResults(dir, file, history.Decode)
}

// isResults reports whether earlier results are a results.json, not a plain table.
func isResults(file submission.PreviousFile) bool {
	return strings.HasSuffix(strings.ToLower(file.Path), ".json")
}

// readResults reads an earlier results.json of a round in dir.
func readResults(dir string, file submission.PreviousFile, decode func(string, io.Reader) (*history.Past, error)) (*history.Past, error) {
	name := filepath.Join(dir, filepath.FromSlash(file.Path))
	// What is no plain file, such as a pipe, might never end.
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: file.Path, Err: errors.ErrUnsupported}
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return decode(file.Path, f)
}

// pastTable reads an older result table. One that names no year is of the year before the round.
func pastTable(name string, file submission.PreviousFile, round *submission.Round) (*history.Past, error) {
	rows, problems := importers.ReadStandings(name)
	if err := problems.Err(); err != nil {
		return nil, problems
	}
	year := file.Year
	if year == 0 {
		year = round.Year - 1
	}
	past, problems := history.FromStandings(year, file.Criteria, rows)
	if err := problems.Err(); err != nil {
		return nil, problems
	}
	return past, nil
}

// tellProblems writes the unsettled errors of a round, and how many there are. It returns
// errProblems where some stop the publication.
func (a *app) tellProblems(round *submission.Round) error {
	for _, p := range ownProblems(round.Problems) {
		if p.Severity == diag.Error && !p.Settled {
			fmt.Fprintln(a.err, a.problemLine(p))
		}
	}
	stopping := round.Problems.Stopping()
	if stopping > 0 {
		a.count("problems-stop", stopping)
		return errProblems
	}
	return nil
}

// problemLine is one problem with its severity and whether it is settled.
func (a *app) problemLine(p diag.Problem) string {
	line := a.say.Problem(p)
	switch {
	case p.Settled:
		return a.say.Say("cli.problem-settled", line)
	case p.Severity == diag.Warning:
		return a.say.Say("cli.problem-warning", line)
	case p.Severity == diag.Info:
		return a.say.Say("cli.problem-info", line)
	default:
		return line
	}
}
