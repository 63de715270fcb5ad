package workbook_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria/rule"
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
		"a date as text":       {"SRV-3.value", "5/1/2026", "46027", number, "hiểu là 5/1/2026"},
		"words":                {"SRV-3.why", " chậm  ", "", "", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			form := exampleForm()
			form.Filled.Remarks = map[string]string{"INF-2": "Lý do"}
			data := edited(t, write(t, form), func(f *excelize.File) {
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
