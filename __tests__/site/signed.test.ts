import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { publicLineOf, trustedRootLines } from '../../src/attest/index.ts';
import type { Report } from '../../src/model/report.ts';
import { bundlePathOf, runPathOf } from '../../src/publish/index.ts';
import { type PlainTrust, type SiteOptions, verifierOf } from '../../src/site/index.ts';
import { accounts, keyless, newKeys, signed } from '../attest/bed.ts';
import { type Sigstore, startSigstore } from '../attest/sigstore.ts';
import { goodOsm, openSiteFolder, osm, type SiteFolder, traefik } from './folder.ts';
import { variantOf, writeRuns } from './variants.ts';

jest.setTimeout(120_000);

let sigstore: Sigstore;
let trust: PlainTrust;
let site: SiteFolder;
const bundles = new Map<string, Buffer>();
const bytesOf = (report: Report): Buffer => Buffer.from(`${JSON.stringify(report, null, 2)}\n`);

/** Enough for two threads: two meshes on two versions of Kubernetes, a day apart. */
const runs = Array.from({ length: 48 }, (_, place) => variantOf(place % 3 === 0 ? osm : goodOsm, {
  ...(place % 2 === 0 && { mesh: traefik }), version: `v1.${place % 5}.0`, kubernetes: place % 4 < 2 ? 'v1.33.1' : 'v1.34.0', id: `aa${String(place).padStart(4, '0')}`,
  startedAt: new Date(Date.UTC(2026, 1, 1 + place)).toISOString(),
}));

beforeAll(async () => {
  sigstore = await startSigstore();
  const { publicKey, privateKey } = newKeys();
  const enrolled = { ...accounts.meshes['osm'], robots: [{ name: 'robot', publicKey: publicLineOf(publicKey) }] };
  trust = { accounts: { meshes: { osm: enrolled, 'traefik-mesh': enrolled } }, roots: await trustedRootLines([sigstore.trustedRoot]) };
  for (const [place, report] of runs.entries()) bundles.set(report.run.id, await signed(bytesOf(report), place % 3 === 0 ? keyless(sigstore) : { kind: 'key', key: privateKey }));
});
afterAll(() => sigstore.close());
beforeEach(async () => {
  site = await openSiteFolder();
  await writeRuns(site.runs, runs);
  for (const report of runs) await writeFile(join(site.runs, bundlePathOf(runPathOf(report))), bundles.get(report.run.id) ?? '');
});
afterEach(() => site[Symbol.asyncDispose]());

const verifier = async (): Promise<NonNullable<SiteOptions['verifier']>> => ({ policy: 'one', verify: await verifierOf(trust), trust });

/** The state of each run's signature, as the manifest has it; a run that is not shown has none. */
async function states(): Promise<Map<string, string>> {
  const { parts, shared, runs: list } = JSON.parse(await site.page('manifest.json')) as { parts: { state?: string }[]; shared: { provenance: number }[]; runs: [file: string, stamp: string, digest: string, place: number][] };
  return new Map(list.map(([file, , , place]) => [file, parts[shared[place]?.provenance ?? -1]?.state ?? '']));
}

test.each([1, 2])('one changed byte in a report or its bundle is noticed, though all was checked before (%i threads)', async (threads) => {
  const options = { threads, verifier: await verifier() };
  await site.build(options);
  expect([...(await states()).values()]).toEqual(runs.map(() => 'verified'));

  for (const [place, report] of runs.entries()) {
    const path = runPathOf(report);
    const file = join(site.runs, place % 2 === 0 ? path : bundlePathOf(path));
    const bytes = await readFile(file);
    const at = Math.floor(((place + 0.5) / runs.length) * bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ ([0x01, 0x02, 0x20][place % 3] ?? 1);
    await writeFile(file, bytes);
  }
  for (const _ of ['with all that is known', 'from nothing']) {
    await site.build(options);
    expect([...(await states()).values()].filter((state) => state === 'verified')).toEqual([]);
    await rm(site.out, { recursive: true });
  }
});

test('a bundle that holds for one run holds for no other', async () => {
  const options = { threads: 1, verifier: await verifier() };
  await site.build(options);
  const [one = osm, , , other = osm] = runs;
  await writeFile(join(site.runs, bundlePathOf(runPathOf(other))), bundles.get(one.run.id) ?? '');
  await site.build(options);
  const after = await states();
  expect([after.get(runPathOf(one)), after.get(runPathOf(other))]).toEqual(['verified', 'broken']);
  expect(await site.page(runPathOf(other).replace('.json', '.html'))).toContain('the file is sha256:');
});

test('what was checked is not checked again, unless it is by something else', async () => {
  let asked = 0;
  const { verify } = await verifier();
  const counting = (policy: string): Pick<SiteOptions, 'verifier'> => ({ verifier: { policy, verify: (report, bundle) => (asked++, verify(report, bundle)) } });
  await site.build(counting('one'));
  expect(asked).toBe(runs.length);
  expect(await site.build(counting('one'))).toMatchObject({ written: 0 });
  expect(asked).toBe(runs.length);
  await site.build(counting('two'));
  expect(asked).toBe(2 * runs.length);
});

test('several threads make the same pages as one', async () => {
  const [first = osm, second = osm] = runs;
  await writeFile(join(site.runs, runPathOf(first).replace('.json', '-again.json')), bytesOf(first));
  await writeFile(join(site.runs, runPathOf(second)), '{"schemaVersion":1}');
  for (const copies of [{}, { sourceUrl: 'https://example.com/x/' }]) {
    await rm(site.out, { recursive: true, force: true });
    const alone = await site.build({ threads: 1, verifier: await verifier(), ...copies });
    const expected = await site.all();
    await rm(site.out, { recursive: true });
    const together = await site.build({ threads: 2, verifier: await verifier(), ...copies });
    expect({ ...together, written: 0, bytes: 0 }).toEqual({ ...alone, written: 0, bytes: 0 });
    const made = await site.all();
    expect([...made.keys()]).toEqual([...expected.keys()]);
    for (const [path, text] of expected) if (path !== 'manifest.json') expect([path, made.get(path)]).toEqual([path, text]);
    expect(await site.build({ threads: 2, verifier: await verifier(), ...copies })).toMatchObject({ written: 0, removed: 0 });
  }
});

test('what a thread could not do is done without it, and said', async () => {
  const broken = { ...(await verifier()), trust: { ...trust, roots: 'no trusted root' } };
  expect(await site.build({ threads: 2, verifier: broken })).toMatchObject({ runs: runs.length, refused: [] });
  expect(site.lines).toEqual(expect.arrayContaining([expect.stringMatching(/^a thread that reads runs ended \(.*no trusted root/)]));
  expect(new Set((await states()).values())).toEqual(new Set(['verified']));
});

test('a build with threads can be stopped', async () => {
  const stopping = new AbortController();
  const building = site.build({ threads: 2, verifier: await verifier(), signal: stopping.signal, log: () => undefined });
  setImmediate(() => stopping.abort('SIGINT'));
  await expect(building).rejects.toMatchObject({ code: 'CANCELLED' });
});
