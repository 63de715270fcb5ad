package reviewbook_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/answer"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/importers/reviewbook"
	"github.com/opendti/dti/importers/table"
	"github.com/opendti/dti/scoring/submission"
)

const at = "reviews/a.xlsx!Decisions!"

// What is wrong with a decision is told at its cell with the remedy, and the others count.
func TestFaults(t *testing.T) {
	r := round(t)
	data := written(t, bookOf(r, "so-noi-vu", "en", submission.Review))
	for name, test := range map[string]struct {
		fill func(*desk)
		want []string // without their places
		cell string   // of the first: row and column
		left int      // decisions that count
	}{
		"no reason":    {func(d *desk) { d.set("so-y-te/A-1.value", "decision", "Reject") }, []string{`a decision that differs from what the agency “so-y-te” claims for “A-1” needs a reason. Write it into this cell.`}, "so-y-te/A-1.value reason", 0},
		"unknown word": {func(d *desk) { d.set("so-y-te/A-1.value", "decision", "perhaps") }, []string{`read “perhaps”, need one of: Accept, Change, Reject.`}, "so-y-te/A-1.value decision", 0},
		"nothing set": {func(d *desk) {
			d.set("so-y-te/A-1.value", "decision", "change")
			d.set("so-y-te/A-1.value", "reason", "x")
		}, []string{`the decision Change needs exactly one of a new value and points. Fill in one cell and leave the other blank.`}, "so-y-te/A-1.value value", 0},
		"too much set": {func(d *desk) {
			d.set("so-y-te/A-1.value", "decision", "Accept")
			d.set("so-y-te/A-1.value", "points", 3)
		}, []string{`this decision goes without a new value and without points. Delete them, or change the decision to Change.`}, "so-y-te/A-1.value points", 0},
		"points out of range": {func(d *desk) { change(d, "so-y-te/A-1.value", "points", 5.5) }, []string{`5.5 points are not within 0 to 5. Mend the points.`}, "so-y-te/A-1.value points", 0},
		"points below 0":      {func(d *desk) { change(d, "so-y-te/A-7.value", "points", -2) }, nil, "", 1},
		"points unreadable":   {func(d *desk) { change(d, "so-y-te/A-1.value", "points", "much") }, []string{`read "much", need a number of points.`}, "so-y-te/A-1.value points", 0},
		"value unreadable":    {func(d *desk) { change(d, "so-y-te/A-4.done", "value", "38 máy") }, []string{`A-4.done: read "38 máy", a whole number is needed. Enter 38.`}, "so-y-te/A-4.done value", 0},
		"value of figures":    {func(d *desk) { change(d, "so-y-te/A-9.", "value", "3") }, []string{`the indicator “A-9” is computed from shared figures alone and takes no new value. Enter points, or change the shared figure.`}, "so-y-te/A-9. value", 0},
		"date": {func(d *desk) {
			d.set("so-y-te/A-1.value", "decision", "Accept")
			d.set("so-y-te/A-1.value", "date", "soon")
		}, []string{`read "soon", need a date such as 29/10/2020.`}, "so-y-te/A-1.value date", 0},
		"undecided": {func(d *desk) { d.set("so-y-te/A-1.value", "reason", "Có quy chế") }, []string{`the row says “Có quy chế” but has no decision. Choose a decision, or delete what is written.`}, "so-y-te/A-1.value decision", 0},
		"only a name": {func(d *desk) {
			d.set("so-y-te/A-1.value", "reviewer", "An")
			d.set("so-y-te/A-1.value", "date", "1/2/2026")
		}, nil, "", 0},
		"unknown row": {func(d *desk) {
			d.set("so-y-te/A-1.value", "decision", "Accept")
			d.set("so-y-te/A-1.value", "key", "so-y-te/A-99.value")
		}, []string{`the row “so-y-te/A-99.value” is not one of this review workbook, so its decision does not count. Enter it in the row of the workbook that dti review wrote.`}, "so-y-te/A-1.value decision", 0},
		"no key at all": {func(d *desk) {
			d.set("so-y-te/A-1.value", "decision", "Accept")
			d.set("so-y-te/A-1.value", "key", "x")
		}, []string{`the row “x” is not one of this review workbook, so its decision does not count. Enter it in the row of the workbook that dti review wrote.`}, "so-y-te/A-1.value decision", 0},
		"indicators sorted apart": {func(d *desk) {
			d.set("so-y-te/A-1.value", "decision", "Accept")
			d.set("so-y-te/A-1.value", "no", "2")
		}, []string{`the row shows the indicator “2”, but its hidden key is that of “1”; columns may have been sorted apart, so the decision does not count. Take the original file, or sort the whole table.`}, "so-y-te/A-1.value decision", 0},
		"a formula nobody computed": {func(d *desk) {
			require.NoError(d.t, d.file.SetCellFormula(d.name, d.at("so-y-te/A-1.value", "decision"), `"Acc"&"ept"`))
		}, []string{`the cell holds a formula that was never computed. Open the file, let it compute and save it, or choose one of: Accept, Change, Reject.`}, "so-y-te/A-1.value decision", 0},
		"points nobody computed": {func(d *desk) {
			change(d, "so-y-te/A-1.value", "reviewer", "An")
			require.NoError(d.t, d.file.SetCellFormula(d.name, d.at("so-y-te/A-1.value", "points"), "1+1"))
		}, []string{`the cell holds a formula that was never computed. Open the file, let it compute and save it, or type the points.`}, "so-y-te/A-1.value points", 0},
		"points as a percentage": {func(d *desk) {
			change(d, "so-y-te/A-1.value", "points", 0.5)
			look, err := d.file.NewStyle(&excelize.Style{NumFmt: 9})
			require.NoError(d.t, err)
			require.NoError(d.t, d.file.SetCellStyle(d.name, d.at("so-y-te/A-1.value", "points"), d.at("so-y-te/A-1.value", "points"), look))
		}, []string{`read "50%", need a number of points.`}, "so-y-te/A-1.value points", 0},
		"columns sorted apart": {func(d *desk) {
			d.set("so-y-te/A-1.value", "decision", "Accept")
			d.set("so-y-te/A-1.value", "agency", "so/xd")
		}, []string{`the row shows the agency “so/xd”, but its hidden key is that of “so-y-te”; columns may have been sorted apart. Take the original file, or sort the whole table.`}, "so-y-te/A-1.value decision", 0},
		"another verifier's": {func(d *desk) {
			d.set("so-y-te/A-1.value", "decision", "Accept")
			d.set("so-y-te/A-1.value", "key", "so-y-te/B-1.value")
		}, []string{`the indicator “B-1” is verified by “so-tttt”, not by “so-noi-vu”; the decision does not count. Delete it here and enter it in the workbook of “so-tttt”.`}, "so-y-te/A-1.value decision", 0},
		"nobody's": {func(d *desk) {
			d.set("so-y-te/A-1.value", "decision", "Accept")
			d.set("so-y-te/A-1.value", "key", "so-y-te/C-1.value")
		}, []string{`the indicator “C-1” belongs to the general review workbook; the decision does not count here. Delete it here and enter it there.`}, "so-y-te/A-1.value decision", 0},
		"outside": {func(d *desk) {
			d.set("so-y-te/A-1.value", "key", "")
			d.set("so-y-te/A-1.value", "decision", "Accept")
		}, []string{`read “Accept” in a row that is not one of the review workbook, so it does not count. Move it to the row of its indicator, or delete it.`}, "so-y-te/A-1.value decision", 0},
		"merged": {func(d *desk) {
			require.NoError(d.t, d.file.UnprotectSheet(d.name))
			d.set("so-y-te/A-1.value", "decision", "Accept")
			require.NoError(d.t, d.file.MergeCell(d.name, d.at("so-y-te/A-1.value", "decision"), d.at("so-y-te/A-2.value", "decision")))
		}, []string{`the cell of the decision is merged with others (P4:P5), so the row has no decision of its own. Unmerge the cells and decide in each row.`}, "so-y-te/A-2.value decision", 1},
		"whole and part": {func(d *desk) {
			change(d, "so-y-te/A-4.all", "points", 3)
			d.set("so-y-te/A-4.done", "decision", "Accept")
		}, []string{`the decision at reviews/a.xlsx!Decisions!N8 concerns the whole indicator “A-4” of “so-y-te”, so the decision in this row does not count. Leave the other rows of the indicator blank, or change the decision at reviews/a.xlsx!Decisions!N8.`}, "so-y-te/A-4.done decision", 1},
		"the whole twice": {func(d *desk) {
			change(d, "so-y-te/A-4.done", "points", 3)
			change(d, "so-y-te/A-4.all", "points", 3)
		}, nil, "", 2},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, data)
			test.fill(d)
			place := ""
			if test.cell != "" {
				row, column, _ := strings.Cut(test.cell, " ")
				place = at + d.at(row, column)
			}
			d.set("so/xd/A-6.value", "decision", "Accept")
			got, problems := read(t, d.saved(), r)
			assert.Len(t, got, test.left+1, "the others count")
			require.Len(t, problems, len(test.want))
			for i, p := range problems {
				words := strings.NewReplacer("P4:P5", d.at("so-y-te/A-1.value", "decision")+":"+d.at("so-y-te/A-2.value", "decision"),
					"Decisions!N8", "Decisions!"+d.at("so-y-te/A-4.all", "decision")).Replace(test.want[i])
				assert.Equal(t, place+": "+words, said(problems)[i])
				assert.Equal(t, diag.Error, p.Severity)
			}
		})
	}
}

// change types a change of a row with its reason.
func change(d *desk, row, column string, value any) {
	d.set(row, "decision", "Change")
	d.set(row, column, value)
	d.set(row, "reason", "Đếm lại")
}

// A decision on an answer that is another one by now does not count; both answers are told.
func TestChangedSince(t *testing.T) {
	for name, test := range map[string]struct {
		key, column string // of the answer that changes, and what the row sets
		now         rule.Value
		want        string // "" counts
	}{
		"number":          {"A-4.done", "value", rule.NumberOf(dec("39")), `“A-4” was “38” when the review workbook was written and is “39” now`},
		"the same number": {"A-4.done", "value", rule.NumberOf(dec("38.0")), ""},
		"other input":     {"A-4.all", "value", rule.NumberOf(dec("41")), ""},
		"of the whole":    {"A-4.all", "points", rule.NumberOf(dec("41")), `“A-4” was “40” when the review workbook was written and is “41” now`},
		"gone":            {"A-4.done", "value", rule.Value{}, `was “38” when the review workbook was written and is “not answered” now`},
		"percent":         {"A-6.value", "points", rule.NumberOf(dec("50")), `was “45.5%” when the review workbook was written and is “50%” now`},
		"option":          {"A-2.value", "points", rule.OptionsOf("full"), `was “Part; trial” when the review workbook was written and is “Full” now`},
		"options":         {"A-3.value", "points", rule.OptionsOf(), `was “Plan; Unit” when the review workbook was written and is “no option” now`},
		"yes":             {"A-1.value", "points", rule.NotApplicableValue(), `was “Yes” when the review workbook was written and is “Not applicable” now`},
		"day":             {"A-5.value", "points", rule.DayOf("2025-12-24"), `was “1 March 2025” when the review workbook was written and is “24 December 2025” now`},
		"text":            {"A-5.note", "points", rule.TextOf(strings.Repeat("dài ", 200)), `dài dài`},
		"unreadable":      {"A-7.value", "points", rule.NumberOf(dec("3")), `was “unreadable” when the review workbook was written and is “3” now`},
		"figure":          {"figures.trained", "points", rule.NumberOf(dec("31")), `“A-9” was “Trained: 30; Staff: 40” when the review workbook was written and is “Trained: 31; Staff: 40” now`},
	} {
		t.Run(name, func(t *testing.T) {
			r := round(t)
			d := open(t, written(t, bookOf(r, "so-noi-vu", "en", submission.Council)))
			row := "so-y-te/" + test.key
			switch {
			case test.key == "figures.trained":
				row = "so-y-te/A-9."
			case strings.HasPrefix(test.key, "A-4"):
				row = "so-y-te/A-4.done"
			}
			change(d, row, test.column, map[string]any{"value": 37, "points": 1}[test.column])
			sub := r.Submissions["so-y-te"]
			sub.Answers.Put(key(test.key), submission.Answer{Value: test.now})
			got, problems := read(t, d.saved(), r)
			if test.want == "" {
				assert.Empty(t, said(problems))
				require.Len(t, got, 1)
				assert.Equal(t, submission.Council, got[0].Stage)
				return
			}
			assert.Empty(t, got)
			require.Len(t, problems, 1)
			assert.Contains(t, said(problems)[0], test.want)
			assert.Contains(t, said(problems)[0], "Run dti review again")
			assert.Equal(t, at+d.at(row, "decision"), problems[0].Place.String())
		})
	}
}

// An agency or an indicator that is gone is told as such.
func TestGoneSince(t *testing.T) {
	for name, test := range map[string]struct {
		spoil func(*submission.Round)
		want  string
	}{
		"agency": {func(r *submission.Round) { r.Agencies = r.Agencies[1:] }, `the agency “so-y-te” is no longer in the list of the round`},
		"indicator": {func(r *submission.Round) {
			set, err := criteria.Load("every.yaml", []byte(strings.Replace(every, "id: A-1,", "id: A-0,", 1)))
			if err != nil {
				panic(err)
			}
			set.Hash = r.Set.Hash
			r.Set = set
		}, `the answer of this row (indicator “A-1”) is no longer in the criteria set, or no longer concerns the agency “so-y-te”`},
	} {
		t.Run(name, func(t *testing.T) {
			r := round(t)
			d := open(t, written(t, bookOf(r, "so-noi-vu", "en", submission.Review)))
			d.set("so-y-te/A-1.value", "decision", "Accept")
			d.set("so/xd/A-2.value", "decision", "Accept")
			test.spoil(r)
			got, problems := read(t, d.saved(), r)
			assert.Len(t, got, 1, "the others count")
			require.Len(t, problems, 1)
			assert.Contains(t, said(problems)[0], test.want)
			assert.Equal(t, at+d.at("so-y-te/A-1.value", "decision"), problems[0].Place.String())
		})
	}
}

// A workbook of another round or set is refused in one sentence.
func TestOtherWorkbooks(t *testing.T) {
	for name, test := range map[string]struct {
		spoil func(*submission.Round)
		want  string
		left  int
	}{
		"another round": {func(r *submission.Round) { r.ID = "r-2026" }, `belongs to the round “r-2025”, not to “r-2026”`, 0},
		"another edition": {func(r *submission.Round) {
			set := *r.Set
			set.Version = "2"
			r.Set = &set
		}, `was written for the criteria set every@1, this round uses every@2`, 0},
		"words of the set changed": {func(r *submission.Round) {
			set, err := criteria.Load("every.yaml", []byte(strings.Replace(every, "Of another", "Another's", 1)))
			if err != nil {
				panic(err)
			}
			r.Set = set
		}, `the criteria set every@1 was changed after the review workbook was written`, 1},
	} {
		t.Run(name, func(t *testing.T) {
			r := round(t)
			d := open(t, written(t, bookOf(r, "so-noi-vu", "vi", submission.Appeal)))
			d.set("so-y-te/A-1.value", "decision", "Như tự chấm")
			d.set("so-y-te/A-2.value", "decision", "?")
			if test.left == 0 {
				d.set("so-y-te/A-2.value", "decision", "Cho 0 điểm")
			} else {
				d.set("so-y-te/A-2.value", "decision", "")
			}
			test.spoil(r)
			got, problems := read(t, d.saved(), r)
			assert.Len(t, got, test.left)
			require.Len(t, problems, 1)
			assert.Contains(t, said(problems)[0], test.want)
		})
	}
}

// A workbook that lost what it is known by says so; it is never taken for a table.
func TestDamagedWorkbooks(t *testing.T) {
	for name, test := range map[string]struct {
		spoil func(*desk)
		want  string
	}{
		"no hidden sheet": {func(d *desk) { require.NoError(d.t, d.file.DeleteSheet("dti-decisions")) }, "has lost its hidden sheet"},
		"no hidden row":   {func(d *desk) { require.NoError(d.t, d.file.RemoveRow(d.name, 1)) }, "or the hidden column or row by which its rows are known"},
		"no stage":        {func(d *desk) { require.NoError(d.t, d.file.SetCellStr("dti-decisions", "B6", "x")) }, "or the hidden column or row by which its rows are known"},
		"newer":           {func(d *desk) { require.NoError(d.t, d.file.SetCellStr("dti-decisions", "B1", "dti.decisions/v9")) }, "made by a newer dti (dti.decisions/v9)"},
	} {
		t.Run(name, func(t *testing.T) {
			r := round(t)
			d := open(t, written(t, bookOf(r, "so-noi-vu", "vi", submission.Review)))
			test.spoil(d)
			got, problems := read(t, d.saved(), r)
			assert.Empty(t, got)
			require.Len(t, problems, 1)
			assert.Contains(t, said(problems)[0], test.want)
		})
	}
	book, problems := sheet.OpenXLSX("a.xlsx", written(t, bookOf(round(t), "", "vi", submission.Review)), sheet.TableLimits())
	require.Empty(t, problems)
	assert.True(t, reviewbook.Is(book))
	assert.False(t, reviewbook.Is(sheet.Book{Sheets: []sheet.Sheet{{Name: "dti-decisions"}, {Name: "Sheet1"}}}))
}

// The general workbook decides on nobody's indicators only; an agency goes by its aliases too; letters may be decomposed.
func TestGeneralAliasesAndLetters(t *testing.T) {
	r := round(t)
	d := open(t, written(t, bookOf(r, "", "vi", submission.Review)))
	d.set("so-y-te/C-1.value", "decision", norm.NFD.String("  SỬA "))
	d.set("so-y-te/C-1.value", "value", "3")
	d.set("so-y-te/C-1.value", "reason", norm.NFD.String("Đếm lại"))
	d.set("so-y-te/figures.staff", "decision", "chấp  nhận")
	d.set("so/xd/C-1.value", "decision", "Chấp nhận")
	d.set("so/xd/C-1.value", "key", "so/xd/B-1.value")
	r.Agencies[0].Code, r.Agencies[0].Aliases = "so-yt", []string{"so-y-te"}
	r.Submissions["so-yt"] = r.Submissions["so-y-te"]
	got, problems := read(t, d.saved(), r)
	require.Len(t, problems, 1)
	assert.Contains(t, said(problems)[0], "is verified by “so-tttt”; a decision in the general workbook does not count")
	require.Len(t, got, 2)
	assert.Equal(t, []any{"so-yt", "C-1", "value", submission.Set, "Đếm lại"}, []any{got[0].Agency, got[0].Indicator, got[0].Input, got[0].Verdict, got[0].Reason})
	assert.Equal(t, []any{"figures", "staff", submission.Accept}, []any{got[1].Indicator, got[1].Input, got[1].Verdict})
}

// A reason, a reviewer and a day in merged cells are those of every row that they cover and that decides.
func TestMergedReasons(t *testing.T) {
	r := round(t)
	d := open(t, written(t, bookOf(r, "so-noi-vu", "en", submission.Review)))
	require.NoError(t, d.file.UnprotectSheet(d.name))
	for _, row := range []string{"so-y-te/A-1.value", "so-y-te/A-3.value"} {
		d.set(row, "decision", "Reject")
	}
	for column, text := range map[string]string{"reason": "Không có tài liệu", "reviewer": "An", "date": "3/2/2026"} {
		d.set("so-y-te/A-1.value", column, text)
		require.NoError(t, d.file.MergeCell(d.name, d.at("so-y-te/A-1.value", column), d.at("so-y-te/A-3.value", column)))
	}
	got, problems := read(t, d.saved(), r)
	assert.Empty(t, said(problems))
	require.Len(t, got, 2, "a row between them decides nothing")
	for _, one := range got {
		assert.Equal(t, []any{"Không có tài liệu", "An", rule.Date("2026-02-03")}, []any{one.Reason, one.Reviewer, one.Date})
	}
}

// A rejected figure would change nothing, so it is refused.
func TestFiguresAreNotRejected(t *testing.T) {
	r := round(t)
	d := open(t, written(t, bookOf(r, "", "en", submission.Review)))
	d.set("so-y-te/figures.staff", "decision", "Reject")
	d.set("so-y-te/figures.staff", "reason", "x")
	got, problems := read(t, d.saved(), r)
	assert.Empty(t, got)
	assert.Equal(t, []string{"reviews/a.xlsx!Decisions!" + d.at("so-y-te/figures.staff", "decision") +
		": shared figures have no points and cannot be rejected. Choose Change and enter a new value."}, said(problems))
}

// Rows may be sorted, columns and sheets added.
func TestEditedWorkbook(t *testing.T) {
	r := round(t)
	d := open(t, written(t, bookOf(r, "so-noi-vu", "en", submission.Review)))
	change(d, "so/xd/A-6.value", "value", 0.5)
	require.NoError(t, d.file.UnprotectSheet(d.name))
	require.NoError(t, d.file.InsertCols(d.name, "C", 2))
	require.NoError(t, d.file.InsertRows(d.name, 6, 3))
	_, err := d.file.NewSheet("Của tôi")
	require.NoError(t, err)
	require.NoError(t, d.file.SetCellStr("Của tôi", "A1", "ghi chú"))
	got, problems := read(t, d.saved(), r)
	require.Empty(t, said(problems))
	require.Len(t, got, 1)
	assert.Equal(t, "so/xd", got[0].Agency)
	n, _ := got[0].Value.Number()
	assert.Equal(t, "50", n.String(), "0.5 in a cell of percentages")
}

// What stands in the workbook stays text, and says what was decided and asked for before.
func TestWhatAWorkbookShows(t *testing.T) {
	r := round(t)
	b := bookOf(r, "so-noi-vu", "vi", submission.Council)
	b.Rows[0].Earlier = []submission.Decision{
		{Indicator: "A-1", Input: "value", Stage: submission.Review, Verdict: submission.Set, Points: rule.Optional{Value: dec("2"), Set: true}, Reason: "Thiếu phụ lục"},
		{Indicator: "A-1", Input: "value", Stage: submission.Appeal, Verdict: submission.Set, Value: rule.NumberOf(dec("3"))},
	}
	b.Rows[0].Objection = &submission.Objection{Indicator: "A-1", Points: rule.Optional{Value: dec("4"), Set: true}, Value: rule.NumberOf(dec("5")), Reason: "Đã nộp", Filed: "2026-03-01"}
	b.Rows[1].Objection = &submission.Objection{Indicator: "A-2"}
	b.Rows[0].Judged = rule.Say("missing")
	d := open(t, written(t, b))
	rows, err := d.file.GetRows(d.name)
	require.NoError(t, err)
	first := strings.Join(rows[3], "|")
	assert.Contains(t, first, "Thẩm định: Sửa – 2 điểm. Thiếu phụ lục\nPhúc tra: Sửa – 3")
	assert.Contains(t, first, "5\n4 điểm\nĐã nộp\nNgày 01/3/2026")
	assert.Contains(t, first, "(chưa nêu, nhưng bắt buộc)")
	assert.Contains(t, first, "Trung bình 3,25 điểm; 1/2 cơ quan đạt tối đa")
	assert.Contains(t, strings.Join(rows[4], "|"), "Giữ câu trả lời như đã tự chấm")
	for _, row := range rows {
		if len(row) > 2 && row[1] == "so/xd" {
			assert.Equal(t, `=HYPERLINK("x") & "Sở"`, row[2])
		}
	}
	formula, err := d.file.GetCellFormula(d.name, d.at("so/xd/A-1.value", "agency"))
	require.NoError(t, err)
	assert.Empty(t, formula)
	guide, err := d.file.GetRows(d.file.GetSheetName(0))
	require.NoError(t, err)
	var all strings.Builder
	for _, row := range guide {
		all.WriteString(strings.Join(row, " ") + "\n")
	}
	assert.Contains(t, all.String(), "Sở Nội vụ")
	assert.Contains(t, all.String(), "Hội đồng")
	assert.Contains(t, all.String(), "22 câu trả lời của 2 cơ quan")
}

func TestTooManyAnswers(t *testing.T) {
	b := bookOf(round(t), "", "vi", submission.Review)
	b.Rows = make([]reviewbook.Row, reviewbook.MostRows+1)
	require.ErrorIs(t, reviewbook.Write(&bytes.Buffer{}, b), reviewbook.ErrTooLong)
}

// A workbook that LibreOffice opened and saved is read as before.
func TestLibreOfficeSavesTheWorkbook(t *testing.T) {
	if testing.Short() {
		t.Skip("LibreOffice takes its time; a run without -short has this test")
	}
	office, err := exec.LookPath("soffice")
	if err != nil {
		require.Empty(t, os.Getenv("DTI_REQUIRE"), "soffice is not installed")
		t.Skip("soffice is not installed")
	}
	r := round(t)
	b := bookOf(r, "so-noi-vu", "vi", submission.Review)
	verdicts := map[string]submission.Decision{
		"A-1.value": {Verdict: submission.Set, Value: rule.YesNoOf(false)}, "A-2.value": {Verdict: submission.Set, Value: rule.OptionsOf("part")},
		"A-3.value": {Verdict: submission.Set, Value: rule.OptionsOf()}, "A-4.done": {Verdict: submission.Reject},
		"A-5.value": {Verdict: submission.Set, Value: rule.DayOf("2025-06-30")}, "A-5.note": {Verdict: submission.Set, Value: rule.TextOf("=1+1")},
		"A-6.value": {Verdict: submission.Set, Value: rule.NumberOf(dec("12.5"))}, "A-7.value": {Verdict: submission.Set, Value: rule.NumberOf(dec("1.25"))},
		"A-8.value": {Verdict: submission.Set, Points: rule.Optional{Value: dec("3.75"), Set: true}}, "A-9.": {Verdict: submission.Accept},
	}
	for i, row := range b.Rows {
		if d, ok := verdicts[row.Key.String()]; ok {
			d.Agency, d.Indicator, d.Input, d.Stage = row.Agency.Code, row.Key.Indicator, row.Key.Input, submission.Review
			d.Reason, d.Reviewer, d.Date = "Đếm lại\n“hai”", "An", "2026-02-03"
			b.Rows[i].Decided = &d
		}
	}
	before, problems := read(t, written(t, b), r)
	require.Empty(t, said(problems))
	require.Len(t, before, 20)
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.xlsx"), written(t, b), 0o600))
	out, err := exec.CommandContext(t.Context(), office, "--headless", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "out"), filepath.Join(dir, "a.xlsx")).CombinedOutput()
	require.NoError(t, err, string(out))
	data, err := os.ReadFile(filepath.Join(dir, "out", "a.xlsx"))
	require.NoError(t, err)
	after, problems := read(t, data, r)
	require.Empty(t, said(problems))
	require.Len(t, after, len(before))
	for i := range before {
		same(t, before[i], after[i])
	}
}

// Whatever stands in the cells of a workbook, a decision that counts is one that the round can hold.
func FuzzRead(f *testing.F) {
	f.Add("so-y-te/A-4.done", "Sửa", "37", "", "Đếm lại", "3/2/2026")
	f.Add("so-y-te/A-8.value", "set", "", "7,5", "x", "")
	f.Add("so/xd/A-2.value", "Reject", "", "0", "x", "soon")
	f.Add("/", "accept", "\x00", "1e999", "", "44133")
	r := round(f)
	book, problems := sheet.OpenXLSX("a.xlsx", written(f, bookOf(r, "so-noi-vu", "vi", submission.Review)), sheet.TableLimits())
	require.Empty(f, problems)
	want := table.Want{Set: r.Set, Agencies: table.NewDirectory(r.Agencies), Reader: answer.NewReader(r.Set)}
	f.Fuzz(func(t *testing.T, key, decision, value, points, reason, date string) {
		row := sheet.Row{Number: 900}
		for i, text := range []string{key, decision, value, points, reason, date} {
			col := []int{1, 15, 16, 17, 18, 20}[i]
			row.Cells = append(row.Cells, sheet.Cell{Text: text, Place: diag.Place{File: "a.xlsx", Sheet: "x", Row: 900, Col: col}})
		}
		marks := sheet.Row{Number: 1}
		for i, text := range []string{"key", "decision", "value", "points", "reason", "date"} {
			marks.Cells = append(marks.Cells, sheet.Cell{Text: "dti:" + text, Place: diag.Place{Row: 1, Col: []int{1, 15, 16, 17, 18, 20}[i]}})
		}
		mine := sheet.Book{Name: "a.xlsx", Sheets: append([]sheet.Sheet{{Name: "x", Rows: []sheet.Row{marks, row}}}, book.Sheets[2:]...)}
		got, problems := reviewbook.Read(mine, r, want)
		require.LessOrEqual(t, len(got), 1)
		for _, d := range got {
			assert.Empty(t, problems)
			ind, ok := r.Set.Indicator(d.Indicator)
			require.True(t, ok)
			assert.Equal(t, "so-noi-vu", ind.Verifier)
			assert.True(t, d.Verdict == submission.Accept || d.Reason != "")
			assert.Equal(t, d.Verdict == submission.Set && !d.Points.Set, !d.Value.IsMissing())
			if d.Points.Set {
				assert.True(t, !d.Points.Value.LessThan(ind.Min) && !d.Points.Value.GreaterThan(ind.Points["department"]))
			}
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	book := bookOf(round(b), "so-noi-vu", "vi", submission.Review)
	rows := book.Rows
	for len(book.Rows) < 2500 {
		book.Rows = append(book.Rows, rows...)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := reviewbook.Write(&bytes.Buffer{}, book); err != nil {
			b.Fatal(err)
		}
	}
}
