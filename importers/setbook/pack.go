package setbook

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

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
	names := slices.SortedFunc(maps.Keys(p.parts), func(a, b string) int {
		return cmp.Or(-cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
	})
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

func rank(name string) int {
	if name == firstPart {
		return 1
	}
	return 0
}

// save writes the file.
func (b *book) save(w io.Writer) error {
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter {
		return &packer{out: zip.NewWriter(w), parts: map[string]*bytes.Buffer{}}
	})
	return b.file.Write(io.Discard)
}

// Heights of rows in points.
const (
	lineHeight = 15.0
	mostHeight = 405.0 // Excel has no higher rows than 409
)

// height is about what the texts of a row need in columns of certain widths; bold text has less room.
func height(texts []string, columns []column, room float64) float64 {
	most := 1
	for i, text := range texts {
		if i >= len(columns) || i == 0 || columns[i].folded {
			continue
		}
		lines := 0
		for paragraph := range strings.SplitSeq(text, "\n") {
			lines += wrapped(paragraph, max(int(columns[i].width*1.05*room), 1))
		}
		most = max(most, lines)
	}
	return min(float64(most)*lineHeight+1, mostHeight)
}

// wrapped counts the lines of a text that is broken between words.
func wrapped(text string, width int) int {
	lines, at := 1, 0
	for word := range strings.FieldsSeq(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case at == 0:
			at = n
		case at+1+n <= width:
			at += 1 + n
		default:
			lines, at = lines+1, n
		}
		lines += (at - 1) / width
		at = (at-1)%width + 1
	}
	return lines
}
