package view

import (
	"slices"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/par"
)

// Scores are the points of every agency for every indicator of which points are published: the table that pages about
// indicators and comparisons between agencies read, in place of scoring agencies again. It is made once, when it is first
// asked, by one pass over the ranking, and is safe for concurrent use; editions of one ranking in several languages share
// it. An indicator that is not public is not in it.
type Scores struct {
	ranking *scoring.Ranking
	made    sync.Once
	columns map[*criteria.Indicator]int // by the indicator's place in the set
	groups  map[string][]IndicatorScores
	weights map[string]map[*criteria.Indicator]decimal.Decimal // by group
	held    sync.Map                                           // holders by holding

	editions int // that share the table
	asking   sync.Mutex
	open     map[string]*judging // by agency code
}

// NewScores is the table of a ranking, for so many editions. Nothing is computed yet.
func NewScores(ranking *scoring.Ranking, editions int) *Scores {
	return &Scores{ranking: ranking, editions: editions, open: map[string]*judging{}}
}

// A Reach is how far an agency came with an indicator.
type Reach int

// Reaches. Of a penalty, Full is no deduction and Nothing the whole of it.
const (
	Full          Reach = iota + 1 // all points
	Partly                         // some of them
	Zero                           // none, or below 0
	NotAnswered                    // no answer
	NotApplicable                  // the indicator does not concern the agency
	Open                           // the answer cannot be judged, or not yet
)

// reaches is the number of Reaches, and one for the 0 that is none of them.
const reaches = int(Open) + 1

// An IndicatorScore is an agency's points for one indicator.
type IndicatorScore struct {
	Score, Of decimal.Decimal // as published; at most 18 significant digits
	Status    rule.Status
	Reach     Reach
	// Percent is Score of Of with two decimals; Known is false where there is none: nothing can be earned, or the
	// indicator does not concern the agency.
	Percent decimal.Decimal
	Known   bool
}

// An IndicatorScores is the column of one indicator in an agency group.
type IndicatorScores struct {
	Tally Tally
	marks []mark
	notes []judged // by the agency's place; only where answers are public and the pages list agencies
}

// judged is a judgement in words.
type judged struct{ note, because rule.Note }

// Len is the number of agencies.
func (c IndicatorScores) Len() int { return len(c.marks) }

// At is the score of an agency by its place in scoring.Group.Standings.
func (c IndicatorScores) At(i int) IndicatorScore {
	m := c.marks[i]
	s := IndicatorScore{
		Score: m.points(), Of: m.most(),
		Status: rule.Status(m.status), Reach: Reach(m.reach), Known: m.known,
	}
	if m.known {
		s.Percent = decimal.New(int64(m.percent), -percentPlaces)
	}
	return s
}

// Notes are the judgement of an agency's answer and why its points differ from that; zero where answers are not public,
// or the round has so many agencies that no page lists them.
func (c IndicatorScores) Notes(i int) (note, because rule.Note) {
	if c.notes == nil {
		return note, because
	}
	return c.notes[i].note, c.notes[i].because
}

// A Tally is how the ranked agencies of a group stand in one indicator. The means are over those to whom it applies and
// that can earn something, a missing answer with what it earned.
type Tally struct {
	Agencies           int             // ranked agencies
	Applies            int             // of them, those with a share
	Counts             [reaches]int    // ranked agencies by Reach
	Half               int             // of those who came Partly, those with half of the points or more
	Mean, Median, Best decimal.Decimal // of the percentages as printed, 2 decimals; the best of a penalty is the lowest

	sum int64 // of the percentages, in hundredths
}

// Count is the number of ranked agencies with a reach.
func (t Tally) Count(r Reach) int { return t.Counts[r] }

// enter counts one agency more; mean, median and best are left to tallyOf.
func (t *Tally) enter(m mark) {
	t.Agencies++
	t.Counts[m.reach]++
	if Reach(m.reach) == Partly && m.percent >= half {
		t.Half++
	}
	if m.known {
		t.Applies++
		t.sum += int64(m.percent)
	}
}

// with is the tally of two sets of agencies taken together; it has no median.
func (t Tally) with(other Tally) Tally {
	sum := Tally{Agencies: t.Agencies + other.Agencies, Applies: t.Applies + other.Applies, Half: t.Half + other.Half, sum: t.sum + other.sum}
	for r := range sum.Counts {
		sum.Counts[r] = t.Counts[r] + other.Counts[r]
	}
	sum.Mean = mean(sum.sum, sum.Applies)
	return sum
}

// mean is that of n percentages, which add up to so many hundredths.
func mean(sum int64, n int) decimal.Decimal {
	if n == 0 {
		return decimal.Decimal{}
	}
	return decimal.New(sum, -percentPlaces).DivRound(decimal.NewFromInt(int64(n)), percentPlaces)
}

// Concerned are the ranked agencies that the indicator concerns.
func (t Tally) Concerned() int { return t.Agencies - t.Counts[NotApplicable] }

// Of is an indicator's column in an agency group; ok is false where the indicator is not public, does not concern the
// group, or the group has no agencies.
func (s *Scores) Of(group string, ind *criteria.Indicator) (c IndicatorScores, ok bool) {
	s.made.Do(s.make)
	i, public := s.columns[ind]
	columns := s.groups[group]
	if !public || columns == nil || !ind.Concerns(group) {
		return IndicatorScores{}, false
	}
	return columns[i], true
}

// A mark is an IndicatorScore in 24 bytes: a round of 10,000 agencies and 120 indicators takes 29 MB.
type mark struct {
	score, of            int64
	percent              int32 // in hundredths of a percent
	exponent, ofExponent int8
	status, reach        uint8
	known                bool
}

func (m mark) points() decimal.Decimal { return decimal.New(m.score, int32(m.exponent)) }

func (m mark) most() decimal.Decimal { return decimal.New(m.of, int32(m.ofExponent)) }

// bar is the length of a bar for the share.
func (m mark) bar() string {
	if m.known {
		return barOf(decimal.New(int64(m.percent), -percentPlaces))
	}
	return bar(m.points(), m.most())
}

// wordDigits is how many digits an int64 always holds.
const wordDigits = 18

// compact is a decimal as a machine word; what is longer is rounded to 18 significant digits.
func compact(d decimal.Decimal) (units int64, exponent int8) {
	if over := int32(d.NumDigits() - wordDigits); over > 0 {
		d = d.Round(-d.Exponent() - over)
	}
	return d.CoefficientInt64(), int8(d.Exponent())
}

// markOf keeps what the pages say of a result.
func markOf(r scoring.IndicatorResult) mark {
	m := mark{status: uint8(r.Status), reach: uint8(reachOf(r))}
	m.score, m.exponent = compact(r.Score)
	m.of, m.ofExponent = compact(r.Of)
	if share, ok := percent(r.Score, r.Of); ok && r.Status != rule.NotApplicable {
		m.percent, m.known = int32(share.Shift(percentPlaces).IntPart()), true
	}
	return m
}

// reachOf classes a result by the exact points.
func reachOf(r scoring.IndicatorResult) Reach {
	penalty := r.Indicator.Effect == criteria.Penalty
	switch {
	case r.Status == rule.NotApplicable:
		return NotApplicable
	case r.Status == rule.Missing:
		return NotAnswered
	case r.Status != rule.Scored:
		return Open
	case penalty && r.Score.Sign() <= 0, !penalty && r.Score.GreaterThanOrEqual(r.Of):
		return Full
	case penalty && r.Score.GreaterThanOrEqual(r.Of), !penalty && r.Score.Sign() <= 0:
		return Zero
	default:
		return Partly
	}
}

// make fills the table: agencies are scored side by side, each once.
func (s *Scores) make() {
	s.columns, s.groups = map[*criteria.Indicator]int{}, map[string][]IndicatorScores{}
	s.weights = map[string]map[*criteria.Indicator]decimal.Decimal{}
	for ind := range s.ranking.Round.Set.Root.AllIndicators() {
		if ind.Public != criteria.Nothing {
			s.columns[ind] = len(s.columns)
		}
	}
	for _, g := range s.ranking.Groups {
		s.groups[g.Group.ID], s.weights[g.Group.ID] = s.columnsOf(g), s.weightsOf(g.Group.ID)
	}
}

// weightsOf are the nominal weights of the public indicators in a group.
func (s *Scores) weightsOf(group string) map[*criteria.Indicator]decimal.Decimal {
	nominal, weights := scoring.NominalOf(s.ranking.Round.Set, group, nil), map[*criteria.Indicator]decimal.Decimal{}
	for ind := range s.columns {
		weights[ind] = nominal.Indicator(ind.ID)
	}
	return weights
}

// columnsOf makes the columns of a group.
func (s *Scores) columnsOf(g scoring.Group) []IndicatorScores {
	n := len(g.Standings)
	columns := make([]IndicatorScores, len(s.columns))
	for ind, i := range s.columns {
		columns[i] = IndicatorScores{marks: make([]mark, n)}
		if ind.Public == criteria.Answers && len(s.ranking.Round.Agencies) <= maxListed {
			columns[i].notes = make([]judged, n)
		}
	}
	enter := func(at int, r scoring.IndicatorResult) {
		i, public := s.columns[r.Indicator]
		if !public {
			return
		}
		columns[i].marks[at] = markOf(r.Published(s.ranking.Round.Set))
		if columns[i].notes != nil {
			columns[i].notes[at] = judged{r.Note, r.Because}
		}
	}
	par.Each(n, func(at int) {
		if res, ok := s.ranking.Trace(g.Standings[at].Agency.Code); ok {
			eachIndicator(res.Root, func(r scoring.IndicatorResult) { enter(at, r) })
		}
	})
	for ind, i := range s.columns {
		columns[i].Tally = tallyOf(ind, columns[i].marks[:g.Stats.Ranked])
	}
	return columns
}

// eachIndicator calls do for the indicators of a trace.
func eachIndicator(p scoring.PillarResult, do func(scoring.IndicatorResult)) {
	for _, child := range p.Pillars {
		eachIndicator(child, do)
	}
	for _, r := range p.Indicators {
		do(r)
	}
}

// half is 50 percent in hundredths.
const half = 5000

// tallyOf counts the marks of ranked agencies. Percentages are whole hundredths, so that sums are exact.
func tallyOf(ind *criteria.Indicator, marks []mark) Tally {
	var t Tally
	shares := make([]int64, 0, len(marks))
	for _, m := range marks {
		t.enter(m)
		if m.known {
			shares = append(shares, int64(m.percent))
		}
	}
	n := len(shares)
	if n == 0 {
		return t
	}
	slices.Sort(shares)
	t.Mean = mean(t.sum, n)
	t.Median = decimal.New(shares[(n-1)/2]+shares[n/2], -percentPlaces).DivRound(decimal.NewFromInt(2), percentPlaces)
	t.Best = decimal.New(shares[n-1], -percentPlaces)
	if ind.Effect == criteria.Penalty {
		t.Best = decimal.New(shares[0], -percentPlaces)
	}
	return t
}
