import { describe, expect, test } from '@jest/globals';
import { violationsOf } from '../../src/judge/index.ts';
import type { Seen } from '../../src/model/observation.ts';

const seen = (refusals: Record<string, number>, starvedMs?: number): Seen => ({
  traffic: { from: 'alice', to: 'srv' },
  expected: { outcome: 'allowed' },
  attempts: 20,
  answers: { srv: 20 - Object.values(refusals).reduce((sum, count) => sum + count, 0) },
  answersByPort: {},
  reached: { srv: 20 },
  refusals,
  ...(starvedMs === undefined ? {} : { starvedMs }),
});
const kinds = (one: Seen): string[] => violationsOf(one, { phase: 'measure' }).map(({ kind }) => kind);

describe('a caller whose machine is overloaded', () => {
  test('says nothing about the mesh by time-outs', () => {
    expect(kinds(seen({ timeout: 4 }, 900))).toEqual(['unproven']);
  });

  test('but by what the mesh itself said', () => {
    expect(kinds(seen({ 'HTTP 403': 4 }, 900))).toEqual(['violation']);
    expect(kinds(seen({ timeout: 3, 'HTTP 403': 1 }, 900))).toEqual(['violation']);
  });

  test('on a machine that keeps up, a time-out is the mesh\'s', () => {
    expect(kinds(seen({ timeout: 4 }))).toEqual(['violation']);
  });

  test('a few that are late among many that are not prove nothing either way', () => {
    expect(kinds(seen({ timeout: 2 }))).toEqual(['unproven']);
    expect(kinds(seen({ timeout: 1, ECONNRESET: 1 }))).toEqual(['violation']);
  });
});
