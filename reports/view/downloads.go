package view

import (
	"github.com/shopspring/decimal"
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
	Lede   string
	Files  []Download
	Hashes Table
	Notes  []string
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
		p.Files = append(p.Files, e.download(path, f))
		p.Hashes.Rows = append(p.Hashes.Rows, Row{Cells: []Cell{{Text: fileName(f.Path), Head: true}, {Text: f.SHA256}}})
	}
	if l := e.round.Release.Licence; l != "" {
		p.Notes = append(p.Notes, e.say("downloads-licence", l))
	}
	p.Notes = append(p.Notes, e.say("downloads-public"))
	return p
}

func (e *Edition) download(from string, f File) Download {
	d := Download{
		Link: Link{Text: fileName(f.Path), Href: relative(from, e.folder+f.Path)},
		What: e.say("file-" + f.Kind.Key()), Size: e.size(f.Bytes),
	}
	if f.Revision > 0 {
		d.What = e.say("file-revision", f.Revision, d.What)
	}
	return d
}

func fileName(path string) string {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' {
			return path[i+1:]
		}
	}
	return path
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
