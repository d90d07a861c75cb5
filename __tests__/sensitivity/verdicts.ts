import type { Report } from '../../src/model/report.ts';
import type { Verdict } from '../../src/model/specification.ts';

/** Verdicts by `id@version`. */
export function verdictsOf({ assertions }: Report): Record<string, Verdict> {
  return Object.fromEntries(assertions.map(({ id, version, verdict }) => [`${id}@${version}`, verdict]));
}
