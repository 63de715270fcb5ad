package view

import (
	"net/url"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/scoring"
)

// A ComparePage holds two to four agencies of one group against each other. As written it shows the first of the group;
// a script shows those that the address names behind "#", by code: "#so-y-te,so-noi-vu".
type ComparePage struct {
	Page
	Group  Link // the ranking
	Lede   string
	Tables []Comparison // where the agencies stand; then their points beside the group's median and best
	Data   CompareData
	How    string            // how to choose without a script
	Says   map[string]string // sentences of the script, with blanks
	Source string
	Others []Link // the same page of the other groups
}

// Kind is "compare".
func (*ComparePage) Kind() string { return "compare" }

// A Comparison is a table with an agency per column.
type Comparison struct {
	Caption string
	Points  bool   // the group's median and its best stand in the last two columns
	Measure string // heads the names of the rows
	Heads   []Link
	Rows    []Row // their ID is what they hold: rank, total, rating, change or pillar
}

// CompareData is what the script compares: every agency of the group once, as short as it can be.
type CompareData struct {
	// Places are the decimals of totals, which stand as whole numbers of that unit: 9382 at 2 places is 93.82.
	Places  int      `json:"places"`
	Ranked  int      `json:"ranked"`
	Of      string   `json:"of"` // the group's maximum, in words
	Ratings []string `json:"ratings,omitempty"`
	Past    string   `json:"past,omitempty"` // year of the earlier round; "": there is none
	Changes []string `json:"changes,omitempty"`
	Parents []string `json:"parents,omitempty"` // bodies above the agencies
	// Fixed are the cells of the median and of the best: a total and a percentage per pillar, as Agencies have them.
	Fixed [][]any `json:"fixed"`
	// Agencies are code (or code and file name, where that is another), name (or name and language, where it is not the page's), rank (0: none; below 0: tied), total
	// (null: nothing sent; with words, where its maximum is another than the group's), number of the rating (-1: none), change (places gained, rank and field of then; or the
	// number of a sentence of Changes; -1: nothing), number of the body above (-1: none), a percentage in hundredths per
	// pillar (null: not applicable), and aliases where there are any.
	Agencies [][]any `json:"agencies"`

	parents map[string]int // numbers of Parents
	changes map[string]int // numbers of Changes
}

// severalIn reports whether there is anything in a group to compare.
func severalIn(g scoring.Group) bool { return len(g.Standings) > 1 }

// CompareLink is the address, from the page at path, on which an agency is held against others of its group; "" where it
// is alone in it.
func (e *Edition) CompareLink(from, code string) string {
	at, ok := e.places[code]
	if !ok || !severalIn(e.ranking.Groups[at.group]) {
		return ""
	}
	return Relative(from, e.ComparePath(e.ranking.Groups[at.group].Group.ID)) + "#" + url.PathEscape(code)
}

// shownFirst is how many agencies the page compares before the reader has chosen.
const shownFirst = 2

// Compare makes the page on which agencies of a group are held against each other.
func (e *Edition) Compare(g scoring.Group) *ComparePage {
	path := e.ComparePath(g.Group.ID)
	name, _ := e.name(g.Group.Name)
	p := &ComparePage{
		Page: e.page(path, e.say("compare-title", name), ""), Group: e.groupLink(path, g), Data: e.compareData(g),
		Lede: e.say("compare-lede", name), Tables: e.sides(path, g), Says: e.compareSays(),
		How: e.say("compare-static", addressOf(g.Standings[:min(shownFirst, len(g.Standings))])), Source: e.sourced,
	}
	p.Crumbs = append(p.Crumbs, p.Group)
	p.Description = p.Lede
	for _, other := range e.ranking.Groups {
		if other.Group.ID != g.Group.ID && severalIn(other) {
			link := e.groupLink(path, other)
			link.Href = Relative(path, e.ComparePath(other.Group.ID))
			p.Others = append(p.Others, link)
		}
	}
	return p
}

// Label is the head of a column beside the names of the rows, for narrow screens.
func (c Comparison) Label(column int) string { return c.Heads[column-1].Text }

// addressOf is what the address of the page names agencies by: "so-y-te,so-noi-vu".
func addressOf(all []scoring.Standing) string {
	codes := make([]string, len(all))
	for i, s := range all {
		codes[i] = url.PathEscape(s.Agency.Code)
	}
	return strings.Join(codes, ",")
}

// compareSays are the sentences that the script fills.
func (e *Edition) compareSays() map[string]string {
	says := map[string]string{
		"tied": e.term("tied"), "none": e.term("status-not_applicable"), "unranked": e.say("unranked"), "unrated": e.say("no-rating"),
		"nothing": e.say("nothing-sent"), "blank": e.say("no-figure"), "median": e.say("group-median"), "top": e.say("group-best"),
		"ranks": e.say("change-ranks"), "same": e.say("change-same"),
		"up": e.say("change-up"), "up1": e.say("change-up-one"), "down": e.say("change-down"), "down1": e.say("change-down-one"),
	}
	for _, key := range []string{
		"field", "remove", "unknown", "five", "one", "first", "full", "known", "now", "difference", "points", "percent",
		"equal", "lead", "apart",
	} {
		says[key] = e.say("compare-" + key)
	}
	return says
}

// sides are the tables of the first agencies of a group.
func (e *Edition) sides(path string, g scoring.Group) []Comparison {
	shown := g.Standings[:min(shownFirst, len(g.Standings))]
	heads := make([]Link, len(shown))
	for i, s := range shown {
		c := e.agencyCell(path, s)
		heads[i] = Link{Text: c.Text, Lang: c.Lang, Href: c.Link}
	}
	name, measure := e.text(g.Group.Name), e.say("measured")
	places := Comparison{Caption: e.say("compare-places", name), Measure: measure, Heads: heads, Rows: e.placeRows(g, shown)}
	points := Comparison{
		Caption: e.say("compare-caption", name), Measure: measure, Points: true, Rows: e.pointRows(g, shown),
		Heads: append(slices.Clone(heads), Link{Text: e.say("group-median")}, Link{Text: e.say("group-best")}),
	}
	return []Comparison{places, points}
}

// sideRow is a row of a comparison: its name and a cell for each agency that is shown.
func sideRow(kind, name, lang string, shown []scoring.Standing, cell func(scoring.Standing) Cell) Row {
	row := Row{ID: kind, Cells: []Cell{{Text: name, Lang: lang, Head: true}}}
	for _, s := range shown {
		row.Cells = append(row.Cells, cell(s))
	}
	return row
}

// placeRows say where agencies stand.
func (e *Edition) placeRows(g scoring.Group, shown []scoring.Standing) []Row {
	rows := []Row{sideRow("rank", e.term("rank"), "", shown, func(s scoring.Standing) Cell { return e.rankCell(g, s) })}
	if len(e.set.Ratings) > 0 {
		rows = append(rows, sideRow("rating", e.term("rating"), "", shown, func(s scoring.Standing) Cell {
			return Cell{Text: e.ratingWords(s.Rating)}
		}))
	}
	if e.cmp.Year != 0 {
		rows = append(rows, sideRow("change", e.say("change-since", e.past()), "", shown, func(s scoring.Standing) Cell {
			return e.movement(g, s).cell()
		}))
	}
	return rows
}

// pointRows are totals and pillars, with the group's median and best.
func (e *Edition) pointRows(g scoring.Group, shown []scoring.Standing) []Row {
	total := sideRow("total", e.say("compare-score", e.plain(g.Of)), "", shown, func(s scoring.Standing) Cell { return e.totalCell(g, s) })
	if g.Stats.Ranked > 0 {
		total.Cells = append(total.Cells, Cell{Text: e.total(g.Stats.Median)}, Cell{Text: e.total(g.Stats.Highest)})
	} else {
		none := Cell{Text: e.say("no-figure")}
		total.Cells = append(total.Cells, none, none)
	}
	rows := []Row{total}
	for _, p := range e.topPillars(g.Group.ID) {
		name, lang := e.name(p.Name)
		row := sideRow("pillar", name, lang, shown, func(s scoring.Standing) Cell { return e.shareCell(pillarShare(s, p)) })
		marks := e.marks[g.Group.ID][p]
		row.Cells = append(row.Cells, e.shareCell(marks.median, marks.known), e.shareCell(marks.best, marks.known))
		rows = append(rows, row)
	}
	return rows
}

func (e *Edition) rankCell(g scoring.Group, s scoring.Standing) Cell {
	if !s.Ranked {
		return Cell{Text: e.say("unranked")}
	}
	return Cell{Text: e.rank(s), Note: e.say("compare-field", g.Stats.Ranked)}
}

func (e *Edition) totalCell(g scoring.Group, s scoring.Standing) Cell {
	if !s.Sent && !s.Ranked {
		return Cell{Text: e.say("nothing-sent")}
	}
	return Cell{Text: e.total(s.Score), Sort: s.Score.String(), Note: e.ownMaximum(g, s)}
}

// shareCell is a percentage with its bar; without one it says that the pillar does not apply.
func (e *Edition) shareCell(d decimal.Decimal, known bool) Cell {
	if !known {
		return Cell{Text: e.term("status-not_applicable")}
	}
	return Cell{Text: e.percentWords(d), Sort: d.String(), Bar: bar(d, decimal.NewFromInt(100))}
}

// pillarShare is what an agency reached of a pillar, in percent; ok is false where the pillar does not apply.
func pillarShare(s scoring.Standing, p *criteria.Pillar) (d decimal.Decimal, ok bool) {
	ps, applies := pillarScore(s, p)
	if !applies {
		return decimal.Decimal{}, false
	}
	return percent(ps.Score, ps.Of)
}

// mostExact is the largest whole number up to which a script counts without a gap, as a power of ten.
const mostExact = 15

// comparedPlaces are the decimals of totals in the data of a script: the printed ones, unless they would make numbers
// that a script cannot hold.
func (e *Edition) comparedPlaces(g scoring.Group) int {
	whole := len(g.Stats.Highest.Abs().Truncate(0).String())
	return max(0, min(e.digits.total, mostExact-max(whole, len(g.Of.Truncate(0).String()))))
}

// compareData is every agency of a group as the script needs it.
func (e *Edition) compareData(g scoring.Group) CompareData {
	d := CompareData{Places: e.comparedPlaces(g), Ranked: g.Stats.Ranked, Of: e.plain(g.Of), Past: e.past(), parents: map[string]int{}, changes: map[string]int{}}
	for _, r := range e.set.Ratings {
		d.Ratings = append(d.Ratings, e.text(r.Name))
	}
	pillars := e.topPillars(g.Group.ID)
	median, best := []any{nil}, []any{nil}
	if g.Stats.Ranked > 0 {
		median, best = []any{scaled(g.Stats.Median, d.Places)}, []any{scaled(g.Stats.Highest, d.Places)}
	}
	for _, p := range pillars {
		marks := e.marks[g.Group.ID][p]
		median, best = append(median, shareNumber(marks.median, marks.known)), append(best, shareNumber(marks.best, marks.known))
	}
	d.Fixed = [][]any{median, best}
	for _, s := range g.Standings {
		d.Agencies = append(d.Agencies, e.comparedAgency(g, s, pillars, &d))
	}
	return d
}

// comparedAgency is an agency's line of the data.
func (e *Edition) comparedAgency(g scoring.Group, s scoring.Standing, pillars []*criteria.Pillar, d *CompareData) []any {
	name, lang := e.agency(s.Agency)
	line := []any{any(s.Agency.Code), any(name), 0, nil, slices.IndexFunc(e.set.Ratings, func(r criteria.Rating) bool { return r.ID == s.Rating })}
	if file := e.agents[s.Agency.Code]; file != s.Agency.Code {
		line[0] = []string{s.Agency.Code, file}
	}
	if lang != "" {
		line[1] = []string{name, lang}
	}
	if s.Ranked {
		line[2] = s.Rank
		if s.Tied {
			line[2] = -s.Rank
		}
	}
	if s.Sent || s.Ranked {
		line[3] = scaled(s.Score, d.Places)
		if own := e.ownMaximum(g, s); own != "" {
			line[3] = []any{line[3], own}
		}
	}
	line = append(line, e.comparedChange(g, s, d), d.parent(e, s))
	for _, p := range pillars {
		line = append(line, shareNumber(pillarShare(s, p)))
	}
	if known := e.find(s.Agency, name, s.Agency.Code); known != "" {
		line = append(line, known)
	}
	return line
}

// comparedChange is how an agency's rank moved: numbers where the script can word them, else the number of a sentence.
func (e *Edition) comparedChange(g scoring.Group, s scoring.Standing, d *CompareData) any {
	change, known := e.cmp.Agencies[s.Agency.Code]
	switch {
	case e.cmp.Year == 0:
		return -1
	case known && change.Moved && change.Year == e.cmp.Year && change.RankNote.IsZero():
		return []int{change.RankChange, change.Rank, change.OfRanked}
	}
	m := e.movement(g, s)
	sentence := strings.TrimSpace(m.text + "|" + m.note)
	i, ok := d.changes[sentence]
	if !ok {
		i = len(d.Changes)
		d.changes[sentence], d.Changes = i, append(d.Changes, sentence)
	}
	return i
}

// parent is the number of the body above an agency.
func (d *CompareData) parent(e *Edition, s scoring.Standing) int {
	name, _ := e.parentOf(s.Agency)
	if name == "" {
		return -1
	}
	i, ok := d.parents[name]
	if !ok {
		i = len(d.Parents)
		d.parents[name], d.Parents = i, append(d.Parents, name)
	}
	return i
}

// scaled is a number as a whole number of its last decimal.
func scaled(d decimal.Decimal, places int) int64 { return d.Shift(int32(places)).Round(0).IntPart() }

func shareNumber(d decimal.Decimal, known bool) any {
	if !known {
		return nil
	}
	return scaled(d, percentPlaces)
}
