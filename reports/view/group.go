package view

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/scoring"
)

// A GroupPage is the ranking of one agency group.
type GroupPage struct {
	Page
	Finding    string
	Facts      []Fact
	More       []Link // other pages about the group
	Ranking    Table
	TieNote    string   // how ties are ranked and what is compared
	Filter     bool     // the ranking is long enough to be filtered
	Long       bool     // the ranking has so many rows that nothing but numbers and words stands in them
	Parts      []string // what the numbers before the shaded cells of a narrow screen mean
	Legend     []Shade
	Unranked   Table  // no rows where all agencies are ranked
	NoPillars  string // why pillar means are not held against the earlier round; "" where they are
	NoRatings  string
	Field      []string // who joined the group and who left it since the earlier round, and what that does to its ranks
	Gone       Table    // agencies of the earlier round that are no more; no rows where there are none
	Figures    []Figure
	MeanMoved  string // why the mean changed; "" where that is not known
	Moves      Table  // why no rank moved, an agency a row; no rows where the figure of the largest moves tells it, or nothing
	Views      Table  // no rows where the group has no views, or nobody is ranked
	ViewMeans  string // of the group; "" where there are none
	RevisedSay string // what the marks of changed cells mean; "" where none is marked
}

// Kind is "group".
func (*GroupPage) Kind() string { return "group" }

// Drawings are the figures of the group.
func (p *GroupPage) Drawings() []Figure { return p.Figures }

// A Shade is one class of the pillar cells.
type Shade struct {
	Level int
	Words string
}

// shades are the lower bounds of the five classes, in percent of the points; fixed, so that pages of different groups and
// years shade alike.
var shades = [...]int64{0, 50, 65, 80, 90}

// level is the shading class, 1 to 5, of a percentage.
func level(d decimal.Decimal) int {
	for i := len(shades) - 1; i > 0; i-- {
		if d.GreaterThanOrEqual(decimal.NewFromInt(shades[i])) {
			return i + 1
		}
	}
	return 1
}

func (e *Edition) legend() []Shade {
	legend := make([]Shade, len(shades))
	for i := range shades {
		switch i {
		case 0:
			legend[i] = Shade{1, e.say("shade-below", int(shades[1]))}
		case len(shades) - 1:
			legend[i] = Shade{i + 1, e.say("shade-from", int(shades[i]))}
		default:
			legend[i] = Shade{i + 1, e.say("shade-between", int(shades[i]), int(shades[i+1]))}
		}
	}
	return legend
}

// Group makes the page of an agency group.
func (e *Edition) Group(g scoring.Group) *GroupPage {
	path := e.GroupPath(g.Group.ID)
	name, lang := e.name(g.Group.Name)
	p := &GroupPage{
		Page: e.page(path, name, lang), Finding: e.finding(g), Facts: e.groupFacts(g),
		Ranking: e.rankingTable(path, g), TieNote: e.tieNote(), Unranked: e.unrankedTable(path, g),
	}
	p.Description = p.Finding
	p.More = e.links(path,
		Link{Text: e.say("card-compare"), Href: e.ComparePath(g.Group.ID)},
		Link{Text: e.say("nav-indicators"), Href: e.indicatorsPath()},
		Link{Text: e.say("nav-parents"), Href: e.parentsPath()},
	)
	p.Field, p.Gone = e.fieldSays(g), e.goneTable(path, g)
	p.Filter, p.Long = g.Stats.Ranked >= fewToFilter, g.Stats.Ranked > mostDecorated
	if parts := e.parts(g); len(parts) > 0 {
		p.Legend = e.legend()
		for _, part := range parts {
			p.Parts = append(p.Parts, part.head)
		}
	}
	if e.anyRevised(g) {
		p.RevisedSay = e.say("revised-mark", e.round.Release.Revision)
	}
	if g.Stats.Ranked > 0 {
		p.Views, p.ViewMeans = e.groupViews(path, g), e.viewMeans(g)
		e.illustrate(p, g)
	}
	return p
}

// illustrate adds the figures of a group in which somebody is ranked, and what stands in place of those that it lacks.
func (e *Edition) illustrate(p *GroupPage, g scoring.Group) {
	path := p.Path
	p.add(e.pillarMeans(path, g))
	p.NoPillars = e.noPillars(g)
	p.add(e.ratingCounts(path, g))
	p.NoRatings = e.noRatings(g)
	p.add(e.groupTrend(path, g))
	p.add(e.pillarTrend(path, g))
	p.add(e.spread(path, g))
	p.add(e.pillarRanges(path, g))
	if moves := e.largestMoves(path, g); len(moves.Chart.Rows) > 0 {
		p.add(moves)
	} else {
		p.Moves = e.reasonsTable(g)
	}
	p.MeanMoved = e.movedMean(g)
}

// Sizes of a ranking from which on its page is made otherwise.
const (
	fewToFilter   = 15  // so many rows are worth a filter
	mostDecorated = 500 // more rows have no bars: a browser lays each out
)

// add keeps a figure that has something to show.
func (p *GroupPage) add(f Figure) {
	if len(f.Chart.Rows) > 0 {
		p.Figures = append(p.Figures, f)
	}
}

// tieNote says how ranks come about, under the table.
func (w *wording) tieNote() string {
	key := "ties-competition"
	switch w.set.Ranking.Ties {
	case criteria.Dense:
		key = "ties-dense"
	case criteria.Unique:
		key = "ties-unique"
	case criteria.Competition:
	}
	first := w.say("ranked-by", w.digits.total)
	if !w.set.Rounding.Total.Round {
		first = w.say("ranked-by-significant", maxUnrounded)
	}
	if decided := w.tieBreak(); decided != "" {
		return first + " " + decided + " " + w.say(key+"-then")
	}
	return first + " " + w.say(key)
}

// tieBreak names the pillars that decide between equal totals; "" where none does.
func (w *wording) tieBreak() string {
	var names []string
	for _, id := range w.set.Ranking.TieBreak {
		for p := range w.set.Root.AllPillars() {
			if p.ID == id {
				names = append(names, w.text(p.Name))
			}
		}
	}
	if len(names) == 0 {
		return ""
	}
	return w.say("tie-break", names)
}

// rankingTable is the product: who stands where, by how much, and in which parts of the total.
func (e *Edition) rankingTable(path string, g scoring.Group) Table {
	parts := e.parts(g)
	t := Table{Caption: e.say("ranking-caption", e.text(g.Group.Name), e.year())}
	t.Columns = []Column{
		{Name: e.term("rank"), Sort: "num", Num: true, Key: true},
		{Name: e.term("agency"), Sort: "text", Key: true},
		{Name: e.term("score"), Sort: "num", Num: true, Key: true},
		{Name: e.say("gap"), Sort: "num", Num: true},
	}
	if len(e.set.Ratings) > 0 {
		t.Columns = append(t.Columns, Column{Name: e.term("rating"), Sort: "num", Mute: true})
	}
	if e.cmp.Year != 0 {
		t.Columns = append(t.Columns, Column{Name: e.say("change-since", e.past()), Sort: "num", Mute: true})
	}
	for _, p := range parts {
		t.Columns = append(t.Columns, Column{Name: p.head, Label: p.no, Mute: counted(parts), Sort: "num", Num: true})
	}
	var above decimal.Decimal
	for i, s := range ranked(g) {
		if i > 0 && g.Standings[i-1].Rank != s.Rank {
			above = g.Standings[i-1].Score
		}
		row := e.rankingRow(path, g, s, above)
		for _, p := range parts {
			row.Cells = append(row.Cells, p.cell(i, s))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// rankingRow is an agency's row up to the parts of its total; above is the total of the next better rank.
func (e *Edition) rankingRow(path string, g scoring.Group, s scoring.Standing, above decimal.Decimal) Row {
	before := e.revised(s.Agency.Code)
	cells := []Cell{
		{Text: e.rank(s), Sort: e.rankSort(s), Edit: before.rank(s)},
		e.agencyCell(path, s),
		{Text: e.total(s.Score), Sort: s.Score.String(), Edit: before.score(s), Note: e.ownMaximum(g, s)},
		e.gapCell(s, above),
	}
	if g.Stats.Ranked <= mostDecorated {
		cells[2].Bar = bar(s.Score, s.Of)
	}
	if len(e.set.Ratings) > 0 {
		cells = append(cells, Cell{
			Text: e.ratingWords(s.Rating), Sort: e.ratingSort(s.Rating), Edit: before.rating(s), Note: e.cappedWords(s),
		})
	}
	if e.cmp.Year != 0 {
		cells = append(cells, e.movement(g, s).cell())
	}
	for i, c := range cells {
		if c.Edit {
			cells[i].Note = strings.TrimSpace(c.Note + " " + e.say("edited"))
			cells[i].Link = e.correctionHref(path, s.Agency.Code)
		}
	}
	return Row{Cells: cells}
}

// ownMaximum says the attainable maximum of an agency whose own differs from the group's.
func (e *Edition) ownMaximum(g scoring.Group, s scoring.Standing) string {
	if s.Of.Equal(g.Of) {
		return ""
	}
	return e.say("out-of", e.plain(s.Of))
}

// gapCell is the distance to the next better rank, the same for all who share a rank; the first have none.
func (e *Edition) gapCell(s scoring.Standing, above decimal.Decimal) Cell {
	if s.Rank == 1 {
		return Cell{Text: e.say("gap-first"), Sort: "0"}
	}
	gap := e.difference(above, s.Score)
	if gap.IsZero() { // a pillar or the code decided between equal totals
		return Cell{Text: e.say("gap-equal"), Sort: "0"}
	}
	return Cell{Text: e.total(gap), Sort: gap.String()}
}

func (e *Edition) ratingWords(id string) string {
	if id == "" {
		return e.say("no-rating")
	}
	return e.rating(id)
}

// ratingSort orders ratings from the best, as a number.
func (e *Edition) ratingSort(id string) string {
	for i, r := range e.set.Ratings {
		if r.ID == id {
			return decimal.NewFromInt(int64(i + 1)).String()
		}
	}
	return ""
}

// pillarScore finds an agency's score of a pillar.
func pillarScore(s scoring.Standing, p *criteria.Pillar) (scoring.PillarScore, bool) {
	for _, ps := range s.Pillars {
		if ps.Pillar == p {
			return ps, ps.Applies
		}
	}
	return scoring.PillarScore{}, false
}

// groupMaximum is what a pillar is out of for a group; ok is false where no ranked agency has it.
func groupMaximum(g scoring.Group, p *criteria.Pillar) (of decimal.Decimal, ok bool) {
	for _, st := range g.Stats.Pillars {
		if st.Pillar == p {
			return st.Of, st.Of.IsPositive()
		}
	}
	return decimal.Decimal{}, false
}

// pillarNo is what stands for a pillar where there is no room for its name: its own number, else its place from 1.
func pillarNo(p *criteria.Pillar, i int) string { return cmp.Or(p.No, strconv.Itoa(i+1)) }

// counted reports whether the numbers of all parts are their places.
func counted(parts []part) bool {
	for i, p := range parts {
		if p.no != strconv.Itoa(i+1) {
			return false
		}
	}
	return true
}

// partHead heads the column of a part with its number and its maximum, where that is known.
func (e *Edition) partHead(no, name string, of decimal.Decimal, known bool) string {
	head := no + ".\u00a0" + name // a number alone on a line is no head
	if known {
		return e.say("pillar-column", head, e.plain(of))
	}
	return head
}

// pillarCell is an agency's score of a pillar, shaded by the share of its maximum; a maximum that is not the group's is said.
func (e *Edition) pillarCell(g scoring.Group, s scoring.Standing, p *criteria.Pillar) Cell {
	ps, ok := pillarScore(s, p)
	share, known := percent(ps.Score, ps.Of)
	if !ok || !known {
		return Cell{Text: e.term("status-not_applicable")}
	}
	c := Cell{Text: e.words.Number(ps.Score, e.digits.pillar), Sort: locale.Digits(ps.Score), Level: level(share)}
	if of, known := groupMaximum(g, p); !known || !of.Equal(ps.Of) {
		c.Note = "/" + e.plain(ps.Of)
	}
	return c
}

// bar is the length of a bar for a share, in percent of its track with one decimal.
func bar(score, of decimal.Decimal) string {
	share, ok := percent(score, of)
	if !ok {
		return ""
	}
	return barOf(share)
}

// barOf is the length of a bar for a share in percent.
func barOf(share decimal.Decimal) string {
	switch {
	case share.Sign() <= 0:
		return "0.0%"
	case share.GreaterThan(hundred):
		share = hundred
	}
	return locale.Fixed(share, 1) + "%"
}

// unrankedTable lists the agencies without a rank, each with the reason.
func (e *Edition) unrankedTable(path string, g scoring.Group) Table {
	t := Table{
		Caption: e.say("unranked-caption"),
		Columns: []Column{
			{Name: e.term("agency"), Sort: "text", Key: true},
			{Name: e.say("unranked-why"), Sort: "text", Key: true},
			{Name: e.say("unranked-score"), Sort: "num", Num: true, Key: true},
		},
	}
	for _, s := range g.Standings {
		if s.Ranked {
			continue
		}
		score := Cell{Text: e.total(s.Score), Sort: s.Score.String()}
		if !s.Sent {
			score = Cell{Text: e.say("nothing-sent")}
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{e.agencyCell(path, s), {Text: e.whyUnranked(s)}, score}})
	}
	return t
}

// whyUnranked is never empty: an agency without a rank has a reason.
func (e *Edition) whyUnranked(s scoring.Standing) string {
	if s.Agency.Unranked && s.Agency.Reason != "" {
		return s.Agency.Reason
	}
	if why := e.words.Note(s.Reason); why != "" {
		return why
	}
	return e.say("unranked")
}
