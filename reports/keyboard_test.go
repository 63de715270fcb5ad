package reports_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/reports/internal/browser"
)

// listen notes every element that the keyboard reaches, and whether it can be seen that it does.
const listen = `window.reached = [];
document.addEventListener('focusin', function (event) {
  var e = event.target, s = getComputedStyle(e);
  window.reached.push(e);
  e.seen = e.matches(':focus-visible') && (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none');
});`

// reached tells which buttons the keyboard did not reach, and where its place could not be seen.
const reached = `(function () {
  function name(e) { return e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 30); }
  var buttons = [].filter.call(document.querySelectorAll('thead button[data-sort]'), function (b) { return b.getClientRects().length && !b.closest('details:not([open])'); });
  return {
    Stops: window.reached.length, Buttons: buttons.length,
    Missed: buttons.filter(function (b) { return window.reached.indexOf(b) < 0; }).map(name),
    Unseen: window.reached.filter(function (e) { return !e.seen; }).map(name).slice(0, 5)
  };
})()`

// keyboardReaches: the Tab key reaches every button that sorts, and shows where it is.
func keyboardReaches(t *testing.T, l look) {
	if l.page.Kind == "print" {
		return // its chapters are the other pages
	}
	l.show(t, browser.Screen{}, true)
	require.NoError(t, l.tab.Eval(listen, nil))
	var stops int
	require.NoError(t, l.tab.Eval(`document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]').length`, &stops))
	require.NoError(t, l.tab.Press(strings.Repeat(browser.KeyTab, min(stops, 400))))
	var found struct {
		Stops, Buttons int
		Missed, Unseen []string
	}
	require.NoError(t, l.tab.Eval(reached, &found))
	assert.Positive(t, found.Stops, l.page.Path)
	assert.Empty(t, found.Missed, "%s: buttons that Tab did not reach", l.page.Path)
	assert.Empty(t, found.Unseen, "%s: the place of the keyboard is not seen", l.page.Path)
	if l.page.Kind == "group" {
		assert.Positive(t, found.Buttons, l.page.Path)
	}
}

// sorter finds the buttons that sort and says how a column is sorted: by the type that the button names, what is missing
// last.
const sorter = `window.buttons = [].filter.call(document.querySelectorAll('thead button[data-sort]'), function (b) { return b.getClientRects().length; });
window.official = window.buttons.map(function (b) { return [].map.call(b.closest('table').tBodies[0].rows, function (r) { return r; }); });
window.look = function (i) {
  var button = window.buttons[i], head = button.closest('th'), table = button.closest('table'), sort = button.getAttribute('data-sort');
  var collator = new Intl.Collator(document.documentElement.lang);
  function value(row) {
    var cell = row.cells[head.cellIndex], v = cell.getAttribute('data-value');
    if (v === null && sort === 'num') {
      var number = cell.firstChild && /[-+−]?\d[\d.,]*/.exec(cell.firstChild.textContent);
      if (!number) { return null; }
      v = number[0].replace('−', '-');
      v = document.documentElement.lang === 'vi' ? v.replace(/\./g, '').replace(',', '.') : v.replace(/,/g, '');
    }
    if (v === null) { v = cell.textContent.trim(); }
    return v === null || v === '' || sort === 'num' && isNaN(Number(v)) ? null : v;
  }
  function compare(a, b) {
    if (sort === 'num') { return Number(a) - Number(b); }
    if (sort === 'text') { return collator.compare(a, b); }
    var x = a.split(/[.\-_\/ ]+/), y = b.split(/[.\-_\/ ]+/);
    for (var n = 0; n < Math.min(x.length, y.length); n++) {
      var order = /^\d+$/.test(x[n]) && /^\d+$/.test(y[n]) ? Number(x[n]) - Number(y[n]) : collator.compare(x[n], y[n]);
      if (order) { return order; }
    }
    return x.length - y.length;
  }
  var rows = [].slice.call(table.tBodies[0].rows), values = rows.map(value), up = true, down = true, last = true;
  for (var n = 1; n < values.length; n++) {
    if (values[n - 1] === null && values[n] !== null) { last = false; }
    if (values[n - 1] === null || values[n] === null) { continue; }
    var c = compare(values[n - 1], values[n]);
    up = up && c <= 0;
    down = down && c >= 0;
  }
  return {
    Aria: head.getAttribute('aria-sort') || '', Sorted: table.querySelectorAll('th[aria-sort]').length, Up: up, Down: down, Last: last,
    Official: rows.every(function (r, n) { return r === window.official[i][n]; }), Same: rows.length === window.official[i].length,
    Type: sort, Name: button.textContent.trim(), Focus: document.activeElement === button
  };
};
window.buttons.length`

type sorted struct {
	Aria, Type, Name                      string
	Sorted                                int
	Up, Down, Last, Official, Same, Focus bool
}

// keyboardSorts: Enter sorts every column that has a button: up, down, and back to the official order. The type comes from
// the page, what is missing stays last both ways, and the column says how it is sorted.
func keyboardSorts(t *testing.T, l look) {
	if l.page.Kind == "print" {
		return // its chapters are the other pages
	}
	l.show(t, browser.Screen{}, true)
	var buttons int
	require.NoError(t, l.tab.Eval(sorter, &buttons))
	if l.page.Kind == "group" {
		require.Positive(t, buttons, l.page.Path)
	}
	for i := range buttons {
		require.NoError(t, l.tab.Eval(fmt.Sprintf("window.buttons[%d].focus()", i), nil))
		for _, way := range []string{"ascending", "descending", ""} {
			var s sorted
			require.NoError(t, l.tab.Press(browser.KeyEnter))
			require.NoError(t, l.tab.Eval(fmt.Sprintf("window.look(%d)", i), &s))
			s.assert(t, way, fmt.Sprintf("%s: column %q (%s), %s", l.page.Path, s.Name, s.Type, way))
		}
	}
}

// assert holds that a column stands as it says that it is sorted.
func (s sorted) assert(t *testing.T, way, at string) {
	t.Helper()
	assert.Contains(t, []string{"num", "text", "code"}, s.Type, at)
	assert.True(t, s.Focus && s.Same, at)
	assert.Equal(t, way, s.Aria, at)
	switch way {
	case "ascending":
		assert.True(t, s.Up && s.Last && s.Sorted == 1, "%s: %+v", at, s)
	case "descending":
		assert.True(t, s.Down && s.Last && s.Sorted == 1, "%s: %+v", at, s)
	default:
		assert.True(t, s.Official && s.Sorted == 0, "%s: %+v", at, s)
	}
}
