package chart_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/reports/chart"
	"github.com/opendti/dti/reports/view"
)

// FuzzChart draws charts of arbitrary texts and numbers: a drawing is well formed and inert, an option is JSON without
// markup, and neither panics.
func FuzzChart(f *testing.F) {
	f.Add(1, "Sở A\nSở B", "97,20", "điểm", "", 97.2, 50.0, 2, 1, false, "vi")
	f.Add(7, "</script><script>alert(1)</script>", "__f__alert(1)__f__", "%", "DRAFT", -1e300, 0.1, -5, 99, true, "xx")
	f.Add(2, "\x00\x1f\ufffe\n\xff", "\u202e", "\"'><img src=x>", "&amp;", 0.0, 1e12, 1<<30, -1, true, "en")
	f.Fuzz(func(t *testing.T, kind int, names, words, unit, draft string, a, b float64, decimals, highlight int, descending bool, lang string) {
		rows := strings.Split(names, "\n")
		if len(rows) > 200 || len(names) > 4000 {
			t.Skip("a page has no such figure")
		}
		c := view.Chart{
			Kind: view.ChartKind(kind), Rows: rows, Unit: unit, Draft: draft, Min: b, Max: a, Decimals: decimals, Highlight: highlight,
			Descending: descending, Lang: lang, Markers: []view.Marker{{Label: words, Value: b}},
		}
		for s := range 1 + max(0, kind)%5 {
			series := view.Series{Name: words}
			for row := range rows {
				series.Values = append(series.Values, view.Value{Number: a + b*float64(s*row), Words: words, Missing: (s+row)%3 == 2})
			}
			c.Series = append(c.Series, series)
		}
		drawing := chart.Static(c, names, words)
		texts(t, drawing)
		require.NotContains(t, string(drawing), "<script")
		require.NotContains(t, string(drawing), "<img")
		option, err := chart.Option(c)
		if err != nil {
			return
		}
		require.True(t, json.Valid([]byte(option)))
		require.NotContains(t, string(option), "<")
	})
}

func BenchmarkStatic(b *testing.B) {
	for name, c := range samples() {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				chart.Static(c, "Tiêu đề", "Một câu kể.")
			}
		})
	}
}

func BenchmarkOption(b *testing.B) {
	for name, c := range samples() {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := chart.Option(c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
