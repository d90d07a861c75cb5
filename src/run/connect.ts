import { randomBytes } from 'node:crypto';
import { type Cluster, type KubeObject, ApiError, type ServedApi } from '../cluster/port.ts';
import { requirePermissions } from '../cluster/preflight.ts';
import { ConformanceError } from '../model/errors.ts';
import type { MeshDefinition } from '../model/mesh.ts';
import type { MeshFacts, Offer } from '../model/report.ts';
import type { RunRequest } from '../model/request.ts';
import type { Specification } from '../model/specification.ts';
import { detectMesh, findMesh, loadDefinition, loadDefinitions, offeredBy, requireRunnable, warningsOf, withPrometheus } from '../mesh/index.ts';
import { chooseMetrics, inputOf, type MetricsSource, type PrometheusWish, requireQueries } from '../metrics/index.ts';
import { type Dialect, type DryRun, findDialect } from '../smi/index.ts';

/** A cluster that answers, with the mesh that was asked for on it. */
export interface Connected {
  cluster: Cluster;
  definition: MeshDefinition;
  mesh: MeshFacts;
  kubernetesVersion: string;
  server: string;
  served: ServedApi[];
  offered: Partial<Record<Specification, Offer>>;
  /** Where metrics are read. */
  metrics: MetricsSource;
  warnings: string[];
}

export interface Chosen {
  definition: MeshDefinition;
  /** The bundled definitions. */
  known: MeshDefinition[];
  /** Where metrics are to be read, if not by the mesh's own API. */
  prometheus?: PrometheusWish;
}

/** The mesh that the request names: a definition of the user's own, or a built-in one by name or alias; with its Prometheus, where that is to be set up. */
export async function chooseMesh(request: RunRequest, assets: string): Promise<Chosen> {
  const known = await loadDefinitions(`${assets}/meshes`);
  const definition = request.meshDefinition === undefined ? findMesh(request.mesh, known) : await loadDefinition(request.meshDefinition, known);
  requireRunnable(definition, { meshDeployed: request.meshDeployed, embedded: request.cluster === 'embedded' });
  if (request.prometheus === 'install') {
    const { definition: both, service } = withPrometheus(definition, known);
    return { definition: both, known, prometheus: { where: service, installed: true } };
  }
  if (request.prometheusUrl === undefined) return { definition, known };
  requireQueries(definition);
  return { definition, known, prometheus: { where: request.prometheusUrl } };
}

/**
 * Asks the cluster everything that the plan depends on. Rejects with FORBIDDEN or NO_SMI_DEFINITIONS, and as `chooseMetrics` for a Prometheus that cannot be asked,
 * before anything was created. The definition that it gives claims metrics also where they come from Prometheus.
 */
export async function survey(cluster: Cluster, definition: MeshDefinition, bundled: readonly MeshDefinition[], wishes: { prometheus?: PrometheusWish; signal: AbortSignal }): Promise<Connected> {
  const { kubernetesVersion, server } = await cluster.about();
  const [served] = await Promise.all([cluster.served(), requirePermissions(cluster)]);
  // A mesh that claims nothing of SMI is reported as what it is: capability none.
  if (served.length === 0 && (definition.claims === 'served' || Object.keys(definition.claims).length > 0)) {
    throw new ConformanceError('NO_SMI_DEFINITIONS', `the cluster at ${server} serves no definitions of *.smi-spec.io, so there is nothing of ${definition.name} to test. Install the mesh, or the definitions that its makers publish.`);
  }
  const [mesh, warnings] = await Promise.all([detectMesh(cluster, definition, bundled), warningsOf(cluster, definition)]);
  const { source, ...chosen } = await chooseMetrics({ cluster, definition, offered: offeredBy(definition, served), ...wishes });
  const { prometheus } = wishes;
  const unused = prometheus !== undefined && source.kind === 'api' ? [`${inputOf(prometheus)} is not used: the cluster serves the metrics API of ${definition.name}, and metrics are read there`] : [];
  return { cluster, ...chosen, metrics: source, mesh, kubernetesVersion, server, served, warnings: [...warnings, ...unused] };
}

/** How this server wants headers and weights written: tried by dry runs in the namespace `default`, which every cluster has. */
export function askDialect({ cluster, served }: Connected): Promise<Dialect> {
  const dryRun: DryRun = async (object: KubeObject) => {
    try {
      return await cluster.create(object, { dryRun: true });
    } catch (error) {
      if (error instanceof ApiError && error.isRefusal) return undefined;
      throw error;
    }
  };
  return findDialect(dryRun, served, 'default');
}

/** Six characters that tell this run's objects from all others; safe in names. */
export function newRunId(): string {
  return randomBytes(3).toString('hex');
}
