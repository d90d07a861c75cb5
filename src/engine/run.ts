import { judge, type Judgement } from '../judge/index.ts';
import { ConformanceError, messageOf } from '../model/errors.ts';
import type { RawObservation } from '../model/observation.ts';
import type { AssertionResult } from '../model/report.ts';
import type { Planned } from '../suite/index.ts';
import { type RunContext, throwIfCancelled } from './context.ts';
import { execute } from './execute.ts';
import type { Coming } from './lanes.ts';
import { createWorker, type Worker } from './lease.ts';
import { createSchedule, type Schedule, type Seat } from './schedule.ts';
import { resultOf } from './result.ts';

/** What the engine made of a plan. `error` is what ended it early; the results until then are there all the same. */
export interface Ran {
  results: AssertionResult[];
  error?: ConformanceError;
}

const nothing: RawObservation = { outcome: 'observed', steps: [] };

/** Where assertions run that only ask the API server. */
const noLane: Seat = { fixture: 'none', takes: () => true, prefers: () => false };

/** Two lanes whose API server is lost are no accident: the run ends. */
const lostLimit = 2;

/** Runs a plan in prepared lanes. Never rejects: what ended it early is in the answer. */
export async function run(plan: readonly Planned[], lanes: readonly Coming[], context: RunContext): Promise<Ran> {
  const results: AssertionResult[] = [];
  const finish = (result: AssertionResult): void => {
    results.push(result);
    context.emit({ type: 'assertion-ended', result });
  };
  for (const entry of plan) {
    if (entry.skipReason !== undefined) finish(resultOf(entry, { verdict: 'skip', reason: entry.skipReason }, { startedMs: context.now(), durationMs: 0, raw: nothing }));
  }
  const schedule = createSchedule(plan.filter(({ skipReason }) => skipReason === undefined));
  const fatal = watch(schedule, context);
  const inLane = async ({ name, lane, options, seat }: Coming): Promise<void> => {
    const ready = await lane.catch((error: unknown) => giveUp(name, error, context));
    if (ready !== undefined) await work(createWorker(ready, options, context), seat, { schedule, finish, fatal }, context);
  };
  const workers = [...lanes.map(inLane), work(createWorker(undefined, undefined, context), noLane, { schedule, finish, fatal }, context)];
  await Promise.all(workers.map((worker) => worker.catch((error: unknown) => fatal.stop(error))));
  return fatal.error === undefined ? { results } : { results, error: fatal.error };
}

/** A further lane that cannot be built costs time, not verdicts; the fixture's first one is there. */
function giveUp(name: string, error: unknown, context: RunContext): undefined {
  throwIfCancelled(context.signal);
  context.emit({ type: 'notice', level: 'warning', message: `lane ${name} could not be built, the run goes on with fewer: ${messageOf(error)}` });
}

interface Fatal {
  error?: ConformanceError;
  lost: number;
  stop(error: unknown): void;
}

function watch(schedule: Schedule, context: RunContext): Fatal {
  const fatal: Fatal = {
    lost: 0,
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
  finish(result: AssertionResult): void;
  fatal: Fatal;
}

/** Takes one assertion after the other, as long as there is one for the seat. */
async function work(worker: Worker, seat: Seat, { schedule, finish, fatal }: Desk, context: RunContext): Promise<void> {
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
    const judged = (raw: RawObservation): Judgement => judge({ assertion, version, raw, gates: schedule.gates });
    const leased = await worker.lease(current, {
      hasMore: () => schedule.hasMore(seat),
      use: (workspace) => execute(assertion, version, workspace, context),
      decided: (raw) => schedule.decide(current, judged(raw).verdict),
    });
    finish(resultOf(current, judged(leased.raw), { startedMs, durationMs: leased.endedMs - startedMs, lane, ...leased }));
    schedule.settle(current);
    if (leased.raw.outcome === 'errored' && leased.raw.code === 'CLUSTER_LOST') {
      fatal.lost += 1;
      if (fatal.lost >= lostLimit) throw new ConformanceError('CLUSTER_LOST', `the API server stopped answering in the middle of the run: ${leased.raw.reason}`);
    }
  }
  await worker.close();
}
