import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { fetchChart } from '../../../src/mesh/install/chart.ts';
import type { Surroundings } from '../../../src/mesh/install/fetch.ts';
import { objectsIn, readManifests } from '../../../src/mesh/install/manifests.ts';
import { renderManifests } from '../../../src/mesh/install/program.ts';
import type { HelmPart, Program } from '../../../src/model/install.ts';

let server: Server;
let url: string;
let files: Record<string, string>;
let directory: string;
let lines: string[];
beforeEach(async () => {
  files = {};
  lines = [];
  server = createServer(({ url: path = '' }, response) => {
    const text = files[path];
    response.writeHead(text === undefined ? 404 : 200).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  directory = await mkdtemp(join(tmpdir(), 'fetch-'));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(directory, { recursive: true });
});

const surroundings = (): Surroundings => ({ directory, log: (line) => void lines.push(line), signal: new AbortController().signal });
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('a chart', () => {
  const part = (more: Partial<HelmPart> = {}): HelmPart => ({ release: 'mesh', repository: `${url}/charts`, chart: 'mesh', ...more });
  const index = (...entries: { version: string; appVersion?: string; text: string; digest?: string }[]): void => {
    for (const { version, text } of entries) files[`/charts/archives/mesh-${version}.tgz`] = text;
    files['/charts/index.yaml'] = JSON.stringify({ apiVersion: 'v1', entries: { other: [], mesh: entries.map(({ text, ...entry }) => ({ digest: sha256(text), ...entry, urls: [`archives/mesh-${entry.version}.tgz`] })) } });
  };

  test('that is pinned is taken from where it is, without the index', async () => {
    files['/mesh.tgz'] = 'pinned';
    const file = await fetchChart(part({ pins: [{ version: '1.0.0', url: `${url}/mesh.tgz`, sha256: sha256('pinned') }] }), 'v1.0.0', surroundings());
    expect(await readFile(file, 'utf8')).toBe('pinned');
    expect(lines.join('\n')).not.toContain('no SHA-256');
  });

  test('that is not what was pinned is removed, and refused', async () => {
    files['/mesh.tgz'] = 'something else';
    await expect(fetchChart(part({ pins: [{ version: '1.0.0', url: `${url}/mesh.tgz`, sha256: sha256('pinned') }] }), '1.0.0', surroundings())).rejects.toMatchObject({ code: 'WRONG_CHECKSUM', message: expect.stringContaining(`its SHA-256 is ${sha256('something else')}, and should be ${sha256('pinned')}`) });
    expect(existsSync(join(directory, 'mesh-chart.tgz'))).toBe(false);
  });

  test.each([['1.2.0', 'twelve'], ['v2.0.0', 'three'], ['3.0.1', 'three']])('of the version %s is found in the index, by its own number or the mesh’s, the newest first, and checked by it', async (wanted, text) => {
    index({ version: '1.2.0', text: 'twelve' }, { version: '3.0.0', appVersion: '2.0.0', text: 'two' }, { version: '3.0.1', appVersion: 'v2.0.0', text: 'three' });
    expect(await readFile(await fetchChart(part(), wanted, surroundings()), 'utf8')).toBe(text);
    expect(lines.join('\n')).toContain('no SHA-256 of the chart mesh');
  });

  test('whose number is pinned is that one, for any version of the mesh where none is named', async () => {
    index({ version: '1.0.4', appVersion: '0.2.7', text: 'adapter' }, { version: '1.0.5', appVersion: '2.14.10', text: 'no' });
    expect(await readFile(await fetchChart(part({ pins: [{ chart: '1.0.4' }] }), 'stable-2.14.10', surroundings()), 'utf8')).toBe('adapter');
  });

  test.each<[string, () => void, string, string]>([
    ['of a version that is not there', () => index({ version: '1.2.0', text: 'a' }, { version: '3.0.0', appVersion: '2.0.0', text: 'b' }), 'BAD_INPUT', 'has no version 9.9.9 of the chart mesh. It has 1.2.0, 2.0.0 (chart 3.0.0)'],
    ['without a digest', () => index({ version: '9.9.9', text: 'a', digest: '' }), 'WRONG_CHECKSUM', 'gives no SHA-256 for the chart mesh 9.9.9'],
    ['whose digest is another', () => index({ version: '9.9.9', text: 'a', digest: sha256('b') }), 'WRONG_CHECKSUM', `should be ${sha256('b')}`],
    ['of a repository without an index', () => undefined, 'TOOL_UNAVAILABLE', '/charts/index.yaml (status 404)'],
    ['of a repository whose index is none', () => { files['/charts/index.yaml'] = 'entries: ['; }, 'TOOL_UNAVAILABLE', 'is not the index of a chart repository'],
  ])('%s is refused', async (_what, arrange, code, message) => {
    arrange();
    await expect(fetchChart(part(), '9.9.9', surroundings())).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });
});

describe('manifests', () => {
  test('of an address are checked', async () => {
    files['/a.yaml'] = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n';
    expect(await readManifests({ files: [{ url: `${url}/a.yaml`, sha256: sha256(files['/a.yaml']) }] }, 'mesh', 'part', surroundings())).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'mesh' } }]);
    await expect(readManifests({ files: [{ url: `${url}/a.yaml`, sha256: sha256('') }] }, 'mesh', 'part', surroundings())).rejects.toMatchObject({ code: 'WRONG_CHECKSUM' });
  });

  test.each([['kind: ConfigMap', 'no Kubernetes object'], ['[]', 'no Kubernetes object'], ['a: [', 'is no YAML'], ['apiVersion: v1\nkind: List\nitems: [3]', 'no Kubernetes object']])('%j are none', (text, message) => {
    expect(() => objectsIn(text, 'file.yaml', 'mesh')).toThrow(`file.yaml ${message === 'is no YAML' ? message : 'holds a document that is '}`);
    expect(() => objectsIn(text, 'file.yaml', 'mesh')).toThrow(message);
  });

  test('that are not there are named', async () => {
    await expect(readManifests({ files: [{ path: '/no/such.yaml' }] }, 'mesh', 'part', surroundings())).rejects.toMatchObject({ code: 'BAD_DEFINITION', message: expect.stringContaining('/no/such.yaml cannot be read') });
  });
});

describe('a program that prints manifests', () => {
  const script = (...body: string[]): string => `#!${process.execPath}\n${body.join('\n')}\n`;
  const printing = script('console.log(JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: process.argv.slice(2).join("-") }, data: { KUBECONFIG: process.env.KUBECONFIG } }))');
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}` as const;
  const program = (more: Partial<Program> = {}): Program => ({ name: 'mesh', url: `${url}/{version}/mesh-{platform}`, platforms: { [platform]: 'here' }, ...more });
  const part = (of: Program) => ({ program: of, render: [['crds', '{version}'], ['rest', '{namespace}']] });

  test('is checked by its pin, run for each call, and given no cluster', async () => {
    files['/1.0.0/mesh-here'] = printing;
    const objects = await renderManifests(part(program({ pins: [{ version: '1.0.0', sha256: { [platform]: sha256(printing) } }] })), 'mesh', '1.0.0', surroundings());
    expect(objects.map(({ metadata }) => metadata)).toEqual([{ name: 'crds-1.0.0', namespace: 'mesh' }, { name: 'rest-mesh', namespace: 'mesh' }]);
    expect(objects.map(({ data }) => existsSync((data as { KUBECONFIG: string }).KUBECONFIG))).toEqual([false, false]);
    expect(lines).toEqual(expect.arrayContaining(['mesh crds 1.0.0', 'mesh rest mesh']));
    expect(lines.join('\n')).not.toContain('ConfigMap');
  });

  test('that is not pinned is checked by what its makers publish, which is said; without that it is refused', async () => {
    files['/2.0.0/mesh-here'] = printing;
    files['/2.0.0/mesh-here.sha256'] = `${sha256(printing)}  mesh-here\n`;
    await renderManifests(part(program({ checksums: '{url}.sha256' })), 'mesh', '2.0.0', surroundings());
    expect(lines.join('\n')).toContain(`no SHA-256 of mesh 2.0.0 is pinned: checking against ${url}/2.0.0/mesh-here.sha256`);
    files['/2.0.0/mesh-here.sha256'] = `${sha256('other')}  mesh-there\n`;
    await expect(renderManifests(part(program({ checksums: '{url}.sha256' })), 'mesh', '2.0.0', surroundings())).rejects.toMatchObject({ code: 'WRONG_CHECKSUM', message: expect.stringContaining('holds no SHA-256 of it') });
    await expect(renderManifests(part(program()), 'mesh', '2.0.0', surroundings())).rejects.toMatchObject({ code: 'WRONG_CHECKSUM', message: expect.stringContaining('its makers publish no checksum') });
  });

  test('for another platform is refused', async () => {
    await expect(renderManifests(part(program({ platforms: {} })), 'mesh', '1.0.0', surroundings())).rejects.toMatchObject({ code: 'TOOL_UNAVAILABLE', message: expect.stringContaining('is not to be had for') });
  });

  test('of the user’s own is run as it is, and what it says where it fails is in the error', async () => {
    const file = join(directory, 'own');
    await writeFile(file, script('console.error("no rights"); process.exit(3)'));
    await chmod(file, 0o755);
    await expect(renderManifests(part({ name: 'own', path: file }), 'mesh', '1.0.0', surroundings())).rejects.toMatchObject({ code: 'COMMAND_FAILED', message: expect.stringContaining('no rights') });
  });
});
