import { CommandError, type ProgramOptions, runProgram } from '../../tools/index.ts';

/** Whether a Docker engine answers on this machine, and if not, why and what to do. */
export type DockerState = { answers: true; version: string } | { answers: false; why: DockerTrouble; remedy: string };

export type DockerTrouble = 'it is not installed' | 'its engine does not run' | 'this user may not use its socket' | 'its engine does not answer in time' | 'its engine cannot be used';

const askingMs = 20_000;

/** Asks the Docker engine for its version, as `docker` finds it (DOCKER_HOST, contexts). Rejects with CANCELLED only. */
export async function askDocker({ environment, signal }: Pick<ProgramOptions, 'signal'> & { environment: NodeJS.ProcessEnv }): Promise<DockerState> {
  try {
    const { stdout } = await runProgram('docker', ['version', '--format', '{{.Server.Version}}'], { environment, signal, timeoutMs: askingMs, log: () => undefined });
    return { answers: true, version: stdout.trim() };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    if (error.trouble === 'missing' || error.trouble === 'started') return down('it is not installed');
    if (error.trouble === 'time') return down('its engine does not answer in time');
    return dockerTrouble(error.printed) ?? { answers: false, why: 'its engine cannot be used', remedy: `Mend what \`docker version\` says: ${error.tail.split('\n').at(-1) ?? 'nothing'}` };
  }
}

/** What keeps Docker from working, by what it or a tool that uses it printed; undefined where it says nothing of Docker. */
export function dockerTrouble(printed: string): Extract<DockerState, { answers: false }> | undefined {
  if (/permission denied while trying to connect to the docker|PROVIDER_DOCKER_NEWGRP/i.test(printed)) return down('this user may not use its socket');
  if (/cannot connect to the docker daemon|docker daemon is not running|error during connect|PROVIDER_DOCKER_(NOT_RUNNING|CANNOT_CONNECT|REFUSED)/i.test(printed)) return down('its engine does not run');
  return undefined;
}

const remedies: Record<DockerTrouble, string> = {
  'it is not installed': 'Install Docker, or give a cluster that runs by the input `kubeconfig`.',
  'its engine does not run': 'Start it (`systemctl start docker`, or Docker Desktop), or point DOCKER_HOST at one that runs.',
  'this user may not use its socket': 'Add the user to the group docker (`sudo usermod -aG docker $USER`) and log in anew.',
  'its engine does not answer in time': 'Start it anew, or point DOCKER_HOST at one that answers.',
  'its engine cannot be used': 'Mend what `docker version` says.',
};

function down(why: DockerTrouble): Extract<DockerState, { answers: false }> {
  return { answers: false, why, remedy: remedies[why] };
}
