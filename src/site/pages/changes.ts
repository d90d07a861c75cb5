import { changeText, type Change, differenceData } from '../changes.ts';
import type { Context } from '../context.ts';
import { type Content, html } from '../html.ts';
import { type Link, places } from '../links.ts';
import { differenceList } from '../parts/difference.ts';
import { passedOf, resultMark } from '../parts/marks.ts';
import { day } from '../parts/words.ts';
import { pageOf } from '../page.ts';
import type { Made } from '../page-result.ts';
import type { RunFacts } from '../run-facts.ts';
import { runData } from '../summary-data.ts';

/** What changed between two versions of a mesh. */
export function changePage({ mesh, before, after, difference, name }: Change, { title }: Context): Made {
  const path = places.changes(mesh.id, name);
  const heading = `${mesh.name} ${before.mesh.version} → ${after.mesh.version}`;
  const main = (link: Link): Content => html`<h1>${heading}</h1>
<p class="lead">${changeText(difference)}.</p>
${side('Before', before, link)}${side('After', after, link)}
${before.suite.digest !== after.suite.digest && html`<p class="note">The two runs used different suites (${before.suite.version} and ${after.suite.version}): a verdict may have changed because its requirement did.</p>`}
${before.kubernetes !== after.kubernetes && html`<p class="note">They ran on different versions of Kubernetes: ${before.kubernetes} and ${after.kubernetes}.</p>`}
<section aria-labelledby="changes"><h2 id="changes">Verdicts</h2>${differenceList(difference, before, after, link)}</section>`;
  const description = `SMI conformance of ${mesh.name}: ${changeText(difference)} from ${before.mesh.version} to ${after.mesh.version}.`;
  const data = { mesh: mesh.id, before: runData(before), after: runData(after), ...differenceData(difference) };
  return { path, html: pageOf({ path, title: heading, description, part: 'home', trail: [{ title: 'Meshes', target: places.home }, { title: mesh.name, target: places.mesh(mesh.id) }], main }, title), data };
}

function side(label: string, run: RunFacts, link: Link): Content {
  return html`<p class="side"><b>${label}</b> <a href="${link(places.run(run.path))}">${run.mesh.version}, ${day(run.startedAt)}</a> ${resultMark(run.result)} <span class="quiet">${passedOf(run.must)} must · Kubernetes ${run.kubernetes} · suite ${run.suite.version}</span></p>`;
}
