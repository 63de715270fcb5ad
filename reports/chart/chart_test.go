package chart_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"html/template"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/reports/chart"
	"github.com/opendti/dti/reports/view"
)

var update = flag.Bool("update", false, "write the golden drawings anew")

// texts reads a drawing as XML and returns its texts, those of one element joined; it fails where the XML is not well
// formed, or where anything else stands in it than a drawing needs.
func texts(t require.TestingT, drawing template.HTML) []string {
	decoder := xml.NewDecoder(strings.NewReader("<drawing>" + string(drawing) + "</drawing>"))
	allowed := strings.Fields("drawing div svg g text tspan circle path")
	var out []string
	line := ""
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		require.NoError(t, err)
		switch token := token.(type) {
		case xml.StartElement:
			require.Contains(t, allowed, token.Name.Local)
			for _, a := range token.Attr {
				require.False(t, strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "style" || a.Name.Local == "href", a.Name.Local)
			}
		case xml.CharData:
			line += string(token)
		case xml.EndElement:
			if token.Name.Local == "text" {
				out = append(out, line)
				line = ""
			}
		}
	}
}

func TestStaticGolden(t *testing.T) {
	for name, c := range samples() {
		t.Run(name, func(t *testing.T) {
			got := chart.Static(c, "Tiêu đề", "Một câu kể.")
			assert.Equal(t, got, chart.Static(c, "Tiêu đề", "Một câu kể."), "equal charts give equal bytes")
			texts(t, got)
			lines := strings.ReplaceAll(string(got), "><", ">\n<") + "\n"
			file := filepath.Join("testdata", name+".svg")
			if *update {
				require.NoError(t, os.MkdirAll("testdata", 0o755))
				require.NoError(t, os.WriteFile(file, []byte(lines), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.True(t, string(want) == lines, "%s differs; go test ./reports/chart -update, and look at the picture", file)
		})
	}
}

// What a pen drew before does not show.
func TestPenDrawsAsStatic(t *testing.T) {
	var pen chart.Pen
	for range 2 {
		for name, c := range samples() {
			assert.Equal(t, string(chart.Static(c, name, "")), string(pen.Draw(c, name, "")))
		}
	}
	assert.Empty(t, pen.Draw(view.Chart{}, "", ""))
}

func TestStaticSaysEveryNumber(t *testing.T) {
	for name, c := range map[string]view.Chart{"bars": bars(7), "paired": paired(), "dumbbell": dumbbell(), "rows": rows(), "radar": radar()} {
		t.Run(name, func(t *testing.T) {
			said := strings.Join(texts(t, chart.Static(c, "", "")), "\n")
			for _, series := range c.Series {
				for row, v := range series.Values {
					assert.Contains(t, said, v.Words, "row %d", row+1)
				}
			}
			for _, m := range c.Markers {
				assert.Contains(t, said, m.Label)
			}
		})
	}
}

var barPaths = regexp.MustCompile(`<path class="bar[^"]*" stroke-width="14" d="([^"]*)"`)

func TestBarsAreAsLongAsTheirNumbers(t *testing.T) {
	c := bars(7)
	c.Highlight = 0
	path := barPaths.FindStringSubmatch(string(chart.Static(c, "", "")))
	require.NotNil(t, path)
	found := regexp.MustCompile(`h([\d.]+)`).FindAllStringSubmatch(path[1], -1)
	require.Len(t, found, 7)
	var first float64
	for i, v := range c.Series[0].Values {
		width, err := strconv.ParseFloat(found[i][1], 64)
		require.NoError(t, err)
		if i == 0 {
			first = width
			continue
		}
		assert.InDelta(t, v.Number/c.Series[0].Values[0].Number, width/first, 0.001)
	}
}

func TestBarsStartAtZero(t *testing.T) {
	c := bars(7)
	c.Min = 50
	assert.Equal(t, chart.Static(bars(7), "", ""), chart.Static(c, "", ""), "an axis that starts at 50 is refused for bars")
	var option struct{ XAxis []struct{ Min *float64 } }
	require.NoError(t, json.Unmarshal([]byte(optionOf(t, c)), &option))
	assert.Zero(t, *option.XAxis[0].Min)
}

func TestStaticFallsBack(t *testing.T) {
	one := paired()
	one.Series = one.Series[1:]
	alone := one
	alone.Kind = view.SortedBars
	assert.Equal(t, chart.Static(alone, "", ""), chart.Static(one, "", ""), "one series is drawn as bars")

	few := radar()
	few.Rows = few.Rows[:2]
	asRows := few
	asRows.Kind = view.DotRows
	assert.Equal(t, chart.Static(asRows, "", ""), chart.Static(few, "", ""), "a radar of two axes is drawn as rows")

	for name, c := range map[string]view.Chart{"no kind": {Rows: []string{"a"}, Series: []view.Series{{}}}, "no rows": {Kind: view.Radar}, "unknown": {Kind: 99, Rows: []string{"a"}, Series: []view.Series{{}}}} {
		assert.Empty(t, chart.Static(c, "", ""), name)
		option, err := chart.Option(c)
		assert.Empty(t, option, name)
		assert.Equal(t, len(c.Rows) > 0, err != nil, name)
	}
}

func TestMissingIsSaidNotDrawn(t *testing.T) {
	for kind := view.SortedBars; kind <= view.Boxes; kind++ {
		c := radar()
		c.Kind = kind
		for s := range c.Series {
			c.Series[s].Values[2] = view.Value{Missing: true}
		}
		drawing := chart.Static(c, "", "")
		assert.Contains(t, strings.Join(texts(t, drawing), "\n"), "Chưa có", "kind %d", kind)
		assert.NotContains(t, string(drawing), "NaN")
		assert.Contains(t, optionOf(t, c), "Chưa có", "kind %d", kind)
	}
}

func TestNotFiniteIsMissing(t *testing.T) {
	c := bars(7)
	c.Series[0].Values[6].Number = math.Inf(1)
	c.Series[0].Values[5].Number = math.NaN()
	assert.NotRegexp(t, "NaN|Inf", string(chart.Static(c, "", "")))
	_, err := chart.Option(c)
	assert.Error(t, err)
	c = bars(7)
	c.Series[0].Values = c.Series[0].Values[:3]
	_, err = chart.Option(c)
	assert.Error(t, err, "values for every row")
}

func TestHostileTextsStayTexts(t *testing.T) {
	for name, c := range samples() {
		t.Run(name, func(t *testing.T) {
			c := hostile(c)
			drawing := chart.Static(c, `"><script>alert(1)</script>`, `' onload='alert(1)`)
			assert.NotContains(t, string(drawing), "<script")
			assert.NotContains(t, string(drawing), "<img")
			texts(t, drawing)

			option := optionOf(t, c)
			assert.NotContains(t, option, "<", "a page cannot read markup")
			assert.NotRegexp(t, "[\u2028\u2029]", option, "nor a script the end of a line")
			assert.Contains(t, option, `"__f__alert(document.domain)__f__"`, "the library's marker of code stays text")
		})
	}
}

// An option object stands in a page as html/template would escape it, to the byte.
func TestOptionIsAsTheTemplateWritesIt(t *testing.T) {
	block := template.Must(template.New("").Parse(`<script type="application/json">{{.}}</script>`))
	written := func(option any) string {
		var page strings.Builder
		require.NoError(t, block.Execute(&page, option))
		return page.String()
	}
	for name, c := range samples() {
		for _, c := range []view.Chart{c, hostile(c)} {
			option := optionOf(t, c)
			assert.Equal(t, written(json.RawMessage(option)), written(template.JS(option)), name)
			assert.Equal(t, `<script type="application/json">`+option+"</script>", written(template.JS(option)), name)
		}
	}
}

func TestOptionIsDeterministic(t *testing.T) {
	for name, c := range samples() {
		t.Run(name, func(t *testing.T) {
			want := optionOf(t, c)
			for range 3 {
				require.Equal(t, want, optionOf(t, c))
			}
		})
	}
}

func optionOf(t require.TestingT, c view.Chart) string {
	option, err := chart.Option(c)
	require.NoError(t, err)
	return string(option)
}

// drawnOption is what site.js reads.
type drawnOption struct {
	DTI struct {
		Names    []string
		Each     [][]float64
		Words    map[string]map[string]string
		Decimals int
		Point    string
		Unit     string
	} `json:"dti"`
	Series []struct{ Data []json.RawMessage }
}

// words are what site.js writes for a number: its own words, or the number with the chart's decimals.
func (o drawnOption) words(series, row int, v float64) string {
	if words, ok := o.DTI.Words[strconv.Itoa(series)][strconv.Itoa(row)]; ok {
		return words
	}
	words := strings.Replace(strconv.FormatFloat(v, 'f', o.DTI.Decimals, 64), ".", o.DTI.Point, 1)
	if o.DTI.Unit == "%" {
		words += "%"
	}
	return words
}

// numbers are the numbers of a series by row; NaN where one is missing.
func (o drawnOption) numbers(t require.TestingT, kind view.ChartKind, series int) []float64 {
	out := make([]float64, len(o.DTI.Names))
	for i := range out {
		out[i] = math.NaN()
	}
	if kind == view.Boxes {
		for i, item := range o.Series[0].Data {
			var five []float64
			require.NoError(t, json.Unmarshal(item, &five))
			if five != nil {
				out[len(out)-1-i] = five[series]
			}
		}
		return out
	}
	for i, item := range o.Series[series].Data {
		if kind == view.SortedBars || kind == view.PairedBars || kind == view.DotStrip {
			row := len(out) - 1 - i
			if kind == view.DotStrip {
				row = i
			}
			if string(item) != "null" {
				require.NoError(t, json.Unmarshal(item, &out[row]))
			}
			continue
		}
		var pair [2]float64
		require.NoError(t, json.Unmarshal(item, &pair))
		out[len(out)-1-int(pair[1])] = pair[0]
	}
	return out
}

// TestOptionEqualsTheSeries draws any numbers and asks what site.js would draw and write.
func TestOptionEqualsTheSeries(t *testing.T) {
	kinds := map[view.ChartKind]int{view.SortedBars: 1, view.DotStrip: 1, view.Dumbbell: 2, view.PairedBars: 2, view.DotRows: 3, view.Boxes: 5}
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(slices.Sorted(maps.Keys(kinds))).Draw(t, "kind")
		rows := rapid.IntRange(1, 20).Draw(t, "rows")
		decimals := rapid.IntRange(0, 4).Draw(t, "decimals")
		c := view.Chart{Kind: kind, Lang: rapid.SampledFrom([]string{"vi", "en", "xx"}).Draw(t, "lang"), Decimals: decimals, Unit: rapid.SampledFrom([]string{"", "%"}).Draw(t, "unit")}
		for row := range rows {
			c.Rows = append(c.Rows, fmt.Sprint("Row ", row))
		}
		for range kinds[kind] {
			c.Series = append(c.Series, anySeries(t, rows, decimals))
		}
		var option drawnOption
		require.NoError(t, json.Unmarshal([]byte(optionOf(t, c)), &option))
		require.Equal(t, c.Rows, option.DTI.Names)
		for s, series := range c.Series {
			numbers := option.numbers(t, kind, s)
			for row, v := range series.Values {
				if math.IsNaN(numbers[row]) {
					require.True(t, v.Missing || kind == view.Boxes, "row %d is drawn", row)
				} else {
					require.Equal(t, v.Number, numbers[row])
				}
				want := v.Words
				if c.Unit == "%" && !v.Missing {
					want += "%"
				}
				require.Equal(t, want, option.words(s, row, v.Number))
			}
		}
	})
}

// anySeries is numbers with their words as a Vietnamese page, an English one or something else writes them.
func anySeries(t *rapid.T, rows, decimals int) view.Series {
	var series view.Series
	for range rows {
		v := view.Value{Missing: rapid.Bool().Draw(t, "missing"), Words: "không có số liệu"}
		if !v.Missing {
			v.Number = rapid.OneOf(rapid.Float64Range(-2000, 2000), rapid.Map(rapid.IntRange(0, 10000), func(n int) float64 { return float64(n) / 100 })).Draw(t, "number")
			v.Words = rapid.SampledFrom([]string{words(v.Number, decimals), fmt.Sprintf("%.*f", decimals, v.Number), "about " + fmt.Sprint(v.Number)}).Draw(t, "words")
		}
		series.Values = append(series.Values, v)
	}
	return series
}

// Behind the marks of a row stand the numbers that they sum up, in the static drawing and in what site.js draws; numbers
// that are no row's, or no numbers, are left out.
func TestRowsShowEach(t *testing.T) {
	c := samples()["rows-each"]
	spots := regexp.MustCompile(`<path class="each"[^>]* d="([^"]*)"`)
	for _, m := range spots.FindAllStringSubmatch(string(chart.Static(c, "", "")), -1) {
		assert.Equal(t, 11, strings.Count(m[1], "h0"))
	}
	var option drawnOption
	require.NoError(t, json.Unmarshal([]byte(optionOf(t, c)), &option))
	assert.Equal(t, c.Each, option.DTI.Each)
	for name, each := range map[string][][]float64{"other rows": {{50}}, "none": nil} {
		c.Each = each
		assert.NotContains(t, chart.Static(c, "", ""), `"each"`, name)
	}
	c.Each = [][]float64{{math.NaN(), 1e13, 50}, {}, {}, {}}
	assert.Equal(t, 1, strings.Count(spots.FindString(string(chart.Static(c, "", ""))), "h0"))
}

func TestHistogramCountsEveryRow(t *testing.T) {
	var option struct{ Series []struct{ Data [][2]float64 } }
	require.NoError(t, json.Unmarshal([]byte(optionOf(t, strip(160))), &option))
	require.Len(t, option.Series, 2)
	for _, series := range option.Series {
		sum := 0.0
		for _, item := range series.Data {
			sum += item[1]
		}
		assert.EqualValues(t, 160, sum)
	}
}

var (
	spots = regexp.MustCompile(`<path class="spot[^"]*" stroke-width="([\d.]+)" d="([^"]*)"`)
	spot  = regexp.MustCompile(`M([\d.]+) ([\d.]+)h0`)
)

// TestDotsDoNotOverlap draws any group and measures the dots of both drawings.
func TestDotsDoNotOverlap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := rapid.SliceOfN(rapid.Float64Range(0, 100), 1, 150).Draw(t, "scores")
		c := strip(len(numbers))
		c.Highlight, c.Series = 0, []view.Series{{Values: vals(numbers...)}}
		found := spots.FindAllStringSubmatch(string(chart.Static(c, "", "")), -1)
		require.Len(t, found, 2)
		for _, path := range found {
			across, err := strconv.ParseFloat(path[1], 64)
			require.NoError(t, err)
			var places [][2]float64
			for _, m := range spot.FindAllStringSubmatch(path[2], -1) {
				var place [2]float64
				for i := range place {
					place[i], err = strconv.ParseFloat(m[i+1], 64)
					require.NoError(t, err)
				}
				for _, other := range places {
					require.GreaterOrEqual(t, math.Hypot(place[0]-other[0], place[1]-other[1]), across-0.2)
				}
				places = append(places, place)
			}
			require.Len(t, places, len(numbers))
		}
	})
}

// TestAnyChartIsWellFormed draws whatever numbers and names there are.
func TestAnyChartIsWellFormed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfN(rapid.String(), 1, 30).Draw(t, "names")
		c := view.Chart{
			Kind: view.ChartKind(rapid.IntRange(1, 7).Draw(t, "kind")), Rows: names, Min: rapid.Float64Range(-10, 10).Draw(t, "min"),
			Max: rapid.Float64Range(-10, 1e6).Draw(t, "max"), Lang: "en", Unit: rapid.SampledFrom([]string{"", "%", "points"}).Draw(t, "unit"),
			Decimals: rapid.IntRange(0, 4).Draw(t, "decimals"), Descending: rapid.Bool().Draw(t, "descending"),
			Highlight: rapid.IntRange(0, 31).Draw(t, "highlight"), Draft: rapid.String().Draw(t, "draft"),
		}
		for range rapid.IntRange(1, 5).Draw(t, "series") {
			c.Series = append(c.Series, view.Series{Values: vals(rapid.SliceOfN(rapid.Float64Range(-1e12, 1e12), len(names), len(names)).Draw(t, "values")...)})
		}
		texts(t, chart.Static(c, "t", "n"))
		_, err := chart.Option(c)
		require.NoError(t, err)
	})
}

func TestCSSNeedsNothingFromOutside(t *testing.T) {
	assert.NotRegexp(t, `url\(|@import|http`, chart.CSS)
	used := regexp.MustCompile(`class="([^"]*)"`)
	known := regexp.MustCompile(`\.([a-z0-9]+)`)
	var styled []string
	for _, m := range known.FindAllStringSubmatch(chart.CSS, -1) {
		styled = append(styled, m[1])
	}
	for _, c := range samples() {
		for _, m := range used.FindAllStringSubmatch(string(chart.Static(c, "", "")), -1) {
			for class := range strings.FieldsSeq(m[1]) {
				assert.True(t, slices.Contains(styled, class), class)
			}
		}
	}
}
