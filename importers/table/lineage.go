package table

import (
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

var lineageHeaders = []string{"date", "decision", "kind", "from", "to", "carry", "weight", "note"}

// ReadLineage reads a table of what became of agencies, a line for each pair of codes. Codes are of any year, so that they
// are not looked up. Where `carry` is blank, what is renamed or moved is carried over and everything else is not.
func ReadLineage(source Source, want Want, problems *diag.Problems) []submission.Succession {
	f := fixed{source: source, known: lineageHeaders, required: []string{"date", "kind"}, problems: problems}
	var list []submission.Succession
	for row := range f.records {
		if s, ok := want.succession(row, problems); ok {
			list = append(list, s)
		}
	}
	return list
}

func (w Want) succession(row record, problems *diag.Problems) (submission.Succession, bool) {
	s := submission.Succession{
		Decision: row.text("decision"), From: row.text("from"), To: row.text("to"), Note: row.text("note"), Place: row.Place(),
	}
	day, dated := w.day(row, "date", problems)
	if s.Date = day; dated && day == "" {
		problems.Fault(row.Place(), "lineage-no-date")
		dated = false
	}
	kind, kinded := row.cell("kind")
	if !kinded {
		problems.Fault(row.Place(), "lineage-no-kind")
		return s, false
	}
	s.Fate = submission.Fate(word(kind, "lineage-kind", problems, "renamed", "merged", "split", "moved", "new", "abolished") + 1)
	if s.Fate == 0 || !dated {
		return s, false
	}
	return s, joins(s, problems) && w.carry(row, &s, problems)
}

// joins holds that a line names the codes that its kind needs, and no other.
func joins(s submission.Succession, problems *diag.Problems) bool {
	from, to := s.Fate != submission.Formed, s.Fate != submission.Abolished
	switch {
	case from != (s.From != ""):
		problems.Fault(s.Place, "lineage-from", s.Fate.String())
	case to != (s.To != ""):
		problems.Fault(s.Place, "lineage-to", s.Fate.String())
	case s.From == s.To && s.Fate == submission.Renamed:
		problems.Fault(s.Place, "lineage-same", s.From)
	default:
		return true
	}
	return false
}

func (w Want) carry(row record, s *submission.Succession, problems *diag.Problems) bool {
	s.Carry = submission.CarryNone
	if s.Fate == submission.Renamed || s.Fate == submission.Moved {
		s.Carry = submission.CarryMean
	}
	if c, there := row.cell("carry"); there {
		if s.Carry = submission.Carry(word(c, "lineage-carry", problems, "none", "mean", "sum", "weighted") + 1); s.Carry == 0 {
			return false
		}
	}
	c, weighed := row.cell("weight")
	if weighed {
		n, err := w.number(c)
		if err != nil || !n.IsPositive() {
			problems.Fault(c.Place, "lineage-weight", text(c.Text))
			return false
		}
		s.Weight = rule.Optional{Value: n, Set: true}
	}
	if s.Carry == submission.CarryWeighted && !weighed {
		problems.Fault(row.Place(), "lineage-no-weight", s.From)
		return false
	}
	return true
}
