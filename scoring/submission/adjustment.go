package submission

import "github.com/opendti/dti/criteria/rule"

// Grounds say why an adjustment was made, with the reason of the decision. They are not public: a reason may name persons.
func (a Adjustment) Grounds() rule.Note {
	switch {
	case a.Late > 0 || a.Reason == "":
		return a.PublicGrounds()
	case a.Decision == "":
		return rule.Say("ledger-adjustment-reason", a.Reason)
	default:
		return rule.Say("ledger-adjustment", a.Reason, a.Decision)
	}
}

// PublicGrounds are Grounds as everybody may read them: the number of the decision or the days of lateness.
func (a Adjustment) PublicGrounds() rule.Note {
	switch {
	case a.Late > 0:
		return rule.Say("ledger-late", a.Late)
	case a.Decision == "":
		return rule.Say("ledger-adjusted")
	default:
		return rule.Say("ledger-adjusted-by", a.Decision)
	}
}
