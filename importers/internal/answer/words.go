package answer

import (
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
