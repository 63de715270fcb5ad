package chart

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"github.com/opendti/dti/reports/view"
)

// chartID stands in every option object: the library's builders draw a random one where none is set.
const chartID = "chart"

// Option makes the option object from which site.js draws a chart: plain maps, slices, strings, numbers and booleans,
// without functions, colours and fonts, which site.js adds. json.Marshal gives equal bytes for equal charts, and escapes
// what a page could read as markup. Under the key "dti" stands what the script needs beside the options: the form of the
// drawing, language, unit, decimals, the row to emphasise and the draft stamp. A chart without rows or series has
// no option object: nil. An error says that the chart cannot be drawn: an unknown kind, or a series with a number that is not finite or above 10^12.
//
// Note: texts of agencies reach the page only through json.Marshal and html/template. The builders' own rendering would
// run "__f__…__f__" and "</script>" in a name as code, so nothing here renders.
func Option(c view.Chart) (map[string]any, error) {
	if len(c.Rows) == 0 || len(c.Series) == 0 {
		return nil, nil
	}
	if drawing(c) == nil {
		return nil, fmt.Errorf("chart of kind %d: no such kind", c.Kind)
	}
	for i, s := range c.Series {
		if len(s.Values) != len(c.Rows) {
			return nil, fmt.Errorf("chart series %d: %d values for %d rows", i+1, len(s.Values), len(c.Rows))
		}
		for row, v := range s.Values {
			if !v.Missing && !drawable(v.Number) {
				return nil, fmt.Errorf("chart series %d, row %d: the number is not finite or above 10^12", i+1, row+1)
			}
		}
	}
	if form(c) == view.Radar {
		c = clockwise(c)
	}
	option, err := plain(built(c))
	if err != nil {
		return nil, fmt.Errorf("chart of kind %d: %w", c.Kind, err)
	}
	patch(option, c)
	return option, nil
}

// clockwise orders the axes of a radar as the static drawing does: the library goes the other way round.
func clockwise(c view.Chart) view.Chart {
	turn := func(i int) int { return (len(c.Rows) - i) % len(c.Rows) }
	rows, series := make([]string, len(c.Rows)), make([]view.Series, len(c.Series))
	for i := range rows {
		rows[i] = c.Rows[turn(i)]
	}
	for s, one := range c.Series {
		series[s] = view.Series{Name: one.Name, Values: make([]view.Value, len(rows))}
		for i := range rows {
			series[s].Values[i] = one.Values[turn(i)]
		}
	}
	c.Rows, c.Series = rows, series
	return c
}

// built lets the library's builder of the form make the options.
func built(c view.Chart) map[string]any {
	switch form(c) {
	case view.Radar:
		return radarOption(c)
	case view.SortedBars, view.PairedBars:
		return barOption(c)
	case view.DotStrip:
		if len(c.Rows) > mostDots {
			return histogramOption(c)
		}
		return scatterOption(c)
	default:
		return scatterOption(c)
	}
}

// plain turns the builder's structs into the maps that JSON means. Numbers keep their digits.
func plain(built map[string]any) (map[string]any, error) {
	data, err := json.Marshal(built)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	option := map[string]any{}
	err = decoder.Decode(&option)
	return option, err
}

// patch adds what the builders lack, and takes out what they write for defaults that nobody wants here.
func patch(option map[string]any, c view.Chart) {
	for _, unwanted := range []string{"title", "toolbox", "legend", "color"} {
		delete(option, unwanted)
	}
	option["animation"] = false
	option["tooltip"] = map[string]any{"renderMode": "richText", "confine": true, "trigger": "item"}
	option["dti"] = meta(c)
	if isHistogram(c) {
		return
	}
	patchRadar(option, c)
	series, _ := option["series"].([]any)
	for i, s := range series {
		if one, ok := s.(map[string]any); ok {
			sayValues(one, c, i)
		}
	}
}

// patchRadar gives all axes of a radar the same bounds.
func patchRadar(option map[string]any, c view.Chart) {
	radar, ok := option["radar"].(map[string]any)
	if !ok {
		return
	}
	lo, hi := extent(c, false)
	indicators, _ := radar["indicator"].([]any)
	for _, indicator := range indicators {
		if axis, ok := indicator.(map[string]any); ok {
			axis["min"], axis["max"] = lo, hi
		}
	}
}

// sayValues puts the words of a value beside its number, so that labels and tooltips print what the table prints.
func sayValues(series map[string]any, c view.Chart, i int) {
	data, _ := series["data"].([]any)
	switch form(c) {
	case view.Radar:
		for _, item := range data {
			if one, ok := item.(map[string]any); ok {
				one["words"] = allWords(c, i)
			}
		}
	case view.SortedBars, view.PairedBars:
		for row, item := range data { // reversed: the library draws the first row at the bottom
			sayValue(item, c, i, len(data)-1-row)
		}
	default:
		row := -1
		for _, item := range data { // missing ones were left out
			for row++; valueOf(c, i, row).Missing; row++ {
			}
			sayValue(item, c, i, row)
		}
	}
}

func sayValue(item any, c view.Chart, series, row int) {
	one, ok := item.(map[string]any)
	if !ok {
		return
	}
	v := valueOf(c, series, row)
	if v.Missing {
		one["value"] = nil
		one["missing"] = true
	}
	one["words"] = said(c, v)
	one["row"] = row
}

func allWords(c view.Chart, series int) []any {
	out := make([]any, len(c.Rows))
	for row := range c.Rows {
		out[row] = said(c, valueOf(c, series, row))
	}
	return out
}

// said is what a canvas says.
func said(c view.Chart, v view.Value) string { return newCanvas(c, false).said(v) }

// forms are the names by which site.js knows the forms of drawing.
var forms = map[view.ChartKind]string{
	view.SortedBars: "bars", view.DotStrip: "strip", view.Dumbbell: "dumbbell", view.PairedBars: "paired",
	view.DotRows: "rows", view.Radar: "radar",
}

func meta(c view.Chart) map[string]any {
	words := make([]any, len(c.Series))
	for i := range c.Series {
		words[i] = allWords(c, i)
	}
	lo, hi := extent(c, form(c) == view.SortedBars || form(c) == view.PairedBars)
	meta := map[string]any{
		"id": chartID, "kind": forms[form(c)], "lang": c.Lang, "unit": c.Unit, "decimals": c.Decimals, "descending": c.Descending,
		"highlight": c.Highlight, "draft": c.Draft, "ticks": anys(ticks(lo, hi, c.Decimals, c.Descending)),
	}
	switch form(c) {
	case view.DotStrip:
		meta["callouts"], meta["absent"] = calls(c), absentees(c)
		if isHistogram(c) {
			meta["kind"], meta["caption"] = "histogram", newCanvas(c, false).words.Say("site.chart-bins")
		}
	case view.SortedBars:
	default:
		meta["words"] = words
	}
	return meta
}

func isHistogram(c view.Chart) bool { return form(c) == view.DotStrip && len(c.Rows) > mostDots }

// calls are the labels of a strip and what they point to.
func calls(c view.Chart) []any {
	var out []any
	for _, m := range c.Markers {
		out = append(out, map[string]any{"label": m.Label, "value": m.Value, "kind": "marker"})
	}
	for _, row := range namedRows(c) {
		v := valueOf(c, 0, row)
		kind := "leader"
		if row+1 == c.Highlight {
			kind = "hot"
		}
		out = append(out, map[string]any{"label": c.Rows[row] + " " + said(c, v), "value": v.Number, "row": row, "kind": kind})
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

// axisOf is the axis of numbers.
func axisOf(c view.Chart, fromZero bool) opts.XAxis {
	lo, hi := extent(c, fromZero)
	return opts.XAxis{Type: "value", Min: lo, Max: hi, Inverse: opts.Bool(c.Descending && !fromZero)}
}

// barOption is horizontal bars; the data are reversed, because the library starts at the bottom.
func barOption(c view.Chart) map[string]any {
	bar := charts.NewBar()
	bar.SetGlobalOptions(charts.WithInitializationOpts(opts.Initialization{ChartID: chartID}),
		charts.WithXAxisOpts(axisOf(c, true)), charts.WithYAxisOpts(opts.YAxis{Type: "category"}))
	names := slices.Clone(c.Rows)
	slices.Reverse(names)
	bar.SetXAxis(names)
	for i, s := range c.Series {
		data := make([]opts.BarData, len(c.Rows))
		for row, name := range c.Rows {
			if v := valueOf(c, i, row); !v.Missing {
				data[len(c.Rows)-1-row] = opts.BarData{Name: name, Value: v.Number}
			} else {
				data[len(c.Rows)-1-row] = opts.BarData{Name: name}
			}
		}
		var extra []charts.SeriesOpts
		if i == 0 {
			extra = markLines(c)
		}
		bar.AddSeries(s.Name, data, extra...)
	}
	bar.XYReversal()
	bar.Validate()
	return bar.JSON()
}

func markLines(c view.Chart) []charts.SeriesOpts {
	var lines []opts.MarkLineNameXAxisItem
	for _, m := range c.Markers {
		lines = append(lines, opts.MarkLineNameXAxisItem{Name: m.Label, XAxis: m.Value})
	}
	if len(lines) == 0 {
		return nil
	}
	return []charts.SeriesOpts{
		charts.WithMarkLineNameXAxisItemOpts(lines...),
		charts.WithMarkLineStyleOpts(opts.MarkLineStyle{Symbol: []string{"none", "none"}}),
	}
}

// scatterOption is dots: on one line for a strip, which site.js stacks for the width it finds; on a row each otherwise,
// counted from the bottom. A dumbbell also has a line from the first to the second dot of each row.
func scatterOption(c view.Chart) map[string]any {
	dots := charts.NewScatter()
	y := opts.YAxis{Type: "value"}
	strip := form(c) == view.DotStrip
	if !strip {
		names := slices.Clone(c.Rows)
		slices.Reverse(names)
		y = opts.YAxis{Type: "category", Data: names}
	}
	dots.SetGlobalOptions(charts.WithInitializationOpts(opts.Initialization{ChartID: chartID}),
		charts.WithXAxisOpts(axisOf(c, false)), charts.WithYAxisOpts(y))
	for i, s := range c.Series {
		var data []opts.ScatterData
		for row, name := range c.Rows {
			if v := valueOf(c, i, row); !v.Missing {
				level := len(c.Rows) - 1 - row
				if strip {
					level = 0
				}
				data = append(data, opts.ScatterData{Name: name, Value: []any{v.Number, level}})
			}
		}
		var extra []charts.SeriesOpts
		if form(c) == view.Dumbbell && i == 0 {
			extra = shafts(c)
		}
		dots.AddSeries(s.Name, data, extra...)
	}
	dots.Validate()
	return dots.JSON()
}

// shafts are the lines of a dumbbell, from before to after.
func shafts(c view.Chart) []charts.SeriesOpts {
	var lines []opts.MarkLineNameCoordItem
	for row := range c.Rows {
		was, is := valueOf(c, 0, row), valueOf(c, 1, row)
		if was.Missing || is.Missing || was.Number == is.Number {
			continue
		}
		y := len(c.Rows) - 1 - row
		lines = append(lines, opts.MarkLineNameCoordItem{
			Coordinate0: []any{was.Number, y}, Coordinate1: []any{is.Number, y},
		})
	}
	if len(lines) == 0 {
		return nil
	}
	return []charts.SeriesOpts{
		charts.WithMarkLineNameCoordItemOpts(lines...),
		charts.WithMarkLineStyleOpts(opts.MarkLineStyle{Symbol: []string{"none", "none"}}),
	}
}

// histogramOption is the number of rows in each interval. The bars of a wide and of a narrow screen are two series, of
// which site.js shows one.
func histogramOption(c view.Chart) map[string]any {
	bar := charts.NewBar()
	bar.SetGlobalOptions(charts.WithInitializationOpts(opts.Initialization{ChartID: chartID}),
		charts.WithXAxisOpts(axisOf(c, false)), charts.WithYAxisOpts(opts.YAxis{Type: "value"}))
	for _, wide := range []bool{false, true} {
		found, lo, width := bins(c, wide)
		data := make([]opts.BarData, len(found))
		for i, rows := range found {
			data[i] = opts.BarData{Value: []any{lo + (float64(i)+0.5)*width, len(rows)}}
		}
		bar.AddSeries(c.Series[0].Name, data)
	}
	bar.Validate()
	return bar.JSON()
}

func radarOption(c view.Chart) map[string]any {
	radar := charts.NewRadar()
	indicators := make([]*opts.Indicator, len(c.Rows))
	for i, name := range c.Rows {
		indicators[i] = &opts.Indicator{Name: name} // bounds are patched in: these are float32, without 0
	}
	radar.SetGlobalOptions(charts.WithInitializationOpts(opts.Initialization{ChartID: chartID}),
		charts.WithRadarComponentOpts(opts.RadarComponent{Indicator: indicators, SplitNumber: 4}))
	for i, s := range c.Series {
		values := make([]any, len(c.Rows))
		for row := range c.Rows {
			values[row] = "-" // the library's word for a gap
			if v := valueOf(c, i, row); !v.Missing {
				values[row] = v.Number
			}
		}
		radar.AddSeries(s.Name, []opts.RadarData{{Name: s.Name, Value: values}})
	}
	radar.Validate()
	return radar.JSON()
}
