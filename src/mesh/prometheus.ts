import { ConformanceError } from '../model/errors.ts';
import type { InstallPart, Ready } from '../model/install.ts';
import type { MeshDefinition, PrometheusInstall } from '../model/mesh.ts';
import { mergePatch } from '../suite/merge-patch.ts';

/** A mesh that is installed together with its own Prometheus. */
export interface WithPrometheus {
  /** Its install brings Prometheus, and waits for it. */
  definition: MeshDefinition;
  /** Where it then answers: `namespace/name:port`. */
  service: string;
}

/**
 * Has a mesh bring its own Prometheus. Throws BAD_INPUT where its definition knows none, saying which of `known` do, and BAD_DEFINITION where what is to set it up
 * is a value of no chart. Pure.
 */
export function withPrometheus(definition: MeshDefinition, known: readonly MeshDefinition[]): WithPrometheus {
  const { install, metrics } = definition;
  const brought = metrics?.prometheus.install;
  if (install === undefined || brought === undefined) throw knowsNone(definition, known);
  const parts = { ...install.parts };
  for (const [name, values] of Object.entries(brought.values)) parts[name] = withValues(definition, name, parts[name], values);
  return { definition: { ...definition, install: { ...install, parts, ready: withReady(install.ready, brought) } }, service: brought.service };
}

function withValues({ name: mesh }: MeshDefinition, name: string, part: InstallPart | undefined, values: Record<string, unknown>): InstallPart {
  if (part === undefined || !('helm' in part)) {
    throw new ConformanceError('BAD_DEFINITION', `the definition of ${mesh} has values for ${name} (metrics.prometheus.install.values), and no part of its install by that name is a chart: name one, or leave prometheus out`);
  }
  return { helm: { ...part.helm, values: mergePatch(part.helm.values ?? {}, values) as Record<string, unknown> } };
}

function withReady(ready: Ready, { ready: { deployments = [], statefulSets = [] } = {} }: PrometheusInstall): Ready {
  return { ...ready, deployments: [...(ready.deployments ?? []), ...deployments], statefulSets: [...(ready.statefulSets ?? []), ...statefulSets] };
}

function knowsNone({ name, metrics }: MeshDefinition, known: readonly MeshDefinition[]): ConformanceError {
  const able = known.filter((one) => one.install !== undefined && one.metrics?.prometheus.install !== undefined).map(({ id }) => id);
  const which = able.length === 0 ? 'no known mesh does' : `of the known meshes, ${able.join(', ')} ${able.length === 1 ? 'does' : 'do'}`;
  // Without queries no Prometheus is of any use.
  const instead = metrics === undefined ? 'leave it out' : 'leave it out, and name one that is there by prometheus_url';
  return new ConformanceError('BAD_INPUT', `prometheus is install, and nothing is known of a Prometheus that comes with ${name}; ${which}: ${instead}, or say in a definition of your own how it is set up (metrics.prometheus.install)`);
}
