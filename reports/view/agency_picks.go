package view

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
)

// A Pick is one indicator named for what it did to an agency's total.
type Pick struct {
	No     string // display number
	Row    string // id of its row on the page
	Name   string
	Lang   string // language of Name where it is not the page's
	Href   string // its own page
	Words  string // "mất 4,15 trong 7 điểm"
	Advice string // "" where the set has none
}

// pick names an indicator on the page of an agency.
func (e *Edition) pick(ind *criteria.Indicator) Pick {
	name, lang := e.name(ind.Name)
	p := Pick{No: cmp.Or(ind.No, ind.ID), Row: "i-" + ind.ID, Name: name, Lang: lang}
	if to := e.IndicatorPath(ind.ID); to != "" {
		p.Href = Relative(e.folder+"agency/", to)
	}
	return p
}

// lost is what an indicator fell short of its points; 0 where it does not apply.
func lost(r scoring.IndicatorResult) decimal.Decimal {
	if r.Status == rule.NotApplicable || r.Indicator.Effect != criteria.Base {
		return decimal.Decimal{}
	}
	return r.Of.Sub(r.Score)
}

// picked is how many indicators are named that lose most, and how many that stand out.
const picked = 3

// picks names the indicators that lose most and those that stand out.
func (e *Edition) picks(p *AgencyPage, at place, res scoring.Result) {
	public := slices.DeleteFunc(res.Root.Leaves(), func(r scoring.IndicatorResult) bool {
		return r.Indicator.Public == criteria.Nothing || r.Indicator.Effect != criteria.Base
	})
	p.Losses = e.losses(res, public)
	if len(p.Losses) == 0 && !deducted(res) {
		p.LossesSay = e.say("losses-none")
	}
	var compared int
	p.Strengths, compared = e.strengths(at, public)
	if len(p.Strengths) == 0 && compared > 0 {
		p.StrengthsSay = e.say("strengths-none")
	}
}

// deducted reports whether a penalty took points.
func deducted(res scoring.Result) bool {
	return slices.ContainsFunc(res.Ledger, func(l scoring.Line) bool {
		return l.Indicator != nil && l.Indicator.Effect == criteria.Penalty && !l.Points.IsZero()
	})
}

// losses are the indicators that cost most of the total, the set's order among equals. What others still decide, and what
// the set leaves out where there is no answer, has cost nothing.
func (e *Edition) losses(res scoring.Result, public []scoring.IndicatorResult) []Pick {
	weights := e.shares[res.Agency.Group]
	type loss struct {
		r    scoring.IndicatorResult
		cost decimal.Decimal
	}
	all := make([]loss, 0, len(public))
	for _, r := range public {
		if r.Status == rule.Pending || r.Status == rule.Missing && e.set.Missing.Skip || !lost(r).IsPositive() {
			continue
		}
		cost := rule.One().Sub(r.Share).Decimal(rule.KeptPlaces).Mul(weights[r.Indicator])
		all = append(all, loss{r, cost})
	}
	slices.SortStableFunc(all, func(a, b loss) int { return b.cost.Cmp(a.cost) })
	var picks []Pick
	for _, l := range all[:min(len(all), picked)] {
		p := e.named[l.r.Indicator]
		p.Words, p.Advice = e.say("lost", e.points(lost(l.r)), e.plain(l.r.Of)), e.text(l.r.Indicator.Advice)
		picks = append(picks, p)
	}
	return picks
}

// strengths are the indicators of which the agency's share of the points stands farthest above the median of the ranked
// agencies of its group that they concern, the set's order among equals. Compared is how many have such a median.
func (e *Edition) strengths(at place, public []scoring.IndicatorResult) (picks []Pick, compared int) {
	group := e.ranking.Groups[at.group].Group.ID
	type strength struct {
		ind         *criteria.Indicator
		own, median decimal.Decimal
		gap         int64 // hundredths of a percent
	}
	var all []strength
	for _, r := range public {
		column, ok := e.Scores.Of(group, r.Indicator)
		if !ok || column.Tally.Applies == 0 || !column.marks[at.standing].known {
			continue
		}
		compared++
		own, median := column.marks[at.standing].percent, column.Tally.Median
		if gap := int64(own) - median.Shift(percentPlaces).IntPart(); gap > 0 {
			all = append(all, strength{r.Indicator, decimal.New(int64(own), -percentPlaces), median, gap})
		}
	}
	slices.SortStableFunc(all, func(a, b strength) int { return cmp.Compare(b.gap, a.gap) })
	for _, s := range all[:min(len(all), picked)] {
		p := e.named[s.ind]
		p.Words = e.say("strength-words", e.percentWords(s.own), e.percentWords(s.median))
		picks = append(picks, p)
	}
	return picks, compared
}
