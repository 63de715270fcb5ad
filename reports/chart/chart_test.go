package chart_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"html/template"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
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
	allowed := strings.Fields("drawing svg g text tspan title rect line circle polygon path")
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
			if token.Name.Local == "text" || token.Name.Local == "title" {
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

func TestStaticSaysEveryNumber(t *testing.T) {
	for name, c := range map[string]view.Chart{"bars": bars(7), "paired": paired(), "dumbbell": dumbbell(), "rows": rows(), "radar": radar(), "strip": strip(24)} {
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

// width finds how long the bars of the wide drawing are.
var barWidth = regexp.MustCompile(`<rect x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="14" class="bar[^"]*"`)

func TestBarsAreAsLongAsTheirNumbers(t *testing.T) {
	c := bars(7)
	found := barWidth.FindAllStringSubmatch(string(chart.Static(c, "", "")), -1)
	require.Len(t, found, 7)
	var first float64
	for i, v := range c.Series[0].Values {
		var width float64
		_, err := fmt.Sscan(found[i][1], &width)
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
	option, err := chart.Option(c)
	require.NoError(t, err)
	assert.Equal(t, json.Number("0"), option["xAxis"].([]any)[0].(map[string]any)["min"])
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
		assert.Nil(t, option, name)
		assert.Equal(t, len(c.Rows) > 0, err != nil, name)
	}
}

func TestMissingIsSaidNotDrawn(t *testing.T) {
	for kind := view.SortedBars; kind <= view.Radar; kind++ {
		c := radar()
		c.Kind = kind
		for s := range c.Series {
			c.Series[s].Values[2] = view.Value{Missing: true}
		}
		drawing := chart.Static(c, "", "")
		assert.Contains(t, strings.Join(texts(t, drawing), "\n"), "Chưa có", "kind %d", kind)
		assert.NotContains(t, string(drawing), "NaN")
		option, err := chart.Option(c)
		require.NoError(t, err)
		data, err := json.Marshal(option)
		require.NoError(t, err)
		assert.Contains(t, string(data), "Chưa có", "kind %d", kind)
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

			option, err := chart.Option(c)
			require.NoError(t, err)
			data, err := json.Marshal(option)
			require.NoError(t, err)
			assert.NotContains(t, string(data), "<", "a page cannot read markup")
			assert.Contains(t, string(data), `"__f__alert(document.domain)__f__"`, "the library's marker of code stays text")

			var page strings.Builder
			block := template.Must(template.New("").Parse(`<script type="application/json">{{.}}</script>`))
			require.NoError(t, block.Execute(&page, option))
			assert.Equal(t, 1, strings.Count(page.String(), "</script"))
			var back map[string]any
			inner := strings.TrimSuffix(strings.TrimPrefix(page.String(), `<script type="application/json">`), "</script>")
			require.NoError(t, json.Unmarshal([]byte(inner), &back), "the block is JSON")
		})
	}
}

func TestOptionIsDeterministicAndEqualsTheSeries(t *testing.T) {
	for name, c := range samples() {
		t.Run(name, func(t *testing.T) {
			var before []byte
			for range 3 {
				option, err := chart.Option(c)
				require.NoError(t, err)
				data, err := json.Marshal(option)
				require.NoError(t, err)
				if before != nil {
					require.Equal(t, string(before), string(data))
				}
				before = data
			}
			var option struct {
				Animation bool
				Tooltip   struct{ RenderMode string }
				Series    []struct {
					Name string
					Data []struct {
						Value json.RawMessage
						Words any
						Row   int
					}
				}
			}
			require.NoError(t, json.Unmarshal(before, &option))
			assert.False(t, option.Animation)
			assert.Equal(t, "richText", option.Tooltip.RenderMode)
			if c.Kind == view.Radar || len(c.Rows) > 150 {
				return
			}
			for s, series := range option.Series {
				assert.Equal(t, c.Series[s].Name, series.Name)
				for _, item := range series.Data {
					want := c.Series[s].Values[item.Row]
					assert.Contains(t, item.Words, want.Words)
					if !want.Missing {
						number := strings.TrimPrefix(strings.Split(string(item.Value), ",")[0], "[")
						assert.Equal(t, fmt.Sprint(want.Number), number)
					}
				}
			}
		})
	}
}

func TestHistogramCountsEveryRow(t *testing.T) {
	option, err := chart.Option(strip(160))
	require.NoError(t, err)
	for _, series := range option["series"].([]any) {
		sum := int64(0)
		for _, item := range series.(map[string]any)["data"].([]any) {
			n, err := item.(map[string]any)["value"].([]any)[1].(json.Number).Int64()
			require.NoError(t, err)
			sum += n
		}
		assert.EqualValues(t, 160, sum)
	}
}

var circle = regexp.MustCompile(`<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)" class="dot`)

// TestDotsDoNotOverlap draws any group and measures the dots of both drawings.
func TestDotsDoNotOverlap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := rapid.SliceOfN(rapid.Float64Range(0, 100), 1, 150).Draw(t, "scores")
		c := strip(len(numbers))
		c.Highlight, c.Series = 0, []view.Series{{Values: vals(numbers...)}}
		for _, drawing := range strings.SplitAfter(string(chart.Static(c, "", "")), "</svg>") {
			var x, y, r []float64
			for _, m := range circle.FindAllStringSubmatch(drawing, -1) {
				var a, b, c float64
				_, err := fmt.Sscan(m[1], &a)
				require.NoError(t, err)
				_, err = fmt.Sscan(m[2], &b)
				require.NoError(t, err)
				_, err = fmt.Sscan(m[3], &c)
				require.NoError(t, err)
				x, y, r = append(x, a), append(y, b), append(r, c)
			}
			for i := range x {
				for j := range i {
					require.GreaterOrEqual(t, math.Hypot(x[i]-x[j], y[i]-y[j]), 2*r[i]-0.2)
				}
			}
		}
	})
}

// TestAnyChartIsWellFormed draws whatever numbers and names there are.
func TestAnyChartIsWellFormed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfN(rapid.String(), 1, 30).Draw(t, "names")
		c := view.Chart{
			Kind: view.ChartKind(rapid.IntRange(1, 6).Draw(t, "kind")), Rows: names, Min: rapid.Float64Range(-10, 10).Draw(t, "min"),
			Max: rapid.Float64Range(-10, 1e6).Draw(t, "max"), Lang: "en", Unit: rapid.SampledFrom([]string{"", "%", "points"}).Draw(t, "unit"),
			Decimals: rapid.IntRange(0, 4).Draw(t, "decimals"), Descending: rapid.Bool().Draw(t, "descending"),
			Highlight: rapid.IntRange(0, 31).Draw(t, "highlight"), Draft: rapid.String().Draw(t, "draft"),
		}
		for range rapid.IntRange(1, 4).Draw(t, "series") {
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
	plain := []string{"name", "stamp"} // look as every text does
	for _, c := range samples() {
		for _, m := range used.FindAllStringSubmatch(string(chart.Static(c, "", "")), -1) {
			for class := range strings.FieldsSeq(m[1]) {
				assert.True(t, slices.Contains(styled, class) || slices.Contains(plain, class), class)
			}
		}
	}
}
