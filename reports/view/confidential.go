package view

// A Confidential is a document for few readers: an agency's own draft or the council's dossier. It stands by itself: one
// file that needs no other. No page of the site is made of it.
type Confidential struct {
	Lang        string
	Title       string // of the document; begins with the stamp
	Stamp       string // who may read it; it stands on every printed page
	Kind        string // what it is
	Heading     string // whom it is about
	HeadingLang string // language of Heading where it is not the document's
	Across      bool   // printed across, for wide tables
	About       []Fact
	Numbers     []Fact
	Lede        []string
	Others      []Link // the same in other languages and forms, beside it
	OthersSay   string
	Parts       []ConfidentialPart
	Footer      []Fact
	FooterSay   string
}

// A ConfidentialPart is a section under a heading: lines, then a list, then a table. What is empty is left out.
type ConfidentialPart struct {
	ID      string // letters, digits and -
	Heading string
	Lines   []string
	Items   []string
	Table   Table
	More    string // what the table leaves out; "" where nothing
}
