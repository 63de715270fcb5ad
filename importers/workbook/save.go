package workbook

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// A part is a packed part of a file.
type part struct {
	header zip.FileHeader
	packed []byte
}

// parts collects the parts of a file instead of packing them, in whatever order they come. Parts that are kept already
// are dropped.
type parts struct {
	all  map[string]*bytes.Buffer
	kept map[string]part
}

// Create begins a part.
func (p *parts) Create(name string) (io.Writer, error) {
	if _, ok := p.kept[name]; ok {
		return io.Discard, nil
	}
	buf := new(bytes.Buffer)
	p.all[name] = buf
	return buf, nil
}

// AddFS is never asked for.
func (p *parts) AddFS(fs.FS) error { return fs.ErrInvalid }

// Close does nothing: what is collected is packed later.
func (p *parts) Close() error { return nil }

// stylesPart is the part with the looks of all cells.
const stylesPart = "xl/styles.xml"

// A packer packs parts, one after the other.
type packer struct {
	flate *flate.Writer
	buf   bytes.Buffer
}

// shared reports whether a part is the same in every form of a plan: looks, colours, options and formulas.
func (b *book) shared(name string) bool {
	switch name {
	case stylesPart, "xl/theme/theme1.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", b.part(listsIndex), b.part(calcIndex):
		return true
	}
	return false
}

// part is the name of the part that holds a sheet, counted from 0.
func (b *book) part(sheet int) string { return fmt.Sprintf("xl/worksheets/sheet%d.xml", sheet+1) }

// save writes the file: its parts in a fixed order, of which those that all forms of the plan share are packed once.
func (b *book) save(w io.Writer, z *packer) error {
	all := &parts{all: map[string]*bytes.Buffer{}, kept: b.kept}
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return all })
	if _, err := b.file.WriteToBuffer(); err != nil {
		return err
	}
	if b.kept == nil {
		b.kept = map[string]part{}
	}
	out := zip.NewWriter(w)
	for _, name := range b.order(all) {
		p, ok := b.kept[name]
		if !ok {
			var err error
			if p, err = z.pack(name, b.clean(name, all.all[name].Bytes())); err != nil {
				return fmt.Errorf("pack %s: %w", name, err)
			}
			if b.shared(name) {
				p.packed = slices.Clone(p.packed)
				b.kept[name] = p
			}
		}
		if err := p.write(out); err != nil {
			return fmt.Errorf("pack %s: %w", name, err)
		}
	}
	return out.Close()
}

// order lists the parts: what they are comes first, as readers expect.
func (b *book) order(all *parts) []string {
	names := make([]string, 0, len(all.all)+len(b.kept))
	for name := range all.all {
		names = append(names, name)
	}
	for name := range b.kept {
		names = append(names, name)
	}
	slices.SortFunc(names, func(x, y string) int {
		const first = "[Content_Types].xml"
		switch {
		case x == first:
			return -1
		case y == first:
			return 1
		}
		return strings.Compare(x, y)
	})
	return names
}

// clean takes the marks off a sheet that excelize always sets: row heights would count as chosen by a person, so that
// rows no longer grow when an agency types more lines into a cell; and it gives formulas that yield a blank text that
// text, where the form knows what its formulas yield. Neither mark can stand in a text, where quotation marks and
// brackets are escaped.
func (b *book) clean(name string, data []byte) []byte {
	if !strings.HasPrefix(name, "xl/worksheets/sheet") {
		return data
	}
	data = bytes.ReplaceAll(data, []byte(` customHeight="1"`), nil)
	if b.form.Score.Known() && name != b.part(calcIndex) {
		data = bytes.ReplaceAll(data, []byte(`</f></c>`), []byte(`</f><v></v></c>`))
	}
	return data
}

// pack packs a part. What it returns is valid until the next call.
func (z *packer) pack(name string, data []byte) (part, error) {
	z.buf.Reset()
	if z.flate == nil {
		var err error
		if z.flate, err = flate.NewWriter(&z.buf, flate.DefaultCompression); err != nil {
			return part{}, err
		}
	} else {
		z.flate.Reset(&z.buf)
	}
	if _, err := z.flate.Write(data); err != nil {
		return part{}, err
	}
	if err := z.flate.Close(); err != nil {
		return part{}, err
	}
	return part{packed: z.buf.Bytes(), header: zip.FileHeader{
		Name: name, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(data),
		CompressedSize64: uint64(z.buf.Len()), UncompressedSize64: uint64(len(data)),
	}}, nil
}

func (p part) write(out *zip.Writer) error {
	header := p.header // the writer of the archive notes things in it
	w, err := out.CreateRaw(&header)
	if err != nil {
		return err
	}
	_, err = w.Write(p.packed)
	return err
}
