package criteria_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria"
)

// A date stays a date in any year.
func TestLater(t *testing.T) {
	for name, c := range map[string]struct {
		date  string
		years int
		want  string
	}{
		"a leap day in another year":  {"2024-02-29", 1, "2025-02-28"},
		"a leap day in a leap year":   {"2024-02-29", 4, "2028-02-29"},
		"the last of a long month":    {"2024-12-31", 1, "2025-12-31"},
		"no year later":               {"2024-02-29", 0, "2024-02-29"},
		"an earlier year":             {"2024-02-29", -1, "2023-02-28"},
		"no such day":                 {"2025-02-29", 1, "2025-02-29"},
		"no date":                     {"agency", 1, "agency"},
		"a year of five digits":       {"2024-01-31", 9000, "2024-01-31"},
		"a year before the first one": {"2024-01-31", -3000, "2024-01-31"},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, criteria.Later(c.date, c.years)) })
	}
}

// Days are moved wherever they stand, and each list that holds one is written whole.
func TestDatesLater(t *testing.T) {
	set := load(t, []byte(`schema: dti.criteria/v1
id: dates
version: "2024"
title: {en: Dates}
languages: [en]
groups: {dept: {en: Departments}}
indicators:
  - {id: A, name: {en: Plan}, points: 5, score: {kind: steps, steps: [{by: 2024-02-29, share: 1}, {by: 2024-06-30, share: 0.5}]}, inputs: {value: {type: date}}}
  - {id: B, name: {en: Portal}, points: 5, score: {kind: yes_no}}
  - id: C
    name: {en: Report}
    points: 4
    inputs: {day: {name: {en: Sent on}, type: date}, sent: {name: {en: Sent}, type: yes_no}}
    score:
      kind: sum_of
      parts:
        - {id: day, share: 0.5, score: {kind: steps, of: day, steps: [{by: 2024-12-31, share: 1}]}}
        - {id: sent, share: 0.5, score: {kind: yes_no, of: sent}} # stays
`))
	dates, err := set.DatesLater(1)
	require.NoError(t, err)
	assert.Equal(t, []criteria.Dated{
		{"A", "{steps: [{by: 2025-02-28, share: 1}, {by: 2025-06-30, share: 0.5}]}"},
		{"C", "{parts: [{id: day, share: 0.5, score: {kind: steps, of: day, steps: [{by: 2025-12-31, share: 1}]}}, {id: sent, share: 0.5, score: {kind: yes_no, of: sent}}]}"},
	}, dates)
	dates, err = set.DatesLater(0)
	require.NoError(t, err)
	assert.Empty(t, dates)
}
