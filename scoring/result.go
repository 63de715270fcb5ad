// Package scoring is the engine: answers become points, totals, ratings and ranks, with the whole trace. It is pure: it
// opens no file, asks no clock and cannot fail; what it cannot judge earns nothing and says why. Points are exact
// decimals; only logarithms and the geometric and harmonic mean use floating point, and come back as decimals of 12
// significant digits.
package scoring

import (
	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// A Standing is an agency's place without the trace.
type Standing struct {
	Agency  submission.Agency
	Sent    bool            // something was received for the agency
	Score   decimal.Decimal // published total
	Of      decimal.Decimal // attainable maximum of the published total
	Percent decimal.Decimal // Score of Of, 2 decimals
	Claimed decimal.Decimal // published total of the claimed answers under the same scale
	Ranked  bool
	Reason  rule.Note // why it is not ranked; zero where it is
	Rank    int       // within the group, from 1; 0 where not ranked
	Tied    bool
	Rating  string // id of the rating; "" where the set has none or the agency is not ranked
	// RatingCapped is the adjustment that holds the rating below the one that the total is worth
	// (criteria.Set.RatingOf); nil where none does.
	RatingCapped *submission.Adjustment
	// Pillars are the published scores of all pillars in the order of criteria.Pillar.AllPillars.
	Pillars []PillarScore
	// Views are the published scores of the set's views that concern the agency's group, in the set's order.
	Views []ViewScore
}

// A PillarScore is the published score of one pillar: points of points where the pillar and its parents sum, else
// share × scale of scale.
type PillarScore struct {
	Pillar   *criteria.Pillar
	Score    decimal.Decimal
	Of       decimal.Decimal // 0 where nothing in the pillar applies to the agency
	Applies  bool
	InPoints bool // points of points; else share × scale of scale
}

// Places are the decimals of the score: those of indicators where it is a sum of their points, else those of totals.
func (p PillarScore) Places(r criteria.Rounding) criteria.Places {
	if p.InPoints {
		return r.Indicator
	}
	return r.Total
}

// A Result is a Standing with the trace of every point.
type Result struct {
	Standing
	Root   PillarResult
	Ledger []Line
	// ViewResults are Views with their parts.
	ViewResults []ViewResult
}

// A PillarResult is a node of the trace.
type PillarResult struct {
	PillarScore
	Share      decimal.Decimal // −1..1 of what applies, 18 decimals; 0 where nothing applies
	Pillars    []PillarResult
	Indicators []IndicatorResult
}

// An IndicatorResult is a leaf of the trace.
type IndicatorResult struct {
	Indicator *criteria.Indicator
	Status    rule.Status
	Share     rule.Fraction   // of the points, after evidence and review
	Score     decimal.Decimal // points of points where the parent sums, else share × scale of scale; rounded as the set says
	Of        decimal.Decimal
	Claimed   decimal.Decimal // Score of the claimed answers
	Estimated bool            // scored under the bounds of an earlier round (Estimate)
	Note      rule.Note       // the judgement in words
	Because   rule.Note       // why the points differ from the judgement: review, evidence, policy; zero where they do not
	Decision  *submission.Decision
	// Inputs are the indicator's inputs and the figures its rule reads, in that order, as judged.
	Inputs   []InputResult
	Evidence []submission.Evidence
}

// Published is the result as everybody may read it. Of an indicator whose points alone are public, one that counts and
// earns nothing for want of an answer that can be judged looks as any that earns nothing: whether there was an answer is
// more than points. What has no points keeps its status, which says why: not applicable, pending, or missing where the
// set leaves out what is missing.
func (r IndicatorResult) Published(set *criteria.Set) IndicatorResult {
	if r.Indicator.Public == criteria.PointsOnly && (r.Status == rule.Invalid || r.Status == rule.Missing && !set.Missing.Skip) {
		r.Status = rule.Scored
	}
	return r
}

// An InputResult is one input as judged.
type InputResult struct {
	Name   string // input id, or "figures.staff"
	Input  criteria.Input
	Answer submission.Answer
}

// A Line is one line of the ledger. Indicator lines have an Indicator, those of pillars that are no sum a Pillar only, all
// others a Note that names them; the points of all lines add up to the total, exactly.
type Line struct {
	Indicator *criteria.Indicator
	Pillar    *criteria.Pillar // the indicator's parent
	Note      rule.Note
	Points    decimal.Decimal
	// Adjustment is what the line enters, where it enters one; its Note says the reason, which is not public.
	Adjustment *submission.Adjustment
}

// Public names the line as everybody may read it; zero where it has no Note.
func (l Line) Public() rule.Note {
	if l.Adjustment != nil {
		return l.Adjustment.PublicGrounds()
	}
	return l.Note
}

// A Group is one agency group, ranked.
type Group struct {
	Group     criteria.AgencyGroup
	Of        decimal.Decimal // attainable maximum of the published total
	Standings []Standing      // ranked ones in rank order, then the others by code
	Stats     Stats
	Fitted    []Fitted
}

// Stats describe the ranked agencies of a group.
type Stats struct {
	Agencies, Ranked                      int
	Mean, Median, Q1, Q3, Highest, Lowest decimal.Decimal // of Score, decimals of the total; 0 where Ranked is 0
	Ratings                               []RatingCount   // all ratings of the set, best first
	Pillars                               []PillarStats   // in the order of criteria.Pillar.AllPillars
	Views                                 []ViewStats     // of the views that concern the group, in the set's order
}

// A RatingCount is how many ranked agencies have a rating.
type RatingCount struct {
	Rating criteria.Rating
	Count  int
}

// PillarStats describe one pillar over the ranked agencies of a group to which it applies.
type PillarStats struct {
	Pillar             *criteria.Pillar
	Agencies           int             // ranked agencies to which it applies
	Of                 decimal.Decimal // the group's own points, or the scale
	Mean, Median, Best decimal.Decimal // of the share reached, times Of
	// Places are the decimals of Mean, Median and Best: those of the totals, or of the pillar's scores where these have more,
	// so that the best is what the best agency has.
	Places criteria.Places
}

// Fitted is what the rule of an indicator took from the cohort.
type Fitted struct {
	Indicator string
	Bounds    []rule.Bound
}

// A Ranking is a round scored and ranked. It keeps the traces of a few hundred agencies; of a larger round it keeps totals
// only, and Result re-scores the trace of one agency.
type Ranking struct {
	Round  *submission.Round
	Groups []Group // in the order of the set; groups without agencies are left out
	scale  Scale
	finals map[string]Entrant  // by agency code, after review
	places map[string]Standing // by agency code
	traces map[string]Result   // by agency code, with what it claimed; none in a large round
}
