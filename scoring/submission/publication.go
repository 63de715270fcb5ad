package submission

import (
	"slices"

	"github.com/opendti/dti/criteria"
)

// A Publication is who publishes a round's results and how their pages look: what round.yaml says under publish. The zero
// Publication is fine.
type Publication struct {
	Name criteria.Text // who publishes the results; may be empty
	Logo Logo
	// Colour is the publisher's own, "#rrggbb" in small letters, readable on every ground of the pages by day; "": the
	// program's own.
	Colour string
	// Languages are those that come first on the site, in their order, each one a language of the set; the set's others
	// follow. Empty: the set's order.
	Languages []string
	// Announcement are the signed documents by which the results were announced, in the order in which round.yaml names
	// them.
	Announcement []Attachment
}

// InOrder are the languages of a publication: those that it names first, then the others as they are.
func (p Publication) InOrder(langs []string) []string {
	named := func(lang string) bool { return slices.Contains(p.Languages, lang) }
	first := slices.DeleteFunc(slices.Clone(p.Languages), func(lang string) bool { return !slices.Contains(langs, lang) })
	return append(first, slices.DeleteFunc(slices.Clone(langs), named)...)
}

// A Logo is the publisher's picture, a PNG or JPEG file; the zero Logo is none.
type Logo struct {
	Extension     string // "png" or "jpg"
	Width, Height int    // pixels
	Data          []byte
}

// An Attachment is a document that is published as it is, a PDF or Word file.
type Attachment struct {
	Name      string // the file's own name, without folders: "QD-123.pdf"; unique ignoring case
	MediaType string // "application/pdf", or that of .docx
	Data      []byte // at most 20 MB
}
