package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/calendar"
	"github.com/opendti/dti/scoring/submission"
)

func (a *app) statusCommand() *cobra.Command {
	var opts struct {
		on, remind string
		json       bool
	}
	c := a.describe(&cobra.Command{Use: "status ROUND [--on DATE] [--remind DIR]", Args: a.takes(1, 1)}, "status", "collect")
	c.Flags().StringVar(&opts.on, "on", "", a.say.Say("cli.flag-on"))
	c.Flags().StringVar(&opts.remind, "remind", "", a.say.Say("cli.flag-remind"))
	c.Flags().BoolVar(&opts.json, "json", false, a.say.Say("cli.flag-status-json"))
	c.MarkFlagsMutuallyExclusive("json", "remind")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		day, err := a.day(cmd, opts.on)
		if err != nil {
			return err
		}
		round, err := a.open(args[0])
		if err != nil {
			return err
		}
		for _, p := range settingsFaults(round) {
			fmt.Fprintln(a.err, a.problemLine(p))
		}
		s := standing{round: round, status: calendar.On(round, day), dir: args[0]}
		switch {
		case cmd.Flags().Changed("remind"):
			err = a.remind(s, opts.remind)
		case opts.json:
			err = a.encode(statusOf(s))
		default:
			a.writeStatus(a.out, s)
		}
		if err != nil {
			return err
		}
		return a.stops(round)
	}
	return c
}

// day reads the day of --on; today where it is not given. A blank one, as of a script whose variable is not set, is no day.
func (a *app) day(cmd *cobra.Command, on string) (rule.Date, error) {
	if !cmd.Flags().Changed("on") {
		return rule.Date(time.Now().Format(time.DateOnly)), nil
	}
	if _, err := time.Parse(time.DateOnly, on); err != nil {
		return "", a.misuse("bad-day", on)
	}
	return rule.Date(on), nil
}

// A standing is how a round stands on a day.
type standing struct {
	round  *submission.Round
	status calendar.Status
	dir    string // as the user named it
}

// A duty words a standing, and who owes what in it, in one language, with the set's own terms.
type duty struct {
	standing
	words *locale.Locale
}

func (s standing) in(l *locale.Locale) duty { return duty{s, l.WithTerms(s.round.Set.Terms)} }

func (t duty) text(name criteria.Text) string {
	return t.words.Text(name, t.round.Set.Languages[0])
}

// writeStatus writes the steps, who owes what, who was late, what silence means, and the next command.
func (a *app) writeStatus(w io.Writer, s standing) {
	t := s.in(a.say)
	fmt.Fprintln(w, t.words.Say("cli.status-title", t.text(s.round.Title), s.status.Day))
	fmt.Fprintln(w)
	switch {
	case len(s.status.Stages) > 0:
		t.stages().write(w)
	case len(settingsFaults(s.round)) > 0:
		fmt.Fprintln(w, t.words.Say("cli.status-broken-calendar"))
	default:
		fmt.Fprintln(w, t.words.Say("cli.status-no-calendar"))
		fmt.Fprintln(w)
		fmt.Fprintln(w, exampleCalendar(s.round.Year+1))
	}
	fmt.Fprintln(w)
	if s.status.Owed() {
		fmt.Fprintln(w, t.words.Say("cli.status-owed"))
		t.owed().write(w)
	} else {
		fmt.Fprintln(w, t.words.Say("cli.status-nothing-owed"))
	}
	if len(s.status.Late) > 0 {
		fmt.Fprintln(w)
		fmt.Fprintln(w, t.words.Say("cli.status-sent-late"))
	}
	for _, late := range s.status.Late {
		fmt.Fprintln(w, "  "+t.words.Say("cli.status-sent-late-line",
			t.text(late.Agency.Name), late.Received, late.Until, late.Late(), t.penalty(late.Penalty)))
	}
	fmt.Fprintln(w)
	if silence := t.silence(); silence != "" {
		fmt.Fprintln(w, silence)
	}
	if t.pressing() {
		fmt.Fprintln(w, t.words.Say("cli.status-next-remind", t.dir))
	}
	fmt.Fprintln(w, t.next())
}

// settingsFaults are the Errors in round.yaml, where the calendar stands.
func settingsFaults(round *submission.Round) diag.Problems {
	return slices.DeleteFunc(slices.Clone(round.Problems), func(p diag.Problem) bool {
		return p.Severity != diag.Error || p.Place.File != settingsFile
	})
}

// exampleCalendar is a calendar to copy, of a round whose work is done in a year.
func exampleCalendar(year int) string {
	return fmt.Sprintf(`calendar:
  submission: {from: %[1]d-01-05, until: %[1]d-01-31}
  review: {until: %[1]d-02-28, silence: hold}
  appeal: {until: %[1]d-03-15}
  council: {until: %[1]d-03-25}
  publication: {until: %[1]d-03-31}
  late: [{days: 1, points: -1}, {days: 8, points: -3}]`, year)
}

func (t duty) stages() *columns {
	table := newColumns(
		head(t.words.Say("cli.status-head-step"), false), head(t.words.Say("cli.status-head-from"), false),
		head(t.words.Say("cli.status-head-until"), false), head(t.words.Say("cli.status-head-state"), false),
	)
	for _, stage := range t.status.Stages {
		table.row(t.step(stage.Step), t.words.Date(stage.From), t.words.Date(stage.Until), t.state(stage))
	}
	return table
}

func (t duty) step(s submission.Step) string { return t.words.Say("cli.status-step-" + s.String()) }

func (t duty) state(s calendar.Stage) string {
	days := s.Left
	switch s.State {
	case calendar.NotBegun:
		days = s.Ahead
	case calendar.Over:
		days = -s.Left
	case calendar.Ending:
		if days == 0 {
			return t.words.Say("cli.status-last-day")
		}
	default:
	}
	return t.words.Say("cli.status-state-"+s.State.String(), days)
}

// owed lists who owes what: agencies, verifiers, the council, whoever publishes.
func (t duty) owed() *columns {
	table := newColumns(
		head("  "+t.words.Say("cli.status-head-who"), false), head(t.words.Say("cli.status-head-what"), false),
		head(t.words.Say("cli.status-head-until"), false), head(t.words.Say("cli.status-head-left"), false),
	)
	row := func(who, what string, due calendar.Due, left string) {
		table.row("  "+who, what, t.words.Date(due.Until), left)
	}
	for _, s := range t.status.Agencies {
		what := t.words.Say("cli.status-owes-submission")
		if s.Unreadable {
			what = t.words.Say("cli.status-owes-again")
		}
		row(t.text(s.Agency.Name), what, s.Due, t.senderLeft(s))
	}
	for _, v := range t.status.Verifiers {
		row(t.verifier(v.Verifier), t.words.Say("cli.status-owes-review", len(v.Items), agenciesOf(v.Items)), v.Due, t.left(v.Due))
	}
	if n := len(t.status.Appeals); n > 0 {
		row(t.words.Say("cli.status-council"), t.words.Say("cli.status-owes-appeals", n), t.status.AppealsDue, t.left(t.status.AppealsDue))
	}
	if t.status.Unpublished {
		row(t.publisher(), t.words.Say("cli.status-owes-publication"), t.status.UnpublishedDue, t.left(t.status.UnpublishedDue))
	}
	return table
}

// left says how many days are left of a last day, or past it.
func (t duty) left(d calendar.Due) string {
	switch {
	case d.Until == "":
		return ""
	case d.Left < 0:
		return t.words.Say("cli.status-late", d.Late())
	case d.Left == 0:
		return t.words.Say("cli.status-last-day")
	default:
		return t.words.Say("cli.status-left", d.Left)
	}
}

func (t duty) senderLeft(s calendar.Sender) string {
	left := t.left(s.Due)
	if s.Extended {
		left = t.words.Say("cli.status-extended", left)
	}
	if s.Penalty != nil {
		left = t.words.Say("cli.status-late-cost", left, t.penalty(s.Penalty))
	}
	return left
}

// penalty words what lateness costs; nil costs nothing.
func (t duty) penalty(p *submission.LatePenalty) string {
	if p == nil {
		return t.words.Say("cli.status-penalty-none")
	}
	rating, capped := t.round.Set.Rating(p.RatingCap)
	limit := t.words.Say("cli.status-penalty-cap", t.text(rating.Name))
	if !p.Points.Set {
		return limit
	}
	off := t.words.Say("cli.status-penalty-points", p.Points.Value.Neg())
	if !capped {
		return off
	}
	return t.words.Say("cli.status-penalty-both", off, limit)
}

// verifier is the printed name of a verifier, else the code.
func (t duty) verifier(code string) string {
	if code == "" {
		return t.words.Say("cli.status-no-verifier")
	}
	return cmp.Or(t.text(t.round.VerifierName(code)), code)
}

func (t duty) publisher() string {
	return cmp.Or(t.text(t.round.Publish.Name), t.words.Say("cli.status-publisher"))
}

func agenciesOf(items []submission.Item) int {
	agencies := map[string]bool{}
	for _, item := range items {
		agencies[item.Agency] = true
	}
	return len(agencies)
}

// silence says what becomes of answers that nobody reviews; "" where nobody is to review any.
func (t duty) silence() string {
	stage, dated := t.status.Stage(submission.Reviewing)
	switch {
	case t.status.Accepted > 0:
		return t.words.Say("cli.status-silence-accepted", t.status.Accepted, stage.Until)
	case stage.SilenceAccepts:
		return t.words.Say("cli.status-silence-accept", stage.Until)
	case t.round.Cycle.ReviewRequired:
		return t.words.Say("cli.status-silence-required")
	case dated:
		return t.words.Say("cli.status-silence-hold")
	default:
		return ""
	}
}

// next is the command that comes next: that of what is left of an earlier step, else of the step that runs.
func (t duty) next() string {
	stage, ok := calendar.Next(t.status.Stages)
	council, due := t.status.Stage(submission.Deciding)
	switch {
	case len(t.status.Stages) == 0:
		return t.words.Say("cli.status-next-calendar", t.dir)
	case len(t.status.Appeals) > 0 && due && council.State != calendar.NotBegun:
		return t.words.Say("cli.status-next-council", t.dir)
	case t.status.Unpublished:
		return t.words.Say("cli.status-next-publication", t.dir)
	case !ok:
		return t.words.Say("cli.status-next-done")
	case stage.State == calendar.NotBegun && stage.Step == submission.Submitting:
		return t.words.Say("cli.status-next-wait", t.dir)
	default:
		return t.words.Say("cli.status-next-"+stage.Step.String(), t.dir)
	}
}

// pressing reports whether somebody who can be reminded is late, or nearly so.
func (t duty) pressing() bool {
	var all []calendar.Due
	for _, s := range t.status.Agencies {
		all = append(all, s.Due)
	}
	for _, v := range t.status.Verifiers {
		all = append(all, v.Due)
	}
	return slices.ContainsFunc(all, func(d calendar.Due) bool { return d.Until != "" && d.Left <= calendar.LastDays })
}
