// Finder. It compares without diacritics ("da nang" finds Đà Nẵng) and knows codes, aliases and initials ("khdt"). With
// data-find-in it names the best hits below the field; with data-filter it hides the rows of a table that do not fit; with
// data-lead it leads to the page that has the list.

var MOST = 20; // hits that are named

function bare(text) {
  return text.toLowerCase().replace(/đ/g, 'd').normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[^a-z0-9]+/g, ' ').trim();
}

var links = /^(va|and|of|the|cua)$/;

function initials(words) {
  return words.map(function (word) { return word.charAt(0); }).join('');
}

// entryOf is what an agency is found by: its name first, then everything else that it is called, and where it lies.
function entryOf(names, what, place) {
  var fields = names.map(bare).filter(Boolean);
  var letters = [];
  fields.forEach(function (field) {
    var words = field.split(' ');
    if (words.length > 1) {
      letters.push(initials(words), initials(words.filter(function (word) { return !links.test(word); })));
    }
  });
  return { what: what, fields: fields, text: ' ' + fields.concat(place ? bare(place) : []).join(' | '), initials: letters };
}

function queryOf(value) {
  var text = bare(value);
  return { text: text, words: text ? text.split(' ') : [], short: text.replace(/ /g, '') };
}

// place says how well an entry fits a query: 0 is best, below 0 it does not. The name's beginning goes before everything
// but the whole; what stands within a word counts from three letters on.
function place(entry, query) {
  var fields = entry.fields, i;
  for (i = 0; i < fields.length; i++) {
    if (fields[i] === query.text) {
      return 0;
    }
  }
  for (i = 0; i < fields.length; i++) {
    if (fields[i].lastIndexOf(query.text, 0) === 0) {
      return i ? 2 : 1;
    }
  }
  if (query.words.every(function (word) { return entry.text.indexOf(' ' + word) >= 0; })) {
    return 3;
  }
  if (query.short.length > 1 && entry.initials.some(function (letters) { return letters.lastIndexOf(query.short, 0) === 0; })) {
    return 4;
  }
  if (query.words.every(function (word) { return entry.text.indexOf(word.length > 2 ? word : ' ' + word) >= 0; })) {
    return 5;
  }
  return query.short.length > 1 && entry.initials.some(function (letters) { return letters.indexOf(query.short) >= 0; }) ? 6 : -1;
}

// find are the entries that fit, the best first and otherwise in their own order.
function find(entries, query) {
  var places = [[], [], [], [], [], [], []];
  entries.forEach(function (entry) {
    var at = place(entry, query);
    if (at >= 0) {
      places[at].push(entry);
    }
  });
  return Array.prototype.concat.apply([], places);
}

function counted(n) {
  return n.toLocaleString(root.lang || 'vi');
}

// tell says how many were found; nothing where nothing was asked.
function tell(region, query, found, total, shown) {
  if (!region) {
    return;
  }
  var key = found === 0 ? 'data-none' : shown < found ? 'data-most' : 'data-found';
  var sentence = region.getAttribute(key) || region.getAttribute('data-found') || '{1}/{2}';
  region.textContent = query.text ? say(sentence, [counted(found), counted(total), counted(shown)]) : '';
}

// hits ties a field to the list of hits below it. Entries are made when they are first needed; item makes the link or
// button of one.
function hits(input, entriesOf, item) {
  var part = input.closest('.finder'), region = live(input), list = part && part.querySelector('.hits'), entries = null;
  if (!list) {
    return null;
  }
  function ready() {
    entries = entries || entriesOf();
    return entries;
  }
  function show() {
    var query = queryOf(input.value);
    var found = query.text ? find(ready(), query) : [];
    var lines = document.createDocumentFragment();
    found.slice(0, MOST).forEach(function (entry) {
      var line = element('li');
      line.appendChild(item(entry.what));
      if (entry.what.note) {
        line.appendChild(document.createTextNode(' '));
        line.appendChild(element('span', entry.what.note, { 'class': 'note' }));
      }
      lines.appendChild(line);
    });
    list.textContent = '';
    list.appendChild(lines);
    list.hidden = !found.length;
    tell(region, query, found.length, entries ? entries.length : 0, Math.min(found.length, MOST));
  }
  function clear() {
    input.value = '';
    show();
    input.focus();
  }
  function choices() {
    return all('a, button', list);
  }
  input.addEventListener('focus', ready);
  input.addEventListener('input', show);
  input.addEventListener('keydown', function (event) {
    var first = choices()[0];
    if (event.key === 'Escape' && input.value) {
      event.preventDefault();
      clear();
    } else if (first && event.key === 'ArrowDown') {
      event.preventDefault();
      first.focus();
    } else if (first && event.key === 'Enter') {
      event.preventDefault();
      first.click();
    }
  });
  list.addEventListener('keydown', function (event) {
    var every = choices(), at = every.indexOf(document.activeElement);
    var to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: every.length - 1 }[event.key];
    if (event.key === 'Escape') {
      event.preventDefault();
      clear();
    } else if (at >= 0 && to !== undefined) {
      event.preventDefault();
      (to < 0 ? input : every[Math.min(to, every.length - 1)]).focus();
    }
  });
  return { show: show, clear: clear };
}

// listedIn are the agencies of a directory on the page, with the group under whose heading they stand.
function listedIn(list) {
  var entries = [];
  all('section', list).forEach(function (part) {
    var head = part.querySelector('h3'), group = head ? head.textContent + ', ' : '';
    all('li', part).forEach(function (line) {
      var link = line.firstElementChild, note = link.nextElementSibling, place = note && note.querySelector('.in');
      var names = [link.textContent].concat((line.getAttribute('data-find') || '').split('|'));
      entries.push(entryOf(names, {
        name: link.textContent, lang: link.lang, href: link.getAttribute('href'), note: group + (note ? note.textContent : '')
      }, place && place.textContent));
    });
  });
  return entries;
}

function linkTo(what) {
  return element('a', what.name, { href: what.href, lang: what.lang });
}

function startHits(input) {
  var list = document.querySelector(input.getAttribute('data-find-in'));
  var finder = list && hits(input, function () { return listedIn(list); }, linkTo);
  if (!finder) {
    return;
  }
  var asked = /^#q=(.*)$/.exec(location.hash); // from the front page
  if (asked) {
    try {
      input.value = decodeURIComponent(asked[1]);
    } catch (wrong) {
      input.value = '';
    }
  }
  if (input.value) { // a browser may bring the text of an earlier visit back
    finder.show();
  }
}

function startLead(input) {
  var button = input.parentNode.querySelector('button');
  function go() {
    var asked = input.value.trim();
    location.href = input.getAttribute('data-lead') + (asked ? '#q=' + encodeURIComponent(asked) : '');
  }
  input.addEventListener('keydown', function (event) {
    if (event.key === 'Enter') {
      event.preventDefault();
      go();
    } else if (event.key === 'Escape') {
      input.value = '';
    }
  });
  if (button) {
    button.addEventListener('click', go);
  }
}

// codeIn is the code of what a head leads to, which names its page.
function codeIn(head) {
  var link = head && (head.matches('a') ? head : head.querySelector('a'));
  return link ? link.getAttribute('href').replace(/^.*\//, '').replace(/\.html.*$/, '') : '';
}

// startFilter hides the rows that do not fit.
function startFilter(input) {
  var list = document.querySelector(input.getAttribute('data-filter'));
  if (!list) {
    return;
  }
  var region = live(input), entries = null;
  function ready() {
    var rows = all('[data-find]', list);
    entries = entries || (rows.length ? rows : all('tbody tr, li', list)).map(function (row) {
      var more = row.getAttribute('data-find'), head = row.querySelector('th, a');
      var name = head ? head.textContent : more === null ? row.textContent : '';
      return entryOf([name].concat((more || codeIn(head)).split('|')), row);
    });
  }
  function filter() {
    ready();
    var query = queryOf(input.value), shown = 0;
    entries.forEach(function (entry) {
      var fits = !query.text || place(entry, query) >= 0;
      if (entry.what.hidden === fits) {
        entry.what.hidden = !fits;
      }
      shown += fits ? 1 : 0;
    });
    tell(region, query, shown, entries.length, shown);
  }
  input.addEventListener('focus', ready);
  input.addEventListener('input', filter);
  input.addEventListener('keydown', function (event) {
    if (event.key === 'Escape' && input.value) {
      input.value = '';
      filter();
    }
  });
  if (input.value) {
    filter();
  }
}

function startFinders() {
  all('input[data-find-in]').forEach(startHits);
  all('input[data-lead]').forEach(startLead);
  all('input[data-filter]').forEach(startFilter);
}
