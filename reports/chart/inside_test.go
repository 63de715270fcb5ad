package chart_test

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/opendti/dti/reports/chart"
	"github.com/opendti/dti/reports/view"
)

// A label is a text of a drawing at its place.
type label struct {
	text        string
	left, right float64
	baseline    float64
}

// A drawn is one of the two drawings: its size and its labels, without the stamp, which lies across it.
type drawn struct {
	width, height float64
	labels        []label
}

// A frame is what an open element hands down to the texts in it.
type frame struct {
	shift   float64
	classes string
	x, y    float64
	dy      float64 // from the line above
	stamp   bool
}

// least is the width that the narrowest sans-serif face would give a text at the smallest size of a drawing: a label that
// sticks out with it is clipped everywhere.
func least(text string) float64 {
	return 0.42 * 11.5 * float64(len([]rune(norm.NFC.String(text))))
}

// drawings reads both drawings of a figure.
func drawings(t require.TestingT, html string) []drawn {
	decoder := xml.NewDecoder(strings.NewReader(html))
	var out []drawn
	var line frame // of the line that is being read
	said := ""
	emit := func() {
		if said != "" && !line.stamp {
			out[len(out)-1].labels = append(out[len(out)-1].labels, line.label(said))
		}
		said = ""
	}
	open := []frame{{}}
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		require.NoError(t, err)
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Local == "svg" {
				out = append(out, boxOf(t, token))
			}
			inner := open[len(open)-1].inner(t, token)
			if token.Name.Local == "text" || inner.dy != 0 { // a part without its own place goes on with the line
				emit()
				if inner.dy != 0 {
					inner.y = line.y + inner.dy
				}
				line = inner
			}
			open = append(open, inner)
		case xml.EndElement:
			if token.Name.Local == "text" {
				emit()
			}
			open = open[:len(open)-1]
		case xml.CharData:
			said += string(token)
		}
	}
}

func boxOf(t require.TestingT, svg xml.StartElement) drawn {
	for _, a := range svg.Attr {
		if a.Name.Local == "viewBox" {
			sides := strings.Fields(a.Value)
			return drawn{width: number(t, sides[2]), height: number(t, sides[3])}
		}
	}
	require.Fail(t, "a drawing without a viewBox")
	return drawn{}
}

func number(t require.TestingT, text string) float64 {
	v, err := strconv.ParseFloat(text, 64)
	require.NoError(t, err)
	require.False(t, math.IsNaN(v) || math.IsInf(v, 0))
	return v
}

// inner is the frame within an element.
func (f frame) inner(t require.TestingT, element xml.StartElement) frame {
	if element.Name.Local == "text" {
		f.x, f.y = 0, 0
	}
	f.dy = 0
	for _, a := range element.Attr {
		switch a.Name.Local {
		case "class":
			f.classes += " " + a.Value
			f.stamp = f.stamp || strings.Contains(a.Value, "draft")
		case "transform":
			if shift, ok := strings.CutPrefix(a.Value, "translate("); ok {
				f.shift += number(t, strings.TrimSuffix(shift, ")"))
			}
		case "x":
			f.x = number(t, a.Value)
		case "y":
			f.y = number(t, a.Value)
		case "dy":
			f.dy = number(t, a.Value)
		}
	}
	return f
}

func (f frame) label(text string) label {
	l := label{text: text, left: f.shift + f.x, baseline: f.y}
	switch classes := strings.Fields(f.classes); {
	case slices.Contains(classes, "e"):
		l.left -= least(text)
	case slices.Contains(classes, "m"):
		l.left -= least(text) / 2
	}
	l.right = l.left + least(text)
	return l
}

// assertInside holds every label to the box of its drawing.
func assertInside(t require.TestingT, c view.Chart) {
	found := drawings(t, string(chart.Static(c, "", "")))
	require.Len(t, found, 2)
	for _, d := range found {
		for _, l := range d.labels {
			require.GreaterOrEqual(t, l.left, -1.0, "%q sticks out on the left of %g", l.text, d.width)
			require.LessOrEqual(t, l.right, d.width+1, "%q sticks out on the right", l.text)
			require.GreaterOrEqual(t, l.baseline, 8.0, "%q sticks out at the top", l.text)
			require.LessOrEqual(t, l.baseline, d.height-2, "%q sticks out at the bottom", l.text)
		}
	}
}

func TestLabelsStayInside(t *testing.T) {
	long := strings.Repeat("Ủy ban nhân dân phường có tên rất dài ", 4)
	for name, c := range samples() {
		t.Run(name, func(t *testing.T) {
			assertInside(t, c)
			c := c
			c.Rows = append([]string(nil), c.Rows...)
			for i := range c.Rows {
				c.Rows[i] = long
			}
			c.Markers = []view.Marker{{Label: long, Value: 0}, {Label: long, Value: 100}, {Label: "Trung vị", Value: 50}}
			assertInside(t, c)
		})
	}
}

// TestAnyLabelStaysInside draws whatever a round may hold: one row and many, all equal, missing, ranks, points of any size.
func TestAnyLabelStaysInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := view.ChartKind(rapid.IntRange(int(view.SortedBars), int(view.Boxes)).Draw(t, "kind"))
		rows := rapid.IntRange(1, 40).Draw(t, "rows")
		top := rapid.SampledFrom([]float64{1, 10, 100, 1000}).Draw(t, "top")
		c := view.Chart{Kind: kind, Lang: "vi", Decimals: 2, Max: top, Unit: rapid.SampledFrom([]string{"", "%", "điểm"}).Draw(t, "unit"), Descending: rapid.Bool().Draw(t, "descending")}
		for range rows {
			c.Rows = append(c.Rows, rapid.SampledFrom(departments).Draw(t, "name"))
		}
		series := rapid.IntRange(1, 3).Draw(t, "series")
		if kind == view.Boxes {
			series = 5
		}
		for range series {
			numbers := rapid.SliceOfN(rapid.OneOf(rapid.Just(top), rapid.Just(0.0), rapid.Just(math.NaN()), rapid.Float64Range(0, top)), rows, rows).Draw(t, "numbers")
			c.Series = append(c.Series, view.Series{Name: "Trung vị của khối", Values: vals(numbers...)})
		}
		c.Highlight = rapid.IntRange(0, rows).Draw(t, "highlight")
		c.Markers = []view.Marker{{Label: "Trung vị 74,61", Value: rapid.Float64Range(0, top).Draw(t, "median")}}
		assertInside(t, c)
	})
}

// The draft stamp slopes across a drawing that is high enough, and lies level and whole in one that is not.
func TestStampLiesWithinLowDrawings(t *testing.T) {
	const words = "BẢN DỰ THẢO – chưa phải kết quả chính thức, không trích dẫn"
	for name, c := range map[string]struct {
		chart view.Chart
		level bool
	}{
		"high":          {bars(12), false},
		"low":           {strip(6), true},
		"one row alone": {bars(1), true},
	} {
		t.Run(name, func(t *testing.T) {
			c.chart.Draft = words
			found := drawings(t, string(chart.Static(c.chart, "", "")))
			stamps := regexp.MustCompile(`<g( transform="rotate\([^"]*")? class="draft m" font-size="([\d.]+)">(.*?)</g>`)
			for i, m := range stamps.FindAllStringSubmatch(string(chart.Static(c.chart, "", "")), -1) {
				assert.Equal(t, c.level, m[1] == "")
				lines := float64(max(1, strings.Count(m[3], "<tspan")))
				if c.level {
					assert.LessOrEqual(t, lines*number(t, m[2])*1.3, found[i].height, "it is not higher than the drawing")
				}
				plain := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(strings.ReplaceAll(m[3], "<tspan", " <tspan"), "")
				assert.Equal(t, words, strings.Join(strings.Fields(plain), " "), "no word is left out")
			}
		})
	}
}

// A callout with a very long name still says its number.
func TestCalloutsKeepTheirNumber(t *testing.T) {
	c := strip(6)
	c.Rows[0] = strings.Repeat("Ban Quản lý dự án ", 9)
	for i, d := range drawings(t, string(chart.Static(c, "", ""))) {
		said := slices.IndexFunc(d.labels, func(l label) bool { return strings.HasPrefix(l.text, "Ban Quản lý") })
		require.GreaterOrEqual(t, said, 0, i)
		assert.Regexp(t, `… [\d.,]+`, d.labels[said].text, i)
	}
}
