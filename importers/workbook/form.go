// Package workbook writes the self-assessment workbook that an agency fills in, and reads it back. A row and a column
// are known by hidden ids, never by position, so sorting, inserted rows and another file name do no harm. The package
// does not know how an answer is scored.
package workbook

import (
	"cmp"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/written"
	"github.com/opendti/dti/scoring/submission"
)

// A Form is one agency's workbook for one round.
type Form struct {
	Set    *criteria.Set
	Round  Round
	Agency submission.Agency
	Lang   string                // language of the form; empty or unknown: the set's first language that there is
	Filled submission.Submission // answers to fill in beforehand; the zero Submission leaves the form blank
	// CarriedFrom is the year of the earlier round that Filled was taken from; 0: Filled is the agency's own.
	CarriedFrom int
	// Bounds are those that an earlier round took from its agencies, by indicator id. The form estimates with them what
	// otherwise waits for the answers of all; without them it says that.
	Bounds     map[string][]rule.Bound
	BoundsYear int              // year of the round of Bounds
	Score      submission.Score // what the engine says of Filled; the zero Score: not known
}

// A Round is what a form says of its round.
type Round struct {
	ID    string
	Title criteria.Text
	Year  int
}

// Write writes the workbook as XLSX. Equal forms give equal bytes. Answers of Filled to inputs that the agency does not
// enter, or that do not concern it, are left out, and so are answers that could not be read. Who writes many forms uses
// a Writer.
func Write(w io.Writer, form Form) error { return NewWriter().Write(w, form) }

// A book is a workbook in the making. The first error stays in err and stops what follows.
type book struct {
	voice
	*plan
	form Form
	file *excelize.File
	err  error
}

func newBook(form Form, p *plan) *book {
	b := &book{voice: p.voice, plan: p, form: form, file: excelize.NewFile()}
	b.try(func() error { return b.file.SetSheetName("Sheet1", b.say("sheet-guide")) })
	for _, name := range []string{
		b.say("sheet-details"), b.say("sheet-answers"), b.say("sheet-outcome"), written.ListsSheet, b.workings.Name(), labelSheet,
	} {
		b.try(func() error { _, err := b.file.NewSheet(name); return err })
	}
	// Note: excelize reads every sheet that was written so far when one is hidden or made active, so this comes first.
	writeLabel(b)
	b.try(func() error { return b.file.SetSheetVisible(written.ListsSheet, false) })
	b.try(func() error { return b.file.SetSheetVisible(b.workings.Name(), false) })
	b.file.SetActiveSheet(0)
	b.try(b.drawLooks)
	return b
}

// try runs a step unless an earlier one failed.
func (b *book) try(step func() error) {
	if b.err == nil {
		b.err = step()
	}
}

// put writes a text into a cell. It stays text, whatever it begins with.
func (b *book) put(sheet, at, text string) {
	b.try(func() error { return b.file.SetCellStr(sheet, at, written.Escaped(written.Text(text))) })
}

func (b *book) close() { _ = b.file.Close() } // nothing of it is on disk

// agency is the agency's name, or its code where it has none.
func (b *book) agency() string { return cmp.Or(b.text(b.form.Agency.Name), b.form.Agency.Code) }

// round is the round's title, or its id where it has none.
func (b *book) round() string { return cmp.Or(b.text(b.form.Round.Title), b.form.Round.ID) }

// finish sets what concerns the whole file: its properties, and that whoever opens it computes it.
func (b *book) finish() {
	b.try(func() error {
		day := "2000-01-01T00:00:00Z" // a clock would make two equal forms differ
		if y := b.form.Round.Year; y > 0 && y < 10000 {
			day = fmt.Sprintf("%04d-01-01T00:00:00Z", y)
		}
		return b.file.SetDocProps(&excelize.DocProperties{
			Title: written.Text(b.say("title", b.text(b.set.Title))), Subject: written.Text(b.agency()), Creator: "dti",
			LastModifiedBy: "dti", Created: day, Modified: day, Language: b.loc.Lang(),
		})
	})
	b.try(func() error { return b.file.SetAppProps(&excelize.AppProperties{Application: "dti"}) })
	compute := true
	b.try(func() error { return b.file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &compute}) })
}
