package history

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// A Carried says how an earlier result became that of a body of today.
type Carried struct {
	Steps []Step    // what happened, in the order of the days
	Why   rule.Note // why nothing was carried over; zero where it was
}

// Carry is how the result was made: the last rule by which several became one; 0 where it is one agency's as it was.
func (c *Carried) Carry() submission.Carry {
	carry := submission.Carry(0)
	for _, s := range c.Steps {
		if s.Carry != 0 {
			carry = s.Carry
		}
	}
	return carry
}

// A Step is one day's line, or lines, of a lineage that led to one body.
type Step struct {
	Date     rule.Date // empty: the table of agencies says it, which gives no days
	Decision string    // may be empty
	Fate     submission.Fate
	Carry    submission.Carry // 0: the result of the only part, as it was
	Parts    []Part           // by code; none of a body that was new
}

// A Part is an agency that another one came from, with the score that it had: its own, or one carried over before.
type Part struct {
	Code   string
	Name   criteria.Text // empty: not known
	Score  rule.Optional // as it was published; one carried over in an earlier step may have more decimals
	Weight rule.Optional
}

// came reports whether a succession came after the round, so that its results are re-based by it: its day is after the
// last day of the round's period; where the period is not known, in a later year. A line without a day is one that the
// table of agencies states, and came after every round that still has one of the earlier codes.
func (p *Past) came(s submission.Succession) bool {
	switch {
	case s.Date == "":
		_, ok := p.Agencies[s.From]
		return ok && s.From != s.To
	case p.Ended != "":
		return s.Date > p.Ended
	default:
		return s.Date > rule.Date(strconv.Itoa(p.Year)+"-12-31")
	}
}

// successions are the lines that came after the round, each once, in the order of their days; within a day by the
// codes, so that the order of the table does not matter. An agency that the table of agencies says to be formed of others
// is merged from them, and nothing is carried over, unless a lineage says how.
func (p *Past) successions(round *submission.Round) []submission.Succession {
	var lines []submission.Succession
	told := map[string]bool{}
	for _, s := range round.Cycle.Lineage {
		told[s.To] = true
		if p.came(s) {
			lines = append(lines, s)
		}
	}
	for _, a := range round.Agencies {
		if !told[a.Code] {
			lines = append(lines, p.formed(a)...)
		}
	}
	slices.SortFunc(lines, inOrder)
	return slices.CompactFunc(lines, func(a, b submission.Succession) bool {
		return a.Date == b.Date && a.From == b.From && a.To == b.To
	})
}

// formed are the lines that the table of agencies stands for, where the round knew one of the earlier codes.
func (p *Past) formed(a submission.Agency) []submission.Succession {
	var lines []submission.Succession
	known := false
	for _, from := range a.FormedFrom {
		s := submission.Succession{Fate: submission.Merged, From: from, To: a.Code, Carry: submission.CarryNone, Place: a.Place}
		known = known || p.came(s)
		lines = append(lines, s)
	}
	if !known {
		return nil
	}
	return lines
}

func inOrder(a, b submission.Succession) int {
	weight := func(s submission.Succession) string { return s.Weight.Value.String() }
	return cmp.Or(
		cmp.Compare(a.Date, b.Date), cmp.Compare(a.To, b.To), cmp.Compare(a.From, b.From), cmp.Compare(a.Fate, b.Fate),
		cmp.Compare(a.Carry, b.Carry), cmp.Compare(weight(a), weight(b)), cmp.Compare(a.Decision, b.Decision),
	)
}

// days are the lines of each day.
func days(lines []submission.Succession) [][]submission.Succession {
	var out [][]submission.Succession
	for len(lines) > 0 {
		n := slices.IndexFunc(lines, func(s submission.Succession) bool { return s.Date != lines[0].Date })
		if n < 0 {
			n = len(lines)
		}
		out, lines = append(out, lines[:n]), lines[n:]
	}
	return out
}

// codesOf are the codes of the agencies of today, each with the agency's own: an alias stands for the agency too.
func codesOf(agencies []submission.Agency) map[string]string {
	codes := map[string]string{}
	for _, a := range agencies {
		for _, alias := range a.Aliases {
			codes[alias] = a.Code
		}
	}
	for _, a := range agencies {
		codes[a.Code] = a.Code
	}
	return codes
}

// Note says what happened on the step's day: "merged from A, B by decision 202/2025/QH15 of 01/07/2025".
func (s Step) Note() rule.Note {
	by := byAuthority(s.Date, s.Decision)
	if len(s.Parts) == 0 {
		return rule.Say("lineage-formed", by)
	}
	names := make([]rule.Note, len(s.Parts))
	for i, p := range s.Parts {
		names[i] = p.name()
	}
	from := listed(names)
	switch s.Fate {
	case submission.Renamed:
		return rule.Say("lineage-renamed-from", from, by)
	case submission.Split:
		return rule.Say("lineage-split-from", from, by)
	case submission.Moved:
		if len(s.Parts) == 1 {
			return rule.Say("lineage-moved-group", by)
		}
	case submission.Merged, submission.Formed, submission.Abolished:
	}
	return rule.Say("lineage-merged-from", from, by)
}

// CarryNote says how the result of the year came to be carried over: "the score of 2024 is the mean of A (0.8335), B (0.5803)".
// It is zero for a step that leaves the result as it was.
func (s Step) CarryNote(year int) rule.Note {
	parts := make([]rule.Note, len(s.Parts))
	for i, p := range s.Parts {
		parts[i] = p.name()
		switch {
		case !p.Score.Set:
		case s.Carry == submission.CarryWeighted:
			parts[i] = rule.Say("lineage-part-weighed", p.name(), written(p.Score.Value), p.Weight.Value)
		default:
			parts[i] = rule.Say("lineage-part", p.name(), written(p.Score.Value))
		}
	}
	then := strconv.Itoa(year)
	switch s.Carry {
	case submission.CarryMean:
		return rule.Say("lineage-mean", then, listed(parts))
	case submission.CarrySum:
		return rule.Say("lineage-sum", then, listed(parts))
	case submission.CarryWeighted:
		return rule.Say("lineage-weighted", then, listed(parts))
	case submission.CarryNone:
	}
	return rule.Note{}
}

// written is a score with the decimals that it was published with, in every language: 0.8340 is not 0.834.
func written(d decimal.Decimal) rule.Text {
	text := rule.Text{}
	for _, lang := range locale.Langs() {
		text[lang] = locale.MustFor(lang).Number(d, int(min(max(-d.Exponent(), 0), mostPlaces)))
	}
	return text
}

func (p Part) name() rule.Note {
	if len(p.Name) == 0 {
		return rule.Say("lineage-body", p.Code)
	}
	return rule.Say("lineage-body", p.Name)
}

// byAuthority says by which decision and of what day something happened; zero where neither is known.
func byAuthority(day rule.Date, decision string) rule.Note {
	switch {
	case day != "" && decision != "":
		return rule.Say("lineage-by", decision, day)
	case decision != "":
		return rule.Say("lineage-by-decision", decision)
	case day != "":
		return rule.Say("lineage-by-day", day)
	default:
		return rule.Note{}
	}
}

// listed is several notes as one, with commas.
func listed(notes []rule.Note) rule.Note {
	if len(notes) == 0 {
		return rule.Note{}
	}
	list := notes[len(notes)-1]
	for _, n := range slices.Backward(notes[:len(notes)-1]) {
		list = rule.Say("lineage-list", n, list)
	}
	return list
}

// Note says what became of an agency: "merged with others by decision 202/2025/QH15 of 01/07/2025"; zero where no
// lineage says it.
func (g Gone) Note() rule.Note {
	by := byAuthority(g.Date, g.Decision)
	switch g.Fate {
	case submission.Merged:
		return rule.Say("lineage-gone-merged", by)
	case submission.Split:
		return rule.Say("lineage-gone-split", by)
	case submission.Moved, submission.Renamed:
		return rule.Say("lineage-gone-moved", by)
	case submission.Abolished:
		return rule.Say("lineage-gone-abolished", by)
	case submission.Formed:
	}
	return rule.Note{}
}
