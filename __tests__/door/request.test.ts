import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { RawInputs } from '../../src/door/inputs.ts';
import { type Door, toRequest } from '../../src/door/request.ts';
import { ConformanceError } from '../../src/model/errors.ts';

const door: Door = { label: (name) => name, directory: '/srv/repo', home: '/home/user', confined: true, kubeconfig: undefined };
const osm: RawInputs = { service_mesh: 'osm', mesh_deployed: 'true' };

function failureOf(raw: RawInputs, more: Partial<Door> = {}): ConformanceError {
  try {
    toRequest(raw, { ...door, ...more });
  } catch (error) {
    if (error instanceof ConformanceError) return error;
    throw error;
  }
  throw new Error('the inputs were taken');
}

describe('inputs that are good', () => {
  test('what is left out has its default', () => {
    expect(toRequest({ service_mesh: 'osm' }, door)).toEqual({
      cluster: 'auto',
      mesh: 'osm',
      meshDeployed: false,
      preload: [],
      keep: false,
      only: [],
      skip: [],
      failOn: ['must'],
      probeImage: 'docker.io/library/node:24-alpine',
      outputDirectory: '/srv/repo/results',
    });
  });

  test('every input is read', () => {
    const raw: RawInputs = {
      service_mesh: ' open_service_mesh ',
      mesh_deployed: 'true',
      cluster: 'existing',
      kubeconfig: '~/kube',
      kubernetes_version: '1.34',
      node_image: 'kindest/node:v1.34.4',
      preload: 'mesh.tar',
      keep: 'true',
      mesh_version: 'v1.2.4',
      mesh_definition: 'own.yaml',
      assertions: 'my-assertions',
      only: 'traffic-split/*, traffic-access/default-deny\ntraffic-split/*',
      skip: '\n*/weighted-*\n',
      shard: '2/3',
      durations: 'earlier.json',
      fail_on: 'must,should',
      concurrency: '3',
      probe_image: `localhost:5000/node:24@sha256:${'a'.repeat(64)}`,
      timeouts: 'patient',
      application: 'learn-layer5',
      application_image: 'localhost:5000/app:1',
      prometheus_url: 'osm-system/osm-prometheus:7070',
      smi_versions: 'access=v1alpha2+v1alpha3, traffic-split=none',
      output_directory: 'out/here',
      fault: 'split-ignored',
    };
    expect(toRequest(raw, door)).toEqual({
      cluster: 'existing',
      kubeconfig: '/home/user/kube',
      mesh: 'open_service_mesh',
      meshDeployed: true,
      kubernetesVersion: '1.34',
      nodeImage: 'kindest/node:v1.34.4',
      preload: ['mesh.tar'],
      keep: true,
      meshVersion: 'v1.2.4',
      meshDefinition: '/srv/repo/own.yaml',
      assertions: '/srv/repo/my-assertions',
      only: ['traffic-split/*', 'traffic-access/default-deny'],
      skip: ['*/weighted-*'],
      shard: { index: 2, of: 3 },
      durations: '/srv/repo/earlier.json',
      failOn: ['must', 'should'],
      concurrency: 3,
      probeImage: `localhost:5000/node:24@sha256:${'a'.repeat(64)}`,
      timeouts: 'patient',
      applicationImage: 'localhost:5000/app:1',
      prometheusUrl: 'osm-system/osm-prometheus:7070',
      smiVersions: { 'traffic-access': ['v1alpha2', 'v1alpha3'], 'traffic-split': [] },
      outputDirectory: '/srv/repo/out/here',
      fault: 'split-ignored',
    });
  });

  test('the embedded cluster has its own mesh and no kubeconfig', () => {
    expect(toRequest({ cluster: 'embedded' }, { ...door, kubeconfig: '/elsewhere' })).toMatchObject({ cluster: 'embedded', mesh: 'reference' });
    expect(toRequest({ cluster: 'embedded' }, { ...door, kubeconfig: '/elsewhere' })).not.toHaveProperty('kubeconfig');
  });

  test('the variable KUBECONFIG counts where the input is empty', () => {
    expect(toRequest(osm, { ...door, kubeconfig: '/one:/two' }).kubeconfig).toBe('/one:/two');
    expect(toRequest({ ...osm, kubeconfig: 'mine' }, { ...door, kubeconfig: '/one' }).kubeconfig).toBe('/srv/repo/mine');
  });
});

describe('inputs that are bad', () => {
  test.each<[string, RawInputs, string[]]>([
    ['mesh_deployed: maybe', { ...osm, mesh_deployed: 'maybe' }, ['mesh_deployed', '"maybe"', 'write true or false']],
    ['mesh_deployed: yes', { ...osm, mesh_deployed: 'yes' }, ['mesh_deployed', '"yes"', 'write true or false']],
    ['mesh_deployed: True', { ...osm, mesh_deployed: 'True' }, ['mesh_deployed', '"True"', 'write true or false']],
    ['no mesh', {}, ['service_mesh', 'missing', 'open_service_mesh']],
    ['an unknown cluster', { ...osm, cluster: 'exisiting' }, ['cluster', '"exisiting"', 'auto, existing, kind, minikube or embedded']],
    ['an unknown level', { ...osm, fail_on: 'must,may' }, ['fail_on', '"may"', 'must, should']],
    ['never and something', { ...osm, fail_on: 'never,must' }, ['fail_on', 'never stands alone']],
    ['no concurrency', { ...osm, concurrency: '0' }, ['concurrency', '"0"', '1 to 16']],
    ['too much concurrency', { ...osm, concurrency: '17' }, ['concurrency', '"17"', '1 to 16']],
    ['half a concurrency', { ...osm, concurrency: '1.5' }, ['concurrency', '"1.5"', '1 to 16']],
    ['an unknown profile', { ...osm, timeouts: 'forever' }, ['timeouts', '"forever"', 'standard, patient or embedded']],
    ['no image reference', { ...osm, probe_image: 'Node 24' }, ['probe_image', '"Node 24"', 'image reference']],
    ['a version with a path in it', { ...osm, mesh_version: '../1' }, ['mesh_version', '"../1"', 'v1.2.4']],
    ['an output outside the workspace', { ...osm, output_directory: '../elsewhere' }, ['output_directory', '"../elsewhere"', 'inside the workspace']],
    ['the home as output', { ...osm, output_directory: '~/results' }, ['output_directory', '"~/results"', 'inside the workspace']],
  ])('%s is refused, with the input and the remedy', (_what, raw, words) => {
    const error = failureOf(raw);
    expect(error.code).toBe('BAD_INPUT');
    expect(error.isBadInput).toBe(true);
    for (const word of words) expect(error.message).toContain(word);
  });

  test.each(['kind', 'minikube'])('%s is booted, with what was asked for', (cluster) => {
    expect(toRequest({ ...osm, cluster, kubernetes_version: 'v1.34', node_image: 'kindest/node:v1.34.4', preload: 'a.tar, b.tar', keep: 'true' }, door)).toMatchObject({ cluster, kubernetesVersion: 'v1.34', nodeImage: 'kindest/node:v1.34.4', preload: ['a.tar', 'b.tar'], keep: true });
  });

  test('an application other than the probe runs on real clusters, and its image goes with it', () => {
    expect(toRequest({ ...osm, application: 'learn-layer5' }, door).applicationImage).toBe('docker.io/layer5/learn-layer5:latest');
    expect(failureOf({ cluster: 'embedded', application: 'learn-layer5' })).toMatchObject({ code: 'BAD_INPUT', message: expect.stringMatching(/^application is "learn-layer5": the embedded cluster runs no images/) });
    expect(failureOf({ ...osm, application: 'bookinfo' }).message).toMatch(/^application is "bookinfo": write probe or learn-layer5/);
    expect(failureOf({ ...osm, application_image: 'mine:1' }).message).toMatch(/^application_image is "mine:1": .*give application: learn-layer5/);
    expect(failureOf({ ...osm, application: 'learn-layer5', application_image: 'not an image' }).message).toMatch(/^application_image is/);
  });

  test('a Prometheus may come with a mesh that is installed', () => {
    expect(toRequest({ service_mesh: 'osm', prometheus: 'install' }, door)).toMatchObject({ prometheus: 'install', meshDeployed: false });
  });

  test.each<[string, RawInputs, string[]]>([
    ['done in another way', { service_mesh: 'osm', prometheus: 'true' }, ['prometheus is "true"', 'write install', 'leave it out']],
    ['set up with a mesh that is there', { ...osm, prometheus: 'install' }, ['prometheus is "install"', 'by mesh_deployed yours is on the cluster already', 'by prometheus_url, such as osm-system/osm-prometheus:7070']],
    ['set up beside another', { service_mesh: 'osm', prometheus: 'install', prometheus_url: 'osm-system/osm-prometheus:7070' }, ['prometheus is "install"', 'prometheus_url names another one', 'one of the two']],
    ['set up beside one that is given with a password', { service_mesh: 'osm', prometheus: 'install', prometheus_url: 'http://u:secret@there' }, ['prometheus_url names another one']],
    ['set up in the embedded cluster', { cluster: 'embedded', prometheus: 'install' }, ['prometheus is "install"', 'serves the metrics API itself', 'leave it out']],
  ])('no Prometheus can be %s', (_what, raw, words) => {
    const error = failureOf(raw);
    expect(error.code).toBe('BAD_INPUT');
    for (const word of words) expect(error.message).toContain(word);
    expect(error.message).not.toContain('secret');
  });

  test.each(['prometheus', 'file:///etc/passwd', 'http//user:secret@there', 'osm-system/osm-prometheus', 'a/b/c:1'])('a Prometheus that is none: %s, which is not repeated', (prometheus_url) => {
    const error = failureOf({ ...osm, prometheus_url });
    expect(error).toMatchObject({ code: 'BAD_INPUT', message: expect.stringMatching(/^prometheus_url is neither a URL nor a Service of the cluster/) });
    expect(error.message).not.toContain('secret');
  });

  test.each([
    ['everything=v1alpha1', /"everything=v1alpha1" is not understood; write access=/],
    ['access', /"access" is not understood/],
    ['access=v1alpha2=v1alpha3', /is not understood/],
    ['access=v1alpha9', /traffic-access has no version "v1alpha9"; it has v1alpha1, v1alpha2, v1alpha3, v1alpha4, or write none/],
    ['metrics=v1alpha2', /traffic-metrics has no version "v1alpha2"; it has v1alpha1/],
    ['split=', /traffic-split has no version ""/],
    ['split=v1alpha1, traffic-split=v1alpha2', /traffic-split is there twice; join its versions with \+/],
  ])('SMI versions that are none: %s', (smi_versions, words) => {
    const error = failureOf({ cluster: 'embedded', smi_versions });
    expect(error).toMatchObject({ code: 'BAD_INPUT', message: expect.stringMatching(words) });
    expect(error.message).toMatch(/^smi_versions is /);
  });

  test('a link that leads out of the workspace is outside', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'smi-request-'));
    try {
      await symlink(tmpdir(), join(directory, 'out'));
      expect(failureOf({ ...osm, output_directory: 'out/results' }, { directory }).message).toContain('output_directory');
      expect(toRequest({ ...osm, output_directory: 'inner/results' }, { ...door, directory }).outputDirectory).toBe(join(directory, 'inner/results'));
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });

  test('a terminal may write anywhere', () => {
    expect(toRequest({ ...osm, output_directory: '/elsewhere' }, { ...door, confined: false }).outputDirectory).toBe('/elsewhere');
  });

  test('the input is called as its door calls it', () => {
    expect(failureOf({ ...osm, mesh_deployed: 'maybe' }, { label: (name) => `--${name}` }).message).toMatch(/^--mesh_deployed is "maybe"/);
  });
});
