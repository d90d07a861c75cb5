import { type Html, html } from '../html.ts';
import { linksFrom, places } from '../links.ts';
import type { Figure, RunFacts } from '../run-facts.ts';

export interface Column {
  label: string;
  run: RunFacts;
}

/** A cell for each requirement, so many in a row; all lengths are whole cells, since the patterns are laid from the corner of the picture. */
const pitch = 8;
const inRow = 5;
const step = 7 * pitch;
const [above, below] = [3 * pitch, 3 * pitch];
const mostColumns = 14;
const order = ['passed', 'partial', 'inconclusive', 'failed'] as const;

/** Must requirements, a column for each value on an axis and in it a cell for each requirement: those that hold below, the others on top of them, each verdict in a form of its own. */
export function chart(page: string, columns: readonly Column[], label: string): Html {
  const shown = columns.slice(-mostColumns);
  const rows = Math.ceil(Math.max(1, ...shown.map(({ run }) => run.must.applicable)) / inRow);
  const [width, base] = [Math.max(4, shown.length) * step, above + rows * pitch];
  const link = linksFrom(page);
  return html`<div class="chart scroll" role="region" tabindex="0" aria-label="${label}"><svg viewBox="0 0 ${width} ${base + below}" width="${width}" height="${base + below}" role="group" aria-label="${label}"><line x1="0" x2="${width}" y1="${base + 0.5}" y2="${base + 0.5}"/>${shown.map(({ label: value, run }, index) => column({ x: index * step, base, value, must: run.must, href: link(places.run(run.path)) }))}</svg></div>`;
}

/** The forms of the cells; once on a page that has charts. */
export function chartForms(): Html {
  const form = (verdict: string, shape: Html): Html => html`<pattern id="cell-${verdict}" width="${pitch}" height="${pitch}" patternUnits="userSpaceOnUse">${shape}</pattern>`;
  return html`<svg class="unseen" aria-hidden="true"><defs>${form('passed', html`<rect x="1" y="1" width="6" height="6" class="pass"/>`)}${form('partial', html`<path d="M1 7V1h6z" class="partial"/>`)}${form('inconclusive', html`<rect x="1.75" y="1.75" width="4.5" height="4.5" class="inconclusive"/>`)}${form('failed', html`<path d="M1.7 1.7l4.6 4.6M6.3 1.7l-4.6 4.6" class="fail"/>`)}</defs></svg>`;
}

/** One cell, for a sentence that explains them. */
export function sample(verdict: (typeof order)[number]): Html {
  return html`<svg viewBox="0 0 ${pitch} ${pitch}" width="12" height="12" aria-hidden="true"><rect fill="url(#cell-${verdict})" width="${pitch}" height="${pitch}"/></svg>`;
}

function column({ x, base, value, must, href }: { x: number; base: number; value: string; must: Figure; href: string }): Html {
  let placed = 0;
  const cells = order.map((verdict) => {
    const rects = rectsOf(placed, must[verdict], x + pitch, base).map((rect) => html`<rect fill="url(#cell-${verdict})" x="${rect.x}" y="${rect.y}" width="${rect.wide}" height="${rect.tall}"/>`);
    placed += must[verdict];
    return rects;
  });
  const top = base - Math.ceil(placed / inRow) * pitch;
  return html`<a href="${href}"><rect class="hit" x="${x}" y="0" width="${step}" height="${base + below}"/>${cells}<text class="figure" x="${x + step / 2}" y="${top - 7}">${must.passed}/${must.applicable}</text> <text x="${x + step / 2}" y="${base + 17}">${short(value)}</text></a>`;
}

/** The cells from one number on, row by row from below: what is left of a begun row, whole rows, and the beginning of another. */
function rectsOf(from: number, count: number, left: number, base: number): { x: number; y: number; wide: number; tall: number }[] {
  const rects = [];
  for (let at = from, rest = count; rest > 0; ) {
    const [row, place] = [Math.floor(at / inRow), at % inRow];
    const whole = place === 0 ? Math.floor(rest / inRow) : 0;
    const wide = whole > 0 ? inRow : Math.min(rest, inRow - place);
    rects.push({ x: left + place * pitch, y: base - (row + Math.max(1, whole)) * pitch, wide: wide * pitch, tall: Math.max(1, whole) * pitch });
    at += wide * Math.max(1, whole);
    rest -= wide * Math.max(1, whole);
  }
  return rects;
}

function short(value: string): string {
  return value.length > 8 ? `${value.slice(0, 7)}…` : value;
}

/** How the share of must requirements that hold went, in the space of a word: a filled dot for each run that passed, a ring for each that failed. */
export function spark(runs: readonly RunFacts[]): Html | undefined {
  const shown = runs.slice(-12);
  if (shown.length < 2) return undefined;
  const [gap, tall, edge] = [11, 26, 4];
  const shares = shown.map(({ must }) => (must.applicable === 0 ? 0 : must.passed / must.applicable));
  // The full height is at least a fifth: a single requirement must not look like a collapse.
  const lowest = Math.min(0.8, ...shares);
  const points = shown.map(({ result }, index) => ({ x: edge + index * gap, y: round(edge + ((1 - (shares[index] ?? 0)) / (1 - lowest)) * (tall - 2 * edge)), result }));
  const wide = (shown.length - 1) * gap + 2 * edge;
  return html`<span>${shown.filter(({ result }) => result === 'passed').length} of ${shown.length} passed</span><svg class="spark" viewBox="0 0 ${wide} ${tall}" width="${wide}" height="${tall}" aria-hidden="true"><polyline points="${points.map(({ x, y }) => `${x},${y}`).join(' ')}"/>${points.map(({ x, y, result }) => html`<circle class="${result}" cx="${x}" cy="${y}" r="3"/>`)}</svg>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
