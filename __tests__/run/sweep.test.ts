import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connect } from '../../src/cluster/kubernetes/connect.ts';
import type { Cluster, KubeObject } from '../../src/cluster/port.ts';
import { runLabel } from '../../src/fixture/names.ts';
import { openJournal } from '../../src/journal/index.ts';
import { ConformanceError } from '../../src/model/errors.ts';
import { sweep, sweepAll } from '../../src/run/sweep.ts';
import { type ApiServer, startApiServer } from '../stand-ins/api-server.ts';

let state: string;
let api: ApiServer;
let cluster: Cluster;
let reports: string[];
const report = (message: string): void => void reports.push(message);

beforeEach(async () => {
  state = mkdtempSync(join(tmpdir(), 'sweep-'));
  reports = [];
  api = await startApiServer();
  cluster = await open();
});
afterEach(async () => {
  await cluster.close();
  await api.close();
  rmSync(state, { recursive: true });
});

function open(): Promise<Cluster> {
  return connect({ server: api.url, source: 'test', credentials: async () => ({}), secrets: () => [] });
}

const namespaces = (): string[] => [...api.store.objects.keys()].filter((key) => key.startsWith('v1/namespaces/')).map((key) => key.split('/')[2] ?? '');
const namespace = (name: string, run?: string): KubeObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, ...(run !== undefined && { labels: { [runLabel]: run } }) } });

/** What a run that was killed leaves: its journal, and a namespace. */
async function killed(id: string, server = api.url): Promise<string> {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  const journal = openJournal(state, { id, server, kubeconfig: `/kubeconfigs/${id}`, startedAt: '2026-01-01T00:00:00Z', pid });
  journal.willCreate({ apiVersion: 'v1', kind: 'Namespace', name: `smi-${id}-a-1` });
  journal.close();
  await cluster.create(namespace(`smi-${id}-a-1`, id));
  return journal.path;
}

describe('the sweep before a run', () => {
  test('removes what dead runs left on this server, and nothing else', async () => {
    const mine = await killed('dead1');
    const elsewhere = await killed('dead2', 'https://elsewhere');
    const alive = openJournal(state, { id: 'alive', server: api.url });
    await cluster.create(namespace('smi-alive-a-1', 'alive'));
    await cluster.create(namespace('smi-dead1-lookalike'));
    expect(await sweep(cluster, api.url, state, report)).toBe(1);
    expect(namespaces()).toEqual(['smi-dead2-a-1', 'smi-alive-a-1', 'smi-dead1-lookalike']);
    expect([mine, elsewhere, alive.path].map((path) => existsSync(path))).toEqual([false, true, true]);
    expect(reports).toEqual(['Removed what was left of run dead1 of 2026-01-01T00:00:00Z.']);
    alive.close();
  });

  test('keeps in the journal what the server does not let go, and says so', async () => {
    const path = await killed('dead1');
    api.intercept = ({ method }, response) => method === 'DELETE' && Boolean(response.writeHead(403, { 'content-type': 'application/json' }).end('{"kind":"Status","reason":"Forbidden","message":"you cannot delete resource"}'));
    expect(await sweep(cluster, api.url, state, report)).toBe(0);
    expect(existsSync(path)).toBe(true);
    expect(reports).toEqual([expect.stringMatching(/^Run dead1 of .* left the namespaces smi-dead1-a-1 on http.*, which could not be removed: you cannot delete resource\. They are kept in .*dead1\.ndjson; `smi-conformance cleanup` tries again\.$/)]);
  });
});

describe('the sweep of all clusters', () => {
  test('opens each run by its own kubeconfig and removes what is left', async () => {
    await killed('dead1');
    const opened: (string | undefined)[] = [];
    const left = await sweepAll(state, (kubeconfig) => (opened.push(kubeconfig), open()), report);
    expect(left).toEqual([]);
    expect(opened).toEqual(['/kubeconfigs/dead1']);
    expect(namespaces()).toEqual([]);
  });

  test('of a cluster that is gone says how to forget the run', async () => {
    const path = await killed('dead1');
    const left = await sweepAll(state, () => Promise.reject(new ConformanceError('UNREACHABLE', 'It does not answer.')), report);
    expect(left.map(({ id }) => id)).toEqual(['dead1']);
    expect(reports).toEqual([`Run dead1 of 2026-01-01T00:00:00Z was on ${api.url}, which cannot be reached: It does not answer. If that cluster is gone for good, delete ${path} and the run is forgotten.`]);
    expect(existsSync(path)).toBe(true);
  });

  test('touches nothing where the kubeconfig now points at another cluster', async () => {
    await killed('dead1', 'https://was-here');
    const left = await sweepAll(state, open, report);
    expect(left).toHaveLength(1);
    expect(namespaces()).toEqual(['smi-dead1-a-1']);
    expect(reports[0]).toContain(`was on https://was-here, but /kubeconfigs/dead1 now points at ${api.url}: nothing was removed.`);
  });
});
