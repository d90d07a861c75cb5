import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { Report } from '../../src/model/report.ts';
import { payloadOf, refusalOf } from '../../src/provider/index.ts';
import { allGood, noErrors, openNetwork, sampleReport } from '../report/sample.ts';
import { problemsOf } from '../stand-ins/provider-body.ts';
import { osm, report } from './bed.ts';

const id = '0f3d1c2b-4a5e-5678-9abc-def012345678';
const facts = { id, mesh: osm };
const schema = JSON.parse(readFileSync(new URL('../../schema/provider-payload-v1.schema.json', import.meta.url), 'utf8')) as object;
const validate = new Ajv({ strict: true, strictTypes: false, strictRequired: false, strictTuples: false }).compile(schema);

describe('a result in the provider\'s words', () => {
  test('is this, for a report whose figures are known', () => {
    const { more_details: [access, split, specs], ...rest } = payloadOf(report, 'snake_case', facts);
    const must = (specification: string) => report.specifications.find((line) => line.specification === specification)?.summary.must;
    const [a, s, p] = ['traffic-access', 'traffic-split', 'traffic-specs'].map(must);
    const passed = (a?.passed ?? 0) + (s?.passed ?? 0) + (p?.passed ?? 0);
    const applicable = (a?.applicable ?? 0) + (s?.applicable ?? 0) + (p?.applicable ?? 0);
    expect(rest).toEqual({
      id, date: '2026-11-21T08:50:00Z', mesh_name: 'Open Service Mesh', mesh_version: 'v1.2.4', cases_passed: String(passed),
      passing_percentage: ((100 * passed) / applicable).toFixed(2), status: 'completed',
    });
    // By hand: of 24, one is partial, three fail and two do not apply.
    expect([rest.cases_passed, rest.passing_percentage]).toEqual(['18', '81.82']);
    expect(access).toMatchObject({ smi_specification: 'traffic-access', smi_version: 'v0.6.0/v1alpha3', assertions: String(a?.applicable), capability: 'FULL', status: 'FAILED' });
    expect(access.result).toBe(`${a?.passed} of ${a?.applicable} must requirements passed, not: identity-not-labels`);
    expect(split).toMatchObject({ smi_specification: 'traffic-split', smi_version: 'no-release/v1alpha2', capability: 'HALF', status: 'FAILED' });
    expect(split.reason).toBe('Part of the specification is offered: v1alpha2 has no TrafficSplit.matches');
    expect(specs).toMatchObject({ smi_specification: 'traffic-spec', smi_version: 'v0.6.0/v1alpha4', capability: 'HALF', status: 'FAILED' });
  });

  test('says passed where all passes', () => {
    const payload = payloadOf(sampleReport(allGood), 'snake_case', facts);
    expect(payload.passing_percentage).toBe('100.00');
    expect(payload.more_details.map(({ status }) => status)).toEqual(['PASSED', 'PASSED', 'PASSED']);
  });

  test('counts what is inconclusive behind a gate as not passed', () => {
    const payload = payloadOf(sampleReport({ ...noErrors, ...openNetwork }), 'snake_case', facts);
    expect(payload.more_details[0].status).toBe('FAILED');
    expect(payload.more_details[0].result).toContain('default-deny');
    expect(Number(payload.passing_percentage)).toBeLessThan(60);
  });

  test('has no status for a specification that is not offered, and a release to be grouped by', () => {
    const { 'traffic-access': _access, ...offered } = report.offered;
    const without = sampleReport(noErrors, { offered, claims: 'served', results: report.assertions.filter(({ specification }) => specification !== 'traffic-access'), planned: report.assertions.filter(({ specification }) => specification !== 'traffic-access') });
    expect(_access).toBeDefined();
    const [access] = payloadOf(without, 'snake_case', facts).more_details;
    expect(access).toEqual({ smi_specification: 'traffic-access', smi_version: 'v0.6.0/none', time: '0.000', assertions: '0', result: 'No requirement applies', reason: 'The mesh does not offer this specification', capability: 'NONE' });
  });

  test('brings no markup of a mesh or a definition into the provider\'s page', () => {
    const hostile: Report = { ...report, specifications: report.specifications.map((line) => ({ ...line, capability: 'partial', capabilityReason: '<img src=x onerror="alert(1)">&\u0007' })) };
    expect(JSON.stringify(payloadOf(hostile, 'snake_case', facts).more_details)).not.toMatch(/[<>&]|\\u0007/);
  });

  test.each(['snake_case', 'camelCase'] as const)('in %s is what a provider takes, and what the published schema says', (naming) => {
    const payload = payloadOf(report, naming, facts);
    expect(problemsOf(payload, naming)).toEqual([]);
    expect(validate(payload)).toBe(true);
    expect(problemsOf(payload, naming === 'camelCase' ? 'snake_case' : 'camelCase')).not.toEqual([]);
  });

  test('the schema refuses what the dashboard would show in the wrong column, and what is no text', () => {
    const payload = payloadOf(report, 'snake_case', facts);
    const [access, split, specs] = payload.more_details;
    expect(validate({ ...payload, more_details: [access, specs, split] })).toBe(false);
    expect(validate({ ...payload, more_details: [access, split] })).toBe(false);
    expect(validate({ ...payload, cases_passed: 16 })).toBe(false);
    expect(validate({ ...payload, mesh_name: 'Invalid Mesh' })).toBe(false);
    expect(validate({ ...payload, extra: 'x' })).toBe(false);
  });

  test('a mesh version that the provider could not take is a fault of ours, not sent', () => {
    expect(() => payloadOf({ ...report, mesh: { ...report.mesh, version: '' } }, 'snake_case', facts)).toThrow(/does not fit its own schema/);
  });
});

describe('refused are', () => {
  test.each<[string, Parameters<typeof refusalOf>, RegExp]>([
    ['results of the embedded cluster', [{ ...report, kubernetes: { version: 'v1.34.0', cluster: 'embedded' } }, osm], /embedded cluster/],
    ['incomplete reports', [sampleReport(), osm], /not complete \(1 could not be judged: traffic-specs\/header-single/],
    ['filtered runs', [sampleReport(noErrors, { run: { ...report.run, only: ['traffic-split/*'] } }), osm], /only traffic-split\/\* was asked for/],
    ['meshes that providers have no name for', [{ ...report, mesh: { ...report.mesh, id: 'none' } }, { id: 'none', provider: 'INVALID_MESH' }], /no name for the mesh none/],
    ['reports of another mesh', [report, { id: 'linkerd', provider: 'LINKERD' }], /about the mesh osm, not about linkerd/],
  ])('%s', (_, args, reason) => {
    expect(refusalOf(...args)).toMatch(reason);
    expect(() => payloadOf(args[0] as Report, 'snake_case', { id, mesh: args[1] })).toThrow(expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringMatching(reason) }));
  });

  test('nothing else', () => {
    expect(refusalOf(report, osm)).toBeUndefined();
  });
});
