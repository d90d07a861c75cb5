import { describe, expect, test } from '@jest/globals';
import { createPatience, timingProfile, withoutLearning } from '../../src/engine/patience.ts';

const profile = timingProfile('standard');

describe('createPatience', () => {
  test('allows the whole time-out until the mesh has shown how fast it is', () => {
    expect(createPatience(profile).deadlineMs()).toBe(profile.applyMs);
  });

  test('then a multiple of the slowest change, never less than the floor', () => {
    const patience = createPatience(profile);
    patience.learned(10);
    expect(patience.deadlineMs()).toBe(profile.applyFloorMs);
    patience.learned(12_000);
    patience.learned(300);
    expect(patience.deadlineMs()).toBe(12_000 * profile.applyFactor);
  });

  test('never more than the time-out', () => {
    const patience = createPatience(profile);
    patience.learned(profile.applyMs);
    expect(patience.deadlineMs()).toBe(profile.applyMs);
  });

  test('learns nothing from a change of which nothing is required, but allows it as much as the others', () => {
    const patience = createPatience(profile);
    patience.learned(12_000);
    const own = withoutLearning(patience);
    own.learned(28_000);
    expect([patience.deadlineMs(), own.deadlineMs()]).toEqual([12_000 * profile.applyFactor, 12_000 * profile.applyFactor]);
    patience.learned(13_000);
    expect(own.deadlineMs()).toBe(13_000 * profile.applyFactor);
  });
});
