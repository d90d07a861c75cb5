import { changeText, type Change } from '../changes.ts';
import type { Context } from '../context.ts';
import { type Content, type Html, html } from '../html.ts';
import { type Link, places } from '../links.ts';
import { chart, chartForms, sample } from '../parts/chart.ts';
import { legend, passedOf, resultMark } from '../parts/marks.ts';
import { matrix } from '../parts/matrix.ts';
import { runTable } from '../parts/run-table.ts';
import { specificationCards } from '../parts/specifications.ts';
import { counted, day } from '../parts/words.ts';
import { pageOf } from '../page.ts';
import type { Made } from '../page-result.ts';
import { runData, verdictData } from '../summary-data.ts';
import { along, axes, compareVersions, type MeshRuns } from '../timeline.ts';

const mostVersions = 10;
const mostRuns = 25;
const mostKubernetes = 8;

/** One mesh: its latest version, requirements by version, its history. */
export function meshPage(mesh: MeshRuns, changes: readonly Change[], { title, requirements, known }: Context): Made {
  const path = places.mesh(mesh.id);
  const latest = mesh.versions[0];
  const shown = mesh.versions.slice(0, mostVersions);
  const main = (link: Link): Content => latest !== undefined && html`
<h1>${mesh.name}</h1>
<p class="lead">${resultMark(latest.run.result)} Version ${latest.version}: ${passedOf(latest.run.must)} must requirements hold. <a href="${link(places.run(latest.run.path))}">Run of ${day(latest.run.startedAt)}</a> on Kubernetes ${latest.run.kubernetes}.</p>
${specificationCards(latest.run)}
<section aria-labelledby="history"><h2 id="history">History</h2>
<p>A cell for each must requirement, by the newest run for each version. Those that hold stand at the bottom, and the others on top of them: <span class="sample">${sample('partial')} partial</span>, <span class="sample">${sample('inconclusive')} inconclusive</span>, <span class="sample">${sample('failed')} failed</span>.</p>
${chartForms()}
<div class="charts">${axes.map(({ name, of }, index) => {
    const points = along(mesh.runs, of);
    return (index === 0 || points.length > 1) && history(path, name, points, link);
  })}</div></section>
<section aria-labelledby="versions"><h2 id="versions">Requirements by version</h2>
${shown.length < mesh.versions.length && html`<p class="quiet">The latest ${shown.length} of ${mesh.versions.length} versions; the data of this page have all.</p>`}
${legend()}
${matrix({ columns: shown.map(({ version, run }) => ({ head: html`<a href="${link(places.run(run.path))}">${version}</a>`, run })), requirements, known, link, caption: `Requirements by version of ${mesh.name}` })}</section>
${changes.length > 0 && html`<section aria-labelledby="changes"><h2 id="changes">From version to version</h2><ul class="rows">${changes.map((change) => html`
<li><a href="${link(places.changes(mesh.id, change.name))}">${change.before.mesh.version} → ${change.after.mesh.version}</a> <span>${changeText(change.difference)}</span></li>`)}</ul></section>`}
${grid(mesh, link)}
<section aria-labelledby="runs"><h2 id="runs">Newest runs</h2>${runTable(mesh.runs.slice(0, mostRuns), link, false)}
<p><a href="${link(places.runs)}">All runs by month</a></p></section>`;
  const data = {
    mesh: mesh.id, name: mesh.name, runs: mesh.runs.length,
    versions: mesh.versions.map(({ run, runs }) => ({ ...runData(run), runs, verdicts: verdictData(run) })),
    history: Object.fromEntries(axes.map(({ name, of }) => [name, along(mesh.runs, of).map(({ value, run, runs }) => ({ value, runs, must: run.must, result: run.result, report: run.path }))])),
  };
  const description = `SMI conformance of ${mesh.name}: ${counted(mesh.versions.length, 'version')}, ${counted(mesh.runs.length, 'run')}.`;
  return { path, html: pageOf({ path, title: mesh.name, description, part: 'home', trail: [{ title: 'Meshes', target: places.home }], main }, title), data };
}

function history(page: string, name: string, points: ReturnType<typeof along>, link: Link): Html {
  return html`<figure><figcaption>By ${name}</figcaption>${chart(page, points.map(({ value, run }) => ({ label: value, run })), `Must requirements by ${name}`)}
<details><summary>As a table</summary><div class="scroll" role="region" tabindex="0" aria-label="Table by ${name}"><table><thead><tr><th scope="col">${name}</th><th scope="col">Result</th><th scope="col" class="number">Must</th><th scope="col" class="number">Should</th><th scope="col" class="number">Runs</th><th scope="col">Newest</th></tr></thead>
<tbody>${points.toReversed().map(({ value, run, runs }) => html`<tr><th scope="row">${value}</th><td>${resultMark(run.result)}</td><td class="number">${passedOf(run.must)}</td><td class="number">${passedOf(run.should)}</td><td class="number">${runs}</td><td><a href="${link(places.run(run.path))}">${day(run.startedAt)}</a></td></tr>
`)}</tbody></table></div></details></figure>`;
}

/** Which version was run on which Kubernetes. */
function grid({ runs, versions, name }: MeshRuns, link: Link): Html | undefined {
  const kubernetes = [...new Set(runs.map((run) => run.kubernetes))].toSorted(compareVersions).toReversed().slice(0, mostKubernetes);
  if (kubernetes.length < 2) return undefined;
  const newest = new Map(runs.toReversed().map((run) => [`${run.mesh.version} ${run.kubernetes}`, run]));
  return html`<section aria-labelledby="kubernetes"><h2 id="kubernetes">On which Kubernetes</h2><div class="scroll" role="region" tabindex="0" aria-label="Versions of ${name} by Kubernetes version"><table class="grid"><thead><tr><th scope="col">Version</th>${kubernetes.map((version) => html`<th scope="col">${version}</th>`)}</tr></thead>
<tbody>${versions.slice(0, mostVersions).map(({ version }) => html`<tr><th scope="row">${version}</th>${kubernetes.map((on) => {
    const run = newest.get(`${version} ${on}`);
    return run === undefined ? html`<td class="none"><span class="unseen">no run</span></td>` : html`<td><a class="v ${run.result === 'passed' ? 'pass' : 'fail'}" href="${link(places.run(run.path))}">${run.result}</a> <small>${run.must.passed}/${run.must.applicable}</small></td>`;
  })}</tr>
`)}</tbody></table></div></section>`;
}
