package workbook

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
)

// save writes the file. The computed row heights lose their mark as heights that a person chose, which excelize always
// sets: without it a row still grows by itself when an agency types more lines into a cell.
func (b *book) save(w io.Writer) error {
	buf, err := b.file.WriteToBuffer()
	if err != nil {
		return err
	}
	packed, err := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	if err != nil {
		return err
	}
	out := zip.NewWriter(w)
	for _, part := range packed.File {
		if !strings.HasPrefix(part.Name, "xl/worksheets/sheet") {
			err = out.Copy(part)
		} else {
			err = copySheet(out, part)
		}
		if err != nil {
			return fmt.Errorf("pack %s: %w", part.Name, err)
		}
	}
	return out.Close()
}

// copySheet copies a sheet without the marks. They cannot stand in a text: there a quotation mark is escaped.
func copySheet(out *zip.Writer, part *zip.File) error {
	r, err := part.Open()
	if err != nil {
		return err
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := r.Close(); err != nil {
		return err
	}
	w, err := out.Create(part.Name)
	if err != nil {
		return err
	}
	_, err = w.Write(bytes.ReplaceAll(data, []byte(` customHeight="true"`), nil))
	return err
}
