import { spawnSync } from 'node:child_process';

/** All objects of a cluster, by `kind group namespace/name`, as text in which nothing is that changes by itself. */
export type Snapshot = Map<string, string>;

/**
 * What is left out, since it comes and goes, or changes, without anybody's doing: events; leases and endpoints, which their owners renew; the state of nodes;
 * certificates that kubelets ask for; figures. Of every object: `status`, and what the server counts (`resourceVersion`, `generation`, `managedFields`).
 */
const leftOut = /^(events|leases|endpoints|endpointslices|nodes|certificatesigningrequests|componentstatuses|csinodes|ipaddresses)(\.|$)|\.metrics\.k8s\.io$/;

interface Item {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; annotations?: Record<string, string>; [field: string]: unknown };
  [field: string]: unknown;
}

/** Reads every kind that can be listed. `ignore` names further objects, by their key. */
export function snapshotOf(kubeconfig: string, ignore: RegExp = /^$/): Snapshot {
  const kinds = kubectl(kubeconfig, 'api-resources', '--verbs=list', '--output=name').split('\n').filter((name) => name !== '' && !leftOut.test(name));
  const { items } = JSON.parse(kubectl(kubeconfig, 'get', kinds.join(','), '--all-namespaces', '--ignore-not-found', '--output=json')) as { items: Item[] };
  return new Map(items.map((item) => [keyOf(item), JSON.stringify(lasting(item))] as const).filter(([key]) => !ignore.test(key)));
}

/** What is different, a line each; empty where everything is as it was. */
export function difference(before: Snapshot, after: Snapshot): string[] {
  const gone = [...before.keys()].filter((key) => !after.has(key)).map((key) => `gone: ${key}`);
  const more = [...after.keys()].filter((key) => !before.has(key)).map((key) => `new: ${key}`);
  const changed = [...before].filter(([key, text]) => after.has(key) && after.get(key) !== text).map(([key, text]) => `changed: ${key}: ${text} is now ${after.get(key)}`);
  return [...gone, ...more, ...changed].toSorted();
}

function keyOf({ apiVersion, kind, metadata: { namespace, name } }: Item): string {
  return `${kind} ${apiVersion.split('/').slice(0, -1).join('')} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** The uid stays: an object that was made anew is not the same. */
function lasting(item: Item): unknown {
  const { annotations = {}, ...metadata } = without(item.metadata, 'resourceVersion', 'generation', 'managedFields') as Item['metadata'];
  const kept = without(annotations, 'deployment.kubernetes.io/revision');
  return { ...without(item, 'status'), metadata: { ...metadata, ...(Object.keys(kept).length > 0 && { annotations: kept }) } };
}

function without(map: object, ...keys: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
}

function kubectl(kubeconfig: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync('kubectl', ['--kubeconfig', kubeconfig, ...args], { encoding: 'utf8', maxBuffer: 256 * 1024 ** 2 });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`kubectl ${args.slice(0, 2).join(' ')}: ${stderr}`);
  return stdout;
}
