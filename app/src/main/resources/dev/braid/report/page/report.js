// On paper nothing is folded, and afterwards all is as it was.
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
// Who follows a link to a folded part wants to see it.
const unfold = () => {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target && target.tagName === 'DETAILS') target.open = true;
};
addEventListener('hashchange', unfold);
addEventListener('DOMContentLoaded', unfold);
