package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/scoring"
)

// A ParentPage is a body above agencies with the agencies below it. Bodies above agencies are not ranked by them.
type ParentPage struct {
	Page
	Finding string
	Own     *Link // its own page, where it is an agency of the round; else nil
	Facts   []Fact
	Groups  []ParentGroup
	Note    string // that nothing is ranked here
}

// Kind is "parent".
func (*ParentPage) Kind() string { return "parent" }

// A ParentGroup is an agency group with the agencies below a body.
type ParentGroup struct {
	ID       string
	Name     Link
	Says     string // their mean beside the group's; "" where nobody is ranked
	Table    Table  // in the order of the group's ranking
	Unranked Table  // no rows where all are ranked
}

// A ParentsPage lists the bodies above agencies, by name.
type ParentsPage struct {
	Page
	Lede  string
	Table Table
	Note  string
}

// Kind is "parents".
func (*ParentsPage) Kind() string { return "parents" }

// A parentBody is a body above agencies.
type parentBody struct {
	key        string // as agencies give it
	name, lang string
	path       string
	own        string  // code, where it is an agency of the round; else ""
	children   [][]int // by group of the ranking, the places in its Standings
}

// A parentBook is what the pages of bodies above agencies have in common.
type parentBook struct {
	all    []parentBody     // by name
	places map[string]int   // in all, by key
	of     map[string][]int // by group: of each of its Standings the place in all, or −1
}

// HasParents reports whether agencies name bodies above them, so that there are pages of those.
func (e *Edition) HasParents() bool { return len(e.parents) > 0 }

// makeParentBook is called once for an edition.
func (e *Edition) makeParentBook() *parentBook {
	b := &parentBook{places: map[string]int{}, of: map[string][]int{}}
	for key := range e.parents {
		p := parentBody{key: key, name: key, path: e.ParentPath(key), children: make([][]int, len(e.ranking.Groups))}
		if at, ok := e.places[key]; ok {
			p.own = key
			p.name, p.lang = e.agency(e.ranking.Groups[at.group].Standings[at.standing].Agency)
		} else if e.Lang != e.first {
			p.lang = e.first
		}
		b.all = append(b.all, p)
	}
	compare := e.words.Compare()
	slices.SortFunc(b.all, func(x, y parentBody) int {
		if c := compare(x.name, y.name); c != 0 {
			return c
		}
		return strings.Compare(x.key, y.key)
	})
	for i, p := range b.all {
		b.places[p.key] = i
	}
	for i, g := range e.ranking.Groups {
		of := make([]int, len(g.Standings))
		for j, s := range g.Standings {
			of[j] = -1
			if at, ok := b.places[s.Agency.Parent]; ok {
				of[j] = at
				b.all[at].children[i] = append(b.all[at].children[i], j)
			}
		}
		b.of[g.Group.ID] = of
	}
	return b
}

// Parent makes the page of a body above agencies, named as agencies give it; ok is false where none does.
func (e *Edition) Parent(key string) (page *ParentPage, ok bool) {
	book := e.parentBook()
	at, ok := book.places[key]
	if !ok {
		return nil, false
	}
	body := book.all[at]
	p := &ParentPage{Page: e.page(body.path, body.name, body.lang), Note: e.say("parent-note")}
	p.Crumbs = append(p.Crumbs, Link{Text: e.say("parents-title"), Href: Relative(body.path, e.parentsPath())})
	if body.own != "" {
		p.Own = &Link{Text: e.say("parent-own"), Href: Relative(body.path, e.AgencyPath(body.own))}
	}
	agencies, ranked := 0, 0
	ratings := map[string]int{}
	for i, g := range e.ranking.Groups {
		if len(body.children[i]) == 0 {
			continue
		}
		section := e.parentGroup(body.path, g, body.children[i])
		p.Groups = append(p.Groups, section)
		agencies, ranked = agencies+len(body.children[i]), ranked+len(section.Table.Rows)
		for _, j := range body.children[i] {
			ratings[g.Standings[j].Rating]++
		}
	}
	p.Finding = e.parentFinding(agencies, ranked)
	p.Description = body.name + ". " + p.Finding
	p.Facts = e.parentRatings(ratings, ranked)
	if len(p.Groups) > 1 {
		p.Note += " " + e.say("groups-differ")
	}
	return p, true
}

func (e *Edition) parentFinding(agencies, ranked int) string {
	switch ranked {
	case 0:
		return e.count("parent-none-ranked", agencies)
	case agencies:
		return e.count("parent-all-ranked", agencies)
	default:
		return e.say("parent-ranked", agencies, ranked)
	}
}

// parentRatings count the ranked agencies in each rating; none where the set has no ratings or nobody is ranked.
func (e *Edition) parentRatings(counts map[string]int, ranked int) []Fact {
	if ranked == 0 {
		return nil
	}
	var facts []Fact
	for _, r := range e.set.Ratings {
		facts = append(facts, Fact{Term: e.say("parent-rated", e.text(r.Name)), Words: e.say("of", counts[r.ID], ranked)})
	}
	return facts
}

// parentGroup lists the agencies of a group below a body.
func (e *Edition) parentGroup(path string, g scoring.Group, children []int) ParentGroup {
	s := ParentGroup{ID: e.groups[g.Group.ID], Name: e.groupLink(path, g)}
	s.Table = Table{Caption: e.say("parent-caption", s.Name.Text, e.year()), Columns: []Column{
		{Name: e.say("parent-rank"), Sort: "num", Num: true, Key: true},
		{Name: e.term("agency"), Sort: "text", Key: true},
		{Name: e.term("score"), Sort: "num", Num: true, Key: true},
	}}
	if len(e.set.Ratings) > 0 {
		s.Table.Columns = append(s.Table.Columns, Column{Name: e.term("rating"), Sort: "num"})
	}
	if e.cmp.Year != 0 {
		s.Table.Columns = append(s.Table.Columns, Column{Name: e.say("change-since", e.past()), Sort: "num"})
	}
	s.Unranked = Table{Caption: e.say("unranked-caption"), Columns: []Column{{Name: e.term("agency"), Key: true}, {Name: e.say("unranked-why"), Key: true}}}
	var sum decimal.Decimal
	for _, j := range children {
		child := g.Standings[j]
		if !child.Ranked {
			s.Unranked.Rows = append(s.Unranked.Rows, Row{Cells: []Cell{e.agencyCell(path, child), {Text: e.whyUnranked(child)}}})
			continue
		}
		sum = sum.Add(child.Score)
		s.Table.Rows = append(s.Table.Rows, e.parentRow(path, g, child))
	}
	if n := len(s.Table.Rows); n > 0 {
		mean := sum.DivRound(decimal.NewFromInt(int64(n)), int32(e.digits.total))
		s.Says = e.count("parent-mean", n, e.total(mean), e.total(g.Stats.Mean), g.Stats.Ranked)
	}
	return s
}

func (e *Edition) parentRow(path string, g scoring.Group, s scoring.Standing) Row {
	cells := []Cell{
		{Text: e.rankAmong(g, s), Sort: e.rankSort(s)},
		e.agencyCell(path, s),
		{Text: e.total(s.Score), Sort: s.Score.String(), Bar: bar(s.Score, s.Of), Note: e.ownMaximum(g, s)},
	}
	if len(e.set.Ratings) > 0 {
		cells = append(cells, Cell{Text: e.ratingWords(s.Rating), Sort: e.ratingSort(s.Rating)})
	}
	if e.cmp.Year != 0 {
		cells = append(cells, e.movement(g, s).cell())
	}
	return Row{Cells: cells}
}

// rankAmong is a rank with the size of its field: "30/56 (đồng hạng)".
func (e *Edition) rankAmong(g scoring.Group, s scoring.Standing) string {
	words := e.say("of", s.Rank, g.Stats.Ranked)
	if s.Tied {
		return e.term("tied", words)
	}
	return words
}

// Parents makes the list of the bodies above agencies.
func (e *Edition) Parents() *ParentsPage {
	path := e.parentsPath()
	book := e.parentBook()
	p := &ParentsPage{Page: e.page(path, e.say("parents-title"), ""), Note: e.say("parent-note")}
	p.Lede = e.count("parents-lede", len(book.all))
	p.Description = p.Lede
	p.Table = Table{Caption: e.say("parents-caption", e.year()), Columns: []Column{
		{Name: e.say("parent"), Sort: "text", Key: true},
		{Name: e.say("reach-agencies"), Sort: "num", Num: true, Key: true},
		{Name: e.say("ranked"), Sort: "num", Num: true, Mute: true},
	}}
	groups := e.parentGroups(book)
	for _, i := range groups {
		p.Table.Columns = append(p.Table.Columns, Column{Name: e.say("parents-mean", e.text(e.ranking.Groups[i].Group.Name)), Num: true, Key: len(groups) == 1})
	}
	for _, body := range book.all {
		p.Table.Rows = append(p.Table.Rows, e.parentsRow(path, body, groups))
	}
	if len(groups) > 1 {
		p.Note += " " + e.say("groups-differ")
	}
	return p
}

// parentGroups are the places of the groups that have agencies below some body, and ranked ones.
func (e *Edition) parentGroups(book *parentBook) []int {
	var groups []int
	for i, g := range e.ranking.Groups {
		of := book.of[g.Group.ID][:g.Stats.Ranked]
		if slices.ContainsFunc(of, func(at int) bool { return at >= 0 }) {
			groups = append(groups, i)
		}
	}
	return groups
}

func (e *Edition) parentsRow(path string, body parentBody, groups []int) Row {
	agencies, all := 0, 0
	for i, g := range e.ranking.Groups {
		agencies += len(body.children[i])
		for _, j := range body.children[i] {
			if g.Standings[j].Ranked {
				all++
			}
		}
	}
	cells := []Cell{
		{Text: body.name, Lang: body.lang, Link: Relative(path, body.path), Head: true},
		{Text: e.whole(agencies), Sort: strconv.Itoa(agencies)},
		{Text: e.whole(all), Sort: strconv.Itoa(all)},
	}
	for _, i := range groups {
		cells = append(cells, e.parentMean(e.ranking.Groups[i], body.children[i]))
	}
	return Row{Cells: cells}
}

// parentMean is the mean total of the ranked agencies of a group below a body.
func (e *Edition) parentMean(g scoring.Group, children []int) Cell {
	var sum decimal.Decimal
	n := 0
	for _, j := range children {
		if s := g.Standings[j]; s.Ranked {
			sum, n = sum.Add(s.Score), n+1
		}
	}
	if n == 0 {
		return Cell{Text: e.say("parents-none")}
	}
	mean := sum.DivRound(decimal.NewFromInt(int64(n)), int32(e.digits.total))
	return Cell{Text: e.total(mean), Sort: mean.String(), Bar: bar(mean, g.Of)}
}
