// Package rule judges one indicator: what an agency entered becomes a share of the indicator's points, with the reason.
// Each kind of rule has one file. A rule knows nothing of weights, pillars, agencies, files or YAML: a kind declares
// its keys, package criteria decodes them and places the faults.
//
// A rule that looks at the cohort becomes a fixed judge first, so that nobody can score with an unfitted rule:
//
//	judge := r.Fit(rule.Basis{Points: &five, Group: cohort})
//	judgement := judge.Judge(inputs)
package rule

import (
	"github.com/shopspring/decimal"
)

// A Rule is one kind of score with its settings.
type Rule interface {
	// Kind is the name of the kind in a criteria set.
	Kind() string
	// Keys declares what the kind's mapping holds besides kind, with the places that decoding fills.
	Keys() []Key
	// Natural is the type of the input "value" of an indicator that declares none; 0 where the kind has no natural
	// type and inputs must be declared. It is asked after decoding: steps with `by` read a date.
	Natural() Type
	// Reads lists the inputs that the rule reads, with the types that it can read, in the order of its keys. It is
	// asked after decoding, when criteria has filled in the operands that were left out (Key.OnlyInput).
	Reads() []Read
	// Check reports the faults of the settings for an indicator of Basis.Points (cohorts are not looked at). It is
	// called only after decoding without faults, once for each distinct number of points of the indicator.
	Check(b Basis) []Fault
	// Fit makes the judge. Settings that Check refuses may judge as Invalid but never panic.
	Fit(b Basis) Judge
	// Words says the rule in a sentence, for the method page and forms.
	Words() Note
	// Example makes up answers for what the rule reads, other ones each turn of the draft, so that it earns part of the
	// points on the first ones where that is possible. Work tries the turns; settings that Check refuses never panic.
	Example(d *Draft)
}

// A Judge judges one agency's inputs. It is fixed: equal inputs, equal judgement.
type Judge interface {
	Judge(in Inputs) Judgement
	// Formula writes the same judgement for a spreadsheet. Full is the points of the indicator or part, 0 or more; 1
	// where its parent does not sum.
	Formula(c Cells, full decimal.Decimal) Formula
}

// A Fitted judge tells the bounds that it took from the cohort, for results.json.
type Fitted interface {
	Judge
	Fitted() []Bound
}

// A Bound is one value taken from the cohort, such as {"best", 120}.
type Bound struct {
	Name  string
	Value decimal.Decimal
}

// Basis is what a rule is fitted to.
type Basis struct {
	Points *decimal.Decimal // points of the indicator for the agency group; nil where its parent does not sum
	Min    decimal.Decimal  // the lowest points that the indicator may earn: 0, or below 0 where the set says `min`
	Group  []Inputs         // final answers of the ranked agencies of the group; nil: cohort unknown
	Round  []Inputs         // the same for all groups of the round; nil: cohort unknown
}

// Status says what became of an answer. The zero Status is invalid on purpose.
type Status int

// Statuses.
const (
	Scored        Status = iota + 1 // the rule judged the answer
	Missing                         // a needed input is blank
	NotApplicable                   // the indicator does not concern the agency
	Invalid                         // the answer cannot be judged
	Pending                         // the cohort, a survey or the council has not spoken yet
)

// String is the status's name in results.json.
func (s Status) String() string {
	switch s {
	case Scored:
		return "scored"
	case Missing:
		return "missing"
	case NotApplicable:
		return "not_applicable"
	case Invalid:
		return "invalid"
	case Pending:
		return "pending"
	default:
		return "unknown"
	}
}

// A Judgement is what a judge says of one agency's inputs. Share is 0 unless Status is Scored; it is at most 1 and
// below 0 only where the set's `min` allows it.
type Judgement struct {
	Status Status
	Share  Fraction
	Note   Note
}

// A Read is one input that a rule reads.
type Read struct {
	Input string // name in the indicator, or "figures.staff"
	Types []Type // types that the rule can read
	At    string // path of the key that names it, as in Fault.At
}

// A Fault is something wrong with a rule's settings. At is the path of the key in the score mapping: "target",
// "steps[2].share", "parts[0].score.of"; empty: the mapping itself. Kind names a sentence of package locale under
// "problems".
type Fault struct {
	At   string
	Kind string
	Args []any
}

// A Key is one key of a kind's mapping. Into says where the decoded setting goes and, by its type, how it is decoded:
//
//	*decimal.Decimal  a finite number
//	*Optional         a finite number that may be left out
//	*Operand          the name of an input, or a list of names that may begin with "-"
//	*string           one of Words
//	*[]Option         options of a choice: {id, name, share or points}
//	*[]Step           steps: {from, above, up_to or by, share or points}
//	*[]Part           parts of a sum_of or best_of: {id, share or points, score}
//	*[]Deduction      parts of a deduct: {of, each}
//
// In a Deduction, each is required; in a Part, id and score. Whether an option, step or part has exactly one of share
// and points is for Check to say, because a checklist that needs all of its options gives them no worth.
type Key struct {
	Name     string
	Into     any
	Required bool
	// OnlyInput says that the operand may be left out where the indicator has exactly one input, also the natural
	// "value"; criteria then fills that input in, before Reads and Check. On a key that decodes into *[]Deduction it
	// is said of the `of` of each deduction. The keys of a part's rule say it for themselves.
	OnlyInput bool
	Words     []string // the words that a *string accepts
}

// Optional is a number that may be left out.
type Optional struct {
	Value decimal.Decimal
	Set   bool
}

// Or is the number, or another where it was left out.
func (o Optional) Or(d decimal.Decimal) decimal.Decimal {
	if o.Set {
		return o.Value
	}
	return d
}

// A Worth is what an option, step or part earns: a share of the indicator's points, or points. Exactly one is set.
type Worth struct {
	Share  Optional
	Points Optional
}

// Of is the worth as a share of the indicator's points; ok is false where it is in points and the indicator has none.
func (w Worth) Of(points *decimal.Decimal) (share Fraction, ok bool) {
	switch {
	case w.Share.Set:
		return Whole(w.Share.Value), true
	case !w.Points.Set || points == nil || points.IsZero():
		return Fraction{}, false
	default:
		return FractionOf(w.Points.Value, *points), true
	}
}

// An Operand is what a rule computes with: the sum of inputs, some with a minus. Nil means that the key was left out.
type Operand []Term

// A Term is one input of an Operand.
type Term struct {
	Input    string
	Negative bool
}

// An Option is one option of a choice or checklist.
type Option struct {
	ID   string
	Name Text
	Worth
}

// A Bounding says how a step's bound compares. The zero Bounding is invalid on purpose.
type Bounding int

// Boundings.
const (
	From  Bounding = iota + 1 // reached at the bound or above
	Above                     // reached above the bound
	UpTo                      // reached at the bound or below
	By                        // reached on the day or before
)

// A Step is one step of a `steps` rule.
type Step struct {
	Bounding Bounding
	Bound    decimal.Decimal // unless Bounding is By
	Day      Date            // where Bounding is By
	Worth
}

// A Part is one part of a sum_of or best_of.
type Part struct {
	ID string
	Worth
	Score Rule
}

// A Deduction takes Each points for every one of Of.
type Deduction struct {
	Of   Operand
	Each decimal.Decimal
}

// A Chooser is a rule that gives the options of an input of type choice or choices.
type Chooser interface {
	// OptionsFor lists the options for an input; nil where the rule gives none for it.
	OptionsFor(input string) []Option
}

// Tell tells a rule the types of the inputs that it reads, by name; a type that is not known is 0. Only words go by them:
// what was entered as a percentage is said as one.
func Tell(r Rule, types func(input string) Type) {
	if t, ok := r.(interface {
		Told(types func(input string) Type)
	}); ok {
		t.Told(types)
	}
}

// tell tells it to the rules of parts.
func tell(parts []Part, types func(input string) Type) {
	for _, p := range parts {
		if p.Score != nil {
			Tell(p.Score, types)
		}
	}
}

// Relative reports whether a rule, or a part of it, looks at the cohort.
func Relative(r Rule) bool {
	c, ok := r.(interface{ Relative() bool })
	return ok && c.Relative()
}
