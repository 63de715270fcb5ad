package reports_test

import (
	"bytes"
	"cmp"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/opendti/dti/reports/internal/browser"
)

// A sheaf are the published pages, parsed, by their paths.
type sheaf struct {
	dir   string
	pages map[string]*html.Node
}

// parsed are the pages of the shared site, parsed once. No test changes them.
var parsed = struct {
	sync.Once
	sheaf
}{}

func parsedSite(t *testing.T) sheaf {
	t.Helper()
	browser.NeedTime(t)
	dir, pages := hostileSite(t)
	parsed.Do(func() {
		parsed.sheaf = sheaf{dir, map[string]*html.Node{}}
		for _, p := range pages {
			data, err := os.ReadFile(filepath.Join(dir, p.Path))
			require.NoError(t, err)
			parsed.pages[p.Path], err = html.Parse(bytes.NewReader(data))
			require.NoError(t, err, p.Path)
		}
	})
	return parsed.sheaf
}

func attribute(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func value(n *html.Node, key string) string {
	v, _ := attribute(n, key)
	return v
}

// textOf is the text within an element.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

// elements are those of a page with one of these tags.
func elements(n *html.Node, tags ...string) []*html.Node {
	var found []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && (len(tags) == 0 || slices.Contains(tags, d.Data)) {
			found = append(found, d)
		}
	}
	return found
}

// Every table of every page has a caption and as many cells in each row as heads, every head a scope, every drawing a name
// or none to hear, every field a label.
func TestMarkupHasNames(t *testing.T) {
	for name, page := range parsedSite(t).pages {
		for _, table := range elements(page, "table") {
			captions := elements(table, "caption")
			if assert.Len(t, captions, 1, "%s: a table has a caption", name) {
				assert.NotEmpty(t, textOf(captions[0]), "%s: a caption says something", name)
			}
			assertCells(t, name, table)
		}
		for _, th := range elements(page, "th") {
			assert.Contains(t, []string{"col", "row", "colgroup", "rowgroup"}, value(th, "scope"), "%s: th %q", name, textOf(th))
			assert.NotEmpty(t, textOf(th), "%s: an empty th", name)
		}
		for _, svg := range elements(page, "svg") {
			hidden := value(svg, "aria-hidden") == "true"
			named := value(svg, "role") == "img" && cmp.Or(value(svg, "aria-label"), value(svg, "aria-labelledby")) != ""
			assert.True(t, hidden || named, "%s: an svg of class %q has a name or is hidden", name, value(svg, "class"))
		}
		for _, img := range elements(page, "img") {
			_, ok := attribute(img, "alt")
			assert.True(t, ok, "%s: an img has words", name)
		}
		assert.Len(t, elements(page, "h1"), 1, "%s: one h1", name)
		assert.Len(t, elements(page, "main"), 1, "%s: one main", name)
		assertHeadings(t, name, page)
	}
}

// assertCells holds that every row of a table has as many cells as it has heads.
func assertCells(t *testing.T, name string, table *html.Node) {
	t.Helper()
	width := 0
	for _, row := range elements(table, "tr") {
		cells := len(elements(row, "th", "td"))
		if width == 0 {
			width = cells
		}
		assert.Equal(t, width, cells, "%s: cells of the row %.60q", name, textOf(row))
	}
}

// assertHeadings holds that no level of heading is left out.
func assertHeadings(t *testing.T, name string, page *html.Node) {
	t.Helper()
	level := 0
	for _, h := range elements(page, "h1", "h2", "h3", "h4", "h5", "h6") {
		now := int(h.Data[1] - '0')
		assert.LessOrEqual(t, now, level+1, "%s: %s %q", name, h.Data, textOf(h))
		level = now
	}
}

// Ids are unique, and what refers to an id finds it.
func TestMarkupIDs(t *testing.T) {
	for name, page := range parsedSite(t).pages {
		ids := idsOf(page)
		for id, times := range ids {
			assert.Equal(t, 1, times, "%s: id %q", name, id)
			assert.False(t, id == "" || strings.ContainsAny(id, " \t\n"), "%s: id %q", name, id)
		}
		for _, e := range elements(page) {
			for _, key := range []string{"for", "aria-labelledby", "aria-describedby", "aria-controls"} {
				for id := range strings.FieldsSeq(value(e, key)) {
					assert.Positive(t, ids[id], "%s: %s %s=%q", name, e.Data, key, id)
				}
			}
			for _, key := range []string{"data-filter", "data-find-in"} {
				if to, ok := attribute(e, key); ok {
					assert.Positive(t, ids[strings.TrimPrefix(to, "#")], "%s: %s=%q", name, key, to)
				}
			}
		}
	}
}

func idsOf(page *html.Node) map[string]int {
	ids := map[string]int{}
	for _, e := range elements(page) {
		if id, ok := attribute(e, "id"); ok {
			ids[id]++
		}
	}
	return ids
}

// Every address of every page leads to a file of the site and to a place in it, and every page has its twin in the other
// language.
func TestPublishedLinks(t *testing.T) {
	site := parsedSite(t)
	ids, files := map[string]map[string]int{}, map[string]bool{}
	for name, page := range site.pages {
		ids[name] = idsOf(page)
	}
	require.NoError(t, filepath.WalkDir(site.dir, func(file string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(site.dir, file)
		files[filepath.ToSlash(rel)] = err == nil && !d.IsDir()
		return err
	}))
	seen := 0
	for name, page := range site.pages {
		for _, e := range elements(page) {
			for _, key := range []string{"href", "src"} {
				if address, ok := attribute(e, key); ok {
					seen++
					assertLeads(t, name, e, address, files, ids)
				}
			}
		}
		for _, pair := range [][2]string{{"vi/", "en/"}, {"en/", "vi/"}} {
			if rest, ok := strings.CutPrefix(name, pair[0]); ok {
				assert.True(t, files[pair[1]+rest], "the twin of %s", name)
			}
		}
	}
	assert.Greater(t, seen, 1000, "addresses looked at")
}

func assertLeads(t *testing.T, name string, e *html.Node, address string, files map[string]bool, ids map[string]map[string]int) {
	t.Helper()
	to, err := url.Parse(address)
	require.NoError(t, err, "%s: %s", name, address)
	switch {
	case to.Scheme == "data", e.Data == "a" && to.Scheme == "mailto":
		return
	case e.Data == "a" && to.Scheme == "https" && value(e, "rel") != "":
		return // a source or a licence, which is read and not loaded
	}
	if !assert.True(t, to.Scheme == "" && to.Host == "", "%s: %s leads out of the site", name, address) {
		return
	}
	target := name
	if to.Path != "" {
		target = path.Join(path.Dir(name), to.Path)
		assert.True(t, files[target], "%s: %s", name, address)
	}
	if to.Fragment != "" && path.Ext(target) == ".html" && !strings.HasPrefix(target, "compare/") && !strings.Contains(target, "/compare/") {
		assert.Positive(t, ids[target][to.Fragment], "%s: %s: no such place", name, address)
	}
}

// Nothing of a page runs or styles but the site's own files, and the policy says so.
func TestMarkupUnderItsPolicy(t *testing.T) {
	for name, page := range parsedSite(t).pages {
		policy := false
		for _, e := range elements(page) {
			policy = policy || e.Data == "meta" && value(e, "http-equiv") == "Content-Security-Policy" && strings.HasPrefix(value(e, "content"), "default-src 'none'; script-src 'self'; style-src 'self';")
			assert.NotContains(t, []string{"style", "iframe", "object", "embed", "base", "form"}, e.Data, name)
			if _, src := attribute(e, "src"); e.Data == "script" && !src {
				assert.Equal(t, "application/json", value(e, "type"), "%s: an inline script", name)
			}
			for _, a := range e.Attr {
				assert.False(t, a.Key == "style" || strings.HasPrefix(a.Key, "on"), "%s: %s has %s", name, e.Data, a.Key)
			}
		}
		assert.True(t, policy, "%s: no policy", name)
	}
}

// A page is the same tree when it is parsed, written and parsed again, so every browser reads it alike.
func TestMarkupRoundTrips(t *testing.T) {
	for name, page := range parsedSite(t).pages {
		var once, twice bytes.Buffer
		require.NoError(t, html.Render(&once, page), name)
		again, err := html.Parse(bytes.NewReader(once.Bytes()))
		require.NoError(t, err, name)
		require.NoError(t, html.Render(&twice, again), name)
		assert.True(t, bytes.Equal(once.Bytes(), twice.Bytes()), "%s: another tree after a round trip", name)
	}
}

// slips are what programs write where a value is missing or a template was not filled in.
var slips = regexp.MustCompile(`\bNaN\b|\bInf\b|%!|<nil>|&lt;nil&gt;|\{\{|\}\}|\[object |undefined`)

// No file of the site has a slip of a program, and no result tells of the indicator that is not published.
func TestPublishedTextIsWhole(t *testing.T) {
	browser.NeedTime(t)
	dir, _ := hostileSite(t)
	require.NoError(t, filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || !slices.Contains([]string{".html", ".csv", ".json", ".svg", ".txt"}, filepath.Ext(file)) {
			return err
		}
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		rel, err := filepath.Rel(dir, file)
		require.NoError(t, err)
		for _, hostile := range []string{"{{.}}", "}}}", "}}"} { // of a name, and of JSON
			if hostile == "{{.}}" || filepath.Ext(file) == ".json" || bytes.Contains(data, []byte("application/json")) {
				data = bytes.ReplaceAll(data, []byte(hostile), nil)
			}
		}
		assert.Empty(t, slips.FindAllString(string(data), 3), rel)
		if slices.Contains([]string{"method.html", "print.html", "dictionary.csv", "criteria.yaml"}, filepath.Base(file)) {
			return nil // they tell the criteria set itself, which is a public decision; no result stands there
		}
		for _, secret := range []string{"Chỉ số không công bố", "Withheld indicator"} {
			assert.False(t, bytes.Contains(data, []byte(secret)), "%s tells of %s", rel, secret)
		}
		return nil
	}))
}

// The HTML checker of the W3C finds no error on a page of any kind.
func TestMarkupIsValid(t *testing.T) {
	browser.NeedTime(t)
	dir, pages := hostileSite(t)
	var files []string
	for _, p := range samples(pages) {
		files = append(files, filepath.Join(dir, p.Path))
	}
	faults, err := browser.Validate(t.Context(), files...)
	browser.Need(t, err)
	for _, fault := range faults {
		assert.Fail(t, "invalid", "%s", strings.ReplaceAll(fault, dir, ""))
	}
}
