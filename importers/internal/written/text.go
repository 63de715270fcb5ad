// Package written says how texts, numbers, days and options stand in the cells of the workbooks that dti writes, how much
// room they take, which dropdowns offer them, and how a file is packed so that equal workbooks have equal bytes. It knows
// no sheets and no words of people.
package written

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits of the file format, in UTF-16 units.
const (
	MaxText        = 32767
	MaxPromptTitle = 32
	MaxPrompt      = 255
)

// Cut shortens a text to so many UTF-16 units, with an ellipsis where something is left out.
func Cut(s string, limit int) string {
	units, end := 0, 0
	for i, r := range s {
		n := 1
		if r > 0xFFFF {
			n = 2
		}
		units += n
		if units <= limit-1 {
			end = i + len(string(r))
		}
		if units > limit {
			return s[:end] + "…"
		}
	}
	return s
}

// Text is a text as a cell holds it: composed letters, plain line ends, nothing that XML forbids, within the limit.
func Text(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
	return Cut(norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD")), MaxText)
}

// codes look like the file format's way of writing a character.
var codes = regexp.MustCompile(`_x[0-9a-fA-F]{4}_`)

// Escaped is a text whose codes stay text: a spreadsheet takes _x000D_ for a carriage return, and excelize escapes it in
// some kinds of cells, not in shared texts.
func Escaped(s string) string { return codes.ReplaceAllString(s, "_x005F$0") }

// Margin is a text of data for a header or footer, where & begins a code.
func Margin(s string, limit int) string {
	s = Cut(strings.Join(strings.Fields(Text(s)), " "), limit)
	for utf8.RuneCountInString(s)+strings.Count(s, "&") > limit {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return strings.ReplaceAll(s, "&", "&&")
}
