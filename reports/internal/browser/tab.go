package browser

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A Screen is what a page is looked at on. The zero Screen is a desktop 1280 pixels wide.
type Screen struct {
	Width, Height int  // in CSS pixels; 0: 1280 by 900
	Dark          bool // the reader prefers dark colours
	Forced        bool // the system forces its own colours
	NoScript      bool // scripts are switched off
}

// A Tab shows one page, apart from all other tabs. It is for one goroutine.
type Tab struct {
	ctx     context.Context
	close   func()
	address string
	quiet   bool // its page runs no scripts

	mu         sync.Mutex
	complaints []string
}

// Open shows a page, file:// or http://, and returns when it has loaded. It waits while too many tabs are open; every tab
// must be closed. A busy machine loses a tab now and then: it is opened once more.
func (b *Browser) Open(screen Screen, address string) (*Tab, error) {
	t, err := b.open(screen, address)
	if err == nil || !lost(err) {
		return t, err
	}
	if b.Tell != nil {
		b.Tell("a tab was lost and is opened once more: " + err.Error())
	}
	return b.open(screen, address)
}

// errFull says that nobody closes a tab: whoever waits holds all of them.
var errFull = errors.New("all tabs stay open; close one")

// lost reports whether a tab went away or did not answer: an address that nobody serves is no such thing.
func lost(err error) bool {
	return !errors.Is(err, errFull) && !strings.Contains(err.Error(), "net::ERR_")
}

func (b *Browser) open(screen Screen, address string) (*Tab, error) {
	select {
	case b.places <- struct{}{}:
	case <-time.After(2 * patience):
		return nil, fmt.Errorf("open %s: %w", address, errFull)
	}
	t := &Tab{address: address}
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(t.hear))
	t.ctx, t.close = ctx, sync.OnceFunc(func() { cancel(); <-b.places })
	err := chromedp.Do(ctx) // with a context that lasts: the first run ties the tab to it
	if err == nil {
		err = screen.on(t)
	}
	if err == nil {
		err = t.do(chromedp.Navigate(address))
	}
	if err == nil {
		err = t.Settle()
	}
	if err != nil {
		t.Close()
		return nil, fmt.Errorf("open %s: %w", address, err)
	}
	return t, nil
}

// Close closes the tab. It may be called again.
func (t *Tab) Close() { t.close() }

// do runs an action that returns nothing.
func (t *Tab) do(action chromedp.Action[chromedp.Void]) error {
	_, err := run(t, action)
	return err
}

// run runs an action within the time that a step may take.
func run[T any](t *Tab, action chromedp.Action[T]) (T, error) {
	ctx, stop := context.WithTimeout(t.ctx, patience)
	defer stop()
	return chromedp.Run(ctx, action)
}

// call sends one command of the protocol.
func call[P, R any](t *Tab, command cdp.Command[P, R], params P) error {
	ctx, stop := context.WithTimeout(t.ctx, patience)
	defer stop()
	_, err := chromedp.Call(ctx, command, params)
	return err
}

// Show shows the page that is open on another screen, without loading it again.
func (t *Tab) Show(screen Screen) error {
	if err := cmp.Or(screen.on(t), t.Settle()); err != nil {
		return fmt.Errorf("show %s: %w", t.address, err)
	}
	return nil
}

// on makes a tab the screen.
func (s Screen) on(t *Tab) error {
	if s.Width == 0 {
		s.Width, s.Height = 1280, 900
	}
	if s.Height == 0 {
		s.Height = 800
	}
	media := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "light"}}
	if s.Dark {
		media[0].Value = "dark"
	}
	if s.Forced {
		media = append(media, &emulation.MediaFeature{Name: "forced-colors", Value: "active"})
	}
	t.quiet = s.NoScript
	return cmp.Or(
		t.resize(s.Width, s.Height),
		call(t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: media}),
		call(t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: s.NoScript}),
	)
}

func (t *Tab) resize(width, height int) error {
	return call(t, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: int64(width), Height: int64(height), DeviceScaleFactor: 1})
}

// hear notes what the browser says about the page.
func (t *Tab) hear(event any) {
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		t.note("console " + e.Type.String() + ": " + said(e.Args))
	case *runtime.EventExceptionThrown:
		t.note("exception: " + thrown(e.ExceptionDetails))
	case *log.EventEntryAdded:
		t.note(fmt.Sprintf("%s %s: %s %s", e.Entry.Source, e.Entry.Level, e.Entry.Text, e.Entry.URL))
	case *network.EventRequestWillBeSent:
		if leaves(t.address, e.Request.URL) {
			t.note("request that leaves the site: " + e.Request.URL)
		}
	case *page.EventJavascriptDialogOpening:
		t.note("dialog: " + e.Message)
		go func() { // else the page waits for ever
			_ = call(t, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
		}()
	}
}

func (t *Tab) note(complaint string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.complaints = append(t.complaints, complaint)
}

// Complaints are what went wrong on the page so far, in order: every word on the console, exceptions, violations of the
// page's policy, dialogs, files that are missing, requests that left the site.
func (t *Tab) Complaints() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]string(nil), t.complaints...)
}

func thrown(e *runtime.ExceptionDetails) string {
	if e.Exception == nil {
		return e.Text
	}
	return e.Text + " " + said([]*runtime.RemoteObject{e.Exception})
}

func said(args []*runtime.RemoteObject) string {
	var words []string
	for _, a := range args {
		word := a.Description
		if word == "" {
			word = string(a.Value)
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

// leaves reports whether a request goes elsewhere than the page's own site.
func leaves(pageAddress, request string) bool {
	from, err := url.Parse(pageAddress)
	if err != nil {
		return true
	}
	to, err := url.Parse(request)
	if err != nil {
		return true
	}
	switch to.Scheme {
	case "data", "blob", "about":
		return false
	default:
		return to.Scheme != from.Scheme || to.Host != from.Host
	}
}

// settled is how long a page without scripts may take to be drawn.
const settled = 50 * time.Millisecond

// frames resolves when the page has been drawn twice: what a script changes on a change of size stands in the second. A
// page that is not drawn at all, as nobody sees it, is not waited for.
const frames = `new Promise(function (done) {
  setTimeout(done, 1000);
  requestAnimationFrame(function () { requestAnimationFrame(function () { setTimeout(done, 0); }); });
})`

// Settle waits until the page has drawn what its scripts have changed.
func (t *Tab) Settle() error {
	if t.quiet {
		return t.do(chromedp.Sleep(settled))
	}
	return t.Eval(frames, nil)
}

// Eval evaluates a script in the page and reads what it returns, or what its promise brings, into found, as JSON; found may
// be nil. The page's policy does not hinder it.
func (t *Tab) Eval(script string, found any) error {
	if found == nil {
		if err := t.do(chromedp.Evaluate[chromedp.Void](script, chromedp.EvalAwaitPromise)); err != nil {
			return fmt.Errorf("evaluate on %s: %w", t.address, err)
		}
		return nil
	}
	answer, err := run(t, chromedp.Evaluate[[]byte](script, chromedp.EvalAwaitPromise))
	if err == nil {
		err = json.Unmarshal(answer, found)
	}
	if err != nil {
		return fmt.Errorf("evaluate on %s: %w", t.address, err)
	}
	return nil
}

// Keys to press.
const (
	KeyTab   = kb.Tab
	KeyEnter = kb.Enter
)

// Press presses keys one after the other.
func (t *Tab) Press(keys string) error { return t.do(chromedp.KeyEvent(keys)) }

// tallest is how many CSS pixels of a page a picture shows: Chromium paints no picture of the longest pages, and nobody
// looks at one.
const tallest = 12_000

// Screenshot is a picture of the page from its top, as PNG: all of it, or the first 12,000 pixels.
func (t *Tab) Screenshot() ([]byte, error) {
	var size struct{ Width, Height float64 }
	const measure = `({Width: document.documentElement.scrollWidth, Height: document.documentElement.scrollHeight})`
	if err := t.Eval(measure, &size); err != nil {
		return nil, fmt.Errorf("picture of %s: %w", t.address, err)
	}
	ctx, stop := context.WithTimeout(t.ctx, patience)
	defer stop()
	beyond := true
	taken, err := chromedp.Call(ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{
		Clip: &page.Viewport{Width: size.Width, Height: min(size.Height, tallest), Scale: 1}, CaptureBeyondViewport: &beyond,
	})
	if err != nil {
		return nil, fmt.Errorf("picture of %s: %w", t.address, err)
	}
	return taken.Data, nil
}

// PDF prints the page on A4, or the paper that its stylesheet chooses, with no head or foot of the browser's.
func (t *Tab) PDF() ([]byte, error) {
	document, err := run(t, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
	if err != nil {
		return nil, fmt.Errorf("print %s: %w", t.address, err)
	}
	return document, nil
}

// Paper lays the page out as it is printed, on a screen as wide as the part of a sheet that is printed on, in CSS pixels.
func (t *Tab) Paper(width int) error {
	err := cmp.Or(call(t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}), t.resize(width, 1000), t.Settle())
	if err != nil {
		return fmt.Errorf("lay out %s for print: %w", t.address, err)
	}
	return nil
}
