import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { attest, readTrustedRoots, type Services, type Signer, signerOf, type TrustedRoot, verify, type Verification } from '../../src/attest/index.ts';
import { signingTrouble } from '../../src/attest/signing-trouble.ts';
import { causesOf } from '../../src/door/causes.ts';
import { accounts, action, bytesOf, goodReport, identity, keyless, limits, newKeys, signed, suiteDigest, workflow } from './bed.ts';
import { type Answer, type Place, requestToken, type Sigstore, startSigstore } from './sigstore.ts';

let sigstore: Sigstore;
let directory: string;
beforeAll(async () => {
  sigstore = await startSigstore();
});
afterAll(() => sigstore.close());
beforeEach(() => {
  Object.assign(sigstore, { instead: {}, claims: {}, tokens: [], asked: { oidc: 0, fulcio: 0, rekor: 0, tsa: 0 } });
  directory = mkdtempSync(join(tmpdir(), 'attest-keyless-'));
  writeFileSync(join(directory, 'report.json'), bytesOf(goodReport()));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const failing = ({ checks }: Verification): string[] => checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`);
const once503 = (attempt: number): Answer | undefined => (attempt === 1 ? { status: 503, body: '{"message":"come back"}' } : undefined);

describe('a keyless signature', () => {
  test.each<[string, (one: Sigstore) => Services, (one: Sigstore) => TrustedRoot]>([
    ['a transparency log', ({ services }) => services, ({ trustedRoot }) => trustedRoot],
    ['a time-stamp authority', ({ stampedServices }) => stampedServices, ({ stampedRoot }) => stampedRoot],
    ['both', ({ services, stampedServices: { tsa = '' } }) => ({ ...services, tsa }), ({ trustedRoot }) => trustedRoot],
  ])('with %s is verified from end to end, by any of several trusted roots', async (_, services, root) => {
    const report = bytesOf(goodReport());
    const bundle = await signed(report, keyless(sigstore, services(sigstore)));
    const other = root(sigstore) === sigstore.trustedRoot ? sigstore.stampedRoot : sigstore.trustedRoot;
    const lines = Buffer.from(`${sigstore.rootBytes(other).toString()}\n${sigstore.rootBytes(root(sigstore)).toString()}\n`);
    const verification = await verify({ report, bundle, identity, accounts, trustedRoots: await readTrustedRoots(lines), suiteDigest });
    expect(failing(verification)).toEqual([]);
    expect(verification.ok).toBe(true);
    expect(verification.checks.map(({ name }) => name)).toEqual(['report', 'bundle', 'signature', 'identity', 'digest', 'statement', 'time', 'figures', 'catalogue', 'account']);
    expect(failing(await verify({ report, bundle, identity, trustedRoots: [other] }))[0]).toMatch(/^signature: /);
  });

  test('is made where the job may say who it is, even where there is a key', () => {
    const { privateKey } = newKeys();
    expect(signerOf({ oidc: sigstore.oidc, key: privateKey, services: sigstore.services })).toMatchObject({ kind: 'keyless' });
    expect(signerOf({ key: privateKey })).toMatchObject({ kind: 'key' });
    expect(signerOf({})).toBeUndefined();
  });

  test('is a v0.3 bundle with a certificate, an entry of the log, and no time stamp', async () => {
    const bundle = JSON.parse((await signed(bytesOf(goodReport()), keyless(sigstore))).toString()) as { mediaType: string; verificationMaterial: Record<string, unknown> };
    expect(bundle.mediaType).toBe('application/vnd.dev.sigstore.bundle.v0.3+json');
    expect(bundle.verificationMaterial).toMatchObject({ certificate: { rawBytes: expect.any(String) }, tlogEntries: [{ kindVersion: { kind: 'dsse', version: '0.0.1' } }], timestampVerificationData: {} });
  });

  test('outlives one refusal of each service', async () => {
    sigstore.instead = { oidc: once503, fulcio: once503, rekor: once503 };
    const attested = await attest({ directory, signer: keyless(sigstore), action, workflow, limits });
    expect(attested).toMatchObject({ signed: 'keyless' });
    expect(sigstore.asked).toMatchObject({ oidc: 2, fulcio: 2, rekor: 2 });
    expect(readdirSync(directory).toSorted()).toEqual(['report.json', 'report.sigstore.json']);
  });
});

describe('a service that fails', () => {
  const attempt = async (signer: Signer = keyless(sigstore)): Promise<Error> => {
    const before = readFileSync(join(directory, 'report.json'));
    const error = await attest({ directory, signer, action, workflow, limits }).then(() => new Error('it was signed'), (one: Error) => one);
    // Nothing is lost, and nothing of half a signature is left.
    expect(readdirSync(directory)).toEqual(['report.json']);
    expect(readFileSync(join(directory, 'report.json'))).toEqual(before);
    return error;
  };

  test.each<[string, Place, Answer, RegExp, number]>([
    ['identity refused', 'oidc', { status: 403, body: '{"message":"no"}' }, /GitHub did not say who this job is \(127\.0\.0\.1:\d+: status 403\)\. See that the job has the permission id-token: write/, 1],
    ['identity broken', 'oidc', { status: 200, body: '{"value":"no.token.here"}' }, /holds no identity token/, 1],
    ['identity not JSON', 'oidc', { status: 200, body: '<html>' }, /holds no identity token/, 1],
    ['identity down', 'oidc', { status: 502, body: '' }, /status 502/, 3],
    ['certificate refused', 'fulcio', { status: 400, body: '{"message":"issuer unknown"}' }, /Fulcio at http:\S+ gave no certificate for this job's identity \(\(400\) issuer unknown\)/, 1],
    ['Rekor down', 'rekor', { status: 503, body: '{"message":"maintenance"}' }, /The transparency log at http:\S+ did not take the entry \(\(503\) maintenance\)\. Run the job again; the service may be down: https:\/\/status\.sigstore\.dev/, 3],
    ['Rekor refusing', 'rekor', { status: 400, body: '{"message":"bad entry"}' }, /did not take the entry \(\(400\) bad entry\)/, 1],
  ])('%s: it is said which, and what to do', async (_, place, answer, words, times) => {
    sigstore.instead = { [place]: () => answer };
    const error = await attempt();
    expect(error).toMatchObject({ code: 'SIGNING_FAILED', message: expect.stringMatching(words) });
    expect(sigstore.asked[place]).toBe(times);
  });

  test('time-stamp authority down', async () => {
    sigstore.instead = { tsa: () => ({ status: 500, body: '' }) };
    expect(await attempt(keyless(sigstore, sigstore.stampedServices))).toMatchObject({ code: 'SIGNING_FAILED', message: expect.stringMatching(/The time-stamp authority at http:\S+ gave no time stamp/) });
  });

  test('nobody there at all', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.close();
    await once(server, 'close');
    expect(await attempt(keyless(sigstore, { fulcio: url, rekor: url }))).toMatchObject({ code: 'SIGNING_FAILED', message: expect.stringMatching(/Fulcio at \S+ gave no certificate.*ECONNREFUSED/) });
    expect(await attempt({ kind: 'keyless', oidc: { url, token: requestToken }, services: sigstore.services })).toMatchObject({ code: 'SIGNING_FAILED', message: expect.stringMatching(/ECONNREFUSED/) });
  });

  test('the bearer token goes nowhere but to https or this machine, and follows no redirect', async () => {
    expect(await attempt({ kind: 'keyless', oidc: { url: 'http://example.org/token', token: requestToken }, services: sigstore.services })).toMatchObject({ code: 'SIGNING_FAILED', message: expect.stringMatching(/no https URL/) });
    sigstore.instead = { oidc: () => ({ status: 302, body: '' }) };
    expect(await attempt()).toMatchObject({ code: 'SIGNING_FAILED' });
  });

  test('a clock that is wrong is named where a refusal may come of it', async () => {
    sigstore.claims = { iat: Math.floor(Date.now() / 1000) + 3600 };
    sigstore.instead = { fulcio: () => ({ status: 400, body: '{"message":"token used before issued"}' }) };
    expect((await attempt()).message).toMatch(/This machine's clock is 60 minutes behind GitHub's: set it right\.$/);
    const tls = Object.assign(new Error('error creating signing certificate'), { code: 'CA_CREATE_SIGNING_CERTIFICATE_ERROR', cause: new Error('request failed, reason: certificate is not yet valid') });
    expect(signingTrouble(tls, { services: sigstore.services, secrets: [], issuedAt: undefined, now: Date.UTC(2001, 0, 1) }).message).toMatch(/It is 2001-01-01T00:00:00\.000Z by this machine's clock/);
  });

  test('no token is in an error, its causes, or the folder, though services repeat what they were sent', async () => {
    const errors: Error[] = [];
    for (const place of ['oidc', 'fulcio', 'rekor'] as const) {
      sigstore.instead = { [place]: () => ({ status: 400, body: JSON.stringify({ message: `you sent ${requestToken} and ${sigstore.tokens.join(' ')}` }) }) };
      errors.push(await attempt());
    }
    sigstore.instead = {};
    await attest({ directory, signer: keyless(sigstore), action, workflow, limits });
    const shown = [...errors.map(causesOf), ...errors.map((error) => JSON.stringify(error)), ...readdirSync(directory).map((name) => readFileSync(join(directory, name), 'utf8'))].join('\n');
    expect(shown).toContain('you sent [hidden] and [hidden]');
    expect(sigstore.tokens.length).toBeGreaterThanOrEqual(3);
    for (const secret of [requestToken, ...sigstore.tokens, ...sigstore.tokens.map((token) => token.split('.')[1] ?? '')]) expect(shown).not.toContain(secret);
  });
});
