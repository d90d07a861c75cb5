import type { Sample, Traffic } from '../../model/assertion.ts';
import { type Followed, isWrite } from '../follow.ts';
import { type Wish, wishesOf } from '../wishes.ts';
import { type Flaw, inEveryForm } from './rule.ts';

/**
 * A change must be seen to arrive: what is expected after it must differ, in a single answer, from what was there before. Silence that was
 * there before shows nothing, and between two distributions of the same backends no single answer tells one from the other.
 */
export const arrival = inEveryForm((steps, { fixture }) => {
  const flaws: Flaw[] = [];
  const answered = new Set<string>();
  // By root Service: the workloads that answered when it was last looked at.
  const roots = new Map((fixture?.baseline.answered ?? []).map(({ to, by }) => [to, by]));
  // Those that have not been looked at since the baseline, in which the pods of a Service answer in turn: the silence of one tells of a change.
  const even = new Set(roots.keys());
  let isChanged = false;
  let isWritten = false;
  // What was measured last, where since then nothing was written and only pods came and went: the same can be measured again.
  let measured: string | undefined;
  for (const followed of steps) {
    const wishes = wishesOf(followed);
    if (wishes.length > 0) flaws.push(...flawsOf(followed, wishes, isChanged, answered, roots, even, measured));
    if (isWrite(followed.step)) measured = undefined;
    // Who fell silent because of one change says nothing of the next.
    if (isWrite(followed.step) && isWritten) even.clear();
    if ('sample' in followed.step) measured = distributionOf(followed.step.sample);
    if (isWrite(followed.step)) isChanged = isWritten = true;
    else if (wishes.length > 0 && !('hold' in followed.step)) isChanged = false;
    for (const wish of wishes) {
      if (wish.wants === 'denied') answered.delete(keyOf(wish.traffic));
      else if (wish.wants !== 'nothing') answered.add(keyOf(wish.traffic));
      const backends = backendsOf(wish);
      if (backends === undefined) continue;
      roots.set(wish.traffic.to, backends);
      even.delete(wish.traffic.to);
    }
  }
  return flaws;
});

function flawsOf({ index, step }: Followed, wishes: Wish[], isChanged: boolean, answered: ReadonlySet<string>, roots: ReadonlyMap<string, readonly string[]>, even: ReadonlySet<string>, measured: string | undefined): Flaw[] {
  const pointer = `/steps/${index}`;
  if ('hold' in step) return [];
  const early = isChanged ? ['always', 'record'].find((verb) => verb in step) : undefined;
  if (early !== undefined) return [{ pointer: `${pointer}/${early}`, message: 'a change has to arrive before it can be looked at: use eventually' }];
  // Time is given to it: what must not happen has as long to happen as the profile says.
  if ('throughout' in step) return [];
  const isSilent = wishes.every((wish) => wish.wants === 'denied' && !answered.has(keyOf(wish.traffic)));
  if (isChanged && isSilent) {
    return [{ pointer: `${pointer}/eventually`, message: 'nothing here shows that the change has arrived: none of this traffic was answered before either. Add something that the change allows' }];
  }
  if (!('sample' in step)) return [];
  const expected = backendsOf(wishes[0]) ?? [];
  if (expected.length < 2 || measured === distributionOf(step.sample)) return [];
  const before = roots.get(step.sample.to) ?? [];
  const isTold = before.length === 1 || (even.has(step.sample.to) && before.some((workload) => !expected.includes(workload)));
  if (isTold && isChanged) return [];
  const message = isTold ? 'apply or patch the weights in the step before' : `look at ${step.sample.to} when a single backend answers (weights 100 and 0), then change the weights`;
  return [{ pointer: `${pointer}/sample`, message: `nothing shows when the distribution begins: ${message}` }];
}

function backendsOf(wish: Wish | undefined): string[] | undefined {
  if (wish?.wants === 'answered') return wish.traffic.by;
  if (wish?.wants !== 'shares') return undefined;
  const { shares } = wish.traffic;
  return Object.keys(shares).filter((workload) => (shares[workload] ?? 0) > 0);
}

/** What a sample measures, to be told from another. */
function distributionOf({ shares, ...traffic }: Sample): string {
  return `${keyOf(traffic)} ${JSON.stringify(Object.keys(shares).toSorted().map((workload) => [workload, shares[workload]]))}`;
}

/** One kind of traffic, however it is written. */
function keyOf({ from, to, protocol = 'http', port, via, posingAs, method = 'GET', path = '/', headers = {} }: Traffic): string {
  return JSON.stringify([from, to, protocol, port, via, posingAs, method, path, Object.keys(headers).toSorted().map((name) => [name, headers[name]])]);
}
