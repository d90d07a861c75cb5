import { resolvePath, stateDirectory } from '../../door/paths.ts';
import type { AddCommand, Setting } from '../program.ts';

/** `cleanup`: removes what runs that were killed left on their clusters. */
export const addCleanup: AddCommand = (program, setting, end) => {
  program
    .command('cleanup')
    .description('remove what runs that were killed left on their clusters')
    .option('--kubeconfig <FILE>', 'kubeconfig to use in place of the one of each run')
    .addHelpText('after', '\nExit status: 0 nothing is left, 3 something is, or a cluster could not be reached: the message says what.')
    .action(async ({ kubeconfig }: { kubeconfig?: string }) => end(await cleanUp(kubeconfig, setting)));
};

async function cleanUp(chosen: string | undefined, { terminal }: Setting): Promise<number> {
  const [{ openRuns }, { sweepAll }, { openKubernetes }] = await Promise.all([import('../../journal/index.ts'), import('../../run/sweep.ts'), import('../../cluster/kubernetes/index.ts')]);
  const state = stateDirectory(terminal.environment, terminal.home);
  if ((await openRuns(state)).length === 0) {
    terminal.out('Nothing is left of earlier runs.');
    return 0;
  }
  const instead = chosen === undefined ? undefined : resolvePath(chosen, terminal);
  const open = (kubeconfig: string | undefined): ReturnType<typeof openKubernetes> => openKubernetes(kubeconfig === undefined ? {} : { kubeconfig });
  const left = await sweepAll(state, (kubeconfig) => open(instead ?? kubeconfig), terminal.out);
  return left.length === 0 ? 0 : 3;
}
