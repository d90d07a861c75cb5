import type { Lane, LaneProbe } from '../../src/fixture/lane.ts';
import type { ProbeClient } from '../../src/probe/client.ts';
import type { AttemptBatch, AttemptResult, RecordsReply } from '../../src/probe/protocol.ts';
import { createPatience } from '../../src/engine/patience.ts';
import { createAbsence } from '../../src/engine/absence.ts';
import { createTide } from '../../src/engine/tide.ts';
import type { RunContext } from '../../src/engine/context.ts';
import type { RunEvent } from '../../src/model/event.ts';
import type { Cluster } from '../../src/cluster/port.ts';
import { textDialect } from '../../src/smi/index.ts';
import { bed, plainMesh } from './samples.ts';

/** What the network does with one request of `from` at a moment: the workload that answers it, or the form of the refusal; `reaches` where the server got it all the same. */
export type Behaviour = (from: string, attempt: number, batch: number) => { answeredBy: string } | { refused: string; reaches?: string };

export interface FakeLane {
  lane: Lane;
  /** Workloads whose sentinel does not arrive. */
  dead: Set<string>;
  /** Workloads that were asked for one. */
  sentinels: Set<string>;
  /** Batches that were sent so far. */
  batches(): number;
  /** How often servers were asked for their records. */
  asked(): number;
}

/** A lane of `bed` whose probes are played by a function: looks, records and sentinels follow from it. */
export function fakeLane(behaviour: Behaviour): FakeLane {
  const dead = new Set<string>();
  const sentinels = new Set<string>();
  let asked = 0;
  const records = new Map<string, Map<number, number>>();
  const seen = new Set<string>();
  const probeFor = (name: string): LaneProbe => {
    const client: Pick<ProbeClient, 'attempt' | 'records'> = {
      attempt: ({ batch, requests }: AttemptBatch) => {
        seen.add(batch);
        return Promise.resolve(requests.map(({ key, attempts }): AttemptResult => {
          const answers = new Map<string, number>();
          const refusals: Record<string, number> = {};
          for (let attempt = 0; attempt < attempts; attempt += 1) {
            const outcome = behaviour(name, attempt, seen.size);
            if ('answeredBy' in outcome) answers.set(outcome.answeredBy, (answers.get(outcome.answeredBy) ?? 0) + 1);
            else refusals[outcome.refused] = (refusals[outcome.refused] ?? 0) + 1;
            const reached = 'answeredBy' in outcome ? outcome.answeredBy : outcome.reaches;
            if (reached === undefined) continue;
            const mine = records.get(`${batch}/${reached}`) ?? new Map<number, number>();
            records.set(`${batch}/${reached}`, mine.set(key, (mine.get(key) ?? 0) + 1));
          }
          return { key, attempts, refusals, answers: [...answers].map(([workload, count]) => ({ workload, pod: `${workload}-1`, serviceAccount: workload, port: 8080, count })) };
        }));
      },
      records: (batch, sentinel): Promise<RecordsReply> => {
        asked += 1;
        if (sentinel) sentinels.add(name);
        return Promise.resolve({ alive: sentinel && !dead.has(name), records: [...(records.get(`${batch}/${name}`) ?? [])].map(([key, count]) => ({ key, count, ports: [8080] })) });
      },
    };
    const workload = bed.workloads.find((candidate) => candidate.name === name);
    if (workload === undefined) throw new TypeError(`the bed has no ${name}`);
    return { workload, pod: { name: `${name}-1`, namespace: 'smi-run-bed-1', workload: name, ip: '10.0.0.1' }, client: client as ProbeClient };
  };
  const probes = new Map(['srv', 'alice', 'bob'].map((name) => [`one/${name}`, probeFor(name)]));
  const lane: Lane = { name: 'bed-1', fixture: bed, namespaces: new Map([['one', 'smi-run-bed-1'], ['two', 'smi-run-bed-1-two']]), probes };
  return { lane, dead, sentinels, batches: () => seen.size, asked: () => asked };
}

/** A context whose clock is the real one and whose patience is short. */
export function fakeContext(more: Partial<RunContext> = {}): RunContext & { events: Omit<RunEvent, 'at'>[] } {
  const origin = performance.now();
  const now = (): number => performance.now() - origin;
  const { signal } = new AbortController();
  const events: Omit<RunEvent, 'at'>[] = [];
  const context = {
    runId: 'run',
    cluster: {} as Cluster,
    mesh: plainMesh,
    offered: {},
    dialect: textDialect,
    patience: createPatience({ name: 'test', applyMs: 250, applyFactor: 8, applyFloorMs: 100, readyMs: 500, deleteMs: 500, awayMs: 500, requestMs: 100, holdMs: 50, metrics: { windowMs: 100, density: 1, settleMs: 50, readings: 2, pauseMs: 10 } }),
    probeImage: 'image',
    probeSource: 'source',
    tide: createTide({ now, signal }),
    now,
    emit: (event: Omit<RunEvent, 'at'>) => void events.push(event),
    signal,
    events,
    ...more,
  };
  return { absence: createAbsence(context), ...context };
}
