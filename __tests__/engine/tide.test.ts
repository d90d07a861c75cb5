import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTide, type Tide } from '../../src/engine/tide.ts';

/** A tide whose clock is set by hand, for a mesh that needs `paceMs` for a change. */
async function tideOf(paceMs: number): Promise<{ tide: Tide; clock: { now: number }; cancel: AbortController }> {
  const clock = { now: 10_000 };
  const cancel = new AbortController();
  const tide = createTide({ now: () => clock.now, signal: cancel.signal });
  await tide.board('seen-before');
  tide.arrived('seen-before', paceMs);
  clock.now += 10_000;
  return { tide, clock, cancel };
}

/** Whether a lane is let on board now, rather than after a wait. */
async function boards(promise: Promise<void>): Promise<boolean> {
  return Promise.race([promise.then(() => true), sleep(80, false)]);
}

describe('createTide', () => {
  it('lets nobody wait where changes are in force at once', async () => {
    const { tide, clock } = await tideOf(40);
    for (const lane of ['one', 'two', 'three']) {
      expect(await boards(tide.board(lane))).toBe(true);
      clock.now += 600;
    }
  });

  it('takes a mesh for a slow one until it has shown its pace', async () => {
    const clock = { now: 0 };
    const tide = createTide({ now: () => clock.now, signal: new AbortController().signal });
    await tide.board('one');
    clock.now += 600;
    const second = tide.board('two');
    expect(await boards(second)).toBe(false);
    tide.arrived('one', 620);
    expect(await boards(second)).toBe(true);
  });

  it('takes along what comes close behind the first change', async () => {
    const { tide, clock } = await tideOf(2_400);
    await tide.board('one');
    clock.now += 250;
    expect(await boards(tide.board('two'))).toBe(true);
  });

  it('lets a lane that comes later wait until every change before it is in force', async () => {
    const { tide, clock } = await tideOf(2_400);
    await tide.board('one');
    await tide.board('two');
    clock.now += 600;
    const third = tide.board('three');
    expect(await boards(third)).toBe(false);
    tide.arrived('one', 2_300);
    expect(await boards(third)).toBe(false);
    tide.left('two');
    expect(await boards(third)).toBe(true);
  });

  it('waits for a change that never comes no longer than one and a half times the usual', async () => {
    const { tide, clock } = await tideOf(2_000);
    await tide.board('one');
    clock.now += 2_900;
    const second = tide.board('two');
    expect(await boards(second)).toBe(false);
    clock.now += 100;
    expect(await boards(second)).toBe(true);
  });

  it('waits for the others only a moment once the first change of a tide is in force', async () => {
    const { tide, clock } = await tideOf(10_000);
    await Promise.all(['one', 'two', 'three'].map((lane) => tide.board(lane)));
    clock.now += 2_400;
    tide.arrived('one', 2_400);
    const fourth = tide.board('four');
    expect(await boards(fourth)).toBe(false);
    clock.now += 700;
    expect(await boards(fourth)).toBe(true);
  });

  it('does not take a change that was there at once for the first of a tide', async () => {
    const { tide, clock } = await tideOf(2_400);
    await Promise.all(['one', 'two'].map((lane) => tide.board(lane)));
    tide.arrived('one', 60);
    clock.now += 1_500;
    const third = tide.board('three');
    expect(await boards(third)).toBe(false);
    tide.left('two');
    expect(await boards(third)).toBe(true);
  });

  it('knows a slow mesh once it was seen', async () => {
    expect(createTide({ now: () => 0, signal: new AbortController().signal }).isSlow()).toBe(false);
    expect((await tideOf(40)).tide.isSlow()).toBe(false);
    expect((await tideOf(2_400)).tide.isSlow()).toBe(true);
  });

  it('lets a lane write again whose own change is still awaited', async () => {
    const { tide, clock } = await tideOf(2_400);
    await tide.board('one');
    clock.now += 1_000;
    expect(await boards(tide.board('one'))).toBe(true);
  });

  it('hears a cancel', async () => {
    const { tide, clock, cancel } = await tideOf(2_400);
    await tide.board('one');
    clock.now += 1_000;
    const second = tide.board('two');
    cancel.abort('SIGTERM');
    await expect(second).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
