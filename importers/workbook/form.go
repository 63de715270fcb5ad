// Package workbook writes the self-assessment workbook that an agency fills in, and reads it back. A row and a column
// are known by hidden ids, never by position, so sorting, inserted rows and another file name do no harm. The package
// does not know how an answer is scored.
package workbook

import (
	"cmp"
	"fmt"
	"io"
	"regexp"

	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/scoring/submission"
)

// A Form is one agency's workbook for one round.
type Form struct {
	Set    *criteria.Set
	Round  Round
	Agency submission.Agency
	Lang   string                // language of the form; empty or unknown: the set's first language that there is
	Filled submission.Submission // answers to fill in beforehand; the zero Submission leaves the form blank
}

// A Round is what a form says of its round.
type Round struct {
	ID    string
	Title criteria.Text
	Year  int
}

// Write writes the workbook as XLSX. Equal forms give equal bytes. Answers of Filled to inputs that the agency does not
// enter, or that do not concern it, are left out, and so are answers that could not be read.
func Write(w io.Writer, form Form) error {
	b := newBook(form)
	defer b.close()
	for _, write := range []func(*book){writeGuide, writeDetails, writeAnswers, writeOutcome, writeLists, writeLabel} {
		write(b)
	}
	b.finish()
	if b.err == nil {
		b.err = b.save(w)
	}
	if b.err != nil {
		return fmt.Errorf("write the form of %s: %w", form.Agency.Code, b.err)
	}
	return nil
}

// A book is a workbook in the making. The first error stays in err and stops what follows.
type book struct {
	form   Form
	loc    *locale.Locale
	file   *excelize.File
	styles map[look]int
	lists  lists
	err    error
}

func newBook(form Form) *book {
	file := excelize.NewFile()
	b := &book{form: form, loc: speaker(form), file: file, styles: map[look]int{}}
	b.try(func() error { return file.SetDefaultFont(fontName) })
	b.try(func() error { return file.SetSheetName("Sheet1", b.say("sheet-guide")) })
	for _, name := range []string{b.say("sheet-details"), b.say("sheet-answers"), b.say("sheet-outcome"), listsSheet, labelSheet} {
		b.try(func() error { _, err := file.NewSheet(name); return err })
	}
	return b
}

// speaker is the locale of a form: the wanted one, else the first of the set's languages that there is.
func speaker(form Form) *locale.Locale {
	for _, lang := range append([]string{form.Lang}, form.Set.Languages...) {
		if l, ok := locale.For(lang); ok {
			return l.WithTerms(form.Set.Terms)
		}
	}
	return locale.MustFor("vi").WithTerms(form.Set.Terms)
}

// try runs a step unless an earlier one failed.
func (b *book) try(step func() error) {
	if b.err == nil {
		b.err = step()
	}
}

// put writes a text into a cell. It stays text, whatever it begins with.
func (b *book) put(sheet, at, text string) {
	// Note: a spreadsheet takes _x000D_ for a carriage return; excelize escapes it in some kinds of cells, not in this.
	text = codes.ReplaceAllString(cell(text), "_x005F$0")
	b.try(func() error { return b.file.SetCellStr(sheet, at, text) })
}

// codes look like the file format's way of writing a character.
var codes = regexp.MustCompile(`_x[0-9a-fA-F]{4}_`)

func (b *book) close() { _ = b.file.Close() } // nothing of it is on disk

// say is a sentence of the form.
func (b *book) say(key string, args ...any) string { return b.loc.Say("form."+key, args...) }

// word is a term of the index, in the set's own words where it has them.
func (b *book) word(key string) string { return b.loc.Say("words." + key) }

// text is a name of the set or round in the form's language.
func (b *book) text(t criteria.Text) string { return b.loc.Text(t, b.form.Set.Languages[0]) }

// agency is the agency's name, or its code where it has none.
func (b *book) agency() string { return cmp.Or(b.text(b.form.Agency.Name), b.form.Agency.Code) }

// round is the round's title, or its id where it has none.
func (b *book) round() string { return cmp.Or(b.text(b.form.Round.Title), b.form.Round.ID) }

// finish sets what concerns the whole file: its properties and the sheet that opens.
func (b *book) finish() {
	b.try(func() error {
		day := "2000-01-01T00:00:00Z" // a clock would make two equal forms differ
		if y := b.form.Round.Year; y > 0 && y < 10000 {
			day = fmt.Sprintf("%04d-01-01T00:00:00Z", y)
		}
		return b.file.SetDocProps(&excelize.DocProperties{
			Title: cell(b.say("title", b.text(b.form.Set.Title))), Subject: cell(b.agency()), Creator: "dti",
			LastModifiedBy: "dti", Created: day, Modified: day, Language: b.loc.Lang(),
		})
	})
	b.try(func() error { return b.file.SetAppProps(&excelize.AppProperties{Application: "dti"}) })
	b.file.SetActiveSheet(0)
}
