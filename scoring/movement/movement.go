// Package movement says why ranks moved since an earlier round. It replays the change from the ranks of then to those of
// now in one fixed order and counts the places that every step moved an agency. Each step begins where the one before
// ended, so that the parts add up to the movement, exactly:
//
//  1. Ties: the field of then, with equal totals numbered as the set does now.
//  2. Membership: only the agencies that are ranked in the group in both rounds.
//  3. Review: what reviews and adjustments did then is set aside; totals are those that were claimed then.
//  4. Criteria: those claims under the set of now, with rules that look at the cohort measured against the final answers
//     of then. What no answer of then gives is left out and the rest re-based. Under one edition nothing changes.
//  5. Own: the agency claims what it claims now; the others and the bounds of step 4 stay.
//  6. Others: all claim what they claim now, and rules are measured against the final answers of now.
//  7. Membership: the agencies join that are ranked only now.
//  8. Review: what reviews and adjustments did now; these are the ranks as published.
//
// Steps 2 and 7, and 3 and 8, are one part each. All steps number equal totals as the set does. Another order would give
// other parts: who is passed while standing still loses by the others, whoever began.
//
// Where the earlier results do not hold what steps 3 to 6 need, these are one part, which is unknown.
//
// What is told to everybody looks at no claim: from a step between claims and one between published totals, or from two
// steps of which a reader knows one field, claims can be reckoned. OfFinal replays published totals throughout.
package movement

import (
	"cmp"
	"slices"
	"sort"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/history"
	"github.com/opendti/dti/scoring/par"
)

// A Movement says of every agency why its rank moved, and of every group why its mean changed.
type Movement struct {
	agencies map[string]history.Parts
	means    map[string]history.MeanParts
}

// Of replays a ranking from an earlier round; nil gives the zero Movement. The past is the one that history.Compare
// compares with, and where Answers says so it must hold answers (history.DecodeWithAnswers): without them steps are
// unknown.
func Of(r *scoring.Ranking, earlier *history.Past) Movement { return of(r, earlier, false) }

// OfFinal is a replay that everybody may read: where Of looks at what was claimed, then or now, it looks at the results
// after review and adjustments. The part of review is 0; what it did is part of own results, or of the others'.
func OfFinal(r *scoring.Ranking, earlier *history.Past) Movement { return of(r, earlier, true) }

func of(r *scoring.Ranking, earlier *history.Past, final bool) Movement {
	m := Movement{agencies: map[string]history.Parts{}, means: map[string]history.MeanParts{}}
	if earlier == nil {
		return m
	}
	change := history.Compare(r, earlier)
	play := newReplay(r, earlier)
	play.final = final
	for _, g := range r.Groups {
		f := play.field(g, change.Agencies)
		for i := range f.both {
			parts := f.parts(&f.both[i])
			parts.Reviewed = final
			m.agencies[f.both[i].now.Agency.Code] = parts
		}
		if mean, ok := f.mean(change.Groups[g.Group.ID]); ok {
			m.means[g.Group.ID] = mean
		}
	}
	return m
}

// Answers reports whether a replay under a set needs the answers of an earlier round: where its edition was another one,
// or rules look at the cohort.
func Answers(set *criteria.Set, earlier *history.Past) bool {
	return earlier != nil && !earlier.Plain && earlier.CriteriaID == set.ID &&
		(earlier.CriteriaVersion != set.Version || set.LooksAtCohort())
}

// Agency is why an agency's rank moved; its parts add up to history.Change.RankChange. ok is false where ranks are not
// compared: the agency is new, or not ranked in the same group in both rounds.
func (m Movement) Agency(code string) (parts history.Parts, ok bool) {
	parts, ok = m.agencies[code]
	return parts, ok
}

// Mean is why the mean of a group changed, by the group's id. ok is false where the earlier mean is not known, or is out
// of another maximum.
func (m Movement) Mean(group string) (parts history.MeanParts, ok bool) {
	parts, ok = m.means[group]
	return parts, ok
}

// In is a comparison with the movement entered; the comparison stays as it was.
func (m Movement) In(c history.Comparison) history.Comparison {
	agencies := make(map[string]history.Change, len(c.Agencies))
	for code, change := range c.Agencies {
		if parts, ok := m.agencies[code]; ok {
			change.Parts = &parts
		}
		agencies[code] = change
	}
	c.Agencies, c.Means = agencies, m.means
	return c
}

// A replay knows what every group's replay needs.
type replay struct {
	ranking *scoring.Ranking
	past    *history.Past
	same    bool            // one edition: totals of then are those of the set
	answers *history.Replay // nil: totals of then are enough
	scale   scoring.Scale   // with the bounds of the final answers of then
	rescore bool            // the scale differs from that of now
	why     rule.Note       // why nothing can be replayed; zero where it can
	final   bool            // no step looks at claims
}

func newReplay(r *scoring.Ranking, earlier *history.Past) *replay {
	set := r.Round.Set
	p := &replay{ranking: r, past: earlier, scale: r.Scale()}
	p.same = earlier.CriteriaID == set.ID && earlier.CriteriaVersion == set.Version
	relative := set.LooksAtCohort()
	switch {
	case p.same && !relative:
		return p
	case earlier.Plain:
		p.why = p.past.Say("movement-table")
	case earlier.CriteriaID != set.ID:
		p.why = p.past.Say("movement-criteria", earlier.CriteriaID+"@"+earlier.CriteriaVersion)
	case !earlier.HasAnswers():
		p.why = p.past.Say("movement-no-answers")
	default:
		p.answers, p.rescore = earlier.Replay(set), relative
		if relative {
			p.scale = scoring.Fit(set, p.answers.Cohort(r.Round.Agencies))
		}
	}
	return p
}

// A member is an agency that is ranked in the group in both rounds.
type member struct {
	now    scoring.Standing
	change history.Change
	was    history.PastAgency
	code   string // then
	why    rule.Note
	// What ranks compare at each step, as far as they can be replayed: the rank of then, what was claimed then, that under
	// the set of now, what the agency claims now under the bounds of then and of now.
	then, claimed, carried, own, claims rung
}

// A past is an agency of the earlier field.
type past struct {
	was  history.PastAgency
	rung rung
}

// A field is an agency group with what its steps compare.
type field struct {
	group  scoring.Group
	digits int32 // decimals of the parts of the mean
	both   []member
	before []past // ranked then, in their order
	ranks  []int  // the same ranks, ascending

	published          *ladder // all that were ranked then
	then, claimed      *ladder // of those that can be replayed
	carried, claims    *ladder
	thenAll, claimsAll *ladder // of all in both rounds
	now                *ladder // all that are ranked now, as they claim
}

// field gathers an agency group and scores what has to be.
func (p *replay) field(g scoring.Group, changes map[string]history.Change) *field {
	set := p.ranking.Round.Set
	f := &field{group: g, digits: digits(set.Rounding.Total)}
	codes := map[string]string{} // of now, by that of then
	for _, s := range g.Standings {
		change := changes[s.Agency.Code]
		code, was, ok := p.past.Find(s.Agency)
		if _, taken := codes[code]; ok && !taken {
			codes[code] = s.Agency.Code
		}
		if ok && change.Moved && s.Ranked {
			f.both = append(f.both, member{now: s, change: change, was: was, code: code})
		}
	}
	f.earlier(p, codes)
	levels := map[string]decimal.Decimal{}
	for _, b := range f.before {
		levels[b.rung.code] = b.rung.score
	}
	par.Each(len(f.both), func(i int) {
		m := &f.both[i]
		m.then = rung{code: m.now.Agency.Code, score: levels[codes[m.code]]}
		p.score(m)
	})
	f.ladders(p)
	return f
}

// earlier lists the agencies that were ranked in the group then, in the order of their ranks: what stood above stays
// above, and totals that were equal stand as the set breaks ties now. The score of their rungs is the level, from 0 downwards.
func (f *field) earlier(p *replay, codes map[string]string) {
	set := p.ranking.Round.Set
	only := len(set.Groups) == 1
	for code, was := range p.past.Agencies {
		now, stays := codes[code]
		if was.Rank == 0 || was.Group != f.group.Group.ID && (was.Group != "" || !only && !stays) {
			continue
		}
		f.ranks = append(f.ranks, was.Rank)
		f.before = append(f.before, past{was, rung{code: cmp.Or(now, code), score: was.Score, decides: decided(set, was)}})
	}
	slices.Sort(f.ranks)
	slices.SortFunc(f.before, func(a, b past) int { return cmp.Or(cmp.Compare(a.was.Rank, b.was.Rank), ahead(a.rung, b.rung)) })
	breakTies(f.before)
	levels := make([]decimal.Decimal, len(f.before))
	for i := range f.before {
		if i > 0 {
			levels[i] = levels[i-1]
			if !level(f.before[i-1], f.before[i]) {
				levels[i] = levels[i].Sub(decimal.NewFromInt(1))
			}
		}
	}
	rungs := make([]rung, len(f.before))
	for i := range f.before {
		f.before[i].rung = rung{code: f.before[i].rung.code, score: levels[i]}
		rungs[i] = f.before[i].rung
	}
	f.published = newLadder(set.Ranking.Ties, rungs)
}

// breakTies puts neighbours of equal totals in the order in which the set breaks ties now, whatever broke them then.
func breakTies(before []past) {
	for len(before) > 0 {
		n := 1
		for n < len(before) && before[n].was.HasScore && before[0].was.HasScore && before[n].was.Score.Equal(before[0].was.Score) {
			n++
		}
		slices.SortFunc(before[:n], func(a, b past) int { return ahead(a.rung, b.rung) })
		before = before[n:]
	}
}

// level reports whether two neighbours of the earlier field were equal: by their totals where both are known, else by
// their ranks.
func level(a, b past) bool {
	if a.was.HasScore && b.was.HasScore {
		return better(a.rung, b.rung) == 0
	}
	return a.was.Rank == b.was.Rank
}

// score fills in what an agency's steps compare; why is set where they cannot be replayed.
func (p *replay) score(m *member) {
	set, code := p.ranking.Round.Set, m.now.Agency.Code
	m.claims = p.claims(m.now)
	m.why = p.why
	switch {
	case !m.why.IsZero():
		return
	case !m.was.HasScore:
		m.why = p.past.Say("movement-no-score")
		return
	}
	m.claimed = rung{code: code, score: m.was.Score, decides: decided(set, m.was)}
	if m.was.Claimed.Set && !p.final {
		m.claimed.score = m.was.Claimed.Value
	}
	m.carried, m.own = m.claimed, m.claims
	if !p.same {
		final, then, ok := p.answers.Entrants(m.code, m.now.Agency)
		if p.final {
			then = final
			then.Submission.Adjustments = m.was.Adjustments
		}
		res := scoring.Result{}
		if ok {
			res = p.scale.Score(then)
		}
		if !res.Root.Applies {
			m.why = p.past.Say("movement-no-own-answers")
			return
		}
		m.carried = rung{code: code, score: res.Score, decides: deciding(set, res.Standing)}
	}
	if p.rescore {
		res := p.scale.Score(p.entrant(code))
		m.own = rung{code: code, score: res.Score, decides: deciding(set, res.Standing)}
	}
}

// entrant is an agency with what it claims now; where no step looks at claims, as it is scored.
func (p *replay) entrant(code string) scoring.Entrant {
	if p.final {
		e, _ := p.ranking.Final(code)
		return e
	}
	e, _ := p.ranking.Claim(code)
	return e
}

// claims is what an agency claims now; where no step looks at claims, what it has.
func (p *replay) claims(s scoring.Standing) rung {
	set := p.ranking.Round.Set
	if p.final {
		return rung{code: s.Agency.Code, score: s.Score, decides: deciding(set, s)}
	}
	r := rung{code: s.Agency.Code, score: s.Claimed}
	if len(set.Ranking.TieBreak) > 0 {
		r.decides = deciding(set, p.ranking.Scale().Score(p.entrant(r.code)).Standing)
	}
	return r
}

// ladders builds the fields of the steps.
func (f *field) ladders(p *replay) {
	ties := p.ranking.Round.Set.Ranking.Ties
	collect := func(of func(m *member) rung, in func(m *member) bool) *ladder {
		var rungs []rung
		for i := range f.both {
			if in(&f.both[i]) {
				rungs = append(rungs, of(&f.both[i]))
			}
		}
		return newLadder(ties, rungs)
	}
	all := func(*member) bool { return true }
	f.then = collect(func(m *member) rung { return m.then }, (*member).replayed)
	f.claimed = collect(func(m *member) rung { return m.claimed }, (*member).replayed)
	f.carried = collect(func(m *member) rung { return m.carried }, (*member).replayed)
	f.claims = collect(func(m *member) rung { return m.claims }, (*member).replayed)
	f.thenAll = collect(func(m *member) rung { return m.then }, all)
	f.claimsAll = collect(func(m *member) rung { return m.claims }, all)
	var now []rung
	claims := map[string]rung{}
	for i := range f.both {
		claims[f.both[i].claims.code] = f.both[i].claims
	}
	for _, s := range f.group.Standings {
		if !s.Ranked {
			continue
		}
		r, ok := claims[s.Agency.Code]
		if !ok {
			r = p.claims(s)
		}
		now = append(now, r)
	}
	f.now = newLadder(ties, now)
}

func (m *member) replayed() bool { return m.why.IsZero() }

// parts are the places that each step moved an agency.
func (f *field) parts(m *member) history.Parts {
	// Agencies that stood above and that the earlier results do not list, as in a table of the best ten, are no matter of
	// ties.
	unlisted := max(0, m.change.Rank-1-sort.SearchInts(f.ranks, m.change.Rank))
	ties := f.published.place(m.then) + unlisted
	joined, now := f.now.place(m.claims), m.now.Rank
	if !m.replayed() {
		then, claims := f.thenAll.place(m.then), f.claimsAll.place(m.claims)
		return history.Parts{
			Ties: m.change.Rank - ties, Membership: ties - then + claims - joined, Unknown: then - claims, Review: joined - now, Why: m.why,
		}
	}
	then, claimed := f.then.place(m.then), f.claimed.place(m.claimed)
	carried, own, claims := f.carried.place(m.carried), f.carried.place(m.own), f.claims.place(m.claims)
	return history.Parts{
		Ties:       m.change.Rank - ties,
		Membership: ties - then + claims - joined,
		Review:     then - claimed + joined - now,
		Criteria:   claimed - carried,
		Own:        carried - own,
		Others:     own - claims,
	}
}
