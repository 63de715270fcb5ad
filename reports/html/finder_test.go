package html_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/reports/html"
	"github.com/opendti/dti/reports/internal/browser"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/submission"
)

// shared is the browser of all tests.
var shared browser.Shared

func TestMain(m *testing.M) {
	status := m.Run()
	shared.Close()
	os.Exit(status)
}

// laid writes files of a site into a folder.
func laid(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for path, data := range files {
		file := filepath.Join(dir, filepath.FromSlash(path))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(data), 0o644))
	}
	return dir
}

// assets are the script and the stylesheet of the site.
func assets(files map[string]string) map[string]string {
	files["vi/2025/theme.css"], files["en/2025/theme.css"] = "", ""
	files["assets/site.js"], files["assets/site.css"] = string(html.JS()), string(html.CSS())
	return files
}

func open(t *testing.T, b *browser.Browser, dir, page string, screen browser.Screen) *browser.Tab {
	t.Helper()
	tab, err := b.Open(screen, "file://"+filepath.Join(dir, filepath.FromSlash(page)))
	require.NoError(t, err)
	t.Cleanup(tab.Close)
	return tab
}

func eval[T any](t *testing.T, tab *browser.Tab, script string) T {
	t.Helper()
	var found T
	require.NoError(t, tab.Eval(script, &found))
	return found
}

// becomes waits until a script returns this text; while the tab goes to another page it returns nothing.
func becomes(t *testing.T, tab *browser.Tab, script, want string) {
	t.Helper()
	var got string
	for range 600 {
		if err := tab.Eval(script, &got); err == nil && got == want {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	require.Equal(t, want, got, script)
}

// directory is a page of so many communes, with a few known ones among them.
func directory(t *testing.T, n int) string {
	t.Helper()
	ranking, cmp := small(t, submission.Final)
	page := edition(ranking, cmp, "vi").Agencies()
	entries := []view.Entry{
		{Link: view.Link{Text: "Sở Kế hoạch và Đầu tư", Href: "agency/so-a.html"}, Find: "SKHĐT|Department of Planning", Words: "hạng 1, 90,00 điểm"},
		{Link: view.Link{Text: "Xã Sở Y", Href: "agency/so-b.html"}, Words: "hạng 2, 80,00 điểm", Parent: "Tỉnh Đà Nẵng"},
		{Link: view.Link{Text: "Sở Y tế", Href: "agency/so-c.html"}, Find: "syt", Words: "hạng 3, 70,00 điểm"},
		{Link: view.Link{Text: "Đà Nẵng", Href: "agency/so-d.html"}, Words: "hạng 4, 60,00 điểm"},
	}
	for i := range n - len(entries) {
		entries = append(entries, view.Entry{
			Link: view.Link{Text: fmt.Sprintf("Xã Tân Bình %c%d", 'A'+rune(i%26), i), Href: "agency/so-e.html"}, Find: fmt.Sprintf("%05d", i),
			Words: "hạng 5 (đồng hạng), 50,00 điểm", Parent: fmt.Sprintf("Tỉnh %d", i%34),
		})
	}
	page.Sections = nil
	for part := range slices.Chunk(entries, 100) {
		page.Sections = append(page.Sections, view.Directory{ID: fmt.Sprintf("at-%d", len(page.Sections)), Group: view.Link{Text: "Xã"}, Entries: part})
	}
	page.Letters = nil
	var b bytes.Buffer
	require.NoError(t, html.Write(&b, page))
	return b.String()
}

const typed = `(async function (text) {
  var input = document.querySelector('.finder input');
  input.focus();
  input.value = text;
  input.dispatchEvent(new Event('input'));
  return { hits: [].map.call(document.querySelectorAll('.hits a'), function (a) { return a.textContent; }),
    notes: [].map.call(document.querySelectorAll('.hits .note'), function (n) { return n.textContent; }),
    said: document.querySelector('.finder .live').textContent };
})(%q)`

type hit struct {
	Hits, Notes []string
	Said        string
}

// The finder compares without diacritics, knows codes, other names and initials, and names the best hits first.
func TestFinder(t *testing.T) {
	b := shared.For(t)
	dir := laid(t, assets(map[string]string{"vi/2025/agencies.html": directory(t, 100)}))
	tab := open(t, b, dir, "vi/2025/agencies.html", browser.Screen{})
	tests := map[string]struct {
		typed string
		first []string
		said  string
	}{
		"name without diacritics": {"so y te", []string{"Sở Y tế"}, "Tìm thấy 1/100 cơ quan."},
		"the name's beginning":    {"so y", []string{"Sở Y tế", "Xã Sở Y"}, "Tìm thấy 2/100 cơ quan."},
		"initials":                {"khdt", []string{"Sở Kế hoạch và Đầu tư"}, "Tìm thấy 1/100 cơ quan."},
		"whole initials":          {"skhdt", []string{"Sở Kế hoạch và Đầu tư"}, "Tìm thấy 1/100 cơ quan."},
		"with the linking word":   {"skhvdt", []string{"Sở Kế hoạch và Đầu tư"}, "Tìm thấy 1/100 cơ quan."},
		"another language":        {"planning", []string{"Sở Kế hoạch và Đầu tư"}, "Tìm thấy 1/100 cơ quan."},
		"where it lies":           {"ĐÀ NẴNG", []string{"Đà Nẵng", "Xã Sở Y"}, "Tìm thấy 2/100 cơ quan."},
		"a code":                  {"00042", []string{"Xã Tân Bình Q42"}, "Tìm thấy 1/100 cơ quan."},
		"nobody":                  {"zzz", []string{}, "Không tìm thấy cơ quan nào. Thử tên ngắn hơn, mã hoặc chữ cái đầu của tên."},
		"nothing asked":           {"", []string{}, ""},
		"many":                    {"tan binh", []string{"Xã Tân Bình A0"}, "Tìm thấy 96/100 cơ quan; nêu 20 cơ quan đầu. Gõ thêm để thu hẹp."},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := eval[hit](t, tab, fmt.Sprintf(typed, tt.typed))
			assert.Equal(t, tt.said, got.Said)
			require.GreaterOrEqual(t, len(got.Hits), len(tt.first))
			assert.Equal(t, tt.first, got.Hits[:len(tt.first):len(tt.first)])
			assert.LessOrEqual(t, len(got.Hits), 20)
		})
	}
	assert.Equal(t, []string{"hạng 4, 60,00 điểm", "Tỉnh Đà Nẵng, hạng 2, 80,00 điểm"}, eval[hit](t, tab, fmt.Sprintf(typed, "da nang")).Notes)
	assert.Empty(t, tab.Complaints())
}

// The keyboard reaches the hits and comes back.
func TestFinderKeys(t *testing.T) {
	b := shared.For(t)
	dir := laid(t, assets(map[string]string{"vi/2025/agencies.html": directory(t, 100), "vi/2025/agency/so-c.html": "<!doctype html><title>there</title>"}))
	tab := open(t, b, dir, "vi/2025/agencies.html", browser.Screen{})
	key := func(name string) string {
		return eval[string](t, tab, fmt.Sprintf(`(function (key) {
			document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: key, bubbles: true, cancelable: true }));
			return document.activeElement.tagName + ' ' + (document.activeElement.value || document.activeElement.textContent);
		})(%q)`, name))
	}
	eval[hit](t, tab, fmt.Sprintf(typed, "so y"))
	assert.Equal(t, "A Sở Y tế", key("ArrowDown"))
	assert.Equal(t, "A Xã Sở Y", key("ArrowDown"))
	assert.Equal(t, "A Xã Sở Y", key("ArrowDown"), "the last stays")
	assert.Equal(t, "A Sở Y tế", key("Home"))
	assert.Equal(t, "INPUT so y", key("ArrowUp"))
	assert.Equal(t, "INPUT ", key("Escape"), "Escape clears")
	eval[hit](t, tab, fmt.Sprintf(typed, "so y te"))
	require.NoError(t, tab.Press(browser.KeyEnter))
	becomes(t, tab, "document.title", "there")
}

// keys types and tells how many milliseconds each key takes.
const keys = `(function () {
	var input = document.querySelector('.finder input'), times = [], begun = performance.now();
	input.focus();
	var ready = performance.now() - begun;
	['x', 'xa', 'xa ', 'xa t', 'xa ta', 'xa tan', 'xa tan b', 'xa tan binh', 'xa tan binh q', 'xtb', 'tinh 7', '00042', 'zzz', ''].forEach(function (text) {
		begun = performance.now();
		input.value = text;
		input.dispatchEvent(new Event('input'));
		document.body.offsetHeight;
		times.push(performance.now() - begun);
	});
	times.sort(function (a, b) { return a - b; });
	return { Ready: ready, Middle: times[times.length >> 1], Longest: times[times.length - 1] };
})()`

type typing struct{ Ready, Middle, Longest float64 }

// instant is how many milliseconds a person does not notice.
const instant = 50.0

// Every key is answered at once, also in a list of all communes of a country.
func TestFinderIsQuick(t *testing.T) {
	b := shared.For(t)
	for _, n := range []int{3321, 10000} {
		dir := laid(t, assets(map[string]string{"vi/2025/agencies.html": directory(t, n)}))
		tab := open(t, b, dir, "vi/2025/agencies.html", browser.Screen{})
		took := eval[typing](t, tab, keys)
		for again := 0; again < 2 && took.Middle >= instant; again++ { // the machine may have been busy with other things
			took = eval[typing](t, tab, keys)
		}
		t.Logf("%d agencies: made ready in %.0f ms, a key answered in %.1f ms, at most %.1f ms", n, took.Ready, took.Middle, took.Longest)
		assert.Less(t, took.Middle, instant, "%d agencies", n)
	}
}

// The front page of a large edition leads to its directory with what was typed.
func TestFinderLeads(t *testing.T) {
	b := shared.For(t)
	ranking, cmp := small(t, submission.Final)
	home := edition(ranking, cmp, "vi").Home()
	home.All, home.Directory = view.Link{Text: "A–Z", Href: "agencies.html"}, nil
	var page bytes.Buffer
	require.NoError(t, html.Write(&page, home))
	dir := laid(t, assets(map[string]string{"vi/2025/index.html": page.String(), "vi/2025/agencies.html": directory(t, 50)}))
	tab := open(t, b, dir, "vi/2025/index.html", browser.Screen{Width: 390, Height: 800})
	require.NoError(t, tab.Eval(`(function () { var i = document.querySelector('.finder input'); i.focus(); i.value = 'sở y tế'; })()`, nil))
	require.NoError(t, tab.Press(browser.KeyEnter))
	becomes(t, tab, "[].map.call(document.querySelectorAll('.hits a'), function (a) { return a.textContent; }).join()", "Sở Y tế")
}

// compared is what the comparison page shows.
const compared = `(function () {
  function texts(selector) { return [].map.call(document.querySelectorAll(selector), function (e) { return e.textContent.trim().replace(/\s+/g, ' '); }); }
  return { heads: texts('.points thead th'), total: texts('.points tr[data-row=total] td'), first: texts('.points tr[data-row=pillar]:nth-child(2) td'),
    says: texts('.says p'), chosen: texts('.chosen button'), rank: texts('.sides tr[data-row=rank] td') };
})()`

// hashed does something and waits until the page has answered to its new address, if that is a new one.
const hashed = `new Promise(function (done) {
  var before = location.href;
  addEventListener('hashchange', function () { setTimeout(done, 0); }, { once: true });
  %s;
  if (location.href === before) { done(); }
})`

type sides struct{ Heads, Total, First, Says, Chosen, Rank []string }

// The address names the agencies; whatever it says, the page says what it shows.
func TestCompare(t *testing.T) {
	b := shared.For(t)
	files := site(t, submission.Final)
	for path := range files {
		if filepath.Ext(path) != ".html" {
			delete(files, path)
		}
	}
	dir := laid(t, assets(files))
	tab := open(t, b, dir, "vi/2025/compare/department.html", browser.Screen{})
	tests := map[string]struct {
		hash           string
		heads, rank    []string
		says, unchosen string
		chosen         int
	}{
		"nothing chosen": {hash: "", chosen: 0, says: "Chưa chọn cơ quan nào"},
		"two":            {hash: "so-a,so-b", chosen: 2, says: "Đang so sánh: "},
		"other case":     {hash: "SO-A,so-b", chosen: 2, says: "Đang so sánh: "},
		"twice the same": {hash: "so-a,so-a", chosen: 1, says: "Mới có một cơ quan"},
		"one":            {hash: "so-c", chosen: 1, says: "Mới có một cơ quan"},
		"unknown":        {hash: "so-a,so-b,none", chosen: 2, says: "Khối này không có cơ quan mang mã: none."},
		"another group":  {hash: "p-1", chosen: 0, says: "Khối này không có cơ quan mang mã: p-1."},
		"five":           {hash: "so-a,so-b,so-c,so-d,so-e", chosen: 4, says: "So sánh được nhiều nhất bốn cơ quan; chưa nêu: "},
		"a stray sign":   {hash: "%,so-a,,%20so-b", chosen: 2, says: "mang mã: %."},
		"hostile":        {hash: "<img src=x onerror=alert(1)>", chosen: 0, says: "mang mã: "},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			require.NoError(t, tab.Eval(fmt.Sprintf(hashed, fmt.Sprintf("location.hash = %q", tt.hash)), nil))
			got := eval[sides](t, tab, compared)
			require.Len(t, got.Chosen, tt.chosen)
			assert.Contains(t, fmt.Sprint(got.Says), tt.says)
			shown := tt.chosen
			if shown == 0 {
				shown = 2
			}
			columns := shown + 3
			if shown > 1 {
				columns++
			}
			assert.Len(t, got.Heads, columns, "a head for each side, the median and the best, and the difference")
			assert.Len(t, got.Total, columns-1)
			assert.Len(t, got.First, columns-1)
			assert.Len(t, got.Rank, shown)
			assert.NotContains(t, got.Total, "")
			assert.Empty(t, tab.Complaints())
		})
	}
}

// What the script writes of the first agencies is what the page says without it.
func TestCompareSaysTheSameAsThePage(t *testing.T) {
	b := shared.For(t)
	dir := laid(t, assets(site(t, submission.Final)))
	for _, page := range []string{"vi/2025/compare/department.html", "en/2025/compare/department.html"} {
		still := open(t, b, dir, page, browser.Screen{NoScript: true})
		plain := eval[sides](t, still, compared)
		still.Close()
		alive := open(t, b, dir, page, browser.Screen{})
		scripted := eval[sides](t, alive, compared)
		alive.Close()
		require.NotEmpty(t, plain.Total)
		assert.Equal(t, plain.Heads, scripted.Heads[:len(plain.Heads)], page)
		assert.Equal(t, plain.Total, scripted.Total[:len(plain.Total)], page)
		assert.Equal(t, plain.First, scripted.First[:len(plain.First)], page)
		assert.Equal(t, plain.Rank, scripted.Rank, page)
	}
}

// A reader adds agencies by name and takes them away, by keyboard, and the address follows.
func TestCompareChooses(t *testing.T) {
	b := shared.For(t)
	dir := laid(t, assets(site(t, submission.Final)))
	tab := open(t, b, dir, "vi/2025/compare/department.html", browser.Screen{Width: 390, Height: 800})
	add := func(code string) sides {
		require.NoError(t, tab.Eval(fmt.Sprintf(`(function () { var i = document.querySelector('.chooser input'); i.focus(); i.value = %q; i.dispatchEvent(new Event('input')); })()`, code), nil))
		require.NoError(t, tab.Press(browser.KeyEnter))
		require.NoError(t, tab.Settle())
		return eval[sides](t, tab, compared)
	}
	assert.Len(t, add("so-b").Chosen, 1)
	assert.Len(t, add("so-d").Chosen, 2)
	assert.Equal(t, "#so-b,so-d", eval[string](t, tab, "location.hash"))
	assert.Len(t, add("so-d").Chosen, 2, "once is enough")
	require.NoError(t, tab.Eval(fmt.Sprintf(hashed, "document.querySelector('.chosen button').click()"), nil))
	assert.Equal(t, "#so-d", eval[string](t, tab, "location.hash"))
	assert.Len(t, eval[sides](t, tab, compared).Chosen, 1)
	assert.Equal(t, "INPUT", eval[string](t, tab, "document.activeElement.tagName"), "the focus stays in the part")
	require.NoError(t, tab.Eval(fmt.Sprintf(hashed, "location.hash = 'main'"), nil))
	assert.Len(t, eval[sides](t, tab, compared).Chosen, 1, "the way past the head keeps the choice")
	assert.Empty(t, tab.Complaints())
}
