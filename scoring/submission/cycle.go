package submission

import (
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
)

// A Receipt is one line of the register of receipt: which file of an agency arrived when. Of the files of one agency the
// one that was received last counts.
type Receipt struct {
	File     string // relative to the round folder, with slashes
	Agency   string // code
	Received rule.Date
	Letter   string // number of the letter that it came with; confidential
	SignedBy string // confidential
	Counts   bool   // it is the file that the agency is scored by
	Place    diag.Place
}

// An Adjustment changes an agency's total, or bounds its rating, by a decision that concerns no single indicator. It is a
// line of the ledger.
type Adjustment struct {
	Agency    string        // code
	Points    rule.Optional // added to the published total; below 0: taken off
	RatingCap string        // id of the best rating that the agency may have; "": any
	Reason    string        // in the words of the decision; "" where Late says it
	Decision  string        // number of the decision; may be empty
	Late      int           // days after the deadline, of a penalty for lateness; 0: a decision's own
	Place     diag.Place
}

// An Objection is an appeal as an agency filed it, before anybody decided on it.
type Objection struct {
	Agency    string // code
	Indicator string
	Input     string        // id of an input; empty: the indicator, or its only input
	Value     rule.Value    // what the agency asks for; missing: what it claimed, unless Points are set
	Points    rule.Optional // what the agency asks for
	Reason    string        // confidential
	Filed     rule.Date     // may be empty
	Withdrawn rule.Date     // the day on which it was withdrawn; empty: it stands
	Place     diag.Place
}

// A Step is a step of the year's work, in its order.
type Step int

// Steps of a round.
const (
	Submitting Step = iota + 1 // agencies send their self-assessments
	Reviewing                  // verifiers appraise them
	Appealing                  // agencies reply
	Deciding                   // the council decides
	Publishing                 // the department announces the results
)

// String is the word of round.yaml.
func (s Step) String() string {
	switch s {
	case Submitting:
		return "submission"
	case Reviewing:
		return "review"
	case Appealing:
		return "appeal"
	case Deciding:
		return "council"
	case Publishing:
		return "publication"
	default:
		return "invalid"
	}
}

// A Milestone is a step with its days.
type Milestone struct {
	Step Step
	From rule.Date // first day; empty: the day after the step before
	// Until is the last day, on which one is still in time.
	Until rule.Date
	// Extended are later last days of single agencies, by code.
	Extended map[string]rule.Date
	// SilenceAccepts says of Reviewing: what nobody reviewed by the last day counts as accepted.
	SilenceAccepts bool
	Place          diag.Place
}

// Last is the last day of a step for an agency.
func (m Milestone) Last(agency string) rule.Date {
	if day, ok := m.Extended[agency]; ok {
		return day
	}
	return m.Until
}

// A LatePenalty is what a submission costs that is so many days late, or more.
type LatePenalty struct {
	Days      int           // from 1
	Points    rule.Optional // below 0
	RatingCap string        // id of a rating; "": any
	Place     diag.Place
}

// A Calendar says when which step of a round ends. The zero Calendar sets no days.
type Calendar struct {
	Milestones []Milestone   // in the order of their steps, each step at most once
	Late       []LatePenalty // by days, ascending; the last one that is reached applies
}

// Milestone finds a step's days; ok is false where the calendar does not set them.
func (c Calendar) Milestone(s Step) (m Milestone, ok bool) {
	for _, m := range c.Milestones {
		if m.Step == s {
			return m, true
		}
	}
	return Milestone{}, false
}

// A Fate is what became of an agency between two rounds.
type Fate int

// Fates.
const (
	Renamed   Fate = iota + 1 // From goes on as To
	Merged                    // From, with others, became To
	Split                     // From became To, and others
	Moved                     // the agency changed its group; From and To are the same or two codes
	Formed                    // To is new; there is no From
	Abolished                 // From ended; there is no To
)

// String is the word of a lineage table.
func (f Fate) String() string {
	switch f {
	case Renamed:
		return "renamed"
	case Merged:
		return "merged"
	case Split:
		return "split"
	case Moved:
		return "moved"
	case Formed:
		return "new"
	case Abolished:
		return "abolished"
	default:
		return "invalid"
	}
}

// A Carry says how an earlier result becomes one of the agency that followed.
type Carry int

// Carries.
const (
	CarryNone     Carry = iota + 1 // nothing is carried over: "không so sánh"
	CarryMean                      // simple mean of the predecessors' scores
	CarrySum                       // their sum
	CarryWeighted                  // their mean, weighted by Weight
)

// String is the word of a lineage table.
func (c Carry) String() string {
	switch c {
	case CarryNone:
		return "none"
	case CarryMean:
		return "mean"
	case CarrySum:
		return "sum"
	case CarryWeighted:
		return "weighted"
	default:
		return "invalid"
	}
}

// A Succession is one line of a lineage table: what became of one agency on one day. A merger of three is three lines.
type Succession struct {
	Date     rule.Date
	Decision string
	Fate     Fate
	From, To string // codes
	Carry    Carry  // of all lines to one successor the same
	Weight   rule.Optional
	Note     string
	Place    diag.Place
}

// A Commendation says who is proposed for commendation. The zero Commendation proposes nobody.
type Commendation struct {
	Rating string         // id of the rating that is needed at least; "": any
	Top    map[string]int // by agency group: ranks up to this one; a group that is not named proposes nobody
}

// A File is a file that a round was read from.
type File struct {
	Name   string // relative to the round folder, with slashes
	SHA256 string // in hexadecimal
}

// A Cycle is what a round says of the year's work of people around it: who sent what when, what is decided beside the
// answers, who objects, and what became of agencies since.
type Cycle struct {
	Calendar     Calendar
	Receipts     []Receipt    // the register of receipt, in its order
	Adjustments  []Adjustment // as decided, in their order, then those for lateness in the order of the agencies
	Objections   []Objection  // in the order of their table
	Lineage      []Succession // in the order of its table
	Commendation Commendation
	// ReviewRequired says that a release stays a draft while answers are not reviewed.
	ReviewRequired bool
}

// AdjustmentsOf are the adjustments of an agency, in their order.
func (c *Cycle) AdjustmentsOf(agency string) []Adjustment {
	var own []Adjustment
	for _, a := range c.Adjustments {
		if a.Agency == agency {
			own = append(own, a)
		}
	}
	return own
}
