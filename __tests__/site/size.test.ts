import { expect, test } from '@jest/globals';
import { changesOf } from '../../src/site/changes.ts';
import { homePage } from '../../src/site/pages/home.ts';
import { createRequirements } from '../../src/site/requirements.ts';
import { createSharing, factsOf } from '../../src/site/run-facts.ts';
import { script } from '../../src/site/script.ts';
import { style } from '../../src/site/style.ts';
import { byMesh } from '../../src/site/timeline.ts';
import type { Report } from '../../src/model/report.ts';
import { osm } from './folder.ts';

test('a thousand runs of ten meshes by a suite of three hundred make a first view below 150 kB', () => {
  const [template = never()] = osm.assertions;
  const assertions = Array.from({ length: 300 }, (_, index) => ({ ...template, id: `traffic-split/a-requirement-of-a-usual-length-${index}`, verdict: index % 3 !== 0 ? ('fail' as const) : ('pass' as const) }));
  const sharing = createSharing();
  const requirements = createRequirements([]);
  const runs = Array.from({ length: 1000 }, (_, index): Report => ({
    ...osm,
    run: { ...osm.run, id: `run${index}`, startedAt: new Date(Date.UTC(2024, 0, 1 + index)).toISOString() },
    mesh: { ...osm.mesh, id: `mesh-${index % 10}`, name: `A Mesh With a Long Name ${index % 10}`, version: `v1.${Math.floor(index / 100)}.${Math.floor(index / 10) % 10}` },
    assertions,
  }));
  for (const run of runs) requirements.take(run);
  const meshes = byMesh(runs.map((report) => factsOf(report, 'x', { state: 'unsigned' }, sharing)));
  const { html } = homePage({ title: 'SMI conformance', meshes, requirements: requirements.all(), known: () => undefined, refused: [] }, meshes.flatMap((mesh) => changesOf(mesh).slice(0, 1)));
  expect(html).toContain('1\u00A0000 runs of 10 meshes');
  expect(Buffer.byteLength(html + style + script)).toBeLessThan(150_000);
});

function never(): never {
  throw new Error('the sample has no results');
}
