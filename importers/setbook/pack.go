package setbook

import (
	"io"
	"strings"
	"unicode/utf8"

	"github.com/opendti/dti/importers/internal/written"
)

// save writes the file.
func (b *book) save(w io.Writer) error { return written.Save(w, b.file) }

// Heights of rows in points.
const (
	lineHeight = 15.0
	mostHeight = 405.0 // Excel has no higher rows than 409
)

// height is about what the texts of a row need in columns of certain widths; bold text has less room.
func height(texts []string, columns []column, room float64) float64 {
	most := 1
	for i, text := range texts {
		if i >= len(columns) || i == 0 || columns[i].folded {
			continue
		}
		lines := 0
		for paragraph := range strings.SplitSeq(text, "\n") {
			lines += wrapped(paragraph, max(int(columns[i].width*1.05*room), 1))
		}
		most = max(most, lines)
	}
	return min(float64(most)*lineHeight+1, mostHeight)
}

// wrapped counts the lines of a text that is broken between words.
func wrapped(text string, width int) int {
	lines, at := 1, 0
	for word := range strings.FieldsSeq(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case at == 0:
			at = n
		case at+1+n <= width:
			at += 1 + n
		default:
			lines, at = lines+1, n
		}
		lines += (at - 1) / width
		at = (at-1)%width + 1
	}
	return lines
}
