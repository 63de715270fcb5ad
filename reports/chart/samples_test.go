package chart_test

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/opendti/dti/reports/view"
)

// words writes a number as a Vietnamese page does.
func words(n float64, decimals int) string {
	return strings.ReplaceAll(fmt.Sprintf("%.*f", decimals, n), ".", ",")
}

func val(n float64) view.Value { return view.Value{Number: n, Words: words(n, 2)} }

func vals(numbers ...float64) []view.Value {
	var out []view.Value
	for _, n := range numbers {
		v := val(n)
		if math.IsNaN(n) {
			v = view.Value{Missing: true, Words: "không có số liệu"}
		}
		out = append(out, v)
	}
	return out
}

func places(numbers ...float64) []view.Value {
	var out []view.Value
	for _, n := range numbers {
		out = append(out, view.Value{Number: n, Words: words(n, 0)})
	}
	return out
}

var departments = []string{
	"Sở Thông tin và Truyền thông", "Sở Nội vụ", "Sở Tài chính", "Sở Kế hoạch và Đầu tư", "Văn phòng UBND thành phố",
	"Sở Giao thông vận tải", "Sở Xây dựng", "Sở Tài nguyên và Môi trường", "Sở Du lịch", "Sở Y tế",
	"Sở Giáo dục và Đào tạo", "Sở Nông nghiệp và Phát triển nông thôn", "Sở Lao động – Thương binh và Xã hội",
	"Sở Văn hóa và Thể thao", "Sở Công Thương", "Sở Khoa học và Công nghệ", "Sở Tư pháp", "Sở Ngoại vụ",
	"Thanh tra thành phố", "Ban Quản lý Khu công nghệ cao và các khu công nghiệp Đà Nẵng", "Ban Quản lý An toàn thực phẩm",
	"Ban Xúc tiến và Hỗ trợ đầu tư", "Viện Nghiên cứu phát triển kinh tế – xã hội", "Ban Dân tộc",
}

// wards are so many invented ward scores, highest first.
func wards(n int) (names []string, scores []view.Value) {
	for i := range n {
		names = append(names, fmt.Sprintf("UBND phường Số %d", i+1))
		share := float64(i) / float64(max(n-1, 1))
		score := 93.82 - 38*math.Pow(share, 1.7) - 3*math.Abs(math.Sin(float64(i)*1.3))*share
		scores = append(scores, val(math.Round(score*100)/100))
	}
	return names, scores
}

var pillars = []string{"Hạ tầng công nghệ thông tin", "Ứng dụng công nghệ thông tin", "Nhân lực", "Môi trường, chính sách và tổ chức thực hiện"}

func bars(n int) view.Chart {
	names, scores := wards(n)
	if n <= len(departments) {
		names = departments[:n]
	}
	return view.Chart{
		Kind: view.SortedBars, Rows: names, Series: []view.Series{{Name: "Tổng điểm", Values: scores}}, Unit: "điểm", Max: 100, Decimals: 2,
		Highlight: 3, Lang: "vi", Markers: []view.Marker{{Label: "Trung vị " + words(85.97, 2), Value: 85.97}},
	}
}

func strip(n int) view.Chart {
	c := bars(n)
	c.Kind, c.Highlight = view.DotStrip, n/3
	return c
}

func dumbbell() view.Chart {
	return view.Chart{
		Kind: view.Dumbbell, Rows: departments[3:13], Lang: "vi", Decimals: 0, Descending: true, Min: 1, Max: 24, Unit: "hạng",
		Series: []view.Series{
			{Name: "Hạng năm 2018 (trong 22)", Values: places(19, 20, 4, 3, 11, 18, 9, 2, 7, 8)},
			{Name: "Hạng năm 2019 (trong 24)", Values: places(4, 8, 16, 13, 2, 10, 17, 1, 15, 8)},
		},
	}
}

func paired() view.Chart {
	return view.Chart{
		Kind: view.PairedBars, Rows: pillars, Lang: "vi", Decimals: 2, Max: 100, Unit: "%",
		Series: []view.Series{
			{Name: "Năm 2018", Values: vals(80.21, 66.4, math.NaN(), 90.55)},
			{Name: "Năm 2019", Values: vals(86.02, 72.31, 81, 88.9)},
		},
	}
}

func rows() view.Chart {
	return view.Chart{
		Kind: view.DotRows, Rows: pillars, Lang: "vi", Decimals: 2, Max: 100, Unit: "%",
		Series: []view.Series{
			{Name: "Sở Nội vụ", Values: vals(91.3, 64.05, 81, math.NaN())},
			{Name: "Trung vị của khối", Values: vals(86.02, 72.31, 80.5, 88.9)},
			{Name: "Cao nhất khối", Values: vals(100, 93.1, 97.2, 98)},
		},
	}
}

func radar() view.Chart {
	c := rows()
	c.Kind = view.Radar
	c.Rows = append([]string{"Thanh toán số", "An toàn thông tin mạng"}, c.Rows...)
	c.Series = []view.Series{
		{Name: "Sở Nội vụ", Values: vals(60, 77.7, 91.3, 64.05, 81, 70.5)},
		{Name: "Trung vị của khối", Values: vals(71, 66, 86.02, 72.31, 80.5, 88.9)},
	}
	return c
}

// boxGaps is a row without numbers, one of which all numbers are equal, one that reaches from end to end.
func boxGaps() view.Chart {
	c := boxes(4)
	for s := range c.Series {
		c.Series[s].Values = append(vals(math.NaN(), 50, float64(s)*25), c.Series[s].Values[3])
	}
	return c
}

func boxes(n int) view.Chart {
	c := view.Chart{Kind: view.Boxes, Lang: "vi", Decimals: 2, Max: 100, Unit: "%"}
	for _, name := range []string{"Thấp nhất", "Tứ phân vị dưới", "Trung vị", "Tứ phân vị trên", "Cao nhất"} {
		c.Series = append(c.Series, view.Series{Name: name})
	}
	names := append(slices.Clone(pillars), departments...)
	for i := range n {
		c.Rows = append(c.Rows, names[i%len(names)])
		low := math.Mod(float64(i)*17.31, 60)
		five := []float64{low, low + (95-low)*0.4, low + (95-low)*0.55, low + (95-low)*0.7, 95 + math.Mod(float64(i)*1.7, 5)}
		for s := range five {
			c.Series[s].Values = append(c.Series[s].Values, val(math.Round(five[s]*100)/100))
		}
	}
	return c
}

// samples is a small chart of every kind.
func samples() map[string]view.Chart {
	draft := bars(7)
	draft.Draft = "BẢN DỰ THẢO – chưa phải kết quả chính thức, không trích dẫn"
	gaps := strip(9)
	gaps.Series = []view.Series{{Name: "Tổng điểm", Values: append(vals(90, 88.5, math.NaN(), 88.4), gaps.Series[0].Values[4:]...)}}
	each := rows()
	each.Each = [][]float64{{70, 91.3, 100}, {64.05, 72.31, 93.1}, {80.5, 80.5, 97.2}, {88.9, 98}}
	return map[string]view.Chart{
		"rows-each": each, "bars": bars(7), "bars-draft": draft, "strip": strip(24), "strip-gaps": gaps, "histogram": strip(160),
		"boxes": boxes(4), "boxes-gaps": boxGaps(), "dumbbell": dumbbell(), "paired": paired(), "rows": rows(), "radar": radar(),
	}
}

// hostile puts texts that try to become code into every place of a chart that comes from data.
func hostile(c view.Chart) view.Chart {
	texts := []string{
		`</script><script>alert(1)</script>`, `__f__alert(document.domain)__f__`, `"><img src=x onerror=alert(1)>`, `{{.}} {a|b} & ' x`,
		`</text></svg><script>alert(1)</script>`, "a\x00b\x1f\u202ec",
		"<!-- </SCRIPT \u2028 \u2029 */ ]]>",
	}
	c.Rows = append([]string(nil), c.Rows...)
	for i := range c.Rows {
		c.Rows[i] = texts[i%len(texts)]
	}
	c.Series = append([]view.Series(nil), c.Series...)
	for i := range c.Series {
		c.Series[i].Name = texts[(i+1)%len(texts)]
	}
	c.Unit, c.Draft = texts[0], texts[2]
	c.Markers = []view.Marker{{Label: texts[1], Value: 50}}
	return c
}
