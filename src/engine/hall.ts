import { messageOf } from '../model/errors.ts';
import type { RawObservation } from '../model/observation.ts';
import { type RunContext, throwIfCancelled } from './context.ts';
import { codeOf } from './execute.ts';
import { type ComingLane, type OpenLane, openLane } from './lanes.ts';
import type { Opening, Openings } from './openings.ts';

/** Where workers get their lanes. */
export interface Hall {
  /** Waits for a lane that is being built; the next one in its place where it cannot be had. */
  receive(coming: ComingLane): Promise<OpenLane | undefined>;
  /** Opens the next lane, as soon as there is room for one; undefined when none is needed any more. Rejects when the cluster is lost or the run cancelled. */
  next(): Promise<OpenLane | undefined>;
  /** A lane was closed: there is room for another. */
  leave(opening: Opening): void;
  /** Opens no more. */
  shut(): void;
}

/** `without` is told of a fixture that no lane can be had of, and why: what needs it cannot be judged. */
export function createHall(openings: Openings, context: RunContext, without: (fixture: string, raw: RawObservation) => void): Hall {
  let wakers: (() => void)[] = [];
  let isShut = false;
  const wake = (): void => {
    const woken = wakers;
    wakers = [];
    for (const waker of woken) waker();
  };
  const shut = (): void => {
    isShut = true;
    wake();
  };
  context.signal.addEventListener('abort', shut, { once: true });

  /** A further lane that cannot be had costs time, not verdicts. */
  const giveUp = ({ name, demand: { fixture } }: Opening, error: unknown): void => {
    throwIfCancelled(context.signal);
    if (context.absence.lost !== undefined) throw context.absence.lost;
    const { code, reason } = { code: codeOf(error), reason: messageOf(error) };
    context.emit({ type: 'notice', level: 'warning', message: `lane ${name} could not be built: ${reason}` });
    if (openings.isOpen(fixture.name)) openings.enough(fixture.name);
    else without(fixture.name, { outcome: 'errored', code, reason, steps: [] });
  };

  const receive = async ({ opening, ready }: ComingLane): Promise<OpenLane | undefined> => {
    try {
      return await ready;
    } catch (error) {
      openings.close(opening);
      giveUp(opening, error);
      return next();
    }
  };
  const next = async (): Promise<OpenLane | undefined> => {
    for (;;) {
      const opening = isShut ? undefined : openings.next();
      if (opening === undefined) return undefined;
      if (opening !== 'full') return receive({ opening, ready: openLane(opening, context) });
      await new Promise<void>((resolve) => wakers.push(resolve));
    }
  };

  return {
    receive,
    next,
    leave(opening) {
      openings.close(opening);
      wake();
    },
    shut,
  };
}
