package announce

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
)

// numbers is a set of numbers, whatever their trailing zeros.
type numbers map[string]bool

func (n numbers) add(all ...decimal.Decimal) {
	for _, d := range all {
		n[d.Abs().String()] = true
	}
}

// holds reports whether a number may be read as one of the set.
func (n numbers) holds(of number) bool {
	return slices.ContainsFunc(of.readings, func(d decimal.Decimal) bool { return n[d.String()] })
}

// results are all numbers that a text may state of a ranking.
type results struct {
	ranking *scoring.Ranking
	past    history.Comparison
	total   int32
	pillar  int32
	all     numbers
	groups  map[string]numbers // statistics of a group
	own     map[string]owned   // by agency code
}

// owned are the numbers of one agency.
type owned struct {
	rank   int // 0: not ranked
	ranks  numbers
	places numbers
	points numbers
	total  decimal.Decimal
}

func newResults(ranking *scoring.Ranking, comparison history.Comparison) *results {
	total, pillar := view.Digits(ranking)
	r := &results{
		ranking: ranking, past: comparison, total: int32(total), pillar: int32(pillar),
		all: numbers{}, groups: map[string]numbers{}, own: map[string]owned{},
	}
	for _, f := range Tell(ranking, comparison) {
		r.all.add(f.Numbers...)
		if len(f.Agencies) >= crowd {
			r.all.add(whole(len(f.Agencies)))
		}
	}
	r.all.add(whole(ranking.Round.Year), whole(comparison.Year))
	for _, rating := range ranking.Round.Set.Ratings {
		r.all.add(rating.Bound)
	}
	for _, g := range ranking.Groups {
		r.group(g)
	}
	return r
}

// group notes the statistics of a group and the numbers of its agencies.
func (r *results) group(g scoring.Group) {
	own := numbers{}
	r.groups[g.Group.ID] = own
	stats := g.Stats
	for _, d := range []decimal.Decimal{stats.Mean, stats.Median, stats.Q1, stats.Q3, stats.Highest, stats.Lowest, g.Of} {
		own.add(d.Round(r.total))
	}
	for _, p := range stats.Pillars {
		own.add(p.Mean.Round(r.pillar), p.Median.Round(r.pillar), p.Best.Round(r.pillar), p.Of)
	}
	then := r.past.Groups[g.Group.ID]
	if then.HasMean {
		own.add(then.Mean.Round(r.total), then.Median.Round(r.total))
	}
	for _, p := range then.Pillars {
		own.add(p.Mean.Round(r.pillar), p.Of)
	}
	r.all.add(whole(stats.Agencies), whole(stats.Ranked), whole(then.Agencies), whole(then.Ranked))
	for _, n := range then.Ratings {
		r.all.add(whole(n))
	}
	for n := range own {
		r.all[n] = true
	}
	for _, s := range g.Standings {
		r.agency(s)
	}
}

// agency notes what may be said of one agency.
func (r *results) agency(s scoring.Standing) {
	o := owned{ranks: numbers{}, places: numbers{}, points: numbers{}, rank: s.Rank, total: s.Score.Round(r.total)}
	change, known := r.past.Agencies[s.Agency.Code]
	if s.Ranked {
		o.ranks.add(whole(s.Rank))
		o.points.add(o.total, s.Percent, s.Of)
	}
	for _, p := range s.Pillars {
		if p.Applies && s.Ranked {
			o.points.add(p.Score.Round(r.pillar), p.Of)
		}
		o.points.add(change.Pillars[p.Pillar.ID].Score.Round(r.pillar))
	}
	if known {
		o.ranks.add(whole(change.Rank), whole(change.PublishedRank))
		o.places.add(whole(change.RankChange))
		o.points.add(change.Score.Round(r.total), o.total.Sub(change.Score.Round(r.total)))
		r.all.add(whole(change.OfRanked), whole(change.PublishedOf))
	}
	for _, set := range []numbers{o.ranks, o.places, o.points} {
		for n := range set {
			r.all[n] = true
		}
	}
	r.own[s.Agency.Code] = o
}

// quoted are the names and other texts of the round, in every language, that a text may quote and that may hold numbers.
func (r *results) quoted() []string {
	round, set := r.ranking.Round, r.ranking.Round.Set
	quotes := []string{
		round.ID, set.Version, set.Address(), round.Release.Decision, round.Release.Contact, round.Release.Licence, round.Release.URL,
	}
	texts := []rule.Text{round.Title, round.Publish.Name, set.Title}
	for _, a := range round.Agencies {
		texts = append(texts, a.Name)
		quotes = append(append(quotes, a.Aliases...), a.Parent)
	}
	for p := range set.Root.AllPillars() {
		texts = append(texts, p.Name)
	}
	for ind := range set.Root.AllIndicators() {
		texts = append(texts, ind.Name)
		for _, name := range ind.Name {
			quotes = append(quotes, ind.No+" "+name)
		}
	}
	for _, g := range set.Groups {
		texts = append(texts, g.Name)
	}
	for _, rating := range set.Ratings {
		texts = append(texts, rating.Name)
	}
	for _, t := range texts {
		for _, name := range t {
			quotes = append(quotes, name)
		}
	}
	return append(quotes, r.worded(set)...)
}

// worded are dates and reasons as each language writes them.
func (r *results) worded(set *criteria.Set) []string {
	round := r.ranking.Round
	days := []rule.Date{round.Release.Date, round.From, round.To}
	for _, m := range round.Cycle.Calendar.Milestones {
		days = append(days, m.From, m.Until)
	}
	var quotes []string
	for _, lang := range locale.Langs() {
		l := locale.MustFor(lang).WithTerms(set.Terms)
		for _, day := range days {
			if day != "" {
				quotes = append(quotes, l.Date(day), l.LongDate(day))
			}
		}
		for _, f := range Tell(r.ranking, r.past) {
			if !f.Why.IsZero() {
				why := strings.TrimSuffix(l.Note(f.Why), ".")
				quotes = append(quotes, why, capital(why))
			}
		}
	}
	return quotes
}
