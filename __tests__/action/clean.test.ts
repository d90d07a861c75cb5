import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cleanAction } from '../../src/action/clean.ts';
import { readRunner } from '../../src/action/runner.ts';
import type { Runner } from '../../src/action/toolkit.ts';
import type { KubeObject } from '../../src/cluster/port.ts';
import { openJournal } from '../../src/journal/index.ts';
import { kubeconfig } from '../cluster/kubernetes/helpers.ts';
import { type ApiServer, startApiServer } from '../stand-ins/api-server.ts';
import { type ResultsService, startResultsService } from '../stand-ins/results-service.ts';
import { noteTaker } from './toolkit.ts';

const own = { 'smi-conformance/run': 'dead01' };
let folder: string;
let api: ApiServer;
let service: ResultsService;
beforeEach(async () => {
  [folder, api, service] = await Promise.all([mkdtemp(join(tmpdir(), 'post-')), startApiServer(), startResultsService()]);
  await writeFile(join(folder, 'kubeconfig'), kubeconfig(api.url));
});
afterEach(async () => {
  await Promise.all([api.close(), service.close()]);
  await rm(folder, { recursive: true });
});

const runner = (): Runner => readRunner({ GITHUB_WORKSPACE: folder, RUNNER_TEMP: folder, GITHUB_SERVER_URL: 'https://github.com', GITHUB_RUN_ATTEMPT: '1', ACTIONS_RUNTIME_TOKEN: service.token, ACTIONS_RESULTS_URL: service.url });
const inputs = { service_mesh: 'osm', mesh_deployed: 'true', cluster: 'existing', keep: 'false', require_upload: 'false', fail_on: 'must', probe_image: 'node:24-alpine', output_directory: 'results', artifact: 'true' };

function put(...objects: KubeObject[]): void {
  for (const object of objects) api.store.objects.set(['v1', `${object.kind.toLowerCase()}s`, ...(object.metadata.namespace === undefined ? [] : [object.metadata.namespace]), object.metadata.name].join('/'), object);
}

/** What a main step leaves that was killed in the middle of its run: its journal, its objects, and the events until then. */
async function killed(server = api.url): Promise<void> {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  openJournal(runner().stateDirectory, { id: 'dead01', server, kubeconfig: join(folder, 'kubeconfig'), pid }).close();
  const status = { phase: 'Pending', containerStatuses: [{ name: 'main', state: { running: {} } }] };
  put(
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'smi-dead01-access-1', labels: own } },
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'srv', namespace: 'smi-dead01-access-1', labels: own }, status },
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'controller', namespace: 'osm-system', labels: { 'app.kubernetes.io/name': 'openservicemesh.io' } }, status },
  );
  await mkdir(join(folder, 'results'));
  await writeFile(join(folder, 'results/events.ndjson'), '{}\n');
}

const isThere = (): boolean => api.store.objects.has('v1/namespaces/smi-dead01-access-1');

describe('the post step, after a main step that was killed', () => {
  test('keeps what shows why, as files and as an artifact, and then removes what it left', async () => {
    await killed();
    const { toolkit, told } = noteTaker(inputs);
    await cleanAction(toolkit, runner());
    const kept = join(folder, 'results/logs/cluster');
    expect((await readdir(kept, { recursive: true })).filter((name) => name.includes('.')).toSorted()).toEqual(['osm-system/controller.main.log', 'osm-system/controller.yaml', 'smi-dead01-access-1/srv.main.log', 'smi-dead01-access-1/srv.yaml']);
    expect(await readFile(join(kept, 'osm-system/controller.main.log'), 'utf8')).toBe('the last 2000 lines of main\n');
    expect([...service.stored.keys()]).toEqual(['smi-conformance-killed-dead01']);
    expect(service.stored.get('smi-conformance-killed-dead01')?.zip.toString('latin1')).toMatch(/events\.ndjson[^]*logs\/cluster\/osm-system\/controller\.main\.log/);
    expect(isThere()).toBe(false);
    expect(told('startGroup')).toEqual(['Keep what shows why a run ended', 'Clean up what a run left']);
    expect(told('warning')).toEqual([]);
    // The main step would have been told the same: nothing of it may be found by the next run.
    expect(await readdir(join(runner().stateDirectory, 'runs'))).toEqual([]);
  });

  test('removes it also where nothing can be kept, and says what could not', async () => {
    await killed();
    api.intercept = ({ path }, response) => /\/(?:pods|events)$/.test(path) && Boolean(response.writeHead(403, { 'content-type': 'application/json' }).end('{"kind":"Status","reason":"Forbidden","message":"you cannot list resource"}'));
    service.always('CreateArtifact', 403, { code: 'permission_denied', msg: 'no' });
    const { toolkit, told } = noteTaker(inputs);
    await cleanAction(toolkit, runner());
    expect(isThere()).toBe(false);
    expect(told('info').join('\n')).toMatch(/the pods could not be had: you cannot list resource/);
    expect(told('info').join('\n')).toMatch(/what shows why run dead01 ended could not be kept: .*artifact/);
  });

  test('looks at no other cluster than the one of the run', async () => {
    await killed('https://elsewhere');
    const { toolkit, told } = noteTaker({ ...inputs, artifact: 'false' });
    await cleanAction(toolkit, runner());
    expect([existsSync(join(folder, 'results/logs')), isThere(), service.seen]).toEqual([false, true, []]);
    expect(told('warning')).toEqual([expect.stringMatching(/^Something is left on the cluster of run dead01/)]);
  });

  test('does and says nothing where nothing was left', async () => {
    const { toolkit, said } = noteTaker(inputs);
    await cleanAction(toolkit, runner());
    expect([said, service.seen, api.seen]).toEqual([[], [], []]);
  });
});
