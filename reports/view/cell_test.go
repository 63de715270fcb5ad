package view_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/reports/view"
)

// A machine value stands beside the words only where a script could not read it from them.
func TestCellValue(t *testing.T) {
	num, text := view.Column{Sort: "num", Num: true}, view.Column{Sort: "text"}
	tests := map[string]struct {
		cell view.Cell
		col  view.Column
		want string
	}{
		"a number":             {view.Cell{Text: "88,12", Sort: "88.12"}, num, ""},
		"with its last zero":   {view.Cell{Text: "88,10", Sort: "88.1"}, num, ""},
		"thousands":            {view.Cell{Text: "1.234,50", Sort: "1234.5"}, num, ""},
		"English thousands":    {view.Cell{Text: "1,234.50", Sort: "1234.5"}, num, ""},
		"negative":             {view.Cell{Text: "−3", Sort: "-3"}, num, ""},
		"a rise":               {view.Cell{Text: "+3", Sort: "3"}, num, ""},
		"percent":              {view.Cell{Text: "95,00%", Sort: "95"}, num, ""},
		"with a note":          {view.Cell{Text: "7,00", Sort: "7", Note: "/9"}, num, ""},
		"rounded for printing": {view.Cell{Text: "88,12", Sort: "88.1234"}, num, "88.1234"},
		"a tie":                {view.Cell{Text: "5 (đồng hạng)", Sort: "5"}, num, "5"},
		"in words":             {view.Cell{Text: "dẫn đầu", Sort: "0"}, num, "0"},
		"behind an arrow":      {view.Cell{Text: "4", Mark: "▲", Sort: "4"}, num, "4"},
		"missing":              {view.Cell{Text: "không so sánh"}, num, ""},
		"a name":               {view.Cell{Text: "Sở Y tế", Sort: "Sở Y tế"}, text, ""},
		"a name with a note":   {view.Cell{Text: "Sở Y tế", Sort: "Sở Y tế", Note: "mới"}, text, "Sở Y tế"},
		"nothing sorts by it":  {view.Cell{Text: "Tốt", Sort: "1"}, view.Column{}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) { assert.Equal(t, tt.want, tt.cell.Value(tt.col)) })
	}
}

// Whatever number a language writes in full stands once.
func TestNumbersSayTheirValue(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := decimal.New(rapid.Int64Range(-1e12, 1e12).Draw(rt, "digits"), -int32(rapid.IntRange(0, 6).Draw(rt, "places")))
		l := locale.MustFor(rapid.SampledFrom([]string{"vi", "en"}).Draw(rt, "lang"))
		text := l.Number(d, int(-d.Exponent()))
		assert.Empty(rt, view.Cell{Text: text, Sort: d.String()}.Value(view.Column{Sort: "num"}), text)
	})
}

func TestCellClassAndLabel(t *testing.T) {
	assert.Equal(t, "num level-3 depth-1 edited", view.Cell{Level: 3, Depth: 1, Edit: true}.Class(view.Column{Num: true, Key: true}))
	assert.Empty(t, view.Cell{}.Class(view.Column{Key: true}))
	assert.Equal(t, "num key", view.Column{Num: true, Key: true}.Class())
	assert.Empty(t, view.Column{Name: "a", Key: true}.Narrow())
	assert.Empty(t, view.Column{Name: "a", Mute: true}.Narrow())
	assert.Equal(t, "a", view.Column{Name: "a"}.Narrow())
	assert.Equal(t, "b", view.Column{Name: "a", Label: "b"}.Narrow())
}
