package view

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
)

// maxListed is the number of agencies in a round up to which the page of an indicator lists each of them: 1,000 rows are
// about 200 kB. Above it a page of a set with 120 indicators in two languages would be one of hundreds of megabytes.
const maxListed = 1000

// An IndicatorPage is one indicator over all agencies: how it is scored, how many reached what, and who.
type IndicatorPage struct {
	Page
	Finding  string
	Facts    []Fact // what is asked, of whom, for how many points
	Groups   []IndicatorGroup
	Figures  []Figure
	Order    string // how the rows are ordered and what is not there; "" where nobody is listed
	Previous *Link  // of the set's order; nil for the first
	Next     *Link

	csv   string       // the file of its table
	table func() Table // made when the file is written
}

// Kind is "indicator".
func (*IndicatorPage) Kind() string { return "indicator" }

// Drawings are a figure for each group in which there is something to show.
func (p *IndicatorPage) Drawings() []Figure { return p.Figures }

// An IndicatorGroup is an agency group on the page of an indicator.
type IndicatorGroup struct {
	ID    string
	Name  Link
	Says  string // the finding, where no figure says it; else ""
	Drawn bool   // a figure of the page belongs to the group
	Index int    // of the figure

	Caption string
	Head    IndicatorHead
	Rows    []IndicatorMark // none where agencies are not listed
	Parents Table           // in place of Rows, where agencies name bodies above them
	Range   string          // the lowest and the highest share, in place of Rows
}

// An IndicatorHead is the head of a group's table.
type IndicatorHead struct {
	Agency, Points, Rank string
	Judged               string // "" where answers are not public
}

// An IndicatorMark is an agency's row.
type IndicatorMark struct {
	Name, Lang     string
	File           string // of the agency's page, without its ending
	Points         string // "4,75"; in words where it does not apply
	Sort           string // what Points sort by where they do not say it; "" where they do, or there is nothing
	Bar            string // "95.0%"; "" for none
	Judged         string // the judgement in words; "" where answers are not public
	Rank, RankSort string // of the agency in its group, by its total
}

// Indicator makes the page of an indicator; ok is false where the set does not make it public.
func (e *Edition) Indicator(id string) (page *IndicatorPage, ok bool) {
	book := e.book()
	at, ok := book.places[id]
	if !ok {
		return nil, false
	}
	x := book.all[at]
	path := e.IndicatorPath(id)
	p := &IndicatorPage{Page: e.page(path, numbered(x.ind.No, x.name), x.lang)}
	p.Drawn = false // four bars with their numbers beside them: there is nothing to point at
	p.Crumbs = append(p.Crumbs, Link{Text: e.say("indicators-title"), Href: Relative(path, e.indicatorsPath())})
	p.Facts = e.indicatorFacts(x)
	p.csv, p.table = e.csvOfPage(path), func() Table { return e.indicatorTable(x) }
	if len(e.round.Agencies) > maxListed {
		p.table = func() Table { return e.reachTable(x) }
	}
	p.Previous, p.Next = book.neighbour(at-1), book.neighbour(at+1)
	var field Tally
	for _, g := range e.ranking.Groups {
		column, ok := e.Scores.Of(g.Group.ID, x.ind)
		if !ok {
			continue
		}
		field = field.with(column.Tally)
		p.Groups = append(p.Groups, e.indicatorGroup(p, x, g, column))
	}
	p.Finding = e.reachSays(x.ind, field)
	if said := e.meanSays(x.ind, field); said != "" {
		p.Finding += " " + said
	}
	p.Description = p.Heading + ". " + p.Finding
	p.Order = e.indicatorOrder(x.ind)
	return p, true
}

// indicatorGroup adds a group and its figure.
func (e *Edition) indicatorGroup(p *IndicatorPage, x *entered, g scoring.Group, column IndicatorScores) IndicatorGroup {
	s := IndicatorGroup{ID: e.groups[g.Group.ID], Name: e.groupLink(p.Path, g), Says: e.reachSays(x.ind, column.Tally)}
	if column.Tally.Concerned() > 1 && x.ind.Effect != criteria.None {
		s.Says, s.Drawn, s.Index = "", true, len(p.Figures)
		f := e.reachFigure(p.Path, x.ind, g, column)
		f.CSV = p.csv
		if len(e.round.Agencies) <= maxListed {
			f.CSVLink = e.say("indicator-csv")
		}
		p.Figures = append(p.Figures, f)
	}
	s.Caption = e.say("indicator-caption", p.Heading, s.Name.Text)
	if len(e.round.Agencies) > maxListed {
		s.Parents, s.Range = e.parentMeans(p.Path, x.ind, g, column), e.rangeSays(column)
		return s
	}
	if x.ind.Effect != criteria.None {
		s.Head = e.indicatorHead(x.ind, g)
		s.Rows = e.indicatorRows(x.ind, g, column)
	}
	return s
}

func (e *Edition) indicatorHead(ind *criteria.Indicator, g scoring.Group) IndicatorHead {
	h := IndicatorHead{Agency: e.term("agency"), Points: e.say("indicator-points", e.plain(e.mostOf(ind, g.Group.ID))), Rank: e.say("indicator-rank")}
	if ind.Effect == criteria.Penalty {
		h.Points = e.say("indicator-taken", e.plain(e.mostOf(ind, g.Group.ID)))
	}
	if ind.Public == criteria.Answers {
		h.Judged = e.say("column-reason")
	}
	return h
}

// mostOf is what an indicator is out of for a group: its points, or the scale where its parent does not sum.
func (e *Edition) mostOf(ind *criteria.Indicator, group string) decimal.Decimal {
	if points, ok := ind.Points[group]; ok {
		return points
	}
	return e.set.Of(group)
}

// indicatorRows are the agencies of a group: the ranked ones first, by points from the highest (of a penalty the lowest),
// equal ones by name; those whom it does not concern, and then those without a rank, come last.
func (e *Edition) indicatorRows(ind *criteria.Indicator, g scoring.Group, column IndicatorScores) []IndicatorMark {
	names := e.book().agencies[g.Group.ID]
	order := make([]int, len(g.Standings))
	for i := range order {
		order[i] = i
	}
	sign := -1
	if ind.Effect == criteria.Penalty {
		sign = 1
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(
			column.class(a, g.Stats.Ranked)-column.class(b, g.Stats.Ranked),
			sign*column.marks[a].compare(column.marks[b]),
			names[a].place-names[b].place,
		)
	})
	rows := make([]IndicatorMark, len(order))
	for i, at := range order {
		rows[i] = e.indicatorMark(ind, names[at], column, at)
	}
	return rows
}

// class orders agencies before their points do.
func (c IndicatorScores) class(at, ranked int) int {
	class := 0
	if !c.marks[at].known {
		class = 1
	}
	if at >= ranked {
		class += 2
	}
	return class
}

// compare compares points.
func (m mark) compare(other mark) int {
	if m.exponent == other.exponent {
		return cmp.Compare(m.score, other.score)
	}
	return decimal.New(m.score, int32(m.exponent)).Cmp(decimal.New(other.score, int32(other.exponent)))
}

// indicatorMark is an agency's row. What was answered shows only where answers are public.
func (e *Edition) indicatorMark(ind *criteria.Indicator, a listedAgency, column IndicatorScores, at int) IndicatorMark {
	s := column.marks[at]
	m := IndicatorMark{Name: a.name, Lang: a.lang, File: a.file, Rank: a.rank, RankSort: a.rankSort}
	status := ""
	reach := Reach(s.reach)
	if reach == NotApplicable || reach == NotAnswered || reach == Open {
		status = e.term("status-" + rule.Status(s.status).String())
	}
	counts := s.known || reach == NotApplicable && e.set.PolicyFor(ind) != criteria.Rescale
	points := s.points()
	switch {
	case counts:
		m.Points, m.Bar = e.points(points), s.bar()
		if sort := locale.Digits(points); !saysNumber(m.Points, sort) {
			m.Sort = sort
		}
	case ind.Public == criteria.Answers:
		m.Points = e.say("not-counted")
	default:
		m.Points = status
	}
	if ind.Public != criteria.Answers {
		if counts && status != "" {
			m.Points, m.Sort = m.Points+" ("+status+")", locale.Digits(points)
		}
		return m
	}
	m.Judged = e.judgedWords(ind, column, at, status)
	return m
}

// judgedWords are the state, where it is not the ordinary one, and the judgement with what changed its points.
func (e *Edition) judgedWords(ind *criteria.Indicator, column IndicatorScores, at int, status string) string {
	said := make([]string, 0, 3)
	if status != "" {
		said = append(said, status)
	}
	note, because := column.Notes(at)
	for _, n := range [...]rule.Note{note, because} {
		if words := capital(e.note(ind, n)); words != "" && !slices.Contains(said, words) {
			said = append(said, words)
		}
	}
	if len(said) == 0 {
		return e.term("status-scored")
	}
	return strings.Join(said, "; ")
}

// indicatorOrder says how rows are ordered, or where the points of each agency stand.
func (e *Edition) indicatorOrder(ind *criteria.Indicator) string {
	switch {
	case ind.Effect == criteria.None:
		return ""
	case len(e.round.Agencies) > maxListed:
		return e.say("indicator-not-listed", maxListed)
	case ind.Effect == criteria.Penalty:
		return e.say("indicator-order-penalty")
	default:
		return e.say("indicator-order")
	}
}

// indicatorFacts say what is asked, of whom and for what.
func (e *Edition) indicatorFacts(x *entered) []Fact {
	facts := make([]Fact, 0, 8)
	add := func(term, words, lang string) {
		if words != "" {
			facts = append(facts, Fact{Term: term, Words: words, Lang: lang})
		}
	}
	ind := x.ind
	add(e.say("indicator-trail"), x.trail, x.trailLang)
	add(e.say("indicator-most"), e.mostWords(ind), "")
	add(e.say("indicator-rule"), e.rules[ind], "")
	add(e.say("indicator-by"), e.enteredBy(ind), "")
	hint, lang := e.name(ind.Evidence.Hint)
	if ind.Evidence.Required {
		add(e.say("indicator-evidence"), strings.Join(e.evidenceWords(ind), " "), "")
	}
	add(e.say("indicator-hint"), hint, lang)
	said := e.exceptions(ind)
	if ind.When != "" {
		said = slices.Insert(said, 0, e.tagWords(ind.When))
	}
	add(e.say("indicator-details"), strings.Join(said, " "), "")
	advice, lang := e.name(ind.Advice)
	add(e.say("advice"), advice, lang)
	return append(facts, Fact{Term: e.say("indicator-id"), Words: ind.ID})
}

// mostWords say what can be earned or lost in each group; one sentence where that is the same.
func (e *Edition) mostWords(ind *criteria.Indicator) string {
	var groups, said []string
	for _, g := range e.ranking.Groups {
		if ind.Concerns(g.Group.ID) {
			groups, said = append(groups, e.text(g.Group.Name)), append(said, e.mostIn(ind, g.Group.ID))
		}
	}
	if len(said) == 0 {
		return ""
	}
	if len(slices.Compact(slices.Clone(said))) == 1 && len(said) == len(e.ranking.Groups) {
		return said[0]
	}
	for i, name := range groups {
		said[i] = e.say("indicator-in-group", name, said[i])
	}
	return strings.Join(said, "; ")
}

func (e *Edition) mostIn(ind *criteria.Indicator, group string) string {
	points, hasPoints := ind.Points[group]
	switch ind.Effect {
	case criteria.Bonus:
		return e.say("weight-bonus", e.plain(points))
	case criteria.Penalty:
		return e.say("weight-penalty", e.plain(points))
	case criteria.None:
		return e.say("informational")
	case criteria.Base:
	}
	part := e.plain(e.weights[group].Indicator(ind.ID).Mul(decimal.NewFromInt(100)).Round(1))
	if !hasPoints {
		return e.say("indicator-part", part)
	}
	return e.say("indicator-worth", e.plain(points), part)
}

// enteredBy says who enters the inputs of an indicator and the figures that its rule reads.
func (e *Edition) enteredBy(ind *criteria.Indicator) string {
	var said []string
	add := func(in criteria.Input) {
		if words := e.say("methodology-by-" + in.By.String()); !slices.Contains(said, words) {
			said = append(said, words)
		}
	}
	for _, in := range ind.Inputs {
		add(in)
	}
	for _, name := range e.figuresOf(ind) {
		in, _ := e.set.Figure(name)
		add(in)
	}
	return strings.Join(said, "; ")
}

// figuresOf are the figures that the rule of an indicator reads, each once.
func (e *Edition) figuresOf(ind *criteria.Indicator) []string {
	if ind.Rule == nil {
		return nil
	}
	var ids []string
	for _, read := range ind.Rule.Reads() {
		if id, ok := strings.CutPrefix(read.Input, criteria.FiguresID+"."); ok && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}
