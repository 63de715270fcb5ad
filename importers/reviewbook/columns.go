package reviewbook

import (
	"slices"
	"strings"

	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/scoring/submission"
)

// Marks of the hidden row: what a column holds.
const (
	markKey      = "dti:key" // the hidden column with the keys of rows
	markAgency   = "dti:agency"
	markNo       = "dti:no"
	markDecision = "dti:decision"
	markValue    = "dti:value"
	markPoints   = "dti:points"
	markReason   = "dti:reason"
	markReviewer = "dti:reviewer"
	markDate     = "dti:date"
	rowTitle     = "#title" // key of rows of the workbook's own words
)

// A column of the sheet of decisions.
type column struct {
	name  string // its heading is the sentence decide-NAME
	mark  string // "" where reading does not need it
	width float64
	look  look
	ask   bool // only where agencies objected or earlier stages decided
	key   bool // stays in sight and is printed on every page
}

// all are the columns, in their order, after the hidden one.
var all = []column{
	{name: "code", mark: markAgency, width: 12, look: fixed, key: true},
	{name: "agency", width: 20, look: fixed, key: true},
	{name: "no", mark: markNo, width: 6, look: centred, key: true},
	{name: "indicator", width: 28, look: fixed, key: true},
	{name: "group", width: 13, look: fixed},
	{name: "most", width: 7, look: amount},
	{name: "claim", width: 16, look: claimed},
	{name: "claimed-points", width: 8, look: earned},
	{name: "rule", width: 46, look: fixed},
	{name: "evidence", width: 42, look: fixed},
	{name: "remark", width: 18, look: fixed},
	{name: "peers", width: 18, look: fixed},
	{name: "last", width: 13, look: fixed},
	{name: "earlier", width: 24, look: fixed, ask: true},
	{name: "asks", width: 24, look: fixed, ask: true},
	{name: "decision", mark: markDecision, width: 14, look: textInput},
	{name: "value", mark: markValue, width: 14, look: anyInput},
	{name: "points", mark: markPoints, width: 8, look: pointsInput},
	{name: "reason", mark: markReason, width: 30, look: textInput},
	{name: "reviewer", mark: markReviewer, width: 15, look: textInput},
	{name: "date", mark: markDate, width: 12, look: dateInput},
	{name: "lacks", width: 14, look: check},
}

// columnsAt are the columns of a stage.
func columnsAt(stage submission.Stage) []column {
	return slices.DeleteFunc(slices.Clone(all), func(c column) bool { return c.ask && stage == submission.Review })
}

// mostHeadRows is how many rows may have come above the hidden one.
const mostHeadRows = 50

// columnsOf finds the columns of a sheet by their marks: numbers from 1 by mark.
func columnsOf(s sheet.Sheet) map[string]int {
	found := map[string]int{}
	for _, row := range s.Rows[:min(len(s.Rows), mostHeadRows)] {
		for col, c := range row.All {
			if text := strings.TrimSpace(c.Text); strings.HasPrefix(text, "dti:") && found[text] == 0 {
				found[text] = col
			}
		}
		if found[markKey] > 0 {
			return found
		}
	}
	return nil
}
