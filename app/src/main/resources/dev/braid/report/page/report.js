// Unfolds everything for printing, and restores it afterwards.
addEventListener('beforeprint', () => {
  for (const part of document.querySelectorAll('details:not([open])')) {
    part.dataset.folded = '';
    part.open = true;
  }
});
addEventListener('afterprint', () => {
  for (const part of document.querySelectorAll('details[data-folded]')) {
    delete part.dataset.folded;
    part.open = false;
  }
});
// A link to a folded part unfolds it.
const unfold = () => {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target && target.tagName === 'DETAILS') target.open = true;
};
addEventListener('hashchange', unfold);
addEventListener('DOMContentLoaded', unfold);
