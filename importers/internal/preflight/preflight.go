// Package preflight reads an XLSX file as the hostile thing it may be: it looks at the zip and at every XML part before
// anybody believes a cell. Sizes are counted while inflating, checksums are compared, XML must be well formed, rows and
// cells must stand in order, indices must exist. What passes is handed over cell by cell; what does not is a problem
// with its place. It knows nothing of inputs or agencies, and reads no more of a file than cells need.
package preflight

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/opendti/dti/criteria/diag"
)

// A File is what a spreadsheet holds, as it is stored.
type File struct {
	Sheets     []Sheet
	Formats    []Format          // number formats, by the style index of cells
	Properties map[string]string // custom document properties
	Date1904   bool
}

// A Sheet is one sheet of a File.
type Sheet struct {
	Name   string
	Hidden bool
	Rows   []Row
	Merges []Merge
}

// A Row is a row that holds something.
type Row struct {
	Number int
	Hidden bool
	Cells  []Cell
}

// A Merge is a range of merged cells.
type Merge struct {
	Ref                                  string
	FirstRow, FirstCol, LastRow, LastCol int
}

// A Kind says how the text of a cell is stored. The zero Kind is invalid on purpose.
type Kind uint8

// Kinds of cells.
const (
	Number  Kind = iota + 1 // digits of a double
	Text                    // text
	Boolean                 // 1 or 0
	Failure                 // an error such as #DIV/0!
)

// A Cell holds something: text, a number, or a formula without a value.
type Cell struct {
	Col     int
	Kind    Kind
	Formula bool
	NoValue bool // a formula that was never computed
	Style   int
	Text    string
}

// A Format is a number format: one of the built-in ones by its id, or a code.
type Format struct {
	ID   int
	Code string
}

// ole begins files of the old .xls format, and every workbook that a password protects.
const ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

// Check reads a spreadsheet whole or not at all. The name stands for the file in the places of problems.
func Check(name string, data []byte, limits Limits) (*File, diag.Problems) {
	p := &pack{place: diag.Place{File: name}, limits: limits, parts: map[string]*part{}}
	file := p.read(data)
	if len(p.problems) > 0 {
		return nil, p.problems
	}
	return file, nil
}

// A pack is the zip in reading. The first fault ends the reading.
type pack struct {
	place    diag.Place
	limits   Limits
	problems diag.Problems
	order    []*part
	parts    map[string]*part // by the name in lower case
	inflated int64
	tokens   tokens // of the parts, one after the other
}

// A part is one file of the zip.
type part struct {
	name string // as it is stored, with slashes
	file *zip.File
	done bool
}

func (p *pack) fault(at diag.Place, kind string, args ...any) bool {
	p.problems.Fault(at, kind, args...)
	return false
}

func (p *pack) read(data []byte) *File {
	if !p.open(data) {
		return nil
	}
	b := &book{pack: p, file: &File{Properties: map[string]string{}}}
	if !b.read() {
		return nil
	}
	for _, part := range p.order {
		if !part.done && !p.walkRest(part) {
			return nil
		}
	}
	return b.file
}

// open looks at the magic and at the directory of the zip.
func (p *pack) open(data []byte) bool {
	switch {
	case len(data) == 0:
		return p.fault(p.place, "xlsx-empty")
	case bytes.HasPrefix(data, []byte(ole)):
		return p.fault(p.place, "xlsx-ole")
	case !bytes.HasPrefix(data, []byte("PK\x03\x04")):
		if ext := strings.ToLower(path.Ext(p.place.File)); ext != ".xlsx" && ext != ".xlsm" {
			return p.fault(p.place, "xlsx-not-spreadsheet")
		}
		return p.fault(p.place, "xlsx-not-zip")
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return p.fault(p.place, "xlsx-damaged")
	}
	if len(archive.File) > p.limits.Entries {
		return p.fault(p.place, "xlsx-entries", len(archive.File), p.limits.Entries)
	}
	for _, f := range archive.File {
		if !p.admit(f) {
			return false
		}
	}
	return true
}

func (p *pack) admit(f *zip.File) bool {
	name := strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
	if strings.HasSuffix(name, "/") {
		return true // a folder
	}
	if f.Flags&1 != 0 {
		return p.fault(p.place, "xlsx-password")
	}
	key := strings.ToLower(name)
	if _, twice := p.parts[key]; twice {
		return p.fault(p.place, "xlsx-duplicate-part", name)
	}
	part := &part{name: name, file: f}
	p.parts[key] = part
	p.order = append(p.order, part)
	return true
}

// find looks a part up by its name, whatever its case.
func (p *pack) find(name string) (*part, bool) {
	part, ok := p.parts[strings.ToLower(strings.TrimPrefix(path.Clean("/"+name), "/"))]
	return part, ok
}

// errTooLarge ends the inflating of a part.
var errTooLarge = errors.New("too large")

// A meter counts what is inflated.
type meter struct {
	from  io.Reader
	pack  *pack
	bytes int64
}

func (m *meter) Read(b []byte) (int, error) {
	n, err := m.from.Read(b)
	m.bytes += int64(n)
	m.pack.inflated += int64(n)
	if m.bytes > m.pack.limits.Part || m.pack.inflated > m.pack.limits.Total {
		return n, errTooLarge
	}
	return n, err
}

// inflate hands the content of a part to a reader and then reads it to its end, so that its checksum is compared.
func (p *pack) inflate(part *part, at diag.Place, use func(r io.Reader) error) bool {
	part.done = true
	content, err := part.file.Open()
	if err != nil {
		return p.fault(at, "xlsx-damaged-part", part.name)
	}
	defer content.Close()
	m := &meter{from: content, pack: p}
	err = use(m)
	// A part that is damaged or too large is told so, whatever else its torn XML led to.
	_, rest := io.Copy(io.Discard, m)
	var f *fault
	switch {
	case errors.Is(err, errTooLarge) || errors.Is(rest, errTooLarge):
		return p.fault(at, "xlsx-too-large", part.name, int(p.limits.Part>>20), int(p.limits.Total>>20))
	case rest != nil:
		return p.fault(at, "xlsx-damaged-part", part.name)
	case errors.As(err, &f):
		f.place.File, f.place.Sheet = at.File, at.Sheet
		if at.Sheet == "" {
			f.place.Row, f.place.Col = 0, 0
		}
		return p.fault(f.place, f.kind, f.args...)
	case err != nil:
		return p.fault(at, "xlsx-bad-xml", part.name)
	}
	return true
}

// walk reads an XML part with a handler.
func (p *pack) walk(part *part, at diag.Place, h handler) bool {
	return p.inflate(part, at, func(r io.Reader) error { return p.tokens.walk(r, h) })
}

// walkRest reads a part that holds no cells: its size and checksum, and its XML where it is the spreadsheet's own.
// Drawings of the oldest kind (.vml) are often no XML, and custom parts need not be UTF-8: nobody reads them.
func (p *pack) walkRest(part *part) bool {
	ext := strings.ToLower(path.Ext(part.name))
	own := ext == ".xml" || ext == ".rels"
	if strings.HasPrefix(strings.ToLower(part.name), "customxml/") {
		own = false
	}
	if own {
		return p.walk(part, p.place, ignore{})
	}
	return p.inflate(part, p.place, func(io.Reader) error { return nil })
}

// A fault is what a handler refuses.
type fault struct {
	place diag.Place // row and column only
	kind  string
	args  []any
}

// Error is for logs; people read the problem.
func (f *fault) Error() string { return f.kind }

func refuse(row, col int, kind string, args ...any) error {
	return &fault{place: diag.Place{Row: row, Col: col}, kind: kind, args: args}
}
