// Charts. The option object stands in a JSON block; here it gets colours and fonts of the page, sizes for the
// column it stands in, and formatters.

var NARROW = 540;
var drawn = [];

// theme is the palette and the font that CSS has resolved for the figure, light or dark.
function theme(figure) {
  var css = getComputedStyle(figure.querySelector('.fig') || root);
  function colour(name, fallback) {
    return css.getPropertyValue('--f-' + name).trim() || fallback;
  }
  return {
    font: getComputedStyle(document.body).fontFamily,
    ink: colour('ink', '#1b1f24'),
    muted: colour('muted', '#57606a'),
    line: colour('line', '#d5dae0'),
    track: colour('track', '#eef1f4'),
    surface: colour('surface', '#ffffff'),
    accent: colour('accent', '#0072b2'),
    accent2: colour('accent2', '#d55e00'),
    good: colour('good', '#00785a'),
    bad: colour('bad', '#b84a00'),
    neutral: colour('neutral', '#86a8c2')
  };
}

var pen = null;

// measure is the width of a text in pixels.
function measure(text, size, font, weight) {
  pen = pen || document.createElement('canvas').getContext('2d');
  pen.font = (weight || 400) + ' ' + size + 'px ' + font;
  return pen.measureText(text).width;
}

function widest(texts, size, font, weight) {
  return texts.reduce(function (most, text) {
    return Math.max(most, measure(text, size, font, weight));
  }, 0);
}

function fold(text, size, font, width, most) {
  var lines = [''];
  text.split(/\s+/).forEach(function (word) {
    var longer = (lines[lines.length - 1] + ' ' + word).trim();
    if (lines.length < most && lines[lines.length - 1] && measure(longer, size, font) > width) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = longer;
    }
  });
  return lines;
}

function shorten(text, size, font, width, weight) {
  if (measure(text, size, font, weight) <= width) {
    return text;
  }
  while (text.length > 1 && measure(text + '…', size, font, weight) > width) {
    text = text.slice(0, -1);
  }
  return text.trim() + '…';
}

// notesOf takes the notes out of an option and gives its numbers their rows, names and words: the page says each once.
function notesOf(option) {
  var n = option.dti, own = n.words || {}, count = (n.names || []).length;
  delete option.dti;
  n.unit = n.unit || '';
  n.highlight = n.highlight || 0;
  n.descending = !!n.descending;
  function said(series, row, value) {
    var words = own[series] && own[series][row];
    return words !== undefined ? words : value.toFixed(n.decimals).replace('.', n.point) + (n.unit === '%' ? '%' : '');
  }
  n.said = said;
  n.gap = function (series, row) { return own[series] && own[series][row]; };
  if (count && option.yAxis[0].type === 'category') {
    option.yAxis[0].data = n.names.slice().reverse(); // the library draws the first row at the bottom
  }
  var refine = {
    histogram: function (item) { return { value: item }; },
    radar: function (item, i, series) {
      item.words = item.value.map(function (v, row) { return said(series, row, v); });
      return item;
    },
    boxes: function (item, i) {
      var row = count - 1 - i;
      return { name: n.names[row], row: row, value: item, missing: !item };
    },
    bars: function (item, i, series) {
      var row = count - 1 - i;
      return { name: n.names[row], row: row, value: item, missing: item === null, words: said(series, row, item) };
    },
    strip: function (item, i, series) {
      return item === null ? null : { name: n.names[i], row: i, value: [item, 0], words: said(series, i, item) };
    },
    dots: function (item, i, series) {
      var row = count - 1 - item[1];
      return { name: n.names[row], row: row, value: item, words: said(series, row, item[0]) };
    }
  };
  var one = refine[{ paired: 'bars', dumbbell: 'dots', rows: 'dots' }[n.kind] || n.kind];
  option.series.forEach(function (s, series) {
    s.data = s.data.map(function (item, i) { return one(item, i, series); }).filter(Boolean);
  });
  n.words = option.series.map(function (s, series) {
    var words = [];
    s.data.forEach(function (d) { words[d.row] = d.words; });
    Object.keys(own[series] || {}).forEach(function (row) { words[row] = own[series][row]; });
    return n.kind === 'radar' ? s.data[0].words : words;
  });
  option.animation = false;
  option.tooltip = { renderMode: 'richText', confine: true, trigger: 'item' };
  return n;
}

// A sheet is what every form of drawing needs: the option, its notes, the theme and the width.
function sheetOf(option, figure, width) {
  var notes = notesOf(option);
  var number = new Intl.NumberFormat(root.lang || 'vi', { maximumFractionDigits: Math.max(notes.decimals, 1) });
  return {
    option: option,
    notes: notes,
    theme: theme(figure),
    width: width,
    narrow: width < NARROW,
    number: function (v) {
      return number.format(v).replace('-', '−') + (notes.unit === '%' ? '%' : '');
    }
  };
}

// axis dresses the axis of numbers.
function axis(sheet) {
  var x = sheet.option.xAxis[0];
  var t = sheet.theme;
  var ticks = sheet.notes.ticks;
  var last = ticks[ticks.length - 1];
  x.axisLabel = {
    customValues: ticks, color: t.muted, fontSize: 11.5, fontFamily: t.font, hideOverlap: false,
    formatter: function (v) {
      var unit = sheet.notes.unit;
      return shorten(sheet.number(v) + (v === last && unit && unit !== '%' ? ' ' + unit : ''), 11.5, t.font, sheet.width / 4);
    }
  };
  x.axisTick = { show: false, customValues: ticks };
  x.splitLine = { show: !(sheet.narrow && /bars|paired/.test(sheet.notes.kind)), lineStyle: { color: t.line } };
  x.axisLine = { show: false };
  return x;
}

// ends is half of what the first and the last label of the axis take: the room that they need beyond it.
function ends(sheet) {
  var x = sheet.option.xAxis[0], ticks = sheet.notes.ticks;
  function half(v) {
    return Math.ceil(measure(x.axisLabel.formatter(v), 11.5, sheet.theme.font) / 2);
  }
  var first = half(ticks[0]), last = half(ticks[ticks.length - 1]);
  return x.inverse ? { left: last, right: first } : { left: first, right: last };
}

// keepInside turns the labels at the ends of the axis inwards where the grid leaves no room for half of them.
function keepInside(sheet) {
  var x = sheet.option.xAxis && sheet.option.xAxis[0], grid = sheet.option.grid;
  if (!x || !x.axisLabel || !grid) {
    return;
  }
  var room = ends(sheet), ticks = sheet.notes.ticks;
  // free is how far a tick is from the sides of the drawing.
  function free(v, side) {
    var share = (v - x.min) / (x.max - x.min), plot = sheet.width - grid.left - grid.right;
    var at = grid.left + (x.inverse ? 1 - share : share) * plot;
    return side === 'left' ? at : sheet.width - at;
  }
  var first = ticks[x.inverse ? ticks.length - 1 : 0], last = ticks[x.inverse ? 0 : ticks.length - 1];
  var left = room.left > free(first, 'left') ? 'left' : null, right = room.right > free(last, 'right') ? 'right' : null;
  x.axisLabel.alignMinLabel = x.inverse ? right : left;
  x.axisLabel.alignMaxLabel = x.inverse ? left : right;
}

// names dresses the axis of names: on the left of a wide drawing, above the rows of a narrow one. It returns the room
// that they take on the left.
function names(sheet, right, part) {
  var y = sheet.option.yAxis[0];
  var t = sheet.theme;
  var most = Math.min(sheet.width * (part || 0.42), 330);
  var gutter = Math.ceil(Math.min(widest(y.data, 13, t.font) + 14, most));
  var count = y.data.length;
  y.axisTick = { show: false };
  y.axisLine = { show: false };
  y.splitLine = { show: false };
  y.z = 5;
  y.axisLabel = {
    interval: 0, fontSize: 13, fontFamily: t.font, lineHeight: 17, align: 'left',
    color: function (name, i) {
      return count - i === sheet.notes.highlight ? t.accent : t.ink;
    }
  };
  if (!sheet.narrow) {
    y.axisLabel.margin = gutter;
    y.axisLabel.width = gutter - 10;
    y.axisLabel.overflow = 'break';
    return gutter;
  }
  y.axisLabel.inside = true;
  y.axisLabel.margin = 0;
  y.axisLabel.lineHeight = 14;
  y.axisLabel.verticalAlign = 'bottom';
  y.axisLabel.padding = [0, 0, 9, 0];
  y.axisLabel.width = sheet.width - right;
  y.axisLabel.overflow = 'truncate';
  y.axisLabel.textBorderColor = t.surface;
  y.axisLabel.textBorderWidth = 3;
  return 0;
}

// column adds an axis on the right whose labels are the words of the rows.
function column(sheet, words, left) {
  var t = sheet.theme;
  sheet.option.yAxis.push({
    type: 'category', data: words, position: 'right', z: 5,
    axisTick: { show: false }, axisLine: { show: false }, splitLine: { show: false },
    axisLabel: {
      interval: 0, inside: sheet.narrow, align: 'right', margin: sheet.narrow ? 0 : left, color: t.ink, fontSize: 13,
      fontWeight: 600, fontFamily: t.font, verticalAlign: sheet.narrow ? 'bottom' : 'middle',
      padding: sheet.narrow ? [0, 0, 9, 0] : 0, lineHeight: 14,
      textBorderColor: t.surface, textBorderWidth: sheet.narrow ? 3 : 0
    }
  });
  // An axis without a series of its own is not drawn.
  sheet.option.series.push({ type: 'bar', yAxisIndex: sheet.option.yAxis.length - 1, data: [], silent: true });
}

// rails draws a line through each row.
function rails(sheet) {
  sheet.option.series.unshift({
    type: 'bar', barWidth: 2, silent: true, showBackground: true, z: 0, tooltip: { show: false },
    backgroundStyle: { color: sheet.theme.line }, data: sheet.option.yAxis[0].data.map(function () { return null; })
  });
}

function legend(sheet, entries) {
  var t = sheet.theme;
  sheet.option.legend = {
    show: true, left: 0, top: 0, selectedMode: false, itemGap: 18, itemHeight: 12, itemWidth: 16, data: entries,
    padding: 0, textStyle: { color: t.ink, fontFamily: t.font, fontSize: 12, lineHeight: 17 }
  };
  var x = 0, lines = 1;
  entries.forEach(function (e) {
    var w = 40 + measure(e.name, 12, t.font);
    if (x && x + w > sheet.width) {
      lines++;
      x = 0;
    }
    x += w;
  });
  return lines * 22 + 6;
}

function tip(sheet) {
  var t = sheet.theme;
  var unit = sheet.notes.unit && sheet.notes.unit !== '%' ? ' ' + sheet.notes.unit : '';
  sheet.option.tooltip.backgroundColor = t.surface;
  sheet.option.tooltip.borderColor = t.muted;
  sheet.option.tooltip.textStyle = { color: t.ink, fontFamily: t.font, fontSize: 13, lineHeight: 18 };
  sheet.option.tooltip.formatter = function (p) {
    if (!p.data || p.data.words === undefined) {
      return '';
    }
    return p.name + '\n' + (p.seriesName ? p.seriesName + ': ' : '') + p.data.words + (p.data.missing ? '' : unit);
  };
}

function lines(sheet, series) {
  var t = sheet.theme;
  var x = sheet.option.xAxis[0];
  if (!series.markLine) {
    return 0;
  }
  series.markLine.silent = true;
  series.markLine.animation = false;
  series.markLine.lineStyle = { color: t.accent2, type: [4, 3], width: 1.5 };
  series.markLine.data.forEach(function (m) {
    var share = (m.xAxis - x.min) / (x.max - x.min);
    m.label = {
      show: true, position: 'end', distance: 4, formatter: m.name, color: t.ink, fontFamily: t.font, fontSize: 11.5, fontWeight: 600,
      align: share > 0.7 ? 'right' : share < 0.3 ? 'left' : 'center'
    };
    m.label.formatter = function () { return m.name; };
  });
  return 22;
}

function rowHeight(sheet, wide, narrow) {
  var y = sheet.option.yAxis[0];
  if (sheet.narrow) {
    return narrow;
  }
  var width = Math.min(sheet.width * 0.42, 330) - 24;
  var wraps = y.data.some(function (name) { return measure(name, 13, sheet.theme.font) > width; });
  return wraps ? Math.max(wide, 36) : wide;
}

var forms = {
  bars: function (sheet) {
    var o = sheet.option, t = sheet.theme, s = o.series[0], hot = sheet.notes.highlight;
    var words = s.data.map(function (d) { return d.words; });
    var room = Math.ceil(widest(words, 13, t.font, 600)) + 12;
    var row = rowHeight(sheet, s.data.length > 24 ? 22 : 27, 40);
    var thick = sheet.narrow ? 9 : row > 24 ? 14 : 12;
    var left = names(sheet, room + 8);
    axis(sheet);
    column(sheet, words, room);
    s.barWidth = thick;
    s.showBackground = true;
    s.backgroundStyle = { color: t.track };
    s.data.forEach(function (d) {
      d.itemStyle = { color: hot && d.row + 1 !== hot ? t.neutral : t.accent };
    });
    o.series[1].barWidth = thick;
    o.series[1].barGap = '-100%';
    s.barGap = '-100%';
    var top = lines(sheet, s) + (sheet.narrow ? 16 : 4);
    o.grid = { left: left, right: sheet.narrow ? 0 : room, top: top, bottom: 26 };
    return top + 26 + row * s.data.length;
  },

  paired: function (sheet) {
    var o = sheet.option, t = sheet.theme;
    var words = [].concat.apply([], sheet.notes.words);
    var room = Math.ceil(widest(words, 13, t.font, 600)) + 10;
    var row = rowHeight(sheet, 48, 62);
    var left = names(sheet, 0);
    axis(sheet);
    if (sheet.narrow) {
      o.yAxis[0].axisLabel.padding = [0, 0, 19, 0];
    }
    var now = o.series[1];
    o.series.reverse(); // the first series is drawn on top
    o.series.forEach(function (s) {
      var i = s === now ? 1 : 0;
      s.barWidth = i === 1 ? 16 : 9;
      s.barGap = '25%';
      s.itemStyle = { color: i === 1 ? t.accent : t.neutral };
      s.label = {
        show: true, position: 'right', color: i === 1 ? t.ink : t.muted, fontFamily: t.font, fontSize: i === 1 ? 13 : 12,
        fontWeight: i === 1 ? 600 : 400, formatter: function (p) { return p.data.words; }
      };
      s.data.forEach(function (d) {
        if (d.missing) { // a bar without length carries the word
          d.value = 0;
          d.label = { fontStyle: 'italic', fontSize: 11.5, color: t.muted };
        }
      });
    });
    var top = legend(sheet, o.series.map(function (s) {
      return { name: s.name, icon: 'rect', itemStyle: { color: s === now ? t.accent : t.neutral } };
    })) + (sheet.narrow ? 8 : 0);
    o.grid = { left: left, right: room, top: top, bottom: 26 };
    return top + 26 + row * o.yAxis[0].data.length;
  },

  dumbbell: function (sheet) {
    var o = sheet.option, t = sheet.theme, n = sheet.notes;
    var was = o.series[0], is = o.series[1];
    var before = {};
    was.data.forEach(function (d) { before[d.row] = d.value[0]; });
    var after = {};
    is.data.forEach(function (d) { after[d.row] = d.value[0]; });
    // side is 1 where the row became better, which is to the right, and -1 where it became worse.
    function side(row) {
      if (before[row] === undefined || after[row] === undefined) {
        return 0;
      }
      return Math.sign(after[row] - before[row]) * (n.descending ? -1 : 1);
    }
    var room = Math.ceil(widest([].concat.apply([], n.words), 13, t.font, 600)) + 16;
    if (room > 90) { // words for missing numbers do not widen the margins
      room = 60;
    }
    var row = rowHeight(sheet, 31, 46);
    var left = names(sheet, 0);
    axis(sheet);
    if (sheet.narrow) {
      o.yAxis[0].axisLabel.padding = [0, 0, 11, 0];
    }
    was.symbol = 'circle';
    was.symbolSize = 10;
    was.z = 6;
    was.itemStyle = { color: t.surface, borderColor: t.muted, borderWidth: 2 };
    was.data = was.data.filter(function (d) { return after[d.row] !== before[d.row]; });
    was.data.forEach(function (d) {
      d.label = label(t, d.words, side(d.row) > 0 ? 'left' : 'right', t.muted, 12, 400);
    });
    is.symbol = 'triangle';
    is.symbolSize = 12;
    is.z = 7;
    is.data.forEach(function (d) {
      var s = side(d.row);
      d.symbol = s ? 'triangle' : 'circle';
      d.symbolRotate = s > 0 ? -90 : 90;
      d.symbolSize = s ? 12 : 10;
      d.itemStyle = { color: s > 0 ? t.good : s < 0 ? t.bad : t.muted };
      d.label = label(t, d.words, s < 0 ? 'left' : 'right', t.ink, 13, 600);
    });
    if (was.markLine) {
      was.markLine.silent = true;
      was.markLine.label = { show: false };
      was.markLine.data.forEach(function (pair) {
        var better = (pair[1].coord[0] > pair[0].coord[0]) !== n.descending;
        pair[0].lineStyle = { color: better ? t.good : t.bad, width: 4, type: 'solid' };
      });
    }
    gaps(sheet, 1);
    var top = legend(sheet, [
      { name: was.name, icon: 'circle', itemStyle: { color: t.surface, borderColor: t.muted, borderWidth: 2 } },
      { name: is.name, icon: 'triangle', itemStyle: { color: t.good } }
    ]) + (sheet.narrow ? 8 : 0);
    rails(sheet);
    o.grid = { left: left + room, right: room, top: top, bottom: 26 };
    if (sheet.narrow) {
      o.yAxis[0].axisLabel.margin = -room;
    } else {
      o.yAxis[0].axisLabel.margin = left + room;
    }
    return top + 26 + row * o.yAxis[0].data.length;
  },

  rows: function (sheet) {
    var o = sheet.option, t = sheet.theme, n = sheet.notes;
    var count = o.yAxis[0].data.length;
    var symbols = ['circle', 'diamond', 'triangle', 'rect'];
    var fills = [t.accent, t.surface, t.accent2, t.surface];
    var edges = [t.surface, t.ink, t.surface, t.ink];
    var said = [].concat.apply([], o.series.map(function (s) { return s.data.map(function (d) { return d.words; }); }));
    var wide = Math.ceil(widest(said, 12.5, t.font, 600)) + 20;
    if (n.words.some(function (w, i) { return w.length > o.series[i].data.length; })) {
      wide = Math.max(wide, 96); // room for the words of a missing number
    }
    var row = rowHeight(sheet, 38, 68);
    var left = names(sheet, 0, 0.3);
    if (!sheet.narrow && widest(o.yAxis[0].data, 13, t.font) > left - 14) {
      row = Math.max(row, 42);
    }
    axis(sheet);
    if (sheet.narrow) {
      o.yAxis[0].axisLabel.padding = [0, 0, 12, 0];
      o.yAxis[0].axisLabel.margin = -8;
    }
    o.series.forEach(function (s, i) {
      s.symbol = symbols[i % 4];
      s.symbolSize = i === 0 ? 14 : 12;
      s.z = [4, 5, 3, 5][i % 4];
      s.itemStyle = { color: fills[i % 4], borderColor: edges[i % 4], borderWidth: i === 1 ? 1.75 : 1 };
    });
    var top = legend(sheet, o.series.map(function (s, i) {
      return { name: s.name, icon: symbols[i % 4], itemStyle: { color: fills[i % 4], borderColor: i % 2 ? t.ink : fills[i % 4], borderWidth: i % 2 ? 1.75 : 0 } };
    })) + (sheet.narrow ? 14 : 4);
    numbers(sheet, n.words, count, wide);
    rails(sheet);
    (n.each || []).forEach(function (list, i) { // pale, below the marks that sum them up
      o.series.push({
        type: 'scatter', symbolSize: 7, silent: true, z: 2, itemStyle: { color: t.neutral, opacity: 0.85 },
        data: list.map(function (v) { return { value: [v, count - 1 - i] }; })
      });
    });
    o.grid = { left: left + (sheet.narrow ? 8 : 8), right: sheet.narrow ? 8 : wide * n.words.length + 8, top: top, bottom: 26 };
    if (!sheet.narrow) {
      o.yAxis[0].axisLabel.margin = left + 8;
    }
    return top + 26 + (sheet.narrow ? 14 : 0) + row * count;
  },

  strip: function (sheet) {
    var o = sheet.option, t = sheet.theme, n = sheet.notes;
    var x = axis(sheet), s = o.series[0];
    var radius = sheet.narrow ? 4.5 : 5.5;
    o.series = [s]; // the strip of the page is of one series
    var at = along(sheet), sides = edges(sheet);
    var levels = stack(s.data, at, radius);
    while (levels > 12 && radius > 2) {
      radius -= 0.5;
      levels = stack(s.data, at, radius);
    }
    var step = radius * 2 + 0.8;
    s.symbolSize = radius * 2;
    s.data.forEach(function (d) {
      var hot = d.row + 1 === n.highlight;
      d.value = [d.value[0], d.level + 0.5];
      d.itemStyle = {
        color: n.highlight && !hot ? t.neutral : t.accent, borderColor: hot ? t.ink : t.surface, borderWidth: hot ? 1.5 : 1
      };
      if (hot) {
        d.symbolSize = radius * 2 + 3;
      }
    });
    var top = callouts(sheet, at, Math.max(levels, 2) * step, function (c) {
      var dot = s.data.filter(function (d) { return d.row === c.row; })[0];
      return dot ? (dot.level + 0.5) * step + radius : 0;
    });
    o.yAxis = [{ type: 'value', min: 0, max: Math.max(levels, 2), show: false }];
    x.axisLine = { show: true, onZero: false, lineStyle: { color: t.muted } };
    x.splitLine.show = false;
    x.axisTick = { show: true, customValues: n.ticks, lineStyle: { color: t.muted } };
    var foot = absent(sheet, top + Math.max(levels, 2) * step + 30);
    o.grid = { left: sides.left, right: sides.right, top: top, bottom: 26 + foot };
    return top + Math.max(levels, 2) * step + 26 + foot;
  },

  histogram: function (sheet) {
    var o = sheet.option, t = sheet.theme, n = sheet.notes;
    var x = axis(sheet), s = o.series[sheet.narrow ? 1 : 0];
    o.series = [s];
    var most = s.data.reduce(function (m, d) { return Math.max(m, d.value[1]); }, 1);
    var tall = 140;
    var at = along(sheet), sides = edges(sheet);
    var width = s.data.length > 1 ? s.data[1].value[0] - s.data[0].value[0] : x.max - x.min;
    s.barWidth = Math.max(width / (x.max - x.min) * (sheet.width - sides.left - sides.right) - 1.5, 1);
    s.label = {
      show: true, position: 'top', distance: 3, color: t.muted, fontFamily: t.font, fontSize: 11.5,
      formatter: function (p) { return p.value[1] ? String(p.value[1]) : ''; }
    };
    function binOf(v) {
      return s.data.filter(function (d) { return Math.abs(v - d.value[0]) <= width / 2; })[0];
    }
    var hot = n.callouts.filter(function (c) { return c.row !== undefined && c.row + 1 === n.highlight; })[0];
    s.data.forEach(function (d) {
      var chosen = hot && binOf(hot.value) === d;
      d.itemStyle = { color: hot && !chosen ? t.neutral : t.accent };
      d.words = String(d.value[1]);
      d.name = sheet.number(d.value[0] - width / 2) + '–' + sheet.number(d.value[0] + width / 2);
    });
    var top = callouts(sheet, at, tall + 18, function (c) {
      var bin = binOf(c.value);
      return c.row === undefined || !bin ? 0 : bin.value[1] / most * tall + 17;
    });
    o.yAxis = [{ type: 'value', min: 0, max: most, show: false }];
    x.axisLine = { show: true, onZero: false, lineStyle: { color: t.muted } };
    x.splitLine.show = false;
    n.absent = [n.caption].concat(n.absent || []);
    var foot = absent(sheet, top + tall + 48);
    o.tooltip.formatter = function (p) { return p.name + ': ' + p.data.words; };
    o.grid = { left: sides.left, right: sides.right, top: top + 18, bottom: 26 + foot };
    return top + 18 + tall + 26 + foot;
  },

  boxes: function (sheet) {
    var o = sheet.option, t = sheet.theme, n = sheet.notes, s = o.series[0], count = n.names.length;
    var x = axis(sheet);
    function wide(i, weight) {
      return Math.ceil(widest(s.data.map(function (d) { return d.missing ? '' : n.said(i, d.row, d.value[i]); }), 13, t.font, weight));
    }
    var medians = s.data.map(function (d) { // the words of a row without a box are those of its first missing number
      var gap = [0, 1, 2, 3, 4].filter(function (i) { return n.gap(i, d.row); })[0];
      return d.missing ? n.gap(gap, d.row) || '' : n.said(2, d.row, d.value[2]);
    });
    var room = Math.ceil(widest(medians, 13, t.font, 600)) + 12;
    var ends = [wide(x.inverse ? 4 : 0, 400) + 8, wide(x.inverse ? 0 : 4, 400) + 8];
    var row = rowHeight(sheet, 34, 50);
    var left = names(sheet, room + 8);
    column(sheet, medians, room);
    s.itemStyle = { color: t.neutral, borderColor: t.muted, borderWidth: 1.5 };
    s.boxWidth = [14, 14];
    s.z = 3;
    s.data.forEach(function (d) {
      if (d.missing) {
        d.value = ['-', '-', '-', '-', '-'];
        return;
      }
      d.words = n.series.map(function (name, i) { return name + ': ' + n.said(i, d.row, d.value[i]); }).join('\n');
    });
    function points(i) { return s.data.filter(function (d) { return !d.missing; }).map(function (d) {
      return { name: d.name, value: [d.value[i], count - 1 - d.row], row: d.row };
    }); }
    o.series.push({
      type: 'scatter', symbol: 'rect', symbolSize: [3, 20], silent: true, z: 5, data: points(2), itemStyle: { color: t.ink }
    });
    [0, 4].forEach(function (i) {
      o.series.push({
        type: 'scatter', symbolSize: 0.1, silent: true, z: 5,
        data: points(i).map(function (d) {
          d.label = label(t, n.said(i, d.row, d.value[0]), (i === 0) === !x.inverse ? 'left' : 'right', t.muted, 12, 400);
          return d;
        })
      });
    });
    o.tooltip.formatter = function (p) { return p.data && p.data.words ? p.name + '\n' + p.data.words : ''; };
    if (sheet.narrow) {
      o.yAxis[0].axisLabel.padding = o.yAxis[1].axisLabel.padding = [0, 0, 14, 0];
      o.yAxis[0].axisLabel.margin = -ends[0];
      o.yAxis[1].axisLabel.margin = -ends[1];
    } else {
      o.yAxis[0].axisLabel.margin = left + ends[0];
      o.yAxis[1].axisLabel.margin = room + ends[1];
    }
    var top = keys(sheet, [
      { name: n.series[2], draw: function (x, y) { return stroke(t.ink, 3, x + 8, y - 7, x + 8, y + 7); } },
      { name: n.series[1] + ' – ' + n.series[3], draw: function (x, y) { return stroke(t.neutral, 10, x, y, x + 16, y); } },
      { name: n.series[0] + ' – ' + n.series[4], draw: function (x, y) { return stroke(t.muted, 1.5, x, y, x + 16, y); } }
    ]) + (sheet.narrow ? 18 : 0);
    o.grid = { left: left + ends[0], right: (sheet.narrow ? 0 : room) + ends[1], top: top, bottom: 26 };
    return top + 26 + row * count;
  },

  radar: function (sheet) {
    var o = sheet.option, t = sheet.theme, n = sheet.notes;
    if (Array.isArray(o.radar)) {
      o.radar = o.radar[0];
    }
    var radius = sheet.narrow ? Math.min(90, sheet.width * 0.22) : 150;
    var top = legend(sheet, o.series.map(function (s, i) {
      return { name: s.name, icon: i ? 'path://M0 5H6V7H0zM10 5H16V7H10z' : 'rect', itemStyle: { color: i ? t.ink : t.accent } };
    }));
    var count = o.radar.indicator.length;
    // lines are the name of an axis, folded into the room beside it, and its numbers.
    function lines(at) {
      var away = Math.abs(Math.sin(2 * Math.PI * at / count));
      var room = away < 0.1 ? sheet.width * 0.7 : sheet.width / 2 - away * radius - 18;
      return fold(o.radar.indicator[at].name, 12.5, t.font, room, 3).map(function (line) {
        return shorten(line, 12.5, t.font, room);
      }).concat(fold(n.words.map(function (w) { return w[at]; }).join(' / '), 12.5, t.font, room, 3));
    }
    o.radar.center = [sheet.width / 2, top + radius + 62];
    o.radar.radius = radius;
    o.radar.axisNameGap = 12;
    o.radar.splitArea = { show: false };
    o.radar.splitLine = { lineStyle: { color: t.line } };
    o.radar.axisLine = { lineStyle: { color: t.line } };
    o.radar.axisName = {
      color: t.ink, fontFamily: t.font, fontSize: 12.5, lineHeight: 16,
      formatter: function (name, indicator) {
        var at = o.radar.indicator.findIndex(function (i) { return i.name === name; });
        return lines(at).join('\n');
      }
    };
    o.series.forEach(function (s, i) {
      s.symbol = i ? 'none' : 'circle';
      s.symbolSize = 7;
      s.z = i ? 2 : 3;
      s.itemStyle = { color: i ? t.ink : t.accent };
      s.lineStyle = i ? { color: t.ink, width: 1.5, type: [4, 3] } : { color: t.accent, width: 2.25 };
      if (!i) {
        s.areaStyle = { color: t.accent, opacity: 0.18 };
      }
    });
    o.tooltip.formatter = function (p) {
      return p.name + '\n' + o.radar.indicator.map(function (i, at) { return i.name + ': ' + p.data.words[at]; }).join('\n');
    };
    return top + radius * 2 + 88 + (count % 2 ? 30 : lines(count / 2).length * 16);
  }
};

// keys is a legend for marks that no series has: each is drawn by hand before its name. It returns the height.
function keys(sheet, entries) {
  var t = sheet.theme, x = 0, y = 8, marks = [];
  entries.forEach(function (e) {
    var w = 40 + measure(e.name, 12, t.font);
    if (x && x + w > sheet.width) {
      x = 0;
      y += 22;
    }
    marks.push(e.draw(x, y), {
      type: 'text', silent: true, x: x + 22, y: y - 8, style: words(t, shorten(e.name, 12, t.font, sheet.width - 24), t.ink, 400, { fontSize: 12 })
    });
    x += w;
  });
  sheet.option.graphic = (sheet.option.graphic || []).concat(marks);
  return y + 20;
}

function stroke(colour, width, x1, y1, x2, y2) {
  return { type: 'line', silent: true, shape: { x1: x1, y1: y1, x2: x2, y2: y2 }, style: { stroke: colour, lineWidth: width } };
}

function label(t, words, position, colour, size, weight) {
  return {
    show: true, position: position, distance: 5, color: colour, fontFamily: t.font, fontSize: size, fontWeight: weight,
    textBorderColor: t.surface, textBorderWidth: 3, formatter: function () { return words; }
  };
}

// gaps writes the words of rows that have no number where the number would stand.
function gaps(sheet, series) {
  var y = sheet.option.yAxis[0].data, words = sheet.notes.words[series];
  var has = {};
  sheet.option.series[series].data.forEach(function (d) { has[d.row] = true; });
  var x = sheet.option.xAxis[0];
  words.forEach(function (w, row) {
    if (!has[row]) {
      sheet.option.series[series].data.push({
        name: y[y.length - 1 - row], value: [(x.min + x.max) / 2, y.length - 1 - row], words: w, missing: true, row: row, symbolSize: 0.1,
        label: label(sheet.theme, w, 'top', sheet.theme.muted, 11.5, 400)
      });
    }
  });
}

// numbers writes the numbers of dot rows: in columns on the right, or under the rails of a narrow drawing.
function numbers(sheet, words, count, wide) {
  var t = sheet.theme;
  var marks = ['●', '◇', '▲', '□'];
  var rich = {};
  words.forEach(function (w, i) {
    rich['w' + i] = {
      width: sheet.narrow ? sheet.width / words.length - 20 : wide, align: sheet.narrow ? 'left' : 'right', fontSize: 12.5,
      fontFamily: t.font, fontWeight: i === 0 ? 600 : 400, color: i === 0 ? t.ink : t.muted
    };
    rich['x' + i] = Object.assign({}, rich['w' + i], { fontSize: 11, fontWeight: 400, fontStyle: 'italic', color: t.muted });
    rich['m' + i] = { width: 15, fontSize: 11, color: [t.accent, t.ink, t.accent2, t.ink][i % 4] };
  });
  var has = sheet.option.series.map(function (s) {
    return s.data.reduce(function (rows, d) { rows[d.row] = true; return rows; }, {});
  });
  var rowWords = [];
  for (var row = count - 1; row >= 0; row--) {
    rowWords.push(String(row));
  }
  sheet.option.yAxis.push({
    type: 'category', data: rowWords, position: sheet.narrow ? 'left' : 'right', z: 5,
    axisTick: { show: false }, axisLine: { show: false }, splitLine: { show: false },
    axisLabel: {
      interval: 0, inside: sheet.narrow, margin: sheet.narrow ? -8 : 8, align: 'left', verticalAlign: sheet.narrow ? 'top' : 'middle',
      padding: sheet.narrow ? [12, 0, 0, 0] : 0, rich: rich,
      formatter: function (row) {
        return words.map(function (w, i) {
          var safe = w[row].replace(/[{}|]/g, ' ');
          return (sheet.narrow ? '{m' + i + '|' + marks[i % 4] + '}' : '') + (has[i][row] ? '{w' : '{x') + i + '|' + safe + '}';
        }).join('');
      }
    }
  });
  sheet.option.series.push({ type: 'bar', yAxisIndex: sheet.option.yAxis.length - 1, data: [], silent: true });
}

// words is the style of a small text that is placed by hand.
function words(t, text, colour, weight, more) {
  return Object.assign({
    text: text, fill: colour, fontFamily: t.font, fontSize: 11.5, fontWeight: weight, lineHeight: 16, verticalAlign: 'top'
  }, more);
}

// edges is how far the axis of a strip stays off the sides: half a label, or half a dot.
function edges(sheet) {
  var room = ends(sheet);
  return { left: Math.max(room.left, 8), right: Math.max(room.right, 8) };
}

// along gives the place of a number on the axis of a strip.
function along(sheet) {
  var x = sheet.option.xAxis[0], sides = edges(sheet);
  return function (v) {
    var share = (v - x.min) / (x.max - x.min);
    return sides.left + (x.inverse ? 1 - share : share) * (sheet.width - sides.left - sides.right);
  };
}

// stack lifts dots that would overlap, as the static drawing does.
function stack(data, at, radius) {
  var ends = [];
  data.slice().sort(function (a, b) { return at(a.value[0]) - at(b.value[0]) || a.row - b.row; }).forEach(function (d) {
    var x = at(d.value[0]), level = 0;
    while (level < ends.length && x - ends[level] < radius * 2 + 0.6) {
      level++;
    }
    ends[level] = x;
    d.level = level;
  });
  return ends.length;
}

// callouts labels places above the drawing; no two labels overlap and no leader crosses a label. It returns the height
// of the labels. Height is that of the drawing, foot how far above its base a leader ends.
function callouts(sheet, at, height, foot) {
  var t = sheet.theme, w = sheet.width, levels = 0;
  var list = sheet.notes.callouts.slice().sort(function (a, b) { return at(a.value) - at(b.value); });
  var left = [], right = [];
  list.forEach(function (c) {
    var end = c.label.slice(c.label.lastIndexOf(' ')); // the number is never cut
    var room = Math.min(w - 12, 460) - measure(end, 11.5, t.font, 600);
    var text = shorten(c.label.slice(0, c.label.length - end.length), 11.5, t.font, room, 600) + end;
    var width = measure(text, 11.5, t.font, 600), x = at(c.value);
    var fits = x - width - 4 >= 0;
    var p = { c: c, x: x, text: text, at: fits ? x - 4 : Math.min(x + 4, w - width), align: fits ? 'right' : 'left', level: 0 };
    p.from = fits ? x - 4 - width : Math.min(x, p.at);
    p.to = fits ? x : p.at + width;
    (fits ? left : right).push(p);
  });
  var placed = left.concat(right.reverse());
  placed.forEach(function (p, i) {
    placed.slice(0, i).forEach(function (below) {
      if (below.from - 8 < p.to && p.from < below.to + 8) {
        p.level = Math.max(p.level, below.level + 1);
      }
    });
    levels = Math.max(levels, p.level + 1);
  });
  var top = levels * 16 + 12;
  var marks = [];
  placed.forEach(function (p) {
    var y = (levels - 1 - p.level) * 16;
    var line = { stroke: t.muted, lineWidth: 1 };
    if (p.c.row === undefined) {
      line = { stroke: t.accent2, lineWidth: 1.5, lineDash: [4, 3] };
    } else if (p.c.row + 1 === sheet.notes.highlight) {
      line = { stroke: t.accent, lineWidth: 1.5 };
    }
    marks.push({ type: 'line', silent: true, z: 1, shape: { x1: p.x, y1: y + 3, x2: p.x, y2: top + height - foot(p.c) }, style: line });
    marks.push({
      type: 'text', silent: true, z: 6, x: p.at, y: y,
      style: words(t, p.text, t.ink, 600, { align: p.align, stroke: t.surface, lineWidth: 3 })
    });
  });
  sheet.option.graphic = (sheet.option.graphic || []).concat(marks);
  return top;
}

// absent writes below a strip which rows have no number.
function absent(sheet, y) {
  var t = sheet.theme, list = sheet.notes.absent || [];
  var shown = list.slice(0, 4);
  if (list.length > shown.length) {
    shown.push('+ ' + (list.length - shown.length));
  }
  shown.forEach(function (text, i) {
    sheet.option.graphic.push({
      type: 'text', silent: true, z: 6, x: 0, y: y + i * 17,
      style: words(t, shorten(text, 11.5, t.font, sheet.width), t.muted, 400, {})
    });
  });
  return shown.length * 17 + (shown.length ? 4 : 0);
}

// level breaks the stamp into the lines that can be largest in a low drawing: { lines, size }.
function level(text, font, width, height, most) {
  var best = { lines: [text], size: 0 }, whole = measure(text, most, font, 700);
  [1, 2, 3].forEach(function (n) {
    var lines = fold(text, most, font, whole / n * 1.12, n);
    var size = Math.min(most, most * width * 0.94 / Math.max(1, widest(lines, most, font, 700)), height * 0.96 / (1.35 * lines.length));
    if (size > best.size) {
      best = { lines: lines, size: size };
    }
  });
  return best;
}

// stamp writes the draft stamp across the drawing, and level in one too low for a slope.
function stamp(sheet, height) {
  var text = sheet.notes.draft;
  if (!text) {
    return;
  }
  var t = sheet.theme, size = sheet.narrow ? 19 : 30, lines = fold(text, size * 1.1, t.font, sheet.width * 0.8, 4);
  var sloping = sheet.width * 0.8 * 0.208 + lines.length * size * 1.35 <= height;
  if (!sloping) {
    var low = level(text, t.font, sheet.width, height, size);
    lines = low.lines;
    size = low.size;
  }
  var times = Math.max(1, Math.round(height / 460));
  var marks = [];
  for (var i = 0; i < times; i++) {
    marks.push({
      type: 'text', silent: true, z: 100, x: sheet.width / 2, y: height * (i + 0.5) / times, rotation: sloping ? 0.21 : 0,
      style: {
        text: lines.join('\n'), fill: t.bad, opacity: 0.16, fontFamily: t.font,
        fontSize: size, fontWeight: 700, lineHeight: size * 1.35, align: 'center', verticalAlign: 'middle'
      }
    });
  }
  sheet.option.graphic = (sheet.option.graphic || []).concat(marks);
}

// render draws or draws again one chart for the width that it has now.
function render(chart) {
  var width = chart.el.clientWidth;
  if (width < 1) {
    return;
  }
  var sheet = sheetOf(JSON.parse(chart.source), chart.figure, width);
  tip(sheet);
  var height = Math.ceil(forms[sheet.notes.kind](sheet));
  keepInside(sheet);
  stamp(sheet, height);
  sheet.option.series.forEach(function (s) { // the library's dots are translucent unless told otherwise
    if (s.type === 'scatter') {
      s.itemStyle = Object.assign({ opacity: 1 }, s.itemStyle);
      s.data.forEach(function (d) {
        if (d.itemStyle) {
          d.itemStyle.opacity = 1;
        }
      });
    }
  });
  sheet.option.textStyle = { fontFamily: sheet.theme.font, color: sheet.theme.ink };
  chart.el.style.height = height + 'px';
  chart.width = width;
  if (!chart.view) {
    chart.view = window.echarts.init(chart.el, null, {
      renderer: 'svg', locale: (sheet.notes.lang || 'vi').toUpperCase(), width: width, height: height
    });
  } else {
    chart.view.resize({ width: width, height: height, silent: true });
  }
  chart.view.setOption(sheet.option, true);
}

// withdraw leaves the static figure alone on the page.
function withdraw(chart, reason) {
  chart.figure.classList.remove('drawn');
  chart.el.hidden = true;
  if (chart.view) {
    chart.view.dispose();
    chart.view = null;
  }
  chart.failed = true;
  if (window.console) {
    console.warn('static figure kept: ' + chart.id, reason);
  }
}

function attempt(chart) {
  if (chart.failed) {
    return;
  }
  try {
    chart.el.hidden = false;
    render(chart);
    if (chart.view) {
      chart.figure.classList.add('drawn');
    }
  } catch (reason) {
    withdraw(chart, reason);
  }
}

function startChart(el) {
  var id = el.getAttribute('data-chart');
  var block = document.getElementById(id + '-o');
  var figure = el.closest('figure');
  if (!block || !figure) {
    return;
  }
  var chart = { id: id, el: el, figure: figure, source: block.textContent, view: null, width: 0, failed: false };
  var picture = figure.querySelector('.fig');
  el.setAttribute('role', 'img');
  el.setAttribute('aria-label', picture ? picture.parentNode.getAttribute('aria-label') : '');
  drawn.push(chart);
  attempt(chart);
  if (window.ResizeObserver) {
    new ResizeObserver(function () {
      if (!chart.failed && el.clientWidth > 0 && Math.abs(el.clientWidth - chart.width) > 1) {
        attempt(chart);
      }
    }).observe(el);
  }
}

function startCharts() {
  if (!window.echarts || !window.Intl) {
    return;
  }
  all('[data-chart]').forEach(startChart);
  var dark = window.matchMedia('(prefers-color-scheme: dark)');
  if (dark.addEventListener) {
    dark.addEventListener('change', function () { drawn.forEach(attempt); });
  }
}
