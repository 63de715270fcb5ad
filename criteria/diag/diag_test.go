package diag_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/opendti/dti/criteria/diag"
)

func TestPlace(t *testing.T) {
	for want, place := range map[string]diag.Place{
		"":                        {},
		"round.yaml":              {File: "round.yaml"},
		"table.csv:2":             {File: "table.csv", Row: 2},
		"table.csv:2:9":           {File: "table.csv", Row: 2, Col: 9},
		"a.xlsx!Tự đánh giá":      {File: "a.xlsx", Sheet: "Tự đánh giá"},
		"a.xlsx!Tự đánh giá!F12":  {File: "a.xlsx", Sheet: "Tự đánh giá", Row: 12, Col: 6},
		"a.xlsx!S!12":             {File: "a.xlsx", Sheet: "S", Row: 12},
		"sub/a.xlsx!S!XFD1048576": {File: "sub/a.xlsx", Sheet: "S", Row: 1048576, Col: 16384},
	} {
		assert.Equal(t, want, place.String())
	}
}

func TestColumnName(t *testing.T) {
	for col, want := range map[int]string{0: "", 1: "A", 26: "Z", 27: "AA", 702: "ZZ", 703: "AAA"} {
		assert.Equal(t, want, diag.ColumnName(col))
	}
}

func TestNearest(t *testing.T) {
	known := []string{"points", "score", "evidence", "not_applicable", "INF-1", "INF-2"}
	for name, want := range map[string]string{
		"point":          "points",
		"socre":          "score", // two neighbours swapped are one slip
		"not_aplicable":  "not_applicable",
		"INF-9":          "INF-1",
		"évidence":       "evidence",
		"weight":         "",
		"x":              "",
		"":               "",
		"completely-off": "",
	} {
		assert.Equal(t, want, diag.Nearest(name, known), name)
	}
}

func TestProblems(t *testing.T) {
	var ps diag.Problems
	assert.NoError(t, ps.Err())
	ps.Warn(diag.Place{File: "b"}, "w")
	ps.Inform(diag.Place{File: "c"}, "i")
	assert.NoError(t, ps.Err(), "only errors stop")
	ps.Fault(diag.Place{File: "a", Row: 3}, "e", "x")
	ps.Fault(diag.Place{File: "a", Row: 2}, "e", "y")
	assert.Equal(t, 2, ps.Stopping())
	err := fmt.Errorf("read: %w", ps.Err())
	found, ok := errors.AsType[diag.Problems](err)
	assert.True(t, ok)
	assert.Len(t, found, 4)
	assert.Equal(t, 2, ps.Sorted()[0].Place.Row)
	assert.Equal(t, "b", ps[0].Place.File, "sorting leaves the list as it was")
	ps[2].Settled, ps[3].Settled = true, true
	assert.NoError(t, ps.Err(), "a settled error stops nothing")
	assert.Contains(t, ps.Error(), "a:3: error e [x]")
	assert.Equal(t, "invalid", diag.Severity(0).String())
}
