import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { fetchTrustedRoot, type TrustedRoot, verify, type VerifyInput } from '../../src/attest/index.ts';
import { startTuf, type TufRepository } from '../stand-ins/tuf.ts';
import { bytesOf, goodReport, identity, keyless, newKeys, signed } from './bed.ts';
import { type Sigstore, startSigstore } from './sigstore.ts';

let sigstore: Sigstore;
let folder: string;
const opened: TufRepository[] = [];
const report = bytesOf(goodReport());
beforeAll(async () => {
  sigstore = await startSigstore();
});
afterAll(() => sigstore.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smi-tuf-'));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
  await rm(folder, { recursive: true });
});

/** What fetches from a repository of its own, and the repository. */
async function repository(root: TrustedRoot = sigstore.trustedRoot, options: { expires?: Date } = {}): Promise<{ tuf: TufRepository; fetched: () => Promise<TrustedRoot> }> {
  const tuf = await startTuf(sigstore.rootBytes(root), options);
  opened.push(tuf);
  const rootFile = join(folder, 'root.json');
  await writeFile(rootFile, tuf.root);
  return { tuf, fetched: () => fetchTrustedRoot({ cache: join(folder, 'cache'), mirror: { url: tuf.url, rootFile }, timeoutMs: 2000 }) };
}

async function byWorkflow(publicRoot: () => Promise<TrustedRoot>): Promise<VerifyInput> {
  return { report, bundle: await signed(report, keyless(sigstore)), identity, publicRoot };
}

test('a signature of a workflow is checked by keys that were fetched', async () => {
  const { tuf, fetched } = await repository();
  const { ok, checks } = await verify(await byWorkflow(fetched));
  expect({ ok, wrong: checks.filter((check) => !check.ok) }).toEqual({ ok: true, wrong: [] });
  expect(tuf.seen.at(-1)).toMatch(/^\/targets\/[0-9a-f]{64}\.trusted_root\.json$/);
});

test('what was fetched once is kept: later only what is new is asked for, and without a network nothing', async () => {
  const { tuf, fetched } = await repository();
  const first = await fetched();
  const before = tuf.seen.length;
  expect(await fetched()).toEqual(first);
  expect(tuf.seen.slice(before).filter((path) => path.startsWith('/targets/'))).toEqual([]);
  await tuf.close();
  expect(await fetched()).toEqual(first);
});

test('without a network, and with nothing kept, it says what to do', async () => {
  const { tuf, fetched } = await repository();
  await tuf.close();
  await expect(fetched()).rejects.toMatchObject({ code: 'NO_TRUSTED_ROOT', message: expect.stringMatching(/could not be had from 127\.0\.0\.1[^]*gh attestation trusted-root > trusted_root\.jsonl, then --trusted-root/) });
});

test('keys that expired, or that another signed, or that were changed, are not taken', async () => {
  const expired = await repository(sigstore.trustedRoot, { expires: new Date(Date.now() - 60_000) });
  await expect(expired.fetched()).rejects.toMatchObject({ code: 'NO_TRUSTED_ROOT', message: expect.stringMatching(/expired/i) });
  await rm(join(folder, 'cache'), { recursive: true });
  const other = await startTuf(sigstore.rootBytes(sigstore.trustedRoot));
  opened.push(other);
  const { tuf, fetched } = await repository();
  tuf.replace('/timestamp.json', Buffer.from(await (await fetch(`${other.url}/timestamp.json`)).text()));
  await expect(fetched()).rejects.toMatchObject({ code: 'NO_TRUSTED_ROOT' });
  await rm(join(folder, 'cache'), { recursive: true });
  const changed = await repository();
  changed.tuf.replace('.trusted_root.json', Buffer.from('{}'));
  await expect(changed.fetched()).rejects.toMatchObject({ code: 'NO_TRUSTED_ROOT' });
});

test('keys that do not stand for the signer say that there is another instance', async () => {
  const { fetched } = await repository(sigstore.stampedRoot);
  const { checks } = await verify(await byWorkflow(fetched));
  expect(checks.find(({ name }) => name === 'signature')).toMatchObject({ ok: false, detail: expect.stringMatching(/GitHub's own[^]*--trusted-root/) });
});

test('nothing is fetched for a signature with a key, for a root that is given, or for no signature', async () => {
  const never = (): Promise<TrustedRoot> => Promise.reject(new Error('asked'));
  const { publicKey, privateKey } = newKeys();
  expect(await verify({ report, bundle: await signed(report, { kind: 'key', key: privateKey }), key: publicKey, publicRoot: never })).toMatchObject({ ok: true });
  expect(await verify({ ...(await byWorkflow(never)), trustedRoots: [sigstore.trustedRoot] })).toMatchObject({ ok: true });
  expect(await verify({ report, publicRoot: never })).toMatchObject({ ok: false });
});
