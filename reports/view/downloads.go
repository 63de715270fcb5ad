package view

import (
	"path"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
)

// A FileKind says what a published data file is. The zero FileKind is invalid on purpose.
type FileKind int

// Kinds of data files, in the order in which they are offered.
const (
	ResultsXLSX FileKind = iota + 1
	ResultsCSV
	DataJSON
	CriteriaYAML
	DictionaryCSV // what every column and indicator means
	DataPackage   // datapackage.json, which describes the other files for programs
	OtherFile     // any other
	Announcement  // the signed document by which the results were announced
	Checksums     // SHA256SUMS: the hashes of the others
)

// Key is the kind's part of a sentence's key.
func (k FileKind) Key() string {
	switch k {
	case ResultsXLSX:
		return "xlsx"
	case ResultsCSV:
		return "csv"
	case DataJSON:
		return "json"
	case CriteriaYAML:
		return "yaml"
	case DictionaryCSV:
		return "dictionary"
	case DataPackage:
		return "package"
	case Announcement:
		return "announcement"
	case Checksums:
		return "sums"
	default:
		return "other"
	}
}

// A File is one published data file.
type File struct {
	Kind   FileKind
	Path   string // from the edition's folder: "results.xlsx", "../../data/2019/results.csv"
	Bytes  int64
	SHA256 string // in hexadecimal
	// Revision is the earlier revision that the file belongs to; 0 for the one that is published now.
	Revision int
}

// A DownloadsPage offers the data files.
type DownloadsPage struct {
	Page
	Lede    string
	Files   []Download
	Hashes  Table
	Check   string // how to check files against the hashes; "" where there are none
	Command string // what does it
	Earlier []Download
	Cite    []string // how to cite; the first is the citation
	Licence string
	Hidden  []string // what is not published, and why
}

// Kind is "downloads".
func (*DownloadsPage) Kind() string { return "downloads" }

// A Download is one file to take away.
type Download struct {
	Link
	What string // what is in it and for whom
	Size string
}

// Downloads makes the page that offers the data files.
func (e *Edition) Downloads() *DownloadsPage {
	path := e.downloadsPath()
	p := &DownloadsPage{Page: e.page(path, e.say("downloads-title"), ""), Lede: e.say("downloads-lede")}
	p.Description = p.Lede
	p.Hashes = Table{
		Caption: e.say("hashes-caption"),
		Columns: []Column{{Name: e.say("hashes-file"), Key: true}, {Name: "SHA-256", Key: true}},
	}
	for _, f := range e.Files {
		d := e.download(path, f)
		p.Files = append(p.Files, d)
		p.Hashes.Rows = append(p.Hashes.Rows, Row{Cells: []Cell{{Text: d.Text, Head: true}, {Text: f.SHA256}}})
		if f.Kind == Checksums {
			p.Check, p.Command = e.say("downloads-sums", d.Text), "sha256sum --ignore-missing -c "+d.Text
		}
	}
	for _, f := range e.Earlier {
		p.Earlier = append(p.Earlier, e.download(path, f))
	}
	p.Cite, p.Hidden = e.citation(), e.hidden()
	if p.Licence = e.round.Release.Licence; p.Licence == "" {
		p.Licence = e.say("licence-none")
	}
	return p
}

// citation says how to name the edition: who, when, what, which revision, where. A draft is not cited.
func (e *Edition) citation() []string {
	if e.draft() != "" {
		return []string{e.say("downloads-cite-draft")}
	}
	r := e.round.Release
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	who := e.publishedBy()
	if year := yearOf(r.Date); who != "" && year != "" {
		who += " (" + year + ")"
	}
	add(who)
	add(e.title())
	add(r.Decision)
	revision := e.say("cite-revision", max(r.Revision, 1))
	if day := e.words.Date(r.Date); day != "" {
		revision += ", " + day
	}
	add(revision)
	add(e.absolute(e.homePath()))
	return []string{strings.Join(parts, ". ") + ".", e.say("cite-files")}
}

// publishedBy is who publishes the results; "" where the round does not say.
func (e *Edition) publishedBy() string { return e.text(e.round.Publish.Name) }

// yearOf is the year of a date as written in files; "" where there is none.
func yearOf(d rule.Date) string {
	year, _, _ := strings.Cut(string(d), "-")
	return year
}

// hidden says what is not published, and why. Indicators that are not published on their own are counted, not named.
func (e *Edition) hidden() []string {
	said := []string{e.say("hidden-people"), e.say("hidden-evidence"), e.say("hidden-remarks")}
	var pointsOnly []string
	nothing := 0
	for ind := range e.set.Root.AllIndicators() {
		switch ind.Public {
		case criteria.PointsOnly:
			pointsOnly = append(pointsOnly, numbered(ind.No, e.text(ind.Name)))
		case criteria.Nothing:
			nothing++
		case criteria.Answers:
		}
	}
	if n := len(pointsOnly); n > 0 {
		said = append(said, e.count("hidden-answers", n, strings.Join(few(pointsOnly), "; ")))
	}
	if nothing > 0 {
		said = append(said, e.count("hidden-indicators", nothing))
	}
	return said
}

func (e *Edition) download(from string, f File) Download {
	d := Download{
		Link: Link{Text: path.Base(f.Path), Href: Relative(from, e.folder+f.Path)},
		What: e.say("file-" + f.Kind.Key()), Size: e.size(f.Bytes),
	}
	if f.Revision > 0 {
		d.What = e.say("file-revision", f.Revision, d.What)
	}
	return d
}

// size writes a number of bytes, from a thousand on in kB or MB of a thousand.
func (e *Edition) size(n int64) string {
	d := decimal.NewFromInt(n)
	if n < 1000 {
		return e.words.Number(d, 0) + " B"
	}
	if n < 1_000_000 {
		return e.words.Number(d.DivRound(decimal.NewFromInt(1000), 1), 1) + " kB"
	}
	return e.words.Number(d.DivRound(decimal.NewFromInt(1_000_000), 1), 1) + " MB"
}
