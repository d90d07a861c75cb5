import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { assetsFolder, insideOf, resolvePath, stateDirectory } from '../../src/door/paths.ts';
import { version } from '../../src/door/version.ts';

const root = join(import.meta.dirname, '../..');

describe('paths', () => {
  test('relative paths begin at the folder, ~ at the home', () => {
    const from = { directory: '/repo', home: '/home/user' };
    expect(resolvePath('a/../b', from)).toBe('/repo/b');
    expect(resolvePath('~/b', from)).toBe('/home/user/b');
    expect(resolvePath('~', from)).toBe('/home/user');
    expect(resolvePath('~other/b', from)).toBe('/repo/~other/b');
    expect(resolvePath('/b', from)).toBe('/b');
  });

  test('inside is the folder and what is below it, not what only begins alike', () => {
    expect(insideOf('/repo', '/repo')).toBe(true);
    expect(insideOf('/repo/..a/b', '/repo')).toBe(true);
    expect(insideOf('/repo-2', '/repo')).toBe(false);
    expect(insideOf('/', '/repo')).toBe(false);
  });

  test('the assets are those of the project', async () => {
    expect(assetsFolder()).toBe(root);
    await access(join(assetsFolder(), 'meshes/osm.yaml'));
  });

  test('journals outlive a run: a variable, XDG, the home', () => {
    expect(stateDirectory({ SMI_CONFORMANCE_STATE: '/own', XDG_STATE_HOME: '/state' }, '/home/user')).toBe('/own');
    expect(stateDirectory({ XDG_STATE_HOME: '/state' }, '/home/user')).toBe('/state/smi-conformance');
    expect(stateDirectory({}, '/home/user')).toBe('/home/user/.local/state/smi-conformance');
  });
});

test('the version is that of the package', async () => {
  const { version: packaged } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  expect(version).toBe(packaged);
});
