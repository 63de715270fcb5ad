package view

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/scoring"
)

// An IndicatorsPage lists the public indicators, pillar by pillar, and names those that cost the field most.
type IndicatorsPage struct {
	Page
	Lede     string
	Costs    []Cost  // the five that keep totals down most; none where nobody lost anything
	CostsSay string  // how they are counted
	Sections []Table // a pillar each, in the set's order
	Hidden   string  // that some indicators are not published; "" where all are
	Note     string  // what the numbers count; "" where there are none
}

// Kind is "indicators".
func (*IndicatorsPage) Kind() string { return "indicators" }

// A Cost is an indicator with what it takes from the totals.
type Cost struct {
	Link  Link
	Words string // the mean loss, in percent of the total
	Note  string // how many came in full
	Bar   string // length, against the highest cost
}

// costsSaid is how many indicators are named that cost most.
const costsSaid = 5

// An entered is a public indicator with what every page says of it.
type entered struct {
	ind              *criteria.Indicator
	name, lang       string
	trail, trailLang string // the pillars above it
	link             Link   // from the page of another indicator
}

// An indicatorBook is what the pages of indicators have in common.
type indicatorBook struct {
	all      []*entered                // in the set's order
	places   map[string]int            // in all, by id
	agencies map[string][]listedAgency // by group, as in its Standings; nil where agencies are not listed
	hidden   bool                      // some indicators are not public
}

// A listedAgency is an agency as every page of an indicator lists it.
type listedAgency struct {
	name, lang     string
	file           string // of its page, without its ending
	rank, rankSort string // rankSort only where the rank is more than a number
	place          int    // by name
}

// neighbour is the link to an indicator by its place; nil where there is none.
func (b *indicatorBook) neighbour(at int) *Link {
	if at < 0 || at >= len(b.all) {
		return nil
	}
	return &b.all[at].link
}

// makeIndicatorBook is called once for an edition.
func (e *Edition) makeIndicatorBook() *indicatorBook {
	b := &indicatorBook{places: map[string]int{}}
	e.enterIndicators(b, e.set.Root, nil)
	if len(e.round.Agencies) > maxListed {
		return b
	}
	b.agencies = map[string][]listedAgency{}
	for _, g := range e.ranking.Groups {
		b.agencies[g.Group.ID] = e.listedAgencies(g)
	}
	return b
}

// enterIndicators walks the set in the order of its pages.
func (e *Edition) enterIndicators(b *indicatorBook, p *criteria.Pillar, above []string) {
	trail := above
	lang := ""
	if p.ID != "" {
		var name string
		name, lang = e.name(p.Name)
		trail = append(slices.Clone(above), numbered(p.No, name))
	}
	for _, child := range p.Pillars {
		e.enterIndicators(b, child, trail)
	}
	for _, ind := range p.Indicators {
		to := e.IndicatorPath(ind.ID)
		if to == "" {
			b.hidden = true
			continue
		}
		x := &entered{ind: ind, trail: strings.Join(trail, " › "), trailLang: lang}
		x.name, x.lang = e.name(ind.Name)
		x.link = Link{Text: numbered(cmp.Or(ind.No, ind.ID), x.name), Lang: x.lang, Href: Relative(e.indicatorsPath(), to)}
		b.places[ind.ID] = len(b.all)
		b.all = append(b.all, x)
	}
}

func (e *Edition) listedAgencies(g scoring.Group) []listedAgency {
	all := make([]listedAgency, len(g.Standings))
	byName := make([]int, len(all))
	for i, s := range g.Standings {
		a := &all[i]
		a.name, a.lang = e.agency(s.Agency)
		a.file = e.agents[s.Agency.Code]
		a.rank = e.say("unranked")
		if s.Ranked {
			a.rank = e.rank(s)
			if sort := e.rankSort(s); !saysNumber(a.rank, sort) {
				a.rankSort = sort
			}
		}
		byName[i] = i
	}
	compare := e.words.Compare()
	slices.SortStableFunc(byName, func(a, b int) int { return compare(all[a].name, all[b].name) })
	for place, i := range byName {
		all[i].place = place
	}
	return all
}

// Indicators makes the list of the public indicators.
func (e *Edition) Indicators() *IndicatorsPage {
	path := e.indicatorsPath()
	book := e.book()
	p := &IndicatorsPage{Page: e.page(path, e.say("indicators-title"), "")}
	field := make([]Tally, len(book.all))
	for i, x := range book.all {
		for _, g := range e.ranking.Groups {
			if column, ok := e.Scores.Of(g.Group.ID, x.ind); ok {
				field[i] = field[i].with(column.Tally)
			}
		}
	}
	p.Lede = e.indicatorsLede(book, field)
	p.Description = p.Lede
	if book.hidden {
		p.Hidden = e.say("some-hidden")
	}
	p.Costs = e.costs(book, field)
	if len(p.Costs) > 0 {
		p.CostsSay = e.say("indicators-costs-say")
	}
	for i := 0; i < len(book.all); {
		j := i + 1
		for j < len(book.all) && book.all[j].trail == book.all[i].trail {
			j++
		}
		p.Sections = append(p.Sections, e.listedSection(book.all[i:j], field[i:j]))
		i = j
	}
	if len(e.ranking.Groups) > 1 && e.anyRanked() {
		p.Note = e.say("indicators-note")
	}
	return p
}

func (e *Edition) anyRanked() bool {
	return slices.ContainsFunc(e.ranking.Groups, func(g scoring.Group) bool { return g.Stats.Ranked > 0 })
}

// indicatorsLede counts the indicators that everybody has in full.
func (e *Edition) indicatorsLede(book *indicatorBook, field []Tally) string {
	counted, full := 0, 0
	for i, t := range field {
		if book.all[i].ind.Effect != criteria.Base || t.Concerned() == 0 {
			continue
		}
		counted++
		if t.Count(Full) == t.Concerned() {
			full++
		}
	}
	if counted == 0 {
		return e.count("indicators-lede", len(book.all))
	}
	return e.count("indicators-lede", len(book.all)) + " " + e.say("indicators-lede-full", full, counted)
}

// costs are the indicators that keep the totals of the ranked agencies down most: the part of the share that is not
// reached, times the part of the total that the indicator decides, over all ranked agencies. Ties are in the set's order.
func (e *Edition) costs(book *indicatorBook, field []Tally) []Cost {
	costs := make([]decimal.Decimal, len(book.all))
	ranked := 0
	for _, g := range e.ranking.Groups {
		ranked += g.Stats.Ranked
	}
	if ranked == 0 {
		return nil
	}
	var order []int
	for i, x := range book.all {
		if costs[i] = e.costOf(x.ind, ranked); costs[i].IsPositive() {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return costs[b].Cmp(costs[a]) })
	var said []Cost
	for _, i := range order[:min(len(order), costsSaid)] {
		length, _ := percent(costs[i], costs[order[0]])
		said = append(said, Cost{
			Link: book.all[i].link, Words: e.say("indicators-cost", e.percentWords(costs[i])),
			Note: e.reachSays(book.all[i].ind, field[i]), Bar: length.StringFixed(1) + "%",
		})
	}
	return said
}

// costOf is what an indicator takes from the mean total, in percent of it.
func (e *Edition) costOf(ind *criteria.Indicator, ranked int) decimal.Decimal {
	if ind.Effect != criteria.Base {
		return decimal.Decimal{}
	}
	var sum decimal.Decimal
	for _, g := range e.ranking.Groups {
		column, ok := e.Scores.Of(g.Group.ID, ind)
		if !ok {
			continue
		}
		t := column.Tally
		lost := decimal.New(int64(t.Applies)*100*100-t.sum, -percentPlaces)
		sum = sum.Add(lost.Mul(e.weights[g.Group.ID].Indicator(ind.ID)))
	}
	return sum.DivRound(decimal.NewFromInt(int64(ranked)), percentPlaces)
}

// listedSection is the table of one pillar.
func (e *Edition) listedSection(all []*entered, field []Tally) Table {
	t := Table{
		Caption: cmp.Or(all[0].trail, e.say("indicators-root")),
		Columns: []Column{
			{Name: e.term("indicator"), Key: true},
			{Name: e.say("indicator-most"), Num: true, Mute: true},
			{Name: e.say("indicators-full"), Num: true, Key: true},
			{Name: e.say("indicators-mean"), Num: true, Key: true},
		},
	}
	for i, x := range all {
		row := Row{Cells: []Cell{
			{Text: x.link.Text, Lang: x.lang, Link: x.link.Href, Head: true}, {Text: e.shortMost(x.ind)},
		}}
		row.Cells = append(row.Cells, e.listedCells(x.ind, field[i])...)
		t.Rows = append(t.Rows, row)
	}
	return t
}

// listedCells say of a bonus who has one and of a penalty who is spared; of those the mean says less than nothing.
func (e *Edition) listedCells(ind *criteria.Indicator, t Tally) []Cell {
	none := Cell{Text: e.say("informational")}
	switch {
	case t.Agencies == 0:
		none.Text = e.say("indicators-nobody")
		return []Cell{none, none}
	case ind.Effect == criteria.None:
		return []Cell{none, none}
	case ind.Effect != criteria.Base && t.Concerned() > 0:
		none.Text = e.say("indicators-outside")
		return []Cell{{Text: e.reachSays(ind, t)}, none}
	default:
		return e.tallyCells(t)
	}
}

// shortMost are the most points: one number, or the least and the most of the groups'.
func (e *Edition) shortMost(ind *criteria.Indicator) string {
	var low, high decimal.Decimal
	some := false
	for _, g := range e.ranking.Groups {
		points, ok := ind.Points[g.Group.ID]
		if !ok || !ind.Concerns(g.Group.ID) {
			continue
		}
		if !some {
			low, high, some = points, points, true
		}
		low, high = decimal.Min(low, points), decimal.Max(high, points)
	}
	switch {
	case ind.Effect == criteria.None:
		return e.say("informational")
	case !some:
		return e.say("indicators-share-only")
	case low.Equal(high):
		return e.plain(high)
	default:
		return e.say("indicators-between", e.plain(low), e.plain(high))
	}
}

// HasIndicators reports whether there is an indicator that is public, so that there are pages of them.
func (e *Edition) HasIndicators() bool { return len(e.indicators) > 0 }

// matters are the pages of indicators and of bodies above agencies.
func (e *Edition) matters() iter.Seq2[string, func() Document] {
	return func(yield func(string, func() Document) bool) {
		if e.HasIndicators() && !yield(e.indicatorsPath(), func() Document { return e.Indicators() }) {
			return
		}
		for ind := range e.set.Root.AllIndicators() {
			page := func() Document { p, _ := e.Indicator(ind.ID); return p }
			if path := e.IndicatorPath(ind.ID); path != "" && !yield(path, page) {
				return
			}
		}
		if !e.HasParents() || !yield(e.parentsPath(), func() Document { return e.Parents() }) {
			return
		}
		for _, key := range slices.Sorted(maps.Keys(e.parents)) {
			page := func() Document { p, _ := e.Parent(key); return p }
			if !yield(e.ParentPath(key), page) {
				return
			}
		}
	}
}
