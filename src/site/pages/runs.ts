import type { Context } from '../context.ts';
import { type Content, html } from '../html.ts';
import { type Link, places } from '../links.ts';
import { counted, monthText } from '../parts/words.ts';
import { runTable } from '../parts/run-table.ts';
import { pageOf } from '../page.ts';
import type { Made } from '../page-result.ts';
import type { RunFacts } from '../run-facts.ts';
import { runData } from '../summary-data.ts';
import { byDate } from '../timeline.ts';

const mostNewest = 50;
const mostOnPage = 250;

interface Month {
  /** `2026-11`, or `2026-11-2` for its second part. */
  name: string;
  title: string;
  /** The newest first. */
  runs: RunFacts[];
}

/** All runs: the newest, and a page for each month. A month with many runs has parts, counted from its beginning, so that a new run changes the last part only. One after the other: all of them at once would take hundreds of megabytes. */
export function* runPages({ title, meshes }: Context): Generator<Made> {
  const runs = meshes.flatMap((mesh) => mesh.runs).toSorted(byDate);
  const months = monthsOf(runs);
  yield index(title, runs, months);
  for (const month of months) yield monthPage(title, month);
}

function index(title: string, runs: readonly RunFacts[], months: readonly Month[]): Made {
  const path = places.runs;
  const main = (link: Link): Content => html`<h1>Runs</h1>
<p class="lead">${counted(runs.length, 'run')}. Each is shown whole, with what was expected and what was seen.</p>
<section aria-labelledby="newest"><h2 id="newest">Newest</h2>${runTable(runs.slice(0, mostNewest), link)}</section>
<section aria-labelledby="months"><h2 id="months">By month</h2><ul class="columns">${months.map((month) => html`
<li><a href="${link(places.month(month.name))}">${month.title}</a> <span class="quiet">${month.runs.length}</span></li>`)}</ul></section>`;
  const data = { runs: runs.length, newest: runs.slice(0, mostNewest).map(runData), months: months.map((month) => ({ name: month.name, runs: month.runs.length })) };
  return { path, html: pageOf({ path, title: 'Runs', description: `All ${runs.length} runs.`, part: 'runs', main }, title), data };
}

function monthPage(title: string, { name, title: month, runs }: Month): Made {
  const path = places.month(name);
  const main = (link: Link): Content => html`<h1>Runs of ${month}</h1><p class="lead">${counted(runs.length, 'run')}.</p>${runTable(runs, link)}`;
  return { path, html: pageOf({ path, title: `Runs of ${month}`, description: `${runs.length} runs of ${month}.`, part: 'runs', trail: [{ title: 'Runs', target: places.runs }], main }, title), data: { runs: runs.map(runData) } };
}

function monthsOf(runs: readonly RunFacts[]): Month[] {
  const groups = new Map<string, RunFacts[]>();
  for (const run of runs) {
    const name = run.startedAt.slice(0, 7);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [run]);
    else group.push(run);
  }
  return [...groups].flatMap(([name, all]) => {
    const parts = Math.ceil(all.length / mostOnPage);
    const oldest = all.toReversed();
    return Array.from({ length: parts }, (_, part): Month => ({
      name: parts === 1 || part === 0 ? name : `${name}-${part + 1}`,
      title: parts === 1 ? monthText(name) : `${monthText(name)}, part ${part + 1}`,
      runs: oldest.slice(part * mostOnPage, (part + 1) * mostOnPage).toReversed(),
    })).toReversed();
  });
}
