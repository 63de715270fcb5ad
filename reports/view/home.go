package view

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/scoring"
)

// A HomePage is the front page of an edition.
type HomePage struct {
	Page
	Findings  []Finding
	Numbers   []Fact      // three or four large numbers
	Listed    string      // how many agencies there are to find
	Directory []Directory // of an edition that is not too large; else All leads to the page that lists them
	All       Link
	CardsHead string // heading of the cards
	Cards     []Card // a group each
	Note      string // that groups are not comparable; "" where there is one group
	Strips    []Figure
	StripHead string     // heading of the strips
	Sums      []StripSum // of the strips, in their order
	About     []Fact     // what this round is and how far it has come
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
	Compare Link   // without Href where the group has no two agencies
}

// A StripSum is what a strip shows, in five numbers; all its numbers stand in its CSV and on the group's page.
type StripSum struct {
	Table Table
	Full  Link
}

// Home makes the front page.
func (e *Edition) Home() *HomePage {
	path := e.homePath()
	h := &HomePage{
		Page: e.page(path, e.title(), ""), Numbers: e.largeNumbers(), Listed: e.say("agencies-listed", len(e.places)), About: e.about(),
		CardsHead: e.say("cards-heading"), StripHead: e.say("strips-heading"),
	}
	var sentences []string
	for _, g := range e.ranking.Groups {
		link := e.groupLink(path, g)
		finding := e.finding(g)
		sentences = append(sentences, finding)
		h.Findings = append(h.Findings, Finding{Group: link, Sentence: finding})
		h.Cards = append(h.Cards, e.card(path, link, g))
		if g.Stats.Ranked > 1 {
			h.Strips = append(h.Strips, e.percentStrip(path, g))
			h.Sums = append(h.Sums, e.stripSum(link, g))
		}
		if !e.HasDirectory() {
			h.Directory = append(h.Directory, e.directory(path, link, g))
		}
	}
	if e.HasDirectory() {
		h.All = Link{Text: e.say("directory-all", len(e.places)), Href: Relative(path, e.directoryPath())}
	}
	if len(e.ranking.Groups) > 1 {
		h.Note = e.say("groups-differ")
	} else {
		h.CardsHead, h.StripHead = e.say("ranking-heading"), e.say("strips-heading-one")
	}
	h.Description = strings.Join(sentences, " ")
	return h
}

// about says of what time the round is, how final it is and when and by what it was published.
func (e *Edition) about() []Fact {
	r := e.round.Release
	facts := []Fact{{Term: e.say("footer-status"), Words: e.status(r)}}
	add := func(key, words string) {
		if words != "" {
			facts = append(facts, Fact{Term: e.say(key), Words: words})
		}
	}
	add("footer-period", e.period())
	add("footer-date", e.words.Date(r.Date))
	add("footer-decision", r.Decision)
	if e.HasCorrections() {
		facts[0].Href, facts[0].Note = Relative(e.homePath(), e.correctionsPath()), e.say("about-corrected")
	}
	return facts
}

// percentStrip shows a group's totals in percent, on the axis that all groups share.
func (e *Edition) percentStrip(path string, g scoring.Group) Figure {
	f := e.figure(path, "strip-"+e.groups[g.Group.ID], DotStrip)
	f.Chart.Unit, f.Chart.Max, f.Chart.Decimals = "%", 100, percentPlaces
	name, totals := e.text(g.Group.Name), distribution{shares: totalShares(g)}
	low, median, high := e.percentWords(totals.quartile(0)), e.percentWords(totals.quartile(2)), e.percentWords(totals.quartile(4))
	subtitle := ofDots(g.Stats.Ranked, "strip-percent-subtitle", "strip-percent-subtitle-counted")
	f.Subtitle = e.say(subtitle, e.plain(g.Of), g.Stats.Ranked, e.year())
	f.Headline = e.say("strip-percent-headline", name, low, high)
	if totals.width().IsZero() {
		f.Headline = e.say("strip-percent-equal", name, low)
	}
	f.Narration = e.say("strip-narration", name, low, median, high)
	f.Table = e.agencyNumbers(e.say("percent-of-maximum"))
	series := Series{Name: e.say("percent-of-maximum")}
	for _, s := range ranked(g) {
		words := e.percentWords(s.Percent)
		f.addAgency(e, path, s, words, s.Percent)
		series.Values = append(series.Values, value(s.Percent, words))
	}
	f.Chart.Series = []Series{series}
	f.Chart.Markers = []Marker{{Label: e.say("median-is", median), Value: totals.quartile(2).InexactFloat64()}}
	return f
}

// stripSum is the table of a group's strip.
func (e *Edition) stripSum(link Link, g scoring.Group) StripSum {
	t := Table{
		Caption: e.say("spread-caption", link.Text),
		Columns: []Column{{Name: e.say("spread-measure"), Key: true}, {Name: e.say("percent-of-maximum"), Num: true, Key: true}},
	}
	add := func(key string, d decimal.Decimal) {
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: e.say(key), Head: true}, {Text: e.percentWords(d), Sort: d.String()}}})
	}
	totals := distribution{shares: totalShares(g)}
	add("highest", totals.quartile(4))
	add("median", totals.quartile(2))
	add("lowest", totals.quartile(0))
	return StripSum{Table: t, Full: Link{Text: e.say("spread-full", g.Stats.Ranked), Href: link.Href}}
}

func (e *Edition) groupLink(from string, g scoring.Group) Link {
	text, lang := e.name(g.Group.Name)
	return Link{Text: text, Lang: lang, Href: Relative(from, e.GroupPath(g.Group.ID))}
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
	switch {
	case g.Stats.Ranked == 1:
		return e.say("finding-only", names[0], total, of)
	case len(names) == 1:
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
		Note: note, Href: Relative(e.homePath(), e.AgencyPath(best.Agency.Code)),
	}, true
}

// How many ranks a card shows: of one group among others, and of the only one.
const (
	cardLeaders = 3
	onlyLeaders = 10
)

func (e *Edition) card(path string, link Link, g scoring.Group) Card {
	c := Card{Group: link, More: e.say("card-more", g.Stats.Agencies), Facts: e.groupFacts(g)}
	for i, f := range c.Facts {
		if f.Words == e.say("change-none") { // in one line its reason says so again
			c.Facts[i].Words, c.Facts[i].Note = capital(f.Note), ""
		}
	}
	if severalIn(g) {
		c.Compare = Link{Text: e.say("card-compare"), Href: Relative(path, e.ComparePath(g.Group.ID))}
	}
	c.Leaders = Table{
		Caption: e.say("card-leaders"),
		Columns: []Column{
			{Name: e.term("rank"), Num: true, Key: true},
			{Name: e.term("agency"), Key: true},
			{Name: e.term("score"), Num: true, Key: true},
		},
	}
	most := cardLeaders
	if len(e.ranking.Groups) == 1 {
		most = onlyLeaders
	}
	for _, s := range g.Standings {
		if !s.Ranked || s.Rank > most || len(c.Leaders.Rows) >= max(most, 2*cardLeaders) {
			break
		}
		c.Leaders.Rows = append(c.Leaders.Rows, Row{Cells: []Cell{
			{Text: e.rank(s), Sort: e.rankSort(s)}, e.agencyCell(path, s), {Text: e.total(s.Score), Sort: s.Score.String()},
		}})
	}
	return c
}

func (e *Edition) rankSort(s scoring.Standing) string {
	return strconv.Itoa(s.Rank)
}

// groupFacts are the numbers of a group: how many, mean and median with their change.
func (e *Edition) groupFacts(g scoring.Group) []Fact {
	ranked := Fact{Term: e.say("ranked"), Words: e.say("of", g.Stats.Ranked, len(g.Standings))}
	past, hasPast := e.comparedGroup(g.Group.ID)
	if hasPast {
		ranked.Note = e.say("then", e.past(), e.whole(past.Ranked))
	}
	facts := []Fact{ranked}
	if g.Stats.Ranked == 0 || g.Stats.Ranked == 1 && !hasPast {
		return facts // of one agency the finding says all
	}
	why, comparable := e.totalsCompare(g)
	add := func(key string, now, then decimal.Decimal) {
		f := Fact{Term: e.say(key), Words: e.total(now), Note: e.say("out-of", e.plain(g.Of))}
		if hasPast && past.HasMean && comparable {
			d := e.difference(now, then)
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
	return Cell{Text: text, Lang: lang, Link: Relative(from, e.AgencyPath(s.Agency.Code)), Sort: text, Head: true}
}
