package workings_test

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/builtin"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/workings"
	"github.com/opendti/dti/scoring/submission"
)

// Names of the visible sheets; the first needs quotes and doubled ones.
const (
	answersSheet = "Tự 'đánh' giá"
	detailsSheet = "Details"
)

// A tester is a test, be it of rapid's.
type tester interface {
	require.TestingT
	Helper()
}

// An entry is what stands in one cell for an input, and what the engine makes of it.
type entry struct {
	cell  any // nil: blank; formula: a formula
	value rule.Value
}

type formula string

// A form is one agency's answers on visible sheets.
type form struct {
	set      *criteria.Set
	agency   submission.Agency
	answers  map[criteria.Key]entry
	evidence map[string]string // by indicator
	remarks  map[string]string
	bounds   map[string][]rule.Bound
	absent   map[criteria.Key]bool // rows that somebody deleted
}

func load(t tester, yaml string) *criteria.Set {
	t.Helper()
	set, err := criteria.Load("set.yaml", []byte(yaml))
	require.NoError(t, err)
	return set
}

func shipped(t tester) *criteria.Set {
	t.Helper()
	data, name, ok := builtin.Get("city-starter@2026")
	require.True(t, ok)
	set, err := criteria.Load(name, data)
	require.NoError(t, err)
	return set
}

// keys are the inputs of the set that stand on the visible sheets: figures and the inputs of indicators.
func (f form) keys() (figures, own []criteria.Key) {
	for _, key := range f.set.Slots().Keys() {
		if key.Indicator == criteria.FiguresID {
			figures = append(figures, key)
		} else {
			own = append(own, key)
		}
	}
	return figures, own
}

func (f form) request() workings.Request {
	figures, own := f.keys()
	return workings.Request{
		Set: f.set, Agency: f.agency, Lang: "en", Bounds: f.bounds,
		Answers: workings.Source{Sheet: answersSheet, First: 5, Last: 6 + len(own), ID: "A", Answer: "F", Evidence: "J", Remark: "K"},
		Details: workings.Source{Sheet: detailsSheet, First: 3, Last: 3 + len(figures), ID: "A", Answer: "C"},
	}
}

// write makes the workbook, the rows of the answers in reverse.
func (f form) write(t tester, w *workings.Workings) *excelize.File {
	t.Helper()
	file := excelize.NewFile()
	require.NoError(t, file.SetSheetName("Sheet1", answersSheet))
	for _, name := range []string{detailsSheet, w.Name()} {
		_, err := file.NewSheet(name)
		require.NoError(t, err)
	}
	figures, own := f.keys()
	for i, key := range figures {
		row := strconv.Itoa(3 + i)
		set(t, file, detailsSheet, "A"+row, key.String())
		set(t, file, detailsSheet, "C"+row, f.answers[key].cell)
	}
	said := map[string]bool{}
	for i, key := range own {
		if f.absent[key] {
			continue
		}
		row := strconv.Itoa(5 + len(own) - i)
		set(t, file, answersSheet, "A"+row, key.String())
		set(t, file, answersSheet, "F"+row, f.answers[key].cell)
		if !said[key.Indicator] {
			set(t, file, answersSheet, "J"+row, f.evidence[key.Indicator])
			set(t, file, answersSheet, "K"+row, f.remarks[key.Indicator])
		}
		said[key.Indicator] = true
	}
	for i, row := range w.Rows() {
		for j, c := range row {
			at := diag.ColumnName(j+1) + strconv.Itoa(i+1)
			switch {
			case c.Formula != "":
				require.NoError(t, file.SetCellFormula(w.Name(), at, c.Formula))
			case c.Number != "":
				require.NoError(t, file.SetCellDefault(w.Name(), at, c.Number))
			case c.Text != "":
				require.NoError(t, file.SetCellStr(w.Name(), at, c.Text))
			}
		}
	}
	return file
}

func set(t tester, file *excelize.File, sheet, at string, v any) {
	t.Helper()
	switch c := v.(type) {
	case nil:
	case formula:
		require.NoError(t, file.SetCellFormula(sheet, at, string(c)))
	case decimal.Decimal:
		require.NoError(t, file.SetCellDefault(sheet, at, c.String()))
	case string:
		if c != "" {
			require.NoError(t, file.SetCellStr(sheet, at, c))
		}
	default:
		require.NoError(t, file.SetCellValue(sheet, at, c))
	}
}

// A reading evaluates the sheet with excelize's calculator.
type reading struct {
	t    tester
	file *excelize.File
}

// text is the value of a cell that a reference names.
func (r reading) text(reference string) string {
	r.t.Helper()
	sheet, cell, ok := strings.Cut(reference, "!")
	require.True(r.t, ok, "reference %q", reference)
	v, err := r.file.CalcCellValue(sheet, strings.ReplaceAll(cell, "$", ""), excelize.Options{RawCellValue: true})
	require.NoError(r.t, err, reference)
	return v
}

func (r reading) number(reference string) decimal.Decimal {
	r.t.Helper()
	d, err := decimal.NewFromString(r.text(reference))
	require.NoError(r.t, err, reference)
	return d
}
