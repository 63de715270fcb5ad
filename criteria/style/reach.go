package style

import (
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// A reach is the lowest and the highest share that answers can earn, where that is certain; else they are such that
// neither says anything: 0, and all.
type reach struct {
	least, most rule.Fraction
	// leaves says that the rule may not apply, so that what is left of a sum counts for all.
	leaves bool
}

// anything is the reach of a rule of which nothing is certain.
func anything() reach { return reach{most: rule.One()} }

// full reports that every answer earns everything.
func (r reach) full() bool { return r.least.Cmp(rule.One()) >= 0 }

// earned finds an indicator that every answer earns everything in, or that nobody gets full marks in, be it in one agency
// group only, and steps that no answer stops at. The reach returned is that of the group that earns least.
func (c *checker) earned(ind *criteria.Indicator) reach {
	fits := fitted(c.set, ind)
	reaches := make([]reach, len(fits))
	lowest := anything()
	for i, f := range fits {
		reaches[i] = c.reach(ind, ind.Rule, f.basis)
		if i == 0 || reaches[i].least.Cmp(lowest.least) < 0 {
			lowest.least = reaches[i].least
		}
	}
	before := len(c.found)
	eachScore(ind.Rule, "score", func(r rule.Rule, path string) {
		if steps, ok := r.(*rule.Steps); ok {
			c.steps(ind, steps, path)
		}
	})
	if len(c.found) == before { // a step that is told explains what cannot be earned
		c.nobodyFull(ind, fits, reaches)
	}
	if !(ind.Evidence.Required && ind.Evidence.WithoutZero) {
		c.nobodyFails(ind, fits, reaches)
	}
	return lowest
}

// nobodyFails tells that every answer earns everything, or, of a penalty, loses everything.
func (c *checker) nobodyFails(ind *criteria.Indicator, fits []fit, reaches []reach) {
	var full []string
	for i, r := range reaches {
		if r.full() {
			full = append(full, fits[i].group)
		}
	}
	switch len(full) {
	case 0:
	case len(fits):
		c.found.Warn(c.set.Place(ind, "score"), "style-nobody-fails"+outside(ind), ind.ID)
	default:
		c.found.Warn(c.set.Place(ind, "score"), "style-nobody-fails"+outside(ind)+"-in", ind.ID, full)
	}
}

// nobodyFull tells that no answer earns everything, or, of a penalty, loses everything; of each group by itself where
// they differ in what can be earned.
func (c *checker) nobodyFull(ind *criteria.Indicator, fits []fit, reaches []reach) {
	most := reaches[0].most
	if !slices.ContainsFunc(reaches, func(r reach) bool { return r.most.Cmp(most) != 0 }) {
		if most.Cmp(rule.One()) < 0 {
			c.found.Warn(c.set.Place(ind, "score"), "style-nobody-full"+outside(ind), ind.ID, most)
		}
		return
	}
	for i, r := range reaches {
		if r.most.Cmp(rule.One()) < 0 {
			c.found.Warn(c.set.Place(ind, "score"), "style-nobody-full"+outside(ind)+"-in", ind.ID, r.most, fits[i].group)
		}
	}
}

// outside is the end of a problem's key for an indicator whose points are taken off.
func outside(ind *criteria.Indicator) string {
	if ind.Effect == criteria.Penalty {
		return "-penalty"
	}
	return ""
}

// A fit is what an indicator is fitted to in an agency group.
type fit struct {
	group string // id; "" where no points tell one group from another
	basis rule.Basis
}

// fitted is what an indicator is fitted to: its points for each group; none where it has none.
func fitted(set *criteria.Set, ind *criteria.Indicator) []fit {
	var list []fit
	for _, g := range set.Groups {
		if points, ok := ind.Points[g.ID]; ok {
			list = append(list, fit{g.ID, rule.Basis{Points: &points, Min: ind.Min}})
		}
	}
	if len(list) == 0 {
		list = append(list, fit{basis: rule.Basis{Min: ind.Min}})
	}
	return list
}

// reach is what answers earn by a rule. A sum and a choice of parts reach what their parts reach, each by itself.
func (c *checker) reach(ind *criteria.Indicator, r rule.Rule, b rule.Basis) reach {
	parts := partsOf(r)
	if len(parts) == 0 {
		return c.judged(ind, r, b)
	}
	_, sums := r.(*rule.SumOf)
	var all reach
	every := true // part earns everything always
	for i, p := range parts {
		own, worth := partBasis(p, b)
		part := c.reach(ind, p.Score, own)
		every = every && part.full()
		all.leaves = all.leaves || part.leaves
		least, most := part.least.Mul(worth), part.most.Mul(worth)
		switch {
		case sums:
			all.least, all.most = all.least.Add(least), all.most.Add(most)
		case i == 0 || least.Cmp(all.least) > 0:
			all.least = least
		}
		if !sums && (i == 0 || most.Cmp(all.most) > 0) {
			all.most = most
		}
	}
	if all.leaves { // what is left may be worth anything
		all.most = rule.One()
		if !every || !sums {
			all.least = rule.Fraction{}
		}
	}
	return all
}

// partBasis is what a part is fitted to, and the share of the points that it is worth.
func partBasis(p rule.Part, b rule.Basis) (own rule.Basis, worth rule.Fraction) {
	worth, _ = p.Of(b.Points)
	if b.Points != nil {
		points := p.Points.Value
		if p.Share.Set {
			points = p.Share.Value.Mul(*b.Points)
		}
		b.Points = &points
	}
	return b, worth
}

// mostAnswers is how many answers a rule is tried with; one with more inputs than that goes untold.
const mostAnswers = 5000

// judged is what answers earn by a rule without parts: its judge tries the ends of what may be entered. No kind earns
// less between two answers than at both, so the ends tell; a quotient is tried close to 0 as well. A rule that looks at
// the cohort is compared with these very answers.
func (c *checker) judged(ind *criteria.Indicator, r rule.Rule, b rule.Basis) reach {
	answers, ok := c.answers(ind, r)
	if !ok {
		return anything()
	}
	b.Group, b.Round = answers, answers
	judge := r.Fit(b)
	var found reach
	scored := false
	for _, in := range answers {
		j := judge.Judge(in)
		switch {
		case j.Status == rule.NotApplicable:
			found.leaves = true
		case j.Status != rule.Scored:
		case !scored:
			found.least, found.most, scored = j.Share, j.Share, true
		case j.Share.Cmp(found.least) < 0:
			found.least = j.Share
		case j.Share.Cmp(found.most) > 0:
			found.most = j.Share
		}
	}
	if !scored {
		return anything()
	}
	return found
}

// answers are the answers that a rule is tried with: every combination of what its inputs are tried with; ok is false
// where there are too many, or where they do not tell how large a quotient gets.
func (c *checker) answers(ind *criteria.Indicator, r rule.Rule) (list []rule.Inputs, ok bool) {
	over := divisor(r)
	var names []string
	var tries [][]rule.Value
	total := 1
	for _, read := range r.Reads() {
		if slices.Contains(names, read.Input) {
			continue
		}
		in, _ := c.input(ind, read.Input)
		if len(over) > 1 && (lowest(in).IsNegative() || slices.Contains(over, rule.Term{Input: read.Input, Negative: true})) {
			return nil, false // terms that make up for each other come close to 0 anywhere
		}
		values := tried(in, r, len(over) > 0)
		if total *= len(values); total == 0 || total > mostAnswers {
			return nil, false
		}
		names, tries = append(names, read.Input), append(tries, values)
	}
	for n := range total {
		given := make(map[string]rule.Value, len(names))
		for i, values := range tries {
			given[names[i]] = values[n%len(values)]
			n /= len(values)
		}
		list = append(list, func(name string) rule.Value { return given[name] })
	}
	return list, true
}

// input finds an input that a rule of the indicator reads.
func (c *checker) input(ind *criteria.Indicator, name string) (criteria.Input, bool) {
	if in, ok := ind.Input(name); ok {
		return in, true
	}
	return c.set.Figure(strings.TrimPrefix(name, criteria.FiguresID+"."))
}

// tried are the values that an input is tried with; close says whether also those next to 0.
func tried(in criteria.Input, r rule.Rule, close bool) []rule.Value {
	switch in.Type {
	case rule.YesNo:
		return []rule.Value{rule.YesNoOf(false), rule.YesNoOf(true)}
	case rule.Choice, rule.Choices:
		chooser, ok := r.(rule.Chooser)
		if !ok {
			return nil
		}
		return chosen(chooser.OptionsFor(in.ID), in.Type)
	case rule.Day:
		return []rule.Value{rule.DayOf("0001-01-01"), rule.DayOf("9999-12-31")}
	case rule.Count, rule.Number, rule.Percent, rule.Points:
		return numbers(in, close)
	default:
		return nil
	}
}

// chosen are the ways to choose that earn most and least: each option; of a list none, all, and those that add or take.
func chosen(options []rule.Option, t rule.Type) []rule.Value {
	var list []rule.Value
	if t == rule.Choice {
		for _, o := range options {
			list = append(list, rule.OptionsOf(o.ID))
		}
		return list
	}
	var all, add, take []string
	for _, o := range options {
		all = append(all, o.ID)
		if o.Share.Value.IsNegative() || o.Points.Value.IsNegative() {
			take = append(take, o.ID)
		} else {
			add = append(add, o.ID)
		}
	}
	return []rule.Value{rule.OptionsOf(), rule.OptionsOf(all...), rule.OptionsOf(add...), rule.OptionsOf(take...)}
}

// endless is the exponent of ten that stands for any large number, and by its minus for any small one.
const endless = 30

// lowest is the least that may be entered as a number. Counts are whole and 0 or more.
func lowest(in criteria.Input) decimal.Decimal {
	if in.Type == rule.Count {
		return decimal.Max(in.Min.Or(decimal.Zero), decimal.Zero).Ceil()
	}
	return in.Min.Or(decimal.New(-1, endless))
}

// numbers are the ends of what may be entered, and where close is set 0 and its next neighbours.
func numbers(in criteria.Input, close bool) []rule.Value {
	from, to := lowest(in), in.Max.Or(decimal.New(1, endless))
	next := decimal.New(1, -endless)
	if in.Type == rule.Count {
		to, next = to.Floor(), decimal.NewFromInt(1)
	}
	if from.GreaterThan(to) { // no whole number lies between the bounds
		return nil
	}
	ends := []decimal.Decimal{from, to}
	if close {
		for _, d := range []decimal.Decimal{next.Neg(), {}, next} {
			if d.GreaterThan(from) && d.LessThan(to) {
				ends = append(ends, d)
			}
		}
	}
	var list []rule.Value
	for i, d := range ends {
		if i != 1 || !d.Equal(from) {
			list = append(list, rule.NumberOf(d))
		}
	}
	return list
}

// divisor is what a rule divides by; nil where it does not.
func divisor(r rule.Rule) rule.Operand {
	for _, k := range r.Keys() {
		if o, ok := k.Into.(*rule.Operand); ok && k.Name == "over" {
			return *o
		}
	}
	return nil
}

// partsOf are the parts of a rule that is made of others.
func partsOf(r rule.Rule) []rule.Part {
	for _, k := range r.Keys() {
		if parts, ok := k.Into.(*[]rule.Part); ok {
			return *parts
		}
	}
	return nil
}

// eachScore visits a rule and the rules of its parts, with the paths of their mappings.
func eachScore(r rule.Rule, path string, visit func(r rule.Rule, path string)) {
	visit(r, path)
	for i, p := range partsOf(r) {
		eachScore(p.Score, item(path+".parts", i)+".score", visit)
	}
}

// item is the path of one item of a list.
func item(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }
