import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Accounts, checkProvenance, publicLineOf, rootsFrom } from '../../src/attest/index.ts';
import { ConformanceError } from '../../src/model/errors.ts';
import { accounts, bytesOf, goodReport, identity, keyless, newKeys, signed } from './bed.ts';
import { type Sigstore, startSigstore } from './sigstore.ts';

let sigstore: Sigstore;
const report = bytesOf(goodReport());
beforeAll(async () => {
  sigstore = await startSigstore();
});
afterAll(() => sigstore.close());

const nobody: Accounts = { meshes: {} };

test('a workflow that may publish for the mesh is told from one that may not', async () => {
  const bundle = await signed(report, keyless(sigstore));
  const roots = [sigstore.trustedRoot];
  const signer = `https://github.com/${identity.repository}/.github/workflows/${identity.workflow}@refs/heads/main`;
  expect(await checkProvenance(report, bundle, { accounts, roots })).toEqual({ state: 'verified', signer, issuer: 'https://token.actions.githubusercontent.com', account: { ok: true, detail: expect.stringContaining('may publish for osm') } });
  expect(await checkProvenance(report, bundle, { accounts: nobody, roots })).toMatchObject({ state: 'verified', account: { ok: false, detail: expect.stringContaining('nobody has enrolled for osm') } });
});

test('a robot on the list is known by its key; of another key nobody can say whose it is', async () => {
  const { publicKey, privateKey } = newKeys();
  const bundle = await signed(report, { kind: 'key', key: privateKey });
  const listed: Accounts = { meshes: { osm: { robots: [{ name: 'robot', publicKey: publicLineOf(publicKey) }] } } };
  const none = { none: 'no network' };
  expect(await checkProvenance(report, bundle, { accounts: listed, roots: none })).toMatchObject({ state: 'verified', account: { ok: true, detail: 'robot may publish for osm' } });
  expect(await checkProvenance(report, bundle, { accounts: nobody, roots: none })).toEqual({ state: 'unchecked', why: expect.stringContaining('its key is no account\'s') });
});

test('without keys that could say so, nothing is said against a signature', async () => {
  const bundle = await signed(report, keyless(sigstore));
  expect(await checkProvenance(report, bundle, { accounts, roots: { none: 'no network' } })).toEqual({ state: 'unchecked', why: expect.stringContaining('not to be had') });
  expect(await checkProvenance(report, bundle, { accounts, roots: [sigstore.stampedRoot] })).toEqual({ state: 'unchecked', why: expect.stringContaining('no authority') });
});

test('what does not belong to the report, was changed or is no bundle does not hold', async () => {
  const roots = [sigstore.trustedRoot];
  const bundle = await signed(report, keyless(sigstore));
  const good = goodReport();
  const other = bytesOf({ ...good, run: { ...good.run, id: 'zzzzzz' } });
  expect(await checkProvenance(other, bundle, { accounts, roots })).toMatchObject({ state: 'broken', reason: expect.stringMatching(/^digest: /) });
  const changed = JSON.parse(bundle.toString()) as { dsseEnvelope: { signatures: { sig: string }[] } };
  const [signature] = changed.dsseEnvelope.signatures;
  if (signature !== undefined) signature.sig = Buffer.concat([Buffer.from(signature.sig, 'base64').subarray(0, -1), Buffer.from([0])]).toString('base64');
  expect(await checkProvenance(report, Buffer.from(`${JSON.stringify(changed)}\n`), { accounts, roots })).toMatchObject({ state: 'broken', reason: expect.stringMatching(/^signature: /) });
  expect(await checkProvenance(report, Buffer.from('{}'), { accounts, roots })).toMatchObject({ state: 'broken', reason: expect.stringContaining('no Sigstore bundle') });
});

test('keys that cannot be had are a reason, every other trouble is none', async () => {
  expect(await rootsFrom(() => Promise.resolve(sigstore.trustedRoot))).toEqual([sigstore.trustedRoot]);
  expect(await rootsFrom(() => Promise.reject(new ConformanceError('NO_TRUSTED_ROOT', 'no network')))).toEqual({ none: 'no network' });
  await expect(rootsFrom(() => Promise.reject(new Error('a fault')))).rejects.toThrow('a fault');
});
