import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { dump } from 'js-yaml';
import { conform } from '../../src/conformance.ts';
import { lintSuite, loadSuite, withApplication } from '../../src/suite/index.ts';

jest.setTimeout(120_000);

const root = join(import.meta.dirname, '../..');
let folder: string;

/** The suite as it is adapted to the application, written out, but with the probe as the server: so what was adapted is seen by itself. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smi-adapted-'));
  const suite = withApplication(await loadSuite(join(root, 'assertions')), 'image');
  const write = async (name: string, value: unknown): Promise<void> => {
    const path = join(folder, 'assertions', `${name}.yaml`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, dump(value, { noRefs: true }));
  };
  for (const assertion of suite.assertions) await write(assertion.id, assertion);
  for (const fixture of suite.fixtures.values()) await write(`fixtures/${fixture.name}`, { ...fixture, workloads: fixture.workloads.map(({ application: _, ...workload }) => workload) });
  await copyFile(join(root, 'assertions/suite.yaml'), join(folder, 'assertions/suite.yaml'));
  for (const asset of ['meshes', 'dist']) await symlink(join(root, asset), join(folder, asset));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('what is adapted to the application is sound', async () => {
  expect(await lintSuite(join(folder, 'assertions'))).toEqual([]);
});

test('and holds on the reference mesh, in the variants of the fixtures', async () => {
  const only = ['traffic-access/route-not-listed-denied', 'traffic-specs/path-selects', 'traffic-split/weighted-75-25', 'traffic-split/port-mapping', 'traffic-split/cross-namespace-client'];
  const { report, error } = await conform(
    { cluster: 'embedded', mesh: 'reference', meshDeployed: true, preload: [], keep: false, only, skip: [], failOn: ['must'], probeImage: 'image', outputDirectory: join(folder, 'results') },
    { sinks: [], signal: new AbortController().signal, stateDirectory: join(folder, 'state'), assets: folder },
  );
  expect(error).toBeUndefined();
  expect(report?.assertions.filter(({ verdict }) => verdict !== 'pass').map(({ id, verdict, reason }) => [id, verdict, reason])).toEqual([]);
  for (const id of only) expect(report?.assertions.find((result) => result.id === id)?.lane).toMatch(/-app-\d$/);
});
