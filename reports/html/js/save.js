// "Tải SVG": a figure as a file that stands alone. It is the wide static drawing with headline, subtitle and source, in the
// colours of paper, whatever the page looks like now.

// What a drawing takes from the stylesheet, with what each is where nothing says otherwise.
var LOOKS = {
  'fill': 'rgb(0, 0, 0)', 'fill-opacity': '1', 'stroke': 'none', 'stroke-width': '1px', 'stroke-dasharray': 'none', 'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter', 'paint-order': 'normal', 'opacity': '1', 'font-size': '', 'font-weight': '400', 'font-style': 'normal',
  'text-anchor': 'start', 'font-family': ''
};
var EDGE = 24;

function svgText(name, attributes, text) {
  var el = svgElement(name, attributes);
  el.textContent = legal(text);
  return el;
}

// legal replaces what XML does not allow.
function legal(text) {
  return String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g, '\ufffd')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(^|[^\ud800-\udbff])[\udc00-\udfff]/g, '$1\ufffd');
}

// dress writes the look of an element and of all in it as attributes, where it differs from what is inherited.
function dress(element, inherited) {
  var css = getComputedStyle(element), own = {};
  Object.keys(LOOKS).forEach(function (name) {
    own[name] = css.getPropertyValue(name);
    var usual = name === 'opacity' ? LOOKS[name] : inherited[name];
    if (own[name] && own[name] !== usual) {
      element.setAttribute(name, own[name]);
    }
  });
  Array.prototype.forEach.call(element.children, function (child) { dress(child, own); });
  element.removeAttribute('class');
}

// saying writes lines of text and returns how high they are.
function saying(sheet, text, y, size, colour, weight) {
  var width = sheet.width - 2 * EDGE, leading = Math.round(size * 1.4);
  var lines = text ? fold(text, size * 1.02, sheet.font, width, 9) : [];
  lines.forEach(function (line, i) {
    sheet.root.appendChild(svgText('text', {
      x: EDGE, y: y + size + i * leading, fill: colour, 'font-size': size + 'px', 'font-weight': weight
    }, line));
  });
  return lines.length ? lines.length * leading + 4 : 0;
}

function textOf(figure, selector) {
  var element = figure.querySelector(selector);
  return element ? element.textContent.trim() : '';
}

// standalone is the figure as the text of an SVG file.
function standalone(figure) {
  var picture = figure.querySelector('.fig.wide');
  var stage = document.createElement('div');
  stage.className = 'stage'; // out of sight, and drawn: only then it has a look
  var copy = stage.appendChild(picture.cloneNode(true));
  copy.setAttribute('class', 'fig wide paper');
  document.body.appendChild(stage);
  try {
    var css = getComputedStyle(copy), box = picture.viewBox.baseVal;
    var ink = css.getPropertyValue('--f-ink').trim(), muted = css.getPropertyValue('--f-muted').trim(), bad = css.getPropertyValue('--f-bad').trim();
    var sheet = { width: box.width + 2 * EDGE, font: css.fontFamily };
    dress(copy, LOOKS);
    sheet.root = svgElement('svg', { 'font-family': css.fontFamily, role: 'img', 'aria-label': legal(picture.parentNode.getAttribute('aria-label') || '') });
    sheet.root.setAttributeNS('http://www.w3.org/XML/1998/namespace', 'xml:lang', root.lang || 'vi');
    sheet.root.appendChild(svgText('title', {}, textOf(figure, 'figcaption h2, figcaption h3, figcaption h4')));
    var paper = sheet.root.appendChild(svgElement('rect', { width: sheet.width, fill: '#ffffff' }));
    var y = EDGE - 4;
    y += saying(sheet, textOf(document, '.top > .draft'), y, 13, bad, 700);
    y += saying(sheet, textOf(figure, 'figcaption h2, figcaption h3, figcaption h4'), y, 18, ink, 700);
    y += saying(sheet, textOf(figure, 'figcaption p'), y, 13, muted, 400) + 10;
    var drawing = sheet.root.appendChild(svgElement('g', { transform: 'translate(' + EDGE + ' ' + y + ')' }));
    Object.keys(LOOKS).forEach(function (name) {
      if (copy.hasAttribute(name)) {
        drawing.setAttribute(name, copy.getAttribute(name));
      }
    });
    while (copy.firstChild) {
      drawing.appendChild(copy.firstChild);
    }
    y += box.height + 12;
    y += saying(sheet, textOf(figure, '.source') || textOf(figure.parentNode, '.source'), y, 11.5, muted, 400) + EDGE - 8;
    paper.setAttribute('height', y);
    sheet.root.setAttribute('viewBox', '0 0 ' + sheet.width + ' ' + y);
    sheet.root.setAttribute('width', sheet.width);
    sheet.root.setAttribute('height', y);
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(sheet.root) + '\n';
  } finally {
    stage.remove();
  }
}

// fileName names the page and the figure; a draft says so first.
function fileName(figure) {
  var parts = location.pathname.split('/').slice(-2);
  var page = parts[1].replace(/\.html$/, '');
  if (!page || page === 'index') {
    page = parts[0];
  }
  var name = (page + '-' + figure.id).replace(/%[0-9a-f]{2}/gi, '-').replace(/[^A-Za-z0-9-]+/g, '-').replace(/^-+|-+$/g, '');
  return (document.querySelector('.top > .draft') ? 'draft-' : '') + name + '.svg';
}

function save(figure) {
  var link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([standalone(figure)], { type: 'image/svg+xml' }));
  link.download = fileName(figure);
  link.hidden = true;
  document.body.appendChild(link);
  link.click();
  link.remove();
  setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
}

function startSave() {
  if (!window.Blob || !window.URL || !window.XMLSerializer) {
    return;
  }
  all('figure[data-save]').forEach(function (figure) {
    var drawing = figure.querySelector('.static');
    if (!drawing || !figure.querySelector('.fig.wide')) {
      return;
    }
    var button = element('button', figure.getAttribute('data-save'), {
      type: 'button', 'class': 'save', 'aria-describedby': figure.id + '-t'
    });
    button.addEventListener('click', function () { save(figure); });
    figure.insertBefore(button, figure.querySelector('details, .csv, .source'));
  });
}
