import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { openKubernetes } from '../../../src/cluster/kubernetes/index.ts';
import type { Fault } from '../../stand-ins/docker-engine.ts';
import { type Bed, failureOf, name, nodeImage, openBed, runId, until } from './bed.ts';

jest.setTimeout(30_000);

let bed: Bed;
beforeEach(async () => {
  bed = await openBed();
});
afterEach(() => bed.close());

const commands = (): string[] => bed.programs.calls('kind').map(({ args }) => args.slice(0, 2).join(' '));
const kubeconfig = (): string => join(bed.folder, 'run', 'kubeconfig');

/** Nothing of the cluster is there, nor in the journal. */
async function expectNothingLeft(): Promise<void> {
  expect(bed.programs.engine.containers()).toEqual([]);
  expect(existsSync(kubeconfig())).toBe(false);
  expect(await bed.left()).toEqual([]);
}

describe('kind', () => {
  test('boots a cluster whose kubeconfig is the run\'s own, and removes it', async () => {
    const booted = await bed.boot();
    expect(booted).toMatchObject({ tool: 'kind', name, kubeconfig: kubeconfig(), kubernetesVersion: 'v1.34.4', server: bed.api.url });
    expect(statSync(kubeconfig()).mode & 0o777).toBe(0o600);
    expect(statSync(join(bed.folder, 'run')).mode & 0o777).toBe(0o700);
    const cluster = await openKubernetes({ kubeconfig: booted.kubeconfig });
    expect(await cluster.list({ apiVersion: 'v1', kind: 'Node' })).toHaveLength(1);
    await cluster.close();
    const create = bed.programs.calls('kind').find(({ args }) => args[0] === 'create');
    expect(create?.args).toEqual(['create', 'cluster', '--name', name, '--kubeconfig', kubeconfig(), '--image', nodeImage, '--retain', '--wait', '0s']);
    expect(bed.lines).toContain(`kind: the cluster ${name} can be used`);
    await booted.delete();
    expect(readdirSync(bed.folder)).not.toContain('.kube');
    expect(existsSync(join(bed.folder, 'logs'))).toBe(false);
    await expectNothingLeft();
  });

  test('is named by the journal before it is made', async () => {
    bed.programs.fail('create cluster', 'hangs');
    const stop = new AbortController();
    const booting = failureOf(bed.boot({ signal: stop.signal }));
    await until(() => commands().includes('create cluster'));
    expect(readFileSync(join(bed.folder, 'state', 'runs', `${runId}.ndjson`), 'utf8')).toContain(`{"make":{"what":"cluster","tool":"kind","name":"${name}"`);
    stop.abort('SIGINT');
    expect((await booting).code).toBe('CANCELLED');
  });

  test('waits for nodes and DNS, each until it is there', async () => {
    bed.setNode(false, 'container runtime network not ready');
    bed.setDns(0);
    let ready = false;
    const booting = bed.boot().then((booted) => {
      ready = true;
      return booted;
    });
    await until(() => bed.api.seen.filter(({ path }) => path === '/api/v1/nodes').length > 2);
    bed.setNode(true);
    await until(() => bed.api.seen.filter(({ path }) => path.endsWith('/deployments')).length > 2);
    expect(ready).toBe(false);
    bed.setDns(1);
    await (await booting).delete();
  });

  test('asks again where the API server is not itself for a moment', async () => {
    let bad = 3;
    bed.api.intercept = ({ path }, response) => {
      if (path !== '/api/v1/nodes' || bad === 0) return false;
      bad -= 1;
      response.writeHead(500, { 'content-type': 'text/plain' }).end('etcdserver: leader changed');
      return true;
    };
    await (await bed.boot()).delete();
    expect(bad).toBe(0);
  });

  test('hands over early where that is wanted, and DNS is awaited later', async () => {
    bed.setDns(0);
    const booted = await bed.boot({ early: true });
    let usable = false;
    const waiting = booted.usable().then(() => (usable = true));
    await until(() => bed.api.seen.some(({ path }) => path.endsWith('/deployments')));
    expect(usable).toBe(false);
    bed.setDns(1);
    await waiting;
    await booted.delete();
  });

  test('loads archives and images before and after', async () => {
    const archive = join(bed.folder, 'images.tar');
    writeFileSync(archive, 'images');
    const booted = await bed.boot({ preload: [archive, 'local/image:1'] });
    expect(bed.programs.calls('kind').map(({ args }) => args).filter(([first]) => first === 'load')).toEqual([['load', 'image-archive', archive, '--name', name], ['load', 'docker-image', 'local/image:1', '--name', name]]);
    expect(await failureOf(booted.load(['not/there:1']))).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('an image to preload is not in the local Docker engine. Pull or build it first') });
    expect(await failureOf(booted.load(['./gone.tar']))).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('there is no image archive ./gone.tar') });
    await booted.delete();
  });

  test('exports logs also after a cancel', async () => {
    const stop = new AbortController();
    const booted = await bed.boot({ signal: stop.signal });
    stop.abort('SIGTERM');
    await booted.exportLogs(join(bed.folder, 'exported', 'logs'));
    expect(readdirSync(join(bed.folder, 'exported', 'logs'))).toEqual([`${name}-control-plane`]);
    await booted.delete();
    await expectNothingLeft();
  });

  test('gives no secret to the program, and no kubeconfig but the run\'s', async () => {
    await (await bed.boot()).delete();
    for (const { env } of bed.programs.calls()) expect(JSON.stringify(env)).not.toContain('secret-of-the-job');
    expect(bed.programs.calls('kind').slice(1).map(({ env }) => env['KUBECONFIG'])).toEqual(expect.arrayContaining([kubeconfig()]));
  });

  test('passes on where the Docker engine is, and the journal knows it', async () => {
    bed.programs.environment['DOCKER_HOST'] = 'unix:///elsewhere.sock';
    await bed.boot();
    expect(await bed.left()).toEqual([{ what: 'cluster', tool: 'kind', name, program: bed.programs.path('kind'), kubeconfig: kubeconfig(), environment: { DOCKER_HOST: 'unix:///elsewhere.sock' } }]);
  });
});

describe('what cannot be booted is refused before anything is made', () => {
  test.each([
    [{ preload: ['/no/such.tar'] }, 'BAD_INPUT', /there is no image archive \/no\/such\.tar to preload/],
    [{ preload: ['--all'] }, 'BAD_INPUT', /"--all" to preload is neither/],
    [{ kubernetesVersion: '1.34.4' }, 'BAD_INPUT', /no node image of Kubernetes "1\.34\.4" is known/],
  ] as const)('%j', async (more, code, message) => {
    expect(await failureOf(bed.boot(more))).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(commands()).not.toContain('create cluster');
    await expectNothingLeft();
  });

  test.each([
    ['docker-stopped', /Docker cannot be used: its engine does not run\. Start it/],
    ['docker-forbidden', /Docker cannot be used: this user may not use its socket\. Add the user to the group docker/],
  ] as const)('%s', async (fault, message) => {
    bed.programs.fail('docker version', fault);
    expect(await failureOf(bed.boot())).toMatchObject({ code: 'NO_DOCKER', message: expect.stringMatching(message) });
    expect(bed.programs.calls('kind')).toEqual([]);
    await expectNothingLeft();
  });

  test('a name that is there already, which stays as it is', async () => {
    bed.programs.engine.addContainer(`${name}-control-plane`, name);
    expect(await failureOf(bed.boot())).toMatchObject({ code: 'BOOT_FAILED', message: `there is a cluster ${name} already, which this run did not make and does not touch. Delete it with kind, or let the run have another name.` });
    expect(bed.programs.engine.containers()).toHaveLength(1);
    expect(commands()).toEqual(['version', 'get nodes']);
    expect(await bed.left()).toEqual([]);
  });

  test('a folder that cannot be made', async () => {
    writeFileSync(join(bed.folder, 'file'), '');
    expect((await failureOf(bed.boot({ directory: join(bed.folder, 'file', 'run') }))).code).toBe('WRITE_FAILED');
    expect(await bed.left()).toEqual([]);
  });
});

describe('a boot that fails says why and what to do, and leaves nothing', () => {
  test.each([
    ['docker-stopped', 'NO_DOCKER', /its engine does not run\. Start it/],
    ['docker-forbidden', 'NO_DOCKER', /this user may not use its socket/],
    ['port-taken', 'BOOT_FAILED', /the port that its API server was to have was taken/],
    ['disk-full', 'BOOT_FAILED', /the disk is full\. Make room where Docker keeps its images/],
    ['no-log-line', 'BOOT_FAILED', /its node did not start\. Raise the machine's limits of inotify/],
    ['kubeadm', 'BOOT_FAILED', /Kubernetes did not come up on its node/],
    ['rate-limit', 'IMAGE_PULL', /gives no more images to this address for now \(kindest\/node:v1\.34\.4\)/],
    ['fails', 'BOOT_FAILED', /ended with status 1.*failed at create cluster/s],
  ] as const)('%s', async (fault: Fault, code, message) => {
    bed.programs.fail('create cluster', fault);
    const error = await failureOf(bed.boot());
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(error.message).toMatch(new RegExp(`^kind could not boot the cluster ${name}: `));
    await expectNothingLeft();
  });

  test('an image that is not there', async () => {
    expect(await failureOf(bed.boot({ nodeImage: 'kindest/node:v1.34.99' }))).toMatchObject({ code: 'IMAGE_PULL', message: expect.stringContaining('its image cannot be pulled (kindest/node:v1.34.99). Check its name') });
    await expectNothingLeft();
  });

  test('a port that was taken once is no failure', async () => {
    bed.programs.fail('create cluster', 'port-taken', 1);
    const booted = await bed.boot();
    expect(bed.lines).toContain('the port of the API server was taken at that moment: trying once more with another');
    expect(commands().filter((command) => command === 'create cluster')).toHaveLength(2);
    await booted.delete();
  });

  test('a tool that takes too long', async () => {
    bed.programs.fail('create cluster', 'hangs');
    const error = await failureOf(bed.boot({ limits: { createMs: 1_500, readyMs: 1_000 } }));
    expect(error).toMatchObject({ code: 'BOOT_FAILED', message: expect.stringMatching(/did not end within 1\.5 s and was stopped\. Where its image takes so long to come, pull it beforehand.*Ensuring node image/s) });
    await expectNothingLeft();
  });

  test('a node that never gets ready, with its logs', async () => {
    bed.setNode(false, 'cni plugin not initialized');
    const error = await failureOf(bed.boot({ limits: { createMs: 20_000, readyMs: 1_000 } }));
    expect(error).toMatchObject({ code: 'BOOT_FAILED', message: expect.stringMatching(/did not get ready within \d s: the node node is not ready: cni plugin not initialized\. Give the machine more memory/) });
    expect(readFileSync(join(bed.folder, 'logs', `${name}-control-plane`, 'kubelet.log'), 'utf8')).toBe('of the kubelet');
    await expectNothingLeft();
  });

  test.each([
    ['DNS', () => bed.setDns(0), /no replica of the DNS server coredns is available/],
    ['the default account', () => bed.api.store.objects.delete('v1/serviceaccounts/default/default'), /no ServiceAccount default/],
    ['a node', () => bed.api.store.objects.delete('v1/nodes/node'), /no node has registered/],
    ['an API server', () => (bed.api.intercept = (_seen, response) => { response.writeHead(503).end('starting'); return true; }), /does not answer|cannot be used/],
  ])('without %s', async (_what, spoil, message) => {
    spoil();
    expect(await failureOf(bed.boot({ limits: { createMs: 20_000, readyMs: 1_000 } }))).toMatchObject({ code: 'BOOT_FAILED', message: expect.stringMatching(message) });
    await expectNothingLeft();
  });

  test('images that cannot be loaded, while DNS is still awaited', async () => {
    bed.setDns(0);
    expect(await failureOf(bed.boot({ preload: ['not/there:1'] }))).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('not in the local Docker engine') });
    await expectNothingLeft();
  });

  test('what cannot be removed either is said, and stays in the journal', async () => {
    bed.programs.fail('create cluster', 'kubeadm');
    bed.programs.fail('delete cluster', 'fails');
    const error = await failureOf(bed.boot());
    expect(error.message).toMatch(/Kubernetes did not come up.*What there is of it could not be removed: kind could not remove the cluster .*Run smi-conformance cleanup/s);
    expect(await bed.left()).toMatchObject([{ what: 'cluster', name }]);
  });
});

describe('a cancel', () => {
  test.each([
    ['while the image comes', () => bed.programs.fail('create cluster', 'hangs'), () => commands().includes('create cluster')],
    ['while the engine makes the node', () => bed.programs.fail('create cluster', 'hangs-late'), () => bed.lines.some((line) => line.includes('Ensuring node image'))],
    ['while a node is awaited', () => bed.setNode(false), () => bed.api.seen.some(({ path }) => path === '/api/v1/nodes')],
    ['while DNS is awaited', () => bed.setDns(0), () => bed.api.seen.some(({ path }) => path.endsWith('/deployments'))],
  ])('%s leaves nothing', async (_when, arrange, reached) => {
    arrange();
    const stop = new AbortController();
    const booting = failureOf(bed.boot({ signal: stop.signal }));
    await until(reached);
    stop.abort('SIGINT');
    expect(await booting).toMatchObject({ code: 'CANCELLED', message: 'the run was stopped by SIGINT' });
    await expectNothingLeft();
    expect(existsSync(join(bed.folder, 'logs'))).toBe(false);
  });

  test('that came before keeps anything from being made', async () => {
    expect((await failureOf(bed.boot({ signal: AbortSignal.abort('SIGTERM') }))).code).toBe('CANCELLED');
    expect(bed.programs.calls()).toEqual([]);
    await expectNothingLeft();
  });
});
