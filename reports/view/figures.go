package view

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
)

// movesSaid is how many of the largest moves are drawn.
const movesSaid = 10

// figure starts a figure of a page with what all have in common.
func (e *Edition) figure(path, id string, kind ChartKind) Figure {
	return Figure{
		ID: id, Source: e.sourced, CSV: e.csv(path, id), CSVLink: e.say("csv-link"),
		Chart: Chart{Kind: kind, Lang: e.Lang, Draft: e.draft()},
	}
}

func ranked(g scoring.Group) []scoring.Standing { return g.Standings[:g.Stats.Ranked] }

// agencyNumbers is a table of one number per agency.
func (e *Edition) agencyNumbers(column string) Table {
	return Table{Columns: []Column{
		{Name: e.term("rank"), Num: true, Key: true},
		{Name: e.term("agency"), Key: true},
		{Name: column, Num: true, Key: true},
	}}
}

// addAgency adds an agency to the drawing's rows and to the table.
func (f *Figure) addAgency(e *Edition, path string, s scoring.Standing, words string, d decimal.Decimal) {
	f.Chart.Rows = append(f.Chart.Rows, e.agencyName(s.Agency))
	f.Table.Rows = append(f.Table.Rows, Row{Cells: []Cell{
		{Text: e.rank(s), Sort: e.rankSort(s)}, e.agencyCell(path, s), {Text: words, Sort: d.String()},
	}})
}

// A pillarPair is a pillar's mean in percent of its points, now and, where comparable, then.
type pillarPair struct {
	stats      scoring.PillarStats
	no         string // its number, as in the ranking
	now, then  decimal.Decimal
	comparable bool
}

// pillarPairs are the pillars of the first level that apply to some agency of a group.
func (e *Edition) pillarPairs(g scoring.Group) []pillarPair {
	past, hasPast := e.comparedGroup(g.Group.ID)
	var pairs []pillarPair
	for place, p := range e.topPillars(g.Group.ID) {
		i := slices.IndexFunc(g.Stats.Pillars, func(s scoring.PillarStats) bool { return s.Pillar == p })
		if i < 0 || g.Stats.Pillars[i].Agencies == 0 {
			continue
		}
		st := g.Stats.Pillars[i]
		now, ok := percent(st.Mean, st.Of)
		if !ok {
			continue
		}
		pair := pillarPair{stats: st, no: pillarNo(p, place), now: now}
		if then := past.Pillars[p.ID]; hasPast && then.Comparable {
			pair.then, pair.comparable = percent(then.Mean, then.Of)
		}
		pairs = append(pairs, pair)
	}
	return pairs
}

// pillarMeans holds the means of a group's pillars against the earlier round, in percent of their points.
func (e *Edition) pillarMeans(path string, g scoring.Group) Figure {
	pairs := e.pillarPairs(g)
	f := e.figure(path, "pillars", SortedBars)
	if len(pairs) == 0 {
		return f
	}
	comparable := slices.ContainsFunc(pairs, func(p pillarPair) bool { return p.comparable })
	f.Chart.Unit, f.Chart.Max, f.Chart.Decimals = "%", 100, percentPlaces
	f.Subtitle = e.say("pillars-subtitle", g.Stats.Ranked, e.year())
	f.Table.Columns = []Column{{Name: e.term("pillar"), Key: true}, {Name: e.say("pillars-now", e.year()), Num: true, Key: true}}
	now, then := Series{Name: e.year()}, Series{Name: e.past()}
	if comparable {
		f.Chart.Kind = PairedBars
		f.Table.Columns = append(f.Table.Columns,
			Column{Name: e.say("pillars-now", e.past()), Num: true}, Column{Name: e.say("pillars-change"), Num: true, Key: true})
	}
	f.Table.Columns = append(f.Table.Columns, Column{Name: e.say("pillars-mean"), Num: true})
	for _, p := range pairs {
		f.Chart.Rows = append(f.Chart.Rows, numbered(p.no, e.text(p.stats.Pillar.Name)))
		now.Values = append(now.Values, value(p.now, e.percentWords(p.now)))
		then.Values = append(then.Values, e.thenValue(p))
		f.Table.Rows = append(f.Table.Rows, e.pillarRow(p, comparable))
	}
	f.Chart.Series = []Series{now}
	if comparable {
		f.Chart.Series = []Series{then, now}
	}
	f.Headline, f.Narration = e.pillarsSay(pairs, comparable)
	return f
}

func (e *Edition) thenValue(p pillarPair) Value {
	if !p.comparable {
		return Value{Missing: true, Words: e.say("change-none")}
	}
	return value(p.then, e.percentWords(p.then))
}

func (e *Edition) pillarRow(p pillarPair, comparable bool) Row {
	text, lang := e.name(p.stats.Pillar.Name)
	cells := []Cell{{Text: numbered(p.no, text), Lang: lang, Head: true}, {Text: e.percentWords(p.now), Sort: p.now.String()}}
	switch {
	case comparable && p.comparable:
		d := p.now.Sub(p.then)
		cells = append(cells, Cell{Text: e.percentWords(p.then), Sort: p.then.String()}, e.differenceCell(d, e.words.Signed(d, percentPlaces)))
	case comparable:
		cells = append(cells, Cell{Text: e.say("change-none")}, Cell{Text: e.say("change-none")})
	}
	mean := e.say("of-points", e.words.Number(p.stats.Mean, e.digits.pillar), e.plain(p.stats.Of))
	return Row{Cells: append(cells, Cell{Text: mean, Sort: p.stats.Mean.String()})}
}

// differenceCell is a signed difference with its arrow.
func (e *Edition) differenceCell(d decimal.Decimal, words string) Cell {
	c := Cell{Text: words, Sort: d.String(), Tone: toneOf(d.Sign())}
	switch d.Sign() {
	case 1:
		c.Mark = arrowUp
	case -1:
		c.Mark = arrowDown
	}
	return c
}

// pillarsStand says which pillars stand highest and lowest; all that do, where several are equal.
func (e *Edition) pillarsStand(pairs []pillarPair) (headline, narration string) {
	compare := func(a, b pillarPair) int { return a.now.Cmp(b.now) }
	high, low := slices.MaxFunc(pairs, compare).now, slices.MinFunc(pairs, compare).now
	var highest, lowest []string
	for _, p := range pairs {
		if p.now.Equal(high) {
			highest = append(highest, e.text(p.stats.Pillar.Name))
		}
		if p.now.Equal(low) {
			lowest = append(lowest, e.text(p.stats.Pillar.Name))
		}
	}
	switch {
	case len(pairs) == 1:
		headline = e.say("pillar-alone", highest[0], e.percentWords(high))
		return headline, headline + "."
	case high.Equal(low):
		headline = e.say("pillars-equal", e.percentWords(high))
		return headline, headline + "."
	}
	narration = e.say("pillars-narration", highest, e.percentWords(high), lowest, e.percentWords(low))
	if len(highest) > 1 {
		return e.say("pillars-highest-tied", highest, e.percentWords(high)), narration
	}
	return e.say("pillars-highest", highest[0], e.percentWords(high)), narration
}

// pillarsSay finds the headline: how many pillars rose, or which stands highest.
func (e *Edition) pillarsSay(pairs []pillarPair, comparable bool) (headline, narration string) {
	headline, narration = e.pillarsStand(pairs)
	if !comparable {
		return headline, narration
	}
	up, down, all := 0, 0, 0
	for _, p := range pairs {
		if p.comparable {
			all++
			switch p.now.Cmp(p.then) {
			case 1:
				up++
			case -1:
				down++
			}
		}
	}
	switch {
	case up == 0 && down == 0:
		return e.say("pillars-none-moved", e.past()), narration
	case down == 0 && up == all:
		return e.say("pillars-all-up", e.past()), narration
	case up == 0 && down == all:
		return e.say("pillars-all-down", e.past()), narration
	default:
		return e.say("pillars-mixed", up, down, e.past()), narration
	}
}

// noPillars says in words which pillars are not held against the earlier round; "" where all are, or there was none.
func (e *Edition) noPillars(g scoring.Group) string {
	if e.cmp.Year == 0 {
		return ""
	}
	var names []string
	pairs := e.pillarPairs(g)
	for _, p := range pairs {
		if !p.comparable {
			names = append(names, e.text(p.stats.Pillar.Name))
		}
	}
	past, ok := e.comparedGroup(g.Group.ID)
	switch {
	case len(names) == 0:
		return ""
	case !ok || len(past.Pillars) == 0:
		return e.say("pillars-no-past", e.past())
	case len(names) == len(pairs):
		return e.say("pillars-none-comparable", e.past())
	default:
		return e.say("pillars-not-comparable", names, e.past())
	}
}

// pastRatings are the rating counts of the earlier round; ok is false where there are none or where they name a rating
// that the set does not have, so that classes would be confused.
func (e *Edition) pastRatings(g scoring.Group) (past history.PastGroup, ok bool) {
	past, ok = e.comparedGroup(g.Group.ID)
	if !ok || len(past.Ratings) == 0 {
		return past, false
	}
	for id := range past.Ratings {
		if !slices.ContainsFunc(e.set.Ratings, func(r criteria.Rating) bool { return r.ID == id }) {
			return past, false
		}
	}
	return past, true
}

func (e *Edition) noRatings(g scoring.Group) string {
	if _, ok := e.pastRatings(g); ok || e.cmp.Year == 0 || len(e.set.Ratings) == 0 {
		return ""
	}
	return e.say("ratings-no-past", e.past())
}

// ratingCounts holds the number of agencies in each rating against the earlier round.
func (e *Edition) ratingCounts(path string, g scoring.Group) Figure {
	f := e.figure(path, "ratings", SortedBars)
	past, hasPast := e.pastRatings(g)
	f.Chart.Unit = e.say("unit-agencies")
	f.Table.Columns = []Column{{Name: e.term("rating"), Key: true}, {Name: e.say("ratings-now", e.year()), Num: true, Key: true}}
	now, then := Series{Name: e.year()}, Series{Name: e.past()}
	if hasPast {
		f.Chart.Kind = PairedBars
		f.Table.Columns = append(f.Table.Columns, Column{Name: e.say("ratings-now", e.past()), Num: true, Key: true},
			Column{Name: e.say("ratings-change"), Num: true, Key: true})
	}
	most := 1
	for _, r := range g.Stats.Ratings {
		name, lang := e.name(r.Rating.Name)
		before := past.Ratings[r.Rating.ID]
		most = max(most, r.Count)
		f.Chart.Rows = append(f.Chart.Rows, name)
		now.Values = append(now.Values, Value{Number: float64(r.Count), Words: e.whole(r.Count)})
		then.Values = append(then.Values, Value{Number: float64(before), Words: e.whole(before)})
		cells := []Cell{{Text: name, Lang: lang, Head: true}, {Text: e.whole(r.Count), Sort: strconv.Itoa(r.Count)}}
		if hasPast {
			most = max(most, before)
			d := decimal.NewFromInt(int64(r.Count - before))
			change := Cell{Text: e.words.Signed(d, 0), Sort: d.String()} // more weak agencies is no success: no arrow, no colour
			cells = append(cells, Cell{Text: e.whole(before), Sort: strconv.Itoa(before)}, change)
		}
		f.Table.Rows = append(f.Table.Rows, Row{Cells: cells})
	}
	f.Chart.Max = float64(most)
	f.Chart.Series = []Series{now}
	if hasPast {
		f.Chart.Series = []Series{then, now}
	}
	e.ratingsSay(&f, g, past, hasPast)
	return f
}

// ratingsSay words the rating counts.
func (e *Edition) ratingsSay(f *Figure, g scoring.Group, past history.PastGroup, hasPast bool) {
	if len(g.Stats.Ratings) == 0 {
		return
	}
	best := g.Stats.Ratings[0]
	name := e.text(best.Rating.Name)
	f.Headline = e.say("ratings-headline", best.Count, g.Stats.Ranked, name)
	f.Subtitle = e.say("ratings-subtitle", g.Stats.Ranked, e.year())
	f.Narration = f.Headline + "."
	if hasPast {
		f.Headline = e.say("ratings-headline-then", best.Count, g.Stats.Ranked, name, e.past(), past.Ratings[best.Rating.ID])
		f.Subtitle = e.say("ratings-subtitle-then", g.Stats.Ranked, e.year(), past.Ranked, e.past())
		f.Narration = f.Headline + "."
	}
}

// moved are the agencies whose rank moved, the largest moves first, upwards before downwards among equals.
func (e *Edition) moved(g scoring.Group) []scoring.Standing {
	var moved []scoring.Standing
	for _, s := range ranked(g) {
		if c := e.cmp.Agencies[s.Agency.Code]; c.Moved && c.RankChange != 0 {
			moved = append(moved, s)
		}
	}
	slices.SortStableFunc(moved, func(a, b scoring.Standing) int {
		x, y := e.cmp.Agencies[a.Agency.Code].RankChange, e.cmp.Agencies[b.Agency.Code].RankChange
		return cmp.Or(cmp.Compare(max(y, -y), max(x, -x)), cmp.Compare(y, x))
	})
	return moved
}

// largestMoves shows the ten agencies whose rank moved most.
func (e *Edition) largestMoves(path string, g scoring.Group) Figure {
	f := e.figure(path, "moves", Dumbbell)
	moved := e.moved(g)
	moved = moved[:min(len(moved), movesSaid)]
	if len(moved) == 0 {
		return f
	}
	f.Chart.Descending, f.Chart.Min = true, 1
	f.Table = e.movesTable(g)
	switch {
	case len(e.reasonsTold(g)) == 0: // the ranking says as much
		f.See = Link{Text: e.say("see-ranking"), Href: "#ranking"}
	case len(f.Table.Rows) > mostRepeated:
		f.See = Link{Text: e.say("see-moves"), Href: "#ranking"}
	default:
		f.Note = e.say("moved-order")
	}
	then, now := Series{Name: e.past()}, Series{Name: e.year()}
	furthest := 2
	for _, s := range moved {
		c := e.cmp.Agencies[s.Agency.Code]
		furthest = max(furthest, s.Rank, c.Rank)
		f.Chart.Rows = append(f.Chart.Rows, e.agencyName(s.Agency))
		then.Values = append(then.Values, Value{Number: float64(c.Rank), Words: e.whole(c.Rank)})
		now.Values = append(now.Values, Value{Number: float64(s.Rank), Words: e.whole(s.Rank)})
	}
	f.Chart.Max = float64(furthest)
	f.Chart.Series = []Series{then, now}
	first := e.movement(g, moved[0])
	f.Headline = e.say("moves-headline", e.agencyName(moved[0].Agency), first.text)
	f.Subtitle = e.count("moves-subtitle", len(moved), e.past(), e.year())
	if was := e.cmp.Groups[g.Group.ID]; was.Field != nil && was.Field.Ranked > 0 {
		f.Subtitle += "; " + e.say("moves-anew")
	}
	f.Narration = f.Headline + " (" + first.note + ")."
	return f
}
