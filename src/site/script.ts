import { worth } from '../report/difference.ts';

/** What the pages can do with JavaScript: filter what is on them, and compare any two runs. Reading needs none of it. Text of strangers only ever becomes text. */
export const script = `'use strict';
const worth = ${JSON.stringify(worth)};

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/* A filter over rows that say in data-text what they are about. */
for (const list of document.querySelectorAll('[data-filter]')) {
  const rows = [...list.querySelectorAll('[data-text]')];
  if (rows.length < 8) continue;
  const groups = [...list.querySelectorAll('tbody')].filter((body) => body.querySelector('.group'));
  const words = element('input', { type: 'search', placeholder: list.dataset.hint || '', 'aria-label': 'Filter ' + list.dataset.filter });
  const said = element('span', { class: 'quiet', role: 'status' });
  const only = element('input', { type: 'checkbox' });
  const asks = (row) => row.querySelector('.v.fail, .v.partial, .v.inconclusive, .v.error') !== null;
  const show = () => {
    const wanted = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.dataset.text.toLowerCase();
      row.hidden = !wanted.every((word) => text.includes(word)) || (only.checked && !asks(row));
      if (!row.hidden) shown++;
    }
    for (const group of groups) group.hidden = !group.querySelector('[data-text]:not([hidden])');
    said.textContent = shown === rows.length ? '' : shown + ' of ' + rows.length;
  };
  words.addEventListener('input', show);
  only.addEventListener('change', show);
  const form = element('form', { class: 'filter', role: 'search', 'aria-label': list.dataset.filter }, words, element('label', {}, only, 'only what did not pass'), said);
  form.addEventListener('submit', (event) => event.preventDefault());
  (list.closest('.scroll') || list).before(form);
}

/* An address may name a result: its details are opened. */
const openNamed = () => {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const details = named && named.closest('details');
  if (details && !details.open) {
    details.open = true;
    named.scrollIntoView();
  }
};
addEventListener('hashchange', openNamed);
openNamed();

/* Any two runs, compared from their pages. */
const comparison = document.getElementById('comparison');
if (comparison) {
  const query = new URLSearchParams(location.search);
  for (const name of ['a', 'b']) {
    const chosen = query.get(name);
    const select = document.getElementById(name);
    if (chosen && isRun(chosen)) {
      if (![...select.options].some((option) => option.value === chosen)) select.append(element('option', { value: chosen }, chosen.replace(/^runs\\//, '').replace(/\\.html$/, '')));
      select.value = chosen;
    } else if (name === 'b' && select.options.length > 1) select.selectedIndex = 0;
    else if (select.options.length > 1) select.selectedIndex = 1;
  }
  const [a, b] = [query.get('a'), query.get('b')];
  if (a && b && isRun(a) && isRun(b)) compare(a, b);
}

/* Only pages of runs of this site, whatever an address says. */
function isRun(path) {
  return /^runs(\\/[\\w.+-]+){3}\\/[\\w+-]+\\.html$/.test(path) && !path.includes('..');
}

async function compare(a, b) {
  comparison.replaceChildren(element('p', {}, 'Comparing …'));
  try {
    const [before, after] = await Promise.all([resultsOf(a), resultsOf(b)]);
    comparison.replaceChildren(...differences(before, after, a, b));
  } catch (error) {
    const why = location.protocol === 'file:' ? 'Pages from a disk may not read each other: serve the folder, such as by npx http-server.' : String(error.message);
    comparison.replaceChildren(element('p', { class: 'note' }, 'These two cannot be compared. ' + why));
  }
}

async function resultsOf(path) {
  const answer = await fetch(path.split('/').map(encodeURIComponent).join('/'));
  if (!answer.ok) throw new Error(path + ' is not there (' + answer.status + ').');
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return new Map([...page.querySelectorAll('[data-id]')].map((one) => [one.dataset.id, { verdict: one.dataset.verdict, anchor: one.querySelector('.body').id }]));
}

function differences(before, after, a, b) {
  const lists = { Worse: [], Better: [], 'Otherwise changed': [], 'Only in the later run': [], 'Only in the earlier run': [] };
  let same = 0;
  for (const [id, is] of after) {
    const was = before.get(id);
    if (!was) lists['Only in the later run'].push(line(id, undefined, is, a, b));
    else if (was.verdict === is.verdict) same++;
    else lists[direction(was.verdict, is.verdict)].push(line(id, was, is, a, b));
  }
  for (const [id, was] of before) if (!after.has(id)) lists['Only in the earlier run'].push(line(id, was, undefined, a, b));
  const parts = Object.entries(lists).filter(([, list]) => list.length > 0).flatMap(([title, list]) => [element('h2', {}, title + ' ', element('span', { class: 'count' }, String(list.length))), element('ul', { class: 'changes' }, ...list)]);
  return [...parts, element('p', { class: parts.length === 0 ? 'calm' : 'quiet' }, same + (parts.length === 0 ? ' results, and all are as before.' : ' results unchanged.'))];
}

function direction(was, is) {
  const [from, to] = [worth[was], worth[is]];
  if (from === undefined || to === undefined || from === to || (from < to && is === 'skip')) return 'Otherwise changed';
  return to < from ? 'Worse' : 'Better';
}

function line(id, was, is, a, b) {
  const mark = (one, page) => element('a', { class: 'v ' + one.verdict, href: page.split('/').map(encodeURIComponent).join('/') + '#' + encodeURIComponent(one.anchor) }, one.verdict);
  const change = [was && mark(was, a), was && is && ' → ', is && mark(is, b)].filter(Boolean);
  return element('li', {}, element('code', {}, id), element('span', { class: 'change' }, ...change));
}
`;
