// Finder. It compares without diacritics ("da nang" finds Đà Nẵng) and knows codes, aliases and initials ("khdt").

function bare(text) {
  return text.toLowerCase().replace(/đ/g, 'd').normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[^a-z0-9]+/g, ' ').trim();
}

var links = /^(va|and|of|the|cua)$/;

function initials(words) {
  return words.map(function (word) { return word.charAt(0); }).join('');
}

function entryOf(el) {
  var text = bare(el.getAttribute('data-find') || el.textContent);
  var words = text.split(' ');
  return {
    el: el,
    text: text,
    initials: [initials(words), initials(words.filter(function (word) { return !links.test(word); }))]
  };
}

function matches(entry, query) {
  if (!query) {
    return true;
  }
  var whole = query.split(' ').every(function (word) { return entry.text.indexOf(word) >= 0; });
  var short = query.replace(/ /g, '');
  return whole || short.length > 1 && entry.initials.some(function (letters) { return letters.indexOf(short) >= 0; });
}

function startFinder(input) {
  var list = null;
  try {
    list = document.querySelector(input.getAttribute('data-filter'));
  } catch (wrong) {
    return;
  }
  if (!list) {
    return;
  }
  var found = all('[data-find]', list);
  var entries = (found.length ? found : all('tbody tr, li', list)).map(entryOf);
  var region = live(input);
  input.hidden = false;
  function filter() {
    var query = bare(input.value), shown = 0;
    entries.forEach(function (entry) {
      var fits = matches(entry, query);
      entry.el.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    if (region) {
      region.textContent = query ? say(region.getAttribute('data-found') || '{1}/{2}', [shown, entries.length]) : '';
    }
  }
  input.addEventListener('input', filter);
  input.addEventListener('keydown', function (event) {
    if (event.key === 'Escape' && input.value) {
      input.value = '';
      filter();
    }
  });
  if (input.value) { // a browser may bring the text of an earlier visit back
    filter();
  }
}
