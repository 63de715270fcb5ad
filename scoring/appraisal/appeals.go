package appraisal

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// A State is how far an appeal has come.
type State int

// States.
const (
	Open      State = iota + 1 // nobody has decided
	Decided                    // a decision of the appeal stage or of the council stands
	Withdrawn                  // the agency took it back
)

// A Stake is an appeal with what hangs on it.
type Stake struct {
	Objection submission.Objection
	Indicator *criteria.Indicator // nil: a figure
	State     State
	// Decision is the one that stands, of a later stage than the first; nil: none does.
	Decision *submission.Decision
	// Before is the agency's place without any decision on the appeal; After with it, or, where there is none yet, as the
	// agency asks. Of one that was withdrawn both are its place now.
	Before, After scoring.Standing
	// Points before and after of the indicator; 0 where the appeal is about a figure.
	PointsBefore, PointsAfter decimal.Decimal
	// Displaced are the other agencies of the group whose rank changes, in the order of their rank before.
	Displaced []Displaced
}

// A Displaced is an agency whose rank an appeal of another one changes.
type Displaced struct {
	Before, After scoring.Standing
}

// Gain is what the appeal adds to the agency's total.
func (s Stake) Gain() decimal.Decimal { return s.After.Score.Sub(s.Before.Score) }

// Climb is the change of rank: positive moves up; 0 where the agency is not ranked both ways.
func (s Stake) Climb() int {
	if !s.Before.Ranked || !s.After.Ranked {
		return 0
	}
	return s.Before.Rank - s.After.Rank
}

// Moves reports whether any rank or rating, or who is ranked, changes.
func (s Stake) Moves() bool {
	return s.Climb() != 0 || s.Before.Ranked != s.After.Ranked || s.Before.Rating != s.After.Rating || len(s.Displaced) > 0
}

// Appeals lists the appeals of a round with their stakes: open ones first, those that move most first among them, then
// decided and withdrawn ones. Each is looked at by itself, everything else as it stands.
func Appeals(round *submission.Round) []Stake {
	now := scoring.Rank(round)
	stakes := make([]Stake, len(round.Cycle.Objections))
	for i, o := range round.Cycle.Objections {
		stakes[i] = stake(round, now, o)
	}
	slices.SortStableFunc(stakes, func(a, b Stake) int {
		return cmp.Or(
			cmp.Compare(a.State, b.State), cmp.Compare(distance(b), distance(a)), cmp.Compare(len(b.Displaced), len(a.Displaced)),
			b.Gain().Abs().Cmp(a.Gain().Abs()),
		)
	})
	return stakes
}

// Together ranks a round as if every open appeal were upheld.
func Together(round *submission.Round) *scoring.Ranking {
	upheld := *round
	upheld.Decisions = slices.Clone(round.Decisions)
	for _, o := range round.Cycle.Objections {
		if o.Withdrawn == "" && decisionOn(round, o) == nil {
			upheld.Decisions = append(upheld.Decisions, asked(o))
		}
	}
	return scoring.Rank(&upheld)
}

func distance(s Stake) int { return max(s.Climb(), -s.Climb()) }

func stake(round *submission.Round, now *scoring.Ranking, o submission.Objection) Stake {
	s := Stake{Objection: o, State: Open, Decision: decisionOn(round, o)}
	s.Indicator, _ = round.Set.Indicator(o.Indicator)
	before, after := now, now
	switch {
	case o.Withdrawn != "":
		s.State, s.Decision = Withdrawn, nil
	case s.Decision != nil:
		s.State = Decided
		before = without(round, now, o)
	default:
		after = upheld(round, now, o)
	}
	was, _ := before.Trace(o.Agency)
	then, _ := after.Trace(o.Agency)
	s.Before, s.After = was.Standing, then.Standing
	s.PointsBefore, s.PointsAfter = pointsOf(was, o.Indicator), pointsOf(then, o.Indicator)
	s.Displaced = displaced(before, after, s.Before.Agency)
	return s
}

func pointsOf(res scoring.Result, indicator string) decimal.Decimal {
	for _, leaf := range res.Root.Leaves() {
		if leaf.Indicator.ID == indicator {
			return leaf.Score
		}
	}
	return decimal.Decimal{}
}

// concerns reports whether a decision of a later stage answers an appeal: it is about the same answer, or one of the two
// is about the whole indicator.
func concerns(d submission.Decision, o submission.Objection) bool {
	return d.Agency == o.Agency && d.Indicator == o.Indicator && d.Stage > submission.Review &&
		(d.Input == o.Input || d.Input == "" || o.Input == "")
}

// decisionOn is the decision of the latest stage that answers an appeal; nil where there is none.
func decisionOn(round *submission.Round, o submission.Objection) (last *submission.Decision) {
	for i, d := range round.Decisions {
		if concerns(d, o) && (last == nil || d.Stage >= last.Stage) {
			last = &round.Decisions[i]
		}
	}
	return last
}

func without(round *submission.Round, now *scoring.Ranking, o submission.Objection) *scoring.Ranking {
	plain := *round
	plain.Decisions = slices.DeleteFunc(slices.Clone(round.Decisions), func(d submission.Decision) bool { return concerns(d, o) })
	return now.Redecided(&plain, o.Agency)
}

func upheld(round *submission.Round, now *scoring.Ranking, o submission.Objection) *scoring.Ranking {
	with := *round
	with.Decisions = append(slices.Clone(round.Decisions), asked(o))
	return now.Redecided(&with, o.Agency)
}

// asked is the decision that gives an agency what it asks for.
func asked(o submission.Objection) submission.Decision {
	d := submission.Decision{
		Agency: o.Agency, Indicator: o.Indicator, Input: o.Input, Stage: submission.Council, Verdict: submission.Set,
		Value: o.Value, Points: o.Points, Reason: o.Reason, Place: o.Place,
	}
	if !o.Points.Set && o.Value.IsMissing() {
		d.Verdict = submission.Accept
	}
	return d
}

// displaced are the other agencies of a group whose rank differs.
func displaced(before, after *scoring.Ranking, own submission.Agency) []Displaced {
	then := map[string]scoring.Standing{}
	for _, g := range after.Groups {
		if g.Group.ID == own.Group {
			for _, s := range g.Standings {
				then[s.Agency.Code] = s
			}
		}
	}
	var list []Displaced
	for _, g := range before.Groups {
		if g.Group.ID != own.Group {
			continue
		}
		for _, s := range g.Standings {
			if t := then[s.Agency.Code]; s.Agency.Code != own.Code && (t.Rank != s.Rank || t.Ranked != s.Ranked) {
				list = append(list, Displaced{s, t})
			}
		}
	}
	return list
}
