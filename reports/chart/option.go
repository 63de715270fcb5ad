package chart

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"github.com/opendti/dti/reports/view"
)

// chartID stands in every option object: the library's builders draw a random one where none is set.
const chartID = "chart"

// Option makes the option object from which site.js draws a chart: plain maps, slices, strings, numbers and booleans,
// without functions, colours and fonts, which site.js adds. json.Marshal gives equal bytes for equal charts, and escapes
// what a page could read as markup. Under the key "dti" stands what the script needs beside the options: the form of the
// drawing, the names of the rows, unit, decimals, the row to emphasise and the draft stamp. Data are bare numbers, null
// where one is missing; words stand there only where they are not the number written with the chart's decimals, so that
// nothing is said twice. A chart without rows or series has no option object: nil. An error says that the chart cannot be drawn: an unknown kind, or a series with a number that is not finite or above 10^12.
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
	case view.Boxes:
		return boxOption(c)
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

// patch adds what the builders lack, and takes out what they write for defaults that nobody wants here and what site.js
// knows without being told.
func patch(option map[string]any, c view.Chart) {
	for _, unwanted := range []string{"title", "toolbox", "legend", "color", "tooltip", "animation"} {
		delete(option, unwanted)
	}
	option["dti"] = notes(c)
	patchRadar(option, c)
	series, _ := option["series"].([]any)
	for _, s := range series {
		if one, ok := s.(map[string]any); ok && form(c) != view.Radar {
			one["data"] = bare(one["data"])
		}
	}
	axes, _ := option["yAxis"].([]any)
	for _, axis := range axes {
		if one, ok := axis.(map[string]any); ok {
			delete(one, "data") // the names stand in the notes
		}
	}
}

// bare are the numbers of data items alone; nil where an item has none.
func bare(data any) any {
	items, ok := data.([]any)
	if !ok {
		return []any{}
	}
	out := make([]any, len(items))
	for i, item := range items {
		if one, ok := item.(map[string]any); ok {
			out[i] = one["value"]
		}
	}
	return out
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

// axisOf is the axis of numbers.
func axisOf(c view.Chart, fromZero bool) opts.XAxis {
	lo, hi := extent(c, fromZero)
	axis := opts.XAxis{Type: "value", Min: lo, Max: hi}
	if c.Descending && !fromZero {
		axis.Inverse = opts.Bool(true)
	}
	return axis
}

// barOption is horizontal bars; the data are reversed, because the library starts at the bottom.
func barOption(c view.Chart) map[string]any {
	bar := charts.NewBar()
	bar.SetGlobalOptions(charts.WithInitializationOpts(opts.Initialization{ChartID: chartID}),
		charts.WithXAxisOpts(axisOf(c, true)), charts.WithYAxisOpts(opts.YAxis{Type: "category"}))
	for i, s := range c.Series {
		data := make([]opts.BarData, len(c.Rows))
		for row := range c.Rows {
			if v := valueOf(c, i, row); !v.Missing {
				data[len(c.Rows)-1-row] = opts.BarData{Value: v.Number}
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

// scatterOption is dots: for a strip a number for each row, which site.js stacks for the width it finds; otherwise on a
// row each, counted from the bottom. A dumbbell also has a line from the first to the second dot of each row.
func scatterOption(c view.Chart) map[string]any {
	dots := charts.NewScatter()
	y := opts.YAxis{Type: "value"}
	strip := form(c) == view.DotStrip
	if !strip {
		y.Type = "category"
	}
	dots.SetGlobalOptions(charts.WithInitializationOpts(opts.Initialization{ChartID: chartID}),
		charts.WithXAxisOpts(axisOf(c, false)), charts.WithYAxisOpts(y))
	for i, s := range c.Series {
		var data []opts.ScatterData
		for row := range c.Rows {
			v := valueOf(c, i, row)
			switch {
			case strip && v.Missing:
				data = append(data, opts.ScatterData{})
			case strip:
				data = append(data, opts.ScatterData{Value: v.Number})
			case !v.Missing:
				data = append(data, opts.ScatterData{Value: []any{v.Number, len(c.Rows) - 1 - row}})
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

// boxOption is lying boxes, reversed as bars are; a row without all five numbers has none.
func boxOption(c view.Chart) map[string]any {
	box := charts.NewBoxPlot()
	box.SetGlobalOptions(charts.WithInitializationOpts(opts.Initialization{ChartID: chartID}),
		charts.WithXAxisOpts(axisOf(c, false)), charts.WithYAxisOpts(opts.YAxis{Type: "category"}))
	data := make([]opts.BoxPlotData, len(c.Rows))
	for row := range c.Rows {
		if !boxed(c, row) {
			continue
		}
		five := make([]float64, boxNumbers)
		for i := range five {
			five[i] = valueOf(c, i, row).Number
		}
		data[len(c.Rows)-1-row].Value = five
	}
	box.AddSeries(c.Series[boxMedian].Name, data)
	box.Validate()
	return box.JSON()
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
