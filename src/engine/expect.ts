import type { Expectation, Recorded, Sample, Traffic } from '../model/assertion.ts';
import type { Expected, Look } from '../model/observation.ts';
import type { Item } from './look.ts';

/**
 * Attempts for each kind of traffic. While a change is awaited a look is small; the measured look is as large as its claim needs:
 * 132 refusals in a row rule out a leak of one in ten at 1e-6 (0.9^132), 20 answers in a row show that it is open.
 */
const sizes = {
  converge: { allowed: 5, denied: 20, answeredPerBackend: 15, sample: 100 },
  measure: { allowed: 20, denied: 132 },
};

/** Datagrams that are dropped in silence are waited for in vain, each of them: fewer have to do. */
const datagrams = { converge: { allowed: 5, denied: 5 }, measure: { allowed: 20, denied: 20 } };

function sizeOf({ protocol }: Traffic, outcome: 'allowed' | 'denied', size: Size): number {
  return (protocol === 'udp' ? datagrams : sizes)[size][outcome];
}

export type Size = Extract<Look['purpose'], 'converge' | 'measure'>;

/** The traffic of an expectation, sized for a look. */
export function itemsOf(expectation: Expectation, size: Size): Item[] {
  return [
    ...(expectation.allowed ?? []).map((traffic): Item => ({ traffic, expected: { outcome: 'allowed' }, attempts: sizeOf(traffic, 'allowed', size) })),
    ...(expectation.denied ?? []).map((traffic): Item => ({ traffic, expected: { outcome: 'denied' }, attempts: sizeOf(traffic, 'denied', size) })),
    ...(expectation.answered ?? []).map((traffic): Item => ({
      traffic,
      expected: { outcome: 'answered', by: traffic.by, ...(traffic.mayRefuse === undefined ? {} : { mayRefuse: traffic.mayRefuse }) },
      attempts: size === 'measure' ? traffic.attempts : Math.min(traffic.attempts, sizes.converge.answeredPerBackend * traffic.by.length),
    })),
  ];
}

/** A sample as traffic: small coarse windows until the new weights are in force, then all its attempts. */
export function itemOfSample(sample: Sample, size: Size): Item {
  return {
    traffic: sample,
    expected: { outcome: 'shares', shares: sample.shares, ...(sample.ports === undefined ? {} : { ports: sample.ports }), ...(sample.refused === undefined ? {} : { refused: sample.refused }) },
    attempts: size === 'measure' ? sample.attempts : Math.min(sample.attempts, sizes.converge.sample),
  };
}

/** The same traffic with no more requests than it takes to see that nothing has changed yet; what they do not show, the look behind them does. */
export function scoutsOf(items: readonly Item[]): Item[] {
  return items.map((item) => ({ ...item, attempts: Math.min(item.attempts, scoutSize(item.expected)) }));
}

function scoutSize(expected: Expected): number {
  if (expected.outcome === 'answered') return 6 * expected.by.length;
  return expected.outcome === 'shares' ? 20 : 2;
}

/** Traffic that is only observed. */
export function itemOfRecorded(recorded: Recorded): Item {
  const { attempts, connection } = recorded;
  return { traffic: recorded, expected: { outcome: 'recorded' }, attempts, ...(connection === undefined ? {} : { connection }) };
}
