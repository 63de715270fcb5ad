package chart_test

import (
	"cmp"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/opendti/dti/reports/chart"
	"github.com/opendti/dti/reports/view"
)

// page is how a page of the site holds its figures, under the same policy.
var page = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' data:; base-uri 'none'; form-action 'none'">
<title>x</title><link rel="stylesheet" href="page.css"><script src="probe.js"></script></head><body><main>
{{range .}}<figure id="f-{{.ID}}" data-save="Tải biểu đồ (SVG)"><figcaption><h2 id="f-{{.ID}}-t">Tiêu đề {{.ID}} & "1 < 2" Thừa Thiên Huế</h2><p>Đơn vị: điểm</p></figcaption>
<div class="static">{{.SVG}}</div><div class="chart" data-chart="{{.ID}}" hidden></div>
<script type="application/json" id="{{.ID}}-o">{{.Option}}</script><p class="source">Nguồn: thử.</p></figure>
{{end}}</main>
{{template "more"}}
<script src="echarts.min.js"></script><script src="site.js"></script><script src="after.js"></script></body></html>
{{define "more"}}<section><p class="live" aria-live="polite" data-found="thấy {1} trên {2}"></p>
<input type="search" data-filter="#list" value="khdt">
<table id="list" data-sortable><thead><tr><th scope="col"><button type="button" data-sort="code">Mã</button></th>
<th scope="col"><button type="button" data-sort="num">Điểm</button></th></tr></thead><tbody>
<tr data-find="Sở Kế hoạch và Đầu tư SKHDT"><td data-value="4.10">4.10</td><td data-value="7">7</td></tr>
<tr data-find="Quận Sơn Trà"><td data-value="4.2">4.2</td><td>không có số liệu</td></tr>
<tr data-find="Đà Nẵng"><td data-value="4.1">4.1</td><td data-value="10">10</td></tr>
</tbody></table></section>{{end}}`))

type pageFigure struct {
	ID     string
	SVG    template.HTML
	Option map[string]any
}

// probe notes everything that must not happen; after asks the tables and the finder what they did.
const probe = `var trouble = [];
addEventListener('error', function (e) { trouble.push('error ' + e.message); });
document.addEventListener('securitypolicyviolation', function (e) { trouble.push('csp ' + e.violatedDirective + ' ' + e.blockedURI); });
['error', 'warn'].forEach(function (k) { console[k] = function () { trouble.push(k + ' ' + [].join.call(arguments, ' ')); }; });
alert = function () { trouble.push('alert'); };`

const after = `addEventListener('load', function () {
  function column(n) { return [].map.call(document.querySelectorAll('#list tbody tr'), function (r) { return r.cells[n].textContent; }).join('|'); }
  var note = {}, buttons = document.querySelectorAll('#list button'), input = document.querySelector('input'), live = document.querySelector('.live');
  function find(text) {
    input.value = text;
    input.dispatchEvent(new Event('input'));
    return [].filter.call(document.querySelectorAll('#list tbody tr'), function (r) { return !r.hidden; }).map(function (r) { return r.cells[0].textContent; }).join('|');
  }
  note.khdt = find('khdt'); note.live = live.textContent; note.danang = find('da nang'); note.none = find('xyz'); note.all = find('');
  buttons[0].click(); note.code = column(0); note.aria = buttons[0].closest('th').getAttribute('aria-sort');
  buttons[0].click(); note.codeDown = column(0);
  buttons[0].click(); note.official = column(0);
  buttons[1].click(); note.up = column(1); buttons[1].click(); note.down = column(1);
  note.said = live.textContent;
  note.overflow = document.documentElement.scrollWidth - innerWidth;
  var blobs = [], names = [];
  URL.createObjectURL = function (blob) { blobs.push(blob); return '#'; };
  HTMLAnchorElement.prototype.click = function () { names.push(this.download); };
  document.querySelectorAll('button.save').forEach(function (button) { button.click(); });
  Promise.all(blobs.map(function (blob) { return blob.text(); })).then(function (files) {
    note.files = files.map(function (text, i) { return { name: names[i], type: blobs[i].type, text: text }; });
    note.trouble = trouble;
    document.body.setAttribute('data-note', JSON.stringify(note));
  });
});`

// chromium is the browser; a machine without one skips the test, unless DTI_REQUIRE says that it must have all.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	missing(t, "no Chromium is installed")
	return ""
}

func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("DTI_REQUIRE") == "1" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// writePage writes a page of all samples into a folder and returns its path.
func writePage(t *testing.T, dir string, width int, all map[string]view.Chart) string {
	t.Helper()
	var figures []pageFigure
	for _, id := range slices.Sorted(maps.Keys(all)) {
		option, err := chart.Option(all[id])
		require.NoError(t, err)
		figures = append(figures, pageFigure{id, chart.Static(all[id], id, "…"), option})
	}
	var out strings.Builder
	require.NoError(t, page.Execute(&out, figures))
	script := []string{"(function () {\n'use strict';\n"}
	parts, err := filepath.Glob("../html/js/*.js")
	require.NoError(t, err)
	slices.SortStableFunc(parts, func(a, b string) int { return cmp.Compare(place(a), place(b)) })
	for _, part := range parts {
		data, err := os.ReadFile(part)
		require.NoError(t, err)
		script = append(script, string(data))
	}
	site := strings.Join(append(script, "})();\n"), "")
	library, err := os.ReadFile("../html/vendor/echarts.min.js")
	if err != nil {
		missing(t, "the chart library was not generated: go generate ./reports/html")
	}
	css := "body{margin:16px;font-family:'Noto Sans',sans-serif;background:#fff;color:#1b1f24}figure{margin:0 auto 32px;max-width:860px}\n" +
		fmt.Sprintf("main{max-width:%dpx}", width-32) + // the browser has no window under 500 px
		"@media (prefers-color-scheme:dark){body{background:#14181e;color:#e6e9ed}}\n" + chart.CSS
	for name, data := range map[string]string{
		"page.html": out.String(), "page.css": css, "probe.js": probe, "after.js": after, "site.js": site, "echarts.min.js": string(library),
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644))
	}
	return filepath.Join(dir, "page.html")
}

// place is where a part of the script stands: what all use first, what starts them last.
func place(part string) int {
	switch filepath.Base(part) {
	case "page.js":
		return 0
	case "start.js":
		return 2
	default:
		return 1
	}
}

func TestBrowserDrawsEveryChart(t *testing.T) {
	browser := chromium(t)
	all := samples()
	all["hostile"] = hostile(bars(3))
	all["hostile-rows"] = hostile(rows())
	all["hostile-radar"] = hostile(radar())
	tests := map[string]struct {
		width int
		http  bool
	}{
		"wide, from a file":     {1280, false},
		"narrow, from a server": {390, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			width, dir := test.width, t.TempDir()
			address := "file://" + writePage(t, dir, width, all)
			if test.http {
				server := httptest.NewServer(http.FileServer(http.Dir(dir)))
				defer server.Close()
				address = server.URL + "/page.html"
			}
			ctx, stop := context.WithTimeout(t.Context(), 10*time.Minute) // a browser that hangs
			defer stop()
			command := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir="+t.TempDir(),
				fmt.Sprintf("--window-size=%d,900", width), "--virtual-time-budget=5000", "--dump-dom", address)
			dom, err := command.Output()
			require.NoError(t, err)
			note := noteOf(t, string(dom))
			assert.Empty(t, note.Trouble, "no error, no warning, no violation of the policy")
			assert.LessOrEqual(t, note.Overflow, 0, "no sideways scrolling")
			require.Equal(t, len(all), strings.Count(string(dom), `class="drawn"`), "every static figure is covered by a drawn one")
			for id, c := range all {
				drawn := figureOf(string(dom), id)
				assert.True(t, strings.Contains(drawn, "_echarts_instance_") && strings.Contains(drawn, "<svg"), "%s is drawn by the library", id)
				if c.Kind == view.SortedBars && id != "hostile" {
					for _, v := range c.Series[0].Values {
						assert.True(t, strings.Contains(drawn, ">"+v.Words+"<"), "%s: %s is drawn", id, v.Words)
					}
				}
			}
			assertTables(t, note)
			assertSaved(t, note.Files, all)
		})
	}
}

// figureOf is the part of the page where the library draws a figure.
func figureOf(dom, id string) string {
	_, rest, _ := strings.Cut(dom, `data-chart="`+id+`"`)
	drawn, _, _ := strings.Cut(rest, "application/json")
	return drawn
}

type browserNote struct {
	Khdt, Live, Danang, None, All, Code, Aria, CodeDown, Official, Up, Down, Said string
	Overflow                                                                      int
	Files                                                                         []savedFile
	Trouble                                                                       []string
}

// A savedFile is a figure that a reader saves.
type savedFile struct{ Name, Type, Text string }

// leftover is what means something in the page only, or nothing at all.
var leftover = regexp.MustCompile(` class=| style=|var\(|NaN|undefined`)

// assertSaved reads the saved figures as XML: each is a drawing of its own, in the colours of paper.
func assertSaved(t *testing.T, files []savedFile, charts map[string]view.Chart) {
	t.Helper()
	require.Len(t, files, len(charts))
	for i, id := range slices.Sorted(maps.Keys(charts)) {
		f := files[i]
		assert.Equal(t, "page-f-"+id+".svg", f.Name)
		assert.Equal(t, "image/svg+xml", f.Type)
		said := savedTexts(t, f.Text)
		assert.Contains(t, said, "Tiêu đề "+id+` & "1 < 2" Thừa Thiên Huế`)
		assert.Contains(t, said, "Đơn vị: điểm")
		assert.Contains(t, said, "Nguồn: thử.")
		if words := charts[id].Series[0].Values[0].Words; charts[id].Kind != view.DotStrip && charts[id].Kind != view.Boxes {
			assert.Contains(t, said, words)
		}
		if draft := charts[id].Draft; draft != "" {
			assert.Contains(t, said, strings.Fields(draft)[0])
		}
		assert.Contains(t, f.Text, `fill="#ffffff"`)
		assert.Contains(t, f.Text, `fill="rgb(22, 32, 43)"`, "ink on paper, whatever the page looks like")
		assert.False(t, leftover.MatchString(f.Text), "%s names a class, a style or a variable", id)
	}
}

// savedTexts are the texts of an SVG file; it fails where the file is not well formed, runs something or points elsewhere.
func savedTexts(t *testing.T, file string) string {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(file))
	var said strings.Builder
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return said.String()
		}
		require.NoError(t, err)
		switch token := token.(type) {
		case xml.StartElement:
			require.Contains(t, strings.Fields("svg title rect g path circle text tspan"), token.Name.Local)
			require.Equal(t, "http://www.w3.org/2000/svg", token.Name.Space)
			for _, a := range token.Attr {
				require.NotRegexp(t, "^(on.*|href|src)$", a.Name.Local)
				require.NotContains(t, a.Value, "url(")
			}
		case xml.CharData:
			said.Write(token)
		}
	}
}

func noteOf(t *testing.T, dom string) browserNote {
	t.Helper()
	found := regexp.MustCompile(`data-note="([^"]*)"`).FindStringSubmatch(dom)
	require.NotNil(t, found, "the page ran its scripts")
	var note browserNote
	require.NoError(t, json.Unmarshal([]byte(html.UnescapeString(found[1])), &note))
	return note
}

func assertTables(t *testing.T, note browserNote) {
	t.Helper()
	assert.Equal(t, "4.10", note.Khdt, "initials find an agency")
	assert.Equal(t, "thấy 1 trên 3", note.Live)
	assert.Equal(t, "4.1", note.Danang, "diacritics do not matter")
	assert.Empty(t, note.None)
	assert.Equal(t, "4.10|4.2|4.1", note.All)
	assert.Equal(t, "4.1|4.2|4.10", note.Code, "codes part by part")
	assert.Equal(t, "ascending", note.Aria)
	assert.Equal(t, "4.10|4.2|4.1", note.CodeDown)
	assert.Equal(t, "4.10|4.2|4.1", note.Official, "a third press brings the official order back")
	assert.Equal(t, "7|10|không có số liệu", note.Up)
	assert.Equal(t, "10|7|không có số liệu", note.Down, "missing stays last")
	assert.Contains(t, note.Said, "Điểm")
}
