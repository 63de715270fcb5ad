package workbook

import (
	"strings"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/scoring/submission"
)

// An entry is one input that a form shows.
type entry struct {
	key   submission.Key
	ind   *criteria.Indicator // nil for a figure
	in    criteria.Input
	state state
}

// A state says whether the agency fills an entry in. The zero state is invalid on purpose.
type state int

const (
	open        state = iota + 1 // the agency fills it in
	given                        // somebody else does
	unconcerned                  // its indicator is not for agencies such as this one
)

// id is what the hidden column of the entry's row holds.
func (e entry) id() string { return e.key.String() }

// figureEntries lists the figures that matter to the agency's group.
func figureEntries(set *criteria.Set, agency submission.Agency) []entry {
	read, wanted := map[string]bool{}, map[string]bool{}
	for ind := range set.Root.AllIndicators() {
		if ind.Rule == nil {
			continue
		}
		for _, r := range ind.Rule.Reads() {
			if id, ok := strings.CutPrefix(r.Input, criteria.FiguresID+"."); ok {
				read[id] = true
				wanted[id] = wanted[id] || ind.Concerns(agency.Group)
			}
		}
	}
	var entries []entry
	for _, in := range set.Figures {
		if wanted[in.ID] || !read[in.ID] {
			e := entry{key: submission.Key{Indicator: criteria.FiguresID, Input: in.ID}, in: in, state: open}
			if in.By != criteria.ByAgency {
				e.state = given
			}
			entries = append(entries, e)
		}
	}
	return entries
}

// indicatorEntries lists the inputs of an indicator of the agency's group.
func indicatorEntries(ind *criteria.Indicator, agency submission.Agency) []entry {
	entries := make([]entry, len(ind.Inputs))
	for i, in := range ind.Inputs {
		e := entry{key: submission.Key{Indicator: ind.ID, Input: in.ID}, ind: ind, in: in, state: open}
		switch {
		case !concerned(ind, agency):
			e.state = unconcerned
		case in.By != criteria.ByAgency:
			e.state = given
		}
		entries[i] = e
	}
	return entries
}

// concerned reports whether an indicator of the agency's group is for the agency.
func concerned(ind *criteria.Indicator, agency submission.Agency) bool {
	return ind.When == "" || agency.HasTag(ind.When)
}

// allEntries lists what the agency's form shows, in its order.
func allEntries(set *criteria.Set, agency submission.Agency) []entry {
	entries := figureEntries(set, agency)
	for ind := range set.Root.AllIndicators() {
		if ind.Concerns(agency.Group) {
			entries = append(entries, indicatorEntries(ind, agency)...)
		}
	}
	return entries
}
