import type { KubeObject } from '../../cluster/port.ts';
import type { StoreView } from '../contract.ts';
import { decodeTrafficSplit, decodeService } from './decode/index.ts';
import type { Decisions } from './decisions.ts';

/** What warnings need of the API server. */
export interface EventStore extends StoreView {
  create(object: KubeObject): KubeObject;
}

/** Tells the owners of TrafficSplits by Events what is wrong with these, each once, for as long as the store is there. */
export function startWarnings(store: EventStore, decisions: Decisions): void {
  store.onChange(({ type, object }) => {
    const { namespace = '' } = object.metadata;
    // A namespace that goes takes no new objects.
    if (store.get('Namespace', undefined, namespace)?.metadata.deletionTimestamp !== undefined) return;
    if (type === 'removed' || (object.kind !== 'TrafficSplit' && object.kind !== 'Service')) return;
    for (const split of store.list('TrafficSplit', namespace)) for (const message of warningsOf(split, store, decisions)) warn(split, message, store);
  });
}

function warningsOf(object: KubeObject, store: StoreView, decisions: Decisions): readonly string[] {
  const split = decodeTrafficSplit(object);
  const serviceOf = (name: string) => {
    const found = store.get('Service', split.namespace, name);
    return found && decodeService(found);
  };
  const root = serviceOf(split.service);
  if (root === undefined) return [];
  const lacking = split.backends.flatMap(({ service: backend }) => {
    const found = serviceOf(backend);
    const ports = found === undefined ? [] : root.ports.filter((port) => decisions.portOf(found, port) === undefined).map(({ port }) => port);
    return ports.length === 0 ? [] : [{ backend, ports }];
  });
  return decisions.warnings(split, lacking);
}

function warn({ apiVersion, kind, metadata: { name, namespace = '', uid } }: KubeObject, message: string, store: EventStore): void {
  const about = store.list('Event', namespace).filter(({ involvedObject }) => (involvedObject as { uid?: string } | undefined)?.uid === uid);
  if (about.some((event) => event['message'] === message)) return;
  store.create({
    apiVersion: 'v1', kind: 'Event', metadata: { name: `${name}.${uid?.slice(0, 8)}.${about.length}`, namespace }, type: 'Warning', reason: 'PortMismatch', message,
    involvedObject: { apiVersion, kind, namespace, name, uid },
  });
}
