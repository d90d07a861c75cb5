import { identityOf } from '../judge/index.ts';
import { regressionsOf } from '../report/difference.ts';
import type { Delivery } from './deliver.ts';

const mostNamed = 10;

/** Tells which verdicts are worse than in the baseline. */
export async function compare({ plan: { baseline }, report, delivered, signal, say }: Delivery): Promise<void> {
  if (baseline === undefined) return;
  const before = await baseline.find(report.mesh.id, signal);
  if (before === undefined) return say('info', `There is no earlier result of ${report.mesh.name} to compare with (${baseline.name}).`);
  if (before.mesh.id !== report.mesh.id) return say('warning', `The baseline ${baseline.name} is about ${before.mesh.name}, and this run about ${report.mesh.name}: they are not compared.`);
  delivered.regressions = regressionsOf(before, report);
  const { length } = delivered.regressions;
  delivered.regressed = baseline.counts && length > 0;
  const against = `${before.mesh.name} ${before.mesh.version} in ${baseline.name}`;
  if (length === 0) return say('info', `No verdict is worse than that of ${against}.`);
  const named = delivered.regressions.slice(0, mostNamed).map(({ before: was, after: is }) => `  ${identityOf(is)}: ${was.verdict}, now ${is.verdict}`);
  const more = length > mostNamed ? [`  and ${length - mostNamed} more`] : [];
  say(baseline.counts ? 'warning' : 'info', [`${length} verdict${length === 1 ? ' is' : 's are'} worse than in ${against}:`, ...named, ...more].join('\n'));
}
