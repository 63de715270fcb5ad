package rehearsal

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/par"
)

// An Extreme is an indicator that tells no two ranked agencies of a group apart.
type Extreme struct {
	Indicator *criteria.Indicator
	Agencies  int  // ranked ones that it concerns; at least 2
	Full      bool // all have full marks; else all have none
	// Before says that it was already so in the earlier set; New that the earlier set did not have the indicator.
	Before, New bool
	Unanswered  bool // nobody answered it
}

// A Cause is what one part of the changes of totals did in a group, over the agencies that are ranked under both sets.
type Cause struct {
	Part                         // without what a single agency earned; Points is 0
	Gained, Lost int             // agencies
	Up, Down     Way             // what made them gain, and lose
	moved        decimal.Decimal // points, gained or lost
}

// A Way is why a Kept part moved agencies one way: it is worth more or less to some, is judged otherwise for some. What is
// no more than one unit of the last decimal is left out beside what is more.
type Way struct {
	Weight, Judged                bool
	Unanswered, Inapplicable, Own bool // of those judged otherwise, there are some that did not answer, to which it does not apply, others
}

// enter adds what moved one agency.
func (w *Way) enter(p Part, unit decimal.Decimal) {
	along := func(d decimal.Decimal) bool { return d.Sign() == p.Points.Sign() }
	much := func(d decimal.Decimal) bool { return along(d) && d.Abs().GreaterThan(unit) }
	weight, judged := much(p.Weight), much(p.Judged)
	if !weight && !judged {
		weight = along(p.Weight) && !p.Weight.Abs().LessThan(p.Judged.Abs())
		judged = !weight && along(p.Judged)
	}
	w.Weight, w.Judged = w.Weight || weight, w.Judged || judged
	if judged {
		of := func(s rule.Status) bool { return p.Was.Status == s || p.Now.Status == s }
		w.Unanswered = w.Unanswered || of(rule.Missing)
		w.Inapplicable = w.Inapplicable || of(rule.NotApplicable)
		w.Own = w.Own || !of(rule.Missing) && !of(rule.NotApplicable)
	}
}

func (c *Cause) enter(p Part, unit decimal.Decimal) {
	kind := p.Kind
	if c.Kind == Kept {
		kind = Kept // to some the answers do not fit
	}
	c.Part = Part{Kind: kind, Before: p.Before, After: p.After, Pillar: p.Pillar, PillarBefore: p.PillarBefore, Weight: c.Weight.Add(p.Weight.Abs()), Judged: c.Judged.Add(p.Judged.Abs())}
	c.moved = c.moved.Add(p.Points.Abs())
	switch p.Points.Sign() {
	case 1:
		c.Gained++
		c.Up.enter(p, unit)
	case -1:
		c.Lost++
		c.Down.enter(p, unit)
	}
}

// A Weight is the nominal and the effective weight of a pillar or an indicator.
//
//	nominal   = Π w / Σ w of the siblings, over the node and the pillars above it, of what earlier answers give
//	effective = cov(points of the node, total) / var(total), over the ranked agencies of the group
//
// Points are those that the node brings into the total, after re-basing. Where the total is the sum of its indicators,
// the effective weights of all add up to 1.
type Weight struct {
	Pillar    *criteria.Pillar    // nil: an indicator
	Indicator *criteria.Indicator // nil: a pillar
	Depth     int                 // of pillars above it
	Nominal   decimal.Decimal     // 0..1, 12 significant digits
	Effective decimal.Decimal     // may be below 0; 12 significant digits
	Known     bool                // Effective is known
	Nobody    bool                // it applies to no ranked agency
}

// Bounds from which a nominal and an effective weight are said to differ much.
var (
	muchApart = decimal.New(2, -2) // of 1
	muchTimes = decimal.NewFromInt(2)
)

// Astray reports whether a known effective weight is at least twice the nominal one or at most half of it, and at least
// 0.02 away.
func (w Weight) Astray() bool {
	if !w.Known || w.Nobody || w.Effective.Sub(w.Nominal).Abs().LessThan(muchApart) {
		return false
	}
	return !w.Effective.LessThan(w.Nominal.Mul(muchTimes)) || !w.Effective.Mul(muchTimes).GreaterThan(w.Nominal)
}

// A survey looks at the traces of a group's agencies one by one and keeps sums only.
type survey struct {
	carriage *Carriage
	account  *account
	group    string

	sums     []decimal.Decimal // of parts, over agencies ranked under both sets
	causes   []Cause           // the same parts
	then     decimal.Decimal   // earlier totals of those agencies, on the newer scale
	totals   decimal.Decimal   // their newer totals
	both     int
	was, now map[string]*marks // by indicator id of the earlier and the newer set
	spread   spread
}

// marks counts what an indicator earned.
type marks struct{ scored, full, none, unanswered int }

func newSurvey(c *Carriage, a *account, group string) *survey {
	return &survey{
		carriage: c, account: a, group: group, sums: make([]decimal.Decimal, len(a.pairs)+named), causes: make([]Cause, len(a.pairs)+named),
		was: map[string]*marks{}, now: map[string]*marks{}, spread: spread{of: map[string]*moment{}},
	}
}

// A seen is an agency's trace under both sets, and its total taken apart.
type seen struct {
	was, now      scoring.Result
	then, current lines
	parts         []Part // where the agency is ranked under both sets
}

// look takes the totals of one agency apart. It may run beside others.
func (s *survey) look(r *Rehearsal, shift Shift) *seen {
	v := &seen{}
	v.was, _ = r.Before.Trace(shift.Now.Agency.Code)
	v.now, _ = r.After.Trace(shift.Now.Agency.Code)
	if shift.Now.Ranked {
		v.current = s.account.after.lines(&v.now)
	}
	if shift.Ranked() {
		v.then = s.account.before.lines(&v.was)
		v.parts = s.account.parts(&v.was, &v.now, v.then, v.current)
	}
	return v
}

// agencies enters the agencies of the group, some of them side by side, always in one order, so that equal rounds give
// equal digits.
func (s *survey) agencies(r *Rehearsal, shifts []Shift) {
	const together = 64
	for chunk := range slices.Chunk(shifts, together) {
		views := make([]*seen, len(chunk))
		par.Each(len(chunk), func(i int) { views[i] = s.look(r, chunk[i]) })
		for i, v := range views {
			s.enter(v, chunk[i])
		}
	}
}

// enter enters one agency.
func (s *survey) enter(v *seen, shift Shift) {
	if shift.Was.Ranked {
		count(s.was, &v.was.Root)
	}
	if !shift.Now.Ranked {
		return
	}
	count(s.now, &v.now.Root)
	s.spread.add(v.current, &v.now)
	if !shift.Was.Ranked {
		return
	}
	s.both++
	s.then, s.totals = s.then.Add(shift.Then), s.totals.Add(shift.Now.Score)
	unit := decimal.New(1, -s.account.digits)
	for i, p := range v.parts {
		s.sums[i] = s.sums[i].Add(p.Points)
		s.causes[i].enter(p, unit)
	}
}

// count enters what an agency earned by each indicator that concerns it.
func count(all map[string]*marks, p *scoring.PillarResult) {
	for i := range p.Pillars {
		count(all, &p.Pillars[i])
	}
	for i := range p.Indicators {
		r := &p.Indicators[i]
		if r.Status == rule.NotApplicable || r.Indicator.Effect == criteria.None || r.Indicator.Effect == criteria.Penalty {
			continue
		}
		m := all[r.Indicator.ID]
		if m == nil {
			m = &marks{}
			all[r.Indicator.ID] = m
		}
		m.scored++
		if r.Status == rule.Missing {
			m.unanswered++
		}
		switch {
		case r.Share.Sign() <= 0:
			m.none++
		case r.Share.Cmp(rule.One()) >= 0:
			m.full++
		}
	}
}

// means are the mean totals of the agencies that are ranked under both sets, then and now, and the mean of each part of
// their change.
func (s *survey) means() (then, now decimal.Decimal, parts []decimal.Decimal) {
	if s.both == 0 {
		return then, now, s.sums
	}
	n := decimal.NewFromInt(int64(s.both))
	parts = make([]decimal.Decimal, len(s.sums))
	for i, sum := range s.sums {
		parts[i] = sum.DivRound(n, s.account.digits)
	}
	return s.then.DivRound(n, s.account.digits), s.totals.DivRound(n, s.account.digits), parts
}

// moving lists the causes that moved points, those first that moved most of them.
func (s *survey) moving(means []decimal.Decimal) []Cause {
	for i := range s.causes {
		s.causes[i].Mean = means[i]
	}
	causes := slices.DeleteFunc(s.causes, func(c Cause) bool { return c.moved.IsZero() })
	slices.SortStableFunc(causes, func(a, b Cause) int { return b.moved.Cmp(a.moved) })
	return causes
}

// extremes lists the indicators that tell nobody apart.
func (s *survey) extremes() []Extreme {
	var all []Extreme
	for ind := range s.carriage.after.Root.AllIndicators() {
		m := s.now[ind.ID]
		if m == nil || m.scored < 2 || m.full < m.scored && m.none < m.scored {
			continue
		}
		e := Extreme{Indicator: ind, Agencies: m.scored, Full: m.full == m.scored, Unanswered: m.unanswered == m.scored}
		was := s.was[s.carriage.ancestors[ind.ID]]
		e.New = was == nil
		e.Before = was != nil && (e.Full && was.full == was.scored || !e.Full && was.none == was.scored)
		all = append(all, e)
	}
	return all
}

// uncovered is the nominal weight of what no old answer gives.
func (s *survey) uncovered() decimal.Decimal {
	whole := scoring.NominalOf(s.carriage.after, s.group, nil)
	sum := rule.Fraction{}
	for _, l := range s.carriage.Left {
		sum = sum.Add(whole.Indicators[l.Indicator.ID])
	}
	return sum.Decimal(rule.KeptPlaces)
}

// weights are the nominal and effective weights of the newer set's nodes; spread is false where all totals are equal.
func (s *survey) weights() (all []Weight, known bool) {
	n := scoring.NominalOf(s.carriage.after, s.group, s.carriage.Covers)
	known = s.spread.total.n > 1 && s.spread.total.square > 0
	s.below(s.carriage.after.Root, n, 0, known, &all)
	for i := range all {
		all[i].Nobody = s.spread.total.n > 0 && s.concernsNobody(all[i])
	}
	return all, known
}

// below lists what stands below a pillar and returns the effective weight of all of it.
func (s *survey) below(p *criteria.Pillar, n scoring.Nominal, depth int, known bool, all *[]Weight) (sum float64) {
	apart := known && linear(p)
	for _, child := range p.Pillars {
		nominal, counts := n.Pillars[child.ID]
		if !counts {
			continue
		}
		at := len(*all)
		*all = append(*all, Weight{Pillar: child, Depth: depth, Nominal: significant(nominal)})
		effective := s.below(child, n, depth+1, apart, all)
		if apart && !linear(child) {
			effective = s.spread.effective(wholeID(child.ID))
		}
		if apart {
			(*all)[at].Effective, (*all)[at].Known = fromFloat(effective), true
		}
		sum += effective
	}
	for _, ind := range p.Indicators {
		nominal, counts := n.Indicators[ind.ID]
		if !counts {
			continue
		}
		w := Weight{Indicator: ind, Depth: depth, Nominal: significant(nominal)}
		if apart {
			effective := s.spread.effective(ind.ID)
			w.Effective, w.Known = fromFloat(effective), true
			sum += effective
		}
		*all = append(*all, w)
	}
	return sum
}

// concernsNobody reports whether a node applies to no ranked agency.
func (s *survey) concernsNobody(w Weight) bool {
	if w.Indicator != nil {
		return s.now[w.Indicator.ID] == nil
	}
	for ind := range w.Pillar.AllIndicators() {
		if s.now[ind.ID] != nil {
			return false
		}
	}
	return true
}

// weightDigits is the number of significant digits of a weight.
const weightDigits = 12

func significant(f rule.Fraction) decimal.Decimal {
	return scoring.Significant(f.Decimal(rule.KeptPlaces), weightDigits)
}

func fromFloat(x float64) decimal.Decimal {
	return scoring.Significant(decimal.NewFromFloat(x), weightDigits)
}

// A spread gathers the variance of totals and the covariance of points with them in one pass (Welford 1962; Bennett and
// others 2009), so that ten thousand agencies need no table.
type spread struct {
	total moment
	of    map[string]*moment
}

// A moment is a running mean with a sum of squares (of the total) or of products with the total.
type moment struct {
	n            int
	mean, square float64
}

// wholeID keeps a pillar apart from an indicator of the same id.
func wholeID(id string) string { return "/" + id }

// add enters one agency's points. They are re-based as its total is.
func (s *spread) add(l lines, res *scoring.Result) {
	factor := 1.0
	if !l.base.IsZero() && !l.rebased.IsZero() {
		factor = l.base.Add(l.rebased).InexactFloat64() / l.base.InexactFloat64()
	}
	total := res.Score.InexactFloat64()
	s.total.n++
	off := total - s.total.mean // from the mean before
	s.total.mean += off / float64(s.total.n)
	apart := total - s.total.mean // from the mean with it
	s.total.square += off * apart
	for id, points := range l.pillars {
		s.enter(wholeID(id), points.InexactFloat64()*factor, apart)
	}
	for id, entry := range l.indicators {
		x := entry.points.InexactFloat64()
		if entry.result != nil && entry.result.Indicator.Effect == criteria.Base {
			x *= factor
		}
		s.enter(id, x, apart)
	}
}

// enter enters points of a node; apart is how far the agency's total is from the mean of all totals so far.
func (s *spread) enter(id string, x, apart float64) {
	m := s.of[id]
	if m == nil {
		m = &moment{}
		s.of[id] = m
	}
	m.n++
	off := x - m.mean
	m.mean += off / float64(m.n)
	m.square += off * apart
}

// effective is cov(points, total) / var(total).
func (s *spread) effective(id string) float64 {
	if m := s.of[id]; m != nil {
		return m.square / s.total.square
	}
	return 0
}

// Much says from when weights are far apart: by so many times, and by at least so much of 1.
func Much() (times, least decimal.Decimal) { return muchTimes, muchApart }
