// Tables. A button in a column head sorts by the machine value of the cells: ascending, descending, and back to the
// official order. The rank that is printed never changes, and what is missing stays last both ways.

var collator = new Intl.Collator(root.lang || 'vi', { numeric: false, sensitivity: 'variant' });

// codes compares 4.1 < 4.2 < 4.10 part by part.
function codes(a, b) {
  var as = a.split(/[.\-_/ ]+/), bs = b.split(/[.\-_/ ]+/);
  for (var i = 0; i < Math.max(as.length, bs.length); i++) {
    var x = as[i], y = bs[i];
    if (x === undefined || y === undefined) {
      return x === undefined ? -1 : 1;
    }
    var digits = /^\d+$/.test(x) && /^\d+$/.test(y);
    var order = digits ? Number(x) - Number(y) : collator.compare(x, y);
    if (order) {
      return order;
    }
  }
  return 0;
}

var compares = {
  num: function (a, b) { return Number(a) - Number(b); },
  text: function (a, b) { return collator.compare(a, b); },
  code: codes
};

// valueOf is what a cell sorts by; null where it is missing.
function valueOf(row, column, sort) {
  var cell = row.cells[column];
  if (!cell) {
    return null;
  }
  var value = cell.getAttribute('data-value');
  if (value === null && sort !== 'num') {
    value = cell.textContent.trim();
  }
  return value === null || value === '' || sort === 'num' && isNaN(Number(value)) ? null : value;
}

function sortRows(body, official, column, sort, direction) {
  var rows = official.slice();
  if (direction) {
    rows = rows.map(function (row, i) {
      return { row: row, i: i, value: valueOf(row, column, sort) };
    }).sort(function (a, b) {
      if (a.value === null || b.value === null) {
        return a.value === b.value ? a.i - b.i : a.value === null ? 1 : -1;
      }
      return direction * compares[sort](a.value, b.value) || a.i - b.i;
    }).map(function (entry) { return entry.row; });
  }
  rows.forEach(function (row) { body.appendChild(row); });
}

function startTable(table) {
  var bodies = Array.prototype.slice.call(table.tBodies).map(function (body) {
    return { body: body, official: Array.prototype.slice.call(body.rows) };
  });
  var buttons = all('thead th button[data-sort]', table);
  var region = live(table);
  buttons.forEach(function (button) {
    var head = button.closest('th');
    var sort = compares[button.getAttribute('data-sort')] ? button.getAttribute('data-sort') : 'text';
    button.addEventListener('click', function () {
      var now = head.getAttribute('aria-sort');
      var direction = now === 'ascending' ? -1 : now === 'descending' ? 0 : 1;
      buttons.forEach(function (other) { other.closest('th').removeAttribute('aria-sort'); });
      if (direction) {
        head.setAttribute('aria-sort', direction > 0 ? 'ascending' : 'descending');
      }
      bodies.forEach(function (b) { sortRows(b.body, b.official, head.cellIndex, sort, direction); });
      if (region) {
        var key = direction > 0 ? 'data-ascending' : direction < 0 ? 'data-descending' : 'data-official';
        var sentence = region.getAttribute(key) || '{1} ' + (direction > 0 ? '↑' : direction < 0 ? '↓' : '');
        region.textContent = say(sentence, [button.textContent.trim()]);
      }
    });
  });
}
