import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { conform } from '../../src/conformance.ts';
import { defaultProbeImage } from '../../src/model/request.ts';

jest.setTimeout(60_000);

test('what an earlier run kept is not taken for this one’s', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'smi-conformance-'));
  const outputDirectory = join(directory, 'results');
  const stale = ['cluster', 'nodes'].map((folder) => join(outputDirectory, 'logs', folder));
  try {
    for (const folder of stale) {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'events.txt'), 'of another run');
    }
    await writeFile(join(outputDirectory, 'logs', 'of-somebody-else.txt'), 'theirs');
    const { report } = await conform(
      { cluster: 'embedded', mesh: 'reference', meshDeployed: true, preload: [], keep: false, only: ['traffic-access/crd-traffictarget'], skip: [], failOn: ['must'], probeImage: defaultProbeImage, outputDirectory },
      { sinks: [], signal: new AbortController().signal, stateDirectory: join(directory, 'state'), assets: join(import.meta.dirname, '../..') },
    );
    expect(report?.assertions.map(({ verdict }) => verdict)).toEqual(['pass']);
    expect(stale.filter((folder) => existsSync(folder))).toEqual([]);
    expect(existsSync(join(outputDirectory, 'logs', 'of-somebody-else.txt'))).toBe(true);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
