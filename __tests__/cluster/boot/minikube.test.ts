import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { BootRequest } from '../../../src/cluster/boot/index.ts';
import type { ConformanceError } from '../../../src/model/errors.ts';
import { type Bed, failureOf, name, openBed, until } from './bed.ts';

jest.setTimeout(30_000);

let bed: Bed;
beforeEach(async () => {
  bed = await openBed();
});
afterEach(() => bed.close());

const boot = (more: Partial<BootRequest> = {}): ReturnType<Bed['boot']> => bed.boot({ tool: 'minikube', ...more });
const refused = (more?: Partial<BootRequest>): Promise<ConformanceError> => failureOf(boot(more));
const called = (command: string): string[] | undefined => bed.programs.calls('minikube').map(({ args }) => args).find(([first]) => first === command);
const kubeconfig = (): string => join(bed.folder, 'run', 'kubeconfig');
const profiles = (): string[] => (existsSync(join(bed.programs.engine.folder, 'profiles')) ? readdirSync(join(bed.programs.engine.folder, 'profiles')) : []);

async function expectNothingLeft(): Promise<void> {
  expect([bed.programs.engine.containers(), profiles(), existsSync(kubeconfig())]).toEqual([[], [], false]);
  expect(await bed.left()).toEqual([]);
}

describe('minikube', () => {
  test('boots a cluster whose kubeconfig is the run\'s own, and removes it', async () => {
    const booted = await boot();
    expect(booted).toMatchObject({ tool: 'minikube', name, kubeconfig: kubeconfig(), kubernetesVersion: 'v1.34.4' });
    expect(statSync(kubeconfig()).mode & 0o777).toBe(0o600);
    expect(called('start')).toEqual(['start', '--profile', name, '--driver', 'docker', '--interactive=false', '--embed-certs', '--wait', 'none']);
    for (const { args, env } of bed.programs.calls('minikube').filter((call) => call.args[0] !== 'version')) {
      expect([args[0], env['KUBECONFIG'], env['GITHUB_TOKEN'], env['MINIKUBE_WANTUPDATENOTIFICATION']]).toEqual([args[0], kubeconfig(), undefined, 'false']);
    }
    await booted.delete();
    await expectNothingLeft();
  });

  test('gets the Kubernetes that is asked for, in full, and a base image', async () => {
    await (await boot({ kubernetesVersion: '1.28', nodeImage: 'local/image:1' })).delete();
    expect(called('start')?.slice(5, 9)).toEqual(['--kubernetes-version', 'v1.28.15', '--base-image', 'local/image:1']);
  });

  test('loads archives and images, and exports logs', async () => {
    const archive = join(bed.folder, 'images.tar');
    writeFileSync(archive, 'images');
    const booted = await boot({ preload: [archive, 'local/image:1'] });
    expect(bed.programs.calls('minikube').map(({ args }) => args).filter(([first]) => first === 'image')).toEqual([['image', 'load', archive, '--profile', name], ['image', 'load', 'local/image:1', '--daemon', '--profile', name]]);
    await booted.exportLogs(join(bed.folder, 'exported'));
    expect(readFileSync(join(bed.folder, 'exported', 'minikube.log'), 'utf8')).toBe('of minikube');
    await booted.delete();
  });

  test.each(['valid', 'invalid'])('leaves a profile of that name alone that is there already (%s)', async (state) => {
    await failureOf(boot({ kubernetesVersion: '1.27' }));
    writeFileSync(join(bed.programs.engine.folder, 'profiles', name), state);
    expect(await refused()).toMatchObject({ code: 'BOOT_FAILED', message: expect.stringContaining(`there is a cluster ${name} already`) });
    expect(profiles()).toEqual([name]);
  });
});

describe('a boot that fails says why and what to do, and leaves nothing', () => {
  test.each([
    ['docker-stopped', 'NO_DOCKER', /its engine does not run/],
    ['docker-forbidden', 'NO_DOCKER', /this user may not use its socket/],
    ['port-taken', 'BOOT_FAILED', /the port that its API server was to have was taken/],
    ['disk-full', 'BOOT_FAILED', /the disk is full/],
    ['kubeadm', 'BOOT_FAILED', /Kubernetes did not come up on its node/],
    ['fails', 'BOOT_FAILED', /ended with status 80/],
  ] as const)('%s', async (fault, code, message) => {
    bed.programs.fail('minikube start', fault);
    const error = await refused();
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(error.message).toMatch(new RegExp(`^minikube could not boot the cluster ${name}: `));
    await expectNothingLeft();
  });

  test('a Kubernetes that it is too new for', async () => {
    expect(await refused({ kubernetesVersion: '1.27' })).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('minikube does not have that Kubernetes version. Choose another') });
    await expectNothingLeft();
  });

  test('a base image that is not there', async () => {
    expect(await refused({ nodeImage: 'gcr.io/none:1' })).toMatchObject({ code: 'IMAGE_PULL' });
    await expectNothingLeft();
  });

  test('a tool that takes too long', async () => {
    bed.programs.fail('minikube start', 'hangs');
    expect(await refused({ limits: { createMs: 1_500, readyMs: 1_000 } })).toMatchObject({ code: 'BOOT_FAILED', message: expect.stringContaining('did not end within 1.5 s') });
    await expectNothingLeft();
  });

  test('a node that never gets ready, with its logs', async () => {
    bed.setNode(false, 'cni plugin not initialized');
    expect((await refused({ limits: { createMs: 20_000, readyMs: 1_000 } })).message).toContain('the node node is not ready: cni plugin not initialized');
    expect(readFileSync(join(bed.folder, 'logs', 'minikube.log'), 'utf8')).toBe('of minikube');
    await expectNothingLeft();
  });

  test('a tool that is not there and cannot be had', async () => {
    bed.programs.uninstall('minikube');
    // A proxy that refuses every connection stands for a machine without a way out.
    bed.programs.environment['HTTPS_PROXY'] = 'http://127.0.0.1:9';
    expect(await refused()).toMatchObject({ code: 'TOOL_UNAVAILABLE', message: expect.stringMatching(/minikube 1\.38\.1 for .* could not be downloaded.*put it on PATH/) });
    await expectNothingLeft();
  });

  test('a cancel half-way', async () => {
    bed.programs.fail('minikube start', 'hangs');
    const stop = new AbortController();
    const booting = refused({ signal: stop.signal });
    await until(() => profiles().length > 0);
    stop.abort('SIGTERM');
    expect(await booting).toMatchObject({ code: 'CANCELLED' });
    await expectNothingLeft();
  });
});
