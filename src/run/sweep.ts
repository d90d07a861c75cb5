import { join } from 'node:path';
import type { Cluster } from '../cluster/port.ts';
import { openRuns, type PastRun } from '../journal/index.ts';
import { messageOf } from '../model/errors.ts';
import { cleanUp } from './clean-up.ts';
import { unmake } from './unmake.ts';

/** Until the namespaces of one earlier run must be gone. */
const limitMs = 60_000;

/** Removes what earlier runs, which are no longer alive, left on this cluster, and clusters that they booted; `log` is told of each step. Resolves with how many of them are gone entirely; what cannot be removed stays in its journal and is reported. */
export async function sweep(cluster: Cluster, server: string, stateDirectory: string, report: (message: string) => void, log = report): Promise<number> {
  const runs = (await openRuns(stateDirectory)).filter((run) => run.server === server || hadOwnCluster(run));
  const swept = await Promise.all(runs.map((run) => sweepRun(run, cluster, stateDirectory, report, log)));
  return swept.filter(Boolean).length;
}

/** The same for earlier runs on any cluster, each opened by `open` with the kubeconfig of its run. Resolves with the runs of which something is left, or may be. */
export async function sweepAll(stateDirectory: string, open: (kubeconfig: string | undefined) => Promise<Cluster>, report: (message: string) => void): Promise<PastRun[]> {
  const left: PastRun[] = [];
  for (const run of await openRuns(stateDirectory)) if (!(await sweepAnywhere(run, stateDirectory, open, report))) left.push(run);
  return left;
}

async function sweepAnywhere(run: PastRun, stateDirectory: string, open: (kubeconfig: string | undefined) => Promise<Cluster>, report: (message: string) => void): Promise<boolean> {
  const forgetting = `If that cluster is gone for good, delete ${run.path} and the run is forgotten.`;
  if (hadOwnCluster(run)) return sweepRun(run, undefined, stateDirectory, report);
  if (run.server === '' && run.readable) {
    // It never got as far as having a cluster.
    return sweepRun(run, undefined, stateDirectory, report);
  }
  if (!run.readable) {
    report(`The journal ${run.path} cannot be read, so its cluster is not known. Look for namespaces with the label smi-conformance/run=${run.id}, then delete the journal.`);
    return false;
  }
  let cluster: Cluster | undefined;
  try {
    cluster = await open(run.kubeconfig);
    const { server } = await cluster.about();
    if (server === run.server) return await sweepRun(run, cluster, stateDirectory, report);
    report(`Run ${run.id} of ${run.startedAt} was on ${run.server}, but ${run.kubeconfig ?? 'the kubeconfig'} now points at ${server}: nothing was removed. ${forgetting}`);
  } catch (error) {
    report(`Run ${run.id} of ${run.startedAt} was on ${run.server}, which cannot be reached: ${messageOf(error)} ${forgetting}`);
  } finally {
    await cluster?.close();
  }
  return false;
}

/** A cluster that a run booted has all that the run made on it. */
function hadOwnCluster({ made }: PastRun): boolean {
  return made.some(({ what }) => what === 'cluster');
}

async function sweepRun(run: PastRun, cluster: Cluster | undefined, stateDirectory: string, report: (message: string) => void, log = report): Promise<boolean> {
  const { namespaces, reason } = cluster === undefined || hadOwnCluster(run) ? { namespaces: [] } : await cleanUp(cluster, run.id, { limitMs });
  const directory = join(stateDirectory, `run-${run.id}`);
  const left = await unmake(run.made, { cluster, directory, log, ...(run.kubeconfig === undefined ? {} : { kubeconfig: run.kubeconfig }) }, () => undefined);
  const objects = namespaces.length > 0 ? [`the namespaces ${namespaces.join(', ')}`] : reason === undefined ? [] : ['what it made'];
  if (objects.length + left.length === 0) {
    await run.forget();
    report(`Removed what was left of run ${run.id} of ${run.startedAt}.`);
    return true;
  }
  const where = run.server === '' ? '' : ` on ${run.server}`;
  report(`Run ${run.id} of ${run.startedAt} left ${[...objects, ...left].join(' and ')}${where}, which could not be removed: ${reason ?? 'see above'}. They are kept in ${run.path}; \`smi-conformance cleanup\` tries again.`);
  return false;
}
