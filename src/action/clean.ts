import { messageOf } from '../model/errors.ts';
import { harmless } from './harmless.ts';
import type { Runner, Toolkit } from './toolkit.ts';

/** The post step: removes what a main step left that was cancelled or killed. Never fails the job: what it could not do is a warning. */
export async function cleanAction(toolkit: Toolkit, runner: Runner): Promise<void> {
  try {
    const { openRuns } = await import('../journal/index.ts');
    if ((await openRuns(runner.stateDirectory)).length === 0) return;
    const [{ sweepAll }, { openKubernetes }] = await Promise.all([import('../run/sweep.ts'), import('../cluster/kubernetes/index.ts')]);
    toolkit.startGroup('Clean up what a run left');
    const left = await sweepAll(runner.stateDirectory, (kubeconfig) => openKubernetes(kubeconfig === undefined ? {} : { kubeconfig }), (line) => toolkit.info(harmless(line)));
    toolkit.endGroup();
    if (left.length > 0) toolkit.warning(`Something is left on the cluster of ${left.map(({ id }) => `run ${id}`).join(', ')}: the log of this step says what and where.`);
  } catch (error) {
    toolkit.warning(`The clean-up did not get through: ${messageOf(error)} Look for namespaces with the label smi-conformance/run.`);
  }
}
