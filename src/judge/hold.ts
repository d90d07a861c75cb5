import type { Look, Seen } from '../model/observation.ts';
import { splitIntervals } from './binomial.ts';
import { isWrongPort, joined, refusalsText, total, trafficText } from './words.ts';

/**
 * Why an expectation does not hold: `violation`, the mesh did what it must not · `unproven`, the look shows nothing
 * about the mesh (the harness was at fault, or there is no proof of life).
 */
export interface Finding {
  kind: 'violation' | 'unproven';
  text: string;
  /** Unproven only because too many attempts were refused: where the awaited state never came, that is the state that the mesh is in. */
  byRefusals?: true;
  /** Violated by time-outs alone, which a machine that is overloaded shows as well as a mesh that loses what it is sent. */
  byTimeouts?: true;
}

export interface HoldOptions {
  /** `converge` reads the small windows that only ask whether a change has arrived; `measure` decides. */
  phase: 'converge' | 'measure';
  /** False-failure probability allowed to a statistical check; the phase's own where absent. */
  alpha?: number;
}

/**
 * False-failure probability of one statistical check, two-sided. Converging windows are judged coarsely, since a wrong no costs
 * one more look; in a measurement a wrong no is a verdict.
 */
export const alphas = { converge: 1e-3, measure: 1e-6 } as const;

/** More transport errors than this part of a distribution's attempts, and its counts show nothing. */
export const toleratedRefusals = 0.005;

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

/** Whoever answered, or was reached, without being named. */
function strangers(seen: Seen, named: string[]): Finding[] {
  return Object.keys({ ...seen.reached, ...seen.answers }).filter((workload) => !named.includes(workload)).flatMap((workload) => {
    const answered = seen.answers[workload] ?? 0;
    const count = Math.max(answered, seen.reached[workload] ?? 0);
    const what = answered > 0 ? 'answered' : 'was reached by';
    return count > 0 ? [violation(`${workload} ${what} ${count} of ${seen.attempts} attempts ${trafficText(seen.traffic)} and must never`)] : [];
  });
}

function distribution(seen: Seen, shares: Record<string, number>, ports: Record<string, number> | undefined, options: HoldOptions): Finding[] {
  const named = Object.keys(shares).filter((workload) => (shares[workload] ?? 0) > 0);
  return [...strangers(seen, named), ...(ports ? wrongPorts(seen, ports) : []), ...counts(seen, shares, ports !== undefined, options)];
}

/** The name under which refused attempts have their share; no workload can be called so. */
const nobody = '(refused)';

/** A distribution in which being refused is one of the outcomes. */
function withRefusals(seen: Seen, shares: Record<string, number>, refused: number, options: HoldOptions): Finding[] {
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

/** Refusals that say something about the mesh, not about the client's own machine. */
function meshRefusals(seen: Seen): Record<string, number> {
  return Object.fromEntries(Object.entries(seen.refusals).filter(([form]) => !isOwnFault(form)));
}

/** The client ran out of something of its own: the attempt never left it. */
function isOwnFault(form: string): boolean {
  return ['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL'].includes(form);
}

function violation(text: string): Finding {
  return { kind: 'violation', text };
}

function unproven(text: string): Finding {
  return { kind: 'unproven', text };
}
