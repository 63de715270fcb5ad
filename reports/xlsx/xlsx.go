// Package xlsx writes a view.Book as a workbook for Excel and LibreOffice. It knows how a kind of row looks and nothing
// of what it says. Equal books give equal bytes.
package xlsx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/reports/view"
)

// Write writes a book. Texts stay texts, whatever they begin with; what is longer than a cell can hold (32,767
// characters) is cut, with an ellipsis. The error is the writer's, or names the sheet that cannot be made.
func Write(w io.Writer, book view.Book) error {
	f := excelize.NewFile()
	defer f.Close()
	b := &builder{file: f, book: book, formats: map[format]int{}, names: sheetNames(book.Sheets)}
	if err := b.properties(); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	for i, name := range b.names {
		write := b.sheet
		if len(book.Sheets[i].Charts) > 0 {
			write = b.drawn
		}
		if err := write(i, name, book.Sheets[i]); err != nil {
			return fmt.Errorf("write sheet %s: %w", name, err)
		}
	}
	if err := pack(w, f); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

// pack writes the parts of the file in the order of their names: excelize writes streamed sheets in the order of a map.
func pack(w io.Writer, f *excelize.File) error {
	made, err := f.WriteToBuffer()
	if err != nil {
		return err
	}
	r, err := zip.NewReader(bytes.NewReader(made.Bytes()), int64(made.Len()))
	if err != nil {
		return err
	}
	slices.SortFunc(r.File, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, part := range r.File {
		put := out.Copy
		if part.Name == contentTypes {
			put = func(part *zip.File) error { return packTypes(out, part) }
		}
		if err := put(part); err != nil {
			return fmt.Errorf("part %s: %w", part.Name, err)
		}
	}
	return out.Close()
}

// contentTypes is the part that says of what kind the others are.
const contentTypes = "[Content_Types].xml"

// kindOfExtension is a line of it for all parts of an extension.
var kindOfExtension = regexp.MustCompile(`<Default [^>]*></Default>`)

// packTypes writes the kinds of parts with those of extensions in order: beside charts, excelize writes them in the order
// of a map.
func packTypes(out *zip.Writer, part *zip.File) error {
	in, err := part.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	data, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	sorted := kindOfExtension.FindAll(data, -1)
	slices.SortFunc(sorted, bytes.Compare)
	next := 0
	data = kindOfExtension.ReplaceAllFunc(data, func([]byte) []byte { next++; return sorted[next-1] })
	w, err := out.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// A builder makes the sheets of one workbook.
type builder struct {
	file    *excelize.File
	book    view.Book
	formats map[format]int
	names   []string // of the sheets
}

// properties are fixed but for the title: no clock, no person.
func (b *builder) properties() error {
	title := b.book.Title
	if b.book.Draft != "" {
		title = b.book.Draft + " – " + title
	}
	return b.file.SetDocProps(&excelize.DocProperties{
		Title: fit(title, 255), Language: b.book.Lang, Creator: "dti", LastModifiedBy: "dti",
		Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z",
	})
}

// sheet makes one sheet. Its size is stated before streaming begins, since excelize writes it then or never.
func (b *builder) sheet(i int, name string, s view.Sheet) error {
	if err := b.add(i, name); err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(max(len(s.Widths), 1), max(s.Height, 1))
	if err != nil {
		return err
	}
	if err := b.file.SetSheetDimension(name, "A1:"+last); err != nil {
		return err
	}
	if err := b.page(name, s); err != nil {
		return err
	}
	out, err := b.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := b.layout(out, s); err != nil {
		return err
	}
	if err := b.rows(out, s); err != nil {
		return err
	}
	return out.Flush()
}

// add makes the i-th sheet; a new file has a first one already.
func (b *builder) add(i int, name string) error {
	if i == 0 {
		return b.file.SetSheetName(b.file.GetSheetName(0), name)
	}
	_, err := b.file.NewSheet(name)
	return err
}

// paperA4 is the number of A4 in a workbook.
const paperA4 = 9

// page sets the printed page: A4, as wide as the sheet, heads repeated, stamp and page numbers.
func (b *builder) page(name string, s view.Sheet) error {
	orientation, paper, wide, tall := "portrait", paperA4, 1, 0
	if s.Landscape {
		orientation = "landscape"
	}
	if columns := len(s.Widths) - s.KeyCols; len(s.Widths) > maxOnePage {
		wide = (columns + columnsOnPage - 1) / columnsOnPage // a sheet of many columns is unreadable on one page's width
	}
	fitting := true
	if err := b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fitting}); err != nil {
		return err
	}
	if err := b.file.SetPageLayout(name, &excelize.PageLayoutOptions{
		Size: &paper, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall,
	}); err != nil {
		return err
	}
	left, top, head := 0.5, 0.8, 0.3
	if err := b.file.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{
		Left: &left, Right: &left, Top: &top, Bottom: &top, Header: &head, Footer: &head,
	}); err != nil {
		return err
	}
	header := ""
	if b.book.Draft != "" {
		header = "&C&B" + fitHeader(b.book.Draft)
	}
	return b.file.SetHeaderFooter(name, &excelize.HeaderFooterOptions{
		OddHeader: header, OddFooter: "&L" + fitHeader(b.book.Footer) + "&R" + fitHeader(b.book.Page) + " &P/&N",
	})
}

// maxOnePage is the most columns that are printed on the width of one page.
const maxOnePage = 14

// columnsOnPage is how many columns beside those that are repeated a page of a wider sheet has.
const columnsOnPage = 10

// fitHeader is a text for the head or foot of a page, where & begins a command and 255 characters are allowed in all.
func fitHeader(s string) string { return strings.ReplaceAll(fit(s, 100), "&", "&&") }

// layout sets widths, the rows and columns that stay in sight, and the rows repeated in print.
func (b *builder) layout(out *excelize.StreamWriter, s view.Sheet) error {
	for i, width := range s.Widths {
		if err := out.SetColWidth(i+1, i+1, float64(width)); err != nil {
			return err
		}
	}
	if s.Head == 0 {
		return nil
	}
	corner, err := excelize.CoordinatesToCellName(s.KeyCols+1, s.Head+1)
	if err != nil {
		return err
	}
	pane := "bottomLeft"
	if s.KeyCols > 0 {
		pane = "bottomRight"
	}
	if err := out.SetPanes(&excelize.Panes{
		Freeze: true, XSplit: s.KeyCols, YSplit: s.Head, TopLeftCell: corner, ActivePane: pane,
		Selection: []excelize.Selection{{SQRef: corner, ActiveCell: corner, Pane: pane}},
	}); err != nil {
		return err
	}
	titles := quoted(out.Sheet) + "$" + strconv.Itoa(s.Head) + ":$" + strconv.Itoa(s.Head)
	if s.KeyCols > 0 {
		column, err := excelize.ColumnNumberToName(s.KeyCols)
		if err != nil {
			return err
		}
		titles = quoted(out.Sheet) + "$A:$" + column + "," + titles
	}
	return b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: titles, Scope: out.Sheet})
}

func (b *builder) rows(out *excelize.StreamWriter, s view.Sheet) error {
	n := 0
	var cells []any
	for row := range s.Rows {
		n++
		var err error
		if cells, err = b.cells(cells[:0], row, len(s.Widths)); err != nil {
			return err
		}
		if err := out.SetRow("A"+strconv.Itoa(n), cells, height(row, s.Widths)...); err != nil {
			return err
		}
	}
	return nil
}

// Heights of rows in points.
const (
	titleHeight = 24
	lineHeight  = 15
)

// height is that of a row whose texts need more than one line: programs do not measure a row of a streamed sheet. All
// other rows have the usual height.
func height(row view.SheetRow, widths []int) []excelize.RowOpts {
	switch row.Kind {
	case view.TitleRow:
		return []excelize.RowOpts{{Height: titleHeight}}
	case view.HeadRow, view.BodyRow, view.SectionRow, view.TextRow:
	default:
		return nil
	}
	if len(row.Cells) == 1 {
		return nil
	}
	lines := 1
	for i, c := range row.Cells {
		if i < len(widths) && !c.Numeric {
			lines = max(lines, linesOf(c.Text, widths[i]*11/10-margin))
		}
	}
	if lines == 1 {
		return nil
	}
	return []excelize.RowOpts{{Height: min(float64(lines*lineHeight+2), excelize.MaxRowHeight)}}
}

// margin is the part of a column, in characters, that its text does not use. Letters are a tenth narrower than the
// digits that a column's width counts.
const margin = 2

// linesOf is how many lines a text needs, broken between words, in a column of so many characters.
func linesOf(text string, width int) int {
	if len(text) <= width {
		return 1 + strings.Count(text, "\n")
	}
	lines := 0
	for paragraph := range strings.SplitSeq(text, "\n") {
		used := 0
		lines++
		for word := range strings.FieldsSeq(paragraph) {
			n := utf8.RuneCountInString(word)
			if used > 0 && used+1+n > width {
				lines, used = lines+1, 0
			}
			if used > 0 {
				used++
			}
			for used += n; used > width; used -= max(width, 1) {
				lines++
			}
		}
	}
	return lines
}

// cells are the cells of a row, filled up to the width of the sheet.
func (b *builder) cells(cells []any, row view.SheetRow, width int) ([]any, error) {
	if row.Kind == view.BlankRow {
		return cells, nil
	}
	for i := range max(width, len(row.Cells)) {
		var c view.SheetCell
		if i < len(row.Cells) {
			c = row.Cells[i]
		}
		style, err := b.style(formatOf(row, c))
		if err != nil {
			return nil, err
		}
		cell := excelize.Cell{StyleID: style}
		switch {
		case c.Numeric:
			cell.Value = number(c.Number)
		case c.Text != "":
			cell.Value = fit(c.Text, excelize.TotalCellChars)
		}
		cells = append(cells, cell)
	}
	return cells, nil
}

// number is a decimal as the double that spreadsheets know; it is the last step before the file.
func number(d decimal.Decimal) any { return d.InexactFloat64() }

// fit cuts a text to so many UTF-16 units, which is what spreadsheets count.
func fit(s string, most int) string {
	if len(s) <= most {
		return s
	}
	units := utf16.Encode([]rune(s))
	if len(units) <= most {
		return s
	}
	units = units[:most-1]
	if utf16.IsSurrogate(rune(units[len(units)-1])) && units[len(units)-1] < 0xDC00 {
		units = units[:len(units)-1]
	}
	return string(utf16.Decode(units)) + "…"
}
