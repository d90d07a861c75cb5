import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { askDocker } from '../../src/cluster/boot/index.ts';
import type { Report } from '../../src/model/report.ts';
import { readMetadata } from '../../scripts/docs.ts';
import { osmHere, writeOsmDefinition } from './osm.ts';

jest.setTimeout(1_200_000);

const root = join(import.meta.dirname, '../..');
const docker = await askDocker({ environment: process.env, signal: new AbortController().signal });
const here = osmHere(process.env);
const reason = [...(docker.answers ? [] : [`no Docker engine answers (${docker.why})`]), ...(here === undefined ? ['E2E_OSM_CHART, E2E_OSM_IMAGES and E2E_NODE_IMAGE do not say where Open Service Mesh and a node image are'] : [])].join(', and ');
const where = reason === '' ? 'on kind' : `skipped: ${reason}`;

/** A handful that takes traffic of each kind through the mesh, and that it is known to pass. */
const only = 'traffic-access/default-deny, traffic-access/allow-listed-source, traffic-access/deletion-revokes, traffic-split/all-to-first, traffic-split/crd-trafficsplit';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'smi-whole-'));
  mkdirSync(join(folder, 'work/_temp'), { recursive: true });
  for (const name of ['output', 'summary']) writeFileSync(join(folder, name), '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const containers = (): string[] => spawnSync('docker', ['ps', '--all', '--quiet'], { encoding: 'utf8' }).stdout.split('\n').filter((one) => one !== '');

/** A step of the action as a runner starts it: from what was built, with every input, and nothing of this process's environment but what a runner has. */
async function step(entry: 'main' | 'post', inputs: Record<string, string>): Promise<number | null> {
  const { PATH, DOCKER_HOST } = process.env;
  const given = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
  const env = { PATH, HOME: folder, ...(DOCKER_HOST && { DOCKER_HOST }), ...given, GITHUB_WORKSPACE: folder, GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary'), RUNNER_TEMP: join(folder, 'work/_temp'), RUNNER_TOOL_CACHE: join(folder, 'tools') };
  const child = spawn(process.execPath, [join(root, `dist/${entry}.js`)], { cwd: folder, env, stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
}

(reason === '' ? describe : describe.skip)(`the whole action, from nothing to the report, ${where}`, () => {
  test('boots a cluster, installs the mesh, judges it, and leaves nothing', async () => {
    const { chart, images, nodeImage } = here as NonNullable<typeof here>;
    const { inputs } = await readMetadata(root);
    const defaults = Object.fromEntries(Object.entries(inputs).map(([name, { default: standard = '' }]) => [name, standard]));
    const asked = { ...defaults, github_token: '', cluster: 'kind', mesh_deployed: 'false', mesh_definition: writeOsmDefinition(folder, chart), node_image: nodeImage, preload: images.join('\n'), only };
    const before = containers();
    const began = performance.now();
    expect(await step('main', asked)).toBe(0);
    process.stderr.write(`from nothing to the report, and everything removed: ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
    expect(containers()).toEqual(before);
    const report = JSON.parse(readFileSync(join(folder, 'results/report.json'), 'utf8')) as Report;
    expect(report.mesh).toMatchObject({ id: 'osm', version: 'v1.2.4' });
    expect(report.assertions.filter(({ verdict }) => verdict !== 'pass').map(({ id, verdict, reason: why }) => ({ id, verdict, why }))).toEqual([]);
    for (const pattern of only.split(', ')) expect(report.assertions.map(({ id }) => id)).toContain(pattern);
    expect(report.phases.map(({ name }) => name)).toEqual(['boot', 'install', 'connect', 'plan', 'prepare', 'run', 'clean-up']);
    process.stderr.write(`${report.phases.map(({ name, durationMs }) => `${name} ${(durationMs / 1000).toFixed(1)} s`).join(', ')}\n`);
    expect(readFileSync(join(folder, 'output'), 'utf8')).toMatch(/^result<<.*\nincomplete\n/m);
    const state = join(folder, 'work/_smi-conformance');
    expect(existsSync(state) ? (readdirSync(state, { recursive: true }) as string[]).filter((name) => name !== 'runs') : []).toEqual([]);
    expect(await step('post', asked)).toBe(0);
    expect(containers()).toEqual(before);
  });
});
