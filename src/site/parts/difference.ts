import { identityOf } from '../../judge/index.ts';
import type { Difference } from '../changes.ts';
import { type Content, type Html, html } from '../html.ts';
import { anchorOf, type Link, places } from '../links.ts';
import type { RunFacts } from '../run-facts.ts';
import { mark, markLink } from './marks.ts';
import { counted } from './words.ts';

/** What changed between two runs: what got worse first. */
export function differenceList({ worse, better, other, added, gone, same }: Difference, before: RunFacts, after: RunFacts, link: Link): Html {
  if (worse.length + better.length + other.length + added.length + gone.length === 0) return html`<p class="calm">No verdict changed: ${counted(same, 'result')} as before.</p>`;
  const [was, is] = [places.run(before.path), places.run(after.path)];
  const changed = (title: string, list: Difference['worse']): Content => list.length > 0 && html`<h3>${title} <span class="count">${list.length}</span></h3><ul class="changes">${list.map((one) => html`
<li><a href="${link(places.assertion(one.after.id))}"><code>${identityOf(one.after)}</code></a> ${level(one.after.level)}<span class="change">${markLink(one.before.verdict, link(was, anchorOf(one.before)), `before: ${one.before.verdict}`)} <span aria-hidden="true">→</span> ${markLink(one.after.verdict, link(is, anchorOf(one.after)), `after: ${one.after.verdict}`)}</span></li>`)}</ul>`;
  const single = (title: string, list: Difference['added']): Content => list.length > 0 && html`<details><summary><h3>${title} <span class="count">${list.length}</span></h3></summary><ul class="changes">${list.map((one) => html`
<li><a href="${link(places.assertion(one.id))}"><code>${identityOf(one)}</code></a> ${level(one.level)}${mark(one.verdict)}</li>`)}</ul></details>`;
  return html`${changed('Worse', worse)}${changed('Better', better)}${changed('Otherwise changed', other)}${single('Only in the later run', added)}${single('Only in the earlier run', gone)}<p class="quiet">${counted(same, 'result')} unchanged.</p>`;
}

function level(name: string): Content {
  return name !== 'must' && html`<i class="level">${name}</i> `;
}
