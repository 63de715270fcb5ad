// Package announce says in words what a ranking found: the announcement that a department makes of it, the annex with the
// full tables, and a letter to each agency. What is said is first gathered as facts, each of a kind, with its subjects and
// its numbers; every sentence is made of facts alone. Check computes each fact once more, from the ranking and the
// comparison and not from what Tell made of them; Loose finds numbers in a text that no fact accounts for; Read checks a
// text that a person edited. The package opens no file.
package announce

import (
	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/rule"
)

// A Fact is one thing that can be said of a ranking and be true or false.
type Fact struct {
	Kind     Kind
	Group    string   // id of the agency group; "" of the whole round
	Agencies []string // codes, in the order in which they are named
	ID       string   // of a rating, pillar or indicator; of Parent what the agencies table states
	// Numbers are as they are printed, rounded half away from zero; each Kind says which.
	Numbers []decimal.Decimal
	Trend   Trend
	Tied    bool // of Place and Move: the rank now is shared
	Why     rule.Note
	Year    int // of the earlier round; 0 where the fact says nothing of it
}

// A Kind is what a fact says, and what its Numbers are.
type Kind int

// Kinds of facts.
const (
	Entrants        Kind = iota + 1 // agencies assessed, agencies ranked, groups
	Field                           // agencies of the group, of them ranked
	Rated                           // ranked agencies of the rating ID, ranked agencies
	RatedThen                       // the same of the earlier round
	Uncompared                      // Why the totals of the group are not compared; no number but those of Why
	First                           // total of the one agency that leads; no other has its rank or its total
	FirstTied                       // total of all agencies that share the first rank: two or more
	Place                           // an agency's rank and total; ID is its rating
	KeptLead                        // n: each of the n Agencies has one of the first n ranks, and had then
	Climbs                          // places, n: just these n Agencies climbed so many places or more
	MostClimbed                     // places that the one agency climbed; all others climbed less
	MostClimbedTied                 // places that each of two or more climbed; all others climbed less
	Move                            // an agency's rank and the field then, rank and field now, places moved; Why says how the rank then was made anew
	ScoreChange                     // an agency's total then and the difference, where totals compare
	Mean                            // mean total, maximum
	MeanThen                        // mean total, mean then, where totals compare
	PillarMean                      // mean of pillar ID, maximum, mean then; only of comparable pillars
	PillarsMoved                    // comparable pillars: how many, means up, down, unchanged
	PillarAlone                     // pillar ID is not comparable: mean, maximum
	Lowest                          // n: just these n Agencies have the lowest rating, ID
	Parent                          // n of m with the lowest rating are below the parent ID: the Agencies
	Unranked                        // an agency that is not ranked, and Why
	CommendRule                     // last rank that is proposed; ID is the rating needed, "" for any
	Commended                       // n: just these n Agencies are proposed
	CommendedTied                   // rank, n: the n Agencies share that rank, so that more are proposed than there are ranks
	CommendedAll                    // agencies proposed in all groups
	Method                          // indicators, top pillars that count for some group
	MethodGroup                     // indicators that concern the group, maximum of the total
	PillarScore                     // an agency's score of pillar ID, its maximum
	MostLost                        // n, least loss: just the n indicators of ID (ids with blanks between) lost most; Tied: others lost as much as the least
	Lost                            // an agency's points of indicator ID, its maximum, what was lost
	Rebased                         // bodies that the earlier ranks were made anew among, 0 where they could not be; agencies ranked then
	Capped                          // ID is the rating that the agency's total is worth; Why says what holds its rating below
	Reasons                         // places an agency moved, then the parts of the movement that are not 0
	Adjusted                        // points by which a line of the ledger beside the pillars changed the total: that of indicator ID, else as Why says
)

// A Trend is the direction of a change.
type Trend int

// Trends. A pillar's mean moves slightly below slightPart of its maximum, much from muchPart on.
const (
	Same Trend = iota
	UpSlightly
	Up
	UpMuch
	DownSlightly
	Down
	DownMuch
)

// String is the trend's part of a sentence's key.
func (t Trend) String() string {
	return [...]string{"same", "up-slightly", "up", "up-much", "down-slightly", "down", "down-much"}[t]
}

// sign is 1 for up, −1 for down.
func (t Trend) sign() int {
	switch t {
	case Same:
		return 0
	case UpSlightly, Up, UpMuch:
		return 1
	default:
		return -1
	}
}

func whole(n int) decimal.Decimal { return decimal.NewFromInt(int64(n)) }

func wholes(ns ...int) []decimal.Decimal {
	numbers := make([]decimal.Decimal, len(ns))
	for i, n := range ns {
		numbers[i] = whole(n)
	}
	return numbers
}
