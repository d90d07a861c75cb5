import { judge, type Judgement, levelAt } from '../judge/index.ts';
import { ConformanceError, messageOf } from '../model/errors.ts';
import type { RawObservation } from '../model/observation.ts';
import type { AssertionResult } from '../model/report.ts';
import type { Planned } from '../suite/index.ts';
import type { RunContext } from './context.ts';
import { execute } from './execute.ts';
import { createHall } from './hall.ts';
import type { ComingLane, Prepared } from './lanes.ts';
import { createWorker, type Worker } from './lease.ts';
import type { Openings } from './openings.ts';
import { withoutLearning } from './patience.ts';
import type { Schedule, Seat } from './schedule.ts';
import { resultOf } from './result.ts';

/** What the engine made of a plan. `error` is what ended it early; the results until then are there all the same. */
export interface Ran {
  results: AssertionResult[];
  error?: ConformanceError;
}

const nothing: RawObservation = { outcome: 'observed', steps: [] };

/** Where assertions run that only ask the API server. */
const noLane: Seat = { fixture: 'none', takes: () => true, prefers: () => false };

/**
 * Runs a plan: `concurrency` assertions at once, each in a lane. A lane is opened when it shortens the run and closed when nothing is left for it.
 * Never rejects: what ended it early is in the answer.
 */
export async function run(plan: readonly Planned[], { schedule, openings, lanes }: Prepared, concurrency: number, context: RunContext): Promise<Ran> {
  const results: AssertionResult[] = [];
  const finish = (result: AssertionResult): void => {
    results.push(result);
    context.emit({ type: 'assertion-ended', result });
  };
  for (const entry of plan) {
    if (entry.skipReason !== undefined) finish(resultOf(entry, { verdict: 'skip', reason: entry.skipReason }, { startedMs: context.now(), durationMs: 0, raw: nothing }));
  }
  const fatal = watch(schedule, context);
  const desk: Desk = { schedule, openings, finish };
  const places = Math.max(concurrency, lanes.length);
  const hall = createHall(openings, schedule, context, (fixture, raw) => {
    for (const entry of schedule.withdraw(fixture)) {
      const judgement = judge({ assertion: entry.assertion, version: entry.version, raw, gates: schedule.gates });
      schedule.decide(entry, judgement.verdict);
      finish(resultOf(entry, judgement, { startedMs: context.now(), durationMs: 0, raw }));
    }
  });
  const inLane = async (first: ComingLane | undefined): Promise<void> => {
    for (let manned = await (first === undefined ? hall.next() : hall.receive(first)); manned !== undefined; manned = await hall.next()) {
      await work(manned.worker, manned.opening.seat, desk, context);
      await hall.leave(manned);
    }
  };
  const workers = [...Array.from({ length: places }, (_, index) => inLane(lanes[index])), work(createWorker(undefined, undefined, context), noLane, desk, context)];
  await Promise.all(workers.map((worker) => worker.catch((error: unknown) => {
    fatal.stop(error);
    hall.shut();
  })));
  return fatal.error === undefined ? { results } : { results, error: fatal.error };
}

interface Fatal {
  error?: ConformanceError;
  stop(error: unknown): void;
}

function watch(schedule: Schedule, context: RunContext): Fatal {
  const fatal: Fatal = {
    stop(error) {
      fatal.error ??= error instanceof ConformanceError ? error : new ConformanceError('API', messageOf(error), { cause: error });
      schedule.stop();
    },
  };
  context.signal.addEventListener('abort', () => schedule.stop(), { once: true });
  return fatal;
}

interface Desk {
  schedule: Schedule;
  openings: Openings;
  finish(result: AssertionResult): void;
}

/** Takes one assertion after the other, as long as there is one for the seat. */
async function work(worker: Worker, seat: Seat, { schedule, openings, finish }: Desk, context: RunContext): Promise<void> {
  for (let entry = await schedule.next(seat); entry !== undefined; entry = await schedule.next(seat)) {
    const current = entry;
    const startedMs = context.now();
    const gate = schedule.gate(current);
    if (gate.state === 'closed') {
      const judgement: Judgement = { verdict: 'inconclusive', reason: `${gate.reason}, so it was not run` };
      schedule.decide(current, judgement.verdict);
      finish(resultOf(current, judgement, { startedMs, durationMs: 0, raw: nothing }));
      schedule.settle(current);
      continue;
    }
    const { assertion, version } = current;
    const lane = worker.laneName();
    context.emit({ type: 'assertion-started', id: assertion.id, version, lane });
    const own = levelAt(assertion, version) === 'info' ? { ...context, patience: withoutLearning(context.patience) } : context;
    const judged = (raw: RawObservation): Judgement => judge({ assertion, version, raw, gates: schedule.gates });
    const leased = await worker.lease(current, {
      hasMore: () => schedule.hasMore(seat) || (assertion.exclusive === true && schedule.hasExclusive(seat)),
      isMeshAwaited: () => schedule.isTrafficAwaited() || schedule.exclusiveFixtures().some((fixture) => !openings.isOpen(fixture)),
      use: (workspace) => execute(assertion, version, workspace, own),
      decided: (raw) => schedule.decide(current, judged(raw).verdict),
    });
    finish(resultOf(current, judged(leased.raw), { startedMs, durationMs: leased.endedMs - startedMs, lane, ...leased }));
    for (const name of [lane, worker.laneName()]) context.tide.left(name);
    schedule.settle(current);
    if (context.absence.lost !== undefined) throw context.absence.lost;
  }
}
