import type { Context } from '../context.ts';
import { type Content, html } from '../html.ts';
import { type Link, places } from '../links.ts';
import { pageOf } from '../page.ts';
import type { Made } from '../page-result.ts';

const mostRuns = 200;

/** Any two runs: the two pages are fetched and compared in the reader's browser. Adjacent versions have pages of their own. */
export function comparePage({ title, meshes }: Context): Made {
  const path = places.compare;
  const each = Math.max(1, Math.floor(mostRuns / Math.max(1, meshes.length)));
  const options = meshes.map(({ name, versions }) => html`<optgroup label="${name}">${versions.slice(0, each).map(({ version, run }) => html`<option value="${places.run(run.path)}">${name} ${version}, ${run.startedAt.slice(0, 10)}</option>`)}</optgroup>`);
  const main = (link: Link): Content => html`<h1>Compare two runs</h1>
<p class="lead">What got worse, better, new and gone between two runs, by assertion and API version.</p>
<form class="compare" method="get" action="${link(path)}"><p><label for="a">Before</label> <select id="a" name="a">${options}</select></p><p><label for="b">After</label> <select id="b" name="b">${options}</select></p><p><button>Compare</button></p></form>
<div id="comparison" aria-live="polite"></div>
<noscript><p class="note">Comparing any two runs needs JavaScript. What is below does not.</p></noscript>
<h2>Adjacent versions</h2><ul class="rows">${meshes.filter(({ versions }) => versions.length > 1).map(({ id, name }) => html`<li><a href="${link(places.mesh(id), 'changes')}">${name}, from version to version</a></li>`)}</ul>`;
  return { path, html: pageOf({ path, title: 'Compare two runs', description: 'What changed between two runs.', part: 'compare', data: false, main }, title) };
}
