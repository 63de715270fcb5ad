package chart

import (
	"encoding/json"
	"fmt"
	"html/template"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"github.com/opendti/dti/reports/view"
)

// Option is the option object from which site.js draws a chart, as JSON for a script element of that type: without
// functions, colours and fonts, which site.js adds. Equal charts give equal bytes, and what a page could read as markup is
// escaped. Under the key "dti" stands what the script needs beside the options: see notes. Data are bare numbers, null
// where one is missing; words stand there only where they are not the number written with the chart's decimals, so that
// nothing is said twice. A chart without rows or series has no option object: "". An error says that the chart cannot be
// drawn: an unknown kind, or a series with a number that is not finite or above 10^12.
//
// Note: texts of agencies reach the page only through json.Marshal, with which html/template escapes as well. The
// library's own rendering would run "__f__…__f__" and "</script>" in a name as code, so nothing here renders.
func Option(c view.Chart) (template.JS, error) {
	if len(c.Rows) == 0 || len(c.Series) == 0 {
		return "", nil
	}
	if err := check(c); err != nil {
		return "", err
	}
	if form(c) == view.Radar {
		c = clockwise(c)
	}
	o := built(c)
	o.Notes = notesOf(c)
	data, err := json.Marshal(o)
	if err != nil {
		return "", fmt.Errorf("chart of kind %d: %w", c.Kind, err)
	}
	return template.JS(data), nil // #nosec G203 -- json.Marshal escapes every text
}

// check says why a chart cannot be drawn.
func check(c view.Chart) error {
	if drawing(c) == nil {
		return fmt.Errorf("chart of kind %d: no such kind", c.Kind)
	}
	for i, s := range c.Series {
		if len(s.Values) != len(c.Rows) {
			return fmt.Errorf("chart series %d: %d values for %d rows", i+1, len(s.Values), len(c.Rows))
		}
		for row, v := range s.Values {
			if !v.Missing && !drawable(v.Number) {
				return fmt.Errorf("chart series %d, row %d: the number is not finite or above 10^12", i+1, row+1)
			}
		}
	}
	return nil
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

// An option is a chart in the library's own types. Its builders are not asked: they write defaults that nobody wants here,
// and find them by reflection.
type option struct {
	Notes  notes                  `json:"dti"`
	Radar  *spokes                `json:"radar,omitempty"`
	Series []*charts.SingleSeries `json:"series"`
	XAxis  []opts.XAxis           `json:"xAxis,omitempty"`
	YAxis  []opts.YAxis           `json:"yAxis,omitempty"`
}

// spokes are the axes of a radar, all with the same bounds. Those of the library's type are float32, without 0.
type spokes struct {
	Indicator   []spoke `json:"indicator"`
	SplitNumber int     `json:"splitNumber"`
}

type spoke struct {
	Name string  `json:"name"`
	Min  float64 `json:"min"`
	Max  float64 `json:"max"`
}

// built makes the option of the form.
func built(c view.Chart) option {
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

// add adds a series of a type of chart.
func (o *option) add(kind, name string, data any, extra ...charts.SeriesOpts) {
	one := &charts.SingleSeries{Name: name, Type: kind, Data: data}
	one.ConfigureSeriesOpts(extra...)
	o.Series = append(o.Series, one)
}

// axes are those of numbers, which lies, and of rows or counts, which stands.
func axes(c view.Chart, fromZero bool, standing string) option {
	lo, hi := extent(c, fromZero)
	axis := opts.XAxis{Type: "value", Min: lo, Max: hi}
	if c.Descending && !fromZero {
		axis.Inverse = opts.Bool(true)
	}
	return option{XAxis: []opts.XAxis{axis}, YAxis: []opts.YAxis{{Type: standing}}}
}

// barOption is horizontal bars; the data are reversed, because the library starts at the bottom.
func barOption(c view.Chart) option {
	bars := axes(c, true, "category")
	for i, s := range c.Series {
		data := make([]any, len(c.Rows))
		for row := range c.Rows {
			if v := valueOf(c, i, row); !v.Missing {
				data[len(c.Rows)-1-row] = v.Number
			}
		}
		var extra []charts.SeriesOpts
		if i == 0 {
			extra = markLines(c)
		}
		bars.add(types.ChartBar, s.Name, data, extra...)
	}
	return bars
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
func scatterOption(c view.Chart) option {
	strip, standing := form(c) == view.DotStrip, "category"
	if strip {
		standing = "value"
	}
	dots := axes(c, false, standing)
	for i, s := range c.Series {
		data := make([]any, 0, len(c.Rows))
		for row := range c.Rows {
			v := valueOf(c, i, row)
			switch {
			case strip && v.Missing:
				data = append(data, nil)
			case strip:
				data = append(data, v.Number)
			case !v.Missing:
				data = append(data, [2]float64{v.Number, float64(len(c.Rows) - 1 - row)})
			}
		}
		var extra []charts.SeriesOpts
		if form(c) == view.Dumbbell && i == 0 {
			extra = shafts(c)
		}
		dots.add(types.ChartScatter, s.Name, data, extra...)
	}
	return dots
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
func boxOption(c view.Chart) option {
	data := make([]any, len(c.Rows))
	for row := range c.Rows {
		if !boxed(c, row) {
			continue
		}
		var five [boxNumbers]float64
		for i := range five {
			five[i] = valueOf(c, i, row).Number
		}
		data[len(c.Rows)-1-row] = five
	}
	box := axes(c, false, "category")
	box.add(types.ChartBoxPlot, c.Series[boxMedian].Name, data)
	return box
}

// histogramOption is the number of rows in each interval. The bars of a wide and of a narrow screen are two series, of
// which site.js shows one.
func histogramOption(c view.Chart) option {
	bars := axes(c, false, "value")
	for _, wide := range []bool{false, true} {
		found, lo, width := bins(c, wide)
		data := make([]any, len(found))
		for i, rows := range found {
			data[i] = [2]float64{lo + (float64(i)+0.5)*width, float64(len(rows))}
		}
		bars.add(types.ChartBar, c.Series[0].Name, data)
	}
	return bars
}

func radarOption(c view.Chart) option {
	lo, hi := extent(c, false)
	around := make([]spoke, len(c.Rows))
	for i, name := range c.Rows {
		around[i] = spoke{Name: name, Min: lo, Max: hi}
	}
	radar := option{Radar: &spokes{Indicator: around, SplitNumber: 4}}
	for i, s := range c.Series {
		values := make([]any, len(c.Rows))
		for row := range c.Rows {
			values[row] = "-" // the library's word for a gap
			if v := valueOf(c, i, row); !v.Missing {
				values[row] = v.Number
			}
		}
		radar.add(types.ChartRadar, s.Name, []opts.RadarData{{Name: s.Name, Value: values}})
	}
	return radar
}
