import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { startApiServer } from '../stand-ins/api-server.ts';
import { addedFolder, changed, type Folder, sound, suiteFolder } from '../suite/folder.ts';
import { useProgram } from './program.ts';

jest.setTimeout(120_000);

const { cli } = useProgram();

/** Runs the command and expects it to end with that status, its words on stderr, and nothing that only helps a programmer. */
async function expectMistake(status: number, args: string[], words: (string | RegExp)[]): Promise<void> {
  const ended = await cli.run(...args);
  expect({ status: ended.status, stderr: ended.stderr }).toMatchObject({ status });
  for (const word of words) expect(ended.stderr).toMatch(word);
  expect(ended.stderr + ended.stdout).not.toContain('    at ');
}

const osm = ['run', '--mesh', 'osm', '--mesh-deployed', 'true'];

describe('a mistake in what was asked for', () => {
  test.each<[string, string[], (string | RegExp)[]]>([
    ['no command', [], ['Usage: smi-conformance']],
    ['an unknown command', ['rnu'], ["unknown command 'rnu'", 'Did you mean run?']],
    ['an unknown option', ['run', '--onyl', 'x'], ["unknown option '--onyl'", 'Did you mean --only?']],
    ['an unknown format', ['run', '--format', 'xml'], ['--format', 'table, json, junit, yaml']],
    ['an argument too many', ['run', 'everything'], [/too many arguments/]],
    ['mesh_deployed: maybe', ['run', '--mesh', 'osm', '--mesh-deployed', 'maybe'], ['BAD_INPUT', '--mesh-deployed', '"maybe"', 'true or false']],
    ['an unknown mesh', ['run', '--mesh', 'open_service_mehs', '--mesh-deployed', 'true'], ['UNKNOWN_MESH', 'open_service_mehs', /open.service.mesh/i]],
    ['a mesh without SMI', ['run', '--mesh', 'kuma'], ['NO_SMI', 'Kuma', 'mesh_deployed']],
    ['a Kubernetes version that is none', [...osm, '--cluster', 'kind', '--kubernetes-version', 'newest'], ['BAD_INPUT', '--kubernetes-version', '"newest"', '1.34']],
    ['keep: perhaps', [...osm, '--keep', 'perhaps'], ['BAD_INPUT', '--keep', '"perhaps"', 'true or false']],
    ['the embedded cluster with a mesh', [...osm, '--cluster', 'embedded'], ['BAD_INPUT', 'embedded', 'reference']],
    ['SMI versions of a real cluster', [...osm, '--smi-versions', 'access=v1alpha2'], ['BAD_INPUT', 'smi_versions', 'embedded cluster']],
    ['Prometheus of a mesh without queries', ['run', '--mesh', 'traefik_mesh', '--mesh-deployed', 'true', '--prometheus-url', 'http://127.0.0.1:1'], ['BAD_INPUT', 'prometheus_url', 'Traefik Mesh has no queries']],
    ['Prometheus of a mesh that brings none', ['run', '--mesh', 'linkerd', '--prometheus', 'install'], ['BAD_INPUT', 'prometheus is install', 'comes with Linkerd', 'of the known meshes, osm does', 'prometheus_url']],
    ['Prometheus with a mesh that is there', [...osm, '--prometheus', 'install'], ['BAD_INPUT', '--prometheus is "install"', '--mesh-deployed', '--prometheus-url']],
    ['an unknown fault', ['run', '--cluster', 'embedded', '--fault', 'no-such-fault'], ['BAD_INPUT', 'no-such-fault', '--faults']],
    ['a pattern that matches nothing', ['run', '--cluster', 'embedded', '--only', 'traffic-slpit/*'], ['NOTHING_SELECTED', 'traffic-slpit']],
    ['added assertions that are not there', ['run', '--cluster', 'embedded', '--assertions', 'nowhere'], ['BAD_ASSERTION', 'nowhere cannot be read', 'Name a folder']],
    ['a kubeconfig that is not there', [...osm, '--kubeconfig', 'nowhere'], ['NO_KUBECONFIG', 'nowhere', 'does not exist', 'kubeconfig']],
    ['no kubeconfig', [...osm, '--cluster', 'existing'], ['NO_KUBECONFIG', '.kube/config', 'kubeconfig']],
    ['a definition that is not there', [...osm, '--mesh-definition', 'own.yaml'], ['BAD_DEFINITION', 'own.yaml']],
    ['a report that is not there', ['report', 'nowhere.json'], ['BAD_INPUT', 'nowhere.json']],
    ['a report to verify that is not there', ['verify', 'nowhere.json'], ['BAD_INPUT', 'nowhere.json']],
    ['half of an identity', ['verify', 'nowhere.json', '--repo', 'o/r'], ['BAD_INPUT', '--workflow']],
    ['a signing key that is not there', [...osm, '--signing-key', 'nowhere.pem'], ['BAD_INPUT', '--signing-key', 'nowhere.pem', 'openssl']],
    ['a baseline that is not there', [...osm, '--baseline', 'nowhere.json'], ['BAD_INPUT', 'nowhere.json']],
    ['regressions of nothing', [...osm, '--fail-on', 'regression'], ['BAD_INPUT', '--fail-on', '--baseline']],
    ['an upload that is required, without a token', [...osm, '--require-upload', 'true'], ['BAD_INPUT', '--require-upload', 'SMI_CONFORMANCE_PROVIDER_TOKEN']],
    ['an upload without a token', ['upload', 'results'], ['BAD_INPUT', 'SMI_CONFORMANCE_PROVIDER_TOKEN']],
    ['publishing of nothing', ['publish', 'nowhere', '--remote', 'x.git'], ['BAD_INPUT', 'nowhere']],
    ['pages among the runs', ['report', 'site', '.', 'pages'], ['BAD_INPUT', 'must not lie within each other']],
  ])('%s', async (_what, args, words) => expectMistake(2, args, words));

  test('a kubeconfig that is none', async () => {
    await writeFile(join(cli.folder, 'broken'), 'clusters: [\n');
    await expectMistake(2, [...osm, '--kubeconfig', 'broken'], ['NO_KUBECONFIG', 'broken']);
  });

  test('a definition that is no YAML: file and line', async () => {
    await writeFile(join(cli.folder, 'torn.yaml'), 'id: own\nname: [Own\n');
    await expectMistake(2, ['run', '--mesh-definition', 'torn.yaml', '--mesh-deployed', 'true'], ['BAD_DEFINITION', /torn\.yaml:[23]:\d+/]);
  });

  test('a definition with an unsafe name: the pointer and what is allowed', async () => {
    await writeFile(join(cli.folder, 'unsafe.yaml'), 'id: ../../etc\nname: Own\n');
    await expectMistake(2, ['run', '--mesh-definition', 'unsafe.yaml', '--mesh-deployed', 'true'], ['BAD_DEFINITION', /unsafe\.yaml:1:\d+ \/id/, /\.\.\/\.\.\/etc/]);
  });

  test('a file that is no report', async () => {
    await writeFile(join(cli.folder, 'other.json'), '{"schemaVersion": 1}');
    await expectMistake(2, ['report', 'other.json'], ['BAD_INPUT', 'other.json', "property '$schema'"]);
  });

  test('a report from a newer schema', async () => {
    await writeFile(join(cli.folder, 'newer.json'), '{"schemaVersion": 2}');
    const words = ['BAD_INPUT', 'newer.json', 'schema version 2', 'use a newer smi-conformance'];
    await expectMistake(2, ['report', 'newer.json'], words);
    await expectMistake(2, ['run', '--cluster', 'embedded', '--baseline', 'newer.json'], words);
    expect(await cli.run('verify', 'newer.json')).toMatchObject({ status: 1, stdout: expect.stringContaining('schema version 2') });
  });
});

test('a mistake in assertions that are added: file and line, before anything runs', async () => {
  const own = (text: string): Promise<Folder> => addedFolder({ 'traffic-access/mine.yaml': text });
  await using torn = await own('id: traffic-access/mine\ntitle: [unfinished\nkind: presence\n');
  const run = ['run', '--cluster', 'embedded', '--only', 'traffic-access/crd-traffictarget', '--assertions'];
  await expectMistake(2, [...run, torn.path], ['BAD_ASSERTION', /traffic-access\/mine\.yaml:3:1: not valid YAML/]);
  await using taken = await own((sound['traffic-access/crd.yaml'] ?? '').replace('traffic-access/crd', 'traffic-access/crd-traffictarget'));
  await expectMistake(2, [...run, taken.path], ['BAD_ASSERTION', /mine\.yaml:1:5 \/id: the id traffic-access\/crd-traffictarget is also that of /]);
});

describe('a mistake in a suite', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['YAML that is none', { 'traffic-access/closed.yaml': 'id: traffic-access/closed\nsteps: [\n' }, /traffic-access\/closed\.yaml:[23]:\d+: not valid YAML/],
    ['an unknown verb', changed('traffic-access/closed.yaml', '- always:', '- allways:'), /closed\.yaml:\d+:\d+ \/steps\/0: .*allways.*always/],
    ['an unknown field', changed('traffic-access/closed.yaml', 'gates: []', 'gates: []\ntimeout: 5'), /closed\.yaml:\d+:\d+.*: unknown field "timeout"/],
    ['an id that is taken', changed('traffic-access/closed.yaml', 'id: traffic-access/closed', 'id: traffic-access/listed'), /closed\.yaml:1:\d+ \/id: .*traffic-access\/listed/],
  ])('%s: file, line, pointer, and exit 2', async (_what, changes, line) => {
    await using suite = await suiteFolder(changes);
    const { status, stdout, stderr } = await cli.run('lint', suite.path);
    expect({ status, stdout }).toMatchObject({ status: 2, stdout: expect.stringMatching(line) });
    expect(stderr).toMatch(/\d+ problem/);
  });
});

describe('a mistake in the cluster', () => {
  async function kubeconfig(server: string): Promise<string> {
    const path = join(cli.folder, 'kubeconfig');
    await mkdir(cli.folder, { recursive: true });
    await writeFile(path, JSON.stringify({ apiVersion: 'v1', kind: 'Config', 'current-context': 'it', contexts: [{ name: 'it', context: { cluster: 'it', user: 'it' } }], clusters: [{ name: 'it', cluster: { server } }], users: [{ name: 'it', user: {} }] }));
    return path;
  }

  test('that does not answer: where it should be, in seconds, exit 3', async () => {
    const started = performance.now();
    await expectMistake(3, [...osm, '--kubeconfig', await kubeconfig('http://127.0.0.1:1')], ['UNREACHABLE', '127.0.0.1:1', 'kubeconfig']);
    expect(performance.now() - started).toBeLessThan(30_000);
  });

  test('without the SMI definitions: what to install, exit 2', async () => {
    const server = await startApiServer();
    try {
      for (const apiVersion of server.store.types.keys()) if (apiVersion.includes('.smi-spec.io/')) server.store.types.delete(apiVersion);
      await expectMistake(2, [...osm, '--kubeconfig', await kubeconfig(server.url)], ['NO_SMI_DEFINITIONS', server.url, 'Install']);
      expect(server.seen.filter(({ method, path }) => method !== 'GET' && !path.includes('selfsubjectaccessreviews'))).toEqual([]);
    } finally {
      await server.close();
    }
  });

  test('without a permission: the verb and the resource, before anything was created, exit 3', async () => {
    const server = await startApiServer({ forbidden: ['delete /namespaces'] });
    try {
      await expectMistake(3, [...osm, '--kubeconfig', await kubeconfig(server.url)], ['FORBIDDEN', 'delete namespaces', 'ClusterRole']);
      expect(server.seen.filter(({ method, path }) => method !== 'GET' && !path.includes('selfsubjectaccessreviews'))).toEqual([]);
    } finally {
      await server.close();
    }
  });
});
