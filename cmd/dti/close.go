package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// sealedFile is where the results of a closed round stand, in its folder. It is no input of the round.
const sealedFile = "results.json"

func (a *app) closeCommand() *cobra.Command {
	var on string
	c := a.describe(&cobra.Command{Use: "close ROUND [--on DATE]", Args: a.takes(1, 1)}, "close", "collect")
	c.Flags().StringVar(&on, "on", "", a.say.Say("cli.flag-on"))
	c.RunE = func(cmd *cobra.Command, args []string) error {
		day, err := a.day(cmd, on)
		if err != nil {
			return err
		}
		return a.closeRound(args[0], day)
	}
	return c
}

// closeRound ranks a round and seals its inputs. What changed since it was closed before has been told when it was
// opened, and is no problem of the new results.
func (a *app) closeRound(dir string, day rule.Date) error {
	out := filepath.Join(dir, sealedFile)
	if !replaceable(out, []byte(resultsHead)) {
		return a.misuse("file-not-ours", out)
	}
	before, _ := sealOf(out) // what cannot be read is told when the round is opened
	j, err := a.rankToReplay(dir)
	if err != nil {
		return err
	}
	if ofAnother(before, j.round) {
		return a.misuse("close-other-round", out, before.Round, strconv.Itoa(before.Year))
	}
	changes := len(j.round.Problems)
	j.round.Problems = ownProblems(j.round.Problems)
	changes -= len(j.round.Problems)
	if err := a.tellProblems(j.round); err != nil {
		a.tell("close-refused", out)
		return err
	}
	a.moves(dir, j)
	if err := writeFile(out, func(w io.Writer) error {
		return history.Encode(w, j.ranking, j.comparison, history.Options{Engine: engine, Closed: day})
	}); err != nil {
		return a.fileError(out, err)
	}
	switch {
	case before.Closed == "":
	case changes > 0:
		a.tell("close-again", before.Closed, changes)
	default:
		a.tell("close-same", before.Closed)
	}
	a.tell("close-done", out, len(j.round.Files), day)
	if j.round.Release.Status == submission.Draft {
		a.tell("close-draft")
	}
	return nil
}

// sealOf reads what a results.json says of the files that it was made from; the zero Seal where there is no such file,
// or it is something else.
func sealOf(name string) (history.Seal, error) {
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() || !replaceable(name, []byte(resultsHead)) {
		return history.Seal{}, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return history.Seal{}, err
	}
	defer f.Close()
	return history.DecodeSeal(sealedFile, f)
}

// ofAnother reports whether results.json is that of another round, as in a folder that was copied to begin the next one.
func ofAnother(seal history.Seal, round *submission.Round) bool {
	return seal.Round != "" && (seal.Round != round.ID || seal.Year != round.Year)
}

// sinceClosed are the files of a round that changed since it was closed, each a Warning; none where it was not.
func sinceClosed(dir string, round *submission.Round) diag.Problems {
	var changes diag.Problems
	seal, err := sealOf(filepath.Join(dir, sealedFile))
	if err != nil {
		changes.Warn(diag.Place{File: sealedFile}, "closed-unreadable")
		return changes
	}
	if seal.Closed == "" {
		return nil
	}
	if ofAnother(seal, round) {
		if named := func(f submission.PreviousFile) bool { return f.Path == sealedFile }; slices.ContainsFunc(round.Previous, named) {
			return nil
		}
		changes.Warn(diag.Place{File: sealedFile}, "closed-other-round", seal.Round, strconv.Itoa(seal.Year))
		return changes
	}
	sealed := map[string]string{}
	for _, f := range seal.Inputs {
		sealed[f.Name] = f.SHA256
	}
	for _, f := range round.Files {
		switch was, there := sealed[f.Name]; {
		case !there:
			changes.Warn(diag.Place{File: f.Name}, "closed-added", seal.Closed)
		case was != f.SHA256:
			changes.Warn(diag.Place{File: f.Name}, "closed-changed", seal.Closed)
		}
		delete(sealed, f.Name)
	}
	for _, f := range seal.Inputs {
		if _, gone := sealed[f.Name]; gone {
			changes.Warn(diag.Place{File: f.Name}, "closed-gone", seal.Closed)
		}
	}
	return changes.Sorted()
}

// sinceClosing reports whether a problem is one of sinceClosed.
func sinceClosing(p diag.Problem) bool { return strings.HasPrefix(p.Kind, "closed-") }

// ownProblems are the problems without those of sinceClosed.
func ownProblems(all diag.Problems) diag.Problems {
	return slices.DeleteFunc(slices.Clone(all), sinceClosing)
}

// unsealed is the round as agencies are told of it: without what changed since it was closed.
func unsealed(round *submission.Round) *submission.Round {
	own := *round
	own.Problems = ownProblems(round.Problems)
	return &own
}

// mayReplace refuses to write over results that seal a round.
func (a *app) mayReplace(name string) error {
	seal, err := sealOf(name)
	if errors.Is(err, fs.ErrPermission) {
		return err
	}
	if seal.Closed != "" {
		return a.misuse("results-sealed", name, seal.Closed)
	}
	return nil
}
