import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../conformance.ts';
import type { Booted } from '../cluster/boot/index.ts';
import type { EmbeddedOptions } from '../cluster/embedded/index.ts';
import type { Cluster } from '../cluster/port.ts';
import { type Journal, type Made, openJournal } from '../journal/index.ts';
import type { InstallOptions, PreparedMesh } from '../mesh/install/index.ts';
import type { MeshDefinition } from '../model/mesh.ts';
import type { RunRequest } from '../model/request.ts';
import { ConformanceError } from '../model/errors.ts';
import { hurryMs } from './clean-up.ts';
import { evidenceFolders, keepEvidence } from './evidence.ts';
import type { Recorder } from './recorder.ts';
import { sideBySide } from './side-by-side.ts';
import { sweep } from './sweep.ts';
import { unmake } from './unmake.ts';

/** What a run stands on: a cluster with the mesh, and what of it the run itself has made. */
export interface Ground {
  cluster: Cluster;
  /** Absent on the embedded cluster, which is gone with this process. */
  journal?: Journal;
  kubeconfig?: string;
  /** Set where the run booted the cluster. */
  booted?: Booted;
  /** Removes mesh and cluster where the run made them, and resolves with what is left of them, in words. */
  clear(): Promise<string[]>;
}

export interface GroundOptions {
  request: RunRequest;
  definition: MeshDefinition;
  /** The bundled definitions. */
  known: readonly MeshDefinition[];
  /** The run's id. */
  id: string;
  environment: Environment;
  recorder: Recorder;
}

/** Takes, or boots, the cluster that the request asks for, and installs the mesh unless it is there. Where that fails, what it made until then is removed. */
export async function layGround(options: GroundOptions): Promise<Ground> {
  const { request, environment, id } = options;
  if (request.cluster === 'embedded') {
    const { openEmbedded } = await import('../cluster/embedded/index.ts');
    return { cluster: await openEmbedded({ ...(request.fault === undefined ? {} : { fault: request.fault }), ...servedBy(request) }), clear: () => Promise.resolve([]) };
  }
  if (request.fault !== undefined) throw new ConformanceError('BAD_INPUT', 'a fault can be switched on in the embedded cluster only, not in a real mesh: leave out --fault, or use --cluster embedded');
  if (request.smiVersions !== undefined) throw new ConformanceError('BAD_INPUT', 'smi_versions says what the embedded cluster serves, and a real one serves what its mesh installs: leave out smi_versions, or take the embedded cluster');
  const choice = await chosen(options);
  const journal = openJournal(environment.stateDirectory, { id });
  const made = notesOf(journal);
  const state: { cluster?: Cluster; booted?: Booted } = {};
  const directory = join(environment.stateDirectory, `run-${id}`);
  const clear = async (): Promise<string[]> => {
    const kubeconfig = state.booted?.kubeconfig ?? request.kubeconfig;
    if (request.keep) {
      if (kubeconfig !== undefined && made.all().length > 0) options.recorder.note(`what the run made is kept, as was asked for; the cluster's kubeconfig is ${kubeconfig}`);
      return [];
    }
    return unmake(made.all(), { cluster: state.cluster?.until(environment.signal, hurryMs), directory, log: (line) => options.recorder.note(line), ...(kubeconfig === undefined ? {} : { kubeconfig }) }, made.unmade);
  };
  try {
    return await build(choice, directory, made, state, options, { journal, clear });
  } catch (error) {
    if (state.cluster !== undefined && !environment.signal.aborted) await recordFailure(state.cluster, state.booted, options);
    const left = await clear();
    await state.cluster?.close();
    if (left.length > 0) options.recorder.warn(`the run could not remove ${left.join('; ')}. Run smi-conformance cleanup.`);
    else await journal.finished();
    journal.close();
    throw error;
  }
}

async function recordFailure(cluster: Cluster, booted: Booted | undefined, { request: { outputDirectory }, definition, id, recorder }: GroundOptions): Promise<void> {
  await recorder.phase('diagnose', () => keepEvidence({ cluster, booted, definition, id, outputDirectory, unjudged: true, recorder }));
}

/** What the embedded cluster serves in place of the newest versions. */
function servedBy({ smiVersions = {} }: RunRequest): Pick<EmbeddedOptions, 'served' | 'metrics'> {
  const { 'traffic-access': access, 'traffic-specs': specs, 'traffic-split': split, 'traffic-metrics': metrics } = smiVersions;
  return {
    served: { ...(access && { access }), ...(specs && { specs }), ...(split && { split }) },
    ...(metrics && { metrics: metrics.length > 0 }),
  };
}

type Rest = Pick<Ground, 'clear'> & { journal: Journal };

async function build(choice: 'existing' | 'kind' | 'minikube', directory: string, made: Notes, state: { cluster?: Cluster; booted?: Booted }, options: GroundOptions, { journal, clear }: Rest): Promise<Ground> {
  const { request, definition, environment, recorder } = options;
  const installs = definition.install !== undefined && !request.meshDeployed;
  if (installs || choice !== 'existing') {
    made.willMake({ what: 'folder', path: directory });
    await mkdir(directory, { recursive: true, mode: 0o700 });
  }
  let prepared: PreparedMesh | undefined;
  if (choice !== 'existing') {
    // What an install takes and needs no cluster comes while one is booted, and ends that at once where it cannot be had.
    [, prepared] = await recorder.phase('boot', () => sideBySide(environment.signal,
      async (signal) => { state.booted = await boot(choice, directory, made, installs, options, signal); },
      async (signal) => (installs ? (await import('../mesh/install/index.ts')).prepareMesh({ ...wishes(options), directory, signal }) : undefined)));
  }
  const kubeconfig = state.booted?.kubeconfig ?? request.kubeconfig;
  const { openKubernetes } = await import('../cluster/kubernetes/index.ts');
  const cluster = await openKubernetes({ signal: environment.signal, ...(kubeconfig === undefined ? {} : { kubeconfig }) });
  state.cluster = cluster;
  // All that is done before the clean-up ends with the run's cancel.
  const asked = cluster.until(environment.signal);
  const { server } = await asked.about();
  journal.reached({ server, ...(kubeconfig === undefined ? {} : { kubeconfig }) });
  await sweep(asked, server, environment.stateDirectory, recorder.warn, recorder.note);
  if (installs) await recorder.phase('install', () => install(asked, kubeconfig, directory, made, options, prepared));
  await state.booted?.usable();
  return { cluster, journal, clear, ...(kubeconfig === undefined ? {} : { kubeconfig }), ...(state.booted === undefined ? {} : { booted: state.booted }) };
}

async function chosen({ request, environment, recorder }: GroundOptions): Promise<'existing' | 'kind' | 'minikube'> {
  const { cluster, kubeconfig } = request;
  if (cluster === 'embedded' || cluster === 'existing') return 'existing';
  const { chooseCluster, lookAround } = await import('../cluster/boot/index.ts');
  const facts = await lookAround({ signal: environment.signal });
  const { choice, because } = chooseCluster({ cluster, ...(kubeconfig === undefined ? {} : { kubeconfig }) }, facts);
  recorder.note(`cluster: ${choice}, since ${because}`);
  return choice;
}

async function boot(tool: 'kind' | 'minikube', directory: string, made: Notes, early: boolean, { request, definition, id, recorder }: GroundOptions, signal: AbortSignal): Promise<Booted> {
  const [{ bootCluster }, { pairedKubernetes }] = await Promise.all([import('../cluster/boot/index.ts'), import('../mesh/install/index.ts')]);
  const kubernetesVersion = request.kubernetesVersion ?? pairedKubernetes(definition, request.meshVersion).default;
  return bootCluster({
    tool,
    name: `smi-conformance-${id}`,
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
    ...(request.nodeImage === undefined ? {} : { nodeImage: request.nodeImage }),
    preload: request.preload,
    early,
    directory,
    logsDirectory: evidenceFolders(request.outputDirectory).nodes,
    journal: made,
    log: (line) => recorder.note(line),
    signal,
  });
}

async function install(cluster: Cluster, kubeconfig: string | undefined, directory: string, made: Notes, options: GroundOptions, prepared: PreparedMesh | undefined): Promise<void> {
  const { request, definition, known, id, environment, recorder } = options;
  const { installMesh } = await import('../mesh/install/index.ts');
  const { version, already } = await installMesh({
    ...wishes(options),
    ...(prepared === undefined ? {} : { prepared }),
    cluster,
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    runId: id,
    journal: made,
    known,
    prometheus: request.prometheus === 'install',
    directory,
    signal: environment.signal,
  });
  recorder.note(`${definition.name} ${version} ${already ? 'was on the cluster already, and stays' : 'is installed'}`);
}

/** Which mesh is wanted, and who is told of what is done for it. */
function wishes({ request, definition, recorder }: GroundOptions): Pick<InstallOptions, 'definition' | 'version' | 'log'> {
  return { definition, ...(request.meshVersion === undefined ? {} : { version: request.meshVersion }), log: (line) => recorder.note(line) };
}

/** The journal, and what was written to it and is not gone: what has to be removed by this run itself. */
interface Notes extends Pick<Journal, 'willMake' | 'unmade'> {
  all(): readonly Made[];
}

function notesOf(journal: Journal): Notes {
  const notes = new Map<string, Made>();
  return {
    willMake(made) {
      journal.willMake(made);
      notes.set(JSON.stringify(made), made);
    },
    unmade(made) {
      journal.unmade(made);
      notes.delete(JSON.stringify(made));
    },
    all: () => [...notes.values()],
  };
}
