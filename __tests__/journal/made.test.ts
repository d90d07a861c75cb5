import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ClusterMade, type Journal, type Made, openJournal, openRuns } from '../../src/journal/index.ts';

let state: string;
let dead: number;

beforeEach(async () => {
  state = mkdtempSync(join(tmpdir(), 'made-'));
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'close');
  dead = child.pid ?? 0;
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

const cluster: ClusterMade = { what: 'cluster', tool: 'kind', name: 'smi-conformance-a1', program: '/bin/kind', kubeconfig: '/runs/a1/kubeconfig', environment: { DOCKER_HOST: 'unix:///run/docker.sock' } };
const folder: Made = { what: 'folder', path: '/runs/a1' };
const mesh: Made = { what: 'mesh', release: 'osm', values: { b: [1, 2], a: null } };
const namespace = { apiVersion: 'v1', kind: 'Namespace', name: 'smi-a1-access-1' };
const open = (more: object = {}): Journal => openJournal(state, { id: 'a1', pid: dead, startedAt: '2026-01-02T03:04:05Z', ...more });

/** Reads the one journal as the next run would. */
async function found(): Promise<Awaited<ReturnType<typeof openRuns>>[number] | undefined> {
  const runs = await openRuns(state);
  expect(runs.length).toBeLessThanOrEqual(1);
  return runs[0];
}

describe('what a run makes beside objects', () => {
  test('is on disk before it is made, and in order', async () => {
    const journal = open();
    journal.willMake(folder);
    expect(readFileSync(journal.path, 'utf8')).toContain(JSON.stringify(folder));
    journal.willMake(cluster);
    journal.willCreate(namespace);
    journal.willMake(mesh);
    journal.close();
    expect(await found()).toMatchObject({ made: [folder, cluster, mesh], refs: [namespace] });
  });

  test('is no longer named when it is gone, whatever the order of its fields', async () => {
    const journal = open();
    for (const made of [folder, cluster, mesh]) journal.willMake(made);
    journal.unmade({ values: { a: null, b: [1, 2] }, release: 'osm', what: 'mesh' });
    journal.unmade(folder);
    journal.close();
    expect((await found())?.made).toEqual([cluster]);
  });

  test('is named again when it is made again', async () => {
    const journal = open();
    journal.willMake(cluster);
    journal.unmade(cluster);
    journal.willMake(cluster);
    journal.close();
    expect((await found())?.made).toEqual([cluster]);
  });

  test('cannot be noted in a journal that is closed', () => {
    const journal = open();
    journal.close();
    expect(() => journal.willMake(cluster)).toThrow(/is closed/);
    expect(() => journal.unmade(cluster)).toThrow(/is closed/);
  });

  test('counts up to half a line at the end', async () => {
    const journal = open();
    journal.willMake(cluster);
    journal.close();
    appendFileSync(journal.path, JSON.stringify({ unmade: cluster }).slice(0, -4));
    expect((await found())?.made).toEqual([cluster]);
  });
});

describe('the cluster of a run', () => {
  test('is told when there is one', async () => {
    const journal = open();
    journal.willMake(cluster);
    expect(await found()).toMatchObject({ readable: true, server: '', made: [cluster] });
    journal.reached({ server: 'https://127.0.0.1:6443', kubeconfig: cluster.kubeconfig });
    journal.close();
    expect(await found()).toMatchObject({ server: 'https://127.0.0.1:6443', kubeconfig: cluster.kubeconfig });
  });

  test('is unknown in a journal that cannot be read, which is said', async () => {
    const journal = open();
    journal.willMake(cluster);
    journal.close();
    writeFileSync(journal.path, 'not a journal');
    utimesSync(journal.path, 0, 0);
    expect(await found()).toMatchObject({ readable: false, server: '', made: [] });
  });

  test('is the one of the header in a journal of before', async () => {
    const journal = open({ server: 'https://api:6443', kubeconfig: '/home/me/.kube/config' });
    journal.willCreate(namespace);
    journal.close();
    expect(readFileSync(journal.path, 'utf8').trim().split('\n')).toHaveLength(2);
    expect(await found()).toMatchObject({ readable: true, server: 'https://api:6443', kubeconfig: '/home/me/.kube/config', refs: [namespace], made: [] });
  });
});
