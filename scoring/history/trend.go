package history

import (
	"cmp"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
)

// A Trend is what agencies and groups were in every earlier round that is known, each held against now. The zero Trend
// knows of none.
type Trend struct {
	Rounds   []Earlier              // the earliest first
	Agencies map[string][]Change    // by code, one for each of Rounds; its Year is 0 where the agency was not there
	Groups   map[string][]PastGroup // by id, one for each of Rounds; its Year is 0 where the group was not there
}

// An Earlier is one of the rounds of a Trend.
type Earlier struct {
	ID    string // empty: a plain table
	Year  int
	Title criteria.Text // empty: a plain table
}

// RebaseAll re-bases earlier rounds on the agencies of a ranking and puts them in order: the latest first, by year, then
// by the last day of their periods.
func RebaseAll(r *scoring.Ranking, pasts []*Past) []*Past {
	all := slices.Clone(pasts)
	slices.SortStableFunc(all, latestFirst)
	for i, p := range all {
		all[i] = p.Rebased(r)
	}
	return all
}

// Latest is the earlier round that RebaseAll puts first; nil where there is none.
func Latest(pasts []*Past) *Past {
	if len(pasts) == 0 {
		return nil
	}
	return slices.MinFunc(pasts, latestFirst)
}

func latestFirst(a, b *Past) int {
	return cmp.Or(cmp.Compare(b.Year, a.Year), cmp.Compare(b.Ended, a.Ended))
}

// CompareAll holds a ranking against the first of some earlier rounds, which RebaseAll put in order, and makes the trend
// over all of them. None compares with nothing.
func CompareAll(r *scoring.Ranking, pasts []*Past) Comparison {
	if len(pasts) == 0 {
		return Comparison{}
	}
	t := Trend{Agencies: map[string][]Change{}, Groups: map[string][]PastGroup{}}
	var latest Comparison
	for i, p := range slices.Backward(pasts) {
		latest = Compare(r, p)
		t.Rounds = append(t.Rounds, Earlier{ID: p.RoundID, Year: p.Year, Title: p.Title})
		at := len(pasts) - 1 - i
		for code, c := range latest.Agencies {
			t.Agencies[code] = padded(t.Agencies[code], len(pasts))
			t.Agencies[code][at] = c
		}
		for id, g := range latest.Groups {
			t.Groups[id] = padded(t.Groups[id], len(pasts))
			t.Groups[id][at] = g
		}
	}
	latest.Trend = t
	return latest
}

func padded[V any](points []V, n int) []V {
	if points == nil {
		return make([]V, n)
	}
	return points
}

// percentPlaces is the number of decimals of percentages.
const percentPlaces = 2

// Percent is the score in percent of its maximum; ok is false where one of them is not known.
func (c Change) Percent() (d decimal.Decimal, ok bool) {
	return percentOf(c.Score, c.Of), c.HasScore && c.Of.IsPositive()
}

// Percent is the mean in percent of what totals were out of; ok is false where one of them is not known.
func (g PastGroup) Percent() (d decimal.Decimal, ok bool) {
	return percentOf(g.Mean, g.Of), g.HasMean && g.Of.IsPositive()
}

func percentOf(score, of decimal.Decimal) decimal.Decimal {
	if !of.IsPositive() {
		return decimal.Decimal{}
	}
	return score.Mul(decimal.NewFromInt(100)).DivRound(of, percentPlaces)
}

// period is the time that the round assessed, by which later rounds tell what came after it.
func (e *encoder) period(j *jsonText) {
	r := e.ranking.Round
	if r.From == "" && r.To == "" {
		return
	}
	j.openKey("period", '{')
	if r.From != "" {
		j.strKey("from", string(r.From))
	}
	if r.To != "" {
		j.strKey("to", string(r.To))
	}
	j.close('}')
}

// A wirePeriod is a round's period in results.json.
type wirePeriod struct {
	To string `json:"to"`
}

// day is the period's last day; empty where the results do not say it as a day.
func (w wirePeriod) day() rule.Date {
	if _, err := time.Parse(time.DateOnly, w.To); err != nil {
		return ""
	}
	return rule.Date(w.To)
}

// history is an agency's results in all earlier rounds, where there are several or one was re-based.
func (e *encoder) history(j *jsonText, code string) {
	points := e.cmp.Trend.Agencies[code]
	if !slices.ContainsFunc(points, func(c Change) bool { return c.Year != 0 }) {
		return
	}
	j.openKey("history", '[')
	for _, c := range points {
		if c.Year != 0 {
			e.point(j, c)
		}
	}
	j.close(']')
}

// point is an agency's result in one round; what is not known is left out.
func (e *encoder) point(j *jsonText, c Change) {
	j.open()
	j.intKey("year", c.Year)
	if c.HasScore {
		j.exactKey("score", c.Score)
		if c.Of.IsPositive() {
			j.exactKey("of", c.Of)
		}
	}
	if c.Rank > 0 {
		j.intKey("rank", c.Rank)
		j.intKey("of_ranked", c.OfRanked)
	}
	asPublished(j, c)
	j.boolKey("comparable", c.Comparable)
	if c.Carried != nil && c.Carried.Why.IsZero() {
		j.strKey("carried", c.Carried.Word())
	}
	if !c.Comparable {
		e.note(j, "why", c.Why)
	}
	j.close('}')
}

// asPublished is the rank as it was published, where the rank was made anew: the field then, and a body's own rank in it.
func asPublished(j *jsonText, c Change) {
	if c.PublishedOf == 0 {
		return
	}
	if c.PublishedRank > 0 {
		j.intKey("published_rank", c.PublishedRank)
	}
	j.intKey("published_of", c.PublishedOf)
}

// Word is the carry in a word: mean, sum, weighted, or "as_is" for the result of one body as it was.
func (c *Carried) Word() string {
	if carry := c.Carry(); carry != 0 {
		return carry.String()
	}
	return "as_is"
}

// groupHistory is what a group was in all earlier rounds.
func (e *encoder) groupHistory(j *jsonText, group string) {
	points := e.cmp.Trend.Groups[group]
	if !slices.ContainsFunc(points, func(g PastGroup) bool { return g.Year != 0 }) {
		return
	}
	j.openKey("history", '[')
	for _, g := range points {
		if g.Year == 0 {
			continue
		}
		j.open()
		j.intKey("year", g.Year)
		j.intKey("agencies", g.Agencies)
		j.intKey("ranked", g.Ranked)
		if g.HasMean {
			j.exactKey("mean", g.Mean)
			j.exactKey("median", g.Median)
			if g.Of.IsPositive() {
				j.exactKey("of", g.Of)
			}
		}
		j.boolKey("comparable", g.Why.IsZero())
		if f := g.Field; f != nil {
			j.intKey("rebased_ranked", f.Ranked)
			if f.Ranked > 0 {
				j.exactKey("rebased_mean", f.Mean)
				j.exactKey("rebased_median", f.Median)
			}
		}
		j.close('}')
	}
	j.close(']')
}
