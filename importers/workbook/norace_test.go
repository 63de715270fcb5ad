//go:build !race

package workbook_test

// underRace says that the race detector slows the tests down, by some ten times.
const underRace = false
