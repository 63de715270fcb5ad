package workbook_test

import (
	"flag"
	"os"
	"runtime/debug"
	"testing"
)

// TestMain runs under the race detector only the tests in which goroutines meet: all others here have one goroutine, so
// that there is no race to find. A -run of one's own runs what it names.
func TestMain(m *testing.M) {
	flag.Parse()
	if run := flag.Lookup("test.run"); underRace && run.Value.String() == "" {
		if err := run.Value.Set("SideBySide$"); err != nil {
			panic(err)
		}
	}
	debug.SetGCPercent(400) // small heaps are collected too often
	os.Exit(m.Run())
}
