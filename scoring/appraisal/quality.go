// Package appraisal looks at how a round was reviewed, and at what appeals would change: claims against final points,
// how strict reviewers are on the same indicators, evidence that is missing, shared or of another year, what nobody
// reviewed, and the stakes of every appeal. It words nothing and opens no file.
package appraisal

import (
	"cmp"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// A Quality is what the review of a round looks like.
type Quality struct {
	Claims    []Claim           // furthest above the final total first, then by code
	Reviewers []Reviewer        // strictest against the others first, those that nobody can be compared with last
	Bare      []Bare            // in the order of the round's agencies and of the set
	Shared    []Shared          // those of most agencies first
	Astray    []Astray          // evidence dated outside the round's period, in the order of Bare
	Missed    []submission.Item // as Round.Unreviewed lists them
}

// A Claim is what an agency claimed against what it has now.
type Claim struct {
	Standing scoring.Standing
	Gap      decimal.Decimal // of the published total: claimed − final, without adjustments; above 0: it claimed too much
	Lowered  int             // indicators whose points a decision took down
	Raised   int
	Decided  int // indicators with a decision
}

// A Reviewer is how much somebody takes off, held against what others take off on the same indicators. Points are shares
// of what the indicator can earn, so that large and small indicators count the same.
type Reviewer struct {
	Name     string // as the reviews say it; empty: they do not
	Decided  int    // items decided in the first stage
	Lowered  int
	Raised   int
	Cut      decimal.Decimal // mean of claimed − given, −1..1, 6 decimals
	Compared int             // of Decided, items on indicators that others decided too
	// OwnCut and OthersCut are the means over the indicators that others decided too, each weighted by the reviewer's own
	// items; they say something where Compared is above 0.
	OwnCut, OthersCut decimal.Decimal
}

// Difference is how much more a reviewer takes off than others do on the same indicators; above 0: stricter.
func (r Reviewer) Difference() decimal.Decimal { return r.OwnCut.Sub(r.OthersCut) }

// A Bare is an indicator that has points though the evidence that it needs was not named.
type Bare struct {
	Agency    submission.Agency
	Indicator *criteria.Indicator
	Score     decimal.Decimal
	Decision  *submission.Decision // nil: nobody decided
}

// Judge looks at the review of a ranked round. The period of the round bounds the days of evidence; where it is not set,
// no evidence is astray.
func Judge(ranking *scoring.Ranking) Quality {
	round := ranking.Round
	j := &judging{round: round, ranking: ranking, first: firstStage(ranking), cuts: map[string]map[string]*cut{}, papers: map[string]*Shared{}}
	for _, a := range round.Agencies {
		if res, ok := ranking.Result(a.Code); ok {
			j.agency(res)
		}
	}
	for _, own := range j.order {
		j.quality.Reviewers = append(j.quality.Reviewers, j.reviewer(own))
	}
	j.quality.Missed = round.Unreviewed()
	j.sort()
	return j.quality
}

// firstStage is the round ranked by the decisions of the first stage only: who reviewed first cannot help what a council
// decided later.
func firstStage(ranking *scoring.Ranking) *scoring.Ranking {
	later := func(d submission.Decision) bool { return d.Stage != submission.Review }
	if !slices.ContainsFunc(ranking.Round.Decisions, later) {
		return ranking
	}
	early := *ranking.Round
	early.Decisions = slices.DeleteFunc(slices.Clone(early.Decisions), later)
	return scoring.Rank(&early)
}

type judging struct {
	round   *submission.Round
	ranking *scoring.Ranking
	first   *scoring.Ranking
	cuts    map[string]map[string]*cut // by reviewer and indicator
	order   []string                   // reviewers, in the order in which they are met
	papers  map[string]*Shared
	quality Quality
}

// A cut sums what a reviewer took off on one indicator.
type cut struct {
	n               int
	sum             decimal.Decimal
	lowered, raised int
}

func (j *judging) agency(res scoring.Result) {
	claim := Claim{Standing: res.Standing, Gap: res.Claimed.Sub(res.Score).Add(adjusted(res))}
	sub := j.round.Submissions[res.Agency.Code]
	for _, leaf := range res.Root.Leaves() {
		if leaf.Decision != nil {
			claim.Decided++
			switch {
			case leaf.Score.LessThan(leaf.Claimed):
				claim.Lowered++
			case leaf.Score.GreaterThan(leaf.Claimed):
				claim.Raised++
			}
		}
		j.evidence(res.Agency, leaf, sub.Evidence[leaf.Indicator.ID])
	}
	if sub.Sent {
		j.quality.Claims = append(j.quality.Claims, claim)
	}
	early := res
	if j.first != j.ranking {
		early, _ = j.first.Result(res.Agency.Code)
	}
	for _, leaf := range early.Root.Leaves() {
		j.decided(leaf)
	}
}

// adjusted is what decisions beside the answers changed of a total.
func adjusted(res scoring.Result) (sum decimal.Decimal) {
	for _, line := range res.Ledger {
		if line.Adjustment != nil {
			sum = sum.Add(line.Points)
		}
	}
	return sum
}

// decided enters a decision of the first stage. What earns no points has no share to take off.
func (j *judging) decided(leaf scoring.IndicatorResult) {
	d := leaf.Decision
	if d == nil || !leaf.Of.IsPositive() {
		return
	}
	byIndicator, met := j.cuts[d.Reviewer]
	if !met {
		byIndicator = map[string]*cut{}
		j.cuts[d.Reviewer] = byIndicator
		j.order = append(j.order, d.Reviewer)
	}
	c := byIndicator[leaf.Indicator.ID]
	if c == nil {
		c = &cut{}
		byIndicator[leaf.Indicator.ID] = c
	}
	off := leaf.Claimed.Sub(leaf.Score)
	c.n++
	c.sum = c.sum.Add(off.DivRound(leaf.Of, rule.KeptPlaces))
	switch off.Sign() {
	case 1:
		c.lowered++
	case -1:
		c.raised++
	}
}

// meanDigits are the decimals of means of shares.
const meanDigits = 6

func (j *judging) reviewer(name string) Reviewer {
	r := Reviewer{Name: name}
	var all, own, others decimal.Decimal
	for _, id := range slices.Sorted(maps.Keys(j.cuts[name])) {
		c := j.cuts[name][id]
		r.Decided, r.Lowered, r.Raised = r.Decided+c.n, r.Lowered+c.lowered, r.Raised+c.raised
		all = all.Add(c.sum)
		if rest := j.others(name, id); rest.n > 0 {
			n := decimal.NewFromInt(int64(c.n))
			r.Compared += c.n
			own = own.Add(c.sum)
			others = others.Add(rest.sum.Mul(n).DivRound(decimal.NewFromInt(int64(rest.n)), rule.KeptPlaces))
		}
	}
	r.Cut = all.DivRound(decimal.NewFromInt(int64(r.Decided)), meanDigits)
	if r.Compared > 0 {
		n := decimal.NewFromInt(int64(r.Compared))
		r.OwnCut, r.OthersCut = own.DivRound(n, meanDigits), others.DivRound(n, meanDigits)
	}
	return r
}

// others sums what everybody else took off on an indicator.
func (j *judging) others(name, indicator string) (rest cut) {
	for other, byIndicator := range j.cuts {
		if c := byIndicator[indicator]; c != nil && other != name {
			rest.n += c.n
			rest.sum = rest.sum.Add(c.sum)
		}
	}
	return rest
}

// alone is 1 for a reviewer who decided only what nobody else did.
func alone(r Reviewer) int {
	if r.Compared == 0 {
		return 1
	}
	return 0
}

func (j *judging) sort() {
	q := &j.quality
	slices.SortStableFunc(q.Claims, func(a, b Claim) int {
		return cmp.Or(b.Gap.Cmp(a.Gap), cmp.Compare(a.Standing.Agency.Code, b.Standing.Agency.Code))
	})
	slices.SortStableFunc(q.Reviewers, func(a, b Reviewer) int {
		return cmp.Or(alone(a)-alone(b), b.Difference().Cmp(a.Difference()), b.Cut.Cmp(a.Cut), cmp.Compare(a.Name, b.Name))
	})
	for _, s := range j.papers {
		if s.agencies() > 1 {
			q.Shared = append(q.Shared, *s)
		}
	}
	slices.SortStableFunc(q.Shared, func(a, b Shared) int {
		return cmp.Or(cmp.Compare(b.agencies(), a.agencies()), cmp.Compare(a.Text, b.Text))
	})
}
