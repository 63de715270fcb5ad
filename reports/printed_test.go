package reports_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/reports/internal/browser"
	"github.com/opendti/dti/scoring/submission"
)

// sheets is the text of each sheet of a page that is open, as it is printed.
func sheets(t *testing.T, tab *browser.Tab) []string {
	t.Helper()
	reader, err := browser.Installed("pdftotext")
	browser.Need(t, err)
	document, err := tab.PDF()
	require.NoError(t, err)
	name := filepath.Join(t.TempDir(), "page.pdf")
	require.NoError(t, os.WriteFile(name, document, 0o600))
	text, err := exec.CommandContext(t.Context(), reader, "-layout", name, "-").Output()
	require.NoError(t, err)
	return strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
}

// printed is the text of each sheet of a page printed from the browser, with its scripts run.
func printed(t *testing.T, page string) []string {
	t.Helper()
	browser.NeedTime(t)
	return sheets(t, open(t, browser.Screen{}, "file://"+filepath.ToSlash(page)))
}

// The head of the ranking stands on the sheets that the ranking covers; TestPrintedTablesHaveHeads counts its rows.
func TestPrintedHeads(t *testing.T) {
	browser.NeedTime(t)
	dir, _ := hostileSite(t)
	sheets := printed(t, filepath.Join(dir, "vi/2025/group/department.html"))
	head := regexp.MustCompile(`Hạng\s+Cơ quan\s+.*Điểm`)
	require.Greater(t, len(sheets), 2)
	for i, sheet := range sheets[:2] { // so many that the ranking covers, whatever stands before and after it
		assert.Regexp(t, head, sheet, "sheet %d", i+1)
	}
	for i, sheet := range sheets {
		assert.NotEmpty(t, strings.TrimSpace(sheet), "sheet %d is empty", i+1)
		assert.NotContains(t, sheet, "Bấm tên cột", "paper has no buttons")
	}
}

// longest leaves of a page the table with the most rows alone and tells the words of its heads and the names of its rows.
const longest = `(function () {
  function bare(e) { return e.textContent.replace(/\s+/g, ''); }
  var tables = [].filter.call(document.querySelectorAll('main table'), function (t) { return t.tHead && t.getClientRects().length && !t.closest('details'); });
  tables.sort(function (a, b) { return b.rows.length - a.rows.length; });
  if (!tables.length || tables[0].rows.length < 30) { return { Heads: [], Rows: [] }; }
  var table = tables[0];
  document.querySelectorAll('figure, details').forEach(function (e) { e.remove(); });
  tables.slice(1).forEach(function (t) { t.remove(); });
  return {
    Heads: [].filter.call(table.tHead.querySelectorAll('th'), function (h) { return h.getClientRects().length && h.getBoundingClientRect().width > 2; })
      .map(function (h) { return h.textContent.trim(); }).join(' ').split(/\s+/),
    Rows: [].map.call(table.querySelectorAll('tbody th[scope=row]'), bare)
  };
})()`

// printedTablesHaveHeads: a long table has its head on every sheet on which it has rows. The page is in pieces then.
func printedTablesHaveHeads(t *testing.T, l look) {
	if l.page.Kind == "print" {
		return // its chapters are the other pages
	}
	l.show(t, browser.Screen{}, false)
	var table struct{ Heads, Rows []string }
	require.NoError(t, l.tab.Eval(longest, &table))
	if len(table.Rows) == 0 {
		return // no long table
	}
	require.NotEmpty(t, table.Heads)
	for i, sheet := range sheets(t, l.tab) {
		rows := 0
		for line := range strings.Lines(sheet) {
			if slices.ContainsFunc(table.Rows, func(row string) bool { return strings.Contains(bare(line), row) }) {
				rows++
			}
		}
		if rows < 3 {
			continue
		}
		for _, word := range table.Heads { // a head of several lines is read line by line, across the columns
			assert.Contains(t, strings.Fields(sheet), word, "%s: sheet %d has %d rows", l.page.Path, i+1, rows)
		}
	}
}

func bare(text string) string { return strings.Join(strings.Fields(text), "") }

// beyond tells what is wider than the paper, and the words of the last column of every table that is printed.
const beyond = `(function () {
  var across = [].some.call(document.querySelectorAll('body, main, main *'), function (e) { return getComputedStyle(e).page === 'landscape'; });
  var width = document.documentElement.clientWidth;
  var wide = across && width < 900 ? [] : [].filter.call(document.querySelectorAll('body *'), function (e) {
    var r = e.getBoundingClientRect();
    return r.width > 0 && r.height > 0 && (r.right > width + 1 || r.left < -1) && !e.closest('svg, .hidden, .skip, .draft') && getComputedStyle(e).position !== 'absolute';
  }).map(function (e) { return e.tagName + '.' + e.className + ' ' + e.getBoundingClientRect().right.toFixed(0) + ' of ' + width; });
  var last = [];
  document.querySelectorAll('main table').forEach(function (t) {
    if (!t.getClientRects().length || !t.rows.length || t.closest('details')) { return; }
    var row = t.rows[t.rows.length - 1], cell = row.cells[row.cells.length - 1];
    var style = cell && getComputedStyle(cell);
    var word = cell && cell.getClientRects().length ? cell.textContent.trim().split(/\s+/)[0] : '';
    if (word) { last.push(word); }
  });
  return { Across: across, Wide: wide.slice(0, 5), Last: last };
})()`

// Widths of the part of a sheet that is printed on, in CSS pixels: A4 upright and across, within margins of 14 mm.
const (
	upright = 687
	across  = 1016
)

// paperIsWhole: on paper nothing is cut at the right: no element is wider than the sheet, and the last column is there.
// Scripts have run before, as they do for whoever prints. The page of an agency is one sheet.
func paperIsWhole(t *testing.T, l look) {
	if l.page.Kind == "print" {
		return // its chapters are the other pages; its own tests print it
	}
	var found struct {
		Across     bool
		Wide, Last []string
	}
	require.NoError(t, l.tab.Paper(upright))
	require.NoError(t, l.tab.Eval(beyond, &found))
	if found.Across {
		require.NoError(t, l.tab.Paper(across))
		require.NoError(t, l.tab.Eval(beyond, &found))
	}
	assert.Empty(t, found.Wide, "%s: wider than the paper", l.page.Path)
	l.show(t, browser.Screen{}, false)
	sheets := sheets(t, l.tab)
	all := bare(strings.Join(sheets, ""))
	for _, word := range found.Last {
		assert.Contains(t, all, word, "%s: the last column", l.page.Path)
	}
	for i, sheet := range sheets {
		assert.NotEmpty(t, strings.TrimSpace(sheet), "%s: sheet %d is empty", l.page.Path, i+1)
	}
	if l.page.Kind == "agency" {
		assert.Len(t, sheets, 1, l.page.Path)
	}
}

// The page of an agency is one sheet: the fullest in the other language, one with the longest name, one without a rank, one
// of a small group. The fullest is printed with the other pages.
func TestPrintedAgencyIsOneSheet(t *testing.T) {
	browser.NeedTime(t)
	dir, pages := hostileSite(t)
	names := []string{"vi/2025/agency/so-04.html", "vi/2025/agency/so-44.html", "vi/2025/agency/p-1.html"}
	for _, p := range samples(pages) {
		if p.Kind == "agency" && p.Lang == "en" {
			names = append(names, p.Path)
		}
	}
	require.Len(t, names, 4)
	for _, name := range names {
		tab := open(t, browser.Screen{}, file(dir, name))
		assert.Len(t, sheets(t, tab), 1, name)
		tab.Close()
	}
}

// Every sheet of a draft says that it is one.
func TestPrintedDraftIsStamped(t *testing.T) {
	browser.NeedTime(t)
	dir := filepath.Join(t.TempDir(), "site")
	publishHostile(t, dir, submission.Draft)
	pages, err := filepath.Glob(filepath.Join(dir, "vi", "*", "group", "department*.html"))
	require.NoError(t, err)
	require.Len(t, pages, 1)
	sheets := printed(t, pages[0])
	require.Greater(t, len(sheets), 1)
	for i, sheet := range sheets {
		assert.Contains(t, sheet, "BẢN DỰ THẢO", "sheet %d", i+1)
	}
}
