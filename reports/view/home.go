package view

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/scoring"
)

// A HomePage is the front page of an edition.
type HomePage struct {
	Page
	Findings  []Finding
	Numbers   []Fact // three or four large numbers
	Cards     []Card // a group each
	Note      string // that groups are not comparable; "" where there is one group
	Strips    []Figure
	Directory []Directory
	Total     string // how many agencies there are to find
}

// Kind is "home".
func (*HomePage) Kind() string { return "home" }

// Drawings are the strips of the groups.
func (p *HomePage) Drawings() []Figure { return p.Strips }

// A Finding is what a group's ranking says, in one sentence.
type Finding struct {
	Group    Link
	Sentence string
}

// A Card sums up a group.
type Card struct {
	Group   Link
	Facts   []Fact
	Leaders Table
	More    string // text of the link to the group
}

// A Directory lists the agencies of a group by name.
type Directory struct {
	Group   Link
	Entries []Entry
}

// An Entry is an agency in the directory.
type Entry struct {
	Link
	Find  string // what the finder matches
	Words string // rank and total, or that the agency is not ranked
}

// Home makes the front page.
func (e *Edition) Home() *HomePage {
	path := e.homePath()
	h := &HomePage{Page: e.page(path, e.title(), ""), Numbers: e.largeNumbers(), Total: e.say("agencies-listed", len(e.places))}
	var sentences []string
	for _, g := range e.ranking.Groups {
		link := e.groupLink(path, g)
		finding := e.finding(g)
		sentences = append(sentences, finding)
		h.Findings = append(h.Findings, Finding{Group: link, Sentence: finding})
		h.Cards = append(h.Cards, e.card(path, link, g))
		if g.Stats.Ranked > 1 {
			h.Strips = append(h.Strips, e.percentStrip(path, g))
		}
		h.Directory = append(h.Directory, e.directory(path, link, g))
	}
	if len(e.ranking.Groups) > 1 {
		h.Note = e.say("groups-differ")
	}
	h.Description = strings.Join(sentences, " ")
	return h
}

func (e *Edition) groupLink(from string, g scoring.Group) Link {
	text, lang := e.name(g.Group.Name)
	return Link{Text: text, Lang: lang, Href: relative(from, e.GroupPath(g.Group.ID))}
}

// leaders are the ranked agencies in first place.
func leaders(g scoring.Group) []scoring.Standing {
	n := 0
	for n < len(g.Standings) && g.Standings[n].Rank == 1 {
		n++
	}
	return g.Standings[:n]
}

// maxNamed is how many leaders are named in a sentence; more are counted.
const maxNamed = 3

// finding says in one sentence who leads a group and where its median stands.
func (e *Edition) finding(g scoring.Group) string {
	first := leaders(g)
	if len(first) == 0 {
		return e.say("finding-none", e.text(g.Group.Name))
	}
	total, of, median := e.total(first[0].Score), e.plain(first[0].Of), e.total(g.Stats.Median)
	if len(first) > maxNamed {
		return e.say("finding-many", len(first), total, of, median)
	}
	names := make([]string, len(first))
	for i, s := range first {
		names[i] = e.agencyName(s.Agency)
	}
	if len(names) == 1 {
		return e.say("finding", names[0], total, of, median)
	}
	return e.say("finding-tied", names, total, of, median)
}

// largeNumbers are what a reader takes away: how many are ranked, who sent answers, the best class, the largest rise.
func (e *Edition) largeNumbers() []Fact {
	ranked, sent, listed := 0, 0, 0
	for _, g := range e.ranking.Groups {
		ranked += g.Stats.Ranked
		listed += len(g.Standings)
		for _, s := range g.Standings {
			if s.Sent {
				sent++
			}
		}
	}
	facts := []Fact{e.rankedNumber(ranked), {
		Term: e.say("number-coverage"), Words: e.say("of", sent, listed), Note: e.say("number-coverage-note"),
	}}
	if best, ok := e.bestClass(); ok {
		facts = append(facts, best)
	}
	if rise, ok := e.largestRise(); ok {
		facts = append(facts, rise)
	} else if len(e.ranking.Groups) == 1 && ranked > 0 {
		g := e.ranking.Groups[0]
		facts = append(facts, Fact{Term: e.say("median"), Words: e.total(g.Stats.Median), Note: e.say("out-of", e.plain(g.Of))})
	}
	return facts
}

func (e *Edition) rankedNumber(ranked int) Fact {
	f := Fact{Term: e.say("number-ranked"), Words: e.whole(ranked), Note: e.count("number-groups", len(e.ranking.Groups))}
	before := 0
	for _, g := range e.ranking.Groups {
		past, ok := e.comparedGroup(g.Group.ID)
		if !ok {
			return f
		}
		before += past.Ranked
	}
	f.Note += "; " + e.say("then", e.past(), e.whole(before))
	return f
}

// bestClass counts the agencies of the highest rating, now and then.
func (e *Edition) bestClass() (Fact, bool) {
	if len(e.set.Ratings) == 0 {
		return Fact{}, false
	}
	best := e.set.Ratings[0]
	now, then, known := 0, 0, e.cmp.Year != 0
	for _, g := range e.ranking.Groups {
		for _, r := range g.Stats.Ratings {
			if r.Rating.ID == best.ID {
				now += r.Count
			}
		}
		past, ok := e.comparedGroup(g.Group.ID)
		// Counts among other bodies are not held against those of today.
		known = known && ok && len(past.Ratings) > 0 && past.Field == nil
		then += past.Ratings[best.ID]
	}
	f := Fact{Term: e.say("number-rated", e.text(best.Name)), Words: e.whole(now)}
	if known {
		f.Note = e.changed(now, then)
	}
	return f, true
}

// changed says what a count was before and by how much it moved.
func (e *Edition) changed(now, then int) string {
	switch {
	case now > then:
		return e.say("count-up", e.past(), then, now-then)
	case now < then:
		return e.say("count-down", e.past(), then, then-now)
	default:
		return e.say("count-same", e.past(), then)
	}
}

// largestRise is the agency that gained most places within its group; the first in the order of the groups among equals.
func (e *Edition) largestRise() (Fact, bool) {
	var best scoring.Standing
	var group scoring.Group
	rise, others := 0, 0
	for _, g := range e.ranking.Groups {
		for _, s := range g.Standings {
			switch c := e.cmp.Agencies[s.Agency.Code]; {
			case !c.Moved || c.RankChange < max(rise, 1):
			case c.RankChange == rise:
				others++
			default:
				best, group, rise, others = s, g, c.RankChange, 0
			}
		}
	}
	if rise == 0 {
		return Fact{}, false
	}
	m := e.movement(group, best)
	note := e.agencyName(best.Agency) + ": " + m.note
	if others > 0 {
		note += "; " + e.count("rise-others", others)
	}
	return Fact{
		Term: e.say("number-rise"), Words: m.mark + " " + m.text, Tone: m.tone,
		Note: note, Href: relative(e.homePath(), e.AgencyPath(best.Agency.Code)),
	}, true
}

// cardLeaders is how many ranks a card shows.
const cardLeaders = 3

func (e *Edition) card(path string, link Link, g scoring.Group) Card {
	c := Card{Group: link, More: e.say("card-more", g.Stats.Agencies), Facts: e.groupFacts(g)}
	c.Leaders = Table{
		Caption: e.say("card-leaders"),
		Columns: []Column{
			{Name: e.term("rank"), Num: true, Key: true},
			{Name: e.term("agency"), Key: true},
			{Name: e.term("score"), Num: true, Key: true},
		},
	}
	for _, s := range g.Standings {
		if !s.Ranked || s.Rank > cardLeaders || len(c.Leaders.Rows) >= 2*cardLeaders {
			break
		}
		c.Leaders.Rows = append(c.Leaders.Rows, Row{Cells: []Cell{
			{Text: e.rank(s), Sort: e.rankSort(s)}, e.agencyCell(path, s), {Text: e.total(s.Score), Sort: s.Score.String()},
		}})
	}
	return c
}

func (e *Edition) rankSort(s scoring.Standing) string {
	return decimal.NewFromInt(int64(s.Rank)).String()
}

// groupFacts are the numbers of a group: how many, mean and median with their change.
func (e *Edition) groupFacts(g scoring.Group) []Fact {
	ranked := Fact{Term: e.say("ranked"), Words: e.say("of", g.Stats.Ranked, len(g.Standings))}
	past, hasPast := e.comparedGroup(g.Group.ID)
	if hasPast {
		ranked.Note = e.say("then", e.past(), e.whole(past.Ranked))
	}
	facts := []Fact{ranked}
	if g.Stats.Ranked == 0 {
		return facts
	}
	why, comparable := e.totalsCompare(g)
	add := func(key string, now, then decimal.Decimal) {
		f := Fact{Term: e.say(key), Words: e.total(now), Note: e.say("out-of", e.plain(g.Of))}
		if hasPast && past.HasMean && comparable {
			d := now.Sub(then)
			f.Note += "; " + e.say("then-change", e.past(), e.total(then), e.plus(d))
			f.Tone = toneOf(d.Sign())
			if past.Field != nil {
				f.Note += ", " + e.anew(past)
			}
		}
		facts = append(facts, f)
	}
	past = onField(past)
	add("median", g.Stats.Median, past.Median)
	add("mean", g.Stats.Mean, past.Mean)
	if e.cmp.Year != 0 && !comparable {
		facts = append(facts, Fact{Term: e.say("compared", e.past()), Words: e.say("change-none"), Note: e.whyNot(why)})
	}
	return facts
}

// agencyCell names an agency and links its page.
func (e *Edition) agencyCell(from string, s scoring.Standing) Cell {
	text, lang := e.agency(s.Agency)
	return Cell{Text: text, Lang: lang, Link: relative(from, e.AgencyPath(s.Agency.Code)), Sort: text, Head: true}
}

// directory lists a group's agencies as a dictionary would.
func (e *Edition) directory(path string, link Link, g scoring.Group) Directory {
	d := Directory{Group: link}
	for _, s := range g.Standings {
		text, lang := e.agency(s.Agency)
		entry := Entry{Link: Link{Text: text, Lang: lang, Href: relative(path, e.AgencyPath(s.Agency.Code))}, Find: e.find(s.Agency)}
		if s.Ranked {
			entry.Words = e.say("entry", e.rank(s), e.total(s.Score))
		} else {
			entry.Words = e.say("unranked")
		}
		d.Entries = append(d.Entries, entry)
	}
	order := e.words.Compare()
	slices.SortStableFunc(d.Entries, func(a, b Entry) int { return cmp.Or(order(a.Text, b.Text), cmp.Compare(a.Href, b.Href)) })
	return d
}
