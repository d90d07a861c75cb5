import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { attest, publicLineOf, signerOf } from '../../src/attest/index.ts';
import type { Report } from '../../src/model/report.ts';
import { toJson } from '../../src/report/index.ts';
import { loadSuite } from '../../src/suite/index.ts';
import { bytesOf, goodReport, keyless, signed } from '../attest/bed.ts';
import { startSigstore } from '../attest/sigstore.ts';
import { expectHidden, oldToken } from '../provider/bed.ts';
import { openRepository, type Repository } from '../publish/repository.ts';
import { noErrors, sampleReport } from '../report/sample.ts';
import { type Provider, startProvider } from '../stand-ins/provider.ts';
import { type Built, buildProgram } from './built.ts';
import { type Child, type Ended, openChild } from './child.ts';

jest.setTimeout(120_000);

const keys = generateKeyPairSync('ed25519');
const privateKey = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
let program: Built;
let provider: Provider;
let repository: Repository;
let cli: Child;
beforeAll(async () => {
  program = await buildProgram();
  provider = await startProvider({ tokens: [oldToken] });
  repository = await openRepository();
  cli = await openChild(program.cli, () => ({ SMI_CONFORMANCE_PROVIDER_TOKEN: oldToken }));
  await writeFile(join(cli.folder, 'private.pem'), privateKey);
  await writeFile(join(cli.folder, 'public.pem'), keys.publicKey.export({ type: 'spki', format: 'pem' }));
});
afterAll(async () => {
  await cli[Symbol.asyncDispose]();
  await repository[Symbol.asyncDispose]();
  await provider.close();
  await program[Symbol.asyncDispose]();
});

/** A folder as a run on a real cluster leaves it, signed. */
async function signedFolder(name: string): Promise<Report> {
  const { digest } = await loadSuite(join(import.meta.dirname, '../../assertions'));
  const sample = sampleReport(noErrors);
  const report = { ...sample, suite: { ...sample.suite, digest }, run: { ...sample.run, id: name } };
  const directory = join(cli.folder, name);
  await mkdir(directory);
  await writeFile(join(directory, 'report.json'), toJson(report));
  await attest({ directory, signer: signerOf({ key: keys.privateKey }), action: { version: '0.1.0', digest: 'd'.repeat(64) } });
  return report;
}

/** A list on which one key may publish for a mesh. */
async function accountsFile(mesh: string, key: KeyObject = keys.publicKey): Promise<string> {
  const name = `accounts-${mesh}.json`;
  await writeFile(join(cli.folder, name), JSON.stringify({ meshes: { [mesh]: { robots: [{ name: 'robot', publicKey: publicLineOf(key) }] } } }));
  return name;
}

function randomKey(): KeyObject {
  return generateKeyPairSync('ed25519').publicKey;
}

async function texts(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(entries.filter((entry) => entry.isFile() && entry.name !== 'private.pem').map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')));
}

describe('the result of an earlier run', () => {
  const said: Ended[] = [];
  const run = async (...args: string[]): Promise<Ended> => {
    const ended = await cli.run(...args);
    said.push(ended);
    return ended;
  };

  test('is verified by the key that signed, and not with one byte changed, nor by a list that does not know the key', async () => {
    await signedFolder('aaa111');
    const listed = ['--accounts', await accountsFile('osm')];
    expect(await run('verify', 'aaa111/report.json', '--key', 'public.pem', ...listed)).toMatchObject({ status: 0, stdout: expect.stringMatching(/✓ +signature[^]*✓ +digest[^]*✓ +catalogue[^]*✓ +account +robot may publish for osm/) });
    expect(await run('verify', 'aaa111/report.json', ...listed)).toMatchObject({ status: 0 });
    expect(await run('verify', 'aaa111/report.json', '--key', 'public.pem')).toMatchObject({ status: 1, stdout: expect.stringMatching(/✓ +signature[^]*✗ +account +nobody has enrolled for osm, so that no signature counts as the mesh's own/) });
    expect(await run('verify', 'aaa111/report.json', '--key', 'public.pem', '--accounts', await accountsFile('osm', randomKey()))).toMatchObject({ status: 1, stdout: expect.stringMatching(/✗ +account +the key \S+ is no account of osm/) });
    const text = await readFile(join(cli.folder, 'aaa111/report.json'), 'utf8');
    await writeFile(join(cli.folder, 'aaa111/other.json'), text.replace('Open Service Mesh', 'Open Service mesh'));
    expect(await run('verify', 'aaa111/other.json', '--key', 'public.pem', ...listed)).toMatchObject({ status: 1, stdout: expect.stringMatching(/✗ +digest/) });
  });

  test('is uploaded once', async () => {
    await signedFolder('bbb222');
    const first = await run('upload', 'bbb222', '--provider-url', provider.url);
    expect(first).toMatchObject({ status: 0, stdout: expect.stringMatching(/^uploaded: [\da-f-]{36}\n$/) });
    expect(await run('upload', 'bbb222', '--provider-url', provider.url)).toMatchObject({ status: 0, stdout: first.stdout.replace('uploaded', 'already there') });
    expect([...provider.results.keys()]).toEqual([first.stdout.trim().split(' ')[1]]);
  });

  test('that the provider does not take is kept, and the message says how to go on', async () => {
    await signedFolder('ccc333');
    provider.next('POST /smi/results', { status: 422 });
    const { status, stderr } = await run('upload', 'ccc333', '--provider-url', provider.url);
    expect({ status, stderr }).toMatchObject({ status: 3, stderr: expect.stringMatching(/UPLOAD_FAILED[^]*smi-conformance upload/) });
    expect(await run('upload', 'ccc333', '--provider-url', provider.url)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^uploaded/) });
  });

  test('is published to a branch with its bundle, once, and made into pages', async () => {
    await signedFolder('ddd444');
    const published = await run('publish', 'ddd444', '--remote', repository.path, '--branch', 'results');
    expect(published).toMatchObject({ status: 0, stdout: expect.stringMatching(/^published: runs\/osm\/v1\.2\.4\/.*ddd444\.json/) });
    expect(await run('publish', 'ddd444', '--remote', repository.path, '--branch', 'results')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^already there: /) });
    const files = await repository.files('results');
    expect(files).toHaveLength(3);
    const path = files.find((file) => file.endsWith('ddd444.json')) ?? '';
    expect(await repository.git('show', `results:${path}`)).toBe(await readFile(join(cli.folder, 'ddd444/report.json'), 'utf8'));
    const site = await run('report', 'site', repository.path, 'pages', '--branch', 'results');
    expect(site).toMatchObject({ status: 0, stdout: expect.stringMatching(/^1 runs, /) });
    expect(await readFile(join(cli.folder, 'pages/index.html'), 'utf8')).toContain('Open Service Mesh');
    const page = (): Promise<string> => readFile(join(cli.folder, 'pages', path.replace('.json', '.html')), 'utf8');
    expect(await page()).toMatch(/was not checked when this page was made: its key is no account/);
    await run('report', 'site', repository.path, 'pages', '--branch', 'results', '--accounts', await accountsFile('osm'), '--no-verify');
    expect(await page()).toContain('was not checked when this page was made.');
    await run('report', 'site', repository.path, 'pages', '--branch', 'results', '--accounts', await accountsFile('osm'));
    expect(await page()).toMatch(/signature verified[^]*robot may publish for osm/);
  });

  test('shows the token nowhere', async () => {
    expect(said.length).toBeGreaterThan(8);
    expectHidden([...said.flatMap(({ stdout, stderr }) => [stdout, stderr]), ...(await texts(cli.folder))], [oldToken]);
  });
});

test('a signature of a workflow is checked by keys that are fetched, and without a network it says how to give them', async () => {
  const sigstore = await startSigstore();
  // Wherever the tests run: a network in which nothing is reached.
  await using offline = await openChild(program.cli, () => ({ NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: 'http://127.0.0.1:9' }));
  try {
    const report = bytesOf(goodReport());
    await writeFile(join(offline.folder, 'report.json'), report);
    await writeFile(join(offline.folder, 'report.sigstore.json'), await signed(report, keyless(sigstore)));
    await writeFile(join(offline.folder, 'root.json'), sigstore.rootBytes(sigstore.trustedRoot));
    const verify = ['verify', 'report.json', '--repo', 'octo/mesh', '--workflow', 'conformance.yml'];
    expect(await offline.run(...verify)).toMatchObject({ status: 3, stderr: expect.stringMatching(/NO_TRUSTED_ROOT[^]*gh attestation trusted-root > trusted_root\.jsonl, then --trusted-root/) });
    expect(await offline.run(...verify, '--trusted-root', 'root.json')).toMatchObject({ stdout: expect.stringMatching(/✓ +signature[^]*✓ +identity/) });
  } finally {
    await sigstore.close();
  }
}, 60_000);

describe('a run on the embedded cluster', () => {
  const quick = ['run', '--cluster', 'embedded', '--only', 'traffic-split/crd-trafficsplit'];

  test('is signed, and not uploaded, with the reason; the token is nowhere', async () => {
    const ended = await cli.run(...quick, '--output', 'quick', '--signing-key', 'private.pem', '--provider-url', provider.url);
    const { status, stdout, stderr } = ended;
    expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringMatching(/signed \(with the key[^]*not uploaded: it was made on the embedded cluster/) });
    expect(await cli.run('verify', 'quick/report.json', '--key', 'public.pem', '--accounts', await accountsFile('reference'))).toMatchObject({ status: 0 });
    expectHidden([stdout, stderr, ...(await texts(join(cli.folder, 'quick')))], [oldToken, privateKey.split('\n')[1] ?? '']);
  });

  test('a signature of an earlier run is gone when the next is not signed', async () => {
    expect(await cli.run(...quick, '--output', 'quick')).toMatchObject({ status: 0, stderr: expect.stringContaining('The result is unsigned') });
    expect(await readdir(join(cli.folder, 'quick'))).not.toContain('report.sigstore.json');
  });

  test('an upload that is required ends it with 3', async () => {
    expect(await cli.run(...quick, '--output', 'required', '--require-upload', 'true')).toMatchObject({ status: 3, stderr: expect.stringContaining('UPLOAD_FAILED: An upload is required') });
  });

  test('is compared with a baseline, and fails where regressions do', async () => {
    const against = [...quick, '--output', 'again', '--baseline', 'quick/report.json', '--fail-on', 'regression'];
    expect(await cli.run(...against)).toMatchObject({ status: 0, stderr: expect.stringContaining('No verdict is worse') });
    const { status, stderr } = await cli.run(...against, '--fault', 'definition-not-established');
    expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringMatching(/1 verdict is worse than in [^]*crd-trafficsplit@\w+: pass, now fail/) });
  });
});
