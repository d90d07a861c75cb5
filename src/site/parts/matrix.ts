import type { Verdict, Version } from '../../model/specification.ts';
import { specifications } from '../../model/specification.ts';
import { nameOfId } from '../../judge/index.ts';
import type { Requirements } from '../requirements.ts';
import { type Content, type Html, html } from '../html.ts';
import { anchorOf, type Link, places } from '../links.ts';
import { type RunFacts, resultsOf } from '../run-facts.ts';
import type { KnownFailures } from '../known-failures.ts';
import { mark } from './marks.ts';
import { specificationName } from './words.ts';

export interface MatrixColumn {
  /** Head of the column. */
  head: Content;
  run: RunFacts;
}

export interface MatrixOptions {
  columns: readonly MatrixColumn[];
  requirements: Requirements;
  known: KnownFailures;
  link: Link;
  caption: string;
}

/** Requirements × runs. A cell has a verdict for each API version at which the run asked; several that are equal are one. */
export function matrix({ columns, requirements, known, link, caption }: MatrixOptions): Html {
  const cells = columns.map(({ run }) => cellsOf(run));
  const rows = (specification: string): string[] => [...requirements.values()].filter((one) => one.specification === specification && cells.some((column) => column.has(one.id))).map(({ id }) => id);
  return html`<div class="matrix scroll" role="region" tabindex="0" aria-label="${caption}"><table data-filter="requirements" data-hint="such as weight">
<caption class="unseen">${caption}</caption>
<thead><tr><th scope="col">Requirement</th>${columns.map(({ head }) => html`<th scope="col">${head}</th>`)}</tr></thead>
${specifications.map((specification) => {
    const ids = rows(specification);
    return ids.length > 0 && html`<tbody><tr class="group"><th scope="rowgroup" colspan="${columns.length + 1}">${specificationName(specification)}</th></tr>
${ids.map((id) => {
      const { title, level } = requirements.get(id) ?? { title: id, level: 'must' };
      return html`<tr data-text="${id} ${title}"><th scope="row"><a href="${link(places.assertion(id))}">${nameOfId(id)}</a>${level !== 'must' && html` <i class="level">${level}</i>`}<small>${title}</small></th>${columns.map(({ run }, index) => cell(cells[index]?.get(id), run, known, link))}</tr>
`;
    })}</tbody>`;
  })}
</table></div>`;
}

/** As many rows of a matrix as fit into so many characters: those in which the most runs show something else than a pass, all where they fit. */
export function largestMatrix(options: MatrixOptions, mostCharacters: number): { table: Html; rows: number; all: number } {
  const cells = options.columns.map(({ run }) => cellsOf(run));
  const missing = (id: string): number => cells.filter((column) => column.get(id)?.some(({ verdict }) => !quiet.has(verdict))).length;
  const ids = [...options.requirements.keys()].filter((id) => cells.some((column) => column.has(id)));
  const ranked = ids.map((id) => ({ id, missing: missing(id) })).toSorted((a, b) => b.missing - a.missing).map(({ id }) => id);
  for (let rows = ids.length; ; rows = Math.floor(rows * 0.8)) {
    const shown = new Set(ranked.slice(0, rows));
    const table = matrix({ ...options, requirements: new Map([...options.requirements].filter(([id]) => shown.has(id))) });
    if (table.text.length <= mostCharacters || rows <= 1) return { table, rows, all: ids.length };
  }
}

type Cell = { version: Version; verdict: Verdict; id: string }[];

function cellsOf(run: RunFacts): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const { id, version, verdict } of resultsOf(run)) {
    const cell = cells.get(id);
    if (cell === undefined) cells.set(id, [{ id, version, verdict }]);
    else cell.push({ id, version, verdict });
  }
  return cells;
}

function cell(results: Cell | undefined, run: RunFacts, known: KnownFailures, link: Link): Html {
  if (results === undefined) return html`<td class="none"><span class="unseen">not in this run</span></td>`;
  const page = places.run(run.path);
  const same = results.every(({ verdict }) => verdict === results[0]?.verdict);
  const shown = same ? results.slice(0, 1) : results;
  return html`<td>${shown.map((result) => {
    const text = html`${result.verdict}${!same && html` <small>${result.version}</small>`}`;
    // What passed needs no reading on, and hundreds of links would be in the way of whoever goes by keyboard.
    return quiet.has(result.verdict) ? mark(result.verdict, text) : html`<a class="v ${result.verdict}" href="${link(page, anchorOf(result))}">${text}</a>${bug(result, run, known)}`;
  })}</td>`;
}

const quiet: ReadonlySet<Verdict> = new Set(['pass', 'skip', 'info']);

function bug(result: Cell[number], run: RunFacts, known: KnownFailures): Content {
  const failure = known({ id: result.id, version: result.version }, run.mesh);
  return failure !== undefined && html` <a class="bug" href="${failure.bug}" rel="noreferrer">known</a>`;
}

