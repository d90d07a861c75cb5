import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { load } from 'js-yaml';
import { distOf, writeDist } from '../../scripts/build.ts';
import { differencesOf } from '../../scripts/check-dist.ts';
import { countLine } from '../../scripts/count-reporter.ts';
import { openChild } from '../cli/child.ts';

jest.setTimeout(120_000);

const root = join(import.meta.dirname, '../..');
let files: Map<string, Uint8Array>;
let folder: string;
const textOf = (path: string): string => Buffer.from(files.get(path) ?? []).toString('utf8');
beforeAll(async () => {
  files = await distOf(root);
  folder = await mkdtemp(join(tmpdir(), 'smi-dist-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('what is built', () => {
  test('has the files that action.yml and package.json name', async () => {
    const { runs } = load(await readFile(join(root, 'action.yml'), 'utf8')) as { runs: { using: string; main: string; post: string } };
    const { bin } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { bin: Record<string, string> };
    expect(runs.using).toBe('node24');
    for (const path of [runs.main, runs.post, ...Object.values(bin)]) expect([...files.keys()]).toContain(path.replace('dist/', ''));
  });

  test('weighs less than four mebibytes, most of which a run does not load', () => {
    expect([...files.values()].reduce((sum, { length }) => sum + length, 0)).toBeLessThan(4 * 1024 * 1024);
  });

  test('the probe is one file that asks for nothing but Node', () => {
    const imported = [...textOf('probe.mjs').matchAll(/(?:from|import)\s*\(?["']([^"']+)["']/g)].map(([, name]) => name);
    expect(imported.length).toBeGreaterThan(0);
    expect(imported.filter((name) => !name?.startsWith('node:'))).toEqual([]);
  });

  test('what the doors load at once has no Kubernetes client, no validator and no YAML', () => {
    const loaded = new Set<string>();
    const follow = (path: string): void => {
      if (loaded.has(path)) return;
      loaded.add(path);
      for (const [, name = ''] of textOf(path).matchAll(/(?:from|import)\s*"(\.[^"]+)"/g)) follow(join(path, '..', name));
    };
    follow('main.js');
    expect(loaded.size).toBeGreaterThan(1);
    const size = [...loaded].reduce((sum, path) => sum + (files.get(path)?.length ?? 0), 0);
    expect(size).toBeLessThan(64 * 1024);
  });

  test('every licence is there', () => {
    for (const name of ['@actions/core', 'ajv', 'commander', 'js-yaml', 'yaml']) expect(textOf('licenses.txt')).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
  });

  test('says nothing of the machine that built it', () => {
    for (const [path] of files) expect({ path, hasRoot: textOf(path).includes(root) }).toEqual({ path, hasRoot: false });
  });

  test('every chunk can be loaded with no package beside it', async () => {
    await writeDist(join(folder, 'chunks/dist'), files);
    await writeFile(join(folder, 'chunks/package.json'), '{"type":"module"}');
    const chunks = [...files.keys()].filter((path) => path.startsWith('chunks/')).map((path) => JSON.stringify(`./dist/${path}`));
    expect(chunks.length).toBeGreaterThan(10);
    await writeFile(join(folder, 'chunks/all.js'), `for (const chunk of [${chunks.join()}]) await import(chunk);\nconsole.log('loaded');\n`);
    await using all = await openChild(join(folder, 'chunks/all.js'));
    expect(await all.run()).toEqual({ status: 0, signal: null, stdout: 'loaded\n', stderr: '' });
  });

  test('the doors run from it with nothing beside it', async () => {
    const place = join(folder, 'alone');
    await writeDist(join(place, 'dist'), files);
    await writeFile(join(place, 'package.json'), '{"type":"module"}');
    await using cli = await openChild(join(place, 'dist/cli.js'));
    expect(await cli.run('run', '--mesh', 'osm', '--mesh-deployed', 'maybe')).toMatchObject({ status: 2, stderr: expect.stringContaining('--mesh-deployed') });
    await using main = await openChild(join(place, 'dist/main.js'), () => ({ INPUT_SERVICE_MESH: 'osm', INPUT_MESH_DEPLOYED: 'maybe' }));
    expect(await main.run()).toMatchObject({ status: 2, stdout: expect.stringContaining('::error::BAD_INPUT') });
  });
});

describe('the check of dist/', () => {
  test('finds nothing in what was just written', async () => {
    await writeDist(join(folder, 'same'), files);
    expect(await differencesOf(join(folder, 'same'), files)).toEqual([]);
  });

  test('names each file that differs, is missing, or is there for nothing', async () => {
    const dist = join(folder, 'other');
    await writeDist(dist, files);
    await writeFile(join(dist, 'main.js'), 'other');
    await rm(join(dist, 'post.js'));
    await mkdir(join(dist, 'chunks'), { recursive: true });
    await writeFile(join(dist, 'chunks/old.js'), '');
    expect(await differencesOf(dist, files)).toEqual(['chunks/old.js is not built from anything', 'main.js is not what the source builds', 'post.js is missing']);
  });

  test('a folder that is not there lacks everything', async () => {
    expect(await differencesOf(join(folder, 'nowhere'), files)).toHaveLength(files.size);
  });
});

describe('the closing line of a test run', () => {
  const totals = { numPassedTests: 12, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, numRuntimeErrorTestSuites: 0 };
  test('counts what passed and failed, and what was skipped where something was', () => {
    expect(countLine(totals)).toBe('12 passed, 0 failed');
    expect(countLine({ ...totals, numPendingTests: 1, numTodoTests: 2 })).toBe('12 passed, 0 failed, 3 skipped');
  });
  test('a file that could not be run counts as a failure', () => {
    expect(countLine({ ...totals, numFailedTests: 1, numRuntimeErrorTestSuites: 1 })).toBe('12 passed, 2 failed');
  });
});
