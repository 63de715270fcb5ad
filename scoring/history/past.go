// Package history holds earlier results and compares a ranking with them. It encodes and decodes results.json
// (dti.results/v1) and reads older result tables. It opens no file.
package history

import (
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// A Past is an earlier round's results, as far as they are needed for a comparison.
type Past struct {
	RoundID         string
	Year            int
	Ended           rule.Date // last day of its period; empty: the results do not say
	Title           criteria.Text
	CriteriaID      string // empty: a plain table, which names no criteria set
	CriteriaVersion string
	CriteriaHash    string // SHA-256 of the set's YAML, in hexadecimal; empty: the results do not say
	Status          string // draft, provisional or final; empty: a plain table
	Plain           bool   // a plain table, not a results.json
	Groups          map[string]PastGroup
	Agencies        map[string]PastAgency // by code
	Closed          rule.Date             // the day on which its inputs were sealed; empty: they are not
	Inputs          []submission.File     // the files that it was read from, as they were then; nil: not known

	// What DecodeWithAnswers keeps: what each agency had entered, as JSON by code, and the inputs of each indicator that
	// any of them had entered. nil: not kept.
	answers map[string]string
	inputs  map[string][]string

	// What Rebased adds. nil: the results are as they were published.
	rebased *rebasing
}

// Say is a note that begins with the year of the results.
func (p *Past) Say(kind string, args ...any) rule.Note {
	return rule.Say(kind, append([]any{strconv.Itoa(p.Year)}, args...)...)
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
	// Of is what totals were out of: the most that any agency could have; 0: not known. Compare sets it.
	Of decimal.Decimal
	// Why says why the group's totals may not be compared with now; zero where they may. Compare sets it.
	Why rule.Note
	// Field is what became of the ranks of the group because bodies merged, split, moved, came or went since; nil: the
	// ranks are as they were published. Compare sets it. Everything else in the group is as it was published.
	Field *Field
}

// A Field is an agency group of an earlier round as the bodies of today.
type Field struct {
	Ranked    int // bodies ranked now, which the earlier ranks are made anew among; 0: they cannot be
	Published int // agencies that were ranked when the results were published
	// Mean and Median are those of the scores that the ranks were made of, with the decimals of the totals; 0 where Ranked is.
	Mean, Median decimal.Decimal
	// Without are bodies ranked now that have no score carried over, so that ranks cannot be made anew.
	Without []criteria.Text
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
	Claimed    rule.Optional   // total of what it had claimed; not set: not known
	Ranked     bool
	Rank       int // 0: not ranked
	Rating     string
	Pillars    map[string]PastScore // by pillar id
	Views      map[string]PastScore // by view id; nil: it had none
	Indicators map[string]PastScore // by indicator id
	// Adjustments are what was decided beside the answers; nil: nothing. They have no places.
	Adjustments []submission.Adjustment
	// Carried says how the result became that of a body of today; nil: it is its own. Rebased sets it.
	Carried *Carried
	// PublishedRank is the agency's own rank as published, where Rebased made Rank anew; else 0.
	PublishedRank int
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
	Means    map[string]MeanParts // why the means of groups changed, by id; nil: not told
	Gone     []Gone               // agencies of then that are no more, by their codes
	Trend    Trend                // over all earlier rounds; CompareAll sets it
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
	Parts      *Parts               // why the rank moved; nil: not told

	// Carried says how the earlier result became the agency's; nil: it is its own.
	Carried *Carried
	// RankNote says that the earlier rank was made anew and among how many, or why ranks are not compared though both are
	// known; zero where Rank is as it was published and there is nothing to say.
	RankNote rule.Note
	// PublishedRank and PublishedOf are the rank as published, of so many, where Rank was made anew; else 0.
	PublishedRank, PublishedOf int
}

// A Gone is an agency of an earlier round that is no more.
type Gone struct {
	Code  string
	Name  criteria.Text   // empty: a plain table
	Group string          // then; empty: a plain table that names no groups
	Fate  submission.Fate // 0: no lineage says what became of it
	Into  []string        // codes of the agencies of today that it went into
	// Date and Decision are those of the line of the lineage; empty where there is none.
	Date     rule.Date
	Decision string
}
