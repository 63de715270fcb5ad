package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/reports"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

func (a *app) rankCommand() *cobra.Command {
	var opts struct {
		json, csv bool
		out       string
	}
	c := a.describe(&cobra.Command{Use: "rank ROUND", Args: a.takes(1, 1)}, "rank", "result")
	c.Flags().BoolVar(&opts.json, "json", false, a.say.Say("cli.flag-json"))
	c.Flags().BoolVar(&opts.csv, "csv", false, a.say.Say("cli.flag-csv"))
	c.Flags().StringVarP(&opts.out, "out", "o", "", a.say.Say("cli.flag-out-results"))
	c.MarkFlagsMutuallyExclusive("json", "csv")
	c.RunE = func(_ *cobra.Command, args []string) error {
		rank, replay := a.rank, opts.json || opts.out != "" && !opts.csv
		if replay {
			rank = a.rankToReplay
		}
		j, err := rank(args[0])
		if err != nil {
			return err
		}
		if replay {
			a.moves(args[0], j)
		}
		if err := a.writeRanking(j, opts.json, opts.csv, opts.out); err != nil {
			return err
		}
		return a.tellProblems(j.round)
	}
	return c
}

// writeRanking writes results to the file asked for, else to the output in the form asked for.
func (a *app) writeRanking(j *job, asJSON, asCSV bool, out string) error {
	encode := func(w io.Writer) error {
		return history.Encode(w, j.ranking, j.comparison, history.Options{Engine: engine})
	}
	head := []byte(resultsHead)
	if asCSV {
		encode = func(w io.Writer) error { return reports.WriteCSV(w, j.ranking, j.comparison) }
		head = csvHead(encode)
	}
	if out != "" {
		if !replaceable(out, head) {
			return a.misuse("file-not-ours", out)
		}
		if err := a.mayReplace(out); err != nil {
			return err
		}
		if err := writeFile(out, encode); err != nil {
			return a.fileError(out, err)
		}
		a.tell("written", out)
		return nil
	}
	if asJSON || asCSV {
		return encode(a.out)
	}
	var text bytes.Buffer
	for i, g := range j.ranking.Groups {
		if i > 0 {
			text.WriteByte('\n')
		}
		a.rankTable(&text, j, g)
	}
	_, err := a.out.Write(text.Bytes())
	return err
}

// resultsHead is how every results.json begins.
const resultsHead = `{"schema":"` + history.Schema + `"`

// csvHead is how the table that encode writes begins: some bytes of its header.
func csvHead(encode func(io.Writer) error) []byte {
	const long = 16
	var b bytes.Buffer
	if err := encode(&b); err != nil {
		return nil // it fails again, and is told, when the file is written
	}
	return b.Next(long)
}

// rankTable writes one agency group as a table.
func (a *app) rankTable(w io.Writer, j *job, g scoring.Group) {
	l, set := j.words, j.round.Set
	fmt.Fprintln(w, l.Say(rankTitle(g.Stats.Agencies), j.text(g.Group.Name), g.Stats.Agencies, g.Stats.Ranked))
	t := newColumns(
		head(l.Say("words.rank"), true), head(l.Say("words.agency"), false), head(l.Say("words.score"), true),
		head(l.Say("words.rating"), false), head(a.changeHead(j), false),
	)
	for _, s := range g.Standings {
		name := j.text(s.Agency.Name)
		if !s.Ranked {
			t.row("–", name, a.points(j, s.Score), "", l.Note(s.Reason))
			continue
		}
		rating := ""
		if r, ok := set.Rating(s.Rating); ok {
			rating = j.text(r.Name)
		}
		t.row(j.rank(s), name, a.points(j, s.Score), rating, a.change(j, s))
	}
	t.write(w)
	fmt.Fprintln(w, l.Say("cli.rank-stats", a.points(j, g.Stats.Mean), a.points(j, g.Stats.Median), a.points(j, g.Of)))
	a.fieldNotes(w, j, g)
}

func (a *app) changeHead(j *job) string {
	if j.comparison.Year == 0 {
		return ""
	}
	return j.words.Say("cli.change-since", fmt.Sprint(j.comparison.Year))
}

// change says the movement of a rank in words: up, down, kept, new.
func (a *app) change(j *job, s scoring.Standing) string {
	if j.comparison.Year == 0 {
		return ""
	}
	c, known := j.comparison.Agencies[s.Agency.Code]
	switch {
	case !known:
		return j.words.Say("cli.change-new")
	case !c.Moved:
		return a.notMoved(j, c)
	case c.RankChange > 0:
		return a.noted(j, c, j.words.Say("cli.change-up", c.RankChange, c.Rank, c.OfRanked))
	case c.RankChange < 0:
		return a.noted(j, c, j.words.Say("cli.change-down", -c.RankChange, c.Rank, c.OfRanked))
	default:
		return a.noted(j, c, j.words.Say("cli.change-kept", c.Rank, c.OfRanked))
	}
}

// text is a name of the round's set or data in the job's language.
func (j *job) text(name criteria.Text) string { return j.words.Text(name, j.round.Set.Languages[0]) }

// indicator names an indicator: its display number and its name.
func (j *job) indicator(ind *criteria.Indicator) string {
	return strings.TrimSpace(ind.No + " " + j.text(ind.Name))
}

// rank words the rank of a ranked agency, and that it is tied.
func (j *job) rank(s scoring.Standing) string {
	if s.Tied {
		return j.words.Say("words.tied", s.Rank)
	}
	return j.words.Say("cli.number", s.Rank)
}

// decision words a decision, with its reason.
func (j *job) decision(d submission.Decision) string {
	words := j.words.Say("cli.decision", j.words.Say("words.stage-"+d.Stage.String()), j.words.Say("words.verdict-"+d.Verdict.String()))
	if d.Reason != "" {
		words += ": " + d.Reason
	}
	return words
}

// points words points with the decimals of the total, and never fewer than they have: a maximum of 4.8 is not 5.
func (a *app) points(j *job, d decimal.Decimal) string {
	places := 0
	if p := j.round.Set.Rounding.Total; p.Round {
		places = int(p.N)
	}
	for !d.Equal(d.Truncate(int32(places))) {
		places++
	}
	return j.words.Number(d, places)
}

// rankTitle is the sentence over a group of so many agencies.
func rankTitle(agencies int) string {
	if agencies == 1 {
		return "cli.rank-title-one"
	}
	return "cli.rank-title"
}
