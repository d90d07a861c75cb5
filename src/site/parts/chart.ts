import { type Html, html } from '../html.ts';
import { linksFrom, places } from '../links.ts';
import type { Figure, RunFacts } from '../run-facts.ts';
import { passedOf } from './marks.ts';

export interface Column {
  label: string;
  run: RunFacts;
}

const [height, top, bottom] = [150, 22, 26];
const step = 64;
const bar = 36;
const mostColumns = 14;

/** Must requirements by verdict, a column for each value on an axis: height is their number, and what does not hold stands on top of what does. */
export function chart(page: string, columns: readonly Column[], label: string): Html {
  const shown = columns.slice(-mostColumns);
  const most = Math.max(1, ...shown.map(({ run }) => run.must.applicable));
  const width = Math.max(4, shown.length) * step;
  const link = linksFrom(page);
  return html`<div class="chart scroll" role="region" tabindex="0" aria-label="${label}"><svg viewBox="0 0 ${width} ${height + top + bottom}" width="${width}" height="${height + top + bottom}" role="group" aria-label="${label}">
<line class="base" x1="0" x2="${width}" y1="${top + height + 0.5}" y2="${top + height + 0.5}"/>
${shown.map(({ label: value, run }, index) => column({ x: index * step + step / 2, value, must: run.must, most, href: link(places.run(run.path)) }))}
</svg></div>`;
}

function column({ x, value, must, most, href }: { x: number; value: string; must: Figure; most: number; href: string }): Html {
  const scale = (count: number): number => Math.round((count / most) * height * 10) / 10;
  const parts = [['pass', must.passed], ['partial', must.partial], ['inconclusive', must.inconclusive], ['fail', must.failed]] as const;
  let y = top + height;
  const rects = parts.filter(([, count]) => count > 0).map(([verdict, count]) => {
    const tall = Math.max(3, scale(count));
    y -= tall;
    return html`<rect class="${verdict}" x="${x - bar / 2}" y="${y.toFixed(1)}" width="${bar}" height="${Math.max(1, tall - 1.5).toFixed(1)}"/>`;
  });
  return html`<a href="${href}" aria-label="${value}: ${passedOf(must)} hold"><rect class="hit" x="${x - step / 2}" y="0" width="${step}" height="${top + height + bottom}"/>${rects}<text class="figure" x="${x}" y="${(y - 7).toFixed(1)}">${must.passed}/${must.applicable}</text><text x="${x}" y="${top + height + 17}">${short(value)}</text></a>`;
}

function short(value: string): string {
  return value.length > 9 ? `${value.slice(0, 8)}…` : value;
}

/** How the share of must requirements that hold went, in the space of a word. The table beside it has the figures. */
export function spark(runs: readonly RunFacts[]): Html | undefined {
  const shown = runs.slice(-16);
  if (shown.length < 2) return undefined;
  const [wide, tall] = [96, 26];
  const points = shown.map(({ must }, index) => {
    const share = must.applicable === 0 ? 0 : must.passed / must.applicable;
    return [3 + (index * (wide - 6)) / (shown.length - 1), 4 + (1 - share) * (tall - 8)] as const;
  });
  const [lastX, lastY] = points.at(-1) ?? [0, 0];
  return html`<svg class="spark" viewBox="0 0 ${wide} ${tall}" width="${wide}" height="${tall}" aria-hidden="true"><polyline points="${points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}"/><circle cx="${lastX.toFixed(1)}" cy="${lastY.toFixed(1)}" r="2.6"/></svg>`;
}
