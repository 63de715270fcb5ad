package view

import (
	"cmp"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
)

// Arrows stand beside words that say the same, never alone.
const (
	arrowUp   = "▲"
	arrowDown = "▼"
)

// toneOf is the tone of a difference, for colour beside words.
func toneOf(sign int) string {
	switch {
	case sign > 0:
		return "up"
	case sign < 0:
		return "down"
	default:
		return ""
	}
}

// A movement is an agency's change of rank in words.
type movement struct {
	text, mark, tone string
	note             string // both ranks with their field sizes, or why there is no change
	brief            string // the same without how the earlier rank was made, which a page of many ranks says once
	sort             string // places moved; "" where nothing can be said
}

// movement says how an agency's rank moved since the earlier round.
func (e *Edition) movement(g scoring.Group, s scoring.Standing) movement {
	change, known := e.cmp.Agencies[s.Agency.Code]
	switch {
	case !known:
		return movement{text: e.say("change-new"), note: e.say("change-new-note", e.past())}
	case !change.Moved && change.Carried != nil && !change.Carried.Why.IsZero():
		return movement{text: e.say("change-none"), note: e.words.Note(change.Carried.Why)}
	case !change.Moved && !change.RankNote.IsZero():
		return movement{text: e.say("change-none"), note: e.words.Note(change.RankNote)}
	case !change.Moved && change.Rank == 0:
		return movement{text: e.say("change-none"), note: e.say("change-unranked-then", yearWords(change.Year))}
	case !change.Moved:
		return movement{text: e.say("change-none"), note: e.words.Note(change.Why)}
	}
	m := movement{
		tone: toneOf(change.RankChange), sort: decimal.NewFromInt(int64(change.RankChange)).String(),
		note: e.say("change-ranks", s.Rank, g.Stats.Ranked, yearWords(change.Year), change.Rank, change.OfRanked),
	}
	m.brief = m.note
	if anew := e.words.Note(change.RankNote); anew != "" {
		m.note += ", " + anew
	}
	switch {
	case change.RankChange > 0:
		m.text, m.mark = e.count("change-up", change.RankChange), arrowUp
	case change.RankChange < 0:
		m.text, m.mark = e.count("change-down", -change.RankChange), arrowDown
	default:
		m.text = e.say("change-same")
	}
	return m
}

// cell is the movement as a cell of the ranking.
func (m movement) cell() Cell {
	return Cell{Text: m.text, Mark: m.mark, Tone: m.tone, Note: cmp.Or(m.brief, m.note), Sort: m.sort}
}

// scoreChange is the change of an agency's total; why says what keeps the totals from being compared.
func (w *wording) scoreChange(s scoring.Standing, change history.Change) (d decimal.Decimal, why rule.Note, ok bool) {
	if !change.Comparable {
		return decimal.Decimal{}, change.Why, false
	}
	return w.difference(s.Score, change.Score), rule.Note{}, true
}

// comparedGroup is a group of the earlier round, if there was one.
func (e *Edition) comparedGroup(id string) (history.PastGroup, bool) {
	past, ok := e.cmp.Groups[id]
	return past, ok && e.cmp.Year != 0
}

// totalsCompare reports whether the totals of a group may be held against those of the earlier round: some agency's may.
// Where they may not, why says it.
func (e *Edition) totalsCompare(g scoring.Group) (why rule.Note, ok bool) {
	for _, s := range g.Standings {
		change, known := e.cmp.Agencies[s.Agency.Code]
		switch {
		case known && change.Comparable:
			return rule.Note{}, true
		case known && why.IsZero():
			why = change.Why
		}
	}
	return why, false
}

// whyNot says why something is not compared: the reason as the comparison gives it, else that the editions differ.
func (e *Edition) whyNot(why rule.Note) string {
	if s := e.words.Note(why); s != "" {
		return s
	}
	return e.say("not-comparable", e.past())
}
