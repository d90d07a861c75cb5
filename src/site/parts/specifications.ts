import { type Html, html } from '../html.ts';
import type { RunFacts, SpecificationFacts } from '../run-facts.ts';
import { compliance, lacking, passedOf } from './marks.ts';
import { specificationName } from './words.ts';

/** Capability and compliance of one run, a card for each specification. */
export function specificationCards(run: RunFacts, reasons: Partial<Record<string, string>> = {}): Html {
  return html`<div class="cards">${run.specifications.map((facts) => html`<div class="card"><h2>${specificationName(facts.specification)}</h2><p class="big">${compliance(facts)}</p>
<dl><div><dt>Capability</dt><dd>${facts.capability}</dd></div>${facts.capability !== 'none' && html`<div><dt>Must</dt><dd>${passedOf(facts.must)}</dd></div>`}</dl>${detail(facts)}${reasons[facts.specification] !== undefined && html`<p class="quiet small">${reasons[facts.specification]}</p>`}</div>`)}</div>`;
}

function detail(facts: SpecificationFacts): Html | undefined {
  const words = lacking(facts.must);
  return words === '' ? undefined : html`<p class="small">${words}</p>`;
}
