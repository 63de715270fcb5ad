package appraisal

import (
	"regexp"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/diag"
	"github.com/opendti/dti/criteria/rule"
	"github.com/opendti/dti/scoring"
	"github.com/opendti/dti/scoring/submission"
)

// A Use is one place where a document is named.
type Use struct {
	Agency    submission.Agency
	Indicator *criteria.Indicator
	Place     diag.Place
}

// A Shared is one document that several agencies name: letters, spaces and marks between them aside, or the same address.
// That may well be right, as of a decision of the city; it is a place to look.
type Shared struct {
	Text string // as it is named first
	Uses []Use  // in the order of the round's agencies
}

// agencies counts the agencies that name it: the uses of one stand together.
func (s Shared) agencies() int {
	n := 0
	for i, u := range s.Uses {
		if i == 0 || s.Uses[i-1].Agency.Code != u.Agency.Code {
			n++
		}
	}
	return n
}

// An Astray is a document that is dated outside the period of the round.
type Astray struct {
	Use
	Text string
	Day  rule.Date
}

// evidence looks at the documents behind one indicator.
func (j *judging) evidence(a submission.Agency, leaf scoring.IndicatorResult, documents []submission.Evidence) {
	if len(documents) == 0 {
		if leaf.Indicator.Evidence.Required && leaf.Score.IsPositive() {
			j.quality.Bare = append(j.quality.Bare, Bare{a, leaf.Indicator, leaf.Score, leaf.Decision})
		}
		return
	}
	for _, d := range documents {
		key := documentKey(d.Text)
		if key == "" {
			continue
		}
		use := Use{a, leaf.Indicator, d.Place}
		s := j.papers[key]
		if s == nil {
			s = &Shared{Text: d.Text}
			j.papers[key] = s
		}
		s.Uses = append(s.Uses, use)
		if day, ok := DayOf(d.Text); ok && j.outside(day) {
			j.quality.Astray = append(j.quality.Astray, Astray{use, d.Text, day})
		}
	}
}

func (j *judging) outside(day rule.Date) bool {
	from, to := j.round.From, j.round.To
	return from != "" && day < from || to != "" && day > to
}

var (
	address   = regexp.MustCompile(`https?://\S+`)
	between   = regexp.MustCompile(`[\s\-–—_.,;:()"'“”]+`)
	dayFirst  = regexp.MustCompile(`(?:^|\D)(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?:\D|$)`)
	yearFirst = regexp.MustCompile(`(?:^|\D)(\d{4})-(\d{2})-(\d{2})(?:\D|$)`)
)

// documentKey is what two ways of naming one document have in common: its address, else its letters and digits. What has
// fewer than five of them names nothing.
func documentKey(text string) string {
	const least = 5
	if link := address.FindString(text); link != "" {
		return strings.TrimRight(link, ".,;)/")
	}
	key := between.ReplaceAllString(strings.ToLower(norm.NFC.String(text)), "")
	if len([]rune(key)) < least {
		return ""
	}
	return key
}

// DayOf finds the first day that the name of a document states, day first or as 2025-01-15, outside of addresses.
func DayOf(text string) (day rule.Date, ok bool) {
	text = address.ReplaceAllString(text, " ")
	written := ""
	at := len(text)
	if m := dayFirst.FindStringSubmatchIndex(text); m != nil {
		at = m[2]
		written = text[m[6]:m[7]] + "-" + twoDigits(text[m[4]:m[5]]) + "-" + twoDigits(text[m[2]:m[3]])
	}
	if m := yearFirst.FindStringSubmatchIndex(text); m != nil && m[2] < at {
		written = text[m[2]:m[3]] + "-" + text[m[4]:m[5]] + "-" + text[m[6]:m[7]]
	}
	if _, err := time.Parse(time.DateOnly, written); err != nil {
		return "", false
	}
	return rule.Date(written), true
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}
