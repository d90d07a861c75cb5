import type { Verdict } from '../../model/specification.ts';
import { type Content, type Html, html } from '../html.ts';
import type { Figure, SpecificationFacts } from '../run-facts.ts';

/** A verdict: its word, and by the style sheet a sign and a colour, none of which is needed for the others. */
export function mark(verdict: Verdict, text: Content = verdict): Html {
  return html`<b class="v ${verdict}">${text}</b>`;
}

/** The same as a link. */
export function markLink(verdict: Verdict, href: string, label?: string): Html {
  return html`<a class="v ${verdict}" href="${href}"${label !== undefined && html` aria-label="${label}"`}>${verdict}</a>`;
}

export function compliance(facts: Pick<SpecificationFacts, 'compliance'>): Html {
  const looks = { passed: 'pass', failed: 'fail', 'not-applicable': 'skip', incomplete: 'error' } as const;
  return html`<b class="v ${looks[facts.compliance]}">${facts.compliance === 'not-applicable' ? 'not offered' : facts.compliance}</b>`;
}

export function resultMark(result: 'passed' | 'failed'): Html {
  return html`<b class="v ${result === 'passed' ? 'pass' : 'fail'}">${result}</b>`;
}

/** `14 of 14`. */
export function passedOf({ passed, applicable }: Figure): string {
  return `${passed} of ${applicable}`;
}

/** The words behind the figure of must requirements, where not all of them hold. */
export function lacking({ partial, failed, inconclusive }: Figure): string {
  return [[failed, 'failed'], [inconclusive, 'inconclusive'], [partial, 'partial']].filter(([count]) => count !== 0).map(([count, word]) => `${count} ${word}`).join(', ');
}

/** What each verdict means, in the order in which a reader wants them. */
export const meanings: [Verdict, string][] = [
  ['pass', 'as required'],
  ['partial', 'a lesser form that the assertion allows for'],
  ['fail', 'against the requirement'],
  ['inconclusive', 'a requirement that it rests on failed'],
  ['skip', 'the mesh does not offer it'],
  ['info', 'observed, never scored'],
];

/** What the signs mean. */
export function legend(): Html {
  return html`<dl class="legend">${meanings.map(([verdict, meaning]) => html`<div><dt>${mark(verdict)}</dt><dd>${meaning}</dd></div>`)}</dl>`;
}
