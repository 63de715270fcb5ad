package answer

import (
	"slices"
	"strings"
	"time"

	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/importers/internal/numeral"
	"github.com/opendti/dti/importers/internal/sheet"
)

// yesNoWords say yes or no, in small letters. Vietnamese ones have all of their diacritics or none: with others they are
// other words.
var yesNoWords = map[string]bool{
	"có": true, "co": true, "đạt": true, "dat": true, "x": true, "1": true, "yes": true, "y": true, "true": true,
	"đúng": true, "dung": true,
	"không": false, "khong": false, "không đạt": false, "khong dat": false, "0": false, "no": false, "n": false,
	"false": false, "sai": false,
}

func (e entry) yesNo() (rule.Value, *diag.Problem) {
	text := e.text
	if e.cell.Numeric {
		if d, err := numeral.Plain(text); err == nil {
			text = d.String()
		}
	}
	yes, ok := yesNoWords[same(text)]
	if !ok {
		return e.bad("answer-yes-no")
	}
	return rule.YesNoOf(yes), nil
}

// choice reads options by their ids, or by their names in any language; several are separated by ";".
func (e entry) choice() (rule.Value, *diag.Problem) {
	options := e.ind.Options(e.in.ID)
	if id, ok := option(options, e.text); ok {
		return rule.OptionsOf(id), nil
	}
	if e.in.Type == rule.Choice {
		return e.noOption(e.text, options)
	}
	words := strings.Split(e.text, ";")
	if len(words) > mostWords {
		return e.noOption(e.text, options)
	}
	var ids []string
	for len(words) > 0 {
		id, n := leading(options, words)
		switch word := trimmed(words[0]); {
		case n == 0 && word != "":
			return e.noOption(word, options)
		case n > 0 && !slices.Contains(ids, id):
			ids = append(ids, id)
		}
		words = words[max(n, 1):]
	}
	return rule.OptionsOf(ids...), nil
}

// mostWords bounds how many options a cell may name.
const mostWords = 200

// leading finds the option that the first words name, and how many they are: a name may itself hold ";".
func leading(options []rule.Option, words []string) (id string, n int) {
	for n := len(words); n > 0; n-- {
		if id, ok := option(options, trimmed(strings.Join(words[:n], ";"))); ok {
			return id, n
		}
	}
	return "", 0
}

// option finds an option by its id, else by its name; a name that two options share finds none.
func option(options []rule.Option, word string) (id string, ok bool) {
	for _, o := range options {
		if o.ID == word {
			return o.ID, true
		}
	}
	key := same(word)
	var found []string
	for _, o := range options {
		names := []string{o.ID}
		for _, name := range o.Name {
			names = append(names, name)
		}
		if slices.ContainsFunc(names, func(name string) bool { return same(name) == key }) {
			found = append(found, o.ID)
		}
	}
	if len(found) != 1 {
		return "", false
	}
	return found[0], true
}

// noOption is the problem of a word that names no option. The arguments are the word and the options' ids with names.
func (e entry) noOption(word string, options []rule.Option) (rule.Value, *diag.Problem) {
	var known, names []string
	for _, o := range options {
		known = append(known, o.ID)
		name := o.ID
		if text := o.Name[e.Set.Languages[0]]; text != "" && text != o.ID {
			name += " (" + text + ")"
			known = append(known, text)
		}
		names = append(names, name)
	}
	e.text = word
	if near := diag.Nearest(word, known); near != "" {
		return e.bad("answer-option-near", names, near)
	}
	return e.bad("answer-option", names)
}

// Layouts of dates, day first. Go reads one or two digits for 2 and 1.
var dayLayouts = []string{"2/1/2006", "2-1-2006", "2.1.2006", "2006-1-2", "2006-01-02T15:04:05", "2006-01-02T15:04:05Z"}

// Serials of days count from the end of 1899, or from 1904. Serial 60 is the 29 February 1900 that never was; days
// before it are off by one, and nobody means them.
const (
	firstSerial = 61
	lastSerial  = 109_575 // 31 December 2199
)

func (e entry) day() (rule.Value, *diag.Problem) {
	if e.cell.Numeric {
		return e.serial()
	}
	text := strings.ReplaceAll(e.text, " ", "")
	for _, layout := range dayLayouts {
		if t, err := time.Parse(layout, text); err == nil && t.Year() >= 1900 && t.Year() < 2200 {
			return rule.DayOf(rule.Date(t.Format(time.DateOnly))), nil
		}
	}
	return e.bad("answer-date")
}

func (e entry) serial() (rule.Value, *diag.Problem) {
	d, err := numeral.Plain(e.text)
	n := int(d.IntPart())
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	least := firstSerial
	if e.Date1904 {
		first, least = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC), 0
	}
	if err != nil || !e.cell.Date || n < least || n > lastSerial {
		return e.bad("answer-date")
	}
	return rule.DayOf(rule.Date(first.AddDate(0, 0, n).Format(time.DateOnly))), nil
}

// YesNo reads a cell that says yes or no, such as the column "ranked" of a table of agencies.
func YesNo(c sheet.Cell) (yes, ok bool) {
	e := Reader{}.entry(c)
	v, problem := e.yesNo()
	if problem != nil {
		return false, false
	}
	return v.Yes()
}

// Day reads a cell that holds a date, day first.
func (r Reader) Day(c sheet.Cell) (day rule.Date, ok bool) {
	e := r.entry(c)
	v, problem := e.day()
	if problem != nil {
		return "", false
	}
	return v.Day()
}
