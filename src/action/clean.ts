import { messageOf } from '../model/errors.ts';
import { harmless } from './harmless.ts';
import type { Runner, Toolkit } from './toolkit.ts';

/** The post step: keeps what shows why a main step was killed, and removes what it left. Never fails the job: what it could not do is a warning. */
export async function cleanAction(toolkit: Toolkit, runner: Runner): Promise<void> {
  try {
    const { openRuns } = await import('../journal/index.ts');
    const runs = await openRuns(runner.stateDirectory);
    if (runs.length === 0) return;
    const [{ salvage }, { sweepAll }, { openKubernetes }] = await Promise.all([import('./salvage.ts'), import('../run/sweep.ts'), import('../cluster/kubernetes/index.ts')]);
    toolkit.startGroup('Keep what shows why a run ended');
    for (const run of runs) await salvage(run, toolkit, runner);
    toolkit.endGroup();
    toolkit.startGroup('Clean up what a run left');
    const left = await sweepAll(runner.stateDirectory, (kubeconfig) => openKubernetes(kubeconfig === undefined ? {} : { kubeconfig }), (line) => toolkit.info(harmless(line)));
    toolkit.endGroup();
    if (left.length > 0) toolkit.warning(`Something is left on the cluster of ${left.map(({ id }) => `run ${id}`).join(', ')}: the log of this step says what and where.`);
  } catch (error) {
    toolkit.warning(`The clean-up did not get through: ${messageOf(error)} Look for namespaces with the label smi-conformance/run.`);
  }
}
