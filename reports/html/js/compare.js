// Comparison. The address names agencies of the group by code behind "#"; the table of the page is filled anew for them.
// All agencies stand in a JSON block, numbers as whole numbers of their last decimal, so that differences are exact.

var SIDES = 4; // agencies at most

function pair(value) {
  return Array.isArray(value) ? value : [value, ''];
}

// sideOf is an agency of the data block by what its numbers are.
function sideOf(line, data) {
  var pillars = data.fixed[0].length - 1;
  var code = pair(line[0]), name = pair(line[1]), total = pair(line[3]);
  return {
    code: code[0], file: code[1] || code[0], name: name[0], lang: name[1], rank: line[2], total: total[0], of: total[1],
    rating: line[4], change: line[5], note: (data.parents || [])[line[6]] || '', pillars: line.slice(7, 7 + pillars), more: line[7 + pillars] || ''
  };
}

function writer(places) {
  var format = new Intl.NumberFormat(root.lang || 'vi', { minimumFractionDigits: places, maximumFractionDigits: places });
  var unit = Math.pow(10, places);
  return function (n) { return format.format(n / unit).replace('-', '−'); };
}

// meter is the bar of a cell, as the page's own cells have it.
function meter(share) {
  var svg = svgElement('svg', { 'class': 'meter', 'aria-hidden': 'true' });
  svg.appendChild(svgElement('rect', { width: Math.max(0, Math.min(100, share / 100)) + '%', height: 6 }));
  return svg;
}

// A teller words what the table says of the sides.
function teller(data, says) {
  var total = writer(data.places), share = writer(2);
  function noted(cell, note) {
    if (note) {
      cell.appendChild(document.createTextNode(' '));
      cell.appendChild(element('span', note, { 'class': 'note' }));
    }
    return cell;
  }
  function moved(side) {
    var change = side.change;
    if (!Array.isArray(change)) {
      var sentence = (data.changes || [])[change];
      var parts = sentence === undefined ? [says.blank] : sentence.split('|');
      return noted(element('td', parts[0]), parts.slice(1).join('|'));
    }
    var places = Math.abs(change[0]), cell = element('td');
    if (places) {
      cell.appendChild(element('span', change[0] > 0 ? '▲' : '▼', { 'class': 'mark ' + (change[0] > 0 ? 'up' : 'down'), 'aria-hidden': 'true' }));
      cell.appendChild(document.createTextNode(' '));
    }
    var words = places ? says[(change[0] > 0 ? 'up' : 'down') + (places === 1 ? '1' : '')] : says.same;
    cell.appendChild(document.createTextNode(say(words, [counted(places)])));
    return noted(cell, say(says.ranks, [counted(Math.abs(side.rank)), counted(data.ranked), data.past, counted(change[1]), counted(change[2])]));
  }
  function percentage(n) {
    if (n === null || n === undefined) {
      return element('td', says.none);
    }
    var cell = element('td', share(n) + '%');
    cell.appendChild(meter(n));
    return cell;
  }
  return {
    rank: function (side) {
      if (!side.rank) {
        return element('td', says.unranked);
      }
      var rank = counted(Math.abs(side.rank));
      return noted(element('td', side.rank < 0 ? say(says.tied, [rank]) : rank), say(says.field, [counted(data.ranked)]));
    },
    total: function (side) {
      return side.total === null ? element('td', says.nothing) : noted(element('td', total(side.total)), side.of);
    },
    rating: function (side) { return element('td', (data.ratings || [])[side.rating] || says.unrated); },
    change: moved,
    percentage: percentage,
    // apart says in words how far the sides lie from each other.
    apart: function (sides, values, unit) {
      var known = sides.map(function (side, i) { return { name: side.name, n: values[i] }; }).filter(function (v) {
        return v.n !== null && v.n !== undefined;
      });
      if (known.length < 2) {
        return says.blank;
      }
      var numbers = known.map(function (v) { return v.n; });
      var high = Math.max.apply(null, numbers), low = Math.min.apply(null, numbers);
      if (high === low) {
        return says.equal;
      }
      function names(n) {
        return known.filter(function (v) { return v.n === n; }).map(function (v) { return v.name; }).join(', ');
      }
      var far = (unit === 'points' ? total : share)(high - low) + ' ' + says[unit];
      return known.length === 2 ? say(says.lead, [names(high), far]) : say(says.apart, [names(high), names(low), far]);
    }
  };
}

// wanted reads the codes of the address. An address that names a part of the page is none of ours.
function wanted(hash, known) {
  var text = hash.replace(/^#/, ''), codes = [];
  if (document.getElementById(text) && !known(text)) {
    return null;
  }
  text.split(',').forEach(function (part) {
    var code = part;
    try {
      code = decodeURIComponent(part);
    } catch (wrong) { // a stray % stays as it is
    }
    code = code.trim();
    var side = known(code);
    code = side ? side.code : code;
    if (code && codes.indexOf(code) < 0) {
      codes.push(code);
    }
  });
  return codes;
}

// fill puts the sides into a table of the page; the heads of its rows stay. The table of points has the group's median and
// best, and says the difference where there is one.
function fill(table, sides, data, tells, says) {
  var points = table.classList.contains('points'), apart = points && sides.length > 1, pillar = 0;
  var labels = sides.map(function (side) { return side.name; }).concat(points ? [says.median, says.top] : [], apart ? [says.difference] : []);
  var heads = table.tHead.rows[0];
  function trim(row) { // all but the head
    while (row.cells.length > 1) {
      row.removeChild(row.cells[1]);
    }
  }
  function pointCells(kind) {
    var total = kind === 'total', at = total ? 0 : pillar++;
    var all = sides.map(function (side) { return total ? side.total : side.pillars[at]; });
    var cells = total ? sides.map(tells.total) : all.map(tells.percentage);
    data.fixed.forEach(function (f) { cells.push(total ? tells.total({ total: f[0] }) : tells.percentage(f[at + 1])); });
    return apart ? cells.concat(element('td', tells.apart(sides, all, total ? 'points' : 'percent'), { 'class': 'apart' })) : cells;
  }
  trim(heads);
  labels.forEach(function (label, i) {
    var head = element('th', sides[i] ? '' : label, { scope: 'col' });
    if (sides[i]) {
      head.appendChild(linkTo({ name: label, lang: sides[i].lang, href: '../agency/' + encodeURIComponent(sides[i].file) + '.html' }));
      if (sides[i].note) {
        head.appendChild(element('span', sides[i].note, { 'class': 'note' }));
      }
    }
    heads.appendChild(head);
  });
  Array.prototype.forEach.call(table.tBodies[0].rows, function (row) {
    var kind = row.getAttribute('data-row');
    trim(row);
    (points ? pointCells(kind) : sides.map(tells[kind])).forEach(function (cell, i) {
      cell.setAttribute('data-label', labels[i]);
      row.appendChild(cell);
    });
  });
}

function startComparison(section) {
  var block = document.getElementById('compare-data'), tables = all('.sides');
  if (!block || !tables.length) {
    return;
  }
  var data = JSON.parse(block.textContent), says = JSON.parse(document.getElementById('compare-says').textContent);
  var tells = teller(data, says), byCode = new Map();
  data.agencies.forEach(function (line) {
    var code = pair(line[0])[0];
    byCode.set(code, line);
    if (!byCode.has(code.toLowerCase())) {
      byCode.set(code.toLowerCase(), line);
    }
  });
  function known(code) {
    var line = byCode.get(code) || byCode.get(code.toLowerCase());
    return line && sideOf(line, data);
  }
  var chosen = [], list = section.querySelector('.chosen'), messages = document.querySelector('.says'), input = section.querySelector('input');
  function message(text) {
    messages.appendChild(element('p', text));
  }
  function go(codes) {
    location.hash = codes.map(encodeURIComponent).join(',');
  }
  function chip(side) {
    var line = element('li'), button = element('button', '', { type: 'button', 'aria-label': say(says.remove, [side.name]) });
    button.appendChild(element('span', side.name, { lang: side.lang }));
    button.appendChild(element('span', '×', { 'aria-hidden': 'true' }));
    button.addEventListener('click', function () {
      go(chosen.filter(function (code) { return code !== side.code; }));
      input.focus();
    });
    line.appendChild(button);
    return line;
  }
  function draw() {
    var codes = wanted(location.hash, known);
    if (!codes) {
      return;
    }
    var there = codes.filter(known), sides;
    chosen = there.slice(0, SIDES);
    sides = chosen.map(known);
    messages.textContent = '';
    list.textContent = '';
    sides.forEach(function (side) { list.appendChild(chip(side)); });
    list.hidden = list.previousElementSibling.hidden = section.querySelector('.share').hidden = !sides.length;
    var unknown = codes.filter(function (code) { return !known(code); });
    if (unknown.length) {
      message(say(says.unknown, [unknown.join(', ')]));
    }
    if (there.length > SIDES) {
      message(say(says.five, [there.slice(SIDES).map(function (code) { return known(code).name; }).join(', ')]));
    }
    if (sides.length < 2) {
      message(sides.length ? says.one : says.first);
    } else {
      message(say(says.now, [sides.map(function (side) { return side.name; }).join(', ')]));
    }
    sides = sides.length ? sides : data.agencies.slice(0, 2).map(function (line) { return sideOf(line, data); });
    tables.forEach(function (table) { fill(table, sides, data, tells, says); });
  }
  var finder = hits(input, function () {
    return data.agencies.map(function (line) {
      var side = sideOf(line, data);
      return entryOf([side.name, side.code].concat(side.more.split('|')), side, side.note);
    });
  }, function (side) {
    var button = element('button', side.name, { type: 'button', lang: side.lang });
    button.addEventListener('click', function () {
      finder.clear();
      if (chosen.indexOf(side.code) >= 0) {
        live(input).textContent = say(says.known, [side.name]);
      } else if (chosen.length >= SIDES) {
        live(input).textContent = says.full;
      } else {
        go(chosen.concat([side.code]));
      }
    });
    return button;
  });
  section.hidden = false;
  window.addEventListener('hashchange', draw);
  draw();
}

function startCompare() {
  all('.chooser').forEach(startComparison);
}
