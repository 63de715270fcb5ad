package html

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the stylesheet
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"slices"
	"sync"

	"github.com/opendti/dti/reports/view"
)

//go:embed scorecard.css
var scorecardCSS []byte

// ScorecardHead is how every scorecard begins, and no other page.
const ScorecardHead = "<!DOCTYPE html>\n<html data-dti=\"scorecard\""

// A sheet is what the template of the scorecard places.
type sheet struct {
	Card   view.Scorecard
	CSS    template.CSS
	Policy string
}

// A sheetForm is what all scorecards have in common.
type sheetForm struct {
	template *template.Template
	css      template.CSS
	policy   string
}

// scorecardForm allows the card its one stylesheet, by its hash, and nothing else: no script, no image, no address.
var scorecardForm = sync.OnceValue(func() sheetForm {
	css := slices.Concat(coloursCSS, scorecardCSS)
	return sheetForm{
		template: parse("templates/scorecard.html"),
		css:      template.CSS(css),
		policy:   stylePolicy(css),
	}
})

// stylePolicy allows a page that stands alone one stylesheet, by its hash, and nothing else.
func stylePolicy(css []byte) string {
	hash := sha256.Sum256(css)
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'; base-uri 'none'; form-action 'none'"
}

// WriteScorecard writes a scorecard as one file that needs no other: it opens from a disk without a network.
func WriteScorecard(w io.Writer, s view.Scorecard) error {
	form := scorecardForm()
	var b bytes.Buffer // a template that fails leaves no half of a page
	if err := form.template.ExecuteTemplate(&b, "scorecard", sheet{Card: s, CSS: form.css, Policy: form.policy}); err != nil {
		return fmt.Errorf("write scorecard: %w", err)
	}
	if _, err := b.WriteTo(w); err != nil {
		return fmt.Errorf("write scorecard: %w", err)
	}
	return nil
}
