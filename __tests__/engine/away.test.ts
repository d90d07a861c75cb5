import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { eachOf } from '../../scripts/each-of.ts';
import { openEmbedded } from '../../src/cluster/embedded/index.ts';
import { createAbsence } from '../../src/engine/absence.ts';
import type { RunContext } from '../../src/engine/context.ts';
import { prepare } from '../../src/engine/lanes.ts';
import { createPatience } from '../../src/engine/patience.ts';
import { type Ran, run } from '../../src/engine/run.ts';
import { createTide } from '../../src/engine/tide.ts';
import { toRequest } from '../../src/door/request.ts';
import { cleanUp } from '../../src/run/clean-up.ts';
import { askDialect, chooseMesh, survey } from '../../src/run/connect.ts';
import { meansOf } from '../../src/run/means.ts';
import { loadSuite, planSuite } from '../../src/suite/index.ts';
import { leaving, type Leaving } from './leaving.ts';

const assets = join(import.meta.dirname, '../..');
/** Some that write, some that read metrics under load, and one that asks the API server only; with their gates. */
const asked = ['traffic-access/deletion-revokes', 'traffic-split/weighted-75-25', 'traffic-metrics/success-count', 'traffic-metrics/discovery-resource-list'];

type Event = Parameters<RunContext['emit']>[0];

interface Outcome extends Ran {
  events: Event[];
  /** By id. */
  verdicts: Record<string, string>;
  /** Namespaces of the run that are left when it has cleaned up. */
  left: string[];
}

/** Runs a part of the suite on the reference mesh, whose API server goes away meanwhile. */
async function runWith(absence: Leaving, { fault, awayMs = 10_000 }: { fault?: string; awayMs?: number } = {}): Promise<Outcome> {
  const request = toRequest({ cluster: 'embedded', only: asked.join(','), output_directory: 'results' }, { label: (name) => name, directory: assets, home: assets, confined: true, kubeconfig: undefined });
  const cluster = leaving(await openEmbedded(fault === undefined ? {} : { fault }), { ...absence, when: (call) => running && absence.when(call) });
  let running = false;
  try {
    const { signal } = new AbortController();
    const [{ definition, known }, suite, { timing, concurrency, probeSource }] = await Promise.all([chooseMesh(request, assets), loadSuite(`${assets}/assertions`), meansOf(request, assets)]);
    const connected = await survey(cluster, definition, known, { signal });
    const { plan } = planSuite({ suite, definition: connected.definition, offered: connected.offered, served: connected.served, only: request.only, skip: [] });
    const [origin, events]: [number, Event[]] = [performance.now(), []];
    const patience = createPatience({ ...timing, awayMs });
    const part = { cluster, patience, now: () => performance.now() - origin, emit: (event: Event) => void events.push(event), signal };
    const context: RunContext = {
      ...part, runId: 'away', mesh: connected.definition, offered: connected.offered, metrics: connected.metrics, dialect: await askDialect(connected), probeImage: request.probeImage, probeSource,
      tide: createTide(part), absence: createAbsence(part),
    };
    running = true;
    const ran = await prepare(plan, suite, concurrency, context).then((prepared) => run(plan, prepared, concurrency, context), (error: Ran['error']): Ran => ({ results: [], ...(error && { error }) }));
    expect(cluster.left()).toBe(true);
    await cleanUp(cluster, 'away', { limitMs: 10_000 });
    const namespaces = ran.error === undefined ? await cluster.list({ apiVersion: 'v1', kind: 'Namespace', labels: { 'smi-conformance/run': 'away' } }) : [];
    return { ...ran, events, verdicts: Object.fromEntries(ran.results.map(({ id, verdict }) => [id, verdict])), left: namespaces.map(({ metadata }) => metadata.name) };
  } finally {
    await cluster.close();
  }
}

const smi = new Set(['TrafficTarget', 'TrafficSplit', 'HTTPRouteGroup']);
/** The nth call of a kind. */
function nth(number: number, matches: Leaving['when']): Leaving['when'] {
  let count = 0;
  return (call) => matches(call) && (count += 1) === number;
}

const moments: [string, () => Leaving['when']][] = [
  ['while lanes are built', () => nth(4, ({ what, kind }) => what === 'create' && kind === 'Deployment')],
  ['when an assertion writes', () => nth(2, ({ what, kind }) => what === 'create' && smi.has(kind))],
  ['when an assertion, or what comes after it, deletes', () => nth(3, ({ what, kind }) => what === 'delete' && smi.has(kind))],
  ['while metrics are read', () => nth(2, ({ what, kind }) => what === 'read' && kind.includes('/namespaces/'))],
  ['when the metrics API is described', () => nth(1, ({ what, kind }) => what === 'read' && kind.startsWith('/apis/metrics') && !kind.includes('/namespaces/'))],
];

/** A wrong mesh, who has to catch it, and when the API server goes away. */
const faults = [
  ['target-deletion-ignored', 'traffic-access/deletion-revokes', 'when an assertion writes'],
  ['equal-weights', 'traffic-split/weighted-75-25', 'while metrics are read'],
  ['metrics-counted-twice', 'traffic-metrics/success-count', 'when an assertion, or what comes after it, deletes'],
] as const;

const whenOf = (moment: string): Leaving['when'] => {
  const when = moments.find(([name]) => name === moment)?.[1];
  if (when === undefined) throw new TypeError(`there is no moment ${moment}`);
  return when();
};

const cases = [...moments.map(([moment]) => [moment, 0] as const), ...['when an assertion writes', 'while metrics are read'].map((moment) => [moment, 503] as const)];
const trials = new Map<string, () => Promise<Outcome>>([
  ...cases.map(([moment, status]) => [`${moment} (${status})`, () => runWith({ when: whenOf(moment), awayMs: 1_500, status })] as const),
  ...faults.map(([fault, , moment]) => [fault, () => runWith({ when: whenOf(moment), awayMs: 1_500 }, { fault })] as const),
  ['for good', () => runWith({ when: whenOf('when an assertion writes'), awayMs: Infinity }, { awayMs: 1_000 })],
]);
const outcomes = new Map<string, Outcome>();

describe('an API server that is away for a while in the middle of a run', () => {
  // Runs wait most of their time. All of them in the hook: between two tests nothing may go on, since what is imported then is refused.
  beforeAll(async () => {
    await eachOf([...trials], 4, async ([name, trial]) => void outcomes.set(name, await trial()));
  }, 300_000);
  const outcomeOf = (name: string): Outcome => {
    const outcome = outcomes.get(name);
    if (outcome === undefined) throw new Error(`there is no outcome of ${name}`);
    return outcome;
  };

  test.each(cases)('%s (%p): the run is complete, its verdicts are true, and nothing is left', (moment, status) => {
    const { error, verdicts, left, events } = outcomeOf(`${moment} (${status})`);
    expect(error).toBeUndefined();
    expect(Object.entries(verdicts).filter(([, verdict]) => verdict !== 'pass')).toEqual([]);
    expect(Object.keys(verdicts)).toEqual(expect.arrayContaining(asked));
    expect(left).toEqual([]);
    expect(events.flatMap((event) => (event.type === 'notice' ? [event.message] : []))).toEqual(expect.arrayContaining([expect.stringMatching(/^the API server answers again/)]));
  });

  test.each(faults.map(([fault, caught]) => [fault, caught] as const))('a mesh with the fault %s is caught all the same', (fault, caught) => {
    const { error, verdicts, left } = outcomeOf(fault);
    expect(error).toBeUndefined();
    expect(verdicts).toMatchObject(Object.fromEntries(asked.map((id) => [id, id === caught ? 'fail' : 'pass'])));
    expect(left).toEqual([]);
  });

  test('for good ends the run, with what it was about as errors', () => {
    const { error, verdicts } = outcomeOf('for good');
    expect(error).toMatchObject({ code: 'CLUSTER_LOST', message: expect.stringContaining('did not come back within 1 s') });
    expect(Object.values(verdicts).filter((verdict) => verdict !== 'pass' && verdict !== 'error')).toEqual([]);
    expect(Object.values(verdicts)).toContain('error');
  });
});
