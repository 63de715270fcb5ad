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

// outstanding are the indicators that did most to an agency's total, in no language.
type outstanding struct {
	losses    []loss     // that cost most
	strengths []strength // that stand farthest above the group's median
	compared  int        // how many have such a median
	deducted  bool       // a penalty took points
}

// A loss is an indicator that fell short of its points.
type loss struct {
	ind      *criteria.Indicator
	lost, of decimal.Decimal
	cost     decimal.Decimal // of the total
}

// A strength is an agency's share of the points above the median, in percent.
type strength struct {
	ind         *criteria.Indicator
	own, median decimal.Decimal
	gap         int64 // hundredths of a percent
}

// outstanding finds them in the result of the agency at a place.
func (s *Scores) outstanding(res scoring.Result, at place) outstanding {
	s.made.Do(s.make)
	public := slices.DeleteFunc(res.Root.Leaves(), func(r scoring.IndicatorResult) bool {
		return r.Indicator.Public == criteria.Nothing || r.Indicator.Effect != criteria.Base
	})
	o := outstanding{losses: s.losses(res.Agency.Group, public), deducted: deducted(res)}
	o.strengths, o.compared = s.strengths(at, public)
	return o
}

// deducted reports whether a penalty took points.
func deducted(res scoring.Result) bool {
	return slices.ContainsFunc(res.Ledger, func(l scoring.Line) bool {
		return l.Indicator != nil && l.Indicator.Effect == criteria.Penalty && !l.Points.IsZero()
	})
}

// losses are the few indicators that cost most of the total, the set's order among equals. What others still decide, and what
// the set leaves out where there is no answer, has cost nothing.
func (s *Scores) losses(group string, public []scoring.IndicatorResult) []loss {
	skips, weights := s.ranking.Round.Set.Missing.Skip, s.weights[group]
	all := make([]loss, 0, len(public))
	for _, r := range public {
		if r.Status == rule.Pending || r.Status == rule.Missing && skips {
			continue
		}
		if points := lost(r); points.IsPositive() {
			cost := rule.One().Sub(r.Share).Decimal(rule.KeptPlaces).Mul(weights[r.Indicator])
			all = append(all, loss{r.Indicator, points, r.Of, cost})
		}
	}
	slices.SortStableFunc(all, func(a, b loss) int { return b.cost.Cmp(a.cost) })
	return all[:min(len(all), picked)]
}

// strengths are the few indicators of which the agency's share of the points stands farthest above the median of the ranked
// agencies of its group that they concern, the set's order among equals. Compared is how many have such a median.
func (s *Scores) strengths(at place, public []scoring.IndicatorResult) (all []strength, compared int) {
	group := s.ranking.Groups[at.group].Group.ID
	for _, r := range public {
		column, ok := s.Of(group, r.Indicator)
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
	return all[:min(len(all), picked)], compared
}

// picks names the indicators that lose most and those that stand out.
func (e *Edition) picks(p *AgencyPage, o outstanding) {
	for _, l := range o.losses {
		pick := e.named[l.ind]
		pick.Words, pick.Advice = e.say("lost", e.points(l.lost), e.plain(l.of)), e.text(l.ind.Advice)
		p.Losses = append(p.Losses, pick)
	}
	if len(p.Losses) == 0 && !o.deducted {
		p.LossesSay = e.say("losses-none")
	}
	for _, s := range o.strengths {
		pick := e.named[s.ind]
		pick.Words = e.say("strength-words", e.percentWords(s.own), e.percentWords(s.median))
		p.Strengths = append(p.Strengths, pick)
	}
	if len(p.Strengths) == 0 && o.compared > 0 {
		p.StrengthsSay = e.say("strengths-none")
	}
}
