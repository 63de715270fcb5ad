package html_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria/colour"
	"github.com/opendti/dti/reports/html"
	"github.com/opendti/dti/reports/view"
)

var (
	variable = regexp.MustCompile(`--([a-z0-9-]+): (#[0-9a-f]{3,6});`)
	used     = regexp.MustCompile(`(?m)(?:^|[\s{;])(color|background|background-color|fill|stroke|outline|border[a-z-]*): ([^;{}]*)`)
	named    = regexp.MustCompile(`var\(--(?:f-)?([a-z0-9-]+)`)
)

// palette reads the colours of one block of the stylesheet.
func palette(t testing.TB, css, after string) map[string]colour.RGB {
	t.Helper()
	_, rest, ok := strings.Cut(css, after)
	require.True(t, ok, after)
	block, _, _ := strings.Cut(rest, "}")
	colours := map[string]colour.RGB{}
	for _, m := range variable.FindAllStringSubmatch(block, -1) {
		hex := m[2]
		if len(hex) == 4 {
			hex = fmt.Sprintf("#%c%c%c%c%c%c", hex[1], hex[1], hex[2], hex[2], hex[3], hex[3])
		}
		c, ok := colour.Parse(hex)
		require.True(t, ok, m[0])
		colours[m[1]] = c
	}
	return colours
}

// modes are the palettes of the site by where each begins in the stylesheet.
var modes = map[string]string{
	"day": ":root {", "night": "(prefers-color-scheme: dark) {\n  :root {", "paper": "@media print {\n  :root {",
}

// inks are the variables that the whole stylesheet uses for a kind of property.
func inks(css string, properties ...string) []string {
	var names []string
	for _, m := range used.FindAllStringSubmatch(css, -1) {
		if !slices.ContainsFunc(properties, func(p string) bool { return strings.HasPrefix(m[1], p) }) {
			continue
		}
		for _, v := range named.FindAllStringSubmatch(m[2], -1) {
			if !slices.Contains(names, v[1]) {
				names = append(names, v[1])
			}
		}
	}
	slices.Sort(names)
	return names
}

// A pair that is not held apart, with the reason. "*" stands for every other colour.
type apart struct{ ink, ground string }

var textsApart = map[apart]string{
	{"*", "track"}:         "nothing is written on the track of a bar",
	{"*", "line"}:          "nothing is written on a line",
	{"*", "accent"}:        "nothing is written on the accent",
	{"draft", "surface"}:   "the stamp has a ground of its own",
	{"draft", "level-1"}:   "the stamp has a ground of its own",
	{"muted", "level-"}:    "notes in shaded cells have the colour of the cell's text",
	{"accent", "level-"}:   "shaded cells hold no links",
	{"accent2", "*"}:       "for drawings and outlines",
	{"surface", "*"}:       "stands on the accent within one rule, which is held below",
	{"good", "level-"}:     "marks of change stand in cells without shade",
	{"bad", "level-"}:      "marks of change stand in cells without shade",
	{"draft", "level-"}:    "the stamp has a ground of its own",
	{"draft", "page"}:      "the stamp has a ground of its own",
	{"draft", "soft"}:      "the stamp has a ground of its own",
	{"good", "draft-page"}: "the mark of a chosen row is on tables without marks of change",
	{"bad", "draft-page"}:  "the mark of a chosen row is on tables without marks of change",
}

var drawingsApart = map[apart]string{
	{"line", "*"}:       "lines part what is apart without them",
	{"track", "*"}:      "the track shows how long a bar could be, which the axis says",
	{"neutral", "*"}:    "a bar in grey has its number beside it",
	{"surface", "*"}:    "the halo of what is drawn over something",
	{"draft-page", "*"}: "a ground",
	{"muted", "track"}:  "no grey line crosses a track",
	{"ink", "accent"}:   "a rim around a dot",
}

func (a apart) among(pairs map[apart]string) bool {
	for p := range pairs {
		ink := p.ink == "*" || p.ink == a.ink
		ground := p.ground == "*" || p.ground == a.ground || strings.HasSuffix(p.ground, "-") && strings.HasPrefix(a.ground, p.ground)
		if ink && ground {
			return true
		}
	}
	return false
}

// Every colour that the stylesheet writes or draws with is held against every ground that it has: texts reach 4.5:1 and
// drawings 3:1, by day, by night and on paper. A new rule is in the test without being named here; a pair that never
// meets is named with the reason.
func TestContrast(t *testing.T) {
	css := string(html.CSS())
	grounds := inks(css, "background")
	texts, drawings := inks(css, "color"), inks(css, "fill", "stroke", "outline", "border")
	require.Subset(t, grounds, []string{"page", "surface", "soft", "draft-page", "level-1", "level-5"})
	require.Subset(t, texts, []string{"ink", "muted", "accent", "good", "bad", "draft"})
	require.Subset(t, drawings, []string{"accent", "accent2", "line"})
	for name, after := range modes {
		t.Run(name, func(t *testing.T) {
			p := palette(t, css, after)
			hold := func(inks, grounds []string, least float64, left map[apart]string) {
				for _, ink := range inks {
					for _, ground := range grounds {
						if ink == ground || (apart{ink, ground}).among(left) {
							continue
						}
						require.Contains(t, p, ink)
						require.Contains(t, p, ground)
						assert.GreaterOrEqual(t, colour.Ratio(p[ink], p[ground]), least, "%s on %s", ink, ground)
					}
				}
			}
			hold(texts, grounds, colour.TextRatio, textsApart)
			hold(drawings, []string{"page", "surface", "soft", "track"}, colour.DrawingRatio, drawingsApart)
		})
	}
}

// A rule that gives both text and ground is one pair, whatever the table of pairs says.
func TestContrastWithinARule(t *testing.T) {
	css := string(html.CSS())
	found := 0
	for rule := range strings.SplitSeq(css, "}") {
		text, ground := inks(rule, "color"), inks(rule, "background")
		if len(text) != 1 || len(ground) != 1 {
			continue
		}
		found++
		for name, after := range modes {
			p := palette(t, css, after)
			assert.GreaterOrEqual(t, colour.Ratio(p[text[0]], p[ground[0]]), colour.TextRatio, "%s: %s", name, rule)
		}
	}
	assert.Positive(t, found)
}

// The grounds that a publisher's colour is checked on are those of the stylesheet.
func TestGroundsOfAColour(t *testing.T) {
	css := string(html.CSS())
	for name, test := range map[string]struct {
		mode    string
		grounds colour.Grounds
		texts   []string
	}{
		"day":   {modes["day"], colour.Day(), []string{"page", "surface", "soft", "draft-page"}},
		"night": {modes["night"], colour.Night(), []string{"page", "surface", "soft", "draft-page"}},
		"paper": {modes["paper"], colour.Day(), []string{"page", "surface", "soft", "draft-page"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := palette(t, css, test.mode)
			for _, ground := range test.texts {
				assert.Contains(t, test.grounds.Text, p[ground], ground)
			}
			assert.Contains(t, test.grounds.Drawing, p["track"])
		})
	}
}

// Any colour that round.yaml may say is readable in every mode, as the edition's own stylesheet sets it.
func TestThemeColours(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := colour.Day().Darker(colour.RGB{R: rapid.Uint8().Draw(t, "r"), G: rapid.Uint8().Draw(t, "g"), B: rapid.Uint8().Draw(t, "b")})
		css := string(html.ThemeCSS(view.Theme{Colour: c.String(), Imprint: "x"}))
		set := regexp.MustCompile(`--accent: (#[0-9a-f]{6});`).FindAllStringSubmatch(css, -1)
		if len(set) != 3 {
			t.Fatalf("accent is set %d times", len(set))
		}
		for i, grounds := range []colour.Grounds{colour.Day(), colour.Night(), colour.Day()} {
			accent, ok := colour.Parse(set[i][1])
			assert.True(t, ok)
			assert.True(t, grounds.Bears(accent), css)
		}
	})
}

// Vietnamese stacks diacritics: no line on a screen is tighter than one and a half, and nothing is upper-cased.
func TestLinesHaveRoomForDiacritics(t *testing.T) {
	css := string(html.CSS())
	assert.NotContains(t, css, "uppercase")
	screen := regexp.MustCompile(`(?s)@media print \{.*?\n\}`).ReplaceAllString(css, "")
	for _, m := range regexp.MustCompile(`line-height: ([0-9.]+)|font: [^;]*/([0-9.]+) `).FindAllStringSubmatch(screen, -1) {
		height, err := strconv.ParseFloat(m[1]+m[2], 64)
		require.NoError(t, err)
		assert.True(t, height == 0 || height >= 1.5, m[0])
	}
	for _, m := range regexp.MustCompile(`line-height: ([0-9.]+)`).FindAllStringSubmatch(css, -1) {
		height, err := strconv.ParseFloat(m[1], 64)
		require.NoError(t, err)
		assert.True(t, height == 0 || height >= 1.35, "on paper: %s", m[0])
	}
}
