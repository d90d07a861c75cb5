import { openRuns, type PastRun } from '../journal/index.ts';
import type { Cluster } from '../cluster/port.ts';
import { messageOf } from '../model/errors.ts';
import { cleanUp } from './clean-up.ts';

/** Until the namespaces of one earlier run must be gone. */
const limitMs = 60_000;

/** Removes what earlier runs, which are no longer alive, left on this cluster. Resolves with how many of them are gone entirely; what cannot be removed stays in its journal and is reported. */
export async function sweep(cluster: Cluster, server: string, stateDirectory: string, report: (message: string) => void): Promise<number> {
  const runs = (await openRuns(stateDirectory)).filter((run) => run.server === server);
  const swept = await Promise.all(runs.map((run) => sweepRun(run, cluster, report)));
  return swept.filter(Boolean).length;
}

/** The same for earlier runs on any cluster, each opened by `open` with the kubeconfig of its run. Resolves with the runs of which something is left, or may be. */
export async function sweepAll(stateDirectory: string, open: (kubeconfig: string | undefined) => Promise<Cluster>, report: (message: string) => void): Promise<PastRun[]> {
  const left: PastRun[] = [];
  for (const run of await openRuns(stateDirectory)) if (!(await sweepAnywhere(run, open, report))) left.push(run);
  return left;
}

async function sweepAnywhere(run: PastRun, open: (kubeconfig: string | undefined) => Promise<Cluster>, report: (message: string) => void): Promise<boolean> {
  const forgetting = `If that cluster is gone for good, delete ${run.path} and the run is forgotten.`;
  if (run.server === '') {
    report(`The journal ${run.path} cannot be read, so its cluster is not known. Look for namespaces with the label smi-conformance/run=${run.id}, then delete the journal.`);
    return false;
  }
  let cluster: Cluster | undefined;
  try {
    cluster = await open(run.kubeconfig);
    const { server } = await cluster.about();
    if (server === run.server) return await sweepRun(run, cluster, report);
    report(`Run ${run.id} of ${run.startedAt} was on ${run.server}, but ${run.kubeconfig ?? 'the kubeconfig'} now points at ${server}: nothing was removed. ${forgetting}`);
  } catch (error) {
    report(`Run ${run.id} of ${run.startedAt} was on ${run.server}, which cannot be reached: ${messageOf(error)} ${forgetting}`);
  } finally {
    await cluster?.close();
  }
  return false;
}

async function sweepRun(run: PastRun, cluster: Cluster, report: (message: string) => void): Promise<boolean> {
  const { namespaces, reason } = await cleanUp(cluster, run.id, limitMs);
  if (namespaces.length === 0 && reason === undefined) {
    await run.forget();
    report(`Removed what was left of run ${run.id} of ${run.startedAt}.`);
    return true;
  }
  const what = namespaces.length === 0 ? 'what it made' : `the namespaces ${namespaces.join(', ')}`;
  report(`Run ${run.id} of ${run.startedAt} left ${what} on ${run.server}, which could not be removed: ${reason ?? 'no reason is known'}. They are kept in ${run.path}; \`smi-conformance cleanup\` tries again.`);
  return false;
}
