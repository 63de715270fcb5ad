package announce

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/submission"
)

// A FalseFact is a fact that the results do not bear out.
type FalseFact struct {
	Fact  Fact
	Found string // what the results say, for whoever mends the program
}

func (e *FalseFact) Error() string {
	return fmt.Sprintf("fact of kind %d, group %q, agencies %v, id %q, numbers %v: %s", e.Fact.Kind, e.Fact.Group, e.Fact.Agencies, e.Fact.ID, e.Fact.Numbers, e.Found)
}

// Check computes every fact anew from single standings, the traces and the comparison; it shares no arithmetic with Tell
// and reads no statistics of a group. A superlative is true only of one that nobody equals: the first rank held with
// others, or a climb that others made too, has kinds of its own. The error joins a FalseFact for each that is not true;
// nil: all are.
func Check(facts []Fact, ranking *scoring.Ranking, comparison history.Comparison) error {
	return newChecker(ranking, comparison).check(facts)
}

// check is Check with a checker that may know more results than these facts need.
func (c *checker) check(facts []Fact) error {
	var errs []error
	for _, f := range facts {
		if found := c.found(f); found != "" {
			errs = append(errs, &FalseFact{Fact: f, Found: found})
		}
	}
	return errors.Join(errs...)
}

// A checker looks facts up.
type checker struct {
	ranking *scoring.Ranking
	round   *submission.Round
	set     *criteria.Set
	past    history.Comparison
	pillar  int32 // decimals that scores of pillars are told with
	places  map[string]scoring.Standing
	members map[string][]scoring.Standing // ranked agencies by group
	traces  map[string]scoring.Result     // of the agencies that letters speak of, as they are asked for
}

func newChecker(ranking *scoring.Ranking, comparison history.Comparison) *checker {
	_, pillar := view.Digits(ranking)
	c := &checker{
		pillar: int32(pillar), ranking: ranking, round: ranking.Round, set: ranking.Round.Set, past: comparison,
		places: map[string]scoring.Standing{}, members: map[string][]scoring.Standing{}, traces: map[string]scoring.Result{},
	}
	for _, g := range ranking.Groups {
		for _, s := range g.Standings {
			c.places[s.Agency.Code] = s
			if s.Ranked {
				c.members[g.Group.ID] = append(c.members[g.Group.ID], s)
			}
		}
	}
	return c
}

// fresh is a checker of the same results that shares no traces, so that several can work at a time.
func (c *checker) fresh() *checker {
	own := *c
	own.traces = map[string]scoring.Result{}
	return &own
}

// checks has a check for every kind: what is wrong with the fact, "" where it is true.
var checks = map[Kind]func(*checker, Fact) string{
	Entrants: (*checker).entrants, Field: (*checker).field, Rated: (*checker).rated, RatedThen: (*checker).ratedThen,
	Uncompared: (*checker).uncompared, First: (*checker).first, FirstTied: (*checker).first, Place: (*checker).place,
	KeptLead: (*checker).keptLead, Climbs: (*checker).climbs, MostClimbed: (*checker).mostClimbed,
	MostClimbedTied: (*checker).mostClimbed, Move: (*checker).move, ScoreChange: (*checker).scoreChange,
	Mean: (*checker).mean, MeanThen: (*checker).meanThen, PillarMean: (*checker).pillarMean,
	PillarsMoved: (*checker).pillarsMoved, PillarAlone: (*checker).pillarAlone, Lowest: (*checker).lowest,
	Parent: (*checker).parent, Unranked: (*checker).unranked, CommendRule: (*checker).commendRule,
	Commended: (*checker).commended, CommendedTied: (*checker).commendedTied, CommendedAll: (*checker).commendedAll,
	Method: (*checker).method, MethodGroup: (*checker).methodGroup, PillarScore: (*checker).pillarScore,
	Rebased: (*checker).rebased, Capped: (*checker).capped, Reasons: (*checker).reasons, MostLost: (*checker).mostLost, Lost: (*checker).lost, Adjusted: (*checker).adjusted,
}

// found is what contradicts a fact; "" where nothing does.
func (c *checker) found(f Fact) string {
	check, ok := checks[f.Kind]
	if !ok {
		return "no check for this kind"
	}
	for _, code := range f.Agencies {
		if s, ok := c.places[code]; !ok || f.Group != s.Agency.Group {
			return "no agency " + code + " in the group"
		}
	}
	if needed := aboutAgencies[f.Kind]; len(f.Agencies) < needed {
		return fmt.Sprintf("needs %d agencies", needed)
	}
	if f.Year != 0 && f.Year != c.past.Year {
		return fmt.Sprintf("the earlier round is of %d", c.past.Year)
	}
	return check(c, f)
}

// aboutAgencies is how many agencies a fact is about at least.
var aboutAgencies = map[Kind]int{
	First: 1, FirstTied: 2, Place: 1, KeptLead: 1, Climbs: 1, MostClimbed: 1, MostClimbedTied: 2, Move: 1, ScoreChange: 1,
	Lowest: 1, Parent: 2, Unranked: 1, CommendedTied: 2, PillarScore: 1, Capped: 1, Reasons: 1, MostLost: 1, Lost: 1, Adjusted: 1,
}

// differ says which numbers were expected; "" where the fact states them, to its own decimals, which must be at least
// those that the results are told with.
func differ(f Fact, want ...decimal.Decimal) string {
	if len(f.Numbers) != len(want) {
		return fmt.Sprintf("%d numbers expected", len(want))
	}
	for i, n := range f.Numbers {
		if !n.Equal(want[i]) {
			return fmt.Sprintf("%s expected, not %s", want[i], n)
		}
	}
	return ""
}

// as rounds a number of the results to the decimals of the set's totals, or, where it rounds none, to those the fact has.
func (c *checker) as(f Fact, i int, d decimal.Decimal) decimal.Decimal {
	places := int32(0)
	if i < len(f.Numbers) {
		places = max(0, -f.Numbers[i].Exponent())
	}
	if c.set.Rounding.Total.Round {
		places = max(places, c.set.Rounding.Total.N)
	} else {
		places = max(places, 2)
	}
	return d.Round(places)
}

func (c *checker) entrants(f Fact) string {
	ranked, groups := 0, map[string]bool{}
	for _, s := range c.places {
		groups[s.Agency.Group] = true
		if s.Rank > 0 {
			ranked++
		}
	}
	return differ(f, whole(len(c.places)), whole(ranked), whole(len(groups)))
}

func (c *checker) field(f Fact) string {
	all := 0
	for _, s := range c.places {
		if s.Agency.Group == f.Group {
			all++
		}
	}
	return differ(f, whole(all), whole(len(c.members[f.Group])))
}

// having are the ranked agencies of a group of which something holds.
func (c *checker) having(group string, holds func(scoring.Standing) bool) []string {
	var found []string
	for _, s := range c.members[group] {
		if holds(s) {
			found = append(found, s.Agency.Code)
		}
	}
	return found
}

func (c *checker) rated(f Fact) string {
	n := len(c.having(f.Group, func(s scoring.Standing) bool { return s.Rating == f.ID }))
	return differ(f, whole(n), whole(len(c.members[f.Group])))
}

func (c *checker) ratedThen(f Fact) string {
	then, ok := c.past.Groups[f.Group]
	if !ok || len(c.comparable(f.Group)) == 0 || then.Field != nil || !then.Why.IsZero() {
		return "not comparable"
	}
	if _, known := c.set.Rating(f.ID); !known {
		return "no such rating"
	}
	return differ(f, whole(then.Ratings[f.ID]), whole(then.Ranked))
}

// comparable are the agencies of a group whose totals may be compared.
func (c *checker) comparable(group string) []string {
	var found []string
	for code, change := range c.past.Agencies {
		if c.places[code].Agency.Group == group && change.Comparable {
			found = append(found, code)
		}
	}
	return found
}

func (c *checker) uncompared(f Fact) string {
	if len(f.Agencies) == 0 {
		then := c.past.Groups[f.Group]
		if then.Why.IsZero() && len(c.comparable(f.Group)) > 0 || !reflect.DeepEqual(then.Why, f.Why) {
			return "comparable, or not for this reason"
		}
		return ""
	}
	for _, code := range f.Agencies {
		if change, ok := c.past.Agencies[code]; !ok || change.Comparable || !reflect.DeepEqual(change.Why, f.Why) {
			return "not the reason of the comparison"
		}
	}
	return ""
}

// rebased holds what became of the ranks of a group because bodies changed since.
func (c *checker) rebased(f Fact) string {
	field := c.past.Groups[f.Group].Field
	if field == nil {
		return "the ranks then are as they were published"
	}
	return differ(f, whole(field.Ranked), whole(field.Published))
}

// sameSet reports whether two lists hold the same agencies, each once.
func sameSet(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(a, b) && len(slices.Compact(a)) == len(b)
}

func (c *checker) first(f Fact) string {
	leader := c.places[f.Agencies[0]]
	top := c.having(f.Group, func(s scoring.Standing) bool { return s.Rank == 1 })
	equal := c.having(f.Group, func(s scoring.Standing) bool { return s.Score.GreaterThanOrEqual(leader.Score) })
	switch {
	case !sameSet(f.Agencies, top):
		return fmt.Sprintf("of rank 1 are %v", top)
	case f.Kind == First && len(equal) > 1:
		return fmt.Sprintf("%v have no lower total", equal)
	default:
		return differ(f, c.as(f, 0, leader.Score))
	}
}

func (c *checker) place(f Fact) string {
	s := c.places[f.Agencies[0]]
	if found := c.tied(f, s); found != "" {
		return found
	}
	if f.ID != s.Rating {
		return "rated " + s.Rating
	}
	return differ(f, whole(s.Rank), c.as(f, 1, s.Score))
}

func (c *checker) tied(f Fact, s scoring.Standing) string {
	sharing := c.having(f.Group, func(other scoring.Standing) bool { return other.Rank == s.Rank })
	switch {
	case !s.Ranked:
		return "not ranked"
	case f.Tied != (len(sharing) > 1):
		return fmt.Sprintf("%v have the rank", sharing)
	default:
		return ""
	}
}

func (c *checker) keptLead(f Fact) string {
	n := len(f.Agencies)
	if c.past.Groups[f.Group].Field != nil {
		return "the bodies of the group changed"
	}
	for _, code := range f.Agencies {
		change := c.past.Agencies[code]
		if s := c.places[code]; s.Rank < 1 || s.Rank > n || !change.Moved || change.Rank < 1 || change.Rank > n {
			return code + " did not lead both times"
		}
	}
	if n == 1 {
		for code, change := range c.past.Agencies {
			if code != f.Agencies[0] && c.places[code].Agency.Group == f.Group && change.Rank == 1 {
				return code + " had the first rank, too"
			}
		}
	}
	return differ(f, whole(n))
}

// climbers are the ranked agencies of a group that moved up so many places or more.
func (c *checker) climbers(group string, least int) []string {
	return c.having(group, func(s scoring.Standing) bool {
		change := c.past.Agencies[s.Agency.Code]
		return change.Moved && change.Rank-s.Rank >= least
	})
}

func (c *checker) climbs(f Fact) string {
	if len(f.Numbers) != 2 {
		return "2 numbers expected"
	}
	least := int(f.Numbers[0].IntPart())
	if up := c.climbers(f.Group, least); least < 1 || !sameSet(f.Agencies, up) {
		return fmt.Sprintf("%v climbed as many places", up)
	}
	return differ(f, whole(least), whole(len(f.Agencies)))
}

func (c *checker) mostClimbed(f Fact) string {
	if f.Kind == MostClimbed && len(f.Agencies) > 1 {
		return "several agencies"
	}
	code := f.Agencies[0]
	places := c.past.Agencies[code].Rank - c.places[code].Rank
	if up := c.climbers(f.Group, places); places < 1 || !sameSet(f.Agencies, up) {
		return fmt.Sprintf("%v climbed as many places", up)
	}
	return differ(f, whole(places))
}

func (c *checker) move(f Fact) string {
	s, change := c.places[f.Agencies[0]], c.past.Agencies[f.Agencies[0]]
	if !change.Moved || f.Year != c.past.Year || !reflect.DeepEqual(change.RankNote, f.Why) {
		return "ranks do not compare, or not so"
	}
	if found := c.tied(f, s); found != "" {
		return found
	}
	places := change.Rank - s.Rank
	if f.Trend.sign() != whole(places).Sign() {
		return fmt.Sprintf("moved up %d places", places)
	}
	return differ(f, whole(change.Rank), whole(change.OfRanked), whole(s.Rank), whole(len(c.members[f.Group])), whole(places).Abs())
}

func (c *checker) scoreChange(f Fact) string {
	s, change := c.places[f.Agencies[0]], c.past.Agencies[f.Agencies[0]]
	if !change.Comparable {
		return "totals do not compare"
	}
	was := c.as(f, 0, change.Score)
	moved := c.as(f, 1, s.Score).Sub(was)
	if f.Trend.sign() != moved.Sign() {
		return "changed by " + moved.String()
	}
	return differ(f, was, moved.Abs())
}
