package reviewbook

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/importers/internal/written"
	"github.com/opendti/dti/scoring/submission"
)

// title is what the workbook is: stage and round.
func (f *file) title() string {
	return f.say("decide-title", f.stage(), f.round())
}

func (f *file) stage() string { return f.loc.Say("words.stage-" + f.book.Stage.String()) }

func (f *file) round() string { return cmp.Or(f.text(f.book.Round.Title), f.book.Round.ID) }

// verifier is the verifier's name, or its code where none is known.
func (f *file) verifier() string {
	if f.book.Verifier == "" {
		return f.say("decide-general")
	}
	return cmp.Or(f.text(f.book.Set.VerifierName(f.book.Verifier)), f.text(f.book.Name), f.book.Verifier)
}

// Widths of the sheet of instructions.
const (
	guideLeft  = 26
	guideRight = 110
)

// titleHeight is the height of a row with a title, in points.
const titleHeight = 2 * written.LineHeight

// guide writes the sheet of instructions.
func (f *file) guide() {
	rows, agencies := f.counts()
	lines := append([][2]string{
		{f.say("decide-guide-who"), f.verifier()},
		{f.loc.Say("words.round"), f.round()},
		{f.say("decide-guide-stage"), f.stage()},
		{f.loc.Say("words.set"), f.text(f.book.Set.Title) + " (" + f.book.Set.Address() + ")"},
		{f.say("decide-guide-items"), f.say("decide-guide-counts", rows, agencies)},
		{"", ""},
		{f.say("decide-guide-how-name"), f.say("decide-guide-how", f.say("decide-sheet"), f.say("decide-decision"), f.say("decide-lacks"))},
	}, f.meanings()...)
	lines = append(
		lines,
		[2]string{f.say("decide-guide-whole-name"), f.say("decide-guide-whole", f.say("decide-points"), f.words.at(reject))},
		[2]string{f.say("decide-guide-own-name"), f.say("decide-guide-own")},
		[2]string{f.say("decide-guide-send-name"), f.say("decide-guide-send")},
		[2]string{f.say("decide-guide-secret-name"), f.say("decide-guide-secret")},
	)
	sheet := f.say("sheet-guide")
	f.prepare(sheet, 1, "A1:B"+strconv.Itoa(len(lines)+2))
	f.try(func() error { return written.Protect(f.file, sheet) })
	f.try(func() error {
		w, err := f.file.NewStreamWriter(sheet)
		if err != nil {
			return err
		}
		// Note: excelize writes the column set last first.
		if err := cmp.Or(w.SetColWidth(2, 2, guideRight), w.SetColWidth(1, 1, guideLeft)); err != nil {
			return err
		}
		if err := w.SetRow("A2", []any{f.cell(f.title(), title)}, excelize.RowOpts{Height: titleHeight}); err != nil {
			return err
		}
		for i, line := range lines {
			values := []any{f.cell(line[0], bold), f.cell(line[1], plainText)}
			tall := max(written.LineHeight, written.Height(line[0], guideLeft/written.Boldness), written.Height(line[1], guideRight))
			if err := w.SetRow("A"+strconv.Itoa(i+3), values, excelize.RowOpts{Height: tall}); err != nil {
				return err
			}
		}
		return w.Flush()
	})
}

// meanings say what the words of decisions do.
func (f *file) meanings() [][2]string {
	reason := f.say("decide-reason")
	change := [2]string{f.words.at(set), f.say("decide-guide-set", f.say("decide-value"), f.say("decide-points"), reason)}
	if f.book.Stage == submission.Review {
		return [][2]string{
			{f.words.at(accept), f.say("decide-guide-accept")},
			change,
			{f.words.at(reject), f.say("decide-guide-reject", reason)},
			{f.say("decide-guide-blank-name"), f.say("decide-guide-blank")},
		}
	}
	return [][2]string{
		{f.words.at(keep), f.say("decide-guide-keep", reason)},
		{f.words.at(grant), f.say("decide-guide-grant", f.say("decide-asks"), reason)},
		{f.words.at(accept), f.say("decide-guide-as-claimed")},
		change,
		{f.words.at(reject), f.say("decide-guide-zero", reason)},
		{f.say("decide-guide-blank-name"), f.say("decide-guide-open")},
	}
}

// counts counts answers to decide on and their agencies.
func (f *file) counts() (rows, agencies int) {
	codes := make([]string, len(f.book.Rows))
	for i, r := range f.book.Rows {
		codes[i] = r.Agency.Code
	}
	slices.Sort(codes)
	return len(codes), len(slices.Compact(codes))
}

// prepare sets a sheet up for eyes and paper. Everything of a sheet but its rows must be set before them.
func (f *file) prepare(sheet string, wide int, dimension string) {
	off := false
	f.try(func() error { return f.file.SetSheetView(sheet, 0, &excelize.ViewOptions{ShowGridLines: &off}) })
	f.try(func() error {
		return written.Landscape(f.file, sheet, wide, 0, excelize.HeaderFooterOptions{
			OddHeader: "&L" + written.Margin(f.title(), 110) + "&R" + written.Margin(f.verifier(), 90),
			OddFooter: "&L" + written.Margin(f.book.Set.Address(), 90) + "&R" + f.say("page", "&P", "&N"),
		})
	})
	f.try(func() error { return f.file.SetSheetDimension(sheet, dimension) })
}

// indicator is the indicator of a row; nil for a figure.
func (f *file) indicator(r Row) *criteria.Indicator {
	ind, _ := f.book.Set.Indicator(r.Key.Indicator)
	return ind
}
