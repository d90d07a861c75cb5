import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { receiptFile, resultIdOf, systemIdOf } from '../../src/provider/index.ts';
import { toJson } from '../../src/report/index.ts';
import { bed, newToken, oldToken, osm, rawToken, report } from './bed.ts';

const once = ['GET /capabilities', 'GET /smi/results/*', 'POST /smi/results'];
const named = (lines: string[]): string[] => lines.map((line) => line.replace(/results\/[\da-f-]{36}$/, 'results/*'));

describe('an upload', () => {
  test.each([['packed', oldToken], ['by itself', rawToken]])('with a token %s is taken by a provider that looks closely', async (_, as) => {
    await using at = await bed();
    const uploaded = await at.send({ as });
    const [[id, result] = []] = [...at.provider.results];
    expect(uploaded).toEqual({ id, at: expect.stringMatching(/Z$/), already: false });
    expect(result).toMatchObject({ mesh_name: 'Open Service Mesh', mesh_version: 'v1.2.4' });
    expect(named(at.provider.lines())).toEqual(once);
    expect(at.provider.seen.map(({ headers }) => [headers.authorization, headers['x-api-key'], headers['systemid']])).toEqual(Array(3).fill([`bearer ${as}`, as, systemIdOf('github.com/o/r')]));
  });

  test.each([
    ['as they were spelt', { shape: 'old' }],
    ['at the place for a version', { versioned: true }],
    ['under the old name', { feature: 'persist-smi-result', endpoint: '/smi/result' }],
    ['somewhere else', { endpoint: '/api/smi/results' }],
  ] as const)('finds the endpoint where the capabilities are %s', async (_, options) => {
    await using at = await bed(options);
    await at.send();
    expect(at.provider.results.size).toBe(1);
  });

  test('finds it behind a page that is shown for every address', async () => {
    await using at = await bed({ versioned: true });
    at.provider.always('GET /capabilities', { status: 200, body: '<!doctype html><title>Cloud</title>', headers: { 'content-type': 'text/html' } });
    await at.send();
    expect(at.provider.results.size).toBe(1);
  });

  test('is spelt as asked for', async () => {
    await using at = await bed({ naming: 'camelCase' });
    await at.send({ naming: 'camelCase' });
    expect([...at.provider.results.values()]).toEqual([expect.objectContaining({ meshName: 'Open Service Mesh' })]);
    await using other = await bed({ naming: 'camelCase' });
    expect((await other.fail()).message).toMatch(/does not take the result as it was sent \(400: .*mesh_name is not known.*\): .*provider_naming/);
  });

  test('has an id that follows from the bytes of the report', async () => {
    await using at = await bed();
    const { id } = await at.send();
    expect(id).toBe(resultIdOf(await readFile(join(at.directory, 'report.json'))));
    expect(resultIdOf(Buffer.from('one'))).not.toBe(resultIdOf(Buffer.from('two')));
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });

  test('follows a redirect within the provider, as the request it is', async () => {
    await using at = await bed();
    at.provider.next('GET /capabilities', { status: 302, headers: { location: '/capabilities' } });
    at.provider.next('POST /smi/results', { status: 307, headers: { location: '/smi/results' } });
    await at.send();
    expect(at.provider.results.size).toBe(1);
  });
});

describe('the same result is sent once', () => {
  test('with a receipt: nobody is asked', async () => {
    await using at = await bed();
    const first = await at.send();
    const asked = at.provider.seen.length;
    expect(await at.send()).toEqual({ ...first, already: true });
    expect(at.provider.seen).toHaveLength(asked);
    expect(await at.files()).toEqual(['report.json', 'report.sigstore.json', receiptFile]);
  });

  test('without one, as after a crash or in another copy of the folder: the provider is asked', async () => {
    await using at = await bed();
    const first = await at.send();
    await rm(join(at.directory, receiptFile));
    expect(await at.send()).toMatchObject({ id: first.id, already: true });
    expect(at.provider.lines().filter((line) => line.startsWith('POST'))).toHaveLength(1);
  });

  test('where the answer was lost on its way', async () => {
    await using at = await bed();
    at.provider.next('POST /smi/results', { lose: true });
    expect(await at.send()).toMatchObject({ already: true });
    expect(at.provider.lines().filter((line) => line.startsWith('POST'))).toHaveLength(1);
    expect(at.provider.results.size).toBe(1);
  });

  test('where its 201 could not be read, but it has the result', async () => {
    await using at = await bed();
    // It is taken, and its answer is cut short.
    at.provider.next('POST /smi/results', { lose: true });
    at.provider.next('GET /smi/results/*', { status: 404 }, { status: 503 });
    at.provider.next('POST /smi/results', { status: 201, body: '{"id": "0f3d' });
    expect(await at.send()).toMatchObject({ already: false });
  });

  test('a conflict means that it is there, where the provider says so', async () => {
    await using at = await bed();
    await at.send();
    await rm(join(at.directory, receiptFile));
    at.provider.next('GET /smi/results/*', { status: 500 });
    expect(await at.send()).toMatchObject({ already: true });
    await using deaf = await bed({ tells: false });
    deaf.provider.next('POST /smi/results', { status: 409, body: '{"message":"exists"}' });
    expect((await deaf.fail()).message).toContain('answered 409: exists, where only 201');
  });

  test('a receipt is for one provider and one report', async () => {
    await using at = await bed();
    await using other = await bed();
    await at.send();
    await at.send({ url: other.provider.url });
    expect(other.provider.results.size).toBe(1);
    await writeFile(join(at.directory, 'report.json'), toJson({ ...report, run: { ...report.run, id: 'another' } }));
    await at.send();
    expect(at.provider.results.size).toBe(2);
    const { uploads } = JSON.parse(await readFile(join(at.directory, receiptFile), 'utf8')) as { uploads: unknown[] };
    expect(uploads).toHaveLength(1);
  });

  test.each(['{broken', '[]', '{"uploads":[{"provider":1}]}'])('a receipt that says %j says nothing', async (text) => {
    await using at = await bed();
    await writeFile(join(at.directory, receiptFile), text);
    await at.send();
    expect(at.provider.results.size).toBe(1);
    expect(JSON.parse(await readFile(join(at.directory, receiptFile), 'utf8'))).toMatchObject({ uploads: [{ provider: at.provider.url }] });
  });
});

describe('not uploaded at all are', () => {
  test.each<[string, string | undefined, RegExp]>([
    ['a folder without a report', undefined, /report\.json cannot be read: .*ENOENT/],
    ['half a report', toJson(report).slice(0, 5000), /is not JSON/],
    ['something else', '{"schemaVersion":1}', /not a report that can be uploaded/],
    ['a report from a newer schema', JSON.stringify({ ...report, schemaVersion: 2 }), /schema version 2, and this version reads 1: use a newer smi-conformance/],
    ['results of the embedded cluster', toJson({ ...report, kubernetes: { version: 'v1.34.0', cluster: 'embedded' } }), /embedded cluster/],
    ['reports of a mesh without a definition', toJson({ ...report, mesh: { ...report.mesh, id: 'own-mesh' } }), /no definition here.*mesh_definition/],
  ])('%s', async (_, text, message) => {
    await using at = await bed();
    if (text === undefined) await rm(join(at.directory, 'report.json'));
    else await writeFile(join(at.directory, 'report.json'), text);
    const error = await at.fail();
    expect(error).toMatchObject({ code: 'BAD_INPUT', message: expect.stringMatching(message) });
    expect(at.provider.seen).toEqual([]);
  });
});

test('a provider that renews tokens is not asked to without need', async () => {
  await using at = await bed({ renewals: { [oldToken]: newToken } });
  await at.send({ meshes: [osm] });
  expect(at.provider.lines()).not.toContain('POST /refresh');
});
