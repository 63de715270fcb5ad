package view

import (
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
)

// fewForTrend is the number of earlier rounds from which on a trend is drawn; one of them is told beside the numbers.
const fewForTrend = 2

// A moment is what is drawn of one round: an agency, or a group's mean, in percent of the maximum.
type moment struct {
	label string
	cells []Cell // of the table, the label first
	own   Value  // drawn
	mean  Value  // of the group, drawn
	row   string // label of the drawing: with a remark where totals are not comparable with now
}

// earlierLabel names an earlier round: its year, and its title where two rounds are of one year.
func (e *Edition) earlierLabel(i int) string {
	rounds := e.cmp.Trend.Rounds
	year := yearWords(rounds[i].Year)
	twin := rounds[i].Year == e.round.Year
	for j, other := range rounds {
		twin = twin || j != i && other.Year == rounds[i].Year
	}
	if title := e.text(rounds[i].Title); twin && title != "" {
		return title
	}
	return year
}

// missing is a number that is not there, in words.
func (e *Edition) missing() Value { return Value{Missing: true, Words: e.say("trend-nothing")} }

// percentValue is a percentage to draw.
func (e *Edition) percentValue(d decimal.Decimal, ok bool) Value {
	if !ok {
		return e.missing()
	}
	return value(d, e.percentWords(d))
}

// onField is a group of an earlier round with the mean and the median of the bodies of today, where its bodies changed
// since: they are not known where ranks cannot be made anew.
func onField(g history.PastGroup) history.PastGroup {
	if f := g.Field; f != nil {
		g.Mean, g.Median, g.HasMean = f.Mean, f.Median, f.Ranked > 0
	}
	return g
}

// meanThen is the mean of a group in an earlier round, of the bodies that its ranks are out of; those of then where ranks
// cannot be made anew.
func (e *Edition) meanThen(g history.PastGroup) (mean decimal.Decimal, share Value) {
	if g.Field != nil && g.Field.Ranked > 0 {
		g = onField(g)
	}
	d, ok := g.Percent()
	return g.Mean, e.percentValue(d, ok && g.Year != 0)
}

// agencyTrend shows an agency's totals and ranks over all rounds; no rows where there are too few.
func (e *Edition) agencyTrend(path string, g scoring.Group, s scoring.Standing) Figure {
	f := e.figure(path, "trend", DotRows)
	f.CSV = ""
	points := e.cmp.Trend.Agencies[s.Agency.Code]
	if len(e.cmp.Trend.Rounds) < fewForTrend || len(points) == 0 {
		return f
	}
	groups := e.cmp.Trend.Groups[g.Group.ID]
	var moments []moment
	for i, c := range points {
		var was history.PastGroup
		if i < len(groups) {
			was = groups[i]
		}
		moments = append(moments, e.agencyThen(e.earlierLabel(i), c, was))
	}
	moments = append(moments, e.agencyNow(g, s))
	f.Table.Columns = []Column{
		{Name: e.say("trend-round"), Key: true},
		{Name: e.term("score"), Num: true, Key: true},
		{Name: e.say("percent-of-maximum"), Num: true},
		{Name: e.term("rank"), Key: true},
		{Name: e.say("trend-group-mean"), Num: true},
	}
	e.draw(&f, moments, Series{Name: e.say("own")}, Series{Name: e.say("trend-group-mean")})
	f.Headline = e.trendSays(points, g, s)
	f.Subtitle = e.say("trend-subtitle", e.earlierLabel(0), e.year())
	if slices.ContainsFunc(points, func(c history.Change) bool { return c.PublishedOf > 0 }) {
		f.Subtitle += "; " + e.say("trend-anew")
	}
	f.Narration = f.Headline + "."
	return f
}

// draw puts moments into a drawing and its table.
func (e *Edition) draw(f *Figure, moments []moment, own, mean Series) {
	f.Chart.Unit, f.Chart.Max, f.Chart.Decimals = "%", 100, percentPlaces
	for _, m := range moments {
		f.Chart.Rows = append(f.Chart.Rows, m.row)
		own.Values, mean.Values = append(own.Values, m.own), append(mean.Values, m.mean)
		f.Table.Rows = append(f.Table.Rows, Row{Cells: m.cells})
	}
	f.Chart.Series = []Series{own}
	if mean.Name != "" {
		f.Chart.Series = append(f.Chart.Series, mean)
	}
}

// agencyThen is an agency in an earlier round.
func (e *Edition) agencyThen(label string, c history.Change, was history.PastGroup) moment {
	share, known := c.Percent()
	_, mean := e.meanThen(was)
	m := moment{label: label, row: label, own: e.percentValue(share, known), mean: mean}
	score := Cell{Text: e.say("trend-nothing")}
	rank := Cell{Text: e.say("trend-nothing")}
	if c.HasScore {
		score = Cell{Text: e.total(c.Score), Sort: c.Score.String(), Note: e.carriedNote(c)}
	}
	if c.Rank > 0 {
		rank = Cell{Text: e.say("of", c.Rank, c.OfRanked), Note: e.words.Note(c.RankNote)}
	} else if note := e.words.Note(c.RankNote); note != "" {
		rank.Note = note
	}
	if !c.Comparable && c.HasScore {
		m.row = e.say("trend-apart", label)
	}
	head := Cell{Text: label, Head: true}
	if c.Year != 0 && !c.Comparable {
		head.Note = e.words.Note(c.Why)
	}
	m.cells = []Cell{head, score, drawnCell(m.own), rank, drawnCell(mean)}
	return m
}

func drawnCell(v Value) Cell {
	c := Cell{Text: v.Words}
	if !v.Missing {
		c.Sort = strconv.FormatFloat(v.Number, 'f', -1, 64)
	}
	return c
}

// agencyNow is an agency in this round.
func (e *Edition) agencyNow(g scoring.Group, s scoring.Standing) moment {
	mean, known := percent(g.Stats.Mean, g.Of)
	m := moment{
		label: e.year(), row: e.year(), own: value(s.Percent, e.percentWords(s.Percent)),
		mean: e.percentValue(mean, known && g.Stats.Ranked > 0),
	}
	rank := Cell{Text: e.say("unranked")}
	if s.Ranked {
		rank = Cell{Text: e.say("rank-of", e.rank(s), g.Stats.Ranked)}
	}
	m.cells = []Cell{
		{Text: e.year(), Head: true}, {Text: e.total(s.Score), Sort: s.Score.String()}, drawnCell(m.own), rank, drawnCell(m.mean),
	}
	return m
}

// trendSays is the finding: the ranks of all rounds, each with the number of agencies it is out of; else the totals.
func (e *Edition) trendSays(points []history.Change, g scoring.Group, s scoring.Standing) string {
	var ranks, totals []string
	for i, c := range points {
		if c.Rank > 0 {
			ranks = append(ranks, e.say("trend-rank", c.Rank, c.OfRanked, e.earlierLabel(i)))
		}
		if c.HasScore {
			totals = append(totals, e.say("trend-total", e.total(c.Score), e.earlierLabel(i)))
		}
	}
	if s.Ranked && len(ranks) > 0 {
		ranks = append(ranks, e.say("trend-rank", s.Rank, g.Stats.Ranked, e.year()))
		return e.say("trend-ranks", ranks)
	}
	totals = append(totals, e.say("trend-total", e.total(s.Score), e.year()))
	return e.say("trend-totals", totals)
}

// groupTrend shows a group's mean over all rounds; no rows where there are too few.
func (e *Edition) groupTrend(path string, g scoring.Group) Figure {
	f := e.figure(path, "trend", DotRows)
	points := e.cmp.Trend.Groups[g.Group.ID]
	if len(e.cmp.Trend.Rounds) < fewForTrend || len(points) == 0 {
		return f
	}
	var moments []moment
	var said []string
	for i, was := range points {
		m := e.groupThen(e.earlierLabel(i), was)
		moments = append(moments, m)
		if !m.own.Missing {
			said = append(said, e.say("trend-total", m.own.Words, m.label))
		}
	}
	share, ok := percent(g.Stats.Mean, g.Of)
	now := moment{label: e.year(), row: e.year(), own: e.percentValue(share, ok)}
	now.cells = []Cell{
		{Text: now.label, Head: true},
		{Text: e.total(g.Stats.Mean), Sort: g.Stats.Mean.String()},
		drawnCell(now.own),
		{Text: e.whole(g.Stats.Ranked), Sort: strconv.Itoa(g.Stats.Ranked)},
	}
	moments, said = append(moments, now), append(said, e.say("trend-total", now.own.Words, now.label))
	f.Table.Columns = []Column{
		{Name: e.say("trend-round"), Key: true},
		{Name: e.say("trend-mean"), Num: true, Key: true},
		{Name: e.say("percent-of-maximum"), Num: true, Key: true},
		{Name: e.say("trend-ranked"), Num: true, Key: true},
	}
	e.draw(&f, moments, Series{Name: e.say("trend-mean")}, Series{})
	f.Headline = e.say("trend-means", said)
	f.Subtitle = e.say("trend-mean-subtitle", e.earlierLabel(0), e.year())
	if slices.ContainsFunc(points, func(g history.PastGroup) bool { return g.Field != nil && g.Field.Ranked > 0 }) {
		f.Subtitle += "; " + e.say("trend-mean-anew")
	}
	f.Narration = f.Headline + "."
	return f
}

// groupThen is a group in an earlier round.
func (e *Edition) groupThen(label string, was history.PastGroup) moment {
	mean, share := e.meanThen(was)
	m := moment{label: label, row: label, own: share}
	head, words, ranked := Cell{Text: label, Head: true}, Cell{Text: e.say("trend-nothing")}, Cell{Text: e.say("trend-nothing")}
	if was.Year != 0 {
		ranked = Cell{Text: e.whole(was.Ranked), Sort: strconv.Itoa(was.Ranked)}
		if !was.Why.IsZero() {
			m.row, head.Note = e.say("trend-apart", label), e.words.Note(was.Why)
		}
	}
	if f := was.Field; f != nil && f.Ranked > 0 {
		ranked = Cell{Text: e.whole(f.Ranked), Sort: strconv.Itoa(f.Ranked), Note: e.anew(was)}
	}
	if !share.Missing {
		words = Cell{Text: e.total(mean), Sort: mean.String()}
	}
	m.cells = []Cell{head, words, drawnCell(share), ranked}
	return m
}

// anew says that ranks and mean of a group were made anew among the bodies of today.
func (e *Edition) anew(was history.PastGroup) string {
	return e.words.Note(rule.Say("lineage-ranks-anew", yearWords(was.Year), was.Field.Ranked, was.Field.Published))
}

// mostPillarYears is how many earlier rounds the trend of the pillars shows: each has its own mark.
const mostPillarYears = 3

// pillarTrend shows the means of a group's pillars over the latest rounds in which they asked the same; no rows where
// there are too few.
func (e *Edition) pillarTrend(path string, g scoring.Group) Figure {
	f := e.figure(path, "pillar-trend", DotRows)
	rounds, points := e.cmp.Trend.Rounds, e.cmp.Trend.Groups[g.Group.ID]
	pairs := e.pillarPairs(g)
	if len(rounds) < fewForTrend || len(points) == 0 || !anyComparable(points) || len(pairs) == 0 {
		return f
	}
	f.Chart.Unit, f.Chart.Max, f.Chart.Decimals = "%", 100, percentPlaces
	f.Table.Columns = []Column{{Name: e.term("pillar"), Key: true}, {Name: e.year(), Num: true, Key: true}}
	f.Chart.Series = []Series{{Name: e.year()}}
	first := max(0, len(rounds)-mostPillarYears)
	for i := len(rounds) - 1; i >= first; i-- {
		f.Table.Columns = append(f.Table.Columns, Column{Name: e.earlierLabel(i), Num: true, Key: true})
		f.Chart.Series = append(f.Chart.Series, Series{Name: e.earlierLabel(i)})
	}
	for _, p := range pairs {
		text, lang := e.name(p.stats.Pillar.Name)
		shares := []Value{value(p.now, e.percentWords(p.now))}
		for i := len(rounds) - 1; i >= first; i-- {
			then := points[i].Pillars[p.stats.Pillar.ID]
			share, ok := percent(then.Mean, then.Of)
			shares = append(shares, e.percentValue(share, ok && then.Comparable))
		}
		cells := []Cell{{Text: text, Lang: lang, Head: true}}
		for i, v := range shares {
			f.Chart.Series[i].Values = append(f.Chart.Series[i].Values, v)
			cells = append(cells, drawnCell(v))
		}
		f.Chart.Rows = append(f.Chart.Rows, text)
		f.Table.Rows = append(f.Table.Rows, Row{Cells: cells})
	}
	f.Headline = e.say("pillar-trend-headline", e.earlierLabel(first), e.year())
	f.Subtitle = e.say("pillar-trend-subtitle")
	_, f.Narration = e.pillarsSay(pairs, false)
	return f
}

func anyComparable(points []history.PastGroup) bool {
	return slices.ContainsFunc(points, func(g history.PastGroup) bool {
		for _, p := range g.Pillars {
			if p.Comparable {
				return true
			}
		}
		return false
	})
}
