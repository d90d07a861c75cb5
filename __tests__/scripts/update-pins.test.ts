import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Pins, pins, toolNames } from '../../src/tools/index.ts';
import schema from '../../src/tools/pins.schema.json' with { type: 'json' };
import { compileSchema } from '../../src/yaml/index.ts';
import { type Publisher, startPublisher } from '../tools/downloads.ts';

jest.setTimeout(30_000);

const platforms = ['linux-amd64', 'linux-arm64', 'darwin-amd64', 'darwin-arm64'];
const sum = (digit: string): string => digit.repeat(64);

describe('the lock file', () => {
  test('is as its schema says, and the schema sees what is wrong', () => {
    const validate = compileSchema<Pins>(schema);
    expect(validate(pins)).toBe(true);
    const wrong = structuredClone(pins);
    wrong.tools.kind.checksums['0.33.0'] = { 'linux-amd64': 'aee6151561422756…' };
    expect(validate(wrong)).toBe(false);
  });

  test('names for every node image a release of kind, once', () => {
    const names = pins.nodeImages.images.map(({ kubernetes, kind }) => `${kubernetes} ${kind}`);
    expect(new Set(names).size).toBe(names.length);
    expect(pins.nodeImages.images[0]?.kind).toBe(pins.tools.kind.version);
  });
});

describe('update-pins', () => {
  let folder: string;
  let publisher: Publisher;
  let lock: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pins-'));
    publisher = await startPublisher();
    lock = join(folder, 'pins.json');
    const tools = Object.fromEntries(toolNames.map((name) => [name, { ...publisher.pins(name, '1.2.3', { 'linux-amd64': sum('a') }).tools[name], ...(name === 'helm' && { accepted: '>=1.0.0 <2.0.0' }) }]));
    // The schema wants addresses that nobody can listen to in between.
    writeFileSync(lock, JSON.stringify({ ...pins, tools }, null, 2).replaceAll('http://127.0.0.1', 'https://127.0.0.1'));
    for (const name of toolNames) for (const platform of platforms) publish(name, '1.2.3', platform, sum(platform === 'linux-amd64' ? 'a' : 'b'));
  });
  afterEach(async () => {
    await publisher.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function publish(name: (typeof toolNames)[number], version: string, platform: string, sha256: string): void {
    const [os = '', arch = ''] = platform.split('-');
    const url = new URL(pins.tools[name].checksumUrl.replaceAll('{version}', version).replaceAll('{os}', os).replaceAll('{arch}', arch));
    publisher.files.set(url.pathname, name === 'kubectl' || name === 'minikube' ? sha256 : `${sha256}  ${url.pathname.split('/').at(-1)?.replace(/\.sha256sum$/, '')}\n`);
  }

  /** Runs the script with the addresses of the lock file led to the publisher, who does not speak TLS. */
  async function update(...args: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
    const plain = join(folder, 'plain.mjs');
    writeFileSync(plain, `const real = globalThis.fetch;\nglobalThis.fetch = (url, init) => real(String(url).replace('https:', 'http:'), init);\n`);
    const child = spawn(process.execPath, ['--import', plain, join(import.meta.dirname, '../../scripts/update-pins.ts'), '--lock', lock, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
    const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { status, ...said };
  }
  const written = (): Pins => JSON.parse(readFileSync(lock, 'utf8')) as Pins;

  test('adds what is published and not locked, and then finds nothing to do', async () => {
    expect(await update()).toMatchObject({ status: 0, stdout: expect.stringContaining('kind 1.2.3 darwin-arm64: added') });
    for (const name of toolNames) expect(written().tools[name].checksums).toEqual({ '1.2.3': { 'darwin-amd64': sum('b'), 'darwin-arm64': sum('b'), 'linux-amd64': sum('a'), 'linux-arm64': sum('b') } });
    const text = readFileSync(lock, 'utf8');
    expect(await update()).toMatchObject({ status: 0, stdout: 'The lock file is up to date.\n' });
    expect(readFileSync(lock, 'utf8')).toBe(text);
  });

  test('never takes another checksum for a locked one, unless told', async () => {
    publish('helm', '1.2.3', 'linux-amd64', sum('c'));
    const before = readFileSync(lock, 'utf8');
    expect(await update()).toMatchObject({ status: 1, stdout: expect.stringContaining(`helm 1.2.3 linux-amd64: locked is ${sum('a')}, published is ${sum('c')}`), stderr: 'Nothing was written.\n' });
    expect(readFileSync(lock, 'utf8')).toBe(before);
    expect((await update('--trust-new')).status).toBe(0);
    expect(written().tools.helm.checksums['1.2.3']?.['linux-amd64']).toBe(sum('c'));
  });

  test('adds a version and makes it the one that is downloaded', async () => {
    for (const platform of platforms) publish('kind', '1.3.0', platform, sum('d'));
    expect((await update('kind=v1.3.0')).status).toBe(0);
    expect(written().tools.kind).toMatchObject({ version: '1.3.0', accepted: '1.3.0', checksums: { '1.3.0': { 'darwin-amd64': sum('d') } } });
    for (const platform of platforms) publish('helm', '1.4.0', platform, sum('e'));
    expect((await update('helm=1.4.0')).status).toBe(0);
    expect(written().tools.helm).toMatchObject({ version: '1.4.0', accepted: '>=1.0.0 <2.0.0' });
  });

  test('leaves a platform without a checksum that has none, but takes no version that has none at all', async () => {
    publisher.files.delete([...publisher.files.keys()].find((path) => path.includes('minikube-darwin-arm64')) ?? '');
    expect(await update()).toMatchObject({ status: 0, stdout: expect.stringContaining('answered with status 404') });
    expect(Object.keys(written().tools.minikube.checksums['1.2.3'] ?? {})).toEqual(['darwin-amd64', 'linux-amd64', 'linux-arm64']);
    expect(await update('kind=7.7.7')).toMatchObject({ status: 1, stdout: expect.stringContaining('kind 7.7.7: no checksum of it is published') });
    expect(written().tools.kind.version).toBe('1.2.3');
  });

  test('writes nothing where somebody does not answer, or answers something else', async () => {
    const before = readFileSync(lock, 'utf8');
    publisher.status = 503;
    expect(await update()).toMatchObject({ status: 1, stdout: expect.stringContaining('answered with status 503') });
    publisher.status = undefined;
    publisher.files.set([...publisher.files.keys()].find((path) => path.includes('helm-v1.2.3-linux-arm64')) ?? '', 'sign in');
    expect(await update()).toMatchObject({ status: 1, stdout: expect.stringContaining('holds no SHA-256 of helm-v1.2.3-linux-arm64.tar.gz') });
    expect(readFileSync(lock, 'utf8')).toBe(before);
  });

  test('says how it is called', async () => {
    expect(await update('kind')).toMatchObject({ status: 2, stderr: expect.stringContaining('"kind" is not TOOL=VERSION') });
    expect(await update('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('npm run update-pins') });
    writeFileSync(lock, '{"tools": {}}');
    expect(await update()).toMatchObject({ status: 2, stderr: expect.stringContaining('not as its schema says') });
  });
});
