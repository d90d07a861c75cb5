import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ConformanceError } from '../../src/model/errors.ts';
import { ensureTool, type Pins, type Tool, type ToolName, type ToolOptions } from '../../src/tools/index.ts';
import { type Publisher, sha256, startPublisher } from './downloads.ts';

// Each download starts a thread, which takes a second where the machine is busy.
jest.setTimeout(30_000);

let folder: string;
let publisher: Publisher;
let lines: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tool-'));
  publisher = await startPublisher();
  lines = [];
});
afterEach(async () => {
  await publisher.close();
  rmSync(folder, { recursive: true, force: true });
});

const kind = '#!/bin/sh\necho kind v9.8.7 go1.26 linux/amd64\n';
const kindPath = '/kubernetes-sigs/kind/releases/download/v9.8.7/kind-linux-amd64';
const cache = (): string => join(folder, 'cache');

/** Linux on amd64, whatever machine this runs on: what is downloaded is not run. */
function ensure(name: ToolName, pins: Pins, more: Partial<ToolOptions> = {}): Promise<Tool> {
  const environment = { PATH: `${join(folder, 'bin')}:/usr/bin:/bin`, HOME: folder };
  return ensureTool(name, { platform: 'linux', arch: 'x64', cacheDirectory: cache(), log: (line) => lines.push(line), signal: new AbortController().signal, environment, pins, ...more });
}

async function failureOf(promise: Promise<unknown>): Promise<ConformanceError> {
  const error = await promise.then(() => undefined, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(ConformanceError);
  return error as ConformanceError;
}

/** A program on PATH that says that it is of a version. */
function install(name: string, says: string, status = 0): string {
  const path = join(folder, 'bin', name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho '${says}'\nexit ${status}\n`);
  chmodSync(path, 0o755);
  return path;
}

const leftInTemporary = (): string[] => readdirSync(cache()).filter((name) => name.includes('download'));

describe('a tool that is downloaded', () => {
  test('is checked by the lock file, made executable and cached', async () => {
    publisher.files.set(kindPath, kind);
    const pins = publisher.pins('kind', '9.8.7', { 'linux-amd64': sha256(kind) });
    const first = await ensure('kind', pins);
    expect(first).toMatchObject({ version: '9.8.7', from: 'download' });
    expect(readFileSync(first.path, 'utf8')).toBe(kind);
    expect(statSync(first.path).mode & 0o777).toBe(0o755);
    const second = await ensure('kind', pins);
    expect(second).toEqual({ path: first.path, version: '9.8.7', from: 'cache' });
    expect(publisher.asked).toEqual([kindPath]);
    expect(leftInTemporary()).toEqual([]);
  });

  test('is refused and removed where it is not what was locked', async () => {
    publisher.files.set(kindPath, `${kind}#`);
    const error = await failureOf(ensure('kind', publisher.pins('kind', '9.8.7', { 'linux-amd64': sha256(kind) })));
    expect(error.code).toBe('WRONG_CHECKSUM');
    expect(error.message).toContain(`its SHA-256 is ${sha256(`${kind}#`)}, and should be ${sha256(kind)}`);
    expect(readdirSync(cache())).toEqual([]);
  });

  test('is checked by what is published where the lock file does not know it, which is said', async () => {
    publisher.files.set(kindPath, kind).set(`${kindPath}.sha256sum`, `${'0'.repeat(64)}  kind-darwin-arm64\n${sha256(kind)}  kind-linux-amd64\n`);
    const tool = await ensure('kind', publisher.pins('kind', '9.8.7'));
    expect(tool.from).toBe('download');
    expect(lines.join('\n')).toContain(`no checksum of kind 9.8.7 for linux-amd64: checking against ${publisher.url}${kindPath}.sha256sum`);
    rmSync(cache(), { recursive: true });
    publisher.files.set(`${kindPath}.sha256sum`, `${'0'.repeat(64)}  kind-linux-amd64\n`);
    expect((await failureOf(ensure('kind', publisher.pins('kind', '9.8.7')))).code).toBe('WRONG_CHECKSUM');
    publisher.files.set(`${kindPath}.sha256sum`, 'sign in to continue');
    expect((await failureOf(ensure('kind', publisher.pins('kind', '9.8.7')))).message).toContain('does not hold a SHA-256 of kind-linux-amd64');
  });

  test('is stored anew where what is cached has changed', async () => {
    publisher.files.set(kindPath, kind);
    const pins = publisher.pins('kind', '9.8.7', { 'linux-amd64': sha256(kind) });
    const { path } = await ensure('kind', pins);
    writeFileSync(path, kind.slice(0, 20));
    expect(await ensure('kind', pins)).toEqual({ path, version: '9.8.7', from: 'download' });
    expect(readFileSync(path, 'utf8')).toBe(kind);
  });

  test('may come in an archive', async () => {
    mkdirSync(join(folder, 'linux-amd64'));
    writeFileSync(join(folder, 'linux-amd64', 'helm'), 'helm itself');
    writeFileSync(join(folder, 'linux-amd64', 'LICENSE'), 'not wanted');
    const archive = execFileSync('tar', ['-cz', '-C', folder, 'linux-amd64']);
    publisher.files.set('/helm-v9.8.7-linux-amd64.tar.gz', archive);
    const pins = publisher.pins('helm', '9.8.7', { 'linux-amd64': sha256(archive) });
    const { path } = await ensure('helm', pins);
    expect(readFileSync(path, 'utf8')).toBe('helm itself');
    expect((await ensure('helm', pins)).from).toBe('cache');
    writeFileSync(path, 'somebody else');
    expect((await ensure('helm', pins)).from).toBe('download');
    expect(leftInTemporary()).toEqual([]);
  });

  test('says what to do where there is nothing, or nobody answers', async () => {
    const missing = await failureOf(ensure('kind', publisher.pins('kind', '9.8.7')));
    expect([missing.code, missing.message]).toEqual(['TOOL_UNAVAILABLE', expect.stringMatching(/kind 9\.8\.7 for linux-amd64 could not be downloaded: there is nothing at http.*Ask for a version that was published/)]);
    expect(publisher.asked).toHaveLength(1);
    publisher.status = 403;
    expect((await failureOf(ensure('kind', publisher.pins('kind', '9.8.7')))).message).toMatch(/127\.0\.0\.1:\d+: it answered with status 403\. Let this machine reach it/);
    expect(leftInTemporary()).toEqual([]);
  });

  test('is tried again where the server has a bad moment', async () => {
    publisher.files.set(kindPath, kind);
    publisher.status = 503;
    const ensuring = ensure('kind', publisher.pins('kind', '9.8.7', { 'linux-amd64': sha256(kind) }));
    while (publisher.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    publisher.status = undefined;
    expect((await ensuring).from).toBe('download');
  }, 20_000);

  test('is given up at a cancel, and nothing of it stays', async () => {
    publisher.files.set(kindPath, kind);
    publisher.stalls = true;
    const stop = new AbortController();
    const ensuring = failureOf(ensure('kind', publisher.pins('kind', '9.8.7', { 'linux-amd64': sha256(kind) }), { signal: stop.signal }));
    while (publisher.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    stop.abort('SIGINT');
    expect(await ensuring).toMatchObject({ code: 'CANCELLED', message: 'the run was stopped by SIGINT' });
    expect(readdirSync(cache())).toEqual([]);
  });

  test('leaves this process as it was', async () => {
    publisher.files.set(kindPath, kind);
    const before = { ...process.env };
    await ensure('kind', publisher.pins('kind', '9.8.7', { 'linux-amd64': sha256(kind) }));
    expect(process.env).toEqual(before);
  });

  test('is kept in the runner\'s cache where there is one, under a name of its own', async () => {
    publisher.files.set(kindPath, kind);
    const pins = publisher.pins('kind', '9.8.7', { 'linux-amd64': sha256(kind) });
    const environment = { PATH: '', HOME: folder, RUNNER_TOOL_CACHE: join(folder, 'hostedtoolcache'), RUNNER_TEMP: folder };
    const { path } = await ensureTool('kind', { platform: 'linux', arch: 'x64', log: () => undefined, signal: new AbortController().signal, environment, pins });
    expect(path).toBe(join(folder, 'hostedtoolcache', 'smi-conformance-kind', '9.8.7', 'linux-amd64', 'kind'));
    expect(existsSync(`${dirname(path)}.complete`)).toBe(true);
    const terminal = await ensureTool('kind', { platform: 'linux', arch: 'x64', log: () => undefined, signal: new AbortController().signal, environment: { PATH: '', HOME: folder }, pins });
    expect(terminal.path.startsWith(join(folder, '.cache', 'smi-conformance'))).toBe(true);
  });
});

describe('a tool on PATH', () => {
  const host = { platform: process.platform, arch: process.arch };

  test('is taken where its version is right', async () => {
    const path = install('kind', 'kind v9.8.7 go1.26 linux/amd64');
    expect(await ensure('kind', publisher.pins('kind', '9.8.7'), host)).toEqual({ path, version: '9.8.7', from: 'PATH' });
    expect(lines).toEqual([`kind 9.8.7 is on PATH: ${path}`]);
  });

  test('is not taken where it is another, which is said', async () => {
    install('kind', 'kind v9.8.6 go1.26 linux/amd64');
    await failureOf(ensure('kind', publisher.pins('kind', '9.8.7'), host));
    expect(lines[0]).toBe('kind 9.8.6, which is on PATH, is not taken: wanted is 9.8.7');
    expect(publisher.asked).not.toEqual([]);
  });

  test('is not taken where it does not say its version', async () => {
    install('kind', 'kind v9.8.7', 3);
    await failureOf(ensure('kind', publisher.pins('kind', '9.8.7'), host));
    expect(lines[0]).toContain('does not say its version');
  });

  test('is not asked for another machine', async () => {
    install('kind', 'kind v9.8.7');
    await failureOf(ensure('kind', publisher.pins('kind', '9.8.7'), { platform: 'darwin', arch: process.arch === 'x64' ? 'arm64' : 'x64' }));
    expect(publisher.asked[0]).toContain('/kind-darwin-');
  });

  test.each([
    ['helm', undefined, 'v3.18.6+gb76a950', '3.18.6'],
    ['helm', undefined, 'v3.18', '3.18.0'],
    ['minikube', undefined, 'v1.36.0', '1.36.0'],
    ['kubectl', 'v1.34.4', '{"clientVersion":{"major":"1","gitVersion":"v1.35.1"}}', '1.35.1'],
    ['kubectl', '1.34', '{"clientVersion":{"gitVersion":"v1.33.9"}}', '1.33.9'],
    ['kind', 'v0.25.0', 'kind v0.25.0 go1.22.9 linux/amd64', '0.25.0'],
  ] as const)('%s (asked for: %s) that says %s is taken for %s', async (name, version, says, found) => {
    const path = install(name, says);
    expect(await ensureTool(name, { ...host, ...(version !== undefined && { version }), log: () => undefined, signal: new AbortController().signal, environment: { PATH: dirname(path), HOME: folder } })).toEqual({ path, version: found, from: 'PATH' });
  });

  test.each([
    ['helm', undefined, 'v4.1.0+gabc'],
    ['kubectl', '1.34.4', '{"clientVersion":{"gitVersion":"v1.36.0"}}'],
    ['kind', 'v0.25.0', 'kind v0.33.0 go1.26 linux/amd64'],
    ['kind', '0.33.0', 'kind v0.33.0-alpha+1234567890abcd go1.26 linux/amd64'],
  ] as const)('%s (asked for: %s) that says %s is not taken', async (name, version, says) => {
    install(name, says);
    const pins = publisher.pins(name, '1.2.3');
    await failureOf(ensure(name, pins, { ...host, ...(version !== undefined && { version }) }));
    expect(lines[0]).toContain('is not taken');
  });
});

describe('what cannot be', () => {
  test('is said at once', async () => {
    const pins = publisher.pins('kind', '9.8.7');
    expect(await failureOf(ensure('kind', pins, { version: 'newest' }))).toMatchObject({ code: 'BAD_INPUT', message: '"newest" is no version of kind: write it as in 9.8.7.' });
    expect((await failureOf(ensure('kind', pins, { platform: 'win32' }))).message).toMatch(/kind is not to be had for win32 on x64: use a machine with Linux or macOS/);
    expect((await failureOf(ensure('kind', pins, { arch: 'riscv64' }))).code).toBe('TOOL_UNAVAILABLE');
    expect(publisher.asked).toEqual([]);
  });

  test('is a cache that cannot be written', async () => {
    writeFileSync(cache(), 'a file');
    expect(await failureOf(ensure('kind', publisher.pins('kind', '9.8.7')))).toMatchObject({ code: 'WRITE_FAILED', message: expect.stringContaining('RUNNER_TOOL_CACHE') });
  });
});
