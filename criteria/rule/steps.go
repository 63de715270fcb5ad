package rule

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Steps is the kind steps: the best step reached earns its worth. Steps rise (from, above) or fall (up_to, by); by
// reads a date. Below every step an answer earns 0, or what the lowest step earns where that is below 0.
type Steps struct {
	Of, Over Operand // Over: the steps read of ÷ over, a fraction of 1
	Steps    []Step

	percent bool // what it reads is percentages
}

var _ Rule = (*Steps)(nil)

// Kind is "steps".
func (r *Steps) Kind() string { return "steps" }

// Keys declares the kind's keys.
func (r *Steps) Keys() []Key {
	return []Key{
		{Name: "of", Into: &r.Of, OnlyInput: true},
		{Name: "over", Into: &r.Over},
		{Name: "steps", Into: &r.Steps, Required: true},
	}
}

// Natural is Number, or Day where steps are by a date.
func (r *Steps) Natural() Type {
	if r.readsDay() {
		return Day
	}
	return Number
}

// Reads lists the inputs: dates where steps are by a date, else numbers.
func (r *Steps) Reads() []Read {
	if r.readsDay() {
		return append(r.Of.reads("of", Day), r.Over.reads("over", numeric()...)...)
	}
	return r.quantity().reads()
}

func (r *Steps) quantity() quantity { return quantity{of: r.Of, over: r.Over} }

func (r *Steps) readsDay() bool { return len(r.Steps) > 0 && r.Steps[0].Bounding == By }

// Check reports the faults of the settings.
func (r *Steps) Check(b Basis) []Fault {
	if len(r.Steps) == 0 {
		return []Fault{{At: "steps", Kind: "rule-no-steps"}}
	}
	var faults []Fault
	if r.readsDay() {
		faults = append(faults, r.Of.checkOnly()...)
		if len(r.Over) > 0 {
			faults = append(faults, Fault{At: "over", Kind: "rule-date-over"})
		}
	}
	before := len(faults)
	for i, s := range r.Steps {
		faults = append(faults, s.check(item("steps", i), b)...)
		if s.direction() != r.Steps[0].direction() {
			args := []any{r.Steps[0].Bounding.key(), s.Bounding.key()}
			faults = append(faults, Fault{At: item("steps", i), Kind: "rule-steps-mixed", Args: args})
		}
	}
	if len(faults) > before {
		return faults
	}
	return append(faults, r.checkOrder(b)...)
}

// checkOrder finds fault with steps at one bound, steps that are harder to reach and earn less, and a best step that
// does not earn everything.
func (r *Steps) checkOrder(b Basis) []Fault {
	var faults []Fault
	order := r.worstFirst()
	for i := 1; i < len(order); i++ {
		worse, better := r.Steps[order[i-1]], r.Steps[order[i]]
		switch {
		case worse.compare(better) == 0:
			at := item("steps", max(order[i-1], order[i]))
			faults = append(faults, Fault{At: at, Kind: "rule-step-twice", Args: []any{better.words()}})
		case better.share(b).Cmp(worse.share(b)) < 0:
			at := item("steps", order[i])
			args := []any{better.words(), better.Worth.words(), worse.words(), worse.Worth.words()}
			faults = append(faults, Fault{At: at, Kind: "rule-step-worth-less", Args: args})
		}
	}
	if len(faults) > 0 {
		return faults
	}
	return checkReach("steps", r.Steps[order[len(order)-1]].share(b), b)
}

// worstFirst is the order of the steps from the one that is easiest to reach.
func (r *Steps) worstFirst() []int {
	order := make([]int, len(r.Steps))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return r.Steps[i].compare(r.Steps[j]) })
	return order
}

// compare orders steps of one direction, the easier one first.
func (s Step) compare(t Step) int {
	switch s.Bounding {
	case By:
		return strings.Compare(string(t.Day), string(s.Day))
	case UpTo:
		return t.Bound.Cmp(s.Bound)
	default:
		return cmp.Or(s.Bound.Cmp(t.Bound), cmp.Compare(s.Bounding, t.Bounding))
	}
}

// direction is what steps of one rule must have in common: From and Above go together.
func (s Step) direction() Bounding {
	if s.Bounding == Above {
		return From
	}
	return s.Bounding
}

// key is the key of a criteria set.
func (b Bounding) key() string {
	switch b {
	case From:
		return "from"
	case Above:
		return "above"
	case UpTo:
		return "up_to"
	default:
		return "by"
	}
}

// Fit makes the judge.
func (r *Steps) Fit(b Basis) Judge {
	j := &stepsJudge{quantity: r.quantity(), days: r.readsDay(), measure: r.measure(), steps: make([]fittedStep, len(r.Steps))}
	for i, s := range r.Steps {
		share := s.share(b)
		j.steps[i] = fittedStep{Step: s, bound: Whole(s.Bound), share: share, saidBound: s.said(j.measure), saidShare: share}
		if i == 0 || share.Cmp(j.below) < 0 {
			j.below = share
		}
	}
	if j.below.Sign() > 0 {
		j.below = Fraction{}
	}
	slices.SortStableFunc(j.steps, func(s, t fittedStep) int { return t.share.Cmp(s.share) })
	return j
}

// Told learns whether what it reads is percentages.
func (r *Steps) Told(types func(input string) Type) { r.percent = r.Of.percent(types) }

// measure says bounds and answers in notes.
func (r *Steps) measure() measure {
	bounds := make([]Fraction, len(r.Steps))
	for i, s := range r.Steps {
		bounds[i] = Whole(s.Bound)
	}
	return r.quantity().measure(r.percent, bounds...)
}

// said is a step's bound in a note.
func (s Step) said(m measure) any {
	if s.Bounding == By {
		return s.Day
	}
	return m.said(Whole(s.Bound))
}

// Words says the rule with its steps, the best one first, and what is earned where none is reached.
func (r *Steps) Words() Note {
	order := r.worstFirst()
	slices.Reverse(order)
	notes, m := make([]Note, 0, len(order)+1), r.measure()
	var below any = noPoints
	for _, n := range order {
		s := r.Steps[n]
		notes = append(notes, Say("rule-option", Say("rule-step-"+s.Bounding.word(), s.said(m)), s.Worth.words()))
		if s.Share.Value.IsNegative() || s.Points.Value.IsNegative() {
			below = s.Worth.words()
		}
	}
	notes = append(notes, Say("rule-step-none", below))
	return Say("rule-steps", r.quantity().words(), notes)
}

// Example reaches the step below the best one first, between its bound and the next.
func (r *Steps) Example(d *Draft) {
	order := r.worstFirst()
	n := len(order)
	if n == 0 {
		return
	}
	at := (n + n - 2 - d.turn%n) % n
	step, next := r.Steps[order[at]], r.Steps[order[min(at+1, n-1)]]
	if r.readsDay() {
		d.only(r.Of, DayOf(step.Day.between(next.Day)))
		return
	}
	gap := next.Bound.Sub(step.Bound)
	x := neat(step.Bound.Add(gap.Div(decimal.NewFromInt(2))), gap)
	d.quotient(r.quantity(), step.inside(x, gap), step.whole())
}

// inside is x where it is on the step's side of the bound: the bound itself is above nothing.
func (s Step) inside(x, gap decimal.Decimal) decimal.Decimal {
	if s.Bounding == Above && gap.IsZero() {
		return x.Add(decimal.Max(x.Abs().Mul(subtracted), decimal.New(1, -2)))
	}
	return x
}

// whole makes a count of a number without leaving the step.
func (s Step) whole() rounding {
	if s.Bounding == From {
		return decimal.Decimal.Floor
	}
	return decimal.Decimal.Ceil
}

// word is the end of the keys of locale that say a step.
func (b Bounding) word() string { return strings.ReplaceAll(b.key(), "_", "-") }

// words says a step's bound.
func (s Step) words() Note {
	if s.Bounding == By {
		return Say("rule-step-by", s.Day)
	}
	return Say("rule-step-"+s.Bounding.word(), s.Bound)
}

// stepNotes are the notes of a reached step, by its bounding.
var stepNotes = [...]string{From: "step-from", Above: "step-above", UpTo: "step-up-to", By: "step-by"}

type fittedStep struct {
	Step
	bound                Fraction
	share                Fraction
	saidBound, saidShare any // for the note
}

type stepsJudge struct {
	quantity quantity
	days     bool
	measure  measure
	steps    []fittedStep // the highest share first
	below    Fraction     // share of an answer that reaches no step; 0 or less
}

var _ Levelled = (*stepsJudge)(nil)

func (j *stepsJudge) Judge(in Inputs) Judgement {
	if j.days {
		return j.judgeDay(j.quantity.of.only(in))
	}
	x, failed, ok := j.quantity.read(in)
	if !ok {
		return failed
	}
	said := j.measure.said(x)
	for i := range j.steps {
		if s := &j.steps[i]; s.reached(x) {
			return scored(s.share, Say(stepNotes[s.Bounding], said, s.saidBound, s.saidShare))
		}
	}
	return scored(j.below, Say("step-none", said, j.below))
}

func (j *stepsJudge) judgeDay(v Value) Judgement {
	d, ok := v.Day()
	if !ok {
		return unjudged(v.status(day))
	}
	for i := range j.steps {
		if s := &j.steps[i]; d <= s.Day {
			return scored(s.share, Say(stepNotes[By], d, s.saidBound, s.saidShare))
		}
	}
	return scored(j.below, Say("step-none", d, j.below))
}

func (s *fittedStep) reached(x Fraction) bool {
	c := x.Cmp(s.bound)
	switch s.Bounding {
	case From:
		return c >= 0
	case Above:
		return c > 0
	case UpTo:
		return c <= 0
	default:
		return false
	}
}

// Next is the step that earns least of those that earn more; of equal ones the one that is easiest to reach.
func (j *stepsJudge) Next(in Inputs) (next Level, ok bool) {
	now, judged := j.Judge(in).standing()
	if !judged {
		return next, false
	}
	var at *fittedStep
	for i := range j.steps {
		s := &j.steps[i]
		if s.share.Cmp(now) <= 0 {
			continue
		}
		if at == nil || s.share.Cmp(at.share) < 0 || s.share.Cmp(at.share) == 0 && s.compare(at.Step) < 0 {
			at = s
		}
	}
	if at == nil {
		return next, false
	}
	return Level{Share: at.share, Words: Say("rule-step-"+at.Bounding.word(), at.saidBound)}, true
}

// Formula is the most that a reached step earns, side by side and not one within the other: a better step never earns
// less, and a formula nests only so deep.
func (j *stepsJudge) Formula(c Cells, full decimal.Decimal) Formula {
	if j.days {
		return j.dayFormula(c, full)
	}
	q := j.quantity.formula(c)
	return Formula{Status: q.status, Points: j.best(c, full, func(s *fittedStep) string {
		return q.against(s.bound) + s.Bounding.sign()
	})}
}

// dayFormula compares serial numbers of days. A time of day does not make a day late.
func (j *stepsJudge) dayFormula(c Cells, full decimal.Decimal) Formula {
	if len(j.quantity.of) == 0 {
		return unread(Missing)
	}
	input := j.quantity.of[0].Input
	day := c.Number(input)
	return Formula{Status: c.State(input), Points: j.best(c, full, func(s *fittedStep) string {
		return day + "<" + strconv.Itoa(s.Day.serial()+1)
	})}
}

// best is the most that a step earns of which reached holds, or what is earned below all of them.
func (j *stepsJudge) best(c Cells, full decimal.Decimal, reached func(*fittedStep) string) string {
	below := worth(j.below, full)
	list := []string{below}
	for i := range j.steps {
		if s := &j.steps[i]; s.share.Cmp(j.below) > 0 {
			list = append(list, "IF("+reached(s)+","+worth(s.share, full)+","+below+")")
		}
	}
	return fold(c, "MAX", list)
}

// sign compares quantity − bound with 0 in a formula.
func (b Bounding) sign() string {
	switch b {
	case From:
		return ">=0"
	case Above:
		return ">0"
	default:
		return "<=0"
	}
}
