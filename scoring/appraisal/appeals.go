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

// String is the state's word in JSON.
func (s State) String() string {
	switch s {
	case Open:
		return "open"
	case Decided:
		return "decided"
	case Withdrawn:
		return "withdrawn"
	default:
		return "invalid"
	}
}

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

// A Displaced is an agency whose rank changes with appeals: of another one, or of several.
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
func Appeals(now *scoring.Ranking) []Stake {
	round := now.Round
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

// Together lists the agencies whose rank changes if every open appeal of a ranked round is upheld, in the order of their
// ranks then.
func Together(now *scoring.Ranking) []Displaced {
	upheld := *now.Round
	upheld.Decisions = slices.Clone(upheld.Decisions)
	for _, o := range upheld.Cycle.Objections {
		if o.Withdrawn == "" && decisionOn(now.Round, o) == nil {
			upheld.Decisions = append(upheld.Decisions, asked(o))
		}
	}
	var list []Displaced
	for _, g := range scoring.Rank(&upheld).Groups {
		for _, s := range g.Standings {
			if before, _ := now.Standing(s.Agency.Code); otherRank(before, s) {
				list = append(list, Displaced{before, s})
			}
		}
	}
	return list
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

// decisionOn is the decision of the latest stage that answers an appeal; nil where there is none.
func decisionOn(round *submission.Round, o submission.Objection) (last *submission.Decision) {
	for i, d := range round.Decisions {
		if o.AnsweredBy(d) && (last == nil || d.Stage >= last.Stage) {
			last = &round.Decisions[i]
		}
	}
	return last
}

func without(round *submission.Round, now *scoring.Ranking, o submission.Objection) *scoring.Ranking {
	plain := *round
	plain.Decisions = slices.DeleteFunc(slices.Clone(round.Decisions), o.AnsweredBy)
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
	var list []Displaced
	for _, g := range before.Groups {
		if g.Group.ID != own.Group {
			continue
		}
		for _, s := range g.Standings {
			then, _ := after.Standing(s.Agency.Code)
			if s.Agency.Code != own.Code && otherRank(s, then) {
				list = append(list, Displaced{s, then})
			}
		}
	}
	return list
}

func otherRank(a, b scoring.Standing) bool { return a.Rank != b.Rank || a.Ranked != b.Ranked }
