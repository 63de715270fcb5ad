package main

import (
	"context"
	"errors"
	"os"

	"github.com/spf13/cobra"

	"github.com/opendti/dti/reports"
	"github.com/opendti/dti/scoring/submission"
)

func (a *app) publishCommand() *cobra.Command {
	var opts struct {
		out, confidential, echarts string
		draft                      bool
	}
	c := a.describe(&cobra.Command{Use: "publish ROUND -o DIR [--confidential DIR]", Args: a.takes(1, 1)}, "publish", "result")
	c.Flags().StringVarP(&opts.out, "out", "o", "", a.say.Say("cli.flag-out-site"))
	c.Flags().StringVar(&opts.confidential, "confidential", "", a.say.Say("cli.flag-confidential"))
	c.Flags().BoolVar(&opts.draft, "draft", false, a.say.Say("cli.flag-draft"))
	c.Flags().StringVar(&opts.echarts, "echarts", "", a.say.Say("cli.flag-echarts"))
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if opts.out == "" {
			return a.misuse("publish-where")
		}
		j, err := a.rankToReplay(args[0])
		if err != nil {
			return err
		}
		movesOnSite(args[0], j)
		if opts.draft {
			j.round.Release.Status = submission.Draft
		}
		if err := a.tellProblems(j.round); err != nil && !opts.draft {
			a.tell("publish-refused", args[0])
			return err
		}
		return a.publish(cmd.Context(), j, opts.out, opts.confidential, opts.echarts)
	}
	return c
}

// publish writes the site, and what is confidential where a folder is named for it, and says where they are.
func (a *app) publish(ctx context.Context, j *job, out, confidential, echarts string) error {
	p := reports.Publication{Ranking: j.ranking, Comparison: j.comparison, Engine: engine, Confidential: confidential, Before: j.before}
	if echarts != "" {
		data, err := os.ReadFile(echarts)
		if err != nil {
			return err
		}
		p.ECharts = data
	}
	bar := a.progress(len(j.round.Agencies)*len(j.round.Set.Languages), "cli.publish-progress")
	p.Progress = func() { bar.Add(1) }
	done, err := reports.Publish(ctx, out, p)
	bar.Finish()
	if err != nil {
		return a.publishError(out, confidential, j.round.ID, err)
	}
	if !done.Charts {
		a.tell("publish-static")
	}
	if done.Draft {
		a.tell("publish-draft")
	}
	a.tell("publish-done", done.Files, out, done.Home)
	if confidential != "" {
		a.tell("confidential-done", done.Hidden, confidential, done.Dossier)
	}
	return nil
}

// publishError says what to do about a folder that cannot be published into.
func (a *app) publishError(out, confidential, round string, err error) error {
	needs, correction := errors.AsType[reports.NeedsCorrection](err)
	of, other := errors.AsType[reports.OtherRound](err)
	rounds, alike := errors.AsType[reports.RoundsAlike](err)
	switch {
	case alike:
		return a.misuse("publish-rounds-alike", out, rounds.Other, rounds.Round)
	case errors.Is(err, reports.ErrNotSite):
		return a.misuse("publish-not-site", out)
	case errors.Is(err, reports.ErrNotConfidential):
		return a.misuse("confidential-not-own", confidential)
	case errors.Is(err, reports.ErrOverlap):
		return a.misuse("confidential-overlap", confidential, out)
	case other:
		return a.misuse("confidential-other-round", confidential, of.Round)
	case errors.Is(err, reports.ErrDraftOverFinal):
		return a.misuse("publish-draft-over-final", out, round)
	case correction:
		return a.misuse("publish-needs-correction", needs.Round, needs.Was, needs.Was+1)
	default:
		return err
	}
}
