package html_test

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/reports/html"
)

var variable = regexp.MustCompile(`--([a-z0-9-]+): #([0-9a-f]{3,6});`)

// palette reads the colours of one block of the stylesheet.
func palette(t *testing.T, css, after string) map[string]string {
	t.Helper()
	_, rest, ok := strings.Cut(css, after)
	require.True(t, ok, after)
	block, _, _ := strings.Cut(rest, "}")
	colours := map[string]string{}
	for _, m := range variable.FindAllStringSubmatch(block, -1) {
		colours[m[1]] = m[2]
	}
	return colours
}

// luminance is the relative luminance of WCAG 2.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	n, err := strconv.ParseUint(hex, 16, 32)
	require.NoError(t, err)
	channel := func(v uint64) float64 {
		c := float64(v&255) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(n>>16) + 0.7152*channel(n>>8) + 0.0722*channel(n)
}

// Texts reach 4.5:1 and drawings 3:1 on every ground they stand on, by day, by night and on paper.
func TestContrast(t *testing.T) {
	css := string(html.CSS())
	tests := map[string]string{
		"light": ":root {", "dark": "(prefers-color-scheme: dark) {\n  :root {", "print": "@media print {\n  :root {",
	}
	for name, after := range tests {
		t.Run(name, func(t *testing.T) {
			p := palette(t, css, after)
			atLeast := func(least float64, ink string, grounds ...string) {
				for _, ground := range grounds {
					require.Contains(t, p, ink)
					require.Contains(t, p, ground)
					a, b := luminance(t, p[ink]), luminance(t, p[ground])
					ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05)
					assert.GreaterOrEqual(t, ratio, least, "%s on %s", ink, ground)
				}
			}
			atLeast(4.5, "ink", "page", "surface", "soft", "draft-page", "level-1", "level-2", "level-3", "level-4", "level-5")
			atLeast(4.5, "muted", "page", "surface", "soft")
			atLeast(4.5, "accent", "page", "surface", "soft")
			atLeast(4.5, "good", "page", "surface", "soft")
			atLeast(4.5, "bad", "page", "surface", "soft")
			atLeast(4.5, "draft", "draft-page")
			atLeast(3, "accent", "track")
			atLeast(3, "accent2", "surface", "track")
		})
	}
}
