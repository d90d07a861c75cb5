import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { expect, jest, test } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';

jest.setTimeout(240_000);

const root = join(import.meta.dirname, '../..');

type Part = { command: string } | { file: string; text: string } | { shown: string[] };

/** What the section of the document has its reader do and see, in order. */
function partsOf(section: string): Part[] {
  const blocks = section.matchAll(/^```(?<kind>yaml|text)\n(?<text>[^]*?)^```$|^ {4}(?<command>\S.*)$/gm);
  return [...blocks].map(({ groups }): Part => {
    const { kind, text = '', command = '' }: Partial<Record<string, string>> = groups ?? {};
    if (kind === undefined) return { command };
    if (kind === 'text') return { shown: text.trimEnd().split('\n') };
    return { file: /^# (\S+)\n/.exec(text)?.[1] ?? '', text };
  });
}

/** A checkout: its folders by links, so that the commands find what they find in one, and write nowhere else. */
async function checkout(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'smi-own-'));
  for (const name of await readdir(root)) if (!['.git', 'results', 'my-assertions'].includes(name)) await symlink(join(root, name), join(path, name));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

async function run(command: string, folder: string): Promise<{ status: number; output: string }> {
  const env = { ...process.env, NODE_OPTIONS: '', PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`, KUBECONFIG: '' };
  try {
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', command], { cwd: folder, env });
    return { status: 0, output: stripVTControlCharacters(stderr + stdout) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { status: code, output: stripVTControlCharacters(stderr + stdout) };
  }
}

test('the document takes its reader from an empty folder to assertions that pass, by exactly what it shows', async () => {
  const document = await readFile(join(root, 'docs/writing-assertions.md'), 'utf8');
  const section = /^## Your own, in ten minutes\n(?<body>[^]*?)^## /m.exec(document)?.groups?.['body'] ?? '';
  await using folder = await checkout();
  const parts = partsOf(section);
  expect(parts.filter((part) => 'shown' in part)).toHaveLength(4);
  const statuses: [string, number][] = [];
  let output = '';
  for (const part of parts) {
    if ('command' in part) {
      const ended = await run(part.command, folder.path);
      statuses.push([part.command, ended.status]);
      output = ended.output;
    } else if ('file' in part) {
      expect(part.file).toMatch(/^my-assertions\/[a-z-]+\/[a-z-]+\.yaml$/);
      await mkdir(dirname(join(folder.path, part.file)), { recursive: true });
      await writeFile(join(folder.path, part.file), part.text);
    } else for (const line of part.shown) expect(output).toContain(line);
  }
  const lint = 'npm run cli -- lint my-assertions';
  const runs = 'npm run cli -- run --cluster embedded --mesh reference --assertions my-assertions';
  expect(statuses).toEqual([
    ['mkdir -p my-assertions/traffic-access my-assertions/fixtures', 0],
    [lint, 2],
    [lint, 0],
    [`${runs} --only traffic-access/orders-api`, 0],
    [`${runs} --only traffic-access/orders-api --fault methods-ignored`, 1],
    [lint, 0],
    [`${runs} --only 'traffic-access/orders-*'`, 0],
  ]);
  const report = JSON.parse(await readFile(join(folder.path, 'results/report.json'), 'utf8')) as Report;
  expect(report.suite.added).toEqual({ assertions: 2, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(report.assertions.filter(({ added }) => added).map(({ id, verdict }) => [id, verdict])).toEqual([['traffic-access/orders-api', 'pass'], ['traffic-access/orders-audit', 'pass']]);
  expect(report.summary.total).toBe(report.assertions.length - 2);

  const verify = 'npm run cli -- verify results/report.json --unsigned';
  expect(await run(verify, folder.path)).toMatchObject({ status: 0, output: expect.stringMatching(/✓ +figures[^]*✓ +catalogue[^]*✓ +added +2 assertions, sha256:[0-9a-f]+: not looked at/) });
  expect(await run(`${verify} --assertions my-assertions`, folder.path)).toMatchObject({ status: 0, output: expect.stringMatching(/✓ +added +2 assertions, sha256:[0-9a-f]+$/m) });
  await writeFile(join(folder.path, 'my-assertions/fixtures/orders.yaml'), `${await readFile(join(folder.path, 'my-assertions/fixtures/orders.yaml'), 'utf8')}# more\n`);
  expect(await run(`${verify} --assertions my-assertions`, folder.path)).toMatchObject({ status: 1, output: expect.stringMatching(/✗ +added +the report was made with/) });
});
