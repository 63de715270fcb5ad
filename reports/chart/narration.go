package chart

import (
	"strings"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/reports/view"
)

// Most rows that a narration names.
const (
	mostEqual = 3 // with the same number
	mostMoved = 3 // that moved
)

// name is what a screen reader says of a figure: title and narration as sentences, each once, then the extremes where the
// sentences do not say them.
func name(c view.Chart, title, narration string) string {
	said := sentences(title, narration)
	words := wordsOf(c)
	if form(c) == view.Dumbbell {
		return sentences(said, movements(c, words))
	}
	return sentences(said, extremes(c, words, said))
}

// sentences joins two; the first is left out where the second begins with it.
func sentences(first, second string) string {
	first, second = strings.TrimSpace(first), strings.TrimSpace(second)
	switch {
	case first == "" || strings.HasPrefix(second, first):
		return second
	case second == "":
		return first
	case strings.ContainsAny(first[len(first)-1:], ".!?"):
		return first + " " + second
	default:
		return first + ". " + second
	}
}

// told is the series of which a narration tells the extremes: the present one of a comparison, the medians of boxes.
func told(c view.Chart) int {
	switch form(c) {
	case view.PairedBars:
		return 1
	case view.Boxes:
		return boxMedian
	default:
		return 0
	}
}

// extremes names the largest and the smallest number, unless both are said already.
func extremes(c view.Chart, words *locale.Locale, said string) string {
	largest, smallest := view.Value{Missing: true}, view.Value{Missing: true}
	for row := range c.Rows {
		v := valueOf(c, told(c), row)
		if v.Missing {
			continue
		}
		if largest.Missing || v.Number > largest.Number {
			largest = v
		}
		if smallest.Missing || v.Number < smallest.Number {
			smallest = v
		}
	}
	switch {
	case largest.Missing || strings.Contains(said, largest.Words) && strings.Contains(said, smallest.Words):
		return ""
	case largest.Number == smallest.Number && len(c.Rows) > 1:
		return words.Say("site.chart-equal", withUnit(largest.Words, c.Unit))
	default:
		return words.Say("site.chart-extremes", holders(c, largest), holders(c, smallest))
	}
}

// holders are the rows that have a number, and the number; many of them are not named.
func holders(c view.Chart, v view.Value) string {
	var names []string
	for row, name := range c.Rows {
		if one := valueOf(c, told(c), row); !one.Missing && one.Number == v.Number {
			names = append(names, name)
		}
	}
	number := withUnit(v.Words, c.Unit)
	if len(names) > mostEqual {
		return number
	}
	return strings.Join(names, ", ") + " " + number
}

// movements are the first rows of a comparison of two rounds, which are the largest moves.
func movements(c view.Chart, words *locale.Locale) string {
	var moves []string
	for row, name := range c.Rows {
		was, is := valueOf(c, 0, row), valueOf(c, 1, row)
		if !was.Missing && !is.Missing && len(moves) < mostMoved {
			moves = append(moves, words.Say("site.chart-moved", name, said(c, was), said(c, is)))
		}
	}
	if len(moves) == 0 {
		return ""
	}
	return strings.Join(moves, "; ") + "."
}
