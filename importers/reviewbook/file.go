package reviewbook

import (
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/written"
)

// A file is a workbook in the making. The first error stays in err and stops what follows.
type file struct {
	book    Book
	loc     *locale.Locale
	file    *excelize.File
	columns []column
	words   verdictWords
	offers  written.Lists
	looks   [looks]int
	tint    int
	// Most texts stand in many rows: how tall they are and how an indicator is scored is found once.
	talls map[tallness]float64
	rules map[string]string
	err   error
}

// tallness is a text in a column of a width.
type tallness struct {
	text  string
	width float64
}

// height is the height of a row with a text.
func (f *file) height(text string, width float64) float64 {
	of := tallness{text, width}
	tall, known := f.talls[of]
	if !known {
		tall = written.Height(text, width)
		f.talls[of] = tall
	}
	return tall
}

func newFile(book Book) *file {
	f := &file{
		book: book, loc: speaker(book), file: excelize.NewFile(), columns: columnsAt(book.Stage),
		talls: map[tallness]float64{}, rules: map[string]string{},
	}
	f.words = verdictsOf(f.loc, book.Stage)
	f.try(func() error { return f.file.SetSheetName("Sheet1", f.say("sheet-guide")) })
	for _, name := range []string{f.say("decide-sheet"), written.ListsSheet, labelSheet} {
		f.try(func() error { _, err := f.file.NewSheet(name); return err })
	}
	// Note: excelize reads every sheet that was written so far when one is hidden, so this comes first.
	f.try(func() error { return f.file.SetSheetVisible(written.ListsSheet, false) })
	f.try(func() error { return f.file.SetSheetVisible(labelSheet, false, true) })
	f.try(f.draw)
	return f
}

// speaker is the language of a workbook: the wanted one, else the first of the set's languages that there is.
func speaker(book Book) *locale.Locale {
	for _, lang := range append([]string{book.Lang}, book.Set.Languages...) {
		if l, ok := locale.For(lang); ok {
			return l.WithTerms(book.Set.Terms)
		}
	}
	return locale.MustFor("vi").WithTerms(book.Set.Terms)
}

// try runs a step unless an earlier one failed.
func (f *file) try(step func() error) {
	if f.err == nil {
		f.err = step()
	}
}

func (f *file) close() { _ = f.file.Close() } // nothing of it is on disk

// say is a sentence of workbooks.
func (f *file) say(key string, args ...any) string { return f.loc.Say("form."+key, args...) }

// text is a name of the set, the round or an agency in the workbook's language.
func (f *file) text(t criteria.Text) string { return f.loc.Text(t, f.book.Set.Languages[0]) }

// draw makes the styles.
func (f *file) draw() error {
	if err := f.file.SetDefaultFont(written.FontName); err != nil {
		return err
	}
	points := written.PointsFormat(f.book.Set.Rounding.Indicator)
	for l := range looks {
		id, err := f.file.NewStyle(l.style(points))
		if err != nil {
			return err
		}
		f.looks[l] = id
	}
	id, err := f.file.NewConditionalStyle(lacking())
	f.tint = id
	return err
}

// inputLook is the look of a new value of a type.
func inputLook(t rule.Type) look {
	switch t {
	case rule.Count:
		return countInput
	case rule.Percent:
		return percentInput
	case rule.Day:
		return dateInput
	case rule.Number, rule.Points:
		return anyInput
	default:
		return textInput
	}
}

// cell is a text in a cell. It stays text, whatever it begins with.
func (f *file) cell(text string, l look) excelize.Cell {
	c := excelize.Cell{StyleID: f.looks[l]}
	if text = written.Text(text); text != "" {
		c.Value = text
	}
	return c
}

// content is content in a cell to type into, of which numbers have the look.
func (f *file) content(c written.Content, l look) excelize.Cell {
	if c.Digits == "" {
		if c.Text != "" && l != textInput {
			l = textInput
		}
		return f.cell(c.Text, l)
	}
	number, err := strconv.ParseFloat(c.Digits, 64)
	if err != nil {
		return f.cell(c.Digits, textInput)
	}
	return excelize.Cell{StyleID: f.looks[l], Value: number}
}

// points is a number of points in a cell, blank where there is none.
func (f *file) points(p rule.Optional, l look) excelize.Cell {
	if !p.Set {
		return excelize.Cell{StyleID: f.looks[l]}
	}
	const places = 6
	number := p.Value.Round(places).InexactFloat64() // only shown; what is decided by stands in the round
	return excelize.Cell{StyleID: f.looks[l], Value: number}
}

// texts writes a hidden sheet of plain texts.
func (f *file) texts(sheet string, lines [][]string) {
	f.try(func() error {
		w, err := f.file.NewStreamWriter(sheet)
		if err != nil {
			return err
		}
		for i, line := range lines {
			values := make([]any, len(line))
			for j, text := range line {
				if text != "" {
					values[j] = excelize.Cell{Value: written.Text(text)}
				}
			}
			if err := w.SetRow("A"+strconv.Itoa(i+1), values); err != nil {
				return err
			}
		}
		return w.Flush()
	})
}

// lists writes the hidden sheet of what dropdowns offer.
func (f *file) lists() {
	longest := 0
	for _, options := range f.offers.Columns {
		longest = max(longest, len(options))
	}
	lines := make([][]string, longest)
	for i := range lines {
		lines[i] = make([]string, len(f.offers.Columns))
		for j, options := range f.offers.Columns {
			if i < len(options) {
				lines[i][j] = options[i]
			}
		}
	}
	f.texts(written.ListsSheet, lines)
}

// finish sets what concerns the whole file: its properties, and that whoever opens it computes what decisions lack.
func (f *file) finish() {
	f.try(func() error {
		day := "2000-01-01T00:00:00Z" // a clock would make two equal workbooks differ
		if y := f.book.Round.Year; y > 0 && y < 10000 {
			day = fmt.Sprintf("%04d-01-01T00:00:00Z", y)
		}
		return f.file.SetDocProps(&excelize.DocProperties{
			Title: written.Text(f.title()), Subject: written.Text(f.verifier()), Creator: "dti", LastModifiedBy: "dti",
			Created: day, Modified: day, Language: f.loc.Lang(),
		})
	})
	f.try(func() error { return f.file.SetAppProps(&excelize.AppProperties{Application: "dti"}) })
	compute := true
	f.try(func() error { return f.file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &compute}) })
}
