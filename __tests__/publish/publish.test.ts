import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { publish } from '../../src/publish/index.ts';
import { bundle, bytesOf, context, openRepository, reportOf, type Repository } from './repository.ts';

// Each of them starts several processes of git.
jest.setTimeout(60_000);

let repository: Repository;
beforeEach(async () => {
  repository = await openRepository();
});
afterEach(() => repository[Symbol.asyncDispose]());

const first = 'runs/osm/v1.2.4/v1.34.4/2026-11-21T085000Z-a1.json';

describe('publishing', () => {
  test('makes an orphan branch, with the bytes of report and bundle as they are', async () => {
    const report = bytesOf(reportOf('a1'));
    const published = await publish({ ...context, remote: repository.path, report, bundle });
    expect(published).toMatchObject({ path: first, added: true });
    expect(await repository.files()).toEqual(['README.md', first, first.replace('.json', '.sigstore.json')]);
    expect(Buffer.from(await repository.git('show', `smi-conformance:${first}`))).toEqual(report);
    expect((await repository.git('rev-parse', 'smi-conformance')).trim()).toBe(published.commit);
    expect((await repository.git('rev-list', '--count', 'smi-conformance')).trim()).toBe('1');
    expect(await repository.git('log', '-1', '--format=%s%n%an', 'smi-conformance')).toBe('Add osm v1.2.4 on Kubernetes v1.34.4: failed\nsmi-conformance\n');
  });

  test('adds to what is there, and leaves other branches alone', async () => {
    await publish({ ...context, remote: repository.path, report: bytesOf(reportOf('a1')) });
    await publish({ ...context, remote: repository.path, report: bytesOf(reportOf('b2', { version: 'v1.3.0' })), branch: 'other/results' });
    await publish({ ...context, remote: repository.path, report: bytesOf(reportOf('c3', { version: 'v1.3.0' })) });
    expect(await repository.files()).toEqual(['README.md', first, 'runs/osm/v1.3.0/v1.34.4/2026-11-21T085000Z-c3.json']);
    expect(await repository.files('other/results')).toHaveLength(2);
  });

  test('the same run again changes nothing; other bytes in its place are refused', async () => {
    const one = await publish({ ...context, remote: repository.path, report: bytesOf(reportOf('a1')) });
    const again = await publish({ ...context, remote: repository.path, report: bytesOf(reportOf('a1')) });
    expect(again).toEqual({ ...one, added: false });
    const other = bytesOf({ ...reportOf('a1'), warnings: ['another one'] });
    await expect(publish({ ...context, remote: repository.path, report: other })).rejects.toMatchObject({ code: 'NOT_PUBLISHABLE', message: expect.stringContaining('stays as it is') });
    expect((await repository.git('rev-parse', 'smi-conformance')).trim()).toBe(one.commit);
  });

  test('a bundle may follow its report', async () => {
    const report = bytesOf(reportOf('a1'));
    await publish({ ...context, remote: repository.path, report });
    expect(await publish({ ...context, remote: repository.path, report, bundle })).toMatchObject({ added: true });
    expect(await repository.files()).toHaveLength(3);
  });

  test('of twenty writers at once, none loses its result', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `w${String(index).padStart(2, '0')}`);
    const published = await Promise.all(ids.map((id) => publish({ ...context, remote: repository.path, report: bytesOf(reportOf(id)), bundle })));
    const files = await repository.files();
    expect(files).toHaveLength(1 + 2 * ids.length);
    for (const { path } of published) expect(files).toContain(path);
    expect((await repository.git('rev-list', '--count', 'smi-conformance')).trim()).toBe('20');
    await repository.git('fsck', '--strict');
  }, 120_000);

  test('fetches no earlier result to add another', async () => {
    await repository.git('config', 'uploadpack.allowFilter', 'true');
    await publish({ ...context, remote: repository.path, report: bytesOf(reportOf('a1')) });
    // Whoever asked for the first report now would get none.
    const id = (await repository.git('rev-parse', `smi-conformance:${first}`)).trim();
    await rm(join(repository.path, 'objects', id.slice(0, 2), id.slice(2)));
    await publish({ ...context, remote: `file://${repository.path}`, report: bytesOf(reportOf('b2')) });
    expect(await repository.files()).toHaveLength(3);
  });

  test('leaves nothing in the temporary folder, also where it fails', async () => {
    const ours = async (): Promise<string[]> => (await readdir(tmpdir())).filter((name) => name.startsWith('smi-publish-'));
    const before = await ours();
    await publish({ ...context, remote: repository.path, report: bytesOf(reportOf('a1')) });
    await expect(publish({ ...context, remote: `${repository.folder}/nothing`, report: bytesOf(reportOf('a1')) })).rejects.toMatchObject({ code: 'PUBLISH_REFUSED' });
    expect((await ours()).filter((name) => !before.includes(name))).toEqual([]);
  });

  test('ends when it is stopped', async () => {
    await expect(publish({ ...context, signal: AbortSignal.abort('SIGTERM'), remote: repository.path, report: bytesOf(reportOf('a1')) })).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('what is not published', () => {
  const report = reportOf('a1');
  test.each([
    ['a filtered run', { ...report, run: { ...report.run, only: ['traffic-split/*'] } }, 'only and skip'],
    ['a wrong behaviour', { ...report, run: { ...report.run, fault: 'split-ignored' } }, 'split-ignored'],
    ['the embedded cluster', { ...report, kubernetes: { ...report.kubernetes, cluster: 'embedded' } }, 'embedded cluster'],
    ['an incomplete run', { ...report, complete: false, incompleteBecause: ['interrupted by SIGINT'], result: 'incomplete' }, 'interrupted by SIGINT'],
    ['an empty run', { ...report, assertions: [] }, 'judges nothing'],
    ['a report from a newer schema', { ...report, schemaVersion: 2 }, 'schema version 2, and this version reads 1. Use a newer smi-conformance'],
    ['something else', { hello: 'world' }, 'no report'],
    ['no JSON', 'nothing', 'not JSON'],
  ])('%s', async (_, value, words) => {
    await expect(publish({ ...context, remote: repository.path, report: bytesOf(value) })).rejects.toMatchObject({ code: 'NOT_PUBLISHABLE', message: expect.stringContaining(words) });
    expect(await repository.git('branch', '--list')).toBe('');
  });

  test('a report that is too large, a bundle that is, and one run more than the branch takes', async () => {
    const bytes = bytesOf(report);
    const limited = (limits: object): Promise<unknown> => publish({ ...context, remote: repository.path, report: bytes, bundle, limits });
    await expect(limited({ reportBytes: bytes.length - 1 })).rejects.toMatchObject({ code: 'NOT_PUBLISHABLE', message: expect.stringContaining(String(bytes.length)) });
    await expect(limited({ bundleBytes: 10 })).rejects.toMatchObject({ code: 'NOT_PUBLISHABLE' });
    await limited({ runs: 1 });
    await expect(publish({ ...context, remote: repository.path, report: bytesOf(reportOf('b2')), limits: { runs: 1 } })).rejects.toMatchObject({ code: 'PUBLISH_REFUSED', message: expect.stringContaining('publish_branch: smi-conformance-2') });
  });

  test.each([['--upload-pack=touch /tmp/x'], ['../up'], ['a..b'], ['a b'], ['x.lock'], ['HEAD'], ['-x'], ['']])('to a branch of the name %j', async (branch) => {
    await expect(publish({ ...context, remote: repository.path, report: bytesOf(report), branch })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  test.each([['--upload-pack=touch x'], [''], ['https://me:secret@git.example.com/x.git']])('to a repository of the name %j', async (remote) => {
    const error = await publish({ ...context, remote, report: bytesOf(report) }).catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ code: 'BAD_INPUT' });
    expect(String((error as Error).message)).not.toContain('secret');
  });
});
