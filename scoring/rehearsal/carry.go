package rehearsal

import (
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// A Carriage brings answers from one edition of an index into another. It is fixed and safe for concurrent use.
type Carriage struct {
	// Left are the indicators of the newer set that no earlier answer gives, in its order.
	Left []Left
	// Presumed are ids of indicators that earn nothing without evidence which the earlier set did not ask for: it is taken
	// to be there.
	Presumed []string

	before, after *criteria.Set
	left          map[string]bool
	given         map[string]string   // by id of the newer set that another indicator of the newer set comes from: its id
	ancestors     map[string]string   // by id of the newer set, of the indicators that are carried
	heirs         map[string][]string // the same, by id of the earlier set
	links         []link
	readers       map[string][]string // ids of the carried indicators that read a figure, by the figure's id
}

// A Left is an indicator of the newer set that no earlier answer gives.
type Left struct {
	Indicator *criteria.Indicator
	Why       rule.Note
}

// A link leads from an input of the earlier set to one of the newer.
type link struct {
	from, to submission.Key
	input    criteria.Input
	options  []rule.Option
	allowed  bool // may be not applicable
}

// NewCarriage finds what of the newer set the answers to the earlier one give. An indicator is carried where it is
// comparable with its ancestor (criteria.Set.AncestorsIn) and every input that its rule reads comes from an input, or a
// figure of the same id, of the same type. A new indicator that reads only figures is carried too.
func NewCarriage(before, after *criteria.Set) *Carriage {
	c := &Carriage{
		before: before, after: after, left: map[string]bool{}, ancestors: map[string]string{}, heirs: map[string][]string{}, readers: map[string][]string{},
	}
	for _, in := range after.Figures {
		if was, ok := before.Figure(in.ID); ok && alike(was.Type, in.Type) {
			key := submission.Key{Indicator: criteria.FiguresID, Input: in.ID}
			c.links = append(c.links, link{from: key, to: key, input: in, allowed: true})
		}
	}
	lineage := after.AncestorsIn(before)
	c.heirless(lineage)
	for ind := range after.Root.AllIndicators() {
		from, known := lineage[ind.ID]
		was, _ := before.Indicator(from.ID)
		if why := c.obstacle(ind, was, known && from.Comparable); !why.IsZero() {
			c.Left, c.left[ind.ID] = append(c.Left, Left{ind, why}), true
			continue
		}
		c.carry(ind, was)
	}
	return c
}

// heirless notes the ids that stand for a new indicator, because another one comes from the earlier indicator of that id.
func (c *Carriage) heirless(lineage map[string]criteria.Lineage) {
	c.given = map[string]string{}
	for ind := range c.after.Root.AllIndicators() {
		from, ok := lineage[ind.ID]
		if _, goesOn := lineage[from.ID]; ok && from.ID != ind.ID && !goesOn && c.given[from.ID] == "" {
			c.given[from.ID] = ind.ID
		}
	}
}

// alike reports whether a value of one type means the same in an input of another.
func alike(was, now rule.Type) bool {
	return was == now || was == rule.Count && now == rule.Number
}

// obstacle says why an indicator is not carried; zero where it is. Was is nil where it has no ancestor.
func (c *Carriage) obstacle(ind, was *criteria.Indicator, comparable bool) rule.Note {
	for _, r := range ind.Rule.Reads() {
		if id, ok := submission.Figure(r.Input); ok {
			now, _ := c.after.Figure(id)
			then, known := c.before.Figure(id)
			if why := unlike(then, now, known); !why.IsZero() {
				return why
			}
			continue
		}
		now, _ := ind.Input(r.Input)
		switch {
		case was == nil && c.given[ind.ID] != "":
			return rule.Say("carry-new-given", ind.ID, c.given[ind.ID])
		case was == nil:
			return rule.Say("carry-new")
		case !comparable:
			return rule.Say("carry-not-comparable")
		}
		then, known := was.Input(ind.Earlier(r.Input, inputIDs(was)))
		if why := unlike(then, now, known); !why.IsZero() {
			return c.after.Named(why, ind)
		}
	}
	return rule.Note{}
}

func unlike(then, now criteria.Input, known bool) rule.Note {
	switch {
	case !known:
		return rule.Say("carry-input-new", inputName(now))
	case !alike(then.Type, now.Type):
		return rule.Say("carry-input-type", inputName(now), then.Type.String(), now.Type.String())
	default:
		return rule.Note{}
	}
}

// inputName is the name of an input, where it has one.
func inputName(in criteria.Input) any {
	if len(in.Name) > 0 {
		return in.Name
	}
	return rule.InputName(in.ID)
}

func inputIDs(ind *criteria.Indicator) []string {
	ids := make([]string, len(ind.Inputs))
	for i, in := range ind.Inputs {
		ids[i] = in.ID
	}
	return ids
}

// carry notes the links of an indicator; was is nil where it reads only figures.
func (c *Carriage) carry(ind, was *criteria.Indicator) {
	for _, r := range ind.Rule.Reads() {
		if id, ok := submission.Figure(r.Input); ok && !slices.Contains(c.readers[id], ind.ID) {
			c.readers[id] = append(c.readers[id], ind.ID)
		}
	}
	if was == nil {
		return
	}
	c.ancestors[ind.ID] = was.ID
	c.heirs[was.ID] = append(c.heirs[was.ID], ind.ID)
	if ind.Evidence.Required && ind.Evidence.WithoutZero && !was.Evidence.Required {
		c.Presumed = append(c.Presumed, ind.ID)
	}
	for _, in := range ind.Inputs {
		then, known := was.Input(ind.Earlier(in.ID, inputIDs(was)))
		if !known || !alike(then.Type, in.Type) {
			continue // the rule does not read it
		}
		c.links = append(c.links, link{
			from: submission.Key{Indicator: was.ID, Input: then.ID}, to: submission.Key{Indicator: ind.ID, Input: in.ID},
			input: in, options: ind.Options(in.ID), allowed: ind.NotApplicable.Allowed,
		})
	}
}

// Covers reports whether earlier answers give an indicator of the newer set.
func (c *Carriage) Covers(id string) bool { return !c.left[id] }

// Submission is an agency's final answers to the earlier set as answers to the newer one; the earlier stay as they
// were. What a review fixed in points keeps its share of the points. Unfit are ids of indicators to which the agency's
// own answer does not fit any more: an option that is gone, a number out of bounds, "not applicable" where it may not be
// said. They are left out of its total, as all are that nobody's answers give.
func (c *Carriage) Submission(sub submission.Submission, group string) (carried submission.Submission, unfit []string) {
	carried = sub
	carried.LeftOut = c.left
	carried.Answers = submission.NewAnswers(c.after)
	carried.Evidence, carried.Remarks = c.evidence(sub), nil
	carried.Awards, carried.Applied = byHeir(c, sub.Awards), byHeir(c, sub.Applied)
	carried.Waived = byHeir(c, sub.Waived)
	for id, award := range carried.Awards {
		award.Points = c.rescaled(award.Points, id, group)
		carried.Awards[id] = award
	}
	for _, l := range c.links {
		answer := sub.Answers.At(l.from)
		if l.fits(answer.Value) {
			carried.Answers.Put(l.to, answer)
			continue
		}
		for _, id := range c.asking(l.to) {
			if _, awarded := carried.Awards[id]; !awarded && !slices.Contains(unfit, id) && c.concerns(id, group) {
				unfit = append(unfit, id)
			}
		}
	}
	if len(unfit) > 0 {
		carried.LeftOut = maps.Clone(c.left)
		for _, id := range unfit {
			carried.LeftOut[id] = true
		}
	}
	return carried, unfit
}

// fits reports whether an answer can stand in the newer set, which one that is missing or cannot be read always can.
func (l link) fits(v rule.Value) bool {
	switch {
	case v.IsMissing(), v.IsInvalid():
		return true
	case v.IsNotApplicable():
		return l.allowed
	default:
		return l.input.Takes(v, l.options)
	}
}

// asking lists the carried indicators that read an input.
func (c *Carriage) asking(k submission.Key) []string {
	if k.Indicator == criteria.FiguresID {
		return c.readers[k.Input]
	}
	return []string{k.Indicator}
}

func (c *Carriage) concerns(id, group string) bool {
	ind, ok := c.after.Indicator(id)
	return ok && ind.Concerns(group)
}

// byHeir is a map by indicators of the earlier set, by those that come from them.
func byHeir[T any](c *Carriage, was map[string]T) map[string]T {
	if was == nil {
		return nil
	}
	now := map[string]T{}
	for id, v := range was {
		for _, heir := range c.heirs[id] {
			now[heir] = v
		}
	}
	return now
}

// evidence is the evidence of the indicators' ancestors, and that which is presumed.
func (c *Carriage) evidence(sub submission.Submission) map[string][]submission.Evidence {
	evidence := byHeir(c, sub.Evidence)
	if evidence == nil && len(c.Presumed) > 0 {
		evidence = map[string][]submission.Evidence{}
	}
	for _, id := range c.Presumed {
		if len(evidence[id]) == 0 {
			evidence[id] = []submission.Evidence{{}}
		}
	}
	return evidence
}

// rescaled brings points that a review fixed from the earlier attainable points to those of an indicator.
func (c *Carriage) rescaled(points decimal.Decimal, id, group string) decimal.Decimal {
	was, now := worthOf(c.before, c.ancestors[id], group), worthOf(c.after, id, group)
	if !was.IsPositive() || was.Equal(now) {
		return points
	}
	return rule.FractionOf(points, was).Of(now, rule.KeptPlaces)
}

// worthOf is what points of a review are out of: the indicator's points, or the scale where it has none.
func worthOf(set *criteria.Set, id, group string) decimal.Decimal {
	if ind, ok := set.Indicator(id); ok && ind.Points[group].IsPositive() {
		return ind.Points[group]
	}
	return set.Of(group)
}
