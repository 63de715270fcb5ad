package history

import (
	"maps"
	"slices"
	"strings"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring/submission"
)

// CheckLineage holds the lineage of a round against itself, against the agencies of the round and against its earlier
// rounds as they were published: lines that say one thing twice or contradict each other, that run in a circle on one
// day, or that name codes which nobody has.
func CheckLineage(round *submission.Round, pasts []*Past) diag.Problems {
	c := &lineageCheck{
		round: round, pasts: pasts, today: codesOf(round.Agencies), then: map[string]bool{},
		days: days(slices.SortedStableFunc(slices.Values(round.Cycle.Lineage), byDay)),
	}
	for _, p := range pasts {
		for code := range p.Agencies {
			c.then[code] = true
		}
	}
	for _, lines := range c.days {
		c.leave(lines)
		c.arrive(lines)
		c.circle(lines)
	}
	c.stillThere()
	c.ownParts()
	c.codes()
	return c.problems.Sorted()
}

func byDay(a, b submission.Succession) int { return strings.Compare(string(a.Date), string(b.Date)) }

// A lineageCheck looks for faults in a lineage.
type lineageCheck struct {
	round    *submission.Round
	pasts    []*Past
	today    map[string]string         // codes of today
	then     map[string]bool           // codes of any earlier round
	days     [][]submission.Succession // in the order of the table within a day
	problems diag.Problems
}

// leave looks at what the lines of one day make of each agency: only a split has several lines.
func (c *lineageCheck) leave(lines []submission.Succession) {
	first := map[string]submission.Succession{}
	pairs := map[[2]string]diag.Place{}
	for _, s := range lines {
		pair := [2]string{s.From, s.To}
		if place, twice := pairs[pair]; twice {
			c.problems.Fault(s.Place, "lineage-twice", place.String())
			continue
		}
		pairs[pair] = s.Place
		if s.From == "" {
			continue
		}
		was, twice := first[s.From]
		switch {
		case !twice:
			first[s.From] = s
		case was.Fate != submission.Split || s.Fate != submission.Split:
			c.problems.Fault(s.Place, "lineage-fates", s.From, was.Fate.String(), s.Fate.String(), was.Place.String())
		}
	}
}

// arrive looks at the lines of one day that lead to each agency: several are a merger or a split, with one carry.
func (c *lineageCheck) arrive(lines []submission.Succession) {
	first := map[string]submission.Succession{}
	joins := func(s submission.Succession) bool { return s.Fate == submission.Merged || s.Fate == submission.Split }
	for _, s := range lines {
		if s.To == "" {
			continue
		}
		was, several := first[s.To]
		switch {
		case !several:
			first[s.To] = s
		case was.From == s.From:
		case !joins(was) || !joins(s):
			c.problems.Fault(s.Place, "lineage-several", s.To, was.Fate.String(), s.Fate.String(), was.Place.String())
		case was.Carry != s.Carry:
			c.problems.Fault(s.Place, "lineage-carries", s.To, was.Carry.String(), s.Carry.String(), was.Place.String())
		}
	}
}

// circle looks for agencies that on one day became each other.
func (c *lineageCheck) circle(lines []submission.Succession) {
	onward := map[string][]submission.Succession{}
	for _, s := range lines {
		if s.From != "" && s.To != "" && s.From != s.To {
			onward[s.From] = append(onward[s.From], s)
		}
	}
	endless(onward)
	done := map[string]bool{}
	for _, s := range lines {
		if done[s.From] || onward[s.From] == nil {
			continue
		}
		if circle := around(s.From, onward, done); circle != nil {
			c.problems.Fault(s.Place, "lineage-circle", strings.Join(circle, " → "))
		}
	}
}

// endless leaves the codes from which lines lead on and on: only these can be on a circle.
func endless(onward map[string][]submission.Succession) {
	into, left := map[string][]string{}, map[string]int{}
	for from, lines := range onward {
		left[from] = len(lines)
		for _, s := range lines {
			into[s.To] = append(into[s.To], from)
		}
	}
	var ends []string
	for to := range into {
		if left[to] == 0 {
			ends = append(ends, to)
		}
	}
	for len(ends) > 0 {
		code := ends[len(ends)-1]
		ends = ends[:len(ends)-1]
		delete(onward, code)
		for _, from := range into[code] {
			if left[from]--; left[from] == 0 {
				ends = append(ends, from)
			}
		}
	}
}

// around finds a circle that begins and ends at a code; done are the codes that were looked at.
func around(start string, onward map[string][]submission.Succession, done map[string]bool) []string {
	done[start] = true
	from := map[string]string{} // how each code was reached
	for todo := []string{start}; len(todo) > 0; {
		code := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, s := range onward[code] {
			if _, reached := from[s.To]; !reached {
				from[s.To] = code
				todo = append(todo, s.To)
			}
		}
	}
	if _, returns := from[start]; !returns {
		return nil
	}
	circle := []string{start}
	for code := from[start]; code != start; code = from[code] {
		done[code] = true
		circle = append(circle, code)
	}
	circle = append(circle, start)
	slices.Reverse(circle)
	return circle
}

// stillThere looks for agencies of today that a line ended and none began again.
func (c *lineageCheck) stillThere() {
	left := map[string]submission.Succession{}
	for _, lines := range c.days {
		for _, s := range lines {
			if s.From != "" {
				left[s.From] = s
			}
		}
		for _, s := range lines {
			delete(left, s.To)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(left)) {
		if c.today[code] == code {
			s := left[code]
			c.problems.Fault(s.Place, "lineage-still-there", code, s.Fate.String())
		}
	}
}

// ownParts looks for lines into an agency that was there before, of which no line says what became of it.
func (c *lineageCheck) ownParts() {
	told := map[diag.Place]bool{}
	for _, p := range c.pasts {
		alive := map[string]bool{}
		for code := range p.Agencies {
			alive[code] = true
		}
		for _, lines := range c.days {
			leaves := map[string]bool{}
			for _, s := range lines {
				leaves[s.From] = true
			}
			for _, s := range lines {
				if p.came(s) && s.To != "" && alive[s.To] && !leaves[s.To] && !told[s.Place] {
					told[s.Place] = true
					c.problems.Fault(s.Place, "lineage-own-part", s.To, s.Date)
				}
			}
			for _, s := range lines {
				delete(alive, s.From)
			}
			for _, s := range lines {
				alive[s.To] = p.came(s) || alive[s.To]
			}
		}
	}
}

// codes looks for codes that neither an earlier round, nor a line of another day, nor the round itself knows. Lines of
// which both codes are unknown are about others: a table for a whole country serves a round of one province.
func (c *lineageCheck) codes() {
	from, to := map[string]rule.Date{}, map[string]rule.Date{} // the last day on which a code ends, the first on which it begins
	for _, lines := range c.days {
		for _, s := range lines {
			from[s.From] = s.Date
			if first, ok := to[s.To]; !ok || s.Date < first {
				to[s.To] = s.Date
			}
		}
	}
	today, then := slices.Sorted(maps.Keys(c.today)), slices.Sorted(maps.Keys(c.then))
	var elsewhere []submission.Succession
	for _, s := range c.round.Cycle.Lineage {
		if !slices.ContainsFunc(c.pasts, func(p *Past) bool { return p.came(s) }) {
			continue // it is about a time before all earlier rounds, or there are none
		}
		begun, earlier := to[s.From]
		ends, later := from[s.To]
		before := s.From == "" || c.then[s.From] || earlier && begun < s.Date
		now := s.To == "" || c.today[s.To] != "" || later && ends > s.Date
		switch {
		case before && now:
		case s.From == "" || s.To == "" || !before && !now:
			elsewhere = append(elsewhere, s)
		case before:
			c.unknown(diag.Error, s.Place, "lineage-unknown-to", s.To, today)
		default:
			c.unknown(diag.Warning, s.Place, "lineage-unknown-from", s.From, then)
		}
	}
	if len(elsewhere) > 0 {
		c.problems.Inform(elsewhere[0].Place, "lineage-elsewhere", len(elsewhere))
	}
}

// unknown tells of a code that nobody has, with the nearest that somebody has.
func (c *lineageCheck) unknown(severity diag.Severity, at diag.Place, kind, code string, known []string) {
	p := diag.Problem{Place: at, Severity: severity}
	p.Kind, p.Args = kind, []any{code}
	if near := diag.Nearest(code, known); near != "" {
		p.Kind, p.Args = kind+"-near", []any{code, near}
	}
	c.problems.Add(p)
}
