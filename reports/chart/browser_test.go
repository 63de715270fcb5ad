package chart_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"html/template"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/reports/chart"
	reporthtml "github.com/opendti/dti/reports/html"
	"github.com/opendti/dti/reports/internal/browser"
	"github.com/opendti/dti/reports/view"
)

// page is how a page of the site holds its figures, under the same policy.
var page = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' data:; base-uri 'none'; form-action 'none'">
<title>x</title><link rel="icon" href="data:,"><link rel="stylesheet" href="page.css"></head><body><main>
{{range .}}<figure id="f-{{.ID}}" data-save="Tải biểu đồ (SVG)"><figcaption><h2 id="f-{{.ID}}-t">Tiêu đề {{.ID}} & "1 < 2" Thừa Thiên Huế</h2><p>Đơn vị: điểm</p></figcaption>
<div class="static">{{.SVG}}</div><div class="chart" data-chart="{{.ID}}" hidden></div>
<script type="application/json" id="{{.ID}}-o">{{.Option}}</script><p class="source">Nguồn: thử.</p></figure>
{{end}}</main>
{{template "more"}}
<script src="echarts.min.js"></script><script src="site.js"></script></body></html>
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
	Option template.JS
}

// byLibrary asks for every figure whether the library's drawing covers the static one, and for that drawing.
const byLibrary = `[].map.call(document.querySelectorAll('figure'), function (f) {
  return { ID: f.id, Covered: f.classList.contains('drawn'), Markup: f.querySelector('.chart').outerHTML };
})`

// used presses and types what a page has, and tells what its tables, its finder and its buttons that save did.
const used = `(function () {
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
  return Promise.all(blobs.map(function (blob) { return blob.text(); })).then(function (files) {
    note.files = files.map(function (text, i) { return { name: names[i], type: blobs[i].type, text: text }; });
    return note;
  });
})()`

// writePage writes a page of these figures into a folder, with what the site puts beside its pages.
func writePage(t *testing.T, dir string, all map[string]view.Chart) {
	t.Helper()
	var figures []pageFigure
	for _, id := range slices.Sorted(maps.Keys(all)) {
		option, err := chart.Option(all[id])
		require.NoError(t, err)
		figures = append(figures, pageFigure{id, chart.Static(all[id], id, "…"), option})
	}
	var out bytes.Buffer
	require.NoError(t, page.Execute(&out, figures))
	library, _, _, ok := reporthtml.ECharts()
	if !ok {
		browser.Need(t, browser.Missing{What: "the chart library", Remedy: "go generate ./..."})
	}
	css := "body{margin:16px;font-family:'Noto Sans',sans-serif;background:#fff;color:#1b1f24}figure{margin:0 auto 32px;max-width:860px}\n" +
		"@media (prefers-color-scheme:dark){body{background:#14181e;color:#e6e9ed}}\n" + chart.CSS
	for name, data := range map[string][]byte{
		"page.html": out.Bytes(), "page.css": []byte(css), "site.js": reporthtml.JS(), "echarts.min.js": library,
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), data, 0o644))
	}
}

// The library draws every chart over the static one, on the disk and from a server, on a screen and on a telephone, and the
// page complains of nothing: no error, no warning, no violation of its policy. Its script does the rest there too.
func TestBrowserDrawsEveryChart(t *testing.T) {
	browser.NeedTime(t)
	b, err := browser.Start()
	browser.Need(t, err)
	t.Cleanup(func() { assert.NoError(t, b.Close()) })
	all := samples()
	all["hostile"] = hostile(bars(3))
	all["hostile-rows"] = hostile(rows())
	all["hostile-radar"] = hostile(radar())
	dir := t.TempDir()
	writePage(t, dir, all)
	server, stop, err := browser.Serve(os.DirFS(dir))
	require.NoError(t, err)
	t.Cleanup(stop)
	tests := map[string]struct {
		width int
		base  string
	}{
		"wide, from a file":     {1280, "file://" + filepath.ToSlash(dir) + "/"},
		"narrow, from a server": {390, server},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			tab, err := b.Open(browser.Screen{Width: test.width}, test.base+"page.html")
			require.NoError(t, err)
			defer tab.Close()
			var figures []drawnFigure
			require.NoError(t, tab.Eval(byLibrary, &figures))
			require.Len(t, figures, len(all))
			for _, f := range figures {
				f.assert(t, all[strings.TrimPrefix(f.ID, "f-")])
			}
			var note browserNote
			require.NoError(t, tab.Eval(used, &note))
			assert.LessOrEqual(t, note.Overflow, 0, "no sideways scrolling")
			assertTables(t, note)
			assertSaved(t, note.Files, all)
			assert.Empty(t, tab.Complaints())
		})
	}
}

// A drawnFigure is what the library made of a figure.
type drawnFigure struct {
	ID      string
	Covered bool
	Markup  string
}

func (f drawnFigure) assert(t *testing.T, c view.Chart) {
	t.Helper()
	assert.True(t, f.Covered, "%s: the static figure is covered by a drawn one", f.ID)
	assert.True(t, strings.Contains(f.Markup, "_echarts_instance_") && strings.Contains(f.Markup, "<svg"), "%s is drawn by the library", f.ID)
	if c.Kind == view.SortedBars && f.ID != "f-hostile" {
		for _, v := range c.Series[0].Values {
			assert.True(t, strings.Contains(f.Markup, ">"+v.Words+"<"), "%s: %s is drawn", f.ID, v.Words)
		}
	}
}

type browserNote struct {
	Khdt, Live, Danang, None, All, Code, Aria, CodeDown, Official, Up, Down, Said string
	Overflow                                                                      int
	Files                                                                         []savedFile
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
