package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"unicode"
	"unicode/utf8"

	"github.com/opendti/dti/criteria/diag"
)

// mostCSVFaults bounds how many broken records a file may have before it is left.
const mostCSVFaults = 100

// Records walks the records of a CSV file in UTF-8, with or without a byte order mark. The first record, the header,
// decides between "," ";" and tab, and how many fields a record has. A record without content is passed over; one that
// has another number of fields, or cannot be read, is a problem and is left out. The cells of a Row are overwritten by
// the next one.
func Records(name string, data []byte, problems *diag.Problems) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		data := bytes.TrimPrefix(data, []byte("\uFEFF"))
		r := &records{at: diag.Place{File: name}, data: data, problems: problems}
		if r.open() {
			r.walk(yield)
		}
	}
}

type records struct {
	at       diag.Place
	data     []byte
	csv      *csv.Reader
	problems *diag.Problems
	cells    []Cell
	width    int // fields of the header; 0: not read yet

	// A place that the reading has passed: a line, its first byte, a byte column in it and the characters before.
	line, offset, column, characters int
}

// open looks at the file as a whole.
func (r *records) open() bool {
	if len(bytes.TrimSpace(r.data)) == 0 {
		r.problems.Fault(r.at, "csv-empty")
		return false
	}
	if i := bad(r.data); i >= 0 {
		at := r.at
		at.Row = 1 + bytes.Count(r.data[:i], []byte("\n"))
		at.Col = 1 + utf8.RuneCount(r.data[bytes.LastIndexByte(r.data[:i], '\n')+1:i])
		kind := "csv-not-utf8"
		if utf8.FullRune(r.data[i:]) && r.data[i] < utf8.RuneSelf {
			kind = "csv-control"
		}
		r.problems.Fault(at, kind)
		return false
	}
	r.line, r.column = 1, 1
	r.csv = csv.NewReader(bytes.NewReader(r.data))
	r.csv.Comma = delimiter(r.data)
	r.csv.FieldsPerRecord = -1
	r.csv.ReuseRecord = true
	return true
}

// bad finds the first byte that is not UTF-8, or a control character that text does not hold; −1: there is none.
func bad(data []byte) int {
	if utf8.Valid(data) {
		return bytes.IndexFunc(data, func(c rune) bool {
			return c < ' ' && c != '\n' && c != '\r' && c != '\t' || c == 0x7F
		})
	}
	for i := 0; i < len(data); {
		c, size := utf8.DecodeRune(data[i:])
		if c == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// delimiter is what the header has most of, outside quotes.
func delimiter(data []byte) rune {
	counts, quoted, begun := map[byte]int{}, false, false
	for _, c := range data {
		if c == '"' {
			quoted = !quoted
		}
		if c == '\n' && !quoted && begun {
			break
		}
		if !quoted {
			counts[c]++
		}
		begun = begun || !unicode.IsSpace(rune(c))
	}
	// Headers hold commas more often than semicolons, and hardly ever tabs: of equal counts the rarer one decides.
	best := byte(',')
	for _, c := range []byte{';', '\t'} {
		if counts[c] > 0 && counts[c] >= counts[best] {
			best = c
		}
	}
	return rune(best)
}

func (r *records) walk(yield func(Row) bool) {
	for faults := 0; faults < mostCSVFaults; {
		fields, err := r.csv.Read()
		if errors.Is(err, io.EOF) {
			if r.width == 0 && faults == 0 {
				r.problems.Fault(r.at, "csv-empty") // nothing but separators
			}
			return
		}
		if err != nil {
			faults++
			if !r.syntax(err) {
				return
			}
			continue
		}
		row, blank := r.row(fields)
		switch {
		case blank:
		case r.width == 0 || r.fits(&row):
			r.width = len(row.Cells)
			if !yield(row) {
				return
			}
		default:
			faults++
			at := r.at
			at.Row = row.Number
			r.problems.Fault(at, "csv-ragged", len(row.Cells), r.width)
		}
	}
}

// fits reports whether a record has as many fields as the header; blank ones too many are cut off.
func (r *records) fits(row *Row) bool {
	for len(row.Cells) > r.width && row.Cells[len(row.Cells)-1].Blank() {
		row.Cells = row.Cells[:len(row.Cells)-1]
	}
	return len(row.Cells) == r.width
}

// syntax notes a record with stray quotes; false ends the reading.
func (r *records) syntax(err error) bool {
	var parse *csv.ParseError
	if !errors.As(err, &parse) {
		r.problems.Fault(r.at, "csv-quotes")
		return false
	}
	at := r.at
	at.Row = parse.StartLine // of quotes that never end, the line on which their record begins
	if parse.Line == parse.StartLine && parse.Line >= r.line {
		r.pass(parse.Line, parse.Column)
		at.Col = r.characters + 1
	}
	r.problems.Fault(at, "csv-quotes")
	return true
}

// row makes the cells of a record.
func (r *records) row(fields []string) (row Row, blank bool) {
	r.cells = r.cells[:0]
	blank = true
	for i, field := range fields {
		at := r.at
		line, column := r.csv.FieldPos(i)
		r.pass(line, column)
		at.Row, at.Col = line, r.characters+1
		if i == 0 {
			row.Number = line
		}
		c := Cell{Place: at, Text: clean(field)}
		blank = blank && c.Blank()
		r.cells = append(r.cells, c)
	}
	row.Cells, row.record = r.cells, true
	return row, blank
}

// pass moves on to a line and byte column, counting characters.
func (r *records) pass(line, column int) {
	for r.line < line {
		end := bytes.IndexByte(r.data[r.offset:], '\n')
		if end < 0 {
			break
		}
		r.line, r.offset, r.column, r.characters = r.line+1, r.offset+end+1, 1, 0
	}
	from, to := min(r.offset+r.column-1, len(r.data)), min(r.offset+column-1, len(r.data))
	if from < to {
		r.characters += utf8.RuneCount(r.data[from:to])
		r.column = column
	}
}
