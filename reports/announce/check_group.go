package announce

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/scoring"
)

// average is the mean of what is taken of a group's ranked agencies, rounded to so many places; ok is false where it is of
// none.
func (c *checker) average(group string, places criteria.Places, of func(scoring.Standing) (decimal.Decimal, bool)) (mean decimal.Decimal, ok bool) {
	var sum decimal.Decimal
	n := 0
	for _, s := range c.members[group] {
		if d, counts := of(s); counts {
			sum, n = sum.Add(d), n+1
		}
	}
	if n == 0 {
		return decimal.Decimal{}, false
	}
	const exact = 18
	return places.Of(sum.DivRound(whole(n), exact)), true
}

func (c *checker) mean(f Fact) string {
	mean, ok := c.average(f.Group, c.set.Rounding.Total, func(s scoring.Standing) (decimal.Decimal, bool) { return s.Score, true })
	if !ok {
		return "nobody is ranked"
	}
	return differ(f, c.as(f, 0, mean), c.set.Of(f.Group))
}

func (c *checker) meanThen(f Fact) string {
	mean, ok := c.average(f.Group, c.set.Rounding.Total, func(s scoring.Standing) (decimal.Decimal, bool) { return s.Score, true })
	then := c.past.Groups[f.Group]
	before, known := then.Mean, then.HasMean
	if then.Field != nil {
		before, known = then.Field.Mean, then.Field.Ranked > 0
	}
	if !ok || !known || len(c.comparable(f.Group)) == 0 {
		return "means do not compare"
	}
	now, was := c.as(f, 0, mean), c.as(f, 1, before)
	if found := moved(f.Trend, now.Sub(was), c.set.Of(f.Group)); found != "" {
		return found
	}
	return differ(f, now, was)
}

// moved says what a difference is called, out of so much: slight below 3 of 100, much from 10 of 100 on.
func moved(told Trend, by, of decimal.Decimal) string {
	size := by.Abs().Mul(whole(100))
	want := Same
	switch {
	case by.IsZero():
	case size.LessThan(of.Mul(whole(3))):
		want = UpSlightly
	case size.LessThan(of.Mul(whole(10))):
		want = Up
	default:
		want = UpMuch
	}
	if by.IsNegative() {
		want += DownSlightly - UpSlightly
	}
	if told != want {
		return fmt.Sprintf("moved by %s of %s", by, of)
	}
	return ""
}

// pillarAverage is the mean of a pillar's score over those to which it applies, each brought to the maximum of.
func (c *checker) pillarAverage(group, pillar string, of decimal.Decimal) (decimal.Decimal, bool) {
	places := c.set.Rounding.Total
	for _, s := range c.members[group] {
		for _, p := range s.Pillars {
			if p.Pillar.ID == pillar {
				places = places.Finer(p.Places(c.set.Rounding))
			}
		}
	}
	return c.average(group, places, func(s scoring.Standing) (decimal.Decimal, bool) {
		for _, p := range s.Pillars {
			if p.Pillar.ID == pillar && p.Applies && p.Of.IsPositive() {
				const exact = 18
				return p.Score.Mul(of).DivRound(p.Of, exact), true
			}
		}
		return decimal.Decimal{}, false
	})
}

// pillarOf is what a pillar is out of for a group: its points, or the scale where it does not sum.
func (c *checker) pillarOf(group, pillar string) decimal.Decimal {
	for _, s := range c.members[group] {
		for _, p := range s.Pillars {
			if p.Pillar.ID == pillar && p.InPoints {
				return p.Pillar.PointsFor(group)
			}
		}
	}
	return c.set.Of(group)
}

func (c *checker) pillarMean(f Fact) string {
	then, ok := c.past.Groups[f.Group].Pillars[f.ID]
	if !ok || !then.Comparable || c.past.Groups[f.Group].Field != nil {
		return "pillars do not compare"
	}
	of := c.pillarOf(f.Group, f.ID)
	mean, ok := c.pillarAverage(f.Group, f.ID, of)
	if !ok {
		return "applies to nobody"
	}
	now, was := mean.Round(c.pillar), then.Mean.Round(c.pillar)
	if found := moved(f.Trend, now.Sub(was), of); found != "" {
		return found
	}
	return differ(f, now, of, was)
}

func (c *checker) pillarAlone(f Fact) string {
	if then := c.past.Groups[f.Group]; then.Pillars[f.ID].Comparable && then.Field == nil {
		return "pillars compare"
	}
	of := c.pillarOf(f.Group, f.ID)
	mean, ok := c.pillarAverage(f.Group, f.ID, of)
	if !ok {
		return "applies to nobody"
	}
	return differ(f, mean.Round(c.pillar), of)
}

func (c *checker) pillarsMoved(f Fact) string {
	var up, down, same int
	for _, p := range c.set.Root.Pillars {
		then, ok := c.past.Groups[f.Group].Pillars[p.ID]
		mean, applies := c.pillarAverage(f.Group, p.ID, c.pillarOf(f.Group, p.ID))
		if !ok || !then.Comparable || c.past.Groups[f.Group].Field != nil || !applies || !c.inTotal(p, f.Group) {
			continue
		}
		switch by := mean.Round(c.pillar).Sub(then.Mean.Round(c.pillar)); by.Sign() {
		case 1:
			up++
		case -1:
			down++
		default:
			same++
		}
	}
	return differ(f, whole(up+down+same), whole(up), whole(down), whole(same))
}

func (c *checker) inTotal(p *criteria.Pillar, group string) bool {
	for ind := range p.AllIndicators() {
		if ind.Concerns(group) && ind.Effect == criteria.Base {
			return true
		}
	}
	return false
}

func (c *checker) lowest(f Fact) string {
	if len(c.set.Ratings) == 0 || f.ID != c.set.Ratings[len(c.set.Ratings)-1].ID {
		return "not the lowest rating"
	}
	weak := c.having(f.Group, func(s scoring.Standing) bool { return s.Rating == f.ID })
	if !sameSet(f.Agencies, weak) {
		return fmt.Sprintf("%v have the rating", weak)
	}
	return differ(f, whole(len(weak)))
}

func (c *checker) parent(f Fact) string {
	worst := c.set.Ratings[len(c.set.Ratings)-1].ID
	weak := c.having(f.Group, func(s scoring.Standing) bool { return s.Rating == worst })
	below := c.having(f.Group, func(s scoring.Standing) bool { return s.Rating == worst && s.Agency.Parent == f.ID })
	if f.ID == "" || !sameSet(f.Agencies, below) {
		return fmt.Sprintf("%v are below it", below)
	}
	return differ(f, whole(len(below)), whole(len(weak)))
}

func (c *checker) unranked(f Fact) string {
	s := c.places[f.Agencies[0]]
	if s.Ranked || !reflect.DeepEqual(s.Reason, f.Why) {
		return "ranked, or for another reason"
	}
	return differ(f)
}

func (c *checker) commendRule(f Fact) string {
	if f.ID != c.round.Cycle.Commendation.Rating {
		return "another rating is needed"
	}
	return differ(f, whole(c.round.Cycle.Commendation.Top[f.Group]))
}

// proposed are the agencies of a group that the rule of the round names.
func (c *checker) proposed(group string) []string {
	by := c.round.Cycle.Commendation
	good := map[string]bool{}
	for _, r := range c.set.Ratings {
		good[r.ID] = true
		if r.ID == by.Rating {
			break
		}
	}
	return c.having(group, func(s scoring.Standing) bool {
		return s.Rank <= by.Top[group] && (by.Rating == "" || good[s.Rating])
	})
}

func (c *checker) commended(f Fact) string {
	if all := c.proposed(f.Group); !sameSet(f.Agencies, all) {
		return fmt.Sprintf("%v are proposed", all)
	}
	return differ(f, whole(len(f.Agencies)))
}

func (c *checker) commendedTied(f Fact) string {
	all := c.proposed(f.Group)
	rank := c.places[f.Agencies[0]].Rank
	var sharing []string
	for _, code := range all {
		if c.places[code].Rank == rank {
			sharing = append(sharing, code)
		}
	}
	if len(all) <= c.round.Cycle.Commendation.Top[f.Group] || !sameSet(f.Agencies, sharing) {
		return fmt.Sprintf("%v share the rank", sharing)
	}
	return differ(f, whole(rank), whole(len(sharing)))
}

func (c *checker) commendedAll(f Fact) string {
	n := 0
	for group := range c.round.Cycle.Commendation.Top {
		n += len(c.proposed(group))
	}
	return differ(f, whole(n))
}

func (c *checker) method(f Fact) string {
	indicators, pillars := 0, 0
	for range c.set.Root.AllIndicators() {
		indicators++
	}
	for _, p := range c.set.Root.Pillars {
		for _, g := range c.set.Groups {
			if c.inTotal(p, g.ID) {
				pillars++
				break
			}
		}
	}
	return differ(f, whole(indicators), whole(pillars))
}

func (c *checker) methodGroup(f Fact) string {
	n := 0
	for ind := range c.set.Root.AllIndicators() {
		if ind.Concerns(f.Group) {
			n++
		}
	}
	return differ(f, whole(n), c.set.Of(f.Group))
}

func (c *checker) pillarScore(f Fact) string {
	for _, p := range c.places[f.Agencies[0]].Pillars {
		if p.Pillar.ID == f.ID {
			return differ(f, c.as(f, 0, p.Score), p.Of)
		}
	}
	return "no such pillar"
}

// trace is the full result of an agency, computed once.
func (c *checker) trace(code string) scoring.Result {
	if _, ok := c.traces[code]; !ok {
		c.traces[code], _ = c.ranking.Trace(code)
	}
	return c.traces[code]
}

func (c *checker) lost(f Fact) string {
	for _, r := range c.trace(f.Agencies[0]).Root.Leaves() {
		if r.Indicator.ID == f.ID {
			score, of := c.as(f, 0, r.Score), c.as(f, 1, r.Of)
			return differ(f, score, of, of.Sub(score))
		}
	}
	return "no such indicator"
}

// mostLost holds that the indicators named lost as much as the least of them or more, and all others less; where one of
// the others lost as much, the fact must say so.
func (c *checker) mostLost(f Fact) string {
	if len(f.Numbers) != 2 {
		return "2 numbers expected"
	}
	named, least := strings.Fields(f.ID), f.Numbers[1]
	var more, same int
	for _, r := range c.trace(f.Agencies[0]).Root.Leaves() {
		lost := c.as(f, 1, r.Of).Sub(c.as(f, 1, r.Score))
		told := slices.Contains(named, r.Indicator.ID)
		switch {
		case r.Indicator.Effect != criteria.Base:
		case lost.GreaterThan(least) && !told, lost.LessThan(least) && told:
			return r.Indicator.ID + " lost " + lost.String()
		case lost.Equal(least):
			same++
		case lost.GreaterThan(least):
			more++
		}
	}
	if f.Tied != (more+same > len(named)) || same == 0 {
		return fmt.Sprintf("%d lost more, %d as much", more, same)
	}
	return differ(f, whole(len(named)), least)
}

func (c *checker) capped(f Fact) string {
	s := c.places[f.Agencies[0]]
	worth, ok := c.set.RatingOf(s.Score, s.Of)
	if !ok || s.RatingCapped == nil || worth.ID != f.ID || !reflect.DeepEqual(s.RatingCapped.Grounds(), f.Why) {
		return "not capped, or not so"
	}
	return differ(f)
}

// reasons holds that the parts told are those of the comparison and add up to how far the rank moved.
func (c *checker) reasons(f Fact) string {
	s, change := c.places[f.Agencies[0]], c.past.Agencies[f.Agencies[0]]
	if change.Parts == nil || len(f.Numbers) == 0 || change.Parts.Sum() != change.Rank-s.Rank {
		return "no parts that add up"
	}
	want := []decimal.Decimal{whole(change.Rank - s.Rank)}
	p := *change.Parts
	for _, part := range []int{p.Own, p.Criteria, p.Others, p.Membership, p.Review, p.Ties, p.Unknown} {
		if part != 0 {
			want = append(want, whole(part))
		}
	}
	return differ(f, want...)
}

func (c *checker) adjusted(f Fact) string {
	for _, line := range c.trace(f.Agencies[0]).Ledger {
		if f.ID != "" && line.Indicator != nil && line.Indicator.ID == f.ID && line.Indicator.Effect != criteria.Base ||
			f.ID == "" && reflect.DeepEqual(line.Note, f.Why) {
			return differ(f, c.as(f, 0, line.Points))
		}
	}
	return "no such line of the ledger"
}
