package workbook_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/answer"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring/submission"
)

const file = "submissions/so-tttt.xlsx"

// expect is what the workbook of a form has to fit.
func expect(form workbook.Form) workbook.Expect {
	return workbook.Expect{
		Set: form.Set, Round: form.Round.ID, Agencies: []submission.Agency{form.Agency}, Reader: answer.NewReader(form.Set),
	}
}

type failer interface {
	require.TestingT
	Helper()
}

func book(t failer, data []byte) sheet.Book {
	t.Helper()
	b, problems := sheet.OpenXLSX(file, data, sheet.FormLimits())
	require.Empty(t, problems)
	return b
}

func read(t failer, data []byte, want workbook.Expect) (submission.Submission, diag.Problems) {
	t.Helper()
	return workbook.Read(book(t, data), file, want)
}

// edited is a written form after a person's changes.
func edited(t failer, data []byte, edit func(f *excelize.File)) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	require.NoError(t, err)
	edit(f)
	var buf bytes.Buffer
	require.NoError(t, f.Write(&buf))
	require.NoError(t, f.Close())
	return buf.Bytes()
}

// col is the letter of the column with a mark, such as "answer".
func col(t failer, f *excelize.File, sheet, mark string) string {
	t.Helper()
	rows, err := f.Rows(sheet)
	require.NoError(t, err)
	defer func() { assert.NoError(t, rows.Close()) }()
	require.True(t, rows.Next())
	marks, err := rows.Columns()
	require.NoError(t, err)
	i := slices.Index(marks, "dti:"+mark)
	require.GreaterOrEqual(t, i, 0, mark)
	return diag.ColumnName(i + 1)
}

// below is the row below the heads of a sheet, which are frozen.
func below(t failer, f *excelize.File, sheet string) int {
	t.Helper()
	panes, err := f.GetPanes(sheet)
	require.NoError(t, err)
	return panes.YSplit + 1
}

func filled(answers map[submission.Key]rule.Value) submission.Submission {
	entered := map[submission.Key]submission.Answer{}
	for key, v := range answers {
		entered[key] = submission.Answer{Value: v}
	}
	return submission.Submission{Answers: submission.AnswersOf(nil, entered)}
}

func key(id string) submission.Key {
	indicator, in, _ := strings.Cut(id, ".")
	return submission.Key{Indicator: indicator, Input: in}
}

// kinds are the kinds of problems, in their order.
func kinds(problems diag.Problems) []string {
	list := []string{}
	for _, p := range problems {
		list = append(list, p.Kind)
	}
	return list
}

// assertWorded holds that every problem is said in every language without a blank left open.
func assertWorded(t *testing.T, problems diag.Problems) {
	t.Helper()
	for _, lang := range locale.Langs() {
		for _, p := range problems {
			words := locale.MustFor(lang).Problem(p)
			assert.NotContains(t, words, "problems.", lang)
			assert.NotContains(t, words, "{", lang)
		}
	}
}

func TestBlankForm(t *testing.T) {
	form := exampleForm()
	got, problems := read(t, write(t, form), expect(form))
	assert.Empty(t, problems, "a blank is a missing answer, not a problem")
	assert.True(t, got.Sent)
	assert.Equal(t, "so-tttt", got.Agency)
	assert.Equal(t, []string{file}, got.Files)
	assert.Zero(t, got.Answers.Len())
	assert.Empty(t, got.Evidence)
	assert.Empty(t, got.Remarks)
}

func TestAnswersKeepTheirPlace(t *testing.T) {
	form := exampleForm()
	form.Filled = filled(map[submission.Key]rule.Value{key("INF-1.computers"): rule.NumberOf(dec("38")), key("figures.staff"): rule.NumberOf(dec("40"))})
	form.Filled.Evidence = map[string][]submission.Evidence{"INF-1": {{Text: "12/BC – 05/01/2026 – Kiểm kê"}, {Text: "- ảnh chụp"}}}
	data := write(t, form)
	f := opened(t, data)
	got, problems := read(t, data, expect(form))
	assert.Empty(t, problems)
	row := rowOf(t, f, answersSheet, "INF-1.computers")
	assert.Equal(t, fmt.Sprintf("%s!Tự đánh giá!%s%d", file, col(t, f, answersSheet, "answer"), row), got.Answers.At(key("INF-1.computers")).Place.String())
	assert.Equal(t, "Thông tin", got.Answers.At(key("figures.staff")).Place.Sheet)
	require.Len(t, got.Evidence["INF-1"], 2, "a document per line")
	assert.Equal(t, "- ảnh chụp", got.Evidence["INF-1"][1].Text)
	assert.Equal(t, fmt.Sprintf("%s!Tự đánh giá!%s%d", file, col(t, f, answersSheet, "evidence"), row), got.Evidence["INF-1"][0].Place.String())
}

// words draws text as people type it, formulas, markup and decomposed letters among it.
func words() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		some := rapid.SliceOfN(rapid.SampledFrom([]string{
			"Sở", "Tổng số", "=1+1", "+84", "-", "@x", `=HYPERLINK("x")`, "</script>", "a;b", "12/QĐ-UBND", "_x000D_", "&amp;", "5G", "📋",
			norm.NFD.String("Giáo dục"), "'", `"`, "https://example.com/" + strings.Repeat("a", 90), "1.234", "true",
		}), 1, 12).Draw(t, "words")
		return strings.Join(some, " ")
	})
}

// number draws a number of at most 15 digits within bounds.
func number(from, to int64, places int32) *rapid.Generator[decimal.Decimal] {
	return rapid.Custom(func(t *rapid.T) decimal.Decimal {
		p := rapid.Int32Range(0, places).Draw(t, "places")
		scale := decimal.New(1, p).IntPart()
		return decimal.New(rapid.Int64Range(from*scale, to*scale).Draw(t, "digits"), -p)
	})
}

// value draws an answer to an input; it may be missing.
func value(t *rapid.T, ind *criteria.Indicator, in criteria.Input) rule.Value {
	switch rapid.IntRange(0, 9).Draw(t, "answer "+in.ID) {
	case 0, 1:
		return rule.Value{}
	case 2:
		if ind != nil && ind.NotApplicable.Allowed {
			return rule.NotApplicableValue()
		}
	}
	switch in.Type {
	case rule.Count:
		return rule.NumberOf(number(1, 100_000, 0).Draw(t, "count"))
	case rule.Number:
		return rule.NumberOf(number(0, 9_999_999_999, 5).Draw(t, "number"))
	case rule.Percent:
		return rule.NumberOf(number(-3, 150, 4).Draw(t, "percent"))
	case rule.Points:
		return rule.NumberOf(number(0, 5, 2).Draw(t, "points"))
	case rule.YesNo:
		return rule.YesNoOf(rapid.Bool().Draw(t, "yes"))
	case rule.Choice:
		return rule.OptionsOf(rapid.SampledFrom(ind.Options(in.ID)).Draw(t, "option").ID)
	case rule.Choices:
		mixed := rapid.Permutation(ind.Options(in.ID)).Draw(t, "options")
		var ids []string
		for _, o := range mixed[:rapid.IntRange(0, len(mixed)).Draw(t, "ticked")] {
			ids = append(ids, o.ID)
		}
		return rule.OptionsOf(ids...)
	case rule.Day:
		day := rapid.IntRange(0, 109_000).Draw(t, "day")
		return rule.DayOf(rule.Date(dayOf(day)))
	default:
		return rule.TextOf(words().Draw(t, "text"))
	}
}

// drawn fills in a form.
func drawn(t *rapid.T, form workbook.Form) submission.Submission {
	s := submission.Submission{
		Answers: submission.NewAnswers(form.Set), Evidence: map[string][]submission.Evidence{}, Remarks: map[string]string{},
		Filler: words().Draw(t, "filler"), Approver: words().Draw(t, "approver"), Letter: words().Draw(t, "letter"),
	}
	put := func(key submission.Key, v rule.Value) {
		if !v.IsMissing() {
			s.Answers.Put(key, submission.Answer{Value: v})
		}
	}
	for _, in := range form.Set.Figures {
		if in.By == criteria.ByAgency {
			put(submission.Key{Indicator: criteria.FiguresID, Input: in.ID}, value(t, nil, in))
		}
	}
	for ind := range form.Set.Root.AllIndicators() {
		theirs := true
		for _, in := range ind.Inputs {
			if in.By == criteria.ByAgency {
				put(submission.Key{Indicator: ind.ID, Input: in.ID}, value(t, ind, in))
				theirs = false
			}
		}
		if theirs {
			continue
		}
		seen := map[string]bool{}
		for range rapid.IntRange(0, 3).Draw(t, "documents") {
			if d := words().Draw(t, "document"); !seen[d] {
				s.Evidence[ind.ID] = append(s.Evidence[ind.ID], submission.Evidence{Text: d})
				seen[d] = true
			}
		}
		if rapid.Bool().Draw(t, "remarks") {
			s.Remarks[ind.ID] = words().Draw(t, "remark")
		}
	}
	return s
}

// assertSame holds that what was read is what was filled in; text is read in composed letters.
func assertSame(t failer, want, got submission.Submission) {
	t.Helper()
	assert.Equal(t, want.Answers.Len(), got.Answers.Len())
	for key, w := range want.Answers.All() {
		g := got.Answers.At(key)
		v := w.Value
		if text, ok := v.Text(); ok {
			v = rule.TextOf(norm.NFC.String(text))
		}
		assert.True(t, v.Equal(g.Value), "%s: filled %v, read %v", key, v, g.Value)
		assert.NotEmpty(t, g.Place.Cell(), key)
	}
	texts := func(list []submission.Evidence) []string {
		var all []string
		for _, e := range list {
			all = append(all, norm.NFC.String(e.Text))
		}
		return all
	}
	for ind, list := range want.Evidence {
		assert.Equal(t, texts(list), texts(got.Evidence[ind]), ind)
	}
	assert.Len(t, got.Evidence, len(want.Evidence))
	assert.Len(t, got.Remarks, len(want.Remarks))
	for ind, remark := range want.Remarks {
		assert.Equal(t, norm.NFC.String(remark), got.Remarks[ind])
	}
	assert.Equal(t, norm.NFC.String(want.Filler), got.Filler)
	assert.Equal(t, norm.NFC.String(want.Approver), got.Approver)
	assert.Equal(t, norm.NFC.String(want.Letter), got.Letter)
}

func TestWhatIsFilledInIsRead(t *testing.T) {
	w, example := workbook.NewWriter(), exampleForm()
	rapid.Check(t, func(t *rapid.T) {
		form := example
		form.Lang = rapid.SampledFrom([]string{"vi", "en"}).Draw(t, "lang")
		form.Filled = drawn(t, form)
		var buf bytes.Buffer
		require.NoError(t, w.Write(&buf, form))
		got, problems := read(t, buf.Bytes(), expect(form))
		assertFine(t, problems)
		assertSame(t, form.Filled, got)
	})
}

// assertFine holds that at most reasons were asked for.
func assertFine(t failer, problems diag.Problems) {
	t.Helper()
	for _, p := range problems {
		assert.Equal(t, "na-without-reason", p.Kind, p.String())
	}
}

func TestNumbersThatACellCannotHold(t *testing.T) {
	for _, digits := range []string{"12345678901234567", "0.1234567890123456789", "-0.5", "0.000001", "1234567890123.45"} {
		form := exampleForm()
		form.Set.Figures[1].By = criteria.ByAgency
		form.Filled = filled(map[submission.Key]rule.Value{key("figures.budget"): rule.NumberOf(dec(digits))})
		got, problems := read(t, write(t, form), expect(form))
		assert.Empty(t, problems, digits)
		assert.True(t, rule.NumberOf(dec(digits)).Equal(got.Answers.At(key("figures.budget")).Value), digits)
	}
}

func TestWorkbookOfAnother(t *testing.T) {
	form := exampleForm()
	form.Filled = filled(map[submission.Key]rule.Value{key("APP-1.value"): rule.YesNoOf(true)})
	data := write(t, form)
	tests := map[string]struct {
		change func(*workbook.Expect)
		want   []string
		agency string // of the problems
		sent   bool
	}{
		"another agency":      {func(e *workbook.Expect) { e.Agencies = []submission.Agency{{Code: "so-y-te"}} }, []string{"form-agency-unknown"}, "", false},
		"no agencies at all":  {func(e *workbook.Expect) { e.Agencies = []submission.Agency{} }, []string{"form-agency-unknown"}, "", false},
		"another round":       {func(e *workbook.Expect) { e.Round = "dti-2026" }, []string{"form-other-round"}, "so-tttt", false},
		"another version":     {func(e *workbook.Expect) { e.Set.Version = "2026" }, []string{"form-other-edition"}, "so-tttt", true},
		"another set":         {func(e *workbook.Expect) { e.Set.ID = "other" }, []string{"form-other-set"}, "so-tttt", false},
		"all of them":         {func(e *workbook.Expect) { e.Set.ID, e.Round, e.Agencies[0].Code = "other", "x", "y" }, []string{"form-other-set"}, "", false},
		"the set was changed": {func(e *workbook.Expect) { e.Set.Hash = "ffff" }, []string{"form-set-changed"}, "so-tttt", true},
		"the code is an alias": {func(e *workbook.Expect) {
			e.Agencies[0].Code, e.Agencies[0].Aliases = "so-khcn", []string{"so-tttt"}
		}, []string{}, "so-khcn", true},
		"outside a round": {func(e *workbook.Expect) { e.Agencies, e.Round = nil, "" }, []string{}, "so-tttt", true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			want := expect(exampleForm())
			tt.change(&want)
			got, problems := read(t, data, want)
			assert.Equal(t, tt.want, kinds(problems), "one problem each")
			assertWorded(t, problems)
			assert.Equal(t, tt.sent, got.Sent)
			assert.Equal(t, tt.sent, got.Answers.Len() == 1, "a foreign workbook is not read")
			for _, p := range problems {
				assert.Equal(t, file, p.Place.String())
				assert.Equal(t, tt.agency, p.Agency)
				assert.Equal(t, tt.sent, p.Severity == diag.Warning)
			}
			if tt.sent {
				assert.Equal(t, tt.agency, got.Agency)
			}
		})
	}
}

func TestIs(t *testing.T) {
	form := exampleForm()
	b := book(t, write(t, form))
	assert.True(t, workbook.Is(b))
	label, ok := workbook.LabelOf(b)
	require.True(t, ok)
	assert.Equal(t, "example-city@2025", label.Address())
	assert.Equal(t, workbook.Label{
		Set: "example-city", Version: "2025", Hash: "0123abcd", Round: "dti-2025", Lang: "vi",
		Agency: submission.Agency{Code: "so-tttt", Name: criteria.Text{"vi": "Sở Thông tin và Truyền thông"}, Group: "department", Tags: []string{"has_procedures"}},
	}, label)

	assert.False(t, workbook.Is(sheet.Book{}))
}

func TestSlips(t *testing.T) {
	cell := func(f *excelize.File, mark, id string) string {
		return fmt.Sprint(col(t, f, answersSheet, mark), rowOf(t, f, answersSheet, id))
	}
	set := func(f *excelize.File, mark, id string, v any) {
		require.NoError(t, f.SetCellValue(answersSheet, cell(f, mark, id), v))
	}
	remove := func(f *excelize.File, id string) {
		require.NoError(t, f.RemoveRow(answersSheet, rowOf(t, f, answersSheet, id)))
	}
	double := func(f *excelize.File, id string) { // copies a row below itself
		require.NoError(t, f.DuplicateRow(answersSheet, rowOf(t, f, answersSheet, id)))
	}
	under := func(f *excelize.File, mark, id string) string {
		return fmt.Sprint(col(t, f, answersSheet, mark), rowOf(t, f, answersSheet, id)+1)
	}
	tests := map[string]struct {
		edit     func(f *excelize.File)
		kind     string
		severity diag.Severity
		column   string // mark of the column of the problem's place; "" is the whole file
		about    string // indicator.input
		answer   rule.Value
	}{
		"an answer that cannot be read": {
			edit: func(f *excelize.File) { set(f, "answer", "INF-1.computers", "38 máy") },
			kind: "answer-count-near", severity: diag.Error, column: "answer", about: "INF-1.computers", answer: rule.InvalidValue(),
		},
		"a value that somebody else gives": {
			edit: func(f *excelize.File) { set(f, "answer", "INF-3.value", 95) },
			kind: "form-not-by-agency", severity: diag.Error, column: "answer", about: "INF-3.value",
		},
		"a formula with its result": {
			edit: func(f *excelize.File) {
				set(f, "answer", "INF-1.computers", 15)
				require.NoError(t, f.SetCellFormula(answersSheet, cell(f, "answer", "INF-1.computers"), "10+5"))
			},
			kind: "form-formula", severity: diag.Warning, column: "answer", about: "INF-1.computers", answer: rule.NumberOf(dec("15")),
		},
		"a formula without its result": {
			edit: func(f *excelize.File) {
				require.NoError(t, f.SetCellFormula(answersSheet, cell(f, "answer", "INF-1.computers"), "10+5"))
			},
			kind: "form-formula-empty", severity: diag.Error, column: "answer", about: "INF-1.computers", answer: rule.InvalidValue(),
		},
		"a formula in the evidence": {
			edit: func(f *excelize.File) {
				require.NoError(t, f.SetCellFormula(answersSheet, cell(f, "evidence", "INF-1.computers"), `HYPERLINK("x")`))
			},
			kind: "form-formula-empty", severity: diag.Warning, column: "evidence", about: "INF-1.computers",
		},
		"a copied row with another answer": {
			edit: func(f *excelize.File) {
				set(f, "answer", "INF-1.computers", 15)
				double(f, "INF-1.computers")
				require.NoError(t, f.SetCellInt(answersSheet, under(f, "answer", "INF-1.computers"), 16))
			},
			kind: "form-row-twice", severity: diag.Error, column: "answer", about: "INF-1.computers", answer: rule.InvalidValue(),
		},
		"a copied row with the same answer": {
			edit: func(f *excelize.File) { set(f, "answer", "INF-1.computers", 15); double(f, "INF-1.computers") },
			kind: "form-row-twice-equal", severity: diag.Warning, column: "answer", about: "INF-1.computers", answer: rule.NumberOf(dec("15")),
		},
		"a copied row that is blank": {
			edit:   func(f *excelize.File) { double(f, "INF-1.computers"); set(f, "answer", "INF-1.computers", 15) },
			answer: rule.NumberOf(dec("15")), about: "INF-1.computers",
		},
		"a deleted row": {
			edit: func(f *excelize.File) { remove(f, "APP-1.value") },
			kind: "form-row-missing", severity: diag.Warning, about: "APP-1.value",
		},
		"a deleted row of others": {edit: func(f *excelize.File) { remove(f, "INF-1.checked") }},
		"words beside the form": {
			edit: func(f *excelize.File) {
				require.NoError(t, f.InsertRows(answersSheet, rowOf(t, f, answersSheet, "INF-2.value"), 1))
				require.NoError(t, f.SetCellStr(answersSheet, fmt.Sprint(col(t, f, answersSheet, "evidence"), rowOf(t, f, answersSheet, "INF-2.value")-1), "thêm một tài liệu"))
			},
			kind: "form-row-outside", severity: diag.Warning, column: "evidence",
		},
		"a row of no form": {
			edit: func(f *excelize.File) {
				set(f, "answer", "APP-1.value", "x")
				set(f, "id", "APP-1.value", "APP-9.value")
			},
			kind: "form-row-unknown", severity: diag.Warning, column: "answer", about: "APP-1.value",
		},
		"merged cells": {
			edit: func(f *excelize.File) {
				from := rowOf(t, f, answersSheet, "APP-1.value")
				column := col(t, f, answersSheet, "answer")
				require.NoError(t, f.MergeCell(answersSheet, fmt.Sprint(column, from), fmt.Sprint(column, from+1)))
				set(f, "answer", "APP-1.value", "Có")
			},
			kind: "form-merged", severity: diag.Warning, column: "answer", about: "APP-1.value", answer: rule.YesNoOf(true),
		},
		"no mark of the answers": {
			edit: func(f *excelize.File) {
				for _, s := range []string{answersSheet, "Thông tin"} {
					require.NoError(t, f.RemoveRow(s, 1))
				}
			},
			kind: "form-damaged-marks", severity: diag.Error,
		},
		"Có decomposed": {
			edit:  func(f *excelize.File) { set(f, "answer", "APP-1.value", norm.NFD.String("Có")) },
			about: "APP-1.value", answer: rule.YesNoOf(true),
		},
		"an option decomposed": {
			edit:  func(f *excelize.File) { set(f, "answer", "SRV-1.value", norm.NFD.String("Một phần")) },
			about: "SRV-1.value", answer: rule.OptionsOf("part"),
		},
		"an answer of a waived indicator": {
			edit: func(f *excelize.File) {
				set(f, "answer", "INF-1.computers", "KAD")
				set(f, "remark", "INF-1.computers", "Máy tính do trung tâm quản lý")
			},
			about: "INF-1.computers", answer: rule.NotApplicableValue(),
		},
		"an answer of a waived indicator without a reason": {
			edit: func(f *excelize.File) {
				set(f, "answer", "INF-1.computers", "KAD")
				set(f, "answer", "INF-1.connected", "N/A")
			},
			kind: "na-without-reason", severity: diag.Warning, column: "answer", about: "INF-1.computers", answer: rule.NotApplicableValue(),
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			form := exampleForm()
			column := ""
			data := edited(t, write(t, form), func(f *excelize.File) {
				if tt.column != "" {
					column = col(t, f, answersSheet, tt.column)
				}
				tt.edit(f)
			})
			got, problems := read(t, data, expect(form))
			if tt.kind == "" {
				assert.Empty(t, problems)
			} else {
				require.Contains(t, kinds(problems), tt.kind)
				p := problems[slices.Index(kinds(problems), tt.kind)]
				assert.Equal(t, tt.severity, p.Severity)
				assert.Equal(t, "so-tttt", p.Agency)
				assert.Equal(t, column, strings.TrimRight(p.Place.Cell(), "0123456789"))
				if tt.about != "" && p.Indicator != "" {
					assert.Equal(t, tt.about, p.Indicator+"."+p.Input)
				}
			}
			assertWorded(t, problems)
			if tt.about != "" {
				assert.True(t, tt.answer.Equal(got.Answers.At(key(tt.about)).Value))
			}
		})
	}
}

func TestACopiedRowNamesBothCells(t *testing.T) {
	form := exampleForm()
	form.Filled = filled(map[submission.Key]rule.Value{key("INF-1.computers"): rule.NumberOf(dec("15"))})
	var row int
	var column string
	data := edited(t, write(t, form), func(f *excelize.File) {
		row, column = rowOf(t, f, answersSheet, "INF-1.computers"), col(t, f, answersSheet, "answer")
		require.NoError(t, f.DuplicateRow(answersSheet, row))
		require.NoError(t, f.SetCellInt(answersSheet, fmt.Sprint(column, row+1), 16))
	})
	_, problems := read(t, data, expect(form))
	require.Len(t, problems, 1)
	assert.Equal(t, fmt.Sprintf(`%s!Tự đánh giá!%s%d: dòng “INF-1.computers” có hai lần với hai câu trả lời khác nhau: ở đây “16”, ở Tự đánh giá!%s%d “15”. Xin giữ lại một dòng.`,
		file, column, row+1, column, row),
		locale.MustFor("vi").Problem(problems[0]))
}

func TestWhatDoesNotConcernIsNotRead(t *testing.T) {
	form := exampleForm()
	form.Agency.Tags = nil
	data := edited(t, write(t, form), func(f *excelize.File) {
		require.NoError(t, f.SetCellStr(answersSheet, fmt.Sprint(col(t, f, answersSheet, "answer"), rowOf(t, f, answersSheet, "SRV-1.value")), "part"))
	})
	got, problems := read(t, data, expect(form))
	assert.Equal(t, []string{"form-not-concerned"}, kinds(problems))
	assertWorded(t, problems)
	assert.Zero(t, got.Answers.Len())
}

func TestDetailsTwice(t *testing.T) {
	form := exampleForm()
	form.Filled.Filler = "Nguyễn Văn A"
	data := edited(t, write(t, form), func(f *excelize.File) {
		row := rowOf(t, f, "Thông tin", "@filler")
		require.NoError(t, f.DuplicateRow("Thông tin", row))
		require.NoError(t, f.SetCellStr("Thông tin", fmt.Sprint(col(t, f, "Thông tin", "answer"), row+1), "Trần Thị B"))
	})
	got, problems := read(t, data, expect(form))
	assert.Equal(t, "Nguyễn Văn A", got.Filler)
	assert.Equal(t, []string{"form-row-twice"}, kinds(problems))
	assertWorded(t, problems)
}

func TestRemarksOfACopiedRowAreKept(t *testing.T) {
	form := exampleForm()
	form.Filled.Remarks = map[string]string{"INF-2": "một"}
	form.Filled.Evidence = map[string][]submission.Evidence{"INF-2": {{Text: "tài liệu"}}}
	data := edited(t, write(t, form), func(f *excelize.File) {
		row := rowOf(t, f, answersSheet, "INF-2.value")
		require.NoError(t, f.DuplicateRow(answersSheet, row))
		require.NoError(t, f.SetCellStr(answersSheet, fmt.Sprint(col(t, f, answersSheet, "remark"), row+1), "hai"))
	})
	got, problems := read(t, data, expect(form))
	assert.Empty(t, problems)
	assert.Equal(t, "một\nhai", got.Remarks["INF-2"])
	assert.Len(t, got.Evidence["INF-2"], 1, "a copied row repeats its documents")
}

// The file may be named anything.
func TestTheFileNameIsOnlyAName(t *testing.T) {
	form := exampleForm()
	got, problems := workbook.Read(book(t, write(t, form)), "submissions/bản cuối (2).xlsx", expect(form))
	assert.Empty(t, problems)
	assert.Equal(t, "so-tttt", got.Agency)
}

func dayOf(n int) string {
	return epoch.AddDate(0, 0, n).Format("2006-01-02")
}

func BenchmarkRead(b *testing.B) {
	form := exampleForm()
	data := write(b, form)
	want := expect(form)
	b.ReportAllocs()
	for b.Loop() {
		opened, problems := sheet.OpenXLSX(file, data, sheet.FormLimits())
		require.Empty(b, problems)
		_, problems = workbook.Read(opened, file, want)
		require.Empty(b, problems)
	}
}

func FuzzRead(f *testing.F) {
	form := exampleForm()
	f.Add("INF-1.computers", "38", "evidence")
	f.Add("@filler", "=1", "a\nb")
	f.Add("figures.staff", "KAD", "")
	f.Add("dti:id", "dti:answer", "dti:evidence")
	original, problems := sheet.OpenXLSX(file, write(f, form), sheet.FormLimits())
	require.Empty(f, problems)
	f.Fuzz(func(t *testing.T, id, text, evidence string) {
		at := func(col int) diag.Place { return diag.Place{File: file, Sheet: answersSheet, Row: 200, Col: col} }
		changed := original
		changed.Sheets = slices.Clone(original.Sheets)
		for i, s := range changed.Sheets {
			if s.Name == answersSheet {
				changed.Sheets[i].Rows = append(slices.Clone(s.Rows), sheet.Row{Number: 200, Cells: []sheet.Cell{
					{Place: at(1), Text: id}, {Place: at(6), Text: text}, {Place: at(8), Text: evidence},
				}})
			}
		}
		got, _ := workbook.Read(changed, file, expect(form))
		for key, a := range got.Answers.All() {
			assert.False(t, a.Value.IsMissing(), key)
			assert.Equal(t, file, a.Place.File, key)
		}
	})
}

// TestShow writes example workbooks where a person may look at them: DTI_SHOW=dir go test -run TestShow.
func TestShow(t *testing.T) {
	dir := os.Getenv("DTI_SHOW")
	if dir == "" {
		t.Skip("set DTI_SHOW to a folder to look at forms")
	}
	for name, change := range map[string]func(*workbook.Form){
		"vi": func(*workbook.Form) {},
		"en": func(f *workbook.Form) { f.Lang = "en"; f.Agency.Tags = nil },
	} {
		form := exampleForm()
		change(&form)
		require.NoError(t, os.WriteFile(filepath.Join(dir, name+".xlsx"), write(t, form), 0o600))
	}
}
