package workbook

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The font of forms: the one of official letters, present or replaced by one of equal widths everywhere.
const (
	fontName   = "Times New Roman"
	fontSize   = 11.0
	lineHeight = 15.0  // points
	maxHeight  = 409.0 // points; the limit of a spreadsheet's row
	digitWidth = 7.0   // pixels at 96 per inch; the unit of a column's width
	emWidth    = fontSize * 96 / 72
	padding    = 5.0  // points above and below a row's text
	margins    = 18.0 // pixels beside a cell's text, with its indent
	slack      = 0.95 // of a column's width, since programs draw letters a little wider than they are
	boldness   = 1.08 // bold letters are wider
)

// Limits of the file format, in UTF-16 units.
const (
	maxCell        = 32767
	maxPromptTitle = 32
	maxPrompt      = 255
)

// height is the height in points of a row whose slots stand in columns of the given widths.
func height(slots []slot, widths []float64) float64 {
	tall := lineHeight + padding
	for i, s := range slots {
		switch s.look {
		case heading: // runs on over the empty cells beside it
			tall = max(tall, lineHeight*headingSize/fontSize+padding)
		case head, bold, pillarRow, innerRow, total, scoreWords:
			tall = max(tall, lineHeight*float64(lineCount(s.text, widths[i]/boldness))+padding)
		default:
			tall = max(tall, lineHeight*float64(lineCount(s.text, widths[i]))+padding)
		}
	}
	return min(tall, maxHeight)
}

// textHeight is the height in points of a row with a text in a column of a width.
func textHeight(text string, width float64) float64 {
	if text == "" {
		return 0
	}
	return min(lineHeight*float64(lineCount(text, width))+padding, maxHeight)
}

// lineCount estimates on how many lines a text wraps in a column; rather one too many than one too few.
func lineCount(text string, width float64) int {
	if text == "" {
		return 1
	}
	room := width*digitWidth*slack - margins
	count := 0
	for line := range strings.SplitSeq(norm.NFC.String(text), "\n") {
		count++
		used := 0.0
		for word := range strings.FieldsSeq(line) {
			w := wordWidth(word)
			if used > 0 && used+w > room {
				count++
				used = 0
			}
			for w > room && room > 0 { // a link longer than a line is broken anywhere
				count++
				w -= room
			}
			used += w + 0.25*emWidth
		}
	}
	return count
}

// wordWidth is the width of a word in pixels.
func wordWidth(word string) float64 {
	em := 0.0
	for _, r := range word {
		em += letterWidth(r)
	}
	return em * emWidth
}

// letterWidth is the width of a letter of Times in ems. Diacritics do not widen a letter; the horns of ơ and ư hardly.
func letterWidth(r rune) float64 {
	switch {
	case r > unicode.MaxLatin1:
		return foreignWidth(r)
	case strings.ContainsRune("iljt.,;:'|!/", r):
		return 0.28
	case strings.ContainsRune("frI()[]-", r):
		return 0.34
	case strings.ContainsRune("sacezJ", r):
		return 0.44
	case strings.ContainsRune("mwMW%@", r):
		return 0.85
	case unicode.IsUpper(r):
		return 0.7
	default:
		return 0.5
	}
}

// foreignWidth is the width of a letter outside Latin-1: that of its base letter where it has one.
func foreignWidth(r rune) float64 {
	base := r
	var letter [utf8.UTFMax]byte
	if parts := norm.NFD.Properties(letter[:utf8.EncodeRune(letter[:], r)]).Decomposition(); len(parts) > 0 {
		base, _ = utf8.DecodeRune(parts)
	}
	switch {
	case base <= unicode.MaxLatin1:
		return letterWidth(base)
	case r >= 0x1100 && r < 0x1E00 || r >= 0x2E80:
		return 1 // East Asian letters and symbols
	case unicode.IsUpper(r):
		return 0.75
	default:
		return 0.55
	}
}

// cut shortens a text to so many UTF-16 units, with an ellipsis where something is left out.
func cut(s string, limit int) string {
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

// cell is a text as a cell holds it: composed letters, plain line ends, nothing that XML forbids, within the limit.
func cell(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
	return cut(norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD")), maxCell)
}

// codes look like the file format's way of writing a character.
var codes = regexp.MustCompile(`_x[0-9a-fA-F]{4}_`)

// escaped is a text whose codes stay text: a spreadsheet takes _x000D_ for a carriage return, and excelize escapes it in
// some kinds of cells, not in shared texts.
func escaped(s string) string { return codes.ReplaceAllString(s, "_x005F$0") }
