import type { Look, Seen } from '../model/observation.ts';
import { type Finding, type HoldOptions, isOwnFault, meshRefusals, strangers, unproven, violation } from './finding.ts';
import { distribution, withRefusals } from './shares.ts';
import { joined, refusalsText, total, trafficText } from './words.ts';

/** Up to this part of the attempts may be late by nobody's will; that says nothing, and is asked again. */
const straggling = 0.1;

/** Everything that keeps a look from holding; empty when it holds. */
export function findingsOf(look: Pick<Look, 'purpose' | 'seen'>): Finding[] {
  if (look.seen.length === 0) return [unproven('the look holds no traffic at all')];
  return look.seen.flatMap((seen) => violationsOf(seen, optionsOf(look.purpose)));
}

/** How strictly a look of this purpose is judged. */
export function optionsOf(purpose: Look['purpose']): HoldOptions {
  return { phase: purpose === 'converge' || purpose === 'baseline' ? 'converge' : 'measure' };
}

/** Everything that keeps what was seen from being what was expected; empty when the expectation holds. */
export function violationsOf(seen: Seen, options: HoldOptions): Finding[] {
  return [...expectationFindings(seen, options), ...soundnessFindings(seen, options)];
}

function expectationFindings(seen: Seen, options: HoldOptions): Finding[] {
  switch (seen.expected.outcome) {
    case 'allowed':
      return everyAttemptAnswered(seen);
    case 'denied':
      return nothingReached(seen);
    case 'answered':
      return [...exactlyThese(seen, seen.expected.by), ...(seen.expected.mayRefuse === true ? [] : everyAttemptAnswered(seen))];
    case 'shares':
      return seen.expected.refused === undefined ? distribution(seen, seen.expected.shares, seen.expected.ports, options) : withRefusals(seen, seen.expected.shares, seen.expected.refused, options);
    case 'recorded':
      return [];
  }
}

function everyAttemptAnswered(seen: Seen): Finding[] {
  const refusals = meshRefusals(seen);
  const refused = total(refusals);
  // Datagrams may be lost by nobody's will: one in twenty.
  const lost = seen.traffic.protocol === 'udp' ? Math.floor(seen.attempts / 20) : 0;
  if (refused <= lost) return [];
  const text = `${refused} of ${seen.attempts} attempts ${trafficText(seen.traffic)} got no answer (${refusalsText(refusals)})`;
  if (!onlyTimeouts(refusals)) return [violation(text)];
  if (seen.starvedMs !== undefined) return [unproven(`${text}, while the caller's machine was so overloaded that its process stood still for ${seen.starvedMs} ms`)];
  return [seen.traffic.protocol !== 'udp' && refused <= seen.attempts * straggling ? unproven(`${text}, and all others were answered: as a network or a machine under load would have it`) : { ...violation(text), byTimeouts: true }];
}

/** Whether attempts were lost, and all of them by time-out. */
function onlyTimeouts(refusals: Record<string, number>): boolean {
  return total(refusals) > 0 && Object.keys(refusals).every((form) => form === 'timeout');
}

function nothingReached(seen: Seen): Finding[] {
  const traffic = trafficText(seen.traffic);
  const answered = total(seen.answers);
  if (answered > 0) return [violation(`${answered} of ${seen.attempts} attempts ${traffic} were answered by ${joined(Object.keys(seen.answers))}`)];
  const reached = total(seen.reached);
  if (reached > 0) return [violation(`${reached} of ${seen.attempts} attempts ${traffic} reached ${joined(Object.keys(seen.reached))}, though the caller got no answer`)];
  if (seen.alive !== true) return [unproven(`${traffic} got no answer, but no server proved that it was alive and keeping its record meanwhile`)];
  return [];
}

function exactlyThese(seen: Seen, by: string[]): Finding[] {
  const traffic = trafficText(seen.traffic);
  const missing = by.filter((workload) => (seen.answers[workload] ?? 0) === 0);
  const absent = missing.length > 0 ? [{ ...violation(`${joined(missing)} answered none of ${seen.attempts} attempts ${traffic}`), ...(onlyTimeouts(meshRefusals(seen)) ? { byTimeouts: true as const } : {}) }] : [];
  return [...strangers(seen, by), ...absent];
}

/** What makes a look worthless whatever it seems to show. */
function soundnessFindings(seen: Seen, { phase }: HoldOptions): Finding[] {
  const traffic = trafficText(seen.traffic);
  if (seen.attempts === 0) return [unproven(`no attempt ${traffic} was made`)];
  const findings: Finding[] = [];
  const accounted = total(seen.answers) + total(seen.refusals);
  if (accounted !== seen.attempts) findings.push(unproven(`only ${accounted} of ${seen.attempts} attempts ${traffic} are accounted for`));
  const own = Object.fromEntries(Object.entries(seen.refusals).filter(([form]) => isOwnFault(form)));
  if (total(own) > 0) findings.push(unproven(`the client itself could not make attempts ${traffic} (${refusalsText(own)})`));
  if (phase === 'measure') findings.push(...unrecorded(seen));
  return findings;
}

/** An answer whose nonce no server recorded is not from where it says: a fault of the harness. Converging windows do not read records. */
function unrecorded(seen: Seen): Finding[] {
  const missing = Object.entries(seen.answers).filter(([workload, count]) => count > (seen.reached[workload] ?? 0));
  return missing.map(([workload, count]) =>
    unproven(`${workload} answered ${count} attempts ${trafficText(seen.traffic)}, but recorded only ${seen.reached[workload] ?? 0} of them`));
}
