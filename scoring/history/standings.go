package history

import (
	"strings"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/scoring/submission"
)

// FromStandings makes an earlier round of a plain table of results, for a first year that has no results.json. Year is
// the year of the results; 0 takes the latest that the rows state. Rows of other years are left aside. Criteria is the
// address (ID@VERSION) of the criteria set that the results were made with; "" where it is not known, and then scores
// are not compared. What the table does not state stays unknown. The Past is usable where the problems do not stop.
func FromStandings(year int, criteria string, rows []submission.PastStanding) (*Past, diag.Problems) {
	var problems diag.Problems
	if year == 0 {
		for _, row := range rows {
			year = max(year, row.Year)
		}
	}
	past := &Past{Year: year, Plain: true, Groups: map[string]PastGroup{}, Agencies: map[string]PastAgency{}}
	past.CriteriaID, past.CriteriaVersion, _ = strings.Cut(criteria, "@")
	var at diag.Place
	if len(rows) > 0 {
		at = diag.Place{File: rows[0].Place.File}
	}
	if year == 0 {
		problems.Fault(at, "past-year")
	}
	for i, row := range rows {
		if row.Year != 0 && row.Year != year {
			continue
		}
		if row.Code == "" {
			problems.Fault(row.Place, "past-no-code", i+1)
			continue
		}
		if _, twice := past.Agencies[row.Code]; twice {
			problems.Fault(row.Place, "past-agency-twice", row.Code)
			continue
		}
		past.Agencies[row.Code] = PastAgency{
			Group: row.Group, HasScore: row.Score.Set, Score: row.Score.Value, Of: row.Of.Value,
			Ranked: row.Rank > 0, Rank: row.Rank, Rating: row.Rating,
		}
	}
	if len(past.Agencies) == 0 {
		problems.Fault(at, "past-no-agencies")
	}
	past.Groups = countGroups(past)
	return past, problems
}

// countGroups counts agencies and ratings of the groups that agencies name.
func countGroups(past *Past) map[string]PastGroup {
	groups := map[string]PastGroup{}
	for _, a := range past.Agencies {
		if a.Group == "" {
			continue
		}
		groups[a.Group] = groups[a.Group].with(past.Year, a)
	}
	return groups
}

// with counts one agency more. A table that states fewer ranks than its highest rank lists only a part of the group.
func (g PastGroup) with(year int, a PastAgency) PastGroup {
	if g.Ratings == nil {
		g.Year, g.Ratings, g.Pillars = year, map[string]int{}, map[string]PastPillar{}
	}
	g.Agencies++
	if a.Ranked {
		g.Ranked++
	}
	if a.Rating != "" {
		g.Ratings[a.Rating]++
	}
	return g
}
