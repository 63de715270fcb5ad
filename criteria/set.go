// Package criteria is the language of an index: a Set of pillars, indicators, rules and ratings, read from YAML with
// every fault at its line and column. A Set that Load returned is right; nobody checks it again. The package opens no
// file and scores nothing.
package criteria

import (
	"iter"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/rule"
)

// Text is a name in the languages of a set, by language code.
type Text = rule.Text

// FiguresID is the name under which figures are entered ("figures.staff"); no indicator may have it as its id.
const FiguresID = "figures"

// A Set is one edition of an index.
type Set struct {
	ID, Version string
	Title       Text
	Source      Source
	Languages   []string // at least one; the first is the language of names that have only one
	Scale       Scale
	Groups      []AgencyGroup // in the order of the set; at least one
	Ratings     []Rating      // best first; the last one reaches 0. Empty: no ratings
	Rounding    Rounding
	Ranking     Ranking
	Missing     MissingPolicy
	// NotApplicable is the policy for indicators that state none.
	NotApplicable NotApplicablePolicy
	Caps          Caps
	Figures       []Input
	Verifiers     []Code          // who appraises, in the set's order; empty: indicators name verifiers as they like
	Tags          []Code          // what agencies may have, in the set's order; empty: indicators name tags as they like
	Root          *Pillar         // its ID is "" and it has no points of its own
	Views         []View          // other roll-ups of the same nodes; they are no part of the total
	Terms         map[string]Text // the set's own words for printed terms, by locale key
	YAML          []byte          // the set as it was read, comments and all; one that extends is written out in full
	Extends       string          // the address of the set that it extends, as written; "" for none
	Hash          string          // SHA-256 of YAML, in hexadecimal

	slots  *Slots // made by Load
	places places // filled by Load
}

// Address is ID@VERSION, by which a round names its set.
func (s *Set) Address() string { return s.ID + "@" + s.Version }

// Source says where a set comes from. Every field may be empty.
type Source struct {
	Decision string
	Date     rule.Date
	URL      string
	// StructureOnly says what of the index is published and what is not, where the set stops above the level that is
	// scored in fact; nil: the set is complete. A set that extends another one takes it over until it says null.
	StructureOnly Text
}

// Scale is what a perfect total is published as.
type Scale struct {
	Value    decimal.Decimal // above 0; unused where OfPoints
	OfPoints bool            // the total is out of the group's own points
}

// An AgencyGroup is ranked on its own.
type AgencyGroup struct {
	ID   string
	Name Text
}

// A Code is a verifier or a tag with the name that is printed in its place.
type Code struct {
	ID   string
	Name Text
}

// A Rating is a class of totals.
type Rating struct {
	ID    string
	Name  Text
	Bound decimal.Decimal // percent of the attainable maximum
	Above bool            // the class starts above Bound, not at it
}

// Holds reports whether a total of points out of a maximum reaches the rating. It compares exactly.
func (r Rating) Holds(total, of decimal.Decimal) bool {
	c := total.Mul(decimal.NewFromInt(100)).Cmp(r.Bound.Mul(of))
	return c > 0 || c == 0 && !r.Above
}

// Rounding says to how many decimals points are rounded, half away from zero.
type Rounding struct {
	Indicator Places
	Total     Places
}

// Places is a number of decimals. The zero Places does not round.
type Places struct {
	N     int32
	Round bool
}

// Of rounds d; where the set does not round, 18 decimals are kept.
func (p Places) Of(d decimal.Decimal) decimal.Decimal { return d.Round(p.Digits()) }

// Digits is the number of decimals that points keep.
func (p Places) Digits() int32 {
	if p.Round {
		return p.N
	}
	return rule.KeptPlaces
}

// Finer are the decimals of two roundings that keep more.
func (p Places) Finer(other Places) Places {
	if !p.Round || other.Round && p.N >= other.N {
		return p
	}
	return other
}

// Ties says how equal totals are ranked.
type Ties int

// Ways to rank equal totals.
const (
	Competition Ties = iota + 1 // 1, 2, 2, 4
	Dense                       // 1, 2, 2, 3
	Unique                      // 1, 2, 3, 4: the agency's code decides
)

// Ranking says how agencies of a group are ranked.
type Ranking struct {
	Ties     Ties
	TieBreak []string // ids of pillars that decide between equal totals, first one first
}

// MissingPolicy says what missing answers cost.
type MissingPolicy struct {
	Skip               bool            // weights are re-based over the answers given; else a missing answer earns 0
	NoSubmissionUnrank bool            // an agency that sent nothing is unranked; else its total is 0
	MaxShare           decimal.Decimal // an agency with a larger share of its applicable indicators missing is unranked
}

// NotApplicablePolicy says what an indicator earns that does not concern an agency.
type NotApplicablePolicy int

// Policies for what does not apply.
const (
	Rescale NotApplicablePolicy = iota + 1 // the maximum shrinks and the total is re-based
	Full                                   // full points
	Zero                                   // no points
)

// String is the word of a criteria set; "" where an indicator leaves the policy to the set.
func (p NotApplicablePolicy) String() string {
	if p == 0 {
		return ""
	}
	return policyWords[p-1]
}

// Caps bound what stands outside the pillars' points, in points of the published total.
type Caps struct {
	Bonus, Penalty rule.Optional
}

// Combine says how a pillar is made of its children.
type Combine int

// Ways to combine.
const (
	Sum       Combine = iota + 1 // sum of points
	Mean                         // weighted arithmetic mean of shares
	Geometric                    // weighted geometric mean of shares; 0 where a share is 0
	Harmonic                     // weighted harmonic mean of shares; 0 where a share is 0
	Min                          // smallest share
)

// String is the word of a criteria set.
func (c Combine) String() string {
	switch c {
	case Sum:
		return "sum"
	case Mean:
		return "mean"
	case Geometric:
		return "geometric"
	case Harmonic:
		return "harmonic"
	case Min:
		return "min"
	default:
		return "invalid"
	}
}

// A Pillar is an inner node; its children are its pillars, then its indicators.
type Pillar struct {
	ID, No     string
	Name       Text
	Weight     decimal.Decimal // in a parent that does not sum; 1 unless the set says
	Combine    Combine
	Points     PerGroup // declared points; empty where they are the sum of the children's
	Pillars    []*Pillar
	Indicators []*Indicator
}

// A View is another roll-up of pillars and indicators, beside the total: shares combined by weight.
type View struct {
	ID, No  string
	Name    Text
	Combine Combine // Mean (default), Geometric, Harmonic or Min
	Parts   []ViewPart
}

// A ViewPart is one node that a view is made of: a pillar or an indicator.
type ViewPart struct {
	ID        string // of the pillar or indicator
	Pillar    *Pillar
	Indicator *Indicator
	Weight    decimal.Decimal // above 0; 1 unless the set says
}

// PerGroup is points by agency group id. A group that is not in it has none.
type PerGroup map[string]decimal.Decimal

// PointsFor is the attainable points of a pillar that sums, or that has declared points, for an agency group; 0 where
// nothing in it applies to the group. Bonus, penalty and informational indicators do not count.
func (p *Pillar) PointsFor(group string) decimal.Decimal {
	if d, ok := p.Points[group]; ok {
		return d
	}
	var sum decimal.Decimal
	if p.Combine != Sum {
		return sum
	}
	for _, child := range p.Pillars {
		if child.Concerns(group) {
			sum = sum.Add(child.PointsFor(group))
		}
	}
	for _, ind := range p.Indicators {
		if ind.Effect == Base && ind.Concerns(group) {
			sum = sum.Add(ind.Points[group])
		}
	}
	return sum
}

// Concerns reports whether the pillar holds an indicator for the group.
func (p *Pillar) Concerns(group string) bool {
	for ind := range p.AllIndicators() {
		if ind.Concerns(group) {
			return true
		}
	}
	return false
}

// AllIndicators walks the indicators below the pillar in the set's order.
func (p *Pillar) AllIndicators() iter.Seq[*Indicator] {
	return func(yield func(*Indicator) bool) { p.walkIndicators(yield) }
}

func (p *Pillar) walkIndicators(yield func(*Indicator) bool) bool {
	for _, child := range p.Pillars {
		if !child.walkIndicators(yield) {
			return false
		}
	}
	for _, ind := range p.Indicators {
		if !yield(ind) {
			return false
		}
	}
	return true
}

// AllPillars walks the pillars below this one, each before its children, in the set's order.
func (p *Pillar) AllPillars() iter.Seq[*Pillar] {
	return func(yield func(*Pillar) bool) { p.walkPillars(yield) }
}

func (p *Pillar) walkPillars(yield func(*Pillar) bool) bool {
	for _, child := range p.Pillars {
		if !yield(child) || !child.walkPillars(yield) {
			return false
		}
	}
	return true
}

// An Effect says how an indicator's points enter the total.
type Effect int

// Effects.
const (
	Base    Effect = iota + 1 // part of its pillar
	Bonus                     // added to the re-based total
	Penalty                   // taken from the re-based total
	None                      // informational
)

// Public says how much of an indicator is published.
type Public int

// What is published of an indicator.
const (
	Answers    Public = iota + 1 // points and answers
	PointsOnly                   // points, no answers
	Nothing                      // only its pillar's total
)

// An Indicator is a leaf that earns points.
type Indicator struct {
	ID, No        string
	Name          Text
	Points        PerGroup        // by every group that it concerns; empty where its parent does not sum
	Weight        decimal.Decimal // in a parent that does not sum; 1 unless the set says
	Min           decimal.Decimal // lowest points that it may earn; 0 or below
	For           []string        // ids of the groups that it concerns; empty: all
	When          string          // tag of the agencies that it concerns; empty: all. Where the set names tags, one of them
	Inputs        []Input
	Rule          rule.Rule
	Evidence      Evidence
	NotApplicable NotApplicable
	Verifier      string // who appraises it; empty: not said. Where the set names verifiers, one of them
	Public        Public
	Advice        Text
	From          Lineage
	Effect        Effect
}

// Concerns reports whether the indicator is for an agency group.
func (ind *Indicator) Concerns(group string) bool {
	if len(ind.For) == 0 {
		return true
	}
	return slices.Contains(ind.For, group)
}

// Input finds an input of the indicator by its id.
func (ind *Indicator) Input(id string) (Input, bool) { return find(ind.Inputs, id) }

// Options lists the options of a choice or choices input of the indicator.
func (ind *Indicator) Options(input string) []rule.Option {
	if c, ok := ind.Rule.(rule.Chooser); ok {
		return c.OptionsFor(input)
	}
	return nil
}

// Evidence says what must stand behind an answer.
type Evidence struct {
	Required    bool
	WithoutZero bool // without evidence the indicator earns 0; else it is flagged
	Hint        Text
}

// NotApplicable says whether an agency may claim that the indicator does not concern it, and what then.
type NotApplicable struct {
	Allowed bool
	Policy  NotApplicablePolicy // 0: the set's
}

// Lineage names the indicator of the earlier edition.
type Lineage struct {
	ID         string // empty: none
	Comparable bool
}

// By says who enters an input.
type By int

// Who enters an input.
const (
	ByAgency By = iota + 1
	ByDepartment
	BySurvey
	ByCouncil
)

// String is the word of a criteria set.
func (b By) String() string {
	switch b {
	case ByAgency:
		return "agency"
	case ByDepartment:
		return "department"
	case BySurvey:
		return "survey"
	case ByCouncil:
		return "council"
	default:
		return "invalid"
	}
}

// An Input is one thing entered for an indicator, or a figure.
type Input struct {
	ID       string
	Name     Text
	Type     rule.Type
	By       By
	Min, Max rule.Optional // bounds of numeric types
}

func find(inputs []Input, id string) (Input, bool) {
	for _, in := range inputs {
		if in.ID == id {
			return in, true
		}
	}
	return Input{}, false
}

// PolicyFor is what holds for an indicator that does not concern an agency: its own policy, else the set's.
func (s *Set) PolicyFor(ind *Indicator) NotApplicablePolicy {
	if ind.NotApplicable.Policy != 0 {
		return ind.NotApplicable.Policy
	}
	return s.NotApplicable
}

// Figure finds a figure by its id.
func (s *Set) Figure(id string) (Input, bool) { return find(s.Figures, id) }

// Group finds an agency group by its id.
func (s *Set) Group(id string) (AgencyGroup, bool) {
	for _, g := range s.Groups {
		if g.ID == id {
			return g, true
		}
	}
	return AgencyGroup{}, false
}

// Indicator finds an indicator by its id.
func (s *Set) Indicator(id string) (*Indicator, bool) {
	for ind := range s.Root.AllIndicators() {
		if ind.ID == id {
			return ind, true
		}
	}
	return nil, false
}

// Pillar finds a pillar by its id; the root has none and is not found.
func (s *Set) Pillar(id string) (*Pillar, bool) {
	for p := range s.Root.AllPillars() {
		if p.ID == id {
			return p, true
		}
	}
	return nil, false
}

// parentOf is what holds the pillar or indicator of an id; nil where nothing does.
func (s *Set) parentOf(id string) *Pillar {
	holds := func(p *Pillar) bool {
		return slices.ContainsFunc(p.Pillars, func(child *Pillar) bool { return child.ID == id }) ||
			slices.ContainsFunc(p.Indicators, func(ind *Indicator) bool { return ind.ID == id })
	}
	if holds(s.Root) {
		return s.Root
	}
	for p := range s.Root.AllPillars() {
		if holds(p) {
			return p
		}
	}
	return nil
}

// Of is what a perfect total is published as for an agency group.
func (s *Set) Of(group string) decimal.Decimal {
	if s.Scale.OfPoints {
		return s.Root.PointsFor(group)
	}
	return s.Scale.Value
}

// RatingOf finds the class of a total; false where the set has no ratings.
func (s *Set) RatingOf(total, of decimal.Decimal) (Rating, bool) {
	for _, r := range s.Ratings {
		if r.Holds(total, of) {
			return r, true
		}
	}
	if len(s.Ratings) == 0 {
		return Rating{}, false
	}
	return s.Ratings[len(s.Ratings)-1], true
}

// LooksAtCohort reports whether a rule of the set compares an agency with others.
func (s *Set) LooksAtCohort() bool {
	for ind := range s.Root.AllIndicators() {
		if rule.Relative(ind.Rule) {
			return true
		}
	}
	return false
}

// Rating finds a rating by its id.
func (s *Set) Rating(id string) (Rating, bool) {
	for _, r := range s.Ratings {
		if r.ID == id {
			return r, true
		}
	}
	return Rating{}, false
}
