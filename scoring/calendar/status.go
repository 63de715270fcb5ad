package calendar

import (
	"cmp"
	"slices"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// A Status is how a round stands on a day.
type Status struct {
	Day       rule.Date
	Stages    []Stage     // in the order of their steps; empty: the round has no calendar
	Agencies  []Sender    // those that owe their self-assessment, in the round's order
	Late      []Lateness  // those that sent it late, in the round's order
	Verifiers []Appraisal // those that owe a review, in the set's order
	Appeals   []submission.Objection
	// AppealsDue is when the council decides the Appeals.
	AppealsDue Due
	// Unpublished says that the results are due, or were, and are not final.
	Unpublished    bool
	UnpublishedDue Due
	// Accepted counts what nobody reviewed in time and counts as accepted, because the calendar says so of silence.
	Accepted int
}

// A Due is the last day of what is owed. The zero Due has none, because the calendar does not set it.
type Due struct {
	Until rule.Date // empty: no last day is set
	Left  int       // days to it; 0 on it, below 0 after it
}

// Late is how many days the last day is past; 0 where it is not, or where there is none.
func (d Due) Late() int { return max(-d.Left, 0) }

// A Sender is an agency that owes its self-assessment.
type Sender struct {
	Agency submission.Agency
	Due
	Extended bool // it has a later last day than the others
	// Unreadable says that something came from it, of which nothing can be read.
	Unreadable bool
	// Penalty is what the submission costs if it comes on this day; nil: nothing.
	Penalty *submission.LatePenalty
}

// A Lateness is an agency that sent its self-assessment after its last day.
type Lateness struct {
	Agency   submission.Agency
	Received rule.Date
	Due                              // as on the day of receipt: Late is how many days late it was
	Penalty  *submission.LatePenalty // nil: it costs nothing
}

// An Appraisal is what one verifier has not reviewed yet.
type Appraisal struct {
	Verifier string            // code; empty: of indicators that name nobody
	Items    []submission.Item // in the order of agencies, then of the set; at least one
	Due
}

// On is the state of a round on a day, which must be a date. What carries a later date is left out, as nobody knew it
// then: receipts, decisions and appeals. Agencies that are not ranked, and those that the set asks for nothing, owe
// nothing. Verifiers owe where the round requires reviews or its calendar has a step for them. What belongs to a step is
// owed from its first day on; an appeal, from the day on which it is filed.
func On(round *submission.Round, day rule.Date) Status {
	known := asOf(round, day)
	c := known.Cycle.Calendar
	s := Status{Day: day, Stages: Stages(c, day)}
	s.senders(known)
	s.review(known)
	s.Appeals, s.AppealsDue = undecided(known), s.due(submission.Deciding)
	if publishing, ok := s.Stage(submission.Publishing); ok && publishing.Ahead == 0 && known.Release.Status != submission.Final {
		s.Unpublished, s.UnpublishedDue = true, s.due(submission.Publishing)
	}
	return s
}

// Stage finds a step; ok is false where the calendar does not set it.
func (s *Status) Stage(step submission.Step) (Stage, bool) {
	for _, stage := range s.Stages {
		if stage.Step == step {
			return stage, true
		}
	}
	return Stage{}, false
}

// Owed reports whether anybody owes anything on the day.
func (s *Status) Owed() bool {
	return len(s.Agencies) > 0 || len(s.Verifiers) > 0 || len(s.Appeals) > 0 || s.Unpublished
}

func (s *Status) due(step submission.Step) Due {
	stage, ok := s.Stage(step)
	if !ok {
		return Due{}
	}
	return Due{stage.Until, stage.Left}
}

// senders lists who owes a self-assessment and who sent it late.
func (s *Status) senders(round *submission.Round) {
	c := round.Cycle.Calendar
	m, dated := c.Milestone(submission.Submitting)
	stage, _ := s.Stage(submission.Submitting)
	broken, arrived := unreadable(round.Problems), received(round.Cycle.Receipts)
	for _, a := range round.Agencies {
		if a.Unranked || !asked(round.Set, a.Group) {
			continue
		}
		var due Due
		if dated {
			due = Due{m.Last(a.Code), m.Last(a.Code).DaysAfter(s.Day)}
		}
		if !round.Submissions[a.Code].Sent {
			if stage.State == NotBegun {
				continue
			}
			s.Agencies = append(s.Agencies, Sender{
				Agency: a, Due: due, Extended: due.Until > m.Until, Unreadable: broken[a.Code], Penalty: penalty(c, due),
			})
			continue
		}
		if day := arrived[a.Code]; dated && day > due.Until {
			due.Left = due.Until.DaysAfter(day)
			s.Late = append(s.Late, Lateness{Agency: a, Received: day, Due: due, Penalty: penalty(c, due)})
		}
	}
}

func penalty(c submission.Calendar, due Due) *submission.LatePenalty {
	if p, ok := c.Penalty(due.Late()); ok {
		return &p
	}
	return nil
}

// asked reports whether a set asks agencies of a group for anything.
func asked(set *criteria.Set, group string) bool {
	byAgency := func(in criteria.Input) bool { return in.By == criteria.ByAgency }
	if slices.ContainsFunc(set.Figures, byAgency) {
		return true
	}
	for ind := range set.Root.AllIndicators() {
		if ind.Concerns(group) && slices.ContainsFunc(ind.Inputs, byAgency) {
			return true
		}
	}
	return false
}

// unreadable are the agencies of which an Error tells that what they sent cannot be read as a whole.
func unreadable(problems diag.Problems) map[string]bool {
	broken := map[string]bool{}
	for _, p := range problems {
		if p.Agency != "" && p.Indicator == "" && p.Severity == diag.Error {
			broken[p.Agency] = true
		}
	}
	return broken
}

// received are the days on which agencies' files that count came, the last ones, by code; an agency that the register
// does not know has none.
func received(receipts []submission.Receipt) map[string]rule.Date {
	last := map[string]rule.Date{}
	for _, r := range receipts {
		last[r.Agency] = max(last[r.Agency], r.Received)
	}
	return last
}

// review lists what is not reviewed, by verifier; once the step is over and silence accepts, it is only counted.
func (s *Status) review(round *submission.Round) {
	stage, dated := s.Stage(submission.Reviewing)
	if !dated && !round.Cycle.ReviewRequired || stage.State == NotBegun {
		return
	}
	items := round.Unreviewed()
	if stage.SilenceAccepts && stage.State == Over {
		s.Accepted = len(items)
		return
	}
	place := map[string]int{}
	for _, v := range round.Set.Verifiers {
		place[v.ID] = len(place)
	}
	for ind := range round.Set.Root.AllIndicators() {
		if _, ok := place[ind.Verifier]; !ok {
			place[ind.Verifier] = len(place)
		}
	}
	byVerifier := map[string]*Appraisal{}
	for _, item := range items {
		v := item.Indicator.Verifier
		if byVerifier[v] == nil {
			byVerifier[v] = &Appraisal{Verifier: v, Due: s.due(submission.Reviewing)}
		}
		byVerifier[v].Items = append(byVerifier[v].Items, item)
	}
	for _, a := range byVerifier {
		s.Verifiers = append(s.Verifiers, *a)
	}
	slices.SortFunc(s.Verifiers, func(a, b Appraisal) int { return cmp.Compare(place[a.Verifier], place[b.Verifier]) })
}

// undecided are the appeals that stand and that no appeal or council decision is about, in the order of their table.
func undecided(round *submission.Round) []submission.Objection {
	var open []submission.Objection
	for _, o := range round.Cycle.Objections {
		decided := slices.ContainsFunc(round.Decisions, o.AnsweredBy)
		if !decided && o.Withdrawn == "" {
			open = append(open, o)
		}
	}
	return open
}
