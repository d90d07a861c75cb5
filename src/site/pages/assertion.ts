import { nameOfId } from '../../judge/index.ts';
import type { AssertionResult } from '../../model/report.ts';
import type { Context } from '../context.ts';
import { type Content, type Html, html } from '../html.ts';
import { anchorOf, type Link, places } from '../links.ts';
import { markLink } from '../parts/marks.ts';
import { evidence } from '../parts/evidence.ts';
import { specificationName } from '../parts/words.ts';
import { pageOf } from '../page.ts';
import type { Made } from '../page-result.ts';
import type { RequirementFacts } from '../requirements.ts';
import { resultsOf, type RunFacts } from '../run-facts.ts';

/** What the latest version of one mesh made of an assertion. */
export interface Latest {
  run: RunFacts;
  results: AssertionResult[];
}

const mostVersions = 16;

/** One assertion: what it requires, and what each mesh was seen to do. */
export function assertionPage(requirement: RequirementFacts, latest: readonly Latest[], { title, meshes, requirements, known }: Context): Made {
  const { id, specification, level, kind, source, text, versions, ignoring, gates = [] } = requirement;
  const path = places.assertion(id);
  const strips = meshes.flatMap(({ name, id: mesh, versions: all }) => {
    const seen = all.slice(0, mostVersions).map(({ version, run }) => ({ version, run, results: resultsOf(run).filter((result) => result.id === id) })).filter(({ results }) => results.length > 0);
    return seen.length === 0 ? [] : [{ name, mesh, seen: seen.toReversed() }];
  });
  const main = (link: Link): Content => html`<p class="kicker"><code>${id}</code></p><h1>${requirement.title}</h1>
<p class="lead">${text}</p>
<dl class="facts"><div><dt>Level</dt><dd>${level}</dd></div><div><dt>Kind</dt><dd>${kind}</dd></div><div><dt>Specification</dt><dd>${source}</dd></div>${versions !== undefined && html`<div><dt>API versions</dt><dd>${versions.join(', ')}</dd></div>`}
${gates.length > 0 && html`<div><dt>Rests on</dt><dd>${gates.map((gate, index) => html`${index > 0 && ', '}${requirements.has(gate) ? html`<a href="${link(places.assertion(gate))}">${nameOfId(gate)}</a>` : nameOfId(gate)}`)}</dd></div>`}
${ignoring !== undefined && html`<div><dt>A mesh that ignores it</dt><dd>${ignoring}</dd></div>`}</dl>
${strips.length === 0 ? html`<p class="calm">No run has a result for it yet.</p>` : html`
<section aria-labelledby="versions"><h2 id="versions">By version</h2>${strips.map(({ name, mesh, seen }) => html`<h3><a href="${link(places.mesh(mesh))}">${name}</a></h3><ul class="strip">${seen.map(({ version, run, results }) => html`
<li><span>${version}</span>${results.map((result) => markLink(result.verdict, link(places.run(run.path), anchorOf(result)), `${version}: ${result.verdict}, at ${result.version}`))}</li>`)}</ul>`)}</section>
<section aria-labelledby="seen"><h2 id="seen">Expected and seen</h2><p class="quiet">In the newest run of the latest version of each mesh.</p>${latest.map((one) => ofMesh(one, link))}</section>`}`;
  function ofMesh({ run, results }: Latest, link: Link): Html {
    return html`${results.map((result) => html`<article class="result"><h3>${run.mesh.name} ${run.mesh.version} ${markLink(result.verdict, link(places.run(run.path), anchorOf(result)))} <small>${result.version}</small></h3>${evidence(result, known(result, run.mesh))}</article>`)}`;
  }
  const data = {
    ...requirement,
    meshes: latest.map(({ run, results }) => ({ mesh: run.mesh.id, meshVersion: run.mesh.version, report: run.path, results: results.map(({ version, verdict, reason, expected, seen }) => ({ version, verdict, reason, expected, seen })) })),
    versions: Object.fromEntries(strips.map(({ mesh, seen }) => [mesh, Object.fromEntries(seen.map(({ version, results }) => [version, Object.fromEntries(results.map((result) => [result.version, result.verdict]))]))])),
    ...(versions !== undefined && { apiVersions: versions }),
  };
  return { path, html: pageOf({ path, title: requirement.title, description: text, part: 'requirements', trail: [{ title: 'Requirements', target: places.requirements }, { title: specificationName(specification), target: places.requirements }], main }, title), data };
}
