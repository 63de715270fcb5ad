package criteria

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/rule"
)

// Ancestors says from which indicator of the earlier edition each indicator comes, by its id: the one that its `from`
// names, else the one of the same id, unless another indicator comes from that one: without the earlier edition at hand it
// may be a new one under an old id. Of an indicator that is split, the part that keeps the id must therefore name itself
// in its `from`. A new indicator is not among them. Two indicators may come from one.
func (s *Set) Ancestors() map[string]Lineage {
	taken := map[string]bool{}
	for ind := range s.Root.AllIndicators() {
		taken[ind.From.ID] = true
	}
	ancestors := map[string]Lineage{}
	for ind := range s.Root.AllIndicators() {
		switch {
		case ind.From.ID != "":
			ancestors[ind.ID] = ind.From
		case !taken[ind.ID]:
			ancestors[ind.ID] = Lineage{ID: ind.ID, Comparable: true}
		}
	}
	return ancestors
}

// AncestorsIn is Ancestors where the earlier edition is at hand. An indicator that kept its id and its name goes on, also
// where another one comes from it. A `from` that stands in both editions alike speaks of an
// edition before both. What the earlier edition does not have is nobody's ancestor.
func (s *Set) AncestorsIn(before *Set) map[string]Lineage {
	older := lineage(before, s)
	ancestors := map[string]Lineage{}
	for now := range s.Root.AllIndicators() {
		stated := now.statedIn(before)
		if was := older[now]; was != nil {
			says := stated == was.ID || now.From.ID == was.ID && now.From != was.From
			ancestors[now.ID] = Lineage{ID: was.ID, Comparable: !says || now.From.Comparable}
		} else if _, ok := before.Indicator(stated); ok { // of two that come from one
			ancestors[now.ID] = Lineage{ID: stated, Comparable: now.From.Comparable}
		}
	}
	return ancestors
}

// statedIn is the ancestor that the indicator states; "" where it says the same as an earlier edition of itself, and so
// speaks of an edition before both.
func (ind *Indicator) statedIn(before *Set) string {
	if was, ok := before.Indicator(ind.ID); ok && was.From.ID == ind.From.ID {
		return ""
	}
	return ind.From.ID
}

// Earlier is the input of the indicator's ancestor from which an input comes, of those that the ancestor had: that of the
// same id, and an only input from the only one whatever its id. It may be none of them.
func (ind *Indicator) Earlier(input string, had []string) string {
	if len(ind.Inputs) == 1 && len(had) == 1 {
		return had[0]
	}
	return input
}

// Takes reports whether an input with so many options can hold a value that was entered in another edition: of its kind,
// within its bounds, and only options that are there. Days and texts are taken as they are.
func (in Input) Takes(v rule.Value, options []rule.Option) bool {
	if d, ok := v.Number(); ok {
		return in.Type.Numeric() && in.holds(d)
	}
	if ids, ok := v.Options(); ok {
		return (in.Type == rule.Choices || in.Type == rule.Choice && len(ids) == 1) && offered(options, ids)
	}
	switch in.Type {
	case rule.YesNo:
		_, ok := v.Yes()
		return ok
	case rule.Day:
		_, ok := v.Day()
		return ok
	case rule.Free:
		_, ok := v.Text()
		return ok
	default:
		return false
	}
}

// holds reports whether a number is what an input of its type may hold.
func (in Input) holds(d decimal.Decimal) bool {
	if in.Type == rule.Count && (!d.IsInteger() || d.IsNegative()) {
		return false
	}
	return (!in.Min.Set || !d.LessThan(in.Min.Value)) && (!in.Max.Set || !d.GreaterThan(in.Max.Value))
}

// offered reports whether all ids are of options.
func offered(options []rule.Option, ids []string) bool {
	for _, id := range ids {
		if !slices.ContainsFunc(options, func(o rule.Option) bool { return o.ID == id }) {
			return false
		}
	}
	return true
}
