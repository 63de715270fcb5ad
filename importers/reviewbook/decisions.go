package reviewbook

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/importers/internal/written"
	"github.com/opendti/dti/scoring/submission"
)

// Rows of the sheet of decisions: hidden marks, the sheet's name, the heads, then the answers.
const (
	titleRow = 2
	headRow  = 3
	firstRow = 4
)

// pageWidth is how many characters stand legibly side by side on a page: some 7 points high.
const pageWidth = 240

// col is the letter of a column of the sheet by its name; "" where the stage has none.
func (f *file) col(name string) string {
	for i, c := range f.columns {
		if c.name == name {
			return diag.ColumnName(i + 2)
		}
	}
	return ""
}

// lastRow is the last row with an answer; a workbook without answers has a blank one.
func (f *file) lastRow() int { return headRow + max(len(f.book.Rows), 1) }

// decisions writes the sheet of decisions.
func (f *file) decisions() {
	sheet := f.say("decide-sheet")
	last := f.lastRow()
	end := diag.ColumnName(len(f.columns)+1) + strconv.Itoa(last)
	// Note: excelize forgets what a sheet was set to when it gets a filter, so this comes first.
	f.try(func() error { return f.file.AutoFilter(sheet, "A"+strconv.Itoa(headRow)+":"+end, nil) })
	f.prepare(sheet, f.pagesWide(), "A1:"+end)
	f.try(func() error { return written.Protect(f.file, sheet) })
	f.freeze(sheet)
	f.tints(sheet, last)
	f.validations(sheet)
	f.try(func() error { return f.stream(sheet) })
}

// pagesWide is over how many pages side by side the sheet is printed, each with the columns that say what a row is.
func (f *file) pagesWide() int {
	repeated, rest := 0.0, 0.0
	for _, c := range f.columns {
		if c.key {
			repeated += c.width
		} else {
			rest += c.width
		}
	}
	pages := 1
	for float64(pages)*(pageWidth-repeated) < rest {
		pages++
	}
	return pages
}

// freeze keeps the heads and the columns that say what a row is in sight, and prints them on every page.
func (f *file) freeze(sheet string) {
	keys := 1
	for _, c := range f.columns {
		if c.key {
			keys++
		}
	}
	below := diag.ColumnName(keys+1) + strconv.Itoa(firstRow)
	f.try(func() error {
		return f.file.SetPanes(sheet, &excelize.Panes{
			Freeze: true, XSplit: keys, YSplit: headRow, TopLeftCell: below, ActivePane: "bottomRight",
			Selection: []excelize.Selection{{SQRef: below, ActiveCell: below, Pane: "bottomRight"}},
		})
	})
	name := "'" + strings.ReplaceAll(sheet, "'", "''") + "'!"
	f.try(func() error {
		return f.file.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", Scope: sheet,
			RefersTo: name + "$B:$" + diag.ColumnName(keys) + "," + name + "$" + strconv.Itoa(headRow) + ":$" + strconv.Itoa(headRow),
		})
	})
}

// stream writes the columns and the rows. Everything else of the sheet must be set before.
func (f *file) stream(sheet string) error {
	w, err := f.file.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	// Note: excelize writes the column set last first, and a file has them in order.
	for i := len(f.columns) - 1; i >= 0; i-- {
		if err := w.SetColWidth(i+2, i+2, f.columns[i].width); err != nil {
			return err
		}
	}
	if err := w.SetColVisible(1, 1, false); err != nil {
		return err
	}
	if err := f.heads(w); err != nil {
		return err
	}
	for i, r := range f.book.Rows {
		number := firstRow + i
		values, tall := f.row(r, number)
		if err := w.SetRow("A"+strconv.Itoa(number), values, excelize.RowOpts{Height: tall}); err != nil {
			return err
		}
	}
	return w.Flush()
}

// heads writes the marks, the sheet's name and the heads.
func (f *file) heads(w *excelize.StreamWriter) error {
	marks, heads := make([]any, len(f.columns)+1), make([]any, len(f.columns)+1)
	marks[0], heads[0] = markKey, rowTitle
	tall := written.LineHeight
	for i, c := range f.columns {
		if c.mark != "" {
			marks[i+1] = c.mark
		}
		l := head
		if c.look >= anyInput {
			l = headInput
		}
		words := f.say("decide-" + c.name)
		heads[i+1] = f.cell(words, l)
		tall = max(tall, written.Height(words, c.width/written.Boldness))
	}
	if err := w.SetRow("A1", marks, excelize.RowOpts{Hidden: true}); err != nil {
		return err
	}
	name := []any{rowTitle, f.cell(f.say("decide-title", f.stage(), f.verifier()), title)}
	if err := w.SetRow("A"+strconv.Itoa(titleRow), name, excelize.RowOpts{Height: titleHeight}); err != nil {
		return err
	}
	return w.SetRow("A"+strconv.Itoa(headRow), heads, excelize.RowOpts{Height: tall})
}

// lacks is a formula that says what the decision of a row still lacks.
func (f *file) lacks(r Row, row int) string {
	at := func(name string) string { return "TRIM($" + f.col(name) + strconv.Itoa(row) + ")" }
	filled := func(name string) string { return "LEN(" + at(name) + ")>0" }
	quoted := func(key string) string { return `"` + strings.ReplaceAll(f.say(key), `"`, `""`) + `"` }
	is := func(word string) string { return at("decision") + `="` + strings.ReplaceAll(word, `"`, `""`) + `"` }
	value, points, reason := filled("value"), filled("points"), filled("reason")
	unreasoned := "IF(" + reason + `,"",` + quoted("decide-lacks-reason") + ")"
	differs := []string{is(f.words.at(reject))}
	for _, v := range []submission.Verdict{keep, grant} {
		if one, there := readyOf(r, v); there && one.verdict != accept {
			differs = append(differs, is(f.words.at(v)))
		}
	}
	return "IF(LEN(" + at("decision") + ")=0," +
		"IF(OR(" + value + "," + points + "," + reason + ")," + quoted("decide-lacks-decision") + `,""),` +
		"IF(" + is(f.words.at(set)) + "," +
		"IF(AND(" + value + "," + points + ")," + quoted("decide-lacks-one") + ",IF(OR(" + value + "," + points + ")," + unreasoned + "," + quoted("decide-lacks-value") + "))," +
		"IF(OR(" + value + "," + points + ")," + quoted("decide-lacks-none") + "," +
		"IF(OR(" + strings.Join(differs, ",") + ")," + unreasoned + `,""))))`
}

// tints colours what a decision lacks; the last column says it in words.
func (f *file) tints(sheet string, last int) {
	first := strconv.Itoa(firstRow)
	says := "$" + f.col("lacks") + first
	for _, lack := range []struct {
		column string
		keys   []string
	}{
		{"decision", []string{"decide-lacks-decision"}},
		{"value", []string{"decide-lacks-value", "decide-lacks-one", "decide-lacks-none"}},
		{"points", []string{"decide-lacks-value", "decide-lacks-one", "decide-lacks-none"}},
		{"reason", []string{"decide-lacks-reason"}},
	} {
		name, keys := lack.column, lack.keys
		conditions := make([]string, len(keys))
		for i, key := range keys {
			conditions[i] = says + `="` + strings.ReplaceAll(f.say(key), `"`, `""`) + `"`
		}
		format := f.tint
		options := []excelize.ConditionalFormatOptions{{Type: "formula", Criteria: "OR(" + strings.Join(conditions, ",") + ")", Format: &format}}
		cells := f.col(name) + first + ":" + f.col(name) + strconv.Itoa(last)
		f.try(func() error { return f.file.SetConditionalFormat(sheet, cells, options) })
	}
}
