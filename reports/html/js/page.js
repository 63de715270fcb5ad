// What every part of the script uses.

var root = document.documentElement;

function all(selector, within) {
  return Array.prototype.slice.call((within || document).querySelectorAll(selector));
}

// element is a new element of the page; attributes without a value are left out.
function element(name, text, attributes) {
  var el = document.createElement(name);
  if (text) {
    el.textContent = text;
  }
  Object.keys(attributes || {}).forEach(function (key) {
    if (attributes[key]) {
      el.setAttribute(key, attributes[key]);
    }
  });
  return el;
}

// svgElement is a new element of a drawing.
function svgElement(name, attributes) {
  var el = document.createElementNS('http://www.w3.org/2000/svg', name);
  Object.keys(attributes).forEach(function (key) { el.setAttribute(key, attributes[key]); });
  return el;
}

// say fills the blanks {1}, {2} of a sentence that the page brings along.
function say(sentence, args) {
  return sentence.replace(/\{(\d)\}/g, function (blank, n) {
    var arg = args[n - 1];
    return arg === undefined ? blank : arg;
  });
}

// live finds the live region that belongs to a part of the page: the next one outwards.
function live(from) {
  for (var el = from; el; el = el.parentElement) {
    var region = el.querySelector(':scope > .live, :scope > * > .live');
    if (region) {
      return region;
    }
  }
  return document.querySelector('.live');
}
