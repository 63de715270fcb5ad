// What a page has is started once it is there.

function start() {
  root.classList.add('js');
  all('table[data-sortable]').forEach(startTable);
  startFinders();
  startCompare();
  startCharts();
  startSave();
}

if (document.readyState === 'loading') {
  document.addEventListener('DOMContentLoaded', start);
} else {
  start();
}
