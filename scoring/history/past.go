// Package history holds earlier results and compares a ranking with them. It encodes and decodes results.json
// (dti.results/v1) and reads older result tables. It opens no file.
package history

import (
	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// A Past is an earlier round's results, as far as they are needed for a comparison.
type Past struct {
	RoundID         string
	Year            int
	Title           criteria.Text
	CriteriaID      string // empty: a plain table, which names no criteria set
	CriteriaVersion string
	Status          string // draft, provisional or final; empty: a plain table
	Plain           bool   // a plain table, not a results.json
	Groups          map[string]PastGroup
	Agencies        map[string]PastAgency // by code

	// What DecodeWithAnswers keeps: what each agency had entered, as JSON by code, and the inputs of each indicator that
	// any of them had entered. nil: not kept.
	answers map[string]string
	inputs  map[string][]string
}

// A PastGroup is an agency group of an earlier round.
type PastGroup struct {
	Year             int
	Agencies, Ranked int
	Mean, Median     decimal.Decimal
	HasMean          bool           // a plain table states no mean
	Ratings          map[string]int // agencies by rating id
	Pillars          map[string]PastPillar
	Views            map[string]PastView // nil: the results have none
	// Fitted is what rules took from the cohort, by indicator id; each one's bounds in their order.
	Fitted map[string][]rule.Bound
}

// A PastPillar is a pillar's mean in an agency group of an earlier round.
type PastPillar struct {
	Mean, Of decimal.Decimal
	// Comparable says that the pillar asks the same as now; Compare sets it.
	Comparable bool
}

// A PastView is a view in an agency group of an earlier round: its mean, and how it was made.
type PastView struct {
	Mean, Of decimal.Decimal
	Combine  string                     // word of a criteria set
	Parts    map[string]decimal.Decimal // weights of its parts that concern the group, by id
	// Comparable says that the view is made of the same as now; Compare sets it.
	Comparable bool
}

// A PastAgency is an agency's earlier result.
type PastAgency struct {
	Name       criteria.Text   // empty: a plain table
	Group      string          // empty: a plain table that names no groups
	HasScore   bool            // a plain table may state ranks only
	Score, Of  decimal.Decimal // Of is 0 where a plain table does not say
	Ranked     bool
	Rank       int // 0: not ranked
	Rating     string
	Pillars    map[string]PastScore // by pillar id
	Views      map[string]PastScore // by view id; nil: it had none
	Indicators map[string]PastScore // by indicator id
}

// A PastScore is an earlier score of a pillar or an indicator.
type PastScore struct {
	Score, Of     decimal.Decimal
	NotApplicable bool // of an indicator: it did not concern the agency, whatever it scored
}

// A Comparison is a ranking held against an earlier round. The zero Comparison compares with nothing.
type Comparison struct {
	Year     int // of the earlier round; 0: there is none
	Groups   map[string]PastGroup
	Agencies map[string]Change
}

// A Change is an agency's movement since the earlier round. An agency that has none is new.
type Change struct {
	Year       int
	HasScore   bool // the score then is known
	Score, Of  decimal.Decimal
	Rank       int // 0: was not ranked
	OfRanked   int // agencies ranked in its group then
	Rating     string
	RankChange int                  // Rank then − Rank now: positive moved up; 0 where either is not ranked
	Moved      bool                 // both ranks are known and of one group, so RankChange says something
	Comparable bool                 // scores may be compared
	Why        rule.Note            // why scores may not be compared, or ranks not; zero where they may
	Pillars    map[string]PastScore // of the pillars that may be compared
	Views      map[string]PastScore // of the views that may be compared; nil where none may
}
