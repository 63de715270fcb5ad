package workings

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// A builder fills the sheet. All rows are given out before the first is written, so that a formula may refer to what
// stands below it.
type builder struct {
	Request
	loc   *locale.Locale
	group string
	of    decimal.Decimal // attainable maximum of the published total
	w     *Workings

	inputs  []*input
	at      map[submission.Key]*input
	leaves  []*leaf
	pillars []*pillar // the root first, then by depth: the children of one stand together

	optionHead, ratingHead, totalHead, openHead int // rows of heads; optionHead is 0 where there are no options
	leafHead, pillarHead                        int
}

// An input is a row of the table of inputs.
type input struct {
	criteria.Input
	key     submission.Key
	ind     *criteria.Indicator // nil for a figure
	state   string              // "" where the cells tell it, else given or unconcerned
	label   string
	options []rule.Option
	row     int
	option  int // row of its first option
}

// States of an input that no answer changes.
const (
	unconcerned = "3"
	given       = "5"
)

// A leaf is a row of the table of indicators.
type leaf struct {
	*criteria.Indicator
	parent      *criteria.Pillar
	row         int
	first, last int // rows of its inputs
	points      decimal.Decimal
	policy      criteria.NotApplicablePolicy
	concerned   bool
}

func (l *leaf) base() bool   { return l.Effect == criteria.Base }
func (l *leaf) inSum() bool  { return l.parent.Combine == criteria.Sum }
func (l *leaf) worth() bool  { return l.points.IsPositive() }
func (l *leaf) filled() bool { return l.base() && l.policy == criteria.Full }

// A pillar is a row of the table of pillars.
type pillar struct {
	*criteria.Pillar
	parent   *criteria.Pillar // nil for the root
	row      int
	points   decimal.Decimal // where its parent sums
	children span            // rows of its pillars
	leaves   span            // rows of its indicators
}

func (p *pillar) inSum() bool { return p.parent != nil && p.parent.Combine == criteria.Sum }
func (p *pillar) sums() bool  { return p.Combine == criteria.Sum }

func newBuilder(r Request) *builder {
	b := &builder{Request: r, loc: speaker(r), group: r.Agency.Group, at: map[submission.Key]*input{}}
	b.of = r.Set.Of(b.group)
	b.w = &Workings{states: map[submission.Key]string{}, labels: map[submission.Key]string{}, indicators: map[string]node{}, pillars: map[string]node{}}
	row := wordRow + len(wordNames)
	row = b.planInputs(row + 2)
	row = b.planOptions(row)
	b.leafHead = row + 1
	b.pillarHead = b.leafHead + len(b.leaves) + 2
	b.planPillars()
	b.totalHead = b.pillarHead + len(b.pillars) + 2
	b.ratingHead = b.totalHead + len(totalNames) + 2
	b.openHead = b.ratingHead + len(r.Set.Ratings) + 2
	b.w.rows = make([][]Cell, b.openHead+openItems)
	return b
}

// speaker is the locale of a form: the wanted one, else the first of the set's languages that there is.
func speaker(r Request) *locale.Locale {
	for _, lang := range append([]string{r.Lang}, r.Set.Languages...) {
		if l, ok := locale.For(lang); ok {
			return l.WithTerms(r.Set.Terms)
		}
	}
	return locale.MustFor("vi").WithTerms(r.Set.Terms)
}

// planInputs lists what the form asks for: the figures that matter to the agency's group, then the inputs of each
// indicator of the group. It returns the row after the last.
func (b *builder) planInputs(head int) int {
	row := head
	add := func(in *input) {
		row++
		in.row = row
		b.inputs = append(b.inputs, in)
		b.at[in.key] = in
	}
	for _, in := range b.figures() {
		key := submission.Key{Indicator: criteria.FiguresID, Input: in.ID}
		add(&input{Input: in, key: key, state: b.by(in), label: b.what(in)})
	}
	b.eachLeaf(b.Set.Root, func(l *leaf) {
		l.first, l.last = row+1, row+len(l.Inputs)
		for _, in := range l.Inputs {
			add(b.inputOf(l, in))
		}
		b.leaves = append(b.leaves, l)
	})
	return row + 1
}

func (b *builder) inputOf(l *leaf, in criteria.Input) *input {
	i := &input{Input: in, key: submission.Key{Indicator: l.ID, Input: in.ID}, ind: l.Indicator, state: b.by(in)}
	i.label = b.nameOf(l.No, l.ID, l.Name)
	if name := b.text(in.Name); name != b.text(l.Name) && (name != "" || len(l.Inputs) > 1) {
		i.label += " – " + b.what(in)
	}
	if !l.concerned {
		i.state = unconcerned
	}
	if i.state == "" && (in.Type == rule.Choice || in.Type == rule.Choices) {
		i.options = l.Options(in.ID)
		if in.Type == rule.Choices {
			i.options = longestFirst(i.options)
		}
	}
	return i
}

// by is the state of an input that somebody else than the agency gives.
func (b *builder) by(in criteria.Input) string {
	if in.By != criteria.ByAgency {
		return given
	}
	return ""
}

// figures lists the figures that matter to the agency's group: those that its indicators read, and those that none
// reads.
func (b *builder) figures() []criteria.Input {
	read, wanted := map[string]bool{}, map[string]bool{}
	for ind := range b.Set.Root.AllIndicators() {
		for _, r := range ind.Rule.Reads() {
			if id, ok := submission.Figure(r.Input); ok {
				read[id] = true
				wanted[id] = wanted[id] || ind.Concerns(b.group)
			}
		}
	}
	var list []criteria.Input
	for _, in := range b.Set.Figures {
		if wanted[in.ID] || !read[in.ID] {
			list = append(list, in)
		}
	}
	return list
}

// eachLeaf visits the indicators of the group in the set's order.
func (b *builder) eachLeaf(p *criteria.Pillar, visit func(*leaf)) {
	for _, child := range p.Pillars {
		b.eachLeaf(child, visit)
	}
	for _, ind := range p.Indicators {
		if !ind.Concerns(b.group) {
			continue
		}
		l := &leaf{Indicator: ind, parent: p, points: ind.Points[b.group], policy: b.Set.PolicyFor(ind)}
		l.concerned = ind.When == "" || b.Agency.HasTag(ind.When)
		visit(l)
	}
}

// planOptions gives rows to the options of choices and returns the row after them.
func (b *builder) planOptions(row int) int {
	head := row + 1
	next := head + 1
	for _, in := range b.inputs {
		in.option = next
		next += len(in.options)
	}
	if next == head+1 {
		return row
	}
	b.optionHead = head
	return next
}

// planPillars lists the pillars of the group, level by level, and gives rows to them and to the indicators.
func (b *builder) planPillars() {
	leaves := map[*criteria.Pillar]span{}
	for i, l := range b.leaves {
		l.row = b.leafHead + 1 + i
		leaves[l.parent] = leaves[l.parent].with(l.row)
	}
	b.pillars = []*pillar{{Pillar: b.Set.Root}}
	for i := 0; i < len(b.pillars); i++ {
		p := b.pillars[i]
		p.row = b.pillarHead + 1 + i
		p.leaves = leaves[p.Pillar]
		for _, child := range p.Pillars {
			if !child.Concerns(b.group) {
				continue
			}
			p.children = p.children.with(b.pillarHead + 1 + len(b.pillars))
			b.pillars = append(b.pillars, b.childOf(p, child))
		}
	}
}

func (b *builder) childOf(parent *pillar, p *criteria.Pillar) *pillar {
	child := &pillar{Pillar: p, parent: parent.Pillar}
	if child.inSum() {
		child.points = p.PointsFor(b.group)
	}
	return child
}

// waits reports whether somebody else than the agency gives something that an indicator reads.
func (b *builder) waits(l *leaf) bool {
	others := func(in criteria.Input) bool { return in.By != criteria.ByAgency }
	if slices.ContainsFunc(l.Inputs, others) {
		return true
	}
	return slices.ContainsFunc(l.Rule.Reads(), func(r rule.Read) bool {
		id, figure := submission.Figure(r.Input)
		in, ok := b.at[submission.Key{Indicator: criteria.FiguresID, Input: id}]
		return figure && ok && others(in.Input)
	})
}
