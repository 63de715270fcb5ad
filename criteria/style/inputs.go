package style

import (
	"slices"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// unused finds inputs and figures that no rule reads. A text earns nothing by itself and is there to be read by people.
func (c *checker) unused() {
	read := map[string]bool{} // figures
	for ind := range c.set.Root.AllIndicators() {
		reads := ind.Rule.Reads()
		for _, r := range reads {
			read[r.Input] = true
		}
		for _, in := range ind.Inputs {
			used := slices.ContainsFunc(reads, func(r rule.Read) bool { return r.Input == in.ID })
			switch {
			case used || in.Type == rule.Free:
			case c.undeclared(ind):
				c.found.Warn(c.set.Place(ind, "score"), "style-figures-only", ind.ID)
			default:
				c.found.Warn(c.set.Place(ind, "inputs."+in.ID), "style-unused-input", ind.ID, in.ID)
			}
		}
	}
	for _, fig := range c.set.Figures {
		if !read[criteria.FiguresID+"."+fig.ID] && fig.Type != rule.Free {
			c.found.Warn(c.set.Place(c.set, criteria.FiguresID+"."+fig.ID), "style-unused-figure", fig.ID)
		}
	}
}

// undeclared reports whether an indicator has the one input that goes without saying.
func (c *checker) undeclared(ind *criteria.Indicator) bool {
	return c.set.Place(ind, "inputs") == c.set.Place(ind, "")
}

// uncalled finds verifiers and tags that the set names and no indicator uses.
func (c *checker) uncalled() {
	verifiers, tags := map[string]bool{}, map[string]bool{}
	for ind := range c.set.Root.AllIndicators() {
		verifiers[ind.Verifier], tags[ind.When] = true, true
	}
	tell := func(codes []criteria.Code, used map[string]bool, key, kind string) {
		for _, code := range codes {
			if !used[code.ID] {
				c.found.Warn(c.set.Place(c.set, key+"."+code.ID), kind, code.ID)
			}
		}
	}
	tell(c.set.Verifiers, verifiers, "verifiers", "style-unused-verifier")
	tell(c.set.Tags, tags, "tags", "style-unused-tag")
}

// An asked number is one that agencies enter, with the indicator that asks; nil of a figure.
type asked struct {
	ind *criteria.Indicator
	in  criteria.Input
}

// key is how a wide table calls the number.
func (a asked) key() string {
	if a.ind == nil {
		return criteria.Key{Indicator: criteria.FiguresID, Input: a.in.ID}.String()
	}
	return criteria.Key{Indicator: a.ind.ID, Input: a.in.ID}.String()
}

// askedTwice finds numbers that one agency enters in two indicators under one name. Whether both are called alike is
// judged in the set's first language, and both must be of one type. An input that has its indicator's name is left
// aside: two indicators of one name are told by themselves.
func (c *checker) askedTwice() {
	earlier := map[string][]asked{}
	note := func(a asked) (twin asked, again bool) {
		key := a.in.Type.String() + ":" + alike(c.name(a.in.Name))
		for _, b := range earlier[key] {
			if b.ind == nil || b.ind != a.ind && c.together(a.ind, b.ind) {
				return b, true
			}
		}
		earlier[key] = append(earlier[key], a)
		return asked{}, false
	}
	for _, fig := range c.set.Figures {
		if counts(fig) {
			earlier[fig.Type.String()+":"+alike(c.name(fig.Name))] = []asked{{nil, fig}}
		}
	}
	for ind := range c.set.Root.AllIndicators() {
		for _, in := range ind.Inputs {
			if !counts(in) || c.name(in.Name) == c.name(ind.Name) {
				continue
			}
			a := asked{ind, in}
			twin, again := note(a)
			if !again {
				continue
			}
			kind := "style-asked-twice"
			if twin.ind == nil {
				kind = "style-asked-as-figure"
			}
			c.found.Warn(c.set.Place(ind, "inputs."+in.ID), kind, a.key(), twin.key(), c.name(in.Name))
		}
	}
}

// counts reports whether an input is a number that agencies enter.
func counts(in criteria.Input) bool {
	return in.By == criteria.ByAgency && (in.Type == rule.Count || in.Type == rule.Number || in.Type == rule.Percent)
}
