import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClusterMade, Journal } from '../../journal/index.ts';
import { ConformanceError, messageOf } from '../../model/errors.ts';
import { CommandError, ensureTool, type Pins } from '../../tools/index.ts';
import { checkPreload, type Commands, commandsOf, findingVariables } from './commands.ts';
import { askDocker } from './docker.ts';
import { fullVersion, nodeImageFor } from './images.ts';
import { exportLogs, saveLogs } from './logs.ts';
import { dnsReady, nodesReady, openComing, untilHolds } from './ready.ts';
import { quietMs, removeCluster } from './remove.ts';
import { type Attempt, explain } from './trouble.ts';

export interface BootRequest {
  tool: 'kind' | 'minikube';
  /** Of the new cluster; it must hold the run's id, so that no other has it. */
  name: string;
  /** `1.34` or `v1.34.8`; the tool's newest where absent. */
  kubernetesVersion?: string;
  /** The image of the node (kind) or base (minikube), in place of the pinned one. */
  nodeImage?: string;
  /** Paths of image archives and names of local images, to be loaded into the nodes before the cluster is handed over. */
  preload?: readonly string[];
  /** Hands the cluster over as soon as pods can be created and the images are loaded; `usable` then waits for DNS, while a mesh is being installed. */
  early?: boolean;
  /** A folder of the run, for the kubeconfig. */
  directory: string;
  /** Where the logs of a node that fails go; none are exported where absent. */
  logsDirectory?: string;
  journal: Pick<Journal, 'willMake' | 'unmade'>;
  log(line: string): void;
  /** Ends the boot; what was made until then is removed. */
  signal: AbortSignal;
  /** See `ensureTool`. */
  cacheDirectory?: string;
  /** See `ensureTool`. */
  pins?: Pins;
  environment?: NodeJS.ProcessEnv;
  /** In milliseconds: until the tool has created it (with the pull of its image), and then until it is ready. */
  limits?: { createMs: number; readyMs: number };
}

/** A cluster that this run has made. */
export interface Booted {
  tool: 'kind' | 'minikube';
  name: string;
  /** Path of a file of its own, for this user only. */
  kubeconfig: string;
  /** As the API server says it: `v1.34.8`. */
  kubernetesVersion: string;
  /** Where the API server answers. */
  server: string;
  /** Resolves when names are resolved in it, which is at once unless it was handed over early. Rejects with BOOT_FAILED or CANCELLED. */
  usable(): Promise<void>;
  /** See `BootRequest.preload`. */
  load(archivesOrImages: readonly string[]): Promise<void>;
  /** Writes the logs of the nodes into a folder, also after a cancel. */
  exportLogs(directory: string): Promise<void>;
  /** Removes the cluster and its kubeconfig, also after a cancel, and notes that in the journal. */
  delete(): Promise<void>;
}

const usualLimits = { createMs: 600_000, readyMs: 300_000 };

/**
 * Boots a cluster and waits until it can be used: nodes, DNS, default account. The journal names it before it is made; where anything fails, or the run is
 * stopped, it is removed again, and the error says what happened and what to do. Rejects with `ConformanceError`.
 */
export async function bootCluster(request: BootRequest): Promise<Booted> {
  const { tool, name, journal, log, signal, environment = process.env, cacheDirectory } = request;
  checkPreload(request.preload ?? []);
  const plan = planOf(request);
  const attempt: Attempt = { tool, name, doing: 'boot', image: plan.image };
  await requireDocker(attempt, environment, signal);
  const { path: program } = await ensureTool(tool, { log, signal, environment, ...(request.pins !== undefined && { pins: request.pins }), ...(cacheDirectory !== undefined && { cacheDirectory }), ...(plan.toolVersion !== undefined && { version: plan.toolVersion }) });
  const made: ClusterMade = { what: 'cluster', tool, name, program, kubeconfig: join(request.directory, 'kubeconfig'), environment: findingVariables(environment) };
  const commands = commandsOf({ made, environment, log });
  await refuseExisting(commands, attempt, signal);
  await makeFolder(request.directory);
  if (plan.note !== undefined) log(plan.note);
  journal.willMake(made);
  try {
    const facts = await bringUp(commands, made, plan, request, attempt);
    return { tool, name, kubeconfig: made.kubeconfig, ...facts, ...handlesOf(commands, made, request, attempt) };
  } catch (error) {
    throw await undo(explain(error, attempt), commands, made, request);
  }
}

interface Plan {
  image?: string;
  version?: string;
  toolVersion?: string;
  note?: string;
}

/** Everything that depends on versions, before anything is asked of the machine. Throws BAD_INPUT. */
function planOf({ tool, kubernetesVersion, nodeImage }: BootRequest): Plan {
  if (tool === 'minikube') return { ...(nodeImage !== undefined && { image: nodeImage }), ...(kubernetesVersion !== undefined && { version: fullVersion(kubernetesVersion) }) };
  const { image, kind, pinned } = nodeImageFor({ ...(kubernetesVersion !== undefined && { kubernetesVersion }), ...(nodeImage !== undefined && { nodeImage }) });
  return { image, toolVersion: kind, ...(!pinned && { note: `the node image ${image} is not pinned by a digest: it is taken as it is named` }) };
}

async function requireDocker({ tool, name }: Attempt, environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  const docker = await askDocker({ environment, signal });
  if (!docker.answers) throw new ConformanceError('NO_DOCKER', `${tool} cannot boot the cluster ${name}, for Docker cannot be used: ${docker.why}. ${docker.remedy}`);
}

async function refuseExisting(commands: Commands, attempt: Attempt, signal: AbortSignal): Promise<void> {
  const exists = await commands.exists(signal).catch((error: unknown) => {
    throw explain(error, attempt);
  });
  if (exists) throw new ConformanceError('BOOT_FAILED', `there is a cluster ${attempt.name} already, which this run did not make and does not touch. Delete it with ${attempt.tool}, or let the run have another name.`);
}

async function makeFolder(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new ConformanceError('WRITE_FAILED', `the folder ${directory}, for the kubeconfig of the cluster, cannot be made: ${messageOf(error)}. Make its parent writable.`, { cause: error });
  }
}

async function bringUp(commands: Commands, { name, kubeconfig }: ClusterMade, plan: Plan, request: BootRequest, attempt: Attempt): Promise<{ kubernetesVersion: string; server: string }> {
  const { log, signal, limits = usualLimits, preload = [], early = false } = request;
  await create(commands, plan, limits.createMs, log, signal);
  await chmod(kubeconfig, 0o600);
  const waiting = { name, deadline: performance.now() + limits.readyMs, signal };
  const cluster = await openComing(kubeconfig, waiting);
  try {
    await untilHolds(cluster, nodesReady, waiting);
    log(`${attempt.tool}: the nodes of ${name} are ready`);
    await together(signal, [
      (either) => (early ? Promise.resolve() : untilHolds(cluster, dnsReady, { ...waiting, signal: either })),
      (either) => (preload.length > 0 ? commands.load(preload, either) : Promise.resolve()),
    ]);
    if (!early) log(`${attempt.tool}: the cluster ${name} can be used`);
    return await cluster.about();
  } finally {
    await cluster.close();
  }
}

/** Runs works side by side; the first to fail stops the others, and its error is the one that counts. */
async function together(signal: AbortSignal, works: readonly ((signal: AbortSignal) => Promise<void>)[]): Promise<void> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  let first: { reason: unknown } | undefined;
  await Promise.all(
    works.map((work) =>
      work(either).catch((reason: unknown) => {
        first ??= { reason };
        failed.abort('a failure beside it');
      }),
    ),
  );
  if (first !== undefined) throw first.reason;
}

/** A port that was free when the tool looked, and taken when it wanted it, is a matter of luck: another try gets another one. */
async function create(commands: Commands, plan: Plan, timeoutMs: number, log: (line: string) => void, signal: AbortSignal): Promise<void> {
  try {
    await commands.create(plan, { timeoutMs, signal });
  } catch (error) {
    if (!/port is already allocated|address already in use/i.test((error as { printed?: string }).printed ?? '')) throw error;
    log('the port of the API server was taken at that moment: trying once more with another');
    await commands.delete(signal);
    await commands.create(plan, { timeoutMs, signal });
  }
}

function handlesOf(commands: Commands, made: ClusterMade, request: BootRequest, attempt: Attempt): Pick<Booted, 'usable' | 'load' | 'exportLogs' | 'delete'> {
  const explained = async (doing: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      throw explain(error, { ...attempt, doing });
    }
  };
  return {
    async usable() {
      const { name, kubeconfig } = made;
      const { signal, limits = usualLimits } = request;
      const waiting = { name, deadline: performance.now() + limits.readyMs, signal };
      const cluster = await openComing(kubeconfig, waiting);
      try {
        await untilHolds(cluster, dnsReady, waiting);
      } finally {
        await cluster.close();
      }
    },
    async load(items) {
      checkPreload(items);
      await explained('load images into', () => commands.load(items, request.signal));
    },
    exportLogs: (directory) =>
      explained('export the logs of', () => exportLogs(commands, directory, request.log)),
    async delete() {
      await removeCluster(made, { log: request.log, ...(request.environment !== undefined && { environment: request.environment }) }, 0);
      request.journal.unmade(made);
    },
  };
}

/** Removes what there is of a cluster that did not come up. Resolves with the error to throw: the first one, and what could not be removed. */
async function undo(error: ConformanceError, commands: Commands, made: ClusterMade, request: BootRequest): Promise<ConformanceError> {
  const { log, journal, logsDirectory, environment } = request;
  if (logsDirectory !== undefined && error.code !== 'CANCELLED') await saveLogs(commands, logsDirectory, log);
  try {
    await removeCluster(made, { log, ...(environment !== undefined && { environment }) }, wasHalted(error) ? quietMs : 0);
    journal.unmade(made);
    return error;
  } catch (reason) {
    return new ConformanceError(error.code, `${error.message} What there is of it could not be removed: ${messageOf(reason)} Run smi-conformance cleanup when that is mended; the next run does it as well.`, { cause: error });
  }
}

/** The tool was ended from outside, so that it may have left something under way. */
function wasHalted({ code, cause }: ConformanceError): boolean {
  return code === 'CANCELLED' || (cause instanceof CommandError && cause.trouble !== 'status');
}
