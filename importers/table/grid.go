package table

import (
	"iter"
	"slices"
	"strings"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/scoring/submission"
)

// A Source is one table: a CSV file or a sheet. Its rows can be walked once.
type Source struct {
	File string
	rows iter.Seq[sheet.Row]
	page sheet.Sheet
}

// CSV is a table in a CSV file. Problems of the file are added while it is walked.
func CSV(name string, data []byte, problems *diag.Problems) Source {
	return Source{File: name, rows: sheet.Records(name, data, problems)}
}

// Sheet is the table in a spreadsheet: its first sheet that is shown and holds something. Others are told.
func Sheet(book sheet.Book, problems *diag.Problems) (Source, bool) {
	var found *sheet.Sheet
	for i, s := range book.Sheets {
		if len(s.Rows) == 0 {
			continue
		}
		switch {
		case found == nil && !s.Hidden:
			found = &book.Sheets[i]
		case s.Hidden:
			problems.Inform(diag.Place{File: book.Name, Sheet: s.Name}, "table-hidden-sheet")
		default:
			problems.Inform(diag.Place{File: book.Name, Sheet: s.Name}, "table-other-sheet", found.Name)
		}
	}
	if found == nil {
		problems.Fault(diag.Place{File: book.Name}, "table-empty")
		return Source{}, false
	}
	return Source{File: book.Name, page: *found, rows: slices.Values(found.Rows)}, true
}

// A header is one column's title.
type header struct {
	col   int
	title string
	place diag.Place
}

// headersOf lists the titles of a row.
func headersOf(row sheet.Row) []header {
	var list []header
	row.All(func(col int, c sheet.Cell) bool {
		if title := strings.Join(strings.Fields(c.Text), " "); title != "" {
			list = append(list, header{col: col, title: title, place: c.Place})
		}
		return true
	})
	return list
}

// mostTitleRows bounds how many rows may stand above the headers of a foreign sheet.
const mostTitleRows = 30

// split finds the row of headers and the rows below it: the first row for which is says yes, else the first row.
func (s Source) split(is func([]header) bool, use func(headers []header, rows iter.Seq[sheet.Row])) {
	next, stop := iter.Pull(s.rows)
	defer stop()
	var above []sheet.Row
	found := -1
	for len(above) < mostTitleRows {
		row, ok := next()
		if !ok {
			break
		}
		row.Cells = slices.Clone(row.Cells)
		above = append(above, row)
		if is(headersOf(row)) {
			found = len(above) - 1
			break
		}
	}
	if len(above) == 0 {
		return
	}
	first := max(found, 0)
	use(headersOf(above[first]), func(yield func(sheet.Row) bool) {
		for _, row := range above[first+1:] {
			if !yield(row) {
				return
			}
		}
		for row, ok := next(); ok; row, ok = next() {
			if !yield(row) {
				return
			}
		}
	})
}

// A fixed table has headers of its own.
type fixed struct {
	source   Source
	known    []string // headers
	also     func(title string) bool
	required []string
	loose    bool // other headers are left aside
	problems *diag.Problems
}

// A record is a row of a fixed table.
type record struct {
	sheet.Row
	columns map[string]int
	page    sheet.Sheet
}

// cell is the cell under a header; ok is false where it is blank or the header is not there.
func (r record) cell(title string) (sheet.Cell, bool) {
	col, ok := r.columns[title]
	if !ok {
		return sheet.Cell{Place: r.Place()}, false
	}
	return r.At(col)
}

// text is what stands under a header; "" where it is blank.
func (r record) text(title string) string {
	c, _ := r.cell(title)
	return text(c.Text)
}

func (r record) has(title string) bool {
	_, ok := r.columns[title]
	return ok
}

// agency finds the agency of a row of a department's table, or tells that it is not there.
func (w Want) agency(row record, problems *diag.Problems) (submission.Agency, bool) {
	c, there := row.cell("agency")
	if !there {
		problems.Fault(row.Place(), "agency-no-code")
		return submission.Agency{}, false
	}
	a, known := w.Agencies.Find(text(c.Text))
	if !known {
		unknownAgency(problems, c, w.Agencies)
	}
	return a, known
}

// day reads a day; a blank is "". ok is false after telling what is no day.
func (w Want) day(row record, title string, problems *diag.Problems) (day rule.Date, ok bool) {
	c, there := row.cell(title)
	if !there {
		return "", true
	}
	day, ok = w.Reader.Day(c)
	if !ok {
		problems.Fault(c.Place, "table-date", title, text(c.Text))
	}
	return day, ok
}

// records walks the rows of a fixed table.
func (f fixed) records(yield func(record) bool) {
	seen := false
	f.source.split(func([]header) bool { return true }, func(headers []header, rows iter.Seq[sheet.Row]) {
		seen = true
		columns, ok := f.columns(headers)
		if !ok {
			return
		}
		for row := range rows {
			if !yield(record{Row: row, columns: columns, page: f.source.page}) {
				return
			}
		}
	})
	if !seen && len(*f.problems) == 0 {
		f.problems.Fault(diag.Place{File: f.source.File}, "table-empty")
	}
}

// columns finds the columns by their headers.
func (f fixed) columns(headers []header) (map[string]int, bool) {
	columns := map[string]int{}
	for _, h := range headers {
		title := known(h.title, f.known)
		if title == "" && f.also != nil && f.also(strings.ToLower(h.title)) {
			title = strings.ToLower(h.title)
		}
		switch _, twice := columns[title]; {
		case title == "" && f.loose:
		case title == "":
			unknown(f.problems, h.place, "table-unknown-column", h.title, f.known)
		case twice:
			f.problems.Fault(h.place, "table-column-twice", h.title)
		default:
			columns[title] = h.col
		}
	}
	ok := true
	for _, title := range f.required {
		if _, there := columns[title]; !there {
			at := diag.Place{File: f.source.File}
			if len(headers) > 0 {
				at = headers[0].place
				at.Col = 0
			}
			f.problems.Fault(at, "table-needs-column", title)
			ok = false
		}
	}
	return columns, ok
}

// known finds a header of ours, whatever its case.
func known(title string, all []string) string {
	for _, k := range all {
		if strings.EqualFold(k, title) {
			return k
		}
	}
	return ""
}

// unknown notes a name that is not known. With a name near it, the kind has "-near" at its end and the last blank names
// it; without one, the last blank lists what is known.
func unknown(problems *diag.Problems, at diag.Place, kind, name string, known []string) {
	if near := diag.Nearest(name, known); near != "" {
		problems.Fault(at, kind+"-near", name, near)
		return
	}
	problems.Fault(at, kind, name, known)
}
