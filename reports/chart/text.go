package chart

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Widths of letters in hundredths of the font size, as sans-serif faces draw them. They are estimates a little above
// what is drawn, because a label that is given too much room looks better than one that is cut.
const (
	narrowLetter = 30
	thinLetter   = 40
	plainLetter  = 57
	digitLetter  = 58
	capital      = 67
	wideLetter   = 90
	fullWidth    = 100
)

// textWidth estimates how wide a text is drawn at a font size, in the unit of size. Vietnamese tone marks take no room.
func textWidth(text string, size float64) float64 {
	hundredths := 0
	for i, r := range text {
		if r >= utf8.RuneSelf {
			hundredths += markedWidth(text[i:], r)
			continue
		}
		hundredths += letterWidth(r)
	}
	return float64(hundredths) * size / 100
}

// markedWidth is the width of the first letter of a text, which is beyond ASCII, without its marks.
func markedWidth(text string, first rune) int {
	letter := norm.NFD.PropertiesString(text).Decomposition()
	if letter == nil {
		return letterWidth(first)
	}
	width := 0
	for _, r := range string(letter) {
		width += letterWidth(r)
	}
	return width
}

func letterWidth(r rune) int {
	switch r {
	case 'i', 'l', 'j', 'I', '.', ',', ':', ';', '\'', '|', '!', '(', ')', '[', ']', ' ', '·', '’', '‘':
		return narrowLetter
	case 'f', 't', 'r', 's', 'z', '-', '/', '"':
		return thinLetter
	case 'm', 'w', 'W', 'M', '%', '@', '—', '…':
		return wideLetter
	}
	switch {
	case unicode.Is(unicode.Mn, r):
		return 0
	case unicode.IsDigit(r):
		return digitLetter
	case r >= 0x2e80 && r < 0xfb00 || r >= 0x1f000:
		return fullWidth
	case unicode.IsUpper(r):
		return capital
	default:
		return plainLetter
	}
}

// wrap breaks a text into at most so many lines of a width, at spaces; what does not fit ends in "…".
func wrap(text string, size, width float64, most int) []string {
	var lines []string
	line := ""
	words := strings.Fields(text)
	for i, word := range words {
		longer := strings.TrimSpace(line + " " + word)
		if textWidth(longer, size) <= width || line == "" {
			line = longer
			continue
		}
		if len(lines) == most-1 {
			line += " " + strings.Join(words[i:], " ")
			break
		}
		lines = append(lines, cut(line, size, width))
		line = word
	}
	return append(lines, cut(line, size, width))
}

// cut shortens a line to a width, ending in "…" where something was left out.
func cut(line string, size, width float64) string {
	if textWidth(line, size) <= width {
		return line
	}
	letters := []rune(norm.NFC.String(line))
	for len(letters) > 1 && textWidth(string(letters)+"…", size) > width {
		letters = letters[:len(letters)-1]
	}
	return strings.TrimRight(string(letters), " ") + "…"
}
