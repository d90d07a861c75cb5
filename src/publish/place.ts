import type { Report } from '../model/report.ts';

/** What a run's place in the branch is made of. */
export type Placed = { mesh: Pick<Report['mesh'], 'id' | 'version'>; kubernetes: Pick<Report['kubernetes'], 'version'>; run: Pick<Report['run'], 'id' | 'startedAt'> };

/** The folder of the branch that holds all runs. */
export const runsFolder = 'runs';

const bundleEnding = '.sigstore.json';

/** `runs/<mesh>/<mesh version>/<kubernetes version>/<date>-<run id>.json`: made from the report alone, so that a path cannot say something else than the file. */
export function runPathOf({ mesh, kubernetes, run }: Placed): string {
  const date = run.startedAt.replaceAll(/\.\d+|:/g, '');
  return [runsFolder, part(mesh.id), part(mesh.version), part(kubernetes.version), `${part(`${date}-${run.id}`).replaceAll('.', '_')}.json`].join('/');
}

/** Where the Sigstore bundle of a run lies: beside its report. */
export function bundlePathOf(runPath: string): string {
  return `${runPath.slice(0, -'.json'.length)}${bundleEnding}`;
}

export function isBundlePath(path: string): boolean {
  return path.endsWith(bundleEnding);
}

/** The folder of one mesh. */
export function meshFolder(meshId: string): string {
  return `${runsFolder}/${part(meshId)}`;
}

const longest = 80;

/** One name of a path, on any system: it neither leaves its folder nor hides, whatever a cluster said its version is. */
function part(text: string): string {
  const safe = text.replaceAll(/[^\w.+-]/g, '_').slice(0, longest).replace(/^[.-]+/, '_').replace(/\.+$/, '_');
  if (safe === '') return 'unknown';
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(safe) ? `_${safe}` : safe;
}
