package reports_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	reporthtml "github.com/opendti/dti/reports/html"
	"github.com/opendti/dti/reports/internal/browser"
)

// measure asks a page how wide it is and what of it is cut. The key columns of a ranking are rank, name and total.
const measure = `(function () {
  var width = document.documentElement.clientWidth;
  var keys = [];
  document.querySelectorAll('.stack').forEach(function (t) {
    [].forEach.call(t.tHead.rows[0].cells, function (head, column) {
      if (head.classList.contains('key')) { [].forEach.call(t.tBodies[0].rows, function (row) { keys.push(row.cells[column]); }); }
    });
  });
  var cut = keys.filter(function (c) {
    var words = document.createRange();
    words.selectNodeContents(c);
    var box = words.getBoundingClientRect();
    return !c.getClientRects().length || box.left < 0 || box.right > width + 1 || c.scrollWidth > c.clientWidth + 1 || c.scrollHeight > c.clientHeight + 1;
  }).map(function (c) { return c.textContent.trim(); });
  var wide = [].filter.call(document.querySelectorAll('body *'), function (e) {
    return e.getBoundingClientRect().right > width + 1 && e.getClientRects().length && !e.closest('.scroll, svg, .hidden');
  }).map(function (e) { return e.tagName + '.' + e.className + ' ' + e.getBoundingClientRect().right.toFixed(0); });
  return { Overflow: document.documentElement.scrollWidth - width, Width: width, Cut: cut, Wide: wide.slice(0, 4), Keys: keys.length };
})()`

// narrowScreensAreWhole: nothing scrolls sideways on two telephones, and rank, name and total of a ranking are whole.
func narrowScreensAreWhole(t *testing.T, l look) {
	for _, width := range []int{320, 390} {
		l.show(t, browser.Screen{Width: width}, true)
		l.assertNarrow(t, width)
	}
}

// assertNarrow holds the page to the width of the telephone on which it stands.
func (l look) assertNarrow(t *testing.T, width int) {
	t.Helper()
	var found struct {
		Overflow, Width, Keys int
		Cut, Wide             []string
	}
	require.NoError(t, l.tab.Eval(measure, &found))
	require.Equal(t, width, found.Width)
	assert.LessOrEqual(t, found.Overflow, 0, "%s at %d px scrolls sideways: %v", l.page.Path, width, found.Wide)
	assert.Empty(t, found.Cut, "%s at %d px: rank, name and total are whole", l.page.Path, width)
	if l.page.Kind == "group" {
		assert.GreaterOrEqual(t, found.Keys, 3*(departments-1), l.page.Path)
	}
}

// drawings asks which figures the chart library has drawn.
const drawings = `(function () {
  var paint = performance.getEntriesByType('paint').filter(function (e) { return e.name === 'first-contentful-paint'; })[0];
  return {
    Figures: document.querySelectorAll('figure [data-chart]').length, Drawn: document.querySelectorAll('figure.drawn').length,
    Paint: paint ? paint.startTime : -1
  };
})()`

// chartsAreDrawn: every chart is drawn, and the page complains of nothing: not of an error, not of a violation of its
// policy, not of a file that is missing; and it asks for nothing outside of the site.
func chartsAreDrawn(t *testing.T, l look) {
	_, _, _, charts := reporthtml.ECharts()
	if !charts {
		browser.Need(t, browser.Missing{What: "the chart library", Remedy: "go generate ./..."})
	}
	var found struct {
		Figures, Drawn int
		Paint          float64
	}
	require.NoError(t, l.tab.Eval(drawings, &found))
	assert.Equal(t, found.Figures, found.Drawn, "%s: charts drawn", l.page.Path)
	if l.page.Kind == "group" {
		assert.Positive(t, found.Figures, l.page.Path)
	}
	assert.Empty(t, l.tab.Complaints(), l.page.Path)
	t.Logf("%s: first contentful paint after %.0f ms, %d charts", l.page.Path, found.Paint, found.Drawn)
}

// A page that a telephone loads over http draws the same and is as whole as one that was on a desktop before.
func TestPagesFromAServer(t *testing.T) {
	browser.NeedTime(t)
	dir, _ := hostileSite(t)
	server, stop, err := browser.Serve(os.DirFS(dir))
	require.NoError(t, err)
	t.Cleanup(stop)
	onEachKind(t, "vi", func(t *testing.T, dir string, page browser.Page) {
		const width = 320
		l := look{dir, page, open(t, browser.Screen{Width: width}, server+page.Path)}
		chartsAreDrawn(t, l)
		require.NoError(t, l.tab.Eval(unfold, nil))
		l.assertNarrow(t, width)
	})
}

// In colours that the system forces no page complains, and its words are still there.
func TestForcedColours(t *testing.T) {
	onEachKind(t, "vi", func(t *testing.T, dir string, page browser.Page) {
		if page.Kind != "group" && page.Kind != "agency" {
			return
		}
		tab := open(t, browser.Screen{Forced: true}, file(dir, page.Path))
		var forced bool
		require.NoError(t, tab.Eval(`matchMedia('(forced-colors: active)').matches`, &forced))
		require.True(t, forced)
		assert.Empty(t, tab.Complaints(), page.Path)
	})
}

// unscripted asks a page that runs no scripts what it shows.
const unscripted = `(function () {
  function shown(selector) { return [].filter.call(document.querySelectorAll(selector), function (e) { return e.getClientRects().length > 0; }).length; }
  var figures = document.querySelectorAll('main figure');
  return {
    Rows: shown('.stack tbody tr'), Scripts: document.documentElement.classList.contains('js'), Figures: figures.length,
    Statics: [].filter.call(figures, function (f) { return [].some.call(f.querySelectorAll('.static svg'), function (s) { var r = s.getBoundingClientRect(); return r.width > 50 && r.height > 20; }); }).length,
    Tables: [].filter.call(figures, function (f) {
      if (f.querySelector('table tbody tr')) { return true; }
      return [].some.call(f.querySelectorAll('a[href^="#"]'), function (a) { // its numbers stand in a table above
        var there = document.getElementById(decodeURIComponent(a.hash.slice(1)));
        return there && (there.closest('section') || there).querySelector('table tbody tr');
      });
    }).length,
    Charts: shown('.chart'), Hints: shown('.scripted'), Inputs: shown('input, select, textarea, main button:not(thead button)'), Words: document.querySelector('main').innerText
  };
})()`

// Without scripts the tables and the drawings are all there, and nothing speaks of what only scripts do.
func TestWithoutScripts(t *testing.T) {
	onEachKind(t, "vi", func(t *testing.T, dir string, page browser.Page) {
		tab := open(t, browser.Screen{NoScript: true}, file(dir, page.Path))
		var found struct {
			Rows, Figures, Statics, Tables, Charts, Hints, Inputs int
			Scripts                                               bool
			Words                                                 string
		}
		require.NoError(t, tab.Eval(unscripted, &found))
		require.False(t, found.Scripts)
		if page.Kind != "print" { // a figure of a bound page stands there without its table
			assert.Equal(t, found.Figures, found.Tables, "%s: a table in every figure, or the way to one", page.Path)
		}
		assert.Equal(t, found.Figures, found.Statics, "%s: a drawing in every figure", page.Path)
		assert.Zero(t, found.Charts, "%s: no place for a chart that nobody draws", page.Path)
		assert.Zero(t, found.Hints, "%s: no hint at buttons that do nothing", page.Path)
		assert.Zero(t, found.Inputs, "%s: no field and no button that does nothing", page.Path)
		assert.Greater(t, len(strings.Fields(found.Words)), 10, page.Path)
		assert.Empty(t, tab.Complaints(), page.Path)
		if page.Kind == "group" {
			assert.GreaterOrEqual(t, found.Rows, departments-1, "a row for every ranked agency")
			assert.Contains(t, found.Words, "mới thành lập", "the agency without a rank has its reason")
			assert.Positive(t, found.Figures)
		}
	})
}
