import type { Context } from '../context.ts';
import { type Content, html } from '../html.ts';
import { places } from '../links.ts';
import { legend } from '../parts/marks.ts';
import { pageOf } from '../page.ts';
import type { Made } from '../page-result.ts';

const mostRefused = 200;

/** How to read the pages, and how to check them. */
export function aboutPage({ title, refused }: Context): Made {
  const path = places.about;
  const main = (): Content => html`<h1>How to read and check these pages</h1>
<h2>Two answers, never mixed</h2>
<p><b>Capability</b> says how much of a specification a mesh offers: full, partial or none. A mesh that never meant to offer one has the capability none, which is no failure.</p>
<p><b>Compliance</b> says whether what it offers behaves as the specification says. It has passed when every <i>must</i> requirement that applies holds. Requirements of the level <i>should</i> are counted apart.</p>
<h2>Verdicts</h2>${legend()}
<p>A requirement can be asked for at more than one version of its API: each has a verdict of its own.</p>
<h2>Which run counts</h2>
<p>For a version of a mesh, its newest run. Only complete runs of the whole suite on a real cluster are shown: nothing was left out, and nothing could not be judged.</p>
<h2>Checking a result</h2>
<p>Every run’s page links its report and, where it was signed, the bundle beside it. <code>smi-conformance verify</code> checks the signature and who made it, and works the figures out again from the looks in the report. A report that is <i>unsigned</i> can be read and recomputed, but nobody vouches for it.</p>
<h2 id="left-out">Files that are not shown</h2>
${refused.length === 0 ? html`<p>None: every report among the runs is shown.</p>` : html`<p>${refused.length} among the runs ${refused.length === 1 ? 'is' : 'are'} not shown:</p><ul class="plain">${refused.slice(0, mostRefused).map((one) => html`<li><code class="break">${one.path}</code>: ${one.why}</li>`)}</ul>${refused.length > mostRefused && html`<p>… and ${refused.length - mostRefused} more.</p>`}`}`;
  return { path, html: pageOf({ path, title: 'How to read and check these pages', description: 'What capability, compliance and the verdicts mean.', part: 'about', main }, title), data: { title, refused } };
}
