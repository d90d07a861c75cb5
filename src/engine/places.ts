import type { Lane } from '../fixture/lane.ts';
import { qualified } from '../fixture/names.ts';
import type { Place } from '../judge/index.ts';
import { ConformanceError } from '../model/errors.ts';
import { isMetricResource, metricKinds, type Reading } from '../model/metrics.ts';
import type { RunContext } from './context.ts';

/** A reference of an assertion (`deployments/back`), taken apart. */
export interface Referred {
  resource: string;
  /** The fixture's names. */
  namespace: string;
  name: string;
}

/** Takes a reference apart; `home` is the namespace where it names none. */
export function referred(lane: Pick<Lane, 'fixture'>, reference: string, home: string): Referred {
  const slash = reference.indexOf('/');
  const place = reference.slice(slash + 1);
  const { namespace, name } = qualified(lane.fixture, place.includes('/') ? place : `${home}/${place}`);
  return { resource: reference.slice(0, slash), namespace, name };
}

/** A reference by the lane's real names: a pod by those of its workload, a node by the workload of which a pod runs on it. What is called no-such-… keeps its name. */
export async function placeOf(lane: Lane, reference: string, home: string, { cluster }: Pick<RunContext, 'cluster'>): Promise<Place> {
  const { resource, namespace, name } = referred(lane, reference, home);
  const kind = isMetricResource(resource) ? metricKinds[resource] : resource;
  const real = lane.namespaces.get(namespace);
  if (resource === 'namespaces') return { kind, names: [lane.namespaces.get(name) ?? name] };
  const within = { kind, ...(real === undefined ? {} : { namespace: real }) };
  if (name.startsWith('no-such-') || (resource !== 'pods' && resource !== 'nodes')) return { ...within, names: [name] };
  const pods = [...lane.probes.values()].filter(({ pod, workload }) => workload.name === name && pod.namespace === real).map(({ pod }) => pod);
  const [first] = pods;
  if (first === undefined) throw new ConformanceError('BAD_ASSERTION', `lane ${lane.name} runs no ${reference} at this step`);
  if (resource === 'pods') return { ...within, names: pods.map((pod) => pod.name) };
  const object = await cluster.get({ apiVersion: 'v1', kind: 'Pod', name: first.name, namespace: first.namespace });
  return { kind, names: [String(((object?.['spec'] ?? {}) as { nodeName?: string }).nodeName ?? '')] };
}

/** A reading in words: `edges of deployments/back`, `all pods with tier=a`. */
export function readingText({ api, get, list, edges, namespace, everywhere, labels = {}, as }: Reading): string {
  const what = api !== undefined ? `the ${api === 'service' ? 'registration' : 'resource list'} of the metrics API` : (get ?? (edges === undefined ? `all ${list ?? ''}` : `edges of ${edges}`));
  const where = everywhere === true ? ' of all namespaces' : namespace === undefined ? '' : ` in ${namespace}`;
  const chosen = Object.entries(labels).map(([key, value]) => ` with ${key}=${value}`).join('');
  return `${what}${where}${chosen}${as === undefined ? '' : ` by an account that may get ${as.length === 0 ? 'nothing' : as.join(', ')}`}`;
}
