import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { openEmbedded } from '../../src/cluster/embedded/index.ts';
import type { Cluster } from '../../src/cluster/port.ts';
import { buildLane, closeLane, type Lane } from '../../src/fixture/lane.ts';
import { loadDefinition } from '../../src/mesh/index.ts';
import type { Fixture } from '../../src/model/fixture.ts';
import { defaultProbeImage } from '../../src/model/request.ts';

export interface ProbeFigures {
  meshedPerSecond: number;
  plainPerSecond: number;
}

const attempts = 6_000;
const rounds = 3;
const runId = 'bench';

/** Fresh-connection HTTP requests a second through one client, with and without the reference mesh between; the best of a few rounds, in turns. */
export async function probeThroughput(root: string): Promise<ProbeFigures> {
  const cluster = await openEmbedded();
  try {
    const mesh = await loadDefinition(join(root, 'meshes/reference.yaml'));
    const options = {
      cluster,
      runId,
      mesh,
      probeImage: defaultProbeImage,
      probeSource: await readFile(join(root, 'dist/probe.mjs'), 'utf8'),
      readyMs: 10_000,
      wait: (milliseconds: number) => sleep(milliseconds),
    };
    const lanes = { meshed: await buildLane(pair(true), 'meshed', { ...options, workloads: pair(true).workloads }), plain: await buildLane(pair(false), 'plain', { ...options, workloads: pair(false).workloads }) };
    await permit(cluster, lanes.meshed);
    const best = { meshed: 0, plain: 0 };
    for (let round = 0; round < rounds; round += 1) {
      for (const name of ['meshed', 'plain'] as const) best[name] = Math.max(best[name], await rate(lanes[name], `${name}-${round}`));
    }
    for (const lane of Object.values(lanes)) await closeLane(lane.name, lane.fixture, options, lane);
    return { meshedPerSecond: best.meshed, plainPerSecond: best.plain };
  } finally {
    await cluster.close();
  }
}

/** A caller and a server, in the mesh or not. */
function pair(enrolled: boolean): Fixture {
  return {
    name: 'pair',
    title: 'A caller and a server',
    namespaces: [{ name: 'pair', enrolled }],
    workloads: [{ name: 'srv', serviceAccount: 'srv', listeners: [{ port: 8080, protocol: 'http' }] }, { name: 'caller', serviceAccount: 'caller', listeners: [] }],
    services: [{ name: 'srv', selector: { app: 'srv' }, ports: [{ port: 8080, protocol: 'http' }] }],
    baseline: { allowed: [{ from: 'caller', to: 'srv' }] },
  };
}

async function permit(cluster: Cluster, lane: Lane): Promise<void> {
  const namespace = namespaceOf(lane);
  const account = (name: string) => ({ kind: 'ServiceAccount', name, namespace });
  await cluster.create({ apiVersion: 'specs.smi-spec.io/v1alpha4', kind: 'HTTPRouteGroup', metadata: { name: 'all', namespace }, spec: { matches: [{ name: 'all', pathRegex: '.*', methods: ['*'] }] } });
  await cluster.create({
    apiVersion: 'access.smi-spec.io/v1alpha3',
    kind: 'TrafficTarget',
    metadata: { name: 'caller', namespace },
    spec: { destination: account('srv'), sources: [account('caller')], rules: [{ kind: 'HTTPRouteGroup', name: 'all', matches: ['all'] }] },
  });
}

/** Requests a second of one batch, every one of which must have been answered. */
async function rate(lane: Lane, batch: string): Promise<number> {
  const client = lane.probes.get('pair/caller')?.client;
  if (client === undefined) throw new Error('the caller has no probe');
  const started = performance.now();
  const [result] = await client.attempt({
    batch,
    concurrency: 20,
    timeoutMs: 5_000,
    requests: [{ key: 0, protocol: 'http', host: `srv.${namespaceOf(lane)}.svc.cluster.local`, port: 8080, method: 'GET', path: '/', headers: [], attempts }],
  });
  const elapsed = performance.now() - started;
  const answered = (result?.answers ?? []).reduce((sum, { count }) => sum + count, 0);
  if (answered !== attempts) throw new Error(`only ${answered} of ${attempts} requests were answered: ${JSON.stringify(result?.refusals)}`);
  for (const { client: one } of lane.probes.values()) await one.forget(batch);
  return (attempts * 1_000) / elapsed;
}

function namespaceOf(lane: Lane): string {
  const namespace = lane.namespaces.get('pair');
  if (namespace === undefined) throw new Error('the lane has no namespace');
  return namespace;
}
