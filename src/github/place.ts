import { createHash } from 'node:crypto';
import type { Report } from '../model/report.ts';

/** Where in a workflow a run is: what stays the same from one push to the next, and tells the jobs of a matrix apart. */
export interface Place {
  /** Path of the workflow's file. */
  workflow?: string;
  job?: string;
  /** GitHub's name of the step. */
  step?: string;
  /** The version of the mesh that was asked for; the one that is found may change with each commit. */
  meshVersion?: string;
}

type Placed = { mesh: Report['mesh']; kubernetes: Report['kubernetes']; run: Pick<Report['run'], 'shard'> };

/** What a person calls the place: `Open Service Mesh v1.2.4, Kubernetes 1.33`. */
export function placeName({ mesh, kubernetes, run: { shard } }: Placed, { meshVersion }: Place): string {
  const part = shard === undefined ? '' : `, part ${shard.index} of ${shard.of}`;
  return `${mesh.name}${meshVersion === undefined ? '' : ` ${meshVersion}`}, Kubernetes ${minorOf(kubernetes.version)}${part}`;
}

/** A comment in HTML that nobody sees, which finds the comment of this place again. */
export function markerOf({ mesh, kubernetes, run: { shard } }: Placed, { workflow, job, step, meshVersion }: Place): string {
  const parts = [workflow ?? '', job ?? '', step ?? '', mesh.id, meshVersion ?? '', minorOf(kubernetes.version), ...(shard === undefined ? [] : [`${shard.index}/${shard.of}`])];
  // By its digest: no name can end the comment that it stands in.
  return `<!-- smi-conformance ${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24)} -->`;
}

function minorOf(version: string): string {
  return /^v?(\d+\.\d+)/.exec(version)?.[1] ?? version;
}
