// Package browser drives the machine's Chromium, and other programs that judge pages, for the tests of the published site
// and for its pictures. It knows pages and files, and nothing of rankings. The program that is shipped never imports it.
package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/chromedp/chromedp"
)

// A Missing program or file hinders what was asked for; Need says what that means for a test.
type Missing struct{ What, Remedy string }

// Error says what is missing and how to get it.
func (m Missing) Error() string { return m.What + " is not there: " + m.Remedy }

// patience is how long one step may take: the machine may be busy with many other things.
const patience = 3 * time.Minute

// atOnce is how many tabs may be open: each is a process of its own.
const atOnce = 3

// A Browser is a running Chromium with a profile of its own, which it leaves behind nowhere.
type Browser struct {
	ctx     context.Context
	stop    context.CancelFunc
	places  chan struct{}
	profile string

	// Tell, where it is set, hears of every tab that was lost while it opened and is opened once more.
	Tell func(what string)
}

// programs are the names under which Chromium is installed.
var programs = []string{"chromium", "chromium-browser", "google-chrome"}

// flags keep Chromium from asking the network for anything of its own.
var flags = []string{
	"headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking",
	"disable-component-update", "disable-sync", "disable-extensions", "disable-dev-shm-usage", "no-default-browser-check",
	"hide-scrollbars", "disable-background-timer-throttling", "disable-backgrounding-occluded-windows", "disable-renderer-backgrounding",
}

// Start starts Chromium. The error is Missing where it is not installed.
func Start() (*Browser, error) {
	program, err := Installed(programs...)
	if err != nil {
		return nil, err
	}
	profile, err := os.MkdirTemp("", "browser")
	if err != nil {
		return nil, err
	}
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(program), chromedp.UserDataDir(profile)}
	for _, name := range flags {
		options = append(options, chromedp.Flag(name, true))
	}
	allocator, end := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, leave := chromedp.NewContext(allocator)
	b := &Browser{ctx: ctx, stop: func() { leave(); end() }, places: make(chan struct{}, atOnce), profile: profile}
	if err := chromedp.Do(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("start %s: %w", program, err), b.Close())
	}
	return b, nil
}

// Close ends the browser and removes its profile.
func (b *Browser) Close() error {
	_ = chromedp.Cancel(b.ctx) // a browser that is gone already is closed
	b.stop()
	var err error
	for range 20 { // its last process may still be writing
		if err = os.RemoveAll(b.profile); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return err
}

// Installed is the path of the first of these programs that the machine has. The error is Missing where it has none.
func Installed(names ...string) (string, error) {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", Missing{What: "the program " + names[0], Remedy: "install it with the system's packages"}
}
