package chart

import (
	"math"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/opendti/dti/reports/view"
)

// forms are the names by which site.js knows the forms of drawing.
var forms = map[view.ChartKind]string{
	view.SortedBars: "bars", view.DotStrip: "strip", view.Dumbbell: "dumbbell", view.PairedBars: "paired",
	view.DotRows: "rows", view.Radar: "radar", view.Boxes: "boxes",
}

// notes are what site.js needs beside the options of the library, by the names that it reads, in their order. What is
// nothing, or off, is left out.
type notes struct {
	Absent     []string               `json:"absent,omitempty"`
	Callouts   []called               `json:"callouts,omitzero"` // of a strip
	Caption    string                 `json:"caption,omitempty"` // of a histogram
	Decimals   int                    `json:"decimals"`
	Descending bool                   `json:"descending,omitempty"`
	Draft      string                 `json:"draft,omitempty"` // the stamp
	Each       [][]float64            `json:"each,omitempty"`
	Highlight  int                    `json:"highlight,omitempty"` // the row to emphasise, from 1
	Kind       string                 `json:"kind"`                // the form of the drawing
	Names      []string               `json:"names,omitempty"`     // of the rows
	Point      string                 `json:"point"`
	Series     []string               `json:"series,omitempty"` // names of the numbers of a box
	Ticks      []float64              `json:"ticks"`
	Unit       string                 `json:"unit,omitempty"`
	Words      map[int]map[int]string `json:"words,omitempty"` // by series and row
}

// A called is a label of a strip with the place on the axis that it points to, and the row that is drawn there, if it is one.
type called struct {
	Label string  `json:"label"`
	Row   *int    `json:"row,omitempty"`
	Value float64 `json:"value"`
}

func notesOf(c view.Chart) notes {
	lo, hi := extent(c, form(c) == view.SortedBars || form(c) == view.PairedBars)
	n := notes{
		Kind: forms[form(c)], Decimals: decimals(c), Point: point(c), Ticks: ticks(lo, hi, c.Decimals, c.Descending),
		Unit: c.Unit, Draft: c.Draft, Highlight: c.Highlight, Descending: c.Descending,
	}
	if form(c) == view.DotStrip {
		n.Absent, n.Callouts = absentees(c), calls(c)
	}
	if isHistogram(c) {
		n.Kind, n.Caption = "histogram", wordsOf(c).Say("site.chart-bins")
		return n
	}
	n.Each = eachOf(c)
	if form(c) == view.Boxes {
		for _, s := range c.Series {
			n.Series = append(n.Series, s.Name)
		}
	}
	if form(c) != view.Radar {
		n.Names = c.Rows
	}
	n.Words = ownWords(c, n.Point)
	return n
}

// decimals is how many decimals numbers are written with; no number drawn needs more than 15.
func decimals(c view.Chart) int { return min(max(c.Decimals, 0), 15) }

// point is the decimal separator of the chart's language.
func point(c view.Chart) string {
	half := wordsOf(c).Plain(decimal.New(5, -1))
	return strings.Trim(half, "05")
}

// ownWords are the words, by series and row, that site.js would not find by writing the number with the chart's decimals.
func ownWords(c view.Chart, separator string) map[int]map[int]string {
	words := map[int]map[int]string{}
	for i := range c.Series {
		own := map[int]string{}
		for row := range c.Rows {
			v := valueOf(c, i, row)
			if said := said(c, v); v.Missing || said != withUnit(written(v.Number, decimals(c), separator), c.Unit) {
				own[row] = said
			}
		}
		if len(own) > 0 {
			words[i] = own
		}
	}
	return words
}

// written is a number with so many decimals, as site.js writes it: "" where rounding, grouping or a sign would make a
// difference between languages or programs.
func written(v float64, decimals int, separator string) string {
	exact := strconv.FormatFloat(v, 'f', -1, 64)
	_, fraction, _ := strings.Cut(exact, ".")
	if v < 0 || v >= 1000 || len(fraction) > decimals || math.Signbit(v) {
		return ""
	}
	return strings.Replace(strconv.FormatFloat(v, 'f', decimals, 64), ".", separator, 1)
}

func isHistogram(c view.Chart) bool { return form(c) == view.DotStrip && len(c.Rows) > mostDots }

// calls are the labels of a strip and what they point to: a row, or a place on the axis.
func calls(c view.Chart) []called {
	out := []called{}
	for _, m := range c.Markers {
		out = append(out, called{Label: m.Label, Value: m.Value})
	}
	for _, row := range namedRows(c) {
		v := valueOf(c, 0, row)
		out = append(out, called{Label: c.Rows[row] + " " + said(c, v), Value: v.Number, Row: &row})
	}
	return out
}

// absentees are the rows of a strip without a number, in words.
func absentees(c view.Chart) []string {
	var out []string
	for row, name := range c.Rows {
		if v := valueOf(c, 0, row); v.Missing {
			out = append(out, name+": "+said(c, v))
		}
	}
	return out
}
