// Package colour measures whether a colour can be read on the grounds of the published pages, and finds the nearest one
// that can. It knows no stylesheet: a test of the site holds that the grounds here are the ones that its pages have.
package colour

import (
	"encoding/hex"
	"fmt"
	"math"
)

// An RGB is an opaque sRGB colour. The zero RGB is black.
type RGB struct{ R, G, B uint8 }

// Parse reads "#rrggbb", in small or capital letters; ok is false for anything else.
func Parse(s string) (c RGB, ok bool) {
	if len(s) != 7 || s[0] != '#' {
		return RGB{}, false
	}
	b, err := hex.DecodeString(s[1:])
	if err != nil {
		return RGB{}, false
	}
	return RGB{b[0], b[1], b[2]}, true
}

// String writes the colour as Parse reads it, in small letters.
func (c RGB) String() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// Ratio is the contrast of two colours, from 1 to 21: the contrast ratio of WCAG 2.2,
// https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
func Ratio(a, b RGB) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance is the relative luminance of WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance.
func (c RGB) luminance() float64 {
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

func linear(channel uint8) float64 {
	v := float64(channel) / 255
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

// What WCAG 2.2 asks of texts (1.4.3) and of what is no text (1.4.11).
const (
	TextRatio    = 4.5
	DrawingRatio = 3
)

// Grounds are what a colour stands on: as text, and as a drawing.
type Grounds struct {
	Text, Drawing []RGB
}

// Day are the grounds of a page by day: page, soft ground and the mark of a chosen row under texts, the track of a bar
// under drawings. Paper has no others.
func Day() Grounds {
	return Grounds{
		Text:    []RGB{{0xff, 0xff, 0xff}, {0xf3, 0xf6, 0xf9}, {0xff, 0xf1, 0xea}},
		Drawing: []RGB{{0xe8, 0xed, 0xf2}},
	}
}

// Night are the grounds of a page by night: page, cards, soft ground and the mark of a chosen row; the track of a bar.
func Night() Grounds {
	return Grounds{
		Text:    []RGB{{0x11, 0x16, 0x1c}, {0x16, 0x1c, 0x23}, {0x1b, 0x23, 0x2b}, {0x3a, 0x1b, 0x10}},
		Drawing: []RGB{{0x27, 0x31, 0x3b}},
	}
}

// Bears reports whether a colour has contrast enough on every ground.
func (g Grounds) Bears(c RGB) bool {
	ratio, need := g.Lowest(c)
	return ratio >= need
}

// Lowest is the contrast that misses what it needs most, or comes nearest to missing it, with what it needs.
func (g Grounds) Lowest(c RGB) (ratio, need float64) {
	ratio, need = math.Inf(1), 1
	look := func(least float64, grounds []RGB) {
		for _, ground := range grounds {
			if r := Ratio(c, ground); r/least < ratio/need {
				ratio, need = r, least
			}
		}
	}
	look(TextRatio, g.Text)
	look(DrawingRatio, g.Drawing)
	return ratio, need
}

// Darker is the lightest shade of a colour, itself at best, that the grounds bear: the colour mixed with black, which
// keeps its hue. On grounds that not even black is readable on it is black.
func (g Grounds) Darker(c RGB) RGB { return g.mixed(c, RGB{}) }

// Lighter is the darkest tint of a colour, itself at best, that the grounds bear: the colour mixed with white, which keeps
// its hue. On grounds that not even white is readable on it is white.
func (g Grounds) Lighter(c RGB) RGB { return g.mixed(c, RGB{0xff, 0xff, 0xff}) }

// mixed goes from a colour to another one in equal steps until the grounds bear it.
func (g Grounds) mixed(c, to RGB) RGB {
	const steps = 255
	for i := range steps {
		m := RGB{mix(c.R, to.R, i, steps), mix(c.G, to.G, i, steps), mix(c.B, to.B, i, steps)}
		if g.Bears(m) {
			return m
		}
	}
	return to
}

func mix(from, to uint8, step, steps int) uint8 {
	return uint8((int(from)*(steps-step) + int(to)*step) / steps) // between the two, so it fits
}
