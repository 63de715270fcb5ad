package sheet

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"
	"golang.org/x/text/unicode/norm"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers/internal/preflight"
)

// OpenXLSX reads a spreadsheet file whole or not at all; the name stands for the file in places. The preflight has
// tokenised every cell already, so its cells are taken as they are; tests hold them against those of excelize.
func OpenXLSX(name string, data []byte, limits Limits) (Book, diag.Problems) {
	file, problems := preflight.Check(name, data, limits)
	if file == nil {
		return Book{Name: name}, problems
	}
	looks := make([]look, len(file.Formats))
	for i, f := range file.Formats {
		looks[i] = lookOf(f)
	}
	book := Book{Name: name, Properties: file.Properties, Date1904: file.Date1904}
	for _, from := range file.Sheets {
		s := Sheet{Name: norm.NFC.String(from.Name), Hidden: from.Hidden, Rows: make([]Row, len(from.Rows))}
		for _, m := range from.Merges {
			s.Merges = append(s.Merges, Merge(m))
		}
		for i := range from.Rows {
			at := diag.Place{File: name, Sheet: s.Name, Row: from.Rows[i].Number}
			s.Rows[i] = rowOf(from.Rows[i], at, looks)
			from.Rows[i].Cells = nil // large tables need the room
		}
		book.Sheets = append(book.Sheets, s)
	}
	return book, nil
}

func rowOf(from preflight.Row, at diag.Place, looks []look) Row {
	row := Row{Number: from.Number, Hidden: from.Hidden, Cells: make([]Cell, len(from.Cells))}
	for i, c := range from.Cells {
		at.Col = c.Col
		cell := Cell{Place: at, Formula: c.Formula, NoValue: c.NoValue}
		switch c.Kind {
		case preflight.Number:
			cell.Numeric, cell.Text = true, digits15(c.Text)
			if c.Style < len(looks) {
				cell.Percent, cell.Date = looks[c.Style] == asPercent, looks[c.Style] == asDate
			}
		case preflight.Boolean:
			cell.Bool, cell.Text = true, c.Text
		case preflight.Failure:
			cell.Error, cell.Text = true, c.Text
		default:
			cell.Text = clean(c.Text)
		}
		row.Cells[i] = cell
	}
	return row
}

// digits15 writes a stored double as Excel shows it: rounded to 15 significant digits, without an exponent.
func digits15(raw string) string {
	const significant = 15
	if raw == "" || len(raw) <= significant && plain(raw) {
		return raw
	}
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return raw // refused as a number later
	}
	short := strconv.FormatFloat(f, 'e', significant-1, 64)
	d, err := decimal.NewFromString(short)
	if err != nil || d.Exponent() > 30 || d.Exponent() < -60 {
		return short
	}
	return d.String()
}

// plain reports whether a number is written as digits, perhaps with a minus and a decimal point between digits.
func plain(s string) bool {
	whole, decimals, pointed := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	return digits(whole) && (!pointed || digits(decimals))
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// clean is a text in form NFC with one kind of line end. Control characters, which only an escape brings into a
// spreadsheet, become visible.
func clean(s string) string {
	if ordinary(s) {
		return s
	}
	if strings.ContainsFunc(s, unicode.IsControl) {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
		s = strings.Map(func(r rune) rune {
			if unicode.IsControl(r) && r != '\n' && r != '\t' {
				return '\uFFFD'
			}
			return r
		}, s)
	}
	return norm.NFC.String(s)
}

// ordinary reports whether a text is clean because of what it is made of: ASCII, Latin letters with their marks, as
// Vietnamese has them, dashes and quotation marks. Nearly all texts are, and need no look at the tables of Unicode.
func ordinary(s string) bool {
	for _, c := range s {
		switch {
		case c >= ' ' && c <= '~', c == '\n', c == '\t':
		case c >= 'À' && c <= '˿', c >= 'Ḁ' && c <= 'ỿ', c >= '‐' && c <= '‧':
		default:
			return false
		}
	}
	return true
}

// A look is how a style shows a number.
type look uint8

const (
	asNumber look = iota
	asPercent
	asDate
)

// lookOf finds how a number format shows a number. The ids below 164 are fixed by the format (ECMA-376, 18.8.30).
func lookOf(f preflight.Format) look {
	if f.Code != "" {
		return lookOfCode(f.Code)
	}
	switch id := f.ID; {
	case id == 9 || id == 10:
		return asPercent
	case id >= 14 && id <= 22, id >= 27 && id <= 36, id >= 45 && id <= 47, id >= 50 && id <= 58:
		return asDate
	default:
		return asNumber
	}
}

// lookOfCode reads a number format's code, past what it only prints: "quoted", \escaped, _spaced, *filled and [colours].
func lookOfCode(code string) look {
	found := asNumber
	for i := 0; i < len(code); i++ {
		switch c := code[i] | 0x20; {
		case code[i] == '"':
			i = skip(code, i, '"')
		case code[i] == '[':
			i = skip(code, i, ']')
		case code[i] == '\\' || code[i] == '_' || code[i] == '*':
			i++
		case code[i] == '%':
			return asPercent
		case c == 'd' || c == 'm' || c == 'y' || c == 'h' || c == 's':
			found = asDate
		}
	}
	return found
}

// skip is the index of the end of what begins at i.
func skip(code string, i int, end byte) int {
	n := strings.IndexByte(code[i+1:], end)
	if n < 0 {
		return len(code)
	}
	return i + 1 + n
}
