import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readMetadata } from '../../scripts/docs.ts';
import { loadDefinition, loadDefinitions } from '../../src/mesh/index.ts';
import { actionlint } from './lint.ts';
import { type Known, problemsIn } from './rules.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'docs/workflows');
const own = join(root, '.github/workflows');

let known: Known;
beforeAll(async () => {
  known = { metadata: await readMetadata(root), meshes: await loadDefinitions(join(root, 'meshes')) };
});

const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
const checked = async (text: string, path: string): Promise<string[]> => [...(await actionlint(text, path)), ...problemsIn(text, known)];

/** The whole workflows on a Markdown page; a part of one has no `jobs`. */
function workflowsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^```yaml\n(.*?)^```$/gms)].flatMap(([, text = '']) => (/^jobs:/m.test(text) ? [text] : []));
}

describe('the workflows', () => {
  test('that users copy and that this repository runs have no problem', async () => {
    const files = (await Promise.all([folder, own].map(async (place) => (await readdir(place)).filter((name) => name.endsWith('.yml')).map((name) => join(place, name))))).flat();
    expect(files.map((file) => relative(root, file))).toEqual(expect.arrayContaining(['docs/workflows/release.yml', 'docs/workflows/nightly.yml', '.github/workflows/ci.yml']));
    for (const file of files) expect(await checked(await readFile(file, 'utf8'), relative(root, file))).toEqual([]);
  });

  test('on the pages are whole, and the README shows the one for a release', async () => {
    const shown = workflowsOf(await readFile(join(root, 'README.md'), 'utf8'));
    expect(shown).toEqual([(await read('release.yml')).replace(/^#.*\n/, '')]);
  });

  test('are all in the table that says which is for what', async () => {
    const table = await readFile(join(folder, 'README.md'), 'utf8');
    for (const name of (await readdir(folder)).filter((one) => one !== 'README.md')) expect(table).toContain(`[${name}](${name})`);
  });

  test('for a release needs nothing but the name of the mesh', async () => {
    expect(await read('release.yml')).toMatch(/with:\n +service_mesh: open_service_mesh\n$/);
  });

  test('bring a definition that is sound', async () => {
    const definition = await loadDefinition(join(folder, 'mesh.yaml'), known.meshes);
    expect(definition).toMatchObject({ id: 'osm', install: { parts: { mesh: { helm: { path: join(root, 'charts/osm'), values: { osm: { enablePermissiveTrafficPolicy: false, image: { tag: 'change' } } } } } } } });
    expect(definition).not.toHaveProperty('install.parts.mesh.helm.repository');
  });
});

describe('a mistake in a workflow is found', () => {
  const mistakes: [name: string, file: string, from: string | RegExp, to: string, told: string | RegExp][] = [
    ['a key that is not one', 'release.yml', 'timeout-minutes', 'timeout-minuts', 'unexpected key "timeout-minuts"'],
    ['an event that is not one', 'pull-request.yml', 'pull_request:\n', 'pull_requests:\n', 'unknown Webhook event "pull_requests"'],
    ['a time that is none', 'nightly.yml', "'17 2 * * *'", "'17 25 * * *'", 'invalid CRON format'],
    ['a runner that is none', 'release.yml', 'ubuntu-24.04', 'ubuntu-24.4', 'label "ubuntu-24.4" is unknown'],
    ['a part of the matrix that is not there', 'nightly.yml', 'matrix.kubernetes }}\n          publish', 'matrix.kubernetes_version }}\n          publish', 'property "kubernetes_version" is not defined'],
    ['a field of the matrix that is not there', 'nightly.yml', 'mesh_version: ${{ matrix.mesh.version }}', 'mesh_version: ${{ matrix.mesh.versoin }}', 'property "versoin" is not defined'],
    ['an input of a dispatch that is not there', 'on-demand.yml', 'inputs.only', 'inputs.ony', 'property "ony" is not defined'],
    ['a job that is not there', 'release.yml', '    runs-on', '    needs: build\n    runs-on', 'needs job "build" which does not exist'],
    ['a step that is not there', 'release.yml', 'open_service_mesh\n', 'open_service_mesh\n      - run: test "$RESULT" = passed\n        env: { RESULT: "${{ steps.conformance.outputs.result }}" }\n', 'property "conformance" is not defined'],
    ['a permission that signs nothing', 'release.yml', 'id-token: write', 'id-token: read', 'its permission id-token is read, and should be write'],
    ['a permission that there is not', 'release.yml', 'id-token: write', 'id-tokn: write', 'unknown permission scope "id-tokn"'],
    ['an expression that does not end', 'on-demand.yml', '${{ inputs.only }}', '${{ inputs.only }', 'got unexpected'],
    ['an input that the action does not have', 'release.yml', 'service_mesh:', 'servicemesh:', 'the action has no input servicemesh'],
    ['a mesh that there is not', 'release.yml', 'open_service_mesh', 'open_service_mash', 'there is no mesh "open_service_mash"'],
    ['a value that the action refuses', 'minikube.yml', 'cluster: existing', 'cluster: exsiting', /cluster is "exsiting"/],
    ['no mesh at all', 'release.yml', 'service_mesh: open_service_mesh', 'keep: true', 'service_mesh is missing'],
    ['an output that the action does not have', 'release.yml', '- uses: smi-conformance/smi-conformance@v0', '- run: test "$RESULT" = passed\n        env: { RESULT: "${{ steps.own.outputs.reslt }}" }\n      - id: own\n        uses: smi-conformance/smi-conformance@v0', 'the action has no output reslt'],
    ['a tag in place of a commit', 'pull-request.yml', /actions\/checkout@.*/, 'actions/checkout@v7', 'actions/checkout@v7 is not pinned'],
    ['a commit without its version', 'pull-request.yml', ' # v7.0.1', '', 'is not pinned to a commit with its version'],
    ['half a commit', 'pull-request.yml', 'checkout@3d3c42e5', 'checkout@', 'is not pinned'],
    ['no right to publish', 'nightly.yml', /contents: write.*/, 'contents: read', 'its permission contents is read, and should be write'],
    ['results that are published unsigned', 'nightly.yml', /id-token: write.*\n/, '\n', 'are not signed'],
    ['a checkout without the right to read', 'pull-request.yml', 'contents: read', 'actions: read', 'its permission contents is not given, and should be read'],
    ['more rights than needed', 'pull-request.yml', 'contents: read', 'contents: read\n      issues: write', 'nothing in it needs the permission issues'],
    ['the rights of the repository for every job', 'release.yml', 'permissions: {}\n', '', 'does not begin with `permissions: {}`'],
    ['a token that is left behind', 'pull-request.yml', 'persist-credentials: false', 'fetch-depth: 1', 'the checkout leaves its token behind'],
    ['an expression in a script', 'minikube.yml', 'minikube start', 'echo ${{ github.sha }}; minikube start', 'an expression stands in a script'],
    ['a version of Kubernetes that there is not', 'nightly.yml', "'1.36'", "'1.96'", 'no node image of Kubernetes "1.96" is known'],
    ['a version of a mesh that there is not', 'nightly.yml', 'osm, version: 1.2.3', 'osm, version: 1.2.9', 'osm 1.2.9 is not pinned'],
    ['no end to a job', 'release.yml', /timeout-minutes: .*\n/, '\n', 'it has no timeout-minutes'],
  ];

  test.each(mistakes)('%s', async (_name, file, from, to, told) => {
    const text = await read(file);
    const wrong = text.replace(from, () => to);
    expect(wrong).not.toBe(text);
    expect((await checked(wrong, file)).join('\n')).toMatch(typeof told === 'string' ? new RegExp(told.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')) : told);
  });
});
