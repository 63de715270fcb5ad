package workbook_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/sheet"
	"github.com/opendti/dti/importers/workbook"
)

// rows makes a sheet of answers with columns of ids, answers and points.
func rows(cells ...[3]sheet.Cell) sheet.Book {
	s := sheet.Sheet{Name: answersSheet}
	for i, row := range append([][3]sheet.Cell{{{Text: "dti:id"}, {Text: "dti:answer"}, {Text: "dti:points"}}}, cells...) {
		r := sheet.Row{Number: i + 1}
		for j, c := range row {
			if c.Text != "" || c.NoValue {
				c.Place = diag.Place{File: file, Sheet: answersSheet, Row: i + 1, Col: j + 1}
				r.Cells = append(r.Cells, c)
			}
		}
		s.Rows = append(s.Rows, r)
	}
	return sheet.Book{Sheets: []sheet.Sheet{{Name: "other"}, s}}
}

func TestClaims(t *testing.T) {
	id := func(s string) sheet.Cell { return sheet.Cell{Text: s} }
	computed := func(s string) sheet.Cell { return sheet.Cell{Text: s, Numeric: true, Formula: true} }
	total, points := workbook.ClaimsOf(rows(
		[3]sheet.Cell{id("@score"), {}, computed("71.25")},
		[3]sheet.Cell{id(" INF-1.computers "), {}, computed("4.75")},
		[3]sheet.Cell{id("INF-1.connected"), {}, computed("9")},
		[3]sheet.Cell{id("INF-1.computers"), {}, computed("1")},
		[3]sheet.Cell{id("INF-2.value"), {}, {Text: "", Formula: true, NoValue: true}},
		[3]sheet.Cell{id("SRV-1.value"), {}, {Text: "KAD", Formula: true}},
		[3]sheet.Cell{id("SRV-2.value"), {}, {Text: "#N/A", Formula: true, Error: true}},
		[3]sheet.Cell{id("APP-1.value"), {}, {Text: "5", Numeric: true}},
		[3]sheet.Cell{id("APP-2.value"), {}, {Text: "44133", Numeric: true, Date: true}},
		[3]sheet.Cell{id("SRV-4.value"), {}, {}},
		[3]sheet.Cell{id("GONE-1.value"), {}, computed("5")},
	), exampleSet())
	assert.True(t, total.Known)
	assert.Equal(t, "71.25", total.Value.String())
	assert.Equal(t, file+"!Tự đánh giá!C2", total.Place.String())
	for id, want := range map[string]struct {
		text    string
		known   bool
		formula bool
	}{
		"INF-1": {"4.75", true, true}, // of its first row; the copy of a row says nothing new
		"INF-2": {"", false, true},
		"SRV-1": {"KAD", false, true},
		"SRV-2": {"#N/A", false, true},
		"APP-1": {"5", true, false}, // typed over
		"APP-2": {"44133", false, false},
		"SRV-4": {"", false, false},
	} {
		c, ok := points[id]
		require.True(t, ok, id)
		assert.Equal(t, want.text, c.Text, id)
		assert.Equal(t, want.known, c.Known, id)
		assert.Equal(t, want.formula, c.Formula, id)
		assert.Equal(t, want.known, c.Value.IsPositive(), id)
		assert.NotEmpty(t, c.Place.Cell(), id)
	}
	assert.Len(t, points, 7, "what the set does not know, and what the workbook has no row of, claims nothing")
}

func TestAWorkbookWithoutPointsClaimsNothing(t *testing.T) {
	book := rows([3]sheet.Cell{{Text: "INF-1.computers"}})
	book.Sheets[1].Rows[0].Cells = book.Sheets[1].Rows[0].Cells[:2]
	total, points := workbook.ClaimsOf(book, exampleSet())
	assert.Zero(t, total)
	assert.Empty(t, points)
}

// A workbook by itself knows the bounds that it estimates with.
func TestTheLabelKeepsBounds(t *testing.T) {
	form := exampleForm()
	form.Bounds = map[string][]rule.Bound{
		"APP-2": {{Name: "best", Value: dec("120.5")}}, "INF-3": {{Name: "min", Value: dec("-1")}, {Name: "max", Value: dec("7")}}, "GONE": {{Name: "best", Value: dec("1")}},
	}
	form.BoundsYear = 2024
	label, ok := workbook.LabelOf(book(t, write(t, form)))
	require.True(t, ok)
	assert.Equal(t, 2024, label.BoundsYear)
	require.Len(t, label.Bounds, 2)
	for id, want := range label.Bounds {
		require.Len(t, form.Bounds[id], len(want))
		for i := range want {
			assert.Equal(t, form.Bounds[id][i].Name, want[i].Name)
			assert.True(t, form.Bounds[id][i].Value.Equal(want[i].Value), want[i].Value.String())
		}
	}
}
