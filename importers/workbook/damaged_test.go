package workbook_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring/submission"
)

// Whoever takes a hidden key out of a form learns it in one sentence; nothing of the file counts as an answer.
func TestALostKeyIsOneError(t *testing.T) {
	for name, test := range map[string]struct {
		edit func(f *excelize.File) error
		want string
		at   string
		name string // of the sheet
	}{
		"the column of ids": {
			func(f *excelize.File) error { return f.RemoveCol(answersSheet, "A") }, "form-damaged-ids", answersSheet, answersSheet,
		},
		"the row of marks": {
			func(f *excelize.File) error { return f.RemoveRow(answersSheet, 1) }, "form-damaged-marks", answersSheet, answersSheet,
		},
		"the column of answers": {
			func(f *excelize.File) error { return f.RemoveCol(answersSheet, "F") }, "form-damaged-answers", answersSheet, answersSheet,
		},
		"the sheet of answers": {func(f *excelize.File) error { return f.DeleteSheet(answersSheet) }, "form-damaged-sheet", "", answersSheet},
		"the ids alone": {func(f *excelize.File) error {
			for row := 2; row < 60; row++ {
				if err := f.SetCellStr(answersSheet, fmt.Sprint("A", row), ""); err != nil {
					return err
				}
			}
			return nil
		}, "form-damaged-ids", answersSheet, answersSheet},
		"a renamed sheet without its answers": {func(f *excelize.File) error {
			if err := f.RemoveCol(answersSheet, "F"); err != nil {
				return err
			}
			return f.SetSheetName(answersSheet, "Bài làm")
		}, "form-damaged-answers", "Bài làm", "Bài làm"},
		"the sheet of figures":            {func(f *excelize.File) error { return f.DeleteSheet(detailsSheet) }, "form-damaged-sheet", "", detailsSheet},
		"the column of ids of figures":    {func(f *excelize.File) error { return f.RemoveCol(detailsSheet, "A") }, "form-damaged-ids", detailsSheet, detailsSheet},
		"the column of figures":           {func(f *excelize.File) error { return f.RemoveCol(detailsSheet, "C") }, "form-damaged-answers", detailsSheet, detailsSheet},
		"the row of marks of the figures": {func(f *excelize.File) error { return f.RemoveRow(detailsSheet, 1) }, "form-damaged-marks", detailsSheet, detailsSheet},
	} {
		t.Run(name, func(t *testing.T) {
			form := exampleForm()
			form.Filled = filled(map[submission.Key]rule.Value{key("APP-1.value"): rule.YesNoOf(true), key("figures.staff"): rule.NumberOf(dec("40"))})
			form.Filled.Filler = "Nguyễn Văn A"
			data := edited(t, write(t, form), func(f *excelize.File) { require.NoError(t, test.edit(f)) })
			want := expect(form)
			for _, version := range []string{"2025", "2026"} { // of another edition, too
				want.Set.Version = version
				got, problems := read(t, data, want)
				require.Equal(t, []string{test.want}, kinds(problems), version)
				assert.Equal(t, diag.Error, problems[0].Severity)
				assert.Equal(t, diag.Place{File: file, Sheet: test.at}, problems[0].Place)
				assert.Equal(t, []any{test.name}, problems[0].Args)
				assert.Equal(t, "so-tttt", problems[0].Agency)
				assertWorded(t, problems)
				assert.Equal(t, submission.Submission{Agency: "so-tttt", Files: []string{file}}, got, "nothing was sent")
			}
			want.Set.Version = "2025"
			_, problems := read(t, data, want)
			copied, err := workbook.Annotate(workbook.Sent{Name: file, Data: data, Expect: want, Problems: problems})
			require.NoError(t, err)
			assert.Equal(t, 1, copied.Problems)
		})
	}
}

// A form that asks for nothing on a sheet does not need it.
func TestASheetThatAsksForNothingMayGo(t *testing.T) {
	form := exampleForm()
	form.Set.Figures = form.Set.Figures[1:2]
	indicator(t, form.Set, "INF-1").Rule = &rule.Ratio{Of: of("computers"), Over: of("connected")}
	data := edited(t, write(t, form), func(f *excelize.File) { require.NoError(t, f.DeleteSheet(detailsSheet)) })
	got, problems := read(t, data, expect(form))
	assert.Empty(t, problems)
	assert.True(t, got.Sent)
}

// A form without its label, or of a dti to come, is one all the same, and said so in one sentence.
func TestALostLabel(t *testing.T) {
	form := exampleForm()
	for name, test := range map[string]struct {
		edit func(f *excelize.File) error
		want string
		args []any
	}{
		"no label":         {func(f *excelize.File) error { return f.DeleteSheet("dti") }, "form-label-lost", nil},
		"a label of words": {func(f *excelize.File) error { return f.SetCellStr("dti", "B1", "something else") }, "form-label-lost", nil},
		"a newer label":    {func(f *excelize.File) error { return f.SetCellStr("dti", "B1", "dti.form/v9") }, "form-newer", []any{"dti.form/v9"}},
	} {
		t.Run(name, func(t *testing.T) {
			data := edited(t, write(t, form), func(f *excelize.File) { require.NoError(t, test.edit(f)) })
			b := book(t, data)
			assert.True(t, workbook.Is(b), "a form of ours")
			_, labelled := workbook.LabelOf(b)
			assert.False(t, labelled)
			got, problems := workbook.Read(b, file, expect(form))
			require.Equal(t, []string{test.want}, kinds(problems))
			assert.Equal(t, test.args, problems[0].Args)
			assert.Equal(t, diag.Error, problems[0].Severity)
			assertWorded(t, problems)
			assert.False(t, got.Sent)
			_, err := workbook.Annotate(workbook.Sent{Name: file, Data: data, Expect: expect(form)})
			var faults diag.Problems
			require.ErrorAs(t, err, &faults)
			assert.Equal(t, []string{test.want}, kinds(faults))
		})
	}
	assert.False(t, workbook.Is(sheet.Book{Sheets: []sheet.Sheet{{Name: "dti", Rows: []sheet.Row{{Number: 1, Cells: []sheet.Cell{{Text: "schema"}}}}}}}))
}

// shifted is the example set with APP-1 dropped and the indicators after it counted anew, as an edition that numbers its
// indicators does.
func shifted(t *testing.T) *criteria.Set {
	t.Helper()
	next := exampleSet()
	next.Version = "2026"
	pillar, _ := next.Pillar("application")
	two, three := pillar.Indicators[1], pillar.Indicators[2]
	two.ID, two.From = "APP-1", criteria.Lineage{ID: "APP-2", Comparable: true}
	three.ID, three.From = "APP-2", criteria.Lineage{ID: "APP-3", Comparable: true}
	pillar.Indicators = pillar.Indicators[1:]
	return next
}

// A workbook of another edition is read through the lineage where that fits it better, else by its own ids: a department
// may correct its set in the middle of a round and leave what it says of last year.
func TestTheNearerMappingIsUsed(t *testing.T) {
	answers := map[submission.Key]rule.Value{key("APP-1.value"): rule.YesNoOf(true), key("APP-2.value"): rule.NumberOf(dec("12.5")), key("APP-3.value"): rule.NumberOf(dec("3"))}
	form := exampleForm()
	form.Filled = filled(answers)
	before := write(t, form) // of the edition that the lineage was written for
	next := exampleForm()
	next.Set = shifted(t)
	next.Filled = filled(map[submission.Key]rule.Value{key("APP-1.value"): rule.NumberOf(dec("12.5")), key("APP-2.value"): rule.NumberOf(dec("3"))})
	bumped := write(t, next) // of this round, before its version was changed
	newer := edited(t, bumped, func(f *excelize.File) { require.NoError(t, f.SetCellStr("dti", "B3", "2030")) })
	older := edited(t, bumped, func(f *excelize.File) { require.NoError(t, f.SetCellStr("dti", "B3", "2017")) })
	for name, data := range map[string][]byte{"the edition before": before, "this one": bumped, "a later label": newer, "a label older than the lineage": older} {
		t.Run(name, func(t *testing.T) {
			want := expect(next)
			want.Set = shifted(t)
			want.Set.Version = "2026b"
			got, problems := read(t, data, want)
			assert.Contains(t, kinds(problems), "form-other-edition")
			assert.Zero(t, problems.Stopping(), "%v", problems)
			assert.Equal(t, "12.5", numberOf(got, "APP-1.value"))
			assert.Equal(t, "3", numberOf(got, "APP-2.value"))
			assertWorded(t, problems)
		})
	}
}

func numberOf(s submission.Submission, id string) string {
	d, _ := s.Answers.At(key(id)).Value.Number()
	return d.String()
}

// Where nothing tells the two mappings apart, nothing is guessed.
func TestAnUnclearEditionIsRefused(t *testing.T) {
	form := exampleForm()
	form.Filled = filled(map[submission.Key]rule.Value{key("APP-1.value"): rule.YesNoOf(true)})
	data := write(t, form)
	want := expect(form)
	want.Set = exampleSet()
	want.Set.Version = "2026"
	one, two := indicator(t, want.Set, "APP-1"), indicator(t, want.Set, "APP-2")
	one.ID, one.From = "APP-2", criteria.Lineage{ID: "APP-1", Comparable: true}
	two.ID, two.From = "APP-1", criteria.Lineage{ID: "APP-2", Comparable: true}
	one.Name, two.Name = say("Tên mới", "New"), say("Tên khác", "Other")
	got, problems := read(t, data, want)
	assert.Equal(t, []string{"form-other-edition-unclear"}, kinds(problems))
	assert.Equal(t, []any{"example-city@2025", "example-city@2026"}, problems[0].Args)
	assertWorded(t, problems)
	assert.False(t, got.Sent)
}

// prefilled is a form with answers of 2018.
func prefilled() workbook.Form {
	form := exampleForm()
	form.CarriedFrom = 2018
	form.Filled = filled(map[submission.Key]rule.Value{
		key("figures.staff"): rule.NumberOf(dec("40")), key("INF-1.computers"): rule.NumberOf(dec("38")), key("INF-2.value"): rule.NumberOf(dec("45.07")),
		key("APP-1.value"): rule.YesNoOf(true), key("SRV-3.value"): rule.DayOf("2025-03-01"),
	})
	return form
}

// Answers that were carried over and came back untouched are told.
func TestUntouchedAnswersOfAnEarlierRound(t *testing.T) {
	form := prefilled()
	label, _ := workbook.LabelOf(book(t, write(t, form)))
	assert.Equal(t, 2018, label.CarriedFrom)
	change := func(id string, v any) func(f *excelize.File) {
		return func(f *excelize.File) { require.NoError(t, f.SetCellValue(answersSheet, answerOf(t, f, id), v)) }
	}
	for name, test := range map[string]struct {
		edit func(f *excelize.File)
		want []string
		sev  diag.Severity
		args []any
	}{
		"nothing was touched": {func(*excelize.File) {}, []string{"form-carried-all"}, diag.Warning, []any{"2018", 4}},
		"one was changed":     {change("INF-2.value", 0.5), []string{"form-carried-some"}, diag.Info, []any{"2018", 3, 4}},
		"one was taken out":   {change("APP-1.value", nil), []string{"form-carried-some"}, diag.Info, []any{"2018", 3, 4}},
		"one was added":       {change("SRV-4.value", "Có"), []string{"form-carried-all"}, diag.Warning, []any{"2018", 4}},
		"all were changed": {func(f *excelize.File) {
			for id, v := range map[string]any{"INF-1.computers": 39, "INF-2.value": 0.5, "APP-1.value": "Không", "SRV-3.value": "5/5/2025"} {
				change(id, v)(f)
			}
		}, []string{}, 0, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, problems := read(t, edited(t, write(t, form), test.edit), expect(form))
			assert.True(t, got.Sent)
			require.Equal(t, test.want, kinds(problems))
			assertWorded(t, problems)
			for _, p := range problems {
				assert.Equal(t, test.sev, p.Severity)
				assert.Equal(t, test.args, p.Args)
				assert.Equal(t, "so-tttt", p.Agency)
				assert.Contains(t, locale.MustFor("vi").Problem(p), "2018")
			}
		})
	}
	form.CarriedFrom = 0
	_, problems := read(t, write(t, form), expect(form))
	assert.Empty(t, problems, "the agency's own answers")
}

// What is only to be known makes no annotated copy.
func TestAnAnnotatedCopyNeedsMoreThanInformation(t *testing.T) {
	form := prefilled()
	data := edited(t, write(t, form), func(f *excelize.File) {
		require.NoError(t, f.SetCellValue(answersSheet, answerOf(t, f, "INF-1.computers"), 39))
	})
	assert.Nil(t, annotated(t, data, form).Data)
}

// TRUE is shown as a person sees it.
func TestMessagesShowWhatTheCellShows(t *testing.T) {
	form := exampleForm()
	data := edited(t, write(t, form), func(f *excelize.File) {
		require.NoError(t, f.SetCellBool(answersSheet, answerOf(t, f, "INF-1.computers"), true))
		require.NoError(t, f.SetCellValue(answersSheet, answerOf(t, f, "INF-3.value"), true))
	})
	_, problems := read(t, data, expect(form))
	require.Len(t, problems, 2)
	for _, p := range problems {
		assert.Contains(t, strings.ReplaceAll(locale.MustFor("vi").Problem(p), "”", `"`), `TRUE"`)
	}
}
