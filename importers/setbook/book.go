package setbook

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
)

// A book is a workbook in the making. The first error ends it.
type book struct {
	file   *excelize.File
	set    *criteria.Set
	say    *locale.Locale
	tables tables
	looks  map[look]int
	lists  map[string]string // ranges of the words that dropdowns offer, by vocabulary
	titles map[string]bool   // names of sheets that are taken, in lower case
	err    error
}

func newBook(set *criteria.Set, say *locale.Locale, t tables) *book {
	return &book{
		file: excelize.NewFile(), set: set, say: say, tables: t,
		looks: map[look]int{}, lists: map[string]string{}, titles: map[string]bool{same(listsSheet): true},
	}
}

// close frees what excelize holds; nothing was written to a disk.
func (b *book) close() { _ = b.file.Close() }

func (b *book) try(do func() error) {
	if b.err == nil {
		b.err = do()
	}
}

// all makes the sheets.
func (b *book) all() {
	b.properties()
	b.draw()
	const first = "Sheet1"
	name := b.title("form.book-sheet-settings")
	b.try(func() error { return b.file.SetSheetName(first, name) })
	grids := []grid{b.settings(name)}
	for _, t := range b.tables.sheets {
		grids = append(grids, b.grid(t))
	}
	grids = append(grids, b.legend())
	for _, g := range grids[1:] {
		b.try(func() error { _, err := b.file.NewSheet(g.name); return err })
	}
	b.try(func() error { _, err := b.file.NewSheet(listsSheet); return err })
	b.try(func() error { return b.file.SetSheetVisible(listsSheet, false) }) // it looks at every sheet, so before their rows
	for _, g := range grids {
		b.write(g)
	}
	b.writeLists()
}

func (b *book) properties() {
	const day = "2000-01-01T00:00:00Z" // equal sets, equal bytes
	b.try(func() error {
		return b.file.SetDocProps(&excelize.DocProperties{
			Title: cut(b.text(b.set.Title), 250), Creator: "dti", LastModifiedBy: "dti", Created: day, Modified: day, Language: b.say.Lang(),
		})
	})
	b.try(func() error { return b.file.SetAppProps(&excelize.AppProperties{Application: "dti"}) })
}

func (b *book) text(t criteria.Text) string { return b.say.Text(t, b.set.Languages[0]) }

// forbidden are the characters that the name of a sheet cannot hold.
var forbidden = regexp.MustCompile(`[:\\/?*\[\]\x00-\x1f]+`)

// longestTitle is how long the name of a sheet may be, in UTF-16 units.
const longestTitle = 31

// title is a free name for a sheet: a sentence of the locale, or words of the set.
func (b *book) title(words string) string {
	if b.say.Has(words) {
		words = b.say.Say(words)
	}
	words = strings.Join(strings.Fields(forbidden.ReplaceAllString(words, " ")), " ")
	for i := 1; ; i++ {
		tail := ""
		if i > 1 {
			tail = " " + strconv.Itoa(i)
		}
		name := strings.Trim(short(words, longestTitle-len(tail)), "' ") + tail
		if name != "" && !b.titles[same(name)] {
			b.titles[same(name)] = true
			return name
		}
	}
}

// short cuts a text to a number of UTF-16 units, between words where it can.
func short(s string, units int) string {
	whole := s
	for len(utf16.Encode([]rune(s))) > units {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	if i := strings.LastIndexByte(s, ' '); len(s) < len(whole) && i > len(s)/2 {
		s = s[:i]
	}
	return s
}

func cut(s string, runes int) string {
	if r := []rune(s); len(r) > runes {
		return string(r[:runes])
	}
	return s
}

// A grid is a sheet as it is written: hidden marks, a row of headings, rows.
type grid struct {
	name    string
	page    string
	columns []column // the first one is hidden and holds the kinds of rows
	rows    []gridRow
	frozen  int // columns that stay in sight and are printed on every page
	above   int // rows between the marks and the headings
	offers  int // the row down to which dropdowns reach
}

// A column of a grid.
type column struct {
	mark, heading string
	width         float64
	look          look
	words         string // the vocabulary of its dropdown
	rows          []string
	folded        bool // hidden behind a "+", because no row of the workbook uses it
}

// A gridRow is a row of a grid; a blank cell has no content.
type gridRow struct {
	cells []content
	level int // of the outline
}

// Content of a cell: a text, a number or a day.
type content struct {
	text   string
	number string // digits, where the cell is a number
	day    time.Time
	look   look
}

// longestText is what a cell can hold, in UTF-16 units; excelize cuts longer ones without a word.
const longestText = 32_767

var errTooLong = errors.New("a text is longer than a cell can hold")

// value is content for the writer.
func (b *book) value(c content) (excelize.Cell, error) {
	cell := excelize.Cell{StyleID: b.looks[c.look]}
	switch {
	case c.number != "":
		f, err := strconv.ParseFloat(c.number, 64)
		if err != nil {
			return cell, err
		}
		cell.Value = f
	case !c.day.IsZero():
		cell.Value = c.day
	case c.text != "":
		if len(c.text) > longestText && len(utf16.Encode([]rune(c.text))) > longestText {
			return cell, fmt.Errorf("%w: %q", errTooLong, cut(c.text, 40))
		}
		cell.Value = c.text
	}
	return cell, nil
}

// plainNumber is a number that a cell holds as it is written.
var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$`)

// mostSignificant is how many digits a cell's number keeps.
const mostSignificant = 15

// numberContent is a number as the set writes it: a number for the cell where that comes back the same, else text.
func numberContent(text string, l look) content {
	if digits, ok := cellNumber(text); ok {
		return content{number: digits, look: l}
	}
	if d, err := decimal.NewFromString(text); err == nil && ambiguous(text) {
		// Note: 1.250 as text could be 1250, so its last 0 is given up.
		if digits, ok := cellNumber(d.String()); ok {
			return content{number: digits, look: l}
		}
	}
	return content{text: text, look: l}
}

func cellNumber(text string) (string, bool) {
	digits := strings.TrimLeft(strings.NewReplacer("-", "", ".", "").Replace(text), "0")
	return text, plainNumber.MatchString(text) && text != "-0" && len(digits) <= mostSignificant
}

// dayContent is a date, for the cell where people can see it as one.
func dayContent(text string, l look) content {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1901 || t.Year() > 2199 {
		return content{text: text, look: l}
	}
	if l == setting {
		return content{day: t, look: settingDay}
	}
	return content{day: t, look: day}
}

// write writes a grid as a sheet.
func (b *book) write(g grid) {
	last := cellName(len(g.columns), len(g.rows)+g.above+2)
	b.try(func() error { return b.file.SetSheetDimension(g.name, "A1:"+last) })
	b.print(g)
	b.dropdowns(g)
	b.try(func() error { return b.stream(g) })
}

func cellName(col, row int) string { return diag.ColumnName(col) + strconv.Itoa(row) }

func (b *book) stream(g grid) error {
	w, err := b.file.NewStreamWriter(g.name)
	if err != nil {
		return err
	}
	if err := b.shape(w, g); err != nil {
		return err
	}
	marks, heads, words := make([]any, len(g.columns)), make([]any, len(g.columns)), make([]string, len(g.columns))
	for i, c := range g.columns {
		words[i] = c.heading
		marks[i] = excelize.Cell{Value: c.mark}
		if c.heading != "" {
			heads[i] = excelize.Cell{Value: c.heading, StyleID: b.looks[head]}
		}
	}
	if err := w.SetRow("A1", marks, excelize.RowOpts{Hidden: true}); err != nil {
		return err
	}
	row, tall := 2, excelize.RowOpts{Height: height(words, g.columns, 0.75)}
	for i, r := range g.rows {
		if i == g.above {
			if err := w.SetRow(cellName(1, row), heads, tall); err != nil {
				return err
			}
			row++
		}
		if err := b.row(w, g, row, r); err != nil {
			return err
		}
		row++
	}
	if len(g.rows) <= g.above {
		if err := w.SetRow(cellName(1, row), heads, tall); err != nil {
			return err
		}
	}
	return w.Flush()
}

func (b *book) row(w *excelize.StreamWriter, g grid, number int, r gridRow) error {
	values, texts := make([]any, len(r.cells)), make([]string, len(r.cells))
	for i, c := range r.cells {
		cell, err := b.value(c)
		if err != nil {
			return err
		}
		if cell.Value != nil || c.look != plain {
			values[i] = cell
		}
		if c.look != title && c.look != guide {
			texts[i] = c.text
		}
	}
	opts := excelize.RowOpts{OutlineLevel: r.level, Height: height(texts, g.columns, 1)}
	if len(r.cells) > 1 && r.cells[1].look == title {
		opts.Height = 2 * lineHeight
	}
	return w.SetRow(cellName(1, number), values, opts)
}

// shape sets the widths and looks of the columns. Everything of a streamed sheet but its rows must be set before them,
// and its columns from the last one to the first.
func (b *book) shape(w *excelize.StreamWriter, g grid) error {
	for i, c := range slices.Backward(g.columns) {
		at := i + 1
		err := w.SetColWidth(at, at, max(c.width, 1))
		if err == nil && (i == 0 || c.folded) {
			err = w.SetColVisible(at, at, false)
		}
		if err == nil && c.folded {
			err = w.SetColOutlineLevel(at, 1)
		}
		if err == nil && i > 0 {
			err = w.SetColStyle(at, at, b.looks[c.look])
		}
		if err != nil {
			return err
		}
	}
	return nil
}
