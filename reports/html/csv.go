package html

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/opendti/dti/reports/view"
)

// bom tells spreadsheets that the file is UTF-8.
const bom = "\ufeff"

// WriteCSV writes a table for machines: UTF-8 with a byte order mark, one header row, numbers with a point and all
// decimals. A text that a spreadsheet would run as a formula begins with an apostrophe.
func WriteCSV(w io.Writer, t view.Table) error {
	if _, err := io.WriteString(w, bom); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	head := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = inert(c.Name)
	}
	records := [][]string{head}
	for _, row := range t.Rows {
		record := make([]string, len(row.Cells))
		for i, c := range row.Cells {
			record[i] = inert(cellText(t.Columns[i], c))
		}
		records = append(records, record)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.WriteAll(records); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}

// cellText is a cell's machine value where the column holds numbers, else its words.
func cellText(col view.Column, c view.Cell) string {
	if col.Num && c.Sort != "" {
		return c.Sort
	}
	return c.Text
}

// inert keeps a text from being run as a formula; numbers stay numbers.
func inert(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r\n", rune(s[0])) {
		return s
	}
	if _, err := strconv.ParseFloat(s, 64); err == nil {
		return s
	}
	return "'" + s
}

// beside is the path of a file named on a page, in that page's folder.
func beside(page, name string) string { return page[:strings.LastIndexByte(page, '/')+1] + name }
