package workbook_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/importers/workbook"
	"github.com/opendti/dti/scoring/submission"
)

// What is read without doubt is written as the form would write it; what the form allows is left alone.
func TestRepairs(t *testing.T) {
	const number, text = "number", "text"
	tests := map[string]struct {
		id    string
		typed any
		want  string // what the cell holds then; "" where nothing is repaired
		kind  string
		said  string
	}{
		"comma":                {"APP-2.value", "0,5", "0.5", number, "Đọc được “0,5”, hiểu là 0,5; ô này nay ghi 0,5. Nếu không đúng, xin sửa lại."},
		"digits as text":       {"INF-1.computers", "38", "38", number, ""},
		"groups":               {"INF-1.computers", "2.154", "2154", number, "hiểu là 2.154"},
		"more than a double":   {"APP-2.value", "0,12345678901234567", "", "", ""},
		"a number":             {"APP-2.value", 0.5, "", "", ""},
		"percent as text":      {"INF-2.value", "45,5%", "0.455", number, "hiểu là 45,5%"},
		"a pasted percentage":  {"INF-2.value", "45", "0.45", number, "hiểu là 45%"},
		"yes without its mark": {"SRV-4.value", "Co", "Có", text, "hiểu là “Có”"},
		"a cross":              {"SRV-4.value", "x", "Có", text, ""},
		"true":                 {"SRV-4.value", true, "Có", text, ""},
		"0 for no":             {"SRV-4.value", 0, "Không", text, ""},
		"blanks":               {"SRV-4.value", "Có  ", "Có", text, "Có khoảng trắng thừa"},
		"yes":                  {"SRV-4.value", "Có", "", "", ""},
		"not applicable":       {"INF-2.value", "KAD", "Không áp dụng", text, ""},
		"an option's id":       {"SRV-1.value", "part", "Một phần", text, ""},
		"an option in English": {"SRV-1.value", "partly", "Một phần", text, ""},
		"an option":            {"SRV-1.value", "Một phần", "", "", ""},
		"an option by its id":  {"SRV-1.value", "none", "", "", ""},
		"options by ids":       {"SRV-2.value", "report;plan", "", "", ""},
		"options, mixed":       {"SRV-2.value", "report; Kế hoạch năm", "", "", ""},
		"options in capitals":  {"SRV-2.value", "KẾ HOẠCH NĂM", "Kế hoạch năm", text, ""},
		"a date as text":       {"SRV-3.value", "5/1/2026", "46027", number, "hiểu là 05/01/2026"},
		"words":                {"SRV-3.why", " chậm  ", "", "", ""},
	}
	form := exampleForm()
	form.Filled.Remarks = map[string]string{"INF-2": "Lý do"}
	sent := write(t, form)
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			data := edited(t, sent, func(f *excelize.File) {
				at := answerOf(t, f, tt.id)
				plain, err := f.NewStyle(&excelize.Style{NumFmt: 49})
				require.NoError(t, err)
				require.NoError(t, f.SetCellStyle(answersSheet, at, at, plain))
				require.NoError(t, f.SetCellValue(answersSheet, at, tt.typed))
			})
			got := annotated(t, data, form)
			if tt.want == "" {
				assert.Zero(t, got.Repairs)
				return
			}
			require.Equal(t, 1, got.Repairs)
			f := opened(t, got.Data)
			at := answerOf(t, f, tt.id)
			text, err := f.GetCellValue(answersSheet, at, excelize.Options{RawCellValue: true})
			require.NoError(t, err)
			assert.Equal(t, tt.want, text)
			kind, err := f.GetCellType(answersSheet, at)
			require.NoError(t, err)
			assert.Equal(t, tt.kind == "text", kind == excelize.CellTypeInlineString)
			rows, err := f.GetRows(reviewSheet)
			require.NoError(t, err)
			assert.Contains(t, rows[len(rows)-1][5], tt.said)
		})
	}
}

// Dates count from another day in files of old Macs.
func TestRepairsCountDaysAsTheFileDoes(t *testing.T) {
	form := exampleForm()
	yes := true
	data := edited(t, write(t, form), func(f *excelize.File) {
		require.NoError(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
		require.NoError(t, f.SetCellStr(answersSheet, answerOf(t, f, "SRV-3.value"), "01.03.2025"))
	})
	got := annotated(t, data, form)
	assert.Equal(t, 1, got.Repairs)
	sub, problems := read(t, got.Data, expect(form))
	assert.Empty(t, problems)
	assertSame(t, filled(map[submission.Key]rule.Value{key("SRV-3.value"): rule.DayOf("2025-03-01")}), sub)
}

// What Annotate would repair is told of a workbook that was read; of another edition nothing is.
func TestReadings(t *testing.T) {
	form := exampleForm()
	at := ""
	data := edited(t, write(t, form), func(f *excelize.File) {
		at = answerOf(t, f, "SRV-4.value")
		require.NoError(t, f.SetCellStr(answersSheet, at, "Co"))
		require.NoError(t, f.SetCellInt(answersSheet, answerOf(t, f, "INF-1.computers"), 38))
	})
	book, problems := sheet.OpenXLSX("form.xlsx", data, sheet.FormLimits())
	require.Empty(t, problems)
	sub, _ := workbook.Read(book, "form.xlsx", expect(form))
	got := workbook.Readings(book, sub, expect(form))
	require.Len(t, got, 1)
	assert.Equal(t, workbook.Reading{Place: got[0].Place, Key: key("SRV-4.value"), Text: "Co"}, got[0])
	assert.Equal(t, at, got[0].Place.Cell())

	later := expect(form)
	set := *later.Set
	set.Version = "2099"
	later.Set = &set
	assert.Empty(t, workbook.Readings(book, sub, later))
}

// A repaired cell shows all decimals of what was read: a format that would round it gives way.
func TestRepairsAreShownInFull(t *testing.T) {
	tests := map[string]struct {
		id, typed string
		format    int // of the file format
		code      string
		want      string
	}{
		"a whole number's format":            {"APP-2.value", "0,5", 1, "", "0.5"},
		"the same with groups":               {"APP-2.value", "0,5", 3, "", "0.5"},
		"two decimals for one":               {"APP-2.value", "0,5", 2, "", "0.50"},
		"whole thousands":                    {"APP-2.value", "1500", 0, "0,", "1500"},
		"a whole percentage's format":        {"INF-2.value", "45,25%", 9, "", "45.25%"},
		"a whole percentage":                 {"INF-2.value", "45%", 9, "", "45%"},
		"a percentage's with one decimal":    {"INF-2.value", "45,25%", 0, "0.0%", "45.25%"},
		"a percentage's with three decimals": {"INF-2.value", "45,25%", 0, "0.000%", "45.250%"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			form := exampleForm()
			data := edited(t, write(t, form), func(f *excelize.File) {
				style := &excelize.Style{NumFmt: tt.format}
				if tt.code != "" {
					style = &excelize.Style{CustomNumFmt: &tt.code}
				}
				look, err := f.NewStyle(style)
				require.NoError(t, err)
				at := answerOf(t, f, tt.id)
				require.NoError(t, f.SetCellStyle(answersSheet, at, at, look))
				require.NoError(t, f.SetCellStr(answersSheet, at, tt.typed))
			})
			f := opened(t, annotated(t, data, form).Data)
			shown, err := f.GetCellValue(answersSheet, answerOf(t, f, tt.id))
			require.NoError(t, err)
			assert.Equal(t, tt.want, shown)
		})
	}
}
