package written

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// A packer collects the parts of a file, which come in any order, and packs them in one. It takes the mark off rows that
// excelize sets with their heights: rows would count as made by a person, and no longer grow with what is typed.
type packer struct {
	out   *zip.Writer
	parts map[string]*bytes.Buffer
}

// Create begins a part.
func (p *packer) Create(name string) (io.Writer, error) {
	p.parts[name] = new(bytes.Buffer)
	return p.parts[name], nil
}

// AddFS is never asked for.
func (p *packer) AddFS(fs.FS) error { return fs.ErrInvalid }

// firstPart says what the others are; readers expect it first.
const firstPart = "[Content_Types].xml"

// Close packs the parts.
func (p *packer) Close() error {
	names := slices.Sorted(maps.Keys(p.parts))
	if at, found := slices.BinarySearch(names, firstPart); found {
		names = slices.Insert(slices.Delete(names, at, at+1), 0, firstPart)
	}
	for _, name := range names {
		data := p.parts[name].Bytes()
		if strings.HasPrefix(name, "xl/worksheets/sheet") {
			// The mark cannot stand in a text, where quotation marks are escaped.
			data = bytes.ReplaceAll(data, []byte(` customHeight="1"`), nil)
		}
		w, err := p.out.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err == nil {
			_, err = w.Write(data)
		}
		if err != nil {
			return fmt.Errorf("pack %s: %w", name, err)
		}
	}
	return p.out.Close()
}

// Save writes a workbook: its parts in one order, so that equal workbooks have equal bytes.
func Save(w io.Writer, file *excelize.File) error {
	file.SetZipWriter(func(io.Writer) excelize.ZipWriter {
		return &packer{out: zip.NewWriter(w), parts: map[string]*bytes.Buffer{}}
	})
	return file.Write(io.Discard)
}
