import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bundleFromJSON, bundleToJSON } from '@sigstore/bundle';
import { type Services, type TrustedRoot, verify, type VerifyInput } from '../../src/attest/index.ts';
import { accounts, bytesOf, goodReport, identity, keyless, newKeys, signed, suiteDigest } from './bed.ts';
import { sampleReport } from '../report/sample.ts';
import { type Sigstore, startSigstore } from './sigstore.ts';

let sigstore: Sigstore;
// Without results: what is changed is looked at thousands of times.
const report = bytesOf(sampleReport({}, { run: goodReport().run, planned: [], results: [] }));
beforeAll(async () => {
  sigstore = await startSigstore();
});
afterAll(() => sigstore.close());

/** Places at which changed bytes were not noticed. */
async function unnoticed(input: VerifyInput, changed: Iterable<[string, Partial<VerifyInput>]>): Promise<string[]> {
  expect((await verify(input)).ok).toBe(true);
  const found: string[] = [];
  let count = 0;
  for (const [place, change] of changed) {
    count++;
    if ((await verify({ ...input, ...change })).ok) found.push(place);
  }
  expect(count).toBeGreaterThan(100);
  return found;
}

const masks = [0x01, 0x20, 0x80];

function flipped(bytes: Uint8Array, at: number, mask: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ mask;
  return copy;
}

/** Bytes of the file: each that is no letter of a long text, and of those some at the ends and between. */
function* inFile(bundle: Buffer): Generator<[string, Partial<VerifyInput>]> {
  const text = bundle.toString('latin1');
  const long = [...text.matchAll(/[\w+/=-]{48,}/g)].map(({ index, 0: { length } }) => [index, index + length] as const);
  for (let at = 0; at < bundle.length; at++) {
    const inside = long.find(([start, end]) => at >= start + 4 && at < end - 4);
    const step = inside === undefined ? 3 : 211;
    if (at % step !== 0) continue;
    const mask = masks[at % masks.length] ?? 1;
    yield [`byte ${at} of the file (${text.slice(Math.max(0, at - 30), at + 10)})`, { bundle: flipped(bundle, at, mask) }];
  }
}

/** Bytes inside the fields that hold bytes, in the form that the file then has. */
function* inFields(bundle: Buffer): Generator<[string, Partial<VerifyInput>]> {
  const parse = (): ReturnType<typeof bundleFromJSON> => bundleFromJSON(JSON.parse(bundle.toString()));
  for (const [place, { length }] of fieldsOf(parse())) {
    const step = Math.max(1, Math.floor(length / 16));
    // Of time stamps, and at both ends of certificates, signatures leave frames uncovered.
    const isFrame = (at: number): boolean => place.includes('signedTimestamp') || (place.includes('rawBytes') && (at < 16 || at > length - 125));
    for (let at = 0; at < length; at += isFrame(at) || isFrame(at + step) ? 1 : step) {
      const copy = parse();
      const field = fieldsOf(copy).find(([name]) => name === place)?.[1];
      if (field === undefined) throw new Error(`no ${place}`);
      field[at] = (field[at] ?? 0) ^ (masks[at % masks.length] ?? 1);
      yield [`byte ${at} of ${place}`, { bundle: Buffer.from(`${JSON.stringify(bundleToJSON(copy))}\n`) }];
    }
  }
}

function fieldsOf(value: unknown, place = ''): [string, Uint8Array][] {
  if (value instanceof Uint8Array || Buffer.isBuffer(value)) return [[place, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => fieldsOf(inner, `${place}/${key}`));
}

describe('one changed byte is noticed', () => {
  test('anywhere in the report', async () => {
    const whole = bytesOf(goodReport());
    const { publicKey, privateKey } = newKeys();
    const bundle = await signed(whole, { kind: 'key', key: privateKey });
    const step = Math.floor(whole.length / 150);
    const places = Array.from({ length: 150 }, (_, place): [string, Partial<VerifyInput>] => [`byte ${place * step}`, { report: flipped(whole, place * step, masks[place % 3] ?? 1) }]);
    const added: [string, Partial<VerifyInput>][] = [['a space at the end', { report: Buffer.concat([whole, Buffer.from(' ')]) }], ['the last line break', { report: whole.subarray(0, -1) }]];
    expect(await unnoticed({ report: whole, bundle, key: publicKey, suiteDigest }, [...places, ...added])).toEqual([]);
  }, 120_000);

  test('anywhere in a bundle with a key', async () => {
    const { publicKey, privateKey } = newKeys();
    const bundle = await signed(report, { kind: 'key', key: privateKey });
    expect(await unnoticed({ report, bundle, key: publicKey }, [...inFile(bundle), ...inFields(bundle)])).toEqual([]);
  }, 120_000);

  test.each<[string, (one: Sigstore) => Services, (one: Sigstore) => TrustedRoot]>([
    ['an entry of the log', ({ services }) => services, ({ trustedRoot }) => trustedRoot],
    ['a time stamp', ({ stampedServices }) => stampedServices, ({ stampedRoot }) => stampedRoot],
    ['both', ({ services, stampedServices: { tsa = '' } }) => ({ ...services, tsa }), ({ trustedRoot }) => trustedRoot],
  ])('anywhere in a bundle with a certificate and %s', async (_, services, root) => {
    const bundle = await signed(report, keyless(sigstore, services(sigstore)));
    expect(await unnoticed({ report, bundle, identity, accounts, trustedRoots: [root(sigstore)] }, [...inFile(bundle), ...inFields(bundle)])).toEqual([]);
  }, 300_000);
});

describe('a bundle that says the same in other bytes', () => {
  test.each<[string, (text: string) => string]>([
    ['is formatted anew', (text) => JSON.stringify(JSON.parse(text), null, 2)],
    ['has another field', (text) => text.replace('{"mediaType"', '{"note":"x","mediaType"')],
    ['has a field twice', (text) => text.replace('{"mediaType"', '{"mediaType":"x","mediaType"')],
    ['lacks its line break', (text) => text.trimEnd()],
    ['is of another version', (text) => text.replace('bundle.v0.3+json', 'bundle.v0.4+json')],
    ['is too long', (text) => `${text}${' '.repeat(1024 ** 2)}`],
    ['is none', () => 'null'],
    ['is empty', () => ''],
  ])('and %s is not taken', async (_, change) => {
    const { publicKey, privateKey } = newKeys();
    const bundle = (await signed(report, { kind: 'key', key: privateKey })).toString();
    const { ok, checks } = await verify({ report, bundle: Buffer.from(change(bundle)), key: publicKey });
    expect(ok).toBe(false);
    expect(checks.filter((check) => !check.ok).map(({ name }) => name)).toEqual(['bundle', 'signature', 'identity', 'digest', 'statement']);
  });
});
