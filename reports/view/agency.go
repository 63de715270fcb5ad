package view

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// An AgencyPage is one agency's result: a card of one sheet of A4, and on screen the reason of every point.
type AgencyPage struct {
	Page
	Group     Link
	Parent    Link // to the body above the agency; without Href where it has none
	Compare   Link // to where the agency is held against others of its group; without Href where it is alone in it
	Finding   string
	Facts     []Fact
	Figures   []Figure // pillar rows, profile, trend; those that cannot be drawn are left out
	Losses    []Pick   // that cost most
	LossesSay string   // that none cost anything; "" where some did
	// Strengths stand farthest above the group's median; StrengthsSay says that none does, "" where some do or that is not
	// known.
	Strengths    []Pick
	StrengthsSay string
	Levels       []LevelLine // what one more level would add; none where nothing would
	Sections     []Section
	Lines        string // how much there is to say of public indicators, for the room on paper: "few", "some", "many"
	Hidden       string // that some indicators are not published; "" where all are
	// Rest are the lines of the total that stand in no indicator's points, Full where the reasons stand: for the paper card.
	Rest, Full string
	Ledger     Table
	Views      Table // no rows where the group has no views
	// Lineage tells what became of the agency's predecessors and how its earlier total came about; none where it goes on.
	Lineage []string
	// Moved says why the rank moved; "" where that is not known. Moves is the same as a table; no rows where nothing did.
	Moved string
	Moves Table
	// RevisedSay tells a result that differs from an earlier revision; "" where it does not.
	RevisedSay string
}

// Kind is "agency".
func (*AgencyPage) Kind() string { return "agency" }

// Drawings are the figures of the agency.
func (p *AgencyPage) Drawings() []Figure { return p.Figures }

// Agency makes the page of an agency; ok is false where the ranking does not have it.
func (e *Edition) Agency(code string) (page *AgencyPage, ok bool) {
	at, ok := e.places[code]
	if !ok {
		return nil, false
	}
	g := e.ranking.Groups[at.group]
	s := g.Standings[at.standing]
	path := e.AgencyPath(code)
	name, lang := e.agency(s.Agency)
	p := &AgencyPage{Page: e.page(path, name, lang), Group: e.groupLink(path, g)}
	p.Crumbs = append(p.Crumbs, p.Group)
	p.Parent = e.parentLink(path, s.Agency)
	p.Compare = Link{Text: e.say("agency-compare"), Href: e.CompareLink(path, code)}
	p.Finding = e.agencyFinding(g, s)
	p.Description = name + ". " + p.Finding
	p.Facts = e.agencyFacts(path, g, at.standing)
	add := func(f Figure) {
		if len(f.Chart.Rows) > 0 {
			p.Figures = append(p.Figures, f)
		}
	}
	places := e.pillarPlaces(g, s)
	add(e.pillarDots(path, g, places))
	add(e.pillarProfile(path, g, places))
	add(e.agencyTrend(path, g, s))
	p.Lineage = e.lineage(code)
	p.Moved, p.Moves = e.movedSays(e.cmp.Agencies[code]), e.movedTable(s)
	if len(p.Moves.Rows) < fewestMoves {
		p.Moves.Rows = nil
	}
	p.RevisedSay = e.revisedSay(code)
	if j := e.Scores.judged(code, at); j.known {
		e.account(p, j.result)
		e.picks(p, j.outstanding)
		p.Levels = e.levels(p.Path, at, j)
		p.Views = e.agencyViews(g, j.result)
	}
	return p, true
}

// fewestMoves are the rows of a table of moves, the sum included, that say more than the sentence above it.
const fewestMoves = 3

// parentLink leads to the body above an agency; without Href where it names none.
func (e *Edition) parentLink(path string, a submission.Agency) Link {
	to := e.ParentPath(a.Parent)
	if to == "" {
		return Link{}
	}
	book := e.parentBook()
	body := book.all[book.places[a.Parent]]
	return Link{Text: e.say("agency-parent", body.name), Href: Relative(path, to)}
}

// agencyFinding says rank, total and rating in a sentence.
func (e *Edition) agencyFinding(g scoring.Group, s scoring.Standing) string {
	if !s.Ranked {
		if why := e.words.Note(s.Reason); why != "" {
			return capital(why) + "."
		}
		return e.say("agency-unranked", e.whyUnranked(s))
	}
	finding := e.say("agency-finding", e.rank(s), g.Stats.Ranked, e.total(s.Score), e.plain(s.Of))
	if s.Rating != "" {
		finding = e.say("agency-finding-rated", e.rank(s), g.Stats.Ranked, e.total(s.Score), e.plain(s.Of), e.rating(s.Rating))
	}
	return finding
}

// agencyFacts are the agency's large numbers.
func (e *Edition) agencyFacts(path string, g scoring.Group, i int) []Fact {
	s := g.Standings[i]
	score := Fact{Term: e.term("score"), Words: e.total(s.Score), Note: e.say("score-note", e.plain(s.Of), e.percentWords(s.Percent))}
	change, known := e.cmp.Agencies[s.Agency.Code]
	if d, why, ok := e.scoreChange(s, change); known && ok {
		score.Note += "; " + e.say("then-change", e.past(), e.total(change.Score), e.plus(d))
		score.Tone = toneOf(d.Sign())
	} else if known && !why.IsZero() && (change.Carried == nil || change.Carried.Why.IsZero()) { // else the rank says it
		score.Note += "; " + e.words.Note(why)
	}
	if !s.Ranked {
		return []Fact{{Term: e.term("rank"), Words: e.say("unranked"), Note: e.whyUnranked(s)}, score}
	}
	rank := Fact{Term: e.term("rank"), Words: e.say("rank-of", e.whole(s.Rank), g.Stats.Ranked)}
	if s.Tied {
		rank.Note = e.say("rank-tied")
	}
	if e.cmp.Year != 0 {
		m := e.movement(g, s)
		moved := strings.TrimSpace(m.mark+" "+m.text) + " (" + m.note + ")"
		rank.Note, rank.Tone = strings.TrimPrefix(rank.Note+"; "+moved, "; "), m.tone
	}
	facts := []Fact{rank, score}
	if len(e.set.Ratings) > 0 {
		facts = append(facts, Fact{Term: e.term("rating"), Words: e.ratingWords(s.Rating), Note: e.cappedWords(s)})
	}
	facts = append(facts, e.nextFact(path, g, i))
	d := e.difference(s.Score, g.Stats.Median)
	return append(facts, Fact{
		Term: e.say("to-median"), Words: e.plus(d), Note: e.say("agency-median", e.total(g.Stats.Median)), Tone: toneOf(d.Sign()),
	})
}

// cappedWords say what holds a rating below the one that the total is worth; "" where nothing does.
func (e *Edition) cappedWords(s scoring.Standing) string {
	if s.RatingCapped == nil {
		return ""
	}
	earned, _ := e.set.RatingOf(s.Score, s.Of)
	return e.say("rating-capped", e.rating(earned.ID), s.RatingCapped.PublicGrounds())
}

// nextFact is the distance to the next better total, or for the first the lead over the next.
func (e *Edition) nextFact(path string, g scoring.Group, i int) Fact {
	s := g.Standings[i]
	for j := i - 1; j >= 0; j-- {
		if above := g.Standings[j]; !above.Score.Equal(s.Score) {
			return e.distance(path, "gap-next", above, e.difference(above.Score, s.Score))
		}
	}
	for j := i + 1; j < g.Stats.Ranked; j++ {
		if below := g.Standings[j]; !below.Score.Equal(s.Score) {
			return e.distance(path, "gap-lead", below, e.difference(s.Score, below.Score))
		}
	}
	return Fact{Term: e.say("gap-next"), Words: e.say("gap-alone")}
}

func (e *Edition) distance(path, key string, other scoring.Standing, d decimal.Decimal) Fact {
	return Fact{
		Term: e.say(key), Words: e.total(d), Note: e.say("gap-to", e.rank(other), e.agencyName(other.Agency), e.total(other.Score)),
		Href: Relative(path, e.AgencyPath(other.Agency.Code)),
	}
}
