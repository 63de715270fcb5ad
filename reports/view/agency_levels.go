package view

import (
	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
)

// levelsSaid is how many indicators are named of which one more level would add most.
const levelsSaid = 5

// peersSaid is how many agencies that have a level are named.
const peersSaid = 3

// A LevelLine is an indicator with the level above the one that the agency reached.
type LevelLine struct {
	Pick
	Takes  string // what the level takes
	Points string // "2,25 → 3,00/3"
	Gain   string // what it alone adds to the total: "+0,75"
	Peers  []Link // agencies of the group that have as many points or more, the best ranked first
	More   string // how many more there are, or that there are none; "" where all are named
}

// levels are the indicators of which one more level would add most to the total, by the engine's own account. Only those
// whose answers are public are named, because what the level takes tells the answer.
func (e *Edition) levels(path string, at place, j judgedAgency) []LevelLine {
	was := map[*criteria.Indicator]decimal.Decimal{}
	for _, r := range j.result.Root.Leaves() {
		was[r.Indicator] = r.Score
	}
	var lines []LevelLine
	for _, l := range j.levels {
		if l.Indicator.Public != criteria.Answers {
			continue
		}
		line := LevelLine{Pick: e.named[l.Indicator], Takes: capital(e.note(l.Indicator, l.Words)), Gain: e.plus(l.Gain)}
		line.Points = e.say("level-points", e.points(was[l.Indicator]), e.points(l.Score), e.plain(l.Of))
		line.Peers, line.More = e.peers(path, at, l)
		if lines = append(lines, line); len(lines) == levelsSaid {
			break
		}
	}
	return lines
}

// peers are the ranked agencies of a group that have a level or better, by their published points.
func (e *Edition) peers(path string, at place, l scoring.NextLevel) (peers []Link, more string) {
	g := e.ranking.Groups[at.group]
	share, known := percent(l.Score, l.Of)
	if !known {
		return nil, ""
	}
	have := e.Scores.holders(g.Group.ID, l.Indicator, share)
	if have.count == 0 {
		return nil, e.say("level-nobody")
	}
	for _, i := range have.first[:min(have.count, peersSaid)] {
		other := g.Standings[i].Agency
		text, lang := e.agency(other)
		peers = append(peers, Link{Text: text, Lang: lang, Href: Relative(path, e.AgencyPath(other.Code))})
	}
	if rest := have.count - len(peers); rest > 0 {
		more = e.count("level-more", rest)
	}
	return peers, more
}

// holders are the ranked agencies that have a share of an indicator's points: the places of the best ranked ones, and how
// many there are.
type holders struct {
	first [peersSaid]int
	count int
}

// A holding is a share of the points of an indicator of a group.
type holding struct {
	group string
	ind   *criteria.Indicator
	share int32 // hundredths of a percent
}

// holders finds them, by the percentage of the points, once for each share that is asked for.
func (s *Scores) holders(group string, ind *criteria.Indicator, share decimal.Decimal) holders {
	key := holding{group, ind, int32(share.Shift(percentPlaces).IntPart())}
	if found, ok := s.held.Load(key); ok {
		return found.(holders)
	}
	var have holders
	if column, ok := s.Of(group, ind); ok {
		for i, m := range column.marks[:column.Tally.Agencies] {
			if !m.known || m.status != uint8(rule.Scored) || m.percent < key.share {
				continue
			}
			if have.count < peersSaid {
				have.first[have.count] = i
			}
			have.count++
		}
	}
	s.held.Store(key, have)
	return have
}
