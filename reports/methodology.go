package reports

import (
	"io"

	"github.com/opendti/dti/reports/html"
	"github.com/opendti/dti/reports/markdown"
	"github.com/opendti/dti/reports/view"
)

// How the files of WriteMethodologyHTML and WriteMethodologyMarkdown begin, by which they may be known and written anew.
const (
	MethodologyHTMLHead     = html.MethodologyHead
	MethodologyMarkdownHead = markdown.MethodologyHead
)

// WriteMethodologyHTML writes a criteria set as the annex of a decision, as one HTML file that needs no other. The error
// is the writer's.
func WriteMethodologyHTML(w io.Writer, m view.Methodology) error { return html.WriteMethodology(w, m) }

// WriteMethodologyMarkdown writes the same as one Markdown file. The error is the writer's.
func WriteMethodologyMarkdown(w io.Writer, m view.Methodology) error {
	return markdown.WriteMethodology(w, m)
}
