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
func textWidth(text string, size float64) float64 { return scaled(hundredths(text), size) }

// scaled is a width in hundredths of the font size at a size.
func scaled(hundredths int, size float64) float64 { return float64(hundredths) * size / 100 }

// hundredths is the width of a text: the sum of its letters, so that parts can be measured apart.
func hundredths(text string) int {
	sum := 0
	for i, r := range text {
		sum += firstWidth(text[i:], r)
	}
	return sum
}

// firstWidth is the width of the first letter of a text, without its marks.
func firstWidth(text string, first rune) int {
	if first < utf8.RuneSelf {
		return letterWidth(first)
	}
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
	case '0' <= r && r <= '9':
		return digitLetter
	case 'A' <= r && r <= 'Z':
		return capital
	case r < utf8.RuneSelf:
		return plainLetter
	default:
		return foreignWidth(r)
	}
}

// foreignWidth is the width of a letter beyond ASCII, or of a mark on one.
func foreignWidth(r rune) int {
	const firstMark, lastMark = 0x300, 0x36f // those of Vietnamese and of most other alphabets
	switch {
	case firstMark <= r && r <= lastMark, unicode.Is(unicode.Mn, r):
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
	words := strings.Fields(text)
	var lines []string
	from, taken := 0, 0 // the line that is being filled: its first word, and its width
	for i, word := range words {
		wide := hundredths(word)
		switch longer := taken + narrowLetter + wide; { // a space is narrow
		case i == from:
			taken = wide
		case scaled(longer, size) <= width:
			taken = longer
		case len(lines) == most-1:
			return append(lines, cut(strings.Join(words[from:], " "), size, width))
		default:
			lines = append(lines, fitting(words[from:i], taken, size, width))
			from, taken = i, wide
		}
	}
	return append(lines, fitting(words[from:], taken, size, width))
}

// fitting is a line of words that is so wide, cut where that is too much.
func fitting(words []string, taken int, size, width float64) string {
	line := strings.Join(words, " ")
	if scaled(taken, size) <= width {
		return line
	}
	return cut(line, size, width)
}

// cut shortens a line to a width, ending in "…" where something was left out; the first letter is not.
func cut(line string, size, width float64) string {
	if textWidth(line, size) <= width {
		return line
	}
	line = norm.NFC.String(line)
	taken := wideLetter // the "…"
	for i, r := range line {
		taken += firstWidth(line[i:], r)
		if i > 0 && scaled(taken, size) > width {
			line = line[:i]
			break
		}
	}
	return strings.TrimRight(line, " ") + "…"
}
