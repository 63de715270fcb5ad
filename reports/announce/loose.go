package announce

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"
)

// Loose lists the numbers of a document's sentences and tables that none of the facts behind them accounts for, with the
// sentence that they stand in; nothing: every number is accounted for.
func Loose(d Document) []string {
	var loose []string
	for _, s := range d.Said {
		text := mask([]rune(s.Text), s.Quotes)
		for _, n := range numbersIn(text) {
			if !slices.ContainsFunc(s.Facts, func(f Fact) bool { return f.states(n) }) {
				loose = append(loose, n.text+" in: "+s.Text)
			}
		}
	}
	return loose
}

// states reports whether one of the fact's numbers, its year, or how many agencies it has where they are too many to be
// named, is what a number may be read as.
func (f Fact) states(n number) bool {
	return slices.ContainsFunc(n.readings, func(d decimal.Decimal) bool {
		return f.Year != 0 && d.Equal(whole(f.Year)) || len(f.Agencies) >= crowd && d.Equal(whole(len(f.Agencies))) || slices.ContainsFunc(f.Numbers, func(own decimal.Decimal) bool { return own.Abs().Equal(d) })
	})
}

// blank takes the place of what is quoted, so that places in the text stay as they are.
const blank = '\u00a0'

// mask blanks out the quotes in a text, longer ones first, whatever their case.
func mask(text []rune, quotes []string) []rune {
	masked := slices.Clone(text)
	var digits []string
	for _, q := range quotes {
		if strings.ContainsFunc(q, unicode.IsDigit) {
			digits = append(digits, q)
		}
	}
	slices.SortFunc(digits, func(a, b string) int { return cmp.Or(len(b)-len(a), cmp.Compare(a, b)) })
	for _, q := range digits {
		quote := []rune(q)
		for i := 0; i+len(quote) <= len(masked); i++ {
			if same(masked[i:i+len(quote)], quote) && edge(masked, i, i+len(quote)) {
				for j := range quote {
					masked[i+j] = blank
				}
			}
		}
	}
	return masked
}

// same reports whether two texts of one length are equal but for case.
func same(a, b []rune) bool {
	for i := range b {
		if a[i] != b[i] && unicode.ToLower(a[i]) != unicode.ToLower(b[i]) {
			return false
		}
	}
	return true
}

// edge reports whether what stands from i up to j is no part of a longer word or number.
func edge(text []rune, i, j int) bool {
	inside := func(a, b rune) bool { return wordy(a) && wordy(b) }
	return (i == 0 || !inside(text[i-1], text[i])) && (j == len(text) || !inside(text[j-1], text[j]))
}

func wordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// A number is a number in a text with what it may be read as: "1.632" is 1632 in one language and 1.632 in another.
type number struct {
	text       string
	start, end int // places in the text
	readings   []decimal.Decimal
	decimals   bool // it may be read with decimals
}

// numbersIn finds the numbers of a text. Digits within a word, such as those of a code or a hash, are none; an ordinal
// is ("5th").
func numbersIn(text []rune) []number {
	var found []number
	for i := 0; i < len(text); {
		if !digit(text[i]) {
			i++
			continue
		}
		start := i
		for i < len(text) && (digit(text[i]) || separator(text[i]) && i+1 < len(text) && digit(text[i+1])) {
			i++
		}
		if (start == 0 || !unicode.IsLetter(text[start-1]) && text[start-1] != '_') && (i == len(text) || !unicode.IsLetter(text[i]) || ordinal(text[i:])) {
			n := number{text: string(text[start:i]), start: start, end: i}
			n.read()
			found = append(found, n)
		}
	}
	return found
}

func digit(r rune) bool { return r >= '0' && r <= '9' }

func separator(r rune) bool { return r == '.' || r == ',' }

// ordinal reports whether a text goes on as an English ordinal does.
func ordinal(rest []rune) bool {
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		if n := len(suffix); len(rest) >= n && string(rest[:n]) == suffix && (len(rest) == n || !wordy(rest[n])) {
			return true
		}
	}
	return false
}

// read finds what the number may be read as: whole, with grouped thousands, with decimals behind a comma or a point.
func (n *number) read() {
	seps := strings.Map(func(r rune) rune {
		if separator(r) {
			return r
		}
		return -1
	}, n.text)
	add := func(digits string) {
		if d, err := decimal.NewFromString(digits); err == nil {
			n.readings = append(n.readings, d)
		}
	}
	if seps == "" {
		add(n.text)
		return
	}
	last := seps[len(seps)-1:]
	head, tail, _ := cutLast(n.text, last)
	if (len(seps) == 1 || strings.Count(seps, last) == 1) && grouped(head, seps[:len(seps)-1]) {
		n.decimals = true
		add(ungrouped(head) + "." + tail)
	}
	if strings.Trim(seps, last) == "" && grouped(n.text, seps) && !strings.HasPrefix(n.text, "0") {
		add(ungrouped(n.text))
	}
}

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

func ungrouped(s string) string { return strings.NewReplacer(".", "", ",", "").Replace(s) }

// grouped reports whether the digits between separators stand in threes, but for the first ones.
func grouped(s, seps string) bool {
	if seps == "" {
		return true
	}
	parts := strings.FieldsFunc(s, separator)
	for i, p := range parts {
		if i > 0 && len(p) != 3 || i == 0 && len(p) > 3 {
			return false
		}
	}
	return strings.Trim(seps, seps[:1]) == ""
}
