import type { Seen } from '../model/observation.ts';
import { splitIntervals } from './binomial.ts';
import { alphas, type Finding, type HoldOptions, meshRefusals, strangers, unproven, violation } from './finding.ts';
import { isWrongPort, refusalsText, total, trafficText } from './words.ts';

/** More transport errors than this part of a distribution's attempts, and its counts show nothing. */
const toleratedRefusals = 0.005;

/** Why requests were not shared out as expected. */
export function distribution(seen: Seen, shares: Record<string, number>, ports: Record<string, number> | undefined, options: HoldOptions): Finding[] {
  const named = Object.keys(shares).filter((workload) => (shares[workload] ?? 0) > 0);
  return [...strangers(seen, named), ...(ports ? wrongPorts(seen, ports) : []), ...counts(seen, shares, ports !== undefined, options)];
}

/** The name under which refused attempts have their share; no workload can be called so. */
const nobody = '(refused)';

/** A distribution in which being refused is one of the outcomes. */
export function withRefusals(seen: Seen, shares: Record<string, number>, refused: number, options: HoldOptions): Finding[] {
  const named = Object.keys(shares).filter((workload) => (shares[workload] ?? 0) > 0);
  const all = { ...seen, refusals: {}, answers: { ...seen.answers, [nobody]: total(meshRefusals(seen)) } };
  return [...strangers(seen, named), ...counts(all, { ...shares, [nobody]: refused }, false, options)];
}

function wrongPorts(seen: Seen, ports: Record<string, number>): Finding[] {
  const refusals = meshRefusals(seen);
  // A backend that is called at a port where nothing listens refuses: in a test of ports no attempt may be lost.
  const lost = total(refusals) > 0 ? [violation(`${total(refusals)} of ${seen.attempts} attempts ${trafficText(seen.traffic)} got no answer (${refusalsText(refusals)}), where ports are mapped none may`)] : [];
  const wrong = Object.entries(seen.answersByPort).filter(([key, count]) => count > 0 && isWrongPort(key, ports));
  return [...lost, ...wrong.map(([key, count]) => violation(`${count} answers came from ${key}, a port that the Service of that backend does not map to`))];
}

function counts(seen: Seen, shares: Record<string, number>, everyLossCounts: boolean, { phase, alpha = alphas[phase] }: HoldOptions): Finding[] {
  const refused = total(seen.refusals);
  const tooMany = refused > toleratedRefusals * seen.attempts;
  // Transport errors are no draws. While they are few, the draws are what was answered; when they are many, only a count that no
  // sharing out of them could mend is the mesh's.
  const draws = tooMany ? seen.attempts : total(seen.answers);
  const slack = tooMany ? refused : 0;
  const off = splitIntervals(draws, shares, alpha).filter(({ workload, low, high }) => {
    const count = seen.answers[workload] ?? 0;
    return high > 0 && (count + slack < low || count > high);
  });
  // Of two backends the one is the rest of the other: one sentence says it.
  const told = Object.values(shares).filter((share) => share > 0).length === 2 ? off.slice(0, 1) : off;
  const outside = told.map(({ workload, low, high }) =>
    violation(`${workload} answered ${seen.answers[workload] ?? 0} of ${draws} attempts ${trafficText(seen.traffic)}, where ${low === high ? `all ${low}` : `${low} to ${high}`} are right`));
  if (!tooMany || everyLossCounts) return outside;
  const text = `${refused} of ${seen.attempts} attempts ${trafficText(seen.traffic)} got no answer (${refusalsText(seen.refusals)}): too many to judge a distribution by the rest`;
  return [...outside, { ...unproven(text), byRefusals: true }];
}
