import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { bed, expectHidden, oldToken } from './bed.ts';

const child = fileURLToPath(new URL('./crash-child.ts', import.meta.url));

test.each<[string, Parameters<typeof bed>[0]]>([['a token that is refused', { tokens: [] }], ['a provider that is down', {}]])('a crash after %s shows the token nowhere: output, dumps, environment of programs', async (_, options) => {
  await using at = await bed(options);
  at.provider.always('POST /smi/results', { status: 503, body: `down for ${oldToken}` });
  const dumps = await mkdtemp(join(tmpdir(), 'smi-dumps-'));
  const { status, output } = await crash([at.provider.url, at.directory], dumps);
  const reports = await Promise.all((await readdir(dumps)).map((name) => readFile(join(dumps, name), 'utf8')));
  await rm(dumps, { recursive: true });

  expect(status).not.toBe(0);
  expect(output).toMatch(/UPLOAD_FAILED[^]*crashed with \[hidden\]/);
  // One that was asked for, and one of the crash; both list the environment.
  expect(reports).toHaveLength(2);
  for (const one of reports) expect(one).toContain('"SMI_TEST_MARK": "here"');
  expect(output).toContain('"SMI_TEST_MARK":"here"');
  expectHidden([output, ...reports], [oldToken, 'refresh-secret-0123456789']);
  expect(reports.join()).not.toContain('SMI_CONFORMANCE_PROVIDER_TOKEN');
}, 30_000);

async function crash(args: string[], dumps: string): Promise<{ status: number | null; output: string }> {
  const flags = ['--report-uncaught-exception', '--report-on-fatalerror', `--report-directory=${dumps}`];
  const running = spawn(process.execPath, [...flags, child, ...args], { env: { ...process.env, NODE_OPTIONS: '', SMI_CONFORMANCE_PROVIDER_TOKEN: oldToken, SMI_TEST_MARK: 'here' } });
  let output = '';
  for (const stream of [running.stdout, running.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const status = await new Promise<number | null>((resolve) => running.once('close', resolve));
  return { status, output };
}
