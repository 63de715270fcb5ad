package colour_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria/colour"
)

func TestParse(t *testing.T) {
	for s, want := range map[string]string{
		"#0b5fa5": "#0b5fa5", "#FFAA00": "#ffaa00", "#000000": "#000000",
		"0b5fa5": "", "#0b5fa": "", "#0b5fa5f": "", "#gggggg": "", "": "", "#": "", "red": "", "#fff": "", "#đđđ": "",
	} {
		c, ok := colour.Parse(s)
		assert.Equal(t, want != "", ok, s)
		if ok {
			assert.Equal(t, want, c.String())
		}
	}
}

func TestRatio(t *testing.T) {
	black, white := colour.RGB{}, colour.RGB{R: 255, G: 255, B: 255}
	assert.InDelta(t, 21, colour.Ratio(black, white), 1e-9)
	assert.InDelta(t, 1, colour.Ratio(white, white), 1e-9)
	// The grey that WCAG's own examples name as the lightest on white.
	grey, ok := colour.Parse("#767676")
	require.True(t, ok)
	assert.InDelta(t, 4.54, colour.Ratio(grey, white), 0.005)
	assert.InDelta(t, colour.Ratio(white, grey), colour.Ratio(grey, white), 1e-12)
}

func TestLowest(t *testing.T) {
	yellow, _ := colour.Parse("#f2c400")
	ratio, need := colour.Day().Lowest(yellow)
	assert.Less(t, ratio, 2.0)
	assert.InDelta(t, colour.TextRatio, need, 0)
	assert.False(t, colour.Day().Bears(yellow))
	bar := colour.Grounds{Drawing: []colour.RGB{yellow}}
	ratio, need = bar.Lowest(yellow)
	assert.InDelta(t, 1, ratio, 1e-9)
	assert.InDelta(t, colour.DrawingRatio, need, 0)
}

func draw() *rapid.Generator[colour.RGB] {
	return rapid.Custom(func(t *rapid.T) colour.RGB {
		return colour.RGB{R: rapid.Uint8().Draw(t, "r"), G: rapid.Uint8().Draw(t, "g"), B: rapid.Uint8().Draw(t, "b")}
	})
}

// Every colour has a shade for the day and a tint for the night, a colour that passes stays, and what is proposed passes.
func TestShadesAndTints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := draw().Draw(t, "colour")
		for name, test := range map[string]struct {
			grounds colour.Grounds
			found   colour.RGB
		}{
			"day": {colour.Day(), colour.Day().Darker(c)}, "night": {colour.Night(), colour.Night().Lighter(c)},
		} {
			assert.True(t, test.grounds.Bears(test.found), "%s: %s", name, test.found)
			if test.grounds.Bears(c) {
				assert.Equal(t, c, test.found)
			}
		}
		again, ok := colour.Parse(c.String())
		assert.True(t, ok)
		assert.Equal(t, c, again)
	})
}

// Where nothing passes the end of the way is the answer.
func TestNoShadePasses(t *testing.T) {
	grey, _ := colour.Parse("#777777")
	impossible := colour.Grounds{Text: []colour.RGB{{}, {R: 255, G: 255, B: 255}, grey}}
	assert.Equal(t, colour.RGB{}, impossible.Darker(grey))
	assert.Equal(t, colour.RGB{R: 255, G: 255, B: 255}, impossible.Lighter(grey))
}
