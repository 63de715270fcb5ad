package scoring

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// Score scores one agency's answers, with the trace of every point. Rank and Claimed are left to Rank. An agency whose
// group the set does not know earns nothing and is not ranked.
func (s Scale) Score(e Entrant) Result {
	p := s.plans[e.Agency.Group]
	res := Result{Standing: Standing{Agency: e.Agency, Sent: e.Submission.Sent, Ranked: true}}
	if p == nil {
		res.Ranked, res.Reason = false, rule.Say("unranked-group", e.Agency.Group)
		return res
	}
	sc := scorer{set: s.set, plan: p, entrant: e, lines: make([]Line, 0, p.leaves+namedLines)}
	res.Of = p.of
	if p.parts > 0 {
		sc.parts = make([]reached, p.parts)
	}
	root := sc.branch(&p.root)
	res.Root = root.PillarResult
	total := sc.ledger(root)
	res.Score, res.Ledger = total, sc.lines
	res.Percent = percent(total, p.of)
	res.Pillars = make([]PillarScore, 0, p.pillars)
	for b := range root.below() {
		res.Pillars = append(res.Pillars, b.PillarScore)
	}
	if len(p.views) > 0 {
		res.ViewResults = sc.views()
		res.Views = viewScores(res.ViewResults)
	}
	res.Ranked, res.Reason = sc.rankable(root)
	if res.Ranked {
		res.Rating, res.RatingCapped = rated(s.set, total, p.of, e.Submission.Adjustments)
	}
	return res
}

// rated is the rating of a total, "" where the set has none, and the adjustment that holds it down, nil where none does.
// The lowest cap holds; of equal ones the first. A cap that is no rating of the set holds nothing.
func rated(set *criteria.Set, total, of decimal.Decimal, adjustments []submission.Adjustment) (rating string, by *submission.Adjustment) {
	earned, ok := set.RatingOf(total, of)
	if !ok {
		return "", nil
	}
	below := func(id string) int { // how many ratings are better
		return slices.IndexFunc(set.Ratings, func(r criteria.Rating) bool { return r.ID == id })
	}
	rating = earned.ID
	for i := range adjustments {
		if limit := adjustments[i].RatingCap; below(limit) > below(rating) {
			rating, by = limit, &adjustments[i]
		}
	}
	return rating, by
}

func percent(score, of decimal.Decimal) decimal.Decimal {
	if of.IsZero() {
		return decimal.Decimal{}
	}
	return score.Mul(decimal.NewFromInt(100)).DivRound(of, 2)
}

// A scorer walks one plan with one agency's answers.
type scorer struct {
	set     *criteria.Set
	plan    *plan
	entrant Entrant

	lines               []Line // of what makes the base of the total
	bonuses, penalties  []Line
	applicable, missing int             // base indicators, for the policy on missing answers
	parts               []reached       // of the nodes that views are made of
	rest                decimal.Decimal // of what pillars earned, below the last decimal of their lines

	// again says what the indicators were judged, where they are not judged anew; such a scorer leaves no trace.
	again *replay
}

// cut rounds the points of a pillar's line to rule.KeptPlaces. What that leaves goes to the next such line, so that they
// add up to what the pillars earned, but for the rest of the last one.
func (s *scorer) cut(earned decimal.Decimal) decimal.Decimal {
	whole := earned.Add(s.rest)
	points := whole.Round(rule.KeptPlaces)
	s.rest = whole.Sub(points)
	return points
}

// A node is a scored pillar with what its parent needs.
type node struct {
	PillarResult
	share      decimal.Decimal // working decimals
	earned     decimal.Decimal // points of a pillar that sums
	attainable decimal.Decimal // points that apply
}

func (s *scorer) branch(b *branch) node {
	n := node{}
	n.Pillar = b.pillar
	if s.again == nil {
		n.Pillars, n.Indicators = make([]PillarResult, len(b.branches)), make([]IndicatorResult, len(b.leaves))
	}
	c := children{sums: b.pillar.Combine == criteria.Sum}
	for i := range b.branches {
		child := s.child(&n, b, i)
		if earned := c.pillar(child, &b.branches[i]); b.inLedger && child.Applies && child.Pillar.Combine != criteria.Sum {
			s.enter(Line{Pillar: child.Pillar, Points: s.cut(earned)})
		}
	}
	for i := range b.leaves {
		l := &b.leaves[i]
		o := s.leaf(&n, b, i)
		s.settle(l, o)
		if o.counts && l.ind.Effect == criteria.Base {
			c.indicator(l, o.points, o.share)
		}
	}
	n.earned, n.attainable = c.earned.sum(), c.attainable.sum()
	s.conclude(&n, b, c.operands)
	if b.part > 0 && s.parts != nil {
		s.parts[b.part-1] = reached{n.share, n.Applies}
	}
	return n
}

// child scores a pillar below a node.
func (s *scorer) child(n *node, b *branch, i int) node {
	if s.again != nil {
		return s.again.branch(s, &b.branches[i])
	}
	child := s.branch(&b.branches[i])
	n.Pillars[i] = child.PillarResult
	return child
}

// leaf scores an indicator below a node.
func (s *scorer) leaf(n *node, b *branch, i int) outcome {
	l := &b.leaves[i]
	if s.again != nil {
		return s.again.leaf(s, l)
	}
	r := &n.Indicators[i]
	s.judge(l, r)
	o := s.earn(l, r)
	if l.part > 0 && s.parts != nil {
		s.parts[l.part-1] = reached{o.share.Decimal(working), o.counts}
	}
	return o
}

// An outcome is what an indicator brings.
type outcome struct {
	status rule.Status
	share  rule.Fraction
	points decimal.Decimal // rounded; 0 where the indicator has none
	counts bool            // in the numerator and the denominator
}

// children gathers what a pillar is combined from.
type children struct {
	sums               bool
	earned, attainable tally     // where the pillar sums
	operands           []operand // where it does not
}

// pillar enters a child pillar and returns the points that it brings where the parent sums.
func (c *children) pillar(child node, b *branch) decimal.Decimal {
	switch {
	case !child.Applies:
		return decimal.Decimal{}
	case !c.sums:
		c.operands = append(c.operands, operand{child.share, b.weight})
		return decimal.Decimal{}
	}
	earned, attainable := child.inParent(b)
	c.earned.add(earned)
	c.attainable.add(attainable)
	return earned
}

// indicator enters an indicator that counts.
func (c *children) indicator(l *leaf, points decimal.Decimal, share rule.Fraction) {
	if !c.sums {
		c.operands = append(c.operands, operand{share.Decimal(working), l.weight})
		return
	}
	c.earned.add(points)
	c.attainable.add(l.points)
}

// inParent is what a child pillar brings into a parent that sums: its own points, or its share of the points that the
// set gives it, with working decimals: what is re-based or scaled would miss a half otherwise.
func (n node) inParent(b *branch) (earned, attainable decimal.Decimal) {
	if b.pillar.Combine == criteria.Sum {
		return n.earned, n.attainable
	}
	return n.share.Mul(b.points).Round(working), b.points
}

// conclude makes the share of a pillar and the score that is published for it. What a replay does not read of a pillar it
// leaves out: the score, and the share of one that brings its points into the pillar above.
func (s *scorer) conclude(n *node, b *branch, operands []operand) {
	if b.pillar.Combine == criteria.Sum {
		if n.Applies = n.attainable.IsPositive(); n.Applies && !(s.again != nil && b.inSum) {
			n.share = n.earned.DivRound(n.attainable, working)
		}
	} else {
		n.share, n.Applies = combine(b.pillar.Combine, operands)
	}
	if s.again != nil {
		return
	}
	n.Share = n.share.Round(rule.KeptPlaces)
	n.InPoints = b.inSum && b.pillar.Combine == criteria.Sum
	switch {
	case !n.Applies:
	case n.InPoints:
		n.Score, n.Of = s.points(kept(n.earned)), n.attainable
	default:
		n.Score, n.Of = published(s.set.Rounding.Total, kept(n.share.Mul(s.plan.of))), s.plan.of
	}
}

// points is a sum of indicators' points as published: they are rounded already, or keep 12 significant digits where the
// set does not round them.
func (s *scorer) points(d decimal.Decimal) decimal.Decimal {
	if s.set.Rounding.Indicator.Round {
		return d
	}
	return Significant(d, significantDigits)
}

// below walks the scored pillars below a node, each before its children.
func (p PillarResult) below() func(yield func(PillarResult) bool) {
	return func(yield func(PillarResult) bool) { p.walk(yield) }
}

func (p PillarResult) walk(yield func(PillarResult) bool) bool {
	for _, child := range p.Pillars {
		if !yield(child) || !child.walk(yield) {
			return false
		}
	}
	return true
}

// earn turns what an indicator was judged into points.
func (s *scorer) earn(l *leaf, r *IndicatorResult) outcome {
	o := outcome{status: r.Status}
	o.counts, r.Share = s.enters(l, r.Status, r.Share)
	o.share = r.Share
	if l.points.IsPositive() {
		o.points = s.worth(l, r)
	}
	if l.inSum || l.ind.Effect == criteria.Bonus || l.ind.Effect == criteria.Penalty {
		r.Score, r.Of = s.points(o.points), l.points
	} else {
		r.Of = s.plan.of
		r.Score = published(s.set.Rounding.Total, r.Share.Of(s.plan.of, rule.KeptPlaces))
	}
	return o
}

// worth is the points of a share, rounded once as the set says. Those of an estimate are rounded to 9 decimals before:
// the bounds of an earlier round end after 18, by which a half would be missed that the true ones give, and a form
// computes with 9.
func (s *scorer) worth(l *leaf, r *IndicatorResult) decimal.Decimal {
	digits := s.set.Rounding.Indicator.Digits()
	if r.Estimated {
		return r.Share.Of(l.points, max(digits, estimateDigits)).Round(digits)
	}
	return r.Share.Of(l.points, digits)
}

// estimateDigits is the number of decimals that points keep which are an estimate.
const estimateDigits = 9

// enters says whether a judgement counts, and with what share, under the policies of the set.
func (s *scorer) enters(l *leaf, status rule.Status, share rule.Fraction) (bool, rule.Fraction) {
	if s.entrant.Submission.LeftOut[l.ind.ID] {
		return false, rule.Fraction{}
	}
	switch status {
	case rule.Scored:
		return true, share
	case rule.NotApplicable:
		if l.policy == criteria.Full && l.ind.Effect == criteria.Base {
			return true, rule.One()
		}
		return l.policy != criteria.Rescale, rule.Fraction{}
	case rule.Missing, rule.Pending:
		return !s.set.Missing.Skip || !s.entrant.Submission.Sent, rule.Fraction{}
	default:
		return true, rule.Fraction{}
	}
}

// judge judges an indicator after review and evidence.
func (s *scorer) judge(l *leaf, r *IndicatorResult) {
	sub, id := &s.entrant.Submission, l.ind.ID
	r.Indicator, r.Evidence = l.ind, sub.Evidence[id]
	if sub.LeftOut[id] {
		r.Status, r.Note = rule.NotApplicable, rule.Say("left-out")
		return
	}
	if l.ind.When != "" && !s.entrant.Agency.HasTag(l.ind.When) {
		r.Status, r.Note = rule.NotApplicable, s.set.OnlyTagged(l.ind.When)
		return
	}
	if _, decided := sub.Applied[id]; decided {
		d := sub.Applied[id] // in its own scope, for d lives on in the trace
		r.Decision = &d
	}
	j := l.judge.Judge(l.inputs(&sub.Answers))
	r.Status, r.Share, r.Note = j.Status, j.Share, j.Note
	r.Estimated = l.estimate && j.Status == rule.Scored
	if award, ok := sub.Awards[id]; ok {
		r.Status, r.Share, r.Because = rule.Scored, s.awarded(l, award.Points), awardNote(award)
		r.Estimated = false
		return
	}
	if r.Status == rule.Invalid && sub.Waived[id] {
		r.Status = rule.Missing
	}
	if r.Status == rule.Missing && s.waits(l) {
		r.Status, r.Note = rule.Pending, rule.Say("pending-others")
	}
	if s.unproven(l, r) {
		r.Share, r.Because = rule.Fraction{}, rule.Say(withoutEvidence)
	}
}

// awarded is the share that points fixed by a review are: of the indicator's points, or of the scale where it has none.
func (s *scorer) awarded(l *leaf, points decimal.Decimal) rule.Fraction {
	of := l.points
	if !of.IsPositive() {
		of = s.plan.of
	}
	return rule.FractionOf(points, of).Clamp(l.lowest, rule.One())
}

func awardNote(a submission.Award) rule.Note {
	if a.Decision.Verdict == submission.Reject {
		return rule.Say("review-rejected")
	}
	return rule.Say("review-points", a.Points)
}

// waits reports whether an answer is missing that somebody other than the agency gives.
func (s *scorer) waits(l *leaf) bool {
	in := l.inputs(&s.entrant.Submission.Answers)
	for _, r := range l.reads {
		if r.input.By != criteria.ByAgency && in(r.name).IsMissing() {
			return true
		}
	}
	return false
}

// withoutEvidence is the kind of the note on points that are lost for want of evidence.
const withoutEvidence = "without-evidence"

// unproven reports whether points are lost for want of evidence. A decision stands without it.
func (s *scorer) unproven(l *leaf, r *IndicatorResult) bool {
	return l.ind.Evidence.Required && l.ind.Evidence.WithoutZero && l.asks &&
		r.Status == rule.Scored && len(r.Evidence) == 0 && r.Decision == nil && r.Share.Sign() > 0
}

// settle enters an indicator into the ledger and the counts.
func (s *scorer) settle(l *leaf, o outcome) {
	line := Line{Indicator: l.ind, Pillar: l.pillar, Points: o.points}
	switch l.ind.Effect {
	case criteria.Bonus:
		s.bonuses = append(s.bonuses, line)
	case criteria.Penalty:
		line.Points = line.Points.Neg()
		s.penalties = append(s.penalties, line)
	case criteria.Base:
		s.count(o.status)
		if l.inLedger {
			s.enter(line)
		}
	case criteria.None:
	}
}

// enter puts lines into the ledger.
func (s *scorer) enter(lines ...Line) {
	if s.again == nil {
		s.lines = append(s.lines, lines...)
	}
}

func (s *scorer) count(status rule.Status) {
	if status == rule.NotApplicable {
		return
	}
	s.applicable++
	if status == rule.Missing {
		s.missing++
	}
}

// rankable says whether the agency is ranked, and if not why.
func (s *scorer) rankable(root node) (bool, rule.Note) {
	agency := s.entrant.Agency
	switch {
	case agency.Unranked && agency.Reason != "":
		return false, rule.Say("unranked-reason", agency.Reason)
	case agency.Unranked:
		return false, rule.Say("unranked")
	case !s.entrant.Submission.Sent && s.set.Missing.NoSubmissionUnrank:
		return false, rule.Say("unranked-no-submission")
	case s.tooMuchMissing():
		return false, rule.Say("unranked-missing", s.missing, s.applicable, s.set.Missing.MaxShare)
	case !root.Applies:
		return false, rule.Say("unranked-nothing")
	default:
		return true, rule.Note{}
	}
}

// tooMuchMissing compares exactly: missing ÷ applicable above the set's max_share.
func (s *scorer) tooMuchMissing() bool {
	allowed := s.set.Missing.MaxShare.Mul(decimal.NewFromInt(int64(s.applicable)))
	return decimal.NewFromInt(int64(s.missing)).Cmp(allowed) > 0
}
