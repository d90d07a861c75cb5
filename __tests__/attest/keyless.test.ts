import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Services, verify, type Verification } from '../../src/attest/index.ts';
import { accounts, bytesOf, goodReport, identity, keyless, signed, suiteDigest } from './bed.ts';
import { type Sigstore, startSigstore } from './sigstore.ts';

let sigstore: Sigstore;
beforeAll(async () => {
  sigstore = await startSigstore();
});
afterAll(() => sigstore.close());
beforeEach(() => {
  sigstore.instead = {};
  sigstore.claims = {};
});

const failing = ({ checks }: Verification): string[] => checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`);

describe('a keyless signature', () => {
  test.each<[string, (one: Sigstore) => Services, (one: Sigstore) => Sigstore['trustedRoot']]>([
    ['a transparency log', ({ services }) => services, ({ trustedRoot }) => trustedRoot],
    ['a time-stamp authority', ({ stampedServices }) => stampedServices, ({ stampedRoot }) => stampedRoot],
    ['a log of the second version and a time-stamp authority', ({ tiledServices }) => tiledServices, ({ trustedRoot }) => trustedRoot],
  ])('with %s is verified from end to end', async (_, services, root) => {
    const report = bytesOf(goodReport());
    const bundle = await signed(report, keyless(sigstore, services(sigstore)));
    const verification = await verify({ report, bundle, identity, accounts, trustedRoots: [sigstore.stampedRoot, sigstore.trustedRoot].toSorted((one) => (one === root(sigstore) ? 1 : -1)), suiteDigest });
    expect(failing(verification)).toEqual([]);
    expect(verification.ok).toBe(true);
    expect(verification.checks.map(({ name }) => name)).toEqual(['report', 'bundle', 'signature', 'identity', 'digest', 'statement', 'time', 'figures', 'catalogue', 'account']);
  });
});
