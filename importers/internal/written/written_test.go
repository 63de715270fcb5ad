package written_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/written"
)

func TestText(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"decomposed":     {"Co\u0301", "Có"},
		"line ends":      {"a\r\nb\rc", "a\nb\nc"},
		"forbidden":      {"a\x00b\x1f\tc\uFFFE", "ab\tc"},
		"no UTF-8":       {"a\xffb", "a\uFFFDb"},
		"formula":        {"=1+1", "=1+1"},
		"as long as may": {strings.Repeat("ă", written.MaxText), strings.Repeat("ă", written.MaxText)},
		"too long":       {strings.Repeat("ă", written.MaxText+1), strings.Repeat("ă", written.MaxText-1) + "…"},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, test.want, written.Text(test.text)) })
	}
	assert.Equal(t, "a😀…", written.Cut("a😀bc", 4), "an emoji is two units")
	assert.Equal(t, "_x005F_x000D_", written.Escaped("_x000D_"))
	assert.Equal(t, "R&&D nhi", written.Margin(" R&D\n nhiều  quá ", 8))
}

func TestHeight(t *testing.T) {
	assert.Zero(t, written.Height("", 10))
	one := written.LineHeight + written.Padding
	assert.InDelta(t, one, written.Height("một", 10), 0)
	assert.InDelta(t, one+written.LineHeight, written.Height("một\nhai", 10), 0)
	assert.Greater(t, written.Height(strings.Repeat("dài ", 20), 10), 2*one)
	assert.Greater(t, written.Lines(strings.Repeat("x", 200), 10), 10, "a link is broken anywhere")
	assert.InDelta(t, written.MaxHeight, written.Height(strings.Repeat("a\n", 99), 10), 0)
}

func TestValue(t *testing.T) {
	l := locale.MustFor("vi")
	options := []rule.Option{
		{ID: "a", Name: rule.Text{"vi": "Kế hoạch", "en": "Plan"}},
		{ID: "b", Name: rule.Text{"vi": "Báo cáo; sơ kết"}},
		{ID: "c", Name: rule.Text{"vi": "Kế hoạch"}},
		{ID: "d", Name: rule.Text{"vi": "Đầu mối"}},
		{ID: "e"},
	}
	number := func(s string) rule.Value { return rule.NumberOf(decimal.RequireFromString(s)) }
	for name, test := range map[string]struct {
		v    rule.Value
		t    rule.Type
		want written.Content
	}{
		"missing":        {rule.Value{}, rule.Count, written.Content{}},
		"unreadable":     {rule.InvalidValue(), rule.Count, written.Content{}},
		"not applicable": {rule.NotApplicableValue(), rule.Count, written.Content{Text: "Không áp dụng"}},
		"number":         {number("1.50"), rule.Number, written.Content{Digits: "1.5"}},
		"percent":        {number("45.5"), rule.Percent, written.Content{Digits: "0.455"}},
		"long":           {number("1234567890123456"), rule.Number, written.Content{Text: "1234567890123456"}},
		"long percent":   {number("12.34567890123456"), rule.Percent, written.Content{Text: "12.34567890123456%"}},
		"yes":            {rule.YesNoOf(true), rule.YesNo, written.Content{Text: "Có"}},
		"no":             {rule.YesNoOf(false), rule.YesNo, written.Content{Text: "Không"}},
		"day":            {rule.DayOf("2020-10-29"), rule.Day, written.Content{Digits: "44133"}},
		"old day":        {rule.DayOf("1900-02-28"), rule.Day, written.Content{Text: "28/02/1900"}},
		"no day":         {rule.DayOf("soon"), rule.Day, written.Content{Text: "soon"}},
		"none ticked":    {rule.OptionsOf(), rule.Choices, written.Content{Text: ";"}},
		"options":        {rule.OptionsOf("a", "b", "d", "e", "?"), rule.Choices, written.Content{Text: "a; b; Đầu mối; e; ?"}},
		"text":           {rule.TextOf("=A1"), rule.Free, written.Content{Text: "=A1"}},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, test.want, written.Value(l, "vi", test.v, test.t, options)) })
	}
}

func TestSpan(t *testing.T) {
	assert.Equal(t, "F4:F6 F9", written.Span("F", []int{9, 5, 4, 6}))
	assert.Empty(t, written.Span("F", nil))
}

func TestPointsFormat(t *testing.T) {
	assert.Equal(t, "0.00####", written.PointsFormat(criteria.Places{}))
	assert.Equal(t, "0", written.PointsFormat(criteria.Places{Round: true}))
	assert.Equal(t, "0.00", written.PointsFormat(criteria.Places{N: 2, Round: true}))
}

func TestRestrict(t *testing.T) {
	var lists written.Lists
	for name, test := range map[string]struct {
		in     criteria.Input
		offers []string
		want   string // formula
	}{
		"count":   {criteria.Input{Type: rule.Count}, nil, "0"},
		"percent": {criteria.Input{Type: rule.Percent, Max: rule.Optional{Value: decimal.NewFromInt(100), Set: true}}, nil, "1"},
		"number":  {criteria.Input{Type: rule.Number}, nil, "-1000000000000000"},
		"day":     {criteria.Input{Type: rule.Day}, nil, "109574"},
		"choice":  {criteria.Input{Type: rule.Choice}, []string{"một, hai", "ba"}, "Lists!$"},
		"nothing": {criteria.Input{Type: rule.YesNo}, nil, ""},
		"text":    {criteria.Input{Type: rule.Free}, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			v := excelize.NewDataValidation(true)
			lists.Restrict(v, test.in, test.offers)
			assert.Contains(t, v.Formula1+" "+v.Formula2, test.want)
			assert.Equal(t, test.want == "", v.Type == "")
		})
	}
	assert.Equal(t, lists.Reference([]string{"x"}), lists.Reference([]string{"x"}))
	assert.Len(t, lists.Columns, 2)
}

// Equal files have equal bytes, rows grow with what is typed, and what they are comes first.
func TestSave(t *testing.T) {
	save := func() []byte {
		f := excelize.NewFile()
		defer f.Close()
		require.NoError(t, written.Landscape(f, "Sheet1", 2, 0, excelize.HeaderFooterOptions{OddHeader: "&Lx"}))
		require.NoError(t, written.Protect(f, "Sheet1"))
		style, err := f.NewStyle(&excelize.Style{Border: written.Border("000000", 1), Fill: written.Fill("FFFFFF")})
		require.NoError(t, err)
		w, err := f.NewStreamWriter("Sheet1")
		require.NoError(t, err)
		require.NoError(t, w.SetRow("A1", []any{excelize.Cell{StyleID: style, Value: "x"}}, excelize.RowOpts{Height: 40}))
		require.NoError(t, w.Flush())
		var out bytes.Buffer
		require.NoError(t, written.Save(&out, f))
		return out.Bytes()
	}
	data := save()
	assert.Equal(t, data, save())
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	assert.Equal(t, "[Content_Types].xml", z.File[0].Name)
	for _, f := range z.File {
		if f.Name != "xl/worksheets/sheet1.xml" {
			continue
		}
		r, err := f.Open()
		require.NoError(t, err)
		text, err := io.ReadAll(r)
		require.NoError(t, err)
		assert.Contains(t, string(text), `ht="40"`)
		assert.NotContains(t, string(text), "customHeight")
		assert.Contains(t, string(text), `fitToWidth="2"`)
	}
	f := excelize.NewFile()
	defer f.Close()
	require.Error(t, written.Landscape(f, "none", 1, 0, excelize.HeaderFooterOptions{}))
}
