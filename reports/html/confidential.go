package html

import (
	"bytes"
	_ "embed" // the stylesheet
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/opendti/dti/reports/view"
)

//go:embed confidential.css
var confidentialCSS []byte

// A confidentialSheet is what the template of a confidential document places.
type confidentialSheet struct {
	Document view.Confidential
	CSS      template.CSS
	Policy   string
}

var confidentialTemplate = sync.OnceValue(func() *template.Template {
	return parse("templates/confidential.html")
})

// stampedHead is the rule that prints a stamp at the head of every page, which only a stylesheet can do.
func stampedHead(stamp string) []byte {
	quoted := strings.Map(func(r rune) rune {
		if strings.ContainsRune("\"\\<>\n\r\f", r) { // what would end the text, or the element that holds the sheet
			return ' '
		}
		return r
	}, stamp)
	return []byte("@page { @top-center { content: \"" + quoted + "\"; font: 700 9pt sans-serif; color: #8a1c00; } }\n")
}

// WriteConfidential writes a document for few readers as one file that needs no other. Its policy allows it its one
// stylesheet and nothing else, as that of the scorecard. The error is the writer's.
func WriteConfidential(w io.Writer, c view.Confidential) error {
	css := slices.Concat(coloursCSS, confidentialCSS, stampedHead(c.Stamp))
	sheet := confidentialSheet{Document: c, CSS: template.CSS(css), Policy: stylePolicy(css)} //nolint:gosec // the only text in it is quoted
	var b bytes.Buffer                                                                        // a template that fails leaves no half of a page
	if err := confidentialTemplate().ExecuteTemplate(&b, "confidential", sheet); err != nil {
		return fmt.Errorf("write confidential document: %w", err)
	}
	if _, err := b.WriteTo(w); err != nil {
		return fmt.Errorf("write confidential document: %w", err)
	}
	return nil
}
