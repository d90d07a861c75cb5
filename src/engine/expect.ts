import type { Expectation, Sample } from '../model/assertion.ts';
import type { Look } from '../model/observation.ts';
import type { Item } from './look.ts';

/**
 * Attempts for each kind of traffic. While a change is awaited a look is small; the measured look is as large as its claim needs:
 * 132 refusals in a row rule out a leak of one in ten at 1e-6 (0.9^132), 20 answers in a row show that it is open.
 */
const sizes = {
  converge: { allowed: 5, denied: 20, answeredPerBackend: 15, sample: 100 },
  measure: { allowed: 20, denied: 132 },
};

export type Size = Extract<Look['purpose'], 'converge' | 'measure'>;

/** The traffic of an expectation, sized for a look. */
export function itemsOf(expectation: Expectation, size: Size): Item[] {
  return [
    ...(expectation.allowed ?? []).map((traffic): Item => ({ traffic, expected: { outcome: 'allowed' }, attempts: sizes[size].allowed })),
    ...(expectation.denied ?? []).map((traffic): Item => ({ traffic, expected: { outcome: 'denied' }, attempts: sizes[size].denied })),
    ...(expectation.answered ?? []).map((traffic): Item => ({
      traffic,
      expected: { outcome: 'answered', by: traffic.by },
      attempts: size === 'measure' ? traffic.attempts : Math.min(traffic.attempts, sizes.converge.answeredPerBackend * traffic.by.length),
    })),
  ];
}

/** A sample as traffic: small coarse windows until the new weights are in force, then all its attempts. */
export function itemOfSample(sample: Sample, size: Size): Item {
  return {
    traffic: sample,
    expected: { outcome: 'shares', shares: sample.shares, ...(sample.ports === undefined ? {} : { ports: sample.ports }) },
    attempts: size === 'measure' ? sample.attempts : Math.min(sample.attempts, sizes.converge.sample),
  };
}
