package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/calendar"
	"github.com/opendti/dti/scoring/submission"
)

// settingsFile makes a folder a round.
const settingsFile = "round.yaml"

// where says how a round stands, what the next step is, and the next date of its calendar, from a day on.
func (a *app) where(dir string, day rule.Date) error {
	if _, err := os.Stat(filepath.Join(dir, settingsFile)); errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintln(a.out, a.say.Say("cli.where-no-round"))
		return nil
	}
	round, err := a.open(dir)
	if err != nil {
		return err
	}
	sent := 0
	for _, s := range round.Submissions {
		if s.Sent {
			sent++
		}
	}
	fmt.Fprintln(a.out, a.say.Say("cli.where-round", a.say.Text(round.Title, round.Set.Languages[0]), round.Set.Address()))
	fmt.Fprintln(a.out, a.say.Say("cli.where-sent", sent, len(round.Agencies)))
	fmt.Fprintln(a.out, a.say.Say("cli.where-decisions", len(round.Decisions)))
	if date := a.nextDate(round, calendar.On(round, day)); date != "" {
		fmt.Fprintln(a.out, date)
	}
	stopping := round.Problems.Stopping()
	switch {
	case len(round.Agencies) == 0:
		fmt.Fprintln(a.out, a.say.Say("cli.next-agencies"))
	case sent == 0:
		fmt.Fprintln(a.out, a.say.Say("cli.next-form"))
	case stopping > 0:
		fmt.Fprintln(a.out, a.say.Say("cli.next-check", stopping))
	default:
		fmt.Fprintln(a.out, a.say.Say("cli.next-publish", round.Release.Status.String()))
	}
	return nil
}

// nextDate says the calendar's next last day on a day; "" where there is none.
func (a *app) nextDate(round *submission.Round, status calendar.Status) string {
	stage, ok := calendar.Next(status.Stages)
	if !ok {
		return ""
	}
	t := standing{round: round, status: status}.in(a.say)
	return t.words.Say("cli.where-next-date", t.step(stage.Step), stage.Until, t.state(stage))
}
