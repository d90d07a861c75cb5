import { describe, expect, test } from '@jest/globals';
import { detectMesh } from '../../src/mesh/index.ts';
import { cluster, definition, pod, type PodSample } from './samples.ts';

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
const mesh = definition({ detect: { labels: { app: 'sample' }, versionLabel: 'version', container: 'controller' } });
const facts = (...pods: PodSample[]) => detectMesh(cluster(pods.map((one, index) => pod({ name: `pod-${index}`, ...one }))), mesh);

describe('the version', () => {
  test.each<[string, PodSample[], string]>([
    ['is what the label says', [{ labels: { app: 'sample', version: 'v1.2.4' }, containers: [['controller', 'mesh:v9', '']] }], 'v1.2.4'],
    ['is the tag of the container’s image where no label says it', [{ containers: [['proxy', 'traefik:v2.11', ''], ['controller', 'docker.io/traefik/mesh:v1.4.8', '']] }], 'v1.4.8'],
    ['is found behind a registry’s port and before a digest', [{ containers: [['controller', `registry:5000/mesh:v1.4.8@${digest('a')}`, '']] }], 'v1.4.8'],
    ['is not a registry’s port', [{ containers: [['controller', 'registry:5000/mesh', '']] }], 'unknown'],
    ['is not a digest', [{ containers: [['controller', `registry/mesh@${digest('a')}`, '']] }], 'unknown'],
    ['is unknown where nothing says it', [{ containers: [['other', 'mesh:v1', '']] }], 'unknown'],
    ['is every one that runs', [{ labels: { app: 'sample', version: 'v2' } }, { labels: { app: 'sample', version: 'v1' } }, { labels: { app: 'sample', version: 'v2' } }], 'v1, v2'],
    ['is that of pods that run', [{ labels: { app: 'sample', version: 'v1' }, phase: 'Succeeded' }, { labels: { app: 'sample', version: 'v2' } }, { labels: { app: 'sample', version: 'v3' }, deleted: true }], 'v2'],
    ['is not that of another’s pods', [{ labels: { app: 'sample', version: 'v1' } }, { labels: { app: 'other', version: 'v2' } }], 'v1'],
  ])('%s', async (_what, pods, version) => {
    expect(await facts(...pods)).toMatchObject({ id: 'sample', name: 'Sample Mesh', version });
  });
});

describe('the images', () => {
  test.each<[string, string, object | undefined]>([
    ['a digest of the registry', `docker.io/mesh@${digest('a')}`, { digest: digest('a'), kind: 'digest' }],
    ['a digest, as Docker writes it', `docker-pullable://mesh@${digest('a')}`, { digest: digest('a'), kind: 'digest' }],
    ['the id of a local image', digest('b'), { digest: digest('b'), kind: 'image-id' }],
    ['the id of a local image, as Docker writes it', `docker://${digest('b')}`, { digest: digest('b'), kind: 'image-id' }],
    ['nothing yet', '', undefined],
  ])('%s', async (_what, imageID, expected) => {
    const { images } = await facts({ containers: [['controller', 'mesh:v1', imageID]] });
    expect(images).toEqual(expected === undefined ? [] : [{ image: 'mesh:v1', ...expected }]);
  });

  test('each once, in order, also when one tag stands for two', async () => {
    const { images } = await facts({ containers: [['controller', 'z:1', digest('a')], ['side', 'a:1', digest('b')]] }, { containers: [['controller', 'z:1', digest('a')]] }, { containers: [['side', 'a:1', digest('a')]] });
    expect(images.map(({ image, digest: of }) => `${image} ${of.at(-1)}`)).toEqual(['a:1 a', 'a:1 b', 'z:1 a']);
  });
});

describe('what is not there', () => {
  test('a mesh with no pod is refused, with the cluster and what runs on it', async () => {
    const other = definition({ id: 'other', name: 'Other Mesh', detect: { labels: { app: 'other' } } });
    const absent = definition({ id: 'absent', detect: { labels: { app: 'absent' } } });
    const there = cluster([pod({ labels: { app: 'other' } })]);
    await expect(detectMesh(there, mesh, [mesh, other, absent, definition({ id: 'none' })])).rejects.toMatchObject({
      code: 'BAD_INPUT', isBadInput: true,
      message: 'service_mesh is sample, but no pod of Sample Mesh (labels app=sample) runs on the cluster at https://cluster.test: what runs there is Other Mesh (other): name that, or install Sample Mesh',
    });
    await expect(detectMesh(cluster([]), mesh)).rejects.toThrow('https://cluster.test: install it, or name the mesh that is there');
  });

  test('a mesh whose pods do not run is named with their state', async () => {
    await expect(facts({ phase: 'Pending' }, { phase: 'Failed' })).rejects.toMatchObject({ code: 'POD_NOT_READY', message: expect.stringContaining('mesh-system/pod-0 is Pending, mesh-system/pod-1 is Failed') });
  });

  test('one that is going away is not there', async () => {
    await expect(facts({ deleted: true })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  test('a mesh that offers nothing is reported with what is found, or with nothing', async () => {
    const without = { ...mesh, status: 'no-smi' as const };
    expect(await detectMesh(cluster([]), without)).toEqual({ id: 'sample', name: 'Sample Mesh', version: 'unknown', images: [] });
    expect(await detectMesh(cluster([pod({ labels: { app: 'sample', version: 'v1' } })]), without)).toMatchObject({ version: 'v1' });
  });

  test('where nothing says how it is found, nothing is asked', async () => {
    const bare = cluster([pod()]);
    expect(await detectMesh(bare, definition({ id: 'none', name: 'No mesh' }))).toEqual({ id: 'none', name: 'No mesh', version: 'unknown', images: [] });
    expect(bare.asked).toEqual([]);
  });

  test('a lost cluster is not taken for one without the mesh', async () => {
    await expect(detectMesh(cluster([], { lost: true }), mesh)).rejects.toThrow('the connection broke');
  });
});
