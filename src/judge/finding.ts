import type { Seen } from '../model/observation.ts';
import { trafficText } from './words.ts';

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

/** Whoever answered, or was reached, without being named. */
export function strangers(seen: Seen, named: string[]): Finding[] {
  return Object.keys({ ...seen.reached, ...seen.answers }).filter((workload) => !named.includes(workload)).flatMap((workload) => {
    const answered = seen.answers[workload] ?? 0;
    const count = Math.max(answered, seen.reached[workload] ?? 0);
    const what = answered > 0 ? 'answered' : 'was reached by';
    return count > 0 ? [violation(`${workload} ${what} ${count} of ${seen.attempts} attempts ${trafficText(seen.traffic)} and must never`)] : [];
  });
}

/** Refusals that say something about the mesh, not about the client's own machine. */
export function meshRefusals(seen: Seen): Record<string, number> {
  return Object.fromEntries(Object.entries(seen.refusals).filter(([form]) => !isOwnFault(form)));
}

/** The client ran out of something of its own: the attempt never left it. */
export function isOwnFault(form: string): boolean {
  return ['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL'].includes(form);
}

/** The mesh did what it must not. */
export function violation(text: string): Finding {
  return { kind: 'violation', text };
}

/** Nothing is shown. */
export function unproven(text: string): Finding {
  return { kind: 'unproven', text };
}
