// Package style finds what is odd in a criteria set that has no faults: inputs that nothing reads, indicators that nobody
// can fail or get full marks in, answers that earn less than a blank, what is asked twice, what is left unsaid. Each
// finding is a Warning at its place, with a remedy; a set may be used with all of them. What can be earned is asked of the
// judges themselves, so that the package knows no kind of score but those whose parts it names.
package style

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
)

// Check lists the findings of a set that Load returned, in the order of their places. A set whose source says that only
// its structure is published is not asked for advice, verifiers and evidence.
func Check(set *criteria.Set) diag.Problems {
	c := &checker{set: set}
	c.unused()
	c.uncalled()
	c.askedTwice()
	c.names()
	c.numbers()
	c.languages()
	c.ratings()
	c.caps()
	for ind := range set.Root.AllIndicators() {
		c.indicator(ind)
	}
	return c.found.Sorted()
}

// A checker gathers the findings of one set.
type checker struct {
	set   *criteria.Set
	found diag.Problems
}

// indicator finds what is odd in one indicator by itself. What earns nothing is for information, and asked for nothing.
func (c *checker) indicator(ind *criteria.Indicator) {
	if ind.Effect == criteria.None {
		return
	}
	earns := c.earned(ind)
	c.blank(ind)
	if len(c.set.Source.StructureOnly) == 0 && agenciesAnswer(ind) {
		c.unsaid(ind, earns)
	}
}

// unsaid finds what an indicator that agencies answer does not tell them and their reviewers.
func (c *checker) unsaid(ind *criteria.Indicator, earns reach) {
	if len(ind.Advice) == 0 && ind.Effect != criteria.Bonus && !earns.full() {
		c.found.Warn(c.set.Place(ind, "advice"), "style-no-advice", ind.ID)
	}
	switch {
	case ind.Verifier == "" && ind.Evidence.Required:
		c.found.Warn(c.set.Place(ind, "evidence"), "style-evidence-unseen", ind.ID)
	case ind.Verifier == "":
		c.found.Warn(c.set.Place(ind, "verifier"), "style-no-verifier", ind.ID)
	}
	switch {
	case len(ind.Evidence.Hint) > 0:
	case ind.Evidence.Required:
		c.found.Warn(c.set.Place(ind, "evidence"), "style-no-hint", ind.ID)
	case ind.Effect != criteria.Penalty:
		c.found.Warn(c.set.Place(ind, "evidence"), "style-no-evidence", ind.ID)
	}
}

// agenciesAnswer reports whether agencies enter something that the indicator's rule reads; what departments, surveys
// and councils enter needs no advice, evidence or reviewer. Figures are not the indicator's own.
func agenciesAnswer(ind *criteria.Indicator) bool {
	for _, read := range ind.Rule.Reads() {
		if in, ok := ind.Input(read.Input); ok && in.By == criteria.ByAgency {
			return true
		}
	}
	return false
}

// together reports whether one agency may meet both indicators: they share a group, and neither is only for agencies
// with a tag that the other does not ask for.
func (c *checker) together(a, b *criteria.Indicator) bool {
	if a.When != "" && b.When != "" && a.When != b.When {
		return false
	}
	for _, g := range c.set.Groups {
		if a.Concerns(g.ID) && b.Concerns(g.ID) {
			return true
		}
	}
	return false
}

// alike is a name as people compare it: without regard to case, spaces and how its letters are composed.
func alike(name string) string {
	return strings.Join(strings.Fields(strings.ToLower(norm.NFC.String(name))), " ")
}

// name is a text in the set's first language, which every name has.
func (c *checker) name(t rule.Text) string { return t[c.set.Languages[0]] }
