package view

import "github.com/opendti/dti/scoring"

// A Paper is an administrative document: an announcement, its annex or a letter, in the parts and the order that Vietnamese
// rules give one (Decree 30/2020/NĐ-CP, annex I). Every text stands as it is printed. What is empty is left out.
type Paper struct {
	Lang      string
	Title     string // of the file, with the stamp where it is a draft
	Stamp     string // of a draft; it stands on every page
	Landscape bool   // for wide tables

	// What stands above the text; Issuer "" leaves all of it out, as an annex does.
	Issuer  string // who issues it
	Number  string // with room for the number
	About   string // below the number of a letter: what it is about
	Country string
	Motto   string
	Dated   string // place and day, with room where they are not known

	Kind     string // "THÔNG BÁO"; "" for a letter
	Subject  string // what it is about
	Attached string // of an annex: the document that it belongs to
	To       string // of a letter: "Kính gửi: Sở Du lịch"
	Lead     []PaperLine
	Sections []PaperSection

	Recipients []string    // the first line is the heading
	Signer     []string    // above the room for the signature
	Small      []PaperLine // in small print at the end
}

// A PaperSection is a part of a Paper under a heading.
type PaperSection struct {
	Heading string
	Level   int // 1, or 2 within the section before
	Lines   []PaperLine
	Tables  []PaperTable
}

// A PaperLine is one paragraph.
type PaperLine struct {
	Text string
	Item bool // of a list
}

// A PaperTable is a table whose head is repeated on every page.
type PaperTable struct {
	Caption string
	Columns []PaperColumn
	Rows    [][]string // a cell for every column
	Sum     bool       // the last row sums up the others
}

// A PaperColumn is a column of a PaperTable.
type PaperColumn struct {
	Name  string
	Num   bool // numbers, aligned to the right
	Head  bool // the row's header
	Width int  // share of the table's width; all of them add up to what is shared out
}

// Digits is how many decimals a ranking's totals and its pillars' scores are printed with.
func Digits(ranking *scoring.Ranking) (total, pillar int) {
	d := digitsOf(ranking)
	return d.total, d.pillar
}
