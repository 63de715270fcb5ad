package scoring

import (
	"cmp"
	"iter"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/par"
	"github.com/opendti/dti/scoring/submission"
)

// Rank scores a round and ranks every agency group.
//
// Ranks compare the published total, so that two agencies that print as 71.50 never differ by a rank that no reader
// can explain. The order of submissions never matters, save that the agency's code decides under `ties: unique`.
func Rank(round *submission.Round) *Ranking {
	entrants := finals(round)
	results, scale := score(round.Set, entrants)
	r := &Ranking{Round: round, scale: scale, finals: make(map[string]Entrant, len(entrants)), traces: map[string]Result{}}
	par.Each(len(entrants), func(i int) { r.enterClaim(&results[i], entrants[i]) })
	standings := make([]Standing, len(entrants))
	for i, e := range entrants {
		standings[i], r.finals[e.Agency.Code] = results[i].Standing, e
		if len(entrants) <= mostKept {
			r.traces[e.Agency.Code] = results[i]
		}
	}
	for _, g := range round.Set.Groups {
		if group, ok := rankGroup(round.Set, g, standings); ok {
			group.Fitted = scale.Fitted(g.ID)
			r.Groups = append(r.Groups, group)
		}
	}
	r.place()
	return r
}

// place notes where every agency stands.
func (r *Ranking) place() {
	r.places = make(map[string]Standing, len(r.finals))
	for _, g := range r.Groups {
		for _, s := range g.Standings {
			r.places[s.Agency.Code] = s
		}
	}
}

// finals lays the decisions over every agency's claim, and adds what was decided beside the answers.
func finals(round *submission.Round) []Entrant {
	byAgency := map[string][]submission.Decision{}
	for _, d := range round.Decisions {
		byAgency[d.Agency] = append(byAgency[d.Agency], d)
	}
	adjustments := map[string][]submission.Adjustment{}
	for _, a := range round.Cycle.Adjustments {
		adjustments[a.Agency] = append(adjustments[a.Agency], a)
	}
	entrants := make([]Entrant, len(round.Agencies))
	for i, a := range round.Agencies {
		entrants[i] = final(round, a, byAgency[a.Code])
		entrants[i].Submission.Adjustments = adjustments[a.Code]
	}
	return entrants
}

// final lays decisions over an agency's claim.
func final(round *submission.Round, a submission.Agency, decisions []submission.Decision) Entrant {
	sub := round.Submissions[a.Code]
	sub.Agency = a.Code
	if sub.Answers.Len() == 0 {
		sub.Answers = submission.NewAnswers(round.Set) // room for what decisions set
	}
	return Entrant{a, sub.Reviewed(decisions, round.NeedsAcceptance(a.Code))}
}

// score fits the scale to the cohort and scores every entrant. An agency that is unranked because too much is missing
// leaves the cohort, so the scale is fitted once more without it; what is missing does not depend on the cohort.
func score(set *criteria.Set, entrants []Entrant) ([]Result, Scale) {
	scale := Fit(set, cohort(entrants, func(i int) bool { return !entrants[i].Agency.Unranked }))
	results := scale.scoreAll(entrants)
	if !set.LooksAtCohort() {
		return results, scale
	}
	ranked := func(i int) bool { return results[i].Ranked }
	for i := range entrants {
		if !entrants[i].Agency.Unranked && !ranked(i) {
			scale = Fit(set, cohort(entrants, ranked))
			return scale.scoreAll(entrants), scale
		}
	}
	return results, scale
}

func cohort(entrants []Entrant, in func(i int) bool) []Entrant {
	members := []Entrant{}
	for i, e := range entrants {
		if in(i) {
			members = append(members, e)
		}
	}
	return members
}

// mostKept is the number of agencies up to which their traces are kept: those of 500 with 28 indicators take about 9 MB.
const mostKept = 500

// scoreAll scores entrants side by side; the result does not depend on how many work at it. Of more than mostKept it is
// without the traces.
func (s Scale) scoreAll(entrants []Entrant) []Result {
	results := make([]Result, len(entrants))
	par.Each(len(entrants), func(i int) {
		results[i] = s.Score(entrants[i])
		if len(entrants) > mostKept {
			results[i] = Result{Standing: results[i].Standing}
		}
	})
	return results
}

// enterClaim enters what the agency claimed into its result, under the scale of the final answers: the published total,
// and the points of every indicator of the trace.
func (r *Ranking) enterClaim(res *Result, e Entrant) {
	claimed := *res
	if claim, changed := r.claim(e); changed || len(e.Submission.Adjustments) > 0 {
		claim.Submission.Adjustments = nil
		claimed = r.scale.Score(claim)
	}
	res.Claimed = claimed.Score
	copyClaims(&res.Root, claimed.Root)
}

// claim is the agency with its answers before review; changed is false where review left them as they were.
func (r *Ranking) claim(e Entrant) (claim Entrant, changed bool) {
	if e.Submission.Applied == nil {
		return e, false
	}
	sub := r.Round.Submissions[e.Agency.Code]
	sub.Agency = e.Agency.Code
	return Entrant{e.Agency, sub}, true
}

// Result is the full trace of one agency, with its rank and what it claimed; ok is false where no agency has the code.
// It is safe for concurrent use.
func (r *Ranking) Result(code string) (res Result, ok bool) {
	if res, ok = r.Judged(code); !ok {
		return res, false
	}
	if _, kept := r.traces[code]; !kept {
		r.enterClaim(&res, r.finals[code])
	}
	return res, true
}

// Judged is Result without what an agency claimed, which takes another score where a review changed something.
func (r *Ranking) Judged(code string) (res Result, ok bool) {
	if res, ok = r.Trace(code); !ok {
		return res, false
	}
	e := r.finals[code]
	if plan := r.scale.plans[e.Agency.Group]; plan != nil {
		res.Root = withInputs(res.Root, &plan.root, e.Submission)
	}
	return res, true
}

// Standing is an agency's place; ok is false where no agency of a ranked group has the code.
func (r *Ranking) Standing(code string) (s Standing, ok bool) {
	s, ok = r.places[code]
	return s, ok
}

// Scale is what the ranking was scored with, fitted to the final answers of the ranked agencies.
func (r *Ranking) Scale() Scale { return r.scale }

// Claim is an agency with its answers before review and without what was decided beside them; ok is false where no agency
// has the code.
func (r *Ranking) Claim(code string) (claim Entrant, ok bool) {
	e, ok := r.finals[code]
	if !ok {
		return Entrant{}, false
	}
	claim, _ = r.claim(e)
	claim.Submission.Adjustments = nil
	return claim, true
}

// Final is an agency with the answers that it is ranked by; ok is false where no agency has the code.
func (r *Ranking) Final(code string) (e Entrant, ok bool) {
	e, ok = r.finals[code]
	return e, ok
}

// Trace is Result without inputs; what the agency claimed of each indicator is there only where the ranking keeps the
// trace. It may be the one that is kept: it is to be read only.
func (r *Ranking) Trace(code string) (res Result, ok bool) {
	e, ok := r.finals[code]
	if !ok {
		return Result{}, false
	}
	res, kept := r.traces[code]
	if !kept {
		res = r.scale.Score(e)
	}
	if standing, placed := r.places[code]; placed {
		res.Standing = standing
	}
	return res, true
}

// Results walks all traces: group by group, ranked agencies in rank order, then the others by code.
func (r *Ranking) Results() iter.Seq[Result] {
	return func(yield func(Result) bool) {
		for _, code := range r.Codes() {
			if res, ok := r.Result(code); ok && !yield(res) {
				return
			}
		}
	}
}

// Codes lists all agencies in the order of Results; agencies of unknown groups come last.
func (r *Ranking) Codes() []string {
	var codes []string
	for _, g := range r.Groups {
		for _, s := range g.Standings {
			codes = append(codes, s.Agency.Code)
		}
	}
	for _, a := range r.Round.Agencies {
		if _, placed := r.places[a.Code]; !placed {
			codes = append(codes, a.Code)
		}
	}
	return codes
}

// withInputs is a trace with what the ranking itself does not need: the inputs as judged. Plan and trace have the same
// shape; the trace stays as it was.
func withInputs(p PillarResult, b *branch, sub submission.Submission) PillarResult {
	p.Pillars, p.Indicators = slices.Clone(p.Pillars), slices.Clone(p.Indicators)
	for i := range p.Pillars {
		p.Pillars[i] = withInputs(p.Pillars[i], &b.branches[i], sub)
	}
	for i := range p.Indicators {
		ind, reads := &p.Indicators[i], b.leaves[i].reads
		ind.Inputs = make([]InputResult, len(reads))
		for j, r := range reads {
			ind.Inputs[j] = InputResult{Name: r.name, Input: r.input, Answer: sub.Answers.AtSlot(b.leaves[i].slots, r.slot)}
		}
	}
	return p
}

// copyClaims enters the scores of the claim into the final trace, which has the same shape.
func copyClaims(final *PillarResult, claim PillarResult) {
	for i := range final.Pillars {
		copyClaims(&final.Pillars[i], claim.Pillars[i])
	}
	for i := range final.Indicators {
		final.Indicators[i].Claimed = claim.Indicators[i].Score
	}
}

func rankGroup(set *criteria.Set, g criteria.AgencyGroup, all []Standing) (Group, bool) {
	group := Group{Group: g, Of: set.Of(g.ID)}
	for _, s := range all {
		if s.Agency.Group == g.ID {
			group.Standings = append(group.Standings, s)
		}
	}
	if len(group.Standings) == 0 {
		return group, false
	}
	order := ranker{ties: set.Ranking.Ties, breakers: set.Ranking.TieBreak, rounding: set.Rounding}
	slices.SortFunc(group.Standings, order.compare)
	order.number(group.Standings)
	group.Stats = stats(set, g.ID, group.Standings)
	return group, true
}

// A ranker orders and numbers the standings of a group.
type ranker struct {
	ties     criteria.Ties
	breakers []string
	rounding criteria.Rounding
}

// compare puts ranked before unranked, better before worse, and equal ones by code.
func (r ranker) compare(a, b Standing) int {
	if a.Ranked != b.Ranked {
		if a.Ranked {
			return -1
		}
		return 1
	}
	if a.Ranked {
		if c := r.better(a, b); c != 0 {
			return c
		}
	}
	return cmp.Compare(a.Agency.Code, b.Agency.Code)
}

// better compares what ranks: the published total, then the tie-breaking pillars.
func (r ranker) better(a, b Standing) int {
	if c := b.Score.Cmp(a.Score); c != 0 {
		return c
	}
	for _, id := range r.breakers {
		if c := r.reached(b, id).Cmp(r.reached(a, id)); c != 0 {
			return c
		}
	}
	return 0
}

// reached is the share of a pillar's points by which ranks break ties; 0 where the pillar does not apply.
func (r ranker) reached(s Standing, pillar string) rule.Fraction {
	for _, p := range s.Pillars {
		if p.Pillar.ID == pillar && p.Applies {
			return TieShare(r.rounding, p.Score, p.Of)
		}
	}
	return rule.Fraction{}
}

// TieShare is the share of a pillar's points by which ranks break ties: of the score as pages print it, where points that
// are not rounded have the decimals of the total.
func TieShare(rounding criteria.Rounding, score, of decimal.Decimal) rule.Fraction {
	if !rounding.Indicator.Round {
		score = published(rounding.Total, score)
	}
	return rule.FractionOf(score, of)
}

// number gives ranks to sorted standings.
func (r ranker) number(standings []Standing) {
	place := 0
	for i := range standings {
		if !standings[i].Ranked {
			return
		}
		tied := i > 0 && r.better(standings[i-1], standings[i]) == 0
		switch {
		case r.ties == criteria.Unique:
			place = i + 1
			tied = false
		case !tied && r.ties == criteria.Dense:
			place++
		case !tied:
			place = i + 1
		}
		standings[i].Rank, standings[i].Tied = place, tied
		if tied {
			standings[i-1].Tied = true
		}
	}
}
