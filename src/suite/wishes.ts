import type { AnsweredTraffic, Expectation, Sample, Traffic } from '../model/assertion.ts';
import type { Placed } from './follow.ts';

/** One kind of traffic that a step looks at, what it wants of it, and where that is written. */
export type Wish = { pointer: string } & (
  /** `nothing`: it is only observed. */
  | { wants: 'allowed' | 'denied' | 'nothing'; traffic: Traffic }
  | { wants: 'answered'; traffic: AnsweredTraffic }
  | { wants: 'shares'; traffic: Sample }
);

/** What a step wants of traffic, without what it would settle for; none for steps that look at no traffic. */
export function wishesOf({ index, step }: Placed): Wish[] {
  if ('eventually' in step) return wishesIn(step.eventually, `/steps/${index}/eventually`);
  if ('always' in step) return wishesIn(step.always, `/steps/${index}/always`);
  if ('throughout' in step) return wishesIn(step.throughout, `/steps/${index}/throughout`);
  if ('record' in step) return step.record.map((traffic, at): Wish => ({ pointer: `/steps/${index}/record/${at}`, wants: 'nothing', traffic }));
  if ('hold' in step) return [{ pointer: `/steps/${index}/hold`, wants: 'nothing', traffic: step.hold }];
  return 'sample' in step ? [{ pointer: `/steps/${index}/sample`, wants: 'shares', traffic: step.sample }] : [];
}

/** The lesser behaviour that a step would settle for. */
export function lesserWishesOf({ index, step }: Placed): Wish[] {
  return ('eventually' in step || 'always' in step || 'rejected' in step) && step.otherwise !== undefined ? wishesIn(step.otherwise, `/steps/${index}/otherwise`) : [];
}

/** What an expectation wants. */
export function wishesIn({ allowed = [], denied = [], answered = [] }: Expectation, pointer: string): Wish[] {
  return [
    ...allowed.map((traffic, at): Wish => ({ pointer: `${pointer}/allowed/${at}`, wants: 'allowed', traffic })),
    ...denied.map((traffic, at): Wish => ({ pointer: `${pointer}/denied/${at}`, wants: 'denied', traffic })),
    ...answered.map((traffic, at): Wish => ({ pointer: `${pointer}/answered/${at}`, wants: 'answered', traffic })),
  ];
}
