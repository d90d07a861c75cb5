import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { signerOf } from '../../src/attest/index.ts';
import { deliver, type DeliveryPlan, type DeliverInput, keepEvidence } from '../../src/deliver/index.ts';
import type { MeshDefinition } from '../../src/model/mesh.ts';
import type { Report } from '../../src/model/report.ts';
import { systemIdOf } from '../../src/provider/index.ts';
import { Secret } from '../../src/provider/secret.ts';
import { toJson } from '../../src/report/index.ts';
import { workflow } from '../attest/bed.ts';
import { startSigstore } from '../attest/sigstore.ts';
import { oldToken, osm, token } from '../provider/bed.ts';
import { openRepository } from '../publish/repository.ts';
import { allGood, noErrors, sampleReport } from '../report/sample.ts';
import { type Provider, startProvider } from '../stand-ins/provider.ts';
import { type GitHubApi, type GitHubOptions, startGitHub } from '../stand-ins/github.ts';
import { startResultsService } from '../stand-ins/results-service.ts';

let directory: string;
let provider: Provider;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'smi-deliver-'));
  provider = await startProvider({ tokens: [oldToken] });
});
afterEach(async () => {
  await provider.close();
  await rm(directory, { recursive: true });
});

const key = generateKeyPairSync('ed25519').privateKey;
const report = sampleReport(noErrors);

function plan(change: Partial<DeliveryPlan> = {}, required = false): DeliveryPlan {
  return {
    signing: { signer: signerOf({ key }), unsigned: 'unsigned: two lines', action: { version: '0.1.0', digest: 'd'.repeat(64) } },
    upload: { token: token(oldToken), url: provider.url, naming: 'snake_case', systemId: systemIdOf('o/r'), required },
    ...change,
  };
}

async function delivered(change: Partial<DeliverInput> & { plan: DeliveryPlan }, of: Report = report): ReturnType<typeof deliver> {
  await writeFile(join(directory, 'report.json'), toJson(of));
  return deliver({ report: of, exitCode: 0, directory, written: [join(directory, 'report.json')], definition: () => Promise.resolve(osm as MeshDefinition), signal: new AbortController().signal, log: () => undefined, ...change });
}

test('a result is signed, uploaded and published with its bundle', async () => {
  await using repository = await openRepository();
  const { files, uploadId, published, said, error } = await delivered({ plan: plan({ publishing: { destination: { remote: repository.path }, branch: 'results', environment: process.env } }) });
  expect({ files, error, warnings: said.filter(({ level }) => level === 'warning') }).toEqual({ files: { bundle: join(directory, 'report.sigstore.json') }, error: undefined, warnings: [] });
  expect([...provider.results.keys()]).toEqual([uploadId]);
  expect((await repository.files('results')).filter((path) => path.startsWith('runs/'))).toHaveLength(2);
  expect(await repository.files('results')).toContain(published);
});

test('an upload that fails is a warning, and what comes after it is done', async () => {
  await using repository = await openRepository();
  provider.always('POST /smi/results', { status: 422 });
  const { uploadId, published, said, error } = await delivered({ plan: plan({ publishing: { destination: { remote: repository.path }, branch: 'results', environment: process.env } }) });
  expect({ uploadId, error }).toEqual({ uploadId: undefined, error: undefined });
  expect(said.filter(({ level }) => level === 'warning').map(({ message }) => message)).toEqual([expect.stringContaining('smi-conformance upload')]);
  expect(published).toBeDefined();
});

test('where an upload is required, one that fails is the error of the run', async () => {
  provider.always('POST /smi/results', { status: 422 });
  expect(await delivered({ plan: plan({}, true) })).toMatchObject({ error: { code: 'UPLOAD_FAILED' } });
});

test('results of the embedded cluster are signed only', async () => {
  await using repository = await openRepository();
  const embedded: Report = { ...report, kubernetes: { ...report.kubernetes, cluster: 'embedded' } };
  const { said, uploadId, published } = await delivered({ plan: plan({ publishing: { destination: { remote: repository.path }, branch: 'results', environment: process.env } }) }, embedded);
  expect({ uploadId, published }).toEqual({ uploadId: undefined, published: undefined });
  expect(said.map(({ message }) => message)).toEqual([expect.stringContaining('signed'), expect.stringContaining('not uploaded: it was made on the embedded'), expect.stringContaining('not published: it comes from the embedded')]);
  expect(provider.seen).toEqual([]);
});

test('of a run without a report, its events and logs are kept; where there are none, nothing is said', async () => {
  const results = await startResultsService();
  const log = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
  try {
    const artifact = { service: { token: new Secret(results.token), url: results.url }, attempt: '1' };
    await writeFile(join(directory, 'events.ndjson'), '{}\n');
    expect(await keepEvidence(plan({ artifact }), directory)).toBeUndefined();
    await mkdir(join(directory, 'logs'));
    await writeFile(join(directory, 'logs/kubelet.log'), 'why');
    expect(await keepEvidence(plan(), directory)).toBeUndefined();
    const first = await keepEvidence(plan({ artifact }), directory);
    const second = await keepEvidence(plan({ artifact }), directory);
    expect([...results.stored.keys()]).toEqual([first?.artifact, second?.artifact]);
    expect(String(results.stored.get(first?.artifact ?? '')?.zip.toString('latin1'))).toMatch(/events\.ndjson[^]*logs\/kubelet\.log/);
    results.always('CreateArtifact', 403, { code: 'permission_denied', msg: 'no' });
    expect(await keepEvidence(plan({ artifact }), directory)).toMatchObject({ said: [{ level: 'warning', message: expect.stringContaining('actions/upload-artifact') }] });
  } finally {
    log.mockRestore();
    await results.close();
  }
});

describe('trouble on the way is a warning that says what to do, and loses nothing:', () => {
  const warningsOf = ({ said }: Awaited<ReturnType<typeof deliver>>): string[] => said.filter(({ level }) => level === 'warning').map(({ message }) => message);
  const lastingOf = ({ error, files, published, uploadId }: Awaited<ReturnType<typeof deliver>>): object => ({ error, files, published, uploadId });

  test('an identity that is refused', async () => {
    const sigstore = await startSigstore();
    try {
      sigstore.instead = { oidc: () => ({ status: 403, body: '{"message":"no"}' }) };
      const signing = { ...plan().signing, signer: { kind: 'keyless', oidc: sigstore.oidc, services: sigstore.services } as const, workflow };
      const ended = await delivered({ plan: plan({ signing }) });
      expect(warningsOf(ended)).toEqual([expect.stringMatching(/status 403[^]*id-token: write/)]);
      expect(lastingOf(ended)).toEqual({ error: undefined, files: {}, published: undefined, uploadId: expect.any(String) });
    } finally {
      await sigstore.close();
    }
  });

  test('a transparency log that is down', async () => {
    const sigstore = await startSigstore();
    try {
      sigstore.instead = { rekor: () => ({ status: 400, body: '{"message":"maintenance"}' }) };
      const signing = { ...plan().signing, signer: { kind: 'keyless', oidc: sigstore.oidc, services: sigstore.services } as const, workflow };
      const ended = await delivered({ plan: plan({ signing }) });
      expect(warningsOf(ended)).toEqual([expect.stringMatching(/The transparency log at http:\S+ did not take the entry/)]);
      expect(lastingOf(ended)).toEqual({ error: undefined, files: {}, published: undefined, uploadId: expect.any(String) });
      expect((await readdir(directory)).toSorted()).toEqual(['report.json', 'upload.json']);
    } finally {
      await sigstore.close();
    }
  });

  test('a branch that is protected, by real git', async () => {
    await using repository = await openRepository();
    const hook = join(repository.path, 'hooks/pre-receive');
    await mkdir(join(repository.path, 'hooks'), { recursive: true });
    await writeFile(hook, '#!/bin/sh\necho "GH006: Protected branch update failed for refs/heads/results." >&2\nexit 1\n');
    await chmod(hook, 0o755);
    const ended = await delivered({ plan: plan({ publishing: { destination: { remote: repository.path }, branch: 'results', environment: process.env } }) });
    expect(warningsOf(ended)).toEqual([expect.stringMatching(/not published to the branch results[^]*GH006/)]);
    expect(lastingOf(ended)).toEqual({ error: undefined, published: undefined, uploadId: expect.any(String), files: { bundle: join(directory, 'report.sigstore.json') } });
  });

  test('a disk that is full when the signature is written', async () => {
    // Stands where the bundle is written to before it is renamed: a folder takes no bytes, on any system.
    await mkdir(join(directory, `report.sigstore.json.${process.pid}.tmp`));
    const ended = await delivered({ plan: plan() });
    expect(warningsOf(ended)).toEqual([expect.stringMatching(/The signature cannot be written to [^]*The report stays there, unsigned/)]);
    expect(lastingOf(ended)).toEqual({ error: undefined, files: {}, published: undefined, uploadId: expect.any(String) });
    await rm(join(directory, `report.sigstore.json.${process.pid}.tmp`), { recursive: true, force: true });
  });
});

test('without signer and token it says what to do, and an old bundle is gone', async () => {
  await writeFile(join(directory, 'report.sigstore.json'), '{}');
  const { said } = await delivered({ plan: plan({ signing: { ...plan().signing, signer: undefined }, upload: { ...plan().upload, token: undefined } }) });
  expect(said.map(({ message }) => message)).toEqual(['unsigned: two lines', expect.stringContaining('smi-conformance upload')]);
  expect(await readdir(directory)).toEqual(['report.json']);
});

test('a baseline tells what is worse; of another mesh it is not compared', async () => {
  const find = (before: Report) => ({ baseline: { name: 'before.json', counts: true, find: () => Promise.resolve(before) } });
  const good = sampleReport(allGood);
  const worse = await delivered({ plan: plan(find(good)) });
  expect(worse.regressions.length).toBeGreaterThan(0);
  expect(worse).toMatchObject({ regressed: true });
  expect(await delivered({ plan: plan(find(report)) }, good)).toMatchObject({ regressed: false, regressions: [] });
  const other = await delivered({ plan: plan(find({ ...good, mesh: { ...good.mesh, id: 'other' } })) });
  expect(other).toMatchObject({ regressed: false, said: expect.arrayContaining([{ level: 'warning', message: expect.stringContaining('not compared') }]) });
});

test('what was written is kept as an artifact with its signature and the note of the upload; a service that fails is a warning', async () => {
  const results = await startResultsService();
  // The client tells the runner's log every step that it takes.
  const log = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
  try {
    const artifact = { service: { token: new Secret(results.token), url: results.url }, attempt: '2' };
    const kept = await delivered({ plan: plan({ artifact }) });
    expect([...results.stored.keys()]).toEqual([kept.artifact]);
    expect(kept.artifact).toMatch(/^smi-conformance-osm-.*-attempt-2-/);
    const zip = String(results.stored.get(kept.artifact ?? '')?.zip.toString('latin1'));
    for (const name of ['report.json', 'report.sigstore.json', 'upload.json']) expect(zip).toContain(name);
    const again = await delivered({ plan: plan({ artifact }) });
    expect({ artifact: again.artifact, error: again.error }).toEqual({ artifact: undefined, error: undefined });
    expect(again.said).toContainEqual({ level: 'warning', message: expect.stringContaining('already exists') });
    expect(await readdir(directory)).toContain('report.json');
  } finally {
    log.mockRestore();
    await results.close();
  }
});

describe('what a workflow shows', () => {
  let github: GitHubApi;
  afterEach(() => github.close());

  function gitHubPlan(): NonNullable<DeliveryPlan['github']> {
    const access = { url: github.url, token: new Secret(github.token), owner: 'octo', repo: 'mesh', pauseMs: 1 };
    const run = { id: '5', attempt: '1', url: 'https://github.com/octo/mesh/actions/runs/5' };
    return { access, fork: false, commit: 'a'.repeat(40), place: { job: 'conformance' }, run, comment: true, check: true };
  }

  async function shown(change: Partial<DeliverInput> = {}, of: Report = report, options: GitHubOptions = {}, signing = plan().signing): ReturnType<typeof deliver> {
    github = await startGitHub(options);
    return delivered({ plan: plan({ signing, github: { ...gitHubPlan(), pull: 7 } }), ...change }, of);
  }

  test('is the result, in a comment and in a check whose conclusion is the status', async () => {
    const { error, said } = await shown({ exitCode: 1 });
    expect({ error, warnings: said.filter(({ level }) => level === 'warning') }).toEqual({ error: undefined, warnings: [] });
    expect(github.comments).toEqual([expect.objectContaining({ body: expect.stringMatching(/^<!-- smi-conformance [^]*SMI conformance: [^]*\[this run\]\(https:\/\/github\.com\/octo\/mesh\/actions\/runs\/5\) · commit aaaaaaaaaaaa · signed/) })]);
    expect(github.checks).toEqual([expect.objectContaining({ conclusion: 'failure', head_sha: 'a'.repeat(40), name: expect.stringMatching(/^SMI conformance: .*, Kubernetes \d+\.\d+$/), output: expect.objectContaining({ title: expect.stringMatching(/^failed: /) }) })]);
  });

  test('verdicts that are worse fail the check where they fail the run', async () => {
    const find = (): Promise<Report> => Promise.resolve(sampleReport(allGood));
    github = await startGitHub();
    await delivered({ plan: plan({ github: gitHubPlan(), baseline: { name: 'before', counts: true, find } }), exitCode: 0 });
    expect(github.checks).toEqual([expect.objectContaining({ conclusion: 'failure' })]);
    // There is no pull request.
    expect(github.comments).toEqual([]);
  });

  test('nothing without the permissions, but the lines that give them, and no warning', async () => {
    const { said, error } = await shown({}, report, { permissions: [] });
    expect(error).toBeUndefined();
    expect(said.filter(({ level }) => level === 'warning')).toEqual([]);
    for (const permission of ['pull-requests', 'checks']) expect(said).toContainEqual({ level: 'info', message: expect.stringContaining(`permissions:\n      ${permission}: write`) });
    expect(await readdir(directory)).toContain('report.json');
  });

  test('no result of the embedded cluster', async () => {
    await shown({}, { ...report, kubernetes: { ...report.kubernetes, cluster: 'embedded' } });
    expect(github.seen).toEqual([]);
  });

  test('the attestation is the bundle that the workflow signed; that of a key is not offered', async () => {
    await shown();
    expect(github.attestations).toEqual([]);
    await github.close();
    const sigstore = await startSigstore();
    try {
      const { attestation, files } = await shown({}, report, {}, { ...plan().signing, signer: { kind: 'keyless', oidc: sigstore.oidc, services: sigstore.services }, workflow });
      expect(attestation).toMatch(/^\d+$/);
      expect(github.attestations).toEqual([JSON.parse(await readFile(files.bundle ?? '', 'utf8'))]);
    } finally {
      await sigstore.close();
    }
  }, 30_000);

  test('a GitHub that is down is a warning, and loses nothing', async () => {
    github = await startGitHub();
    github.next('', { status: 500, body: {} }, 100);
    const { said, files, error } = await delivered({ plan: plan({ github: { ...gitHubPlan(), pull: 7 } }) });
    expect(error).toBeUndefined();
    expect(files.bundle).toBeDefined();
    expect(said.filter(({ level }) => level === 'warning')).toHaveLength(2);
  });
});
