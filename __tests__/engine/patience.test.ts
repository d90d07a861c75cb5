import { describe, expect, test } from '@jest/globals';
import { createPatience, timingProfile } from '../../src/engine/patience.ts';

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
});
