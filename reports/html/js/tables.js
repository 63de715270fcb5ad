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
  num: function (a, b) { return a - b; },
  text: function (a, b) { return collator.compare(a, b); },
  code: codes
};

// What the page's language writes between thousands.
var thousands = (root.lang || 'vi').slice(0, 2) === 'vi' ? /\./g : /,/g;

// numberIn reads a number as the page writes it: "1.234,50" on a Vietnamese page; NaN where the text is none.
function numberIn(text) {
  var plain = text.trim().replace('−', '-').replace(/%$/, '').replace(thousands, '').replace(',', '.');
  return /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : NaN;
}

// valueOf is what a cell sorts by: its machine value, or its words where they say it; null where it is missing.
function valueOf(row, column, sort) {
  var cell = row.cells[column];
  if (!cell) {
    return null;
  }
  var value = cell.getAttribute('data-value');
  if (sort !== 'num') {
    value = value === null ? cell.textContent.trim() : value;
    return value === '' ? null : value;
  }
  var words = cell.firstChild;
  var number = value !== null ? Number(value || NaN) : words ? numberIn(words.textContent) : NaN;
  return isNaN(number) ? null : number;
}

function sortRows(body, official, column, sort, direction) {
  var rows = official;
  if (direction) {
    rows = official.map(function (row, i) {
      return { row: row, i: i, value: valueOf(row, column, sort) };
    }).sort(function (a, b) {
      if (a.value === null || b.value === null) {
        return a.value === b.value ? a.i - b.i : a.value === null ? 1 : -1;
      }
      return direction * compares[sort](a.value, b.value) || a.i - b.i;
    }).map(function (entry) { return entry.row; });
  }
  var sorted = document.createDocumentFragment();
  rows.forEach(function (row) { sorted.appendChild(row); });
  body.appendChild(sorted);
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
