package history

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// A Level is a score with which agencies of a group were ranked in an earlier round.
type Level struct {
	Year  int
	Score decimal.Decimal
	Rank  int
}

// Levels are the scores with which the agencies of a group were ranked, the best first, each one once: what a total of a
// set, out of so many points, may be held against. Why says why it may not; zero where it may. A plain table that names
// no groups is one where the set has only one group.
func (p *Past) Levels(set *criteria.Set, group string, of decimal.Decimal) (levels []Level, why rule.Note) {
	g, _ := set.Group(group)
	k := newKinship(set, scoring.Group{Group: g}, p)
	if !k.why.IsZero() {
		return nil, k.why
	}
	for _, a := range p.Agencies {
		if a.Group != group && (a.Group != "" || len(set.Groups) > 1) || a.Rank == 0 || !a.HasScore {
			continue
		}
		if a.Of.IsZero() || a.Of.Equal(of) {
			levels = append(levels, Level{Year: p.Year, Score: a.Score, Rank: a.Rank})
		}
	}
	if len(levels) == 0 {
		return nil, k.past.Say("not-comparable-no-score")
	}
	slices.SortFunc(levels, func(a, b Level) int {
		return cmp.Or(b.Score.Cmp(a.Score), cmp.Compare(a.Rank, b.Rank))
	})
	levels = slices.CompactFunc(levels, func(a, b Level) bool { return a.Score.Equal(b.Score) })
	return levels, rule.Note{}
}

// A Peer is another agency.
type Peer struct {
	Code string
	Name criteria.Text
}

// Peers are the other agencies of an agency's group that had full marks for an indicator in the earlier round, or no
// deduction where it is a penalty: the better ranked first. Nothing is told of an indicator of which nothing is
// published, nor of one that is not comparable with what it comes from.
func (p *Past) Peers(set *criteria.Set, ind *criteria.Indicator, agency submission.Agency) []Peer {
	from := p.Ancestors(set)[ind.ID]
	if ind.Public == criteria.Nothing || !from.Comparable {
		return nil
	}
	var codes []string
	for code, a := range p.Agencies {
		own := code == agency.Code || slices.Contains(agency.Aliases, code)
		if was, ok := a.Indicators[from.ID]; ok && !own && a.Group == agency.Group && was.full(ind.Effect) {
			codes = append(codes, code)
		}
	}
	place := func(code string) int {
		if rank := p.Agencies[code].Rank; rank > 0 {
			return rank
		}
		return len(p.Agencies) + 1 // those that are not ranked come last
	}
	slices.SortFunc(codes, func(a, b string) int { return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b)) })
	peers := make([]Peer, len(codes))
	for i, code := range codes {
		peers[i] = Peer{Code: code, Name: p.Agencies[code].Name}
	}
	return peers
}

// full reports whether nothing more could be earned.
func (s PastScore) full(effect criteria.Effect) bool {
	switch {
	case s.NotApplicable || !s.Of.IsPositive():
		return false
	case effect == criteria.Penalty:
		return s.Score.IsZero()
	default:
		return s.Score.Equal(s.Of)
	}
}
