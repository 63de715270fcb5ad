package browser

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"
)

// required is the variable of the environment that is 1 where a machine must have all that the tests need.
const required = "DTI_REQUIRE"

// Need ends a test that cannot do without what this error says is missing: the test is skipped and says why and what helps,
// or fails where DTI_REQUIRE=1 says that the machine must have all. Any other error fails the test; none leaves it alone.
func Need(t testing.TB, err error) {
	t.Helper()
	_, missing := errors.AsType[Missing](err)
	switch {
	case err == nil:
	case missing && os.Getenv(required) != "1":
		t.Skipf("not tested, as %v (with %s=1 this fails)", err, required)
	default:
		t.Fatal(err)
	}
}

// NeedTime skips a test that takes a browser's time where only short tests are wanted.
func NeedTime(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes seconds a page; the tests without -short have it")
	}
}

// Shared is the browser of all tests of a package, started by the first that needs it.
type Shared struct {
	once    sync.Once
	browser *Browser
	err     error
}

// For is the browser, for a test that needs one. What it tells goes to the log of the whole run.
func (s *Shared) For(t testing.TB) *Browser {
	t.Helper()
	NeedTime(t)
	s.once.Do(func() {
		if s.browser, s.err = Start(); s.err == nil {
			s.browser.Tell = func(what string) { fmt.Fprintln(os.Stderr, what) }
		}
	})
	Need(t, s.err)
	return s.browser
}

// Close ends the browser, where one was started: the last thing in a package's TestMain.
func (s *Shared) Close() {
	if s.browser == nil {
		return
	}
	if err := s.browser.Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}
