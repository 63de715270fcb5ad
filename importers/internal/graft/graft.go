// Package graft changes a spreadsheet file in a few places and leaves every other byte of it as it was: it adds and
// removes sheets, gives cells another look or content, and adds comments. A program that reads a file and writes it
// again loses what it does not know; this one cuts and pastes in the XML, so nothing is lost. It expects a file that
// package preflight has passed, and knows neither forms nor languages.
package graft

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"
)

// A File is a spreadsheet in change. It is not safe for concurrent use.
type File struct {
	order []*part
	parts map[string]*part // by the name in lower case
	book  *part
	looks *Looks
	grids map[string]*Grid
}

// A part is one file of the zip.
type part struct {
	name  string
	file  *zip.File // nil for a part that was added
	data  []byte
	tree  *node
	edits []edit
	// stamp is the time that the zip says of a part that was added; zero: none.
	stamp   time.Time
	changed bool
	gone    bool
}

// An edit replaces the bytes from (inclusive) to (exclusive) of a part.
type edit struct {
	from, to int
	text     string
}

// errNoBook is about a file that is no spreadsheet.
var errNoBook = errors.New("no workbook part")

// Open opens a spreadsheet. It reads parts only when they are needed.
func Open(data []byte) (*File, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("open the zip: %w", err)
	}
	f := &File{parts: map[string]*part{}, grids: map[string]*Grid{}}
	for _, file := range archive.File {
		p := &part{name: cleanName(file.Name), file: file}
		f.order = append(f.order, p)
		f.parts[strings.ToLower(p.name)] = p
	}
	main := "xl/workbook.xml"
	root, err := f.links("")
	if err != nil {
		return nil, err
	}
	for _, l := range root {
		if l.kind == "officeDocument" {
			main = l.target
		}
	}
	var ok bool
	if f.book, ok = f.find(main); !ok {
		return nil, errNoBook
	}
	return f, nil
}

func cleanName(name string) string {
	return strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/")
}

// find looks a part up by its name, whatever its case.
func (f *File) find(name string) (*part, bool) {
	p, ok := f.parts[strings.ToLower(strings.TrimPrefix(path.Clean("/"+name), "/"))]
	return p, ok && !p.gone
}

// add adds a part; its name must be free.
func (f *File) add(name string, data []byte) *part {
	p := &part{name: name, data: data, changed: true}
	f.order = append(f.order, p)
	f.parts[strings.ToLower(name)] = p
	return p
}

// free is a name for a part that is not taken: xl/comments7.xml for the pattern xl/comments%d.xml.
func (f *File) free(pattern string) string {
	for i := 1; ; i++ {
		name := fmt.Sprintf(pattern, i)
		if _, taken := f.parts[strings.ToLower(name)]; !taken {
			return name
		}
	}
}

// bytes are the bytes of a part as they are now.
func (p *part) bytes() ([]byte, error) {
	if p.data == nil && p.file != nil {
		r, err := p.file.Open()
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", p.name, err)
		}
		defer r.Close()
		if p.data, err = io.ReadAll(r); err != nil {
			return nil, fmt.Errorf("read %s: %w", p.name, err)
		}
	}
	return p.data, nil
}

// Bytes is the file with all changes. Equal files with equal changes give equal bytes.
func (f *File) Bytes() ([]byte, error) {
	if err := f.commit(); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range f.order {
		if p.gone {
			continue
		}
		if err := p.write(w); err != nil {
			return nil, fmt.Errorf("pack %s: %w", p.name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func (p *part) write(w *zip.Writer) error {
	if !p.changed {
		return w.Copy(p.file)
	}
	name := p.name
	if p.file != nil {
		name = p.file.Name
	}
	entry, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: p.stamp})
	if err != nil {
		return err
	}
	_, err = entry.Write(p.data)
	return err
}

// commit makes all edits so far, so that the next ones see them.
func (f *File) commit() error {
	for _, g := range f.grids {
		if err := g.flush(); err != nil {
			return err
		}
	}
	clear(f.grids)
	if f.looks != nil {
		f.looks.flush()
		f.looks = nil
	}
	for _, p := range f.order {
		p.apply()
	}
	return nil
}

// Stamped reports whether a file is a zip with a part of a name whose time is the stamp that it was given.
func Stamped(data []byte, name string, stamp time.Time) bool {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return false
	}
	for _, file := range archive.File {
		if cleanName(file.Name) == name {
			return file.Modified.Equal(stamp)
		}
	}
	return false
}
