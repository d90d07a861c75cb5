import type { Duplex } from 'node:stream';
import { ApiError, type Cluster, type ObjectRef, refOf } from '../../src/cluster/port.ts';

/** A call to an API server: what it does, and to which kind. */
export interface Call {
  what: 'get' | 'list' | 'create' | 'replace' | 'delete' | 'read' | 'forward' | 'other';
  kind: string;
}

export interface Leaving {
  /** Whether the API server goes away with this call, which may have been carried out; asked as long as it has not. */
  when(call: Call): boolean;
  /** For so long, in milliseconds. */
  awayMs: number;
  /** What callers hear meanwhile: 0 where there is no connection, then those into pods are cut as well; else what stands before it answers with that status. */
  status?: 0 | 503;
}

/** A cluster whose API server goes away once, as one does that is restarted. */
export function leaving(inner: Cluster, { when, awayMs, status = 0 }: Leaving): Cluster & { left(): boolean } {
  const forwards = new Set<Duplex>();
  let leftAt: number | undefined;
  const isAway = (): boolean => leftAt !== undefined && performance.now() - leftAt < awayMs;
  const gone = (): ApiError => new ApiError(status, status === 0 ? 'ECONNREFUSED' : 'ServiceUnavailable', status === 0 ? 'https://server refuses connections (ECONNREFUSED)' : 'no backend');

  async function call<T>(one: Call, work: () => Promise<T>): Promise<T> {
    if (isAway()) throw gone();
    if (leftAt !== undefined || !when(one)) return work();
    leftAt = performance.now();
    // It goes away behind the call: what was asked for is done, and nobody hears of it.
    await work();
    if (status === 0) for (const stream of forwards) stream.destroy();
    throw gone();
  }
  const on = <T>(what: Call['what'], { kind }: Pick<ObjectRef, 'kind'>, work: () => Promise<T>): Promise<T> => call({ what, kind }, work);
  const other = <T>(work: () => Promise<T>): Promise<T> => on('other', { kind: '' }, work);

  const cluster: Cluster & { left(): boolean } = {
    kind: inner.kind,
    left: () => leftAt !== undefined,
    about: () => other(() => inner.about()),
    served: () => other(() => inner.served()),
    get: (ref) => on('get', ref, () => inner.get(ref)),
    list: (query) => on('list', query, () => inner.list(query)),
    read: (path, options) => on('read', { kind: path }, () => inner.read(path, options)),
    create: (object, options) => on('create', object, () => inner.create(object, options)),
    replace: (object) => on('replace', refOf(object), () => inner.replace(object)),
    delete: (ref, options) => on('delete', ref, () => inner.delete(ref, options)),
    forward: (pod, port) => on('forward', { kind: 'Pod' }, async () => {
      const stream = await inner.forward(pod, port);
      forwards.add(stream);
      stream.once('close', () => forwards.delete(stream));
      return stream;
    }),
    logs: (pod, container, lines, options) => other(() => inner.logs(pod, container, lines, options)),
    mayI: (verb, group, resource) => other(() => inner.mayI(verb, group, resource)),
    until: () => cluster,
    close: () => inner.close(),
  };
  return cluster;
}
