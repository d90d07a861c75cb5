import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { load } from 'js-yaml';
import { ConformanceError, messageOf } from '../../model/errors.ts';
import { runProgram } from '../../tools/index.ts';
import type { Surroundings } from './fetch.ts';

/** A release as Helm lists it. */
export interface Release {
  status: 'deployed' | 'failed' | 'pending-install' | 'pending-upgrade' | 'pending-rollback' | 'uninstalling' | 'superseded' | 'uninstalled' | 'unknown';
  revision: number;
  /** Name and version: `osm-1.2.4`. */
  chart: string;
  appVersion: string;
}

export interface ReleasePlace {
  release: string;
  namespace: string;
}

/** The commands of Helm that installing takes. All reject with COMMAND_FAILED, with Helm's last lines, and CANCELLED. */
export interface Helm {
  /** What a chart says of itself. No cluster is asked. */
  show(chart: string): Promise<{ version: string; appVersion?: string }>;
  /** Undefined where there is no such release. */
  find(place: ReleasePlace): Promise<Release | undefined>;
  /** Installs or upgrades, and waits for the chart's hooks alone. */
  install(place: ReleasePlace, chart: string, values: string): Promise<void>;
  /** A release that is not there is no error. */
  uninstall(place: ReleasePlace, options: { hooks: boolean; timeoutMs: number }): Promise<void>;
}

const quickMs = 60_000;
/** For images of hooks to be pulled, and for hooks to run. */
export const installMs = 300_000;

/** `kubeconfig` is a path, or several joined as in the variable `KUBECONFIG`; the default place where absent. */
export function createHelm(program: string, kubeconfig: string | undefined, { directory, log, signal, environment }: Surroundings): Helm {
  const several = kubeconfig?.includes(delimiter) === true;
  const target = kubeconfig === undefined || several ? [] : ['--kubeconfig', kubeconfig];
  // Helm's own folders are the run's: what a user has set up there, such as plug-ins, has no say.
  const env = { HELM_CACHE_HOME: join(directory, 'helm'), HELM_CONFIG_HOME: join(directory, 'helm'), HELM_DATA_HOME: join(directory, 'helm'), ...(several && { KUBECONFIG: kubeconfig }) };

  async function run(args: string[], timeoutMs: number, silent = false): Promise<string> {
    const { stdout } = await runProgram(program, args, { signal, timeoutMs, env, cwd: directory, log: silent ? () => undefined : log, ...(environment !== undefined && { environment }) });
    return stdout;
  }

  return {
    async show(chart) {
      const said = load(await run(['show', 'chart', chart], quickMs, true)) as { version: string; appVersion?: string | number };
      return { version: said.version, ...(said.appVersion !== undefined && { appVersion: String(said.appVersion) }) };
    },
    async find({ release, namespace }) {
      const args = ['list', '--all', '--namespace', namespace, '--filter', `^${release}$`, '--output', 'json', ...target];
      const found = (JSON.parse(await run(args, quickMs, true)) as { status: Release['status']; revision: string | number; chart: string; app_version: string }[])[0];
      return found && { status: found.status, revision: Number(found.revision), chart: found.chart, appVersion: found.app_version };
    },
    async install({ release, namespace }, chart, values) {
      await run(['upgrade', '--install', release, chart, '--namespace', namespace, '--values', values, '--timeout', seconds(installMs), ...target], installMs + 30_000);
    },
    async uninstall({ release, namespace }, { hooks, timeoutMs }) {
      await run(['uninstall', release, '--namespace', namespace, '--ignore-not-found', '--timeout', seconds(timeoutMs), ...(hooks ? [] : ['--no-hooks']), ...target], timeoutMs + 10_000);
    },
  };
}

/** Values may hold secrets: nobody else can read the file. JSON is YAML. Rejects with WRITE_FAILED. */
export async function writeValues(directory: string, name: string, values: Record<string, unknown>): Promise<string> {
  const file = join(directory, `${name}-values.yaml`);
  try {
    await writeFile(file, JSON.stringify(values, null, 2), { mode: 0o600 });
    return file;
  } catch (error) {
    throw new ConformanceError('WRITE_FAILED', `the values of the chart cannot be written to ${file}: ${messageOf(error)}. Make room there, or make it writable.`, { cause: error });
  }
}

function seconds(ms: number): string {
  return `${Math.ceil(ms / 1000)}s`;
}
