package submission

import (
	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria/rule"
)

// A Score is what the engine says of a submission, without the trace. The cells of a self-assessment form hold it until
// a spreadsheet computes them anew. In the zero Score nothing is known.
type Score struct {
	Indicators map[string]Earned // by id
	Pillars    map[string]Earned // by id; "" is the root
	Total, Of  decimal.Decimal   // the published total, and what a perfect one would be
	Percent    decimal.Decimal   // of Of, with two decimals
	Rating     string            // id; "": none
	Answered   int               // indicators that are scored
	Asked      int               // indicators that concern the agency; 0: nothing is known of the score
}

// Earned is what an indicator or pillar earned.
type Earned struct {
	Status    rule.Status // of an indicator
	Score, Of decimal.Decimal
	Applies   bool // something of it concerns the agency
	Estimated bool // judged under the bounds of an earlier round
}

// Known reports whether the engine said anything of the answers.
func (s Score) Known() bool { return s.Asked > 0 || len(s.Indicators) > 0 }
