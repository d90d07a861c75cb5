import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { programDigest, type Statement, statementOf } from '../../src/attest/index.ts';
import { noErrors, openNetwork, sampleReport } from '../report/sample.ts';
import { action, bytesOf, goodReport, suiteDigest, workflow } from './bed.ts';

const schema = JSON.parse(readFileSync(new URL('statement.schema.json', import.meta.url), 'utf8')) as object;
const validate = new Ajv({ allErrors: true, strict: true, strictRequired: false, formats: { uri: (text: string) => URL.canParse(text) } }).compile(schema);
const errorsOf = (value: unknown): string[] => (validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`));

const good = goodReport();
const bytes = bytesOf(good);
const configured = ({ predicate }: Statement, name: string): unknown => predicate.configuration.find((one) => one.name === name);

describe('a statement', () => {
  test('is what in-toto asks for, in a workflow and on a terminal', () => {
    expect(errorsOf(statementOf({ report: bytes, action, workflow }))).toEqual([]);
    expect(errorsOf(statementOf({ report: bytesOf(sampleReport()), action: { version: '0.1.0', digest: 'd'.repeat(64) } }))).toEqual([]);
  });

  test('is told from what is none by the schema', () => {
    const statement = statementOf({ report: bytes, action, workflow });
    expect(errorsOf({ ...statement, predicate: { ...statement.predicate, result: 'OK' } })).not.toEqual([]);
    expect(errorsOf({ ...statement, predicate: { ...statement.predicate, configuration: [{ name: 'suite' }] } })).not.toEqual([]);
    expect(errorsOf({ ...statement, subject: [] })).not.toEqual([]);
  });

  test('is about the bytes of the report, and the images of the mesh with the kind of their digest', () => {
    const images: typeof good.mesh.images = [
      { image: 'osm-controller:v1.2.4', digest: `sha256:${'ab'.repeat(32)}`, kind: 'digest' },
      { image: 'envoy:local', digest: `sha256:${'cd'.repeat(32)}`, kind: 'image-id' },
    ];
    const report = bytesOf({ ...good, mesh: { ...good.mesh, images } });
    expect(statementOf({ report, action }).subject).toEqual([
      { name: 'report.json', digest: { sha256: createHash('sha256').update(report).digest('hex') } },
      { name: 'osm-controller:v1.2.4', digest: { sha256: 'ab'.repeat(32) }, annotations: { kind: 'digest' } },
      { name: 'envoy:local', digest: { sha256: 'cd'.repeat(32) }, annotations: { kind: 'image-id' } },
    ]);
  });

  test('names suite, action and workflow by digest, and the run by its URL', () => {
    const statement = statementOf({ report: bytes, action, workflow });
    expect(configured(statement, 'suite')).toEqual({ name: 'suite', digest: { sha256: suiteDigest }, annotations: { version: '0.1.0' } });
    expect(configured(statement, 'action')).toEqual({ name: 'action', uri: 'git+https://github.com/smi-conformance/action@v1', digest: { dirHash: 'd'.repeat(64) }, annotations: { version: '0.1.0' } });
    expect(configured(statement, 'workflow')).toEqual({ name: 'workflow', uri: 'https://github.com/octo/mesh/.github/workflows/conformance.yml@refs/heads/main', digest: { gitCommit: 'a'.repeat(40) } });
    expect(statement.predicate.url).toBe('https://github.com/octo/mesh/actions/runs/1001/attempts/1');
  });

  test('names the commit of an action that is pinned by it', () => {
    const statement = statementOf({ report: bytes, action: { ...action, ref: 'e'.repeat(40) } });
    expect(configured(statement, 'action')).toMatchObject({ digest: { gitCommit: 'e'.repeat(40), dirHash: 'd'.repeat(64) } });
    expect(configured(statement, 'workflow')).toBeUndefined();
  });
});

describe('the result in a statement', () => {
  const outcome = (report: ReturnType<typeof sampleReport>): Statement['predicate'] => statementOf({ report: bytesOf(report), action }).predicate;

  test('is PASSED where all went well, and what was skipped is in no list', () => {
    const { result, passedTests, warnedTests, failedTests } = outcome(good);
    expect(result).toBe('PASSED');
    expect([warnedTests, failedTests]).toEqual([[], []]);
    expect(passedTests).toContain('traffic-access/default-deny@v1alpha3');
    expect(passedTests).toHaveLength(good.summary.pass);
    expect(good.summary.skip).toBeGreaterThan(0);
  });

  test('is WARNED where a reduced form is documented, or a requirement that is none is not met', () => {
    const partial = good.assertions.map((one, place) => (place === 0 ? { ...one, verdict: 'partial' as const } : one));
    expect(outcome({ ...good, assertions: partial })).toMatchObject({ result: 'WARNED', warnedTests: [`${good.assertions[0]?.id}@${good.assertions[0]?.version}`], failedTests: [] });
    const should = good.assertions.map((one) => (one.level === 'should' ? { ...one, verdict: 'fail' as const } : one));
    expect(outcome({ ...good, assertions: should })).toMatchObject({ result: 'WARNED', failedTests: [] });
  });

  test('is FAILED where a requirement is not met, and counts what was not seen to hold as failed', () => {
    const failed = outcome(sampleReport(noErrors));
    expect(failed.result).toBe('FAILED');
    expect(failed.failedTests).toContain('traffic-access/identity-not-labels@v1alpha3');
    const open = sampleReport({ ...noErrors, ...openNetwork });
    expect(open.summary.inconclusive).toBeGreaterThan(0);
    const inconclusive = open.assertions.filter(({ verdict, level }) => verdict === 'inconclusive' && level === 'must').map(({ id, version }) => `${id}@${version}`);
    expect(outcome(open).failedTests).toEqual(expect.arrayContaining(inconclusive));
  });

  test('is FAILED of a run that is not complete, whatever it saw', () => {
    expect(outcome({ ...good, result: 'incomplete' })).toMatchObject({ result: 'FAILED', failedTests: [] });
    expect(outcome(sampleReport()).failedTests).toContain('traffic-specs/header-single@v1alpha4');
  });
});

describe('the digest of a program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'program-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('is what the shell gives for the same folder, and changes with a name or a byte', async () => {
    mkdirSync(join(folder, 'chunks'), { recursive: true });
    for (const [name, text] of [['main.js', 'one'], ['chunks/b.js', 'two'], ['chunks/B.js', 'three'], ['licenses.txt', 'ä']] as const) writeFileSync(join(folder, name), text);
    const shell = execFileSync('sh', ['-c', 'find . -type f | cut -c3- | LC_ALL=C sort | xargs -r sha256sum | sha256sum | cut -f1 -d" "'], { cwd: folder, encoding: 'utf8' }).trim();
    const digest = await programDigest(folder);
    expect(digest).toBe(shell);
    writeFileSync(join(folder, 'main.js'), 'One');
    expect(await programDigest(folder)).not.toBe(digest);
  });
});
