import { durationText, identityOf, nameOfId } from '../../judge/index.ts';
import type { AssertionResult, Report } from '../../model/report.ts';
import { specifications, type Verdict } from '../../model/specification.ts';
import { changeText, differenceBetween } from '../changes.ts';
import type { Context } from '../context.ts';
import { type Content, type Html, html } from '../html.ts';
import { anchorOf, dataOf, type Link, places } from '../links.ts';
import { differenceList } from '../parts/difference.ts';
import { evidence } from '../parts/evidence.ts';
import { mark, passedOf, resultMark } from '../parts/marks.ts';
import { provenanceText } from '../parts/provenance.ts';
import { specificationCards } from '../parts/specifications.ts';
import { day, moment, specificationName } from '../parts/words.ts';
import { bundlePathOf } from '../../publish/index.ts';
import { pageOf } from '../page.ts';
import type { RunFacts } from '../run-facts.ts';

export type RunContext = Pick<Context, 'title' | 'known' | 'sourceUrl'>;

/** One run, whole: what failed first, then everything, each result with an anchor of its own. `before` is the run of the same mesh on the same Kubernetes before it. */
export function runPage(report: Report, run: RunFacts, before: RunFacts | undefined, { title, known, sourceUrl }: RunContext): string {
  const path = places.run(run.path);
  const heading = `${report.mesh.name} ${report.mesh.version}`;
  const reasons = Object.fromEntries(report.specifications.map(({ specification, capabilityReason }) => [specification, capabilityReason]));
  const files = filesOf(run, sourceUrl);
  const attention = report.assertions.filter(asksForAttention).toSorted((a, b) => order[a.verdict] - order[b.verdict]);
  const main = (link: Link): Content => html`<h1>${heading} <small>on Kubernetes ${report.kubernetes.version}</small></h1>
<p class="lead">${resultMark(run.result)} ${passedOf(run.must)} must requirements hold. ${moment(report.run.startedAt)}.</p>
${specificationCards(run, reasons)}
${report.warnings.length > 0 && html`<section aria-labelledby="warnings"><h2 id="warnings">Warnings</h2><ul>${report.warnings.map((warning) => html`<li>${warning}</li>`)}</ul></section>`}
${attention.length > 0 && html`<section aria-labelledby="attention"><h2 id="attention">What did not pass</h2>${attention.map((result) => resultPart(result, run, known, link))}</section>`}
<section aria-labelledby="results"><h2 id="results">${attention.length > 0 ? 'All else' : 'Results'}</h2><p class="quiet">Open one to see what was expected, what was seen, and the numbers behind it.</p>
<div data-filter="results" data-hint="such as weight">${specifications.map((specification) => results(specification, report, run, known, link))}</div></section>
${before !== undefined && since(run, before, link)}
<section aria-labelledby="provenance"><h2 id="provenance">Who says so</h2>${provenanceText(run.provenance)}
<p>Report: ${files.report(link)}${run.provenance.state !== 'unsigned' && html` · bundle: ${files.bundle(link)}`} · SHA-256 of the report: <code class="break">${run.digest}</code></p>
<p>Check it yourself, with both files in a folder: <code>smi-conformance verify ${nameOf(run.path)}${run.provenance.state !== 'unsigned' && ` --bundle ${nameOf(bundlePathOf(run.path))}`}</code></p></section>
${facts(report)}
<p><a href="${link(places.compare)}?b=${encodeURIComponent(path)}">Compare this run with another</a></p>`;
  const description = `${heading} on Kubernetes ${report.kubernetes.version}: ${run.result}, ${passedOf(run.must)} must requirements of SMI hold.`;
  return pageOf({ path, title: `${heading}, ${report.run.startedAt.slice(0, 10)}`, description, part: 'runs', data: sourceUrl === undefined, trail: [{ title: 'Runs', target: places.runs }, { title: report.mesh.name, target: places.mesh(report.mesh.id) }], main }, title);
}

function filesOf({ path }: RunFacts, sourceUrl: string | undefined): Record<'report' | 'bundle', (link: Link) => Html> {
  const file = (name: string) => (link: Link): Html => html`<a href="${sourceUrl === undefined ? link(name) : sourceUrl + name.split('/').map(encodeURIComponent).join('/')}">${nameOf(name)}</a>`;
  return { report: file(sourceUrl === undefined ? dataOf(places.run(path), 'json') : path), bundle: file(bundlePathOf(path)) };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

const order: Record<Verdict, number> = { fail: 0, error: 1, partial: 2, inconclusive: 3, pass: 4, info: 5, skip: 6 };

function asksForAttention({ verdict }: AssertionResult): boolean {
  return order[verdict] < order.pass;
}

function results(specification: string, { assertions }: Report, run: RunFacts, known: Context['known'], link: Link): Html | undefined {
  const mine = assertions.filter((result) => result.specification === specification && !asksForAttention(result)).toSorted((a, b) => order[a.verdict] - order[b.verdict]);
  return mine.length === 0 ? undefined : html`<h3 class="group">${specificationName(specification)}</h3>${mine.map((result) => resultPart(result, run, known, link))}`;
}

function resultPart(result: AssertionResult, run: RunFacts, known: Context['known'], link: Link): Html {
  const { id, version, title, verdict, level, requirement, durationMs } = result;
  const failure = verdict === 'pass' ? undefined : known(result, run.mesh);
  const times = [version, ...(level === 'must' ? [] : [level]), ...(durationMs === 0 ? [] : [durationText(durationMs)])];
  return html`<details class="result" data-id="${identityOf(result)}" data-verdict="${verdict}" data-text="${id} ${title} ${verdict}"${order[verdict] < order.partial && html` open`}><summary>${mark(verdict)} <span class="name">${nameOfId(id)}</span> <span class="title">${title}</span>${failure !== undefined && html` <span class="tag">known</span>`} <span class="times">${times.join(' · ')}</span></summary>
<div id="${anchorOf(result)}" class="body"><p>${requirement.text} <span class="quiet">${requirement.source}${result.gate && ' · other requirements rest on it'}</span></p>${evidence(result, failure)}<p class="small"><a href="${link(places.assertion(id))}">The same of all meshes</a></p></div></details>
`;
}

function since(run: RunFacts, before: RunFacts, link: Link): Html {
  const difference = differenceBetween(before, run);
  return html`<section aria-labelledby="since"><h2 id="since">Since the run before</h2><p><a href="${link(places.run(before.path))}">${before.mesh.version}, ${day(before.startedAt)}</a>, on Kubernetes ${before.kubernetes}: ${changeText(difference)}.${before.suite.digest !== run.suite.digest && ' The suite was another one.'}</p>${differenceList(difference, before, run, link)}</section>`;
}

function facts({ run, suite, mesh, kubernetes, timing, statistics, served, phases }: Report): Html {
  const list: [string, Content][] = [
    ['Run', html`<code>${run.id}</code>, ${durationText(run.durationMs)} (${phases.map(({ name, durationMs }) => `${name} ${durationText(durationMs)}`).join(', ')})`],
    ['Suite', html`${suite.version}${suite.smiRelease !== undefined && `, SMI ${suite.smiRelease}`}, <code class="break">${suite.digest}</code>`],
    ['Program', run.tool],
    ['Kubernetes', kubernetes.version],
    ['Served', served.map(({ group, version, kinds }) => `${group}/${version}: ${kinds.join(', ')}`).join('; ') || 'nothing of SMI'],
    ['Images of the mesh', mesh.images.length === 0 ? 'none found' : html`<ul class="plain">${mesh.images.map(({ image, digest, kind }) => html`<li><code class="break">${image}</code><br><code class="break quiet">${digest}</code>${kind === 'image-id' && ' (image id)'}</li>`)}</ul>`],
    ['Patience', `${timing.name}: a change may take ${durationText(timing.applyMs)}, and later ${timing.applyFactor} times the slowest one seen, at least ${durationText(timing.applyFloorMs)}`],
    ['Chance of a false failure', `${statistics.falseFailure.toExponential(1)} over ${statistics.checks} statistical checks`],
  ];
  return html`<section aria-labelledby="facts"><h2 id="facts">Under which conditions</h2><dl class="facts">${list.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></section>`;
}
