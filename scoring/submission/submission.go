// Package submission holds what agencies entered and what reviewers decided, each value with its place. Importers fill
// it, the engine reads it, and the two meet nowhere else. It opens no file.
package submission

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
)

// An Answer is what was entered for one input.
type Answer struct {
	Value rule.Value // rule.InvalidValue() where what was entered cannot be read
	Place diag.Place
}

// Evidence is one document behind an answer: "number – date – title – link".
type Evidence struct {
	Text  string
	Place diag.Place
}

// A Submission is one agency's answers. The zero Submission was never sent.
type Submission struct {
	Agency   string // code
	Sent     bool   // something was received from the agency, or from whoever fills in its data
	Files    []string
	Answers  Answers
	Evidence map[string][]Evidence // by indicator id
	Remarks  map[string]string     // by indicator id; confidential
	Filler   string                // confidential
	Approver string                // confidential
	Letter   string                // number of the letter
	// Waived are indicators whose answers contradict themselves and count as missing, because the round settles them so;
	// only Settled sets it.
	Waived map[string]bool
	// LeftOut are indicators of which nothing is known: the total is re-based without them, whatever the set's policies
	// say. Only a rehearsal of another set sets it.
	LeftOut map[string]bool
	// Adjustments are decided beside the answers; only Rank sets them.
	Adjustments []Adjustment
	// Awards are points that a review fixed, by indicator id; only Reviewed sets them.
	Awards map[string]Award
	// Applied is the decision that last touched an indicator, by indicator id; only Reviewed sets it.
	Applied map[string]Decision
}

// An Award is points that a decision fixed for an indicator.
type Award struct {
	Points   decimal.Decimal
	Decision Decision
}

// Inputs looks up the answers of one indicator, by input id or "figures.staff".
func (s *Submission) Inputs(indicator string) rule.Inputs {
	return func(name string) rule.Value {
		if id, ok := Figure(name); ok {
			return s.Answers.At(Key{Indicator: criteria.FiguresID, Input: id}).Value
		}
		return s.Answers.At(Key{Indicator: indicator, Input: name}).Value
	}
}

// Figure splits "figures.staff" into the id of the figure; ok is false for any other name.
func Figure(name string) (id string, ok bool) {
	const prefix = criteria.FiguresID + "."
	if len(name) > len(prefix) && name[:len(prefix)] == prefix {
		return name[len(prefix):], true
	}
	return "", false
}

// An Agency is who is scored.
type Agency struct {
	Code       string
	Name       criteria.Text
	Group      string // id of an agency group of the set
	Parent     string // name or code of the body above it; may be empty
	Tags       []string
	Aliases    []string
	Unranked   bool   // listed, scored and shown, but not ranked
	Reason     string // why it is unranked
	FormedFrom []string
	Place      diag.Place
}

// HasTag reports whether the agency has a tag.
func (a Agency) HasTag(tag string) bool {
	return slices.Contains(a.Tags, tag)
}

// A Stage of review; a later one overrides an earlier one.
type Stage int

// Stages, earliest first.
const (
	Review Stage = iota + 1
	Appeal
	Council
)

// String is the word of a review table.
func (s Stage) String() string {
	switch s {
	case Review:
		return "review"
	case Appeal:
		return "appeal"
	case Council:
		return "council"
	default:
		return "invalid"
	}
}

// A Verdict is what a decision says of an answer.
type Verdict int

// Verdicts.
const (
	Accept Verdict = iota + 1 // as claimed
	Set                       // another value, or points
	Reject                    // 0 points
)

// String is the word of a review table.
func (v Verdict) String() string {
	switch v {
	case Accept:
		return "accept"
	case Set:
		return "set"
	case Reject:
		return "reject"
	default:
		return "invalid"
	}
}

// A Decision accepts or overrules one answer, or a whole indicator where Input is empty.
type Decision struct {
	Agency    string // code
	Indicator string
	Input     string // id of an input; empty: the indicator, or its only input
	Stage     Stage
	Verdict   Verdict
	Value     rule.Value    // of a Set that gives a value; else missing
	Points    rule.Optional // of a Set that gives points
	Reason    string
	Reviewer  string // confidential
	Date      rule.Date
	Place     diag.Place
}

// Status of a release.
type Status int

// Statuses of a release; the zero Status is invalid on purpose.
const (
	Draft Status = iota + 1
	Provisional
	Final
)

// String is the word of round.yaml and results.json.
func (s Status) String() string {
	switch s {
	case Draft:
		return "draft"
	case Provisional:
		return "provisional"
	case Final:
		return "final"
	default:
		return "invalid"
	}
}

// A Release says under what authority results are published.
type Release struct {
	Status   Status
	Revision int // from 1
	Decision string
	Date     rule.Date
	Contact  string
	Licence  string
	URL      string // address of the site's root; empty: no canonical links
}

// A Correction says why a published result changed.
type Correction struct {
	Revision int
	Date     rule.Date
	Reason   criteria.Text
}

// A PreviousFile names earlier results. Nothing of it has been read.
type PreviousFile struct {
	Path     string // relative to the round folder, with slashes; it may lead out of the folder
	Year     int    // of the earlier round; 0: the file says it
	Criteria string // ID@VERSION of the set that was used then; empty: the file says it, or nobody does
	Place    diag.Place
}

// A Round is one assessment with everything that was read of it.
type Round struct {
	ID          string
	Title       criteria.Text
	Year        int
	From, To    rule.Date // period; may be empty
	Set         *criteria.Set
	Agencies    []Agency              // in the order of the agencies table
	Submissions map[string]Submission // as claimed, by agency code; an agency that sent nothing has none
	Decisions   []Decision
	Release     Release
	Corrections []Correction
	Previous    []PreviousFile // earlier results to compare with
	Publish     Publication    // who publishes the results, and how their pages look
	// UnsettledMissing says that answers with errors count as missing where no decision settles them.
	UnsettledMissing bool
	// Reviewed says that the round has reviews: an agency's own "not applicable" then needs to be accepted.
	Reviewed bool
	Problems diag.Problems // everything told while reading, in the order of reading
	// Decimal is the decimal mark of numbers in text, as round.yaml says it: point, comma, or "" where it does not.
	Decimal string
	// Files are the files that the round was read from, by name; those outside the folder by the path that names them.
	Files []File
	// Cycle is the year's work around the answers.
	Cycle Cycle
	// Digest is the SHA-256 over all files of the round that were read, in hexadecimal.
	Digest string
}

// Agency finds an agency by its code.
func (r *Round) Agency(code string) (Agency, bool) {
	for _, a := range r.Agencies {
		if a.Code == code {
			return a, true
		}
	}
	return Agency{}, false
}
