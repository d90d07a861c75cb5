import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Journal, openJournal, openRuns } from '../../src/journal/index.ts';

let state: string;

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'journal-'));
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

const run = { id: 'abc123', server: 'https://api:6443', kubeconfig: '/home/me/.kube/config', context: 'kind', startedAt: '2026-01-02T03:04:05Z', pid: process.pid };
const namespace = { apiVersion: 'v1', kind: 'Namespace', name: 'smi-abc123-access-1' };
const account = { apiVersion: 'v1', kind: 'ServiceAccount', name: 'alice', namespace: 'smi-abc123-access-1' };
const linesOf = ({ path }: Journal): unknown[] => readFileSync(path, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as unknown);

/** A process that has ended, whose number nobody has now. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'close');
  return child.pid ?? 0;
}

/** A journal as it was left by a process that is no more. */
async function leave(id: string, more: object = {}): Promise<Journal> {
  const journal = openJournal(state, { ...run, id, pid: await deadPid(), ...more });
  journal.willCreate(namespace);
  journal.close();
  return journal;
}

describe('the journal', () => {
  test('holds each object before it is created, once', () => {
    const journal = openJournal(state, run);
    journal.willCreate(namespace);
    expect(linesOf(journal)).toEqual([expect.objectContaining({ journal: 1, ...run }), namespace]);
    journal.willCreate(account);
    journal.willCreate({ ...namespace });
    expect(linesOf(journal).slice(1)).toEqual([namespace, account]);
    journal.close();
    journal.close();
    expect(() => journal.willCreate(account)).toThrow(/is closed/);
  });

  test('is for the user alone', () => {
    const journal = openJournal(join(state, 'deep', 'down'), run);
    expect(statSync(journal.path).mode & 0o777).toBe(0o600);
    expect(statSync(join(journal.path, '..')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(journal.path, '..'))).toEqual(['abc123.ndjson']);
    journal.close();
  });

  test('is removed when everything is gone', async () => {
    const journal = openJournal(state, run);
    journal.willCreate(namespace);
    await journal.finished();
    expect(existsSync(journal.path)).toBe(false);
    await journal.finished();
  });

  test('takes this process and this moment where it is not told others', () => {
    const journal = openJournal(state, { id: 'x', server: 's' });
    const [header] = linesOf(journal) as { pid: number; startedAt: string }[];
    expect(header?.pid).toBe(process.pid);
    expect(Math.abs(Date.parse(header?.startedAt ?? '') - Date.now())).toBeLessThan(60_000);
    journal.close();
  });

  test('that cannot be written forbids to create', () => {
    writeFileSync(join(state, 'runs'), 'a file where the folder should be');
    let error: unknown;
    try {
      openJournal(state, run);
    } catch (reason) {
      error = reason;
    }
    expect(error).toMatchObject({ code: 'WRITE_FAILED', message: expect.stringMatching(/abc123\.ndjson, without which nothing is created, cannot be written: .*SMI_CONFORMANCE_STATE\.$/) });
    expect(() => openJournal(state, { ...run, id: '../evil' })).toThrow(TypeError);
  });

  test('of a run is opened once', () => {
    const journal = openJournal(state, run);
    journal.willCreate(namespace);
    openJournal(join(state, 'other'), run).close();
    expect(() => openJournal(state, run)).toThrow(/exists already/);
    expect(linesOf(journal)).toHaveLength(2);
    journal.close();
  });
});

describe('past runs', () => {
  test('are none where none ever was', async () => {
    expect(await openRuns(join(state, 'none'))).toEqual([]);
  });

  test('are those whose process is gone, oldest first, with all that they made', async () => {
    const journal = await leave('late', { startedAt: '2026-03-01T00:00:00Z' });
    await leave('early', { startedAt: '2026-02-01T00:00:00Z', kubeconfig: '/k' });
    const runs = await openRuns(state);
    expect(runs.map(({ id }) => id)).toEqual(['early', 'late']);
    expect(runs[1]).toMatchObject({ server: run.server, kubeconfig: run.kubeconfig, context: run.context, startedAt: '2026-03-01T00:00:00Z', path: journal.path, refs: [namespace] });
    await runs[0]?.forget();
    await runs[0]?.forget();
    expect((await openRuns(state)).map(({ id }) => id)).toEqual(['late']);
  });

  test('are not those that are alive', async () => {
    const journal = openJournal(state, run);
    expect(await openRuns(state)).toEqual([]);
    journal.close();
    expect(await openRuns(state)).toEqual([]);
  });

  test('are those whose process number somebody else has now', async () => {
    const journal = openJournal(state, run);
    journal.close();
    expect(await openRuns(state)).toEqual([]);
    rewrite(journal, { started: 'another boot/1' });
    expect((await openRuns(state)).map(({ id }) => id)).toEqual(['abc123']);
  });

  test('of another machine are left in peace until they must be over', async () => {
    const journal = await leave('far');
    rewrite(journal, { host: `not-${hostname()}` });
    expect(await openRuns(state)).toEqual([]);
    const longAgo = Date.now() / 1000 - 7 * 3600;
    utimesSync(journal.path, longAgo, longAgo);
    expect((await openRuns(state)).map(({ id }) => id)).toEqual(['far']);
  });

  test('may have been killed in the middle of a line', async () => {
    const journal = await leave('torn');
    appendFileSync(journal.path, `${JSON.stringify(account)}\n{"apiVersion":"v1","kind":"Po`);
    const [torn] = await openRuns(state);
    expect(torn?.refs).toEqual([namespace, account]);
  });

  test('whose journal is unreadable are shown once they must be over, of no known cluster', async () => {
    const journal = await leave('broken');
    writeFileSync(journal.path, '\0\0\0');
    expect(await openRuns(state)).toEqual([]);
    utimesSync(journal.path, 0, 0);
    expect(await openRuns(state)).toMatchObject([{ id: 'broken', server: '', refs: [] }]);
  });

  test('include one that was killed by SIGKILL right after it noted an object', async () => {
    const script = `
      const { openJournal } = await import(${JSON.stringify(new URL('../../src/journal/index.ts', import.meta.url).href)});
      const journal = openJournal(${JSON.stringify(state)}, { id: 'killed', server: 'https://api' });
      journal.willCreate(${JSON.stringify(namespace)});
      process.kill(process.pid, 'SIGKILL');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit', env: { ...process.env, NODE_OPTIONS: '' } });
    const [, signal] = await once(child, 'close');
    expect(signal).toBe('SIGKILL');
    expect(await openRuns(state)).toMatchObject([{ id: 'killed', server: 'https://api', refs: [namespace] }]);
  });
});

function rewrite({ path }: Journal, life: object): void {
  const [first = '', ...others] = readFileSync(path, 'utf8').split('\n');
  const header = JSON.parse(first) as { life: object };
  writeFileSync(path, [JSON.stringify({ ...header, life: { ...header.life, ...life } }), ...others].join('\n'));
}
