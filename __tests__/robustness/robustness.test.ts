import { rm } from 'node:fs/promises';
import { describe, expect, jest, test } from '@jest/globals';
import { eachOf } from '../../scripts/each-of.ts';
import { openBed, untilWaiting } from './bed.ts';
import { planOf, wordsOf } from './faults.ts';
import { type Trial, tryOut } from './trial.ts';

jest.setTimeout(180_000);

/** Among them is every kind of fault, on both kinds of cluster, and everybody who comes after. `npm run robustness` tries more. */
const seeds = [2, 3, 5, 7, 10, 18, 21, 46];

describe('a run in which something goes wrong', () => {
  test('leaves nothing, once post, cleanup or the next run has come after it', async () => {
    const trials: Trial[] = [];
    await eachOf(seeds, 3, async (seed) => void trials.push(await tryOut(seed)));
    const told = trials.map(({ seed, fault, after, output }) => (after.length === 0 ? [] : [{ seed, ...wordsOf(fault), after, output }])).flat();
    expect(told).toEqual([]);
    // Something was there to be removed: a run that was killed has cleaned nothing itself.
    for (const { seed, fault, ended, before } of trials) if (fault.what === 'killed' || fault.what === 'killed in a command') expect({ seed, ended, left: before.length > 0 }).toEqual({ seed, ended: 'SIGKILL', left: true });
  });

  test('is the same for the same seed, and all kinds of faults are among those that are tried', () => {
    expect(planOf(7)).toEqual(planOf(7));
    const plans = seeds.map(planOf);
    expect(new Set(plans.map(({ fault }) => fault.what)).size).toBe(5);
    expect(new Set(plans.map(({ where, remedy }) => `${where}, ${remedy}`)).size).toBe(6);
  });

  test.each(['existing', 'kind'] as const)('is over before its runner kills it, though it is cancelled while every answer of the API server is 503 (%s)', async (where) => {
    const bed = await openBed(where);
    try {
      const run = bed.start();
      await untilWaiting(bed.api, run);
      bed.onRequest((_seen, response) => Boolean(response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '15' }).end('{"kind":"Status","status":"Failure","reason":"ServiceUnavailable","message":"not now","code":503}')));
      // Somebody asks, and is told to wait.
      const asked = bed.api.seen.length;
      while (bed.api.seen.length === asked) await new Promise((resolve) => setTimeout(resolve, 10));
      const cancelled = performance.now();
      run.process.kill('SIGTERM');
      expect(await run.ended).toBe('status 143');
      // A runner kills after seven and a half seconds.
      expect(performance.now() - cancelled).toBeLessThan(7_500);
      bed.onRequest(undefined);
      await bed.finish('cleanup');
      expect(await bed.left()).toEqual([]);
    } finally {
      await bed.close();
    }
  });

  test('whose mesh cannot be had ends at once, while its cluster still boots, and leaves nothing', async () => {
    const bed = await openBed('kind');
    try {
      bed.programs.fail('create cluster', 'hangs');
      await rm(bed.helm.chart, { recursive: true });
      const run = bed.start();
      expect(await run.ended).toBe('status 3');
      expect(run.output()).toMatch(/COMMAND_FAILED: the command .*helm show chart .*not found/s);
      expect(await bed.left()).toEqual([]);
    } finally {
      await bed.close();
    }
  });
});
