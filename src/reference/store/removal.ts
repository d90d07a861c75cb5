import type { KubeObject } from '../../cluster/port.ts';
import type { ObjectTable } from './table.ts';

export interface RemovalOptions {
  time: () => string;
  put: (object: KubeObject) => void;
  /** Whether an object may go that a client deleted and that no finalizer holds. */
  mayGo: (object: KubeObject) => boolean;
}

/**
 * The ways in which a stored object goes: at once; with finalizers, once they are gone; a Pod once the kubelet has stopped it; a Namespace
 * once nothing is left in it. Until then it bears a `deletionTimestamp`.
 */
export interface Removal {
  /** A client's deletion. */
  begin(object: KubeObject): void;
  /** What holds an object that is being deleted may have gone: lets it go where nothing does. `stopped` is the kubelet's word on a Pod. */
  proceed(object: KubeObject, stopped?: boolean): void;
}

export function createRemoval(table: ObjectTable, { time, put, mayGo }: RemovalOptions): Removal {
  const stored = ({ kind, metadata }: KubeObject): KubeObject | undefined => table.get(kind, metadata.namespace, metadata.name);
  const contents = (namespace: string): KubeObject[] => table.all().filter(({ metadata }) => metadata.namespace === namespace);
  const isStayed = (object: KubeObject): boolean =>
    isHeld(object) || object.kind === 'Pod' || (object.kind === 'Namespace' && contents(object.metadata.name).length > 0);

  function mark(object: KubeObject): void {
    if (object.metadata.deletionTimestamp !== undefined) return;
    put({ ...object, metadata: { ...object.metadata, deletionTimestamp: time() }, ...(object.kind === 'Namespace' && { status: { phase: 'Terminating' } }) });
  }

  function drop(object: KubeObject): void {
    table.drop(object);
    if (object.metadata.namespace !== undefined) settle(object.metadata.namespace);
  }

  /** A namespace that is going goes with its last object; one that cannot says what holds it. */
  function settle(name: string): void {
    const namespace = table.get('Namespace', undefined, name);
    if (namespace?.metadata.deletionTimestamp === undefined) return;
    const held = contents(name).filter(isHeld);
    if (held.length > 0) put({ ...namespace, status: { phase: 'Terminating', conditions: [finalizersRemaining(held)] } });
    else if (!isStayed(namespace)) drop(namespace);
  }

  function empty(name: string): void {
    const rank = ({ kind }: KubeObject): number => Number(kind === 'Pod');
    // Pods last: what would replace them is gone by then.
    for (const object of contents(name).toSorted((a, b) => rank(a) - rank(b))) {
      const current = stored(object);
      if (current === undefined) continue;
      if (isStayed(current)) mark(current);
      else drop(current);
    }
    settle(name);
  }

  return {
    begin(object) {
      if (object.kind !== 'Namespace' && !isStayed(object) && mayGo(object)) return drop(object);
      mark(object);
      if (object.kind === 'Namespace') empty(object.metadata.name);
    },
    proceed(object, stopped = false) {
      const current = stored(object);
      if (current?.metadata.deletionTimestamp === undefined || current.metadata.uid !== object.metadata.uid) return;
      const goes = current.kind === 'Pod' ? stopped && !isHeld(current) : !isStayed(current);
      if (goes && mayGo(current)) drop(current);
    },
  };
}

function isHeld({ metadata }: KubeObject): boolean {
  return (metadata.finalizers ?? []).length > 0;
}

function finalizersRemaining(held: readonly KubeObject[]): object {
  const finalizers = [...new Set(held.flatMap(({ metadata }) => metadata.finalizers ?? []))];
  const counted = finalizers.map((one) => `${one} in ${held.filter(({ metadata }) => metadata.finalizers?.includes(one)).length} resource instances`);
  return { type: 'NamespaceFinalizersRemaining', status: 'True', reason: 'SomeFinalizersRemain', message: `Some content in the namespace has finalizers remaining: ${counted.join(', ')}` };
}
