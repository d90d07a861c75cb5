import { changeText, type Change } from '../changes.ts';
import type { Context } from '../context.ts';
import { type Content, type Html, html } from '../html.ts';
import { type Link, places } from '../links.ts';
import { spark } from '../parts/chart.ts';
import { compliance, legend, passedOf } from '../parts/marks.ts';
import { largestMatrix } from '../parts/matrix.ts';
import { latestColumns } from './requirements.ts';
import { provenanceLine } from '../parts/provenance.ts';
import { counted, day, specificationName } from '../parts/words.ts';
import { pageOf } from '../page.ts';
import type { Made } from '../page-result.ts';
import type { SpecificationFacts } from '../run-facts.ts';
import { runData, verdictData } from '../summary-data.ts';
import { byDate, type MeshRuns } from '../timeline.ts';
import { specifications } from '../../model/specification.ts';

const mostChanges = 6;
/** A page that is looked at first, often by telephone, must stay light however large the suite is. */
const mostOfMatrix = 80_000;

/** All meshes at a glance, each by the newest run of its greatest version. */
export function homePage(context: Context, changes: readonly Change[]): Made {
  const { title, meshes } = context;
  const latest = meshes.flatMap((mesh) => mesh.versions[0] ?? []).map(({ run }) => run);
  const runs = meshes.reduce((sum, mesh) => sum + mesh.runs.length, 0);
  const path = places.home;
  const main = (link: Link): Content => html`
<h1>${title}</h1>
<p class="lead">Which service meshes do what the <abbr title="Service Mesh Interface">SMI</abbr> specifications say. <em>Capability</em> is how much of a specification a mesh offers; <em>compliance</em> is whether what it offers behaves as the specification says.</p>
${meshes.length === 0 ? html`<p class="calm">There are no runs yet. A workflow with <code>publish_branch: smi-conformance</code> adds one each time.</p>` : html`
<p class="quiet">${counted(runs, 'run')} of ${counted(meshes.length, 'mesh').replace('meshs', 'meshes')}; the newest of ${day(latest.toSorted(byDate)[0]?.startedAt ?? '')}.</p>
${meshTable(meshes, link)}
${requirementsPart(context, link)}
${changes.length > 0 && html`<section aria-labelledby="changed"><h2 id="changed">What changed last</h2><ul class="rows">${changes.slice(0, mostChanges).map((change) => html`
<li><a href="${link(places.changes(change.mesh.id, change.name))}">${change.mesh.name} ${change.before.mesh.version} → ${change.after.mesh.version}</a> <span>${changeText(change.difference)}</span> <span class="quiet">${day(change.after.startedAt)}</span></li>`)}</ul></section>`}`}`;
  const data = { title, runs, meshes: meshes.map(({ id, name, versions: [first], runs: list }) => ({ id, name, runs: list.length, ...(first && { latest: { ...runData(first.run), verdicts: verdictData(first.run) } }) })) };
  return { path, html: pageOf({ path, title, description: 'Capability and compliance of service meshes with the Service Mesh Interface, from signed runs.', part: 'home', main }, title), data };
}

function requirementsPart({ meshes, requirements, known }: Context, link: Link): Html {
  const { table, rows, all } = largestMatrix({ columns: latestColumns(meshes, link), requirements, known, link, caption: 'Requirements by mesh' }, mostOfMatrix);
  const words = rows === all ? 'Each requirement of the suite, and' : html`${rows} of <a href="${link(places.requirements)}">all ${all} requirements</a>, those that fewest meshes meet, and`;
  return html`<section aria-labelledby="requirements"><h2 id="requirements">Requirements</h2>
<p>${words} what the latest version of each mesh makes of it.</p>
${legend()}
${table}</section>`;
}

function meshTable(meshes: readonly MeshRuns[], link: Link): Html {
  return html`<table class="meshes stack"><caption class="unseen">Meshes by specification: capability, compliance, and how many must requirements hold</caption>
<thead><tr><th scope="col">Mesh</th>${specifications.map((name) => html`<th scope="col">${specificationName(name)}</th>`)}<th scope="col">Over versions</th></tr></thead>
<tbody>${meshes.map(({ id, name, versions }) => {
    const [first] = versions;
    if (first === undefined) return undefined;
    const { run } = first;
    return html`<tr><th scope="row"><a href="${link(places.mesh(id))}">${name}</a> <span class="version">${first.version}</span><small><a href="${link(places.run(run.path))}">${day(run.startedAt)}</a> · Kubernetes ${run.kubernetes} · ${provenanceLine(run.provenance)}</small></th>
${specifications.map((specification) => specificationCell(specification, run.specifications.find((one) => one.specification === specification)))}<td data-label="Over versions">${spark(versions.map((one) => one.run).toReversed()) ?? html`<span class="quiet small">one version</span>`}</td></tr>
`;
  })}</tbody></table>`;
}

function specificationCell(specification: string, facts: SpecificationFacts | undefined): Html {
  if (facts === undefined) return html`<td data-label="${specificationName(specification)}"><span class="quiet">not in this run</span></td>`;
  const partly = facts.must.partial > 0 ? `, ${facts.must.partial} partial` : '';
  const words = facts.capability === 'none' ? 'capability none' : `${facts.capability} · ${passedOf(facts.must)} must${partly}`;
  return html`<td data-label="${specificationName(specification)}">${compliance(facts)}<small>${words}</small></td>`;
}
