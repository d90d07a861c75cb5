import { type Html, html } from '../html.ts';
import { type Link, places } from '../links.ts';
import type { RunFacts } from '../run-facts.ts';
import { passedOf, resultMark } from './marks.ts';
import { provenanceLine } from './provenance.ts';
import { moment } from './words.ts';

/** Runs, one a line. */
export function runTable(runs: readonly RunFacts[], link: Link, withMesh = true): Html {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Runs"><table class="runs" data-filter="runs" data-hint="such as v1.2"><thead><tr><th scope="col">Run</th>${withMesh && html`<th scope="col">Mesh</th>`}<th scope="col">Version</th><th scope="col">Kubernetes</th><th scope="col">Result</th><th scope="col" class="number">Must</th><th scope="col">Suite</th><th scope="col">Signature</th></tr></thead>
<tbody>${runs.map((run) => html`<tr data-text="${run.mesh.name} ${run.mesh.version} ${run.kubernetes} ${run.id} ${run.result}"><th scope="row"><a href="${link(places.run(run.path))}">${moment(run.startedAt)}</a></th>${withMesh && html`<td><a href="${link(places.mesh(run.mesh.id))}">${run.mesh.name}</a></td>`}<td>${run.mesh.version}</td><td>${run.kubernetes}</td><td>${resultMark(run.result)}</td><td class="number">${passedOf(run.must)}</td><td>${run.suite.version}</td><td>${provenanceLine(run.provenance)}</td></tr>
`)}</tbody></table></div>`;
}
