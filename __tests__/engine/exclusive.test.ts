import { expect, test } from '@jest/globals';
import { runEmbedded } from '../../scripts/embedded.ts';
import type { RunEvent } from '../../src/model/event.ts';

const [first, last] = ['traffic-split/backend-no-endpoints', 'traffic-split/bad-object-contained'];

test('behind an exclusive assertion the baseline is awaited where anything is still to come, in whichever lane: what it stalled, others would pay for', async () => {
  const only = [first, last].join(',');
  const [sound, held] = await Promise.all([runEmbedded({ only }), runEmbedded({ only, fault: 'split-deletion-ignored' })]);
  const of = ({ assertions }: typeof sound, id: string) => assertions.find((one) => one.id === id);
  expect(of(sound, last)).toMatchObject({ verdict: 'pass' });
  expect([of(sound, first), of(sound, last), of(held, last)].map((one) => one?.afterwards)).toEqual([undefined, undefined, undefined]);
  expect(of(held, first)?.afterwards).toMatch(/did not return to its baseline/);
}, 60_000);

test('exclusive assertions find their lanes built: no pods come while one runs, and each fixture comes once', async () => {
  const events: RunEvent[] = [];
  const exclusive = ['traffic-access/source-namespace-default', 'traffic-split/access-split-does-not-grant', first, last, 'traffic-split/schema-weight-integer'];
  await runEmbedded({ only: [...exclusive, 'traffic-split/multi-port', 'traffic-split/tcp-split'].join(',') }, [(event) => events.push(event)]);
  const of = events.flatMap((event) => {
    if (event.type === 'lane-ready') return [`lane ${event.lane}`];
    if (event.type === 'assertion-started' && exclusive.includes(event.id)) return [`begins ${event.id}`];
    return event.type === 'assertion-ended' && exclusive.includes(event.result.id) ? [`ends ${event.result.id}`] : [];
  });
  const begun = of.slice(of.findIndex((word) => word.startsWith('begins')));
  const order = ['traffic-split/access-split-does-not-grant', first, 'traffic-access/source-namespace-default', last, 'traffic-split/schema-weight-integer'];
  expect(begun).toEqual(order.flatMap((id) => [`begins ${id}`, `ends ${id}`]));
  const lanes = of.filter((word) => word.startsWith('lane '));
  expect(lanes.toSorted()).toEqual(['lane access-1', 'lane split-1', 'lane split-access-1', 'lane split-late-1', 'lane split-places-1', 'lane split-ports-1', 'lane split-tcp-1']);
}, 60_000);
