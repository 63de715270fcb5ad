package xlsx_test

import (
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/reports/xlsx"
	"github.com/opendti/dti/scoring/submission"
)

// chartXML is what a chart says of its numbers.
type chartXML struct {
	Titles     []string `xml:"chart>title>tx>rich>p>r>t"`
	Categories string   `xml:"chart>plotArea>barChart>ser>cat>strRef>f"`
	Values     string   `xml:"chart>plotArea>barChart>ser>val>numRef>f"`
	Direction  struct {
		Val string `xml:"val,attr"`
	} `xml:"chart>plotArea>barChart>barDir"`
	Least struct {
		Val float64 `xml:"val,attr"`
	} `xml:"chart>plotArea>valAx>scaling>min"`
	Legend *struct{} `xml:"chart>legend"`
}

func charts(t *testing.T, data []byte) []chartXML {
	t.Helper()
	var all []chartXML
	for i := 1; ; i++ {
		text := parts(t, data, "xl/charts/chart"+strconv.Itoa(i)+".xml")
		if text == "" {
			return all
		}
		var c chartXML
		require.NoError(t, xml.Unmarshal([]byte(text), &c))
		all = append(all, c)
	}
}

// The bars of a group are the cells of its ranking, in rank order, from 0; agencies that are not ranked have none, and a
// group of one has no chart.
func TestCharts(t *testing.T) {
	data := write(t, book(t, round(t), "vi"))
	all := charts(t, data)
	require.Len(t, all, 2)
	totals, pillars := all[0], all[1]
	f := open(t, data)
	first := f.GetSheetList()[0]
	rows, err := f.GetRows(first, excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	head := rowWith(t, rows, "STT") + 1
	of := func(column string) string {
		return "'" + first + "'!$" + column + "$" + strconv.Itoa(head+1) + ":$" + column + "$" + strconv.Itoa(head+3)
	}
	assert.Equal(t, of("B"), totals.Categories)
	assert.Equal(t, of("C"), totals.Values)
	assert.Contains(t, strings.Join(totals.Titles, ""), "điểm của 3 cơ quan theo thứ hạng (tối đa 100)")
	assert.True(t, strings.HasPrefix(pillars.Categories, "'Biểu đồ'!$A$"), pillars.Categories)
	for _, c := range all {
		assert.Equal(t, "bar", c.Direction.Val)
		assert.Zero(t, c.Least.Val)
		assert.Nil(t, c.Legend)
	}
	shares, err := f.GetRows("Biểu đồ", excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	at := rowWith(t, shares, "Nhóm chỉ số")
	assert.Equal(t, []string{"1. Hạ tầng kỹ thuật", "Trung bình", "Tối đa", "Tỷ lệ (%)"}, append([]string{shares[at+1][0]}, shares[at][1:]...))
	assert.Equal(t, "70", shares[at+1][2])
}

// A draft's charts say so in their titles.
func TestDraftOfCharts(t *testing.T) {
	r := round(t)
	r.Release.Status = submission.Draft
	for _, c := range charts(t, write(t, book(t, r, "vi"))) {
		assert.Contains(t, strings.Join(c.Titles, ""), "BẢN DỰ THẢO")
	}
}

// Many bars are spread over charts of the same axis; a group of more than a hundred has none.
func TestManyBars(t *testing.T) {
	tests := map[string]struct{ wards, charts int }{
		"thirty":      {30, 2 + 2},
		"sixty":       {60, 2 + 3},
		"hundred":     {100, 2 + 4},
		"hundred one": {101, 2},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := round(t)
			for i := range tt.wards - 1 {
				code := "w" + strconv.Itoa(i)
				r.Agencies = append(r.Agencies, submission.Agency{Code: code, Name: criteria.Text{"vi": "Phường " + code}, Group: "ward"})
				s := r.Submissions["001"]
				s.Agency = code
				r.Submissions[code] = s
			}
			data := write(t, book(t, r, "vi"))
			all := charts(t, data)
			assert.Len(t, all, tt.charts)
			open(t, data)
			if tt.wards == 60 {
				assert.Contains(t, strings.Join(all[3].Titles, ""), "cơ quan thứ 31 đến 60", "as many on each")
			}
		})
	}
}

// A book whose charts refer to a sheet with an odd name stays sound.
func TestChartOfOddSheet(t *testing.T) {
	b := view.Book{Sheets: []view.Sheet{
		sheetOf("a'b & <c>", view.SheetCell{Text: "x"}, view.SheetCell{Text: "1"}),
		sheetOf("s", view.SheetCell{Text: "x"}),
	}}
	b.Sheets[1].Charts = []view.SheetChart{{Title: "t & <x>", Row: 2, Rows: 8, Names: 1, Values: 2, First: 1, Last: 1}}
	b.Sheets[1].Widths = []int{30}
	all := charts(t, write(t, b))
	require.Len(t, all, 1)
	assert.Equal(t, "'a''b & <c>'!$A$1:$A$1", all[0].Categories)
	assert.Equal(t, []string{"t & <x>"}, all[0].Titles)
}

// Charts add a few milliseconds to a workbook.
func BenchmarkCharts(b *testing.B) {
	book := book(b, round(b), "vi")
	charts := book.Sheets[2].Charts
	for range 3 {
		book.Sheets[2].Charts = append(book.Sheets[2].Charts, charts...)
	}
	for b.Loop() {
		if err := xlsx.Write(io.Discard, book); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkWithoutCharts is the same workbook without its sheet of charts.
func BenchmarkWithoutCharts(b *testing.B) {
	book := book(b, round(b), "vi")
	book.Sheets = append(book.Sheets[:2:2], book.Sheets[3:]...)
	for b.Loop() {
		if err := xlsx.Write(io.Discard, book); err != nil {
			b.Fatal(err)
		}
	}
}
