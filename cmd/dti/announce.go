package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/opendti/dti/reports"
	"github.com/opendti/dti/reports/announce"
	"github.com/opendti/dti/scoring/submission"
)

func (a *app) announceCommand() *cobra.Command {
	var opts struct {
		out, check string
		draft      bool
	}
	c := a.describe(&cobra.Command{Use: "announce ROUND -o DIR", Args: a.takes(1, 1)}, "announce", "result")
	c.Flags().StringVarP(&opts.out, "out", "o", "", a.say.Say("cli.flag-out-announce"))
	c.Flags().StringVar(&opts.check, "check", "", a.say.Say("cli.flag-check-announce"))
	c.Flags().BoolVar(&opts.draft, "draft", false, a.say.Say("cli.flag-draft-announce"))
	c.RunE = func(_ *cobra.Command, args []string) error {
		if (opts.out == "") == (opts.check == "") {
			return a.misuse("announce-where")
		}
		rank := a.rankToReplay
		if opts.check != "" {
			rank = a.rank
		}
		j, err := rank(args[0])
		if err != nil {
			return err
		}
		if opts.check != "" {
			return a.checkText(j, opts.check)
		}
		if opts.draft {
			j.round.Release.Status = submission.Draft
		}
		if err := a.tellProblems(j.round); err != nil && !opts.draft {
			a.tell("announce-refused", args[0])
			return err
		}
		movesInPublic(args[0], j)
		return a.announce(j, opts.out)
	}
	return c
}

// announce writes the announcement and says where it is.
func (a *app) announce(j *job, out string) error {
	done, err := reports.Announce(out, reports.Announcement{Ranking: j.ranking, Comparison: j.comparison})
	switch {
	case errors.Is(err, reports.ErrNotAnnouncement):
		return a.misuse("announce-not-ours", out)
	case errors.Is(err, reports.ErrDraftOverFinal):
		return a.misuse("announce-draft-over-final", out)
	case err != nil:
		return err
	}
	if done.Draft {
		a.tell("announce-draft")
	}
	a.tell("announce-done", done.Files, out, done.First)
	return nil
}

// maxText is the longest text that is checked: an announcement has some pages.
const maxText = 1 << 20

// checkText tells what an edited text says that the results do not.
func (a *app) checkText(j *job, name string) error {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() || info.Size() > maxText {
		return a.misuse("announce-not-text", name)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		return a.misuse("announce-not-text", name)
	}
	problems := announce.Read(name, string(data), j.ranking, j.comparison, j.words)
	for _, p := range problems {
		fmt.Fprintln(a.err, a.say.Problem(p))
	}
	if len(problems) > 0 {
		a.count("announce-differs", len(problems))
		return errProblems
	}
	a.tell("announce-agrees", name)
	return nil
}
