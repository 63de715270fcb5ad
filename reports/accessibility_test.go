package reports_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/reports/internal/browser"
)

// accessible: axe finds nothing to blame on a desktop, on a telephone, and in the dark.
func accessible(t *testing.T, l look) {
	axe, err := browser.Axe()
	browser.Need(t, err)
	for _, c := range []struct {
		name   string
		screen browser.Screen
		rules  []string // all where there are none
	}{
		{"at 1280 px", browser.Screen{}, nil},
		{"at 390 px", browser.Screen{Width: 390}, nil},
		{"in the dark", browser.Screen{Dark: true}, []string{"color-contrast", "link-in-text-block"}},
	} {
		if l.page.Lang != "vi" && (c.name != "at 1280 px" || l.page.Kind == "print") {
			break // the languages differ in words, and axe takes half a minute for the print edition
		}
		l.show(t, c.screen, true)
		violations, err := l.tab.Violations(axe, c.rules...)
		require.NoError(t, err)
		for _, v := range violations {
			assert.Fail(t, "violation", "%s %s: %s", l.page.Path, c.name, v)
		}
	}
}

// smallTargets are the places to press that a finger would miss. A link in a sentence may be small, and so may one around
// which a circle of 24 px touches no other target (WCAG 2.2, 2.5.8); a button may not.
const smallTargets = `(function () {
  function shown(e) {
    var r = e.getBoundingClientRect(), s = getComputedStyle(e);
    return r.width > 1 && r.height > 1 && r.right > 0 && r.bottom > 0 && s.visibility !== 'hidden' && !e.closest('.hidden, [hidden]');
  }
  function blockOf(e) { do { e = e.parentElement; } while (e && getComputedStyle(e).display.indexOf('inline') === 0); return e; }
  function box(e) {
    var r = e.getBoundingClientRect();
    return { left: r.left, right: r.right, top: r.top, bottom: r.bottom, x: (r.left + r.right) / 2, y: (r.top + r.bottom) / 2, w: r.width, h: r.height };
  }
  var targets = [].filter.call(document.querySelectorAll('a[href], button, input, select, summary, textarea, [role=button]'), shown);
  var boxes = targets.map(box);
  return targets.map(function (e, i) {
    var b = boxes[i];
    if (b.w >= 23.5 && b.h >= 23.5) { return ''; }
    var words = e.tagName + ' "' + e.textContent.trim().slice(0, 40) + '" ' + b.w.toFixed(1) + ' x ' + b.h.toFixed(1);
    if (e.tagName !== 'A') {
      var label = e.labels && e.labels[0] && box(e.labels[0]);
      return label && label.w >= 23.5 && label.h >= 23.5 ? '' : words;
    }
    if (blockOf(e).textContent.trim().length > e.textContent.trim().length + 3 && getComputedStyle(e).display === 'inline') { return ''; }
    var near = targets.some(function (other, j) {
      if (i === j || other.contains(e) || e.contains(other)) { return false; }
      var o = boxes[j], dx = Math.max(o.left - b.x, 0, b.x - o.right), dy = Math.max(o.top - b.y, 0, b.y - o.bottom);
      return Math.hypot(dx, dy) < 12 || o.w < 23.5 && o.h < 23.5 && Math.hypot(o.x - b.x, o.y - b.y) < 24;
    });
    return near ? words : '';
  }).filter(Boolean);
})()`

// targetsAreLarge: what is there to be pressed is large enough for a finger.
func targetsAreLarge(t *testing.T, l look) {
	for _, width := range []int{1280, 390} {
		l.show(t, browser.Screen{Width: width}, true)
		var small []string
		require.NoError(t, l.tab.Eval(smallTargets, &small))
		assert.Empty(t, small, "%s at %d px", l.page.Path, width)
	}
}
