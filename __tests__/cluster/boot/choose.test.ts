import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { askDocker, chooseCluster, lookAround, type MachineFacts, nodeImageFor } from '../../../src/cluster/boot/index.ts';
import { fullVersion } from '../../../src/cluster/boot/images.ts';
import { connect } from '../../../src/cluster/kubernetes/connect.ts';
import { ConformanceError } from '../../../src/model/errors.ts';
import { startApiServer } from '../../stand-ins/api-server.ts';
import { installPrograms, type Programs } from '../../stand-ins/kind-programs.ts';

const none = { answers: false, why: 'There is no kubeconfig: none was given. Give one.' } as const;
const here = { answers: true, server: 'https://127.0.0.1:6443' } as const;
const docker = { answers: true, version: '28.5.1' } as const;
const down = { answers: false, why: 'its engine does not run', remedy: 'Start it.' } as const;
const facts = (current: MachineFacts['current'], engine: MachineFacts['docker']): MachineFacts => ({ current, docker: engine });

describe('the cluster of a run', () => {
  test.each(['existing', 'kind', 'minikube'] as const)('is %s where that was asked for, whatever there is', (cluster) => {
    expect(chooseCluster({ cluster, kubeconfig: '/k' }, facts(none, down))).toEqual({ choice: cluster, because: 'it was asked for' });
  });

  test('is the one of a kubeconfig that is given, the one that answers, and then one of its own, in this order', () => {
    expect(chooseCluster({ cluster: 'auto', kubeconfig: '/k' }, facts(here, docker))).toEqual({ choice: 'existing', because: 'a kubeconfig is given: /k' });
    expect(chooseCluster({ cluster: 'auto' }, facts(here, docker))).toEqual({ choice: 'existing', because: 'the cluster of the current context answers at https://127.0.0.1:6443' });
    expect(chooseCluster({ cluster: 'auto' }, facts(none, docker))).toEqual({ choice: 'kind', because: 'there is no cluster to take (There is no kubeconfig: none was given), and Docker 28.5.1 runs' });
  });

  test('is none where there is neither, and it says what to do', () => {
    expect(() => chooseCluster({ cluster: 'auto' }, facts(none, down))).toThrow(
      expect.objectContaining({ code: 'NO_CLUSTER', isBadInput: true, message: 'there is no cluster to take (There is no kubeconfig: none was given), and none can be booted, for Docker cannot be used: its engine does not run. Start it. Or give a cluster that runs by the input `kubeconfig`.' }),
    );
  });
});

describe('the node image', () => {
  test('is of the version that is asked for, pinned, with the kind that built it', () => {
    expect(nodeImageFor({ kubernetesVersion: '1.28' })).toEqual({ image: 'docker.io/kindest/node:v1.28.15@sha256:a7c05c7ae043a0b8c818f5a06188bc2c4098f6cb59ca7d1856df00375d839251', kind: '0.25.0', pinned: true });
    expect(nodeImageFor({ kubernetesVersion: 'v1.34' })).toMatchObject({ image: expect.stringContaining(':v1.34.11@'), kind: '0.33.0' });
    expect(nodeImageFor({ kubernetesVersion: 'v1.34.8' })).toMatchObject({ image: expect.stringContaining(':v1.34.8@'), kind: '0.32.0' });
    expect(nodeImageFor({})).toMatchObject({ image: expect.stringContaining(':v1.37.0@'), kind: '0.33.0' });
  });

  test('may be named outright, and is paired as well as can be', () => {
    const digest = nodeImageFor({ kubernetesVersion: '1.22' }).image.split('@')[1];
    expect(nodeImageFor({ nodeImage: `mirror.local/kind@${digest}` })).toEqual({ image: `mirror.local/kind@${digest}`, kind: '0.20.0', pinned: true });
    expect(nodeImageFor({ nodeImage: 'kindest/node:v1.24.9' })).toEqual({ image: 'kindest/node:v1.24.9', kind: '0.22.0', pinned: false });
    expect(nodeImageFor({ nodeImage: 'own/node:main', kubernetesVersion: '1.28' })).toEqual({ image: 'own/node:main', kind: '0.33.0', pinned: false });
  });

  test.each(['1.3', '1.34.4', 'latest', '2.0', ''])('is not known of "%s", and what is known is said', (kubernetesVersion) => {
    expect(() => nodeImageFor({ kubernetesVersion })).toThrow(expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringMatching(/no node image of Kubernetes ".*" is known\. Known are 1\.37\.0, .*1\.21\.14; .*`node_image`/) }));
  });

  test('has a full version for tools that want one', () => {
    expect([fullVersion('1.28'), fullVersion('v1.34.4'), fullVersion('1.30.2')]).toEqual(['v1.28.15', 'v1.34.4', 'v1.30.2']);
    expect(() => fullVersion('1.20')).toThrow(/no node image of Kubernetes "1.20" is known/);
  });
});

describe('Docker', () => {
  let folder: string;
  let programs: Programs;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'docker-'));
    programs = installPrograms(folder, { api: '' });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const ask = (): ReturnType<typeof askDocker> => askDocker({ environment: programs.environment, signal: new AbortController().signal });

  test('answers with its version', async () => {
    expect(await ask()).toEqual({ answers: true, version: '28.5.1' });
  });

  test.each([
    ['docker-stopped', 'its engine does not run', /Start it/],
    ['docker-forbidden', 'this user may not use its socket', /usermod -aG docker/],
    ['fails', 'its engine cannot be used', /docker version.*something of its own/],
  ] as const)('%s: %s', async (fault, why, remedy) => {
    programs.fail('docker version', fault);
    expect(await ask()).toEqual({ answers: false, why, remedy: expect.stringMatching(remedy) });
  });

  test('is not there', async () => {
    programs.environment['PATH'] = folder;
    expect(await ask()).toMatchObject({ answers: false, why: 'it is not installed' });
  });

  test('is not waited for after a cancel', async () => {
    programs.fail('docker version', 'hangs');
    const stop = new AbortController();
    const asking = askDocker({ environment: programs.environment, signal: stop.signal }).catch((error: unknown) => error);
    while (programs.calls().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    stop.abort('SIGINT');
    expect(await asking).toMatchObject({ code: 'CANCELLED' });
  });
});

describe('looking around', () => {
  let folder: string;
  let environment: NodeJS.ProcessEnv;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'around-'));
    ({ environment } = installPrograms(folder, { api: '' }));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const signal = new AbortController().signal;

  test('finds a cluster that answers, and lets go of it', async () => {
    const api = await startApiServer();
    const open = (): ReturnType<typeof connect> => connect({ server: api.url, source: 'test', credentials: async () => ({}), secrets: () => [] });
    expect(await lookAround({ environment, signal, open })).toEqual({ current: { answers: true, server: api.url }, docker: { answers: true, version: '28.5.1' } });
    await api.close();
  });

  test('says why there is none', async () => {
    const open = (): Promise<never> => Promise.reject(new ConformanceError('UNREACHABLE', 'The cluster of x does not answer.'));
    expect(await lookAround({ environment: { PATH: folder }, signal, open })).toEqual({ current: { answers: false, why: 'The cluster of x does not answer.' }, docker: { answers: false, why: 'it is not installed', remedy: expect.stringContaining('Install Docker') } });
  });

  test('does not take a fault of its own for the absence of a cluster', async () => {
    await expect(lookAround({ environment, signal, open: () => Promise.reject(new TypeError('x is not a function')) })).rejects.toThrow(TypeError);
  });
});
