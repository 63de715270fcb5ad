package history

import (
	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/rule"
)

// Parts say why a rank moved: places gained by each reason, below 0: lost. They add up to Change.RankChange, exactly.
// Package movement makes them; its documentation says in which order.
type Parts struct {
	Own        int // the agency's own answers
	Criteria   int // criteria, weights and rules of the set
	Others     int // answers of the other agencies, and what rules take from the cohort
	Membership int // agencies that left the group or joined it
	Review     int // decisions of reviewers, and adjustments beside the answers
	Ties       int // how equal totals are numbered
	Unknown    int // what the earlier results do not tell apart
	// Reviewed says that no step looked at claims: what reviews and adjustments did is in Own and Others, and Review is 0.
	Reviewed bool
	// Why says what keeps a part unknown; zero where all are known.
	Why rule.Note
}

// Sum is the movement that the parts add up to.
func (p Parts) Sum() int {
	return p.Own + p.Criteria + p.Others + p.Membership + p.Review + p.Ties + p.Unknown
}

// None reports whether no part moved the agency.
func (p Parts) None() bool {
	return p.Own == 0 && p.Criteria == 0 && p.Others == 0 && p.Membership == 0 && p.Review == 0 && p.Ties == 0 && p.Unknown == 0
}

// MeanParts say why the mean of a group's totals changed, in points. They add up to Now − Then, exactly.
type MeanParts struct {
	Then, Now  decimal.Decimal // means as published
	Membership decimal.Decimal // agencies that are ranked in one of the rounds only
	Criteria   decimal.Decimal
	Answers    decimal.Decimal
	Review     decimal.Decimal
	Unknown    decimal.Decimal
	Rounding   decimal.Decimal
	// Why says what keeps a part unknown; zero where all are known.
	Why rule.Note
}

// Sum is the change that the parts add up to.
func (m MeanParts) Sum() decimal.Decimal {
	return decimal.Sum(m.Membership, m.Criteria, m.Answers, m.Review, m.Unknown, m.Rounding)
}

// movement is why an agency's rank moved; nothing where it is not known, or there is nothing to compare.
func (e *encoder) movement(j *jsonText, code string) {
	p := e.cmp.Agencies[code].Parts
	if p == nil {
		return
	}
	j.openKey("movement", '{')
	j.intKey("own", p.Own)
	j.intKey("criteria", p.Criteria)
	j.intKey("others", p.Others)
	j.intKey("membership", p.Membership)
	j.intKey("review", p.Review)
	j.intKey("ties", p.Ties)
	j.intKey("unknown", p.Unknown)
	j.close('}')
}

// meanMovement is why the mean of a group changed.
func (e *encoder) meanMovement(j *jsonText, group string) {
	m, ok := e.cmp.Means[group]
	if !ok {
		return
	}
	places := e.set.Rounding.Total
	j.openKey("movement", '{')
	j.scoreKey("membership", m.Membership, places)
	j.scoreKey("criteria", m.Criteria, places)
	j.scoreKey("answers", m.Answers, places)
	j.scoreKey("review", m.Review, places)
	j.scoreKey("unknown", m.Unknown, places)
	j.scoreKey("rounding", m.Rounding, places)
	j.close('}')
}
