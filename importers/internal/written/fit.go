package written

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The font of workbooks: the one of official letters, present or replaced by one of equal widths everywhere.
const (
	FontName   = "Times New Roman"
	FontSize   = 11.0
	LineHeight = 15.0  // points
	MaxHeight  = 409.0 // points; the limit of a spreadsheet's row
	Padding    = 5.0   // points above and below a row's text
	Boldness   = 1.08  // bold letters are wider

	digitWidth = 7.0 // pixels at 96 per inch; the unit of a column's width
	emWidth    = FontSize * 96 / 72
	margins    = 18.0 // pixels beside a cell's text, with its indent
	slack      = 0.95 // of a column's width, since programs draw letters a little wider than they are
)

// Height is the height in points of a row with a text in a column of a width; 0 without a text.
func Height(text string, width float64) float64 {
	if text == "" {
		return 0
	}
	return min(LineHeight*float64(Lines(text, width))+Padding, MaxHeight)
}

// Lines estimates on how many lines a text wraps in a column; rather one too many than one too few.
func Lines(text string, width float64) int {
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
