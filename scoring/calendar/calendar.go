// Package calendar says how a round's year of work stands on a day: which step runs, and who owes what by when. It is a
// pure function of the round and the day; it knows no words and asks no clock.
package calendar

import (
	"time"

	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// LastDays is how many days before the end of a step its last days begin, the last one not counted.
const LastDays = 5

// A State is where a step stands on a day.
type State int

// States of a step, in the order of time.
const (
	NotBegun State = iota + 1
	Running
	Ending // LastDays days or fewer are left
	Over
)

// String is the state's word in JSON.
func (s State) String() string {
	switch s {
	case NotBegun:
		return "not_begun"
	case Running:
		return "running"
	case Ending:
		return "last_days"
	case Over:
		return "over"
	default:
		return "invalid"
	}
}

// A Stage is a step of the calendar on a day.
type Stage struct {
	// Milestone has its first day filled in: where the calendar does not say, the day after the step before, and empty for
	// the first one.
	submission.Milestone
	State State
	Left  int // days to the last day; 0 on it, below 0 after it
	Ahead int // days to the first day; 0 where the step has begun
}

// Stages are the steps of a calendar on a day, in their order. A step that is over for most may have later last days for
// single agencies.
func Stages(c submission.Calendar, day rule.Date) []Stage {
	stages := make([]Stage, 0, len(c.Milestones))
	var before rule.Date
	for _, m := range c.Milestones {
		if m.From == "" && before != "" {
			m.From = later(before, 1)
		}
		before = m.Until
		s := Stage{Milestone: m, State: Running, Left: m.Until.DaysAfter(day)}
		if m.From != "" {
			s.Ahead = max(m.From.DaysAfter(day), 0)
		}
		switch {
		case s.Left < 0:
			s.State = Over
		case s.Ahead > 0:
			s.State = NotBegun
		case s.Left <= LastDays:
			s.State = Ending
		}
		stages = append(stages, s)
	}
	return stages
}

// Next is the step whose last day comes first, from a day on; ok is false where all are over.
func Next(stages []Stage) (next Stage, ok bool) {
	for _, s := range stages {
		if s.State != Over && (!ok || s.Until < next.Until) {
			next, ok = s, true
		}
	}
	return next, ok
}

// later is a day so many days on; what is no date stays as it is.
func later(d rule.Date, days int) rule.Date {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return rule.Date(t.AddDate(0, 0, days).Format(time.DateOnly))
}
