import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Accounts, bundleBytes, hintOf, publicLineOf, readTrustedRoots, sign, statementOf, verify, type VerifyInput } from '../../src/attest/index.ts';
import { signWithKey } from '../../src/attest/key.ts';
import type { Report } from '../../src/model/report.ts';
import { account, accounts, action, bytesOf, goodReport, identity, keyless, type KeyPair, limits, newKeys, signed, suiteDigest, workflow } from './bed.ts';
import { claims, type Sigstore, startSigstore } from './sigstore.ts';

let sigstore: Sigstore;
const report = bytesOf(goodReport());
beforeAll(async () => {
  sigstore = await startSigstore();
});
afterAll(() => sigstore.close());
beforeEach(() => {
  sigstore.claims = {};
});

/** What does not hold. */
async function failing(input: VerifyInput): Promise<Record<string, string>> {
  const { ok, checks } = await verify(input);
  const wrong = Object.fromEntries(checks.filter((check) => !check.ok).map(({ name, detail }) => [name, detail]));
  expect(ok).toBe(Object.keys(wrong).length === 0);
  return wrong;
}

async function byWorkflow(more: Record<string, unknown> = {}, bytes: Uint8Array = report): Promise<Pick<VerifyInput, 'report' | 'bundle' | 'trustedRoots'>> {
  sigstore.claims = more;
  const all = { ...claims, ...more } as typeof claims;
  const facts = { ...workflow, repository: all.repository, workflowRef: all.workflow_ref, workflowSha: all.workflow_sha };
  const bundle = await bundleBytes(await sign(statementOf({ report: bytes, action, workflow: facts }), keyless(sigstore), limits));
  return { report: bytes, bundle, trustedRoots: [sigstore.trustedRoot] };
}

describe('the report', () => {
  test('unsigned is not verified, though its figures are', async () => {
    const { ok, checks } = await verify({ report, suiteDigest, accounts });
    expect(ok).toBe(false);
    expect(checks.filter((check) => check.ok).map(({ name }) => name)).toEqual(['report', 'figures', 'catalogue']);
    expect(checks.find(({ name }) => name === 'bundle')?.detail).toMatch(/there is none: the report is unsigned/);
    expect(checks.find(({ name }) => name === 'account')?.detail).toBe('not checked: it needs the signature');
  });

  test('of a newer schema is told from one that is broken, and its signature is checked all the same', async () => {
    const { publicKey, privateKey } = newKeys();
    const newer = Buffer.from(JSON.stringify({ ...goodReport(), schemaVersion: 2, novelty: true }));
    const bundle = await signed(newer, { kind: 'key', key: privateKey });
    const wrong = await failing({ report: newer, bundle, key: publicKey, suiteDigest, accounts });
    expect(wrong).toEqual({
      report: 'it is of schema version 2, and this version of smi-conformance reads 1: use a newer one',
      statement: 'not checked: it needs the report', figures: 'not checked: it needs the report', catalogue: 'not checked: it needs the report', account: 'not checked: it needs the report',
    });
    expect((await failing({ report: Buffer.from('{') }))['report']).toMatch(/it is not JSON/);
    expect((await failing({ report: Buffer.from('{}') }))['report']).toMatch(/it is no report that this version reads/);
  });

  test('with a figure of its own is caught, though who signed it signed that figure', async () => {
    const good = goodReport();
    const forged = bytesOf({ ...good, summary: { ...good.summary, must: { ...good.summary.must, passed: good.summary.must.passed + 1 } } });
    const { publicKey, privateKey } = newKeys();
    const bundle = await signed(forged, { kind: 'key', key: privateKey });
    expect(await failing({ report: forged, bundle, key: publicKey })).toEqual({ figures: expect.stringMatching(/^1 do not follow from the assertions, such as summary\.must\.passed/) });
  });

  test('of another catalogue is not taken for one of this release', async () => {
    expect(await failing({ ...(await byWorkflow()), identity, suiteDigest: '0'.repeat(64) })).toEqual({ catalogue: expect.stringMatching(/another catalogue \(suite 0\.1\.0, sha256:3f2a91c0/) });
  });

  test('that calls an assertion of the suite added, or has one that the suite does not know, is caught', async () => {
    const good = goodReport();
    const suiteIds = new Set(good.assertions.map(({ id }) => id));
    const unsigned = async (change: Partial<Report>, more: Partial<VerifyInput> = {}): Promise<Record<string, string>> => {
      const checks = await failing({ report: bytesOf({ ...good, ...change }), suiteDigest, suiteIds, ...more });
      return Object.fromEntries(Object.entries(checks).filter(([name]) => ['catalogue', 'added'].includes(name)));
    };
    const [first, ...rest] = good.assertions;
    if (first === undefined) throw new Error('the sample is empty');
    expect(await unsigned({})).toEqual({});
    expect(await unsigned({ assertions: [{ ...first, added: true }, ...rest] })).toEqual({ catalogue: `${first.id} is an assertion of the suite, and the report calls it added, so that it counts for nothing` });
    expect(await unsigned({ assertions: [{ ...first, id: 'traffic-access/mine' }, ...rest] })).toEqual({ catalogue: 'the suite has no assertion traffic-access/mine' });
    const suite = { ...good.suite, added: { digest: 'cd'.repeat(32), assertions: 1 } };
    expect(await unsigned({ suite })).toEqual({});
    expect(await unsigned({ suite }, { addedDigest: 'cd'.repeat(32) })).toEqual({});
    expect(await unsigned({ suite }, { addedDigest: 'ef'.repeat(32) })).toEqual({ added: expect.stringMatching(/^the report was made with 1 assertion, sha256:cdcd.*those given are sha256:efef/) });
    expect(await unsigned({}, { addedDigest: 'ef'.repeat(32) })).toEqual({ added: 'nothing was added to the suite' });
  });

  test('that does not say what was added, of which its statement does, is caught', async () => {
    const good = goodReport();
    const added = bytesOf({ ...good, suite: { ...good.suite, added: { digest: 'cd'.repeat(32), assertions: 1 } } });
    const { publicKey, privateKey } = newKeys();
    const other = statementOf({ report: added, action, workflow });
    expect(other.predicate.configuration).toContainEqual({ name: 'added', digest: { sha256: 'cd'.repeat(32) } });
    const statement = { ...other, subject: statementOf({ report: bytesOf(good), action, workflow }).subject };
    const bundle = await bundleBytes(await sign(statement, { kind: 'key', key: privateKey }, limits));
    expect(await failing({ report: bytesOf(good), bundle, key: publicKey })).toEqual({ statement: expect.stringContaining('what was added to the suite') });
  });

  test('that ended after it was signed shows a wrong clock', async () => {
    const good = goodReport();
    const future = bytesOf({ ...good, run: { ...good.run, startedAt: new Date(Date.now() + 3_600_000).toISOString() } });
    expect(await failing({ ...(await byWorkflow({}, future)), identity })).toEqual({ time: expect.stringMatching(/after it was signed .*: the clock of the machine that ran it was wrong/) });
  });

  test('that was swapped for another signed one is caught', async () => {
    const { bundle, trustedRoots } = await byWorkflow();
    const good = goodReport();
    const other = bytesOf({ ...good, run: { ...good.run, id: 'zzzzzz' } });
    expect(await failing({ report: other, bundle, trustedRoots, identity })).toEqual({
      digest: expect.stringMatching(/it is another report, or one that was changed/),
      statement: expect.stringMatching(/does not fit the report in its subjects/),
    });
  });
});

describe('the statement', () => {
  const keys = newKeys();
  const stating = async (change: (statement: ReturnType<typeof statementOf>) => unknown): Promise<Record<string, string>> => {
    const payload = Buffer.from(JSON.stringify(change(statementOf({ report, action }))));
    return failing({ report, bundle: await bundleBytes(await signWithKey(payload, keys.privateKey)), key: keys.publicKey });
  };

  test('that this program makes holds', async () => {
    expect(await stating((statement) => statement)).toEqual({});
  });

  test('must say what the report says', async () => {
    expect(await stating((one) => ({ ...one, predicate: { ...one.predicate, result: 'WARNED' } }))).toEqual({ statement: 'the statement does not fit the report in its result' });
    expect(await stating((one) => ({ ...one, predicate: { ...one.predicate, passedTests: [] } }))).toEqual({ statement: 'the statement does not fit the report in its result' });
    expect(await stating((one) => ({ ...one, subject: one.subject.slice(0, 1) }))).toEqual({ statement: expect.stringMatching(/its subjects/) });
    expect(await stating((one) => ({ ...one, subject: one.subject.slice(1) }))).toEqual({ digest: expect.stringMatching(/signed is no report/), statement: expect.stringMatching(/its subjects/) });
    expect(await stating((one) => ({ ...one, predicate: { ...one.predicate, configuration: one.predicate.configuration.slice(1) } }))).toEqual({ statement: 'the statement does not fit the report in the suite' });
    expect(await stating((one) => ({ ...one, predicate: { ...one.predicate, configuration: one.predicate.configuration.slice(0, 1) } }))).toEqual({ statement: 'the statement does not fit the report in the program' });
  });

  test('must be the result of a test', async () => {
    expect((await stating((one) => ({ ...one, predicateType: 'https://slsa.dev/provenance/v1' })))['signature']).toMatch(/something else than the result of a test/);
    expect((await stating((one) => ({ ...one, _type: 'https://in-toto.io/Statement/v0.1' })))['signature']).toMatch(/no https:\/\/in-toto\.io\/Statement\/v1/);
    expect((await stating(() => null))['signature']).toMatch(/what is signed is no/);
    expect((await stating((one) => ({ ...one, subject: [null] })))['signature']).toMatch(/names no subjects/);
  });

  test('must say of the workflow what its certificate says', async () => {
    const statement = statementOf({ report, action, workflow: { ...workflow, workflowSha: 'b'.repeat(40) } });
    const bundle = await bundleBytes(await sign(statement, keyless(sigstore), limits));
    const wrong = { statement: 'the statement does not fit the report in the workflow, of which the certificate says something else' };
    expect(await failing({ report, bundle, identity, trustedRoots: [sigstore.trustedRoot] })).toEqual(wrong);
    const none = await bundleBytes(await sign(statementOf({ report, action }), keyless(sigstore), limits));
    expect(await failing({ report, bundle: none, identity, trustedRoots: [sigstore.trustedRoot] })).toEqual(wrong);
  });
});

describe('the signer', () => {
  test('is the workflow that is named, by file, path, or the repository of a reusable one', async () => {
    const input = await byWorkflow();
    for (const named of ['conformance.yml', '.github/workflows/conformance.yml', 'octo/mesh/.github/workflows/conformance.yml']) expect(await failing({ ...input, identity: { ...identity, workflow: named } })).toEqual({});
    expect(await failing({ ...input, identity: { ...identity, workflow: 'other.yml' } })).toEqual({ identity: 'signed by https://github.com/octo/mesh/.github/workflows/conformance.yml@refs/heads/main, not by other.yml of octo/mesh' });
    expect(await failing({ ...input, identity: { repository: 'octo/mes', workflow: 'conformance.yml' } })).toHaveProperty('identity');
    expect(await failing({ ...input, identity: { repository: 'octo/.*', workflow: 'conformance.yml' } })).toHaveProperty('identity');
    expect(await failing({ ...input, identity: { ...identity, workflow: 'conformance.ym' } })).toHaveProperty('identity');
    const reusable = await byWorkflow({ job_workflow_ref: 'smi/workflows/.github/workflows/run.yml@refs/tags/v1' });
    expect(await failing({ ...reusable, identity })).toHaveProperty('identity', expect.stringMatching(/run\.yml@refs\/tags\/v1, run by https:\/\/github\.com\/octo\/mesh, not by/));
    expect(await failing({ ...reusable, identity: { repository: 'octo/mesh', workflow: 'smi/workflows/.github/workflows/run.yml' } })).toEqual({});
  });

  test('is nobody\'s workflow of another place: a repository cannot sign as one whose workflow it calls', async () => {
    const elsewhere = await byWorkflow({ repository: 'mallory/mesh', job_workflow_ref: 'octo/mesh/.github/workflows/conformance.yml@refs/heads/main', workflow_ref: 'mallory/mesh/.github/workflows/x.yml@refs/heads/main' });
    expect(await failing({ ...elsewhere, identity, accounts })).toMatchObject({ identity: expect.stringMatching(/run by https:\/\/github\.com\/mallory\/mesh/), account: expect.stringMatching(/is no account of osm/) });
    expect(await failing({ ...(await byWorkflow({ iss: 'https://accounts.example.org' })), identity })).toHaveProperty('identity', expect.stringMatching(/an identity of https:\/\/accounts\.example\.org/));
  });

  test('has to be named, by the caller or the list of accounts', async () => {
    const input = await byWorkflow();
    expect(await failing(input)).toEqual({ identity: expect.stringMatching(/nobody is named whose signature would count: use --repo and --workflow/) });
    expect(await failing({ ...input, accounts })).toEqual({});
  });

  test('by a key is the holder of the key that is named, and of no other', async () => {
    const { publicKey, privateKey } = newKeys();
    const other = newKeys();
    const bundle = await signed(report, { kind: 'key', key: privateKey });
    expect(await failing({ report, bundle, key: publicKey })).toEqual({});
    expect(await failing({ report, bundle, key: other.publicKey })).toHaveProperty('signature', expect.stringMatching(/which is not the one that is given/));
    expect(await failing({ report, bundle })).toHaveProperty('signature', expect.stringMatching(/not given: name its public half with --key/));
    expect(await failing({ report, bundle, key: publicKey, identity })).toEqual({ identity: expect.stringMatching(/not by a workflow of octo\/mesh/) });
    expect(await failing({ ...(await byWorkflow()), key: publicKey })).toEqual({ identity: expect.stringMatching(/not with the key that is given/) });
    // Another key under the name of the right one.
    const forged = bundle.toString().replaceAll(hintOf(publicKey), hintOf(other.publicKey));
    expect(await failing({ report, bundle: Buffer.from(forged), key: other.publicKey })).toHaveProperty('signature', expect.stringMatching(/the signature is not one of this statement/));
  });

  test('by a workflow is unknown without a trusted root, and with the root of somebody else', async () => {
    const { bundle } = await byWorkflow();
    expect(await failing({ report, bundle, identity })).toHaveProperty('signature', expect.stringMatching(/gh attestation trusted-root > trusted_root\.jsonl/));
    const stranger = await startSigstore();
    try {
      expect(await failing({ report, bundle, identity, trustedRoots: [stranger.trustedRoot] })).toHaveProperty('signature');
      expect(await failing({ report, bundle, identity, trustedRoots: [{ ...sigstore.trustedRoot, certificateAuthorities: stranger.trustedRoot.certificateAuthorities }] })).toHaveProperty('signature', expect.stringMatching(/no authority of the trusted root signed the certificate/));
      expect(await failing({ report, bundle, identity, trustedRoots: [{ ...sigstore.trustedRoot, tlogs: stranger.trustedRoot.tlogs }] })).toHaveProperty('signature', expect.stringMatching(/is no log of the trusted root/));
      expect(await failing({ report, bundle, identity, trustedRoots: [{ ...sigstore.trustedRoot, ctlogs: stranger.trustedRoot.ctlogs }] })).toHaveProperty('signature', expect.stringMatching(/SCT/));
    } finally {
      await stranger.close();
    }
  });

  test('needs the evidence that the trusted root\'s services give: without its log, a bundle is worth nothing', async () => {
    const { bundle } = await byWorkflow();
    const stripped = JSON.parse(String(bundle)) as { verificationMaterial: { tlogEntries?: unknown } };
    delete stripped.verificationMaterial.tlogEntries;
    expect(await failing({ report, bundle: Buffer.from(`${JSON.stringify(stripped)}\n`), identity, trustedRoots: [sigstore.trustedRoot] })).toHaveProperty('signature');
    // With a time stamp alone it has a time, and no entry in the log.
    const stamped = await bundleBytes(await sign(statementOf({ report, action, workflow }), keyless(sigstore, { fulcio: sigstore.services.fulcio, tsa: sigstore.services.fulcio }), limits));
    expect(await failing({ report, bundle: stamped, identity, trustedRoots: [sigstore.trustedRoot] })).toHaveProperty('signature', expect.stringMatching(/expected 1 tlog entries, got 0/));
  });
});

describe('the list of accounts', () => {
  const account1 = (more: Partial<typeof account>): Accounts => ({ meshes: { osm: { workflows: [{ ...account, ...more }] } } });

  test('knows a workflow by repository, number, file and branch', async () => {
    const input = await byWorkflow();
    expect(await failing({ ...input, accounts })).toEqual({});
    expect(await failing({ ...input, accounts: account1({ repository: 'octo/other' }) })).toEqual({ account: expect.stringMatching(/is no account of osm/) });
    expect(await failing({ ...input, accounts: account1({ workflow: '.github/workflows/release.yml' }) })).toEqual({ account: expect.stringMatching(/is no account of osm/) });
    expect(await failing({ ...input, accounts: account1({ repositoryId: 4712 }) })).toEqual({ account: '.github/workflows/conformance.yml of octo/mesh ran in the repository 4711, and enrolled was 4712' });
    expect(await failing({ ...input, accounts: account1({ refs: ['refs/tags/v*'] }) })).toEqual({ account: '.github/workflows/conformance.yml of octo/mesh ran on refs/heads/main, and may publish from refs/tags/v* only' });
    expect(await failing({ ...input, accounts: { meshes: { linkerd: { workflows: [account] } } } })).toEqual({ account: expect.stringMatching(/^nobody has enrolled for osm, so that no signature counts .*accounts\.yaml/) });
    expect(await failing({ ...input, accounts: { meshes: {} } })).toEqual({ account: expect.stringMatching(/nobody has enrolled/) });
  });

  test('takes a tag that it names, and never a pull request', async () => {
    const on = (ref: string): Record<string, string> => ({ ref, job_workflow_ref: `octo/mesh/.github/workflows/conformance.yml@${ref}`, workflow_ref: `octo/mesh/.github/workflows/conformance.yml@${ref}` });
    expect(await failing({ ...(await byWorkflow(on('refs/tags/v1.2.4'))), accounts })).toEqual({});
    expect(await failing({ ...(await byWorkflow(on('refs/tags/v1/x'))), accounts })).toHaveProperty('account');
    expect(await failing({ ...(await byWorkflow(on('refs/pull/7/merge'))), accounts })).toHaveProperty('account', expect.stringMatching(/ran on refs\/pull\/7\/merge/));
    expect(await failing({ ...(await byWorkflow({ job_workflow_ref: 'octo/mesh/.github/workflows/conformance.yml@refs/heads/evil' })), accounts })).toHaveProperty('account');
  });

  test('knows a robot by its key, which then needs no naming, for its own mesh only', async () => {
    const { publicKey, privateKey }: KeyPair = newKeys();
    const bundle = await signed(report, { kind: 'key', key: privateKey });
    const robots = [{ name: 'osm-robot', publicKey: publicLineOf(publicKey) }];
    const { ok, checks } = await verify({ report, bundle, accounts: { meshes: { osm: { robots } } } });
    expect(ok).toBe(true);
    expect(checks.find(({ name }) => name === 'account')?.detail).toBe('osm-robot may publish for osm');
    expect(await failing({ report, bundle, accounts: { meshes: { linkerd: { robots }, osm: { workflows: [account] } } } })).toEqual({ account: expect.stringMatching(/the key SHA256:\S+ is no account of osm/) });
    expect(await failing({ report, bundle, accounts })).toHaveProperty('signature', expect.stringMatching(/not given/));
  });
});

describe('a trusted root', () => {
  test('is read as one file or one a line', async () => {
    const one = sigstore.rootBytes(sigstore.trustedRoot).toString();
    expect(await readTrustedRoots(Buffer.from(JSON.stringify(JSON.parse(one), null, 2)))).toHaveLength(1);
    expect(await readTrustedRoots(Buffer.from(`${one}\n${sigstore.rootBytes(sigstore.stampedRoot).toString()}\n`))).toHaveLength(2);
  });

  test('is told from what is none', async () => {
    for (const text of ['', '{}', '[]', 'null', 'no JSON', '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}']) {
      await expect(readTrustedRoots(Buffer.from(text), '--trusted-root')).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringMatching(/^--trusted-root holds no trusted root of Sigstore/) });
    }
  });
});
