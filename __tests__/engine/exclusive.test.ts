import { expect, test } from '@jest/globals';
import { runEmbedded } from '../../scripts/embedded.ts';

const id = 'traffic-split/bad-object-contained';

test('behind an exclusive assertion the baseline is awaited, also where nothing more is to come in its lane: what it stalled, others would pay for', async () => {
  const [sound, held] = await Promise.all([runEmbedded({ only: id }), runEmbedded({ only: id, fault: 'split-deletion-ignored' })]);
  const of = ({ assertions }: typeof sound) => assertions.find((one) => one.id === id);
  expect(of(sound)).toMatchObject({ verdict: 'pass' });
  expect(of(sound)).not.toHaveProperty('afterwards');
  expect(of(held)?.afterwards).toMatch(/did not return to its baseline/);
}, 60_000);
