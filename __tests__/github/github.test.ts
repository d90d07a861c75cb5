import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ApiAccess } from '../../src/github/api.ts';
import { commentLimit, commentOnPull, type Commented, conclusionOf, markerOf, placeName, setCheck, storeAttestation } from '../../src/github/index.ts';
import { Secret } from '../../src/provider/secret.ts';
import { sampleReport } from '../report/sample.ts';
import { type GitHubApi, type GitHubOptions, startGitHub } from '../stand-ins/github.ts';

const opened: GitHubApi[] = [];
let github: GitHubApi;
beforeEach(async () => {
  github = await open();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

async function open(options: GitHubOptions = {}): Promise<GitHubApi> {
  const one = await startGitHub(options);
  opened.push(one);
  return one;
}

function access({ url, token } = github): ApiAccess {
  return { url, token: new Secret(token), owner: 'octo', repo: 'mesh', pauseMs: 1 };
}

const marker = '<!-- smi-conformance 0123 -->';

function comment(text: string, { on = github, run = '5', attempt = '1', fork = false } = {}): Promise<Commented> {
  return commentOnPull({ access: access(on), pull: 7, fork, marker, run: { id: run, attempt }, text });
}

function bodies({ comments } = github): string[] {
  return comments.map(({ body }) => body);
}

describe('the comment', () => {
  test('is made once, and brought up to date by what comes later', async () => {
    github.say('Nice work!', { login: 'somebody', type: 'User' });
    expect(await comment('first')).toMatchObject({ done: 'made', url: expect.stringContaining('issuecomment') });
    expect(await comment('second', { run: '6' })).toMatchObject({ done: 'updated' });
    expect(bodies()).toEqual(['Nice work!', `${marker}\n<!-- run 6 attempt 1 -->\nsecond`]);
  });

  test('is found behind hundreds of others, page by page', async () => {
    for (let other = 0; other < 250; other++) github.say(`comment ${other}`, { login: 'somebody', type: 'User' });
    github.say(`${marker}\n<!-- run 4 attempt 1 -->\nold`);
    expect(await comment('new')).toMatchObject({ done: 'updated' });
    expect(github.seen.filter((line) => line.startsWith('GET'))).toHaveLength(3);
    expect(github.comments).toHaveLength(251);
    expect(bodies().at(-1)).toContain('new');
  });

  test('of a later run stays, whichever ends last', async () => {
    await comment('later', { run: '10', attempt: '1' });
    expect(await comment('earlier', { run: '9', attempt: '3' })).toMatchObject({ done: 'newer' });
    expect(await comment('again', { run: '10', attempt: '2' })).toMatchObject({ done: 'updated' });
    expect(await comment('before', { run: '10', attempt: '1' })).toMatchObject({ done: 'newer' });
    expect(bodies()).toEqual([expect.stringContaining('again')]);
  });

  test('with the marker in it that somebody else wrote is left alone: they could change it afterwards', async () => {
    github.say(`${marker}\nforged`, { login: 'mallory', type: 'User' });
    expect(await comment('true')).toMatchObject({ done: 'made' });
    expect(bodies()[0]).toBe(`${marker}\nforged`);
  });

  test('is found again with the token of a person', async () => {
    const personal = await open({ login: 'maintainer' });
    personal.say(`${marker}\nforged`, { login: 'mallory', type: 'User' });
    await comment('first', { on: personal });
    expect(await comment('second', { on: personal, run: '6' })).toMatchObject({ done: 'updated' });
    expect(bodies(personal)).toEqual([`${marker}\nforged`, expect.stringContaining('second')]);
  });

  test('without the permission says which lines to add; of a fork, that there is none to be had', async () => {
    const closed = await open({ permissions: ['checks'] });
    await expect(comment('text', { on: closed })).rejects.toMatchObject({ code: 'GITHUB_REFUSED', message: expect.stringMatching(/Resource not accessible[^]*permissions:\n      pull-requests: write/) });
    await expect(comment('text', { on: closed, fork: true })).rejects.toMatchObject({ code: 'GITHUB_REFUSED', message: expect.stringMatching(/fork/) });
    await expect(comment('text', { on: closed, fork: true })).rejects.not.toMatchObject({ message: expect.stringContaining('permissions:') });
  });

  test('is not made twice when its answer is lost, but reading is tried again', async () => {
    github.next('GET /repos', { status: 502, body: { message: 'Bad Gateway' } }, 2);
    expect(await comment('first')).toMatchObject({ done: 'made' });
    github.comments.length = 0;
    github.next('POST /repos', { status: 502, body: { message: 'Bad Gateway' } });
    await expect(comment('second')).rejects.toMatchObject({ code: 'GITHUB_FAILED', message: expect.stringContaining('502') });
    expect(github.seen.filter((line) => line.startsWith('POST'))).toHaveLength(2);
  });

  test('a limit on how often one may ask is no missing permission; a token that is not accepted neither', async () => {
    github.next('GET /repos', { status: 403, body: { message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.' } });
    await expect(comment('text')).rejects.toMatchObject({ code: 'GITHUB_FAILED', message: expect.not.stringContaining('permissions:') });
    await expect(commentOnPull({ access: { ...access(), token: new Secret('ghs_expired') }, pull: 7, fork: false, marker, run: { id: '1', attempt: '1' }, text: 'x' })).rejects.toMatchObject({ code: 'GITHUB_FAILED', message: expect.stringMatching(/401[^]*github_token/) });
  });

  test('the stand-in refuses a text that is too long', async () => {
    await expect(comment('x'.repeat(commentLimit))).rejects.toMatchObject({ code: 'GITHUB_FAILED', message: expect.stringContaining('too long') });
  });
});

test('the marker of a place is the same at each push, and no other place of a matrix has it', () => {
  const report = sampleReport();
  const place = { workflow: 'octo/mesh/.github/workflows/ci.yml', job: 'conformance', step: '__self', meshVersion: 'v1.2.4' };
  const part = (index: number): typeof report => ({ ...report, run: { ...report.run, shard: { index, of: 3, planned: [] } } });
  const base = markerOf(report, place);
  expect(base).toMatch(/^<!-- smi-conformance [0-9a-f]{24} -->$/);
  expect(markerOf({ ...report, mesh: { ...report.mesh, version: 'v1.2.5-dev' } }, place)).toBe(base);
  const others = [markerOf(report, { ...place, job: 'other' }), markerOf(report, { ...place, step: 'second' }), markerOf(report, { ...place, meshVersion: 'v1.2.3' }), markerOf({ ...report, kubernetes: { ...report.kubernetes, version: 'v1.99.1' } }, place), markerOf({ ...report, mesh: { ...report.mesh, id: 'other' } }, place), markerOf(part(1), place), markerOf(part(2), place)];
  expect(new Set([base, ...others]).size).toBe(8);
  expect(placeName(part(2), {})).toMatch(/, part 2 of 3$/);
  expect(placeName({ run: {}, mesh: report.mesh, kubernetes: { ...report.kubernetes, version: 'v1.33.7+k3s1' } }, place)).toBe(`${report.mesh.name} v1.2.4, Kubernetes 1.33`);
});

describe('the check', () => {
  const input = { fork: false, name: 'SMI conformance: Mesh', commit: 'a'.repeat(40), conclusion: 'neutral', run: 'abc', startedAt: '2026-01-01T00:00:00.000Z', endedAt: '2026-01-01T00:01:00.000Z', url: 'https://github.com/octo/mesh/actions/runs/5', title: 'failed: why', text: 'text' } as const;

  test('is on the commit, with its conclusion', async () => {
    expect(await setCheck({ ...input, access: access() })).toMatch(/^https:\/\/github\.com\/octo\/mesh\/runs\//);
    expect(github.checks).toEqual([expect.objectContaining({ name: 'SMI conformance: Mesh', head_sha: 'a'.repeat(40), status: 'completed', conclusion: 'neutral', external_id: 'abc' })]);
  });

  test('without the permission says which lines to add', async () => {
    const closed = await open({ permissions: [] });
    await expect(setCheck({ ...input, access: access(closed) })).rejects.toMatchObject({ code: 'GITHUB_REFUSED', message: expect.stringContaining('permissions:\n      checks: write') });
  });

  test('the stand-in refuses a commit that is none, and a text that is too long', async () => {
    await expect(setCheck({ ...input, commit: 'main', access: access() })).rejects.toMatchObject({ message: expect.stringContaining('No commit found') });
    await expect(setCheck({ ...input, text: 'x'.repeat(65_536), access: access() })).rejects.toMatchObject({ message: expect.stringContaining('65535') });
  });

  test.each([
    [0, 'passed', 'success'], [0, 'failed', 'neutral'], [0, 'incomplete', 'neutral'], [1, 'failed', 'failure'], [1, 'passed', 'failure'], [3, 'incomplete', 'failure'], [130, 'incomplete', 'cancelled'], [143, 'incomplete', 'cancelled'],
  ] as const)('status %d of a run that %s is %s', (status, result, conclusion) => {
    expect(conclusionOf(status, result)).toBe(conclusion);
  });
});

describe('the attestation', () => {
  const bundle = { mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', verificationMaterial: { certificate: { rawBytes: 'AA==' } }, dsseEnvelope: { payload: 'e30=', payloadType: 'application/vnd.in-toto+json', signatures: [{ sig: 'AA==' }] } };
  const store = (of: object, on = github, fork = false): Promise<string> => storeAttestation({ access: access(on), fork, bundle: Buffer.from(JSON.stringify(of)) });

  test('is the bundle as it is, tried again when GitHub fails', async () => {
    github.next('POST /repos/octo/mesh/attestations', { status: 503, body: { message: 'Unavailable' } });
    expect(await store(bundle)).toMatch(/^\d+$/);
    expect(github.attestations).toEqual([bundle]);
  });

  test('without the permission says which lines to add', async () => {
    await expect(store(bundle, await open({ permissions: [] }))).rejects.toMatchObject({ code: 'GITHUB_REFUSED', message: expect.stringContaining('permissions:\n      attestations: write') });
  });

  test('a repository that has no attestations is told in GitHub\'s words', async () => {
    github.next('POST /repos/octo/mesh/attestations', { status: 404, body: { message: 'Feature not available for user-owned private repositories.' } });
    await expect(store(bundle)).rejects.toMatchObject({ code: 'GITHUB_FAILED', message: expect.stringContaining('Feature not available') });
  });

  test('the stand-in refuses a bundle that a key signed', async () => {
    await expect(store({ ...bundle, verificationMaterial: { publicKey: { hint: 'x' } } })).rejects.toMatchObject({ message: expect.stringContaining('Invalid Sigstore bundle') });
  });
});
