package reports

import (
	"io"

	"github.com/opendti/dti/reports/html"
	"github.com/opendti/dti/reports/view"
)

// ScorecardHead is how every file of WriteScorecard begins, by which it may be known and written anew.
const ScorecardHead = html.ScorecardHead

// WriteScorecard writes an agency's own assessment as one HTML file that needs no other. The error is the writer's.
func WriteScorecard(w io.Writer, s view.Scorecard) error { return html.WriteScorecard(w, s) }
