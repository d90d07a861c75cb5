import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { assetsFolder } from '../door/paths.ts';
import type { PastRun } from '../journal/index.ts';
import { messageOf } from '../model/errors.ts';
import type { MeshDefinition } from '../model/mesh.ts';
import type { RunRequest } from '../model/request.ts';
import { harmless } from './harmless.ts';
import { readInputs } from './inputs.ts';
import type { Runner, Toolkit } from './toolkit.ts';

/**
 * Keeps what shows why the main step was killed, before what it left is removed: logs, events and descriptions in the run's folder, and as an artifact where
 * the runner keeps those. Never rejects: the clean-up comes after it in any case.
 */
export async function salvage(run: PastRun, toolkit: Toolkit, runner: Runner): Promise<void> {
  const note = (line: string): void => toolkit.info(harmless(line));
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      note(`what shows why run ${run.id} ended could not be kept: ${messageOf(error)}`);
    }
  };
  await attempt(async () => {
    const request = readInputs(toolkit, runner);
    if (run.server !== '') await attempt(() => keep(run, request, note));
    if (toolkit.getInput('artifact') !== 'false') await upload(run, request, runner, note);
  });
}

async function keep(run: PastRun, request: RunRequest, note: (line: string) => void): Promise<void> {
  const [{ openKubernetes }, { diagnose }, { evidenceFolders }] = await Promise.all([import('../cluster/kubernetes/index.ts'), import('../diagnosis/index.ts'), import('../run/evidence.ts')]);
  const folders = evidenceFolders(request.outputDirectory);
  const definition = await definitionOf(request);
  const cluster = await openKubernetes(run.kubeconfig === undefined ? {} : { kubeconfig: run.kubeconfig });
  try {
    const { server } = await cluster.about();
    // A kubeconfig may point at another cluster by now, which is nobody's business here.
    if (server === run.server) await diagnose({ cluster, runId: run.id, ...(definition && { definition }), directory: folders.cluster, note });
  } finally {
    await cluster.close();
  }
  const made = run.made.find((one) => one.what === 'cluster');
  if (made === undefined) return;
  const { exportLogsOf } = await import('../cluster/boot/index.ts');
  await exportLogsOf(made, folders.nodes, note);
}

/** Undefined where the inputs name none: then the run's own pods are all that is known. */
async function definitionOf(request: RunRequest): Promise<MeshDefinition | undefined> {
  const { chooseMesh } = await import('../run/connect.ts');
  return (await chooseMesh(request, assetsFolder()).catch(() => undefined))?.definition;
}

async function upload(run: PastRun, { outputDirectory }: RunRequest, { github: { artifacts } }: Runner, note: (line: string) => void): Promise<void> {
  if (artifacts === undefined || !existsSync(outputDirectory)) return;
  const { keepArtifact } = await import('../github/index.ts');
  const events = join(outputDirectory, 'events.ndjson');
  const { name } = await keepArtifact({ service: artifacts.service, name: `smi-conformance-killed-${run.id}`, directory: outputDirectory, files: existsSync(events) ? [events] : [] });
  note(`what shows why run ${run.id} ended is kept as the artifact ${name}`);
}
