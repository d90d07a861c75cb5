import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { artifactName } from '../../src/github/artifact-name.ts';
import { type Artifact, keepArtifact } from '../../src/github/artifact.ts';
import { Secret } from '../../src/provider/secret.ts';
import { sampleReport } from '../report/sample.ts';
import { type ResultsService, startResultsService } from '../stand-ins/results-service.ts';

jest.setTimeout(60_000);

let service: ResultsService;
let directory: string;
beforeEach(async () => {
  // The client tells the runner's log every step that it takes.
  jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
  [service, directory] = await Promise.all([startResultsService(), mkdtemp(join(tmpdir(), 'smi-artifact-'))]);
  await writeFile(join(directory, 'report.json'), '{}');
});
afterEach(async () => {
  jest.restoreAllMocks();
  await service.close();
  await rm(directory, { recursive: true });
});

function keep(name: string, files = ['report.json'], token = service.token): Promise<Artifact> {
  return keepArtifact({ service: { token: new Secret(token), url: service.url }, name, directory, files: files.map((file) => join(directory, file)) });
}

/** Names and contents, by a program that has nothing to do with the one that packed them. */
async function unpacked(zip: Buffer): Promise<Record<string, string>> {
  const path = join(directory, 'archive.zip');
  await writeFile(path, zip);
  const { stdout } = await promisify(execFile)('python3', ['-c', 'import json,sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); print(json.dumps({n: z.read(n).decode() for n in z.namelist()}))', path], { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout) as Record<string, string>;
}

test('the files of the run are in it, by their paths, and no other file of the folder', async () => {
  await mkdir(join(directory, 'logs/node'), { recursive: true });
  await Promise.all(['events.ndjson', 'upload.json', 'logs/node/kubelet.log', 'not of the run.txt'].map((file) => writeFile(join(directory, file), file)));
  const { id, bytes, digest, leftOut } = await keep('one', ['report.json', 'events.ndjson']);
  expect(service.seen.filter((line) => !line.startsWith('PUT'))).toEqual(['CreateArtifact', 'FinalizeArtifact']);
  const stored = service.stored.get('one');
  expect({ id, bytes, leftOut }).toEqual({ id: stored?.id, bytes: stored?.zip.length, leftOut: [] });
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  const files = await unpacked(stored?.zip ?? Buffer.alloc(0));
  expect(Object.fromEntries(Object.entries(files).map(([path, text]) => [path.replace(/^\//, ''), text]))).toEqual({ 'report.json': '{}', 'events.ndjson': 'events.ndjson', 'upload.json': 'upload.json', 'logs/node/kubelet.log': 'logs/node/kubelet.log' });
});

test('what cannot be kept is left out by name, and the rest is kept', async () => {
  await mkdir(join(directory, 'logs'));
  await writeFile(join(directory, 'logs/a:b.log'), 'odd');
  await symlink(join(directory, 'gone'), join(directory, 'logs/link.log'));
  const { leftOut } = await keep('odd', ['report.json', 'junit.xml']);
  expect(leftOut).toEqual([{ path: 'junit.xml', why: 'it cannot be read (ENOENT)' }, { path: 'logs/a:b.log', why: expect.stringContaining('character') }]);
  expect(service.stored.has('odd')).toBe(true);
});

test('100 MB of logs are kept, in blocks', async () => {
  await mkdir(join(directory, 'logs'));
  // Not to be compressed, so that what is sent is as large.
  for (let file = 0; file < 10; file++) await writeFile(join(directory, `logs/${file}.log`), randomBytes(10_000_000));
  const { bytes } = await keep('large');
  expect(bytes).toBeGreaterThan(100_000_000);
  expect(service.seen.filter((line) => line === 'PUT block').length).toBeGreaterThan(10);
});

test('a name that is taken is an error that says where the files are, and shows no token', async () => {
  await keep('same');
  await expect(keep('same')).rejects.toMatchObject({ code: 'ARTIFACT_FAILED', message: expect.stringMatching(/already exists[^]*actions\/upload-artifact/) });
  service.always('CreateArtifact', 403, { code: 'permission_denied', msg: `not with ${service.token}` });
  const error = await keep('other').catch((reason: unknown) => reason as Error);
  expect(String((error as Error).message)).toContain('[hidden]');
  expect(String((error as Error).message)).not.toContain(service.token);
});

test('what the runner gave is nowhere in the environment afterwards', async () => {
  await keep('one');
  await keep('two', undefined, 'not.a.token').catch(() => undefined);
  expect(Object.keys(process.env).filter((name) => name.startsWith('ACTIONS_'))).toEqual([]);
});

test('the stand-in refuses a wrong token, a wrong field and a wrong hash', async () => {
  const call = async (method: string, body: object, token = service.token): Promise<number> =>
    (await fetch(`${service.url}/twirp/github.actions.results.api.v1.ArtifactService/${method}`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ workflow_run_backend_id: 'ce7f54c7-61c7-4aae-887f-30da475f5f1a', workflow_job_run_backend_id: 'ca395085-040a-526b-2ce8-bdc85f692774', name: 'x', ...body }) })).status;
  expect(await call('CreateArtifact', { version: 7, mime_type: 'application/zip' }, 'other')).toBe(401);
  expect(await call('CreateArtifact', { version: 4, mime_type: 'application/zip' })).toBe(400);
  expect(await call('CreateArtifact', { version: 7, mime_type: 'application/zip', name: 'a/b' })).toBe(400);
  expect(await call('CreateArtifact', { version: 7, mime_type: 'application/zip' })).toBe(200);
  expect(await call('FinalizeArtifact', { size: '0' })).toBe(412);
  expect((await fetch(`${service.url}/container/x?comp=block&blockid=MQ==&sig=wrong`, { method: 'PUT', body: 'x' })).status).toBe(403);
});

test('names are one for each run, and hold nothing that is refused', () => {
  const report = sampleReport();
  const names = [artifactName(report, '1'), artifactName(report, '2'), artifactName({ ...report, run: { ...report.run, id: 'other0' } }, '1'), artifactName({ ...report, kubernetes: { ...report.kubernetes, version: 'v1.33.7' } }, '1'), artifactName({ ...report, mesh: { ...report.mesh, version: 'a/b:c "d"\n' } }, undefined)];
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^smi-conformance-[\w.+-]+$/);
});
