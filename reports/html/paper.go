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

//go:embed paper.css
var paperCSS []byte

// A paperSheet is what the template of an administrative document places.
type paperSheet struct {
	Paper  view.Paper
	CSS    template.CSS
	Policy string
}

// paperForm allows the document its one stylesheet and nothing else, as that of the scorecard.
var paperForm = sync.OnceValue(func() sheetForm {
	css := slices.Concat(coloursCSS, paperCSS)
	return sheetForm{
		template: template.Must(template.ParseFS(templates, "templates/paper.html")),
		css:      template.CSS(css),
		policy:   stylePolicy(css),
	}
})

// WritePaper writes an announcement, its annex or a letter as one file that needs no other and looks on paper as
// administrative documents do.
func WritePaper(w io.Writer, p view.Paper) error {
	form := paperForm()
	var b bytes.Buffer // a template that fails leaves no half of a page
	if err := form.template.ExecuteTemplate(&b, "paper", paperSheet{Paper: p, CSS: form.css, Policy: form.policy}); err != nil {
		return fmt.Errorf("write paper: %w", err)
	}
	if _, err := b.WriteTo(w); err != nil {
		return fmt.Errorf("write paper: %w", err)
	}
	return nil
}
