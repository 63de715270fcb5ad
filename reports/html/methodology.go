package html

import (
	"bytes"
	_ "embed" // the stylesheet
	"fmt"
	"html/template"
	"io"
	"slices"
	"sync"

	"github.com/opendti/dti/reports/view"
)

//go:embed methodology.css
var methodologyCSS []byte

// MethodologyHead is how every methodology document begins, and no other page.
const MethodologyHead = "<!DOCTYPE html>\n<html data-dti=\"methodology\""

// An annexSheet is what the template of the methodology document places.
type annexSheet struct {
	Methodology view.Methodology
	CSS         template.CSS
	Policy      string
}

// methodologyForm allows the document its one stylesheet and nothing else, as that of the scorecard.
var methodologyForm = sync.OnceValue(func() sheetForm {
	css := slices.Concat(coloursCSS, methodologyCSS)
	return sheetForm{
		template: parse("templates/methodology.html"),
		css:      template.CSS(css),
		policy:   stylePolicy(css),
	}
})

// WriteMethodology writes a criteria set as one file that needs no other: what the annex of a decision looks like.
func WriteMethodology(w io.Writer, m view.Methodology) error {
	form := methodologyForm()
	var b bytes.Buffer // a template that fails leaves no half of a page
	sheet := annexSheet{Methodology: m, CSS: form.css, Policy: form.policy}
	if err := form.template.ExecuteTemplate(&b, "methodology", sheet); err != nil {
		return fmt.Errorf("write methodology: %w", err)
	}
	if _, err := b.WriteTo(w); err != nil {
		return fmt.Errorf("write methodology: %w", err)
	}
	return nil
}
