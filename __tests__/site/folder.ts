import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Report } from '../../src/model/report.ts';
import { buildSite, type SiteFigures, type SiteOptions } from '../../src/site/index.ts';
import { allGood, noErrors, sampleReport } from '../report/sample.ts';
import { variantOf } from './variants.ts';

export interface SiteFolder {
  runs: string;
  out: string;
  lines: string[];
  build(options?: Partial<SiteOptions>): Promise<SiteFigures>;
  page(path: string): Promise<string>;
  /** Every file of the site with its contents. */
  all(): Promise<Map<string, string>>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function openSiteFolder(): Promise<SiteFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'smi-site-'));
  const [runs, out] = [join(folder, 'runs-branch'), join(folder, 'site')];
  const lines: string[] = [];
  const page = (path: string): Promise<string> => readFile(join(out, path), 'utf8');
  return {
    runs,
    out,
    lines,
    page,
    build: (options = {}) => buildSite(runs, out, { environment: process.env, signal: new AbortController().signal, log: (line) => lines.push(line), ...options }),
    async all() {
      const entries = await readdir(out, { recursive: true, withFileTypes: true });
      const paths = entries.filter((entry) => entry.isFile()).map((entry) => relative(out, join(entry.parentPath, entry.name))).toSorted();
      return new Map(await Promise.all(paths.map(async (path) => [path, await page(path)] as const)));
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

export const osm = sampleReport(noErrors);
export const goodOsm = sampleReport(allGood);
export const traefik = { id: 'traefik-mesh', name: 'Traefik Mesh' };

/** Two meshes, three versions, two versions of Kubernetes: enough for every kind of page. */
export function usualRuns(): Report[] {
  return [
    variantOf(osm, { version: 'v1.1.0', id: 'aa0001', startedAt: '2026-06-01T10:00:00Z', smiRelease: 'v0.5.0' }),
    variantOf(osm, { version: 'v1.2.0', id: 'aa0002', startedAt: '2026-08-01T10:00:00Z', kubernetes: 'v1.33.1', verdicts: { 'traffic-split/weighted-75-25': 'pass' } }),
    variantOf(goodOsm, { version: 'v1.2.4', id: 'aa0003', startedAt: '2026-10-01T10:00:00Z', suite: '0.2.0', smiRelease: 'v0.6.0' }),
    variantOf(goodOsm, { version: 'v1.2.4', id: 'aa0004', startedAt: '2026-10-02T10:00:00Z', verdicts: { 'traffic-split/port-mapping': 'fail' } }),
    variantOf(goodOsm, { mesh: traefik, version: 'v1.4.8', id: 'bb0001', startedAt: '2026-09-03T10:00:00Z' }),
  ];
}
