import { closeLane } from '../fixture/lane.ts';
import { messageOf } from '../model/errors.ts';
import type { RawObservation } from '../model/observation.ts';
import { createBell } from './bell.ts';
import { type RunContext, throwIfCancelled } from './context.ts';
import { codeOf } from './execute.ts';
import { type ComingLane, openLane } from './lanes.ts';
import { createWorker, type Worker } from './lease.ts';
import type { Opening, Openings } from './openings.ts';
import type { Schedule } from './schedule.ts';

/** A lane with the worker that keeps it. */
export interface Manned {
  opening: Opening;
  worker: Worker;
}

/** Where lanes are had. */
export interface Hall {
  /** Waits for a lane that is being built; the next one in its place where it cannot be had. */
  receive(coming: ComingLane): Promise<Manned | undefined>;
  /** Takes up a lane that stands by, or opens the next one as soon as there is room; undefined when none is needed any more. Rejects when the cluster is lost or the run cancelled. */
  next(): Promise<Manned | undefined>;
  /** Nothing can run in the lane for now: it is closed, which makes room for another, or stands by where an assertion will want it to itself. */
  leave(manned: Manned): Promise<void>;
  /** Opens no more. */
  shut(): void;
}

/** `without` is told of a fixture that no lane can be had of, and why: what needs it cannot be judged. */
export function createHall(openings: Openings, schedule: Pick<Schedule, 'hasMore' | 'hasExclusive' | 'exclusiveFixtures' | 'isExclusiveDue' | 'isExclusiveNext' | 'holdExclusive' | 'changed'>, context: RunContext, without: (fixture: string, raw: RawObservation) => void): Hall {
  const standing = new Set<Manned>();
  /** Fixtures of which a lane that was built ahead could not be had. */
  const notAhead = new Set<string>();
  /** Lanes that are taken, not those that stand by. */
  let atWork = 0;
  let makingRoom = false;
  const room = createBell();
  let isShut = false;
  const shut = (): void => {
    isShut = true;
    room.ring();
  };
  context.signal.addEventListener('abort', shut, { once: true });

  const throwIfOver = (): void => {
    throwIfCancelled(context.signal);
    if (context.absence.lost !== undefined) throw context.absence.lost;
  };
  /** A further lane that cannot be had costs time, not verdicts. */
  const giveUp = ({ name, demand: { fixture } }: Opening, error: unknown): void => {
    throwIfOver();
    const { code, reason } = { code: codeOf(error), reason: messageOf(error) };
    context.emit({ type: 'notice', level: 'warning', message: `lane ${name} could not be built: ${reason}` });
    if (openings.isOpen(fixture.name)) openings.enough(fixture.name);
    else without(fixture.name, { outcome: 'errored', code, reason, steps: [] });
  };

  const receive = async ({ opening, ready }: ComingLane): Promise<Manned | undefined> => {
    const release = schedule.holdExclusive();
    try {
      const { lane, options } = await ready;
      atWork += 1;
      return { opening, worker: createWorker(lane, options, context) };
    } catch (error) {
      openings.close(opening);
      room.ring();
      giveUp(opening, error);
    } finally {
      release();
    }
    return next();
  };
  /** Builds a lane for what is exclusive while the last of the others run. Where it cannot be had beside them nothing is lost: it is built again when it is wanted. */
  const buildAhead = async (opening: Opening): Promise<void> => {
    const release = schedule.holdExclusive();
    try {
      const { lane, options } = await openLane(opening, context);
      standBy({ opening, worker: createWorker(lane, options, context) });
    } catch (error) {
      openings.close(opening);
      throwIfOver();
      const { name, demand: { fixture } } = opening;
      context.emit({ type: 'notice', level: 'info', message: `lane ${name} could not be built beside others, and is built again when it is wanted: ${messageOf(error)}` });
      notAhead.add(fixture.name);
      await closeLane(name, fixture, context).catch((reason: unknown) => {
        context.emit({ type: 'notice', level: 'info', message: `what there is of lane ${name} is deleted at the end of the run: ${messageOf(reason)}` });
      });
    } finally {
      room.ring();
      release();
    }
  };
  const standBy = (manned: Manned): void => {
    openings.standBy(manned.opening);
    standing.add(manned);
  };
  const close = async ({ opening, worker }: Manned): Promise<void> => {
    await worker.close();
    openings.close(opening);
    room.ring();
  };
  const lastWanted = (): Manned | undefined => {
    const order = schedule.exclusiveFixtures();
    const later = [...standing].toSorted((a, b) => order.indexOf(b.opening.demand.fixture.name) - order.indexOf(a.opening.demand.fixture.name));
    return later.find(({ opening }) => !order.includes(opening.demand.fixture.name)) ?? later[0];
  };
  const next = async (): Promise<Manned | undefined> => {
    for (;;) {
      if (isShut) return undefined;
      const wanted = [...standing].find(({ opening }) => schedule.hasMore(opening.seat));
      if (wanted !== undefined) {
        standing.delete(wanted);
        openings.takeUp(wanted.opening);
        atWork += 1;
        return wanted;
      }
      const opening = openings.next();
      if (opening === undefined) {
        // What is exclusive comes when nothing runs any more, one after the other: all wait for it, and build its lanes meanwhile.
        const exclusive = schedule.exclusiveFixtures();
        if (exclusive.length === 0) return undefined;
        const early = schedule.isExclusiveDue() ? openings.ahead(exclusive.filter((fixture) => !notAhead.has(fixture))) : undefined;
        await (early === undefined ? schedule.changed() : buildAhead(early));
        continue;
      }
      if (opening !== 'full') return receive({ opening, ready: openLane(opening, context) });
      const inTheWay = lastWanted();
      // Those that are at work when only exclusive assertions are left are about to be closed, and leave room.
      const comesByItself = makingRoom || (atWork > 0 && schedule.isExclusiveNext());
      if (inTheWay === undefined || comesByItself) await room.rung();
      else {
        makingRoom = true;
        standing.delete(inTheWay);
        await close(inTheWay).finally(() => (makingRoom = false));
      }
    }
  };

  const leave = async (manned: Manned): Promise<void> => {
    if (isShut || !manned.opening.isWhole || !schedule.hasExclusive(manned.opening.seat)) await close(manned);
    else standBy(manned);
    atWork -= 1;
    room.ring();
  };

  return {
    receive,
    next,
    leave,
    shut,
  };
}
