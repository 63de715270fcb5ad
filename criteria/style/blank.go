package style

import (
	"github.com/opendti/dti/criteria"
)

// blank finds an indicator that agencies answer in which an answer can earn less than 0 while no answer earns 0, so that
// it pays to be silent. Where missing answers are left out of the total, and where others enter the answer, a blank is
// nothing to gain from.
func (c *checker) blank(ind *criteria.Indicator) {
	if c.set.Missing.Skip || ind.Effect == criteria.Penalty || !agenciesAnswer(ind) {
		return
	}
	for _, b := range fitted(c.set, ind) {
		// What is judged as a whole is an answer that can be given; the sum of what parts reach may not be.
		if c.judged(ind, ind.Rule, b.basis).least.Sign() < 0 {
			c.found.Warn(c.set.Place(ind, "min"), "style-blank-pays", ind.ID)
			return
		}
	}
}
