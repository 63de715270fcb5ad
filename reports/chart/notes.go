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

// notes are what site.js needs beside the options of the library. What is nothing, or off, is left out.
func notes(c view.Chart) map[string]any {
	lo, hi := extent(c, form(c) == view.SortedBars || form(c) == view.PairedBars)
	notes := map[string]any{
		"kind": forms[form(c)], "decimals": decimals(c), "point": point(c), "ticks": anys(ticks(lo, hi, c.Decimals, c.Descending)),
	}
	add := func(key string, value any, there bool) {
		if there {
			notes[key] = value
		}
	}
	add("unit", c.Unit, c.Unit != "")
	add("draft", c.Draft, c.Draft != "")
	add("highlight", c.Highlight, c.Highlight != 0)
	add("descending", true, c.Descending)
	if form(c) == view.DotStrip {
		absent := absentees(c)
		add("absent", absent, len(absent) > 0)
		notes["callouts"] = calls(c)
	}
	if isHistogram(c) {
		notes["kind"], notes["caption"] = "histogram", newCanvas(c, false).words.Say("site.chart-bins")
		return notes
	}
	each := eachOf(c)
	add("each", each, len(each) > 0)
	if form(c) == view.Boxes {
		var names []any
		for _, s := range c.Series {
			names = append(names, s.Name)
		}
		notes["series"] = names
	}
	add("names", anys(c.Rows), form(c) != view.Radar)
	words := ownWords(c)
	add("words", words, len(words) > 0)
	return notes
}

// decimals is how many decimals numbers are written with; no number drawn needs more than 15.
func decimals(c view.Chart) int { return min(max(c.Decimals, 0), 15) }

// point is the decimal separator of the chart's language.
func point(c view.Chart) string {
	half := newCanvas(c, false).words.Plain(decimal.New(5, -1))
	return strings.Trim(half, "05")
}

// ownWords are the words, by series and row, that site.js would not find by writing the number with the chart's decimals.
func ownWords(c view.Chart) map[string]any {
	words := map[string]any{}
	separator := point(c)
	for i := range c.Series {
		own := map[string]any{}
		for row := range c.Rows {
			v := valueOf(c, i, row)
			if said := said(c, v); v.Missing || said != withUnit(written(v.Number, decimals(c), separator), c.Unit) {
				own[strconv.Itoa(row)] = said
			}
		}
		if len(own) > 0 {
			words[strconv.Itoa(i)] = own
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

// said is what a canvas says.
func said(c view.Chart, v view.Value) string {
	if !v.Missing {
		return withUnit(v.Words, c.Unit) // there are many, and they need no language
	}
	return newCanvas(c, false).said(v)
}

func isHistogram(c view.Chart) bool { return form(c) == view.DotStrip && len(c.Rows) > mostDots }

// calls are the labels of a strip and what they point to: a row, or a place on the axis.
func calls(c view.Chart) []any {
	out := []any{}
	for _, m := range c.Markers {
		out = append(out, map[string]any{"label": m.Label, "value": m.Value})
	}
	for _, row := range namedRows(c) {
		v := valueOf(c, 0, row)
		out = append(out, map[string]any{"label": c.Rows[row] + " " + said(c, v), "value": v.Number, "row": row})
	}
	return out
}

// absentees are the rows of a strip without a number, in words.
func absentees(c view.Chart) []any {
	var out []any
	for row, name := range c.Rows {
		if v := valueOf(c, 0, row); v.Missing {
			out = append(out, name+": "+said(c, v))
		}
	}
	return out
}

func anys[T any](list []T) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}
