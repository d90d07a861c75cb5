import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Booted } from '../cluster/boot/index.ts';
import type { Cluster } from '../cluster/port.ts';
import { messageOf } from '../model/errors.ts';
import type { MeshDefinition } from '../model/mesh.ts';
import type { AssertionResult } from '../model/report.ts';
import type { Recorder } from './recorder.ts';

/** Where a failed run keeps what shows why, below its output: of the cluster's objects, and of the machines under it. */
export function evidenceFolders(outputDirectory: string): { cluster: string; nodes: string } {
  return { cluster: join(outputDirectory, 'logs', 'cluster'), nodes: join(outputDirectory, 'logs', 'nodes') };
}

/** Removes what an earlier run kept: it must not be taken for this one's. */
export function clearEvidence(outputDirectory: string): void {
  for (const folder of Object.values(evidenceFolders(outputDirectory))) rmSync(folder, { recursive: true, force: true });
}

/** A run whose end calls for a look at the cluster. Pure. */
export function leavesQuestions(results: readonly AssertionResult[], error: unknown): boolean {
  return error !== undefined || results.some(({ verdict }) => verdict === 'fail' || verdict === 'error' || verdict === 'inconclusive');
}

/** Something could not be judged, which may be the fault of what is under the cluster. Pure. */
export function isUnjudged({ results, error }: { results: readonly AssertionResult[]; error: unknown }): boolean {
  return error !== undefined || results.some(({ verdict }) => verdict === 'error');
}

export interface Evidence {
  cluster: Cluster;
  booted?: Booted | undefined;
  definition: MeshDefinition;
  id: string;
  outputDirectory: string;
  /** Then the logs of the nodes are kept, too. */
  unjudged: boolean;
  recorder: Recorder;
}

/** Keeps what shows why a run failed, while it is still there. Never rejects: a run that ends badly goes on with its clean-up. */
export async function keepEvidence({ cluster, booted, definition, id, outputDirectory, unjudged, recorder }: Evidence): Promise<void> {
  const folders = evidenceFolders(outputDirectory);
  const { diagnose } = await import('../diagnosis/index.ts');
  const files = await diagnose({ cluster, runId: id, definition, directory: folders.cluster, note: recorder.note });
  if (files.length > 0) recorder.note(`what the cluster says of it is in ${folders.cluster}: ${files.length} files`);
  if (booted === undefined || !unjudged) return;
  try {
    await booted.exportLogs(folders.nodes);
    recorder.note(`the logs of the nodes are in ${folders.nodes}`);
  } catch (error) {
    recorder.note(`the logs of the nodes could not be exported: ${messageOf(error)}`);
  }
}
