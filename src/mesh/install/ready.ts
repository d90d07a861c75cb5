import type { Cluster, KubeObject } from '../../cluster/port.ts';
import type { Ready } from '../../model/install.ts';

/** What is not as `ready` wants it, in words; empty when all of it is. `namespace` is that of names without one. */
export async function missingFrom(cluster: Cluster, ready: Ready, namespace: string): Promise<string[]> {
  const workload = async (kind: Workload, full: string): Promise<string | undefined> => {
    const at = placeOf(full, namespace);
    return workloadTrouble(kind, at, await cluster.get({ apiVersion: 'apps/v1', kind, ...at }));
  };
  const found = await Promise.all([
    ...(ready.deployments ?? []).map((name) => workload('Deployment', name)),
    ...(ready.daemonSets ?? []).map((name) => workload('DaemonSet', name)),
    ...(ready.statefulSets ?? []).map((name) => workload('StatefulSet', name)),
    ...(ready.webhooks ?? []).map((webhook) => webhookTrouble(cluster, webhook)),
    ...(ready.definitions ?? []).map((name) => definitionTrouble(cluster, name)),
  ]);
  return found.filter((trouble) => trouble !== undefined);
}

type Workload = 'Deployment' | 'DaemonSet' | 'StatefulSet';

function placeOf(full: string, namespace: string): { namespace: string; name: string } {
  const [first = '', second] = full.split('/');
  return second === undefined ? { namespace, name: first } : { namespace: first, name: second };
}

/** Done rolling out, as `kubectl rollout status` sees it, and available. */
function workloadTrouble(kind: Workload, { namespace, name }: { namespace: string; name: string }, object: KubeObject | undefined): string | undefined {
  const what = `${kind} ${namespace}/${name}`;
  if (object === undefined) return `${what} is not there yet`;
  const status = numbersOf(object['status']);
  const wanted = kind === 'DaemonSet' ? status('desiredNumberScheduled') : numbersOf(object['spec'])('replicas', 1);
  if (status('observedGeneration') < numbersOf(object.metadata)('generation')) return `${what} has not been looked at by its controller`;
  if (kind === 'DaemonSet' && wanted === 0) return `${what} is on no node yet`;
  const updated = status(kind === 'DaemonSet' ? 'updatedNumberScheduled' : 'updatedReplicas');
  // Older StatefulSets do not count their available pods.
  const available = kind === 'DaemonSet' ? status('numberAvailable') : Math.max(status('availableReplicas'), kind === 'StatefulSet' ? status('readyReplicas') : 0);
  if (updated < wanted) return `${what} has ${updated} of ${wanted} pods that are up to date`;
  return available < wanted ? `${what} has ${available} of ${wanted} pods available` : undefined;
}

interface WebhookEntry {
  clientConfig?: { caBundle?: string; service?: { name: string; namespace: string } };
}

async function webhookTrouble(cluster: Cluster, { kind, name }: NonNullable<Ready['webhooks']>[number]): Promise<string | undefined> {
  const object = await cluster.get({ apiVersion: 'admissionregistration.k8s.io/v1', kind, name });
  if (object === undefined) return `${kind} ${name} is not there yet`;
  const entries = ((object['webhooks'] as WebhookEntry[] | undefined) ?? []).map(({ clientConfig = {} }) => clientConfig);
  if (entries.length === 0 || entries.some(({ caBundle = '' }) => caBundle === '')) return `${kind} ${name} has no CA bundle yet`;
  const services = new Map(entries.flatMap(({ service }) => (service === undefined ? [] : [[`${service.namespace}/${service.name}`, service] as const])));
  const states = await Promise.all([...services.values()].map(async (service) => ((await hasEndpoint(cluster, service)) ? [] : [`the Service ${service.namespace}/${service.name} of ${kind} ${name} has no endpoint that is ready`])));
  return states.flat()[0];
}

async function hasEndpoint(cluster: Cluster, { name, namespace }: { name: string; namespace: string }): Promise<boolean> {
  const slices = await cluster.list({ apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', namespace, labels: { 'kubernetes.io/service-name': name } });
  return slices.some(({ endpoints }) => ((endpoints as { conditions?: { ready?: boolean } }[] | null | undefined) ?? []).some(({ conditions }) => conditions?.ready !== false));
}

async function definitionTrouble(cluster: Cluster, name: string): Promise<string | undefined> {
  const object = await cluster.get({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name });
  if (object === undefined) return `the definition ${name} is not there yet`;
  return isEstablished(object) ? undefined : `the definition ${name} is not established yet`;
}

/** Whether the server takes objects of a definition. Pure. */
export function isEstablished({ status }: KubeObject): boolean {
  const { conditions } = (status ?? {}) as { conditions?: { type: string; status: string }[] | null };
  // Of a definition that was just made they are null.
  return conditions?.some((condition) => condition.type === 'Established' && condition.status === 'True') ?? false;
}

function numbersOf(of: unknown): (field: string, otherwise?: number) => number {
  return (field, otherwise = 0) => {
    const value = (of as Record<string, unknown> | undefined)?.[field];
    return typeof value === 'number' ? value : otherwise;
  };
}
