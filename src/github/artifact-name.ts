import type { Report } from '../model/report.ts';

const longest = 60;

/**
 * The name of a run's artifact. A workflow may have a name once only, over all jobs of a matrix and all attempts: the mesh and its versions are for
 * who reads it, and the id of the run, which no other has, keeps apart what only differs in other things.
 */
export function artifactName({ mesh, kubernetes, run }: Pick<Report, 'mesh' | 'kubernetes' | 'run'>, attempt: string | undefined): string {
  return ['smi-conformance', mesh.id, mesh.version, `kubernetes-${kubernetes.version}`, ...(attempt === undefined ? [] : [`attempt-${attempt}`]), run.id].map(artifactPart).join('-');
}

/** A part of a name: slashes, colons, quotes and the like are refused, whatever a cluster said its version is. */
export function artifactPart(text: string): string {
  return text.replaceAll(/[^\w.+-]/g, '_').slice(0, longest);
}
