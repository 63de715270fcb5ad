// What a page has is started once it is there.

function start() {
  root.classList.add('js');
  all('table[data-sortable]').forEach(startTable);
  all('input[data-filter]').forEach(startFinder);
  startCharts();
}

if (document.readyState === 'loading') {
  document.addEventListener('DOMContentLoaded', start);
} else {
  start();
}
