import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { fetchLatest, openRuns, publish, readRuns, type RunEntry } from '../../src/publish/index.ts';
import { bundle, bytesOf, context, openRepository, reportOf, type Repository } from './repository.ts';

// Each of them starts several processes of git.
jest.setTimeout(60_000);

let repository: Repository;
beforeEach(async () => {
  repository = await openRepository();
  for (const [id, version, startedAt] of [['a1', 'v1.2.4', '2026-11-20T08:00:00Z'], ['b2', 'v1.3.0', '2026-11-19T08:00:00Z'], ['c3', 'v1.2.4', '2026-11-21T08:00:00Z']] as const) {
    await publish({ ...context, remote: repository.path, report: bytesOf(reportOf(id, { version, startedAt })), ...(id === 'c3' && { bundle }) });
  }
});
afterEach(() => repository[Symbol.asyncDispose]());

async function all(source: string): Promise<(Pick<RunEntry, 'path' | 'stamp'> & { id: string; bundled: boolean })[]> {
  const found = [];
  for await (const { path, stamp, read, bundle: bundled } of readRuns(source, context)) {
    const { run } = JSON.parse(Buffer.from(await read()).toString()) as { run: { id: string } };
    found.push({ path, stamp, id: run.id, bundled: bundled !== undefined });
  }
  return found;
}

async function checkout(): Promise<string> {
  const folder = join(repository.folder, 'checkout');
  await mkdir(folder);
  execFileSync('sh', ['-c', `git --git-dir "${repository.path}" archive smi-conformance | tar -x -C "${folder}"`]);
  return folder;
}

describe('the runs of a results branch', () => {
  test('are the same from a bare repository and from a checkout', async () => {
    const [bare, folder] = [await all(repository.path), await all(await checkout())];
    expect(bare.map(({ id, bundled }) => [id, bundled])).toEqual([['a1', false], ['c3', true], ['b2', false]]);
    expect(folder.map(({ path, id, bundled }) => [path, id, bundled])).toEqual(bare.map(({ path, id, bundled }) => [path, id, bundled]));
  });

  test('keep their stamps as long as they stay what they are', async () => {
    const folder = await checkout();
    const before = await all(folder);
    await publish({ ...context, remote: repository.path, report: bytesOf(reportOf('d4')) });
    expect((await all(repository.path)).map(({ id }) => id)).toEqual(['a1', 'c3', 'd4', 'b2']);
    const changed = join(folder, before[0]?.path ?? '');
    await utimes(changed, new Date(0), new Date(0));
    const after = await all(folder);
    expect(after.map(({ stamp }, index) => stamp === before[index]?.stamp)).toEqual([false, true, true]);
  });

  test('have another stamp when a byte was changed in place and the time set back', async () => {
    const folder = await checkout();
    const [before] = await all(folder);
    const file = join(folder, before?.path ?? '');
    const { atime, mtime } = await stat(file);
    const bytes = await readFile(file);
    await writeFile(file, bytes.toString().replace('"a1"', '"a2"'));
    await utimes(file, atime, mtime);
    const [after] = await all(folder);
    expect(after).toMatchObject({ path: before?.path, id: 'a2' });
    expect(after?.stamp).not.toBe(before?.stamp);
  });

  test('do not lead out of their folder', async () => {
    const folder = await checkout();
    const secret = join(repository.folder, 'secret.json');
    await writeFile(secret, '{}');
    await symlink(secret, join(folder, 'runs', 'osm', 'v1.2.4', 'v1.34.4', 'link.json'));
    await symlink(dirname(secret), join(folder, 'runs', 'up'));
    expect(await all(folder)).toHaveLength(3);
  });

  test('many can be read at once, and after the last nothing stays open', async () => {
    const runs = await openRuns(repository.path, context);
    const read = await Promise.all(Array.from({ length: 60 }, async (_, index) => runs.entries[index % 3]?.read()));
    expect(read.map((bytes) => bytes?.length)).toEqual(Array.from({ length: 60 }, (_, index) => runs.entries[index % 3]?.size));
    await runs[Symbol.asyncDispose]();
    await expect(runs.entries[0]?.read()).rejects.toMatchObject({ message: expect.stringContaining('closed') });
  });

  test('a file that is missing fails its own read only', async () => {
    const runs = await openRuns(repository.path, context);
    const id = runs.entries[0]?.stamp ?? '';
    await rm(join(repository.path, 'objects', id.slice(0, 2), id.slice(2)), { force: true });
    const [first, second] = await Promise.allSettled([runs.entries[0]?.read(), runs.entries[1]?.read()]);
    await runs[Symbol.asyncDispose]();
    expect(first).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining(id) } });
    expect(second.status).toBe('fulfilled');
  });

  test('a branch or folder that is not there is named', async () => {
    await expect(openRuns(repository.path, { ...context, branch: 'none' })).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('none') });
    await expect(openRuns(join(repository.folder, 'nothing'), context)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});

describe('the baseline of a mesh', () => {
  test('is its newest run, whatever the version', async () => {
    const latest = await fetchLatest({ ...context, remote: repository.path, meshId: 'osm' });
    expect(latest?.path).toBe('runs/osm/v1.2.4/v1.34.4/2026-11-21T080000Z-c3.json');
    expect(Buffer.from(latest?.report ?? [])).toEqual(bytesOf(reportOf('c3', { startedAt: '2026-11-21T08:00:00Z' })));
    expect(Buffer.from(latest?.bundle ?? [])).toEqual(bundle);
  });

  test('comes alone from a server that sends files by themselves', async () => {
    await repository.git('config', 'uploadpack.allowFilter', 'true');
    await repository.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
    const latest = await fetchLatest({ ...context, remote: `file://${repository.path}`, meshId: 'osm' });
    expect(latest?.path).toMatch(/c3\.json$/);
  });

  test('is nothing where the mesh, or the branch, has none', async () => {
    expect(await fetchLatest({ ...context, remote: repository.path, meshId: 'traefik-mesh' })).toBeUndefined();
    expect(await fetchLatest({ ...context, remote: repository.path, meshId: 'osm', branch: 'none' })).toBeUndefined();
  });
});
