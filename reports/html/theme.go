package html

import (
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/opendti/dti/criteria/colour"
	"github.com/opendti/dti/reports/view"
)

// identity are the files that are the edition's own: its stylesheet, and the publisher's logo where there is one.
func identity(e *view.Edition) iter.Seq2[string, func(io.Writer) error] {
	written := func(data []byte) func(io.Writer) error {
		return func(w io.Writer) error {
			_, err := w.Write(data)
			return err
		}
	}
	return func(yield func(string, func(io.Writer) error) bool) {
		if !yield(e.ThemePath(), written(ThemeCSS(e.Theme()))) {
			return
		}
		if path := e.LogoPath(); path != "" {
			yield(path, written(e.Logo().Data))
		}
	}
}

// Marks of a printed sheet: the grey of its foot and the red of its stamp, as in colours.css by day.
const (
	footColour  = "#4f5b68"
	stampColour = "#8a1c00"
)

// ThemeCSS is an edition's own stylesheet, read after site.css: what stands in the margins of every printed sheet and the
// publisher's colour, with a tint of it for the night. Forced colours stay those of the reader's system.
func ThemeCSS(t view.Theme) []byte {
	var b strings.Builder
	b.WriteString("@page {\n")
	const margin = "  @%s { content: %s; font: %s \"Noto Sans\", \"Segoe UI\", Arial, sans-serif; color: %s; }\n"
	fmt.Fprintf(&b, margin, "bottom-left", quoted(t.Imprint), "8pt", footColour)
	if t.Stamp != "" {
		fmt.Fprintf(&b, margin, "top-center", quoted(t.Stamp), "bold 9pt", stampColour)
	}
	b.WriteString("}\n")
	if c, ok := colour.Parse(t.Colour); ok {
		fmt.Fprintf(&b, ":root { --accent: %s; }\n", c)
		fmt.Fprintf(&b, "@media (prefers-color-scheme: dark) { :root { --accent: %s; } }\n", colour.Night().Lighter(c))
		fmt.Fprintf(&b, "@media print { :root { --accent: %s; } }\n", c)
	}
	return []byte(b.String())
}

// quoted writes a text as a string of CSS. Whatever could end the string, the rule or the sheet is written as its number.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		if r < ' ' || strings.ContainsRune("\"'\\<>{}&", r) || r == 0x7f {
			fmt.Fprintf(&b, "\\%06x", r) // six digits need no space after them
			continue
		}
		b.WriteRune(r)
	}
	b.WriteByte('"')
	return b.String()
}
