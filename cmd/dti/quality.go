package main

import (
	"cmp"
	"fmt"
	"io"
	"strconv"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/appraisal"
	"github.com/opendti/dti/scoring/submission"
)

func (a *app) qualityCommand() *cobra.Command {
	var opts struct {
		all    bool
		sample int
		seed   uint64
	}
	c := a.describe(&cobra.Command{Use: "quality ROUND [--all] [--sample N [--seed N]]", Args: a.takes(1, 1)}, "quality", "collect")
	c.Flags().BoolVar(&opts.all, "all", false, a.say.Say("cli.flag-quality-all"))
	c.Flags().IntVar(&opts.sample, "sample", 0, a.say.Say("cli.flag-sample"))
	c.Flags().Uint64Var(&opts.seed, "seed", 1, a.say.Say("cli.flag-seed"))
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if cmd.Flags().Changed("sample") && opts.sample < 1 {
			return a.misuse("sample-size", opts.sample)
		}
		j, err := a.rank(args[0])
		if err != nil {
			return err
		}
		q := quality{app: a, job: j, w: a.out, most: mostListed}
		if opts.all {
			q.most = -1
		}
		if opts.sample > 0 {
			q.sample(appraisal.Sample(j.round, opts.sample, opts.seed), opts.seed)
		} else {
			q.text(appraisal.Judge(j.ranking))
		}
		return a.stops(j.round)
	}
	return c
}

// mostListed is how many lines a list has unless all are asked for.
const mostListed = 10

// A quality tells how a round was reviewed. It is confidential.
type quality struct {
	*app
	job  *job
	w    io.Writer
	most int // lines of a list; below 0: all
}

func (q quality) say(key string, args ...any) string {
	return q.job.words.Say("cli.quality-"+key, args...)
}

func (q quality) name(t criteria.Text) string {
	return q.job.text(t)
}

func (q quality) text(judged appraisal.Quality) {
	items := len(q.job.round.ReviewItems())
	fmt.Fprintln(q.w, q.say("title", items-len(judged.Missed), items))
	q.claims(judged.Claims)
	q.reviewers(judged.Reviewers)
	list(q, "bare", judged.Bare, func(b appraisal.Bare) string {
		key := "bare-line"
		if b.Decision != nil {
			key = "bare-decided"
		}
		return q.say(key, q.name(b.Agency.Name), q.job.indicator(b.Indicator), q.points(q.job, b.Score))
	})
	list(q, "shared", judged.Shared, func(s appraisal.Shared) string {
		uses := make([]string, len(s.Uses))
		for i, u := range s.Uses {
			uses[i] = q.say("use", q.name(u.Agency.Name), q.job.indicator(u.Indicator))
		}
		return q.say("shared-line", s.Text, uses)
	})
	astray := "astray"
	if q.job.round.From == "" && q.job.round.To == "" {
		astray = "astray-unknown"
	}
	list(q, astray, judged.Astray, func(s appraisal.Astray) string {
		return q.say("astray-line", q.name(s.Agency.Name), q.job.indicator(s.Indicator), s.Text, s.Day)
	})
	list(q, "missed", judged.Missed, q.item)
}

// list writes a list under its sentence, or that there is nothing. What is not shown is counted.
func list[T any](q quality, key string, all []T, line func(T) string) {
	fmt.Fprintln(q.w)
	if len(all) == 0 {
		fmt.Fprintln(q.w, q.say(key+"-none"))
		return
	}
	fmt.Fprintln(q.w, q.say(key, len(all)))
	for i, item := range all {
		if q.most >= 0 && i == q.most {
			fmt.Fprintln(q.w, "  "+q.say("more", len(all)-i))
			return
		}
		fmt.Fprintln(q.w, "  "+line(item))
	}
}

func (q quality) item(i submission.Item) string {
	a, _ := q.job.round.Agency(i.Agency)
	return q.say("item", q.name(a.Name), q.job.indicator(i.Indicator), q.verifier(i.Indicator))
}

// verifier is who appraises an indicator: the printed name, else the code.
func (q quality) verifier(ind *criteria.Indicator) string {
	if ind.Verifier == "" {
		return q.say("no-verifier")
	}
	return cmp.Or(q.name(q.job.round.VerifierName(ind.Verifier)), ind.Verifier)
}

// claims writes claimed against final totals, those first that claimed most too much.
func (q quality) claims(claims []appraisal.Claim) {
	fmt.Fprintln(q.w)
	fmt.Fprintln(q.w, q.say("claims"))
	l := q.job.words
	t := newColumns(
		head(l.Say("words.agency"), false), head(q.say("claimed"), true), head(q.say("final"), true), head(q.say("gap"), true),
		head(q.say("lowered"), true), head(q.say("raised"), true), head(q.say("decided"), true),
	)
	for i, c := range claims {
		if q.most >= 0 && i == q.most {
			break
		}
		s := c.Standing
		t.row(q.name(s.Agency.Name), q.points(q.job, s.Claimed), q.points(q.job, s.Score), q.signed(c.Gap), strconv.Itoa(c.Lowered), strconv.Itoa(c.Raised), strconv.Itoa(c.Decided))
	}
	t.write(q.w)
	if n := len(claims) - q.most; q.most >= 0 && n > 0 {
		fmt.Fprintln(q.w, q.say("more", n))
	}
}

// signed words points with their sign and the decimals of the total.
func (q quality) signed(d decimal.Decimal) string {
	places := 0
	if p := q.job.round.Set.Rounding.Total; p.Round {
		places = int(p.N)
	}
	return q.job.words.Signed(d, places)
}

// reviewers writes how much each took off, and what others did on the same indicators.
func (q quality) reviewers(all []appraisal.Reviewer) {
	fmt.Fprintln(q.w)
	if len(all) == 0 {
		fmt.Fprintln(q.w, q.say("reviewers-none"))
		return
	}
	fmt.Fprintln(q.w, q.say("reviewers"))
	t := newColumns(
		head(q.say("reviewer"), false), head(q.say("decided"), true), head(q.say("lowered"), true), head(q.say("raised"), true),
		head(q.say("cut"), true), head(q.say("compared"), true), head(q.say("own-cut"), true), head(q.say("others-cut"), true),
	)
	for _, r := range all {
		name := r.Name
		if name == "" {
			name = q.say("no-reviewer")
		}
		own, others := "–", "–"
		if r.Compared > 0 {
			own, others = q.share(r.OwnCut), q.share(r.OthersCut)
		}
		t.row(name, strconv.Itoa(r.Decided), strconv.Itoa(r.Lowered), strconv.Itoa(r.Raised), q.share(r.Cut), strconv.Itoa(r.Compared), own, others)
	}
	t.write(q.w)
	fmt.Fprintln(q.w, q.say("reviewers-note"))
}

// share words a share of points as a percentage.
func (q quality) share(d decimal.Decimal) string {
	return q.job.words.Percent(rule.Whole(d))
}

// sample writes the items drawn for a second look.
func (q quality) sample(items []submission.Item, seed uint64) {
	fmt.Fprintln(q.w, q.say("sample", len(items), fmt.Sprint(seed)))
	for _, i := range items {
		fmt.Fprintln(q.w, "  "+q.item(i))
	}
}
