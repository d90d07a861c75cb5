import type { Lane, LaneOptions } from '../fixture/lane.ts';
import { judge, type Judgement } from '../judge/index.ts';
import { ConformanceError, messageOf } from '../model/errors.ts';
import type { RawObservation } from '../model/observation.ts';
import type { AssertionResult } from '../model/report.ts';
import type { Planned } from '../suite/index.ts';
import { type RunContext, throwIfCancelled } from './context.ts';
import { execute } from './execute.ts';
import type { Coming, Prepared } from './lanes.ts';
import { createWorker } from './lease.ts';
import { createSchedule, type Schedule } from './schedule.ts';
import { resultOf } from './result.ts';

/** What the engine made of a plan. `error` is what ended it early; the results until then are there all the same. */
export interface Ran {
  results: AssertionResult[];
  error?: ConformanceError;
}

const nothing: RawObservation = { outcome: 'observed', steps: [] };

/** Two lanes whose API server is lost are no accident: the run ends. */
const lostLimit = 2;

/** Runs a plan in prepared lanes. Never rejects: what ended it early is in the answer. */
export async function run(plan: readonly Planned[], prepared: Prepared, context: RunContext): Promise<Ran> {
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
  const inLane = async ({ fixture, name, lane }: Coming): Promise<void> => {
    const ready = await lane.catch((error: unknown) => giveUp(name, error, context));
    if (ready !== undefined) await work(fixture.name, ready, prepared.options.get(fixture.name), schedule, finish, fatal, context);
  };
  const workers = [...prepared.lanes.map(inLane), work('none', undefined, undefined, schedule, finish, fatal, context)];
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

async function work(fixture: string, first: Lane | undefined, options: LaneOptions | undefined, schedule: Schedule, finish: (result: AssertionResult) => void, fatal: Fatal, context: RunContext): Promise<void> {
  const worker = createWorker(first, options, context);
  for (let entry = await schedule.next(fixture); entry !== undefined; entry = await schedule.next(fixture)) {
    const startedMs = context.now();
    const gate = schedule.gate(entry);
    if (gate.state === 'closed') {
      const judgement: Judgement = { verdict: 'inconclusive', reason: `${gate.reason}, so it was not run` };
      finish(resultOf(entry, judgement, { startedMs, durationMs: 0, raw: nothing }));
      schedule.settle(entry, judgement.verdict);
      continue;
    }
    context.emit({ type: 'assertion-started', id: entry.assertion.id, version: entry.version, lane: worker.laneName() });
    const lane = worker.laneName();
    const leased = await worker.lease(entry, () => schedule.hasMore(fixture), (workspace) => execute(entry.assertion, entry.version, workspace, context));
    const judgement = judge({ assertion: entry.assertion, version: entry.version, raw: leased.raw, gates: schedule.gates });
    finish(resultOf(entry, judgement, { startedMs, durationMs: context.now() - startedMs, lane, ...leased }));
    schedule.settle(entry, judgement.verdict);
    if (leased.raw.outcome === 'errored' && leased.raw.code === 'CLUSTER_LOST') {
      fatal.lost += 1;
      if (fatal.lost >= lostLimit) throw new ConformanceError('CLUSTER_LOST', `the API server stopped answering in the middle of the run: ${leased.raw.reason}`);
    }
  }
  await worker.close();
}
