package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/appraisal"
	"github.com/opendti/dti/scoring/submission"
)

func (a *app) appealsCommand() *cobra.Command {
	var asJSON bool
	c := a.describe(&cobra.Command{Use: "appeals ROUND [--json]", Args: a.takes(1, 1)}, "appeals", "collect")
	c.Flags().BoolVar(&asJSON, "json", false, a.say.Say("cli.flag-json"))
	c.RunE = func(_ *cobra.Command, args []string) error {
		j, err := a.rank(args[0])
		if err != nil {
			return err
		}
		h := hearing{app: a, job: j, w: a.out, stakes: appraisal.Appeals(j.ranking)}
		if asJSON {
			err = h.json()
		} else {
			h.text()
		}
		if err != nil {
			return err
		}
		return a.stops(j.round)
	}
	return c
}

// A hearing tells what hangs on every appeal, before it is decided. It is confidential.
type hearing struct {
	*app
	job    *job
	w      io.Writer
	stakes []appraisal.Stake
}

func (h hearing) name(t criteria.Text) string {
	return h.job.text(t)
}

func (h hearing) say(key string, args ...any) string {
	return h.job.words.Say("cli.appeals-"+key, args...)
}

func (h hearing) text() {
	if len(h.stakes) == 0 {
		fmt.Fprintln(h.w, h.say("none"))
		return
	}
	count := func(s appraisal.State) (n int) {
		for _, stake := range h.stakes {
			if stake.State == s {
				n++
			}
		}
		return n
	}
	fmt.Fprintln(h.w, h.say("title", len(h.stakes), count(appraisal.Open), count(appraisal.Decided), count(appraisal.Withdrawn)))
	for i, s := range h.stakes {
		fmt.Fprintln(h.w)
		h.stake(i+1, s)
	}
	if n := count(appraisal.Open); n > 1 {
		fmt.Fprintln(h.w)
		h.together(n)
	}
}

// stake tells one appeal: who asks for what, and what changes.
func (h hearing) stake(n int, s appraisal.Stake) {
	fmt.Fprintln(h.w, h.say("head", n, h.name(s.Before.Agency.Name), h.subject(s), h.say("state-"+s.State.String())))
	tell := func(line string) { fmt.Fprintln(h.w, "   "+line) }
	tell(h.say("reason", s.Objection.Reason))
	if s.State == appraisal.Withdrawn {
		tell(h.say("withdrawn-on", s.Objection.Withdrawn))
		return
	}
	tell(h.asks(s))
	if d := s.Decision; d != nil {
		tell(h.say("decision", h.job.decision(*d)))
	}
	tell(h.change(s))
	if len(s.Displaced) > 0 {
		tell(h.say("displaced", h.moves(s.Displaced)))
	}
	if !s.Moves() {
		tell(h.say("moves-nothing"))
	}
}

// moves says of agencies which rank they had and which they would have.
func (h hearing) moves(all []appraisal.Displaced) []string {
	moved := make([]string, len(all))
	for i, d := range all {
		moved[i] = h.say("moved", h.name(d.After.Agency.Name), h.rank(d.Before), h.rank(d.After))
	}
	return moved
}

// subject names what an appeal is about.
func (h hearing) subject(s appraisal.Stake) string {
	if s.Indicator == nil {
		in, _ := h.job.round.Set.Figure(s.Objection.Input)
		return h.say("figure", h.name(in.Name))
	}
	return h.job.indicator(s.Indicator)
}

// asks says what the agency asks for, against what it claimed and has.
func (h hearing) asks(s appraisal.Stake) string {
	o := s.Objection
	switch {
	case o.Points.Set:
		return h.say("asks-points", h.points(h.job, o.Points.Value), h.points(h.job, s.PointsBefore))
	case o.Value.IsMissing():
		return h.say("asks-claim")
	}
	in, _ := h.input(s)
	key := submission.Key{Indicator: o.Indicator, Input: in.ID}
	final, _ := h.job.ranking.Final(o.Agency)
	word := func(v submission.Answer) string {
		return view.Answer(h.job.words, h.job.round.Set.Languages[0], s.Indicator, in, v.Value)
	}
	claimed := h.job.round.Submissions[o.Agency]
	return h.say("asks-value", word(submission.Answer{Value: o.Value}), word(claimed.Answers.At(key)), word(final.Submission.Answers.At(key)))
}

// input is the input that an appeal asks another value for.
func (h hearing) input(s appraisal.Stake) (in criteria.Input, ok bool) {
	inputs := h.job.round.Set.Figures
	if s.Indicator != nil {
		inputs = s.Indicator.Inputs
	}
	for _, in := range inputs {
		if in.ID == s.Objection.Input || s.Objection.Input == "" && len(inputs) == 1 {
			return in, true
		}
	}
	return criteria.Input{}, false
}

// change says what the appeal changes of the agency's own place.
func (h hearing) change(s appraisal.Stake) string {
	key := "if-upheld"
	if s.State == appraisal.Decided {
		key = "by-decision"
	}
	line := h.say(key, h.points(h.job, s.Before.Score), h.points(h.job, s.After.Score), h.rank(s.Before), h.rank(s.After))
	if s.Before.Rating != s.After.Rating {
		line += " " + h.say("rating", h.rating(s.Before), h.rating(s.After))
	}
	return line
}

func (h hearing) rank(s scoring.Standing) string {
	if !s.Ranked {
		return h.say("unranked")
	}
	return h.job.rank(s)
}

func (h hearing) rating(s scoring.Standing) string {
	r, ok := h.job.round.Set.Rating(s.Rating)
	if !ok {
		return h.job.words.Say("site.no-figure")
	}
	return h.name(r.Name)
}

// together says whose rank changes if every open appeal is upheld.
func (h hearing) together(open int) {
	moved := h.moves(appraisal.Together(h.job.ranking))
	if len(moved) == 0 {
		fmt.Fprintln(h.w, h.say("together-nothing", open))
		return
	}
	fmt.Fprintln(h.w, h.say("together", open, len(moved), moved))
}

// heard is what `dti appeals --json` writes, dti.appeals/v1: ranks of who is not ranked are null.
type heard struct {
	Schema  string        `json:"schema"`
	Round   string        `json:"round"`
	Appeals []heardAppeal `json:"appeals"`
}

type heardAppeal struct {
	Agency    string       `json:"agency"`
	Indicator string       `json:"indicator"`
	Input     string       `json:"input,omitempty"`
	State     string       `json:"state"`
	Reason    string       `json:"reason"`
	Filed     string       `json:"filed,omitempty"`
	Before    heardPlace   `json:"before"`
	After     heardPlace   `json:"after"`
	Moves     bool         `json:"moves"`
	Displaced []heardMoved `json:"displaced"`
}

type heardPlace struct {
	Score  json.Number `json:"score"`
	Rank   *int        `json:"rank"`
	Rating string      `json:"rating,omitempty"`
	Points json.Number `json:"points"` // of the indicator
}

type heardMoved struct {
	Agency string `json:"agency"`
	Before *int   `json:"rank_before"`
	After  *int   `json:"rank"`
}

func (h hearing) json() error {
	out := heard{Schema: "dti.appeals/v1", Round: h.job.round.ID, Appeals: []heardAppeal{}}
	for _, s := range h.stakes {
		o := heardAppeal{
			Agency: s.Objection.Agency, Indicator: s.Objection.Indicator, Input: s.Objection.Input, State: s.State.String(),
			Reason: s.Objection.Reason, Filed: string(s.Objection.Filed), Moves: s.Moves(), Displaced: []heardMoved{},
			Before: placeOf(s.Before, s.PointsBefore),
			After:  placeOf(s.After, s.PointsAfter),
		}
		for _, d := range s.Displaced {
			o.Displaced = append(o.Displaced, heardMoved{d.Before.Agency.Code, rankOrNull(d.Before), rankOrNull(d.After)})
		}
		out.Appeals = append(out.Appeals, o)
	}
	return h.encode(out)
}

func rankOrNull(s scoring.Standing) *int {
	if !s.Ranked {
		return nil
	}
	return &s.Rank
}

func placeOf(s scoring.Standing, points decimal.Decimal) heardPlace {
	return heardPlace{number(s.Score), rankOrNull(s), s.Rating, number(points)}
}
