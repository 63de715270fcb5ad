package browser_test

import (
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/reports/internal/browser"
)

// A witness is a test that notes what became of it.
type witness struct {
	testing.TB
	skipped, failed string
}

func (w *witness) Helper()                        {}
func (w *witness) Skipf(form string, args ...any) { w.skipped = fmt.Sprintf(form, args...) }
func (w *witness) Fatal(args ...any)              { w.failed = fmt.Sprint(args...) }

// Whoever lacks something is told what and where to get it, and a machine that must have all does not pass over it.
func TestNeed(t *testing.T) {
	missing := fmt.Errorf("start: %w", browser.Missing{What: "the program x", Remedy: "install it"})
	for name, tt := range map[string]struct {
		err             error
		require         string
		skipped, failed string
	}{
		"nothing missing":      {nil, "", "", ""},
		"missing":              {missing, "", "not tested, as start: the program x is not there: install it (with DTI_REQUIRE=1 this fails)", ""},
		"missing and required": {missing, "1", "", "start: the program x is not there: install it"},
		"another error":        {errors.New("lost"), "", "", "lost"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("DTI_REQUIRE", tt.require)
			w := witness{TB: t}
			browser.Need(&w, tt.err)
			assert.Equal(t, [2]string{tt.skipped, tt.failed}, [2]string{w.skipped, w.failed})
		})
	}
}

const (
	policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:">`
	head   = `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>x</title><meta name="viewport" content="width=device-width, initial-scale=1">`
)

// pages are small ones with one peculiarity each.
var pages = map[string]string{
	"quiet":     policy + `<link rel="icon" href="data:,"><link rel="stylesheet" href="x.css"><script src="x.js" defer></script></head><body class="page-quiet"><h1>x</h1><p id="p">words</p>`,
	"inline":    policy + `<link rel="icon" href="data:,"></head><body><script>document.title='ran'</script>`,
	"throws":    `<link rel="icon" href="data:,"><script>setTimeout(function () { throw new Error('wrong'); })</script></head><body>`,
	"console":   `<link rel="icon" href="data:,"><script>console.warn('static figure kept', {a: 1})</script></head><body>`,
	"dialog":    `<link rel="icon" href="data:,"><script>alert('from a name')</script></head><body>`,
	"elsewhere": `<link rel="icon" href="data:,"></head><body><img alt="x" src="http://127.0.0.1:9/x.png">`,
	"absent":    `<link rel="icon" href="data:,"></head><body><img alt="x" src="none.png">`,
}

func site(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	for name, page := range pages {
		write(name+".html", head+page)
	}
	write("x.css", `@media (prefers-color-scheme: dark) { p { color: rgb(1, 2, 3) } } @media (scripting: none) { p { display: none } }
@media (forced-colors: active) { h1 { padding-top: 7px } }`)
	write("x.js", `document.documentElement.className = 'js'`)
	return dir
}

func TestBrowser(t *testing.T) {
	browser.NeedTime(t)
	b, err := browser.Start()
	browser.Need(t, err)
	t.Cleanup(func() { assert.NoError(t, b.Close()) })
	dir := site(t)
	address, stop, err := browser.Serve(os.DirFS(dir))
	require.NoError(t, err)
	t.Cleanup(stop)
	open := func(t *testing.T, screen browser.Screen, address string) *browser.Tab {
		t.Helper()
		tab, err := b.Open(screen, address)
		require.NoError(t, err)
		t.Cleanup(tab.Close)
		return tab
	}
	for _, base := range []string{"file://" + filepath.ToSlash(dir) + "/", address} {
		for name, says := range map[string]string{
			"quiet": "", "inline": "Content Security Policy", "throws": "wrong", "console": "static figure kept", "dialog": "from a name",
			"elsewhere": "leaves the site: http://127.0.0.1:9/x.png", "absent": "none.png",
		} {
			tab := open(t, browser.Screen{}, base+name+".html")
			complaints := strings.Join(tab.Complaints(), "\n")
			tab.Close()
			if says == "" {
				assert.Empty(t, complaints, base+name)
			} else {
				assert.Contains(t, complaints, says, base+name)
			}
		}
	}
	t.Run("screens", func(t *testing.T) {
		var seen [5]any
		look := `[innerWidth, getComputedStyle(document.getElementById('p')).color, document.documentElement.className,
  getComputedStyle(document.getElementById('p')).display, getComputedStyle(document.querySelector('h1')).paddingTop]`
		see := func(screen browser.Screen) {
			tab := open(t, screen, address+"quiet.html")
			defer tab.Close()
			require.NoError(t, tab.Eval(look, &seen))
		}
		see(browser.Screen{})
		assert.Equal(t, [5]any{1280.0, "rgb(0, 0, 0)", "js", "block", "0px"}, seen)
		see(browser.Screen{Width: 320, Dark: true, Forced: true})
		assert.Equal(t, 320.0, seen[0])
		assert.Equal(t, "7px", seen[4])
		see(browser.Screen{Width: 390, Dark: true})
		assert.Equal(t, "rgb(1, 2, 3)", seen[1])
		see(browser.Screen{NoScript: true})
		assert.Equal(t, []any{"", "none"}, seen[2:4], "no script ran, and the stylesheet knows it")
	})
	t.Run("what a tab makes", func(t *testing.T) {
		tab := open(t, browser.Screen{}, address+"quiet.html")
		picture, err := tab.Screenshot()
		require.NoError(t, err)
		assert.Equal(t, "\x89PNG", string(picture[:4]))
		document, err := tab.PDF()
		require.NoError(t, err)
		assert.Equal(t, "%PDF", string(document[:4]))
		require.NoError(t, tab.Eval("document.body.style.height = '900000px'", nil))
		picture, err = tab.Screenshot()
		require.NoError(t, err, "of a page that is longer than Chromium paints")
		size, err := png.DecodeConfig(bytes.NewReader(picture))
		require.NoError(t, err)
		assert.Equal(t, []int{1280, 12_000}, []int{size.Width, size.Height})
		assert.Error(t, tab.Eval("nothing.here", nil))
		var number int
		assert.Error(t, tab.Eval("'words'", &number))
		require.NoError(t, tab.Eval("Promise.resolve(3)", &number))
		assert.Equal(t, 3, number)
		require.NoError(t, tab.Paper(600))
		require.NoError(t, tab.Eval("matchMedia('print').matches ? innerWidth : 0", &number))
		assert.Equal(t, 600, number)
	})
	t.Run("axe", func(t *testing.T) {
		axe, err := browser.Axe()
		browser.Need(t, err)
		tab := open(t, browser.Screen{}, address+"quiet.html")
		require.NoError(t, tab.Eval("document.querySelector('h1').innerHTML = '<button></button>'", nil))
		found, err := tab.Violations(axe, "button-name")
		require.NoError(t, err)
		require.Len(t, found, 1)
		assert.Contains(t, found[0].String(), "button-name")
		found, err = tab.Violations(axe, "html-has-lang")
		require.NoError(t, err)
		assert.Empty(t, found)
	})
	_, err = b.Open(browser.Screen{}, "http://127.0.0.1:9/nobody")
	assert.Error(t, err, "nobody answers")
}

func TestValidate(t *testing.T) {
	browser.NeedTime(t)
	dir := t.TempDir()
	for name, body := range map[string]string{"right": "<p>x", "wrong": "<p><table><tr><td></tr></p>"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name+".html"), []byte(head+"</head><body>"+body), 0o644))
	}
	faults, err := browser.Validate(t.Context(), filepath.Join(dir, "right.html"), filepath.Join(dir, "wrong.html"))
	browser.Need(t, err)
	require.NotEmpty(t, faults)
	for _, fault := range faults {
		assert.Contains(t, fault, "wrong.html")
	}
}

func TestPages(t *testing.T) {
	page := func(lang, class, more string) *fstest.MapFile {
		return &fstest.MapFile{Data: fmt.Appendf(nil, `<!DOCTYPE html><html lang="%s"><body%s>%s`, lang, class, more)}
	}
	site := fstest.MapFS{
		"vi/a/1.html": page("vi", ` class="page-agency"`, "short"),
		"vi/a/2.html": page("vi", ` id="x" class="plain page-agency themed"`, "somewhat longer"),
		"en/a/2.html": page("en", ` class="page-agency"`, "short"),
		"index.html":  page("en", "", ""),
		"x.css":       page("en", ` class="page-none"`, ""),
	}
	pages, err := browser.Pages(site)
	require.NoError(t, err)
	assert.Len(t, pages, 4)
	var kinds []string
	for _, p := range browser.Fullest(pages) {
		kinds = append(kinds, p.Kind+" "+p.Lang+" "+p.Path)
	}
	assert.Equal(t, []string{"agency en en/a/2.html", "agency vi vi/a/2.html", "index en index.html"}, kinds)
}
