package workbook

import (
	"strings"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/scoring/submission"
)

// evidenceLines are documents as one cell holds them, a line each.
func evidenceLines(documents []submission.Evidence) string {
	lines := make([]string, 0, len(documents))
	for _, d := range documents {
		if line := strings.Join(strings.Fields(d.Text), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// documents are the lines of a cell of evidence.
func documents(text string, at diag.Place) []submission.Evidence {
	var all []submission.Evidence
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, submission.Evidence{Text: line, Place: at})
		}
	}
	return all
}
